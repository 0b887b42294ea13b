package press_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/store"
)

// Corrections are all reached, page after page, and a page stays as it is
// when new ones come.
func TestCorrectionsPageByPage(t *testing.T) {
	w := newTown(t, papertest.New(t))
	ctx := t.Context()
	ids := []news.ID{w.publish(w.English, w.Town, "First"), w.publish(w.English, w.Town, "Second")}
	correct := func(n int) {
		w.must(w.Store.Write(ctx, "correct", func(tx *store.Tx) error {
			return tx.AddCorrection(ctx, news.Correction{Article: ids[n%2], Edition: w.English.ID, Revision: 2 + n/2, Kind: news.ChangeCorrection,
				Note: fmt.Sprintf("Note %d.", n), At: w.Clock.Now().Add(time.Duration(n/2) * time.Minute), Headline: "First"}) // two at each time
		}))
	}
	const count = 130
	for n := range count {
		correct(n)
	}
	next := regexp.MustCompile(`rel="next" href="/corrections\?after=(\d+)-(\d+)"`)
	note := regexp.MustCompile(`Note (\d+)\.`)
	read := func() (notes []string, second string) {
		for a, page := (press.Address{Kind: press.Corrections, Edition: w.English.ID}), 1; ; page++ {
			body := w.body(a)
			for _, m := range note.FindAllStringSubmatch(body, -1) {
				notes = append(notes, m[1])
			}
			m := next.FindStringSubmatch(body)
			if page == 2 {
				second = main(body)
			}
			if m == nil {
				return notes, second
			}
			id, _ := strconv.Atoi(m[1])
			a.ID = news.ID(id)
			a.After, _ = strconv.Atoi(m[2])
		}
	}
	notes, before := read()
	if len(notes) != count || len(slices.Compact(slices.Sorted(slices.Values(notes)))) != count {
		t.Errorf("%d of %d corrections are reached: %v", len(notes), count, notes)
	}
	second := press.Address{Kind: press.Corrections, Edition: w.English.ID}
	m := next.FindStringSubmatch(w.body(second))
	id, _ := strconv.Atoi(m[1])
	second.ID = news.ID(id)
	second.After, _ = strconv.Atoi(m[2])
	for n := count; n < count+10; n++ {
		correct(n)
	}
	w.press.Forget()
	if main(w.body(second)) != before {
		t.Error("the second page changed when new corrections came")
	}
	for _, wrong := range []press.Address{{ID: ids[0], After: 999}, {ID: 999, After: 2}} {
		wrong.Kind, wrong.Edition = press.Corrections, w.English.ID
		if !w.missing(wrong) {
			t.Errorf("%+v is a page", wrong)
		}
	}
	wrong := second
	wrong.Edition = w.Persian.ID
	if !w.missing(wrong) {
		t.Error("a correction of another edition begins a page")
	}
}

// Comments are all reached from page to page, forwards and back, with gaps
// where some were taken back.
func TestCommentsPageByPage(t *testing.T) {
	w := newTown(t, papertest.New(t))
	ctx := t.Context()
	id := w.publish(w.English, w.Town, "Bridge opens")
	var all []news.CommentID
	w.must(w.Store.Write(ctx, "comment", func(tx *store.Tx) error {
		for n := range 700 {
			c := news.Comment{Article: id, Edition: w.English.ID, Text: fmt.Sprint("Comment ", n), State: news.CommentHeld, At: w.Clock.Now(), Token: fmt.Sprint(n)}
			if err := tx.AddComment(ctx, &c); err != nil {
				return err
			}
			all = append(all, c.ID)
			c.State = news.CommentApproved
			if _, err := tx.DecideComment(ctx, c); err != nil {
				return err
			}
		}
		return nil
	}))
	shown := 700
	w.must(w.Store.Write(ctx, "take back", func(tx *store.Tx) error {
		for n := range 700 {
			if n%3 != 1 && (n <= 100 || n >= 400) { // a long gap and many short ones
				continue
			}
			c, err := tx.Comment(ctx, all[n])
			if err != nil {
				return err
			}
			c.State, c.Shown = news.CommentRejected, 0
			if _, err := tx.DecideComment(ctx, c); err != nil {
				return err
			}
			shown--
		}
		return nil
	}))
	one := regexp.MustCompile(`id="comment-(\d+)"`)
	link := func(rel, body string) (press.Address, bool) {
		a := press.Address{Kind: press.Comments, Edition: w.English.ID, ID: id}
		_, rest, _ := strings.Cut(main(body), `class="turn"`)
		for part := range strings.SplitSeq(`class="turn"`+rest, `class="turn"`) {
			m := regexp.MustCompile(rel + ` href="/news/\d+/comments(?:\?after=(\d+))?"`).FindStringSubmatch(part)
			if m != nil {
				a.After, _ = strconv.Atoi(m[1])
				return a, true
			}
		}
		return a, false
	}
	seen := map[string]bool{}
	pages := []press.Address{{Kind: press.Comments, Edition: w.English.ID, ID: id}}
	for {
		body := w.body(pages[len(pages)-1])
		for _, m := range one.FindAllStringSubmatch(body, -1) {
			if seen[m[1]] {
				t.Errorf("comment %s stands on two pages", m[1])
			}
			seen[m[1]] = true
		}
		next, ok := link(`class="newer"`, body)
		if !ok {
			break
		}
		pages = append(pages, next)
	}
	if len(seen) != shown {
		t.Errorf("%d of %d comments are reached", len(seen), shown)
	}
	for n := len(pages) - 1; n > 0; n-- {
		back, ok := link(`rel="prev"`, w.body(pages[n]))
		if !ok || back != pages[n-1] {
			t.Errorf("page %d leads back to %+v, not to %+v", n+1, back, pages[n-1])
		}
	}
	if !w.missing(press.Address{Kind: press.Comments, Edition: w.English.ID, ID: id, After: 700}) {
		t.Error("there is a page after the last comment")
	}
}
