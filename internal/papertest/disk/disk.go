// Package disk is a disk for tests that loses power and a disk that fails, as a
// VFS for the SQLite driver. Files live in memory; what was synced and what was
// not are kept apart, so that a cut can drop, keep or tear every sector that
// was still on its way.
//
//	d := disk.New("paper", 1)
//	defer d.Close()
//	db, err := sql.Open("sqlite3", "file:paper.db?vfs="+d.Name()+"&_pragma=busy_timeout(5000)"+
//		"&_pragma=journal_mode(wal)&_pragma=synchronous(full)")
//	d.CutAt(17)  // power goes at the 17th operation from the last boot
//	…            // write until something fails; db.Close()
//	d.Reboot()   // open the same name again: only what survived is there
//
// What the disk is allowed to do, which is what SQLite says it survives
// (https://sqlite.org/atomiccommit.html section 2, https://sqlite.org/psow.html):
//
//   - A sector has 512 bytes. Sectors reach the disk in any order. At a cut each
//     sector holds the content of its last sync or of any later write, and now
//     and then a mix of two neighbouring contents, split at one byte. Bytes that
//     were never written stay as they are (powersafe overwrite).
//   - A file's size is kept apart from its sectors: a file may have grown without
//     its content, which is then zeros or noise. A truncation may be lost.
//   - A new name is durable after the first sync of its file or of its folder, a
//     removed one after the sync of its folder. Until then each name survives by
//     itself, in any order. SQLite never renames, so there is no rename.
//   - As in the driver's own VFS, the first sync of a new journal or WAL file
//     also syncs the folder; removing a file does so only when SQLite asks.
//   - The WAL-index is not part of the disk: it is shared memory, a scratch file
//     outside, new at each boot.
package disk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3/vfs"
)

// Disk is one disk in one machine, registered as a VFS under its name. Its
// methods are safe for concurrent use. With one connection at work everything
// that happens follows from the seed; with several it also depends on how they
// interleave.
type Disk struct {
	name   string
	seed   uint64
	clones *atomic.Int64 // shared by a disk and all its clones, for unique names

	mu    sync.Mutex
	files map[string]*inode   // the folder as the running system sees it
	names map[string][]*inode // names with unsynced changes: the durable entry, then each later one; nil is "absent"
	temps int                 // temporary files made so far
	boot  int                 // handles of an earlier boot are dead
	off   bool                // no power
	shm   string              // scratch folder for WAL-indexes, "" until needed

	reads bool // reads count as operations
	trace []Op // operations since boot
	cutAt int  // 0: never
	fault fault
}

// New makes an empty disk and registers it as the VFS name, to be written in
// the connection string as "file:paper.db?vfs=name". The name must be fit for a
// URI and not in use: New panics if it is. Close takes it away again.
// The seed decides what survives a cut and how much a short write writes.
func New(name string, seed uint64) *Disk {
	if vfs.Find(name) != nil {
		panic("disk: VFS name in use: " + name)
	}
	d := &Disk{name: name, seed: seed, clones: new(atomic.Int64), files: map[string]*inode{}, names: map[string][]*inode{}}
	vfs.Register(name, d)
	return d
}

// Clone makes another disk with the same files, all of them durable, as the
// running system sees them now; nothing else is taken over: no locks, faults or
// counts. It is registered under a new name (see Name). Prepare a database
// once, close it, and clone it for each run: a clone costs one copy of the
// files. Clone panics on a disk without power, whose files are not decided on
// until Reboot.
func (d *Disk) Clone(seed uint64) *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		panic("disk: clone of a disk without power: " + d.name)
	}
	c := &Disk{
		name: fmt.Sprintf("%s.%d", d.name, d.clones.Add(1)), seed: seed, clones: d.clones,
		files: make(map[string]*inode, len(d.files)), names: map[string][]*inode{},
	}
	for name, f := range d.files {
		c.files[name] = &inode{data: append([]byte(nil), f.data...)}
	}
	vfs.Register(c.name, c)
	return c
}

// Close takes the power away, the VFS name from the registry and the scratch
// files from the host. Close the connections first. It may be called twice.
func (d *Disk) Close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if vfs.Find(d.name) == vfs.VFS(d) {
		vfs.Unregister(d.name)
	}
	d.off = true
	if d.shm != "" {
		os.RemoveAll(d.shm)
		d.shm = ""
	}
}

// Name is the VFS name for the connection string.
func (d *Disk) Name() string { return d.name }

// Ops counts the operations since the last boot: each write, truncation, sync
// (of a file, of the folder), creation and deletion is one, and each read after
// CountReads(true). The first is number 1. The one at which power went is
// counted, later ones are not.
func (d *Disk) Ops() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.trace)
}

// Trace lists the operations since the last boot in order; operation n is
// Trace()[n-1].
func (d *Disk) Trace() []Op {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]Op(nil), d.trace...)
}

// CountReads makes reads count as operations, or not (the beginning), so that
// CutAt and FailAt can hit them.
func (d *Disk) CountReads(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reads = on
}

// CutAt takes the power away at operation n, counted from the last boot or from
// New or Clone (or at the next one if n has passed); 0 is never. That operation may survive in
// whole, in part or not; it and every later call fail with SQLITE_IOERR_* until
// Reboot.
func (d *Disk) CutAt(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cutAt = n
}

// Cut takes the power away now, between two operations.
func (d *Disk) Cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.powerOff()
}

// Off tells whether the power is away.
func (d *Disk) Off() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.off
}

// Reboot brings the power back, cutting it first if that has not happened. The
// disk holds what survived; locks are gone, counts begin again, cut and faults
// are disarmed. Files opened before stay dead: every call on them fails. Close
// their connections before the boot, as what a connection does by name (deleting
// its journal) would be done on the new machine.
func (d *Disk) Reboot() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.powerOff()
	d.off = false
	d.boot++
	d.trace, d.cutAt, d.fault = nil, 0, fault{}
}

// random gives the dice for one decision of this disk, which depend only on the
// seed, the boot and the number of operations so far.
func (d *Disk) random() *rand.Rand {
	return rand.New(rand.NewPCG(d.seed, uint64(d.boot)<<32|uint64(len(d.trace))))
}
