package desk_test

import (
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// TestSchedule: what is scheduled goes out at its time, by nobody, and once.
func TestSchedule(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		begin := o.Clock.Now()
		due := func(want int, next time.Duration) {
			t.Helper()
			n, at, err := o.PublishDue(ctx)
			wantAt := time.Time{}
			if next > 0 {
				wantAt = begin.Add(next)
			}
			if n != want || !at.Equal(wantAt) || err != nil {
				t.Errorf("%d went out, the next at %v, %v; want %d, %v", n, at, err, want, wantAt)
			}
		}
		due(0, 0)
		first, second, third := o.reviewed(o.Reporter, o.Town), o.reviewed(o.Reporter, o.Town), o.reviewed(o.Reporter, o.World)
		o.refused(news.Invalid, o.Schedule(ctx, o.Editor.ID, first, 1, begin, ""))
		for range 2 { // asked twice, once in the record
			o.must(o.Schedule(ctx, o.Editor.ID, first, 1, begin.Add(2*time.Hour).In(time.FixedZone("Valmere", 12600)), ""))
		}
		if got := len(o.record(first)); got != 4 {
			t.Errorf("the record of what was scheduled once has %d lines", got)
		}
		o.must(o.Schedule(ctx, o.Editor.ID, second, 1, begin.Add(time.Hour), ""))
		o.must(o.Schedule(ctx, o.Editor.ID, third, 1, begin.Add(time.Hour), ""))
		o.must(o.Schedule(ctx, o.Editor.ID, third, 1, begin.Add(3*time.Hour), "")) // moved
		due(0, time.Hour)
		o.Clock.Move(time.Hour - time.Microsecond)
		due(0, time.Hour)
		o.Clock.Move(time.Microsecond)
		due(1, 2*time.Hour)
		due(0, 2*time.Hour)
		a := o.article(second)
		if a.State != news.Published || !a.PublishedAt.Equal(begin.Add(time.Hour)) || a.Approval.By != o.Colleague.ID {
			t.Errorf("gone out: %+v", a)
		}
		events, err := o.Paper.Store.ArticleEvents(ctx, second, 1)
		if err != nil || events[0].Actor != 0 || events[0].Kind != news.EventPublished {
			t.Errorf("by nobody: %+v, %v", events, err)
		}
		// Taken off, changed, or published by hand: the schedule leaves it alone.
		o.must(o.Unschedule(ctx, o.Editor.ID, first))
		o.Clock.Move(-4 * time.Hour) // a clock that was put back changes nothing that is out
		due(0, 3*time.Hour)
		o.Clock.Move(8 * time.Hour)
		due(1, 0)
		if a := o.article(first); a.State != news.InReview || !a.ScheduledFor.IsZero() {
			t.Errorf("taken off the schedule: %+v", a)
		}
		if got := len(o.record(second)); got != 5 {
			t.Errorf("the record of what went out once has %d lines", got)
		}
	})
}

// TestScheduledTextIsFrozen: an edit takes an article off the schedule, as
// what was approved is not what would go out.
func TestScheduledTextIsFrozen(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.reviewed(o.Reporter, o.Town)
		o.must(o.Schedule(ctx, o.Editor.ID, id, 1, o.Clock.Now().Add(time.Hour), ""))
		if _, err := o.Edit(ctx, o.Editor.ID, id, 1, o.copy(o.Town, "Changed")); err != nil {
			t.Fatal(err)
		}
		o.Clock.Move(2 * time.Hour)
		if n, next, err := o.PublishDue(ctx); n != 0 || !next.IsZero() || err != nil {
			t.Errorf("%d went out, next %v, %v", n, next, err)
		}
		if a := o.article(id); a.State != news.InReview || a.Approved() {
			t.Errorf("%+v", a)
		}
		// With a reason, without a colleague; and another edit.
		breaking := o.draft(o.Editor, o.Town)
		o.must(o.Schedule(ctx, o.Editor.ID, breaking, 1, o.Clock.Now().Add(time.Hour), "storm at nine"))
		events, err := o.Paper.Store.ArticleEvents(ctx, breaking, 1)
		if err != nil || events[0].Note != "storm at nine" || o.article(breaking).Bypass.Reason != "storm at nine" {
			t.Errorf("the reason is not in the record: %+v, %v", events, err)
		}
		if _, err := o.Edit(ctx, o.Editor.ID, breaking, 1, o.copy(o.Town, "Changed")); err != nil {
			t.Fatal(err)
		}
		o.refused(news.Conflict, o.Schedule(ctx, o.Editor.ID, breaking, 2, o.Clock.Now().Add(time.Hour), ""))
	})
}

// TestDueAfterRestart: what came due while the program was away goes out when
// it is back, without a visitor.
func TestDueAfterRestart(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.reviewed(o.Reporter, o.Town)
		when := o.Clock.Now().Add(time.Hour)
		o.must(o.Schedule(ctx, o.Editor.ID, id, 1, when, ""))
		o.must(o.Paper.Store.Close())
		o.Clock.Move(72 * time.Hour)
		s, err := store.Open(ctx, store.Options{URL: o.URL})
		o.must(err)
		t.Cleanup(func() { s.Close() })
		o.Paper.Store, o.Desk = s, desk.New(s, o.Clock.Now)
		if n, next, err := o.PublishDue(ctx); n != 1 || !next.IsZero() || err != nil {
			t.Errorf("%d went out, next %v, %v", n, next, err)
		}
		a := o.article(id)
		if a.State != news.Published || !a.PublishedAt.Equal(o.Clock.Now()) {
			t.Errorf("a late story says when it came out: %+v", a)
		}
	})
}

// TestEmbargo: not before its time, for anyone, by any of the two clocks.
func TestEmbargo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		until := o.Clock.Now().Add(time.Hour)
		id := o.reviewed(o.Reporter, o.Town)
		o.must(o.SetFacts(ctx, o.Editor.ID, id, desk.Facts{EmbargoUntil: until}))
		held := func() {
			t.Helper()
			for _, who := range []news.Person{o.Editor, o.Chief, o.Owner} {
				o.refused(news.Conflict, o.Publish(ctx, who.ID, id, 1, "everybody has it"))
			}
			if n, _, err := o.PublishDue(ctx); n != 0 || err != nil {
				t.Errorf("%d went out, %v", n, err)
			}
			if got := o.found(store.Public, "bridge"); got != nil {
				t.Errorf("readers find it: %v", got)
			}
			papertest.Check(t, o.Paper.Store)
		}
		held()
		o.refused(news.Invalid, o.Schedule(ctx, o.Editor.ID, id, 1, until.Add(-time.Second), ""))
		o.must(o.Schedule(ctx, o.Editor.ID, id, 1, until, ""))
		o.refused(news.Invalid, o.SetFacts(ctx, o.Editor.ID, id, desk.Facts{EmbargoUntil: until.Add(time.Hour)}))
		o.Clock.Set(until.Add(-time.Microsecond))
		held()
		o.Clock.Set(until)
		if n, _, err := o.PublishDue(ctx); n != 1 || err != nil {
			t.Errorf("at its time %d went out, %v", n, err)
		}
		o.refused(news.Invalid, o.SetFacts(ctx, o.Editor.ID, id, desk.Facts{EmbargoUntil: until.Add(time.Hour)}))
	})
}

// TestEmbargoByBothClocks: a clock that runs ahead of the database's ends no
// embargo. (On SQLite there is one machine and one clock.)
func TestEmbargoByBothClocks(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id, soon := o.reviewed(o.Reporter, o.Town), o.reviewed(o.Reporter, o.Town)
		until := time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) // the database will not say so
		o.must(o.SetFacts(ctx, o.Editor.ID, id, desk.Facts{EmbargoUntil: until}))
		o.must(o.SetFacts(ctx, o.Editor.ID, soon, desk.Facts{EmbargoUntil: until}))
		o.must(o.Schedule(ctx, o.Editor.ID, soon, 1, until, ""))
		o.Clock.Set(until.Add(time.Hour))
		err := o.Publish(ctx, o.Editor.ID, id, 1, "")
		n, _, dueErr := o.PublishDue(ctx)
		if dueErr != nil {
			t.Error(dueErr)
		}
		if o.Paper.Store.Name() == "sqlite" {
			if err != nil || n != 1 {
				t.Errorf("one clock: %v, %d", err, n)
			}
			return
		}
		o.refused(news.Conflict, err)
		if n != 0 || o.article(soon).State != news.Scheduled {
			t.Errorf("%d went out before the database's clock agrees", n)
		}
	})
}
