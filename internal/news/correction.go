package news

import (
	"strings"
	"time"
	"unicode/utf8"
)

// ChangeKind is how a published article changed.
type ChangeKind string

// The kinds of change. First is the publication itself. Update, clarification
// and correction are declared with a note; minor is logged with a name.
const (
	ChangeFirst         ChangeKind = "first"
	ChangeUpdate        ChangeKind = "update"
	ChangeClarification ChangeKind = "clarification"
	ChangeCorrection    ChangeKind = "correction"
	ChangeMinor         ChangeKind = "minor"
)

// Declared reports whether readers are told of the change in words.
func (k ChangeKind) Declared() bool {
	return k == ChangeUpdate || k == ChangeClarification || k == ChangeCorrection
}

// Correction is one change of a published article.
type Correction struct {
	Article  ID
	Edition  EditionID
	Revision int // the one it made live
	Kind     ChangeKind
	Note     string // for readers; empty for a minor change
	By       PersonID
	At       time.Time
	Headline string           // as it stood then, for the list of corrections
	Material []MaterialChange // what the gate said of it
	Approved PersonID         // the second pair of eyes; 0 = there was none
	Bypass   string           // the reason to go without
}

// Moved is the dateline's change, for a note that says so; nil = it stayed.
func (c Correction) Moved() *MaterialChange {
	for i, m := range c.Material {
		if m.Kind == MaterialDateline {
			return &c.Material[i]
		}
	}
	return nil
}

// Validate checks the kind and the note: a declared change says what changed.
func (c Correction) Validate() error {
	note := utf8.RuneCountInString(strings.TrimSpace(c.Note))
	switch {
	case c.Kind != ChangeMinor && !c.Kind.Declared():
		return Refuse(Invalid, "error.correction.kind", "a change is an update, a clarification, a correction or minor").In("kind")
	case c.Kind.Declared() && note == 0:
		return Refuse(Invalid, "error.correction.note", "say in a sentence for readers what changed").In("note")
	case note > 2000:
		return Refuse(Invalid, "error.correction.long", "a note has at most 2000 characters").In("note")
	}
	return nil
}
