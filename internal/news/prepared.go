package news

import (
	"strings"
	"time"
)

// Prepared is a change that waits beside the live text: what it is to be
// called, who has read it, and when it is to be switched. It is for one
// revision; a later one makes it stale.
type Prepared struct {
	Article      ID
	Revision     int
	Kind         ChangeKind
	Note         string
	Acknowledged bool // called minor by somebody who was shown the facts it changes
	SubmittedBy  PersonID
	SubmittedAt  time.Time
	Approval     Approval
	Bypass       Bypass
	Due          time.Time // switched then by itself; zero = by hand
}

// Seen reports whether the prepared revision has its second pair of eyes, or a
// recorded way round.
func (c Prepared) Seen() bool {
	return c.Approval.By != 0 && c.Approval.Revision == c.Revision || c.Bypass.By != 0
}

// By is whose name the change is under: who switched it, or, where it went by
// itself, who handed it in.
func (c Prepared) By(who PersonID) PersonID {
	if who == 0 {
		return c.SubmittedBy
	}
	return who
}

// Declares checks what a change is called against the facts it touches: a
// declared one has its note, a minor one that touches facts is called so by
// somebody who has seen them.
func (c Prepared) Declares(material []MaterialChange) error {
	if err := (Correction{Kind: c.Kind, Note: c.Note}).Validate(); err != nil {
		return err
	}
	if c.Kind == ChangeMinor && len(material) > 0 && !c.Acknowledged {
		return Refuse(Invalid, "error.correct.material", "this changes facts that readers rely on: tick that you have seen them, or declare the change").In("acknowledged")
	}
	return nil
}

// changes checks what holds for every act on a prepared change.
func (a *Article) changes(p Person, head Revision) error {
	switch refused := a.Allows(p, MayCorrect); {
	case refused != nil:
		return refused
	case a.State != Published:
		return wrongState(a, "corrected")
	case a.Live == a.Head:
		return Refuse(Invalid, "error.correct.nothing", "nothing was changed since the article went live")
	}
	return head.Settled()
}

// SubmitChange hands a prepared change to a colleague.
func (a *Article) SubmitChange(c *Prepared, p Person, head Revision, at time.Time) error {
	if err := a.changes(p, head); err != nil {
		return err
	}
	c.Revision, c.SubmittedBy, c.SubmittedAt = head.Number, p.ID, at
	return nil
}

// ApproveChange is a second person's yes to a prepared change. writers are
// those who wrote on it since the article went live.
func (a *Article) ApproveChange(c *Prepared, p Person, head Revision, writers []PersonID, fourEyes bool, at time.Time) error {
	if err := a.changes(p, head); err != nil {
		return err
	}
	if fourEyes && wrote(p, writers) {
		return Refuse(Forbidden, "error.change.own", "nobody approves their own change: ask a colleague, or switch it with a reason")
	}
	c.Revision, c.Approval = head.Number, Approval{By: p.ID, At: at, Revision: head.Number}
	return nil
}

// ClearChange gives a change its second pair of eyes where the person who acts
// is one, or records the way round. A change that has neither is refused.
func (a *Article) ClearChange(c *Prepared, p Person, writers []PersonID, fourEyes bool, reason string, at time.Time) error {
	reason = strings.TrimSpace(reason)
	switch refused := a.Allows(p, MayCorrect); {
	case refused != nil:
		return refused
	case c.Seen():
	case !fourEyes, !wrote(p, writers):
		c.Approval = Approval{By: p.ID, At: at, Revision: c.Revision}
	case reason != "":
		c.Bypass = Bypass{By: p.ID, At: at, Reason: reason}
	default:
		return Refuse(Conflict, "error.change.unread", "a colleague has to read this change first, or give a reason to go without").In("reason")
	}
	return nil
}

func wrote(p Person, writers []PersonID) bool {
	for _, w := range writers {
		if w == p.ID {
			return true
		}
	}
	return false
}

// ScheduleChange sets the time at which a change is switched by itself.
func (a *Article) ScheduleChange(c *Prepared, p Person, head Revision, when, now time.Time) error {
	if err := a.changes(p, head); err != nil {
		return err
	}
	switch {
	case !c.Seen():
		return Refuse(Conflict, "error.change.unread", "a colleague has to read this change first, or give a reason to go without").In("reason")
	case !when.After(now):
		return Refuse(Invalid, "error.change.past", "the time to switch has passed").In("when")
	}
	c.Due = when
	return nil
}

// ChangeDue reports whether a prepared change is switched at now.
func (a *Article) ChangeDue(c Prepared, now time.Time) bool {
	return a.State == Published && a.Live != a.Head && c.Revision == a.Head && c.Seen() && !c.Due.IsZero() && !now.Before(c.Due)
}

// SwitchDue switches a change whose time has come, without a person.
func (a *Article) SwitchDue(c Prepared, head Revision, now time.Time) error {
	if !a.ChangeDue(c, now) {
		return wrongState(a, "corrected by the schedule")
	}
	if err := head.Settled(); err != nil {
		return err
	}
	a.Live, a.UpdatedAt = a.Head, now
	return nil
}
