package news

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
)

// The desk writes times by the edition's clock and in its calendar:
// 2026-03-14 21:40, or 1404/12/23 21:40, in any digits. The first is also what
// a browser's own control for date and time sends.
var momentForm = regexp.MustCompile(`^(\d{3,4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T|[ ,،-]+)(\d{1,2}):(\d{2})(?::\d{2})?$`)

// gregorianYears begin where no other calendar of the paper has come to: a
// year below is the edition's own.
const gregorianYears = 1700

// ParseMoment reads a time that was typed for an edition; "" is the zero time.
// Of a time that the clocks show twice, when they go back, it is the second:
// what waits for it is late rather than early. One that the clocks pass over
// is refused, and the refusal says between which times. field names the
// control in the refusal.
func ParseMoment(typed string, e Edition, field string) (time.Time, error) {
	typed = strings.Join(strings.Fields(locale.ParseDigits(typed)), " ")
	if typed == "" {
		return time.Time{}, nil
	}
	refusal := Refuse(Invalid, "error.moment", "%q is not a date and time such as 2026-03-14 21:40", typed).In(field)
	part := momentForm.FindStringSubmatch(typed)
	style, err := e.Style()
	if part == nil || err != nil {
		return time.Time{}, refusal
	}
	var number [6]int
	for i := 1; i < len(part); i++ {
		number[i], _ = strconv.Atoi(part[i])
	}
	calendar := e.Calendar
	if number[1] >= gregorianYears {
		calendar = locale.Gregorian
	}
	if number[1] < gregorianYears && (calendar == locale.Gregorian || calendar == "") {
		return time.Time{}, refusal // of another calendar than the edition's
	}
	day, err := calendar.Date(number[1], number[2], number[3], time.UTC)
	if err != nil || number[4] > 23 || number[5] > 59 {
		return time.Time{}, refusal
	}
	y, m, d := day.Date()
	wall := time.Date(y, m, d, number[4], number[5], 0, 0, time.UTC)
	shown := showing(wall, style.Zone)
	if len(shown) == 0 {
		return time.Time{}, passedOver(wall, style.Zone, field)
	}
	return shown[len(shown)-1], nil
}

// showing are the moments at which the clocks of a zone show what wall does:
// none where they are put forward over it, two where they are put back.
func showing(wall time.Time, zone *time.Location) []time.Time {
	var out []time.Time
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, offset := wall.Add(near).In(zone).Zone()
		t := wall.Add(-time.Duration(offset) * time.Second).In(zone)
		if t.Format(wallForm) == wall.Format(wallForm) && (len(out) == 0 || !out[0].Equal(t)) {
			out = append(out, t)
		}
	}
	return out
}

const wallForm = "2006-01-02T15:04"

// passedOver refuses a time that no clock of the zone shows.
func passedOver(wall time.Time, zone *time.Location, field string) error {
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	after, _ := wall.Add(-time.Duration(before) * time.Second).In(zone).ZoneBounds()
	last := after.UTC().Add(time.Duration(before) * time.Second)
	return Refuse(Invalid, "error.moment.gap", "the clocks go forward from %[2]s to %[3]s that day: there is no %[1]s",
		clockTime(wall), clockTime(last), clockTime(after.In(zone))).In(field)
}

// ClockTime is a time of day in a refusal, printed in the reader's digits.
type ClockTime string

func clockTime(t time.Time) ClockTime { return ClockTime(t.Format("15:04")) }

// Twice reports whether the clocks of a zone show the time of t twice, because
// they are put back, and whether t is the second of the two.
func Twice(t time.Time, zone *time.Location) (twice, second bool) {
	local := t.In(zone)
	shown := showing(time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC), zone)
	return len(shown) == 2, len(shown) == 2 && !t.Before(shown[1])
}

// TypeMoment writes a time as ParseMoment reads it.
func TypeMoment(t time.Time, e Edition) string {
	style, err := e.Style()
	if err != nil || t.IsZero() {
		return ""
	}
	t = style.In(t)
	if e.Calendar == locale.Gregorian || e.Calendar == "" || !e.Calendar.Covers(t) {
		return t.Format(wallForm)
	}
	day := e.Calendar.FromTime(t)
	return strconv.Itoa(day.Year) + "/" + twoDigits(day.Month) + "/" + twoDigits(day.Day) + t.Format(" 15:04")
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
