package disk_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"broadsheet/internal/papertest/disk"

	"github.com/ncruces/go-sqlite3"
)

// failActs is how many acts follow each other in one run; the checkpoint comes
// every few of them.
const failActs = 8

func failDSN(d *disk.Disk) string { return dsn(d, "wal", "full") + "&_pragma=wal_autocheckpoint(12)" }

// everyFailure makes each operation of a few acts fail in turn, until a run has
// no operation left to fail, and returns how many runs that made. An act that
// was acknowledged has to be there afterwards, whole; one that returned an
// error may be there whole or not at all. That is looked at twice: when the
// database is opened again, and after a power cut on top.
func everyFailure(t *testing.T, prepared *disk.Disk, mode disk.Mode, kind disk.Kind, persistent, reads bool) (runs, noticed int) {
	t.Helper()
	for n := 1; ; n++ {
		d := prepared.Clone(uint64(n))
		d.CountReads(reads)
		if persistent {
			d.FailFrom(n, mode, kind)
		} else {
			d.FailAt(n, mode, kind)
		}
		acked := actsWith(t, d)
		failed, trace := d.Failed(), d.Trace()
		if failed == 0 {
			d.Close()
			return runs, noticed
		}
		runs++
		if len(acked) < failActs {
			noticed++
		}
		d.Heal()
		what := fmt.Sprintf("%v, %v at %d (%v)", kind, mode, n, trace[n-1])
		check(t, d, acked, what)
		d.Reboot()
		check(t, d, acked, what+", then a cut")
		d.Close()
	}
}

// actsWith performs the acts, going on after an error, and returns which were
// acknowledged. The database is closed before the fault is healed.
func actsWith(t *testing.T, d *disk.Disk) map[int]bool {
	t.Helper()
	db := open(t, failDSN(d))
	defer db.Close()
	acked := map[int]bool{}
	for id := 1; id <= failActs; id++ {
		if write(db, id) == nil {
			acked[id] = true
		}
	}
	return acked
}

func check(t *testing.T, d *disk.Disk, acked map[int]bool, what string) {
	t.Helper()
	f := inspect(t, failDSN(d))
	if f.corrupt != nil {
		t.Errorf("%s: %v", what, f.corrupt)
		return
	}
	for id := range acked {
		if !f.articles[id] {
			t.Errorf("%s: act %d was acknowledged and is not there", what, id)
		}
	}
	if n := f.torn(); n > 0 {
		t.Errorf("%s: %d half acts", what, n)
	}
}

func TestEveryFailure(t *testing.T) {
	prepared := prepare(t, "wal")
	var mu sync.Mutex
	runs, noticed := 0, 0
	t.Run("each", func(t *testing.T) {
		for _, mode := range []disk.Mode{disk.Failed, disk.FailedButDone, disk.FailedForgotten} {
			for _, kind := range []disk.Kind{disk.EIO, disk.NoSpace, disk.ShortWrite} {
				for _, persistent := range []bool{false, true} {
					t.Run(fmt.Sprintf("%v/%v/persistent=%v", kind, mode, persistent), func(t *testing.T) {
						t.Parallel()
						r, seen := everyFailure(t, prepared, mode, kind, persistent, false)
						mu.Lock()
						defer mu.Unlock()
						runs, noticed = runs+r, noticed+seen
					})
				}
			}
		}
	})
	t.Logf("%d runs with a failure, in %d an act returned an error", runs, noticed)
	if noticed == 0 {
		t.Error("no failure was noticed: the disk does not fail")
	}
}

func TestEveryReadFailure(t *testing.T) {
	runs, noticed := everyFailure(t, prepare(t, "wal"), disk.Failed, disk.EIO, false, true)
	t.Logf("%d runs with a failure, in %d an act returned an error", runs, noticed)
	if noticed == 0 {
		t.Error("no failure was noticed: the disk does not fail")
	}
}

// TestErrors looks at what a program sees of a failing disk.
func TestErrors(t *testing.T) {
	prepared := prepare(t, "wal")
	for _, c := range []struct {
		kind disk.Kind
		want error
	}{
		{disk.EIO, sqlite3.IOERR_WRITE},
		{disk.NoSpace, sqlite3.FULL},
		{disk.ShortWrite, sqlite3.FULL},
	} {
		d := prepared.Clone(1)
		db := open(t, failDSN(d))
		if err := write(db, 1); err != nil {
			t.Fatal(err)
		}
		d.FailFrom(d.Ops()+1, disk.Failed, c.kind)
		if err := write(db, 2); !errors.Is(err, c.want) {
			t.Errorf("%v: error %v, want %v", c.kind, err, c.want)
		}
		d.Heal()
		if err := write(db, 3); err != nil {
			t.Errorf("%v: after the disk has healed: %v", c.kind, err)
		}
		db.Close()
		d.Close()
	}
}
