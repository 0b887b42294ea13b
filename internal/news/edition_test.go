package news

import (
	"testing"
	"time"
)

// The date turns at the first moment of the next local day, also where summer
// time begins at midnight and the day at one o'clock.
func TestNextMidnight(t *testing.T) {
	for _, c := range []struct{ zone, at, want string }{
		{"Europe/London", "2026-03-14T12:00:00Z", "2026-03-15T00:00:00Z"},
		{"Asia/Tehran", "2026-03-14T20:29:59Z", "2026-03-14T20:30:00Z"},
		{"Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z"}, // clocks go from 00:00 to 01:00 on the 24th
		{"America/Santiago", "2026-09-05T12:00:00Z", "2026-09-06T04:00:00Z"},
		{"nowhere", "2026-03-14T12:00:00Z", "2026-03-15T00:00:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		got := Edition{TimeZone: c.zone}.NextMidnight(at)
		if got.UTC().Format(time.RFC3339) != c.want || got.Day() == at.In(got.Location()).Day() {
			t.Errorf("%s after %s: %s, not %s", c.zone, c.at, got.UTC().Format(time.RFC3339), c.want)
		}
	}
}

func TestReservedSlugs(t *testing.T) {
	for _, slug := range []string{"accent", "news", "assets", "a", "-a", "Ab"} {
		if (Edition{Slug: slug, Name: "x", Language: "en", TimeZone: "UTC", Calendar: "gregorian"}).Validate() == nil {
			t.Errorf("an edition may stand at /%s/", slug)
		}
	}
}
