package locale

import "time"

// Unit is a unit of relative time.
type Unit string

// The units Relative counts in.
const (
	Minutes Unit = "minute"
	Hours   Unit = "hour"
	Days    Unit = "day"
	Months  Unit = "month"
	Years   Unit = "year"
)

// Relative says how long before or after now a moment is: "now" under a minute, then minutes, hours up to a day, days
// by the calendar of the style's zone up to thirty, months, years. "40 minutes ago", «دیروز», «خلال ٣ ساعات».
func (s Style) Relative(then, now time.Time) string {
	gap := then.Sub(now)
	sign := 1
	if gap < 0 {
		sign, gap = -1, -gap
	}
	switch {
	case gap < time.Minute:
		return s.T("relative.now")
	case gap < time.Hour:
		return s.RelativeUnit(sign*int(gap/time.Minute), Minutes)
	case gap < 24*time.Hour:
		return s.RelativeUnit(sign*int(gap/time.Hour), Hours)
	}
	early, late := s.In(now), s.In(then)
	if sign < 0 {
		early, late = late, early
	}
	days := max(1, daysBetween(civil(early), civil(late)))
	if days <= 30 {
		return s.RelativeUnit(sign*days, Days)
	}
	months := max(1, 12*(late.Year()-early.Year())+int(late.Month()-early.Month()))
	if months > 1 && late.Day() < early.Day() {
		months--
	}
	if months < 12 {
		return s.RelativeUnit(sign*months, Months)
	}
	return s.RelativeUnit(sign*(months/12), Years)
}

// RelativeUnit prints n units before (negative) or after now as CLDR 48 does, with its words for the near ones:
// -1 day is "yesterday", -2 days «أول أمس».
func (s Style) RelativeUnit(n int, u Unit) string {
	if key := "relative." + string(u) + "." + nearWord(n); nearWord(n) != "" && Has(s.Language, key) {
		if text := s.T(key); text != "" {
			return text
		}
	}
	if n < 0 {
		return s.T("relative."+string(u)+".past", -n)
	}
	return s.T("relative."+string(u)+".future", n)
}

// nearWord is the last part of the key that holds a word of its own for n units away, where a language has one.
func nearWord(n int) string {
	switch n {
	case -2:
		return "before-last"
	case -1:
		return "last"
	case 0:
		return "this"
	case 1:
		return "next"
	case 2:
		return "after-next"
	}
	return ""
}
