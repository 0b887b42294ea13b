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

	"broadsheet/internal/importer"
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
