package newsroom

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// copyText is the copy of an article as the editor's script sends it.
func copyText(headline string, paragraphs ...string) json.RawMessage {
	body := `{"type":"doc","version":1,"content":[`
	for i, p := range paragraphs {
		if i > 0 {
			body += ","
		}
		body += `{"type":"paragraph","content":[{"type":"text","text":` + mustJSON(p) + `}]}`
	}
	return json.RawMessage(`{"headline":` + mustJSON(headline) + `,"section":"1","edition":"1","byline":"","urgency":"4","document":` + body + `]}}`)
}

type sent map[string]any

// type sends a state of a window.
func (b *browser) types(article string, s sent) *browser {
	b.t.Helper()
	return b.script(http.MethodPost, "/articles/"+article+"/draft", s)
}

func TestDraftsAreTaken(t *testing.T) {
	w := open(t)
	w.townStories()
	w.narrow(&w.Editor, w.World.ID)
	b := w.as(w.Contributor)
	text := copyText("Story", "Text one, and more.", "Text two.")
	b.types("1", sent{"person": w.Contributor.ID, "tab": "window-1", "seq": 1, "base": 1, "copy": text})
	got := answer[kept](b)
	if b.Status != ok || got.Kept != 1 || got.Head != 1 || got.Barred != "" || got.By != "" || !strings.Contains(got.Time, ":") || strings.Count(got.Time, ":") != 2 {
		t.Fatalf("%d %+v", b.Status, got)
	}
	// a state by its difference, and from a page that does not say whose it is
	next := string(copyText("Story", "Text one, and much more.", "Text two."))
	s := store.SpliceOf(string(text), next)
	b.types("1", sent{"tab": "window-1", "seq": 2, "base": 1, "after": 1, "change": spliced{s.Start, s.Cut, s.Put}})
	if got := answer[kept](b); b.Status != ok || got.Kept != 2 {
		t.Fatalf("%d %+v", b.Status, got)
	}
	if latest, err := w.Store.LatestDraft(t.Context(), 1, w.Contributor.ID); err != nil || latest.Copy != next {
		t.Errorf("%v: %s", err, latest.Copy)
	}
	for _, c := range []struct {
		name   string
		s      sent
		status int
		field  string
	}{
		{"somebody else's text", sent{"person": w.Editor.ID, "tab": "window-1", "seq": 3, "base": 1, "copy": text}, clash, "person"},
		{"a change of a text that is not here", sent{"tab": "window-2", "seq": 3, "base": 1, "after": 2, "change": spliced{}}, clash, "after"},
		{"two windows of one name", sent{"tab": "window-1", "seq": 1, "base": 1, "copy": copyText("Another")}, clash, "tab"},
		{"a revision that is not yet", sent{"tab": "window-1", "seq": 3, "base": 7, "copy": text}, clash, "base"},
		{"not in the schema", sent{"tab": "window-1", "seq": 3, "base": 1, "copy": json.RawMessage(`{"document":{"type":"doc","version":1,"content":[{"type":"script"}]}}`)}, bad, "body"},
		{"too large", sent{"tab": "window-1", "seq": 3, "base": 1, "copy": copyText("H", strings.Repeat("word ", 500_000))}, http.StatusRequestEntityTooLarge, "body"},
		{"nothing", sent{}, bad, ""},
	} {
		b.types("1", c.s)
		if got := answer[fault](b); b.Status != c.status || got.Field != c.field || len(got.Error) < 20 {
			t.Errorf("%s: %d %+v", c.name, b.Status, got)
		}
	}
	w.as(w.Contributor).get("/articles/1").want(ok, "You typed 5 words that are in no revision yet", `href="/articles/1/drafts"`)
	w.as(w.Chief).get("/articles/1/edit").want(ok, "Conrad Cole is writing: 5 words not yet in a revision.")
	papertest.Check(t, w.Store)
}

func TestSavingFromTheEditor(t *testing.T) {
	w := open(t)
	w.townStories()
	cole, chief := w.as(w.Contributor), w.as(w.Chief)
	save := func(b *browser, s sent) *browser {
		t.Helper()
		return b.script(http.MethodPost, "/articles/1/edit", s)
	}
	save(cole, sent{"tab": "window-c", "seq": 1, "base": 1, "copy": copyText("Story", "Text one.", "Text two, and three.")})
	if got := answer[kept](cole); cole.Status != ok || got.Number != 2 || got.Joined || got.Copy != nil || got.Settled != 1 {
		t.Fatalf("%d %+v", cole.Status, got)
	}
	save(chief, sent{"tab": "window-b", "seq": 1, "base": 1, "copy": copyText("Story", "Text <one> at last.", "Text two.")})
	got := answer[kept](chief)
	if chief.Status != ok || got.Number != 3 || !got.Joined || !strings.Contains(string(got.Copy), "and three") || !strings.Contains(string(got.Copy), "at last") || !strings.Contains(string(got.Copy), `"headline":"Story"`) {
		t.Fatalf("%d %+v", chief.Status, got)
	}
	// both rewrite the same words
	save(cole, sent{"tab": "window-c", "seq": 2, "base": 2, "copy": copyText("Story", "Nothing <b>of</b> this.", "Text two, and three.")})
	told := answer[collided](cole)
	if cole.Status != clash || told.Code != "conflict" || told.Conflict.Head != 3 || !strings.Contains(told.Error, "Cyrus Calder saved revision 3") {
		t.Fatalf("%d %+v", cole.Status, told)
	}
	c := told.Conflict
	if !strings.Contains(c.Page, "&lt;b&gt;of") || strings.Contains(c.Page, "<b>of") || !strings.Contains(c.Page, `data-choice="merged"`) || !strings.Contains(string(c.Joined), "this") || !strings.Contains(string(c.Saved), "at last") {
		t.Errorf("%+v", c)
	}
	if cole.get("/articles/1/edit").want(ok, "Kept aside"); strings.Count(cole.Body, "?aside=") != 1 {
		t.Error("the losing text is not kept aside once")
	}
	// they have compared
	save(cole, sent{"tab": "window-c", "seq": 3, "base": 3, "copy": c.Joined})
	if got := answer[kept](cole); cole.Status != ok || got.Number != 4 || got.Joined {
		t.Errorf("%d %+v", cole.Status, got)
	}
	// a window that closes does not take a scheduled story back
	cole.post("/articles/1/submit").want(see)
	w.as(w.Owner).post("/articles/1/approve", "read", "4").want(see)
	w.as(w.Owner).post("/articles/1/schedule", "read", "4", "when", "2026-03-15T06:00").want(see)
	save(chief, sent{"tab": "window-b", "seq": 2, "base": 4, "leave": true, "copy": copyText("Story", "Text by mistake.")})
	if got := answer[fault](chief); chief.Status != clash || !strings.Contains(got.Error, "kept beside it") {
		t.Errorf("%d %+v", chief.Status, got)
	}
	w.as(w.Owner).get("/articles/1").want(ok, "Scheduled", "Cyrus Calder")
	papertest.Check(t, w.Store)
}

func TestNewArticlesFromTheEditor(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	create := func(s sent) kept {
		t.Helper()
		b.script(http.MethodPost, "/articles", s)
		return answer[kept](b)
	}
	first := create(sent{"person": w.Reporter.ID, "token": "a-token", "tab": "window-1", "seq": 1, "copy": copyText("", "It beg")})
	if b.Status != ok || first.ID == 0 || first.Number != 1 {
		t.Fatalf("%d %+v", b.Status, first)
	}
	if again := create(sent{"token": "a-token", "tab": "window-1", "seq": 2, "copy": copyText("", "It began")}); again.ID != first.ID || again.Number != 1 {
		t.Errorf("the same article again: %+v", again)
	}
	b.types(first.ID.String(), sent{"tab": "window-1", "seq": 2, "base": 1, "copy": copyText("", "It began")})
	if got := answer[kept](b); b.Status != ok || got.Head != 1 {
		t.Errorf("%d %+v", b.Status, got)
	}
	for name, s := range map[string]sent{"no token": {"copy": copyText("H", "T")}, "no edition": {"token": "b", "copy": json.RawMessage(`{"headline":"H"}`)}} {
		b.script(http.MethodPost, "/articles", s)
		if got := answer[fault](b); b.Status != bad || got.Error == "" {
			t.Errorf("%s: %d %+v", name, b.Status, got)
		}
	}
	papertest.Check(t, w.Store)
}

// TestNobodyActsOnWhatNobodySaw: one's own text is folded in before an act, a
// colleague's is told first.
func TestNobodyActsOnWhatNobodySaw(t *testing.T) {
	w := open(t)
	w.townStories()
	cole, chief := w.as(w.Contributor), w.as(w.Chief)
	cole.types("1", sent{"tab": "window-c", "seq": 1, "base": 1, "copy": copyText("Story", "Text one, typed last.", "Text two.")})
	cole.post("/articles/1/submit").want(see)
	chief.get("/articles/1").want(ok, "typed last").not("in no revision")
	// an editor types while the chief is about to approve
	editor := w.as(w.Editor)
	editor.types("1", sent{"tab": "window-e", "seq": 1, "base": 2, "copy": copyText("Story", "Text one, typed last.", "Text two. More.")})
	chief.post("/articles/1/approve", "read", "2").want(clash, "Edda Elm has typed text that is in no revision yet", "Edda Elm is writing", `name="told" value="3"`)
	editor.types("1", sent{"tab": "window-e", "seq": 2, "base": 2, "copy": copyText("Story", "Text one, typed last.", "Text two. More and more.")})
	chief.post("/articles/1/approve", "read", "2", "told", itoa(int(w.Editor.ID))).want(see) // told once is enough
	chief.post("/articles/1/schedule", "read", "2", "when", "2026-03-15T06:00").want(clash, "Edda Elm has typed", `name="told" value="3"`)
	// the editor's own publishing would go out without her own words: she is shown them first
	editor.post("/articles/1/publish", "read", "2").want(clash, "The article was changed since you opened it")
	editor.get("/articles/1").want(ok, "More and more")
	papertest.Check(t, w.Store)
}

func TestDraftsPage(t *testing.T) {
	w := open(t)
	w.townStories()
	cole, chief := w.as(w.Contributor), w.as(w.Chief)
	chief.get("/articles/1/drafts").want(ok, "Nothing was typed here yet.")
	for i, text := range []string{"Text one.", "Text one, <typed>.", "Text one."} {
		cole.types("1", sent{"tab": "window-c", "seq": i + 1, "base": 1, "copy": copyText("Story", text, "Text two.")})
		w.Clock.Move(time.Minute)
	}
	chief.get("/articles/1/drafts").want(ok, "Conrad Cole", "in no revision yet", "tab=window-c")
	chief.get("/articles/1/drafts?person="+itoa(int(w.Contributor.ID))+"&tab=window-c").want(ok, "says the same", "Earlier in the same window", "seq=2").not("Take it up")
	chief.get("/articles/1/drafts?person="+itoa(int(w.Contributor.ID))+"&tab=window-c&seq=2").want(ok, "&lt;typed&gt;", "Take it up as a new revision", "Typed by Conrad Cole").not("I am done with it")
	chief.get("/articles/1/drafts?person=1&tab=window-c").want(gone)
	take := func(b *browser, seq, do string) *browser {
		return b.post("/articles/1/drafts", "person", itoa(int(w.Contributor.ID)), "tab", "window-c", "seq", seq, "do", do)
	}
	take(chief, "2", "take").follow().want(ok, "It is a revision now.", "&lt;typed&gt;")
	chief.get("/articles/1/history").want(ok, "/articles/1/revisions/2", "Cyrus Calder")
	// what was taken up is on revision 2; a text that clashes comes into the form
	cole.types("1", sent{"tab": "window-c", "seq": 4, "base": 1, "copy": copyText("Story", "Text one, written anew.", "Text two.")})
	take(chief, "4", "take").want(ok, "joined", "written anew", "&lt;typed&gt;", `name="base" value="2"`)
	cole.script(http.MethodGet, "/articles/1/drafts", nil)
	if got := answer[struct {
		Head   int
		Drafts []pendingState
	}](cole); got.Head != 2 || len(got.Drafts) != 1 || got.Drafts[0].Seq != 4 || !strings.Contains(string(got.Drafts[0].Copy), "written anew") {
		t.Errorf("for the editor: %+v", got)
	}
	cole.get("/articles/1/drafts?person="+itoa(int(w.Contributor.ID))+"&tab=window-c").want(ok, "I am done with it")
	take(cole, "4", "leave").follow().want(ok, "It stays in this list.", "left by its writer")
	cole.get("/articles/1").want(ok).not("You typed")
	w.as(w.Reporter).get("/articles/1/drafts").want(no)
	if n, err := w.desk.FoldPaused(t.Context()); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	papertest.Check(t, w.Store)
}
