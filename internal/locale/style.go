package locale

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zone rules travel in the binary: a machine without them prints the same dates
)

// Style is how one edition writes: its language, calendar, digits and time zone. It is a plain value; the zero Style
// is English, Gregorian, UTC. All its methods are safe for concurrent use and print in Zone, whatever zone a time
// carries.
type Style struct {
	Language string         // "en", "ar", "fa" or a regional form such as "en-US"; unknown ones print as English
	Calendar Calendar       // empty: Gregorian
	Digits   string         // "latn", "arab", "arabext"; empty: the language's own
	Zone     *time.Location // nil: UTC
}

// NewStyle checks its arguments: language as in Languages or with a region ("ar-MA"), digits "latn", "arab", "arabext"
// or empty, zone an IANA name such as "Asia/Tehran" or empty for UTC. An error names the value and the choices.
func NewStyle(language string, cal Calendar, digits, zone string) (Style, error) {
	if _, ok := findTongue(language); !ok {
		return Style{}, fmt.Errorf("language %q is not known: use one of %s", language, strings.Join(Languages(), ", "))
	}
	cal, err := ParseCalendar(string(cal))
	if err != nil {
		return Style{}, err
	}
	switch digits {
	case "", "latn", "arab", "arabext":
	default:
		return Style{}, fmt.Errorf("digits %q are not known: use latn, arab or arabext", digits)
	}
	if zone == "Local" {
		return Style{}, fmt.Errorf("time zone %q depends on the machine: name one such as Europe/London", zone)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		return Style{}, fmt.Errorf("time zone %q is not known: %w", zone, err)
	}
	return Style{Language: language, Calendar: cal, Digits: digits, Zone: loc}, nil
}

// Languages lists the languages that have texts, as BCP 47 tags, English first.
func Languages() []string { return []string{"en", "ar", "fa"} }

// LanguageName is a language's own name for itself: English, العربية, فارسی. An unknown tag is returned as it is.
func LanguageName(tag string) string {
	t, ok := findTongue(tag)
	if !ok {
		return tag
	}
	return t.name
}

// Direction is "rtl" for Arabic and Persian, else "ltr".
func (s Style) Direction() string {
	if s.tongue().rtl {
		return "rtl"
	}
	return "ltr"
}

// Quotes gives the quotation marks that newspapers of the language set around speech.
func (s Style) Quotes() (open, closing string) { return s.tongue().quotes[0], s.tongue().quotes[1] }

// FirstWeekday is the day a week begins with on a printed calendar.
func (s Style) FirstWeekday() time.Weekday { return s.tongue().firstDay }

// In gives t in the style's zone.
func (s Style) In(t time.Time) time.Time {
	if s.Zone == nil {
		return t.UTC()
	}
	return t.In(s.Zone)
}

func (s Style) tongue() *tongue {
	t, _ := findTongue(s.Language)
	return t
}

// findTongue looks a tag up: exactly, then without its region. An unknown language answers English and false.
func findTongue(tag string) (*tongue, bool) {
	if t, ok := tongues[tag]; ok {
		return t, true
	}
	base, _, found := strings.Cut(tag, "-")
	if t, ok := tongues[base]; ok && found {
		return t, true
	}
	return tongues["en"], false
}
