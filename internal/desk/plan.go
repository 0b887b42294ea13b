package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// planAct changes one planned story for a person who has a right over it.
func (d *Desk) planAct(ctx context.Context, name string, who news.PersonID, id news.AssignmentID, right news.Right, do func(tx *store.Tx, p news.Person, s news.Assignment) error) error {
	return d.store.Write(ctx, name, func(tx *store.Tx) error {
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		s, err := tx.Assignment(ctx, id)
		if err != nil {
			return err
		}
		if err := s.Allows(p, right); err != nil {
			return err
		}
		return do(tx, p, s)
	})
}

// Plan puts a story on the plan, at the end of its day. token names the form it
// came with: the same form plans one story, however often it is sent. An
// article that it names is tied to it.
func (d *Desk) Plan(ctx context.Context, who news.PersonID, next news.Assignment, token string) (id news.AssignmentID, err error) {
	err = d.store.Write(ctx, "plan the story", func(tx *store.Tx) error {
		if done, ok, err := tx.FormResult(ctx, token); err != nil || ok {
			id = news.AssignmentID(done)
			return err
		}
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		s := next
		if s.Article != 0 {
			if done, err := d.fromArticle(ctx, tx, p, &s); err != nil || done != 0 {
				id = done
				return err
			}
		}
		now := d.now()
		s.By, s.At, s.ChangedBy, s.ChangedAt = p.ID, now, p.ID, now
		e, err := d.checkPlan(ctx, tx, p, news.Assignment{}, &s)
		if err != nil {
			return err
		}
		day, err := tx.Assignments(ctx, e.ID, s.Day, s.Day, news.MaxPlanned+1)
		if err != nil {
			return err
		}
		if len(day) >= news.MaxPlanned {
			return tooMany()
		}
		s.Position = 1
		if len(day) > 0 {
			s.Position = day[len(day)-1].Position + 1
		}
		if err := tx.SaveAssignment(ctx, &s); err != nil {
			return err
		}
		id = s.ID
		if err := tx.SaveForm(ctx, token, int64(id), now.UnixMicro()); err != nil {
			return err
		}
		return d.recordPlan(ctx, tx, p, news.EventPlanAdded, s, s.Day)
	})
	return id, err
}

func tooMany() error {
	return news.Refuse(news.Invalid, "error.plan.many", "a day of the plan has at most 300 stories").In("day")
}

// checkPlan reads what a planned story names, and checks it.
func (d *Desk) checkPlan(ctx context.Context, tx *store.Tx, p news.Person, was news.Assignment, s *news.Assignment) (e news.Edition, err error) {
	if e, err = tx.Edition(ctx, s.Edition); err != nil {
		if news.CodeOf(err) == news.NotFound {
			err = news.Refuse(news.Invalid, "error.edition.none", "there is no such edition").In("edition")
		}
		return e, err
	}
	s.Slugline, s.Brief = strings.Join(strings.Fields(s.Slugline), " "), strings.Join(strings.Fields(s.Brief), " ")
	s.DueAt = s.DueAt.UTC().Truncate(time.Microsecond)
	if s.Section != was.Section {
		if err := checkSection(ctx, tx, s.Edition, s.Section); err != nil {
			return e, err
		}
	}
	at := news.Placement{Desk: s.Desk, Person: s.Person}
	desk, to, err := receivers(ctx, tx, &at)
	if err != nil {
		return e, inDesk(err)
	}
	now := d.now()
	if s.Person != 0 && s.Person == was.Person {
		to = news.Person{ID: s.Person, Role: news.Contributor} // who has left meanwhile is no reason to refuse another change
	}
	return e, s.Plan(p, was, desk, to, news.DayOf(now, e), now)
}

// inDesk leads a refusal of a desk to the plan's own field.
func inDesk(err error) error {
	if refusal, ok := err.(*news.Error); ok && refusal.Field == "to" {
		return refusal.In("desk")
	}
	return err
}

func (d *Desk) recordPlan(ctx context.Context, tx *store.Tx, p news.Person, kind news.EventKind, s news.Assignment, from news.Day) error {
	return tx.AddEvent(ctx, news.Event{Kind: kind, At: d.now(), Actor: p.ID, Edition: s.Edition, Article: s.Article, Note: news.PlanningOf(s, from).Note()})
}

// ChangePlan keeps what was typed of a planned story. A change of who has it and
// until when goes on to its article, as long as that is not out.
func (d *Desk) ChangePlan(ctx context.Context, who news.PersonID, next news.Assignment, seen time.Time) error {
	return d.planAct(ctx, "change the plan", who, next.ID, news.MayPlan, func(tx *store.Tx, p news.Person, was news.Assignment) error {
		s := was
		s.Slugline, s.Brief, s.Section, s.Desk, s.Person, s.DueAt, s.Pictures = next.Slugline, next.Brief, next.Section, next.Desk, next.Person, next.DueAt, next.Pictures
		e, err := d.checkPlan(ctx, tx, p, was, &s)
		if err != nil {
			return err
		}
		if s.Same(was) && next.Day == was.Day {
			return nil // it was so already: the same act asked twice
		}
		if !was.ChangedAt.Equal(seen) {
			return news.Refuse(news.Conflict, "error.plan.changed", "a colleague changed this story of the plan since you opened the page")
		}
		if next.Day != was.Day {
			s.Day = next.Day
			if _, err := d.checkPlan(ctx, tx, p, was, &s); err != nil {
				return err
			}
			if err := d.arrange(ctx, tx, e, &s, 0, 0); err != nil {
				return err
			}
		}
		return d.keepPlan(ctx, tx, p, was, s, news.EventPlanChanged)
	})
}

// keepPlan keeps a changed story, hands its article on where that is meant, and
// writes the event.
func (d *Desk) keepPlan(ctx context.Context, tx *store.Tx, p news.Person, was, s news.Assignment, kind news.EventKind) error {
	s.ChangedBy, s.ChangedAt = p.ID, d.now()
	if err := tx.SaveAssignment(ctx, &s); err != nil {
		return err
	}
	if err := d.handAlong(ctx, tx, p, was, s); err != nil {
		return err
	}
	return d.recordPlan(ctx, tx, p, kind, s, was.Day)
}

// handAlong hands the article of a planned story on as the plan now says: what
// the plan did not change stays as it lies.
func (d *Desk) handAlong(ctx context.Context, tx *store.Tx, p news.Person, was, s news.Assignment) error {
	if s.Article == 0 || was.Article != s.Article || was.Desk == s.Desk && was.Person == s.Person && was.DueAt.Equal(s.DueAt) {
		return nil
	}
	a, err := tx.Article(ctx, s.Article)
	if err != nil || !a.State.Before() {
		return err
	}
	at, err := tx.Placement(ctx, a.ID)
	if err != nil {
		return err
	}
	next := at
	if was.Desk != s.Desk {
		next.Desk, next.Stage = s.Desk, ""
	}
	if was.Person != s.Person {
		next.Person = s.Person
	}
	if !was.DueAt.Equal(s.DueAt) {
		next.DueAt = s.DueAt
	}
	return d.handTo(ctx, tx, p, a, at, next)
}

// handTo puts an article with a desk or a person as part of another act.
func (d *Desk) handTo(ctx context.Context, tx *store.Tx, p news.Person, a news.Article, was, next news.Placement) error {
	desk, to, err := receivers(ctx, tx, &next)
	if err != nil {
		return inDesk(err)
	}
	if was.Same(next) {
		return nil
	}
	if next.Person != was.Person {
		if err := keepsSecret(ctx, tx, a.ID, p, next.Person); err != nil {
			return err
		}
	}
	now := d.now()
	if err := a.Hand(p, was, next, desk, to, now); err != nil {
		return inDesk(err)
	}
	next.Article, next.By, next.At = a.ID, p.ID, now
	return d.place(ctx, tx, a, was, next, desk)
}

// MovePlan moves a planned story to a day and to its place there: before
// another story, after one, or, with neither, to the end of another day. Its
// deadline goes along.
func (d *Desk) MovePlan(ctx context.Context, who news.PersonID, id news.AssignmentID, day news.Day, before, after news.AssignmentID) error {
	return d.planAct(ctx, "move the story", who, id, news.MayPlan, func(tx *store.Tx, p news.Person, was news.Assignment) error {
		if day == was.Day && (before == 0 && after == 0 || before == id || after == id) {
			return nil
		}
		s := was
		e, err := tx.Edition(ctx, s.Edition)
		if err != nil {
			return err
		}
		style, err := e.Style()
		if err != nil {
			return err
		}
		s.ToDay(day, style.Zone)
		if _, err := d.checkPlan(ctx, tx, p, was, &s); err != nil {
			if refusal, ok := err.(*news.Error); ok && refusal.Key == "error.due.past" {
				refusal.Key = "error.plan.move.due"
			}
			return err
		}
		if err := d.arrange(ctx, tx, e, &s, before, after); err != nil {
			return err
		}
		if s.Day == was.Day && s.Position == was.Position {
			return nil // it stands there already
		}
		return d.keepPlan(ctx, tx, p, was, s, news.EventPlanMoved)
	})
}

// arrange finds a story's place in its day and numbers the others anew.
func (d *Desk) arrange(ctx context.Context, tx *store.Tx, e news.Edition, s *news.Assignment, before, after news.AssignmentID) error {
	day, err := tx.Assignments(ctx, e.ID, s.Day, s.Day, news.MaxPlanned+1)
	if err != nil {
		return err
	}
	places := map[news.AssignmentID]int{}
	for _, o := range day {
		places[o.ID] = o.Position
	}
	if _, there := places[s.ID]; !there && len(day) >= news.MaxPlanned {
		return tooMany()
	}
	for _, o := range news.Arrange(day, *s, before, after) {
		switch {
		case o.ID == s.ID:
			s.Position = o.Position
		case o.Position != places[o.ID]:
			if err := tx.PlaceAssignment(ctx, o.ID, o.Position); err != nil {
				return err
			}
		}
	}
	return nil
}

// DropPlan takes a story off the plan, or back onto it. It stays in its place,
// struck out. Its article, if it has one, is not touched.
func (d *Desk) DropPlan(ctx context.Context, who news.PersonID, id news.AssignmentID, dropped bool) error {
	return d.planAct(ctx, "drop the story", who, id, news.MayPlan, func(tx *store.Tx, p news.Person, was news.Assignment) error {
		s, kind := was, news.EventPlanDropped
		switch {
		case was.Dropped.IsZero() != dropped:
			return nil
		case dropped:
			s.Dropped = d.now()
		default:
			s.Dropped, kind = time.Time{}, news.EventPlanRestored
		}
		return d.keepPlan(ctx, tx, p, was, s, kind)
	})
}

// PlanOf reads a planned story for a person who may know of it, with its
// article: the zero Article while nobody has begun it.
func (d *Desk) PlanOf(ctx context.Context, p news.Person, id news.AssignmentID) (news.Assignment, news.Article, error) {
	s, err := d.store.Assignment(ctx, id)
	if err != nil {
		return s, news.Article{}, err
	}
	if err := s.Allows(p, news.MayReadPlan); err != nil {
		return s, news.Article{}, err
	}
	if s.Article == 0 {
		return s, news.Article{}, nil
	}
	a, err := d.store.Article(ctx, s.Article)
	return s, a, err
}
