package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractForms(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	carryOut := func() (result int64) {
		write(t, p, func(tx *store.Tx) error {
			done, ok, err := tx.FormResult(ctx, "form")
			if err != nil || ok {
				result = done
				return err
			}
			n, err := tx.NewID(ctx)
			result = int64(n)
			if err != nil {
				return err
			}
			return tx.SaveForm(ctx, "form", result, 1)
		})
		return result
	}
	first, again := carryOut(), carryOut()
	if first == 0 || again != first {
		t.Errorf("the form was carried out twice: %d, %d", first, again)
	}
	if _, ok, err := p.Store.FormResult(ctx, "other"); ok || err != nil {
		t.Errorf("a form that never came: %v, %v", ok, err)
	}
	refused(t, p, news.Conflict, func(tx *store.Tx) error { return tx.SaveForm(ctx, "form", 2, 2) })
}

// contractAtomic: an act that fails at its end, panics or is given up leaves
// nothing, and the next act goes on.
func contractAtomic(t *testing.T, p *papertest.Paper) {
	before, err := p.Store.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	everything := func(tx *store.Tx) error {
		ctx := t.Context()
		a := news.Article{ID: 1, Edition: p.English.ID, Section: p.Town.ID, State: news.Published, Head: 1, Live: 1, PublishedAt: p.Clock.Now(), UpdatedAt: p.Clock.Now()}
		v := news.Revision{Article: 1, Number: 1, Content: p.Story(p.Town, "Half"), Change: news.ChangeFirst}
		return errors.Join(tx.InsertArticle(ctx, a), tx.InsertRevision(ctx, v), tx.GoLive(ctx, a, v, nil, news.Event{Kind: news.EventPublished}))
	}
	untouched := func(what string) {
		t.Helper()
		after, err := p.Store.Dump(t.Context())
		same(t, what, before, after, err)
	}
	refusal := errors.New("at the end")
	err = p.Store.Write(t.Context(), "fail", func(tx *store.Tx) error { return errors.Join(everything(tx), refusal) })
	if !errors.Is(err, refusal) || news.CodeOf(err) != news.Unavailable {
		t.Errorf("an unknown error: %v", err)
	}
	untouched("after an error")

	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		p.Store.Write(t.Context(), "panic", func(tx *store.Tx) error {
			everything(tx)
			panic("in the act")
		})
	}()
	untouched("after a panic")

	ctx, cancel := context.WithCancel(t.Context())
	err = p.Store.Write(ctx, "give up", func(tx *store.Tx) error {
		defer cancel()
		return everything(tx)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	untouched("after it was given up")
	if _, err := p.Store.Article(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("a read that was given up: %v", err)
	}

	select {
	case <-p.Store.Wake(): // the act that was given up may have been kept: a hint
	default:
	}
	write(t, p, everything)
	select {
	case <-p.Store.Wake():
	default:
		t.Error("nobody is woken after an act with an event")
	}
	write(t, p, func(tx *store.Tx) error { return tx.SaveForm(t.Context(), "quiet", 1, 1) })
	select {
	case <-p.Store.Wake():
		t.Error("woken after an act without an event")
	default:
	}
	papertest.Check(t, p.Store)
}

func contractClock(t *testing.T, p *papertest.Paper) {
	write(t, p, func(tx *store.Tx) error {
		now, err := tx.DatabaseTime(t.Context())
		if sane := now.After(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil || now.IsZero() != (p.Store.Name() == "sqlite") || !now.IsZero() && !sane {
			t.Errorf("the database says %v, %v", now, err)
		}
		return nil
	})
}
