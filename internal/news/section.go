package news

import (
	"strings"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// Section is where in an edition an article stands.
type Section struct {
	ID       SectionID
	Edition  EditionID
	Slug     string // of the address /section/<slug>; letters of any script
	Name     string // 1 to 80 characters
	Position int
	Opinion  bool // named authors first, no agency copy
	Required Fields
}

// Validate checks a section before it is kept.
func (s Section) Validate() error {
	if n := utf8.RuneCountInString(strings.TrimSpace(s.Name)); n == 0 || n > 80 {
		return Refuse(Invalid, "error.section.name", "a section's name has 1 to 80 characters").In("name")
	}
	if s.Slug == "" || locale.Slug(s.Slug) != s.Slug {
		return Refuse(Invalid, "error.section.slug", "a section's address is made of letters, digits and hyphens").In("slug")
	}
	return nil
}

// TopicKind says what a topic is.
type TopicKind string

// The kinds of topic.
const (
	TopicSubject      TopicKind = "subject"
	TopicPlace        TopicKind = "place"
	TopicPerson       TopicKind = "person"
	TopicOrganisation TopicKind = "organisation"
)

// Topic is what articles are about: a person, a place, an organisation, a subject.
type Topic struct {
	ID      TopicID
	Edition EditionID
	Slug    string // of the address /topic/<slug>
	Name    string // 1 to 80 characters
	Kind    TopicKind
}

// Story joins the articles that tell the same thing: translations, updates, follow-ups.
type Story struct {
	ID   StoryID
	Name string // the slugline it began with
}
