package newsroom

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// TestTheRecordIsSearched: by who, what, which story, words and days; and it
// leads on.
func TestTheRecordIsSearched(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := openOn(t, p)
		w.townStories()
		w.Clock.Move(48 * time.Hour)
		w.as(w.Editor).post("/articles/2/return", "note", "Which bridge?").want(see)
		b := w.as(w.Chief)
		b.get("/record").want(ok, "Conrad Cole began the article", "Edda Elm returned it to the writer", "Which bridge?", "A reader commented", "record.jsonl", `href="/articles/2"`)
		for _, c := range []struct{ query, says, not string }{
			{"person=" + itoa(int(w.Editor.ID)), "returned it", "began"},
			{"kind=review", "submitted it", "began"},
			{"kind=readers", "A reader asked", "submitted"},
			{"article=2", "returned it", "published"},
			{"article=%DB%B2", "returned it", "published"}, // in other digits
			{"q=WHICH+bridge", "returned it", "began"},
			{"from=2026-03-16", "returned it", "began"},
			{"to=2026-03-15", "began", "returned it"},
			{"from=2026-03-14&to=2026-03-14&person=" + itoa(int(w.Contributor.ID)), "began", "returned it"},
			{"q=nothing+such", "Nothing is found", "began"},
		} {
			b.get("/record?"+c.query).want(ok, c.says).not(c.not+" the", c.not+" it")
		}
		b.get("/record?from=yesterday").want(bad, "not a day", `id="from-fault"`)
		b.get("/record?article=first").want(bad)
		for i := range 60 {
			if err := w.Store.Write(t.Context(), "many", func(tx *store.Tx) error {
				return tx.AddEvent(t.Context(), news.Event{Kind: news.EventNoted, At: w.Clock.Now(), Actor: w.Editor.ID, Article: 2, Note: fmt.Sprintf("Number %03d.", i)})
			}); err != nil {
				t.Fatal(err)
			}
		}
		b.get("/record?kind=notes&article=2").want(ok, "Number 059.", "Number 010.").not("Number 009.")
		link := between(b.Body, `<a href="`, `" rel="next"`)
		link = link[strings.LastIndex(link, `<a href="`)+1:]
		link = strings.ReplaceAll(link[strings.LastIndex(link, `"`)+1:], "&amp;", "&")
		b.get(link).want(ok, "Number 009.", "Number 000.", `href="/record?article=2&amp;kind=notes"`).not("Number 010.", `rel="next"`)
		w.as(w.Contributor).get("/account/acts").want(ok, "Conrad Cole began the article").not("Edda Elm returned")
		b.get("/people/"+itoa(int(w.Contributor.ID))+"/acts").want(ok, "Conrad Cole began the article").not("Edda Elm returned")
		w.exported(t, b)
		papertest.Check(t, w.Store)
	})
}

// exported reads the record as a file: each act once, in order, as JSON.
func (w *world) exported(t *testing.T, b *browser) {
	t.Helper()
	b.get("/record/record.jsonl").want(ok)
	if kind := b.Header.Get("Content-Type"); kind != "application/jsonl; charset=utf-8" {
		t.Errorf("it is sent as %q", kind)
	}
	var last int64
	seen := map[news.EventKind]int{}
	for line := range strings.Lines(b.Body) {
		var e exportedAct
		if err := json.Unmarshal([]byte(line), &e); err != nil || e.Seq <= last || e.Says == "" {
			t.Fatalf("%v: %s", err, line)
		}
		last = e.Seq
		seen[e.Kind]++
	}
	newest, err := w.Store.LastEvent(t.Context())
	if err != nil || last != newest || seen[news.EventNoted] != 60 || seen[news.EventCreated] != 3 {
		t.Errorf("up to %d of %d, %v (%v)", last, newest, seen, err)
	}
}

// TestAnAuthorIsProtectedLater: on a story that is there already, by somebody
// else; a story that names the author is refused whole.
func TestAnAuthorIsProtectedLater(t *testing.T) {
	w := open(t)
	rana, kolya := w.as(w.Reporter), w.as(w.Colleague)
	rana.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Quay", "byline", "Rana Reed", "body", "Text.").want(see)
	at := []string{"public", "Nightwatch", "person", itoa(int(w.Reporter.ID))}
	kolya.post("/articles/1/protect", at...).want(clash, "stands in this story already", `value="Nightwatch"`)
	if a, _ := w.Store.Article(t.Context(), 1); a.Head != 1 {
		t.Errorf("a refused protection made revision %d", a.Head)
	}
	kolya.get("/articles/1/protect").want(ok).not("Stands for")

	rana.post("/articles", "token", "u", "edition", "1", "section", "1", "headline", "Quay", "byline", "", "body", "Text.").want(see)
	kolya.post("/articles/2/hand", "person", itoa(int(w.Reporter.ID)), "line", "", "seen", "0").want(see)
	kolya.plan("2026-03-14", "quay", "section", "1", "person", itoa(int(w.Reporter.ID))).want(see)
	kolya.post("/plan/1/tie", "article", "2").want(see)
	kolya.post("/articles/2/protect", "public", "Rana  REED", "person", itoa(int(w.Reporter.ID))).want(bad, "gives the author away")
	kolya.post("/articles/2/protect", "public", "Nightwatch", "person", "", "name", "").want(bad, "1 to 120")
	for range 2 { // sent twice it is done once
		kolya.post("/articles/2/protect", at...).want(see)
	}
	a, head, err := w.desk.Open(t.Context(), w.Editor, 2)
	if err != nil || a.Head != 2 || len(head.Bylines) != 1 || head.Bylines[0] != (news.Byline{Name: "Nightwatch", Slug: "nightwatch", Protected: 1}) || a.Assignee != 0 {
		t.Errorf("%+v %+v %v", a, head.Bylines, err)
	}
	if s, err := w.Store.Assignment(t.Context(), 1); err != nil || s.Person != 0 {
		t.Errorf("the plan still says whose it is: %+v %v", s, err)
	}
	for _, path := range []string{"/plan?day=2026-03-14", "/plan/1", "/duty", "/calendar"} {
		w.as(w.Chief).get(path).want(ok).not("<bdi>Rana Reed", "quay · Rana Reed")
	}
	w.as(w.Chief).get("/articles/2").want(ok, "By Nightwatch", "of whom you were not told").not("Begun by</dt><dd><bdi>Rana")
	w.as(w.Chief).get("/articles/2/history").want(ok, "A protected author began the article", "Kolya Kerr handed it to a protected author").not("Rana Reed began", "to Rana Reed")
	kolya.get("/articles/2/history").want(ok, "Rana Reed began the article", "to Rana Reed")
	// who is protected does not approve their own, whoever typed it
	kolya.post("/articles", "token", "v", "edition", "1", "section", "1", "headline", "Lock", "byline", "", "body", "Text.").want(see)
	kolya.post("/articles/3/protect", "public", "Nightwatch", "person", itoa(int(w.Editor.ID))).want(see)
	kolya.post("/articles/3/submit").want(see)
	w.as(w.Editor).post("/articles/3/approve", "read", "2").want(no, "Nobody approves their own")
	w.as(w.Chief).post("/articles/3/approve", "read", "2").want(see)
	// somebody without an account
	kolya.post("/articles", "token", "x", "edition", "1", "section", "1", "headline", "Weir", "byline", "", "body", "Text.").want(see)
	kolya.post("/articles/4/protect", "public", "Staff reporter", "name", "Ilse Quarrington", "knowers", itoa(int(w.Reporter.ID))).want(see)
	kolya.get("/articles/4/protect").want(ok, "Ilse Quarrington", "Rana Reed")
	w.as(w.Owner).get("/articles/4/protect").want(ok).not("Ilse Quarrington")
	w.as(w.Owner).get("/articles/4").want(ok).not("Ilse Quarrington")
	papertest.Check(t, w.Store)
}
