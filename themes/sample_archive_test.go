package themes_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/press"
)

type archivePage struct {
	press.ArchiveView
	words
}

func (s *sample) archive(kind, heading string, crumbs int) press.ArchiveView {
	v := press.ArchiveView{Frame: s.frame("archive", heading), Kind: kind}
	day := s.w.style.Day(sampleNow)
	for i, name := range []string{s.w.T("archive.title"), s.w.style.Figures(strconv.Itoa(day.Year)), s.w.style.Month(day.Year, day.Month)}[:crumbs] {
		v.Crumbs = append(v.Crumbs, press.MonthLink{Name: name, Path: s.town.prefix + "/archive" + strings.Repeat("/1", i), Current: i == crumbs-1 && kind != "day"})
	}
	return v
}

func (s *sample) years() any {
	v := s.archive("years", s.w.T("archive.title"), 1)
	for y := s.w.style.Day(sampleNow).Year; len(v.Years) < 17; y-- {
		v.Years = append(v.Years, press.MonthLink{Name: s.w.style.Figures(strconv.Itoa(y)), Path: fmt.Sprint("/archive/", y)})
	}
	v.Others = []press.MonthLink{{Name: s.w.T("calendar.persian"), Path: "/archive/persian"}, {Name: s.w.T("calendar.hijri"), Path: "/archive/hijri"}}
	return archivePage{v, s.w}
}

func (s *sample) year() any {
	v := s.archive("year", s.w.T("archive.of", s.w.style.Figures(strconv.Itoa(s.w.style.Day(sampleNow).Year))), 2)
	for m := 1; m <= 12; m++ {
		month := press.ArchiveMonthView{Name: s.w.style.MonthName(m)}
		if m < 4 || m == 12 {
			month.Path = fmt.Sprint("/archive/2026/", m)
		}
		v.Months = append(v.Months, month)
	}
	v.Older = &press.MonthLink{Name: s.w.style.Figures("2025"), Path: "/archive/2025"}
	return archivePage{v, s.w}
}

func (s *sample) calendarMonth() any {
	style, day := s.w.style, s.w.style.Day(sampleNow)
	v := s.archive("month", style.Month(day.Year, day.Month), 3)
	c := &press.CalendarView{Name: v.Heading}
	for i := range 7 {
		wd := (style.FirstWeekday() + time.Weekday(i)) % 7
		c.Weekdays = append(c.Weekdays, press.Weekday{Narrow: style.WeekdayNarrow(wd), Name: style.WeekdayName(wd)})
	}
	week := make([]press.CalendarDay, 3)
	for d := 1; d <= 30; d++ {
		cell := press.CalendarDay{Number: style.Figures(strconv.Itoa(d)), Today: d == day.Day}
		if d <= day.Day {
			cell.Path = fmt.Sprint("/archive/2026/03/", d)
		}
		if week = append(week, cell); len(week) == 7 {
			c.Weeks, week = append(c.Weeks, week), nil
		}
	}
	v.Calendar = c
	if len(week) > 0 {
		c.Weeks = append(c.Weeks, append(week, make([]press.CalendarDay, 7-len(week))...))
	}
	v.Older = &press.MonthLink{Name: style.MonthName(2), Path: "/archive/2026/02"}
	return archivePage{v, s.w}
}

func (s *sample) day() any {
	s.next = 0
	v := s.archive("day", s.w.style.Masthead(sampleNow), 3)
	v.Cards = s.cards(9)
	v.Older = &press.MonthLink{Name: s.w.style.Date(sampleNow.AddDate(0, 0, -1)), Path: "/archive/2026/03/13"}
	v.Newer = &press.MonthLink{Name: s.w.style.Date(sampleNow.AddDate(0, 0, 1)), Path: "/archive/2026/03/15"}
	v.Others = []press.MonthLink{{Name: s.w.T("calendar.hijri"), Path: "/archive/hijri/1447/09/24"}}
	return archivePage{v, s.w}
}

type searchPage struct {
	press.SearchView
	words
}

func (s *sample) searchNone() any {
	v := press.SearchView{Frame: s.frame("search", s.w.T("search.title")), Action: s.town.prefix + "/search", Query: press.Query{Text: "xyzzy"}, Asked: true}
	return searchPage{v, s.w}
}

func (s *sample) search() any {
	s.next = 0
	v := press.SearchView{Frame: s.frame("search", s.w.T("search.title")), Action: s.town.prefix + "/search", Query: press.Query{Text: s.town.query, From: "2026-01-01"}, Asked: true,
		More: "/search?below=1", Newest: "/search?q=a", Best: "/search?q=a&order=best"}
	v.Index = false
	for i, name := range s.town.sections {
		v.Sections = append(v.Sections, press.Choice{Value: strconv.Itoa(i), Name: name, Chosen: i == 2})
	}
	for _, c := range s.cards(8) {
		r := press.Result{Card: c, Headline: marked(c.Headline, s.town.query), Snippet: marked(s.town.standfirst, s.town.query)}
		v.Results = append(v.Results, r)
	}
	return searchPage{v, s.w}
}

func marked(text, query string) []press.Run {
	before, after, found := strings.Cut(text, query)
	if !found {
		return []press.Run{{Text: text}}
	}
	return []press.Run{{Text: before}, {Text: query, Mark: true}, {Text: after}}
}

func (s *sample) corrections() any {
	v := press.CorrectionsView{Frame: s.frame("corrections", s.w.T("corrections.title")), Notes: s.notes(7), More: "/corrections?after=1"}
	return struct {
		press.CorrectionsView
		words
	}{v, s.w}
}

func (s *sample) fault(code int) any {
	s.next = 0
	key := fmt.Sprintf("error.%d", code)
	v := press.FaultView{Frame: s.frame("fault", s.w.T(key+".title")), Code: code, Label: s.w.T("error.label", code), Text: s.w.T(key + ".text")}
	v.Index = false
	if code == 410 {
		at := s.moment(sampleNow)
		v.Note, v.At, v.NewsID = s.town.note, &at, s.w.style.Figures("48213")
	}
	if code != 503 {
		v.Cards = s.cards(5)
	}
	return struct {
		press.FaultView
		words
	}{v, s.w}
}
