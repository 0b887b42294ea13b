package press

import (
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/store"
)

// dayMost bounds a day's page.
const dayMost = 1000

// archive makes the archive's pages in one of the edition's calendars: the
// years, a year's months, a month as a calendar, a day's articles. The days
// that have articles are found by hopping from one to the next, never by
// counting.
func (j *job) archive() (*Page, error) {
	if j.a.Calendar == "" {
		j.a.Calendar = locale.Gregorian
	}
	known := false
	for _, c := range calendarsOf(j.e) {
		known = known || c == j.a.Calendar
	}
	if !known {
		return nil, noPage()
	}
	j.style.Calendar = j.a.Calendar
	j.tag(dayTag(j.e.ID, j.a.Calendar, j.a.Year, j.a.Month, j.a.Day))
	v := ArchiveView{Frame: j.frame("archive", j.style.T("archive.title")+" – "+j.e.Name), Crumbs: j.crumbs()}
	v.Heading = j.style.T("archive.title")
	var err error
	switch j.a.Kind {
	case Archive:
		err = j.archiveYears(&v)
	case ArchiveYear:
		err = j.archiveYear(&v)
	case ArchiveMonth:
		err = j.archiveMonth(&v)
	default:
		err = j.archiveDay(&v)
	}
	if err != nil {
		return nil, err
	}
	if j.a.Kind != Archive {
		v.Title = v.Heading + " – " + v.Title
	}
	return j.html(200, "archive", v)
}

// at is an archive address in the same calendar.
func (j *job) at(kind Kind, year, month, day int) string {
	a := Address{Kind: kind, Year: year, Month: month, Day: day}
	if j.a.Calendar != locale.Gregorian {
		a.Calendar = j.a.Calendar
	}
	return j.path(a)
}

// crumbs lead from the archive down to this page.
func (j *job) crumbs() []MonthLink {
	out := []MonthLink{{Name: j.style.T("archive.title"), Path: j.at(Archive, 0, 0, 0), Current: j.a.Kind == Archive}}
	if j.a.Kind >= ArchiveYear {
		out = append(out, MonthLink{Name: j.year(j.a.Year), Path: j.at(ArchiveYear, j.a.Year, 0, 0), Current: j.a.Kind == ArchiveYear})
	}
	if j.a.Kind >= ArchiveMonth {
		out = append(out, MonthLink{Name: j.style.Month(j.a.Year, j.a.Month), Path: j.at(ArchiveMonth, j.a.Year, j.a.Month, 0), Current: j.a.Kind == ArchiveMonth})
	}
	return out
}

func (j *job) year(y int) string { return j.style.Figures(itoa(y)) }

// span is the stretch of time of a year, a month or a day of the page's calendar.
func (j *job) span(year, month, day int) (store.Span, error) {
	return spanOf(j.a.Calendar, j.style.Zone, year, month, day)
}

// spanOf is the stretch of time of a year, a month (day 0) or a day, from its
// first moment to that of the next: a summer time that swallows midnight
// neither shortens nor lengthens what is listed under it.
func spanOf(c locale.Calendar, zone *time.Location, year, month, day int) (store.Span, error) {
	from, err := c.Date(year, max(month, 1), max(day, 1), zone)
	if err != nil {
		return store.Span{}, noPage()
	}
	switch {
	case month > 0 && day > 0:
		return store.Span{From: from, To: dayAfter(from)}, nil
	case month == 0 || month == 12:
		year, month = year+1, 1
	default:
		month++
	}
	to, err := c.Date(year, month, 1, zone)
	if err != nil {
		return store.Span{}, noPage()
	}
	return store.Span{From: from, To: to}, nil
}

// dayAfter is the first moment of the day after that of t, in t's zone.
func dayAfter(t time.Time) time.Time {
	y, m, d := t.Date()
	y, m, d = time.Date(y, m, d+1, 12, 0, 0, 0, t.Location()).Date()
	first, err := locale.Gregorian.Date(y, int(m), d, t.Location())
	if err != nil {
		return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
	}
	return first
}

// hops lists the days of a span that have articles: one look-up for each.
func (j *job) hops(s store.Span, step func(locale.Day) time.Time) ([]locale.Day, error) {
	var days []locale.Day
	for at := s.From; ; {
		next, err := j.store().NextIn(j.ctx, store.List{Edition: j.e.ID}, at)
		if err != nil || next.IsZero() || !s.To.IsZero() && !next.Before(s.To) {
			return days, err
		}
		d := j.style.Day(next)
		if d == (locale.Day{}) {
			return days, nil // after the last year of the calendar
		}
		days = append(days, d)
		if at = step(d); !at.After(next) {
			return days, nil
		}
	}
}

func (j *job) archiveYears(v *ArchiveView) error {
	v.Kind = "years"
	first, _ := j.a.Calendar.Range()
	begin, err := j.a.Calendar.Date(first, 1, 1, j.style.Zone)
	if err != nil {
		return err
	}
	years, err := j.hops(store.Span{From: begin}, func(d locale.Day) time.Time {
		s, err := j.span(d.Year, 0, 0)
		if err != nil {
			return time.Time{}
		}
		return s.To
	})
	for i := len(years) - 1; i >= 0; i-- {
		v.Years = append(v.Years, MonthLink{Name: j.year(years[i].Year), Path: j.at(ArchiveYear, years[i].Year, 0, 0)})
	}
	for _, c := range calendarsOf(j.e) {
		if c != j.a.Calendar {
			v.Others = append(v.Others, j.otherCalendar(c, Address{Kind: Archive}))
		}
	}
	return err
}

func (j *job) otherCalendar(c locale.Calendar, a Address) MonthLink {
	if c != locale.Gregorian {
		a.Calendar = c
	}
	return MonthLink{Name: j.style.T("calendar." + c.Slug()), Path: j.path(a)}
}

func (j *job) archiveYear(v *ArchiveView) error {
	v.Kind, v.Heading = "year", j.style.T("archive.of", j.year(j.a.Year))
	s, err := j.span(j.a.Year, 0, 0)
	if err != nil {
		return err
	}
	months, err := j.hops(s, func(d locale.Day) time.Time {
		s, err := j.span(d.Year, d.Month, 0)
		if err != nil {
			return time.Time{}
		}
		return s.To
	})
	if err != nil {
		return err
	}
	if len(months) == 0 {
		return noPage()
	}
	has := map[int]bool{}
	for _, m := range months {
		has[m.Month] = true
	}
	for m := 1; m <= 12; m++ {
		view := ArchiveMonthView{Name: j.style.MonthName(m)}
		if has[m] {
			view.Path = j.at(ArchiveMonth, j.a.Year, m, 0)
		}
		v.Months = append(v.Months, view)
	}
	return j.around(v, s, func(d locale.Day) MonthLink {
		return MonthLink{Name: j.year(d.Year), Path: j.at(ArchiveYear, d.Year, 0, 0)}
	})
}

// around finds the next older and newer place that has articles, and notes
// that the page speaks of both: they change it when they fill or empty.
func (j *job) around(v *ArchiveView, s store.Span, link func(locale.Day) MonthLink) error {
	j.tag(newestTag(j.e.ID))
	list := store.List{Edition: j.e.ID}
	older, err := j.store().NewestIn(j.ctx, list, s.From)
	if err != nil {
		return err
	}
	newer, err := j.store().NextIn(j.ctx, list, s.To)
	if err != nil {
		return err
	}
	near := func(at time.Time) *MonthLink {
		d := j.style.Day(at)
		if at.IsZero() || d == (locale.Day{}) { // none, or in no year of this calendar
			return nil
		}
		m := link(d)
		return &m
	}
	v.Older, v.Newer = near(older), near(newer)
	return nil
}

func (j *job) archiveMonth(v *ArchiveView) error {
	v.Kind, v.Heading = "month", j.style.Month(j.a.Year, j.a.Month)
	s, err := j.span(j.a.Year, j.a.Month, 0)
	if err != nil {
		return err
	}
	days, err := j.hops(s, func(d locale.Day) time.Time {
		s, err := j.span(d.Year, d.Month, d.Day)
		if err != nil {
			return time.Time{}
		}
		return s.To
	})
	if err != nil {
		return err
	}
	if len(days) == 0 {
		return noPage()
	}
	v.Calendar = j.calendar(s.From, days)
	return j.around(v, s, func(d locale.Day) MonthLink {
		return MonthLink{Name: j.style.Month(d.Year, d.Month), Path: j.at(ArchiveMonth, d.Year, d.Month, 0)}
	})
}

// calendar lays a month out in weeks that begin on the language's own weekday.
func (j *job) calendar(first time.Time, days []locale.Day) *CalendarView {
	c := &CalendarView{Name: j.style.Month(j.a.Year, j.a.Month)}
	start := j.style.FirstWeekday()
	for i := range 7 {
		wd := (start + time.Weekday(i)) % 7
		c.Weekdays = append(c.Weekdays, Weekday{Narrow: j.style.WeekdayNarrow(wd), Name: j.style.WeekdayName(wd)})
	}
	has := map[int]bool{}
	for _, d := range days {
		has[d.Day] = true
	}
	length, err := j.a.Calendar.MonthDays(j.a.Year, j.a.Month)
	if err != nil {
		return c
	}
	today := j.style.Day(j.now)
	week := make([]CalendarDay, (int(first.Weekday())-int(start)+7)%7, 7)
	for day := 1; day <= length; day++ {
		cell := CalendarDay{Number: j.style.Figures(itoa(day)), Today: today == locale.Day{Year: j.a.Year, Month: j.a.Month, Day: day}}
		if has[day] {
			cell.Path = j.at(ArchiveDay, j.a.Year, j.a.Month, day)
		}
		if week = append(week, cell); len(week) == 7 {
			c.Weeks, week = append(c.Weeks, week), nil
		}
	}
	if len(week) > 0 {
		c.Weeks = append(c.Weeks, append(week, make([]CalendarDay, 7-len(week))...))
	}
	return c
}

func (j *job) archiveDay(v *ArchiveView) error {
	v.Kind = "day"
	s, err := j.span(j.a.Year, j.a.Month, j.a.Day)
	if err != nil {
		return err
	}
	v.Date = j.moment(s.From)
	v.Heading = j.style.Masthead(s.From)
	list, err := j.store().Cards(j.ctx, store.List{Edition: j.e.ID}, s, dayMost)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return noPage()
	}
	v.Cards = j.cards(list)
	for _, c := range calendarsOf(j.e) {
		if d := c.FromTime(s.From); c != j.a.Calendar && d != (locale.Day{}) {
			v.Others = append(v.Others, j.otherCalendar(c, Address{Kind: ArchiveDay, Year: d.Year, Month: d.Month, Day: d.Day}))
		}
	}
	return j.around(v, s, func(d locale.Day) MonthLink {
		from, err := j.a.Calendar.Date(d.Year, d.Month, d.Day, j.style.Zone)
		if err != nil {
			return MonthLink{}
		}
		return MonthLink{Name: j.style.Date(from), Path: j.at(ArchiveDay, d.Year, d.Month, d.Day)}
	})
}
