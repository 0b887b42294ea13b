package newsroom

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// TestAFormKeepsEverything: it keeps every field and says what is missing.
func TestAFormKeepsEverything(t *testing.T) {
	w := open(t)
	b := w.as(w.Editor)
	all := []string{"token", "t", "edition", "1", "section", "1", "kicker", "K one", "headline", "H one", "standfirst", "S one", "slugline", "L one", "byline", "Rana Reed and Jon Vale",
		"place", "VALMERE", "country", "Ostland", "source", "Dispatches", "credit", "C one", "topics", "bridges, the harbour", "urgency", "2", "language", "fa",
		"body", "## Head\n\nText *one*.", "embargo", "2026-03-20T10:00", "comments", "closed", "story", "77"}
	b.post("/articles", all...).want(bad, "no article with this News ID", "K one", "H one", "S one", "L one", "Jon Vale", "VALMERE", "Ostland", "Dispatches", "C one", "the harbour",
		`value="2" selected`, `value="fa" selected`, "## Head", "2026-03-20T10:00", `value="closed" selected`, `value="77"`, `name="base" value="1"`, `action="/articles/1/edit"`)
	all[len(all)-1] = ""
	b.post("/articles/1/edit", append(all, "base", "1")...).want(see)
	a, rev, err := w.desk.Open(t.Context(), w.Editor, 1)
	if err != nil {
		t.Fatal(err)
	}
	if rev.Kicker != "K one" || rev.Headline != "H one" || rev.Standfirst != "S one" || rev.Slugline != "L one" || rev.Credit != "C one" || rev.Urgency != 2 || rev.Language != "fa" ||
		rev.Dateline != (news.Dateline{Place: "VALMERE", Country: "Ostland", Source: "Dispatches"}) || len(rev.Topics) != 2 || rev.Body.Markdown() != "## Head\n\nText _one_.\n" {
		t.Errorf("%+v\n%q", rev.Content, rev.Body.Markdown())
	}
	if len(rev.Bylines) != 2 || rev.Bylines[0].Person != w.Reporter.ID || rev.Bylines[1].Name != "Jon Vale" {
		t.Errorf("bylines %+v", rev.Bylines)
	}
	if a.CommentRule != news.CommentsClosed || !a.EmbargoUntil.Equal(time.Date(2026, 3, 20, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("%v %v", a.CommentRule, a.EmbargoUntil)
	}
	b.post("/articles/1/edit", "base", "1", "section", "1", "headline", strings.Repeat("x", 301), "body", "New text").want(bad, "at most 300 characters", "New text", `id="headline-fault"`, `aria-invalid="true"`)
	papertest.Check(t, w.Store)
}

// TestTheSameFormMakesOneArticle: sent twice, and sent again with more text
// after the answer was lost.
func TestTheSameFormMakesOneArticle(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	for range 2 {
		b.post("/articles", "token", "once", "edition", "1", "section", "1", "headline", "H", "body", "One.").want(see)
	}
	b.post("/articles", "token", "once", "edition", "1", "section", "1", "headline", "H", "body", "One.\n\nTwo.").want(see)
	a, rev, err := w.desk.Open(t.Context(), w.Reporter, 1)
	if err != nil || a.Head != 2 || !strings.Contains(rev.Body.Text(), "Two.") {
		t.Errorf("head %d, %q, %v", a.Head, rev.Body.Text(), err)
	}
	if _, err := w.Store.Article(t.Context(), 2); news.CodeOf(err) != news.NotFound {
		t.Errorf("a second article: %v", err)
	}
}

// TestAConflictLosesNothing: two write on one revision and change the same
// words.
func TestAConflictLosesNothing(t *testing.T) {
	w := open(t)
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	edda.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Base", "body", "One.\n\nTwo is odd.\n\nThree.").want(see)
	edda.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Base", "standfirst", "Edda's", "urgency", "3", "body", "One, by Edda.\n\nTwo is even.\n\nThree.", "do", "save").want(see)
	typed := []string{"section", "1", "headline", "By Kolya", "urgency", "5", "body", "One.\n\nTwo is prime.\n\nThree, by Kolya."}
	kolya.post("/articles/1/edit", append(typed, "base", "1", "do", "save")...).want(clash,
		"Somebody saved first", "Edda Elm saved revision 2", `name="base" value="2"`, `name="was" value="1"`, "In 2 places", "Only mine",
		"One, by Edda.\n\nTwo is even prime.\n\nThree, by Kolya.\n</textarea>", ">\nBy Kolya</textarea>", "Edda&#39;s",
		"<b>even</b>", "<span>Two is </span><b>prime</b><span> .</span>", `<dt>Before</dt><dd dir="auto"><b>4</b></dd>`, `value="3" selected`,
		"<ins>prime</ins>", "<del>even</del>")
	merged := append(kolya.form(), "body", "One, by Edda.\n\nTwo is even prime.\n\nThree, by Kolya.\n")
	kolya.post("/articles/1/edit", append(merged, "do", "theirs")...).want(ok, ">\nBase</textarea>", "Two is even.", "holds their text alone", `name="was" value="1"`)
	kolya.post("/articles/1/edit", append(merged, "do", "mine")...).want(ok, ">\nBy Kolya</textarea>", "Two is prime.", "holds your text alone")
	if kept, _ := w.Store.Asides(t.Context(), 1, w.Colleague.ID); len(kept) != 1 {
		t.Errorf("%d texts are kept aside, one was typed", len(kept))
	}
	merged[len(merged)-1] = "Read and mended."
	kolya.post("/articles/1/edit", append(merged, "do", "theirs")...).want(ok)
	kolya.post("/articles/1/edit", append(merged, "do", "merged")...).want(ok, "Two is even prime.", "holds both texts")
	kolya.get("/articles/1/edit").want(ok, "Kept aside", "?aside=")
	if kept, _ := w.Store.Asides(t.Context(), 1, w.Colleague.ID); len(kept) != 2 || kept[0].Content.Body.Text() != "Read and mended." {
		t.Errorf("%d texts are kept aside: %+v", len(kept), kept)
	}
	link := kolya.Body[strings.Index(kolya.Body, "/articles/1/edit?aside="):]
	kolya.get(link[:strings.IndexByte(link, '"')]).want(ok, "Read and mended.", `name="base" value="2"`)
	edda.get(link[:strings.IndexByte(link, '"')]).want(gone)
	kolya.post("/articles/1/edit", append(merged, "do", "save")...).follow().want(ok, "Saved.")
	kolya.get("/articles/1/difference?from=1&to=3").want(ok, "By Kolya")
	papertest.Check(t, w.Store)
}

// form is what the form of the article in the last answer would send but for
// its text.
func (b *browser) form() []string {
	b.t.Helper()
	var pairs []string
	for _, name := range []string{"base", "was", "offered", "edition", "byline-rows", "byline-protected", "byline-protected-2"} {
		pairs = append(pairs, name, between(b.Body, `name="`+name+`" value="`, `"`))
	}
	for _, name := range []string{"kicker", "slugline", "byline", "byline-role", "byline-2", "byline-role-2", "place", "country", "source", "credit", "topics", "embargo", "story"} {
		pairs = append(pairs, name, between(between(b.Body, `<input id="`+name+`"`, ">"), `value="`, `"`))
	}
	for _, name := range []string{"headline", "standfirst"} {
		pairs = append(pairs, name, html.UnescapeString(between(between(b.Body, `<textarea id="`+name+`"`, "/textarea>"), ">\n", "<")))
	}
	for _, name := range []string{"section", "urgency", "language", "comments"} {
		chosen, _, _ := strings.Cut(between(b.Body, `<select id="`+name+`"`, "</select>"), `" selected`)
		pairs = append(pairs, name, chosen[strings.LastIndexByte(chosen, '"')+1:])
	}
	return pairs
}

// TestChangesApartAreJoined: two write on one revision, each somewhere else.
func TestChangesApartAreJoined(t *testing.T) {
	w := open(t)
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	edda.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Base", "topics", "bridges", "body", "One.\n\nTwo.\n\nThree.").want(see)
	edda.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Base", "topics", "bridges, harbour", "standfirst", "Edda's", "body", "One, by Edda.\n\nTwo.\n\nThree.", "do", "save").want(see)
	mine := []string{"base", "1", "section", "1", "headline", "Base", "topics", "bridges, council", "body", "One.\n\nTwo.\n\nThree, by Kolya."}
	kolya.post("/articles/1/edit", append(mine, "do", "submit")...).want(clash, "do not touch each other", "Three, by Kolya.", "One, by Edda.")
	kolya.post("/articles/1/edit", append(mine, "do", "save")...).want(see).follow().want(ok, "Edda Elm saved meanwhile", "difference?from=2&amp;to=3")
	_, rev, err := w.desk.Open(t.Context(), w.Editor, 1)
	if err != nil || rev.Number != 3 || rev.Body.Markdown() != "One, by Edda.\n\nTwo.\n\nThree, by Kolya.\n" || rev.Standfirst != "Edda's" || len(rev.Topics) != 3 || rev.By != w.Colleague.ID {
		t.Errorf("%+v %v", rev, err)
	}
	if kept, _ := w.Store.Asides(t.Context(), 1, w.Colleague.ID); len(kept) == 0 {
		t.Error("what was typed is not kept aside")
	}
	papertest.Check(t, w.Store)
}

// TestAnUnknownBaseIsNeverJoined: a text written on a revision that the article
// does not have is shown, not saved over the other.
func TestAnUnknownBaseIsNeverJoined(t *testing.T) {
	w := open(t)
	edda := w.as(w.Editor)
	edda.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Base", "body", "One.").want(see)
	for _, base := range []string{"7", "0", "-3", "x", "99999999999999999999"} {
		edda.post("/articles/1/edit", "base", base, "section", "1", "headline", "Mine", "body", "Two.", "do", "save").want(clash, "is not known here", "Two.", "One.")
	}
	if _, rev, _ := w.desk.Open(t.Context(), w.Editor, 1); rev.Number != 1 {
		t.Errorf("revision %d was saved", rev.Number)
	}
	papertest.Check(t, w.Store)
}

// TestFactsThatBothChangedAreAsked: what no revision keeps is not set back by a
// form that was opened before.
func TestFactsThatBothChangedAreAsked(t *testing.T) {
	w := open(t)
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	edda.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Base", "body", "One.\n\nTwo.").want(see)
	w.Clock.Move(time.Minute)
	edda.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Base", "body", "One, by Edda.\n\nTwo.", "comments", "closed", "do", "save").want(see)
	kolya.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Base", "body", "One.\n\nTwo, by Kolya.", "comments", "", "do", "save").want(clash, "In 1 place", "One, by Edda.\n\nTwo, by Kolya.")
	if a, _, _ := w.desk.Open(t.Context(), w.Editor, 1); a.CommentRule != news.CommentsClosed {
		t.Errorf("comments are %q", a.CommentRule)
	}
}

// TestComparing shows both texts and keeps nothing.
func TestComparing(t *testing.T) {
	w := open(t)
	edda := w.as(w.Editor)
	edda.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Base", "body", "One.\n\nTwo.").want(see)
	edda.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Base", "body", "One more.\n\nTwo.", "do", "save").want(see)
	edda.post("/articles/1/compare", "base", "1", "section", "1", "headline", "Base", "body", "One.\n\nTwo more.").want(ok, `id="conflict"`, "do not touch each other", "<del> more</del>", "data-choice=\"mine\"")
	edda.post("/articles/1/compare", "base", "1", "section", "1", "headline", "Base", "document", `{"type":"doc","version":2,"content":[{"type":"paragraph","content":[{"type":"text","text":"One less."}]}]}`).want(ok, "less")
	a, _, _ := w.desk.Open(t.Context(), w.Editor, 1)
	if kept, _ := w.Store.Asides(t.Context(), 1, w.Editor.ID); a.Head != 2 || len(kept) != 0 {
		t.Errorf("head %d, %d kept aside", a.Head, len(kept))
	}
}

// TestNothingIsLeftOutUnseen: words that the text's reader would drop are
// shown before they go.
func TestNothingIsLeftOutUnseen(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	form := []string{"token", "t", "edition", "1", "section", "1", "headline", "H", "body", "One.\n\n<script>steal()</script>"}
	b.post("/articles", form...).want(bad, "Not saved yet", "steal()", "&lt;script&gt;", `name="dropped" value="`)
	at := strings.Index(b.Body, `name="dropped" value="`) + len(`name="dropped" value="`)
	token := b.Body[at : at+16]
	b.post("/articles", append(form, "dropped", "0000000000000000")...).want(bad)
	b.post("/articles", append(form, "dropped", token)...).follow().want(ok, "Saved.").not("steal()")
}

// TestChecksAndFixes: the findings stand beside the text, and a button mends.
func TestChecksAndFixes(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	body := "It was the the end.\n\nHe came  late, they said.\n\nOn Friday, 14 March 2026 it rained."
	form := []string{"token", "t", "edition", "1", "section", "1", "headline", "H", "body", body}
	b.post("/articles", append(form, "do", "preview")...).want(ok, "Doubled word", "Odd space", "Weekday and date", "14 March 2026 is a Saturday", "Preview", "Apply this fix")
	if _, err := w.Store.Article(t.Context(), 1); news.CodeOf(err) != news.NotFound {
		t.Fatalf("a preview made an article: %v", err)
	}
	for _, rule := range []string{"doubled-word.", "odd-space.", "weekday."} {
		at := strings.Index(b.Body, `name="fix" value="`+rule)
		if at < 0 {
			t.Fatalf("no fix for %s: %s", rule, plainText(b.Body))
		}
		key := b.Body[at+len(`name="fix" value="`):]
		form[len(form)-1] = body
		b.post("/articles", append(form, "fix", key[:strings.IndexByte(key, '"')])...).want(ok, "The fix stands in the text")
		body = between(b.Body, `id="body"`, "</textarea>")
		body = body[strings.IndexByte(body, '\n')+1:]
	}
	if want := "It was the end.\n\nHe came late, they said.\n\nOn Saturday, 14 March 2026 it rained."; strings.TrimSpace(body) != want {
		t.Errorf("mended: %q", body)
	}
	b.post("/articles", append(form, "fix", "doubled-word.1.7.14")...).want(ok, "does not fit any more")
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

// TestScheduleInThePersianCalendar: a time is typed as the edition counts.
func TestScheduleInThePersianCalendar(t *testing.T) {
	w := open(t)
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	edda.post("/articles", "token", "t", "edition", "2", "section", "3", "headline", "پل", "body", "متن.").want(see)
	edda.post("/articles/1/submit").want(see)
	kolya.get("/articles/1/schedule").want(ok, "Asia/Tehran", "1404/12/23 13:00", "without a colleague")
	kolya.post("/articles/1/schedule", "read", "1", "when", "۱۴۰۴/۱۲/۲۴ ۰۶:۳۰").want(clash, "has to approve", "۱۴۰۴/۱۲/۲۴ ۰۶:۳۰")
	kolya.post("/articles/1/approve", "read", "1").want(see)
	for typed, status := range map[string]int{"1404/12/30 06:30": bad, "tomorrow": bad, "": bad, "2020-01-01 10:00": bad, "1404/12/24 25:00": bad} {
		kolya.post("/articles/1/schedule", "read", "1", "when", typed).want(status)
	}
	kolya.post("/articles/1/schedule", "read", "1", "when", "۱۴۰۴/۱۲/۲۴ ۰۶:۳۰").follow().want(ok, "Scheduled.", "24 Esfand 1404", "(15 March 2026)")
	a, err := w.Store.Article(t.Context(), 1)
	if want := time.Date(2026, 3, 15, 3, 0, 0, 0, time.UTC); err != nil || !a.ScheduledFor.Equal(want) {
		t.Errorf("%v, want %v, %v", a.ScheduledFor, want, err)
	}
	kolya.get("/").want(ok, "goes out 15 March 2026 - 03:00")
	kolya.post("/articles/1/unschedule").follow().want(ok, "Taken off the schedule")
}

// TestCorrectAndKill: what is public changes only with a note, and goes only
// with one.
func TestCorrectAndKill(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Editor)
	b.get("/articles/3/correct").want(ok, "Nothing was changed")
	b.post("/articles/3/edit", "base", "1", "section", "1", "headline", "Story, mended", "body", "Text one.\n\nText two.").want(see)
	b.get("/articles/3").want(ok, "Readers still see an earlier revision", "Publish the changes")
	b.get("/articles/3/correct").want(ok, "<ins>", "Story, mended", "Edda Elm", "Facts that change", "Headline", "Hand in to a colleague").not(`value="now"`)
	b.post("/articles/3/correct", "read", "2", "kind", "correction", "note", " ").want(bad, "what was changed", `id="note-fault"`)
	b.post("/articles/3/correct", "read", "1", "kind", "correction", "note", "It was mended.").want(clash, "It was mended.")
	mended := []string{"read", "2", "kind", "correction", "note", "It was mended.", "do"}
	b.post("/articles/3/correct", append(mended, "now")...).want(clash, "A colleague has to read this change first", "It was mended.")
	b.post("/articles/3/correct", append(mended, "alone")...).want(bad, "needs a reason")
	b.post("/articles/3/correct", append(mended, "submit")...).follow().want(ok, "Handed in.", "Handed in by Edda Elm", "It was mended.")
	kolya := w.as(w.Colleague)
	kolya.post("/articles/3/correct", "read", "2", "kind", "minor", "do", "now").want(bad, "tick that you have seen them")
	kolya.get("/articles/3/correct").want(ok, "It was mended.", "Approve, to be published later", `value="now"`)
	kolya.post("/articles/3/correct", append(mended, "approve")...).follow().want(ok, "Approved by Kolya Kerr")
	b.post("/articles/3/correct", append(mended, "schedule", "when", "2026-03-15T06:00")...).follow().want(ok, "The time is set.", "Switches by itself", "Take off the schedule")
	b.post("/articles/3/correct", append(mended, "unschedule")...).follow().want(ok, "Taken off the schedule.", "Approved by Kolya Kerr")
	b.post("/articles/3/correct", append(mended, "now")...).follow().want(ok, "The changes are public", "Correction", "It was mended.")
	b.get("/articles/3/kill").want(ok, "https://valmere.example/news/3", "This cannot be undone")
	b.post("/articles/3/kill", "note", "").want(bad, "why the article was withdrawn")
	b.post("/articles/3/kill", "note", "It was of another town.").follow().want(ok, "Withdrawn.", "It was of another town.", "Killed").not(">Edit<")
	b.get("/articles/3/edit").want(clash)
	papertest.Check(t, w.Store)
}

// TestSpikeAndRevive: a dropped text can be taken back.
func TestSpikeAndRevive(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Contributor)
	b.get("/articles/1/spike").want(ok, "can be taken back")
	b.post("/articles/1/spike", "reason", "old").follow().want(ok, "Spiked.", "Take back")
	b.get("/?state=spiked").want(ok, "Story")
	b.post("/articles/1/revive").follow().want(ok, "it is a draft again")
	b.get("/articles/2/spike").want(no)
}

// TestOneApprovesWhatOneHasRead: a text that changed under an editor's eyes is
// shown again instead of approved.
func TestOneApprovesWhatOneHasRead(t *testing.T) {
	w := open(t)
	w.townStories()
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	kolya.get("/articles/2").want(ok)
	edda.post("/articles/2/edit", "base", "1", "section", "1", "headline", "Changed", "body", "Other.").want(see)
	kolya.post("/articles/2/approve", "read", "1").want(clash, "Here is the present text", "Other.", `name="read" value="2"`)
	edda.post("/articles/2/approve", "read", "2").want(no, "Nobody approves their own")
	edda.post("/articles/2/publish", "read", "2", "alone", "yes", "reason", " ").want(bad, "needs a reason", "open")
	kolya.post("/articles/2/approve", "read", "2").want(see)
	if a, err := w.Store.Article(t.Context(), 2); err != nil || a.Approval.By != w.Colleague.ID {
		t.Errorf("%+v %v", a.Approval, err)
	}
}

// TestTheListPages: older pages begin where the one before ended, and an
// edition's list holds the edition only.
func TestTheListPages(t *testing.T) {
	w := open(t)
	b := w.as(w.Editor)
	for i := range 95 {
		edition, section := "1", "1"
		if i%3 == 0 {
			edition, section = "2", "3"
		}
		b.post("/articles", "token", fmt.Sprint(i), "edition", edition, "section", section, "headline", fmt.Sprintf("Story %03d", i), "body", "Text.").want(see)
		w.Clock.Move(time.Second)
	}
	for _, start := range []struct {
		path  string
		total int
	}{{"/", 95}, {"/?edition=2", 32}, {"/?edition=1", 63}, {"/?section=1&mine=1", 63}, {"/?state=draft", 95}, {"/?state=killed", 0}} {
		seen, path := map[string]bool{}, start.path
		for path != "" {
			b.get(path).want(ok)
			page := b.Body
			for _, part := range strings.Split(page, "Story ")[1:] {
				if seen[part[:3]] {
					t.Errorf("%s: story %s twice", start.path, part[:3])
				}
				seen[part[:3]] = true
			}
			if path = ""; strings.Contains(page, `rel="next"`) {
				path = strings.ReplaceAll(between(page, `rel="next" href="`, `"`), "&amp;", "&")
			}
		}
		if len(seen) != start.total {
			t.Errorf("%s: %d stories, want %d", start.path, len(seen), start.total)
		}
	}
	b.get("/?q=017").want(ok, "Story 017")
	b.get("/?q=%DB%B1%DB%B8").want(ok, "Story 017") // ۱۸: the News ID
	w.as(w.Contributor).get("/?q=Story").want(ok).not("Story 0")
	w.as(w.Contributor).get("/?q=18").want(ok).not("Story 0")
}

// TestTakeDownAndLabels: what a chief takes down, nobody below opens.
func TestTakeDownAndLabels(t *testing.T) {
	w := open(t)
	w.townStories()
	chief, edda := w.as(w.Chief), w.as(w.Editor)
	edda.post("/articles/3/labels", "developing", "2026-03-15T06:00").follow().want(ok, "The labels are set.", "“Developing” until")
	edda.post("/articles/3/labels", "developing", "").follow().want(ok, "The labels are set.", "took the label “Developing” away")
	edda.post("/articles/3/labels", "so-far", "2020-03-15T06:00").want(bad, "would have ended already")
	edda.get("/articles/3").want(ok, "Replace a name").not("take-down")
	chief.post("/articles/3/index", "index", "no").follow().want(ok, "no search finds it", "Let searches find it again")
	chief.get("/articles/3/take-down").want(ok, "This article was removed.", "https://valmere.example/news/3")
	chief.post("/articles/3/take-down", "reason", " ", "note", "Removed.").want(bad, "Say why")
	chief.post("/articles/3/take-down", "reason", "an order", "reference", "3 O 12/26", "note", "Removed.", "texts", "seal").follow().want(ok, "Taken down.", "3 O 12/26", "Text one.")
	edda.get("/articles/3").want(no).not("Text one.")
	edda.get("/").want(ok)
	chief.get("/articles/3/history").want(ok, "took it down for legal reasons, texts sealed")
	papertest.Check(t, w.Store)
}

// TestRequestsAreAnsweredByThePanel: two say the same, it is carried out, the
// reader is written to.
func TestRequestsAreAnsweredByThePanel(t *testing.T) {
	w := open(t)
	w.townStories()
	chief, edda := w.as(w.Chief), w.as(w.Editor)
	edda.get("/requests").want(ok, "Please take my name out.", "My privacy")
	edda.get("/requests/1").want(ok, "mira@valmere.example", "Nobody of the panel has said anything yet.").not("Send the answer")
	edda.post("/requests/1", "outcome", "anonymise", "reason", "").want(bad, "Say why")
	edda.post("/requests/1", "outcome", "anonymise", "reason", "She was a witness.").follow().want(ok, "She was a witness.")
	chief.post("/requests/1", "outcome", "anonymise", "reason", "I agree.").follow().want(ok, "Replace the name", "The name is to be replaced", "Dear reader,")
	chief.post("/requests/1/answer", "subject", "Your request", "answer", "It is done.").want(clash, "nobody is told of what has not happened", "It is done.")
	edda.post("/articles/3/anonymise", "read", "1", "name", "Story", "replacement", "Tale").follow().want(ok, "The names are replaced beside the live text")
	w.Clock.Move(time.Minute)
	chief.post("/articles/3/correct", "read", "2", "kind", "update", "note", "A name was taken out.", "do", "now").follow().want(ok, "The changes are public")
	chief.get("/requests/1").want(ok, "We have taken the name out of it.").not("is to be replaced")
	chief.post("/requests/1/answer", "subject", "Your request", "answer", "It is done.").follow().want(ok, "The answer is on its way.", "It is done.", "Cyrus Calder answered")
	chief.get("/requests?state=answered").want(ok, "Please take my name out.")
	w.ask(3, "Buy gold.")
	edda.post("/requests/2/spam", "spam", "yes").follow().want(ok, "Put aside")
	edda.post("/requests/2/spam").follow().want(ok, "Open")
	papertest.Check(t, w.Store)
}
