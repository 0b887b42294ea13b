package wirefmt

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
)

// dateParts is a date as it is written, in whatever calendar; it may not exist.
type dateParts struct {
	cal              locale.Calendar
	year, month, day int
	hasWeekday       bool
	weekday          time.Weekday
	hasTime          bool
	hour, min, sec   int
	zone             *time.Location // as written behind the time; nil = none
}

// errNoDate is the error of a text that is no date at all.
var errNoDate = errors.New("it is not written like 12 March 2026 - 21:40 or 2026-03-12T21:40")

// doubt is the error of a text that is a date, but could mean two days.
type doubt struct{ why string }

func (d doubt) Error() string { return d.why }

func isDoubt(err error) bool {
	var d doubt
	return errors.As(err, &d)
}

// readTime reads a date with a time of day, in the edition's zone where the text names none. Every date that does not
// exist and every one that could mean two days is an error; what is only odd comes back as findings.
func readTime(s string, o TextOptions) (time.Time, []Finding, error) {
	p, err := readDate(s, o.Calendar)
	if err != nil {
		return time.Time{}, nil, err
	}
	zone := o.zone()
	if p.zone != nil {
		zone = p.zone
	}
	day, err := p.cal.Date(p.year, p.month, p.day, zone)
	if err != nil {
		return time.Time{}, nil, err
	}
	if p.hour > 23 || p.min > 59 || p.sec > 59 {
		return time.Time{}, nil, fmt.Errorf("the time %02d:%02d does not exist", p.hour, p.min)
	}
	var remarks []Finding
	if p.hasWeekday && p.weekday != day.Weekday() {
		remarks = append(remarks, Finding{Rule: RuleWeekday, Message: fmt.Sprintf("The date is a %s, not a %s.", day.Weekday(), p.weekday)})
	}
	if !p.hasTime {
		return day, append(remarks, Finding{Rule: RuleTime, Message: "The date has no time of day: the beginning of the day is taken."}), nil
	}
	y, m, d := day.Date()
	at, twice := onClock(y, m, d, p, zone)
	if h, min, _ := at.Clock(); h != p.hour || min != p.min {
		return time.Time{}, nil, fmt.Errorf("the clocks went forward over %02d:%02d that day in %s", p.hour, p.min, zone)
	}
	if twice {
		remarks = append(remarks, Finding{Rule: RuleTime, Message: "The clocks went back that night: of two such times the first is taken."})
	}
	return at, remarks, nil
}

// onClock is the first moment at which the zone's clock shows the time, and whether it shows it twice.
func onClock(y int, m time.Month, d int, p dateParts, zone *time.Location) (at time.Time, twice bool) {
	at = time.Date(y, m, d, p.hour, p.min, p.sec, 0, zone)
	same := func(t time.Time) bool { return t.Format("15:04:05 2006-01-02") == at.Format("15:04:05 2006-01-02") }
	for _, shift := range []time.Duration{time.Hour, 30 * time.Minute} {
		if t := at.Add(-shift); same(t) {
			return t, true
		}
		if same(at.Add(shift)) {
			return at, true
		}
	}
	return at, false
}

// readDate reads a date by its shape. A month's name says the calendar; without one a year before 1700 is counted in
// the edition's calendar and every later year in the Gregorian. The error is errNoDate, or a doubt.
func readDate(s string, edition locale.Calendar) (dateParts, error) {
	if len(s) > 200 {
		return dateParts{}, errNoDate
	}
	r := dateReader{tokens: tokenize(s)}
	for len(r.tokens) > 0 {
		if !r.step() {
			return dateParts{}, errNoDate
		}
	}
	if r.month.month > 0 {
		return r.named()
	}
	return r.numbered(edition)
}

// isDateLine is true for a line that holds a date with its year and nothing else, perhaps the same day in two calendars.
func isDateLine(s string, edition locale.Calendar) bool {
	dated := func(s string) bool {
		_, err := readDate(s, edition)
		return err == nil || isDoubt(err)
	}
	if dated(s) {
		return true
	}
	for _, sep := range []string{"|", " - ", " – ", " — ", "/", "،", "("} {
		a, b, ok := strings.Cut(s, sep)
		if ok && dated(a) && dated(strings.TrimRight(b, ") ")) {
			return true
		}
	}
	return false
}

// dateReader takes a date apart, token by token.
type dateReader struct {
	tokens  []token
	parts   dateParts
	month   monthOf
	numbers []string // day and year of a date whose month has a name
	triple  []string // a date in three numbers
	era     locale.Calendar
}

// step takes what stands next; false where it has no place in a date.
func (r *dateReader) step() bool {
	t := r.tokens[0]
	switch {
	case t.kind == 'n' && r.is(1, ':'):
		return r.clock()
	case t.kind == 'n' && r.isTriple():
		if r.triple != nil {
			return false
		}
		r.triple = []string{t.text, r.tokens[2].text, r.tokens[4].text}
		r.tokens = r.tokens[5:]
		return true
	case t.kind == 'n':
		r.numbers = append(r.numbers, t.text)
		r.tokens = r.tokens[1:]
		return len(r.numbers) <= 2
	case t.kind == 'w':
		return r.word()
	case strings.ContainsRune(",،.-–—|/()", t.kind):
		r.tokens = r.tokens[1:]
		return true
	case t.kind == ':' && len(r.numbers)+len(r.triple) > 0: // «الساعة:»
		r.tokens = r.tokens[1:]
		return true
	}
	return false
}

func (r *dateReader) is(i int, kind rune) bool { return i < len(r.tokens) && r.tokens[i].kind == kind }

// isTriple is true before 2026-03-12, 12/03/2026, 12.3.2026.
func (r *dateReader) isTriple() bool {
	return len(r.tokens) >= 5 && strings.ContainsRune("-/.", r.tokens[1].kind) && r.tokens[3].kind == r.tokens[1].kind &&
		r.is(2, 'n') && r.is(4, 'n') && !r.is(5, ':')
}

// word takes a month, a weekday, an era or a word that says nothing; names may be of several words.
func (r *dateReader) word() bool {
	for n := 3; n > 0; n-- {
		name, ok := r.words(n)
		if !ok {
			continue
		}
		m, isMonth := monthNames()[name]
		if !isMonth && n == 1 { // «اسفندماه»
			m, isMonth = monthNames()[strings.TrimSuffix(name, squeeze("ماه"))]
		}
		wd, isWeekday := weekdayNames()[name]
		era, isEra := eras()[name]
		switch {
		case isMonth && (r.month == monthOf{} || r.month == m):
			r.month = m
		case isWeekday && (!r.parts.hasWeekday || r.parts.weekday == wd):
			r.parts.hasWeekday, r.parts.weekday = true, wd
		case isEra && len(r.numbers)+len(r.triple) > 0:
			r.era = era
		case fillers()[name], name == "t" && r.triple != nil:
		default:
			continue
		}
		r.tokens = r.tokens[n:]
		return true
	}
	return false
}

// words is the next n words as one squeezed name.
func (r *dateReader) words(n int) (string, bool) {
	if len(r.tokens) < n {
		return "", false
	}
	var all strings.Builder
	for _, t := range r.tokens[:n] {
		if t.kind != 'w' {
			return "", false
		}
		all.WriteString(t.text)
	}
	return squeeze(all.String()), true
}

// named puts together a date whose month is a word: the year is the number with four digits.
func (r *dateReader) named() (dateParts, error) {
	if len(r.numbers) != 2 || r.triple != nil {
		return dateParts{}, errNoDate
	}
	day, year := r.numbers[0], r.numbers[1]
	if len(day) == 4 {
		day, year = year, day
	}
	if len(day) > 2 {
		return dateParts{}, errNoDate
	}
	if len(year) != 4 {
		return dateParts{}, doubt{"its year has not four digits"}
	}
	p := r.parts
	p.cal, p.month, p.day, p.year = r.month.cal, r.month.month, number(day), number(year)
	if r.era != "" && r.era != p.cal {
		return dateParts{}, doubt{"its month and its era are of different calendars"}
	}
	return p, nil
}

// numbered puts together a date in numbers.
func (r *dateReader) numbered(edition locale.Calendar) (dateParts, error) {
	if len(r.triple) != 3 || len(r.numbers) > 0 {
		return dateParts{}, errNoDate
	}
	p, a, b, c := r.parts, r.triple[0], r.triple[1], r.triple[2]
	switch {
	case len(a) == 4 && len(b) <= 2 && len(c) <= 2:
		p.year, p.month, p.day = number(a), number(b), number(c)
	case len(c) == 4 && len(a) <= 2 && len(b) <= 2:
		p.year, p.month, p.day = number(c), number(b), number(a)
		switch {
		case p.day == p.month || p.day > 12:
		case p.month > 12:
			p.month, p.day = p.day, p.month
		default:
			return dateParts{}, doubt{"it may mean two days: write the month as a word, or the date as 2026-03-12"}
		}
	case len(a) <= 2 && len(b) <= 2 && len(c) == 2:
		return dateParts{}, doubt{"its year has not four digits"}
	default:
		return dateParts{}, errNoDate
	}
	switch {
	case r.era != "":
		p.cal = r.era
	case p.year >= 1700:
		p.cal = locale.Gregorian
	case edition == locale.Persian || edition == locale.Hijri:
		p.cal = edition
	default:
		return dateParts{}, doubt{"its year is of a calendar that the edition does not keep: write the month as a word"}
	}
	return p, nil
}

// number reads digits; more than six of them are no part of a date, and no date has that many.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 6 {
		return 999_999
	}
	return n
}
