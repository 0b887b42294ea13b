package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/papertest"
	"broadsheet/internal/papertest/disk"
	"broadsheet/internal/store"
)

// staged is a disk with a staged paper on it, to be cloned for each run.
type staged struct {
	*disk.Disk
	office
}

func stage(t testing.TB, name string) *staged {
	t.Helper()
	d := &staged{Disk: disk.New(name, 1)}
	t.Cleanup(d.Close)
	s := open(t, d.Disk, "")
	defer s.Close()
	d.office = *office{Paper: papertest.Paper{Clock: papertest.NewClock()}}.enter(s)
	if err := d.Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := d.stage(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// options are those of the paper; with one reading connection, which is one
// more than there are readers here.
func options(d *disk.Disk, synchronous string) store.Options {
	return store.Options{URL: "paper.db", VFS: d.Name(), Synchronous: synchronous, Readers: 1}
}

func open(t testing.TB, d *disk.Disk, synchronous string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), options(d, synchronous))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tally is what a series of cuts did to the paper.
type tally struct {
	sync.Mutex
	operations, cuts    int
	lost, torn, corrupt int
}

func (y *tally) String() string {
	return fmt.Sprintf("%d operations, %d cuts: %d lost acknowledged acts, %d torn, %d corrupt", y.operations, y.cuts, y.lost, y.torn, y.corrupt)
}

// states performs acts without a cut. It returns what the paper holds before
// the first and after each, and how many operations they and the closing of
// the paper took.
func (d *staged) states(t testing.TB, acts []act) (states []string, operations int) {
	t.Helper()
	c := d.Clone(1)
	defer c.Close()
	s := open(t, c, "")
	o := d.enter(s)
	states = []string{dump(t, s)}
	for _, a := range acts {
		if err := a.do(t.Context(), o); err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
		states = append(states, dump(t, s))
	}
	s.Close()
	return states, c.Ops()
}

// cut performs acts until the power goes at operation n, brings it back, and
// looks what is there.
func (y *tally) cut(t testing.TB, d *staged, acts []act, states []string, n int, seed uint64, synchronous string) {
	t.Helper()
	c := d.Clone(seed)
	defer c.Close()
	c.CutAt(n)
	acked := 0
	if s, err := store.Open(t.Context(), options(c, synchronous)); err == nil {
		o := d.enter(s)
		for _, a := range acts {
			if a.do(t.Context(), o) != nil {
				break
			}
			acked++
		}
		s.Close()
	}
	if !c.Off() {
		t.Fatalf("the cut at %d did not come", n)
	}
	at := c.Trace()[n-1]
	c.Reboot()
	y.judge(t, fmt.Sprintf("cut at %d (%v), %d acts acknowledged", n, at, acked), c, states, acked, synchronous)
}

// judge opens the paper again. What was acknowledged is there whole; the act
// that was under way is there whole or not at all.
func (y *tally) judge(t testing.TB, what string, c *disk.Disk, states []string, acked int, synchronous string) {
	t.Helper()
	findings, got, err := look(t.Context(), c, synchronous, true)
	y.Lock()
	defer y.Unlock()
	y.cuts++
	complain := t.Errorf
	if synchronous != "" {
		complain = t.Logf
		if y.lost+y.torn+y.corrupt > 5 {
			complain = func(string, ...any) {}
		}
	}
	switch at := slices.Index(states, got); {
	case err != nil || slices.ContainsFunc(findings, func(f string) bool { return strings.HasPrefix(f, "the database file") }):
		y.corrupt++
		complain("%s: corrupt: %v %v", what, err, findings)
	case at < 0 || len(findings) > 0:
		y.torn++
		complain("%s: torn: %v\n%s", what, findings, diff(states[acked], got))
	case at < acked:
		y.lost++
		complain("%s: only %d are there", what, at)
	case at > acked+1:
		t.Errorf("%s: %d are there", what, at)
	}
}

// look opens a paper, checks it if asked, and writes down what it holds.
func look(ctx context.Context, d *disk.Disk, synchronous string, check bool) (findings []string, got string, err error) {
	alone := options(d, synchronous)
	alone.Readers = -1
	s, err := store.Open(ctx, alone)
	if err != nil {
		return nil, "", err
	}
	defer s.Close()
	if check {
		if err := s.Check(ctx, func(f string) { findings = append(findings, f) }, nil); err != nil {
			return findings, "", err
		}
	}
	got, err = s.Dump(ctx)
	return findings, got, err
}

// cutEverywhere cuts the power at every operation of the acts, and of the
// paper's closing, which copies its log into its file.
func cutEverywhere(t *testing.T, synchronous string, seeds uint64) *tally {
	t.Helper()
	d := stage(t, strings.ToLower(t.Name()))
	list := named("publish", "correct", "comment", "decide", "kill")
	states, operations := d.states(t, list)
	if synchronous != "" { // fewer operations, as nothing waits for the disk
		operations -= 2 * len(list)
	}
	y := &tally{operations: operations}
	t.Run("cuts", func(t *testing.T) {
		for shard := range 2 {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for n := 1 + shard; n <= operations; n += 2 {
					for seed := range seeds {
						y.cut(t, d, list, states, n, seed+1, synchronous)
					}
				}
			})
		}
	})
	return y
}

// TestPowerCuts: power goes at every operation on the disk of publish,
// correct, comment (posted and approved), kill, and of the migration of an
// empty file. At least 1,800 times, and nothing that was acknowledged is lost,
// no act is half, nothing is corrupt.
func TestPowerCuts(t *testing.T) {
	long(t)
	begin := time.Now()
	y := cutEverywhere(t, "", 6)
	t.Logf("acts: %v", y)
	m := cutMigration(t, 2)
	t.Logf("migration: %v", m)
	t.Logf("together %d cuts in %.1f s", y.cuts+m.cuts, time.Since(begin).Seconds())
	if n := y.lost + y.torn + y.corrupt + m.lost + m.torn + m.corrupt; n > 0 || y.cuts+m.cuts < 1800 {
		t.Errorf("%d cuts with %d findings; want at least 1,800 with none", y.cuts+m.cuts, n)
	}
}

// TestPowerCutsFindNormal and TestPowerCutsFindOff are the tests of the test:
// the same cuts show what the paper's setting is for.
func TestPowerCutsFindNormal(t *testing.T) {
	long(t)
	y := cutEverywhere(t, "NORMAL", 1)
	t.Logf("synchronous=NORMAL: %v", y)
	if y.lost == 0 || y.corrupt > 0 {
		t.Error("want acknowledged acts lost, and nothing corrupt")
	}
}

func TestPowerCutsFindOff(t *testing.T) {
	long(t)
	y := cutEverywhere(t, "OFF", 1)
	t.Logf("synchronous=OFF: %v", y)
	if y.lost == 0 || y.torn+y.corrupt == 0 {
		t.Error("want acknowledged acts lost, and some torn or corrupt")
	}
}

// cutMigration cuts while an empty file becomes a paper: the next start
// finishes it.
func cutMigration(t *testing.T, seeds uint64) *tally {
	t.Helper()
	empty := disk.New("migration", 1)
	defer empty.Close()
	whole := empty.Clone(1)
	defer whole.Close()
	s := open(t, whole, "")
	fresh := dump(t, s)
	s.Close()
	y := &tally{operations: whole.Ops()}
	t.Run("migration", func(t *testing.T) {
		for shard := range 2 {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for n := 1 + shard; n <= y.operations; n += 2 {
					for seed := range seeds {
						c := empty.Clone(seed + 1)
						c.CutAt(n)
						if s, err := store.Open(t.Context(), options(c, "")); err == nil {
							s.Close()
						}
						c.Reboot()
						y.judge(t, fmt.Sprintf("cut at operation %d of the migration", n), c, []string{fresh}, 0, "")
						c.Close()
					}
				}
			})
		}
	})
	return y
}
