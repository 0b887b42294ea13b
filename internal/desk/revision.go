package desk

import (
	"context"
	"slices"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Restore makes an older revision's content the newest revision again, and
// returns its number. Nothing is deleted: what was the head stays where it is.
// read is the head that the person compared it with; another one is a
// news.Conflict. Asked twice, it is done once.
func (d *Desk) Restore(ctx context.Context, who news.PersonID, id news.ID, number, read int) (int, error) {
	made := 0
	err := d.store.Write(ctx, "restore a revision", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := a.CanEdit(p); err != nil {
			return err
		}
		old, err := Revision(ctx, tx, a, number)
		if err != nil {
			return err
		}
		head, err := tx.Revision(ctx, id, a.Head)
		if err != nil {
			return err
		}
		if made = head.Number; sameContent(head.Content, old.Content) {
			return nil // it is so already
		}
		if _, err := d.headRead(ctx, tx, &a, read); err != nil {
			return err
		}
		a.Head++
		a.Section, a.Headline, a.Slugline, a.Urgency = old.Section, old.Headline, old.Slugline, old.Urgency
		v := news.Revision{Article: id, Number: a.Head, Content: old.Content, By: p.ID}
		made = v.Number
		return d.keepRevision(ctx, tx, a, v, p, nil, news.Event{Kind: news.EventRestored, Note: strconv.Itoa(number)})
	})
	return made, err
}

// revisions is what a room reads revisions from.
type revisions interface {
	Revision(ctx context.Context, id news.ID, number int) (news.Revision, error)
}

// Revision reads one revision of an article; a number that it does not have is
// told with the newest that there is.
func Revision(ctx context.Context, from revisions, a news.Article, number int) (news.Revision, error) {
	v, err := from.Revision(ctx, a.ID, number)
	if news.CodeOf(err) == news.NotFound {
		refusal := news.Refuse(news.NotFound, "error.revision.none", "this article has no revision %d; the newest is %d", number, a.Head)
		refusal.Args, refusal.Err = []any{number, a.Head}, err
		return v, refusal
	}
	return v, err
}

// SetAside keeps a text for its writer beside the article, unless it is what is
// saved or is kept aside already.
func (d *Desk) SetAside(ctx context.Context, who news.PersonID, id news.ID, base int, c Copy) error {
	return d.store.Write(ctx, "keep a text aside", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		head, err := tx.Revision(ctx, id, a.Head)
		if err != nil {
			return err
		}
		v, err := nextRevision(ctx, tx, &a, c, p.ID)
		if err != nil {
			return err
		}
		kept, err := tx.Asides(ctx, id, p.ID)
		if err != nil {
			return err
		}
		if sameContent(head.Content, v.Content) || slices.ContainsFunc(kept, func(k store.Aside) bool { return sameContent(k.Content, v.Content) }) {
			return nil
		}
		at := d.now()
		for slices.ContainsFunc(kept, func(k store.Aside) bool { return k.At.Equal(at.Truncate(time.Microsecond)) }) {
			at = at.Add(time.Microsecond) // two in one moment: each has its own
		}
		return tx.KeepAside(ctx, store.Aside{Article: id, Person: p.ID, Base: base, Content: v.Content, At: at})
	})
}
