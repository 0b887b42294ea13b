package locale

import (
	"time"

	"github.com/jalaali/go-jalaali"
)

// The arithmetic of go-jalaali (Borkowski's table of leap-year breaks) and ICU's give the same new year's day in all
// years 1178 to 1502 and part at 1177 and 1503; the year 1502 would end on different days.
const (
	persianFirst = 1178
	persianLast  = 1501
)

func persianFromTime(t time.Time) Day {
	y, m, d := t.Date()
	if y < 1799 || y > 2124 { // far from the range the library's integer arithmetic need not hold
		return Day{}
	}
	py, pm, pd, err := jalaali.ToJalaali(y, m, d)
	if err != nil {
		return Day{}
	}
	return Day{py, int(pm), pd}
}

// persianToGregorian wants a date that exists.
func persianToGregorian(y, m, d int) (int, int, int) {
	gy, gm, gd, err := jalaali.ToGregorian(y, jalaali.Month(m), d)
	if err != nil {
		return 0, 0, 0
	}
	return gy, int(gm), gd
}

// persianMonthDays: six months of 31 days, five of 30, and Esfand with 29, or 30 in a leap year.
func persianMonthDays(y, m int) int {
	switch {
	case m <= 6:
		return 31
	case m <= 11:
		return 30
	}
	ny, nm, nd := persianToGregorian(y+1, 1, 1)
	ey, em, ed := persianToGregorian(y, 12, 1)
	return int(date(ny, nm, nd).Sub(date(ey, em, ed)) / (24 * time.Hour))
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
