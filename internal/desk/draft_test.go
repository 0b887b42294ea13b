package desk_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// window is an editor that somebody has open.
type window struct {
	*office
	who    news.Person
	id     news.ID
	name   string
	seq    int64
	base   int
	fields map[string]string
}

func (o *office) window(who news.Person, id news.ID, name string) *window {
	o.t.Helper()
	a, err := o.Store.Article(o.t.Context(), id)
	o.must(err)
	head, err := o.Store.Revision(o.t.Context(), id, a.Head)
	o.must(err)
	w := &window{office: o, who: who, id: id, name: name, base: a.Head, fields: map[string]string{"headline": head.Headline, "section": fmt.Sprint(head.Section),
		"slugline": head.Slugline, "place": head.Dateline.Place, "country": head.Dateline.Country, "source": head.Dateline.Source, "topics": "Bridge", "urgency": "4"}}
	w.fields["byline"] = strings.Join(news.BylineNames(head.Bylines), ", ")
	w.fields["body"] = head.Body.Markdown()
	return w
}

// copy is what stands in the window, as its browser would send it.
func (w *window) copy() string {
	w.t.Helper()
	out := map[string]any{}
	for name, value := range w.fields {
		if name == "body" {
			out["document"], _ = doc.FromMarkdown(value)
		} else {
			out[name] = value
		}
	}
	text, err := json.Marshal(out)
	w.must(err)
	return string(text)
}

// keep sends what stands in the window now.
func (w *window) keep() desk.Kept {
	w.t.Helper()
	w.seq++
	kept, err := w.KeepDraft(w.t.Context(), w.who.ID, w.id, desk.Typing{Tab: w.name, Seq: w.seq, Base: w.base, Copy: w.copy()})
	w.must(err)
	return kept
}

func (w *window) fold(byItself bool) (desk.Folded, error) {
	return w.Fold(w.t.Context(), w.who.ID, w.id, desk.Window{Tab: w.name, Seq: w.seq}, byItself)
}

// saved folds what must become a revision.
func (w *window) saved() desk.Folded {
	w.t.Helper()
	f, err := w.fold(false)
	w.must(err)
	return f
}

func (w *window) write(old, new string) *window {
	w.fields["body"] = strings.Replace(w.fields["body"], old, new, 1)
	return w
}

func (o *office) head(id news.ID) news.Revision {
	o.t.Helper()
	a, err := o.Store.Article(o.t.Context(), id)
	o.must(err)
	v, err := o.Store.Revision(o.t.Context(), id, a.Head)
	o.must(err)
	return v
}

func TestDraftsAreKept(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		w := o.window(o.Reporter, id, "window-1")
		first := w.write("barefoot", "barefoot, in March").keep()
		if first.Seq != 1 || first.Head != 1 || first.Barred != nil || !first.Pending() {
			t.Errorf("kept: %+v", first)
		}
		again, err := o.KeepDraft(ctx, o.Reporter.ID, id, desk.Typing{Tab: w.name, Seq: 1, Base: 1, Copy: w.copy()})
		if err != nil || again.DraftTab != first.DraftTab {
			t.Errorf("the same again: %+v, %v", again, err)
		}
		// by its difference from the state before
		next := strings.Replace(w.copy(), "in March", "in cold March", 1)
		s := store.SpliceOf(w.copy(), next)
		if len(s.Put) > 10 {
			t.Errorf("a word costs %q", s.Put)
		}
		_, err = o.KeepDraft(ctx, o.Reporter.ID, id, desk.Typing{Tab: w.name, Seq: 2, Base: 1, After: 1, Change: s})
		o.must(err)
		got, err := o.Store.LatestDraft(ctx, id, o.Reporter.ID)
		if err != nil || got.Copy != next {
			t.Errorf("the latest: %v\n%s\n%s", err, got.Copy, next)
		}
		// an editor who may open it, while it is the reporter's; and one who may no longer edit
		o.window(o.Editor, id, "window-2").write("Hundreds", "Thousands").keep()
		o.must(o.Submit(ctx, o.Reporter.ID, id))
		w.seq = 2
		if late := w.write("two years", "three years").keep(); news.CodeOf(late.Barred) != news.Forbidden {
			t.Errorf("after it was submitted: %+v", late)
		}
		if _, err := w.fold(false); news.CodeOf(err) != news.Forbidden {
			t.Errorf("a text of somebody who may not edit became a revision: %v", err)
		}
	})
}

func TestDraftsThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.draft(o.Reporter, o.Town)
		w := o.window(o.Reporter, id, "window-1")
		w.keep()
		fine := w.copy()
		document := func(blocks string) string {
			return `{"headline":"H","document":{"type":"doc","version":1,"content":[` + blocks + `]}}`
		}
		for name, c := range map[string]struct {
			t    desk.Typing
			code news.Code
		}{
			"no window":                  {desk.Typing{Seq: 2, Copy: fine}, news.Invalid},
			"a window's name of a rogue": {desk.Typing{Tab: "../../../etc", Seq: 2, Copy: fine}, news.Invalid},
			"no count":                   {desk.Typing{Tab: "window-1", Copy: fine}, news.Invalid},
			"a revision that is not yet": {desk.Typing{Tab: "window-1", Seq: 2, Base: 9, Copy: fine}, news.Conflict},
			"another text by the number": {desk.Typing{Tab: "window-1", Seq: 1, Base: 1, Copy: `{}`}, news.Conflict},
			"a change of nothing":        {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, After: 7}, news.Conflict},
			"a change that does not fit": {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, After: 1, Change: store.Splice{Start: 1 << 30}}, news.Conflict},
			"no JSON":                    {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: `{"headline":`}, news.Invalid},
			"no object":                  {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: `[]`}, news.Invalid},
			"two of them":                {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: `{}{}`}, news.Invalid},
			"a field that is no text":    {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: `{"headline":{}}`}, news.Invalid},
			"not in the schema":          {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: document(`{"type":"script"}`)}, news.Invalid},
			"70,000 quotes":              {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: document(strings.Repeat(`{"type":"quote","content":[`, 70_000))}, news.Invalid},
			"2 MB":                       {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: document(`{"type":"paragraph","content":[{"type":"text","text":"` + strings.Repeat("a", news.MaxArticle) + `"}]}`)}, news.TooLarge},
			"a field of 2 MB":            {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: `{"headline":"` + strings.Repeat("a", news.MaxArticle) + `"}`}, news.TooLarge},
			"4 MB":                       {desk.Typing{Tab: "window-1", Seq: 2, Base: 1, Copy: strings.Repeat(" ", 2*news.MaxArticle)}, news.TooLarge},
		} {
			if _, err := o.KeepDraft(t.Context(), o.Reporter.ID, id, c.t); news.CodeOf(err) != c.code {
				t.Errorf("%s: %v, want %s", name, err, c.code)
			}
		}
		_, err := o.KeepDraft(t.Context(), o.Contributor.ID, id, desk.Typing{Tab: "window-1", Seq: 1, Base: 1, Copy: fine})
		o.refused(news.Forbidden, err)
		_, err = o.KeepDraft(t.Context(), o.Reporter.ID, 99, desk.Typing{Tab: "window-1", Seq: 1, Base: 1, Copy: fine})
		o.refused(news.NotFound, err)
	})
}

func TestDraftsBecomeRevisions(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.draft(o.Reporter, o.Town)
		rana, edda := o.window(o.Reporter, id, "rana-one"), o.window(o.Editor, id, "edda-one")
		rana.write("barefoot", "barefoot, in March").keep()
		f := rana.saved()
		if f.Number != 2 || f.Joined || !strings.Contains(o.head(id).Body.Text(), "in March") {
			t.Errorf("saved: %+v", f)
		}
		if again := rana.saved(); again.Number != 2 || o.head(id).Number != 2 {
			t.Errorf("asked for again: %+v", again)
		}
		// Edda began on revision 1: both are joined, whatever she has on her page
		edda.fields["headline"] = "Bridge opens at last"
		edda.write("Saturday", "Sunday").keep()
		f = edda.saved()
		text := o.head(id).Body.Text()
		if f.Number != 3 || !f.Joined || !strings.Contains(text, "in March") || !strings.Contains(text, "Sunday") || o.head(id).Headline != "Bridge opens at last" {
			t.Errorf("joined: %d %v %q", f.Number, f.Joined, text)
		}
		// and she types on without having looked
		edda.write("Sunday", "Sunday morning").keep()
		if f = edda.saved(); f.Number != 4 || !f.Joined {
			t.Errorf("typed on: %+v", f)
		}
		if text = o.head(id).Body.Text(); !strings.Contains(text, "in March") || !strings.Contains(text, "Sunday morning after") {
			t.Errorf("typed on: %q", text)
		}
		// as does Rana, on revision 2, elsewhere
		rana.base = 2
		rana.write("Hundreds", "Many hundreds").keep()
		if f = rana.saved(); f.Number != 5 || !f.Joined {
			t.Errorf("joined again: %+v", f)
		}
		if text = o.head(id).Body.Text(); !strings.Contains(text, "Sunday morning") || !strings.Contains(text, "Many hundreds") {
			t.Errorf("joined again: %q", text)
		}
		if pending, err := o.Store.PendingDrafts(t.Context(), id); len(pending) > 0 || err != nil {
			t.Errorf("left over: %v, %v", pending, err)
		}
	})
}

func TestClashesLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		rana, edda := o.window(o.Reporter, id, "rana-one"), o.window(o.Editor, id, "edda-one")
		rana.write("Saturday", "Monday").keep()
		rana.saved()
		edda.write("Saturday", "Sunday").keep()
		var c *desk.Collision
		for range 2 {
			if _, err := edda.fold(false); !errors.As(err, &c) || len(c.Clashes) != 1 || news.CodeOf(err) != news.Conflict {
				t.Fatalf("a clash: %v", err)
			}
		}
		if joined := c.Joined.Body.Text(); !strings.Contains(joined, "Monday") || !strings.Contains(joined, "Sunday") {
			t.Errorf("the offered text: %q", joined)
		}
		kept, err := o.Store.Asides(ctx, id, o.Editor.ID)
		if err != nil || len(kept) != 1 || !strings.Contains(kept[0].Content.Body.Text(), "Sunday") {
			t.Errorf("kept aside: %v, %v", kept, err)
		}
		if o.head(id).Number != 2 {
			t.Error("a clash became a revision")
		}
		// by itself it is tried once, and left to her
		o.Clock.Move(2 * time.Minute)
		for range 2 {
			if n, err := o.FoldPaused(ctx); n != 0 || err != nil {
				t.Errorf("by itself: %d, %v", n, err)
			}
		}
		if unsaved, err := o.Unsaved(ctx, o.head(id)); err != nil || len(unsaved) != 1 || unsaved[0].Person != o.Editor.ID || unsaved[0].Words != 1 || unsaved[0].Tried != 2 {
			t.Errorf("unsaved: %+v, %v", unsaved, err)
		}
		// she has compared: hers goes on top
		edda.base = 2
		edda.keep()
		if f := edda.saved(); f.Number != 3 || f.Joined || !strings.Contains(o.head(id).Body.Text(), "Sunday") {
			t.Errorf("on top: %+v", f)
		}
	})
}

func TestPausesBecomeRevisions(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		first, second := o.draft(o.Reporter, o.Town), o.draft(o.Reporter, o.Town)
		w := o.window(o.Reporter, first, "window-1")
		w.write("barefoot", "barefoot, in March").keep()
		fold := func(want int) {
			t.Helper()
			if n, err := o.FoldPaused(ctx); n != want || err != nil {
				t.Errorf("%d became revisions, %v; want %d", n, err, want)
			}
		}
		o.Clock.Move(desk.Pause - time.Second)
		fold(0)
		o.Clock.Move(2 * time.Second)
		fold(1)
		if v := o.head(first); v.Number != 2 || v.By != o.Reporter.ID {
			t.Errorf("the revision: %d by %d", v.Number, v.By)
		}
		fold(0)

		// nobody's pause takes an approved or scheduled article back
		o.must(o.Submit(ctx, o.Reporter.ID, second))
		e := o.window(o.Editor, second, "window-2")
		o.must(o.Approve(ctx, o.Colleague.ID, second, 1))
		e.write("barefoot", "in boots").keep()
		o.Clock.Move(time.Hour)
		fold(0)
		o.must(o.Schedule(ctx, o.Colleague.ID, second, 1, o.Clock.Now().Add(time.Hour), ""))
		e.write("boots", "shoes").keep()
		o.Clock.Move(2 * time.Minute)
		fold(0)
		if v := o.head(second); v.Number != 1 {
			t.Errorf("a scheduled article got revision %d by itself", v.Number)
		}
		if unsaved, err := o.Unsaved(ctx, o.head(second)); err != nil || len(unsaved) != 1 {
			t.Errorf("unsaved: %+v, %v", unsaved, err)
		}
		if f := e.saved(); f.Number != 2 { // asked for, it is saved
			t.Errorf("saved: %+v", f)
		}
	})
}

// TestFactsAreJoined: an old form does not take back what a colleague set.
func TestFactsAreJoined(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		w := o.window(o.Reporter, id, "window-1")
		for _, name := range []string{"embargo", "was.embargo", "comments", "was.comments", "story", "was.story"} {
			w.fields[name] = ""
		}
		until := o.Clock.Now().Add(24 * time.Hour).UTC().Truncate(time.Minute)
		o.must(o.SetFacts(ctx, o.Editor.ID, id, desk.Facts{EmbargoUntil: until}))
		w.fields["comments"] = string(news.CommentsClosed)
		w.keep()
		w.saved()
		a, err := o.Store.Article(ctx, id)
		if err != nil || !a.EmbargoUntil.Equal(until) || a.CommentRule != news.CommentsClosed || a.Head != 1 {
			t.Errorf("the embargo %v, comments %q, revision %d: %v", a.EmbargoUntil, a.CommentRule, a.Head, err)
		}
		w.fields["embargo"] = "2026-03-" // on the way
		w.keep()
		if _, err := w.fold(true); news.CodeOf(err) != news.Invalid {
			t.Errorf("half a date: %v", err)
		}
		w.fields["embargo"] = news.TypeMoment(until.Add(time.Hour), o.English)
		w.keep()
		w.saved()
		if a, err = o.Store.Article(ctx, id); err != nil || !a.EmbargoUntil.Equal(until.Add(time.Hour)) {
			t.Errorf("the embargo %v: %v", a.EmbargoUntil, err)
		}
	})
}

func TestOwnDraftsComeBeforeAnAct(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.draft(o.Reporter, o.Town)
		one, two := o.window(o.Reporter, id, "window-1"), o.window(o.Reporter, id, "window-2")
		one.write("Saturday", "Sunday").keep()
		two.write("barefoot", "in boots").keep()
		o.window(o.Editor, id, "window-3").write("Hundreds", "Thousands").keep()
		o.must(o.FoldOwn(ctx, o.Reporter.ID, id))
		if text := o.head(id).Body.Text(); !strings.Contains(text, "Sunday") || !strings.Contains(text, "in boots") || strings.Contains(text, "Thousands") {
			t.Errorf("before the act: %q", text)
		}
		// one that its writer is done with
		three := o.window(o.Reporter, id, "window-4")
		three.write("Sunday", "Monday").keep()
		o.must(o.LeaveDraft(ctx, o.Reporter.ID, id, desk.Window{Tab: "window-4", Seq: 1}))
		if _, err := o.Store.LatestDraft(ctx, id, o.Reporter.ID); news.CodeOf(err) != news.NotFound {
			t.Errorf("done with: %v", err)
		}
		if _, err := o.Store.Draft(ctx, id, o.Reporter.ID, "window-4", 1); err != nil {
			t.Errorf("what was left is not in the log: %v", err)
		}
	})
}

// TestNoWordOfTwoWritersIsLost: two people write at random places, save at
// random times, look at each other's text or do not. Every word they wrote and
// did not take out themselves is in the text, or in what is offered to them.
func TestNoWordOfTwoWritersIsLost(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	each(t, func(t *testing.T, o *office) {
		for seed := range uint64(12) {
			o.twoWriters(seed)
		}
	})
}

func (o *office) twoWriters(seed uint64) {
	t, r := o.t, rand.New(rand.NewPCG(seed, 7))
	t.Helper()
	id := o.draft(o.Reporter, o.Town)
	writers := []*window{o.window(o.Reporter, id, "rana-one"), o.window(o.Editor, id, "edda-one")}
	words := map[string]bool{}
	for i := range 60 {
		w := writers[r.IntN(2)]
		word := fmt.Sprintf("w%dx%d", i, seed)
		at := strings.Fields(w.fields["body"])
		before := at[r.IntN(len(at))]
		w.write(before, before+" "+word)
		words[word] = true
		w.keep()
		if r.IntN(3) > 0 {
			continue
		}
		f, err := w.fold(r.IntN(2) == 0)
		var c *desk.Collision
		switch {
		case errors.As(err, &c): // takes what is offered
			w.fields["body"], w.base = c.Joined.Body.Markdown(), c.Head.Number
			w.keep()
			w.saved()
		case err != nil:
			t.Fatal(err)
		case r.IntN(2) == 0: // looks
			w.fields["body"], w.base = f.Content.Body.Markdown(), f.Number
		}
	}
	for _, w := range writers {
		if _, err := w.fold(false); err != nil {
			var c *desk.Collision
			if !errors.As(err, &c) {
				t.Fatal(err)
			}
			w.fields["body"], w.base = c.Joined.Body.Markdown(), c.Head.Number
			w.keep()
			w.saved()
		}
	}
	text := o.head(id).Body.Text()
	for word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("run %d: %s is lost:\n%s", seed, word, text)
		}
	}
}
