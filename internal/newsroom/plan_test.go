package newsroom

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// onPlan reads a planned story.
func (w *world) onPlan(id news.AssignmentID) news.Assignment {
	w.t.Helper()
	s, err := w.Store.Assignment(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return s
}

// order is a day's stories by their numbers.
func (w *world) order(day news.Day) string {
	w.t.Helper()
	list, err := w.Store.Assignments(w.t.Context(), w.English.ID, day, day, 400)
	if err != nil {
		w.t.Fatal(err)
	}
	var ids []string
	for i, s := range list {
		if s.Position != i+1 {
			w.t.Errorf("story %d of %s has the place %d, not %d", s.ID, day, s.Position, i+1)
		}
		ids = append(ids, fmt.Sprint(s.ID))
	}
	return strings.Join(ids, " ")
}

// plan puts a story on the English plan of a day.
func (b *browser) plan(day, slugline string, more ...string) *browser {
	b.t.Helper()
	return b.post("/plan", append([]string{"back", "/plan?day=" + day, "token", slugline + day, "slugline", slugline}, more...)...)
}

// TestPlan plans a day by plain forms: adds, moves, changes, drops, takes back,
// begins, ties.
func TestPlan(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := openOn(t, p)
		w.townStories()
		w.copyDesk()
		edda, rana, conrad := w.as(w.Editor), w.as(w.Reporter), w.as(w.Contributor)
		today, next := "2026-03-14", "2026-03-15"
		edda.get("/plan").want(ok, "Saturday 14 March 2026", "Nothing is planned for this day yet")
		edda.plan(today, "bridge", "brief", "The bridge opens", "section", "1", "desk", "1", "person", itoa(int(w.Reporter.ID)), "due", "18:00", "pictures", "wanted").want(see).
			follow().want(ok, "It is on the plan.", "bridge", "The bridge opens", "Rana Reed", "18:00", "Planned", "1 story", "1 wants pictures", "Copy desk")
		edda.plan(today, "bridge").want(see) // the same form twice is one story
		edda.plan(today, "harbour", "person", itoa(int(w.Contributor.ID))).want(see)
		edda.plan(today, "council").want(see)
		if got := w.order("2026-03-14"); got != "1 2 3" {
			t.Errorf("the day is %s", got)
		}

		// What is wrong is said, and what was typed stays.
		edda.plan(today, " ").want(bad, "slugline of 1 to 120")
		edda.plan(today, "late", "due", "08:59", "brief", "Kept").want(bad, "This deadline has passed", `value="Kept"`)
		edda.plan("2026-03-13", "old").want(bad, "That day is over")
		edda.plan(today, "odd", "due", "25:00").want(bad, "This is not a date and time")
		edda.plan(today, "odd", "section", "3").want(bad, "not one of the edition")

		// Who sees what: reporters the whole plan, contributors what is theirs.
		rana.get("/plan").want(ok, "bridge", "harbour").not(`action="/plan/1/drop"`)
		conrad.get("/plan").want(ok, "harbour").not("bridge", "council", `id="add"`)
		conrad.get("/plan/1").want(no)
		conrad.get("/plan/2").want(ok)
		rana.plan(today, "for another", "person", itoa(int(w.Contributor.ID))).want(no, "An editor gives stories to others")
		rana.plan(today, "pitch", "person", itoa(int(w.Reporter.ID))).want(see)
		rana.post("/plan/1/drop").want(no)
		rana.post("/plan/4/drop", "back", "/plan?day="+today).want(see).follow().want(ok, "“pitch” was dropped", `action="/plan/4/restore"`)
		rana.post("/plan/4/restore").want(see)

		// Moving: in the day, to another one with its deadline, and not into the past.
		edda.post("/plan/3/move", "back", "/plan?day="+today, "day", today, "before", "1").want(see)
		if got := w.order("2026-03-14"); got != "3 1 2 4" {
			t.Errorf("after moving up the day is %s", got)
		}
		edda.post("/plan/3/move", "day", today, "after", "2").want(see)
		before, _ := w.Store.LastEvent(t.Context())
		edda.post("/plan/3/move", "day", today, "after", "2").want(see)
		if after, _ := w.Store.LastEvent(t.Context()); after != before {
			t.Error("the same move twice is two")
		}
		edda.post("/plan/1/move", "day", next, "move", "day").want(see)
		if s := w.onPlan(1); s.Day != "2026-03-15" || !s.DueAt.Equal(time.Date(2026, 3, 15, 18, 0, 0, 0, time.UTC)) {
			t.Errorf("moved to %s, due %s", s.Day, s.DueAt)
		}
		edda.post("/plan/1/move", "day", "2026-03-13").want(bad, "That day is over")
		edda.get("/plan?span=week&day="+today).want(ok, "bridge", "Monday", "9 March 2026", "15 March 2026")

		// A change, a stale one, and back again.
		w.Clock.Move(time.Minute)
		seen := fmt.Sprint(w.onPlan(1).ChangedAt.UnixMicro())
		form := []string{"seen", seen, "slugline", "bridge", "brief", "It opens", "section", "1", "desk", "1", "person", itoa(int(w.Reporter.ID)), "day", next, "due", "2026-03-15T18:00", "pictures", "there"}
		w.Clock.Move(time.Minute)
		edda.post("/plan/1", form...).want(see).follow().want(ok, "The plan is changed", "It opens")
		edda.post("/plan/1", form...).want(see) // it says so already
		form[5] = "Another line"
		edda.post("/plan/1", form...).want(clash, "A colleague changed this story", "Another line", "On the plan now")

		// Begun by an editor, it is the reporter's: with what the plan says.
		edda.post("/plan/1/begin", "back", "/plan?day="+next).want(see)
		s := w.onPlan(1)
		a, err := w.Store.Article(t.Context(), s.Article)
		if err != nil || a.Slugline != "bridge" || a.Section != w.World.ID || a.Creator != w.Reporter.ID || a.Assignee != w.Reporter.ID || a.Stage != "copy" {
			t.Errorf("begun: %+v, %v", a, err)
		}
		if at, err := w.Store.Placement(t.Context(), a.ID); err != nil || !at.DueAt.Equal(s.DueAt) {
			t.Errorf("it lies until %s: %v", at.DueAt, err)
		}
		edda.post("/plan/1/begin").want(see)
		if again := w.onPlan(1); again.Article != s.Article {
			t.Error("begun twice")
		}
		edda.get("/plan?day="+next).want(ok, "Being written", `href="/articles/`+a.ID.String()+`"`)
		rana.get("/articles/"+a.ID.String()+"/history").want(ok, "Edda Elm began “bridge” from the plan of 15 March 2026.")

		// What the plan changes of who and when goes on to the article.
		seen = fmt.Sprint(w.onPlan(1).ChangedAt.UnixMicro())
		edda.post("/plan/1", "seen", seen, "slugline", "bridge", "section", "1", "desk", "1", "person", itoa(int(w.Contributor.ID)), "day", next, "due", "2026-03-15T20:00").want(see)
		if at, err := w.Store.Placement(t.Context(), a.ID); err != nil || at.Person != w.Contributor.ID || !at.DueAt.Equal(time.Date(2026, 3, 15, 20, 0, 0, 0, time.UTC)) {
			t.Errorf("it lies with %d until %s: %v", at.Person, at.DueAt, err)
		}

		// Tied to an article by its number, each once; what is due and unplanned stands beside.
		edda.post("/plan/2/tie", "article", "2").want(see).follow().want(ok, "Noted which article it is")
		edda.post("/plan/3/tie", "article", "2").want(clash, "on the plan already")
		edda.post("/plan/3/tie", "article", "99").want(bad, "There is no article")
		edda.post("/articles/1/hand", "seen", "0", "due", "2026-03-14T17:00", "person", itoa(int(w.Reporter.ID))).want(see)
		edda.get("/plan?day="+today).want(ok, "Due, and not planned", `name="article" value="1"`, "17:00")
		edda.post("/plan", "back", "/plan?day="+today, "article", "1", "day", today, "token", "x").want(see)
		edda.get("/plan?day=" + today).want(ok).not("Due, and not planned")
		edda.post("/plan", "back", "/plan?day="+today, "article", "1", "day", today, "token", "y").want(see)
		papertest.Check(t, w.Store)
	})
}
