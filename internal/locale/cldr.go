package locale

import "time"

// Length is one of CLDR's four lengths of a date.
type Length string

// The lengths of CLDR.
const (
	Full   Length = "full"
	Long   Length = "long"
	Medium Length = "medium"
	Short  Length = "short"
)

// CLDRDate prints a date exactly as Unicode CLDR 48 (and so a browser's Intl.DateTimeFormat with dateStyle) does, for
// the language with its region. Two known differences: the full form of the Persian calendar in Persian is printed
// «شنبه ۱ فروردین ۱۴۰۵», not by CLDR's defective pattern; English abbreviations of Hijri months are not used, and the
// names of Persian months in Arabic are the ones newspapers write. Newspapers print Masthead and Date instead.
func (s Style) CLDRDate(t time.Time, length Length) string {
	p, cal := s.tongue().cldr, s.Calendar.orGregorian()
	pattern := p.long
	switch length {
	case Full:
		pattern = p.full
	case Medium:
		pattern = p.medium
		if cal == Hijri {
			pattern = p.long
		}
	case Short:
		pattern = p.short
	}
	return s.print(pattern, s.In(t), s.tongue().era)
}

// CLDRDateTime prints date and time as CLDR 48 does with dateStyle "long" (for Full and Long) or "short" (for Medium
// and Short), and timeStyle "short".
func (s Style) CLDRDateTime(t time.Time, length Length) string {
	between := s.tongue().cldr.shortTime
	if length == Full || length == Long {
		between = s.tongue().cldr.longTime
	}
	return s.CLDRDate(t, length) + between + s.CLDRTime(t)
}

// CLDRTime prints the time as CLDR 48 does with timeStyle "short": "21:40", "9:40 PM", «٩:٤٠ م».
func (s Style) CLDRTime(t time.Time) string { return s.print(s.tongue().cldr.time, s.In(t), nil) }
