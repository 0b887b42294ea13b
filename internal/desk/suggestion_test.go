package desk_test

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
)

// suggesting is a text in which a person suggests June for May.
func suggesting(who news.PersonID, at time.Time) doc.Body {
	c := doc.Change{ID: "k3v9x2mq", By: int64(who), At: at.Unix()}
	return doc.Body{Blocks: []doc.Block{{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: "The bridge of Valmere opens in "},
		{Text: "May", Marks: doc.Marks{Deleted: c}}, {Text: "June", Marks: doc.Marks{Inserted: c}}, {Text: "."}}}}}
}

// TestSuggestionsHoldUp: a text with unsettled suggestions can be submitted and
// goes no further; once each is settled it does.
func TestSuggestionsHoldUp(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		c := o.copy(o.Town, "Bridge opens")
		c.Body = suggesting(o.Editor.ID, o.Clock.Now())
		number, err := o.Edit(ctx, o.Editor.ID, id, 1, c)
		o.must(err)
		o.must(o.Submit(ctx, o.Reporter.ID, id))
		o.refused(news.Conflict, o.Approve(ctx, o.Colleague.ID, id, number))
		o.refused(news.Conflict, o.Publish(ctx, o.Colleague.ID, id, number, "it is late"))
		o.refused(news.Conflict, o.Schedule(ctx, o.Colleague.ID, id, number, o.Clock.Now().Add(time.Hour), "it is late"))
		o.must(o.SettleSuggestions(ctx, o.Colleague.ID, id, number, true, "k3v9x2mq"))
		o.must(o.SettleSuggestions(ctx, o.Colleague.ID, id, number, true, "k3v9x2mq")) // asked twice
		a := o.article(id)
		if a.Head != number+1 {
			t.Fatalf("head %d, want %d", a.Head, number+1)
		}
		o.must(o.Approve(ctx, o.Chief.ID, id, a.Head))
		o.must(o.Publish(ctx, o.Chief.ID, id, a.Head, ""))
		head, err := o.Paper.Store.Revision(ctx, id, a.Head)
		o.must(err)
		if got := head.Body.Text(); got != "The bridge of Valmere opens in June." {
			t.Errorf("accepted: %q", got)
		}
		c.Body = suggesting(o.Editor.ID, o.Clock.Now())
		_, err = o.Edit(ctx, o.Editor.ID, id, a.Head, c)
		o.must(err)
		o.refused(news.Conflict, o.Correct(ctx, o.Editor.ID, id, a.Head+1, desk.Declared{Kind: news.ChangeMinor, Acknowledged: true, Reason: "nobody else is in"}))
		o.must(o.SettleSuggestions(ctx, o.Editor.ID, id, a.Head+1, false))
		o.must(o.Correct(ctx, o.Editor.ID, id, a.Head+2, desk.Declared{Kind: news.ChangeMinor, Acknowledged: true, Reason: "nobody else is in"}))
	})
}

// TestSettledIsRecorded: who settled whose suggestion is written down, whether
// they were asked for by name or came out of a saved text.
func TestSettledIsRecorded(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		c := o.copy(o.Town, "Bridge opens")
		for _, step := range []doc.Body{
			suggesting(o.Editor.ID, o.Clock.Now()), suggesting(o.Editor.ID, o.Clock.Now()).Accepted(),
			suggesting(o.Editor.ID, o.Clock.Now()), suggesting(o.Editor.ID, o.Clock.Now()).Original(),
		} {
			who := o.Reporter.ID
			if len(step.Unsettled()) > 0 {
				who = o.Editor.ID
			}
			c.Body = step
			_, err := o.Edit(ctx, who, id, o.article(id).Head, c)
			o.must(err)
		}
		list, err := o.Paper.Store.ArticleEvents(ctx, id, 100)
		o.must(err)
		var told []string
		for _, e := range list {
			if e.Kind == news.EventAccepted || e.Kind == news.EventRefused {
				told = append(told, string(e.Kind)+" by "+e.Note)
				if e.Actor != o.Reporter.ID {
					t.Errorf("settled by %d", e.Actor)
				}
			}
		}
		words := fmt.Sprint(int64(o.Editor.ID)) + " 1 − May + June"
		if len(told) != 2 || told[1] != "suggestion.accepted by "+words || told[0] != "suggestion.refused by "+words {
			t.Errorf("told %q", told)
		}
	})
}

// TestNobodySuggestsForAnother: a new suggestion carries the name of whoever
// saves it, and a time that can be; one that came from an older revision stays.
func TestNobodySuggestsForAnother(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		c := o.copy(o.Town, "Bridge opens")
		c.Body = suggesting(o.Chief.ID, o.Clock.Now())
		_, err := o.Edit(ctx, o.Reporter.ID, id, 1, c)
		o.refused(news.Invalid, err)
		_, err = o.Create(ctx, o.Reporter.ID, o.English.ID, c, "another form")
		o.refused(news.Invalid, err)

		c.Body = suggesting(o.Editor.ID, o.Clock.Now().Add(time.Hour)) // a clock that is ahead
		_, err = o.Edit(ctx, o.Editor.ID, id, 1, c)
		o.must(err)
		head, err := o.Paper.Store.Revision(ctx, id, 2)
		o.must(err)
		kept := head.Body.Unsettled()[0]
		if kept.By != int64(o.Editor.ID) || kept.At != o.Clock.Now().Unix() {
			t.Errorf("kept as of %v", kept.Change)
		}
		o.must(o.SettleSuggestions(ctx, o.Reporter.ID, id, 2, false))
		c.Body = suggesting(o.Editor.ID, o.Clock.Now().Add(-time.Hour)) // put back, as the editor's
		_, err = o.Edit(ctx, o.Reporter.ID, id, 3, c)
		o.must(err)
		head, err = o.Paper.Store.Revision(ctx, id, 4)
		o.must(err)
		if back := head.Body.Unsettled()[0]; back.Change != kept.Change {
			t.Errorf("put back as %v, was %v", back.Change, kept.Change)
		}
	})
}
