package desk

import (
	"context"
	"slices"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// atOnce is how many placements are read at a time.
const atOnce = 200

// SaveDesk keeps a desk. Chiefs only. A new one gets its address from its
// name. renamed says which stage was called what before: what waits there goes
// along; a stage that is left out must be empty. kept reports that people who
// would have had every section by this keep what they had, as their own: to
// take something away never gives more.
func (d *Desk) SaveDesk(ctx context.Context, who news.PersonID, next news.Desk, renamed map[string]string) (id news.DeskID, kept bool, err error) {
	if next.Slug == "" {
		next.Slug = locale.Slug(next.Name)
	}
	if err := next.Validate(); err != nil {
		return 0, false, err
	}
	err = d.kept(ctx, "keep the desk", who, func(tx *store.Tx, p news.Person) error {
		was, done, err := d.deskBefore(ctx, tx, &next)
		if err != nil {
			return err
		}
		if err := checkDesk(ctx, tx, next); err != nil {
			return err
		}
		if kept, err = d.withSections(ctx, tx, p, was, func() error { return tx.SaveDesk(ctx, &next) }); err != nil {
			return err
		}
		if was.ID != 0 {
			if err := d.moveStages(ctx, tx, p, was, next, renamed); err != nil {
				return err
			}
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventDesk, At: d.now(), Actor: p.ID, Note: done + ": " + next.Name})
	})
	return next.ID, kept, err
}

// deskBefore is the desk as it was; the zero Desk for a new one.
func (d *Desk) deskBefore(ctx context.Context, tx *store.Tx, next *news.Desk) (was news.Desk, done string, err error) {
	desks, err := tx.Desks(ctx)
	if err != nil {
		return was, "", err
	}
	if next.ID == 0 && len(desks) >= news.MaxDesks {
		return was, "", news.Refuse(news.Invalid, "error.desk.many", "a paper has at most 200 desks").In("name")
	}
	if next.ID != 0 {
		if was, err = tx.Desk(ctx, next.ID); err != nil {
			return was, "", err
		}
		next.Slug = was.Slug // an address stays
	}
	for _, other := range desks {
		if other.ID != next.ID && (other.Slug == next.Slug || locale.Fold(other.Name) == locale.Fold(next.Name)) {
			return was, "", news.Refuse(news.Conflict, "error.desk.taken", "another desk has this name").In("name")
		}
	}
	if next.ID == 0 {
		return was, "made", nil
	}
	return was, "changed", nil
}

// checkDesk checks what only the database knows.
func checkDesk(ctx context.Context, tx *store.Tx, next news.Desk) error {
	for _, s := range next.Sections {
		section, err := tx.Section(ctx, s)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if err != nil || !next.Takes(section.Edition) {
			return news.Refuse(news.Invalid, "error.section.other", "this section is not one of the edition").In("sections")
		}
	}
	for _, m := range next.Members {
		if _, err := tx.Person(ctx, m.Person); news.CodeOf(err) == news.NotFound {
			return news.Refuse(news.Invalid, "error.desk.member", "one of these people is not on the staff").In("members")
		} else if err != nil {
			return err
		}
	}
	return nil
}

// withSections makes a change of a desk. An editor whom it would leave without
// any section has had only some before, and with none they would have all: they
// keep those they had.
func (d *Desk) withSections(ctx context.Context, tx *store.Tx, actor news.Person, was news.Desk, change func() error) (kept bool, err error) {
	before := make([]news.Person, len(was.Members))
	for i, m := range was.Members {
		if before[i], err = tx.Person(ctx, m.Person); err != nil {
			return false, err
		}
	}
	if err := change(); err != nil {
		return false, err
	}
	for _, p := range before {
		now, err := tx.Person(ctx, p.ID)
		if err != nil {
			return kept, err
		}
		if len(p.ByDesk) == 0 || len(now.Sections)+len(now.ByDesk) > 0 {
			continue
		}
		now.Sections, kept = p.ByDesk, true
		if err := tx.SavePerson(ctx, &now); err != nil {
			return kept, err
		}
		if err := tx.AddEvent(ctx, news.Event{Kind: news.EventPerson, At: d.now(), Actor: actor.ID, Note: p.Email + ": keeps the sections of the desk " + was.Name}); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// moveStages takes what waits at a renamed stage along, and refuses to drop a
// stage at which something waits.
func (d *Desk) moveStages(ctx context.Context, tx *store.Tx, p news.Person, was, next news.Desk, renamed map[string]string) error {
	load, err := tx.DeskLoad(ctx, was.ID)
	if err != nil {
		return err
	}
	for _, stage := range was.Stages {
		if n := load[stage]; n > 0 && renamed[stage] == "" && !slices.Contains(next.Stages, stage) {
			refusal := news.Refuse(news.Conflict, "error.desk.stage.full", "%d stories wait at the stage %q: hand them on first", n, stage)
			refusal.Args = []any{n}
			return refusal.In("stages")
		}
	}
	return d.eachAt(ctx, tx, was.ID, func(at news.Placement) error {
		to := at
		if now := renamed[at.Stage]; now != "" {
			to.Stage = now
		}
		if !slices.Contains(next.Stages, to.Stage) {
			to.Stage = "" // of a published story: nobody waits for it
		}
		if to.Stage == at.Stage {
			return nil
		}
		return tx.SavePlacement(ctx, to)
	})
}

// eachAt does something with each article that lies with a desk.
func (d *Desk) eachAt(ctx context.Context, tx *store.Tx, desk news.DeskID, do func(at news.Placement) error) error {
	for above := news.ID(0); ; {
		list, err := tx.DeskPlacements(ctx, desk, above, atOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, at := range list {
			above = at.Article
			if err := do(at); err != nil {
				return err
			}
		}
	}
}

// RemoveDesk takes a desk away. Chiefs only. What lies with it goes to another
// desk, at its first stage, or to none when nobody is true; without either a
// desk with open stories stays, and the refusal says how many they are.
func (d *Desk) RemoveDesk(ctx context.Context, who news.PersonID, id, to news.DeskID, nobody bool) (kept bool, err error) {
	err = d.kept(ctx, "remove the desk", who, func(tx *store.Tx, p news.Person) error {
		was, err := tx.Desk(ctx, id)
		if news.CodeOf(err) == news.NotFound {
			return nil // it is gone: the same act asked twice
		}
		if err != nil {
			return err
		}
		taker, err := d.taker(ctx, tx, was, to, nobody)
		if err != nil {
			return err
		}
		if err := d.eachAt(ctx, tx, id, func(at news.Placement) error { return d.pass(ctx, tx, p, at, taker) }); err != nil {
			return err
		}
		if err := tx.MoveAssignments(ctx, id, taker.ID); err != nil {
			return err
		}
		if kept, err = d.withSections(ctx, tx, p, was, func() error { return tx.RemoveDesk(ctx, id) }); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventDesk, At: d.now(), Actor: p.ID, Note: "removed: " + was.Name})
	})
	return kept, err
}

// taker is the desk that takes what lies with one that goes; the zero Desk is none.
func (d *Desk) taker(ctx context.Context, tx *store.Tx, was news.Desk, to news.DeskID, nobody bool) (news.Desk, error) {
	if to != 0 && to != was.ID {
		taker, err := tx.Desk(ctx, to)
		if news.CodeOf(err) == news.NotFound {
			return taker, news.Refuse(news.Conflict, "error.hand.desk", "this desk is not there any more").In("takes")
		}
		if err == nil && taker.Edition != 0 && taker.Edition != was.Edition {
			return taker, news.Refuse(news.Invalid, "error.hand.edition", "this desk works for another edition").In("takes")
		}
		return taker, err
	}
	load, err := tx.DeskLoad(ctx, was.ID)
	if err != nil || nobody {
		return news.Desk{}, err
	}
	open := 0
	for _, n := range load {
		open += n
	}
	if open > 0 {
		refusal := news.Refuse(news.Conflict, "error.desk.full", "%d stories lie with this desk: say who takes them", open)
		refusal.Args = []any{open}
		return news.Desk{}, refusal.In("takes")
	}
	return news.Desk{}, nil
}

// pass hands one article of a desk that goes to another. Whose it is and its
// deadline stay.
func (d *Desk) pass(ctx context.Context, tx *store.Tx, p news.Person, at news.Placement, to news.Desk) error {
	a, err := tx.Article(ctx, at.Article)
	if err != nil {
		return err
	}
	next := at
	next.Desk, next.Stage, next.By, next.At = to.ID, "", p.ID, d.now()
	if len(to.Stages) > 0 {
		next.Stage = to.Stages[0]
	}
	a.Desk, a.Stage = next.Desk, next.Stage
	return d.place(ctx, tx, a, at, next, to)
}

// kept is an act on desks: a chief's.
func (d *Desk) kept(ctx context.Context, name string, who news.PersonID, do func(*store.Tx, news.Person) error) error {
	return d.store.Write(ctx, name, func(tx *store.Tx) error {
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		if err := p.Allowed(news.MayKeepDesks); err != nil {
			return err
		}
		return do(tx, p)
	})
}
