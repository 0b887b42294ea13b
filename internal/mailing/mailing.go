// Package mailing sends the letters that acts have written. An act puts its
// letter into the outbox in its own transaction; here it goes out, at least
// once, whatever the mail server does meanwhile.
package mailing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"broadsheet/internal/courier"
	"broadsheet/internal/store"
)

// How long a letter waits after a first failure, at most between two tries,
// and until nobody tries any more.
const (
	firstWait = time.Minute
	longest   = 6 * time.Hour
	untilLate = 5 * 24 * time.Hour
)

// atOnce bounds how many letters one call sends.
const atOnce = 50

// Sender hands a letter to the world outside; *courier.Courier does.
type Sender interface {
	Send(context.Context, courier.Letter) error
}

// Mailing is a paper's outbox and who carries it.
type Mailing struct {
	store *store.Store
	out   Sender
	now   func() time.Time
}

// New returns the mailing of a paper.
func New(s *store.Store, out Sender, now func() time.Time) *Mailing {
	return &Mailing{store: s, out: out, now: now}
}

// SendDue sends the letters whose time has come and returns how many went out.
// A server that does not answer puts its letter off, longer each time, and ends
// the call; a letter that is refused for good is kept with the reason.
func (m *Mailing) SendDue(ctx context.Context) (int, error) {
	due, err := m.store.LettersDue(ctx, m.now(), atOnce)
	if err != nil {
		return 0, err
	}
	sent := 0
	for _, l := range due {
		err := m.out.Send(ctx, courier.Letter{Key: fmt.Sprint("letter ", l.ID), To: l.To, Subject: l.Subject, Text: l.Text, Language: l.Language, At: l.At})
		if ctx.Err() != nil {
			return sent, ctx.Err() // the program stops: the letter waits as it did
		}
		if err := m.note(ctx, l, err); err != nil {
			return sent, err
		}
		var refused *courier.Refused
		switch {
		case err == nil:
			sent++
		case !errors.As(err, &refused):
			return sent, err
		}
	}
	return sent, nil
}

// note keeps what became of a letter.
func (m *Mailing) note(ctx context.Context, l store.Queued, failed error) error {
	now := m.now()
	return m.store.Write(ctx, "note what became of a letter", func(tx *store.Tx) error {
		if failed == nil {
			return tx.LetterSent(ctx, l.ID, now)
		}
		var refused *courier.Refused
		if errors.As(failed, &refused) || now.Sub(l.At) > untilLate {
			return tx.LetterFailed(ctx, l.ID, time.Time{}, failed.Error())
		}
		return tx.LetterFailed(ctx, l.ID, now.Add(min(longest, firstWait<<min(l.Tries, 9))), failed.Error())
	})
}
