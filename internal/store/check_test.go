package store_test

import (
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3/vfs"

	"broadsheet/internal/papertest"
	"broadsheet/internal/papertest/disk"
	"broadsheet/internal/store"
)

// sabotage is one thing that must never be true, and what Check says of it.
var sabotage = []struct{ text, finding string }{
	{`UPDATE article SET head = 0 WHERE id = 1`, "article 1 points at a revision that cannot be"},
	{`UPDATE article SET live = 3 WHERE id = 4`, "article 4 points at a revision that cannot be"},
	{`UPDATE article SET live = 0 WHERE id = 4`, "article 4 is published without a live revision or a time"},
	{`UPDATE article SET published_at = 0 WHERE id = 4`, "article 4 is published without a live revision or a time"},
	{`UPDATE article SET live = 1 WHERE id = 1`, "article 1 is not published and has a live revision"},
	{`UPDATE article SET state = 'scheduled' WHERE id = 3`, "article 3 is scheduled for no time"},
	{`UPDATE article SET state = 'killed', kill_note = '' WHERE id = 6`, "article 6 is killed without a note"},
	{`DELETE FROM revision WHERE article_id = 1`, "article 1 has no head revision"},
	{`UPDATE revision SET published_at = 0 WHERE article_id = 5`, "the live revision of article 5 is missing or not frozen"},
	{`UPDATE article SET embargo_until = published_at + 1 WHERE id = 5`, "article 5 went out before its embargo ended"},
	{`DELETE FROM event WHERE article_id = 7`, "article 7 has no entry in the record"},
	{`UPDATE event SET kind = 'article.edited' WHERE article_id = 6 AND kind = 'article.published'`, "the publication of article 6 is not in the record"},
	{`UPDATE article SET comment_count = 5 WHERE id = 4`, "article 4 counts its comments wrong"},
	{`UPDATE comment SET state = 'approved' WHERE id = 1`, "article 4 counts its comments wrong"},
	{`UPDATE article SET live_section_id = 99 WHERE id = 5`, "article 5 stands in no section of its edition"},
	{`DELETE FROM search_entry WHERE article_id = 5`, "article 5 is published and cannot be searched"},
	{`UPDATE search_entry SET scope = 'public' WHERE article_id = 1`, "article 1 is not public and can be searched by readers"},
	{`UPDATE article_topic SET published_at = 7 WHERE article_id = 5`, "article 5 stands wrongly in a topic's list"},
	{`UPDATE article_byline SET published_at = 7 WHERE article_id = 5`, "article 5 stands wrongly in an author's list"},
	{`INSERT INTO correction (article_id, revision, edition_id, kind, note, person_id, at, headline) VALUES (4, 2, 1, 'update', 'x', 1, 1, 'x')`,
		"a correction of article 4 names a revision that never went live"},
	{`DELETE FROM draft WHERE article_id = 7 AND seq = 2`, "the end of a draft log of article 7 is missing"},
	{`UPDATE draft SET whole = 5 WHERE article_id = 7 AND seq = 1`, "a draft of article 7 cannot be put together"},
	{`UPDATE draft_tab SET revision = 9 WHERE article_id = 7`, "a draft log of article 7 points at a revision that cannot be"},
	{`DELETE FROM event WHERE seq = 3`, "the record has a gap before event 4"},
	{`UPDATE counter SET value = value + 1 WHERE name = 'event'`, "the record ends before event"},
	{`UPDATE revision SET body = '{' WHERE article_id = 1`, "revision 1 of article 1 cannot be read"},
	{`INSERT INTO aside (article_id, person_id, base, content, at) VALUES (404, 1, 1, '', 1)`, "a row of table aside refers to something that is not there"},
}

// TestCheckFinds: Check is what the other tests lean on, so each thing it
// looks for is done to a paper once, and a sound paper has no finding.
func TestCheckFinds(t *testing.T) {
	d := stage(t, "check")
	for _, c := range append(sabotage, struct{ text, finding string }{`SELECT 1`, ""}) {
		clone := d.Clone(1)
		s := open(t, clone, "")
		for _, text := range []string{`PRAGMA foreign_keys = OFF`, c.text} {
			if _, err := s.Writer().Exec(text); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
		}
		got := findings(t, s)
		if c.finding == "" && got != "" || !strings.Contains(got, c.finding) {
			t.Errorf("%s: found %q, want %q", c.text, got, c.finding)
		}
		s.Close()
		clone.Close()
	}
}

func findings(t *testing.T, s *store.Store) string {
	t.Helper()
	var list []string
	if err := s.Check(t.Context(), func(f string) { list = append(list, f) }, nil); err != nil {
		t.Error(err)
	}
	return strings.Join(list, "; ")
}

// TestCheckFindsOnPostgres: the rules are the same there; foreign keys are the
// server's own matter.
func TestCheckFindsOnPostgres(t *testing.T) {
	p := found(t, store.Options{URL: databases["postgres"](t)})
	o := office{Paper: *p}.enter(p.Store)
	if err := o.stage(t.Context()); err != nil {
		t.Fatal(err)
	}
	// From the mildest to the worst, all in one paper.
	for _, c := range sabotage {
		if strings.Contains(c.text, "404") {
			continue
		}
		if _, err := p.Store.Writer().Exec(`BEGIN; SET LOCAL session_replication_role = replica; ` + c.text + `; COMMIT`); err != nil {
			t.Fatalf("%s: %v", c.text, err)
		}
	}
	got := findings(t, p.Store)
	for _, want := range []string{"points at a revision that cannot be", "is not published and has a live", "killed without a note", "not frozen", "no entry in the record",
		"counts its comments wrong", "cannot be searched", "can be searched by readers", "topic's list", "author's list", "never went live", "draft log", "put together", "gap before", "ends before"} {
		if !strings.Contains(got, want) {
			t.Errorf("not found: %s, in %s", want, got)
		}
	}
}

// TestCheckProgress: a long check tells how far it is.
func TestCheckProgress(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		o := office{Paper: *p}.enter(p.Store)
		if err := o.stage(t.Context()); err != nil {
			t.Fatal(err)
		}
		last := 0
		if err := p.Store.Check(t.Context(), func(f string) { t.Error(f) }, func(done int) { last = done }); err != nil || last != 7 {
			t.Errorf("%d articles were checked, %v", last, err)
		}
	})
}

// TestDamagedFile: a file that something has written into is found, not read
// as if nothing had happened.
func TestDamagedFile(t *testing.T) {
	d := stage(t, "damaged")
	s := open(t, d.Disk, "")
	var page, size int64
	if err := s.Writer().QueryRow(`SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema WHERE name = 'article_desk'`).Scan(&page, &size); err != nil {
		t.Fatal(err)
	}
	s.Close()
	scribble(t, d.Disk, page*size-700)
	found, _, err := look(t.Context(), d.Disk, "", true)
	if !strings.Contains(strings.Join(found, "; "), "the database file: ") {
		t.Errorf("found %q, %v", found, err)
	}
}

// scribble writes noise over a piece of the database file.
func scribble(t *testing.T, d *disk.Disk, at int64) {
	t.Helper()
	f, _, err := d.Open("/paper.db", vfs.OPEN_MAIN_DB|vfs.OPEN_READWRITE)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(strings.Repeat("\xa5", 700)), at); err != nil {
		t.Fatal(err)
	}
}
