package durable

import (
	"errors"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"syscall"
	"testing"
)

// model is a disk in memory that keeps apart what is on the platter and what
// only the running system sees. It promises as little as POSIX does: a file's
// bytes are safe after its Sync, a name after its folder's, each on its own.
type model struct {
	live, safe map[string]*node // names; folders have a nil data
	lieFile    bool             // Sync of a file does nothing: a test of the test
	lieFolder  bool
	ops        int
	cutAfter   int // no operation after this many does anything; 0 = never
}

type node struct {
	folder     bool
	live, safe []byte
}

var errNoPower = errors.New("the power is off")

func newModel() *model {
	top := &node{folder: true}
	return &model{live: map[string]*node{".": top}, safe: map[string]*node{".": top}}
}

func (m *model) step() error {
	m.ops++
	if m.cutAfter > 0 && m.ops > m.cutAfter {
		return errNoPower
	}
	return nil
}

func (m *model) OpenFile(name string, flag int, _ fs.FileMode) (file, error) {
	if err := m.step(); err != nil {
		return nil, err
	}
	if m.live[name] != nil || flag&os.O_EXCL == 0 {
		return nil, fs.ErrExist
	}
	if m.live[path.Dir(name)] == nil {
		return nil, fs.ErrNotExist
	}
	n := &node{}
	m.live[name] = n
	return &modelFile{m, n}, nil
}

func (m *model) Stat(name string) (fs.FileInfo, error) {
	n := m.live[name]
	switch {
	case n == nil:
		return nil, fs.ErrNotExist
	case !n.folder:
		return nil, syscall.ENOTDIR
	}
	return os.Stat(".") // any folder: only IsDir is asked
}

func (m *model) Mkdir(name string, _ fs.FileMode) error {
	if err := m.step(); err != nil {
		return err
	}
	if m.live[name] != nil {
		return fs.ErrExist
	}
	m.live[name] = &node{folder: true}
	return nil
}

func (m *model) Rename(from, to string) error {
	if err := m.step(); err != nil {
		return err
	}
	if m.live[from] == nil {
		return fs.ErrNotExist
	}
	m.live[to] = m.live[from]
	delete(m.live, from)
	return nil
}

func (m *model) Remove(name string) error {
	if err := m.step(); err != nil {
		return err
	}
	if m.live[name] == nil {
		return fs.ErrNotExist
	}
	delete(m.live, name)
	return nil
}

func (m *model) SyncFolder(name string) error {
	if err := m.step(); err != nil || m.lieFolder {
		return err
	}
	m.settle(name, func(string) bool { return true })
	return nil
}

// settle brings the chosen names of a folder to the platter.
func (m *model) settle(folder string, chosen func(name string) bool) {
	names := map[string]bool{}
	for _, all := range []map[string]*node{m.live, m.safe} {
		for name := range all {
			names[name] = names[name] || name != "." && path.Dir(name) == folder
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		switch {
		case !names[name] || !chosen(name):
		case m.live[name] == nil:
			delete(m.safe, name)
		default:
			m.safe[name] = m.live[name]
		}
	}
}

// cut takes the power away: of what was not synced a random part survives,
// names and bytes independently. It returns the disk that starts again.
func (m *model) cut(random *rand.Rand) map[string]string {
	for name, n := range m.live {
		if n.folder {
			m.settle(name, func(string) bool { return random.IntN(2) == 0 })
		}
	}
	after := map[string]string{}
	for name, n := range m.safe {
		if n.folder || !m.reachable(name) {
			continue
		}
		data := n.safe
		if random.IntN(2) == 0 && len(n.live) > len(data) {
			data = n.live[:len(data)+random.IntN(len(n.live)-len(data)+1)]
		}
		after[name] = string(data)
	}
	return after
}

func (m *model) reachable(name string) bool {
	for name != "." {
		if name = path.Dir(name); m.safe[name] == nil {
			return false
		}
	}
	return true
}

type modelFile struct {
	m *model
	n *node
}

func (f *modelFile) Write(p []byte) (int, error) {
	if err := f.m.step(); err != nil {
		return 0, err
	}
	f.n.live = append(f.n.live, p...)
	return len(p), nil
}

func (f *modelFile) Sync() error {
	if err := f.m.step(); err != nil || f.m.lieFile {
		return err
	}
	f.n.safe = slices.Clone(f.n.live)
	return nil
}

func (f *modelFile) Close() error { return f.m.step() }

// failing passes calls on until the at-th one, which fails: before it is done,
// or after.
type failing struct {
	disk
	at   int
	done bool // failed but done
	err  error
	seen int
}

func (d *failing) hit(call func() error) error {
	d.seen++
	if d.seen != d.at {
		return call()
	}
	if d.done {
		_ = call()
	}
	return d.err
}

func (d *failing) OpenFile(name string, flag int, perm fs.FileMode) (f file, err error) {
	err = d.hit(func() (inner error) { f, inner = d.disk.OpenFile(name, flag, perm); return inner })
	if err != nil {
		return nil, err
	}
	return &failingFile{d, f}, nil
}

func (d *failing) Mkdir(name string, perm fs.FileMode) error {
	return d.hit(func() error { return d.disk.Mkdir(name, perm) })
}
func (d *failing) Rename(from, to string) error {
	return d.hit(func() error { return d.disk.Rename(from, to) })
}
func (d *failing) Remove(name string) error {
	return d.hit(func() error { return d.disk.Remove(name) })
}
func (d *failing) SyncFolder(name string) error {
	return d.hit(func() error { return d.disk.SyncFolder(name) })
}

type failingFile struct {
	d *failing
	f file
}

// Write, when it fails half done, has written a part: a short write.
func (f *failingFile) Write(p []byte) (n int, err error) {
	f.d.seen++
	if f.d.seen != f.d.at {
		return f.f.Write(p)
	}
	if f.d.done {
		n, _ = f.f.Write(p[:len(p)/2])
	}
	return n, f.d.err
}
func (f *failingFile) Sync() error  { return f.d.hit(f.f.Sync) }
func (f *failingFile) Close() error { return f.d.hit(f.f.Close) }

func TestModel(t *testing.T) {
	m := newModel()
	r := &Root{dir: "x", disk: m}
	if err := r.WriteFile("a/b/c", []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if got := m.cut(rand.New(rand.NewPCG(1, 2))); got["a/b/c"] != "text" || len(got) != 1 {
			t.Errorf("after the cut: %v", got)
		}
	}
}
