package news

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// VeiledPerson stands in the place of a protected author's number wherever
// somebody looks who was not told. It is nobody's own, and a browser can count
// so far.
const VeiledPerson PersonID = 1 << 52

// ProtectedAuthor is who a protected byline stands for. It is known to the
// author, to who set it, and to named people; a chief or an owner is one of
// them only where they are named.
type ProtectedAuthor struct {
	Article ID
	Number  int      // within the article: Byline.Protected
	Person  PersonID // their account; 0 = they have none
	Name    string   // 1 to 120 characters
	By      PersonID // who set it
	At      time.Time
	Knowers []PersonID // beside the author and who set it
}

// KnownTo reports whether a person may know who the author is.
func (p ProtectedAuthor) KnownTo(who PersonID) bool {
	return who != 0 && (who == p.Person || who == p.By || slices.Contains(p.Knowers, who))
}

// Veil hides one protected author of an article from somebody who was not told.
type Veil struct {
	Person PersonID
	Since  time.Time // what others did to them before is hidden too; what is done later names them like anybody
}

// Validate checks a protected author before it is kept. public is the name
// that readers are given.
func (p ProtectedAuthor) Validate(public string) error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(p.Name)); {
	case n == 0 || n > 120 || !readable(p.Name):
		return Refuse(Invalid, "error.protected.name", "a name has 1 to 120 characters").In("name")
	case locale.Slug(public) == "" || utf8.RuneCountInString(public) > 120 || !readable(public):
		return Refuse(Invalid, "error.protected.public", "readers need a name: a pseudonym, or who works here").In("public")
	case p.In(public):
		return Refuse(Invalid, "error.protected.same", "the public name gives the author away: choose another").In("public")
	}
	return nil
}

// In reports whether a text names the author: the whole name, however it is
// written.
func (p ProtectedAuthor) In(text string) bool {
	name := plainWords(p.Name)
	return name != "" && strings.Contains(" "+plainWords(text)+" ", " "+name+" ")
}

// Names reports whether a content gives the author away: by name in any of its
// words, by account in a byline, or by number in a suggested change.
func (p ProtectedAuthor) Names(c Content) bool {
	for _, text := range append(BylineNames(c.Bylines), c.Kicker, c.Headline, c.Standfirst, c.Slugline, c.Credit, c.Dateline.Source, c.Body.Markdown()) {
		if p.In(text) {
			return true
		}
	}
	if p.Person == 0 {
		return false
	}
	for _, s := range c.Body.Unsettled() {
		if s.By == int64(p.Person) {
			return true
		}
	}
	return slices.ContainsFunc(c.Bylines, func(b Byline) bool { return b.Person == p.Person })
}

// plainWords are the words of a text as the search compares them.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(locale.Fold(s), func(r rune) bool { return !inWord(r) }), " ")
}
