package store_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/papertest/disk"
	"broadsheet/internal/store"
)

// failure is one way in which the n-th operation of an act fails.
type failure struct {
	mode disk.Mode
	kind disk.Kind
	read bool // reads count too
	cut  bool // and then the power goes, before anybody asks again
}

func (f failure) String() string {
	s := fmt.Sprintf("%v, %v", f.kind, f.mode)
	if f.read {
		s += ", reads too"
	}
	if f.cut {
		s += ", then a cut"
	}
	return s
}

// failures are all ways. A short write that was done is a full disk that did it.
func failures() []failure {
	return []failure{
		{mode: disk.Failed, kind: disk.EIO, read: true},
		{mode: disk.Failed, kind: disk.NoSpace},
		{mode: disk.Failed, kind: disk.ShortWrite},
		{mode: disk.FailedButDone, kind: disk.EIO},
		{mode: disk.FailedButDone, kind: disk.EIO, cut: true},
		{mode: disk.FailedButDone, kind: disk.NoSpace},
		{mode: disk.FailedForgotten, kind: disk.EIO},
		{mode: disk.FailedForgotten, kind: disk.EIO, cut: true},
	}
}

// TestEveryOperationFails: of each act the n-th operation on the disk fails,
// for every n until the act has no more.
func TestEveryOperationFails(t *testing.T) {
	long(t)
	begin := time.Now()
	d := stage(t, "failing")
	var mu sync.Mutex
	runs, noticed, broken := 0, 0, 0
	t.Run("acts", func(t *testing.T) {
		for _, a := range acts {
			t.Run(a.name, func(t *testing.T) {
				t.Parallel()
				r := d.failing(t, a)
				for _, f := range failures() {
					r.every(t, f)
				}
				mu.Lock()
				defer mu.Unlock()
				runs, noticed, broken = runs+r.runs, noticed+r.noticed, broken+r.broken
			})
		}
	})
	t.Logf("%d runs with a failure, %d were noticed by the act, %d ended the writing, %.1f s", runs, noticed, broken, time.Since(begin).Seconds())
	if noticed == 0 {
		t.Error("no failure was noticed: the disk does not fail")
	}
}

// failing is one act whose operations fail.
type failing struct {
	*staged
	act    act
	states []string  // before and after
	ops    []disk.Op // of the act, reads not among them

	runs, noticed, broken int
}

// failing prepares an act by doing it once whole.
func (d *staged) failing(t *testing.T, a act) *failing {
	t.Helper()
	r := &failing{staged: d, act: a}
	r.states, _ = d.states(t, []act{a})
	c := d.Clone(1)
	defer c.Close()
	s := open(t, c, "")
	defer s.Close()
	before := c.Ops()
	if err := a.do(t.Context(), d.enter(s)); err != nil {
		t.Fatal(err)
	}
	r.ops = c.Trace()[before:]
	return r
}

// every makes each operation of the act fail in turn. Only a sync can forget.
func (r *failing) every(t *testing.T, f failure) {
	for n := 1; ; n++ {
		forgets := n > len(r.ops) || r.ops[n-1].Kind == disk.OpSync || r.ops[n-1].Kind == disk.OpSyncDir
		if (f.mode != disk.FailedForgotten || forgets) && !r.once(t, f, n) {
			return
		}
	}
}

// once makes the n-th operation fail; false = the act has no n-th.
func (r *failing) once(t *testing.T, f failure, n int) bool {
	c := r.Clone(uint64(n))
	defer c.Close()
	s := open(t, c, "")
	o := r.enter(s)
	c.CountReads(f.read)
	c.FailAt(c.Ops()+n, f.mode, f.kind)
	ops := c.Ops()
	err := r.act.do(t.Context(), o)
	fired, trace := c.Failed() > 0, c.Trace()
	c.Heal()
	if !fired {
		if err != nil {
			t.Errorf("%s, whole: %v", r.act.name, err)
		}
		s.Close()
		return false
	}
	r.runs++
	what := fmt.Sprintf("%s, %v at operation %d (%v)", r.act.name, f, n, trace[ops+n-1])
	if err != nil {
		r.noticed++
		speaks(t, what, err, "disk")
	}
	if f.read {
		r.whole(t, what, s, err)
	}
	if !f.cut {
		s = r.askAgain(t, what, c, s)
	}
	s.Close()
	c.Reboot()
	findings, got, lookErr := look(t.Context(), c, "", f.mode != disk.Failed)
	if lookErr != nil || len(findings) > 0 {
		t.Errorf("%s: after a cut: %v %v", what, lookErr, findings)
	}
	switch before, after := got == r.states[0], got == r.states[1]; {
	case !f.cut && !after:
		t.Errorf("%s: asked again, and not there, or not once:\n%s", what, diff(r.states[1], got))
	case err == nil && !after:
		t.Errorf("%s: a success that did not happen:\n%s", what, diff(r.states[1], got))
	case !before && !after:
		t.Errorf("%s: half an act:\n%s", what, diff(r.states[1], got))
	}
	return true
}

// whole says whether the paper, still open, holds what the act answered. (For
// one way of failing: the others are looked at after the cut.)
func (r *failing) whole(t *testing.T, what string, s *store.Store, err error) {
	t.Helper()
	switch got := dump(t, s); {
	case err == nil && got != r.states[1]:
		t.Errorf("%s: a success that did not happen:\n%s", what, diff(r.states[1], got))
	case got != r.states[0] && got != r.states[1]:
		t.Errorf("%s: a half act:\n%s", what, diff(r.states[0], got))
	}
}

// askAgain asks for the act a second time: it succeeds, and is there once. A
// store whose disk has failed for good refuses, until it is opened again.
func (r *failing) askAgain(t *testing.T, what string, c *disk.Disk, s *store.Store) *store.Store {
	t.Helper()
	if s.Broken() {
		r.broken++
		err := r.act.do(t.Context(), r.enter(s))
		speaks(t, what+", again", err, "disk", "start the program again")
		s.Close()
		s = open(t, c, "")
	}
	if err := r.act.do(t.Context(), r.enter(s)); err != nil {
		t.Errorf("%s, again: %v", what, err)
	}
	return s
}

// speaks says whether an error tells the operator what to do.
func speaks(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	if news.CodeOf(err) != news.Unavailable {
		t.Errorf("%s: the error is %q: %v", what, news.CodeOf(err), err)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%s: the error does not speak of %q: %v", what, word, err)
		}
	}
}

// TestDiskStaysBroken: from the n-th operation on every one fails. Nothing is
// acknowledged that is not there; when the disk is well again and the program
// was started anew, the act succeeds.
func TestDiskStaysBroken(t *testing.T) {
	long(t)
	d := stage(t, "broken")
	for _, a := range named("publish", "comment") {
		r := d.failing(t, a)
		for _, mode := range []disk.Mode{disk.Failed, disk.FailedButDone, disk.FailedForgotten} {
			for n := 1; ; n++ {
				c := d.Clone(uint64(n))
				s := open(t, c, "")
				ops := c.Ops()
				c.FailFrom(ops+n, mode, disk.EIO)
				err := a.do(t.Context(), d.enter(s))
				if c.Failed() == 0 {
					s.Close()
					c.Close()
					break
				}
				what := fmt.Sprintf("%s, %v from operation %d (%v)", a.name, mode, n, c.Trace()[ops+n-1])
				if err == nil {
					t.Errorf("%s: a success on a disk that has failed", what)
				} else {
					speaks(t, what, err, "disk")
				}
				again := a.do(t.Context(), d.enter(s))
				speaks(t, what+", again", again, "disk")
				s.Close()
				c.Heal()
				r.askAgain(t, what, c, open(t, c, "")).Close()
				c.Reboot()
				if findings, got, err := look(t.Context(), c, "", true); err != nil || len(findings) > 0 || got != r.states[1] {
					t.Errorf("%s: after a cut: %v %v\n%s", what, findings, err, diff(r.states[1], got))
				}
				c.Close()
			}
		}
	}
}

// breaker fails the n-th statement, before it runs or after.
type breaker struct {
	at    int // 0 = never
	done  bool
	n     int
	fired string // the statement that failed
}

var errInjected = errors.New("injected")

func (b *breaker) before(text string) error {
	b.n++
	if !b.done && b.n == b.at {
		b.fired = text
		return errInjected
	}
	return nil
}

func (b *breaker) after(text string) error {
	if b.done && b.n == b.at && b.fired == "" {
		b.fired = text
		return errInjected
	}
	return nil
}

// TestEveryStatementFails: of each act the n-th statement fails, BEGIN and
// COMMIT too, on both databases; first before it ran, then after. A COMMIT
// that failed after it ran is the acknowledgement that got lost: the act asked
// again succeeds, and is there once.
func TestEveryStatementFails(t *testing.T) {
	long(t)
	for name, empty := range databases {
		t.Run(name, func(t *testing.T) {
			b := &breaker{}
			p := found(t, store.Options{URL: empty(t), Trace: func(s string) error { return b.before(s) }, Done: func(s string) error { return b.after(s) }})
			o := office{Paper: *p}.enter(p.Store)
			if err := o.stage(t.Context()); err != nil {
				t.Fatal(err)
			}
			runs := 0
			for _, a := range acts {
				before := dump(t, p.Store)
				count := failStatements(t, o, a, b, before)
				runs += 2 * count
				if count < 5 {
					t.Errorf("%s has only %d statements", a.name, count)
				}
			}
			t.Logf("%d statements failed", runs)
			papertest.Check(t, p.Store)
		})
	}
}

// failStatements fails the statements of one act and returns how many it has.
func failStatements(t *testing.T, o *office, a act, b *breaker, before string) int {
	t.Helper()
	for _, done := range []bool{false, true} {
		for n := 1; ; n++ {
			*b = breaker{at: n, done: done}
			err := a.do(t.Context(), o)
			fired := b.fired
			*b = breaker{}
			what := fmt.Sprintf("%s, statement %d failed (done: %v): %s", a.name, n, done, oneLine(fired))
			if fired == "" || err == nil {
				t.Fatalf("%s: err = %v", what, err)
			}
			speaks(t, what, err)
			if !errors.Is(err, errInjected) || !strings.Contains(err.Error(), "try again") && !strings.Contains(err.Error(), "check") {
				t.Errorf("%s: the error does not say what to do: %v", what, err)
			}
			got := dump(t, o.Store)
			if fired != "COMMIT" || !done {
				if got != before {
					t.Fatalf("%s: something is left:\n%s", what, diff(before, got))
				}
				if fired == "COMMIT" {
					break // no more statements
				}
				continue
			}
			if got == before {
				t.Fatalf("%s: the act is not there", what)
			}
			if err := a.do(t.Context(), o); err != nil {
				t.Errorf("%s, again: %v", what, err)
			}
			if again := dump(t, o.Store); again != got {
				t.Errorf("%s, again: it was done twice:\n%s", what, diff(got, again))
			}
			return n
		}
	}
	return 0
}
