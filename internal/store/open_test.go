package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// TestReopen: what was kept is there when the paper is opened again, and a
// paper may be closed twice.
func TestReopen(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		live(t, p, 1, p.Story(p.Town, "Bridge"))
		want := dump(t, p.Store)
		for range 2 {
			if err := p.Store.Close(); err != nil {
				t.Fatal(err)
			}
		}
		s, err := store.Open(t.Context(), store.Options{URL: p.URL})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if got := dump(t, s); got != want {
			t.Errorf("after opening again:\n%s", diff(want, got))
		}
		if err := p.Store.Write(t.Context(), "write", func(*store.Tx) error { return nil }); err == nil {
			t.Error("a closed store takes a write")
		}
	})
}

// TestNewerDatabase: a program does not touch the database of a newer one.
func TestNewerDatabase(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		if _, err := p.Store.Writer().Exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (999, TRUE)`); err != nil {
			t.Fatal(err)
		}
		want := dump(t, p.Store)
		s, err := store.Open(t.Context(), store.Options{URL: p.URL})
		if err == nil {
			s.Close()
		}
		if news.CodeOf(err) != news.Unavailable || !strings.Contains(err.Error(), "start a newer program") {
			t.Errorf("a newer database: %v", err)
		}
		if got := dump(t, p.Store); got != want {
			t.Errorf("it was written to:\n%s", diff(want, got))
		}
	})
}

// TestCannotOpen: each thing that may stand in the way is one sentence.
func TestCannotOpen(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for url, says := range map[string]string{
		filepath.Join(dir, "no", "such", "folder", "paper.db"): "check that the folder exists",
		dir: "cannot open the database",
		filepath.Join(file("file", "x"), "paper.db"):                    "cannot open the database",
		file("letter.txt", strings.Repeat("Dear editor, ", 1000)):       "not a sound SQLite database",
		"postgres://nobody@127.0.0.1:1/paper?connect_timeout=5":         "check that it runs",
		"postgres://nobody@127.0.0.1:notaport/paper":                    "it looks like postgres://",
		"postgres://nobody@/paper?host=" + filepath.Join(dir, "nobody"): "cannot reach the database \"paper\"",
	} {
		s, err := store.Open(t.Context(), store.Options{URL: url})
		if err == nil {
			s.Close()
		}
		if news.CodeOf(err) != news.Unavailable || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", url, err, says)
		}
	}
	if raw, err := os.ReadFile(filepath.Join(dir, "letter.txt")); err != nil || !strings.HasPrefix(string(raw), "Dear editor") {
		t.Errorf("a file that is no database was changed: %v", err)
	}
}

// TestFileMode: drafts and addresses are nobody else's to read.
func TestFileMode(t *testing.T) {
	p := papertest.New(t)
	info, err := os.Stat(p.URL)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database file has mode %v, %v", info.Mode(), err)
	}
}

// TestPostgresMustBeDurable: a server that would acknowledge what is not on
// its disk is refused.
func TestPostgresMustBeDurable(t *testing.T) {
	url := papertest.Postgres(t)
	s, err := store.Open(t.Context(), store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Writer().Exec(`DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit = off'; END $$`); err != nil {
		t.Fatal(err)
	}
	if again, err := store.Open(t.Context(), store.Options{URL: url}); err == nil {
		again.Close()
		t.Error("opened with synchronous_commit=off")
	} else if news.CodeOf(err) != news.Unavailable || !strings.Contains(err.Error(), "synchronous_commit") {
		t.Error(err)
	}
}
