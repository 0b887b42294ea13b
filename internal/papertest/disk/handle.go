package disk

import (
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// handle is an open file. SQLite uses one from one connection at a time; the
// disk's lock guards what handles share.
type handle struct {
	d       *Disk
	boot    int
	name    string
	f       *inode
	shm     vfs.SharedMemory
	level   vfs.LockLevel
	syncDir bool // the first sync also syncs the folder
	temp    bool
}

var (
	_ vfs.FileSharedMemory = (*handle)(nil)
	_ vfs.FileLockState    = (*handle)(nil)
	_ vfs.FileSizeHint     = (*handle)(nil)
	_ vfs.FileHasMoved     = (*handle)(nil)
)

func (h *handle) Close() error {
	if h.shm != nil {
		h.shm.Close()
	}
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	h.f.locks.lower(h, vfs.LOCK_NONE)
	if h.dead() {
		return sqlite3.IOERR_CLOSE
	}
	return nil
}

// dead tells that this machine has lost its power since the file was opened.
func (h *handle) dead() bool { return h.d.off || h.boot != h.d.boot }

func (h *handle) ReadAt(p []byte, off int64) (n int, err error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if h.dead() {
		return 0, deadErr(OpRead)
	}
	if h.d.reads {
		op := Op{Kind: OpRead, Name: h.name, Off: off, Len: len(p)}
		if err := h.d.step(h.boot, op, func(int) {}); err != nil {
			return 0, err
		}
	}
	return h.f.readAt(p, off)
}

func (h *handle) WriteAt(p []byte, off int64) (n int, err error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	op := Op{Kind: OpWrite, Name: h.name, Off: off, Len: len(p)}
	err = h.d.step(h.boot, op, func(k int) {
		h.f.writeAt(p[:k], int(off))
		n = k
	})
	return n, err
}

func (h *handle) Truncate(size int64) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	op := Op{Kind: OpTruncate, Name: h.name, Off: size}
	return h.d.step(h.boot, op, func(int) { h.f.truncate(int(size)) })
}

// SizeHint grows the file, as the driver's own VFS does.
func (h *handle) SizeHint(size int64) error {
	h.d.mu.Lock()
	grow := size > int64(len(h.f.data))
	h.d.mu.Unlock()
	if !grow {
		return nil
	}
	return h.Truncate(size)
}

func (h *handle) Sync(vfs.SyncFlag) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	err := h.d.step(h.boot, Op{Kind: OpSync, Name: h.name}, func(int) {
		h.f.sync()
		h.d.syncName(h.name, h.f)
	})
	if err != nil || !h.syncDir {
		return err
	}
	h.syncDir = false
	return h.d.step(h.boot, Op{Kind: OpSyncDir, Name: h.name}, func(int) { h.d.syncDir(h.name) })
}

func (h *handle) Size() (int64, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if h.dead() {
		return 0, sqlite3.IOERR_FSTAT
	}
	return int64(len(h.f.data)), nil
}

func (h *handle) Lock(level vfs.LockLevel) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if h.dead() {
		return sqlite3.IOERR_LOCK
	}
	if h.level < level && !h.f.locks.raise(h, level) {
		return sqlite3.BUSY
	}
	return nil
}

func (h *handle) Unlock(level vfs.LockLevel) error {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if h.dead() {
		return sqlite3.IOERR_UNLOCK
	}
	if h.level > level {
		h.f.locks.lower(h, level)
	}
	return nil
}

func (h *handle) CheckReservedLock() (bool, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	if h.dead() {
		return false, sqlite3.IOERR_CHECKRESERVEDLOCK
	}
	return h.f.locks.reserved != nil, nil
}

func (h *handle) HasMoved() (bool, error) {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	return !h.temp && h.d.files[h.name] != h.f, nil
}

func (h *handle) LockState() vfs.LockLevel {
	h.d.mu.Lock()
	defer h.d.mu.Unlock()
	return h.level
}

func (h *handle) SharedMemory() vfs.SharedMemory { return h.shm }

func (h *handle) SectorSize() int { return sectorSize }

// DeviceCharacteristics promises what the driver's own VFS promises on Linux,
// and nothing about order, appending or atomic sectors.
func (h *handle) DeviceCharacteristics() vfs.DeviceCharacteristic {
	return vfs.IOCAP_POWERSAFE_OVERWRITE | vfs.IOCAP_SUBPAGE_READ
}
