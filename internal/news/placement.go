package news

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxHandLine is how many characters the line has with which a story is handed on.
const MaxHandLine = 500

// Placement is with whom an article lies, at which stage, and until when. An
// article has one or none; what it was before stands in the record.
type Placement struct {
	Article ID
	Desk    DeskID   // 0 = no desk's
	Person  PersonID // 0 = nobody's
	Stage   string   // one of the desk's; "" = none
	DueAt   time.Time
	Line    string // what the next one has to know; at most 500 characters
	By      PersonID
	At      time.Time
}

// Empty reports whether the article lies with nobody and nothing is due.
func (p Placement) Empty() bool {
	return p.Desk == 0 && p.Person == 0 && p.DueAt.IsZero() && p.Line == ""
}

// Same reports whether two placements say the same, whoever said it when.
func (p Placement) Same(o Placement) bool {
	return p.Desk == o.Desk && p.Person == o.Person && p.Stage == o.Stage && p.DueAt.Equal(o.DueAt) && p.Line == o.Line
}

// Hand checks a new placement of the article, in place of was. d is the desk
// it names, the zero Desk if none; to the person, the zero Person if nobody.
func (a *Article) Hand(p Person, was, next Placement, d Desk, to Person, now time.Time) error {
	switch {
	case a.Allows(p, MayHand) != nil:
		return a.Allows(p, MayHand)
	case a.State == Killed || a.State == Spiked:
		return wrongState(a, "handed on")
	case next.Desk != 0 && !d.Takes(a.Edition):
		return Refuse(Invalid, "error.hand.edition", "this desk works for another edition").In("to")
	case next.Stage != "" && !slices.Contains(d.Stages, next.Stage):
		return Refuse(Conflict, "error.hand.stage", "the desk has no stage %q any more: choose another", next.Stage).In("to")
	case next.Person != 0 && !to.May(Contributor):
		return Refuse(Invalid, "error.hand.person", "this person is not on the staff any more").In("person")
	case !next.DueAt.IsZero() && !next.DueAt.Equal(was.DueAt) && !next.DueAt.After(now):
		return Refuse(Invalid, "error.due.past", "this deadline has passed: choose a later time").In("due")
	case utf8.RuneCountInString(next.Line) > MaxHandLine:
		return Refuse(Invalid, "error.hand.line", "the line has at most 500 characters").In("line")
	case !readable(next.Line):
		return Refuse(Invalid, "error.encoding", "the line is not UTF-8 text").In("line")
	}
	a.Desk, a.Assignee, a.Stage = next.Desk, next.Person, next.Stage
	return nil
}

// Handing is what the record keeps of a story that was handed on: names of
// desks as they were, so that it reads the same when a desk is gone.
type Handing struct {
	Desk   string   `json:"desk,omitempty"`
	Stage  string   `json:"stage,omitempty"`
	Person PersonID `json:"person,omitempty"`
	Due    string   `json:"due,omitempty"` // RFC 3339
	Line   string   `json:"line,omitempty"`
	// FromDesk and FromPerson are with whom it lay before: they may not open it
	// any more, and have to hear that it left.
	FromDesk   DeskID   `json:"from_desk,omitempty"`
	FromPerson PersonID `json:"from_person,omitempty"`
}

// HandingOf says in the record how an article went from one placement to the next.
func HandingOf(was, next Placement, d Desk) Handing {
	h := Handing{Desk: d.Name, Stage: next.Stage, Person: next.Person, Line: next.Line, FromDesk: was.Desk, FromPerson: was.Person}
	if !next.DueAt.IsZero() {
		h.Due = next.DueAt.UTC().Format(time.RFC3339)
	}
	return h
}

// Note is the handing as an event carries it.
func (h Handing) Note() string {
	text, _ := json.Marshal(h) // strings and numbers always can
	return string(text)
}

// ParseHanding reads the note of an event of kind EventHanded.
func ParseHanding(note string) (h Handing) {
	if json.NewDecoder(strings.NewReader(note)).Decode(&h) != nil {
		return Handing{Line: note}
	}
	return h
}
