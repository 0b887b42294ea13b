package locale

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

const oracle = "../../../shared/data/intl-oracle/"

// oracleLines reads a file that ICU 78 (CLDR 48) made, or skips the test where the data are not at hand.
func oracleLines(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(oracle + name)
	if err != nil {
		t.Skipf("the ICU oracle is not here (%s): %v", oracle+name, err)
	}
	defer f.Close()
	var lines []string
	for sc := bufio.NewScanner(f); sc.Scan(); {
		lines = append(lines, sc.Text())
	}
	return lines
}

func TestOracleDays(t *testing.T) {
	lines := oracleLines(t, "calendar-days-2010-2040.csv")[1:]
	if len(lines) != 11323 {
		t.Fatalf("%d days, want 11323", len(lines))
	}
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		cells := strings.Split(line, ",")
		day, err := time.Parse(time.DateOnly, cells[0])
		if err != nil {
			t.Fatal(err)
		}
		for i, c := range []Calendar{Persian, Hijri} {
			want := parseDay(t, cells[i+1])
			if got := c.FromTime(day); got != want {
				t.Fatalf("%s %s: %v, want %v", cells[0], c, got, want)
			}
			back, err := c.Date(want.Year, want.Month, want.Day, tehran)
			if err != nil {
				t.Fatalf("%s %v: %v", c, want, err)
			}
			if got := back.Format(time.DateOnly); got != cells[0] || c.FromTime(back) != want {
				t.Fatalf("%s %v is %s, want %s", c, want, got, cells[0])
			}
			if c.FromTime(back.Add(-time.Second)) == want {
				t.Fatalf("%s %v does not begin at %s", c, want, back)
			}
		}
	}
}

func parseDay(t *testing.T, s string) Day {
	t.Helper()
	var d Day
	if _, err := fmt.Sscanf(s, "%d-%d-%d", &d.Year, &d.Month, &d.Day); err != nil {
		t.Fatal(err)
	}
	return d
}

// oracleStyle gives the style for an ICU locale, or false for languages that are not ours.
func oracleStyle(t *testing.T, locale, zone string) (Style, bool) {
	t.Helper()
	tag, extension, _ := strings.Cut(locale, "-u-ca-")
	cal := Gregorian
	switch {
	case extension == "islamic-umalqura":
		cal = Hijri
	case extension == "" && strings.HasPrefix(tag, "fa-"):
		cal = Persian
	}
	if base := tag[:2]; base != "en" && base != "ar" && base != "fa" || strings.HasPrefix(tag, "fa-") && len(tag) != 5 {
		return Style{}, false
	}
	s, err := NewStyle(tag, cal, "", zone)
	if err != nil {
		t.Fatal(err)
	}
	return s, true
}

func TestOracleDates(t *testing.T) {
	checked := 0
	for _, line := range oracleLines(t, "date-formats.jsonl") {
		var row struct {
			Locale, TimeZone, DateStyle, Date, DateTime string
			Instant                                     time.Time
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		s, ours := oracleStyle(t, row.Locale, row.TimeZone)
		if !ours {
			continue
		}
		checked++
		got, want := s.CLDRDate(row.Instant, Length(row.DateStyle)), row.Date
		if row.DateStyle == "full" && s.Calendar == Persian {
			// CLDR's pattern "y MMMM d, EEEE" is a known defect: its parts are right, their order is not.
			p := strings.Fields(strings.Replace(row.Date, ",", "", 1))
			want = p[3] + " " + p[2] + " " + p[1] + " " + p[0]
			if masthead := s.Masthead(row.Instant); masthead != want {
				t.Errorf("%s %s masthead: %q, want %q", row.Locale, row.Instant, masthead, want)
			}
		}
		if got != want {
			t.Errorf("%s %s %s: %q, want %q", row.Locale, row.Instant, row.DateStyle, got, want)
		}
		if row.DateStyle == "long" && s.Calendar != Hijri && s.Date(row.Instant) != want {
			t.Errorf("%s %s: Date is %q, want %q", row.Locale, row.Instant, s.Date(row.Instant), want)
		}
		if row.DateTime != "" {
			if got := s.CLDRDateTime(row.Instant, Length(row.DateStyle)); got != row.DateTime {
				t.Errorf("%s %s %s: %q, want %q", row.Locale, row.Instant, row.DateStyle, got, row.DateTime)
			}
		}
	}
	if checked != 9*12*4 {
		t.Errorf("%d dates checked, want %d", checked, 9*12*4)
	}
}

func TestOracleRelative(t *testing.T) {
	checked := 0
	for _, line := range oracleLines(t, "relative-time.jsonl") {
		var row struct {
			Locale, Unit, Text string
			Value              int
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		s, ours := oracleStyle(t, row.Locale, "")
		if !ours {
			continue
		}
		checked++
		if got := s.RelativeUnit(row.Value, Unit(row.Unit)); got != row.Text {
			t.Errorf("%s %d %s: %q, want %q", row.Locale, row.Value, row.Unit, got, row.Text)
		}
	}
	if checked != 9*9 {
		t.Errorf("%d relative times checked, want %d", checked, 9*9)
	}
}

func TestOracleNumbers(t *testing.T) {
	checked := 0
	for _, line := range oracleLines(t, "numbers-plurals.jsonl") {
		var row struct {
			Locale, Text, Plural string
			Value                float64
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		s, ours := oracleStyle(t, row.Locale, "")
		if !ours {
			continue
		}
		checked++
		if got := s.Decimal(row.Value); got != row.Text {
			t.Errorf("%s %v: %q, want %q", row.Locale, row.Value, got, row.Text)
		}
		if whole := int64(row.Value); float64(whole) == row.Value && s.Number(whole) != row.Text {
			t.Errorf("%s %v: %q, want %q", row.Locale, row.Value, s.Number(whole), row.Text)
		}
		if got := PluralOf(s.Language, row.Value); got != row.Plural {
			t.Errorf("%s %v: plural %q, want %q", row.Locale, row.Value, got, row.Plural)
		}
	}
	if checked != 9*6 {
		t.Errorf("%d numbers checked, want %d", checked, 9*6)
	}
}

// TestOracleWords compares with ICU's word segmentation after folding, for the scripts of our three languages. ICU
// keeps a decimal fraction in one word; a search for either part should find it, so we part it.
func TestOracleWords(t *testing.T) {
	data, err := os.ReadFile(oracle + "segmentation.json")
	if err != nil {
		t.Skipf("the ICU oracle is not here (%s): %v", oracle, err)
	}
	var rows []struct {
		Locale, Text string
		Words        []string
	}
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if row.Locale != "fa" && row.Locale != "ar" && row.Locale != "ckb" {
			continue
		}
		var want, got []string
		for _, w := range row.Words {
			for _, part := range strings.Split(w, "٫") {
				want = append(want, Fold(part))
			}
		}
		for _, token := range Tokens(row.Text) {
			got = append(got, token.Text)
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %q, want %q", row.Locale, got, want)
		}
	}
}
