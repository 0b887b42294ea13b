package news

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// Edition is one public newspaper of the paper. The default edition is served
// at "/", the others under "/<slug>/" or on a host of their own.
type Edition struct {
	ID         EditionID
	Slug       string // 2 to 20 of a-z, 0-9 and "-"
	Default    bool
	Name       string // the masthead; 1 to 120 characters
	Tagline    string // under the masthead; may be empty
	Language   string // "en", "ar" or "fa"
	TimeZone   string // IANA name
	Calendar   locale.Calendar
	Digits     string // "latn", "arab", "arabext", or "" for the language's own
	Host       string // of its own; "" = under the default host
	Accent     string // "#rrggbb"
	Comments   bool   // readers may comment unless an article says otherwise
	CloseAfter int    // days after publication when comments close; 0 = never
	Position   int    // order among the editions
}

var (
	slugRule   = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])$`)
	accentRule = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
)

// reserved are first words of public addresses: no edition may take them.
var reserved = map[string]bool{
	"news": true, "section": true, "archive": true, "author": true, "topic": true, "search": true,
	"corrections": true, "pages": true, "media": true, "api": true, "assets": true, "text": true,
	"feed": true, "sitemap": true, "robots": true, "about": true, "desk": true, "static": true, "accent": true, "preview": true,
}

// Validate checks an edition before it is kept.
func (e Edition) Validate() error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(e.Name)); {
	case n == 0:
		return Refuse(Invalid, "error.edition.name", "an edition needs a name").In("name")
	case n > 120:
		return Refuse(Invalid, "error.edition.name.long", "an edition's name has at most 120 characters").In("name")
	case !slugRule.MatchString(e.Slug) || reserved[e.Slug]:
		return Refuse(Invalid, "error.edition.slug", "an edition's address is 2 to 20 letters a-z, digits or hyphens, and no word of the paper's own addresses").In("slug")
	case e.Accent != "" && !accentRule.MatchString(e.Accent):
		return Refuse(Invalid, "error.edition.accent", "an accent colour is written #rrggbb").In("accent")
	case e.CloseAfter < 0 || e.CloseAfter > 3650:
		return Refuse(Invalid, "error.edition.close", "comments close after 0 to 3650 days").In("close_after")
	}
	if _, err := e.Style(); err != nil {
		refusal := Refuse(Invalid, "error.edition.style", "this language, time zone, calendar or digits are not known")
		refusal.Err = err
		return refusal
	}
	return nil
}

// Style returns how the edition prints dates, digits and texts.
func (e Edition) Style() (locale.Style, error) {
	return locale.NewStyle(e.Language, e.Calendar, e.Digits, e.TimeZone)
}

// Prefix is what stands before every address of the edition: "" or "/<slug>".
func (e Edition) Prefix() string {
	if e.Default || e.Host != "" {
		return ""
	}
	return "/" + e.Slug
}

// NextMidnight is the moment when the edition's date changes after t.
func (e Edition) NextMidnight(t time.Time) time.Time {
	zone, err := time.LoadLocation(e.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	y, m, d := t.In(zone).Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	if midnight.Day() == d { // summer time begins at midnight: the day begins at one
		midnight = midnight.Add(time.Hour)
	}
	return midnight
}
