package newsroom

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/proof"
)

var keyUsed = regexp.MustCompile(`(?:\bT|label\([a-z]+,|Refuse\(news\.[A-Za-z]+,) ?\(?"([a-z0-9]+(?:[.-][a-z0-9]+)+)"`)

// TestEveryWordHasItsTexts finds each message key that pages and code name and
// each that is put together, in every language.
func TestEveryWordHasItsTexts(t *testing.T) {
	keys := map[string]bool{}
	err := fs.WalkDir(os.DirFS("."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range keyUsed.FindAllStringSubmatch(string(text), -1) {
			keys[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(keys) < 200 {
		t.Fatalf("only %d keys found", len(keys))
	}
	add := func(before string, names ...string) {
		for _, name := range names {
			keys[before+strings.ReplaceAll(name, "_", "-")] = true
		}
	}
	for _, s := range news.States() {
		add("desk.state.", string(s))
		add("desk.list.empty.", string(s))
	}
	for _, s := range commentStates {
		add("desk.comment.state.", string(s))
		add("desk.comments.empty.", string(s))
	}
	for _, r := range news.Roles() {
		add("desk.role.", string(r), string(r)+".does")
	}
	for _, way := range news.Ways() {
		add("desk.way.", string(way))
	}
	for _, kind := range news.AccountKinds() {
		add("desk.entry.", string(kind))
	}
	add("proof.", proof.Rules()...)
	for _, l := range news.Levels() {
		add("desk.level.", string(l), string(l)+".does")
	}
	for _, c := range locale.Calendars() {
		add("calendar.", string(c))
	}
	add("desk.act.", "edit", "submit", "approve", "publish", "schedule", "unschedule", "correct", "revive")
	add("desk.change.", "first", "update", "clarification", "correction", "minor")
	for _, k := range []news.EventKind{news.EventCreated, news.EventEdited, news.EventSubmitted, news.EventReturned, news.EventApproved, news.EventScheduled,
		news.EventUnscheduled, news.EventPublished, news.EventCorrected, news.EventKilled, news.EventSpiked, news.EventRevived, news.EventAccepted, news.EventRefused, news.EventSettings, news.EventTaken, news.EventPassed, news.EventNoted, news.EventReplied, news.EventResolved, news.EventReopened, news.EventWithdrawn, news.EventShown, news.EventUnshown, news.EventCommented, news.EventDecided} {
		add("desk.event.", strings.ReplaceAll(string(k), ".", "-"))
	}
	for key := range keys {
		for _, language := range locale.Languages() {
			if !locale.Has(language, key) {
				t.Errorf("%s has no text for %s", language, key)
			}
		}
	}
}

// TestEveryPageInEveryLanguage opens every page of a paper in use. The browser
// of these tests fails on a missing text by itself.
func TestEveryPageInEveryLanguage(t *testing.T) {
	for _, language := range locale.Languages() {
		t.Run(language, func(t *testing.T) {
			w := open(t)
			w.townStories()
			owner := w.as(w.Owner)
			owner.post("/settings", "name", "Press", "language", language, "four_eyes", "yes").want(see)
			w.everyAct(owner)
			owner.plan("2026-03-14", "harbour-strike", "brief", "Dockers vote", "section", "1", "person", "1", "due", "18:00", "pictures", "wanted").want(see)
			dir := locale.Style{Language: language}.Direction()
			for _, path := range []string{"/", "/?state=in_review", "/?state=killed", "/?q=nothing-like-it", "/?q=2", "/?mine=1&state=draft", "/?edition=2", "/?section=1",
				"/articles/new", "/manuscripts/new", "/articles/1", "/articles/1/edit", "/articles/2", "/articles/3", "/articles/3/history", "/articles/3/revisions/1", "/articles/3/difference?from=1&to=2",
				"/articles/3/difference?from=1&to=1", "/articles/4", "/articles/1/notes", "/notes", "/articles/4/schedule", "/articles/4/spike", "/articles/3/correct", "/articles/3/kill", "/plan", "/plan?span=week&edition=2", "/plan/1", "/duty", "/calendar", "/calendar?edition=2", "/requests", "/requests?state=spam", "/requests/1", "/articles/4/labels", "/articles/5", "/articles/6", "/comments", "/comments?state=approved",
				"/style", "/style/new", "/style/1", "/style/1/try", "/comments?state=rejected", "/comments?state=spam&undo=1&did=spam", "/account", "/account/codes", "/account/codes/off", "/account/record", "/people", "/people/1", "/people/1/ways", "/people/1/leave", "/settings/identity", "/people/1/record", "/settings", "/settings/editions/new",
				"/settings/editions/1", "/settings/editions/2"} {
				owner.get(path).want(ok, `<html lang="`+language+`" dir="`+dir+`">`)
			}
			for _, path := range []string{"/nothing", "/articles/99", "/articles/x", "/invitation/1.x"} {
				owner.get(path).want(gone)
			}
			for _, done := range []string{"saved", "submitted", "returned", "approved", "published", "scheduled", "unscheduled", "corrected", "killed", "spiked", "revived"} {
				owner.get("/articles/1?done="+done).want(ok, `role="status"`)
			}
			w.as(news.Person{}).get("/sign-in").want(ok)
			papertest.Check(t, w.Store)
		})
	}
}

// everyAct leaves articles in every state and with every fact behind it.
func (w *world) everyAct(b *browser) {
	w.t.Helper()
	bad := "The mayor came on Friday, 14 March 2026 and and left.\n\n“He said nothing.\n\nIt was  late (again.\n\n<table><caption>x</caption><tr><td>1</td></tr></table>"
	for i, title := range []string{"four", "five", "six"} {
		b.post("/articles", "token", title, "edition", "1", "section", "1", "headline", title, "byline", "Olga Orme", "place", "ELSEWHERE", "topics", "a, b", "body", bad, "embargo", []string{"2026-03-20T10:00", "", ""}[i], "do", "save").want(see)
	}
	b.post("/articles/1/edit", "base", "1", "section", "2", "headline", "Story", "body", bad, "do", "preview").want(ok)
	b.post("/articles/1/notes", "token", "1", "exact", "Text one", "text", "@Olga Orme who?").want(see)
	b.post("/articles/1/notes/1/reply", "token", "2", "text", "Nobody.").want(see)
	b.post("/articles/1/notes/2/withdraw").want(see)
	b.post("/articles/1/notes", "token", "3", "text", "Good.").want(see)
	b.post("/articles/1/notes/3/resolve").want(see)
	b.post("/articles/2/return", "note", "please").want(see)
	w.as(w.Contributor).post("/articles/2/submit").want(see)
	b.post("/articles/2/approve", "read", "1").want(see)
	b.post("/articles/2/schedule", "read", "1", "when", "2026-03-15T06:00").want(see)
	b.post("/articles/3/edit", "base", "1", "section", "1", "headline", "Story, changed", "body", "Text.", "do", "save").want(see)
	b.post("/articles/4/submit").want(see)
	b.post("/articles/5/spike", "reason", "no").want(see)
	b.post("/articles/6/publish", "read", "1", "alone", "yes", "reason", "now").want(see)
	b.post("/articles/6/kill", "note", "It was wrong.").want(see)
	b.post("/articles/6/kill", "note", "Another.").want(clash)
	b.post("/comments", "one", "approved.1", "state", "held").follow().want(ok)
	b.post("/comments/undo", "comments", "1", "state", "held").follow().want(ok)
	w.comment(3, "", "A second.")
	b.post("/comments", "comment", "1", "comment", "2", "do", "rejected", "state", "held").follow().want(ok)
}
