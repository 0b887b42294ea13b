package newsroom

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// written makes article 1 with so many revisions, each with a word more.
func (w *world) written(b *browser, revisions int) {
	w.t.Helper()
	text := "The bridge is old."
	b.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Bridge", "body", text).want(see)
	for i := 1; i < revisions; i++ {
		w.Clock.Move(time.Minute)
		text += fmt.Sprintf(" word%d", i+1)
		b.post("/articles/1/edit", "base", itoa(i), "section", "1", "headline", "Bridge", "body", text, "do", "save").want(see)
	}
}

func TestAllRevisionsAreListed(t *testing.T) {
	w := open(t)
	edda := w.as(w.Editor)
	w.written(edda, 60)
	edda.get("/articles/1/history").want(ok, "All 60 revisions", "63 words", "1 word added", `aria-label="Revision 53"`,
		`</time> <a class="quiet" href="/articles/1/revisions/60">Revision 60</a>`, `</time> <a class="quiet" href="/articles/1/revisions/52">Revision 52</a>`).not(`aria-label="Revision 52"`)
	edda.get("/articles/1/revisions").want(ok, `href="/articles/1/revisions/60"`, `href="/articles/1/revisions/36"`, "revisions?below=36", "newest", `max="60"`).not(`href="/articles/1/revisions/35"`)
	edda.get("/articles/1/revisions?below=36").want(ok, `href="/articles/1/revisions/35"`, `href="/articles/1/revisions/11"`, "revisions?below=61", "revisions?below=11")
	edda.get("/articles/1/revisions?below=11").want(ok, `href="/articles/1/revisions/1"`, "4 words").not("rel=\"next\"")
	seen := map[string]bool{}
	for path := "/articles/1/history"; path != ""; {
		edda.get(path).want(ok)
		for _, part := range strings.Split(edda.Body, "<li><p>")[1:] {
			seen[between(part, `datetime="`, `"`)] = true
		}
		path = between(edda.Body, `<a href="/articles/1/history?below=`, `"`)
		if path != "" {
			path = "/articles/1/history?below=" + path
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 events are told", len(seen))
	}
}

func TestDifferenceOfAnyTwo(t *testing.T) {
	w := open(t)
	edda := w.as(w.Editor)
	w.written(edda, 5)
	edda.get("/articles/1/difference?from=2&to=5").want(ok, "<ins> word3 word4 word5</ins>", "1 difference", `href="/articles/1/difference?from=5&amp;to=2"`, "Restore revision 2", `id="change-1"`, "Edda Elm")
	edda.get("/articles/1/difference?from=5&to=2").want(ok, "<del> word3 word4 word5</del>")
	edda.get("/articles/1/difference").want(ok, "<ins> word5</ins>", "The step before")
	edda.get("/articles/1/difference?to=3").want(ok, "<ins> word3</ins>", "The step after")
	edda.get("/articles/1/difference?from=4&to=4").want(ok, "The two are the same.")
	for _, path := range []string{"/articles/1/difference?from=1&to=6", "/articles/1/difference?from=77&to=2", "/articles/1/revisions/6", "/articles/1/revisions/6/restore"} {
		edda.get(path).want(gone, "has no revision", "The newest is 5")
	}
	edda.get("/articles/1/revisions/x").want(gone)
}

func TestRestoring(t *testing.T) {
	w := open(t)
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	w.written(edda, 3)
	edda.get("/articles/1/revisions/1").want(ok, "/articles/1/revisions/1/restore")
	edda.get("/articles/1/revisions/3").want(ok).not("/restore")
	edda.get("/articles/1/revisions/1/restore").want(ok, "<del> word2 word3</del>", "as revision 4", `name="read" value="3"`)
	// somebody saves meanwhile: the difference is another, and is shown first
	kolya.post("/articles/1/edit", "base", "3", "section", "1", "headline", "Bridge", "body", "The bridge is new.", "do", "save").want(see)
	edda.post("/articles/1/revisions/1/restore", "read", "3").want(clash, "was changed since", `name="read" value="4"`, "<del>new</del>")
	for range 2 {
		edda.post("/articles/1/revisions/1/restore", "read", "4").follow().want(ok, "Restored, as the newest revision")
	}
	a, rev, err := w.desk.Open(t.Context(), w.Editor, 1)
	if err != nil || a.Head != 5 || rev.Body.Markdown() != "The bridge is old.\n" || rev.By != w.Editor.ID {
		t.Errorf("head %d by %d: %q, %v", a.Head, rev.By, rev.Body.Markdown(), err)
	}
	edda.get("/articles/1/history").want(ok, "Edda Elm restored revision 1.")
	edda.get("/articles/1/revisions/5/restore").want(ok, "nothing to restore").not("<button class=\"primary\"")
	if before, err := w.Store.Revision(t.Context(), 1, 4); err != nil || before.Body.Markdown() != "The bridge is new.\n" {
		t.Errorf("revision 4 is %q, %v", before.Body.Markdown(), err)
	}
	// of a scheduled article: it is in review again, and that is said
	edda.post("/articles/1/submit").want(see)
	kolya.post("/articles/1/approve", "read", "5").want(see)
	kolya.post("/articles/1/schedule", "read", "5", "when", "2026-03-20T10:00").want(see)
	edda.post("/articles/1/revisions/4/restore", "read", "5").want(see)
	edda.get("/articles/1/history").want(ok, "restored revision 4, which took it off the schedule")
	papertest.Check(t, w.Store)
}

// TestEveryEventHasASentence: whatever kind of event package news knows is told
// in every language of the desk, with nothing left of the key or of its gaps.
func TestEveryEventHasASentence(t *testing.T) {
	notOfArticles := map[news.EventKind]bool{news.EventEdition: true, news.EventPerson: true, news.EventStyle: true, news.EventDesk: true, news.EventHeld: true, news.EventAsked: true, news.EventReleased: true}
	notes := map[news.EventKind]string{news.EventCorrected: "update: a note", news.EventShown: "2026-03-15T10:00:00Z", news.EventDecided: "approved",
		news.EventAccepted: "1 2 words", news.EventRefused: "2 1 words", news.EventRestored: "3 taken off the schedule", news.EventTaken: "Jon Vale",
		news.EventLabelled: "developing 2026-03-15T10:00:00Z", news.EventTakenDown: "sealed|a judge's order|7/26", news.EventVoiced: "refuse: it is true", news.EventSettled: "refuse: it is true",
		news.EventHanded: `{"desk":"Copy","stage":"legal","person":1,"due":"2026-03-15T10:00:00Z","line":"Look."}`}
	kinds := eventKinds(t)
	if len(kinds) < 25 {
		t.Fatalf("only %d kinds of event were found", len(kinds))
	}
	w := open(t)
	edda := w.as(w.Editor)
	edda.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Bridge", "body", "One.").want(see)
	a, _, err := w.desk.Open(t.Context(), w.Editor, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range locale.Languages() {
		v := visit{person: w.Editor, now: w.Clock.Now(), speaks: language}
		o := opened{Article: a, style: locale.Style{Language: language}}
		for _, kind := range kinds {
			if notOfArticles[kind] {
				continue
			}
			for _, actor := range []news.PersonID{w.Editor.ID, 0} {
				for _, note := range []string{notes[kind], ""} {
					if note == "" && notes[kind] != "" {
						continue
					}
					told, err := w.room.tell(t.Context(), v, o, []news.Event{{Kind: kind, At: v.now, Actor: actor, Note: note}})
					if err != nil || len(told) != 1 || told[0].Text == "" || strings.ContainsAny(told[0].Text, "⟦{}") {
						t.Errorf("%s: %s of %d is told as %+v, %v", language, kind, actor, told, err)
					}
				}
			}
		}
	}
}

// eventKinds are the constants of package news.
func eventKinds(t *testing.T) []news.EventKind {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../news/event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []news.EventKind
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, value := range spec.Values {
			if text, ok := value.(*ast.BasicLit); ok && strings.HasPrefix(spec.Names[0].Name, "Event") {
				kind, _ := strconv.Unquote(text.Value)
				out = append(out, news.EventKind(kind))
			}
		}
		return true
	})
	return out
}

// TestTheNoteOfAnEditIsTold: the note of an edit is a note.
func TestTheNoteOfAnEditIsTold(t *testing.T) {
	w := open(t)
	edda := w.as(w.Editor)
	w.written(edda, 1)
	if err := w.Store.Write(t.Context(), "import", func(tx *store.Tx) error {
		return tx.AddEvent(t.Context(), news.Event{Kind: news.EventEdited, At: w.Clock.Now(), Edition: 1, Article: 1, Note: "wire-48213"})
	}); err != nil {
		t.Fatal(err)
	}
	edda.get("/articles/1/history").want(ok, "The program edited it.", "wire-48213").not("off the schedule")
}
