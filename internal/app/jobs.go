package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Jobs look at least this often, for what another process wrote: a wake-up
// within the program comes at once.
const lookAgain = 250 * time.Millisecond

// eventBatch is how many events are handed over at a time.
const eventBatch = 500

// complaint is the last error of a job. It is logged when it comes, when it
// changes and when it is over, not at every turn.
type complaint struct{ said string }

func (c *complaint) about(ctx context.Context, log *slog.Logger, what string, err error) {
	said := ""
	if err != nil {
		said = err.Error()
	}
	if said == c.said || ctx.Err() != nil {
		return
	}
	c.said = said
	if err == nil {
		log.Info("it is well again", "after", what)
		return
	}
	log.Error(what, "error", err)
}

// handEvents hands every event, in order and at least once, to each room that
// wants to know. The press keeps its pages in memory, so its place among the
// events begins anew with each start.
func (s *server) handEvents(ctx context.Context, seq int64) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	var trouble complaint
	for {
		n, err := s.handBatch(ctx, &seq)
		trouble.about(ctx, s.log, "the record cannot be read or handed on; pages may be old until it can", err)
		if n == eventBatch && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-s.store.Wake():
		case <-tick.C:
		}
	}
}

// handBatch hands over the events after seq, at most a batch, and moves seq to
// the last one that every room has taken.
func (s *server) handBatch(ctx context.Context, seq *int64) (int, error) {
	events, err := s.store.EventsAfter(ctx, *seq, eventBatch)
	if err != nil {
		return 0, err
	}
	for _, e := range events {
		if err := s.press.Handle(ctx, e); err != nil {
			return 0, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		if err := s.newsroom.Handle(ctx, e); err != nil {
			return 0, fmt.Errorf("event %d: %w", e.Seq, err)
		}
		*seq = e.Seq
	}
	return len(events), nil
}

// keepSchedule publishes what is due, without a visitor.
func (s *server) keepSchedule(ctx context.Context) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	var trouble complaint
	warned := false
	for {
		n, _, err := s.desk.PublishDue(ctx)
		trouble.about(ctx, s.log, "a scheduled article could not go out", err)
		if n > 0 {
			s.log.Info("scheduled articles went out", "count", n)
		}
		if behind := s.clock.Behind(); (behind > time.Second) != warned {
			warned = !warned
			s.log.Warn("the system clock was set forward; schedules and embargoes go by the time before, until a restart", "behind", behind)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// endHolds lets go of articles whose editors give no sign any more.
func (s *server) endHolds(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var trouble complaint
	for {
		trouble.about(ctx, s.log, "ended holds could not be cleared", s.desk.EndHolds(ctx))
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// foldDrafts makes revisions of what people stopped typing a minute ago, so
// that a colleague who opens the story finds it.
func (s *server) foldDrafts(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	var trouble complaint
	for {
		_, err := s.desk.FoldPaused(ctx)
		trouble.about(ctx, s.log, "what was typed could not become a revision; it is kept in the draft log", err)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// housekeep forgets what has ended.
func (s *server) housekeep(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	var trouble complaint
	for {
		trouble.about(ctx, s.log, "ended sessions, preview links and old drafts could not be cleared", errors.Join(s.auth.Prune(ctx), s.desk.PrunePreviews(ctx), s.desk.ThinDrafts(ctx)))
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
