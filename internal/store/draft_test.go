package store_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// kept keeps one state of a window.
func kept(t testing.TB, p *papertest.Paper, d store.Draft) store.DraftTab {
	t.Helper()
	var tab store.DraftTab
	write(t, p, func(tx *store.Tx) (err error) {
		tab, err = tx.KeepDraft(t.Context(), d)
		return err
	})
	return tab
}

func contractDrafts(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	d := filled[store.Draft](t)
	d.Article, d.Seq = 5, 3
	tab := kept(t, p, d)
	got, err := p.Store.Draft(ctx, 5, d.Person, d.Tab, 3)
	same(t, "a state", d, got, err)
	if tab.Seq != 3 || tab.Base != d.Base || tab.Words != d.Words || !tab.At.Equal(d.At) || !tab.Pending() || tab.Arrival == 0 {
		t.Errorf("the log's end: %+v", tab)
	}
	if again := kept(t, p, d); again != tab {
		t.Errorf("the same state again: %+v, want %+v", again, tab)
	}
	next := d
	next.Seq, next.Copy, next.Base, next.At = 7, d.Copy+" and more", d.Base+1, d.At.Add(-time.Hour) // a clock that was set back
	second := kept(t, p, next)
	if second.Seq != 7 || second.Arrival <= tab.Arrival {
		t.Errorf("the next state: %+v", second)
	}
	late := d
	late.Seq, late.Copy = 5, "something else altogether"
	if after := kept(t, p, late); after != second {
		t.Errorf("a late state moved the log: %+v", after)
	}
	for _, want := range []store.Draft{d, next, late} {
		got, err := p.Store.Draft(ctx, 5, d.Person, d.Tab, want.Seq)
		same(t, "a state", want, got, err)
	}
	late.Copy = "another window's"
	refused(t, p, news.Conflict, func(tx *store.Tx) error { _, err := tx.KeepDraft(ctx, late); return err })
	refused(t, p, news.Unavailable, func(tx *store.Tx) error {
		_, err := tx.KeepDraft(ctx, store.Draft{Article: 99, Tab: "x", Seq: 1})
		return err
	})
	if _, err := p.Store.Draft(ctx, 5, d.Person, d.Tab, 4); news.CodeOf(err) != news.NotFound {
		t.Errorf("a state that is not there: %v", err)
	}

	list, err := p.Store.DraftStates(ctx, 5, d.Person, d.Tab, 0, 2)
	next.Copy, late.Copy, d.Copy = "", "", ""
	same(t, "the newest states", []store.Draft{next, late}, list, err)
	list, err = p.Store.DraftStates(ctx, 5, d.Person, d.Tab, 5, 9)
	same(t, "those before", []store.Draft{d}, list, err)
}

func contractDraftTabs(t *testing.T, p *papertest.Paper) {
	ctx, now := t.Context(), p.Clock.Now()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	mine := kept(t, p, store.Draft{Article: 5, Person: p.Reporter.ID, Tab: "one", Seq: 1, At: now.Add(time.Hour), Copy: "mine"})
	other := kept(t, p, store.Draft{Article: 5, Person: p.Editor.ID, Tab: "one", Seq: 1, At: now, Copy: "other"})
	later := kept(t, p, store.Draft{Article: 5, Person: p.Reporter.ID, Tab: "two", Seq: 9, At: now.Add(-time.Hour), Copy: "later, by an earlier clock"})

	list, err := p.Store.Drafts(ctx, 5, 2)
	same(t, "by arrival, not by clock", fmt.Sprint([]store.DraftTab{later, other}), fmt.Sprint(list), err)
	latest, err := p.Store.LatestDraft(ctx, 5, p.Reporter.ID)
	same(t, "the latest", "later, by an earlier clock", latest.Copy, err)
	paused, err := p.Store.PausedDrafts(ctx, now.Add(time.Minute), 9)
	same(t, "paused", fmt.Sprint([]store.DraftTab{later, other}), fmt.Sprint(paused), err)

	write(t, p, func(tx *store.Tx) error { return tx.SettleDraft(ctx, 5, p.Reporter.ID, "two", 9, 2) })
	write(t, p, func(tx *store.Tx) error { return tx.SettleDraft(ctx, 5, p.Reporter.ID, "two", 8, 7) }) // never back
	later.Settled, later.Revision = 9, 2
	one, err := p.Store.DraftTab(ctx, 5, p.Reporter.ID, "two")
	same(t, "settled", fmt.Sprint(later), fmt.Sprint(one), err)
	pending, err := p.Store.PendingDrafts(ctx, 5)
	same(t, "in no revision", fmt.Sprint([]store.DraftTab{other, mine}), fmt.Sprint(pending), err)
	latest, err = p.Store.LatestDraft(ctx, 5, p.Reporter.ID)
	same(t, "the latest in no revision", "mine", latest.Copy, err)
	if _, err := p.Store.LatestDraft(ctx, 5, p.Chief.ID); news.CodeOf(err) != news.NotFound {
		t.Errorf("of a person who typed nothing: %v", err)
	}

	write(t, p, func(tx *store.Tx) error { return tx.TriedDraft(ctx, 5, p.Editor.ID, "one", 1, 4) })
	if paused, err = p.Store.PausedDrafts(ctx, now.Add(time.Minute), 9); len(paused) != 0 || err != nil {
		t.Errorf("what was tried is tried again: %v, %v", paused, err)
	}
	kept(t, p, store.Draft{Article: 5, Person: p.Editor.ID, Tab: "one", Seq: 2, At: now, Copy: "other, changed"})
	if paused, err = p.Store.PausedDrafts(ctx, now.Add(time.Minute), 9); len(paused) != 1 || paused[0].Tried != 0 || err != nil {
		t.Errorf("what was changed is not tried again: %v, %v", paused, err)
	}
}

// typist writes a copy as people do: at one place for a while, then at
// another, with words taken out and put back.
type typist struct {
	*rand.Rand
	text []rune
	at   int
}

func (w *typist) write() string {
	switch w.IntN(10) {
	case 0:
		w.at = w.IntN(len(w.text) + 1)
	case 1:
		cut := min(w.IntN(8), w.at)
		w.text = append(w.text[:w.at-cut:w.at-cut], w.text[w.at:]...)
		w.at -= cut
	}
	add := []rune([]string{"bridge ", "پل ", "é", "the ", "🌊", "x"}[w.IntN(6)])
	w.text = append(w.text[:w.at:w.at], append(add, w.text[w.at:]...)...)
	w.at += len(add)
	return string(w.text)
}

// contractDraftLog: whatever is typed, every state is read as it was; at one
// place it costs hundreds of bytes.
func contractDraftLog(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	w := &typist{Rand: rand.New(rand.NewPCG(1, 2)), text: []rune(strings.Repeat("Nobody in Valmere was surprised. ", 400))}
	var states []string
	write(t, p, func(tx *store.Tx) error {
		for i := range 400 {
			states = append(states, w.write())
			if _, err := tx.KeepDraft(ctx, store.Draft{Article: 5, Person: 1, Tab: "random", Seq: int64(i + 1), Copy: states[i]}); err != nil {
				return err
			}
		}
		return nil
	})
	for i, want := range states {
		got, err := p.Store.Draft(ctx, 5, 1, "random", int64(i+1))
		if err != nil || got.Copy != want {
			t.Fatalf("state %d: %v\ngot  %.80q\nwant %.80q", i+1, err, got.Copy, want)
		}
	}

	text := states[0]
	write(t, p, func(tx *store.Tx) error {
		for i := range 300 { // ten minutes at one place, a word every two seconds
			text = text[:6000] + "bridge " + text[6000:]
			if _, err := tx.KeepDraft(ctx, store.Draft{Article: 5, Person: 1, Tab: "one place", Seq: int64(i + 1), Copy: text}); err != nil {
				return err
			}
		}
		return nil
	})
	var bytes int64
	if err := p.Store.Writer().QueryRowContext(ctx, `SELECT sum(length(put)) FROM draft WHERE tab = 'one place'`).Scan(&bytes); err != nil {
		t.Fatal(err)
	}
	if each := bytes / 300; each > 700 {
		t.Errorf("a state of %d bytes costs %d", len(text), each)
	} else {
		t.Logf("a state of %d bytes costs %d", len(text), each)
	}
}

// contractThin: what housekeeping drops stands in what it keeps.
func contractThin(t *testing.T, p *papertest.Paper) {
	ctx, now := t.Context(), p.Clock.Now()
	article(t, p, news.Article{ID: 5, Edition: p.English.ID, State: news.Draft, Head: 1}, p.Story(p.Town, "First"))
	w := &typist{Rand: rand.New(rand.NewPCG(3, 4)), text: []rune(strings.Repeat("Nobody was surprised. ", 40))}
	states := map[int64]string{}
	const n = 200
	write(t, p, func(tx *store.Tx) error {
		for i := int64(1); i <= n; i++ {
			states[i] = w.write()
			for _, tab := range []string{"log", "pending"} {
				if _, err := tx.KeepDraft(ctx, store.Draft{Article: 5, Person: 1, Tab: tab, Seq: i, At: now, Copy: states[i]}); err != nil {
					return err
				}
			}
		}
		return tx.SettleDraft(ctx, 5, 1, "log", n, 2)
	})
	thin := func(since time.Time) (gone int) {
		write(t, p, func(tx *store.Tx) (err error) { gone, err = tx.ThinDrafts(ctx, since, 10); return err })
		return gone
	}
	if gone := thin(now); gone != 0 {
		t.Errorf("%d states went before their time", gone)
	}
	gone := thin(now.Add(time.Second))
	if gone < n/2 {
		t.Errorf("only %d of %d states went", gone, n)
	}
	if again := thin(now.Add(time.Second)); again != 0 {
		t.Errorf("%d more went when it was asked again", again)
	}
	for i, next := int64(n), states[n]; i > 0; i-- {
		got, err := p.Store.Draft(ctx, 5, 1, "log", i)
		switch {
		case err == nil && got.Copy == states[i]:
			next = states[i]
		case news.CodeOf(err) != news.NotFound:
			t.Fatalf("state %d: %v", i, err)
		case !within(states[i], next):
			t.Fatalf("state %d is gone, and what it said is not in the state that is left:\n%q\n%q", i, states[i], next)
		}
		if got, err := p.Store.Draft(ctx, 5, 1, "pending", i); err != nil || got.Copy != states[i] {
			t.Fatalf("state %d of a log that is in no revision: %v", i, err)
		}
	}
	if _, err := p.Store.Draft(ctx, 5, 1, "log", n); err != nil {
		t.Errorf("the newest state is gone: %v", err)
	}
}

// within says whether all characters of a text stand in another in their order.
func within(text, in string) bool {
	rest := []rune(text)
	for _, r := range in {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

func TestSplice(t *testing.T) {
	for _, c := range []struct{ from, to string }{
		{"", ""}, {"", "a"}, {"a", ""}, {"abc", "abc"}, {"abc", "abXc"}, {"aaa", "aa"}, {"aa", "aaaa"},
		{"پل", "پُل"}, {"é", "è"}, {"🌊", "🌋"}, {"a🌊b", "a🌊🌊b"}, {"xyz", "uvw"},
	} {
		s := store.SpliceOf(c.from, c.to)
		if got, err := s.Apply(c.from); got != c.to || err != nil {
			t.Errorf("%q → %q by %+v: %q, %v", c.from, c.to, s, got, err)
		}
		if len(s.Put) > len(c.to) || s.Cut > len(c.from) || !strings.Contains(c.to, s.Put) {
			t.Errorf("%q → %q: %+v", c.from, c.to, s)
		}
	}
	for _, s := range []store.Splice{{-1, 0, ""}, {0, 9, ""}, {9, 0, ""}, {1, 0, "x"}, {0, 1, "x"}, {1, -1, ""}, {1 << 62, 1 << 62, ""}} {
		if got, err := s.Apply("پل"); err == nil {
			t.Errorf("%+v of another text gives %q", s, got)
		}
	}
}

func FuzzSplice(f *testing.F) {
	f.Add("the bridge", "the old bridge")
	f.Add("پل", "🌊")
	f.Add("\xff\xfe", "\xff")
	f.Fuzz(func(t *testing.T, from, to string) {
		if got, err := store.SpliceOf(from, to).Apply(from); got != to || err != nil {
			t.Errorf("%q → %q: %q, %v", from, to, got, err)
		}
	})
}
