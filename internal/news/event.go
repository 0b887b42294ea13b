package news

import "time"

// EventKind names what happened.
type EventKind string

// The events. They are written in the same transaction as the change and
// handed to each room in order, at least once.
const (
	EventCreated     EventKind = "article.created"
	EventEdited      EventKind = "article.edited"
	EventRestored    EventKind = "article.restored" // an older revision became the newest again; Note: its number
	EventSubmitted   EventKind = "article.submitted"
	EventReturned    EventKind = "article.returned"
	EventApproved    EventKind = "article.approved"
	EventScheduled   EventKind = "article.scheduled"
	EventUnscheduled EventKind = "article.unscheduled"
	EventPublished   EventKind = "article.published"
	EventCorrected   EventKind = "article.corrected"
	EventKilled      EventKind = "article.killed"
	EventSpiked      EventKind = "article.spiked"

	EventChangeSubmitted   EventKind = "change.submitted" // a change of a live text, prepared beside it; Note: its kind and note
	EventChangeApproved    EventKind = "change.approved"
	EventChangeReturned    EventKind = "change.returned"  // Note: what is missing
	EventChangeScheduled   EventKind = "change.scheduled" // Note: the time, RFC 3339
	EventChangeUnscheduled EventKind = "change.unscheduled"
	EventLabelled          EventKind = "article.labelled"   // Note: the label and its end, RFC 3339; no end = it was taken away
	EventTakenDown         EventKind = "article.taken-down" // Note: what the address says, the reference and the reason
	EventUnindexed         EventKind = "article.unindexed"  // out of the search, by the panel
	EventIndexed           EventKind = "article.indexed"
	EventAnonymised        EventKind = "article.anonymised" // prepared; Note: what stands in the name's place, never the name
	EventRequested         EventKind = "request.posted"
	EventVoiced            EventKind = "request.voiced"   // one of the panel; Note: the outcome, and why
	EventSettled           EventKind = "request.decided"  // Note: the outcome
	EventAnswered          EventKind = "request.answered" // Note: the request's number

	EventProtected EventKind = "article.protected" // a byline of it stands for somebody who is not named
	EventTold      EventKind = "article.told"      // and to whom that is open was changed; the record names nobody
	EventRevived   EventKind = "article.revived"
	EventAccepted  EventKind = "suggestion.accepted" // Note: whose, how many, and their words
	EventRefused   EventKind = "suggestion.refused"  // likewise
	EventSettings  EventKind = "article.settings"
	EventShown     EventKind = "article.shown"    // a preview link was made; Note: until when, RFC 3339
	EventUnshown   EventKind = "article.unshown"  // and ended before its time
	EventHanded    EventKind = "article.handed"   // to a desk or a person; Note: see Handing
	EventHeld      EventKind = "article.held"     // somebody opened the editor
	EventAsked     EventKind = "article.asked"    // somebody asks to take it over, or is told to wait
	EventReleased  EventKind = "article.released" // the editor was left
	EventTaken     EventKind = "article.taken"    // passed on; the actor has it now
	EventPassed    EventKind = "article.passed"   // to somebody else, because its writer leaves; Note: two names, one a line
	EventNoted     EventKind = "note.written"
	EventReplied   EventKind = "note.replied"
	EventResolved  EventKind = "note.resolved"
	EventReopened  EventKind = "note.reopened"
	EventWithdrawn EventKind = "note.withdrawn" // its note is the text
	EventCommented EventKind = "comment.posted"
	EventDecided   EventKind = "comment.decided"
	EventEdition   EventKind = "edition.changed"
	EventPerson    EventKind = "person.changed"
	EventDesk      EventKind = "desk.changed"  // Note: what was done, and the desk's name
	EventStyle     EventKind = "style.changed" // of the paper's own rules; Note: what was done, and the rule's name

	EventPlanAdded    EventKind = "plan.added" // of a planned story; Note of each: see Planning
	EventPlanChanged  EventKind = "plan.changed"
	EventPlanMoved    EventKind = "plan.moved"
	EventPlanDropped  EventKind = "plan.dropped"
	EventPlanRestored EventKind = "plan.restored"
	EventPlanBegun    EventKind = "plan.begun"
	EventPlanTied     EventKind = "plan.tied" // without an article: it was untied
)

// Event is one row of the paper's record.
type Event struct {
	Seq     int64
	Kind    EventKind
	At      time.Time
	Actor   PersonID // 0 = the program itself, or a reader
	Edition EditionID
	Article ID
	Comment CommentID
	Note    string // a reason, a bypass, what a correction said
	Touched Touched
}

// Touched says which public lists an event changes: those of before and those
// of after the change. The press turns it into stale pages.
type Touched struct {
	Public   bool        `json:"public,omitempty"` // readers can see a difference
	Sections []SectionID `json:"sections,omitempty"`
	Topics   []TopicID   `json:"topics,omitempty"`
	Bylines  []string    `json:"bylines,omitempty"` // slugs
	Story    StoryID     `json:"story,omitempty"`
	Articles []ID        `json:"articles,omitempty"`
	At       []time.Time `json:"at,omitempty"` // publication times, for the archive's days
}

// Placing is where a live article stands in public lists.
type Placing struct {
	Section     SectionID
	Topics      []TopicID
	Bylines     []string
	Story       StoryID
	PublishedAt time.Time
}

// Touch joins the places of before and after a change.
func Touch(placings ...Placing) Touched {
	t := Touched{Public: true}
	for _, p := range placings {
		if p.Section != 0 {
			t.Sections = append(t.Sections, p.Section)
		}
		t.Topics = append(t.Topics, p.Topics...)
		t.Bylines = append(t.Bylines, p.Bylines...)
		if p.Story != 0 {
			t.Story = p.Story
		}
		if !p.PublishedAt.IsZero() {
			t.At = append(t.At, p.PublishedAt)
		}
	}
	return t
}
