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
	dirty map[int]*history // by sector number
	sizes []int            // if the size changed: the durable one, then each later one
	locks locks
}

// history is what one sector may hold after a cut.
type history struct {
	versions []sector // the durable content, then each later one
	lost     bool     // the system believes it durable, in error
}

// sector is a sector's content; nil is one that was past the end of the file.
type sector []byte

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
		f.grow(end)
	}
	copy(f.data[off:], p)
	f.record(first, last)
}

// truncate sets the size. Sectors wholly cut off are not overwritten: if the
// truncation is lost in a cut, they are back. Of a sector cut through, the rest
// becomes zeros, as file systems do it.
func (f *inode) truncate(size int) {
	switch {
	case size > len(f.data):
		f.grow(size)
	case size < len(f.data):
		first, last := size/sectorSize, (len(f.data)-1)/sectorSize
		f.touch(first, last)
		f.sized(size)
		f.data = f.data[:size]
		if size%sectorSize > 0 {
			f.record(first, first)
		}
	}
}

// sync makes everything durable but what was forgotten.
func (f *inode) sync() {
	f.sizes = nil
	maps.DeleteFunc(f.dirty, func(_ int, h *history) bool { return !h.lost })
}

// forget takes the unsynced sectors for clean: what is durable stays the old
// content until the sector is written again. The size goes through the file
// system's journal and is not forgotten.
func (f *inode) forget() {
	for _, h := range f.dirty {
		h.versions, h.lost = h.versions[:1:1], true
	}
}

// grow extends the file with zeros.
func (f *inode) grow(size int) {
	f.sized(size)
	old := len(f.data)
	f.data = append(f.data, make([]byte, size-old)...)
	if len(f.dirty) == 0 {
		return
	}
	for i := old / sectorSize; i*sectorSize < size; i++ {
		if f.dirty[i] != nil { // cut off before: zeros now
			f.record(i, i)
		}
	}
}

func (f *inode) sized(size int) {
	if len(f.sizes) == 0 {
		f.sizes = []int{len(f.data)}
	}
	f.sizes = append(f.sizes, size)
}

// touch keeps the durable content of sectors about to change.
func (f *inode) touch(first, last int) {
	if f.dirty == nil {
		f.dirty = map[int]*history{}
	}
	var now []sector
	for i := first; i <= last; i++ {
		if f.dirty[i] == nil {
			if now == nil {
				now = f.sectors(first, last)
			}
			f.dirty[i] = &history{versions: append(make([]sector, 0, 2), now[i-first])}
		}
	}
}

// record adds the new content of sectors that changed.
func (f *inode) record(first, last int) {
	for i, s := range f.sectors(first, last) {
		h := f.dirty[first+i]
		h.versions, h.lost = append(h.versions, s), false
	}
}

// sectors copies a range of sectors, the last of the file padded with zeros.
func (f *inode) sectors(first, last int) []sector {
	all := make([]sector, last-first+1)
	start := first * sectorSize
	if start >= len(f.data) {
		return all
	}
	have := min(last, (len(f.data)-1)/sectorSize) - first + 1
	block := make([]byte, have*sectorSize)
	copy(block, f.data[start:])
	for i := range have {
		all[i] = block[i*sectorSize : (i+1)*sectorSize : (i+1)*sectorSize]
	}
	return all
}
