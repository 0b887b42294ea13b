package desk

import (
	"context"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// HoldAct is what an editor says of the article it has open.
type HoldAct string

// What an editor may say. Stay is its sign, every news.SignEvery.
const (
	HoldOpen  HoldAct = "open"  // the editor was opened
	HoldStay  HoldAct = "stay"  // it still is
	HoldLook  HoldAct = "look"  // who has it? The window only reads
	HoldTake  HoldAct = "take"  // a second person asks to take over
	HoldGive  HoldAct = "give"  // the holder hands over
	HoldWait  HoldAct = "wait"  // the holder asks for a moment
	HoldLeave HoldAct = "leave" // the editor was left
)

// signWrites is how exactly the last sign is kept: a draft that is kept is a
// sign too, and neither need write twice.
const signWrites = 5 * time.Second

// Hold carries out what an editor says and returns who holds the article now.
// A hold is a courtesy: nothing that is saved is ever refused over it. Whoever
// may not edit the article cannot hold it.
func (d *Desk) Hold(ctx context.Context, who news.PersonID, id news.ID, tab string, do HoldAct) (news.Holding, error) {
	if err := news.CheckTab(tab); err != nil {
		return news.Holding{}, err
	}
	if do == HoldStay || do == HoldLook {
		if h, fresh := d.fresh(ctx, who, id, tab, do); fresh {
			return h, nil
		}
	}
	if err := d.keepFormer(ctx, id, do == HoldGive); err != nil {
		return news.Holding{}, err
	}
	var h news.Holding
	err := d.store.Write(ctx, "hold the article", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := a.CanEdit(p); err != nil && do != HoldLeave {
			return err
		}
		h, err = d.hold(ctx, tx, a, p.ID, tab, do)
		return err
	})
	return h, err
}

// fresh reports whether a sign would change nothing worth writing.
func (d *Desk) fresh(ctx context.Context, who news.PersonID, id news.ID, tab string, do HoldAct) (news.Holding, bool) {
	a, p, err := d.reader(ctx, who, id)
	if err != nil || a.CanEdit(p) != nil {
		return news.Holding{}, false // the act itself says why
	}
	h, err := d.store.Holding(ctx, id)
	now := d.now()
	if err != nil || h.Person != 0 && !now.Before(h.Due()) {
		return h, false
	}
	return h, do == HoldLook || h.By(who, tab) && now.Sub(h.Seen) < signWrites
}

// reader reads the article and a person who is on duty, outside of any act.
func (d *Desk) reader(ctx context.Context, who news.PersonID, id news.ID) (news.Article, news.Person, error) {
	p, err := d.store.Person(ctx, who)
	if err != nil {
		return news.Article{}, p, err
	}
	a, err := d.store.Article(ctx, id)
	return a, p, err
}

// hold is Hold inside an act: keeping a draft is a sign too.
func (d *Desk) hold(ctx context.Context, tx *store.Tx, a news.Article, who news.PersonID, tab string, do HoldAct) (news.Holding, error) {
	h, err := d.settle(ctx, tx, a)
	if err != nil {
		return h, err
	}
	now, before := d.now(), h
	var kind news.EventKind
	switch do {
	case HoldLook:
	case HoldOpen:
		kind = h.Open(who, tab, now)
	case HoldStay:
		kind = h.Sign(who, tab, now)
	case HoldTake:
		kind = h.Take(who, tab, now)
	case HoldGive:
		kind = h.HandOver(who, now)
	case HoldWait:
		kind = h.Wait(who, now)
	case HoldLeave:
		kind = h.Leave(who, tab, now)
	default:
		return h, news.Refuse(news.Invalid, "error.hold", "%q is nothing that an editor can say", do)
	}
	return h, d.keepHold(ctx, tx, a, before, h, kind, who)
}

// settle does what time has done to a hold before anything else happens to it.
func (d *Desk) settle(ctx context.Context, tx *store.Tx, a news.Article) (news.Holding, error) {
	h, err := tx.Holding(ctx, a.ID)
	if err != nil {
		return h, err
	}
	before := h
	kind := h.Settle(d.now())
	return h, d.keepHold(ctx, tx, a, before, h, kind, before.Person)
}

// keepFormer makes a revision of what the holder typed before the article
// passes on: who takes it over begins with it. What cannot become one now stays
// in the holder's log.
func (d *Desk) keepFormer(ctx context.Context, id news.ID, given bool) error {
	h, err := d.store.Holding(ctx, id)
	if err != nil || h.Asker == 0 || !given && d.now().Before(h.Due()) {
		return err
	}
	tabs, err := d.store.PendingDrafts(ctx, id)
	if err != nil {
		return err
	}
	for i := len(tabs) - 1; i >= 0; i-- { // the first typed first
		if t := tabs[i]; t.Person == h.Person && t.Tried == 0 {
			_, err := d.Fold(ctx, h.Person, id, Window{t.Tab, t.Seq}, true)
			if code := news.CodeOf(err); err != nil && (code == "" || code == news.Unavailable) {
				return err
			}
		}
	}
	return nil
}

// typing notes that a draft of a person was kept: it is a sign, if they hold
// the article. Its log has a name of its own, not the window's.
func (d *Desk) typing(ctx context.Context, tx *store.Tx, a news.Article, who news.PersonID) error {
	h, err := tx.Holding(ctx, a.ID)
	if err != nil || h.Person != who || !h.Held(d.now()) || d.now().Sub(h.Seen) < signWrites {
		return err
	}
	h.Seen = d.now()
	return tx.SaveHolding(ctx, h)
}

// keepHold keeps who holds an article and tells the other rooms. When it
// passes on, the actor is who has it now and the note says from whom.
func (d *Desk) keepHold(ctx context.Context, tx *store.Tx, a news.Article, before, h news.Holding, kind news.EventKind, who news.PersonID) error {
	if h != before {
		if err := tx.SaveHolding(ctx, h); err != nil {
			return err
		}
	}
	note := ""
	switch kind {
	case "":
		return nil
	case news.EventTaken:
		authors, err := protectedAs(ctx, tx, a.ID, before.Person)
		if err != nil {
			return err
		}
		from, err := tx.Person(ctx, before.Person)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if who, note = h.Person, from.Name; len(authors) > 0 {
			note = "" // the record says of no protected author who they are
		}
	}
	return tx.AddEvent(ctx, news.Event{Kind: kind, At: d.now(), Actor: who, Edition: a.Edition, Article: a.ID, Note: note})
}

// holdsAtOnce bounds how many ended holds one call looks at.
const holdsAtOnce = 100

// EndHolds ends the holds whose editors give no sign any more and passes on
// what nobody answered in time. It is for a job that runs every second or so.
func (d *Desk) EndHolds(ctx context.Context) error {
	ids, err := d.store.HoldingsDue(ctx, d.now(), holdsAtOnce)
	if err != nil || len(ids) == 0 {
		return err
	}
	for _, id := range ids {
		if err := d.keepFormer(ctx, id, false); err != nil {
			return err
		}
	}
	return d.store.Write(ctx, "end the holds", func(tx *store.Tx) error {
		for _, id := range ids {
			a, err := tx.Article(ctx, id)
			if err != nil {
				return err
			}
			if _, err := d.settle(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// Holding is who holds an article now; Person 0 = nobody.
func (d *Desk) Holding(ctx context.Context, id news.ID) (news.Holding, error) {
	h, err := d.store.Holding(ctx, id)
	if err != nil || !h.Held(d.now()) {
		return news.Holding{Article: id}, err
	}
	return h, nil
}
