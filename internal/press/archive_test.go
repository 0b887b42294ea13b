package press_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
)

// The archive of an edition in its own calendar: the weeks of a month, the
// last days of the year, years without a story, and dates before its calendar
// begins.
func TestArchiveInTheEditionsCalendar(t *testing.T) {
	for _, calendar := range []locale.Calendar{locale.Persian, locale.Hijri} {
		t.Run(string(calendar), func(t *testing.T) {
			w := newTown(t, papertest.New(t))
			e := w.Persian
			e.Calendar, e.Digits = calendar, "latn"
			_, err := w.desk.SaveEdition(t.Context(), w.Owner.ID, e)
			w.must(err)
			w.hand()
			zone, err := time.LoadLocation(e.TimeZone)
			w.must(err)
			on := func(y, m, d, hour, minute int) news.ID {
				at, err := calendar.Date(y, m, d, zone)
				w.must(err)
				return w.printed(w.Jahan, fmt.Sprintf("خبر %d %d %d", y, m, d), at.Add(time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute))
			}
			year := map[locale.Calendar]int{locale.Persian: 1403, locale.Hijri: 1445}[calendar] // Persian 1403 is a leap year
			length, err := calendar.MonthDays(year, 12)
			w.must(err)
			eve, day := on(year, 12, length, 23, 59), on(year+1, 1, 1, 0, 0)
			on(year-9, 7, 15, 12, 0)
			w.printed(w.Jahan, "Founded", time.Date(1750, 1, 5, 12, 0, 0, 0, zone)) // in no year of either calendar
			at := func(kind press.Kind, y, m, d int) press.Address {
				return press.Address{Kind: kind, Edition: e.ID, Calendar: calendar, Year: y, Month: m, Day: d}
			}
			for _, c := range []struct {
				y, m, d int
				want    news.ID
			}{{year, 12, length, eve}, {year + 1, 1, 1, day}} {
				if got := listed(w.body(at(press.ArchiveDay, c.y, c.m, c.d))); !slices.Equal(got, []string{c.want.String()}) {
					t.Errorf("%d-%d-%d lists %v, not %v", c.y, c.m, c.d, got, c.want)
				}
			}
			root := w.body(at(press.Archive, 0, 0, 0))
			for _, y := range []int{year - 9, year, year + 1} {
				if !strings.Contains(root, fmt.Sprintf(`href="/fa/archive/%s/%04d"`, calendar, y)) {
					t.Errorf("the archive does not name the year %d", y)
				}
			}
			if strings.Contains(root, fmt.Sprintf("/%04d\"", year-1)) || strings.Contains(root, "/0000") {
				t.Errorf("the archive names a year without a story:\n%s", main(root))
			}
			if !strings.Contains(w.body(at(press.ArchiveYear, year, 0, 0)), fmt.Sprintf(`href="/fa/archive/%s/%04d"`, calendar, year-9)) {
				t.Error("the year does not lead over the gap to the one before")
			}
			if old := w.body(press.Address{Kind: press.ArchiveDay, Edition: e.ID, Year: 1750, Month: 1, Day: 5}); strings.Contains(old, "/0000/") || !strings.Contains(old, "Founded") {
				t.Errorf("the day before the calendar begins:\n%s", main(old))
			}
			w.weeks(main(w.body(at(press.ArchiveMonth, year, 12, 0))), calendar, year, 12, length, zone)
			w.weeks(main(w.body(at(press.ArchiveMonth, year+1, 1, 0))), calendar, year+1, 1, 1, zone)
		})
	}
}

// weeks checks a month laid out as a table: every day once, in its column;
// the only day with a story is a link.
func (w *town) weeks(body string, c locale.Calendar, year, month, story int, zone *time.Location) {
	w.t.Helper()
	length, err := c.MonthDays(year, month)
	w.must(err)
	next := 1
	_, table, _ := strings.Cut(body, "<tbody>")
	rows := strings.Split(table, "<tr>")[1:]
	for _, row := range rows {
		cells := regexp.MustCompile(`<td[^>]*>(?:<a href="([^"]*)">)?(\d*)`).FindAllStringSubmatch(row, -1)
		if len(cells) != 7 {
			w.t.Fatalf("a week of %d days: %s", len(cells), row)
		}
		for column, cell := range cells {
			if cell[2] == "" {
				if next > 1 && next <= length {
					w.t.Errorf("%d-%d: an empty cell before day %d", year, month, next)
				}
				continue
			}
			first, err := c.Date(year, month, next, zone)
			w.must(err)
			if got := (int(first.Weekday()) + 1) % 7; cell[2] != strconv.Itoa(next) || got != column { // the Persian week begins on Saturday
				w.t.Errorf("%d-%d: %q stands in column %d; day %d belongs into %d", year, month, cell[2], column, next, got)
			}
			if (cell[1] != "") != (next == story) {
				w.t.Errorf("%d-%d-%d: link %q", year, month, next, cell[1])
			}
			next++
		}
	}
	if next != length+1 {
		w.t.Errorf("%d-%d has %d days, not %d", year, month, next-1, length)
	}
}
