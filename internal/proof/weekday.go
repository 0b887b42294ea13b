package proof

import (
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
