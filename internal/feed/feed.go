// Package feed writes what machines read about a paper: RSS 2.0, Atom, JSON
// Feed, sitemaps, robots.txt and the JSON-LD of an article. It is pure: values
// in, bytes out. Every text is plain text unless its field says HTML, in any
// language and with any character: what XML cannot carry is dropped.
package feed

import (
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// Channel is a feed as a whole.
type Channel struct {
	Title       string
	Description string
	Language    string    // BCP 47: "en", "fa"
	HomeURL     string    // the page it is the feed of; absolute
	SelfURL     string    // of the feed itself; absolute and, for Atom, its id
	Direction   string    // "rtl" or "ltr"; "" = the language's own
	Updated     time.Time // last change; zero = the newest entry's, or 1970 in an empty feed
	Icon        string    // address of a square picture; may be empty
	Gone        []Gone    // Atom only: what was withdrawn
}

// Gone is an article that was withdrawn; URL is absolute, the id of its entry.
type Gone struct {
	URL string
	At  time.Time
}

// Entry is an article in a feed. URL and Published must be set, else the feed
// is refused.
type Entry struct {
	URL         string // canonical, absolute; the same over all revisions: it is the guid
	ID          news.ID
	Title       string
	Kicker      string   // JSON Feed only: the other formats have no place for it
	Summary     string   // standfirst, or the opening of the text
	HTML        string   // the body as doc prints it: clean HTML
	Text        string   // the body as plain text, for an article without HTML; empty lines part paragraphs
	Authors     []Author // who wrote it
	Section     string
	Topics      []string
	Credit      string // agency or photographer
	Published   time.Time
	Updated     time.Time    // last change that went live; zero = none
	Language    string       // "" = the channel's
	Corrections []Correction // only declared ones are printed
	Image       *Image

	Contributors []Contributor // who helped with it
}

// Contributor is somebody who did not write the text: photos, translation.
type Contributor struct {
	Author
	Role string // as printed
}

// Author is a byline; URL (absolute) may be empty.
type Author struct{ Name, URL string }

// Correction is a change of a published article.
type Correction struct {
	Kind  news.ChangeKind
	Label string // the kind in the reader's language: "Correction"
	Note  string // what changed
	At    time.Time
	Date  string // At as the edition prints a day; "" = as ISO 8601 does
}

// Image is a picture of an article.
type Image struct {
	URL    string // absolute
	Type   string // media type: "image/jpeg"
	Width  int    // pixels; 0 = unknown
	Height int
	Alt    string
	Credit string
}

// check refuses what no reader could use.
func check(c Channel, entries []Entry) error {
	if _, err := address(c.HomeURL); err != nil {
		return fmt.Errorf("feed %q, home: %w", c.Title, err)
	}
	if _, err := address(c.SelfURL); err != nil {
		return fmt.Errorf("feed %q, self: %w", c.Title, err)
	}
	for _, g := range c.Gone {
		if _, err := address(g.URL); err != nil || g.At.IsZero() {
			return fmt.Errorf("feed %q, withdrawn article %q: %w", c.Title, g.URL, errAddress)
		}
	}
	for _, e := range entries {
		if _, err := address(e.URL); err != nil {
			return fmt.Errorf("feed %q, article %s: %w", c.Title, e.ID, err)
		}
		if e.Published.IsZero() {
			return fmt.Errorf("feed %q, article %s: it has no time of publication", c.Title, e.ID)
		}
	}
	return nil
}

// changed is the time of the entry's newest state.
func (e Entry) changed() time.Time {
	if e.Updated.After(e.Published) {
		return e.Updated
	}
	return e.Published
}

func (e Entry) language(c Channel) string {
	if e.Language == "" {
		return c.Language
	}
	return e.Language
}

// direction is the entry's own where it is in another language than the channel.
func (e Entry) direction(c Channel) string {
	if c.Direction != "" && e.language(c) == c.Language {
		return c.Direction
	}
	return locale.Style{Language: e.language(c)}.Direction()
}

// tags are the section and the topics, each once.
func (e Entry) tags() []string {
	var tags []string
	seen := map[string]bool{"": true}
	for _, tag := range append([]string{e.Section}, e.Topics...) {
		if tag = line(tag); !seen[tag] {
			seen[tag] = true
			tags = append(tags, tag)
		}
	}
	return tags
}

// contentHTML is the body with what changed at its head. Its language and
// direction are said in the markup itself, since RSS has no other place.
func (e Entry) contentHTML(c Channel) string {
	body := clean(e.HTML)
	if body == "" && e.Text != "" {
		body = "<p>" + strings.ReplaceAll(html.EscapeString(clean(e.Text)), "\n\n", "</p>\n<p>") + "</p>"
	}
	notes := e.notesHTML()
	if body == "" && notes == "" {
		return ""
	}
	return fmt.Sprintf("<div lang=\"%s\" dir=\"%s\">%s%s</div>",
		html.EscapeString(clean(e.language(c))), html.EscapeString(clean(e.direction(c))), notes, body)
}

func (e Entry) notesHTML() string {
	var b strings.Builder
	for _, n := range e.declared() {
		fmt.Fprintf(&b, "<p><strong>%s</strong> (<time datetime=\"%s\">%s</time>): %s</p>\n", html.EscapeString(line(n.Label)),
			stamp(n.At), html.EscapeString(n.day()), html.EscapeString(clean(n.Note)))
	}
	return b.String()
}

func (n Correction) day() string {
	if n.Date != "" {
		return line(n.Date)
	}
	return n.At.Format(time.DateOnly)
}

func (e Entry) declared() []Correction {
	var declared []Correction
	for _, n := range e.Corrections {
		if n.Kind.Declared() {
			declared = append(declared, n)
		}
	}
	return declared
}

// updated is the channel's time of change.
func (c Channel) updated(entries []Entry) time.Time {
	newest := c.Updated
	if newest.IsZero() {
		newest = time.Unix(0, 0).UTC()
		for _, e := range entries {
			if e.changed().After(newest) {
				newest = e.changed()
			}
		}
		for _, g := range c.Gone {
			if g.At.After(newest) {
				newest = g.At
			}
		}
	}
	return newest
}

// stamp is a time as RFC 3339 and W3C write it, to the second.
func stamp(t time.Time) string { return t.Format(time.RFC3339) }

// errAddress says what every address here must be.
var errAddress = errors.New("it is not an absolute http or https address")

// address checks an absolute address and percent-encodes it once: what is
// encoded stays so.
func address(s string) (string, error) {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%q: %w", s, errAddress)
	}
	return encode(u.String()), nil
}

// encode percent-encodes the bytes that may not stand in an address.
func encode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// clean drops what XML 1.0 (section 2.2) has no place for, escaped or not:
// control characters but tab and line ends, and broken UTF-8. The same text
// goes into JSON, so that all feeds of an article read the same.
func clean(s string) string {
	if plainASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return r
		case r < ' ' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// line is a text of one line: clean, every run of white space one space.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
