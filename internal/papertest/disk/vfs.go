package disk

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

var _ vfs.VFS = (*Disk)(nil)

// Open is part of [vfs.VFS]. A file without a name is temporary and gone at a
// boot; creating one is an operation too.
func (d *Disk) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := &handle{d: d, boot: d.boot, name: name}
	if name == "" {
		d.temps++
		h.name = fmt.Sprintf("temporary/%d", d.temps)
		h.temp = true
	}
	if d.off {
		return nil, flags, deadErr(OpCreate)
	}
	f, err := d.find(h, flags)
	if err != nil {
		return nil, flags, err
	}
	h.f = f
	const journal = vfs.OPEN_MAIN_JOURNAL | vfs.OPEN_SUPER_JOURNAL | vfs.OPEN_WAL
	h.syncDir = flags&vfs.OPEN_CREATE != 0 && flags&journal != 0
	if flags&vfs.OPEN_MAIN_DB != 0 && !h.temp {
		if h.shm, err = d.sharedMemory(name, flags); err != nil {
			return nil, flags, err
		}
	}
	return h, flags, nil
}

// find looks a file up, or creates it.
func (d *Disk) find(h *handle, flags vfs.OpenFlag) (*inode, error) {
	f := d.files[h.name]
	if f != nil {
		if flags&vfs.OPEN_EXCLUSIVE != 0 {
			return nil, sqlite3.CANTOPEN
		}
		return f, nil
	}
	if flags&vfs.OPEN_CREATE == 0 {
		return nil, sqlite3.CANTOPEN
	}
	f = new(inode)
	err := d.step(h.boot, Op{Kind: OpCreate, Name: h.name}, func(int) {
		if !h.temp && flags&vfs.OPEN_DELETEONCLOSE == 0 {
			d.bind(h.name, f)
		}
	})
	return f, err
}

// sharedMemory gives a database its WAL-index, which the library wants backed
// by a real file: a scratch file on the host, in memory where there is such a
// folder.
func (d *Disk) sharedMemory(name string, flags vfs.OpenFlag) (vfs.SharedMemory, error) {
	if d.shm == "" {
		dir, err := os.MkdirTemp("/dev/shm", "disk-")
		if err != nil {
			dir, err = os.MkdirTemp("", "disk-")
		}
		if err != nil {
			return nil, fmt.Errorf("disk: folder for shared memory: %w", err)
		}
		d.shm = dir
	}
	file := fmt.Sprintf("%d-%s-shm", d.boot, filepath.Base(name))
	return vfs.NewSharedMemory(filepath.Join(d.shm, file), flags), nil
}

// Delete is part of [vfs.VFS]. Syncing the folder is an operation of its own.
func (d *Disk) Delete(name string, syncDir bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return deadErr(OpDelete)
	}
	if d.files[name] == nil {
		return sqlite3.IOERR_DELETE_NOENT
	}
	err := d.step(d.boot, Op{Kind: OpDelete, Name: name}, func(int) { d.bind(name, nil) })
	if err != nil || !syncDir {
		return err
	}
	return d.step(d.boot, Op{Kind: OpSyncDir, Name: name}, func(int) { d.syncDir(name) })
}

// Access is part of [vfs.VFS]. Every file may be read and written.
func (d *Disk) Access(name string, _ vfs.AccessFlag) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off {
		return false, sqlite3.IOERR_ACCESS
	}
	return d.files[name] != nil, nil
}

// FullPathname is part of [vfs.VFS]. Names are rooted at "/"; any folder exists.
func (d *Disk) FullPathname(name string) (string, error) { return path.Join("/", name), nil }
