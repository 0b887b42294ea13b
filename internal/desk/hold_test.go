package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// held carries out what an editor says and checks who holds the article then.
func (o *office) held(id news.ID, who news.Person, tab string, do desk.HoldAct, want news.Person) news.Holding {
	o.t.Helper()
	h, err := o.Hold(o.t.Context(), who.ID, id, tab, do)
	o.must(err)
	if h.Person != want.ID {
		o.t.Fatalf("%s %s: %d holds it, want %q", who.Name, do, h.Person, want.Name)
	}
	return h
}

// kinds are the events of an article, the newest last, without its making.
func (o *office) kinds(id news.ID) (out []news.EventKind) {
	o.t.Helper()
	events, err := o.Store.EventsAfter(o.t.Context(), 0, 500)
	o.must(err)
	for _, e := range events {
		if e.Article == id && e.Kind != news.EventCreated {
			out = append(out, e.Kind)
		}
	}
	return out
}

func TestHoldingAnArticle(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		o.held(id, o.Editor, "e", desk.HoldOpen, o.Editor)
		o.held(id, o.Reporter, "r", desk.HoldOpen, o.Editor)
		for range 6 { // signs every ten seconds keep it
			o.Clock.Move(news.SignEvery)
			o.must(o.EndHolds(ctx))
			o.held(id, o.Editor, "e", desk.HoldStay, o.Editor)
		}
		// a save by somebody else is never refused over it
		if _, err := o.Edit(ctx, o.Reporter.ID, id, 1, o.copy(o.Town, "Saved all the same")); err != nil {
			t.Errorf("saved by another: %v", err)
		}
		o.held(id, o.Reporter, "r", desk.HoldTake, o.Editor)
		h := o.held(id, o.Editor, "e", desk.HoldGive, o.Reporter)
		if h.Asker != 0 || h.Tab != "r" {
			t.Errorf("handed over: %+v", h)
		}
		o.Clock.Move(news.HoldTime)
		if h, err := o.Holding(ctx, id); err != nil || h.Person != 0 {
			t.Errorf("an ended hold: %+v %v", h, err)
		}
		o.must(o.EndHolds(ctx))
		o.must(o.EndHolds(ctx))
		want := []news.EventKind{news.EventHeld, news.EventEdited, news.EventAsked, news.EventTaken, news.EventReleased}
		if got := o.kinds(id); !slices.Equal(got, want) {
			t.Errorf("events %v, want %v", got, want)
		}
		events, err := o.Store.ArticleEvents(ctx, id, 9)
		if err != nil || events[0].Kind != news.EventTaken || events[0].Actor != o.Reporter.ID || events[0].Note != o.Editor.Name {
			t.Errorf("the history says %+v (%v)", events[0], err)
		}
	})
}

func TestAHoldPassesOnByItself(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		o.held(id, o.Editor, "e", desk.HoldOpen, o.Editor)
		o.held(id, o.Colleague, "c", desk.HoldTake, o.Editor)
		o.held(id, o.Editor, "e", desk.HoldWait, o.Editor)
		for range 11 {
			o.Clock.Move(news.SignEvery)
			o.must(o.EndHolds(ctx))
			o.held(id, o.Editor, "e", desk.HoldStay, o.Editor)
		}
		o.Clock.Move(news.SignEvery)
		o.must(o.EndHolds(ctx))
		o.held(id, o.Editor, "e", desk.HoldStay, o.Colleague)
		o.held(id, o.Editor, "e", desk.HoldTake, o.Colleague)
		o.held(id, o.Colleague, "c", desk.HoldLeave, o.Colleague) // it may come back in a moment
		o.Clock.Move(news.LeaveTime)
		o.held(id, o.Reporter, "r", desk.HoldLook, o.Editor)
		o.held(id, o.Editor, "e", desk.HoldLeave, o.Editor)
		o.Clock.Move(news.LeaveTime)
		o.held(id, o.Reporter, "r", desk.HoldLook, news.Person{})
		o.held(id, o.Editor, "e", desk.HoldStay, o.Editor)
	})
}

func TestWhoMayHold(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Contributor, o.Town)
		_, err := o.Hold(ctx, o.Reporter.ID, id, "r", desk.HoldOpen)
		o.refused(news.Forbidden, err)
		_, err = o.Hold(ctx, o.Contributor.ID, id, "no tab", desk.HoldOpen)
		o.refused(news.Invalid, err)
		_, err = o.Hold(ctx, o.Contributor.ID, id, "c", "seize")
		o.refused(news.Invalid, err)
		o.held(id, o.Contributor, "c", desk.HoldOpen, o.Contributor)
		o.must(o.Submit(ctx, o.Contributor.ID, id))
		_, err = o.Hold(ctx, o.Contributor.ID, id, "c", desk.HoldStay)
		o.refused(news.Forbidden, err)
		_, err = o.Hold(ctx, o.Contributor.ID, id, "c", desk.HoldTake)
		o.refused(news.Forbidden, err)                                // its editors edit it now
		o.held(id, o.Contributor, "c", desk.HoldLeave, o.Contributor) // but who has it open may leave
	})
}

// TestSignsAreCheap: an editor's sign within five seconds of the last writes nothing.
func TestSignsAreCheap(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.draft(o.Reporter, o.Town)
		o.held(id, o.Editor, "e", desk.HoldOpen, o.Editor)
		o.Clock.Move(4 * time.Second)
		first := o.held(id, o.Editor, "e", desk.HoldStay, o.Editor)
		o.Clock.Move(2 * time.Second)
		second := o.held(id, o.Editor, "e", desk.HoldStay, o.Editor)
		if second.Seen.Sub(first.Seen) != 6*time.Second {
			t.Errorf("seen %v, then %v", first.Seen, second.Seen)
		}
	})
}

// TestWhoTakesOverBeginsWithTheLastWords: what the holder typed is a revision
// before the article passes on, by hand and by itself; typing is a sign.
func TestWhoTakesOverBeginsWithTheLastWords(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		for _, given := range []bool{true, false} {
			id := o.draft(o.Reporter, o.Town)
			o.held(id, o.Editor, "window11", desk.HoldOpen, o.Editor)
			w := o.window(o.Editor, id, "window11-1")
			for range 5 { // no other sign than what is typed
				o.Clock.Move(20 * time.Second)
				w.fields["body"] += " More."
				w.keep()
			}
			o.held(id, o.Reporter, "window22", desk.HoldTake, o.Editor)
			if given {
				o.held(id, o.Editor, "window11", desk.HoldGive, o.Reporter)
			} else {
				o.Clock.Move(news.HoldTime)
				o.must(o.EndHolds(ctx))
				o.held(id, o.Reporter, "window22", desk.HoldLook, o.Reporter)
			}
			a, err := o.Store.Article(ctx, id)
			o.must(err)
			head, err := o.Store.Revision(ctx, id, a.Head)
			o.must(err)
			if a.Head != 2 || head.By != o.Editor.ID || !strings.HasSuffix(strings.TrimSpace(head.Body.Text()), "More. More. More. More. More.") {
				t.Errorf("given %v: revision %d by %d: %q", given, a.Head, head.By, head.Body.Text())
			}
		}
	})
}
