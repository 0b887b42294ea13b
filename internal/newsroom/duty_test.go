package newsroom

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// TestDuty puts one story into each part of the page, and looks that it stands
// there, and that an editor of another section sees none of it.
func TestDuty(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := openOn(t, p)
		w.townStories() // 3 went out alone; a comment and a request wait
		edda := w.as(w.Editor)
		far := w.add("far", news.Editor, w.Town.ID)
		for i, headline := range []string{"Late by the clock", "Late by its deadline", "Due tonight", "Goes out tonight", "Developing"} {
			edda.post("/articles", "token", fmt.Sprint("d", i), "edition", "1", "section", "1", "headline", headline, "body", "Text.").want(see)
		}
		edda.post("/articles/6/hand", "seen", "0", "due", "2026-03-14T22:00").want(see)
		edda.post("/articles/5/hand", "seen", "0", "due", "2026-03-14T10:00").want(see)
		chief := w.as(w.Chief)
		for _, id := range []string{"4", "7"} {
			edda.post("/articles/" + id + "/submit").want(see)
			chief.post("/articles/"+id+"/approve", "read", "1").want(see)
		}
		chief.post("/articles/4/schedule", "read", "1", "when", "2026-03-14T10:30").want(see)
		chief.post("/articles/7/schedule", "read", "1", "when", "2026-03-14T23:00").want(see)
		chief.post("/articles/8/labels", "developing", "2026-03-15T06:00").want(see)
		edda.plan("2026-03-14", "nobody-began-it", "section", "1", "due", "10:15").want(see)
		edda.plan("2026-03-14", "still-to-begin", "section", "1", "due", "21:00").want(see)
		w.as(w.Colleague).post("/articles/3/edit", "base", "1", "section", "1", "headline", "Story again", "body", "Text one.\n\nText two.").want(see)
		w.as(w.Colleague).post("/articles/3/correct", "read", "2", "kind", "update", "note", "More is known.", "do", "alone", "reason", "nobody is in").want(see)
		w.Clock.Move(2 * time.Hour)

		page := edda.get("/duty").want(ok).Body
		for _, c := range []struct{ from, to, says, not string }{
			{`id="late"`, `id="due"`, "Late by the clock,should have gone out,Late by its deadline,its deadline has passed,nobody-began-it", "Due tonight,Goes out tonight"},
			{`id="due"`, `id="waiting"`, "Due tonight,Goes out tonight,still-to-begin", "Late by"},
			{`id="waiting"`, `id="breaking"`, "Story,waits to be read", "Developing"},
			{`id="breaking"`, `id="readers"`, "Developing,developing until,without a colleague", ""},
			{`id="readers"`, `id="bypassed"`, `href="/requests",href="/comments"`, ""},
			{`id="bypassed"`, "</main>", "Kolya Kerr: now,Update by Kolya Kerr: nobody is in", ""},
		} {
			text := between(page, c.from, c.to)
			for _, word := range strings.Split(c.says, ",") {
				if !strings.Contains(text, word) {
					t.Errorf("%s does not say %q: %s", c.from, word, plainText(text))
				}
			}
			for _, word := range strings.Split(c.not, ",") {
				if word != "" && strings.Contains(text, word) {
					t.Errorf("%s says %q", c.from, word)
				}
			}
		}
		w.as(far).get("/duty").want(ok, "Nothing is late.", "Nothing waits to be read.").not("Late by the clock", "nobody-began-it", "Developing")
		w.as(w.Reporter).get("/duty").want(no)

		// The calendar: what goes out by itself, for those who may open it.
		edda.get("/calendar").want(ok, "Goes out tonight", "23:00", "Saturday", "the label “Developing” ends", "Sunday").not("Due tonight")
		w.as(w.Reporter).get("/calendar").want(ok, "Nothing goes out by itself").not("Goes out tonight")
		edda.get("/calendar?edition=2").want(ok, "23 Esfand 1404").not("Goes out tonight")
		papertest.Check(t, w.Store)
	})
}

// TestThePlanIsLive: who has the plan open hears of it; of a story's article
// that they may not open they hear only that it is further.
func TestThePlanIsLive(t *testing.T) {
	w := open(t)
	w.townStories()
	door := httptest.NewServer(http.HandlerFunc(w.room.ServeHTTP))
	t.Cleanup(door.Close)
	t.Cleanup(w.room.EndLive)
	edda := w.as(w.Editor)
	rana, conrad := w.as(w.Reporter).listen(t, door, ""), w.as(w.Contributor).listen(t, door, "")
	tell := func() {
		t.Helper()
		last, err := w.Store.RoomPlace(t.Context(), "test")
		if err != nil {
			t.Fatal(err)
		}
		events, err := w.Store.EventsAfter(t.Context(), last, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if err := w.room.Handle(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			last = e.Seq
		}
		if err := w.Store.Write(t.Context(), "test", func(tx *store.Tx) error { return tx.SetRoomPlace(t.Context(), "test", last) }); err != nil {
			t.Fatal(err)
		}
	}
	tell() // what was before is nobody's news
	edda.plan("2026-03-14", "bridge", "section", "1", "person", itoa(int(w.Editor.ID))).want(see)
	tell()
	if h := rana.hears(); h.Kind != news.EventPlanAdded || h.By != "Edda Elm" || h.Article != 0 {
		t.Errorf("the reporter hears %+v", h)
	}
	edda.post("/plan/1/begin").want(see)
	tell()
	for range 3 { // begun, handed, tied: the order is the record's
		if h := rana.hears(); h.Article != 0 || h.Kind != planState && !h.Kind.OfPlan() {
			t.Errorf("the reporter hears %+v", h)
		}
	}
	edda.plan("2026-03-14", "harbour", "person", itoa(int(w.Contributor.ID))).want(see)
	tell()
	if h := conrad.hears(); h.Kind != news.EventPlanAdded {
		t.Errorf("the contributor hears of another's story: %+v", h)
	}
}

// TestWhoLeavesIsPlannedFor: what was planned for somebody who leaves, or for a
// desk that goes, is somebody else's.
func TestWhoLeavesIsPlannedFor(t *testing.T) {
	w := open(t)
	w.copyDesk()
	chief, owner := w.as(w.Chief), w.as(w.Owner)
	chief.plan("2026-03-14", "bridge", "person", itoa(int(w.Reporter.ID)), "desk", "1").want(see)
	owner.post("/people/"+itoa(int(w.Reporter.ID))+"/leave", "to", itoa(int(w.Editor.ID)))
	if s := w.onPlan(1); s.Person != w.Editor.ID {
		t.Errorf("it is planned for %d: %d %s", s.Person, owner.Status, plainText(owner.Body))
	}
	chief.post("/desks/1/remove").want(see)
	if s := w.onPlan(1); s.Desk != 0 {
		t.Errorf("it is planned for the desk %d", s.Desk)
	}
	papertest.Check(t, w.Store)
}
