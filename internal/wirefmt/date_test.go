package wirefmt

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"broadsheet/internal/locale"
)

func TestPublishDates(t *testing.T) {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	tehran, _ := time.LoadLocation("Asia/Tehran")
	en := TextOptions{Zone: berlin}
	fa := TextOptions{Zone: tehran, Calendar: locale.Persian}
	hijri := TextOptions{Zone: berlin, Calendar: locale.Hijri}
	for _, c := range []struct {
		options TextOptions
		written string
		want    string // RFC 3339
	}{
		{en, "12 March 2026 - 21:40", "2026-03-12T21:40:00+01:00"},
		{en, "12 March 2026, 21:40", "2026-03-12T21:40:00+01:00"},
		{en, "Thursday, March 12, 2026 at 9:40 PM", "2026-03-12T21:40:00+01:00"},
		{en, "Thu 12th Mar. 2026 9:40 p.m.", "2026-03-12T21:40:00+01:00"},
		{en, "21:40 - 12 March 2026", "2026-03-12T21:40:00+01:00"},
		{en, "12 Sept 2026 12:00 am", "2026-09-12T00:00:00+02:00"},
		{en, "12 Sept 2026 12:00 pm", "2026-09-12T12:00:00+02:00"},
		{en, "2026-03-12T21:40", "2026-03-12T21:40:00+01:00"},
		{en, "2026-03-12 21:40:05", "2026-03-12T21:40:05+01:00"},
		{en, "2026-03-12T21:40:05.123Z", "2026-03-12T21:40:05Z"},
		{en, "2026-03-12T21:40+03:30", "2026-03-12T21:40:00+03:30"},
		{en, "2026-03-12T21:40-0430", "2026-03-12T21:40:00-04:30"},
		{en, "12 March 2026 - 21:40 GMT", "2026-03-12T21:40:00Z"},
		{en, "12 March 2026 - 21:40 GMT+3", "2026-03-12T21:40:00+03:00"},
		{en, "2026/03/12 - 21:40", "2026-03-12T21:40:00+01:00"},
		{en, "25/03/2026 21:40", "2026-03-25T21:40:00+01:00"},
		{en, "03/25/2026 21:40", "2026-03-25T21:40:00+01:00"},
		{en, "3/3/2026 21:40", "2026-03-03T21:40:00+01:00"},
		{en, "29 February 2028 - 00:00", "2028-02-29T00:00:00+01:00"},
		{en, "21 Esfand 1404 - 21:40", "2026-03-12T21:40:00+01:00"},
		{en, "23 Ramadan 1447 AH - 21:40", "2026-03-12T21:40:00+01:00"},
		{en, "1 Rabi al-awwal 1447 - 08:00", "2025-08-24T08:00:00+02:00"},
		{fa, "۲۱ اسفند ۱۴۰۴ - ۲۱:۴۰", "2026-03-12T21:40:00+03:30"},
		{fa, "پنجشنبه ۲۱ اسفندماه ۱۴۰۴ ساعت ۲۱:۴۰", "2026-03-12T21:40:00+03:30"},
		{fa, "پنج شنبه ۲۱ اسفند ماه ۱۴۰۴، ساعت: ۹:۴۰ ب.ظ", "2026-03-12T21:40:00+03:30"},
		{fa, "پنج‌شنبه، 21 اسفند 1404 - 21:40", "2026-03-12T21:40:00+03:30"},
		{fa, "۱۴۰۴/۱۲/۲۱ - ۲۱:۴۰", "2026-03-12T21:40:00+03:30"},
		{fa, "۲۱:۴۰ - ۱۴۰۴/۱۲/۲۱", "2026-03-12T21:40:00+03:30"},
		{fa, "۲۰۲۶-۰۳-۱۲ ۲۱:۴۰", "2026-03-12T21:40:00+03:30"},
		{fa, "۱۲ مارس ۲۰۲۶ - ۲۱:۴۰", "2026-03-12T21:40:00+03:30"},
		{fa, "۵ ژانویهٔ ۲۰۲۶ - ۰۹:۰۵", "2026-01-05T09:05:00+03:30"},
		{fa, "۳۰ اسفند ۱۴۰۳ - ۲۱:۴۰", "2025-03-20T21:40:00+03:30"},
		{en, "١٢ مارس ٢٠٢٦ - ٢١:٤٠", "2026-03-12T21:40:00+01:00"},
		{en, "الخميس 12 آذار/مارس 2026، الساعة 9:40 مساءً", "2026-03-12T21:40:00+01:00"},
		{en, "١٢ تشرين الثاني ٢٠٢٦ م - ٠٨:٠٥", "2026-11-12T08:05:00+01:00"},
		{en, "١٢ غشت ٢٠٢٦ - ٢١:٤٠", "2026-08-12T21:40:00+02:00"},
		{en, "٢٣ رمضان ١٤٤٧ هـ - ٢١:٤٠", "2026-03-12T21:40:00+01:00"},
		{hijri, "١٤٤٧/٠٩/٢٣ - ٢١:٤٠", "2026-03-12T21:40:00+01:00"},
		{en, "١٤٠٤/١٢/٢١ ه.ش ٢١:٤٠", "2026-03-12T21:40:00+01:00"},
		{en, "\u200f12 March 2026 - 21:40\u200f", "2026-03-12T21:40:00+01:00"},
		{en, "25 October 2026 - 02:30", "2026-10-25T02:30:00+02:00"}, // the first of two
	} {
		got, _, err := readTime(c.written, c.options)
		if err != nil {
			t.Errorf("%s: %v", c.written, err)
			continue
		}
		if s := got.Format(time.RFC3339); s != c.want {
			t.Errorf("%s: got %s, want %s", c.written, s, c.want)
		}
	}
}

func TestDatesThatAreRefused(t *testing.T) {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	for written, why := range map[string]string{
		"31 April 2026 - 21:40":      "day 31 does not exist",
		"12 March 2026 - 25:61":      "the time 25:61 does not exist",
		"12 March 2026 - 24:00":      "the time 24:00 does not exist",
		"29 February 2026 - 08:00":   "day 29 does not exist",
		"0 March 2026 - 08:00":       "day 0 does not exist",
		"2026-13-12T21:40":           "month 13 does not exist",
		"۳۰ اسفند ۱۴۰۴ - ۲۱:۴۰":      "day 30 does not exist",
		"٣٠ شعبان ١٤٤٧ هـ - ٢١:٤٠":   "day 30 does not exist",
		"29 March 2026 - 02:30":      "the clocks went forward",
		"03/04/2026 21:40":           "two days",
		"12 March 26 - 21:40":        "four digits",
		"12/03/26":                   "four digits",
		"1404/12/21 - 21:40":         "calendar that the edition does not keep",
		"۲۱ اسفند ۱۴۰۴ م - ۲۱:۴۰":    "different calendars",
		"12 March 2026 - 21:40 EST":  "not written like",
		"12 March 2026 - 21:40 PM":   "not written like",
		"12 March":                   "not written like",
		"yesterday":                  "not written like",
		"12 March 2026 - 21:4":       "not written like",
		"12 March 2026 April":        "not written like",
		"12 March 2026 13 21:40":     "not written like",
		"2026-03-12T21:40+99:00":     "not written like",
		"12 Marching 2026":           "not written like",
		"99999999999999999999-01-01": "not written like",
	} {
		_, _, err := readTime(written, TextOptions{Zone: berlin})
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: got %v, want “%s”", written, err, why)
		}
	}
}

func TestOddDatesAreReported(t *testing.T) {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	for written, rule := range map[string]string{
		"Monday 12 March 2026 - 21:40": RuleWeekday,
		"12 March 2026":                RuleTime,
		"25 October 2026 - 02:30":      RuleTime,
	} {
		_, remarks, err := readTime(written, TextOptions{Zone: berlin})
		if err != nil || len(remarks) != 1 || remarks[0].Rule != rule {
			t.Errorf("%s: got %v, %v, want one %s", written, remarks, err, rule)
		}
	}
}

// What the paper itself prints is read back to the minute, in every language, calendar and kind of digits.
func TestPrintedDatesAreReadBack(t *testing.T) {
	zone, _ := time.LoadLocation("Asia/Tehran")
	rapid.Check(t, func(t *rapid.T) {
		style := locale.Style{
			Language: rapid.SampledFrom([]string{"en", "en-US", "ar", "ar-MA", "fa", "fa-AF"}).Draw(t, "language"),
			Calendar: rapid.SampledFrom(locale.Calendars()).Draw(t, "calendar"),
			Digits:   rapid.SampledFrom([]string{"", "latn", "arab", "arabext"}).Draw(t, "digits"), Zone: zone,
		}
		at := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "at")/60*60, 0).In(zone)
		options := TextOptions{Zone: zone, Calendar: style.Calendar}
		for _, written := range []string{style.DateTime(at), style.WeekdayName(at.Weekday()) + " " + style.DateTime(at), at.Format(time.RFC3339)} {
			got, _, err := readTime(written, options)
			wall := "2006-01-02 15:04"
			if err != nil || got.In(zone).Format(wall) != at.Format(wall) {
				t.Fatalf("%s: got %v, %v, want %v", written, got, err, at)
			}
		}
		if !isDateLine(style.Masthead(at), style.Calendar) {
			t.Fatalf("%s is not seen as a date line", style.Masthead(at))
		}
	})
}

func TestDateLines(t *testing.T) {
	for _, s := range []string{"Saturday 14 March 2026", "Saturday, March 14, 2026", "14 March 2026 - 10:20", "شنبه ۲۳ اسفند ۱۴۰۴",
		"شنبه ۲۳ اسفند ۱۴۰۴ - ۱۴ مارس ۲۰۲۶", "السبت ١٤ مارس ٢٠٢٦ | ٢٥ رمضان ١٤٤٧", "امروز شنبه ۲۳ اسفند ۱۴۰۴", "Saturday 31 April 2026"} {
		if !isDateLine(s, locale.Persian) {
			t.Errorf("%s: a masthead date, but not seen as one", s)
		}
	}
	for _, s := range []string{"Saturday", "14 March", "2026", "Saturday night in Valmere", "The 14 March 2026 vote", "14 March 2026: what we know",
		"12 dead in 2026", "In March 2026", "", "-", "۱۴۰۴", "سال ۱۴۰۴"} {
		if isDateLine(s, locale.Persian) {
			t.Errorf("%s: seen as a masthead date", s)
		}
	}
}

func TestMonthNamesAreOfOneCalendar(t *testing.T) {
	for _, language := range []string{"en", "en-US", "ar", "ar-MA", "fa", "fa-AF"} {
		for _, cal := range locale.Calendars() {
			for m := 1; m <= 12; m++ {
				name := locale.Style{Language: language, Calendar: cal}.MonthName(m)
				if got := monthNames()[squeeze(name)]; got != (monthOf{cal, m}) {
					t.Errorf("%s (%s): got %v, want %s %d", name, language, got, cal, m)
				}
			}
		}
	}
}
