package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// note writes one that must be taken.
func (o *office) note(who news.Person, id news.ID, text, exact string) news.NoteID {
	o.t.Helper()
	o.forms++
	n, err := o.AddNote(o.t.Context(), who.ID, id, desk.NoteCopy{Text: text, Quote: news.Quotation{Exact: exact}, Token: fmt.Sprint("note ", o.forms)})
	o.must(err)
	return n
}

// called are the texts of the open notes that mention a person.
func (o *office) called(p news.Person) (out []string) {
	o.t.Helper()
	list, err := o.Mentions(o.t.Context(), p, 50)
	o.must(err)
	for _, m := range list {
		out = append(out, m.Note.Text)
	}
	return out
}

func TestNotes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		first := o.note(o.Editor, id, "@Rana Reed is this right?", "two  years")
		reply := desk.NoteCopy{Text: "It is. @Edda Elm", Token: "r"}
		second, err := o.Reply(ctx, o.Reporter.ID, id, first, reply)
		o.must(err)
		if again, err := o.Reply(ctx, o.Reporter.ID, id, first, reply); err != nil || again != second {
			t.Errorf("the same form again: %d, %v", again, err)
		}
		notes, err := o.Desk.Notes(ctx, id)
		o.must(err)
		want := "two years"
		if q := notes[0].Quote; len(notes) != 2 || q.Exact != want || !strings.HasSuffix(q.Before, "on Saturday after ") || !strings.HasPrefix(q.After, " of work.") {
			t.Errorf("%d notes, the first on %+v", len(notes), q)
		}
		if got := o.called(o.Reporter); !slices.Equal(got, []string{"@Rana Reed is this right?"}) {
			t.Errorf("the reporter is called by %q", got)
		}
		o.must(o.ResolveNote(ctx, o.Reporter.ID, id, first, false))
		o.must(o.ResolveNote(ctx, o.Reporter.ID, id, first, false))
		if got := append(o.called(o.Reporter), o.called(o.Editor)...); got != nil {
			t.Errorf("resolved, and still called: %q", got)
		}
		third, err := o.Reply(ctx, o.Editor.ID, id, first, desk.NoteCopy{Text: "Not quite.", Token: "q"}) // opens it again
		o.must(err)
		if got := o.called(o.Editor); len(got) != 1 {
			t.Errorf("reopened by an answer: %q", got)
		}
		o.refused(news.Forbidden, o.WithdrawNote(ctx, o.Owner.ID, id, third))
		o.must(o.WithdrawNote(ctx, o.Editor.ID, id, third))
		o.must(o.WithdrawNote(ctx, o.Editor.ID, id, third))
		kinds := []news.EventKind{news.EventNoted, news.EventReplied, news.EventResolved, news.EventReplied, news.EventWithdrawn}
		if got := o.kinds(id); !slices.Equal(got, kinds) {
			t.Errorf("events %v, want %v", got, kinds)
		}
	})
}

func TestNotesAreRefused(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id, other := o.draft(o.Contributor, o.Town), o.draft(o.Reporter, o.Town)
		add := func(who news.Person, c desk.NoteCopy) error {
			o.forms++
			c.Token = fmt.Sprint("n", o.forms)
			_, err := o.AddNote(ctx, who.ID, id, c)
			return err
		}
		o.refused(news.Forbidden, add(o.Reporter, desk.NoteCopy{Text: "Hello"}))
		o.refused(news.Invalid, add(o.Editor, desk.NoteCopy{Text: " "}))
		o.refused(news.Invalid, add(o.Editor, desk.NoteCopy{Text: strings.Repeat("x", news.MaxNote+1)}))
		o.refused(news.Invalid, add(o.Editor, desk.NoteCopy{Text: "x", Quote: news.Quotation{Exact: "words that never were"}}))
		o.refused(news.Invalid, add(o.Editor, desk.NoteCopy{Text: "@Rana Reed may not open it"}))
		o.must(add(o.Editor, desk.NoteCopy{Text: "in the window only", Seen: true, Quote: news.Quotation{Exact: "words that never were"}}))
		first := o.note(o.Editor, id, "Whole article", "")
		_, err := o.Reply(ctx, o.Editor.ID, other, first, desk.NoteCopy{Text: "x", Token: "x"})
		o.refused(news.NotFound, err)
		o.refused(news.NotFound, o.ResolveNote(ctx, o.Editor.ID, other, first, false))
		o.refused(news.NotFound, o.WithdrawNote(ctx, o.Editor.ID, other, first))
		o.refused(news.Forbidden, o.ResolveNote(ctx, o.Reporter.ID, id, first, false))
	})
}

// TestNotesFollowTheRight: whoever loses the right to read an article is not
// called to it any more.
func TestNotesFollowTheRight(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.draft(o.Reporter, o.Town)
		o.note(o.Reporter, id, "@Kolya Kerr look", "")
		if got := o.called(o.Colleague); len(got) != 1 {
			t.Fatalf("called by %q", got)
		}
		o.Colleague.Sections = []news.SectionID{o.World.ID}
		o.must(o.Store.Write(t.Context(), "narrow", func(tx *store.Tx) error { return tx.SavePerson(t.Context(), &o.Colleague) }))
		if got := o.called(o.Colleague); got != nil {
			t.Errorf("still called by %q", got)
		}
	})
}

func TestNamesToMention(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.draft(o.Contributor, o.Town)
		for typed, want := range map[string][]string{"ed": {"Edda Elm"}, "EL": {"Edda Elm"}, "co": {"Conrad Cole"}, "ra": nil, "c": {"Conrad Cole", "Cyrus Calder"}} {
			people, err := o.Names(t.Context(), o.Contributor, id, typed)
			o.must(err)
			var got []string
			for _, p := range people {
				got = append(got, p.Name)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%q: %q, want %q", typed, got, want)
			}
		}
		_, err := o.Names(t.Context(), o.Reporter, id, "")
		o.refused(news.Forbidden, err)
	})
}
