package durable

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// ErrLocked says that another process holds the lock.
var ErrLocked = errors.New("in use")

// Lock is a held lock.
type Lock struct{ f *os.File }

// Lock takes the exclusive lock of the named file without waiting, so that two
// servers never share a folder. The system drops it when the process ends,
// however it ends; the file stays, with the holder's process number in it. If
// another holds it, the error is ErrLocked and names the folder and that
// process. On a network file system it is worth what that system makes of it.
func (r *Root) Lock(name string) (*Lock, error) {
	if err := Valid(name); err != nil {
		return nil, err
	}
	f, err := r.root.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", r.dir, err)
	}
	if err := lockFile(f); err != nil {
		holder := readHolder(f)
		f.Close()
		if errors.Is(err, ErrLocked) {
			return nil, fmt.Errorf("%s is %w by %s: stop it or name another folder", r.dir, ErrLocked, holder)
		}
		return nil, fmt.Errorf("lock %s: %w", r.dir, err)
	}
	writeHolder(f)
	return &Lock{f}, nil
}

// Release gives the lock up. A second call is an error.
func (l *Lock) Release() error { return l.f.Close() }

func readHolder(f *os.File) string {
	text := make([]byte, 20)
	n, _ := f.ReadAt(text, 0)
	if pid, err := strconv.Atoi(strings.TrimSpace(string(text[:n]))); err == nil {
		return "process " + strconv.Itoa(pid)
	}
	return "another process"
}

// writeHolder notes who holds the lock. Only a message depends on it: it need
// not be on disk, and a full disk must not keep the server from starting.
func writeHolder(f *os.File) {
	if f.Truncate(0) == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
}
