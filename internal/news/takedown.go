package news

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// TakeDown is the removal of an article for legal reasons. What it said is
// sealed or erased; that it was there, and its hash, are kept.
type TakeDown struct {
	Article   ID
	By        PersonID
	At        time.Time
	Reason    string // for the house
	Reference string // of the court or the lawyer
	Legal     bool   // the address says so (451); else it only says that the article was withdrawn
	Erased    bool   // the texts are gone from the store; else chiefs and owners can open them
	Hash      string // SHA-256 of the live text
}

// Validate checks what a take-down must say.
func (t TakeDown) Validate() error {
	switch reason := utf8.RuneCountInString(strings.TrimSpace(t.Reason)); {
	case reason == 0:
		return Refuse(Invalid, "error.takedown.reason", "say why the article is taken down").In("reason")
	case reason > 2000:
		return Refuse(Invalid, "error.takedown.long", "a reason has at most 2000 characters").In("reason")
	case utf8.RuneCountInString(t.Reference) > 200 || !readable(t.Reference):
		return Refuse(Invalid, "error.takedown.reference", "a reference has at most 200 characters").In("reference")
	}
	return nil
}

// TakeDown removes an article for legal reasons, also one that was killed
// before. note is what its address says to readers.
func (a *Article) TakeDown(p Person, note string, now time.Time) error {
	switch refused := a.Allows(p, MayTakeDown); {
	case refused != nil:
		return refused
	case a.State != Published && a.State != Killed:
		return wrongState(a, "taken down")
	case a.Sealed:
		return wrongState(a, "taken down twice")
	case strings.TrimSpace(note) == "":
		return Refuse(Invalid, "error.kill.note", "say in a sentence for readers why the article was withdrawn").In("note")
	case len(note) > 4000:
		return Refuse(Invalid, "error.kill.long", "a note has at most 4000 bytes").In("note")
	}
	a.State, a.Kill, a.Sealed = Killed, Kill{By: p.ID, At: now, Note: strings.TrimSpace(note)}, true
	a.Headline, a.Slugline, a.Labels = "", "", Labels{}
	return nil
}

// Hash names a text that may be gone: whoever has a copy can show that it was this one.
func (c Content) Hash() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{c.Kicker, c.Headline, c.Standfirst, c.Body.Markdown()}, "\x00")))
	return hex.EncodeToString(sum[:])
}

// Anonymise puts other words in the place of names, everywhere in a content:
// heads, text, captions, credits, bylines. found says whether one stood there.
func (c Content) Anonymise(names []string, replacement string) (out Content, found bool) {
	swap := func(s string) string {
		other := Conceal(s, names, replacement)
		found = found || other != s
		return other
	}
	c.Kicker, c.Headline, c.Standfirst, c.Slugline, c.Credit = swap(c.Kicker), swap(c.Headline), swap(c.Standfirst), swap(c.Slugline), swap(c.Credit)
	c.Dateline.Source = swap(c.Dateline.Source)
	var kept []Byline
	for _, b := range c.Bylines {
		if swap(b.Name) == b.Name {
			kept = append(kept, b) // else it goes: nobody's page is of initials
		}
	}
	c.Bylines = kept
	c.Body = c.Body.EachText(swap)
	return c, found
}

// ParseNames reads names that are to go, one a line.
func ParseNames(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

// CanReplace checks names and what is to stand for them.
func CanReplace(names []string, replacement string) error {
	replacement = strings.TrimSpace(replacement)
	if len(names) == 0 || len(names) > 10 {
		return Refuse(Invalid, "error.anonymise.name", "say which name is to go: 1 to 10 of them, each 2 to 120 characters").In("name")
	}
	if replacement == "" || utf8.RuneCountInString(replacement) > 120 || !readable(replacement) {
		return Refuse(Invalid, "error.anonymise.replacement", "say what stands in its place: 1 to 120 characters").In("replacement")
	}
	for _, name := range names {
		if n := utf8.RuneCountInString(name); n < 2 || n > 120 || !readable(name) {
			return Refuse(Invalid, "error.anonymise.name", "say which name is to go: 1 to 10 of them, each 2 to 120 characters").In("name")
		}
		if Conceal(replacement, []string{name}, "") != replacement {
			return Refuse(Invalid, "error.anonymise.same", "what stands in its place must not hold the name").In("replacement")
		}
	}
	return nil
}

// Conceal puts other words in the place of names in one text. A name is found
// as whole words, in any case, also behind the small words that Arabic writes
// in one with the next.
func Conceal(text string, names []string, replacement string) string {
	for _, name := range names {
		words := strings.Fields(name)
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		if len(words) == 0 || text == "" {
			continue
		}
		pattern := regexp.MustCompile(`(?i)(^|[^\p{L}\p{N}])([وفبلك]?)` + strings.Join(words, `[\s\x{200c}]+`) + `($|[^\p{L}\p{N}\p{M}])`)
		for range 3 { // names side by side share the space between them
			text = pattern.ReplaceAllString(text, "${1}${2}"+strings.ReplaceAll(strings.TrimSpace(replacement), "$", "$$")+"${3}")
		}
	}
	return text
}
