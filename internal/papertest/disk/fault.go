package disk

import (
	"fmt"
	"syscall"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Mode says whether a failing operation happened.
type Mode int

const (
	// Failed did nothing and returned the error.
	Failed Mode = iota
	// FailedButDone did everything and returned the error anyway.
	FailedButDone
	// FailedForgotten is Failed, and a failing sync also forgets: the system
	// believes the unsynced sectors clean and no later sync writes them, as
	// Linux does. Only writing them again helps.
	FailedForgotten
)

// String names the mode.
func (m Mode) String() string {
	return [...]string{"failed", "failed but done", "failed and forgotten"}[m]
}

// Kind says which error an operation returns.
type Kind int

const (
	// EIO is an error of the device: SQLITE_IOERR_*, and SQLITE_CANTOPEN on creation.
	EIO Kind = iota
	// NoSpace is a full disk: SQLITE_FULL on a write, else as EIO with ENOSPC as the system's error.
	NoSpace
	// ShortWrite writes a random beginning and fails with SQLITE_FULL, in the
	// mode FailedButDone the whole. Other operations fail as in EIO.
	ShortWrite
)

// String names the error.
func (k Kind) String() string { return [...]string{"EIO", "ENOSPC", "short write"}[k] }

// OpKind is what an operation does.
type OpKind int

// The operations that are counted. OpRead only after CountReads(true).
const (
	OpWrite OpKind = iota
	OpTruncate
	OpSync
	OpSyncDir
	OpCreate
	OpDelete
	OpRead
)

// String names the operation.
func (k OpKind) String() string {
	return [...]string{"write", "truncate", "sync", "sync folder of", "create", "delete", "read"}[k]
}

// Op is one operation on the disk.
type Op struct {
	Kind OpKind
	Name string // the file's full name
	Off  int64  // bytes; a truncation's new size
	Len  int    // bytes written or asked for
}

// String is a line for a test's log, such as "write /paper.db-wal 32+24".
func (o Op) String() string {
	switch o.Kind {
	case OpWrite, OpRead:
		return fmt.Sprintf("%v %s %d+%d", o.Kind, o.Name, o.Off, o.Len)
	case OpTruncate:
		return fmt.Sprintf("%v %s %d", o.Kind, o.Name, o.Off)
	}
	return fmt.Sprintf("%v %s", o.Kind, o.Name)
}

type fault struct {
	at    int // 0: none
	mode  Mode
	kind  Kind
	on    bool // every operation from at
	fired int
}

// FailAt makes operation n, counted from the last boot, fail once.
func (d *Disk) FailAt(n int, mode Mode, kind Kind) { d.arm(fault{at: n, mode: mode, kind: kind}) }

// FailFrom makes operation n, counted from the last boot, and every later one
// fail until Heal or Reboot.
func (d *Disk) FailFrom(n int, mode Mode, kind Kind) {
	d.arm(fault{at: n, mode: mode, kind: kind, on: true})
}

// Heal takes back FailAt and FailFrom; what they did stays done.
func (d *Disk) Heal() { d.arm(fault{}) }

// Failed counts the operations that FailAt or FailFrom made fail since it was
// called; Heal and Reboot set it to 0. In a loop over every n, 0 says that the act under test has fewer than
// n operations.
func (d *Disk) Failed() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.fault.fired
}

func (d *Disk) arm(f fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fault = f
}

// step counts an operation and performs it through act, which is told how many
// of the operation's bytes to handle; or cuts the power, or fails, as armed.
// The caller holds the lock.
func (d *Disk) step(boot int, op Op, act func(n int)) error {
	if d.off || boot != d.boot {
		return deadErr(op.Kind)
	}
	d.trace = append(d.trace, op)
	n := len(d.trace)
	if d.cutAt > 0 && n >= d.cutAt {
		if op.Kind != OpSync && op.Kind != OpSyncDir {
			act(op.Len) // on its way, like everything else that was not synced
		}
		d.powerOff()
		return deadErr(op.Kind)
	}
	f := &d.fault
	if f.at == 0 || n < f.at || (n > f.at && !f.on) {
		act(op.Len)
		return nil
	}
	f.fired++
	switch {
	case f.mode == FailedButDone:
		act(op.Len)
	case f.kind == ShortWrite && op.Kind == OpWrite:
		act(d.random().IntN(op.Len))
	case f.mode == FailedForgotten && op.Kind == OpSync && d.files[op.Name] != nil:
		d.files[op.Name].forget()
	}
	return f.kind.err(op.Kind)
}

// err is what the driver's own VFS returns for the kind of error.
func (k Kind) err(op OpKind) error {
	switch {
	case op == OpWrite && k != EIO:
		return vfs.SystemError(syscall.ENOSPC, sqlite3.FULL)
	case k == NoSpace:
		return vfs.SystemError(syscall.ENOSPC, op.code())
	}
	return vfs.SystemError(syscall.EIO, op.code())
}

func deadErr(op OpKind) error { return vfs.SystemError(syscall.ENODEV, op.code()) }

func (k OpKind) code() sqlite3.ExtendedErrorCode {
	switch k {
	case OpWrite:
		return sqlite3.IOERR_WRITE
	case OpTruncate:
		return sqlite3.IOERR_TRUNCATE
	case OpSync:
		return sqlite3.IOERR_FSYNC
	case OpSyncDir:
		return sqlite3.IOERR_DIR_FSYNC
	case OpCreate:
		return sqlite3.ExtendedErrorCode(sqlite3.CANTOPEN)
	case OpDelete:
		return sqlite3.IOERR_DELETE
	}
	return sqlite3.IOERR_CORRUPTFS // what the driver makes of EIO from a read
}
