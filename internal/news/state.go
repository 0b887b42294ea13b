package news

import (
	"strings"
	"time"
)

// State is where an article is on its way.
type State string

// draft → in review → scheduled → published → killed, and spiked from any
// state before published.
const (
	Draft     State = "draft"
	InReview  State = "in_review"
	Scheduled State = "scheduled"
	Published State = "published"
	Killed    State = "killed"
	Spiked    State = "spiked"
)

// States lists the states in the order of an article's life.
func States() []State { return []State{Draft, InReview, Scheduled, Published, Killed, Spiked} }

// Before reports whether the article has not yet been published.
func (s State) Before() bool { return s == Draft || s == InReview || s == Scheduled }

func wrongState(a *Article, what string) error {
	return Refuse(Conflict, "error.state", "an article that is %s cannot be %s", strings.ReplaceAll(string(a.State), "_", " "), what)
}

// CanRead reports whether a person may open the article at the desk. What was
// taken down for legal reasons is opened by chiefs and owners only.
func (a *Article) CanRead(p Person) bool { return a.Allows(p, MayRead) == nil }

// CanEdit says whether the person may add a revision: reporters their own
// drafts; editors anything of their sections that is not closed.
func (a *Article) CanEdit(p Person) error {
	right := MayEditDraft
	switch a.State {
	case InReview, Scheduled:
		right = MayEditSubmitted
	case Published:
		right = MayEditLive
	}
	switch refused := a.Allows(p, right); {
	case !a.CanRead(p):
		return a.Allows(p, MayRead)
	case a.State == Killed || a.State == Spiked:
		return wrongState(a, "edited")
	case refused != nil:
		return Refuse(Forbidden, "error.edit.submitted", "once submitted, an article is edited by its editors")
	}
	return nil
}

// Submit hands a draft to the editors.
func (a *Article) Submit(p Person) error {
	switch refused := a.Allows(p, MaySubmit); {
	case refused != nil:
		return refused
	case a.State == InReview:
		return nil
	case a.State != Draft:
		return wrongState(a, "submitted")
	}
	a.State, a.SubmittedBy = InReview, p.ID
	return nil
}

// Return gives a submitted article back to its author.
func (a *Article) Return(p Person) error {
	switch refused := a.Allows(p, MayReturn); {
	case refused != nil:
		return refused
	case a.State == Draft:
		return nil
	case a.State != InReview && a.State != Scheduled:
		return wrongState(a, "returned")
	}
	a.State, a.ScheduledFor, a.Approval, a.Bypass = Draft, time.Time{}, Approval{}, Bypass{}
	return nil
}

// Approve is a second person's yes to the head revision. Nobody approves an
// article they wrote, submitted or signed.
func (a *Article) Approve(p Person, head Revision, fourEyes bool, at time.Time) error {
	switch refused := a.Allows(p, MayApprove); {
	case refused != nil:
		return refused
	case a.State != InReview && a.State != Scheduled:
		return wrongState(a, "approved")
	case a.Approval.By != 0 && a.Approval.By != p.ID && a.Approval.Revision == a.Head:
		return Refuse(Conflict, "error.approve.already", "a colleague has approved this revision already")
	case fourEyes && a.ownWork(p, head):
		return Refuse(Forbidden, "error.approve.own", "nobody approves their own article: ask a colleague, or publish with a reason")
	}
	if err := head.Settled(); err != nil {
		return err
	}
	a.Approval = Approval{By: p.ID, At: at, Revision: a.Head}
	return nil
}

func (a *Article) ownWork(p Person, head Revision) bool {
	if a.Creator == p.ID || a.SubmittedBy == p.ID || head.By == p.ID {
		return true
	}
	for _, b := range head.Bylines {
		if b.Person != 0 && b.Person == p.ID {
			return true
		}
	}
	return false
}

// Approved reports whether the head revision has its second pair of eyes, or
// a recorded way round.
func (a *Article) Approved() bool {
	return a.Approval.By != 0 && a.Approval.Revision == a.Head || a.Bypass.By != 0
}

// BypassReview records the breaking-news way round, with its reason.
func (a *Article) BypassReview(p Person, reason string, at time.Time) error {
	switch refused := a.Allows(p, MayPublish); {
	case refused != nil:
		return refused
	case strings.TrimSpace(reason) == "":
		return Refuse(Invalid, "error.bypass.reason", "publishing without a colleague's approval needs a reason").In("reason")
	}
	a.Bypass = Bypass{By: p.ID, At: at, Reason: strings.TrimSpace(reason)}
	return nil
}

// Schedule sets the time at which an approved article goes out by itself. A
// time before the embargo is refused, and a head revision with unsettled
// suggestions.
func (a *Article) Schedule(p Person, head Revision, when, now time.Time) error {
	switch refused := a.Allows(p, MaySchedule); {
	case refused != nil:
		return refused
	case a.State != InReview && a.State != Scheduled && a.State != Draft:
		return wrongState(a, "scheduled")
	case !a.Approved():
		return notApproved()
	case !when.After(now):
		return Refuse(Invalid, "error.schedule.past", "the time to publish has passed").In("when")
	case when.Before(a.EmbargoUntil):
		return Refuse(Invalid, "error.schedule.embargo", "the embargo ends after that time").In("when")
	}
	if err := head.Settled(); err != nil {
		return err
	}
	a.State, a.ScheduledFor = Scheduled, when
	return nil
}

// Unschedule takes a scheduled article back into review.
func (a *Article) Unschedule(p Person) error {
	switch refused := a.Allows(p, MaySchedule); {
	case refused != nil:
		return refused
	case a.State == InReview:
		return nil
	case a.State != Scheduled:
		return wrongState(a, "taken off the schedule")
	}
	a.State, a.ScheduledFor = InReview, time.Time{}
	return nil
}

func notApproved() error {
	return Refuse(Conflict, "error.notapproved", "a colleague has to approve this revision first")
}

// Publish makes the head revision live. now must be a time that no clock of
// the program runs ahead of: an embargo is never early.
func (a *Article) Publish(p Person, head Revision, now time.Time) error {
	switch refused := a.Allows(p, MayPublish); {
	case refused != nil:
		return refused
	case !a.State.Before():
		return wrongState(a, "published")
	case !a.Approved():
		return notApproved()
	case now.Before(a.EmbargoUntil):
		return Refuse(Conflict, "error.embargo", "this article is under embargo")
	}
	if err := head.Settled(); err != nil {
		return err
	}
	a.goLive(now)
	return nil
}

// Due reports whether a scheduled article goes out at now.
func (a *Article) Due(now time.Time) bool {
	return a.State == Scheduled && !a.ScheduledFor.IsZero() && !now.Before(a.ScheduledFor) && !now.Before(a.EmbargoUntil) && a.Approved()
}

// PublishDue publishes a scheduled article without a person.
func (a *Article) PublishDue(head Revision, now time.Time) error {
	if !a.Due(now) {
		return wrongState(a, "published by the schedule")
	}
	if err := head.Settled(); err != nil {
		return err
	}
	a.goLive(now)
	return nil
}

func (a *Article) goLive(now time.Time) {
	a.State, a.Live, a.ScheduledFor = Published, a.Head, time.Time{}
	if a.PublishedAt.IsZero() {
		a.PublishedAt = now
	}
	a.UpdatedAt = now
}

// Correct switches a published article to its head revision.
func (a *Article) Correct(p Person, head Revision, now time.Time) error {
	switch refused := a.Allows(p, MayCorrect); {
	case refused != nil:
		return refused
	case a.State != Published:
		return wrongState(a, "corrected")
	case a.Live == a.Head:
		return Refuse(Invalid, "error.correct.nothing", "nothing was changed since the article went live")
	}
	if err := head.Settled(); err != nil {
		return err
	}
	a.Live, a.UpdatedAt = a.Head, now
	return nil
}

// Withdraw kills a published article: the address stays and says why.
func (a *Article) Withdraw(p Person, note string, now time.Time) error {
	switch refused := a.Allows(p, MayKill); {
	case refused != nil:
		return refused
	case a.State != Published:
		return wrongState(a, "killed")
	case strings.TrimSpace(note) == "":
		return Refuse(Invalid, "error.kill.note", "say in a sentence for readers why the article was withdrawn").In("note")
	case len(note) > 4000:
		return Refuse(Invalid, "error.kill.long", "a note has at most 4000 bytes").In("note")
	}
	a.State, a.Kill = Killed, Kill{By: p.ID, At: now, Note: strings.TrimSpace(note)}
	return nil
}

// Spike drops an article that was never published.
func (a *Article) Spike(p Person) error {
	right := MaySpikeDraft
	if a.State != Draft && a.State != Spiked {
		right = MaySpikeSubmitted
	}
	switch refused := a.Allows(p, right); {
	case refused != nil:
		return refused
	case a.State == Spiked:
		return nil
	case !a.State.Before():
		return wrongState(a, "spiked")
	}
	a.State, a.ScheduledFor, a.Approval, a.Bypass = Spiked, time.Time{}, Approval{}, Bypass{}
	return nil
}

// Revive takes a spiked article back as a draft: the undo of Spike.
func (a *Article) Revive(p Person) error {
	switch refused := a.Allows(p, MayRevive); {
	case refused != nil:
		return refused
	case a.State != Spiked:
		return wrongState(a, "revived")
	}
	a.State = Draft
	return nil
}

// Public reports whether readers may see the article.
func (a *Article) Public() bool { return a.State == Published && a.Live > 0 }

// CommentsOpen reports whether readers may comment at now.
func (a *Article) CommentsOpen(e Edition, now time.Time) bool {
	if !a.Public() || a.CommentRule == CommentsClosed || a.CommentRule == CommentsAsEdition && !e.Comments {
		return false
	}
	return e.CloseAfter == 0 || now.Before(a.PublishedAt.AddDate(0, 0, e.CloseAfter))
}
