package news

import (
	"math/rand/v2"
	"testing"
	"time"

	"broadsheet/internal/doc"
)

// TestRandomWalk has people of all roles do anything to an article, 1,000,000
// times: it never becomes public without a second pair of eyes on exactly that
// revision or a recorded way round, never before its embargo, and never comes
// back from where there is no way back. Of two who do the same in the same
// second one is told yes. What somebody may do is what the table of rights says.
func TestRandomWalk(t *testing.T) {
	const walks, length = 10_000, 100
	r := rand.New(rand.NewPCG(14, 3))
	people := []Person{author, editor, elsewhen, chief, {ID: 5, Role: Contributor}, {ID: 6, Role: Owner}, {ID: 7, Role: Editor}, {ID: 8, Role: Chief, Disabled: true},
		{ID: 9, Role: Reporter, Desks: []DeskID{1}}, {ID: 10, Role: Editor, Desks: []DeskID{1}, ByDesk: []SectionID{9}}}
	reached := map[State]int{}
	for range walks {
		w := &walker{clock: now, rand: r, people: people}
		w.a = Article{ID: 1, Section: town, State: Draft, Head: 1, Creator: people[r.IntN(3)].ID}
		w.head = Revision{Number: 1, By: w.a.Creator}
		for range length {
			before := w.a
			p := people[r.IntN(len(people))]
			name, err := w.step(p)
			if fault := w.fault(name, before, p, err); fault != "" {
				t.Fatalf("%s by %+v: %s\nbefore: %+v\nafter:  %+v", name, p, fault, before, w.a)
			}
		}
		reached[w.a.State]++
	}
	for _, s := range States() {
		if reached[s] == 0 && s != Scheduled && s != InReview && s != Draft {
			t.Errorf("no walk ends %s: %v", s, reached)
		}
	}
	t.Logf("%d steps: %v", walks*length, reached)
}

// suggested is a text with a suggestion that nobody has settled.
var suggested = doc.Body{Blocks: []doc.Block{{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: "It opens in "},
	{Text: "May", Marks: doc.Marks{Deleted: doc.Change{ID: "k3v9x2mq", By: 1, At: 1773500000}}},
	{Text: "June", Marks: doc.Marks{Inserted: doc.Change{ID: "k3v9x2mq", By: 1, At: 1773500000}}}, {Text: "."}}}}}

// walker is an article with what a room keeps beside it.
type walker struct {
	a     Article
	head  Revision
	clock time.Time
	rand  *rand.Rand

	people []Person
	both   bool // two people were told yes
}

// step does one thing, as a room does it.
func (w *walker) step(p Person) (string, error) {
	a := w.a // refused acts change nothing that is kept
	name, err := "", error(nil)
	switch w.rand.IntN(18) {
	case 16:
		name = "hand on"
		err = a.Hand(p, Placement{}, Placement{Desk: DeskID(w.rand.IntN(2)), Person: PersonID(w.rand.IntN(11))}, Desk{ID: 1}, Person{ID: 1, Role: Reporter}, w.clock)
	case 17:
		return w.twice(p)
	case 0:
		name, err = "submit", a.Submit(p)
	case 1:
		name, err = "return", a.Return(p)
	case 2, 3:
		name, err = "approve", a.Approve(p, w.head, true, w.clock)
	case 4:
		name, err = "bypass and publish", a.BypassReview(p, []string{"", "fire"}[w.rand.IntN(2)], w.clock)
		if err == nil {
			err = a.Publish(p, w.head, w.clock)
		}
	case 5:
		name, err = "schedule", a.Schedule(p, w.head, w.clock.Add(time.Duration(w.rand.IntN(5)-1)*time.Minute), w.clock)
	case 6:
		name, err = "unschedule", a.Unschedule(p)
	case 7:
		name, err = "publish", a.Publish(p, w.head, w.clock)
	case 8:
		name, err = "due", a.PublishDue(w.head, w.clock)
	case 9:
		name, err = "correct", a.Correct(p, w.head, w.clock)
	case 10:
		if name = "kill"; w.rand.IntN(4) == 0 {
			err = a.Withdraw(p, "wrong", w.clock)
		}
	case 11:
		if name = "spike"; w.rand.IntN(4) == 0 {
			err = a.Spike(p)
		}
	case 12:
		name, err = "revive", a.Revive(p)
	case 13:
		name, err = "edit", a.CanEdit(p)
		if err == nil {
			a.Head++
			w.head = Revision{Number: a.Head, By: p.ID}
			if w.rand.IntN(3) == 0 {
				w.head.Body = suggested
			}
			if a.State == Scheduled { // as the desk does it
				a.State, a.ScheduledFor, a.Bypass = InReview, time.Time{}, Bypass{}
			}
		}
	case 14:
		if name = "embargo"; a.State == Draft || a.State == InReview {
			a.EmbargoUntil = w.clock.Add(time.Duration(w.rand.IntN(4)) * time.Minute)
		}
	default:
		name = "wait"
		w.clock = w.clock.Add(time.Duration(w.rand.IntN(90)) * time.Second)
	}
	if err == nil {
		w.a = a
	}
	return name, err
}

// twice has two people do the same in the same second. The store lets one of
// them go first.
func (w *walker) twice(p Person) (string, error) {
	other := w.people[w.rand.IntN(len(w.people))]
	act := w.rand.IntN(4)
	do := func(a *Article, p Person) error {
		switch act {
		case 0:
			return a.Approve(p, w.head, true, w.clock)
		case 1:
			return a.Publish(p, w.head, w.clock)
		case 2:
			return a.Correct(p, w.head, w.clock)
		}
		return a.Spike(p)
	}
	a := w.a
	first := do(&a, p)
	changed := first == nil && a != w.a
	if changed {
		w.a = a
	}
	before := w.a
	if second := do(&a, other); changed && second == nil && other.ID != p.ID && (act < 3 || a != before) {
		w.both = true
	}
	return "two at once", first
}

// fault names what must never be true.
func (w *walker) fault(name string, before Article, p Person, err error) string {
	a := w.a
	switch wentOut := !before.Public() && a.Public(); {
	case w.both:
		return "two people were told yes"
	case p.Disabled && name != "due" && name != "embargo" && a != before:
		return "a closed account acted"
	case wentOut && name != "due" && !p.Covers(a.Section):
		return "published by somebody who does not cover its section"
	case wentOut && !a.Approved():
		return "published without an approval of this revision or a recorded way round"
	case wentOut && a.Approval.Revision == a.Head && a.Bypass.By == 0 && (a.Approval.By == a.Creator || a.Approval.By == a.SubmittedBy || a.Approval.By == w.head.By):
		return "approved by its author"
	case (wentOut || a.Live != before.Live) && len(w.head.Body.Unsettled()) > 0:
		return "readers see a revision with unsettled suggestions"
	case (a.Approval != before.Approval && a.Approval.By != 0 || a.State == Scheduled && !a.ScheduledFor.Equal(before.ScheduledFor)) && len(w.head.Body.Unsettled()) > 0:
		return "approved or scheduled with unsettled suggestions"
	case wentOut && w.clock.Before(a.EmbargoUntil):
		return "published before its embargo ended"
	case wentOut && a.Live != a.Head:
		return "another revision went live than the head"
	case before.State == Killed && a != before:
		return "a killed article changed"
	case before.State == Published && a.State != Published && a.State != Killed:
		return "a published article was taken back to " + string(a.State)
	case a.Bypass.By != 0 && a.Bypass.Reason == "":
		return "a way round without a reason"
	case a.State.Before() && a.Live != 0 || a.Live > a.Head:
		return "a live revision that cannot be"
	case a.State == Scheduled && (a.ScheduledFor.IsZero() || a.ScheduledFor.Before(a.EmbargoUntil) || !a.Approved()):
		return "scheduled for no time, before its embargo, or unread"
	case !before.PublishedAt.IsZero() && !a.PublishedAt.Equal(before.PublishedAt):
		return "the time of publication changed"
	}
	return ""
}
