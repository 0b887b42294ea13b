package news

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// DeskID numbers a desk. 0 is none.
type DeskID int64

// Limits of a desk.
const (
	MaxDesks    = 200
	MaxStages   = 20
	MaxDeskName = 80 // characters of its name, and of a stage's
)

// Desk is people who work together on stories: what is handed to them lies in
// their queue, at one of their stages.
type Desk struct {
	ID       DeskID
	Edition  EditionID // 0 = of the whole paper
	Slug     string    // of the address /?desk=<slug>; never changed, unlike the name
	Name     string    // 1 to 80 characters
	Stages   []string  // in order: "writing", "copy check"; may be none
	Sections []SectionID
	Members  []Member
}

// Member is one of a desk's people. A lead runs it: that is for colleagues to
// know and gives no right of its own.
type Member struct {
	Person PersonID
	Lead   bool
}

// Validate checks a desk before it is kept.
func (d Desk) Validate() error {
	name := func(s string) bool {
		n := utf8.RuneCountInString(strings.TrimSpace(s))
		return n > 0 && n <= MaxDeskName && readable(s) && !strings.ContainsAny(s, "\n:")
	}
	if !name(d.Name) {
		return Refuse(Invalid, "error.desk.name", "a desk's name has 1 to 80 characters and no colon").In("name")
	}
	if d.Slug == "" || locale.Slug(d.Slug) != d.Slug {
		return Refuse(Invalid, "error.desk.slug", "a desk's name needs letters or digits").In("name")
	}
	if len(d.Stages) > MaxStages {
		return Refuse(Invalid, "error.desk.stages", "a desk has at most 20 stages").In("new_stage")
	}
	for i, s := range d.Stages {
		if !name(s) {
			return Refuse(Invalid, "error.desk.stage", "a stage's name has 1 to 80 characters and no colon").In("stage-" + strconv.Itoa(i))
		}
		if slices.Contains(d.Stages[:i], s) {
			return Refuse(Invalid, "error.desk.stage.twice", "a desk has a stage once").In("stage-" + strconv.Itoa(i))
		}
	}
	return nil
}

// Takes reports whether the desk works on articles of an edition.
func (d Desk) Takes(e EditionID) bool { return d.Edition == 0 || d.Edition == e }

// Has reports whether a person is a member of the desk.
func (d Desk) Has(p PersonID) bool {
	return slices.ContainsFunc(d.Members, func(m Member) bool { return m.Person == p })
}
