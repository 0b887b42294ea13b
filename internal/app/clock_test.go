package app

import (
	"context"
	"io"
	"log/slog"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/importer"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func quietLog() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

var run = exec.Command

// fakeTime is a system clock that jumps and a steady one that does not.
type fakeTime struct {
	mu    sync.Mutex
	now   time.Time
	since time.Duration
}

func (f *fakeTime) set(t time.Time) { f.mu.Lock(); f.now = t; f.mu.Unlock() }

func (f *fakeTime) wall() time.Time { f.mu.Lock(); defer f.mu.Unlock(); return f.now }

func (f *fakeTime) steady() time.Duration { f.mu.Lock(); defer f.mu.Unlock(); return f.since }

// advance lets time pass, for both clocks.
func (f *fakeTime) advance(d time.Duration) {
	f.mu.Lock()
	f.now, f.since = f.now.Add(d), f.since+d
	f.mu.Unlock()
}

// jump moves the system clock alone.
func (f *fakeTime) jump(d time.Duration) { f.mu.Lock(); f.now = f.now.Add(d); f.mu.Unlock() }

// importCommandAt imports a dispatch with --publish by the test's clock.
func importCommandAt(t *testing.T, dir, file string, clock *Clock) string {
	t.Helper()
	s, _, release, err := openPaper(t.Context(), Data{Data: dir}, false)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	editions, err := s.Editions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := exec.Command("cat", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	err = importer.New(s, clock.Now).Text(t.Context(), file, strings.NewReader(string(raw)), importer.Options{Edition: editions[0], Publish: true},
		func(l importer.Line) { said += string(l.Outcome) + " " + string(l.State) + " " + l.Message })
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// An embargo is never early by any clock: the system clock jumps in every way
// while a story waits, and it goes out when its time has truly come.
func TestEmbargoIsNeverEarly(t *testing.T) {
	jumps := map[string]time.Duration{"+1s": time.Second, "-1s": -time.Second, "+1h": time.Hour, "-1h": -time.Hour, "+1d": 24 * time.Hour,
		"+10y": 10 * 365 * 24 * time.Hour, "back to 1970": -56 * 365 * 24 * time.Hour}
	for name, jump := range jumps {
		t.Run(name, func(t *testing.T) {
			p := papertest.New(t)
			f := &fakeTime{}
			f.set(p.Clock.Now())
			clock := NewClock(f.wall, f.steady)
			d := desk.New(p.Store, clock.Now)
			embargo := clock.Now().Add(2 * time.Hour)
			id := waiting(t, p, d, embargo)
			f.advance(30 * time.Minute)
			f.jump(jump)
			for f.steady() < 2*time.Hour-time.Minute {
				out(t, p, d, id, false)
				f.advance(10 * time.Minute)
			}
			f.jump(-jump) // somebody mends the clock
			for f.wall().Before(embargo) {
				out(t, p, d, id, false)
				f.advance(30 * time.Second)
			}
			out(t, p, d, id, true)
			papertest.Check(t, p.Store)
		})
	}
}

// waiting makes an approved article that is scheduled for the end of its embargo.
func waiting(t *testing.T, p *papertest.Paper, d *desk.Desk, embargo time.Time) news.ID {
	t.Helper()
	ctx := t.Context()
	id, err := d.Create(ctx, p.Reporter.ID, p.English.ID, desk.Copy{Content: p.Story(p.Town, "Under embargo")}, "token")
	for _, step := range []func() error{
		func() error { return err },
		func() error { return d.SetFacts(ctx, p.Reporter.ID, id, desk.Facts{EmbargoUntil: embargo}) },
		func() error { return d.Submit(ctx, p.Reporter.ID, id) },
		func() error { return d.Approve(ctx, p.Editor.ID, id, 1) },
		func() error { return d.Schedule(ctx, p.Editor.ID, id, 1, embargo, "") },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

// out lets the schedule and an impatient editor try, and looks.
func out(t *testing.T, p *papertest.Paper, d *desk.Desk, id news.ID, want bool) {
	t.Helper()
	if !want {
		if err := d.Publish(t.Context(), p.Chief.ID, id, 1, "now!"); err == nil {
			t.Fatal("an editor published before the embargo")
		}
	}
	if _, _, err := d.PublishDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	a, err := p.Store.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if a.Public() != want {
		t.Fatalf("public: %v, should be %v", a.Public(), want)
	}
	cards, err := p.Store.Cards(t.Context(), store.List{Edition: p.English.ID}, store.Span{}, 10)
	if err != nil || (len(cards) == 1) != want {
		t.Fatalf("in the list: %v, should be %v (%v)", len(cards), want, err)
	}
}

// recordingLog is a log whose lines can be read: level, message, error.
func recordingLog() (*slog.Logger, func() string) {
	var b strings.Builder
	h := slog.NewTextHandler(io.Discard, nil)
	return slog.New(recorder{h, &b}), b.String
}

type recorder struct {
	slog.Handler
	to *strings.Builder
}

func (r recorder) Handle(_ context.Context, rec slog.Record) error {
	r.to.WriteString(rec.Level.String() + " " + rec.Message)
	rec.Attrs(func(a slog.Attr) bool {
		if a.Key == "error" {
			r.to.WriteString(": " + a.Value.String())
		}
		return true
	})
	r.to.WriteString("\n")
	return nil
}
