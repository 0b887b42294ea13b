package news

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// TestMomentsAtTheChangeOfClocks: what is typed into the hour that the change
// to summer time passes over is refused with the times around it, and of the
// hour that comes twice the second is meant.
func TestMomentsAtTheChangeOfClocks(t *testing.T) {
	for _, c := range []struct {
		zone, typed string
		want        string   // in UTC; "" = refused
		gap         []string // the time, and where the clocks go from and to
	}{
		{"Europe/Berlin", "2027-03-28T01:59", "2027-03-28T00:59", nil},
		{"Europe/Berlin", "2027-03-28T02:00", "", []string{"02:00", "02:00", "03:00"}},
		{"Europe/Berlin", "2027-03-28 02:30", "", []string{"02:30", "02:00", "03:00"}},
		{"Europe/Berlin", "2027-03-28T03:00", "2027-03-28T01:00", nil},
		{"Europe/Berlin", "2026-10-25T02:00", "2026-10-25T01:00", nil},
		{"Europe/Berlin", "2026-10-25T02:59", "2026-10-25T01:59", nil},
		{"Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59", nil},
		{"Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", nil},
		{"America/New_York", "2026-11-01T01:30", "2026-11-01T06:30", nil},
		{"America/New_York", "2026-03-08T02:30", "", []string{"02:30", "02:00", "03:00"}},
		{"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T15:15", nil}, // half an hour
		{"Australia/Lord_Howe", "2026-10-04T02:15", "", []string{"02:15", "02:00", "02:30"}},
		{"America/Santiago", "2026-09-06T00:30", "", []string{"00:30", "00:00", "01:00"}}, // the day begins at one
		{"America/Santiago", "2026-09-06T01:00", "2026-09-06T04:00", nil},
		{"Africa/Cairo", "2026-10-29T23:30", "2026-10-29T21:30", nil},
		{"Pacific/Apia", "2011-12-30T12:00", "", []string{"12:00", "00:00", "00:00"}}, // a day that was left out
		{"Asia/Tehran", "2026-03-22T00:30", "2026-03-21T21:00", nil},                  // no more
	} {
		t.Run(c.zone+" "+c.typed, func(t *testing.T) {
			got, err := ParseMoment(c.typed, Edition{Language: "en", TimeZone: c.zone}, "when")
			if c.want != "" {
				if err != nil || got.UTC().Format(wallForm) != c.want {
					t.Errorf("%v, %v; want %s", got, err, c.want)
				}
				return
			}
			var refused *Error
			if !errors.As(err, &refused) || refused.Key != "error.moment.gap" || refused.Field != "when" {
				t.Fatalf("%v, %v", got, err)
			}
			var said []string
			for _, arg := range refused.Args {
				said = append(said, string(arg.(ClockTime)))
			}
			if !slices.Equal(said, c.gap) {
				t.Errorf("it says %v, want %v", said, c.gap)
			}
		})
	}
}

// TestTwice: of two moments that look alike, the desk says which it is.
func TestTwice(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string][2]bool{"2026-11-01T05:29:00Z": {true, false}, "2026-11-01T06:29:59Z": {true, true}, "2026-11-01T06:00:00Z": {true, true},
		"2026-11-01T04:59:00Z": {}, "2026-11-01T07:00:00Z": {}, "2026-03-08T07:30:00Z": {}} {
		moment, _ := time.Parse(time.RFC3339, at)
		if twice, second := Twice(moment, zone); twice != want[0] || second != want[1] {
			t.Errorf("%s: %v, %v; want %v", at, twice, second, want)
		}
	}
}
