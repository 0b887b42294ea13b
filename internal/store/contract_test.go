package store_test

import (
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// contract is what the store promises, the same on both databases. Each part
// has a paper of its own.
var contract = []struct {
	name string
	test func(*testing.T, *papertest.Paper)
}{
	{"paper", contractPaper},
	{"editions", contractEditions},
	{"sections", contractSections},
	{"topics and stories", contractTopics},
	{"articles", contractArticles},
	{"News IDs", contractNewsIDs},
	{"schedule", contractSchedule},
	{"revisions", contractRevisions},
	{"what readers have seen", contractMarkLive},
	{"texts kept aside", contractAsides},
	{"drafts", contractDrafts},
	{"drafts by window", contractDraftTabs},
	{"the draft log", contractDraftLog},
	{"the draft log thinned out", contractThin},
	{"public lists", contractLists},
	{"spans", contractSpans},
	{"archive hops", contractHops},
	{"moving between lists", contractMoves},
	{"public from the first moment", contractInsertLive},
	{"desk queue", contractQueue},
	{"desks", contractDesks},
	{"with whom articles lie", contractPlacements},
	{"ways round", contractBypasses},
	{"the story plan", contractAssignments},
	{"deadlines", contractDeadlines},
	{"what happens by itself", contractAhead},
	{"saved views", contractViews},
	{"holdings", contractHoldings},
	{"notes", contractNotes},
	{"search", contractSearch},
	{"search pages", contractSearchPages},
	{"search folds letters", contractSearchFolds},
	{"search is private", contractSearchPrivate},
	{"hostile questions", contractSearchHostile},
	{"events", contractEvents},
	{"events of many writers", contractEventOrder},
	{"rooms", contractRooms},
	{"the record of acts", contractActs},
	{"protected authors", contractProtected},
	{"corrections", contractCorrections},
	{"the paper's own style", contractStyle},
	{"preview links", contractPreviews},
	{"changes beside the live text", contractPrepared},
	{"take-downs", contractTakeDowns},
	{"names that are to go", contractAnonymity},
	{"readers' requests", contractRequests},
	{"the outbox", contractLetters},
	{"pictures", contractMedia},
	{"comments", contractComments},
	{"comment queue", contractCommentQueue},
	{"people", contractPeople},
	{"sessions", contractSessions},
	{"one's own sessions", contractAccount},
	{"passkeys", contractPasskeys},
	{"one-time codes", contractOneTimeCode},
	{"answers that are used up", contractSpent},
	{"the record of sign-ins", contractAccountEntries},
	{"a house's own identity server", contractIdentityServer},
	{"who leaves", contractPassOn},
	{"invitations and throttles", contractThrottles},
	{"forms", contractForms},
	{"all or nothing", contractAtomic},
	{"the database's clock", contractClock},
}

// texts are the statements that were run.
type texts struct {
	sync.Mutex
	seen map[string]bool
}

func (s *texts) see(text string) error {
	s.Lock()
	defer s.Unlock()
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[text] = true
	return nil
}

// databases gives each database a way to make an empty one.
var databases = map[string]func(testing.TB) string{
	"sqlite":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "paper.db") },
	"postgres": papertest.Postgres,
}

// found opens a database, empties it and founds the town's paper in it.
func found(t testing.TB, o store.Options) *papertest.Paper {
	t.Helper()
	s, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open the paper: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Wipe(t.Context()); err != nil {
		t.Fatalf("empty the paper: %v", err)
	}
	p := &papertest.Paper{Store: s, Clock: papertest.NewClock(), URL: o.URL}
	if err := p.Found(t.Context()); err != nil {
		t.Fatalf("found the paper: %v", err)
	}
	return p
}

func TestContract(t *testing.T) {
	for name, empty := range databases {
		t.Run(name, func(t *testing.T) {
			var run texts
			shared := "" // PostgreSQL takes its time to make a database: one is emptied for each part
			if name == "postgres" {
				shared = empty(t)
			}
			t.Run("parts", func(t *testing.T) {
				for _, part := range contract {
					t.Run(part.name, func(t *testing.T) {
						url := shared
						if url == "" {
							t.Parallel()
							url = empty(t)
						}
						part.test(t, found(t, store.Options{URL: url, Trace: run.see}))
					})
				}
			})
			t.Run("every statement was run", func(t *testing.T) {
				p := found(t, store.Options{URL: empty(t)})
				for _, s := range statements(t, p.Store) {
					if !run.seen[s.text] {
						t.Errorf("%s: no part of the contract runs %s", s.where, oneLine(s.text))
					}
				}
			})
		})
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// write carries out one act that must succeed.
func write(t testing.TB, p *papertest.Paper, do func(tx *store.Tx) error) {
	t.Helper()
	if err := p.Store.Write(t.Context(), "test", do); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// refused carries out one act that must be refused with a code.
func refused(t testing.TB, p *papertest.Paper, code news.Code, do func(tx *store.Tx) error) {
	t.Helper()
	if err := p.Store.Write(t.Context(), "test", do); news.CodeOf(err) != code {
		t.Errorf("got %v, want the refusal %q", err, code)
	}
}

// article keeps an article as it is given, with its first revision.
func article(t testing.TB, p *papertest.Paper, a news.Article, c news.Content) {
	t.Helper()
	write(t, p, func(tx *store.Tx) error {
		if err := tx.InsertArticle(t.Context(), a); err != nil {
			return err
		}
		return tx.InsertRevision(t.Context(), news.Revision{Article: a.ID, Number: 1, Content: c, By: a.Creator, At: a.CreatedAt})
	})
}

// live keeps an article of the English edition and publishes it now.
func live(t testing.TB, p *papertest.Paper, id news.ID, c news.Content) news.Article {
	t.Helper()
	return liveIn(t, p, p.English, id, c)
}

func liveIn(t testing.TB, p *papertest.Paper, e news.Edition, id news.ID, c news.Content) news.Article {
	t.Helper()
	now := p.Clock.Now()
	a := news.Article{ID: id, Edition: e.ID, Section: c.Section, State: news.Published, Head: 1, Live: 1, Creator: p.Reporter.ID,
		Headline: c.Headline, CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now}
	article(t, p, a, c)
	write(t, p, func(tx *store.Tx) error {
		v := news.Revision{Article: id, Number: 1, Content: c, Change: news.ChangeFirst}
		return tx.GoLive(t.Context(), a, v, nil, news.Event{Kind: news.EventPublished, At: now})
	})
	return a
}

// draft keeps an article that only the desk finds.
func draft(t testing.TB, p *papertest.Paper, id news.ID, c news.Content) news.Article {
	t.Helper()
	now := p.Clock.Now()
	a := news.Article{ID: id, Edition: p.English.ID, Section: c.Section, State: news.Draft, Head: 1, Creator: p.Reporter.ID,
		Headline: c.Headline, CreatedAt: now, ChangedAt: now}
	article(t, p, a, c)
	write(t, p, func(tx *store.Tx) error {
		if err := tx.IndexArticle(t.Context(), a, c, store.AtDesk); err != nil {
			return err
		}
		return tx.AddEvent(t.Context(), news.Event{Kind: news.EventCreated, At: now, Edition: a.Edition, Article: id})
	})
	return a
}

// in says whether ids are exactly those wanted, in order.
func in[T ~int64](t testing.TB, what string, got []T, err error, want ...T) {
	t.Helper()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s: got %v (%v), want %v", what, got, err, want)
	}
}
