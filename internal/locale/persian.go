package locale

import (
	"time"

	"github.com/jalaali/go-jalaali"
)

// New year's day by go-jalaali (Borkowski's table of leap-year breaks) is ICU's in all years 1178 to 1502; they part
// at 1177 and 1503, so the last year whose length both agree on is 1501. Only new year's days are taken from the
// library: its own conversion of a day is wrong in a few years before a break (1205), where its leap flag is.
const (
	persianFirst = 1178
	persianLast  = 1501
)

func persianFromTime(t time.Time) Day {
	day := civil(t)
	y := day.Year() - 621
	if y < persianFirst-1 || y > persianLast+2 {
		return Day{}
	}
	if day.Before(nowruz(y)) {
		y--
	}
	n := daysBetween(nowruz(y), day)
	if n < 186 {
		return Day{y, 1 + n/31, 1 + n%31}
	}
	return Day{y, 7 + (n-186)/30, 1 + (n-186)%30}
}

// persianToGregorian wants a date that exists.
func persianToGregorian(y, m, d int) (int, int, int) {
	days := d - 1 + 31*min(m-1, 6) + 30*max(m-7, 0)
	t := nowruz(y).AddDate(0, 0, days)
	return t.Year(), int(t.Month()), t.Day()
}

// persianMonthDays: six months of 31 days, five of 30, and Esfand with 29, or 30 in a leap year.
func persianMonthDays(y, m int) int {
	switch {
	case m <= 6:
		return 31
	case m <= 11:
		return 30
	}
	return daysBetween(nowruz(y), nowruz(y+1)) - 336
}

// nowruz is the first day of a Persian year near the supported ones, as midnight UTC.
func nowruz(y int) time.Time {
	gy, gm, gd, err := jalaali.ToGregorian(y, jalaali.Farvardin, 1)
	if err != nil { // only for years beyond -61 to 3177
		return time.Time{}
	}
	return date(gy, int(gm), gd)
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// daysBetween counts the days from one midnight UTC to another.
func daysBetween(from, to time.Time) int { return int((to.Unix() - from.Unix()) / (24 * 60 * 60)) }
