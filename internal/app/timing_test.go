package app

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/store"
	"broadsheet/themes"
)

// waitingRoom is a paper in which something waits for its time, on a system
// whose clock cannot be relied on.
type waitingRoom struct {
	*papertest.Paper
	*fakeTime
	t     *testing.T
	desk  *desk.Desk
	press *press.Press
	heard int64 // the last event that the press has heard of
	id    news.ID
}

// misrule is what the system's clock does while something waits.
type misrule struct {
	name  string
	zone  string // of the edition
	begin string // when the program starts, with a clock that is right: UTC
	typed string // the time that is typed at the desk, by the edition's clock
	due   string // the moment that is meant: UTC
	jumps []leap
	// leapSecond: the last minute before due has 61 seconds.
	leapSecond bool
}

// leap is a jump of the system's clock, so long after the start.
type leap struct{ after, by time.Duration }

// misrules are twelve; with the things that wait below they are sixty cases.
func misrules() []misrule {
	const half, year = 30 * time.Minute, 365 * 24 * time.Hour
	plain := func(name string, by time.Duration) misrule {
		return misrule{name: name, zone: "Europe/London", begin: "2026-03-14T09:30:00Z", typed: "2026-03-14T11:30", due: "2026-03-14T11:30:00Z", jumps: []leap{{half, by}}}
	}
	return []misrule{
		plain("+1 s", time.Second), plain("-1 s", -time.Second), plain("+1 h", time.Hour), plain("-1 h", -time.Hour),
		plain("back to 1970", -56*year-74*24*time.Hour), plain("+10 years", 10*year),
		// The kernel shows the second before midnight twice.
		{name: "leap second", zone: "Europe/London", begin: "2026-12-31T22:30:00Z", typed: "2027-01-01T00:00", due: "2027-01-01T00:00:00Z",
			jumps: []leap{{90 * time.Minute, -time.Second}}, leapSecond: true},
		// Somebody sets the clock by hand as well, at the change; the time that
		// was typed comes after it, or is the second of two that look alike.
		{name: "summer time in Berlin", zone: "Europe/Berlin", begin: "2027-03-27T23:00:00Z", typed: "2027-03-28T04:30", due: "2027-03-28T02:30:00Z",
			jumps: []leap{{2 * time.Hour, time.Hour}}},
		{name: "winter time in New York", zone: "America/New_York", begin: "2026-11-01T04:00:00Z", typed: "2026-11-01T01:30", due: "2026-11-01T06:30:00Z",
			jumps: []leap{{2 * time.Hour, -time.Hour}}},
		{name: "winter time on Lord Howe", zone: "Australia/Lord_Howe", begin: "2026-04-04T13:00:00Z", typed: "2026-04-05T01:45", due: "2026-04-04T15:15:00Z",
			jumps: []leap{{2 * time.Hour, half}}},
		{name: "summer time in Santiago", zone: "America/Santiago", begin: "2026-09-06T02:00:00Z", typed: "2026-09-06T01:30", due: "2026-09-06T04:30:00Z",
			jumps: []leap{{2 * time.Hour, time.Hour}}},
		{name: "winter time in Cairo", zone: "Africa/Cairo", begin: "2026-10-29T19:00:00Z", typed: "2026-10-29T23:30", due: "2026-10-29T21:30:00Z",
			jumps: []leap{{2 * time.Hour, time.Hour}, {2*time.Hour + time.Minute, -time.Hour}}},
	}
}

// thing waits for its time. come reports whether readers see that it has come.
type thing struct {
	name string
	set  func(w *waitingRoom, due time.Time)
	come func(w *waitingRoom) bool
}

func things() []thing {
	return []thing{
		{"schedule", (*waitingRoom).schedule, (*waitingRoom).isOut},
		{"embargo", (*waitingRoom).embargo, (*waitingRoom).isOutByHand},
		{"end of a label", (*waitingRoom).label, (*waitingRoom).isUnlabelled},
		{"timed change", (*waitingRoom).change, (*waitingRoom).isChanged},
	}
}

// TestNothingIsEarlyByAnyClock is sixty cases: whatever the system's clock
// does, nothing comes before its time has truly come, and it comes then, or at
// the latest when somebody has put the clock right.
func TestNothingIsEarlyByAnyClock(t *testing.T) {
	for _, w := range things() {
		t.Run(w.name, func(t *testing.T) {
			for _, m := range misrules() {
				t.Run(m.name, func(t *testing.T) {
					t.Parallel()
					endure(t, m, w)
				})
			}
		})
	}
}

func endure(t *testing.T, m misrule, wait thing) {
	begin, due := instant(t, m.begin), instant(t, m.due)
	w := openWaitingRoom(t, m, begin)
	typed, err := news.ParseMoment(m.typed, w.English, "when")
	if err != nil || !typed.Equal(due) {
		t.Fatalf("%s in %s is read as %v, %v; want %v", m.typed, m.zone, typed, err, due)
	}
	wait.set(w, typed)
	missing := time.Duration(0) // of what the steady clock counts
	if m.leapSecond {
		missing = time.Second
	}
	truly := due.Sub(begin) + missing
	looks := []time.Duration{truly - time.Hour - time.Second, truly - 2*time.Second, truly - time.Second, truly - time.Microsecond}
	for d := time.Duration(0); d < truly; d += 10 * time.Minute {
		looks = append(looks, d)
	}
	for _, j := range m.jumps {
		looks = append(looks, j.after, j.after+time.Second, j.after+time.Hour)
	}
	slices.Sort(looks)
	jumps := m.jumps
	for _, at := range looks {
		if at >= truly {
			break
		}
		w.advance(at - w.steady())
		for len(jumps) > 0 && jumps[0].after <= at {
			w.jump(jumps[0].by)
			jumps = jumps[1:]
		}
		if wait.come(w) {
			t.Fatalf("it is early: the system says %v, the time is %v before it is due at %v", w.wall(), truly-at, due)
		}
	}
	w.advance(truly - w.steady())
	if !w.wall().Before(due) && !wait.come(w) {
		t.Errorf("its time has come by every clock, and it has not: the system says %v", w.wall())
	}
	w.set(begin.Add(w.steady() - missing)) // somebody puts the clock right
	if !wait.come(w) {
		t.Errorf("its time has come, the clock is right, and it has not come")
	}
	papertest.Check(t, w.Store)
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func openWaitingRoom(t *testing.T, m misrule, begin time.Time) *waitingRoom {
	t.Helper()
	w := &waitingRoom{Paper: papertest.New(t), fakeTime: &fakeTime{}, t: t}
	w.set(begin)
	w.English.TimeZone = m.zone
	w.must(w.Store.Write(t.Context(), "move the paper", func(tx *store.Tx) error { return tx.SaveEdition(t.Context(), &w.English) }))
	clock := NewClock(w.wall, w.steady)
	w.desk = desk.New(w.Store, clock.Now)
	var err error
	w.press, err = press.New(t.Context(), press.Options{Store: w.Store, Now: clock.Now, Theme: themes.Default(), Base: "https://valmere.example"})
	w.must(err)
	t.Cleanup(w.press.Close)
	return w
}

func (w *waitingRoom) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// approved makes an article that a colleague has approved.
func (w *waitingRoom) approved(facts desk.Facts) {
	w.t.Helper()
	ctx := w.t.Context()
	var err error
	w.id, err = w.desk.Create(ctx, w.Reporter.ID, w.English.ID, desk.Copy{Content: w.Story(w.Town, "It waits")}, "form")
	w.must(err)
	w.must(w.desk.SetFacts(ctx, w.Reporter.ID, w.id, facts))
	w.must(w.desk.Submit(ctx, w.Reporter.ID, w.id))
	w.must(w.desk.Approve(ctx, w.Editor.ID, w.id, 1))
}

func (w *waitingRoom) live() {
	w.t.Helper()
	w.approved(desk.Facts{})
	w.must(w.desk.Publish(w.t.Context(), w.Editor.ID, w.id, 1, ""))
}

// page is what a reader is shown at the article's address, "" for nothing. The
// jobs of the program have had their turn.
func (w *waitingRoom) page() string {
	w.t.Helper()
	ctx := w.t.Context()
	_, _, err := w.desk.PublishDue(ctx)
	w.must(err)
	events, err := w.Store.EventsAfter(ctx, w.heard, 20)
	w.must(err)
	for _, e := range events {
		w.must(w.press.Handle(ctx, e))
		w.heard = e.Seq
	}
	p, err := w.press.Page(ctx, press.Address{Kind: press.Article, Edition: w.English.ID, ID: w.id})
	if news.CodeOf(err) == news.NotFound {
		return ""
	}
	w.must(err)
	return string(p.Body)
}

func (w *waitingRoom) schedule(due time.Time) {
	w.approved(desk.Facts{})
	w.must(w.desk.Schedule(w.t.Context(), w.Editor.ID, w.id, 1, due, ""))
}

func (w *waitingRoom) isOut() bool {
	w.t.Helper()
	page := w.page()
	cards, err := w.Store.Cards(w.t.Context(), store.List{Edition: w.English.ID}, store.Span{}, 10)
	w.must(err)
	hits, err := w.Store.SearchArticles(w.t.Context(), store.Search{Text: "bridge", Scope: store.Public, Limit: 10})
	w.must(err)
	if (page != "") != (len(cards) == 1) || len(hits) != len(cards) {
		w.t.Errorf("the page is there: %v; in the list: %d; found: %d", page != "", len(cards), len(hits))
	}
	return page != ""
}

func (w *waitingRoom) embargo(due time.Time) { w.approved(desk.Facts{EmbargoUntil: due}) }

// isOutByHand lets an impatient editor try: an embargo is for everyone.
func (w *waitingRoom) isOutByHand() bool {
	w.t.Helper()
	if err := w.desk.Publish(w.t.Context(), w.Chief.ID, w.id, 1, "everybody has it"); err != nil && news.CodeOf(err) != news.Conflict {
		w.t.Fatal(err)
	}
	return w.isOut()
}

func (w *waitingRoom) label(due time.Time) {
	w.live()
	w.must(w.desk.Label(w.t.Context(), w.Editor.ID, w.id, news.LabelDeveloping, due))
}

func (w *waitingRoom) isUnlabelled() bool {
	w.t.Helper()
	page := w.page()
	if page == "" {
		w.t.Fatal("the article is not out")
	}
	return !strings.Contains(page, "Developing")
}

func (w *waitingRoom) change(due time.Time) {
	w.live()
	ctx := w.t.Context()
	_, err := w.desk.Edit(ctx, w.Editor.ID, w.id, 1, desk.Copy{Content: w.Story(w.Town, "It has changed")})
	w.must(err)
	declared := desk.Declared{Kind: news.ChangeUpdate, Note: "More is known."}
	w.must(w.desk.ApproveChange(ctx, w.Colleague.ID, w.id, 2, declared))
	w.must(w.desk.ScheduleChange(ctx, w.Editor.ID, w.id, 2, declared, due))
}

func (w *waitingRoom) isChanged() bool {
	w.t.Helper()
	page := w.page()
	if strings.Contains(page, "It has changed") != strings.Contains(page, "More is known.") {
		w.t.Error("the change and its note do not come together")
	}
	return strings.Contains(page, "It has changed")
}
