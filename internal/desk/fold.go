package desk

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Folded is a draft that is in a revision.
type Folded struct {
	Number  int
	Joined  bool         // other people's changes are in it too
	Content news.Content // of that revision
}

// Fold makes a window's state the next revision. Where somebody saved
// meanwhile, both are joined by paragraph and word; where both changed the same
// words, a *Collision has both texts and the joined one, and nothing is
// changed. The same state asked for again answers the same.
//
// Nobody's pause takes an article off the schedule or makes an approval void:
// by itself, such an article is left as it is and the refusal is a
// news.Conflict; the text stays in the log.
func (d *Desk) Fold(ctx context.Context, who news.PersonID, id news.ID, at Window, byItself bool) (Folded, error) {
	var out Folded
	var collision *Collision
	err := d.store.Write(ctx, "save the article", func(tx *store.Tx) error {
		collision = nil
		w, err := d.openFold(ctx, tx, who, id, at)
		if err != nil {
			return err
		}
		if w.done {
			out, err = w.folded(ctx, tx)
			return err
		}
		if err := w.may(byItself); err != nil {
			return err
		}
		content, joined, clash, err := d.join(ctx, tx, w)
		if err != nil {
			return err
		}
		if clash != nil {
			collision = clash
			return d.keepClash(ctx, tx, w, clash, byItself)
		}
		if out, err = d.keepFolded(ctx, tx, w, content); err != nil {
			return err
		}
		out.Joined = joined
		return tx.SettleDraft(ctx, id, who, at.Tab, at.Seq, out.Number)
	})
	if err == nil && collision != nil {
		return out, collision
	}
	return out, err
}

// folding is a draft on its way into a revision.
type folding struct {
	article news.Article
	person  news.Person
	head    news.Revision
	tab     store.DraftTab
	state   store.Draft
	typed   typed
	mine    news.Content // with topics and accounts
	done    bool         // it is in a revision already
}

func (d *Desk) openFold(ctx context.Context, tx *store.Tx, who news.PersonID, id news.ID, at Window) (w folding, err error) {
	if w.article, w.person, err = load(ctx, tx, who, id); err != nil {
		return w, err
	}
	if w.head, err = tx.Revision(ctx, id, w.article.Head); err != nil {
		return w, err
	}
	if w.tab, err = tx.DraftTab(ctx, id, who, at.Tab); err != nil {
		return w, err
	}
	if w.state, err = tx.Draft(ctx, id, who, at.Tab, at.Seq); err != nil {
		return w, err
	}
	if w.typed, err = readTyped(w.state.Copy); err != nil {
		return w, err
	}
	w.mine, err = d.taken(ctx, tx, w, w.typed)
	w.done = w.tab.Settled >= at.Seq && w.tab.Revision > 0
	return w, err
}

// taken is what was typed as a revision would have it.
func (d *Desk) taken(ctx context.Context, tx *store.Tx, w folding, t typed) (news.Content, error) {
	c := t.copy()
	KeepRoles(t.get, c.Bylines, w.head.Bylines)
	var err error
	if c.Body, err = d.signed(ctx, tx, w.head, c.Body, w.person); err != nil {
		return c.Content, err
	}
	return resolve(ctx, tx, w.article, c)
}

// may says whether this person's text may become a revision now.
func (w folding) may(byItself bool) error {
	if err := w.article.CanEdit(w.person); err != nil {
		return err
	}
	if byItself && (w.article.State == news.Scheduled || w.article.State.Before() && w.article.Approved()) {
		return news.Refuse(news.Conflict, "error.draft.later", "the article is approved or scheduled: what was typed is kept beside it")
	}
	return nil
}

// folded answers for a state that is in a revision already.
func (w folding) folded(ctx context.Context, tx *store.Tx) (Folded, error) {
	v, err := tx.Revision(ctx, w.article.ID, w.tab.Revision)
	return Folded{Number: v.Number, Joined: !sameContent(v.Content, w.mine), Content: v.Content}, err
}

// join is what the next revision says.
func (d *Desk) join(ctx context.Context, tx *store.Tx, w folding) (news.Content, bool, *Collision, error) {
	base, err := d.began(ctx, tx, w)
	if err != nil {
		return w.mine, false, nil, err
	}
	if sameContent(base, w.head.Content) {
		return w.mine, false, nil, nil
	}
	merged, clashes := Join(base, w.head.Content, w.mine)
	if len(clashes) > 0 {
		return merged, true, &Collision{Head: w.head, Typed: w.mine, Base: w.state.Base, Joined: merged, Clashes: clashes}, nil
	}
	return merged, !sameContent(merged, w.mine), nil, nil
}

// began is where the person's own changes begin: the revision they typed on,
// or their own state that the last revision of this window was made of, as long
// as the browser has not taken that over.
func (d *Desk) began(ctx context.Context, tx *store.Tx, w folding) (news.Content, error) {
	if w.tab.Revision > w.state.Base && w.tab.Settled < w.state.Seq {
		state, err := tx.Draft(ctx, w.article.ID, w.person.ID, w.tab.Tab, w.tab.Settled)
		if err != nil {
			return news.Content{}, err
		}
		t, err := readTyped(state.Copy)
		if err != nil {
			return news.Content{}, err
		}
		return d.taken(ctx, tx, w, t)
	}
	v, err := tx.Revision(ctx, w.article.ID, max(w.state.Base, 1))
	return v.Content, err
}

// keepFolded writes the revision, if it says anything new, and the facts
// beside it.
func (d *Desk) keepFolded(ctx context.Context, tx *store.Tx, w folding, content news.Content) (Folded, error) {
	out := Folded{Number: w.head.Number, Content: w.head.Content}
	a := w.article
	if !sameContent(w.head.Content, content) {
		if err := checkSection(ctx, tx, a.Edition, content.Section); err != nil {
			return out, err
		}
		v, err := revisionOf(&a, content, w.person.ID)
		if err != nil {
			return out, err
		}
		out.Number, out.Content = v.Number, content
		if err := d.saveRevision(ctx, tx, a, v, w.person, news.Settlements(w.head.Body, v.Body)); err != nil {
			return out, err
		}
		if a, err = tx.Article(ctx, a.ID); err != nil {
			return out, err
		}
	}
	return out, d.foldFacts(ctx, tx, a, w)
}

// foldFacts keeps embargo, comment switch and story where the person changed
// them: the copy carries what stood in the form before, as "was.embargo" and
// so on.
func (d *Desk) foldFacts(ctx context.Context, tx *store.Tx, a news.Article, w folding) error {
	touched := func(field string) bool {
		was, told := w.typed.fields["was."+field]
		return told && was != w.typed.get(field)
	}
	if !touched("embargo") && !touched("comments") && !touched("story") {
		return nil
	}
	e, err := tx.Edition(ctx, a.Edition)
	if err != nil {
		return err
	}
	f, err := ReadFacts(w.typed.get, a, e)
	if err != nil {
		return err
	}
	if !touched("embargo") {
		f.EmbargoUntil = a.EmbargoUntil
	}
	if !touched("comments") {
		f.CommentRule = a.CommentRule
	}
	if !touched("story") {
		f.SameStoryAs = 0
	}
	return d.changeFacts(ctx, tx, a, w.person, f)
}

// keepClash keeps aside, once, what a person wanted to save and could not.
func (d *Desk) keepClash(ctx context.Context, tx *store.Tx, w folding, c *Collision, byItself bool) error {
	if byItself {
		return nil // it stays in the log
	}
	kept, err := tx.Asides(ctx, w.article.ID, w.person.ID)
	if err != nil || len(kept) > 0 && sameContent(kept[0].Content, c.Typed) {
		return err
	}
	return tx.KeepAside(ctx, store.Aside{Article: w.article.ID, Person: w.person.ID, Base: c.Base, Content: c.Typed, At: d.now()})
}

// FoldOwn makes everything that a person has typed in an article a revision,
// before they act on it. What could not be joined before is left to them.
func (d *Desk) FoldOwn(ctx context.Context, who news.PersonID, id news.ID) error {
	tabs, err := d.store.PendingDrafts(ctx, id)
	if err != nil {
		return err
	}
	for i := len(tabs) - 1; i >= 0; i-- { // the first typed first
		t := tabs[i]
		if t.Person != who || t.Tried != 0 {
			continue
		}
		if _, err := d.Fold(ctx, who, id, Window{t.Tab, t.Seq}, false); err != nil {
			return err
		}
	}
	return nil
}

// Pause is how long somebody must not have typed for their text to become a
// revision without being asked for.
const Pause = time.Minute

// FoldPaused makes revisions of what people stopped typing a while ago, as a
// job. What cannot become one is left to them, and is in the log.
func (d *Desk) FoldPaused(ctx context.Context) (int, error) {
	tabs, err := d.store.PausedDrafts(ctx, d.now().Add(-Pause), 50)
	if err != nil || len(tabs) == 0 {
		return 0, err
	}
	done := 0
	for _, t := range tabs {
		a, err := d.store.Article(ctx, t.Article)
		if err != nil {
			return done, err
		}
		_, err = d.Fold(ctx, t.Person, t.Article, Window{t.Tab, t.Seq}, true)
		switch code := news.CodeOf(err); {
		case err == nil:
			done++
		case code == "" || code == news.Unavailable:
			return done, err
		default:
			if err := d.leaveTried(ctx, t, a.Head); err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

func (d *Desk) leaveTried(ctx context.Context, t store.DraftTab, head int) error {
	return d.store.Write(ctx, "leave a text to its writer", func(tx *store.Tx) error {
		return tx.TriedDraft(ctx, t.Article, t.Person, t.Tab, t.Seq, head)
	})
}

// keepDrafts is how long a draft log is kept in every state.
const keepDrafts = 30 * 24 * time.Hour

// ThinDrafts thins out logs that ended a month ago and are in a revision. What
// goes stands in what is left: see store.ThinDrafts.
func (d *Desk) ThinDrafts(ctx context.Context) error {
	var errs error
	for range 100 {
		gone := 0
		err := d.store.Write(ctx, "thin out old drafts", func(tx *store.Tx) (err error) {
			gone, err = tx.ThinDrafts(ctx, d.now().Add(-keepDrafts), 20)
			return err
		})
		errs = errors.Join(errs, err)
		if gone == 0 || err != nil {
			return errs
		}
	}
	return errs
}
