package press_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/themes"
)

// town is a paper with its desk, its press and its readers' comments.
type town struct {
	*papertest.Paper
	t        *testing.T
	desk     *desk.Desk
	comments *comments.Comments
	press    *press.Press
	seq      int64 // last event the press was handed
	ids      []news.ID
}

func newTown(t *testing.T, p *papertest.Paper) *town {
	t.Helper()
	w := &town{Paper: p, t: t, desk: desk.New(p.Store, p.Clock.Now), comments: comments.New(p.Store, p.Clock.Now)}
	var err error
	w.press, err = press.New(t.Context(), press.Options{Store: p.Store, Now: p.Clock.Now, Theme: themes.Default(), Base: "http://paper.example",
		Stamp: func(id news.ID, _ time.Time) string { return id.String() }}) // the real one says when the page was made
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.press.Close)
	return w
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// hand gives the press every event since the last time.
func (w *town) hand() {
	w.t.Helper()
	events, err := w.Store.EventsAfter(w.t.Context(), w.seq, 1000)
	w.must(err)
	for _, e := range events {
		w.must(w.press.Handle(w.t.Context(), e))
		w.seq = e.Seq
	}
}

// draft makes an article with topics, submits and approves it.
func (w *town) draft(e news.Edition, s news.Section, headline string, topics ...string) (news.ID, int) {
	w.t.Helper()
	ctx := w.t.Context()
	id, err := w.desk.Create(ctx, w.Reporter.ID, e.ID, desk.Copy{Content: w.Story(s, headline), TopicNames: topics}, headline)
	w.must(err)
	w.must(w.desk.Submit(ctx, w.Reporter.ID, id))
	w.must(w.desk.Approve(ctx, w.Editor.ID, id, 1))
	return id, 1
}

func (w *town) publish(e news.Edition, s news.Section, headline string, topics ...string) news.ID {
	w.t.Helper()
	id, head := w.draft(e, s, headline, topics...)
	w.must(w.desk.Publish(w.t.Context(), w.Editor.ID, id, head, ""))
	w.ids = append(w.ids, id)
	return id
}

// addresses lists every public page that may exist.
func (w *town) addresses() []press.Address {
	var out []press.Address
	add := func(a press.Address) { out = append(out, a) }
	for _, e := range w.press.Editions() {
		each := func(a press.Address) { a.Edition = e.ID; add(a) }
		feeds := func(of press.Kind, slug string) {
			for _, f := range []press.Format{press.RSS, press.Atom, press.JSON} {
				each(press.Address{Kind: press.Feed, Of: of, Slug: slug, Format: f})
			}
		}
		for _, kind := range []press.Kind{press.Front, press.Corrections, press.SitemapIndex, press.SitemapNews, press.Robots, press.Archive} {
			each(press.Address{Kind: kind})
		}
		each(press.Address{Kind: press.Fault, Code: 404})
		feeds(press.Front, "")
		for _, s := range []string{"world", "town", w.Jahan.Slug} {
			each(press.Address{Kind: press.Section, Slug: s})
			feeds(press.Section, s)
			for month := 2; month <= 4; month++ {
				each(press.Address{Kind: press.SectionMonth, Slug: s, Year: 2026, Month: month})
			}
		}
		for _, s := range []string{"rana-reed", "second-writer"} {
			each(press.Address{Kind: press.Author, Slug: s})
			feeds(press.Author, s)
		}
		for _, s := range []string{"bridges", "harbour"} {
			each(press.Address{Kind: press.Topic, Slug: s})
			feeds(press.Topic, s)
		}
		for _, id := range w.ids {
			each(press.Address{Kind: press.Article, ID: id})
			each(press.Address{Kind: press.Comments, ID: id})
			each(press.Address{Kind: press.Versions, ID: id})
			each(press.Address{Kind: press.Request, ID: id})
		}
		for day := w.Clock.Now().AddDate(0, 0, -3); day.Before(w.Clock.Now().AddDate(0, 0, 3)); day = day.AddDate(0, 0, 1) {
			for _, c := range []locale.Calendar{"", locale.Persian} {
				d := c.FromTime(day)
				if c == "" {
					d = locale.Gregorian.FromTime(day)
				}
				each(press.Address{Kind: press.ArchiveYear, Calendar: c, Year: d.Year})
				each(press.Address{Kind: press.ArchiveMonth, Calendar: c, Year: d.Year, Month: d.Month})
				each(press.Address{Kind: press.ArchiveDay, Calendar: c, Year: d.Year, Month: d.Month, Day: d.Day})
			}
		}
		each(press.Address{Kind: press.SitemapMonth, Year: 2026, Month: 3})
	}
	return out
}

// walk compares every public page as readers get it with one rendered anew.
func (w *town) walk(act string) int {
	w.t.Helper()
	ctx := context.Background()
	found := 0
	for _, a := range w.addresses() {
		kept, err := w.press.Page(ctx, a)
		anew, errAnew := w.press.Render(ctx, a)
		switch {
		case news.CodeOf(err) != news.CodeOf(errAnew):
			w.t.Errorf("after %s: %+v: readers get %v, it is %v", act, a, err, errAnew)
		case err != nil && news.CodeOf(err) != news.NotFound:
			w.t.Errorf("after %s: %+v: %v", act, a, err)
		case err == nil && (!bytes.Equal(kept.Body, anew.Body) || kept.Status != anew.Status):
			w.t.Errorf("after %s: %+v is stale (status %d, is %d)", act, a, kept.Status, anew.Status)
		case err == nil:
			found++
		}
	}
	return found
}

func TestNoStalePageSurvivesAnAct(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		ctx := t.Context()
		var bridge, ferry news.ID
		var comment news.Comment
		acts := []struct {
			name string
			do   func() error
		}{
			{"nothing", func() error { return nil }},
			{"the first publication", func() error { bridge = w.publish(p.English, p.Town, "Bridge opens", "Bridges"); return nil }},
			{"a second in the same section", func() error { ferry = w.publish(p.English, p.Town, "Ferry stops", "Bridges", "Harbour"); return nil }},
			{"one in another section", func() error { w.publish(p.English, p.World, "Harbour talks", "Harbour"); return nil }},
			{"one in another edition", func() error { w.publish(p.Persian, p.Jahan, "پل باز شد", "Bridges"); return nil }},
			{"joining a story", func() error {
				return w.desk.SetFacts(ctx, p.Editor.ID, w.ids[3], desk.Facts{SameStoryAs: bridge})
			}},
			{"a draft that stays a draft", func() error { w.draft(p.English, p.Town, "Not yet"); return nil }},
			{"an edit beside the live text", func() error {
				c := desk.Copy{Content: p.Story(p.World, "Bridge opens to walkers"), TopicNames: []string{"Harbour"}}
				c.Bylines = news.ParseBylines("Second Writer")
				_, err := w.desk.Edit(ctx, p.Editor.ID, bridge, 1, c)
				return err
			}},
			{"a correction that changes section, topic and byline", func() error {
				return w.desk.Correct(ctx, p.Editor.ID, bridge, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "An earlier version named the wrong opening day.", Reason: "nobody else is in"})
			}},
			{"a comment that is held", func() error {
				stamp := w.comments.Stamp(bridge, p.Clock.Now())
				p.Clock.Move(10 * time.Second)
				var err error
				comment, err = w.comments.Post(ctx, comments.Posting{Article: bridge, Name: "Ada", Text: "At last! See https://valmere.example/bridge.", Stamp: stamp})
				return err
			}},
			{"its approval", func() error { return w.comments.Decide(ctx, p.Editor.ID, comment.ID, news.CommentApproved) }},
			{"its rejection", func() error { return w.comments.Decide(ctx, p.Editor.ID, comment.ID, news.CommentRejected) }},
			{"a killed article", func() error { return w.desk.Kill(ctx, p.Chief.ID, ferry, "The report was not true.") }},
			{"a label", func() error {
				return w.desk.Label(ctx, p.Editor.ID, bridge, news.LabelDeveloping, p.Clock.Now().Add(time.Minute))
			}},
			{"the label's end", func() error { p.Clock.Move(time.Minute); return nil }},
			{"the story so far", func() error {
				return w.desk.Label(ctx, p.Editor.ID, bridge, news.LabelSoFar, p.Clock.Now().Add(time.Minute))
			}},
			{"its end", func() error { p.Clock.Move(time.Minute); return nil }},
			{"an article taken out of searches", func() error { return w.desk.Index(ctx, p.Chief.ID, bridge, false) }},
			{"a change that is switched by itself", func() error {
				_, err := w.desk.Edit(ctx, p.Editor.ID, bridge, 2, desk.Copy{Content: p.Story(p.Town, "Bridge opens to riders")})
				w.must(err)
				w.must(w.desk.ScheduleChange(ctx, p.Chief.ID, bridge, 3, desk.Declared{Kind: news.ChangeUpdate, Note: "Riders may cross."}, p.Clock.Now().Add(time.Minute)))
				p.Clock.Move(time.Minute)
				_, _, err = w.desk.PublishDue(ctx)
				return err
			}},
			{"a take-down", func() error {
				return w.desk.TakeDown(ctx, p.Chief.ID, w.ids[2], news.TakeDown{Reason: "an order", Legal: true, Erased: true}, "Removed.")
			}},
			{"a take-down after a kill", func() error {
				return w.desk.TakeDown(ctx, p.Chief.ID, ferry, news.TakeDown{Reason: "an order"}, "Removed.")
			}},
			{"a renamed section", func() error {
				s := p.Town
				s.Name = "Town and country"
				_, err := w.desk.SaveSection(ctx, p.Owner.ID, s)
				return err
			}},
			{"a changed edition", func() error {
				e := p.English
				e.Tagline = "Every morning"
				_, err := w.desk.SaveEdition(ctx, p.Owner.ID, e)
				return err
			}},
			{"a switched off comment form", func() error {
				return w.desk.SetFacts(ctx, p.Editor.ID, bridge, desk.Facts{CommentRule: news.CommentsClosed})
			}},
			{"local midnight", func() error { p.Clock.Set(p.English.NextMidnight(p.Clock.Now()).Add(time.Second)); return nil }},
			{"a scheduled publication", func() error {
				id, head := w.draft(p.English, p.World, "Morning news", "Harbour")
				w.ids = append(w.ids, id)
				w.must(w.desk.Schedule(ctx, p.Editor.ID, id, head, p.Clock.Now().Add(time.Hour), ""))
				w.hand()
				w.walk("the scheduling")
				p.Clock.Move(time.Hour)
				n, _, err := w.desk.PublishDue(ctx)
				if n != 1 {
					return fmt.Errorf("%d articles went out, not 1: %v", n, err)
				}
				return err
			}},
		}
		pages := 0
		for _, act := range acts {
			w.must(act.do())
			w.hand()
			pages = w.walk(act.name)
		}
		if pages < 80 {
			t.Errorf("the walk met only %d pages", pages)
		}
		t.Logf("%d acts, %d pages after the last", len(acts), pages)
		papertest.Check(t, p.Store)
	})
}
