package durable

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func open(t *testing.T) (*Root, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a", "paper")
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r, dir
}

func TestWriteAndRead(t *testing.T) {
	r, dir := open(t)
	if _, err := r.ReadFile("media/ab/x.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	for _, text := range []string{"first", "", "a longer second text"} {
		if err := r.WriteFile("media/ab/x.jpg", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := r.ReadFile("media/ab/x.jpg"); err != nil || string(got) != text {
			t.Errorf("read %q, %v; want %q", got, err, text)
		}
	}
	for name, want := range map[string]fs.FileMode{"": 0o700, "media": 0o700, "media/ab": 0o700, "media/ab/x.jpg": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v; want %o", name, info.Mode(), err, want)
		}
	}
	if path, err := r.Path("paper.db"); err != nil || path != filepath.Join(dir, "paper.db") {
		t.Errorf("path %q, %v", path, err)
	}
	if err := r.Remove("media/ab/x.jpg"); err != nil {
		t.Fatal(err)
	}
	if err := r.Remove("media/ab/x.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed twice: %v", err)
	}
	if left := list(t, dir); len(left) != 0 {
		t.Errorf("left over: %v", left)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "under")} {
		_, err := Open(path)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "is a file") {
			t.Errorf("%s: %v", path, err)
		}
	}
	shut := filepath.Join(dir, "shut")
	if err := os.Mkdir(shut, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere: the refusal of a shut folder is not tested")
	}
	for _, path := range []string{shut, filepath.Join(shut, "under")} {
		if _, err := Open(path); err == nil || !strings.Contains(err.Error(), "may not be read and written") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// What the system may answer, in the words of a person.
func TestSayWhy(t *testing.T) {
	for errno, want := range map[syscall.Errno]string{
		syscall.EROFS: "mounted read-only", syscall.EACCES: "may not be read and written", syscall.EPERM: "may not be read and written",
		syscall.ENOTDIR: "is a file", syscall.EIO: "cannot be opened",
	} {
		err := sayWhy("/srv/paper", &fs.PathError{Op: "open", Path: "x", Err: errno})
		if !strings.Contains(err.Error(), "/srv/paper") || !strings.Contains(err.Error(), want) || !errors.Is(err, errno) {
			t.Errorf("%v: %v, want %q", errno, err, want)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%v: not one line: %v", errno, err)
		}
	}
}

// A full disk does not keep the paper from being read.
func TestOpenOnFullDisk(t *testing.T) {
	full := &Root{dir: "x", disk: &failing{disk: newModel(), at: 1, err: syscall.ENOSPC}}
	if err := full.probe(); err != nil {
		t.Errorf("a full disk: %v", err)
	}
	readOnly := &Root{dir: "x", disk: &failing{disk: newModel(), at: 1, err: syscall.EROFS}}
	if err := readOnly.probe(); !errors.Is(err, syscall.EROFS) {
		t.Errorf("a read-only disk: %v", err)
	}
}

func TestValid(t *testing.T) {
	for _, name := range []string{"a", "paper.db", "media/ab/عکس.jpg", strings.Repeat("a", 200)} {
		if err := Valid(name); err != nil {
			t.Error(err)
		}
	}
	for _, name := range []string{"", ".", "..", "/", "/etc/passwd", "../x", "a/../x", "a/./b", "a//b", "a/", ".tmp-1", "a/.hidden",
		"a\\b", "..\\x", "C:\\x", "c:x", "a\x00b", "a\nb", "a.", "a ", "a/b./c", "con?", "*", "a|b", "\xff",
		strings.Repeat("a", 201), strings.Repeat("a/", 500) + "a"} {
		if err := Valid(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q is taken for a name", name)
		}
	}
}

// Nobody leaves the folder, not by a name and not by a link that was planted in it.
func TestStaysInside(t *testing.T) {
	r, dir := open(t)
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "out")); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../secret", "out/secret", "out/new", "link"} {
		if data, err := r.ReadFile(name); err == nil {
			t.Errorf("read %s: %q", name, data)
		}
	}
	if err := r.WriteFile("out/new", []byte("x"), 0o600); err == nil {
		t.Error("wrote out/new")
	}
	if err := r.WriteFile("link", []byte("x"), 0o600); err != nil {
		t.Errorf("a link is replaced, not followed: %v", err)
	}
	if _, err := r.Lock("out/lock"); err == nil {
		t.Error("locked out/lock")
	}
	if data, _ := os.ReadFile(secret); string(data) != "secret" || len(list(t, outside)) != 1 {
		t.Errorf("outside there is %v, %q", list(t, outside), data)
	}
}

func TestSweep(t *testing.T) {
	r, dir := open(t)
	if err := r.WriteFile("media/a", []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".tmp-1", "media/.tmp-2"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := r.Sweep(); n != 2 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
	if left := list(t, dir); len(left) != 1 || left[0] != "media/a" {
		t.Errorf("left: %v", left)
	}
}

// Many writers of one name: each sees a whole file at any time.
func TestConcurrent(t *testing.T) {
	r, dir := open(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			text := bytes.Repeat([]byte{byte('a' + i)}, 10_000)
			for range 5 {
				if err := r.WriteFile("deep/er/x", text, 0o600); err != nil {
					t.Error(err)
				}
				got, err := r.ReadFile("deep/er/x")
				if err != nil || len(got) != 10_000 || len(bytes.Trim(got, string(got[:1]))) != 0 {
					t.Errorf("%d bytes, %v", len(got), err)
				}
			}
		})
	}
	all.Wait()
	if left := list(t, dir); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
