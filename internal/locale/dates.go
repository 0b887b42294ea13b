package locale

import (
	"strconv"
	"strings"
	"time"
)

// Masthead is the date as it stands over the front page: weekday, then the long date, without a comma.
// "Saturday 14 March 2026", «السبت ١٤ مارس ٢٠٢٦», «شنبه ۲۳ اسفند ۱۴۰۴».
func (s Style) Masthead(t time.Time) string {
	return s.WeekdayName(s.In(t).Weekday()) + " " + s.Date(t)
}

// Date is the long date: "12 March 2026" («۲۱ اسفند ۱۴۰۴», «١٢ مارس ٢٠٢٦», "23 Ramadan 1447 AH").
func (s Style) Date(t time.Time) string {
	return s.print(s.tongue().order, s.In(t), s.tongue().paperEra)
}

// DateTime is the long date and the minute on the 24-hour clock: "12 March 2026 - 21:40".
func (s Style) DateTime(t time.Time) string { return s.Date(t) + " - " + s.Time(t) }

// ShortDate is the date in numbers, in the language's order: "12/03/2026", «۱۴۰۴/۱۲/۲۱».
func (s Style) ShortDate(t time.Time) string {
	return s.print(s.tongue().paper, s.In(t), nil)
}

// Time is the minute on the 24-hour clock, always five digits wide: "21:40", «۰۹:۰۵».
func (s Style) Time(t time.Time) string { return s.Figures(s.In(t).Format("15:04")) }

// Day gives the day of t in the style's calendar and zone; the zero Day outside the calendar's range.
func (s Style) Day(t time.Time) Day { return s.Calendar.FromTime(s.In(t)) }

// Month names a month of the style's calendar with its year: "March 2026", «اسفند ۱۴۰۴», "Ramadan 1447 AH".
func (s Style) Month(y, m int) string {
	out := s.tongue().monthBeforeYear(s.Calendar.orGregorian(), m) + " " + s.Figures(strconv.Itoa(y))
	if era := s.tongue().paperEra[s.Calendar.orGregorian()]; era != "" {
		out += " " + era
	}
	return out
}

// MonthName names month m, counted from 1, of the style's calendar, as it stands alone; empty when there is no such month.
func (s Style) MonthName(m int) string { return s.tongue().monthName(s.Calendar, m) }

// WeekdayName is the full name of a day of the week.
func (s Style) WeekdayName(wd time.Weekday) string { return s.tongue().weekdays[(wd%7+7)%7] }

// WeekdayNarrow is the one-letter form that heads the columns of a calendar; not unique in English.
func (s Style) WeekdayNarrow(wd time.Weekday) string { return s.tongue().narrow[(wd%7+7)%7] }

func (t *tongue) monthName(c Calendar, m int) string {
	names := t.months[c.orGregorian()]
	if names == nil || m < 1 || m > 12 {
		return ""
	}
	return names[m-1]
}

func (t *tongue) monthBeforeYear(c Calendar, m int) string {
	if name, ok := t.linked[c][m]; ok {
		return name
	}
	return t.monthName(c, m)
}

// print sets a local time by a pattern. A day the calendar does not cover is set in the Gregorian calendar. Where the
// calendar has an era and the pattern none, it is put at the end, as CLDR's generic patterns have it.
func (s Style) print(pattern string, local time.Time, eras map[Calendar]string) string {
	cal := s.Calendar.orGregorian()
	day := cal.FromTime(local)
	if day == (Day{}) {
		cal = Gregorian
		y, m, d := local.Date()
		day = Day{y, int(m), d}
	}
	var b strings.Builder
	for rest := pattern; rest != ""; {
		n := 1
		for n < len(rest) && rest[n] == rest[0] {
			n++
		}
		b.WriteString(s.field(rest[:n], cal, day, local))
		rest = rest[n:]
	}
	if era := eras[cal]; era != "" {
		b.WriteString(" " + era)
	}
	return s.Figures(b.String())
}

// field sets one run of equal pattern letters; what is not a pattern letter stands for itself.
func (s Style) field(f string, cal Calendar, day Day, local time.Time) string {
	t := s.tongue()
	switch f {
	case "y":
		return strconv.Itoa(day.Year)
	case "yy":
		return pad(day.Year % 100)
	case "M":
		return strconv.Itoa(day.Month)
	case "MM":
		return pad(day.Month)
	case "MMM":
		if cal == Gregorian && t.short != nil {
			return t.short[day.Month-1]
		}
		return t.monthBeforeYear(cal, day.Month)
	case "MMMM":
		return t.monthBeforeYear(cal, day.Month)
	case "d":
		return strconv.Itoa(day.Day)
	case "dd":
		return pad(day.Day)
	case "EEEE":
		return t.weekdays[local.Weekday()]
	case "h":
		return strconv.Itoa((local.Hour()+11)%12 + 1)
	case "H":
		return strconv.Itoa(local.Hour())
	case "HH":
		return pad(local.Hour())
	case "mm":
		return pad(local.Minute())
	case "a":
		if local.Hour() < 12 {
			return t.cldr.morning
		}
		return t.cldr.evening
	}
	return f
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
