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
// field names the control in the refusal.
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
	day, err := calendar.Date(number[1], number[2], number[3], style.Zone)
	if err != nil || number[4] > 23 || number[5] > 59 {
		return time.Time{}, refusal
	}
	y, m, d := day.Date()
	t := time.Date(y, m, d, number[4], number[5], 0, 0, style.Zone)
	if t.Hour() != number[4] || t.Minute() != number[5] {
		return time.Time{}, refusal // swallowed by the change to summer time
	}
	return t, nil
}

// TypeMoment writes a time as ParseMoment reads it.
func TypeMoment(t time.Time, e Edition) string {
	style, err := e.Style()
	if err != nil || t.IsZero() {
		return ""
	}
	t = style.In(t)
	if e.Calendar == locale.Gregorian || e.Calendar == "" || !e.Calendar.Covers(t) {
		return t.Format("2006-01-02T15:04")
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
