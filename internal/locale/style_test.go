package locale

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func mustStyle(t *testing.T, language string, cal Calendar, zone string) Style {
	t.Helper()
	s, err := NewStyle(language, cal, "", zone)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNewspaperDates(t *testing.T) {
	at := time.Date(2026, 3, 14, 6, 5, 9, 0, time.UTC)
	for _, c := range []struct {
		language                         string
		cal                              Calendar
		masthead, dateTime, short, month string
	}{
		{"en", Gregorian, "Saturday 14 March 2026", "14 March 2026 - 06:05", "14/03/2026", "March 2026"},
		{"en-US", Gregorian, "Saturday March 14, 2026", "March 14, 2026 - 06:05", "3/14/2026", "March 2026"},
		{"en", Persian, "Saturday 23 Esfand 1404", "23 Esfand 1404 - 06:05", "23/12/1404", "Esfand 1404"},
		{"en", Hijri, "Saturday 25 Ramadan 1447 AH", "25 Ramadan 1447 AH - 06:05", "25/09/1447", "Ramadan 1447 AH"},
		{"ar", Gregorian, "السبت ١٤ مارس ٢٠٢٦", "١٤ مارس ٢٠٢٦ - ٠٦:٠٥", "١٤/٣/٢٠٢٦", "مارس ٢٠٢٦"},
		{"ar", Hijri, "السبت ٢٥ رمضان ١٤٤٧ هـ", "٢٥ رمضان ١٤٤٧ هـ - ٠٦:٠٥", "٢٥/٩/١٤٤٧", "رمضان ١٤٤٧ هـ"},
		{"ar", Persian, "السبت ٢٣ إسفند ١٤٠٤", "٢٣ إسفند ١٤٠٤ - ٠٦:٠٥", "٢٣/١٢/١٤٠٤", "إسفند ١٤٠٤"},
		{"fa", Persian, "شنبه ۲۳ اسفند ۱۴۰۴", "۲۳ اسفند ۱۴۰۴ - ۰۶:۰۵", "۱۴۰۴/۱۲/۲۳", "اسفند ۱۴۰۴"},
		{"fa", Gregorian, "شنبه ۱۴ مارس ۲۰۲۶", "۱۴ مارس ۲۰۲۶ - ۰۶:۰۵", "۲۰۲۶/۳/۱۴", "مارس ۲۰۲۶"},
		{"fa", Hijri, "شنبه ۲۵ رمضان ۱۴۴۷", "۲۵ رمضان ۱۴۴۷ - ۰۶:۰۵", "۱۴۴۷/۹/۲۵", "رمضان ۱۴۴۷"},
	} {
		s := mustStyle(t, c.language, c.cal, "")
		d := s.Day(at)
		got := []string{s.Masthead(at), s.DateTime(at), s.ShortDate(at), s.Month(d.Year, d.Month)}
		for i, want := range []string{c.masthead, c.dateTime, c.short, c.month} {
			if got[i] != want {
				t.Errorf("%s %s: %q, want %q", c.language, c.cal, got[i], want)
			}
		}
	}
}

// TestMastheadTurnsAtLocalMidnight: the paper's day begins at midnight of its own zone.
func TestMastheadTurnsAtLocalMidnight(t *testing.T) {
	s := mustStyle(t, "fa", Persian, "Asia/Tehran")
	midnight, err := Persian.Date(1405, 1, 1, s.Zone)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Masthead(midnight.Add(-time.Second).UTC()); got != "جمعه ۲۹ اسفند ۱۴۰۴" {
		t.Errorf("a second before midnight: %s", got)
	}
	if got := s.Masthead(midnight.UTC()); got != "شنبه ۱ فروردین ۱۴۰۵" {
		t.Errorf("at midnight: %s", got)
	}
}

func TestOutsideRangeFallsBackToGregorian(t *testing.T) {
	s := mustStyle(t, "ar", Hijri, "")
	if got := s.Date(time.Date(1870, 5, 3, 0, 0, 0, 0, time.UTC)); got != "٣ مايو ١٨٧٠" {
		t.Errorf("got %q", got)
	}
	if s.Day(time.Date(2175, 1, 1, 0, 0, 0, 0, time.UTC)) != (Day{}) {
		t.Error("a day after the table is not the zero Day")
	}
	for _, y := range []int{-5000, 1, 1798, 2176, 9999, 200000} {
		for _, c := range Calendars() {
			at := time.Date(y, 6, 1, 0, 0, 0, 0, time.UTC)
			if c.Covers(at) && c != Gregorian {
				t.Errorf("%s covers the year %d", c, y)
			}
			if (Style{Calendar: c}).Date(at) == "" {
				t.Errorf("%s prints nothing for the year %d", c, y)
			}
		}
	}
}

func TestCalendarRoundTrip(t *testing.T) {
	zones := []*time.Location{time.UTC}
	for _, name := range []string{"Asia/Tehran", "America/Sao_Paulo", "Africa/Cairo", "Pacific/Apia", "Asia/Beirut", "America/Havana", "Australia/Lord_Howe"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		zones = append(zones, loc)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(Calendars()).Draw(t, "calendar")
		loc := rapid.SampledFrom(zones).Draw(t, "zone")
		first, last := c.Range()
		y := rapid.IntRange(first, last).Draw(t, "year")
		m := rapid.IntRange(1, 12).Draw(t, "month")
		n, err := c.MonthDays(y, m)
		if err != nil {
			t.Fatal(err)
		}
		want := Day{y, m, rapid.IntRange(1, n).Draw(t, "day")}
		at, err := c.Date(want.Year, want.Month, want.Day, loc)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.FromTime(at); got != want {
			// The day the clocks of Samoa jumped over does not exist there.
			if loc.String() == "Pacific/Apia" && at.Format(time.DateOnly) == "2011-12-31" {
				return
			}
			t.Fatalf("%v became %v at %v", want, got, at)
		}
		if before := c.FromTime(at.Add(-time.Second)); before == want {
			t.Fatalf("%v begins before %v", want, at)
		}
		if _, err := c.Date(y, m, n+1, loc); err == nil {
			t.Fatalf("day %d of month %d in %d was accepted", n+1, m, y)
		}
	})
}

func TestDatesThatDoNotExist(t *testing.T) {
	for _, d := range []struct {
		c       Calendar
		y, m, d int
	}{
		{Gregorian, 2026, 2, 29}, {Gregorian, 2026, 13, 1}, {Gregorian, 0, 1, 1}, {Gregorian, 2026, 1, 0},
		{Persian, 1404, 12, 30}, {Persian, 1405, 7, 31}, {Persian, 1177, 1, 1}, {Persian, 1502, 1, 1},
		{Hijri, 1447, 9, 31}, {Hijri, 1299, 12, 1}, {Hijri, 1601, 1, 1},
	} {
		if got, err := d.c.Date(d.y, d.m, d.d, nil); err == nil {
			t.Errorf("%v became %v", d, got)
		}
	}
	if _, err := Persian.Date(1403, 12, 30, nil); err != nil {
		t.Errorf("the leap day of 1403: %v", err)
	}
}

func TestHijriTable(t *testing.T) {
	end := date(2174, 11, 26) // the day after 30 Dhu al-Hijjah 1600, as ICU counts
	if got := Hijri.FromTime(end.AddDate(0, 0, -1)); got != (Day{1600, 12, 30}) {
		t.Errorf("the last day of the table is %v", got)
	}
	if Hijri.Covers(end) {
		t.Error("the table goes on after its end")
	}
	for y := 1300; y <= 1600; y++ {
		days := 0
		for m := 1; m <= 12; m++ {
			days += hijriMonthDays(y, m)
		}
		if days != 354 && days != 355 {
			t.Errorf("the year %d has %d days", y, days)
		}
	}
}

func TestRelative(t *testing.T) {
	s := mustStyle(t, "en", Gregorian, "Asia/Tehran")
	now := time.Date(2026, 3, 14, 12, 0, 0, 0, s.Zone)
	for _, c := range []struct {
		then time.Time
		want string
	}{
		{now, "now"},
		{now.Add(-59 * time.Second), "now"},
		{now.Add(-40*time.Minute - 30*time.Second), "40 minutes ago"},
		{now.Add(-time.Hour), "1 hour ago"},
		{now.Add(-23*time.Hour - 59*time.Minute), "23 hours ago"},
		{now.Add(-25 * time.Hour), "yesterday"},
		{now.Add(-37 * time.Hour), "2 days ago"},
		{now.AddDate(0, 0, -30), "30 days ago"},
		{now.AddDate(0, 0, -31), "last month"},
		{now.AddDate(0, -2, -1), "2 months ago"},
		{now.AddDate(0, -11, -20), "11 months ago"},
		{now.AddDate(-1, 0, 0), "last year"},
		{now.AddDate(-7, 0, -3), "7 years ago"},
		{now.Add(5 * time.Minute), "in 5 minutes"},
		{now.Add(25 * time.Hour), "tomorrow"},
		{now.AddDate(0, 0, 40), "next month"},
	} {
		if got := s.Relative(c.then, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.then, got, c.want)
		}
	}
	if got := (Style{Language: "fa"}).Relative(now.Add(-40*time.Minute), now); got != "۴۰ دقیقه پیش" {
		t.Errorf("got %q", got)
	}
	if got := (Style{Language: "ar"}).Relative(now.Add(-2*time.Hour), now); got != "قبل ساعتين" {
		t.Errorf("got %q", got)
	}
}

func TestNumbersAndFigures(t *testing.T) {
	en, ar, fa := Style{Language: "en"}, Style{Language: "ar"}, Style{Language: "fa"}
	for _, c := range []struct{ got, want string }{
		{en.Number(0), "0"}, {en.Number(999), "999"}, {en.Number(1000), "1,000"}, {en.Number(-1234567), "-1,234,567"},
		{en.Number(-9223372036854775808), "-9,223,372,036,854,775,808"},
		{ar.Number(-5), "\u061c-٥"}, {fa.Number(-1404), "\u200e\u2212۱٬۴۰۴"},
		{Style{Language: "fa", Digits: "latn"}.Number(1404), "1,404"},
		{Style{Language: "en", Digits: "arabext"}.Number(1404), "۱٬۴۰۴"},
		{en.Decimal(-0.0004), "0"}, {en.Decimal(1e6), "1,000,000"},
		{fa.Figures("48213 / v2"), "۴۸۲۱۳ / v۲"}, {ar.Figures("21:40"), "٢١:٤٠"}, {en.Figures("21:40"), "21:40"},
		{ParseDigits("۱۴۰۵/٠١/02"), "1405/01/02"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPhrases(t *testing.T) {
	en, ar, fa := Style{Language: "en"}, Style{Language: "ar"}, Style{Language: "fa"}
	for _, c := range []struct{ got, want string }{
		{en.Dateline("Valmere", "Ostland", "Dispatches"), "VALMERE, Ostland (Dispatches) —"},
		{en.Dateline("Valmere", "", "Dispatches"), "VALMERE (Dispatches) —"},
		{en.Dateline(" Valmere ", "", ""), "VALMERE —"},
		{en.Dateline("", "", "Dispatches"), "(Dispatches) —"},
		{en.Dateline("", " ", ""), ""},
		{ar.Dateline("فالمير", "أوستلاند", "ديسباتشز"), "فالمير، أوستلاند (ديسباتشز) -"},
		{fa.Dateline("والمیر", "اوستلند", "دیسپچز"), "والمیر، اوستلند - دیسپچز:"},
		{fa.Dateline("والمیر", "", ""), "والمیر:"},
		{en.List(nil), ""}, {en.List([]string{"A"}), "A"}, {en.List([]string{"A", "B"}), "A and B"},
		{en.List([]string{"A", "B", "C"}), "A, B and C"},
		{ar.List([]string{"سعاد", "نبيل", "هدى"}), "سعاد ونبيل وهدى"},
		{fa.List([]string{"مریم", "آرش", "نسرین"}), "مریم، آرش و نسرین"},
		{en.Comma() + ar.Comma() + fa.Comma() + Style{Language: "he"}.Comma(), ", ، ، , "},
		{en.DigitSystem() + " " + ar.DigitSystem() + " " + fa.DigitSystem() + " " + Style{Language: "ar", Digits: "latn"}.DigitSystem(), "latn arab arabext latn"},
		{DirectionOf("12, «سلام» hello"), "rtl"}, {DirectionOf("... Valmere سلام"), "ltr"}, {DirectionOf("12 ۱۲ !"), ""},
		{DirectionOf("\xff\xfeשלום"), "rtl"},
		{LanguageName("ar"), "العربية"}, {LanguageName("fa-AF"), "فارسی"}, {LanguageName("xx"), "xx"},
		{en.Direction() + ar.Direction() + fa.Direction(), "ltrrtlrtl"},
		{en.WeekdayName(time.Sunday) + en.WeekdayNarrow(time.Saturday), "SundayS"},
		{en.MonthName(0) + en.MonthName(13), ""},
		{ar.FirstWeekday().String() + fa.FirstWeekday().String() + en.FirstWeekday().String(), "SaturdaySaturdayMonday"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if open, closing := fa.Quotes(); open+closing != "«»" {
		t.Errorf("quotes %s%s", open, closing)
	}
}

func TestNewStyleRefuses(t *testing.T) {
	for _, c := range []struct{ language, cal, digits, zone, word string }{
		{"xx", "gregorian", "", "", "language"}, {"", "gregorian", "", "", "language"},
		{"en", "julian", "", "", "calendar"}, {"en", "", "roman", "", "digits"},
		{"en", "", "", "Mars/Olympus", "zone"}, {"en", "", "", "Local", "zone"}, {"en", "", "", "../etc/passwd", "zone"},
	} {
		_, err := NewStyle(c.language, Calendar(c.cal), c.digits, c.zone)
		if err == nil || !strings.Contains(err.Error(), c.word) {
			t.Errorf("%+v: error %v does not speak of the %s", c, err, c.word)
		}
	}
	if s, err := NewStyle("ar-LB", "", "latn", "Asia/Beirut"); err != nil || s.Date(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)) != "1 مارس 2026" {
		t.Errorf("an unknown region does not print as its language: %v", err)
	}
}
