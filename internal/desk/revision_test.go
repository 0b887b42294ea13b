package desk_test

import (
	"slices"
	"testing"
	"time"

	"broadsheet/internal/news"
)

// TestRestore: an older revision becomes the newest, once, and nothing is gone.
func TestRestore(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		first := o.head(id)
		c := o.copy(o.Town, "Bridge opens at last")
		c.TopicNames, c.Slugline, c.Urgency = []string{"Bridges"}, "BRIDGE", 2
		o.Clock.Move(time.Minute)
		if _, err := o.Edit(ctx, o.Reporter.ID, id, 1, c); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			n, err := o.Restore(ctx, o.Reporter.ID, id, 1, 2)
			if o.must(err); n != 3 {
				t.Errorf("restored as %d", n)
			}
		}
		if now := o.head(id); now.Number != 3 || now.Headline != first.Headline || now.Body.Markdown() != first.Body.Markdown() || len(now.Topics) != len(first.Topics) || !now.PublishedAt.IsZero() {
			t.Errorf("%+v", now)
		}
		if a := o.article(id); a.Headline != first.Headline || a.Slugline != first.Slugline || a.Urgency != first.Urgency || a.Section != first.Section {
			t.Errorf("the list still says %+v", a)
		}
		if kinds := o.record(id); !slices.Equal(kinds, []news.EventKind{news.EventCreated, news.EventEdited, news.EventRestored}) {
			t.Errorf("the record: %v", kinds)
		}
		if n, err := o.Restore(ctx, o.Reporter.ID, id, 2, 3); n != 4 || err != nil {
			t.Errorf("and back: %d, %v", n, err)
		}
		if now := o.head(id); now.Headline != c.Headline || len(now.Topics) != 1 {
			t.Errorf("and back: %+v", now)
		}
		_, err := o.Restore(ctx, o.Reporter.ID, id, 1, 3)
		o.refused(news.Conflict, err) // somebody saved meanwhile
		for _, none := range []int{0, 9, -1} {
			_, err = o.Restore(ctx, o.Reporter.ID, id, none, 4)
			o.refused(news.NotFound, err)
		}
	})
}

// TestRestoreOfALiveArticle is prepared beside what readers see.
func TestRestoreOfALiveArticle(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.published(o.Reporter, o.Town)
		if _, err := o.Edit(ctx, o.Editor.ID, id, 1, o.copy(o.Town, "Bridge opens at last")); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Restore(ctx, o.Editor.ID, id, 1, 2); err != nil {
			t.Fatal(err)
		}
		if a := o.article(id); a.Live != 1 || a.Head != 3 {
			t.Errorf("live %d, head %d", a.Live, a.Head)
		}
	})
}

// TestSetAside keeps a text once.
func TestSetAside(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		for _, headline := range []string{"One", "Two", "One", "Two"} {
			o.must(o.SetAside(ctx, o.Reporter.ID, id, 1, o.copy(o.Town, headline)))
		}
		kept, err := o.Store.Asides(ctx, id, o.Reporter.ID)
		if err != nil || len(kept) != 2 || kept[0].Content.Headline != "Two" || kept[1].Content.Headline != "One" {
			t.Errorf("%d are kept: %+v, %v", len(kept), kept, err)
		}
		if a := o.article(id); a.Head != 1 {
			t.Errorf("head %d", a.Head)
		}
		o.refused(news.Forbidden, o.SetAside(ctx, o.Contributor.ID, id, 1, o.copy(o.Town, "Three")))
	})
}
