package comments

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

func TestPost(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		f := s.form("  I walked across it.\r\n\r\n\r\n\r\nBarefoot! ")
		m, err := s.Post(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		got := s.load(t, m.ID)
		if got.State != news.CommentHeld || got.Shown != 0 || got.Text != "I walked across it.\n\nBarefoot!" || got.Name != "Ida Inch" ||
			got.Email != "ida@valmere.example" || got.Article != s.article || got.Edition != s.English.ID || !got.At.Equal(s.Clock.Now()) {
			t.Errorf("kept is %+v", got)
		}
		if got.Address == "" || strings.Contains(got.Address, f.From.String()) {
			t.Errorf("of the address is kept %q", got.Address)
		}
		events := s.events(t, news.EventCommented)
		if len(events) != 1 || events[0].Comment != m.ID || events[0].Article != s.article || events[0].Touched.Public {
			t.Errorf("the record says %+v", events)
		}
		if shown, err := s.Shown(t.Context(), s.article, 0, 10); err != nil || len(shown) != 0 {
			t.Errorf("a held comment is shown: %v, %v", shown, err)
		}
		anonymous := s.form("Only a text.")
		anonymous.Name, anonymous.Email = "", ""
		if m, err := s.Post(t.Context(), anonymous); err != nil || s.load(t, m.ID).Name != "" {
			t.Errorf("only a text: %+v, %v", m, err)
		}
	})
}

func TestRefusals(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		now := s.Clock.Now()
		other := publish(t, s.Paper, s.Town, "Another story")
		for name, c := range map[string]struct {
			change func(*Posting)
			code   news.Code
			key    string
		}{
			"no text":             {func(p *Posting) { p.Text = " \r\n\t " }, news.Invalid, "empty"},
			"nothing to be seen":  {func(p *Posting) { p.Text = "\u200b\u200e\u202e\u0301\x07" }, news.Invalid, "empty"},
			"long text":           {func(p *Posting) { p.Text = strings.Repeat("a", news.MaxComment+1) }, news.TooLarge, "long"},
			"longer than letters": {func(p *Posting) { p.Text = strings.Repeat("پ", news.MaxComment/2+1) }, news.TooLarge, "long"},
			"long name":           {func(p *Posting) { p.Name = strings.Repeat("n", 81) }, news.Invalid, "name"},
			"huge name":           {func(p *Posting) { p.Name = strings.Repeat("n", 1<<20) }, news.Invalid, "name"},
			"long e-mail":         {func(p *Posting) { p.Email = strings.Repeat("n", 250) + "@valmere.example" }, news.Invalid, "email"},
			"no e-mail":           {func(p *Posting) { p.Email = "ida at valmere" }, news.Invalid, "bad-email"},
			"two e-mails":         {func(p *Posting) { p.Email = "Ida <ida@valmere.example>" }, news.Invalid, "bad-email"},
			"text not UTF-8":      {func(p *Posting) { p.Text = "caf\xe9" }, news.Invalid, "encoding"},
			"name not UTF-8":      {func(p *Posting) { p.Name = "caf\xe9" }, news.Invalid, "encoding"},
			"four links":          {func(p *Posting) { p.Text = "http://a.example https://b.example www.c.example HTTP://www.d.example" }, news.Invalid, "too-many-links"},
			"no stamp":            {func(p *Posting) { p.Stamp = "" }, news.Invalid, "expired"},
			"stamp of another":    {func(p *Posting) { p.Stamp = s.Stamp(other, now.Add(-time.Minute)) }, news.Invalid, "expired"},
			"made-up stamp":       {func(p *Posting) { p.Stamp = "1." + strings.Repeat("0", 40) }, news.Invalid, "expired"},
			"moved stamp":         {func(p *Posting) { p.Stamp = "0" + p.Stamp }, news.Invalid, "expired"},
			"too fast":            {func(p *Posting) { p.Stamp = s.Stamp(s.article, now.Add(-leastTime+time.Millisecond)) }, news.Invalid, "too-fast"},
		} {
			f := s.form("A text.")
			c.change(&f)
			_, err := s.Post(t.Context(), f)
			wantCode(t, name, err, c.code, "comment.refused."+c.key)
		}
		if n := len(s.stored(t, news.CommentHeld)) + len(s.events(t, news.EventCommented)); n != 0 {
			t.Errorf("%d traces of refused comments", n)
		}
		// None of that counted against the reader.
		for name, change := range map[string]func(*Posting){
			"just in time":  func(p *Posting) { p.Stamp = s.Stamp(s.article, now.Add(-leastTime)) },
			"a year old":    func(p *Posting) { p.Stamp = s.Stamp(s.article, now.AddDate(-1, 0, 0)) },
			"of the future": func(p *Posting) { p.Stamp = s.Stamp(s.article, now.Add(time.Hour)) },
		} {
			f := s.form("A text from a page that was rendered " + name)
			change(&f)
			if _, err := s.Post(t.Context(), f); err != nil {
				t.Errorf("a page rendered %s: %v", name, err)
			}
		}
	})
}

func TestLimitsAreInclusive(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		f := s.form(strings.Repeat("a", news.MaxComment-56) + " http://a.example http://b.example http://www.c.example/")
		f.Name = strings.Repeat("ن", 80)
		if len(f.Text) != news.MaxComment {
			t.Fatalf("the test's text has %d bytes", len(f.Text))
		}
		m, err := s.Post(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.load(t, m.ID); got.Text != f.Text || got.Name != f.Name {
			t.Error("a comment of the greatest size was changed")
		}
	})
}

func TestWhereCommentsAreClosed(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		refused := func(name string, code news.Code, key string) {
			t.Helper()
			_, err := s.Post(t.Context(), s.form("Is anyone "+name))
			wantCode(t, name, err, code, key)
		}
		edition := func(change func(*news.Edition)) {
			t.Helper()
			e := s.English
			change(&e)
			if err := s.Store.Write(t.Context(), "edition", func(tx *store.Tx) error { return tx.SaveEdition(t.Context(), &e) }); err != nil {
				t.Fatal(err)
			}
		}
		s.change(t, func(a *news.Article) { a.CommentRule = news.CommentsClosed })
		refused("closed on the article", news.Conflict, "comment.refused.closed")
		s.change(t, func(a *news.Article) { a.CommentRule = news.CommentsAsEdition })
		edition(func(e *news.Edition) { e.Comments = false })
		refused("closed in the edition", news.Conflict, "comment.refused.closed")
		s.change(t, func(a *news.Article) { a.CommentRule = news.CommentsOpen })
		s.post(t, "Open on the article, against the edition.")
		edition(func(e *news.Edition) { e.CloseAfter = 14 })
		s.Clock.Set(s.Clock.Now().AddDate(0, 0, 13))
		s.post(t, "On the last day.")
		s.Clock.Move(24 * time.Hour)
		refused("closed after 14 days", news.Conflict, "comment.refused.closed")
		f := s.form("Nowhere")
		f.Article, f.Stamp = 999_999, s.Stamp(999_999, s.Clock.Now().Add(-time.Minute))
		_, err := s.Post(t.Context(), f)
		if news.CodeOf(err) != news.NotFound {
			t.Errorf("no such article: %v", err)
		}
	})
}

func TestWithdrawnArticleTakesNone(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		err := s.Store.Write(t.Context(), "kill", func(tx *store.Tx) error {
			a, err := tx.Article(t.Context(), s.article)
			if err != nil {
				return err
			}
			v, err := tx.Revision(t.Context(), a.ID, a.Live)
			if err != nil {
				return err
			}
			if err := a.Withdraw(s.Chief, "It was not so.", s.Clock.Now()); err != nil {
				return err
			}
			return tx.Withdraw(t.Context(), a, v.Content, news.Event{Kind: news.EventKilled, At: s.Clock.Now()})
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Post(t.Context(), s.form("But why?"))
		wantCode(t, "killed", err, news.NotFound, "error.notfound")
	})
}

func TestTrapField(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		f := s.form("Buy http://a.example http://b.example http://c.example http://d.example")
		f.Honeypot, f.Stamp = "http://spam.example", ""
		m, err := s.Post(t.Context(), f)
		if err != nil || m.State != news.CommentHeld {
			t.Fatalf("the sender is told %+v, %v; want a held comment", m, err)
		}
		if got := s.load(t, m.ID); got.State != news.CommentSpam {
			t.Errorf("it is kept as %s", got.State)
		}
		if again, err := s.Post(t.Context(), f); err != nil || again.ID != m.ID || again.State != news.CommentHeld {
			t.Errorf("sent again: %+v, %v", again, err)
		}
	})
}

func TestSentTwiceIsOneComment(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		f := s.form("A comment with a double click.")
		var group sync.WaitGroup
		ids := make(chan news.CommentID, 3)
		for range 3 {
			group.Go(func() {
				m, err := s.Post(t.Context(), f)
				if err != nil {
					t.Error(err)
				}
				ids <- m.ID
			})
		}
		group.Wait()
		first := <-ids
		if second, third := <-ids, <-ids; second != first || third != first {
			t.Errorf("comments %d, %d, %d; want one", first, second, third)
		}
		for range 100 { // an answer that got lost, again and again: no rate refuses it
			if m, err := s.Post(t.Context(), f); err != nil || m.ID != first {
				t.Fatalf("sent again: %d, %v", m.ID, err)
			}
		}
		if err := s.Decide(t.Context(), s.Editor.ID, first, news.CommentRejected); err != nil {
			t.Fatal(err)
		}
		if m, err := s.Post(t.Context(), f); err != nil || m.ID != first || m.State != news.CommentHeld || m.DecidedBy != 0 {
			t.Errorf("after it was rejected the sender is told %+v, %v", m, err)
		}
		if n := len(s.events(t, news.EventCommented)); n != 1 {
			t.Errorf("%d comments are in the record", n)
		}
		other := f
		other.From = address(2)
		if m, err := s.Post(t.Context(), other); err != nil || m.ID == first {
			t.Errorf("the same words from somebody else: %d, %v", m.ID, err)
		}
	})
}

func TestTheSameWordsAnotherDay(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		day := s.Clock.Now().Truncate(24 * time.Hour)
		s.Clock.Set(day.Add(24*time.Hour - time.Second))
		first, err := s.Post(t.Context(), s.form("Thank you."))
		if err != nil {
			t.Fatal(err)
		}
		s.Clock.Move(2 * time.Second)
		if m, err := s.Post(t.Context(), s.form("Thank you.")); err != nil || m.ID != first.ID {
			t.Errorf("sent again after midnight: %d, %v; want %d", m.ID, err, first.ID)
		}
		s.Clock.Move(time.Hour)
		if m, err := s.Post(t.Context(), s.form("Thank you.")); err != nil || m.ID == first.ID {
			t.Errorf("the next day: %d, %v; want another", m.ID, err)
		}
	})
}

// TestFlood sends ten a second from one address for a quarter of an hour,
// then from a thousand addresses at once: no more are taken than the rates
// say, and what is refused leaves no trace.
func TestFlood(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		taken := 0
		send := func(n, from int) {
			f := s.form(fmt.Sprintf("Comment number %d", n))
			f.From = address(from)
			_, err := s.Post(t.Context(), f)
			var e *news.Error
			switch {
			case err == nil:
				taken++
			case !errors.As(err, &e) || e.Code != news.TooMany || e.Key != "comment.refused.too-many":
				t.Fatal(err)
			case e.Args[0].(int) < 1:
				t.Fatalf("the wait is %v s", e.Args[0])
			}
		}
		const seconds = 100
		for n := range 10 * seconds {
			send(n, 1)
			s.Clock.Move(time.Second / 10)
		}
		if want := shortBurst + seconds/20 - 1; taken != want {
			t.Errorf("%d were taken from one address in %d s; want %d", taken, seconds, want)
		}
		s.Clock.Move(time.Hour)
		before := taken
		for n := range 1000 {
			send(5000+n, 100+n)
		}
		if taken-before != articleBurst {
			t.Errorf("%d were taken from a thousand addresses at once; want %d", taken-before, articleBurst)
		}
		if n := len(s.stored(t, news.CommentHeld)); n != taken || len(s.events(t, news.EventCommented)) != taken {
			t.Errorf("%d are kept of %d taken", n, taken)
		}
	})
}

// TestFailedStatement fails each statement of a post in turn: an answer
// without an error means that the comment is there, once.
func TestFailedStatement(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		failAt, count := 0, 0
		db, err := store.Open(t.Context(), store.Options{URL: s.URL, Trace: func(string) error {
			if count++; count == failAt {
				return errors.New("the disk is on fire")
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for failAt = 1; ; failAt++ {
			c := New(db, s.Clock.Now) // with nothing read yet
			f := s.form(fmt.Sprintf("Comment that meets a fault at %d", failAt))
			count = 0
			_, err := c.Post(t.Context(), f)
			faulty := count >= failAt
			if kept := len(s.stored(t, news.CommentHeld)); (err == nil) != (kept == 1) || faulty != (err != nil) {
				t.Fatalf("fault at %d: %v, and %d comments are kept", failAt, err, kept)
			}
			if !faulty {
				break
			}
			if news.CodeOf(err) != news.Unavailable {
				t.Errorf("fault at %d: %v; want news.Unavailable", failAt, err)
			}
			if _, err := c.key(t.Context()); err != nil {
				t.Errorf("the secret is not asked for again: %v", err)
			}
		}
		if failAt < 10 {
			t.Errorf("only %d statements were seen", failAt)
		}
	})
}
