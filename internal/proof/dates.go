package proof

import (
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
)

// readDate reads a date that begins at word i, in words or in figures.
func (s *story) readDate(p *para, i int) (reading, bool) {
	if i >= len(p.words) {
		return reading{}, false
	}
	if d, ok := s.readFigures(p, i); ok {
		return d, true
	}
	if d, ok := p.figure(i, 2); ok {
		at := i
		if p.gap(at, "") && namesOfDates().ordinals[p.words[at+1].key] {
			at++
		}
		if p.gap(at, "") && namesOfDates().between[p.words[at+1].key] {
			at++
		}
		if !p.gap(at, "-/") {
			return reading{}, false
		}
		months, n := p.monthAt(at + 1)
		return p.withYear(i, at+n, d, months)
	}
	months, n := p.monthAt(i)
	if n == 0 || !p.gap(i+n-1, "") {
		return reading{}, false
	}
	d, ok := p.figure(i+n, 2)
	if !ok || p.rangeGoesOn(i+n) {
		return reading{}, false
	}
	return p.withYear(i, i+n, d, months)
}

// figure reads a word of at most digits figures, with an English ordinal's letters or without.
func (p *para) figure(i, digits int) (int, bool) {
	if i >= len(p.words) {
		return 0, false
	}
	text := locale.ParseDigits(string(p.r[p.words[i].start:p.words[i].end]))
	for _, suffix := range []string{"st", "nd", "rd", "th", "ام", "م"} {
		text = strings.TrimSuffix(text, suffix)
	}
	text = strings.Trim(text, "\u200c")
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) <= digits
}

// rangeGoesOn says whether another number follows: "March 9 to 11", "9-11".
func (p *para) rangeGoesOn(i int) bool {
	if i+1 >= len(p.words) {
		return false
	}
	next := i + 1
	if rangeWords[p.words[next].key] {
		next++
	} else if !strings.ContainsAny(string(p.r[p.words[i].end:p.words[next].start]), "-–—/") {
		return false
	}
	_, ok := p.figure(next, 2)
	return ok
}

// monthAt reads the name of a month at word i; n is how many words it takes, 0 for none.
func (p *para) monthAt(i int) (months []monthOf, n int) {
	names := namesOfDates()
	for n = min(names.longest, len(p.words)-i); n > 0; n-- {
		key := p.words[i].key
		for j := i + 1; j < i+n; j++ {
			if !p.gap(j-1, "-'’") {
				key = ""
				break
			}
			key += " " + p.words[j].key
		}
		if months = names.months[key]; months == nil {
			months = names.months[strings.TrimSuffix(key, "ماه")] // اسفندماه
		}
		if months != nil {
			return months, n
		}
	}
	return nil, 0
}

// withYear ends a date at word last and takes a year that follows along.
func (p *para) withYear(first, last, d int, months []monthOf) (reading, bool) {
	if len(months) == 0 || d < 1 || d > 31 {
		return reading{}, false
	}
	if p.gap(last, "/(") { // مارس/آذار
		if again, n := p.monthAt(last + 1); n > 0 && again[0] == months[0] {
			last += n
		}
	}
	out := reading{span: span{p.words[first].start, p.words[last].end}}
	at := last
	for at < last+2 && p.gap(at, ",،") && namesOfDates().between[p.words[at+1].key] {
		at++
	}
	y := 0
	if p.gap(at, ",،)/") {
		if n, ok := p.figure(at+1, 4); ok && n >= 1000 {
			y, out.year = n, true
			out.end = p.words[at+1].end
		}
	}
	for _, m := range months {
		out.days = append(out.days, day{m.calendar, y, m.month, d})
	}
	return out, true
}

// readFigures reads 2026-03-12, 12/03/2026, 3/12/2026, ۱۴۰۴/۱۲/۲۱: every order that could be meant.
func (s *story) readFigures(p *para, i int) (reading, bool) {
	if i+2 >= len(p.words) {
		return reading{}, false
	}
	var v [3]int
	for j := range v {
		n, ok := p.figure(i+j, 4)
		if !ok {
			return reading{}, false
		}
		v[j] = n
		if j < 2 && (p.words[i+j+1].start-p.words[i+j].end != 1 || !strings.ContainsRune("/-.", p.r[p.words[i+j].end])) {
			return reading{}, false
		}
	}
	out := reading{span: span{p.words[i].start, p.words[i+2].end}, year: true}
	switch {
	case v[0] >= 1000:
		out.days = s.inCalendars(p, v[0], v[1], v[2])
	case v[2] >= 1000:
		out.days = append(s.inCalendars(p, v[2], v[1], v[0]), s.inCalendars(p, v[2], v[0], v[1])...)
	}
	return out, len(out.days) > 0
}

// inCalendars gives the calendars a numeric date may be of, by its year. Dates that do not exist are left out: figures
// in a row need not be a date.
func (s *story) inCalendars(p *para, y, m, d int) []day {
	var out []day
	calendars := []locale.Calendar{locale.Gregorian}
	if y >= 1200 && y < 1600 {
		calendars = []locale.Calendar{locale.Persian, locale.Hijri}
		switch {
		case s.copy.Calendar == locale.Persian, p.lang == "fa" && y < 1430:
			calendars = calendars[:1]
		case s.copy.Calendar == locale.Hijri:
			calendars = calendars[1:]
		}
	}
	for _, c := range calendars {
		if _, err := c.Date(y, m, d, time.UTC); err == nil {
			out = append(out, day{c, y, m, d})
		}
	}
	return out
}
