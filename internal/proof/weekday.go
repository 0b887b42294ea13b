package proof

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/locale"
)

// checkWeekdays marks a weekday that stands beside a date and is not that date's: "Monday, 12 March 2026",
// «پنجشنبه ۲۱ اسفند ۱۴۰۴», «12 مارس 2026 (الخميس)», "Thursday 23 Ramadan 1447". Lists and ranges of days are left alone.
func (s *story) checkWeekdays() {
	for _, p := range s.paras {
		for i := 0; i < len(p.words); i++ {
			wd, n := p.weekdayAt(i)
			if n == 0 {
				continue
			}
			if d, ok := s.dateAfter(p, i, n); ok {
				s.judge(p, wd, span{p.words[i].start, p.words[i+n-1].end}, d)
			} else if d, ok := s.dateBefore(p, i, n); ok {
				s.judge(p, wd, span{p.words[i].start, p.words[i+n-1].end}, d)
			}
			i += n - 1
		}
	}
}

// weekdayAt reads a weekday of one or two words at word i; n is how many words it takes, 0 for none.
func (p *para) weekdayAt(i int) (wd time.Weekday, n int) {
	names := namesOfDates().weekdays
	if i+1 < len(p.words) && p.spaceBetween(p.words[i].end, p.words[i+1].start) {
		if wd, ok := names[p.words[i].key+" "+p.words[i+1].key]; ok {
			return wd, 2
		}
	}
	key := p.words[i].key
	if wd, ok := names[key]; ok {
		short := len(key) <= 5 && key[0] < 0x80
		return wd, oneIf(!short || unicode.IsUpper(p.r[p.words[i].start]))
	}
	if rest, ok := strings.CutPrefix(key, "و"); ok && p.lang == "ar" {
		if wd, ok := names[rest]; ok {
			return wd, 1
		}
	}
	return 0, 0
}

func oneIf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// reading is a date in the text: where it stands and the days it may mean.
type reading struct {
	span
	days []day
	year bool // the text names a year
}

// day is one meaning of a date. year 0: the text names none.
type day struct {
	calendar locale.Calendar
	y, m, d  int
}

// gap says whether words i and i+1 stand so close that they can belong to one date.
func (p *para) gap(i int, allowed string) bool {
	if i+1 >= len(p.words) {
		return false
	}
	a, b := p.words[i].end, p.words[i+1].start
	if b-a > 4 {
		return false
	}
	for _, r := range p.r[a:b] {
		if !isSpace(r) && !isInvisible(r) && !strings.ContainsRune(allowed, r) {
			return false
		}
	}
	return true
}

// dateAfter reads a date behind the weekday of n words at i.
func (s *story) dateAfter(p *para, i, n int) (reading, bool) {
	if p.listed(i) {
		return reading{}, false
	}
	at, names := i+n-1, namesOfDates()
	for skipped := 0; skipped < 3 && p.gap(at, ",،.(") && names.fillers[p.words[at+1].key]; skipped++ {
		at++
	}
	if !p.gap(at, ",،.(") {
		return reading{}, false
	}
	return s.readDate(p, at+1)
}

// dateBefore reads a date in front of a weekday in brackets.
func (s *story) dateBefore(p *para, i, n int) (reading, bool) {
	if p.run(p.words[i].start-1) != '(' || p.run(p.words[i+n-1].end) != ')' {
		return reading{}, false
	}
	for back := 6; back >= 2; back-- {
		if i-back < 0 {
			continue
		}
		if d, ok := s.readDate(p, i-back); ok && d.end == p.words[i-1].end && !p.listed(i-back) {
			return d, true
		}
	}
	return reading{}, false
}

// listed says whether word i is the later part of a list or a range: "Monday and Tuesday, 9 and 10 March".
func (p *para) listed(i int) bool {
	if i == 0 {
		return false
	}
	gap := string(p.r[p.words[i-1].end:p.words[i].start])
	before := p.words[i-1].key
	_, weekday := namesOfDates().weekdays[before]
	if weekday || i >= 2 && rangeWords[before] {
		_, twoBack := namesOfDates().weekdays[p.words[max(i-2, 0)].key]
		return weekday || twoBack
	}
	return strings.ContainsAny(gap, "–/") && p.words[i].start-p.words[i-1].end == 1
}

var rangeWords = keySet(`and or to through until till و أو إلى حتى یا تا الی`)

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
		out.days = s.inCalendars(v[0], v[1], v[2])
	case v[2] >= 1000:
		out.days = append(s.inCalendars(v[2], v[1], v[0]), s.inCalendars(v[2], v[0], v[1])...)
	}
	return out, len(out.days) > 0
}

// inCalendars gives the calendars a numeric date may be of, by its year. Dates that do not exist are left out: figures
// in a row need not be a date.
func (s *story) inCalendars(y, m, d int) []day {
	var out []day
	calendars := []locale.Calendar{locale.Gregorian}
	if y >= 1200 && y < 1600 {
		calendars = []locale.Calendar{locale.Persian, locale.Hijri}
	}
	for _, c := range calendars {
		if _, err := c.Date(y, m, d, time.UTC); err == nil {
			out = append(out, day{c, y, m, d})
		}
	}
	return out
}
