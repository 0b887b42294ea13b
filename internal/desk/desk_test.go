package desk_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// office is a paper with its desk.
type office struct {
	*papertest.Paper
	*desk.Desk
	t     *testing.T
	forms int
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		test(t, &office{Paper: p, Desk: desk.New(p.Store, p.Clock.Now), t: t})
		papertest.Check(t, p.Store)
	})
}

// must fails the test at once when an act that has to succeed does not.
func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// refused says whether an act was refused with that code.
func (o *office) refused(code news.Code, err error) {
	o.t.Helper()
	if news.CodeOf(err) != code {
		o.t.Errorf("got %v, want the refusal %q", err, code)
	}
}

func (o *office) copy(section news.Section, headline string) desk.Copy {
	return desk.Copy{Content: o.Story(section, headline), TopicNames: []string{"Bridge"}}
}

// draft makes one of a person's own.
func (o *office) draft(who news.Person, section news.Section) news.ID {
	o.t.Helper()
	o.forms++
	c := o.copy(section, "Bridge opens")
	c.Bylines = nil
	id, err := o.Create(o.t.Context(), who.ID, section.Edition, c, fmt.Sprint("form ", o.forms))
	o.must(err)
	return id
}

// reviewed makes an article that a colleague has approved.
func (o *office) reviewed(who news.Person, section news.Section) news.ID {
	o.t.Helper()
	id := o.draft(who, section)
	o.must(o.Submit(o.t.Context(), who.ID, id))
	o.must(o.Approve(o.t.Context(), o.second(who).ID, id, 1))
	return id
}

// second is somebody who may approve what a person wrote.
func (o *office) second(who news.Person) news.Person {
	if who.ID == o.Colleague.ID {
		return o.Chief
	}
	return o.Colleague
}

func (o *office) published(who news.Person, section news.Section) news.ID {
	o.t.Helper()
	id := o.reviewed(who, section)
	o.must(o.Publish(o.t.Context(), o.second(who).ID, id, 1, ""))
	return id
}

func (o *office) article(id news.ID) news.Article {
	o.t.Helper()
	a, err := o.Paper.Store.Article(o.t.Context(), id)
	o.must(err)
	return a
}

// record lists the kinds of an article's events, the oldest first.
func (o *office) record(id news.ID) (kinds []news.EventKind) {
	o.t.Helper()
	list, err := o.Paper.Store.ArticleEvents(o.t.Context(), id, 100)
	o.must(err)
	for _, e := range list {
		kinds = append([]news.EventKind{e.Kind}, kinds...)
	}
	return kinds
}

func (o *office) found(scope store.Scope, words string) (ids []news.ID) {
	o.t.Helper()
	hits, err := o.Paper.Store.SearchArticles(o.t.Context(), store.Search{Text: words, Scope: scope, Limit: 50})
	o.must(err)
	for _, h := range hits {
		ids = append(ids, h.Article)
	}
	return ids
}

// TestLife follows one article from its draft to its withdrawal.
func TestLife(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id, err := o.Create(ctx, o.Reporter.ID, o.English.ID, o.copy(o.Town, "Bridge opens"), "form")
		o.must(err)
		if again, err := o.Create(ctx, o.Reporter.ID, o.English.ID, o.copy(o.Town, "Bridge opens"), "form"); again != id || err != nil {
			t.Errorf("the same form made another draft: %d, %v", again, err)
		}
		c := o.copy(o.Town, "Bridge opens at last")
		o.Clock.Move(time.Minute)
		if n, err := o.Edit(ctx, o.Reporter.ID, id, 1, c); n != 2 || err != nil {
			t.Fatalf("edited: %d, %v", n, err)
		}
		if n, err := o.Edit(ctx, o.Reporter.ID, id, 1, c); n != 2 || err != nil {
			t.Errorf("the same text sent again: %d, %v", n, err)
		}
		o.must(o.Submit(ctx, o.Reporter.ID, id))
		o.must(o.Return(ctx, o.Editor.ID, id, "who says so?"))
		o.must(o.Submit(ctx, o.Reporter.ID, id))
		o.refused(news.Conflict, o.Publish(ctx, o.Editor.ID, id, 2, ""))
		o.refused(news.Conflict, o.Approve(ctx, o.Editor.ID, id, 1)) // not what is there now
		o.must(o.Approve(ctx, o.Editor.ID, id, 2))
		if got := o.found(store.Public, "bridge"); got != nil {
			t.Errorf("readers find what is not published: %v", got)
		}
		o.Clock.Move(time.Minute)
		out := o.Clock.Now()
		o.must(o.Publish(ctx, o.Editor.ID, id, 2, ""))
		a := o.article(id)
		if a.State != news.Published || a.Live != 2 || !a.PublishedAt.Equal(out) || a.Approval.By != o.Editor.ID {
			t.Errorf("published: %+v", a)
		}
		o.Clock.Move(time.Hour)
		correct(t, o, id)
		for range 2 { // asked twice, done once
			o.must(o.Kill(ctx, o.Chief.ID, id, "The bridge is still closed.\n"))
		}
		if a = o.article(id); a.State != news.Killed || a.Kill.Note != "The bridge is still closed." || !a.PublishedAt.Equal(out) {
			t.Errorf("killed: %+v", a)
		}
		if got, desk := o.found(store.Public, "bridge"), o.found("", "bridge"); got != nil || !slices.Equal(desk, []news.ID{id}) {
			t.Errorf("killed: readers find %v, the desk %v", got, desk)
		}
		want := []news.EventKind{news.EventCreated, news.EventEdited, news.EventSubmitted, news.EventReturned, news.EventSubmitted, news.EventApproved,
			news.EventPublished, news.EventEdited, news.EventCorrected, news.EventKilled}
		if d := cmp.Diff(want, o.record(id)); d != "" {
			t.Errorf("the record (-want +got):\n%s", d)
		}
	})
}

// correct prepares a correction beside the live text and switches to it.
func correct(t *testing.T, o *office, id news.ID) {
	t.Helper()
	ctx := t.Context()
	c := o.copy(o.World, "Ferry stops")
	c.Body, _ = doc.FromText("Nobody crosses now.")
	if n, err := o.Edit(ctx, o.Editor.ID, id, 2, c); n != 3 || err != nil {
		t.Fatalf("prepared: %d, %v", n, err)
	}
	card, err := o.Paper.Store.Card(ctx, id)
	if err != nil || card.Headline != "Bridge opens at last" || card.Section != o.Town.ID {
		t.Errorf("the live text changed before its time: %+v, %v", card, err)
	}
	o.refused(news.Invalid, o.Correct(ctx, o.Editor.ID, id, 3, desk.Declared{Kind: news.ChangeCorrection, Note: "", Reason: "nobody else is in"}))
	o.refused(news.Conflict, o.Correct(ctx, o.Editor.ID, id, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "It stops.", Reason: "nobody else is in"}))
	for range 2 { // asked twice, done once
		o.must(o.Correct(ctx, o.Editor.ID, id, 3, desk.Declared{Kind: news.ChangeCorrection, Note: "It stops.", Reason: "nobody else is in"}))
	}
	card, err = o.Paper.Store.Card(ctx, id)
	if err != nil || card.Headline != "Ferry stops" || card.Section != o.World.ID || !card.UpdatedAt.Equal(o.Clock.Now()) || !card.PublishedAt.Before(card.UpdatedAt) {
		t.Errorf("corrected: %+v, %v", card, err)
	}
	list, err := o.Paper.Store.ArticleCorrections(ctx, id)
	if err != nil || len(list) != 1 || list[0].Kind != news.ChangeCorrection || list[0].Note != "It stops." || list[0].By != o.Editor.ID || list[0].Revision != 3 {
		t.Errorf("corrections: %+v, %v", list, err)
	}
	versions, err := o.Paper.Store.LiveRevisions(ctx, id, 9)
	if err != nil || len(versions) != 2 || versions[0].Number != 3 || versions[1].Number != 2 || versions[1].Change != news.ChangeFirst {
		t.Errorf("versions readers have seen: %+v, %v", versions, err)
	}
	o.refused(news.Invalid, o.Correct(ctx, o.Editor.ID, id, 3, desk.Declared{Kind: news.ChangeUpdate, Note: "Nothing was changed.", Reason: "nobody else is in"}))
}

// TestCollision: two people edit the same revision; the second is told, and
// both texts are kept.
func TestCollision(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		first, second := o.copy(o.Town, "First"), o.copy(o.Town, "Second")
		if n, err := o.Edit(ctx, o.Editor.ID, id, 1, first); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		for range 2 { // sent twice, kept once
			n, err := o.Edit(ctx, o.Reporter.ID, id, 1, second)
			var collision *desk.Collision
			if !errors.As(err, &collision) || n != 0 {
				t.Fatalf("%d, %v", n, err)
			}
			o.refused(news.Conflict, err)
			if collision.Head.Headline != "First" || collision.Head.By != o.Editor.ID || collision.Typed.Headline != "Second" || collision.Base != 1 {
				t.Errorf("the collision has %+v", collision)
			}
		}
		kept, err := o.Paper.Store.Asides(ctx, id, o.Reporter.ID)
		if err != nil || len(kept) != 1 || kept[0].Content.Headline != "Second" || kept[0].Content.Body.Text() != second.Body.Text() || kept[0].Base != 1 {
			t.Errorf("kept aside: %+v, %v", kept, err)
		}
		head, err := o.Paper.Store.Revision(ctx, id, 2)
		if err != nil || head.Headline != "First" || o.article(id).Head != 2 {
			t.Errorf("saved: %+v, %v", head, err)
		}
		if n, err := o.Edit(ctx, o.Reporter.ID, id, 2, second); n != 3 || err != nil {
			t.Errorf("on top of the other's: %d, %v", n, err)
		}
	})
}

// TestFourEyes: nobody approves their own; the way round asks for a reason
// and is in the record; a house may do without.
func TestFourEyes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		own := o.draft(o.Editor, o.Town)
		o.must(o.Submit(ctx, o.Editor.ID, own))
		o.refused(news.Forbidden, o.Approve(ctx, o.Editor.ID, own, 1))
		o.refused(news.Conflict, o.Publish(ctx, o.Editor.ID, own, 1, ""))
		o.refused(news.Invalid, o.Publish(ctx, o.Editor.ID, own, 1, "  "))
		o.must(o.Publish(ctx, o.Editor.ID, own, 1, "the dam is breaking"))
		if a := o.article(own); a.Bypass.By != o.Editor.ID || a.Bypass.Reason != "the dam is breaking" || a.Approval.By != 0 {
			t.Errorf("the way round is kept as %+v", a)
		}
		events, err := o.Paper.Store.ArticleEvents(ctx, own, 1)
		if err != nil || events[0].Kind != news.EventPublished || events[0].Note != "the dam is breaking" || events[0].Actor != o.Editor.ID {
			t.Errorf("the record: %+v, %v", events, err)
		}

		signed := o.draft(o.Reporter, o.Town)
		c := o.copy(o.Town, "Signed")
		c.Bylines = news.ParseBylines("Edda Elm")
		_, err = o.Edit(ctx, o.Reporter.ID, signed, 1, c)
		o.must(err)
		o.must(o.Submit(ctx, o.Reporter.ID, signed))
		o.refused(news.Forbidden, o.Approve(ctx, o.Editor.ID, signed, 2))
		o.must(o.Approve(ctx, o.Colleague.ID, signed, 2))

		// An edit after the approval asks for another.
		c.Headline = "Signed, and changed"
		_, err = o.Edit(ctx, o.Chief.ID, signed, 2, c)
		o.must(err)
		o.refused(news.Conflict, o.Publish(ctx, o.Colleague.ID, signed, 3, ""))
		o.refused(news.Conflict, o.Publish(ctx, o.Colleague.ID, signed, 2, ""))

		paper, err := o.Paper.Store.Paper(ctx)
		o.must(err)
		paper.FourEyes = false
		o.must(o.SavePaper(ctx, o.Owner.ID, paper))
		alone := o.draft(o.Editor, o.Town)
		o.must(o.Publish(ctx, o.Editor.ID, alone, 1, ""))
		if a := o.article(alone); a.Approval.By != o.Editor.ID || a.Bypass.By != 0 {
			t.Errorf("in a house of one pair of eyes: %+v", a)
		}
	})
}

// TestIncomplete: what has no headline, section or text goes nowhere.
func TestIncomplete(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		for field, c := range map[string]desk.Copy{
			"headline": {Content: news.Content{Section: o.Town.ID, Body: o.Story(o.Town, "").Body}},
			"section":  {Content: news.Content{Headline: "Bridge", Body: o.Story(o.Town, "").Body}},
			"body":     {Content: news.Content{Headline: "Bridge", Section: o.Town.ID}},
		} {
			id, err := o.Create(ctx, o.Chief.ID, o.English.ID, c, "without "+field)
			o.must(err)
			for _, err := range []error{o.Submit(ctx, o.Chief.ID, id), o.Publish(ctx, o.Chief.ID, id, 1, "now"), o.Schedule(ctx, o.Chief.ID, id, 1, o.Clock.Now().Add(time.Hour), "now")} {
				o.refused(news.Invalid, err)
				if e := (*news.Error)(nil); !errors.As(err, &e) || e.Field != field {
					t.Errorf("without %s: %v", field, err)
				}
			}
			if a := o.article(id); a.State != news.Draft {
				t.Errorf("without %s it is %s", field, a.State)
			}
		}
		c := o.copy(o.Jahan, "Of another edition")
		_, err := o.Create(ctx, o.Chief.ID, o.English.ID, c, "other")
		o.refused(news.Invalid, err)
		c.Section = 999
		_, err = o.Create(ctx, o.Chief.ID, o.English.ID, c, "other")
		o.refused(news.Invalid, err)
		c = o.copy(o.Town, strings.Repeat("x", 301))
		_, err = o.Create(ctx, o.Chief.ID, o.English.ID, c, "long")
		o.refused(news.Invalid, err)
	})
}
