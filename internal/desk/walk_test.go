package desk_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// TestRandomActs has people of all roles act on a few articles, 500 times, on
// the store: what readers see always had a second pair of eyes or a recorded
// way round, and no revision ever changes once it is kept.
func TestRandomActs(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		w := &walk{office: o, rand: rand.New(rand.NewPCG(3, 14)), frozen: map[string]news.Revision{}}
		for range 4 {
			w.ids = append(w.ids, o.draft(o.Reporter, o.Town), o.draft(o.Editor, o.Town))
		}
		done := 0
		for range 500 {
			if w.act() == nil {
				done++
			}
			o.Clock.Move(time.Duration(w.rand.IntN(120)) * time.Second)
		}
		for _, id := range w.ids {
			w.look(id)
		}
		t.Logf("500 acts, %d were done, %d went live", done, w.out)
		if w.out < 3 || done < 100 {
			t.Error("the walk goes nowhere")
		}
	})
}

type walk struct {
	*office
	rand   *rand.Rand
	ids    []news.ID
	frozen map[string]news.Revision
	out    int
}

// act does one thing to one article and looks at it.
func (w *walk) act() error {
	ctx := w.t.Context()
	people := []news.Person{w.Contributor, w.Reporter, w.Editor, w.Editor, w.Colleague, w.Colleague, w.Chief, w.Owner}
	who := people[w.rand.IntN(len(people))].ID
	id := w.ids[w.rand.IntN(len(w.ids))]
	before := w.article(id)
	read := before.Head - w.rand.IntN(8)/7 // now and then an old one
	var err error
	switch w.rand.IntN(15) {
	case 0, 1:
		_, err = w.Edit(ctx, who, id, read, w.copy(w.Town, fmt.Sprint("Headline ", w.rand.IntN(1000))))
	case 13:
		c := w.copy(w.Town, fmt.Sprint("Headline ", w.rand.IntN(1000)))
		c.Body = suggesting(who, w.Clock.Now())
		_, err = w.Edit(ctx, who, id, read, c)
	case 14:
		err = w.SettleSuggestions(ctx, who, id, read, w.rand.IntN(2) == 0)
	case 2, 3:
		err = w.Submit(ctx, who, id)
	case 4, 5:
		err = w.Approve(ctx, who, id, read)
	case 6:
		err = w.Publish(ctx, who, id, read, []string{"", "", "fire"}[w.rand.IntN(3)])
	case 7:
		err = w.Schedule(ctx, who, id, read, w.Clock.Now().Add(time.Minute), "")
	case 8:
		err = w.Unschedule(ctx, who, id)
	case 9:
		_, _, err = w.PublishDue(ctx)
	case 10:
		err = w.Correct(ctx, who, id, read, desk.Declared{Kind: news.ChangeUpdate, Note: "More is known.", Reason: "nobody else is in"})
	case 11:
		if w.rand.IntN(6) == 0 {
			err = w.Spike(ctx, who, id, "old")
		} else {
			err = w.Revive(ctx, who, id)
		}
	default:
		if err = w.SetFacts(ctx, who, id, desk.Facts{EmbargoUntil: before.EmbargoUntil, SameStoryAs: w.ids[0]}); w.rand.IntN(9) == 0 {
			err = w.Kill(ctx, who, id, "not true")
		}
	}
	w.look(id)
	if after := w.article(id); err == nil && !before.Public() && after.Public() {
		w.out++
	}
	return err
}

// look reads an article and everything of it that may never change.
func (w *walk) look(id news.ID) {
	w.t.Helper()
	ctx := w.t.Context()
	a := w.article(id)
	if a.Live > 0 && a.Bypass.By == 0 && (a.Approval.By == 0 || a.Approval.By == a.Creator) {
		w.t.Errorf("article %d is public without a second pair of eyes: %+v", id, a)
	}
	if a.Bypass.By != 0 && a.Bypass.Reason == "" {
		w.t.Errorf("article %d went the way round without a reason", id)
	}
	list, err := w.Paper.Store.Revisions(ctx, id, 1000)
	w.must(err)
	if len(list) != a.Head {
		w.t.Errorf("article %d has %d revisions and head %d", id, len(list), a.Head)
	}
	for _, v := range list {
		if !v.PublishedAt.IsZero() && v.Settled() != nil {
			w.t.Errorf("readers saw revision %d of article %d, which holds unsettled suggestions", v.Number, id)
		}
		key := fmt.Sprint(id, " ", v.Number)
		was, seen := w.frozen[key]
		if seen && was.PublishedAt.IsZero() { // going live is the one thing that is written on a revision
			was.PublishedAt, was.Change, was.Note = v.PublishedAt, v.Change, v.Note
		}
		if seen && !reflect.DeepEqual(was, v) {
			w.t.Errorf("revision %s changed:\n%+v\n%+v", key, was, v)
		}
		w.frozen[key] = v
	}
	hits, err := w.Paper.Store.SearchArticles(ctx, store.Search{Text: id.String() + " valmere", Scope: store.Public, Limit: 9})
	w.must(err)
	public := false
	for _, h := range hits {
		public = public || h.Article == id
	}
	if public != a.Public() {
		w.t.Errorf("article %d is %s, and readers find it: %v", id, a.State, public)
	}
}
