package news

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// AssignmentID numbers a planned story. 0 is none.
type AssignmentID int64

// Limits of the story plan.
const (
	MaxPlanned = 300 // stories of one day of an edition
	MaxBrief   = 300 // characters of the line that says what it is
)

// Pictures is whether a planned story has pictures.
type Pictures string

// Pictures of a planned story.
const (
	PicturesNone   Pictures = ""
	PicturesWanted Pictures = "wanted"
	PicturesThere  Pictures = "there"
)

// AllPictures lists the choices in the order of the form.
func AllPictures() []Pictures { return []Pictures{PicturesNone, PicturesWanted, PicturesThere} }

// Assignment is one story of the plan: what, who, until when, with pictures or
// not. It is planned for one day of its edition, and tied to its article once
// somebody has begun that.
type Assignment struct {
	ID       AssignmentID
	Edition  EditionID
	Day      Day
	Position int // its place in the day's order, from 1
	Slugline string
	Brief    string // what it is, in a line
	Section  SectionID
	Desk     DeskID
	Person   PersonID
	DueAt    time.Time // zero = none
	Pictures Pictures
	Article  ID        // 0 = nobody has begun it
	Dropped  time.Time // zero = it stands

	By        PersonID // who planned it
	At        time.Time
	ChangedBy PersonID
	ChangedAt time.Time
}

// PlanState is how far a planned story has come.
type PlanState string

// planned → writing → in review → scheduled → out; dropped from any before
// out, withdrawn after it.
const (
	PlanPlanned   PlanState = "planned"
	PlanWriting   PlanState = "writing"
	PlanInReview  PlanState = "in-review"
	PlanScheduled PlanState = "scheduled"
	PlanOut       PlanState = "out"
	PlanWithdrawn PlanState = "withdrawn"
	PlanDropped   PlanState = "dropped"
)

// planStates are what the states of an article are on the plan.
var planStates = map[State]PlanState{Draft: PlanWriting, InReview: PlanInReview, Scheduled: PlanScheduled, Published: PlanOut, Killed: PlanWithdrawn, Spiked: PlanDropped}

// State is how far the story has come; a is its article, the zero Article
// while nobody has begun it.
func (s Assignment) State(a Article) PlanState {
	switch {
	case !s.Dropped.IsZero():
		return PlanDropped
	case s.Article == 0 || a.ID != s.Article:
		return PlanPlanned
	}
	return planStates[a.State]
}

// Open reports whether somebody still has something to do for the story.
func (p PlanState) Open() bool {
	return p == PlanPlanned || p == PlanWriting || p == PlanInReview || p == PlanScheduled
}

// Late reports whether the story's deadline passed while it is still on its way.
func (s Assignment) Late(state PlanState, now time.Time) bool {
	return (state == PlanPlanned || state == PlanWriting) && !s.DueAt.IsZero() && s.DueAt.Before(now)
}

// Allows refuses a person who has not a right over the planned story.
func (s Assignment) Allows(p Person, r Right) error {
	g := r.Grant()
	switch {
	case p.mayAt(g.House):
	case p.ID != 0 && s.By == p.ID && p.mayAt(g.Own):
	case s.GivenTo(p) && p.mayAt(g.Handed):
	case p.Covers(s.Section) && p.mayAt(g.Section):
	default:
		return Refuse(Forbidden, "error.plan.forbidden", "you may not do this with this planned story: %s", r)
	}
	return nil
}

// GivenTo reports whether the story was given to the person, or to a desk that
// they are a member of.
func (s Assignment) GivenTo(p Person) bool {
	return p.ID != 0 && (s.Person == p.ID || p.OnDesk(s.Desk))
}

// Plan checks a planned story before it is kept in place of was, the zero
// Assignment for a new one. d is the desk it names and to the person, both zero
// if none; today is the edition's.
func (s Assignment) Plan(p Person, was Assignment, d Desk, to Person, today Day, now time.Time) error {
	owner := was
	if was.ID == 0 {
		owner = s
		owner.By = p.ID
	}
	if err := owner.Allows(p, MayPlan); err != nil {
		return err
	}
	switch n := utf8.RuneCountInString(s.Slugline); {
	case n == 0 || n > 120 || strings.Contains(s.Slugline, "\n"):
		return Refuse(Invalid, "error.plan.slugline", "a planned story has a slugline of 1 to 120 characters").In("slugline")
	case utf8.RuneCountInString(s.Brief) > MaxBrief || strings.Contains(s.Brief, "\n"):
		return Refuse(Invalid, "error.plan.brief", "the brief is one line of at most 300 characters").In("brief")
	case !readable(s.Slugline + s.Brief):
		return Refuse(Invalid, "error.encoding", "the words are not UTF-8 text").In("slugline")
	case !s.Day.Valid():
		return Refuse(Invalid, "error.plan.day", "%q is not a day", string(s.Day)).In("day")
	case s.Day != was.Day && s.Day < today:
		return Refuse(Invalid, "error.plan.past", "that day is over: plan for today or a later day").In("day")
	case !slices.Contains(AllPictures(), s.Pictures):
		return Refuse(Invalid, "error.plan.pictures", "pictures are none, wanted or there").In("pictures")
	case s.Desk != 0 && !d.Takes(s.Edition):
		return Refuse(Invalid, "error.hand.edition", "this desk works for another edition").In("desk")
	case s.Person != 0 && !to.May(Contributor):
		return Refuse(Invalid, "error.hand.person", "this person is not on the staff any more").In("person")
	case !s.DueAt.IsZero() && !s.DueAt.Equal(was.DueAt) && !s.DueAt.After(now):
		return Refuse(Invalid, "error.due.past", "this deadline has passed: choose a later time").In("due")
	}
	return s.givenBy(p, was)
}

// givenBy keeps reporters from giving work to others: they plan for themselves
// and their desks.
func (s Assignment) givenBy(p Person, was Assignment) error {
	switch {
	case p.May(Editor):
	case s.Person != was.Person && s.Person != 0 && s.Person != p.ID:
		return Refuse(Forbidden, "error.plan.give", "an editor gives a story to somebody else").In("person")
	case s.Desk != was.Desk && s.Desk != 0 && !p.OnDesk(s.Desk):
		return Refuse(Forbidden, "error.plan.give", "an editor gives a story to another desk").In("desk")
	}
	return nil
}

// Same reports whether two planned stories say the same, whoever said it when.
func (s Assignment) Same(o Assignment) bool {
	s.By, s.At, s.ChangedBy, s.ChangedAt, s.Position = o.By, o.At, o.ChangedBy, o.ChangedAt, o.Position
	due := s.DueAt.Equal(o.DueAt) && s.Dropped.IsZero() == o.Dropped.IsZero()
	s.DueAt, s.Dropped = o.DueAt, o.Dropped
	return due && s == o
}

// ToDay moves the story to another day: its deadline goes along, at the same
// hour by the edition's clock.
func (s *Assignment) ToDay(day Day, zone *time.Location) {
	if days := s.Day.Until(day); days != 0 && !s.DueAt.IsZero() {
		s.DueAt = s.DueAt.In(zone).AddDate(0, 0, days).UTC()
	}
	s.Day = day
}

// Tie gives the story the article that it has become, and what the article
// knows and the plan did not.
func (s *Assignment) Tie(a Article, due time.Time) error {
	if a.Edition != s.Edition {
		return Refuse(Invalid, "error.plan.tie.edition", "this article is of another edition").In("article")
	}
	if a.State == Killed || a.State == Spiked {
		return Refuse(Conflict, "error.plan.tie.state", "this article was withdrawn or spiked").In("article")
	}
	s.Article = a.ID
	if s.Section == 0 {
		s.Section = a.Section
	}
	if s.Desk == 0 && s.Person == 0 {
		s.Desk, s.Person = a.Desk, a.Assignee
	}
	if s.DueAt.IsZero() {
		s.DueAt = due
	}
	return nil
}

// Arrange puts a story into a day's order: before one of its stories, after
// one, or at the end. It numbers them anew from 1.
func Arrange(day []Assignment, s Assignment, before, after AssignmentID) []Assignment {
	out := slices.DeleteFunc(slices.Clone(day), func(o Assignment) bool { return o.ID == s.ID && s.ID != 0 })
	at := len(out)
	for i, o := range out {
		if before != 0 && o.ID == before {
			at = i
			break
		}
		if after != 0 && o.ID == after {
			at = i + 1
			break
		}
	}
	out = slices.Insert(out, at, s)
	for i := range out {
		out[i].Position = i + 1
	}
	return out
}
