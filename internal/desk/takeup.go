package desk

import (
	"context"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// DraftState is one state of a log, read, beside the newest revision.
type DraftState struct {
	store.Draft
	Content news.Content
	Same    bool // the newest revision says the same
}

// OpenDraft reads a state of somebody's log.
func (d *Desk) OpenDraft(ctx context.Context, head news.Revision, person news.PersonID, at Window) (DraftState, error) {
	state, err := d.store.Draft(ctx, head.Article, person, at.Tab, at.Seq)
	if err != nil {
		return DraftState{}, err
	}
	t, err := readTyped(state.Copy)
	if err != nil {
		return DraftState{}, err
	}
	c := t.copy()
	KeepRoles(t.get, c.Bylines, head.Bylines)
	return DraftState{Draft: state, Content: c.Content, Same: sameText(c.Content, head.Content)}, nil
}

// TakeUp makes a state of anybody's log a new revision of the person who takes
// it up, joined with what was saved since it was typed. Where both changed the
// same words, a *Collision has the joined text, and nothing is changed. The
// log stays as it is.
func (d *Desk) TakeUp(ctx context.Context, who news.PersonID, id news.ID, owner news.PersonID, at Window) (int, error) {
	number := 0
	var collision *Collision
	err := d.store.Write(ctx, "take a draft up", func(tx *store.Tx) error {
		collision = nil
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := a.CanEdit(p); err != nil {
			return err
		}
		w := folding{article: a, person: p}
		if w.head, err = tx.Revision(ctx, id, a.Head); err != nil {
			return err
		}
		if w.state, err = tx.Draft(ctx, id, owner, at.Tab, at.Seq); err != nil {
			return err
		}
		if w.typed, err = readTyped(w.state.Copy); err != nil {
			return err
		}
		if w.mine, err = d.takenFrom(ctx, tx, w, owner); err != nil {
			return err
		}
		content, _, clash, err := d.join(ctx, tx, w)
		if err != nil {
			return err
		}
		if clash != nil {
			collision = clash
			return nil
		}
		w.typed.fields = nil // embargo and the like are not taken from an old form
		out, err := d.keepFolded(ctx, tx, w, content)
		if err != nil {
			return err
		}
		number = out.Number
		return tx.SettleDraft(ctx, id, owner, at.Tab, at.Seq, number)
	})
	if err == nil && collision != nil {
		return 0, collision
	}
	return number, err
}

// takenFrom reads a colleague's draft as they would save it: their suggested
// changes keep their names.
func (d *Desk) takenFrom(ctx context.Context, tx *store.Tx, w folding, owner news.PersonID) (news.Content, error) {
	if owner != w.person.ID {
		var err error
		if w.person, err = tx.Person(ctx, owner); err != nil {
			return news.Content{}, err
		}
	}
	return d.taken(ctx, tx, w, w.typed)
}
