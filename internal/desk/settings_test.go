package desk_test

import (
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// TestStories: an article joins the story of another, which begins one.
func TestStories(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		first, second, third := o.published(o.Reporter, o.Town), o.published(o.Reporter, o.Town), o.published(o.Reporter, o.World)
		o.must(o.SetFacts(ctx, o.Editor.ID, second, desk.Facts{SameStoryAs: first}))
		o.must(o.SetFacts(ctx, o.Editor.ID, third, desk.Facts{SameStoryAs: second, CommentRule: news.CommentsOpen}))
		story := o.article(first).Story
		cards, err := o.Paper.Store.Cards(ctx, store.List{Story: story}, store.Span{}, 9)
		if err != nil || story == 0 || len(cards) != 3 {
			t.Errorf("story %d has %v, %v", story, cards, err)
		}
		o.must(o.SetFacts(ctx, o.Editor.ID, third, desk.Facts{})) // 0 leaves the story as it is
		if a := o.article(third); a.Story != story || a.CommentRule != news.CommentsAsEdition {
			t.Errorf("%+v", a)
		}
		o.refused(news.Invalid, o.SetFacts(ctx, o.Editor.ID, third, desk.Facts{SameStoryAs: 999}))
		o.refused(news.Invalid, o.SetFacts(ctx, o.Editor.ID, third, desk.Facts{CommentRule: "maybe"}))
	})
}

// TestQueue: everybody's list has what they may open, by pages that do not shift.
func TestQueue(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		for i := range 9 {
			o.draft([]news.Person{o.Reporter, o.Contributor, o.Editor}[i%3], []news.Section{o.Town, o.World}[i%2])
			o.Clock.Move(time.Second)
		}
		local := news.Person{ID: o.Colleague.ID, Role: news.Editor, Sections: []news.SectionID{o.Town.ID}}
		for _, c := range []struct {
			who  news.Person
			ask  store.Queue
			want int
		}{
			{o.Reporter, store.Queue{}, 3}, {o.Contributor, store.Queue{Creator: o.Reporter.ID}, 0}, {o.Chief, store.Queue{}, 9}, {o.Chief, store.Queue{State: news.InReview}, 0},
			{o.Chief, store.Queue{Section: o.Town.ID}, 5}, {local, store.Queue{}, 5}, {local, store.Queue{Section: o.World.ID}, 0},
		} {
			for _, limit := range []int{1, 2, 4, 20} {
				ask, seen, last := c.ask, map[news.ID]bool{}, news.ID(1<<40)
				for pages := 0; ; pages++ {
					ask.Limit = limit
					list, next, err := o.Queue(ctx, c.who, ask)
					if err != nil || len(list) > limit || pages > 20 {
						t.Fatalf("%+v: %d articles, %v", ask, len(list), err)
					}
					for _, a := range list {
						if seen[a.ID] || a.ID > last || !a.CanRead(c.who) {
							t.Errorf("%s, %+v: article %d comes twice, out of order, or is not theirs", c.who.Name, ask, a.ID)
						}
						seen[a.ID], last = true, a.ID
					}
					if next.At.IsZero() {
						break
					}
					ask.Below = next
				}
				if len(seen) != c.want {
					t.Errorf("%s, %+v by %d: %d articles, want %d", c.who.Name, c.ask, limit, len(seen), c.want)
				}
			}
		}
		for who, want := range map[*news.Person]int{&o.Reporter: 3, &o.Chief: 9, &local: 5} {
			if list, err := o.Find(ctx, *who, "bridge", true, 20); len(list) != want || err != nil {
				t.Errorf("%s finds %d, %v", who.Role, len(list), err)
			}
		}
		_, _, err := o.Queue(ctx, news.Person{}, store.Queue{Limit: 1})
		o.refused(news.Forbidden, err)
	})
}

// TestSettings: addresses of editions and sections are their own, and stay.
func TestSettings(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		e := o.Persian
		e.Name, e.Default, e.Position = "پیک نو", true, 9
		id, err := o.SaveEdition(ctx, o.Owner.ID, e)
		o.must(err)
		got, err := o.Paper.Store.Edition(ctx, id)
		if err != nil || got.Name != "پیک نو" || got.Default || got.Position != o.Persian.Position {
			t.Errorf("kept: %+v, %v", got, err)
		}
		e.ID, e.Slug = 0, "en"
		_, err = o.SaveEdition(ctx, o.Owner.ID, e)
		o.refused(news.Conflict, err)
		for what, change := range map[string]func(*news.Edition){"slug": func(e *news.Edition) { e.Slug = "news" }, "name": func(e *news.Edition) { e.Name = "" },
			"time zone": func(e *news.Edition) { e.TimeZone = "Ostland/Valmere" }} {
			bad := o.Persian
			change(&bad)
			if _, err := o.SaveEdition(ctx, o.Owner.ID, bad); news.CodeOf(err) != news.Invalid {
				t.Errorf("%s: %v", what, err)
			}
		}
		section := news.Section{Edition: o.English.ID, Name: "Town"} // its address is taken
		_, err = o.SaveSection(ctx, o.Owner.ID, section)
		o.refused(news.Conflict, err)
		section.Name = "Arts & Letters"
		sid, err := o.SaveSection(ctx, o.Owner.ID, section)
		o.must(err)
		_, err = o.SaveSection(ctx, o.Owner.ID, news.Section{ID: sid, Edition: o.Persian.ID, Name: "Arts", Slug: "arts"})
		o.must(err)
		kept, err := o.Paper.Store.Section(ctx, sid)
		if err != nil || kept.Name != "Arts" || kept.Slug != "arts-letters" || kept.Edition != o.English.ID {
			t.Errorf("the address of a section stays: %+v, %v", kept, err)
		}
	})
}

// TestSetUp: a new paper is set up once, whole or not at all.
func TestSetUp(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		paper, err := o.Paper.Store.Paper(ctx)
		o.must(err)
		set := desk.SetUp{Edition: news.Edition{Name: "پیک والمیر", Language: "fa", Slug: "neu", TimeZone: "Asia/Tehran", Calendar: "persian"}, Sections: []string{"جهان", "شهر"}}
		o.refused(news.Conflict, o.SetUp(ctx, o.Owner.ID, set))
		paper.SetUp = false
		o.must(o.SavePaper(ctx, o.Owner.ID, paper))
		o.refused(news.Forbidden, o.SetUp(ctx, o.Chief.ID, set))
		half := set
		half.Sections = []string{"جهان", ""}
		o.refused(news.Invalid, o.SetUp(ctx, o.Owner.ID, half))
		if _, err := o.Paper.Store.EditionBySlug(ctx, "neu"); news.CodeOf(err) != news.NotFound {
			t.Errorf("half a paper was kept: %v", err)
		}
		half.Sections = nil
		o.refused(news.Invalid, o.SetUp(ctx, o.Owner.ID, half))
		o.must(o.SetUp(ctx, o.Owner.ID, set))
		e, err := o.Paper.Store.EditionBySlug(ctx, "neu")
		o.must(err)
		sections, err := o.Paper.Store.Sections(ctx, e.ID)
		if err != nil || len(sections) != 2 || sections[0].Name != "جهان" || sections[1].Name != "شهر" {
			t.Errorf("sections: %+v, %v", sections, err)
		}
	})
}
