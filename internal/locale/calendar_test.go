package locale

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"
)

// TestWholeRangeIsICUs compares every day of the supported years with ICU 78.2. The days themselves would be five
// megabytes; what is kept is the SHA-256 of the lines "2026-03-14 1404-12-23\n" in order that ICU printed.
func TestWholeRangeIsICUs(t *testing.T) {
	for _, c := range []struct {
		calendar Calendar
		days     int
		sum      string
	}{
		{Persian, 118338, "b4e0bd4920aa44aa1a4e0786641888b59a0278fba83a6d50c895a6fa7c61f1e9"},
		{Hijri, 106665, "efe921c68ce565a9a4873883670b61555396e33316361b15134efe5f9813d728"},
	} {
		first, _ := c.calendar.Range()
		day, err := c.calendar.Date(first, 1, 1, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if c.calendar.Covers(day.AddDate(0, 0, -1)) {
			t.Errorf("%s covers the day before its first", c.calendar)
		}
		hash, days := sha256.New(), 0
		for ; c.calendar.Covers(day); day = day.AddDate(0, 0, 1) {
			d := c.calendar.FromTime(day)
			fmt.Fprintf(hash, "%s %d-%d-%d\n", day.Format(time.DateOnly), d.Year, d.Month, d.Day)
			days++
		}
		if sum := hex.EncodeToString(hash.Sum(nil)); days != c.days || sum != c.sum {
			t.Errorf("%s: %d days with sum %s, ICU has %d with %s", c.calendar, days, sum, c.days, c.sum)
		}
	}
}
