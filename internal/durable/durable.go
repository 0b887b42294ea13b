// Package durable writes files that survive a power cut, and keeps them inside
// one folder: no name and no symbolic link leads out of it (os.Root). When
// WriteFile returns nil, the whole new content is on disk; when it returns an
// error, the file has the old content or the new one, never a piece of either.
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Root is an open folder. Its methods are safe for concurrent use; of two
// writers of one name the last to finish wins.
type Root struct {
	dir    string
	root   *os.Root
	disk   disk
	making sync.Mutex  // held until a new folder is on disk: nobody writes into one that may vanish
	doubts atomic.Bool // a folder could not be synced: nothing written since is certain
}

// tempPrefix opens the names of files that are not whole yet. Callers cannot
// use it: Valid refuses names that begin with a dot.
const tempPrefix = ".tmp-"

// ErrDoubt is returned by every write after a folder could not be synced. A
// second sync may report success for what the first one lost, so there is no
// way back but to stop, start again and look at what is there.
var ErrDoubt = errors.New("an earlier write may not be on disk: restart to see what is there")

// Open opens the folder dir for reading and writing. A missing one is made,
// with its parents, for this user alone (0700). The errors are single
// sentences for people: dir is a file, may not be read or written, lies on a
// read-only disk.
func Open(dir string) (*Root, error) {
	if err := makeFolder(dir); err != nil {
		return nil, sayWhy(dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, sayWhy(dir, err)
	}
	r := &Root{dir: dir, root: root, disk: osDisk{root}}
	if err := r.probe(); err != nil {
		root.Close()
		return nil, sayWhy(dir, err)
	}
	return r, nil
}

// Close closes the folder; locks on it stay until they are released.
func (r *Root) Close() error { return r.root.Close() }

// Path is the file's path outside, for a library that opens files itself (the
// database). The name is checked as everywhere.
func (r *Root) Path(name string) (string, error) {
	if err := Valid(name); err != nil {
		return "", err
	}
	return filepath.Join(r.dir, filepath.FromSlash(name)), nil
}

// ReadFile reads a whole file. A missing one is fs.ErrNotExist.
func (r *Root) ReadFile(name string) ([]byte, error) {
	if err := Valid(name); err != nil {
		return nil, err
	}
	data, err := r.root.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return data, nil
}

// WriteFile makes data the content of the named file, in one step and on disk
// before it returns. Missing folders of the name are made (0700). perm counts
// before the umask, as with os.WriteFile.
//
// The system calls, in this order; the first that fails ends it, none is tried
// twice, and a file that was not renamed is removed:
//
//	openat    .tmp-…  O_WRONLY|O_CREAT|O_EXCL   beside the file: rename must not cross disks
//	write     the data
//	fsync     the file                           before the rename, or the name may point at nothing
//	close     the file
//	renameat  .tmp-… → the name                  readers see the old file or the new one
//	openat    the folder
//	fsync     the folder                         the new name itself is on disk
//	close     the folder
func (r *Root) WriteFile(name string, data []byte, perm fs.FileMode) error {
	if err := Valid(name); err != nil {
		return err
	}
	if r.doubts.Load() {
		return fmt.Errorf("write %s: %w", name, ErrDoubt)
	}
	folder := path.Dir(name)
	if err := r.makeFolders(folder); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	temp := path.Join(folder, tempPrefix+strconv.FormatUint(rand.Uint64(), 36))
	err := r.writeWhole(temp, data, perm)
	if err == nil {
		err = r.disk.Rename(temp, name)
	}
	if err != nil {
		_ = r.disk.Remove(temp) // best effort: Sweep finds what stays
		return fmt.Errorf("write %s: %w", name, err)
	}
	if err := r.syncFolder(folder); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// Remove removes a file, on disk before it returns. A missing one is
// fs.ErrNotExist.
func (r *Root) Remove(name string) error {
	if err := Valid(name); err != nil {
		return err
	}
	if r.doubts.Load() {
		return fmt.Errorf("remove %s: %w", name, ErrDoubt)
	}
	if err := r.disk.Remove(name); err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	if err := r.syncFolder(path.Dir(name)); err != nil {
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return nil
}

// Sweep removes the unfinished files that a power cut has left and returns how
// many there were. Call it at the start and under the folder's lock: a file
// that is just being written looks the same.
func (r *Root) Sweep() (int, error) {
	var found []string
	err := fs.WalkDir(r.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), tempPrefix) {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("look for unfinished files: %w", err)
	}
	for i, name := range found {
		if err := r.disk.Remove(name); err != nil {
			return i, fmt.Errorf("remove the unfinished %s: %w", name, err)
		}
	}
	return len(found), nil
}

// Valid checks a file's name: parts of 1 to 200 bytes joined by "/", none of
// which begins with a dot, nothing that leads out of the folder or means
// something to any operating system. At most 1,000 bytes in all.
func Valid(name string) error {
	bad := func(r rune) bool { return r < ' ' || r == 0x7f || strings.ContainsRune(`\:*?"<>|`, r) }
	if !fs.ValidPath(name) || !filepath.IsLocal(name) || len(name) > 1000 || strings.ContainsFunc(name, bad) {
		return fmt.Errorf("%q is not a name for a file: %w", name, fs.ErrInvalid)
	}
	for part := range strings.SplitSeq(name, "/") {
		if len(part) > 200 || part[0] == '.' || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
			return fmt.Errorf("%q is not a name for a file: %w", name, fs.ErrInvalid)
		}
	}
	return nil
}

// writeWhole makes a new file with all of data on disk.
func (r *Root) writeWhole(name string, data []byte, perm fs.FileMode) error {
	f, err := r.disk.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// makeFolders makes the folders down to name that are missing, each on disk.
func (r *Root) makeFolders(name string) error {
	r.making.Lock()
	defer r.making.Unlock()
	return r.folders(name)
}

func (r *Root) folders(name string) error {
	if name == "." {
		return nil
	}
	if info, err := r.disk.Stat(name); err == nil && info.IsDir() {
		return nil
	}
	if err := r.folders(path.Dir(name)); err != nil {
		return err
	}
	if err := r.disk.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return r.syncFolder(path.Dir(name))
}

// syncFolder brings a folder's names to disk. A failure leaves them in doubt.
func (r *Root) syncFolder(name string) error {
	err := r.disk.SyncFolder(name)
	if err != nil {
		r.doubts.Store(true)
	}
	return err
}
