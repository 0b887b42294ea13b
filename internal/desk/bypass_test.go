package desk_test

import (
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// A reason given to publish without a colleague is for the text that was read
// then: after an edit it needs another, whichever way the article went back.
func TestAReasonIsForOneText(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		o.must(o.Submit(ctx, o.Reporter.ID, id))
		o.must(o.Schedule(ctx, o.Editor.ID, id, 1, o.Clock.Now().Add(time.Hour), "the vote is tonight"))
		o.must(o.Unschedule(ctx, o.Editor.ID, id))
		_, err := o.Edit(ctx, o.Editor.ID, id, 1, o.copy(o.Town, "Another text altogether"))
		o.must(err)
		o.refused(news.Conflict, o.Publish(ctx, o.Chief.ID, id, 2, ""))
		o.must(o.Publish(ctx, o.Chief.ID, id, 2, "the vote is over"))
		if a := o.article(id); a.Bypass.By != o.Chief.ID || a.Bypass.Reason != "the vote is over" {
			t.Errorf("recorded: %+v", a.Bypass)
		}
	})
}

// An edit beside a published text leaves on record how it came out.
func TestAReasonStaysOnRecord(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		o.must(o.Submit(ctx, o.Reporter.ID, id))
		o.must(o.Publish(ctx, o.Editor.ID, id, 1, "the vote is tonight"))
		_, err := o.Edit(ctx, o.Editor.ID, id, 1, o.copy(o.Town, "The vote"))
		o.must(err)
		if a := o.article(id); a.Bypass.Reason != "the vote is tonight" {
			t.Errorf("recorded: %+v", a.Bypass)
		}
	})
}

// A draft that joins a published article's story concerns that article's
// page: the event says so. Between drafts it concerns nobody.
func TestJoiningAStoryIsPublicWhereEitherIs(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		out, draft, other := o.published(o.Reporter, o.Town), o.draft(o.Reporter, o.Town), o.draft(o.Reporter, o.Town)
		for _, c := range []struct {
			id, same news.ID
			want     bool
		}{{draft, out, true}, {other, draft, false}, {out, other, true}} {
			o.must(o.SetFacts(ctx, o.Editor.ID, c.id, desk.Facts{SameStoryAs: c.same}))
			list, err := o.Paper.Store.ArticleEvents(ctx, c.id, 1)
			if err != nil || len(list) != 1 || list[0].Touched.Public != c.want {
				t.Errorf("%d joins %d: %+v, %v", c.id, c.same, list, err)
			}
		}
	})
}

// Two editions cannot have one host.
func TestAHostIsOfOneEdition(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		e := o.Persian
		e.Host = "peyk.example"
		_, err := o.SaveEdition(ctx, o.Owner.ID, e)
		o.must(err)
		_, err = o.SaveEdition(ctx, o.Owner.ID, e)
		o.must(err)
		other := o.English
		other.Host = "Peyk.example"
		_, err = o.SaveEdition(ctx, o.Owner.ID, other)
		o.refused(news.Conflict, err)
	})
}
