package disk

import (
	"maps"
	"math/rand/v2"
	"path"
	"slices"
)

// bind gives a name a file, or none; durable only after a sync.
func (d *Disk) bind(name string, f *inode) {
	if _, ok := d.names[name]; !ok {
		d.names[name] = []*inode{d.files[name]}
	}
	d.names[name] = append(d.names[name], f)
	if f == nil {
		delete(d.files, name)
	} else {
		d.files[name] = f
	}
}

// syncName makes the name durable by which a file is now known.
func (d *Disk) syncName(name string, f *inode) {
	if f != nil && d.files[name] == f {
		delete(d.names, name)
	}
}

// syncDir makes every name in the file's folder durable.
func (d *Disk) syncDir(name string) {
	for n := range d.names {
		if path.Dir(n) == path.Dir(name) {
			delete(d.names, n)
		}
	}
}

// powerOff decides what survives, once. The dice lean one way or the other at
// each cut, so that "nearly nothing" and "nearly everything" both come up.
func (d *Disk) powerOff() {
	if d.off {
		return
	}
	d.off = true
	r := d.random()
	keep := []float64{0.1, 0.5, 0.9}[r.IntN(3)]
	for _, name := range slices.Sorted(maps.Keys(d.names)) {
		versions := d.names[name]
		d.files[name] = versions[choose(r, len(versions), keep)]
		if d.files[name] == nil {
			delete(d.files, name)
		}
	}
	d.names = map[string][]*inode{}
	for _, name := range slices.Sorted(maps.Keys(d.files)) {
		d.files[name].settle(r, keep)
	}
}

// settle decides what the device has at a cut. keep is the chance of the newest
// version of anything.
func (f *inode) settle(r *rand.Rand, keep float64) {
	size := len(f.data)
	if len(f.sizes) > 0 {
		size = f.sizes[choose(r, len(f.sizes), keep)]
	}
	data := make([]byte, size)
	copy(data, f.data)
	for _, i := range slices.Sorted(maps.Keys(f.dirty)) {
		if i*sectorSize < size {
			copy(data[i*sectorSize:], survivor(r, f.dirty[i].versions, keep))
		}
	}
	*f = inode{data: data}
}

// survivor picks one of a sector's contents, or tears one.
func survivor(r *rand.Rand, versions []sector, keep float64) []byte {
	v := choose(r, len(versions), keep)
	now := orNoise(r, versions[v])
	if v == 0 || r.IntN(16) > 0 {
		return now
	}
	mix := slices.Clone(orNoise(r, versions[v-1]))
	if split := r.IntN(sectorSize); r.IntN(2) == 0 {
		copy(mix[:split], now)
	} else {
		copy(mix[split:], now[split:])
	}
	return mix
}

// orNoise gives a sector's bytes; one that never held anything has zeros or noise.
func orNoise(r *rand.Rand, s sector) []byte {
	if s != nil {
		return s
	}
	var b [sectorSize]byte
	if r.IntN(2) == 0 {
		for i := range b {
			b[i] = byte(r.Uint32())
		}
	}
	return b[:]
}

// choose picks one of n versions: the newest with chance keep, else any older.
func choose(r *rand.Rand, n int, keep float64) int {
	if n == 1 || r.Float64() < keep {
		return n - 1
	}
	return r.IntN(n - 1)
}
