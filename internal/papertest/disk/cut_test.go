package disk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/papertest/disk"
)

const shards = 4 // runs at once

// tally is what a series of power cuts did.
type tally struct {
	sync.Mutex
	ops, syncs, cuts                  int
	lostRuns, lostActs, torn, corrupt int
}

// cutEverywhere runs the workload once whole, then cuts the power at each of
// its operations (or at one in stride), several times with other dice.
func cutEverywhere(t *testing.T, journal, synchronous string, stride, seeds int) *tally {
	t.Helper()
	var sum tally
	if testing.Short() {
		stride *= 7
	}
	prepared := prepare(t, journal)

	whole := prepared.Clone(1)
	defer whole.Close()
	if acked := writeAll(open(t, dsn(whole, journal, synchronous))); acked != transactions {
		t.Fatalf("without a cut only %d of %d acts went through", acked, transactions)
	}
	sum.ops = whole.Ops()
	for _, op := range whole.Trace() {
		if op.Kind == disk.OpSync {
			sum.syncs++
		}
	}

	t.Run("cuts", func(t *testing.T) {
		for shard := range shards {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				for n := 1 + shard*stride; n <= sum.ops; n += shards * stride {
					for seed := range seeds {
						sum.cut(t, prepared.Clone(uint64(seed)), n, journal, synchronous)
					}
				}
			})
		}
	})
	t.Logf("%s, %s: %d operations, %d syncs; %d cuts: %d lose acknowledged acts (%d acts), %d leave torn acts, %d are corrupt",
		journal, synchronous, sum.ops, sum.syncs, sum.cuts, sum.lostRuns, sum.lostActs, sum.torn, sum.corrupt)
	return &sum
}

func (sum *tally) cut(t *testing.T, d *disk.Disk, n int, journal, synchronous string) {
	t.Helper()
	defer d.Close()
	d.CutAt(n)
	acked := writeAll(open(t, dsn(d, journal, synchronous)))
	if !d.Off() {
		t.Fatalf("cut at %d did not come", n)
	}
	at := d.Trace()[n-1]
	d.Reboot()
	f := inspect(t, dsn(d, journal, synchronous))

	sum.Lock()
	defer sum.Unlock()
	sum.cuts++
	if f.corrupt != nil {
		sum.corrupt++
		if synchronous != "off" {
			t.Errorf("cut at %d (%v), %d acknowledged: %v", n, at, acked, f.corrupt)
		}
		return
	}
	if lost := f.lost(acked); lost > 0 {
		sum.lostRuns++
		sum.lostActs += lost
		if synchronous != "normal" && synchronous != "off" {
			t.Errorf("cut at %d (%v): %d of %d acknowledged acts lost", n, at, lost, acked)
		}
	}
	if f.torn() > 0 {
		sum.torn++
	}
	if n := len(f.articles); n > acked+1 {
		t.Errorf("cut at %d (%v): %d articles after %d acknowledged", n, at, n, acked)
	}
}

func TestCutFull(t *testing.T) {
	if sum := cutEverywhere(t, "wal", "full", 1, 6); sum.lostRuns+sum.torn+sum.corrupt > 0 || (sum.cuts < 1800 && !testing.Short()) {
		t.Error("want at least 1,800 cuts, and nothing lost, torn or corrupt")
	}
}

// The two that follow are the test of the test: the disk must expose the
// settings that are not safe.

func TestCutNormalLosesActs(t *testing.T) {
	if sum := cutEverywhere(t, "wal", "normal", 1, 1); sum.lostRuns == 0 || sum.torn+sum.corrupt > 0 {
		t.Error("want acknowledged acts lost, and none torn")
	}
}

func TestCutOffCorrupts(t *testing.T) {
	if sum := cutEverywhere(t, "wal", "off", 1, 1); sum.lostRuns == 0 || sum.torn+sum.corrupt == 0 {
		t.Error("want acknowledged acts lost, and some torn or corrupt")
	}
}

// TestCutRollbackJournal has the older ways to commit, each with the setting
// that SQLite asks for: they lean on sectors, sizes and names in other ways.
// An act has about 24 operations; a stride of 5 gets to each of them.
func TestCutRollbackJournal(t *testing.T) {
	for journal, synchronous := range map[string]string{"delete": "extra", "truncate": "full", "persist": "full"} {
		if sum := cutEverywhere(t, journal, synchronous, 5, 1); sum.lostRuns+sum.torn+sum.corrupt > 0 {
			t.Errorf("%s: want nothing lost, torn or corrupt", journal)
		}
	}
}

// TestCutCreation cuts while the database itself comes into being, through the
// rollback journal and the change to WAL.
func TestCutCreation(t *testing.T) {
	create := func(d *disk.Disk) error {
		db := open(t, dsn(d, "wal", "full"))
		defer db.Close()
		_, err := db.Exec("BEGIN IMMEDIATE;" + schema + "COMMIT")
		return err
	}
	empty := disk.New(strings.ToLower(t.Name()), 1)
	defer empty.Close()
	cuts, done := 0, 0
	for n := 1; ; n++ {
		for seed := range uint64(20) {
			d := empty.Clone(seed)
			d.CutAt(n)
			acked := create(d) == nil
			if !d.Off() {
				d.Close()
				t.Logf("%d operations, %d cuts, %d with the tables acknowledged", n-1, cuts, done)
				return
			}
			cuts++
			at := d.Trace()[n-1]
			d.Reboot()
			if f := inspect(t, dsn(d, "wal", "full")); acked && f.corrupt != nil {
				t.Errorf("cut at %d (%v): acknowledged, then: %v", n, at, f.corrupt)
			} else if f.corrupt != nil && !strings.Contains(f.corrupt.Error(), "no such table") {
				t.Errorf("cut at %d (%v): %v", n, at, f.corrupt)
			}
			if acked {
				done++
			} else if err := create(d); err != nil && !strings.Contains(err.Error(), "already exists") {
				t.Errorf("cut at %d (%v): again after the boot: %v", n, at, err)
			}
			d.Close()
		}
	}
}
