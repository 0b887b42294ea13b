package store_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractCorrections(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	for id := news.ID(1); id <= 3; id++ {
		live(t, p, id, p.Story(p.Town, "Corrected"))
	}
	want := filled[news.Correction](t)
	want.Article, want.Edition, want.Revision = 1, p.English.ID, 2
	add := func(c news.Correction) {
		write(t, p, func(tx *store.Tx) error { return tx.AddCorrection(ctx, c) })
	}
	add(want)
	second, minor, third := want, want, want
	second.Article, second.At, second.Kind = 2, want.At.Add(time.Hour), news.ChangeUpdate
	minor.Revision, minor.At, minor.Kind = 3, want.At.Add(2*time.Hour), news.ChangeMinor
	third.Article, third.At = 3, second.At // the same moment
	add(second)
	add(minor)
	add(third)
	refused(t, p, news.Conflict, func(tx *store.Tx) error { return tx.AddCorrection(ctx, want) })
	refused(t, p, news.Unavailable, func(tx *store.Tx) error { return tx.AddCorrection(ctx, news.Correction{Article: 99, Revision: 1}) })

	list, err := p.Store.ArticleCorrections(ctx, 1)
	same(t, "of an article, minor ones too", []news.Correction{minor, want}, list, err)
	list, err = p.Store.Corrections(ctx, p.English.ID, news.Place{}, 9)
	same(t, "declared, the newest first", []news.Correction{third, second, want}, list, err)
	list, err = p.Store.Corrections(ctx, p.English.ID, news.Place{At: third.At, ID: 3}, 1)
	same(t, "below the newest", []news.Correction{second}, list, err)
	list, err = p.Store.Corrections(ctx, p.Persian.ID, news.Place{}, 9)
	same(t, "of another edition", []news.Correction(nil), list, err)
}

// post keeps a reader's comment and decides on it.
func post(t *testing.T, p *papertest.Paper, id news.ID, state news.CommentState) (c news.Comment) {
	t.Helper()
	write(t, p, func(tx *store.Tx) (err error) {
		c = news.Comment{Article: id, Edition: p.English.ID, Text: "Well said", State: news.CommentHeld, At: p.Clock.Now()}
		c.Token = rand.Text()
		if err = tx.AddComment(t.Context(), &c); err != nil || state == news.CommentHeld {
			return err
		}
		if err = c.Decide(state, p.Editor.ID, p.Clock.Now()); err != nil {
			return err
		}
		c, err = tx.DecideComment(t.Context(), c)
		return err
	})
	p.Clock.Move(time.Second)
	return c
}

func contractComments(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	live(t, p, 1, p.Story(p.Town, "Talked about"))
	live(t, p, 2, p.Story(p.Town, "Quiet"))
	want := filled[news.Comment](t)
	want.Article, want.Edition = 2, p.English.ID
	write(t, p, func(tx *store.Tx) error { return tx.AddComment(ctx, &want) })
	got, err := p.Store.Comment(ctx, want.ID)
	same(t, "comment", want, got, err)
	got, err = p.Store.CommentByToken(ctx, want.Token)
	same(t, "comment by its form", want, got, err)
	refused(t, p, news.Conflict, func(tx *store.Tx) error { return tx.AddComment(ctx, &news.Comment{Article: 2, Token: want.Token}) })

	first, _, third := post(t, p, 1, news.CommentApproved), post(t, p, 1, news.CommentHeld), post(t, p, 1, news.CommentApproved)
	fourth := post(t, p, 1, news.CommentApproved)
	decide := func(id news.CommentID, to news.CommentState) (c news.Comment) {
		write(t, p, func(tx *store.Tx) (err error) {
			if c, err = tx.Comment(ctx, id); err != nil {
				return err
			}
			if err := c.Decide(to, p.Chief.ID, p.Clock.Now()); err != nil {
				return err
			}
			c, err = tx.DecideComment(ctx, c)
			return err
		})
		return c
	}
	shows := func(after, limit int, want ...news.CommentID) {
		t.Helper()
		list, err := p.Store.ShownComments(ctx, 1, after, limit)
		var ids []news.CommentID
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		in(t, fmt.Sprintf("shown after %d", after), ids, err, want...)
		if a, err := p.Store.Article(ctx, 1); after == 0 && limit > len(want) && (a.CommentCount != len(want) || err != nil) {
			t.Errorf("the article counts %d comments, %v", a.CommentCount, err)
		}
		papertest.Check(t, p.Store)
	}
	shows(0, 9, first.ID, third.ID, fourth.ID)
	shows(1, 1, third.ID)
	gone := decide(third.ID, news.CommentRejected)
	if gone.Before != news.CommentApproved || gone.DecidedBy != p.Chief.ID || !gone.DecidedAt.Equal(p.Clock.Now()) {
		t.Errorf("rejected: %+v", gone)
	}
	got, err = p.Store.Comment(ctx, third.ID)
	same(t, "decided", gone, got, err)
	shows(0, 9, first.ID, fourth.ID)
	decide(third.ID, news.CommentApproved) // undone: back in its old place
	shows(0, 9, first.ID, third.ID, fourth.ID)
	decide(third.ID, news.CommentApproved) // asked twice
	shows(0, 9, first.ID, third.ID, fourth.ID)
	decide(fourth.ID, news.CommentSpam)
	fifth := post(t, p, 1, news.CommentApproved)
	decide(fourth.ID, news.CommentApproved)
	shows(0, 9, first.ID, third.ID, fourth.ID, fifth.ID) // its place was not given away
	refused(t, p, news.NotFound, func(tx *store.Tx) error {
		_, err := tx.DecideComment(ctx, news.Comment{ID: 999, State: news.CommentSpam})
		return err
	})
}

func contractCommentQueue(t *testing.T, p *papertest.Paper) {
	live(t, p, 1, p.Story(p.Town, "One"))
	live(t, p, 2, p.Story(p.Town, "Two"))
	var want []news.CommentID
	for i := range 7 {
		post(t, p, 1, news.CommentSpam)
		c := post(t, p, news.ID(1+i%2), news.CommentHeld)
		if i%2 == 0 {
			p.Clock.Move(-time.Second) // two at the same time
		}
		want = append([]news.CommentID{c.ID}, want...)
	}
	for _, limit := range []int{1, 3, 20} {
		var walked []news.CommentID
		for below := (news.Place{}); ; {
			list, err := p.Store.CommentQueue(t.Context(), news.CommentHeld, below, limit)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list {
				walked, below = append(walked, c.ID), news.Place{At: c.At, ID: int64(c.ID)}
			}
			if len(list) < limit {
				break
			}
		}
		in(t, fmt.Sprintf("held comments by %d", limit), walked, nil, want...)
	}
}
