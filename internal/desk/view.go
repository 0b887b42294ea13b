package desk

import (
	"context"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// SaveView keeps a filter of the list under a name: a new one, or a new name
// or query for one that is there. token names the form of a new one.
func (d *Desk) SaveView(ctx context.Context, who news.PersonID, next news.SavedView, token string) (news.ViewID, error) {
	next.Name = strings.Join(strings.Fields(next.Name), " ")
	if err := next.Validate(); err != nil {
		return 0, err
	}
	err := d.store.Write(ctx, "save the view", func(tx *store.Tx) error {
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		if err := p.Allowed(news.MayEnter); err != nil {
			return err
		}
		if next.ID == 0 {
			return d.addView(ctx, tx, p, &next, token)
		}
		was, err := tx.View(ctx, next.ID)
		if err != nil {
			return err
		}
		if err := was.Keep(p, next.Shared); err != nil {
			return err
		}
		next.Person, next.Removed = was.Person, was.Removed
		return tx.SaveView(ctx, &next, d.now())
	})
	return next.ID, err
}

func (d *Desk) addView(ctx context.Context, tx *store.Tx, p news.Person, next *news.SavedView, token string) error {
	if done, ok, err := tx.FormResult(ctx, token); err != nil || ok {
		next.ID = news.ViewID(done)
		return err
	}
	next.Person = p.ID
	if err := (news.SavedView{Person: p.ID}).Keep(p, next.Shared); err != nil {
		return err
	}
	views, err := tx.Views(ctx, p.ID)
	if err != nil {
		return err
	}
	own := 0
	for _, w := range views {
		if w.Person == p.ID {
			own++
		}
	}
	if own >= news.MaxViews {
		return news.Refuse(news.Invalid, "error.view.many", "you have 50 saved views: remove one first").In("name")
	}
	if err := tx.SaveView(ctx, next, d.now()); err != nil {
		return err
	}
	return tx.SaveForm(ctx, token, int64(next.ID), d.now().UnixMicro())
}

// RemoveView takes a saved view away, or back within a day.
func (d *Desk) RemoveView(ctx context.Context, who news.PersonID, id news.ViewID, removed bool) error {
	return d.store.Write(ctx, "remove the view", func(tx *store.Tx) error {
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		w, err := tx.View(ctx, id)
		if err != nil {
			return err
		}
		if err := w.Keep(p, w.Shared); err != nil || w.Removed == removed {
			return err
		}
		w.Removed = removed
		return tx.SaveView(ctx, &w, d.now())
	})
}
