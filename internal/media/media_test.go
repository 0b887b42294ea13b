package media_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"broadsheet/internal/durable"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// photo is a JPEG with a comment, so that what is served differs from it.
func photo(t testing.TB, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return slices.Concat(b.Bytes()[:2], []byte("\xff\xfe\x00\x0dtaken at 12"), b.Bytes()[2:])
}

func TestKeep(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		ctx, data := t.Context(), photo(t, 16)
		m, err := p.Media.Keep(ctx, p.Reporter.ID, `C:\photos\The Old Bridge.PNG`, data)
		if err != nil {
			t.Fatal(err)
		}
		if m.Name != "the-old-bridge.jpg" || m.Kind != "image/jpeg" || m.Width != 16 || m.Height != 8 || m.Src() != "/media/"+m.Hash+"/the-old-bridge.jpg" {
			t.Errorf("%+v", m)
		}
		again, err := p.Media.Keep(ctx, p.Editor.ID, "other.jpg", data)
		if err != nil || again != m {
			t.Errorf("the same file again: %+v, %v", again, err)
		}
		// The same picture with another comment: one picture, two originals.
		other := bytes.Replace(data, []byte("at 12"), []byte("at 13"), 1)
		if again, err = p.Media.Keep(ctx, p.Editor.ID, "پل.jpg", other); err != nil || again != m {
			t.Errorf("the same picture: %+v, %v", again, err)
		}
		for _, original := range [][]byte{data, other} {
			if got, err := p.Files.ReadFile(path(hash(original))); err != nil || !bytes.Equal(got, original) {
				t.Errorf("the original is not kept as it was: %v", err)
			}
		}
		served := read(t, p.Media, m)
		if bytes.Contains(served, []byte("taken")) || hash(served) != m.Hash || len(served) != m.Bytes {
			t.Errorf("served are %d bytes of hash %s", len(served), hash(served))
		}
		if _, _, err := p.Media.Open(ctx, m.Hash, "other.jpg"); news.CodeOf(err) != news.NotFound {
			t.Errorf("a wrong name: %v", err)
		}
		if _, _, err := p.Media.Open(ctx, hash(data), m.Name); news.CodeOf(err) != news.NotFound {
			t.Errorf("the original was served: %v", err)
		}
		for _, bad := range []string{"", "..", "../../paper.db", strings.ToUpper(m.Hash), m.Hash + "0", strings.Repeat("0", 64)} {
			if _, _, err := p.Media.Open(ctx, bad, m.Name); news.CodeOf(err) != news.NotFound {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

// TestNames: a picture's address is readable in every script, and its ending
// is what the file is.
func TestNames(t *testing.T) {
	p := papertest.New(t)
	for i, c := range []struct{ name, want string }{
		{"پل قدیم.jpeg", "پل-قدیم.jpg"}, {"", "picture.jpg"}, {".jpg", "jpg.jpg"}, {"???.gif", "picture.jpg"}, {"a/b/../c.tar.gz", "c-tar.jpg"},
		{"<script>\"'.js", "script.jpg"}, {strings.Repeat("long ", 200), ""}, {"x\x00y\xff.jpg", "xy.jpg"},
	} {
		m, err := p.Media.Keep(t.Context(), p.Reporter.ID, c.name, photo(t, 20+i))
		if err != nil || c.want != "" && m.Name != c.want || len(m.Name) > 100 {
			t.Errorf("%q: %q, %v", c.name, m.Name, err)
		}
	}
}

// TestLostFile: whoever has emptied the folder by mistake hands the picture in
// again and has it back.
func TestLostFile(t *testing.T) {
	p, data := papertest.New(t), photo(t, 16)
	m, err := p.Media.Keep(t.Context(), p.Reporter.ID, "a.jpg", data)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Files.Remove(path(m.Hash)); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, p.Media); !strings.Contains(got, "the picture /media/"+m.Hash+"/a.jpg has no file") {
		t.Errorf("found %q", got)
	}
	if _, _, err := p.Media.Open(t.Context(), m.Hash, m.Name); news.CodeOf(err) != news.Unavailable {
		t.Errorf("a lost file: %v", err)
	}
	if err := p.Files.WriteFile(path(m.Hash), make([]byte, m.Bytes), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, p.Media); !strings.Contains(got, "is not the file that was kept") {
		t.Errorf("found %q", got)
	}
	if err := p.Files.Remove(path(m.Hash)); err != nil {
		t.Fatal(err)
	}
	if again, err := p.Media.Keep(t.Context(), p.Reporter.ID, "b.jpg", data); err != nil || again != m {
		t.Errorf("%+v, %v", again, err)
	}
	if got := findings(t, p.Media); got != "" {
		t.Errorf("found %q", got)
	}
}

// TestRowAfterFile: the database speaks of a file only after file, name and
// folder are on disk.
func TestRowAfterFile(t *testing.T) {
	var order []string
	var mu sync.Mutex
	note := func(what string) {
		mu.Lock()
		defer mu.Unlock()
		order = append(order, what)
	}
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(dir, "paper.db"), Trace: func(text string) error {
		if strings.HasPrefix(text, "INSERT INTO media") {
			note("row")
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files, err := durable.OpenTraced(dir, quiet, func(call, name string) error {
		if call == "syncfolder" || call == "sync" || call == "rename" {
			note(call)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if _, err := media.New(s, files, papertest.NewClock().Now).Keep(t.Context(), 1, "a.jpg", photo(t, 16)); err != nil {
		t.Fatal(err)
	}
	if n := len(order); n < 7 || order[n-1] != "row" || slices.Index(order, "row") != n-1 || order[n-2] != "syncfolder" || order[n-3] != "rename" || order[n-4] != "sync" {
		t.Errorf("in this order: %v", order)
	}
}

func quiet(string, string) error { return nil }

// TestDiskFails: each call to the disk and each statement of the database
// fails in turn, and also fails though it was done. Whatever happens, no row
// speaks of a file that is not whole, and asking again after a new start keeps
// the picture.
func TestDiskFails(t *testing.T) {
	data := photo(t, 16)
	for _, done := range []bool{false, true} {
		for _, where := range []string{"disk", "database"} {
			noticed := 0
			for n := 1; ; n++ {
				f := &failing{where: where, n: n, done: done}
				failed := f.run(t, data)
				if !f.hit {
					break
				}
				if failed {
					noticed++
				}
			}
			if noticed < 3 {
				t.Errorf("%s, done %v: %d failures were noticed", where, done, noticed)
			}
		}
	}
}

// failing makes the n-th call to the disk or the database fail.
type failing struct {
	where string
	n     int
	done  bool
	count int
	hit   bool
	mu    sync.Mutex
}

var errDisk = &os.PathError{Op: "write", Path: "x", Err: syscall.EIO}

func (f *failing) fail(where string, done bool) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if where != f.where || done != f.done {
		return nil
	}
	if f.count++; f.count == f.n {
		f.hit = true
		return errDisk
	}
	return nil
}

func (f *failing) run(t *testing.T, data []byte) (failed bool) {
	t.Helper()
	dir := t.TempDir()
	armed := false
	hook := func(where string, done bool) func(...string) error {
		return func(...string) error {
			if !armed {
				return nil
			}
			return f.fail(where, done)
		}
	}
	begin, end := hook("database", false), hook("database", true)
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(dir, "paper.db"),
		Trace: func(string) error { return begin() }, Done: func(string) error { return end() }})
	if err != nil {
		t.Fatal(err)
	}
	diskBegin, diskEnd := hook("disk", false), hook("disk", true)
	files, err := durable.OpenTraced(dir, func(string, string) error { return diskBegin() }, func(string, string) error { return diskEnd() })
	if err != nil {
		t.Fatal(err)
	}
	room := media.New(s, files, papertest.NewClock().Now)
	armed = true
	_, err = room.Keep(context.Background(), 1, "a.jpg", data)
	armed = false
	if err != nil && news.CodeOf(err) != news.Unavailable {
		t.Errorf("%s %d, done %v: %v", f.where, f.n, f.done, err)
	}
	failed = err != nil
	what := fmt.Sprintf("%s call %d failed, done %v", f.where, f.n, f.done)
	if got := findings(t, room); got != "" {
		t.Errorf("%s: found %s", what, got)
	}
	s.Close()
	files.Close()
	f.restart(t, dir, what, data)
	return failed
}

// restart opens everything anew and asks again.
func (f *failing) restart(t *testing.T, dir, what string, data []byte) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(dir, "paper.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files, err := durable.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	if _, err := files.Sweep(); err != nil {
		t.Error(err)
	}
	room := media.New(s, files, papertest.NewClock().Now)
	if got := findings(t, room); got != "" {
		t.Errorf("%s, after a new start: found %s", what, got)
	}
	m, err := room.Keep(t.Context(), 1, "a.jpg", data)
	if err != nil || !bytes.HasPrefix(read(t, room, m), []byte("\xff\xd8")) {
		t.Errorf("%s, asked again: %v", what, err)
	}
	if got := findings(t, room); got != "" {
		t.Errorf("%s, asked again: found %s", what, got)
	}
}

// TestManyAtOnce: people hand in the same pictures at the same time.
func TestManyAtOnce(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		var all sync.WaitGroup
		kept := make([]news.Media, 12)
		for i := range kept {
			all.Go(func() {
				var err error
				if kept[i], err = p.Media.Keep(t.Context(), p.Reporter.ID, fmt.Sprintf("%d.jpg", i), photo(t, 8+i%3)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for i := range kept {
			if kept[i] != kept[i%3] {
				t.Errorf("%+v and %+v", kept[i], kept[i%3])
			}
		}
	})
}

func TestGivenUp(t *testing.T) {
	p := papertest.New(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Media.Keep(ctx, p.Reporter.ID, "a.jpg", photo(t, 16)); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever has gone away: %v", err)
	}
}

func findings(t *testing.T, m *media.Media) string {
	t.Helper()
	var list []string
	if err := m.Check(context.Background(), func(f string) { list = append(list, f) }); err != nil {
		t.Error(err)
	}
	return strings.Join(list, "; ")
}

func read(t *testing.T, room *media.Media, m news.Media) []byte {
	t.Helper()
	_, f, err := room.Open(context.Background(), m.Hash, m.Name)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Error(err)
	}
	return data
}
