package press_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Readers crowd while the desk publishes. Whoever asks after Handle has
// returned is given the new page: never the one of before, and never that
// there is none.
func TestNobodyIsGivenWhatWasBefore(t *testing.T) {
	w := newTown(t, papertest.New(t))
	const last = 12
	var out atomic.Int64 // articles of which the press has been told
	var crowd sync.WaitGroup
	front := press.Address{Kind: press.Front, Edition: w.English.ID}
	for range 4 {
		crowd.Go(func() {
			for out.Load() < last {
				n := out.Load()
				page, err := w.press.Page(context.Background(), front)
				if err != nil || n > 0 && newest(page) < n {
					t.Errorf("after article %d was out the front leads with %d (%v)", n, newest(page), err)
					return
				}
				for _, id := range []int64{n, n + 1, n + 2} { // the ones to come are asked for too
					_, err := w.press.Page(context.Background(), press.Address{Kind: press.Article, Edition: w.English.ID, ID: news.ID(id)})
					if id > 0 && id <= n && err != nil {
						t.Errorf("after article %d was out: article %d: %v", n, id, err)
						return
					}
				}
			}
		})
	}
	for n := range int64(last) {
		id := w.publish(w.English, w.Town, fmt.Sprintf("Headline %d of the day", n+1))
		if id != news.ID(n+1) {
			t.Fatalf("the numbers do not count up: %d", id)
		}
		w.Clock.Move(time.Second)
		w.hand()
		out.Store(n + 1)
	}
	crowd.Wait()
	w.walk("the crowd")
}

// The same, one step after the other: a reader comes while a render of before
// the event is under way, after Handle has returned.
func TestAReaderDoesNotJoinAnOldRender(t *testing.T) {
	var hold atomic.Pointer[chan struct{}] // a render waits for it
	held := make(chan struct{}, 1)
	s, err := store.Open(t.Context(), store.Options{URL: t.TempDir() + "/paper.db", Done: func(sql string) error {
		if c := hold.Load(); c != nil && strings.Contains(sql, "live_section_id = $1") && strings.HasPrefix(sql, "SELECT") && hold.CompareAndSwap(c, nil) {
			held <- struct{}{}
			<-*c
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
	w := newTown(t, p)
	front := press.Address{Kind: press.Front, Edition: w.English.ID}
	ask := func() <-chan int64 {
		got := make(chan int64, 1)
		go func() {
			page, err := w.press.Page(context.Background(), front)
			if err != nil {
				t.Error(err)
			}
			got <- newest(page)
		}()
		return got
	}
	release := make(chan struct{})
	hold.Store(&release)
	early := ask()
	<-held
	w.publish(w.English, w.Town, "Headline 1 of the day")
	w.hand()
	late := ask()
	for waiting := false; !waiting; {
		stacks := make([]byte, 1<<20)
		for g := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
			waiting = waiting || strings.Contains(g, "(*WaitGroup).Wait") && strings.Contains(g, "press.(*Press).Page")
		}
	}
	close(release)
	<-early
	if n := <-late; n != 1 {
		t.Errorf("a reader after the event was given the page of before it")
	}
}

// newest is the highest number of the test's headlines on a page.
func newest(p *press.Page) int64 {
	if p == nil {
		return -1
	}
	for n := int64(100); n > 0; n-- {
		if strings.Contains(string(p.Body), fmt.Sprintf("Headline %d of the day", n)) {
			return n
		}
	}
	return 0
}

// A page is rendered once a change, however many ask for it at once.
func TestOneRenderAChange(t *testing.T) {
	w := newTown(t, papertest.New(t))
	w.publish(w.English, w.Town, "Bridge opens")
	w.hand()
	day := press.Address{Kind: press.ArchiveDay, Edition: w.English.ID, Year: 2026, Month: 3, Day: 14}
	for round := range 40 {
		w.press.Forget()
		before := w.press.Rendered()
		var crowd sync.WaitGroup
		begin := make(chan struct{})
		for range 16 {
			crowd.Go(func() {
				<-begin
				if _, err := w.press.Page(context.Background(), day); err != nil {
					t.Error(err)
				}
			})
		}
		close(begin)
		crowd.Wait()
		if n := w.press.Rendered() - before; n != 1 {
			t.Fatalf("round %d: %d renders", round, n)
		}
	}
}

// breakable is a paper whose database can be taken away.
func breakable(t *testing.T) (*town, *atomic.Bool) {
	t.Helper()
	away := &atomic.Bool{}
	s, err := store.Open(t.Context(), store.Options{URL: t.TempDir() + "/paper.db", Trace: func(string) error {
		if away.Load() {
			return errors.New("the cable is cut")
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
	return newTown(t, p), away
}

// While the database is away readers get the last known page, an error page
// in their language, and their comment's text back.
func TestTheDatabaseIsAway(t *testing.T) {
	w, away := breakable(t)
	ctx := context.Background()
	bridge := w.publish(w.English, w.Town, "Bridge opens")
	w.hand()
	front := press.Address{Kind: press.Front, Edition: w.English.ID}
	article := press.Address{Kind: press.Article, Edition: w.English.ID, ID: bridge}
	for _, a := range []press.Address{front, article} {
		if _, err := w.press.Page(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	w.publish(w.English, w.Town, "Ferry stops")
	events, err := w.Store.EventsAfter(ctx, w.seq, 100)
	w.must(err)
	away.Store(true)
	for _, e := range events {
		w.must(w.press.Handle(ctx, e))
		w.seq = e.Seq
	}
	for _, a := range []press.Address{front, article} {
		if page, err := w.press.Page(ctx, a); err != nil || !strings.Contains(string(page.Body), "Bridge opens") {
			t.Errorf("%+v: the last known page is not served: %v", a, err)
		}
	}
	w.Clock.Set(w.English.NextMidnight(w.Clock.Now()).Add(time.Second))
	if _, err := w.press.Page(ctx, front); err != nil {
		t.Errorf("the next day: %v", err)
	}
	if _, err := w.press.Page(ctx, press.Address{Kind: press.Corrections, Edition: w.English.ID}); news.CodeOf(err) != news.Unavailable {
		t.Errorf("a page that nobody has seen: %v", err)
	}
	if page, err := w.press.Fault(ctx, press.Address{Kind: press.Fault, Edition: w.Persian.ID, Code: 503}, ""); err != nil || !strings.Contains(string(page.Body), `lang="fa" dir="rtl"`) {
		t.Errorf("the error page: %v", err)
	}
	page, err := w.press.Answer(ctx, press.Address{Kind: press.Comments, Edition: w.English.ID, ID: bridge}, press.Reply{Status: 503, Refusal: "Not now.", Name: "Ada", Text: "At last, a bridge!"})
	if err != nil || page.Status != 503 || !strings.Contains(string(page.Body), "At last, a bridge!") {
		t.Errorf("the reader's text is not given back: %v", err)
	}
	away.Store(false)
	if page, err := w.press.Page(ctx, front); err != nil || !strings.Contains(string(page.Body), "Ferry stops") {
		t.Errorf("the database is back, the news are not there: %v", err)
	}
}

// What was withdrawn is not served as the last known page.
func TestWithdrawnWhileTheDatabaseIsAway(t *testing.T) {
	w, away := breakable(t)
	ctx := context.Background()
	bridge := w.publish(w.English, w.Town, "Bridge falls")
	ferry := w.publish(w.English, w.World, "Ferry stops")
	_, err := w.desk.Edit(ctx, w.Editor.ID, bridge, 1, desk.Copy{Content: w.Story(w.Town, "Bridge falls at last")})
	w.must(err)
	w.must(w.desk.Correct(ctx, w.Editor.ID, bridge, 2, desk.Declared{Kind: news.ChangeUpdate, Note: "It has fallen.", Reason: "nobody else is in"}))
	w.hand()
	pages := map[press.Address]bool{ // whether it may still be served
		{Kind: press.Front, Edition: w.English.ID}:                                 false,
		{Kind: press.Article, Edition: w.English.ID, ID: bridge}:                   false,
		{Kind: press.Feed, Of: press.Front, Edition: w.English.ID, Format: "atom"}: false,
		{Kind: press.SitemapNews, Edition: w.English.ID}:                           false,
		{Kind: press.Corrections, Edition: w.English.ID}:                           false,
		{Kind: press.Article, Edition: w.English.ID, ID: ferry}:                    true,
	}
	for a := range pages {
		if _, err := w.press.Page(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	w.must(w.desk.Kill(ctx, w.Chief.ID, bridge, "It stands."))
	events, err := w.Store.EventsAfter(ctx, w.seq, 100)
	w.must(err)
	away.Store(true)
	for _, e := range events {
		w.must(w.press.Handle(ctx, e))
	}
	for a, may := range pages {
		if page, err := w.press.Page(ctx, a); may != (err == nil) || page != nil && strings.Contains(string(page.Body), "Bridge falls") {
			t.Errorf("%+v: served %v (%v)", a, page != nil, err)
		}
	}
}

// What is put in below an article, or joins its story, is on its page.
func TestPagesThatAnActReachesFromAfar(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		ctx := t.Context()
		first := w.publish(p.English, p.Town, "First of the town")
		p.Clock.Move(time.Hour)
		moved := w.publish(p.English, p.World, "Moved later")
		p.Clock.Move(time.Hour)
		w.publish(p.English, p.Town, "Third of the town")
		w.hand()
		w.walk("three publications")

		c := p.Story(p.Town, "Moved now")
		_, err := w.desk.Edit(ctx, p.Editor.ID, moved, 1, desk.Copy{Content: c})
		w.must(err)
		w.must(w.desk.Correct(ctx, p.Editor.ID, moved, 2, desk.Declared{Kind: news.ChangeMinor, Acknowledged: true, Reason: "nobody else is in"}))
		w.hand()
		w.walk("a correction that moves an article below another")

		id, head := w.draft(p.English, p.World, "A draft of the same story")
		w.must(w.desk.SetFacts(ctx, p.Editor.ID, id, desk.Facts{SameStoryAs: first}))
		w.hand()
		w.walk("a draft that joins a story")
		w.must(w.desk.Publish(ctx, p.Editor.ID, id, head, ""))
		w.ids = append(w.ids, id)
		w.hand()
		w.walk("its publication")
		w.must(w.desk.Kill(ctx, p.Chief.ID, first, "It was another bridge."))
		w.hand()
		w.walk("a kill")
		papertest.Check(t, p.Store)
	})
}
