package importer_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"broadsheet/internal/importer"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// many is a stream of so many small items.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(fmt.Sprint("urn:many:", i), fmt.Sprint("Headline ", i), body, ""))
	}
	return b.String()
}

// faulty is a paper whose database fails from the n-th commit on; 0 = never.
func faulty(t *testing.T) (*papertest.Paper, *atomic.Int64) {
	t.Helper()
	var left atomic.Int64
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "paper.db"), Trace: func(sql string) error {
		if sql == "COMMIT" && left.Load() > 0 && left.Add(-1) == 0 {
			left.Store(1) // and every one after it
			return errors.New("the disk is gone")
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p := &papertest.Paper{Store: s, Clock: papertest.NewClock()}
	if err := p.Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p, &left
}

// The database fails in the middle of a long import: what is reported is
// stored, the rest is an error, nothing is left running, and the same import
// completes it.
func TestTheDatabaseFailsInTheMiddle(t *testing.T) {
	const count = 1500
	p, left := faulty(t)
	left.Store(3)
	var lines []importer.Line
	err := importer.New(p.Store, p.Clock.Now).Ninjs(t.Context(), "stream", strings.NewReader(many(count)), importer.Options{Edition: p.English, Publish: true},
		func(l importer.Line) { lines = append(lines, l) })
	if news.CodeOf(err) != news.Unavailable {
		t.Fatalf("the error is %v", err)
	}
	left.Store(0)
	ids, err := p.Store.ArticleIDs(t.Context(), p.English.ID, 0, count)
	if err != nil || len(ids) != len(lines) || len(lines) == 0 || len(lines) == count {
		t.Errorf("%d are reported, %d are stored (%v)", len(lines), len(ids), err)
	}
	made := map[importer.Outcome]int{}
	for _, l := range take(t, p, many(count), true) {
		made[l.Outcome]++
	}
	if made[importer.Unchanged] != len(lines) || made[importer.Made] != count-len(lines) {
		t.Errorf("the second run: %v", made)
	}
	papertest.Check(t, p.Store)
}

// An import that is broken off ends at once, also while its file has more to
// come, and says so: it is never taken for a whole one.
func TestAnImportIsBrokenOff(t *testing.T) {
	for _, items := range []int{0, 3, 200} { // 200 are one batch: nothing is left to be stored
		t.Run(fmt.Sprint(items), func(t *testing.T) {
			p := papertest.New(t)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			r, w := io.Pipe()
			defer w.Close() // only now: the file stalls until then
			ended := make(chan error, 1)
			var told atomic.Int64
			go func() {
				ended <- importer.New(p.Store, p.Clock.Now).Ninjs(ctx, "stream", r, importer.Options{Edition: p.English}, func(importer.Line) { told.Add(1) })
			}()
			if _, err := io.WriteString(w, many(items)+" "); err != nil {
				t.Fatal(err)
			}
			for items == 200 && told.Load() < 200 {
				select {
				case err := <-ended:
					t.Fatalf("it ended with %v", err)
				default:
				}
			}
			stop()
			if err := <-ended; !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

// A paper without sections is said before the file is read.
func TestNoSections(t *testing.T) {
	p := papertest.New(t)
	r, w := io.Pipe()
	defer w.Close()
	err := importer.New(p.Store, p.Clock.Now).Ninjs(t.Context(), "stream", r, importer.Options{Edition: news.Edition{ID: 99, Slug: "xx", Language: "en", TimeZone: "UTC"}}, func(importer.Line) {})
	if news.CodeOf(err) != news.Invalid {
		t.Errorf("the error is %v", err)
	}
}

// An agency's kill takes the article off the schedule; one that is out is for
// an editor, and the report says which it is.
func TestAnAgencysKill(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		later := `"embargoed":"` + p.Clock.Now().Add(48*time.Hour).Format(time.RFC3339) + `"`
		const kill = `"pubstatus":"canceled"`
		waiting := take(t, p, item("urn:a", "To come", body, later), true)[0]
		if waiting.State != news.Scheduled {
			t.Fatalf("report: %+v", waiting)
		}
		line := take(t, p, item("urn:a", "To come", body, kill), true)[0]
		a, err := p.Store.Article(t.Context(), waiting.NewsID)
		if err != nil || a.State != news.InReview || a.Approved() || line.Outcome != importer.Changed || line.NewsID != a.ID {
			t.Errorf("the article is %s (approved: %v), the report %+v, %v", a.State, a.Approved(), line, err)
		}
		out := take(t, p, item("urn:b", "Out", body, ""), true)[0]
		line = take(t, p, item("urn:b", "Out", body, kill), true)[0]
		if a, err := p.Store.Article(t.Context(), out.NewsID); err != nil || a.State != news.Published || line.Outcome != importer.Refused || line.NewsID != a.ID || !strings.Contains(line.Message, "kill it") {
			t.Errorf("the article is %s, the report %+v, %v", a.State, line, err)
		}
		if line := take(t, p, item("urn:c", "Never here", body, kill), true)[0]; line.Outcome != importer.Refused || line.NewsID != 0 {
			t.Errorf("an item that never came: %+v", line)
		}
		papertest.Check(t, p.Store)
	})
}

// A later version's embargo holds; an earlier one does not shorten it.
func TestALaterEmbargoHolds(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		until := func(d time.Duration) string {
			return `"embargoed":"` + p.Clock.Now().Add(d).Format(time.RFC3339) + `"`
		}
		id := take(t, p, item("urn:a", "To come", body, until(24*time.Hour)), false)[0].NewsID
		for _, c := range []struct{ sent, want time.Duration }{{72 * time.Hour, 72 * time.Hour}, {time.Hour, 72 * time.Hour}} {
			take(t, p, item("urn:a", fmt.Sprint("To come, again ", c.sent), body, until(c.sent)), false)
			a, err := p.Store.Article(t.Context(), id)
			if want := p.Clock.Now().Add(c.want); err != nil || !a.EmbargoUntil.Equal(want) {
				t.Errorf("the embargo is until %v, not %v (%v)", a.EmbargoUntil, want, err)
			}
		}
	})
}

// An item belongs to one edition: sent to another it changes nothing there.
func TestAnItemOfAnotherEdition(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		id := take(t, p, item("urn:a", "First", body, ""), true)[0].NewsID
		for headline, want := range map[string]importer.Outcome{"First": importer.Unchanged, "First, changed": importer.Refused} {
			var line importer.Line
			err := importer.New(p.Store, p.Clock.Now).Ninjs(t.Context(), "stream", strings.NewReader(item("urn:a", headline, body, "")), importer.Options{Edition: p.Persian}, func(l importer.Line) { line = l })
			if err != nil || line.Outcome != want || line.NewsID != id || line.Message == "" {
				t.Errorf("%s: %+v, %v", headline, line, err)
			}
		}
		if a, err := p.Store.Article(t.Context(), id); err != nil || a.Head != 1 || a.Section == p.Jahan.ID {
			t.Errorf("the article: %+v, %v", a, err)
		}
		papertest.Check(t, p.Store)
	})
}
