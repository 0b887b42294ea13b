package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"broadsheet/internal/papertest/disk"
	"broadsheet/internal/store"
)

// forms is how many rows the first act of a failing checkpoint keeps.
const forms = 200

// keepForms is an act whose pages no later act of the test writes again.
func keepForms(ctx context.Context, s *store.Store) error {
	return s.Write(ctx, "keep forms", func(tx *store.Tx) error {
		for i := range forms {
			if err := tx.SaveForm(ctx, fmt.Sprintf("a form with quite a long token, number %d", i), int64(i), 1); err != nil {
				return err
			}
		}
		return nil
	})
}

func countForms(t *testing.T, d *disk.Disk) (n int) {
	t.Helper()
	s := open(t, d, "")
	defer s.Close()
	for i := range forms {
		if _, ok, err := s.FormResult(t.Context(), fmt.Sprintf("a form with quite a long token, number %d", i)); err != nil {
			t.Fatal(err)
		} else if ok {
			n++
		}
	}
	return n
}

// failedCheckpoint acknowledges an act, copies it into the database file
// while a reader keeps the copy from being complete (it is not synced then),
// and lets the sync of the next copy fail and forget, as Linux does. Then the
// copy is tried again, perhaps after a restart of the program, the log begins
// anew, and the power goes. checkpoint is how the store copies, or how SQLite
// itself would.
func failedCheckpoint(t *testing.T, d *disk.Disk, syncAt int, restart bool, checkpoint func(*store.Store) error) (at int, again error) {
	t.Helper()
	s := open(t, d, "")
	defer func() { s.Close() }()
	if err := keepForms(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	reader, err := s.Reader().BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.QueryRow(`SELECT value FROM counter`).Scan(new(int)); err != nil {
		t.Fatal(err)
	}
	touch := func(room string) error {
		return s.Write(t.Context(), "go on", func(tx *store.Tx) error { return tx.SetRoomPlace(t.Context(), room, 1) })
	}
	if err := touch("press"); err != nil {
		t.Fatal(err)
	}
	checkpoint(s)
	if err := reader.Commit(); err != nil {
		t.Fatal(err)
	}
	before := d.Ops()
	if syncAt > 0 {
		d.FailAt(syncAt, disk.FailedForgotten, disk.EIO)
	}
	checkpoint(s)
	for i, op := range d.Trace()[before:] {
		if op.Kind == disk.OpSync && op.Name == "/paper.db" {
			at = before + i + 1
		}
	}
	d.Heal()
	if restart {
		s.Close()
		s = open(t, d, "")
	}
	checkpoint(s)
	again = touch("mailing")
	d.Cut()
	return at, again
}

// TestFailedCheckpoint: what was acknowledged survives a sync of the database
// file that failed, because the store writes nothing more and its log is read
// again from the beginning. SQLite's own checkpoints lose it: that is the test
// of the test.
func TestFailedCheckpoint(t *testing.T) {
	ours := func(s *store.Store) error { return s.Checkpoint(context.Background()) }
	sqlites := func(s *store.Store) error {
		return s.Writer().QueryRow(`PRAGMA wal_checkpoint(PASSIVE)`).Scan(new(int), new(int), new(int))
	}
	for name, c := range map[string]struct {
		checkpoint        func(*store.Store) error
		restart, survives bool
	}{
		"the store's":                 {ours, false, true},
		"the store's, then a restart": {ours, true, true},
		"SQLite's":                    {sqlites, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := stage(t, fmt.Sprintf("checkpoint-%v-%v", c.survives, c.restart))
			whole := d.Clone(1)
			defer whole.Close()
			at, err := failedCheckpoint(t, whole, 0, false, c.checkpoint)
			if at == 0 || err != nil {
				t.Fatalf("without a failure: synced at %d, %v", at, err)
			}
			lost := 0
			for seed := range uint64(8) {
				broken := d.Clone(seed)
				_, again := failedCheckpoint(t, broken, at, c.restart, c.checkpoint)
				broken.Reboot()
				if n := countForms(t, broken); n < forms {
					lost++
				}
				if c.restart && again != nil {
					t.Errorf("after the restart: %v", again)
				} else if c.survives && !c.restart {
					speaks(t, "after the failure", again, "disk", "start the program again")
				}
				broken.Close()
			}
			if (lost == 0) != c.survives {
				t.Errorf("an acknowledged act is lost in %d of 8 runs", lost)
			}
		})
	}
}

// TestFailedCheckpointAndRestart: the same, but the program starts anew on the
// running machine, goes on working, and only then the power goes.
func TestFailedCheckpointAndRestart(t *testing.T) {
	d := stage(t, "restart")
	for n := 1; ; n++ {
		c := d.Clone(uint64(n))
		s := open(t, c, "")
		if err := keepForms(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		c.FailAt(c.Ops()+n, disk.FailedForgotten, disk.EIO)
		s.Checkpoint(t.Context())
		failed, broken := c.Failed() > 0, s.Broken()
		c.Heal()
		s.Close()
		s = open(t, c, "")
		if err := acts[0].do(t.Context(), d.enter(s)); err != nil {
			t.Errorf("operation %d: after the restart: %v", n, err)
		}
		states := dump(t, s)
		c.Cut()
		s.Close()
		c.Reboot()
		if findings, got, err := look(t.Context(), c, "", true); err != nil || len(findings) > 0 || got != states {
			t.Errorf("operation %d failed (store broken: %v), restart, cut: %v %v\n%s", n, broken, findings, err, diff(states, got))
		}
		c.Close()
		if !failed {
			t.Logf("%d operations of a checkpoint failed", n-1)
			return
		}
	}
}

// TestFailedCommitIsWrittenOver: a COMMIT whose sync fails leaves its pages in
// the log. The store writes over them at once, so that a program that is
// killed and started anew does not take them for an act that the disk has.
func TestFailedCommitIsWrittenOver(t *testing.T) {
	d := stage(t, "overwritten")
	a := named("publish")[0]
	states, _ := d.states(t, []act{a})
	whole := d.Clone(1)
	s := open(t, whole, "")
	before := whole.Ops()
	if err := a.do(t.Context(), d.enter(s)); err != nil {
		t.Fatal(err)
	}
	last := whole.Ops() // the COMMIT's own sync
	if op := whole.Trace()[last-1]; op.Kind != disk.OpSync {
		t.Fatalf("the act ends with %v", op)
	}
	s.Close()
	whole.Close()

	for seed := range uint64(8) {
		c := d.Clone(seed)
		s := open(t, c, "")
		c.FailAt(c.Ops()+last-before, disk.FailedForgotten, disk.EIO)
		err := a.do(t.Context(), d.enter(s))
		speaks(t, "publish", err, "disk", "try again")
		kill(c, s)
		again := open(t, c, "") // on the same machine
		o := d.enter(again)
		if got := dump(t, again); got != states[0] {
			t.Errorf("after the restart the refused act is there:\n%s", diff(states[0], got))
		}
		if err := acts[0].do(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		want := dump(t, again)
		c.Cut()
		again.Close()
		c.Reboot()
		if findings, got, err := look(t.Context(), c, "", true); err != nil || len(findings) > 0 || got != want {
			t.Errorf("after a cut: %v %v\n%s", findings, err, diff(want, got))
		}
		c.Close()
	}
}

// kill ends a store without letting it write anything, as SIGKILL does.
func kill(d *disk.Disk, s *store.Store) {
	d.FailFrom(d.Ops()+1, disk.Failed, disk.EIO)
	s.Close()
	d.Heal()
}

// TestBrokenStoreIsRead: a store that writes no more is still read, and says
// what to do.
func TestBrokenStoreIsRead(t *testing.T) {
	d := stage(t, "read-only")
	c := d.Clone(1)
	defer c.Close()
	s := open(t, c, "")
	defer s.Close()
	o := d.enter(s)
	for n := 1; !s.Broken(); n++ { // the first sync that fails, and the page over it too
		c.FailFrom(c.Ops()+n, disk.Failed, disk.EIO)
		o.Clock.Move(1)
		o.desk.Submit(t.Context(), o.Reporter.ID, toSpike)
		o.desk.Return(t.Context(), o.Editor.ID, toSpike, "again")
		c.Heal()
		if n > 200 {
			t.Fatal("the store never breaks")
		}
	}
	if _, err := s.Article(t.Context(), live1); err != nil {
		t.Errorf("a broken store is not read: %v", err)
	}
	for range 2 {
		speaks(t, "publish", named("publish")[0].do(t.Context(), o), "disk", "start the program again")
	}
}
