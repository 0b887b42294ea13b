package disk

import (
	"io"
	"maps"
)

const sectorSize = 512

// inode is a file's content: as the running system sees it, and what of it the
// device may not have yet.
type inode struct {
	data  []byte
	dirty map[int][]sector // by sector number: the durable content, then each later one
	sizes []int            // if the size changed: the durable one, then each later one
	locks locks
}

// sector is a sector's content; nil is one that was past the end of the file.
type sector *[sectorSize]byte

func (f *inode) readAt(p []byte, off int64) (int, error) {
	if off >= int64(len(f.data)) {
		return 0, io.EOF
	}
	n := copy(p, f.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *inode) writeAt(p []byte, off int) {
	if len(p) == 0 {
		return
	}
	first, last := off/sectorSize, (off+len(p)-1)/sectorSize
	f.touch(first, last)
	if end := off + len(p); end > len(f.data) {
		f.resize(end)
	}
	copy(f.data[off:], p)
	f.record(first, last)
}

func (f *inode) truncate(size int) {
	if size >= len(f.data) {
		if size > len(f.data) {
			f.resize(size)
		}
		return
	}
	first, last := size/sectorSize, (len(f.data)-1)/sectorSize
	f.touch(first, last)
	f.resize(size)
	f.record(first, last)
}

// sync makes everything durable but what was forgotten.
func (f *inode) sync() {
	f.sizes = nil
	maps.DeleteFunc(f.dirty, func(_ int, versions []sector) bool { return len(versions) > 1 })
}

// forget takes the unsynced sectors for clean: what is durable stays the old
// content until the sector is written again. The size is the file system's and
// goes through its journal: it is not forgotten.
func (f *inode) forget() {
	if f == nil {
		return // a temporary file
	}
	for i, versions := range f.dirty {
		f.dirty[i] = versions[:1:1]
	}
}

// touch keeps the durable content of sectors about to change.
func (f *inode) touch(first, last int) {
	if f.dirty == nil {
		f.dirty = map[int][]sector{}
	}
	for i := first; i <= last; i++ {
		if _, ok := f.dirty[i]; !ok {
			f.dirty[i] = []sector{f.sector(i)}
		}
	}
}

// record adds the new content of sectors that changed.
func (f *inode) record(first, last int) {
	for i := first; i <= last; i++ {
		f.dirty[i] = append(f.dirty[i], f.sector(i))
	}
}

func (f *inode) sector(i int) sector {
	if i*sectorSize >= len(f.data) {
		return nil
	}
	var s [sectorSize]byte
	copy(s[:], f.data[i*sectorSize:])
	return &s
}

func (f *inode) resize(size int) {
	if len(f.sizes) == 0 {
		f.sizes = []int{len(f.data)}
	}
	f.sizes = append(f.sizes, size)
	if size <= len(f.data) {
		clear(f.data[size:])
		f.data = f.data[:size]
		return
	}
	f.data = append(f.data, make([]byte, size-len(f.data))...)
}
