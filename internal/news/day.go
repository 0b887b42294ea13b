package news

import (
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
)

// Day is a day of an edition's own clock, written 2026-03-14 whatever its
// calendar: days sort as their texts do.
type Day string

const dayForm = "2006-01-02"

// DayOf is the day on which a moment falls by the edition's clock.
func DayOf(t time.Time, e Edition) Day { return Day(t.In(zoneOf(e)).Format(dayForm)) }

// zoneOf is the edition's time zone; UTC for one that is not known.
func zoneOf(e Edition) *time.Location {
	style, err := e.Style()
	if err != nil || style.Zone == nil {
		return time.UTC
	}
	return style.Zone
}

// Valid reports whether the day exists, in a year of four figures from 1700 on.
func (d Day) Valid() bool {
	t, err := time.Parse(dayForm, string(d))
	return err == nil && t.Year() >= gregorianYears
}

// Start is the first moment of the day by the edition's clock; the zero time
// for no day.
func (d Day) Start(e Edition) time.Time {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return time.Time{}
	}
	at, err := locale.Gregorian.Date(t.Year(), int(t.Month()), t.Day(), zoneOf(e))
	if err != nil {
		return time.Time{}
	}
	return at
}

// Add is the day so many days later, or earlier.
func (d Day) Add(days int) Day {
	t, err := time.Parse(dayForm, string(d))
	if err != nil {
		return d
	}
	return Day(t.AddDate(0, 0, days).Format(dayForm))
}

// Until counts the days from this day to another; negative where that is earlier.
func (d Day) Until(o Day) int {
	from, err := time.Parse(dayForm, string(d))
	to, err2 := time.Parse(dayForm, string(o))
	if err != nil || err2 != nil {
		return 0
	}
	return int(to.Sub(from) / (24 * time.Hour))
}

// Weekday is the day's weekday.
func (d Day) Weekday() time.Weekday {
	t, _ := time.Parse(dayForm, string(d)) // of no day it is no matter
	return t.Weekday()
}

// Week is the day with which the week of d begins, where weeks begin with first.
func (d Day) Week(first time.Weekday) Day {
	return d.Add(-((int(d.Weekday()) - int(first) + 7) % 7))
}

// ParseDay reads a day that was typed for an edition, in its own calendar or
// the Gregorian one, in any digits.
func ParseDay(typed string, e Edition) (Day, error) {
	typed = strings.TrimSpace(locale.ParseDigits(typed))
	refusal := Refuse(Invalid, "error.plan.day", "%q is not a day such as 2026-03-14", typed).In("day")
	part := strings.FieldsFunc(typed, func(r rune) bool { return r == '-' || r == '/' || r == '.' })
	if len(part) != 3 {
		return "", refusal
	}
	var number [3]int
	for i, p := range part {
		n, err := strconv.Atoi(p)
		if err != nil {
			return "", refusal
		}
		number[i] = n
	}
	calendar := locale.Gregorian
	if number[0] < gregorianYears {
		if calendar = e.Calendar; calendar == locale.Gregorian || calendar == "" {
			return "", refusal
		}
	}
	t, err := calendar.Date(number[0], number[1], number[2], zoneOf(e))
	if err != nil || t.Year() > 9000 {
		return "", refusal
	}
	return DayOf(t, e), nil
}

// TypeDay writes a day as ParseDay reads it, in the edition's calendar.
func TypeDay(d Day, e Edition) string {
	t := d.Start(e).In(zoneOf(e))
	if e.Calendar == locale.Gregorian || e.Calendar == "" || !e.Calendar.Covers(t) {
		return string(d)
	}
	own := e.Calendar.FromTime(t)
	return strconv.Itoa(own.Year) + "/" + twoDigits(own.Month) + "/" + twoDigits(own.Day)
}

// ParseDue reads a deadline that was typed for a story of a day: an hour of
// that day, "18:00", or a whole moment as ParseMoment takes it.
func ParseDue(typed string, day Day, e Edition) (time.Time, error) {
	text := strings.TrimSpace(locale.ParseDigits(typed))
	if hour, minute, ok := strings.Cut(text, ":"); ok && len(hour) <= 2 && len(minute) == 2 {
		return ParseMoment(string(day)+" "+text, e, "due")
	}
	return ParseMoment(typed, e, "due")
}

// TypeDue writes a deadline as ParseDue reads it: of a story's own day the hour
// is enough.
func TypeDue(t time.Time, day Day, e Edition) string {
	if !t.IsZero() && DayOf(t, e) == day {
		return t.In(zoneOf(e)).Format("15:04")
	}
	return TypeMoment(t, e)
}
