package disk_test

import (
	"testing"

	"broadsheet/internal/papertest/disk"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// TestDead asks everything of a machine without power, and of its files after
// the boot.
func TestDead(t *testing.T) {
	d := disk.New("dead", 1)
	defer d.Close()
	f := openFile(t, d, "/a", create|vfs.OPEN_MAIN_DB)
	if err := f.Lock(vfs.LOCK_SHARED); err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(vfs.SYNC_FULL); err != nil {
		t.Fatal(err)
	}
	d.Cut()
	if _, _, err := d.Open("/a", create); err == nil {
		t.Error("opened without power")
	}
	if _, err := d.Access("/a", vfs.ACCESS_EXISTS); err == nil {
		t.Error("looked up without power")
	}
	if err := d.Delete("/a", true); err == nil {
		t.Error("deleted without power")
	}
	for _, boot := range []bool{false, true} {
		if boot {
			d.Reboot()
		}
		_, read := f.ReadAt(make([]byte, 1), 0)
		_, written := f.WriteAt(make([]byte, 1), 0)
		_, size := f.Size()
		_, reserved := f.CheckReservedLock()
		for name, err := range map[string]error{
			"read": read, "write": written, "size": size, "reserved": reserved,
			"truncate": f.Truncate(0), "sync": f.Sync(0),
			"lock": f.Lock(vfs.LOCK_RESERVED), "unlock": f.Unlock(vfs.LOCK_NONE),
		} {
			if err == nil {
				t.Errorf("%s on a dead file succeeded, booted = %v", name, boot)
			}
		}
	}
	again := openFile(t, d, "/a", vfs.OPEN_READWRITE|vfs.OPEN_MAIN_DB)
	if err := again.Lock(vfs.LOCK_SHARED); err != nil {
		t.Fatal(err)
	}
	if err := again.Lock(vfs.LOCK_EXCLUSIVE); err != nil {
		t.Errorf("a lock outlived the boot: %v", err)
	}
	f.Close()
	again.Close()
}

// TestLocks walks two connections through the levels.
func TestLocks(t *testing.T) {
	d := disk.New("locks", 1)
	defer d.Close()
	a := openFile(t, d, "/a", create|vfs.OPEN_MAIN_DB)
	b := openFile(t, d, "/a", create|vfs.OPEN_MAIN_DB)
	defer a.Close()
	defer b.Close()
	for i, step := range []struct {
		f    vfs.File
		lock bool
		to   vfs.LockLevel
		busy bool
	}{
		{a, true, vfs.LOCK_SHARED, false},
		{b, true, vfs.LOCK_SHARED, false},
		{a, true, vfs.LOCK_RESERVED, false},
		{b, true, vfs.LOCK_RESERVED, true},
		{b, true, vfs.LOCK_EXCLUSIVE, true},
		{a, true, vfs.LOCK_EXCLUSIVE, true}, // b reads still: a is PENDING
		{b, false, vfs.LOCK_NONE, false},
		{b, true, vfs.LOCK_SHARED, true},
		{a, true, vfs.LOCK_EXCLUSIVE, false},
		{b, true, vfs.LOCK_SHARED, true},
		{a, false, vfs.LOCK_SHARED, false},
		{b, true, vfs.LOCK_SHARED, false},
		{a, false, vfs.LOCK_NONE, false},
		{b, true, vfs.LOCK_EXCLUSIVE, false}, // as when a hot journal is rolled back
		{a, true, vfs.LOCK_SHARED, true},
	} {
		err := step.f.Unlock
		if step.lock {
			err = step.f.Lock
		}
		if got := err(step.to); (got != nil) != step.busy || (step.busy && got != sqlite3.BUSY) {
			t.Fatalf("step %d: %v, want busy = %v", i, got, step.busy)
		}
	}
}
