package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"testing"
)

// acts is a day's work with files: what each act leaves when it succeeded. It
// returns the promised content of each name after every acknowledged act.
func acts(r *Root, acknowledged func(name, content string)) error {
	for i, name := range []string{"log/checkpoint", "media/ab/one", "log/checkpoint", "media/ab/two", "log/checkpoint"} {
		content := fmt.Sprintf("%s, state %d %s", name, i, strings.Repeat("x", 50*i))
		if err := r.WriteFile(name, []byte(content), 0o600); err != nil {
			return err
		}
		acknowledged(name, content)
	}
	if err := r.Remove("media/ab/one"); err != nil {
		return err
	}
	acknowledged("media/ab/one", "")
	return nil
}

// cutEverywhere cuts the power after each operation of acts in turn, rounds
// times, and counts the runs that lost an acknowledged write or tore a file.
func cutEverywhere(rounds int, prepare func(*model)) (cuts, lost, torn int) {
	whole := newModel()
	_ = acts(&Root{disk: whole}, func(string, string) {})
	for seed := range uint64(rounds) {
		for at := 1; at <= whole.ops; at++ {
			m := newModel()
			m.cutAfter = at
			prepare(m)
			promised, said := map[string]string{}, map[string]bool{"": true}
			_ = acts(&Root{disk: m}, func(name, content string) { promised[name] = content })
			_ = acts(&Root{disk: newModel()}, func(_, content string) { said[content] = true })
			after := m.cut(rand.New(rand.NewPCG(seed, uint64(at))))
			cuts++
			bad, broken := verdict(after, promised, said)
			lost += bad
			torn += broken
		}
	}
	return cuts, lost, torn
}

// verdict compares a disk after the cut with what was promised. The act that
// the cut fell into may have happened or not.
func verdict(after, promised map[string]string, said map[string]bool) (lost, torn int) {
	for name, content := range after {
		if !strings.Contains(name, tempPrefix) && !said[content] {
			torn = 1
		}
	}
	for name, content := range promised {
		if got := after[name]; got != content && !newer(got, content, said) {
			lost = 1
		}
	}
	return lost, torn
}

// newer: the file already has the content of the act that was cut, which is a
// later state of the same name, or was just being removed.
func newer(got, promised string, said map[string]bool) bool {
	state := func(s string) (n int) {
		_, rest, _ := strings.Cut(s, ", state ")
		fmt.Sscan(rest, &n)
		return n
	}
	return got != "" && said[got] && promised != "" && state(got) > state(promised) ||
		got == "" && strings.HasPrefix(promised, "media/ab/one")
}

func TestPowerCut(t *testing.T) {
	cuts, lost, torn := cutEverywhere(100, func(*model) {})
	t.Logf("%d cuts, %d lost an acknowledged write, %d tore a file", cuts, lost, torn)
	if lost != 0 || torn != 0 || cuts < 1800 {
		t.Errorf("of %d cuts %d lost an acknowledged write and %d tore a file", cuts, lost, torn)
	}
}

// A test of the test: without either sync the same suite must fail.
func TestPowerCutFindsMissingSyncs(t *testing.T) {
	if _, _, torn := cutEverywhere(20, func(m *model) { m.lieFile = true }); torn == 0 {
		t.Error("without fsync of the file nothing was torn: the suite sees nothing")
	}
	if _, lost, _ := cutEverywhere(20, func(m *model) { m.lieFolder = true }); lost == 0 {
		t.Error("without fsync of the folder nothing was lost: the suite sees nothing")
	}
}

// Every operation fails in turn, undone and done, with three errors: never a
// success that did not happen, never a piece of a file, and after an error
// either state.
func TestEveryNthFailure(t *testing.T) {
	runs := 0
	for _, errno := range []error{syscall.EIO, syscall.ENOSPC, syscall.EDQUOT} {
		for _, done := range []bool{false, true} {
			for at := 1; ; at++ {
				m := newModel()
				d := &failing{disk: m, at: at, done: done, err: errno}
				r := &Root{disk: d}
				promised, said := map[string]string{}, map[string]bool{"": true}
				err := acts(r, func(name, content string) { promised[name] = content })
				_ = acts(&Root{disk: newModel()}, func(_, content string) { said[content] = true })
				if d.seen < at {
					break
				}
				runs++
				if err != nil && !errors.Is(err, errno) {
					t.Errorf("operation %d: the error hides its cause: %v", at, err)
				}
				if err == nil {
					t.Errorf("operation %d failed (done %v) and nobody was told", at, done)
				}
				live := map[string]string{}
				for name, n := range m.live {
					if !n.folder {
						live[name] = string(n.live)
					}
				}
				if lost, torn := verdict(live, promised, said); lost+torn > 0 {
					t.Errorf("operation %d (done %v, %v): lost %d, torn %d: %v", at, done, errno, lost, torn, live)
				}
			}
		}
	}
	t.Logf("%d failures", runs)
	if runs < 150 {
		t.Errorf("only %d operations failed", runs)
	}
}

// syncCounter counts the syncs of a disk whose folders cannot be synced once.
type syncCounter struct {
	disk
	files, folders int
	failFile       bool
	failFolder     bool
}

type countedFile struct {
	file
	c *syncCounter
}

func (c *syncCounter) OpenFile(name string, flag int, perm fs.FileMode) (file, error) {
	f, err := c.disk.OpenFile(name, flag, perm)
	return countedFile{f, c}, err
}

func (f countedFile) Sync() error {
	f.c.files++
	if f.c.failFile {
		return syscall.EIO
	}
	return f.file.Sync()
}

func (c *syncCounter) SyncFolder(name string) error {
	c.folders++
	if c.failFolder {
		return syscall.EIO
	}
	return c.disk.SyncFolder(name)
}

// A failed fsync is never tried again: a file's goes with its file, a
// folder's puts every later write in doubt.
func TestFailedSyncIsNotRetried(t *testing.T) {
	m := newModel()
	c := &syncCounter{disk: m, failFile: true}
	r := &Root{disk: c}
	if err := r.WriteFile("a", []byte("x"), 0o600); !errors.Is(err, syscall.EIO) || c.files != 1 || c.folders != 0 || len(m.live) != 1 {
		t.Errorf("file: %v, %d syncs of files, %d of folders, names %v", err, c.files, c.folders, m.live)
	}
	c.failFile, c.files = false, 0
	if err := r.WriteFile("a", []byte("x"), 0o600); err != nil || c.files != 1 {
		t.Errorf("a new file may be written: %v", err)
	}
	c.failFolder, c.folders = true, 0
	if err := r.WriteFile("b", []byte("x"), 0o600); !errors.Is(err, syscall.EIO) || c.folders != 1 {
		t.Errorf("folder: %v, %d syncs", err, c.folders)
	}
	c.failFolder = false
	for _, err := range []error{r.WriteFile("c", nil, 0o600), r.WriteFile("b", nil, 0o600), r.Remove("a")} {
		if !errors.Is(err, ErrDoubt) {
			t.Errorf("after a folder could not be synced: %v", err)
		}
	}
	if c.folders != 1 {
		t.Errorf("%d syncs of the folder, want the one that failed", c.folders)
	}
}

// The real disk keeps the model's contract where it can be seen.
func TestModelAgreesWithTheSystem(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for name, d := range map[string]disk{"model": newModel(), "system": osDisk{root}} {
		create := os.O_WRONLY | os.O_CREATE | os.O_EXCL
		_, missing := d.OpenFile("no/x", create, 0o600)
		f, err := d.OpenFile("x", create, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		_, exists := d.OpenFile("x", create, 0o600)
		_, written := f.Write([]byte("x"))
		for _, err := range []error{written, f.Sync(), f.Close(), d.Mkdir("d", 0o700), d.Rename("x", "d/y"), d.SyncFolder("d"), d.Remove("d/y")} {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		again := d.Mkdir("d", 0o700)
		if !errors.Is(missing, fs.ErrNotExist) || !errors.Is(exists, fs.ErrExist) || !errors.Is(again, fs.ErrExist) ||
			!errors.Is(d.Remove("d/y"), fs.ErrNotExist) || !errors.Is(d.Rename("x", "z"), fs.ErrNotExist) {
			t.Errorf("%s: %v, %v, %v", name, missing, exists, again)
		}
	}
}
