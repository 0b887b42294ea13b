package newsroom

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// handed is the form of the article's page, as it stands there now.
func (w *world) seen(id news.ID) string {
	at, err := w.Store.Placement(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	if at.At.IsZero() {
		return "0"
	}
	return strconv.FormatInt(at.At.UnixMicro(), 10)
}

// TestHandOn hands a story to a desk and to a person, and sees it in their
// queues, on its page and in its history.
func TestHandOn(t *testing.T) {
	w := open(t)
	w.townStories()
	w.copyDesk()
	edda, conrad, rana := w.as(w.Editor), w.as(w.Contributor), w.as(w.Reporter)
	edda.get("/articles/2").want(ok, `value="1:copy"`, `value="1:legal"`, "Rana Reed", `action="/articles/2/hand"`)
	rana.get("/articles/2").want(no)

	edda.post("/articles/2/hand", "seen", "0", "to", "1:legal", "person", strconv.Itoa(int(w.Reporter.ID)), "due", "2026-03-14T18:00", "line", "Look at the names.").want(see).
		follow().want(ok, "Handed on.", "Copy desk, legal, Rana Reed", "Look at the names.", "Edda Elm handed it to Copy desk, legal, Rana Reed, due")
	rana.get("/articles/2").want(ok, "Look at the names.")
	rana.get("/").want(ok, `data-id="2"`, "Copy desk, legal, Rana Reed", "due 14 March 2026")
	edda.get("/?desk=copy-desk").want(ok, `data-id="2"`, "every stage", "In work").not(`data-id="1"`)
	edda.get("/?desk=copy-desk&stage=copy").want(ok).not(`data-id="2"`)
	edda.get("/?person="+strconv.Itoa(int(w.Reporter.ID))).want(ok, `data-id="2"`, "Rana Reed").not(`data-id="1"`)
	rana.get("/rows?ids=1,2&desk=copy-desk").want(ok)
	edda.get("/rows?ids=1,2&desk=copy-desk").want(ok, `data-id="2"`).not(`data-id="1"`)
	edda.get("/?desk=gone").want(ok, "There is no such desk any more")

	// What was seen is not what is there: nothing is passed over, what was typed stays.
	edda.post("/articles/2/hand", "seen", "0", "to", "1:copy", "line", "Mine.").want(clash, "A colleague handed it on", "Mine.")
	edda.post("/articles/2/hand", "seen", w.seen(2), "to", "1:copy", "due", "2026-03-14T09:00", "line", "Late.").want(bad, "This deadline has passed", "Late.")
	edda.post("/articles/2/hand", "seen", w.seen(2), "to", "9:copy").want(clash, "This desk is not there any more")
	edda.post("/articles/2/hand", "seen", w.seen(2), "to", "1:proof").want(clash, "The desk has changed its stages")

	// The same once more is done once, and what is late says so.
	edda.post("/articles/2/hand", "seen", w.seen(2), "to", "1:legal", "person", strconv.Itoa(int(w.Reporter.ID)), "due", "2026-03-14T18:00", "line", "Look at the names.").want(see)
	w.Clock.Move(10 * time.Hour)
	edda.get("/?desk=copy-desk").want(ok, "late: was due")

	// Back from everybody: the reporter has it no longer.
	conrad.post("/articles/2/hand", "seen", w.seen(2)).want(see).follow().want(ok, "Conrad Cole took it back from where it lay.")
	rana.get("/articles/2").want(no)
	papertest.Check(t, w.Store)
}

// TestDesks makes a desk, gives it stages, sections and members, and removes
// it with stories in its queue.
func TestDesks(t *testing.T) {
	w := open(t)
	w.townStories()
	chief := w.as(w.Chief)
	chief.get("/desks").want(ok, "No desk yet")
	chief.post("/desks", "name", "Copy desk").want(see).follow().want(ok, "The desk is made", "Nothing lies with it.")
	chief.post("/desks", "name", "Copy  Desk").want(clash, "Another desk has this name")
	chief.post("/desks", "name", " ").want(bad, "1 to 80 characters")
	chief.post("/desks/1", "name", "Copy desk", "new_stage", "copy").want(see)
	chief.post("/desks/1", "name", "Copy desk", "stage-0", "copy", "new_stage", "legal", "sections", "1", "members", strconv.Itoa(int(w.Editor.ID)), "leads", strconv.Itoa(int(w.Editor.ID))).want(see)
	chief.get("/desks").want(ok, "Edda Elm (lead)", "World", "In the queue: 0")

	// She covers what the desk covers, and no more.
	edda := w.as(w.Editor)
	edda.get("/articles/1").want(ok)
	p, err := w.Store.Person(t.Context(), w.Editor.ID)
	if err != nil || !p.Covers(w.World.ID) || p.Covers(w.Town.ID) {
		t.Errorf("the member covers %v, %v: %v", p.Sections, p.ByDesk, err)
	}

	// A stage is renamed with what waits there, moved, and not dropped while something does.
	edda.post("/articles/2/hand", "seen", "0", "to", "1:copy").want(see)
	typed := func(more ...string) url.Values {
		f := url.Values{"name": {"Copy desk"}, "stage-0": {"copy"}, "stage-1": {"legal"}, "sections": {"1"}, "members": {strconv.Itoa(int(w.Editor.ID))}}
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		return f
	}
	chief.do("POST", "/desks/1", typed("stage-0", "")).want(clash, "Stories wait at this stage: 1")
	chief.do("POST", "/desks/1", typed("was", "old", "name", "Night")).want(clash, "A colleague changed this desk", `value="Night"`)
	chief.do("POST", "/desks/1", typed("stage-0", "reading")).want(see)
	chief.do("POST", "/desks/1", typed("stage-0", "reading", "earlier", "legal")).want(see)
	d, err := w.Store.Desk(t.Context(), 1)
	if err != nil || strings.Join(d.Stages, ",") != "legal,reading" {
		t.Errorf("the stages are %q: %v", d.Stages, err)
	}
	edda.get("/articles/2").want(ok, "Copy desk, reading")

	// Removed with a story in its queue: said how many, then handed over. Who had
	// sections by the desk alone keeps them, and does not get every one.
	chief.post("/desks", "name", "News desk").want(see)
	chief.post("/desks/1/remove").want(clash, "Stories lie with this desk: 1")
	chief.post("/desks/1/remove", "takes", "2").want(see).follow().want(ok, "kept the sections they had")
	edda.get("/articles/2").want(ok, "News desk")
	if p, err = w.Store.Person(t.Context(), w.Editor.ID); err != nil || !p.Covers(w.World.ID) || p.Covers(w.Town.ID) {
		t.Errorf("without the desk she covers %v, %v: %v", p.Sections, p.ByDesk, err)
	}
	chief.post("/desks/1/remove", "takes", "2").want(see)
	chief.post("/desks/2/remove", "takes", "nobody").want(see)
	edda.get("/articles/2").want(ok).not("News desk, ")
	papertest.Check(t, w.Store)
}

// TestStaleForm: a role taken away between the page and its form is a clear
// sentence, and nothing is half done.
func TestStaleForm(t *testing.T) {
	w := open(t)
	w.townStories()
	edda := w.as(w.Editor)
	edda.get("/articles/2").want(ok)
	demoted := w.Editor
	demoted.Role = news.Reporter
	if err := w.auth.SavePerson(t.Context(), 0, demoted); err != nil {
		t.Fatal(err)
	}
	edda.post("/articles/2/edit", "base", "1", "section", "1", "headline", "H", "body", "Kept on the page.").want(out, "What you typed is kept here", "Kept on the page.")
	edda = w.as(demoted) // in again, and the same form once more
	before, err := w.Store.LastEvent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	edda.post("/articles/2/edit", "base", "1", "section", "1", "headline", "H", "body", "Kept on the page.").want(no, "What you typed, to take along", "Kept on the page.")
	edda.post("/articles/2/approve", "read", "1").want(no, "Your role does not open this page.")
	edda.post("/articles/2/hand", "seen", "0", "line", "For Rana.").want(no, "For Rana.")
	if a, err := w.Store.Article(t.Context(), 2); err != nil || a.Head != 1 || a.Approval.By != 0 {
		t.Errorf("something was done: %+v, %v", a, err)
	}
	if after, err := w.Store.LastEvent(t.Context()); err != nil || after != before {
		t.Errorf("the record went from %d to %d, %v", before, after, err)
	}
}

// TestRequired: a section that asks for a kicker and a picture is not passed
// without them, and the sentence names them and leads to the field.
func TestRequired(t *testing.T) {
	w := open(t)
	owner, conrad, edda := w.as(w.Owner), w.as(w.Contributor), w.as(w.Editor)
	owner.post("/settings/editions/1/sections", "sections", "1", "name-1", "World", "place-1", "1", "required-1", "kicker", "required-1", "picture", "required-1", "nonsense").want(see)
	owner.get("/settings/editions/1").want(ok, `name="required-1" value="kicker" checked`)
	conrad.post("/articles", "token", "r", "edition", "1", "section", "1", "headline", "Story", "body", "Text.").want(see)
	conrad.post("/articles/1/submit").want(bad, "This section also asks for: Kicker and Picture with a description.", `href="/articles/1/edit#kicker"`)
	conrad.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Story", "kicker", "Bridge", "body", "Text.").want(see)
	conrad.post("/articles/1/submit").want(bad, "also asks for: Picture with a description.", `href="/articles/1/edit#body"`)
	edda.post("/articles/1/publish", "read", "2", "alone", "yes", "reason", "fire").want(bad, "Picture with a description")
	owner.post("/settings/editions/1/sections", "sections", "1", "name-1", "World", "place-1", "1", "required-1", "kicker").want(see)
	conrad.post("/articles/1/submit").want(see)
	papertest.Check(t, w.Store)
}

// TestViews saves a filter, shares it, renames it, removes it and takes it back.
func TestViews(t *testing.T) {
	w := open(t)
	w.townStories()
	edda, chief := w.as(w.Editor), w.as(w.Chief)
	edda.get("/").want(ok, "Saved views").not("Save this view")
	edda.get("/?state=in_review&mine=1&below=5.5").want(ok, "Save this view", `value="mine=1&amp;state=in_review"`)
	edda.post("/views", "token", "a", "name", "To read", "query", "mine=1&state=in_review&evil=1").want(see).follow().want(ok, "The view is saved", "To read")
	edda.post("/views", "token", "a", "name", "To read", "query", "mine=1&state=in_review").want(see)
	if list, err := w.Store.Views(t.Context(), w.Editor.ID); err != nil || len(list) != 1 || list[0].Query != "mine=1&state=in_review" {
		t.Errorf("views: %+v, %v", list, err)
	}
	edda.post("/views", "token", "b", "name", "All", "query", "state=draft", "shared", "yes").want(no)
	chief.post("/views", "token", "c", "name", "Drafts", "query", "state=draft", "shared", "yes").want(see)
	edda.get("/").want(ok, "Drafts", "for everybody").not(`action="/views/2"`)
	chief.get("/").want(ok, "Drafts").not("To read")
	edda.post("/views/1", "name", "Reading").want(see)
	edda.get("/").want(ok, "Reading").not("To read")
	edda.post("/views/1/remove").want(see).follow().want(ok, "The view “Reading” is removed.", "Undo")
	edda.get("/").not("Reading")
	chief.post("/views/1/restore").want(no)
	edda.post("/views/1/restore").want(see).follow().want(ok, "The view is back", "Reading")
}
