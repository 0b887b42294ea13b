package news

import (
	"encoding/json"
	"strings"
)

// Planning is what the record keeps of an act on a planned story: its words as
// they were, so that the sentence reads the same later.
type Planning struct {
	Assignment AssignmentID `json:"plan"`
	Slugline   string       `json:"slugline,omitempty"`
	Day        Day          `json:"day,omitempty"`
	From       Day          `json:"from,omitempty"` // the day it was moved from
	Person     PersonID     `json:"person,omitempty"`
	Due        string       `json:"due,omitempty"` // RFC 3339
}

// PlanningOf is what the record keeps of a planned story.
func PlanningOf(s Assignment, from Day) Planning {
	p := Planning{Assignment: s.ID, Slugline: s.Slugline, Day: s.Day, Person: s.Person}
	if from != s.Day {
		p.From = from
	}
	if !s.DueAt.IsZero() {
		p.Due = s.DueAt.UTC().Format("2006-01-02T15:04:05Z07:00")
	}
	return p
}

// Note is the planning as an event carries it.
func (p Planning) Note() string {
	text, _ := json.Marshal(p) // strings and numbers always can
	return string(text)
}

// ParsePlanning reads the note of an event on the plan.
func ParsePlanning(note string) (p Planning) {
	if json.NewDecoder(strings.NewReader(note)).Decode(&p) != nil {
		return Planning{Slugline: note}
	}
	return p
}

// OfPlan reports whether the event is of the story plan.
func (k EventKind) OfPlan() bool { return strings.HasPrefix(string(k), "plan.") }
