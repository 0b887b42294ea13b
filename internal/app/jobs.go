package app

import (
	"context"
	"time"
)

// Jobs look at least this often, for what another process wrote: a wake-up
// within the program comes at once.
const lookAgain = 250 * time.Millisecond

// eventBatch is how many events are handed over at a time.
const eventBatch = 500

// handEvents hands every event, in order and at least once, to each room that
// wants to know. The press keeps its pages in memory, so its place among the
// events begins anew with each start.
func (s *server) handEvents(ctx context.Context, seq int64) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		events, err := s.store.EventsAfter(ctx, seq, eventBatch)
		if err != nil && ctx.Err() == nil {
			s.log.Warn("the record cannot be read; pages may be old until it can", "error", err)
		}
		for _, e := range events {
			if err = s.press.Handle(ctx, e); err != nil {
				s.log.Warn("the press missed an event and is tried again", "event", e.Seq, "error", err)
				break
			}
			seq = e.Seq
		}
		if len(events) == eventBatch && err == nil {
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

// keepSchedule publishes what is due, without a visitor.
func (s *server) keepSchedule(ctx context.Context) {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	warned := false
	for {
		n, _, err := s.desk.PublishDue(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Error("a scheduled article could not go out", "error", err)
		}
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

// housekeep forgets what has ended.
func (s *server) housekeep(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := s.auth.Prune(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("ended sessions could not be cleared", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
