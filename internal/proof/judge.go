package proof

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/locale"
)

// judge marks weekday and date together when no meaning of the date falls on the weekday.
func (s *story) judge(p *para, wd time.Weekday, at span, d reading) {
	start, end := min(at.start, d.start), max(at.end, d.end)
	if start == d.start && p.run(at.end) == ')' {
		end++
	}
	var right time.Weekday
	var when dated
	real := false
	for _, candidate := range d.days {
		for _, t := range s.moments(p, candidate, d) {
			if t.Weekday() == wd {
				return
			}
			if !real {
				right, real = t.Weekday(), true
				when = dated{text: string(p.r[d.start:d.end])}
				if candidate.y == 0 {
					when.year = strconv.Itoa(candidate.calendar.FromTime(t).Year)
				}
			}
		}
	}
	if !real {
		if d.year {
			s.mark(p, Weekday, start, end, nil, "no-date", string(p.r[d.start:d.end]))
		}
		return
	}
	fix := string(p.r[start:at.start]) + p.renamed(at, right) + string(p.r[at.end:end])
	s.mark(p, Weekday, start, end, &fix, "says", when, right, wd)
}

// moments gives the days that a date may mean, the likeliest first.
func (s *story) moments(p *para, d day, r reading) []time.Time {
	var out []time.Time
	add := func(y int) {
		if t, err := d.calendar.Date(y, d.m, d.d, time.UTC); err == nil {
			out = append(out, t)
		}
	}
	if d.y != 0 {
		add(d.y)
		if len(out) == 0 || !p.startsWord(r.end) {
			return out
		}
		// "Thursday 12 March 2000 people marched": the number may belong to what follows. Then the date has no year,
		// and only if that does not fit either something is wrong.
	}
	for _, y := range s.yearsNear(d) {
		add(y)
	}
	if d.y == 0 {
		for _, y := range p.yearsNamed() {
			add(y)
		}
	}
	return out
}

// startsWord says whether a word follows at i behind a space, without a comma.
func (p *para) startsWord(i int) bool {
	return isSpace(p.run(i)) && inWord(p.run(i+1))
}

// yearsNear gives the years in which a date without one may lie: that of the nearest such day to the day of
// publication; both neighbours when they are about as near.
func (s *story) yearsNear(d day) []int {
	if s.copy.Published.IsZero() {
		return s.yearGiven(d)
	}
	now := s.copy.Published
	y, m, today := now.Date()
	now = time.Date(y, m, today, 0, 0, 0, 0, time.UTC)
	this := d.calendar.FromTime(now).Year
	best, second, bestDays, secondDays := 0, 0, 1<<30, 1<<30
	for year := this - 1; year <= this+1; year++ {
		t, err := d.calendar.Date(year, d.m, d.d, time.UTC)
		if err != nil {
			continue
		}
		days := int(t.Sub(now).Abs() / (24 * time.Hour))
		if days < bestDays {
			best, second, bestDays, secondDays = year, best, days, bestDays
		} else if days < secondDays {
			second, secondDays = year, days
		}
	}
	switch {
	case bestDays == 1<<30:
		return nil
	case secondDays-bestDays < 90 && second != 0:
		return []int{best, second}
	}
	return []int{best}
}

// yearGiven uses the Gregorian year of the copy where no day of publication is known. In the other calendars the year
// holds parts of two.
func (s *story) yearGiven(d day) []int {
	if s.copy.Year == 0 {
		return nil
	}
	if d.calendar == locale.Gregorian {
		return []int{s.copy.Year}
	}
	var years []int
	for _, m := range []time.Month{time.January, time.December} {
		y := d.calendar.FromTime(time.Date(s.copy.Year, m, 15, 0, 0, 0, 0, time.UTC)).Year
		for _, year := range []int{y, y + 1} {
			if t, err := d.calendar.Date(year, d.m, d.d, time.UTC); err == nil && t.Year() == s.copy.Year {
				years = append(years, year)
			}
		}
	}
	return years
}

// yearsNamed gives the first years that the paragraph names: "In 1953 the sea came on Saturday 31 January".
func (p *para) yearsNamed() []int {
	if p.years != nil {
		return p.years
	}
	p.years = []int{}
	for i, w := range p.words {
		if w.end-w.start != 4 || !isDigit(p.r[w.start]) {
			continue
		}
		if n, ok := p.figure(i, 4); ok && n >= 1000 && n < 2200 {
			if p.years = append(p.years, n); len(p.years) == 4 {
				break
			}
		}
	}
	return p.years
}

// renamed is the right weekday in the manner of the one in the text: its length, its capital, its "and".
func (p *para) renamed(at span, wd time.Weekday) string {
	old := string(p.r[at.start:at.end])
	first := p.r[at.start]
	if first < 0x80 {
		name := locale.Style{Language: "en"}.WeekdayName(wd)
		switch {
		case len(old) <= 5:
			name = name[:3]
		case unicode.IsUpper(p.r[at.start+1]):
			return strings.ToUpper(name)
		}
		if unicode.IsLower(first) {
			return strings.ToLower(name)
		}
		return name
	}
	language := "ar"
	if strings.Contains(old, "شنبه") || strings.ContainsRune(old, 'آ') || p.lang == "fa" {
		language = "fa"
	}
	name := locale.Style{Language: language}.WeekdayName(wd)
	if first == 'و' {
		return "و" + name
	}
	return name
}
