package news

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

var (
	now      = time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	town     = SectionID(2)
	author   = Person{ID: 1, Role: Reporter}
	editor   = Person{ID: 2, Role: Editor, Sections: []SectionID{town}}
	elsewhen = Person{ID: 3, Role: Editor, Sections: []SectionID{9}}
	chief    = Person{ID: 4, Role: Chief}
)

// at is an article of the author in a state that it can have.
func at(state State) Article {
	a := Article{ID: 7, Section: town, State: state, Head: 2, Creator: author.ID, SubmittedBy: author.ID}
	switch state {
	case Scheduled:
		a.Approval, a.ScheduledFor = Approval{By: editor.ID, At: now, Revision: 2}, now.Add(time.Hour)
	case Published, Killed:
		a.Approval, a.Live, a.PublishedAt = Approval{By: editor.ID, At: now, Revision: 1}, 1, now.Add(-time.Hour)
	}
	if state == Killed {
		a.Kill = Kill{By: editor.ID, At: now, Note: "not true"}
	}
	return a
}

// step is one act on an article by an editor of its section.
var steps = map[string]func(a *Article, p Person) error{
	"edit":       func(a *Article, p Person) error { return a.CanEdit(p) },
	"submit":     func(a *Article, p Person) error { return a.Submit(p) },
	"return":     func(a *Article, p Person) error { return a.Return(p) },
	"approve":    func(a *Article, p Person) error { return a.Approve(p, Revision{By: author.ID}, true, now) },
	"bypass":     func(a *Article, p Person) error { return a.BypassReview(p, "the bridge is down", now) },
	"schedule":   func(a *Article, p Person) error { return a.Schedule(p, Revision{}, now.Add(time.Hour), now) },
	"unschedule": func(a *Article, p Person) error { return a.Unschedule(p) },
	"publish":    func(a *Article, p Person) error { return a.Publish(p, Revision{}, now) },
	"correct":    func(a *Article, p Person) error { return a.Correct(p, Revision{}, now) },
	"kill":       func(a *Article, p Person) error { return a.Withdraw(p, "not true", now) },
	"spike":      func(a *Article, p Person) error { return a.Spike(p) },
	"revive":     func(a *Article, p Person) error { return a.Revive(p) },
}

// transitions say where an act by an editor of the section leads from each
// state: "." the article stays in its state, "x" the act is refused.
const transitions = `
            draft  in_review  scheduled  published  killed  spiked
edit        .      .          .          .          x       x
submit      in_review .       x          x          x       x
return      .      draft      draft      x          x       x
approve     x      .          .          x          x       x
schedule    x      x          .          x          x       x
unschedule  x      .          in_review  x          x       x
publish     x      x          published  x          x       x
correct     x      x          x          .          x       x
kill        x      x          x          killed     x       x
spike       spiked spiked     spiked     x          x       .
revive      x      x          x          x          x       draft
`

func TestTransitions(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(transitions), "\n")
	states := strings.Fields(lines[0])
	if len(states) != len(States()) {
		t.Fatalf("the table has %d states of %d", len(states), len(States()))
	}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		for i, want := range cells[1:] {
			from := State(states[i])
			a := at(from)
			err := steps[cells[0]](&a, editor)
			switch {
			case want == "x" && err == nil:
				t.Errorf("%s %s: allowed, now %s", cells[0], from, a.State)
			case want == "x" && (CodeOf(err) != Conflict || a != at(from)):
				t.Errorf("%s %s: %q, and the article changed: %v", cells[0], from, CodeOf(err), a != at(from))
			case want == "." && (err != nil || a.State != from):
				t.Errorf("%s %s: %v, now %s", cells[0], from, err, a.State)
			case want != "x" && want != "." && (err != nil || a.State != State(want)):
				t.Errorf("%s %s: %v, now %s, want %s", cells[0], from, err, a.State, want)
			}
		}
	}
}

// TestNobodyElse: who does not cover the section changes nothing, in any state.
func TestNobodyElse(t *testing.T) {
	others := map[string]Person{"another section's editor": elsewhen, "a contributor": {ID: 5, Role: Contributor}, "nobody": {}, "a reader": {ID: 6},
		"a chief who left": {ID: 4, Role: Chief, Disabled: true}, "an unknown role": {ID: 8, Role: "king"}}
	for who, p := range others {
		for name, step := range steps {
			for _, state := range States() {
				a := at(state)
				if err := step(&a, p); CodeOf(err) != Forbidden || a != at(state) {
					t.Errorf("%s: %s %s: %v", who, name, state, err)
				}
			}
			if a := at(Draft); a.CanRead(p) {
				t.Errorf("%s may read", who)
			}
		}
	}
}

// TestAuthors: an author without a section works on their own draft, and on
// nothing once it is with the editors.
func TestAuthors(t *testing.T) {
	for name, step := range steps {
		for _, state := range States() {
			a := at(state)
			err := step(&a, author)
			may := state == Draft && (name == "edit" || name == "submit" || name == "spike") || state == Spiked && (name == "revive" || name == "spike") ||
				state == InReview && name == "submit" // asked twice
			if (err == nil) != may {
				t.Errorf("%s %s by its author: %v", name, state, err)
			}
		}
	}
	if a := at(Published); !a.CanRead(author) {
		t.Error("an author may not open what they wrote")
	}
}

func TestApproval(t *testing.T) {
	head := Revision{By: author.ID, Content: Content{Bylines: []Byline{{Name: "Rana Reed"}}}}
	for what, c := range map[string]struct {
		change func(a *Article, v *Revision)
		own    bool
	}{
		"another's":         {func(*Article, *Revision) {}, false},
		"created":           {func(a *Article, _ *Revision) { a.Creator = editor.ID }, true},
		"submitted":         {func(a *Article, _ *Revision) { a.SubmittedBy = editor.ID }, true},
		"written last":      {func(_ *Article, v *Revision) { v.By = editor.ID }, true},
		"signed":            {func(_ *Article, v *Revision) { v.Bylines = append(v.Bylines, Byline{Name: "E", Person: editor.ID}) }, true},
		"signed by nobodys": {func(_ *Article, v *Revision) { v.Bylines = []Byline{{Name: "Agency"}} }, false},
	} {
		a, v := at(InReview), head
		c.change(&a, &v)
		if err := a.Approve(editor, v, true, now); (CodeOf(err) == Forbidden) != c.own {
			t.Errorf("%s: %v", what, err)
		}
		if a.Approved() == c.own {
			t.Errorf("%s: approved: %v", what, a.Approved())
		}
		if err := a.Approve(editor, v, false, now); err != nil || a.Approval != (Approval{By: editor.ID, At: now, Revision: 2}) {
			t.Errorf("%s, where the house allows it: %+v, %v", what, a.Approval, err)
		}
	}
	a := at(Scheduled)
	if a.Head++; a.Approved() {
		t.Error("an approval holds for a revision that nobody has read")
	}
	for _, state := range []State{InReview, Scheduled} {
		a = at(state)
		a.Approval.Revision, a.Bypass = 2, Bypass{By: editor.ID, Reason: "flood"}
		if err := a.Return(editor); err != nil || a.Approved() || !a.ScheduledFor.IsZero() {
			t.Errorf("returned from %s: %+v, %v", state, a, err)
		}
	}
}

func TestBypass(t *testing.T) {
	a := at(InReview)
	for _, reason := range []string{"", " \n"} {
		if err := a.BypassReview(editor, reason, now); CodeOf(err) != Invalid || a.Approved() {
			t.Errorf("reason %q: %v", reason, err)
		}
	}
	if err := a.BypassReview(editor, " the bridge is down ", now); err != nil || a.Bypass != (Bypass{editor.ID, now, "the bridge is down"}) || !a.Approved() {
		t.Errorf("%+v, %v", a.Bypass, err)
	}
	if err := a.Publish(editor, Revision{}, now); err != nil || a.State != Published || a.Live != 2 {
		t.Errorf("published with a reason: %+v, %v", a, err)
	}
}

func TestEmbargo(t *testing.T) {
	for _, c := range []struct {
		embargo time.Duration // after now
		out     bool
	}{{-time.Hour, true}, {0, true}, {time.Microsecond, false}, {24 * time.Hour, false}} {
		a := at(Scheduled)
		a.EmbargoUntil, a.ScheduledFor = now.Add(c.embargo), now
		due := a.Due(now)
		scheduled := a
		if err := scheduled.PublishDue(Revision{}, now); (err == nil) != c.out || due != c.out {
			t.Errorf("embargo %v, by the schedule: due %v, %v", c.embargo, due, err)
		}
		if err := a.Publish(chief, Revision{}, now); (err == nil) != c.out || CodeOf(err) == "" && !c.out {
			t.Errorf("embargo %v, by a chief: %v", c.embargo, err)
		}
	}
	a := at(Scheduled)
	a.EmbargoUntil = now.Add(2 * time.Hour)
	for when, code := range map[time.Time]Code{now: Invalid, now.Add(-time.Second): Invalid, now.Add(time.Hour): Invalid, now.Add(2 * time.Hour): ""} {
		if err := a.Schedule(editor, Revision{}, when, now); CodeOf(err) != code {
			t.Errorf("scheduled for %v: %v", when, err)
		}
	}
}

func TestDue(t *testing.T) {
	a := at(Scheduled)
	for when, want := range map[time.Duration]bool{59*time.Minute + 59*time.Second: false, time.Hour: true, 9 * time.Hour: true, -1000 * time.Hour: false} {
		if got := a.Due(now.Add(when)); got != want {
			t.Errorf("due after %v: %v", when, got)
		}
	}
	for _, change := range []func(a *Article){
		func(a *Article) { a.State = InReview }, func(a *Article) { a.ScheduledFor = time.Time{} }, func(a *Article) { a.Head++ }, func(a *Article) { a.Approval = Approval{} },
	} {
		b := a
		if change(&b); b.Due(now.Add(9*time.Hour)) || CodeOf(b.PublishDue(Revision{}, now.Add(9*time.Hour))) != Conflict {
			t.Errorf("due: %+v", b)
		}
	}
	if err := a.PublishDue(Revision{}, now.Add(2*time.Hour)); err != nil || !a.Public() || a.Live != 2 || !a.ScheduledFor.IsZero() || !a.PublishedAt.Equal(now.Add(2*time.Hour)) {
		t.Errorf("gone out: %+v, %v", a, err)
	}
}

func TestCorrect(t *testing.T) {
	a := at(Published)
	first := a.PublishedAt
	if err := a.Correct(editor, Revision{}, now); err != nil || a.Live != 2 || !a.UpdatedAt.Equal(now) || !a.PublishedAt.Equal(first) {
		t.Errorf("%+v, %v", a, err)
	}
	if err := a.Correct(editor, Revision{}, now); CodeOf(err) != Invalid {
		t.Errorf("with nothing changed: %v", err)
	}
	for kind, ok := range map[ChangeKind]bool{ChangeUpdate: true, ChangeClarification: true, ChangeCorrection: true, ChangeMinor: true, ChangeFirst: false, "": false, "other": false} {
		if err := (Correction{Kind: kind, Note: "The bridge was opened on Sunday."}).Validate(); (err == nil) != ok {
			t.Errorf("kind %q: %v", kind, err)
		}
		if err := (Correction{Kind: kind, Note: " "}).Validate(); (err == nil) != (kind == ChangeMinor) {
			t.Errorf("kind %q without a note: %v", kind, err)
		}
		if kind.Declared() != (ok && kind != ChangeMinor) {
			t.Errorf("kind %q is declared: %v", kind, kind.Declared())
		}
	}
	if err := (Correction{Kind: ChangeMinor, Note: strings.Repeat("ن", 2001)}).Validate(); CodeOf(err) != Invalid {
		t.Errorf("a note of 2001 characters: %v", err)
	}
}

func TestKill(t *testing.T) {
	a := at(Published)
	for _, note := range []string{"", " \t", strings.Repeat("x", 4001)} {
		if err := a.Withdraw(chief, note, now); CodeOf(err) != Invalid || a.State != Published {
			t.Errorf("note of %d bytes: %v", len(note), err)
		}
	}
	if err := a.Withdraw(chief, " not true ", now); err != nil || a.Kill != (Kill{chief.ID, now, "not true"}) || a.Public() {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestCommentsOpen(t *testing.T) {
	for _, c := range []struct {
		rule  CommentRule
		open  bool // the edition
		after int  // days
		days  int  // since publication
		state State
		want  bool
	}{
		{CommentsAsEdition, true, 0, 900, Published, true},
		{CommentsAsEdition, false, 0, 0, Published, false},
		{CommentsOpen, false, 0, 0, Published, true},
		{CommentsClosed, true, 0, 0, Published, false},
		{CommentsAsEdition, true, 7, 6, Published, true},
		{CommentsAsEdition, true, 7, 7, Published, false},
		{CommentsOpen, true, 7, 8, Published, false},
		{CommentsOpen, true, 0, 0, Killed, false},
		{CommentsOpen, true, 0, 0, Draft, false},
	} {
		a := at(c.state)
		a.CommentRule = c.rule
		e := Edition{Comments: c.open, CloseAfter: c.after}
		if got := a.CommentsOpen(e, a.PublishedAt.AddDate(0, 0, c.days)); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestRoles(t *testing.T) {
	for i, have := range Roles() {
		for k, need := range Roles() {
			if have.AtLeast(need) != (i >= k) {
				t.Errorf("%s at least %s: %v", have, need, have.AtLeast(need))
			}
		}
		if have.AtLeast("king") || Role("king").AtLeast(have) {
			t.Errorf("a role that does not exist is compared with %s", have)
		}
		if r, err := ParseRole(" " + strings.ToUpper(string(have))); r != have || err != nil {
			t.Errorf("%s: %q, %v", have, r, err)
		}
	}
	if _, err := ParseRole("reader"); CodeOf(err) != Invalid {
		t.Errorf("a reader has no account: %v", err)
	}
	for _, c := range []struct {
		p    Person
		want string // covers town, elsewhere
	}{{editor, "true false"}, {elsewhen, "false true"}, {chief, "true true"}, {Person{ID: 1, Role: Editor}, "true true"}, {author, "false false"},
		{Person{ID: 1, Role: Owner, Disabled: true}, "false false"}, {Person{Role: Owner}, "false false"}} {
		if got := fmt.Sprint(c.p.Covers(town), c.p.Covers(9)); got != c.want {
			t.Errorf("%+v covers %s, want %s", c.p, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("cause")
	e := Refuse(Conflict, "error.x", "%d is taken", 7).In("slug")
	e.Err = cause
	wrapped := fmt.Errorf("act: %w", e)
	if !errors.Is(wrapped, Conflict) || !errors.Is(wrapped, cause) || errors.Is(wrapped, Invalid) || CodeOf(wrapped) != Conflict {
		t.Errorf("%v has the code %q", wrapped, CodeOf(wrapped))
	}
	if wrapped.Error() != "act: 7 is taken: cause" || e.Field != "slug" || CodeOf(cause) != "" || CodeOf(nil) != "" {
		t.Errorf("%v, field %q", wrapped, e.Field)
	}
}
