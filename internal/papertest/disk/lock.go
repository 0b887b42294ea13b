package disk

import "github.com/ncruces/go-sqlite3/vfs"

// locks are the locks on one file. https://sqlite.org/lockingv3.html section 3
type locks struct {
	shared   map[*handle]bool // every holder of any lock
	reserved *handle          // RESERVED or more
	pending  *handle          // PENDING or EXCLUSIVE: nobody new may read
}

func (l *locks) raise(h *handle, want vfs.LockLevel) bool {
	switch want {
	case vfs.LOCK_SHARED:
		if l.pending != nil && l.pending != h {
			return false
		}
		if l.shared == nil {
			l.shared = map[*handle]bool{}
		}
		l.shared[h] = true
	case vfs.LOCK_RESERVED:
		if l.reserved != nil && l.reserved != h {
			return false
		}
		l.reserved = h
	case vfs.LOCK_EXCLUSIVE:
		// From SHARED directly when a hot journal is rolled back.
		if (l.reserved != nil && l.reserved != h) || (l.pending != nil && l.pending != h) {
			return false
		}
		l.reserved, l.pending = h, h
		if len(l.shared) > 1 {
			h.level = vfs.LOCK_PENDING
			return false
		}
	}
	h.level = want
	return true
}

func (l *locks) lower(h *handle, to vfs.LockLevel) {
	if l.reserved == h {
		l.reserved = nil
	}
	if l.pending == h {
		l.pending = nil
	}
	if to == vfs.LOCK_NONE {
		delete(l.shared, h)
	}
	h.level = to
}
