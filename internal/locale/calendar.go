package locale

import (
	"fmt"
	"time"
)

// Calendar is one of the three calendars a paper can count its days in. The empty value counts as Gregorian.
type Calendar string

// The calendars. Hijri is Umm al-Qura, the civil calendar of Saudi Arabia, not a computed tabular one.
const (
	Gregorian Calendar = "gregorian"
	Persian   Calendar = "persian"
	Hijri     Calendar = "hijri"
)

// Day is a date in some calendar: Month and Day count from 1. The zero Day is no date.
type Day struct{ Year, Month, Day int }

// Calendars lists all calendars, Gregorian first.
func Calendars() []Calendar { return []Calendar{Gregorian, Persian, Hijri} }

// ParseCalendar reads a calendar's name as Slug writes it. The empty string is Gregorian; anything else unknown is an
// error that lists the choices.
func ParseCalendar(s string) (Calendar, error) {
	switch c := Calendar(s); c {
	case "":
		return Gregorian, nil
	case Gregorian, Persian, Hijri:
		return c, nil
	}
	return "", fmt.Errorf("calendar %q is not known: use gregorian, persian or hijri", s)
}

// Slug is the calendar's word in addresses, as in /archive/persian/1405.
func (c Calendar) Slug() string { return string(c.orGregorian()) }

// Range gives the first and the last whole year the calendar supports. Gregorian: 1 to 9999. Persian: the years in
// which the arithmetic used here and ICU 78 agree on every day (March 1799 to March 2123). Hijri: the years of ICU's
// Umm al-Qura table (November 1882 to November 2174).
func (c Calendar) Range() (first, last int) {
	switch c.orGregorian() {
	case Persian:
		return persianFirst, persianLast
	case Hijri:
		return hijriFirst, hijriFirst + len(hijriMonths) - 1
	default:
		return 1, 9999
	}
}

// Covers says whether the day of t, in t's own location, lies in the years the calendar supports.
func (c Calendar) Covers(t time.Time) bool { return c.FromTime(t) != Day{} }

// FromTime gives the day on which t falls in t's own location. Outside the calendar's range it is the zero Day.
func (c Calendar) FromTime(t time.Time) Day {
	var d Day
	switch c.orGregorian() {
	case Persian:
		d = persianFromTime(t)
	case Hijri:
		d = hijriFromTime(t)
	default:
		y, m, day := t.Date()
		d = Day{y, int(m), day}
	}
	if first, last := c.Range(); d.Year < first || d.Year > last {
		return Day{}
	}
	return d
}

// Date gives the first moment of a day in loc: local midnight, or the moment after the gap where summer time swallows
// midnight. A nil loc is UTC. A day that does not exist, or outside the calendar's range, is an error.
func (c Calendar) Date(y, m, d int, loc *time.Location) (time.Time, error) {
	n, err := c.MonthDays(y, m)
	if err != nil {
		return time.Time{}, err
	}
	if d < 1 || d > n {
		return time.Time{}, fmt.Errorf("day %d does not exist: month %d of %s year %d has %d days", d, m, c.Slug(), y, n)
	}
	if loc == nil {
		loc = time.UTC
	}
	switch c.orGregorian() {
	case Persian:
		y, m, d = persianToGregorian(y, m, d)
	case Hijri:
		y, m, d = hijriToGregorian(y, m, d)
	}
	return firstMoment(y, m, d, loc), nil
}

// MonthDays gives the number of days of a month. A month or year that the calendar does not have is an error.
func (c Calendar) MonthDays(y, m int) (int, error) {
	first, last := c.Range()
	if y < first || y > last {
		return 0, fmt.Errorf("%s year %d is outside %d to %d", c.Slug(), y, first, last)
	}
	if m < 1 || m > 12 {
		return 0, fmt.Errorf("month %d does not exist: months run from 1 to 12", m)
	}
	switch c.orGregorian() {
	case Persian:
		return persianMonthDays(y, m), nil
	case Hijri:
		return hijriMonthDays(y, m), nil
	default:
		return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day(), nil
	}
}

func (c Calendar) orGregorian() Calendar {
	if c == "" {
		return Gregorian
	}
	return c
}

// firstMoment is the first instant whose local date is y-m-d. time.Date answers a midnight inside a summer-time gap
// with an hour of the day before, so the gap's end is looked for from there; where a whole day was skipped (an island
// that changed sides of the date line), it is the first moment after it.
func firstMoment(y, m, d int, loc *time.Location) time.Time {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, loc)
	want := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if day := civil(t); day.Equal(want) && t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
		return earlierMidnight(t, want)
	}
	lo, hi := t.Add(-26*time.Hour), t.Add(26*time.Hour)
	for hi.Sub(lo) > time.Second {
		mid := lo.Add(hi.Sub(lo) / 2).Truncate(time.Second)
		if civil(mid).Before(want) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi
}

// earlierMidnight handles the night on which clocks go back at midnight: of two local midnights the first begins the day.
func earlierMidnight(t, want time.Time) time.Time {
	for _, back := range []time.Duration{time.Hour, 30 * time.Minute} {
		if e := t.Add(-back); civil(e).Equal(want) {
			return e
		}
	}
	return t
}

// civil is the local date of t, as midnight UTC: a day number that can be compared.
func civil(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
