package newsroom

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

const (
	calendarDays = 28 // on one page
	calendarMost = 400
)

// calendarPage is what goes out when, of one edition, day by day.
type calendarPage struct {
	frame
	Tabs, Editions, Steps []choice
	Span, Also            string
	Days                  []calendarDay
	Empty                 string
	Zone                  string
}

// calendarDay is one day on which something happens by itself.
type calendarDay struct {
	Weekday, Date, Also string
	Today               bool
	Rows                []dutyRow
}

// calendar lists what happens by itself from a day on: what is scheduled, whose
// embargo ends, which changes are switched, which labels end.
func (n *Newsroom) calendar(rw http.ResponseWriter, r *http.Request, v visit) error {
	f := readPlan(r.URL.Query(), v)
	w, err := n.watch(r.Context(), v)
	if err != nil {
		return err
	}
	w.s = v.styleIn(f.edition)
	last := f.day.Add(calendarDays - 1)
	from, to := f.day.Start(f.edition), last.Add(1).Start(f.edition)
	rows, err := w.ahead(f.edition, from, to)
	if err != nil {
		return err
	}
	p := calendarPage{frame: n.frame(r, v, "calendar", w.s.T("desk.calendar.title")), Tabs: planTabs(v, "calendar"), Zone: f.edition.TimeZone,
		Span: w.s.T("desk.plan.span", w.s.Date(from), w.s.Date(last.Start(f.edition))), Empty: w.s.T("desk.calendar.empty")}
	p.Keys = true
	today := news.DayOf(v.now, f.edition)
	for _, row := range rows {
		day := news.DayOf(row.At, f.edition)
		start := day.Start(f.edition)
		if i := len(p.Days) - 1; i < 0 || p.Days[i].Date != w.s.Date(start) {
			p.Days = append(p.Days, calendarDay{Weekday: w.s.WeekdayName(day.Weekday()), Date: w.s.Date(start), Also: gregorianToo(w.s, start), Today: day == today})
		}
		row.Time.Text = w.s.Time(row.At)
		p.Days[len(p.Days)-1].Rows = append(p.Days[len(p.Days)-1].Rows, row)
	}
	p.calendarChoices(v, f, today)
	return n.send(rw, http.StatusOK, "calendar", p)
}

// gregorianToo is a day in the Gregorian calendar, where the edition has
// another; "" where it has not.
func gregorianToo(s locale.Style, t time.Time) string {
	if s.Calendar == locale.Gregorian || s.Calendar == "" {
		return ""
	}
	s.Calendar = locale.Gregorian
	return s.Date(t)
}

func (p *calendarPage) calendarChoices(v visit, f planFilter, today news.Day) {
	link := func(day news.Day, e news.Edition) string {
		q := url.Values{"day": {string(day)}}
		if !e.Default {
			q.Set("edition", itoa(int(e.ID)))
		}
		return "/calendar?" + q.Encode()
	}
	for _, step := range []struct {
		key string
		day news.Day
	}{{"desk.plan.earlier", f.day.Add(-calendarDays)}, {"desk.plan.today", today}, {"desk.plan.later", f.day.Add(calendarDays)}} {
		p.Steps = append(p.Steps, choice{Label: p.T(step.key), Link: link(step.day, f.edition), Chosen: step.day == f.day})
	}
	if len(v.editions) < 2 {
		return
	}
	for _, e := range v.editions {
		p.Editions = append(p.Editions, choice{Label: e.Name, Lang: e.Language, Link: link(f.day, e), Chosen: e.ID == f.edition.ID})
	}
}

// ahead is what happens by itself to an edition's articles that the person may
// open, in the order of its times.
func (w watch) ahead(e news.Edition, from, to time.Time) (rows []dutyRow, err error) {
	add := func(a news.Article, at time.Time, why string) error {
		if a.Edition != e.ID || !a.CanRead(w.v.person) {
			return nil
		}
		row, err := w.row(a, at, why)
		rows = append(rows, row)
		return err
	}
	store := w.n.store
	list, err := store.ScheduledFor(w.ctx, from, to, calendarMost)
	for _, a := range list {
		err = errors.Join(err, add(a, a.ScheduledFor, w.s.T("desk.calendar.scheduled")))
	}
	if err != nil {
		return nil, err
	}
	list, err = store.Embargoes(w.ctx, from, to, calendarMost)
	for _, a := range list {
		if a.State.Before() {
			err = errors.Join(err, add(a, a.EmbargoUntil, w.s.T("desk.calendar.embargo")))
		}
	}
	if err != nil {
		return nil, err
	}
	changes, err := store.PreparedFor(w.ctx, from, to, calendarMost)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		a, err := store.Article(w.ctx, c.Article)
		if err != nil {
			return nil, err
		}
		if err := add(a, c.Due, w.s.T("desk.calendar.change", w.s.T("desk.change."+string(c.Kind)))); err != nil {
			return nil, err
		}
	}
	for _, k := range news.LabelKinds() {
		list, err := store.LabelEnds(w.ctx, k, from, to, calendarMost)
		for _, a := range list {
			if a.State != news.Killed && a.State != news.Spiked {
				err = errors.Join(err, add(a, a.Labels.Ends(k), w.s.T("desk.calendar.label", w.s.T("label."+string(k)))))
			}
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(rows, func(a, b dutyRow) int { return a.At.Compare(b.At) })
	return rows, nil
}
