// Package papertest gives tests a whole paper: a real database (SQLite, and
// PostgreSQL where one is offered), a town to write about, a staff, a clock
// that stands still until it is told to move, and Check, which verifies after
// a test that nothing is true that must never be.
package papertest

import (
	"context"
	"path/filepath"
	"testing"

	"broadsheet/internal/doc"
	"broadsheet/internal/durable"
	"broadsheet/internal/locale"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Paper is a paper in a test: two editions of the town of Valmere and a staff.
type Paper struct {
	Store *store.Store
	Media *media.Media
	Files *durable.Root // the data folder
	Clock *Clock
	URL   string // of the database

	English, Persian news.Edition
	World, Town      news.Section // of the English edition
	Jahan            news.Section // of the Persian one

	Owner, Chief, Editor, Colleague, Reporter, Contributor news.Person
}

// New makes a paper on SQLite in a folder of the test.
func New(t testing.TB) *Paper {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "paper.db"))
}

// Each runs a test on SQLite and, where a server is offered, on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, p *Paper)) {
	t.Run("sqlite", func(t *testing.T) { test(t, New(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, Postgres(t))) })
}

func open(t testing.TB, url string) *Paper {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: url})
	if err != nil {
		t.Fatalf("open the paper: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	files, err := durable.Open(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatalf("open the data folder: %v", err)
	}
	t.Cleanup(func() { files.Close() })
	p := &Paper{Store: s, Clock: NewClock(), URL: url, Files: files}
	p.Media = media.New(s, files, p.Clock.Now)
	t.Cleanup(func() { p.checkFiles(t) })
	if err := p.Found(t.Context()); err != nil {
		t.Fatalf("found the paper: %v", err)
	}
	return p
}

// Found fills an empty database with the town's paper and its staff.
func (p *Paper) Found(ctx context.Context) error {
	return p.Store.Write(ctx, "found the paper", func(tx *store.Tx) error {
		if err := tx.SavePaper(ctx, news.Paper{Name: "Valmere Press", Language: "en", FourEyes: true, SetUp: true}); err != nil {
			return err
		}
		p.English = news.Edition{Slug: "en", Default: true, Name: "The Valmere Courier", Language: "en", TimeZone: "Europe/London",
			Calendar: "gregorian", Accent: "#8a1c1c", Comments: true}
		p.Persian = news.Edition{Slug: "fa", Name: "پیک والمیر", Language: "fa", TimeZone: "Asia/Tehran", Calendar: "persian", Accent: "#14532d", Comments: true, Position: 1}
		for _, e := range []*news.Edition{&p.English, &p.Persian} {
			e.ID = 0
			if err := tx.SaveEdition(ctx, e); err != nil {
				return err
			}
		}
		p.World = news.Section{Edition: p.English.ID, Slug: "world", Name: "World"}
		p.Town = news.Section{Edition: p.English.ID, Slug: "town", Name: "Town", Position: 1}
		p.Jahan = news.Section{Edition: p.Persian.ID, Slug: locale.Slug("جهان"), Name: "جهان"}
		for _, s := range []*news.Section{&p.World, &p.Town, &p.Jahan} {
			if err := tx.SaveSection(ctx, s); err != nil {
				return err
			}
		}
		for _, who := range []struct {
			into *news.Person
			name string
			role news.Role
		}{{&p.Owner, "Olga Orme", news.Owner}, {&p.Chief, "Cyrus Calder", news.Chief}, {&p.Editor, "Edda Elm", news.Editor},
			{&p.Colleague, "Kolya Kerr", news.Editor}, {&p.Reporter, "Rana Reed", news.Reporter}, {&p.Contributor, "Conrad Cole", news.Contributor}} {
			*who.into = news.Person{Email: locale.Slug(who.name) + "@valmere.example", Name: who.name, Role: who.role, CreatedAt: p.Clock.Now()}
			if err := tx.SavePerson(ctx, who.into); err != nil {
				return err
			}
		}
		return nil
	})
}

// Story is a content that is ready to be submitted to a section.
func (p *Paper) Story(section news.Section, headline string) news.Content {
	body, _ := doc.FromText("The bridge at Valmere was opened on Saturday after two years of work.\nHundreds walked across it before noon, some of them barefoot.")
	return news.Content{Headline: headline, Slugline: "bridge", Section: section.ID, Bylines: news.ParseBylines("Rana Reed"),
		Dateline: news.Dateline{Place: "VALMERE", Country: "Ostland", Source: "Dispatches"}, Body: body}
}

// Check fails the test when the paper holds anything that must never be true.
func Check(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Check(context.Background(), func(finding string) { t.Errorf("check: %s", finding) }, nil); err != nil {
		t.Errorf("check: %v", err)
	}
}

// checkFiles ends every test: each picture's file is there and is what the
// database says. A test that has closed its database has nothing to ask.
func (p *Paper) checkFiles(t testing.TB) {
	if err := p.Media.Check(context.Background(), func(finding string) { t.Errorf("check: %s", finding) }); err != nil {
		t.Logf("the pictures were not checked: %v", err)
	}
}
