package news

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var (
	planNow     = time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	planToday   = Day("2026-03-14")
	planEditor  = Person{ID: 1, Role: Editor, Sections: []SectionID{1}}
	planWriter  = Person{ID: 2, Role: Reporter, Desks: []DeskID{4}}
	planOutside = Person{ID: 3, Role: Contributor}
)

// TestPlanRules: what a planned story is refused for, one thing a line.
func TestPlanRules(t *testing.T) {
	was := Assignment{ID: 9, Edition: 1, Day: planToday, Slugline: "bridge", Section: 1, By: 1, DueAt: planNow.Add(-time.Hour)}
	for _, c := range []struct {
		name   string
		p      Person
		was    Assignment
		change func(*Assignment)
		key    string // of the refusal; "" = it is kept
	}{
		{"as it is, with its deadline long past", planEditor, was, func(*Assignment) {}, ""},
		{"a new one by a reporter", planWriter, Assignment{}, func(s *Assignment) { s.ID = 0 }, ""},
		{"a new one by a contributor", planOutside, Assignment{}, func(s *Assignment) { s.ID = 0 }, "error.plan.forbidden"},
		{"another's by a reporter", planWriter, was, func(*Assignment) {}, "error.plan.forbidden"},
		{"another section's", Person{ID: 5, Role: Editor, Sections: []SectionID{2}}, was, func(*Assignment) {}, "error.plan.forbidden"},
		{"given to them", Person{ID: 5, Role: Editor, Sections: []SectionID{2}, Desks: []DeskID{4}}, func() Assignment { s := was; s.Desk = 4; return s }(), func(s *Assignment) { s.Desk = 4 }, ""},
		{"no slugline", planEditor, was, func(s *Assignment) { s.Slugline = "" }, "error.plan.slugline"},
		{"a long slugline", planEditor, was, func(s *Assignment) { s.Slugline = strings.Repeat("ب", 121) }, "error.plan.slugline"},
		{"a long brief", planEditor, was, func(s *Assignment) { s.Brief = strings.Repeat("x", 301) }, "error.plan.brief"},
		{"two lines", planEditor, was, func(s *Assignment) { s.Brief = "a\nb" }, "error.plan.brief"},
		{"no text", planEditor, was, func(s *Assignment) { s.Brief = "\xff" }, "error.encoding"},
		{"no day", planEditor, was, func(s *Assignment) { s.Day = "2026-02-30" }, "error.plan.day"},
		{"yesterday", planEditor, was, func(s *Assignment) { s.Day = "2026-03-13" }, "error.plan.past"},
		{"a past day that stays", planEditor, func() Assignment { s := was; s.Day = "2026-03-01"; return s }(), func(s *Assignment) { s.Day = "2026-03-01" }, ""},
		{"odd pictures", planEditor, was, func(s *Assignment) { s.Pictures = "some" }, "error.plan.pictures"},
		{"a deadline in the past", planEditor, was, func(s *Assignment) { s.DueAt = planNow }, "error.due.past"},
		{"a deadline to come", planEditor, was, func(s *Assignment) { s.DueAt = planNow.Add(time.Second) }, ""},
		{"a desk of another edition", planEditor, was, func(s *Assignment) { s.Desk = 7 }, "error.hand.edition"},
		{"somebody who left", planEditor, was, func(s *Assignment) { s.Person = 8 }, "error.hand.person"},
		{"a reporter for a colleague", planWriter, Assignment{}, func(s *Assignment) { s.ID, s.Person = 0, 6 }, "error.plan.give"},
		{"a reporter for themselves and their desk", planWriter, Assignment{}, func(s *Assignment) { s.ID, s.Person, s.Desk = 0, 2, 4 }, ""},
		{"a reporter for another desk", planWriter, Assignment{}, func(s *Assignment) { s.ID, s.Desk = 0, 5 }, "error.plan.give"},
	} {
		s := was
		if c.was.ID == 0 {
			s.DueAt = time.Time{}
		} else {
			s = c.was
		}
		c.change(&s)
		desk, to := Desk{ID: s.Desk}, Person{ID: s.Person, Role: Contributor}
		if s.Desk == 7 {
			desk.Edition = 2
		}
		if s.Person == 8 {
			to.Disabled = true
		}
		err := s.Plan(c.p, c.was, desk, to, planToday, planNow)
		key := ""
		if refusal, ok := err.(*Error); ok {
			key = refusal.Key
		}
		if key != c.key || err != nil && key == "" {
			t.Errorf("%s: %v, want %q", c.name, err, c.key)
		}
	}
}

// TestWhoReadsThePlan: contributors what is theirs, all others everything.
func TestWhoReadsThePlan(t *testing.T) {
	s := Assignment{ID: 1, Section: 1, By: 1, Person: 7}
	for _, c := range []struct {
		p    Person
		read bool
		plan bool
	}{{planEditor, true, true}, {planWriter, true, false}, {planOutside, false, false}, {Person{ID: 7, Role: Contributor}, true, false}, {Person{ID: 1, Role: Contributor}, true, false},
		{Person{ID: 9, Role: Chief}, true, true}, {Person{}, false, false}, {Person{ID: 7, Role: Editor, Disabled: true}, false, false}} {
		if got := s.Allows(c.p, MayReadPlan) == nil; got != c.read {
			t.Errorf("%+v reads: %v", c.p, got)
		}
		if got := s.Allows(c.p, MayPlan) == nil; got != c.plan {
			t.Errorf("%+v plans: %v", c.p, got)
		}
	}
}

func TestPlanState(t *testing.T) {
	s := Assignment{Article: 5, DueAt: planNow}
	for state, want := range map[State]PlanState{Draft: PlanWriting, InReview: PlanInReview, Scheduled: PlanScheduled, Published: PlanOut, Killed: PlanWithdrawn, Spiked: PlanDropped} {
		if got := s.State(Article{ID: 5, State: state}); got != want {
			t.Errorf("%s is %s", state, got)
		}
	}
	if got := s.State(Article{}); got != PlanPlanned {
		t.Errorf("without its article it is %s", got)
	}
	if (Assignment{Article: 5, Dropped: planNow}).State(Article{ID: 5, State: Published}) != PlanDropped {
		t.Error("dropped is not dropped")
	}
	if !s.Late(PlanWriting, planNow.Add(1)) || s.Late(PlanWriting, planNow) || s.Late(PlanInReview, planNow.Add(1)) || (Assignment{}).Late(PlanPlanned, planNow) {
		t.Error("late is told wrongly")
	}
}

// TestArrange puts a story everywhere in a day of three.
func TestArrange(t *testing.T) {
	day := []Assignment{{ID: 1, Position: 1}, {ID: 2, Position: 2}, {ID: 3, Position: 9}}
	for _, c := range []struct {
		s, before, after AssignmentID
		want             string
	}{{1, 0, 0, "2 3 1"}, {1, 3, 0, "2 1 3"}, {3, 1, 0, "3 1 2"}, {3, 0, 1, "1 3 2"}, {1, 0, 3, "2 3 1"}, {4, 2, 0, "1 4 2 3"}, {4, 0, 0, "1 2 3 4"}, {4, 77, 0, "1 2 3 4"}, {2, 2, 0, "1 3 2"}} {
		var got []string
		for i, s := range Arrange(day, Assignment{ID: c.s}, c.before, c.after) {
			got = append(got, fmt.Sprint(s.ID))
			if s.Position != i+1 {
				t.Errorf("the place of %d is %d", s.ID, s.Position)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
	if day[2].Position != 9 {
		t.Error("the day that was given is changed")
	}
}

// TestDays: days of the edition's own clock and calendar, through the change of the clocks.
func TestDays(t *testing.T) {
	london := Edition{Language: "en", TimeZone: "Europe/London", Calendar: "gregorian"}
	tehran := Edition{Language: "fa", TimeZone: "Asia/Tehran", Calendar: "persian"}
	late := time.Date(2026, 3, 14, 22, 0, 0, 0, time.UTC)
	if DayOf(late, london) != "2026-03-14" || DayOf(late, tehran) != "2026-03-15" {
		t.Errorf("the days are %s and %s", DayOf(late, london), DayOf(late, tehran))
	}
	if at := Day("2026-03-29").Add(1).Start(london).Sub(Day("2026-03-29").Start(london)); at != 23*time.Hour {
		t.Errorf("the day of the change has %s", at)
	}
	for typed, want := range map[string]Day{"2026-03-14": "2026-03-14", "1404/12/23": "2026-03-14", "۱۴۰۴/۱۲/۲۳": "2026-03-14", "1404/12/30": "", "1404": "", "": "", "2026-02-29": ""} {
		if got, err := ParseDay(typed, tehran); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v", typed, got, err)
		}
	}
	if _, err := ParseDay("1404/12/23", london); err == nil {
		t.Error("a day of another calendar was read")
	}
	for _, e := range []Edition{london, tehran} {
		for d := Day("2026-01-01"); d < "2027-01-01"; d = d.Add(1) {
			if got, err := ParseDay(TypeDay(d, e), e); err != nil || got != d {
				t.Fatalf("%s is typed %s and read %s: %v", d, TypeDay(d, e), got, err)
			}
		}
	}
	if got := Day("2026-03-14").Week(time.Monday); got != "2026-03-09" {
		t.Errorf("the week begins %s", got)
	}
	if got := Day("2026-03-14").Week(time.Saturday); got != "2026-03-14" {
		t.Errorf("the Persian week begins %s", got)
	}
	if Day("2026-03-14").Until("2026-03-01") != -13 || Day("x").Valid() || !planToday.Valid() || Day("2026-02-30").Valid() {
		t.Error("days are counted wrongly")
	}
	for typed, want := range map[string]string{"18:00": "2026-03-14T18:00", "۱۸:۰۰": "2026-03-14T18:00", "2026-03-15T08:30": "2026-03-15T08:30"} {
		if got, err := ParseDue(typed, planToday, london); err != nil || TypeMoment(got, london) != want {
			t.Errorf("%q is %s: %v", typed, got, err)
		}
	}
	if due, err := ParseDue("01:30", "2026-03-29", london); err == nil {
		t.Errorf("an hour that the clocks pass over is %s", due)
	}
}

// TestToDay: a story goes to another day with its deadline, at the same hour by
// the clock, through the change of the clocks too.
func TestToDay(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	s := Assignment{Day: "2026-03-28", DueAt: time.Date(2026, 3, 28, 18, 0, 0, 0, zone)}
	s.ToDay("2026-03-30", zone)
	if got := s.DueAt.In(zone); s.Day != "2026-03-30" || got.Hour() != 18 || got.Day() != 30 {
		t.Errorf("it is due %s", got)
	}
}
