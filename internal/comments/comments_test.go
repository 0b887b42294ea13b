package comments

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// square is a paper with one published article and its comments.
type square struct {
	*papertest.Paper
	*Comments
	article news.ID
}

func each(t *testing.T, test func(t *testing.T, s square)) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) { test(t, newSquare(t, p)) })
}

func newSquare(t *testing.T, p *papertest.Paper) square {
	t.Helper()
	t.Cleanup(func() { papertest.Check(t, p.Store) })
	return square{Paper: p, Comments: New(p.Store, p.Clock.Now), article: publish(t, p, p.Town, "Bridge opens at last")}
}

// publish puts a story live, as the desk does.
func publish(t *testing.T, p *papertest.Paper, section news.Section, headline string) news.ID {
	t.Helper()
	var id news.ID
	err := p.Store.Write(t.Context(), "publish", func(tx *store.Tx) error {
		var err error
		if id, err = tx.NewID(t.Context()); err != nil {
			return err
		}
		now, c := p.Clock.Now(), p.Story(section, headline)
		a := news.Article{ID: id, Edition: section.Edition, Section: section.ID, State: news.Published, Head: 1, Live: 1, Creator: p.Reporter.ID,
			Headline: headline, CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now}
		if err := tx.InsertArticle(t.Context(), a); err != nil {
			return err
		}
		v := news.Revision{Article: id, Number: 1, Content: c, By: p.Reporter.ID, At: now, Change: news.ChangeFirst}
		if err := tx.InsertRevision(t.Context(), v); err != nil {
			return err
		}
		return tx.GoLive(t.Context(), a, v, nil, news.Event{Kind: news.EventPublished, At: now})
	})
	if err != nil {
		t.Fatalf("publish %q: %v", headline, err)
	}
	return id
}

// change changes the article as a settings act of the desk does.
func (s square) change(t *testing.T, do func(*news.Article)) {
	t.Helper()
	err := s.Store.Write(t.Context(), "change", func(tx *store.Tx) error {
		a, err := tx.Article(t.Context(), s.article)
		if err != nil {
			return err
		}
		do(&a)
		return tx.UpdateArticle(t.Context(), a)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// form is a form that was filled in at leisure.
func (s square) form(text string) Posting {
	return Posting{Article: s.article, Name: "Ida Inch", Email: "ida@valmere.example", Text: text,
		Stamp: s.Stamp(s.article, s.Clock.Now().Add(-time.Minute)), From: address(1)}
}

func (s square) post(t *testing.T, text string) news.Comment {
	t.Helper()
	m, err := s.Post(t.Context(), s.form(text))
	if err != nil {
		t.Fatalf("post %q: %v", text, err)
	}
	s.Clock.Move(10 * time.Minute) // no rate stands in the way of the next
	return m
}

func (s square) load(t *testing.T, id news.CommentID) news.Comment {
	t.Helper()
	m, err := s.Store.Comment(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// stored are all comments of the paper in a state.
func (s square) stored(t *testing.T, state news.CommentState) []news.Comment {
	t.Helper()
	list, err := s.Store.CommentQueue(t.Context(), state, news.Place{}, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (s square) events(t *testing.T, kind news.EventKind) []news.Event {
	t.Helper()
	all, err := s.Store.EventsAfter(t.Context(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	var out []news.Event
	for _, e := range all {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

func address(n int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)})
}

func wantCode(t *testing.T, what string, err error, code news.Code, key string) {
	t.Helper()
	var e *news.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Errorf("%s: %v (%q); want %s, %s", what, err, news.CodeOf(err), code, key)
	}
}

// TestEveryRefusalHasItsText asks each language for the keys of this package.
func TestEveryRefusalHasItsText(t *testing.T) {
	for _, language := range locale.Languages() {
		for _, key := range []string{"empty", "long", "name", "email", "encoding", "bad-email", "too-fast", "too-many", "too-many-links", "closed", "expired", "unavailable"} {
			if !locale.Has(language, "comment.refused."+key) {
				t.Errorf("%s has no text for comment.refused.%s", language, key)
			}
		}
		for _, key := range []string{"error.comment.state", "error.comment.other"} {
			if !locale.Has(language, key) {
				t.Errorf("%s has no text for %s", language, key)
			}
		}
	}
}

// TestTenThousandAreShown pages through them all, with some taken back on the
// way.
func TestTenThousandAreShown(t *testing.T) {
	const most = 10_000
	each(t, func(t *testing.T, s square) {
		ctx := t.Context()
		var first news.CommentID
		err := s.Store.Write(ctx, "fill", func(tx *store.Tx) error {
			for n := range most {
				m := news.Comment{Article: s.article, Edition: s.English.ID, Text: fmt.Sprintf("Comment %d", n), Email: "ida@valmere.example", Address: "kept",
					State: news.CommentHeld, At: s.Clock.Now(), Token: fmt.Sprintf("form %d", n)}
				if err := tx.AddComment(ctx, &m); err != nil {
					return err
				}
				if n == 0 {
					first = m.ID
				}
				if err := m.Decide(news.CommentApproved, s.Editor.ID, s.Clock.Now()); err != nil {
					return err
				}
				if _, err := tx.DecideComment(ctx, m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[news.CommentID]bool{}
		for n := range most {
			want[first+news.CommentID(n)] = true
		}
		for _, n := range []int{0, 49, 50, 51, 5000, most - 1} { // taken back: gaps
			id := first + news.CommentID(n)
			if err := s.Decide(ctx, s.Editor.ID, id, news.CommentSpam); err != nil {
				t.Fatal(err)
			}
			delete(want, id)
		}
		after, pages := 0, 0
		for {
			list, err := s.Shown(ctx, s.article, after, 137)
			if err != nil {
				t.Fatal(err)
			}
			if len(list) == 0 {
				break
			}
			pages++
			for _, m := range list {
				if m.Shown <= after || !want[m.ID] {
					t.Fatalf("comment %d at place %d came after place %d, or twice", m.ID, m.Shown, after)
				}
				if m.Email != "" || m.Address != "" || m.Token != "" {
					t.Fatalf("readers may see %+v", m)
				}
				after = m.Shown
				delete(want, m.ID)
			}
		}
		if len(want) != 0 || pages != 73 {
			t.Errorf("%d comments were not shown in %d pages; want none in 73", len(want), pages)
		}
		if a, err := s.Store.Article(ctx, s.article); err != nil || a.CommentCount != most-6 {
			t.Errorf("the article counts %d comments, %v", a.CommentCount, err)
		}
	})
}
