package store_test

import (
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractAssignments(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[news.Assignment](t)
	want.ID, want.Edition, want.Day, want.Position = 0, p.English.ID, "2026-03-14", 2
	first := news.Assignment{Edition: p.English.ID, Day: "2026-03-14", Position: 1, Slugline: "first", Person: p.Reporter.ID, Desk: 5}
	later := news.Assignment{Edition: p.English.ID, Day: "2026-03-20", Position: 1, Slugline: "later"}
	other := news.Assignment{Edition: p.Persian.ID, Day: "2026-03-14", Position: 1, Slugline: "other"}
	write(t, p, func(tx *store.Tx) error {
		for _, s := range []*news.Assignment{&want, &first, &later, &other} {
			if err := tx.SaveAssignment(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := p.Store.Assignment(ctx, want.ID)
	same(t, "planned story", want, got, err)
	got, err = p.Store.AssignmentOf(ctx, want.Article)
	same(t, "of its article", want, got, err)
	got, err = p.Store.AssignmentOf(ctx, 12345)
	same(t, "of an article that nobody planned", news.Assignment{}, got, err)
	list, err := p.Store.Assignments(ctx, p.English.ID, "2026-03-14", "2026-03-14", 10)
	same(t, "a day in its order", []news.Assignment{first, want}, list, err)
	list, err = p.Store.Assignments(ctx, p.English.ID, "2026-03-09", "2026-03-20", 10)
	same(t, "a span", []news.Assignment{first, want, later}, list, err)
	refused(t, p, news.Conflict, func(tx *store.Tx) error {
		return tx.SaveAssignment(ctx, &news.Assignment{Edition: p.English.ID, Day: "2026-03-15", Article: want.Article})
	})

	want.Slugline, want.Dropped, want.Article = "changed", time.Time{}, 0
	want.Person, want.Desk = p.Reporter.ID, 5
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SaveAssignment(ctx, &want); err != nil {
			return err
		}
		return tx.PlaceAssignment(ctx, want.ID, 7)
	})
	want.Position = 7
	got, err = p.Store.Assignment(ctx, want.ID)
	same(t, "changed", want, got, err)

	// Who leaves, and a desk that goes.
	write(t, p, func(tx *store.Tx) error {
		if err := tx.PassAssignments(ctx, p.Reporter.ID, p.Editor.ID, 0); err != nil {
			return err
		}
		return tx.MoveAssignments(ctx, 5, 6)
	})
	got, err = p.Store.Assignment(ctx, want.ID)
	if err != nil || got.Person != p.Editor.ID || got.Desk != 6 {
		t.Errorf("it is with %d at %d: %v", got.Person, got.Desk, err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.PassAssignments(ctx, p.Editor.ID, 0, 8) })
	if got, err = p.Store.Assignment(ctx, first.ID); err != nil || got.Person != 0 || got.Desk != 8 {
		t.Errorf("it is with %d at %d: %v", got.Person, got.Desk, err)
	}
}

func contractDeadlines(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	at := func(minutes int) time.Time { return p.Clock.Now().Add(time.Duration(minutes) * time.Minute) }
	for id, state := range []news.State{"", news.Draft, news.InReview, news.Published, news.Spiked, news.Draft} {
		if id == 0 {
			continue
		}
		a := news.Article{ID: news.ID(id), Edition: p.English.ID, Section: p.Town.ID, State: state, Head: 1}
		article(t, p, a, p.Story(p.Town, "Bridge"))
		write(t, p, func(tx *store.Tx) error {
			return tx.SavePlacement(ctx, news.Placement{Article: a.ID, DueAt: at(10 * id), At: at(0)})
		})
	}
	ids := func(list []store.Deadline) (out []news.ID) {
		for _, d := range list {
			if !d.DueAt.Equal(at(10 * int(d.Article.ID))) {
				t.Errorf("article %d is due %s", d.Article.ID, d.DueAt)
			}
			out = append(out, d.Article.ID)
		}
		return out
	}
	list, err := p.Store.Deadlines(ctx, at(0), at(60), 10)
	in(t, "open ones by their time", ids(list), err, 1, 2, 5)
	list, err = p.Store.Deadlines(ctx, at(10), at(20), 10)
	in(t, "from a moment to before another", ids(list), err, 1)
	list, err = p.Store.Deadlines(ctx, at(0), at(60), 2)
	in(t, "the first two", ids(list), err, 1, 2)

	// A planned story takes its article off the list of what nobody planned.
	s := news.Assignment{Edition: p.English.ID, Day: "2026-03-14", Article: 2, DueAt: at(20)}
	unbegun := news.Assignment{Edition: p.English.ID, Day: "2026-03-14", DueAt: at(5)}
	dropped := news.Assignment{Edition: p.English.ID, Day: "2026-03-14", DueAt: at(6), Dropped: at(0)}
	write(t, p, func(tx *store.Tx) error {
		for _, one := range []*news.Assignment{&s, &unbegun, &dropped} {
			if err := tx.SaveAssignment(ctx, one); err != nil {
				return err
			}
		}
		return nil
	})
	list, err = p.Store.Unplanned(ctx, p.English.ID, at(0), at(60), 10)
	in(t, "on no plan", ids(list), err, 1, 3, 5)
	list, err = p.Store.Unplanned(ctx, p.Persian.ID, at(0), at(60), 10)
	in(t, "of another edition", ids(list), err)
	planned, err := p.Store.PlannedArticles(ctx, p.English.ID, "2026-03-14", "2026-03-14")
	if err != nil || len(planned) != 1 || planned[0].ID != 2 {
		t.Errorf("planned articles: %v, %v", planned, err)
	}
	waits, err := p.Store.Unbegun(ctx, at(0), at(60), 10)
	same(t, "nobody has begun", []news.Assignment{unbegun}, waits, err)
	waits, err = p.Store.Unbegun(ctx, at(6), at(60), 10)
	same(t, "later", []news.Assignment(nil), waits, err)
}

func contractAhead(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	at := func(hours int) time.Time { return p.Clock.Now().Add(time.Duration(hours) * time.Hour) }
	keep := func(a news.Article) {
		a.Edition, a.Section, a.Head = p.English.ID, p.Town.ID, 1
		article(t, p, a, p.Story(p.Town, "Bridge"))
	}
	keep(news.Article{ID: 1, State: news.Scheduled, ScheduledFor: at(2)})
	keep(news.Article{ID: 2, State: news.Scheduled, ScheduledFor: at(1), EmbargoUntil: at(1)})
	keep(news.Article{ID: 3, State: news.Draft, EmbargoUntil: at(3)})
	keep(news.Article{ID: 4, State: news.Draft, Labels: news.Labels{Developing: at(4), SoFar: at(5)}})
	keep(news.Article{ID: 5, State: news.Draft, Labels: news.Labels{SoFar: at(3)}})
	ids := func(list []news.Article) (out []news.ID) {
		for _, a := range list {
			out = append(out, a.ID)
		}
		return out
	}
	list, err := p.Store.ScheduledFor(ctx, at(0), at(9), 10)
	in(t, "scheduled", ids(list), err, 2, 1)
	list, err = p.Store.ScheduledFor(ctx, at(2), at(9), 10)
	in(t, "scheduled from then on", ids(list), err, 1)
	list, err = p.Store.Embargoes(ctx, at(0), at(3), 10)
	in(t, "embargoes before then", ids(list), err, 2)
	list, err = p.Store.LabelEnds(ctx, news.LabelDeveloping, at(0), at(9), 10)
	in(t, "developing", ids(list), err, 4)
	list, err = p.Store.LabelEnds(ctx, news.LabelSoFar, at(0), at(9), 10)
	in(t, "the story so far", ids(list), err, 5, 4)

	write(t, p, func(tx *store.Tx) error {
		for _, c := range []news.Prepared{{Article: 1, Revision: 1, SubmittedAt: at(0), Due: at(2)}, {Article: 2, Revision: 1, SubmittedAt: at(1), Due: at(1), Approval: news.Approval{By: p.Editor.ID, At: at(0)}},
			{Article: 3, Revision: 1, SubmittedAt: at(1)}} {
			if err := tx.SavePrepared(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	changes := func(list []news.Prepared) (out []news.ID) {
		for _, c := range list {
			out = append(out, c.Article)
		}
		return out
	}
	timed, err := p.Store.PreparedFor(ctx, at(0), at(9), 10)
	in(t, "changes by their time", changes(timed), err, 2, 1)
	unread, err := p.Store.Unread(ctx, 10)
	in(t, "changes that nobody has read", changes(unread), err, 3, 1)

	write(t, p, func(tx *store.Tx) error {
		for i, c := range []news.Correction{{Article: 1, At: at(1), Bypass: "fire"}, {Article: 2, At: at(2)}, {Article: 3, At: at(3), Bypass: "flood"}} {
			c.Revision, c.Edition, c.Kind = 1+i, p.English.ID, news.ChangeMinor
			if err := tx.AddCorrection(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	alone, err := p.Store.ChangedAlone(ctx, at(0), 10)
	if err != nil || len(alone) != 2 || alone[0].Bypass != "flood" || alone[1].Bypass != "fire" {
		t.Errorf("changed alone: %+v, %v", alone, err)
	}
	alone, err = p.Store.ChangedAlone(ctx, at(2), 10)
	if err != nil || len(alone) != 1 {
		t.Errorf("changed alone since: %+v, %v", alone, err)
	}
}
