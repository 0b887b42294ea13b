package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// Queued is a letter that waits to be sent.
type Queued struct {
	news.Letter
	ID    int64
	Tries int // that failed
}

// QueueLetter puts a letter into the outbox, in the transaction of the act that
// wrote it: it is sent when the act is kept, and not otherwise.
func (tx *Tx) QueueLetter(ctx context.Context, l news.Letter) error {
	n, err := tx.nextNumber(ctx, "letter")
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO letter (id, recipient, subject, text, language, at, due, tries, sent_at, trouble) VALUES ($1, $2, $3, $4, $5, $6, $6, 0, 0, '')`,
		n, l.To, l.Subject, l.Text, l.Language, micro(l.At))
}

// LettersDue lists the letters that wait to be sent, the longest waiting first.
func (q queries) LettersDue(ctx context.Context, now time.Time, limit int) ([]Queued, error) {
	return all(ctx, q, `SELECT id, tries, recipient, subject, text, language, at FROM letter WHERE sent_at = 0 AND due > 0 AND due <= $1 ORDER BY due, id LIMIT $2`,
		[]any{micro(now), limit}, func(r scanner) (Queued, error) {
			var l Queued
			var at int64
			err := r.Scan(&l.ID, &l.Tries, &l.To, &l.Subject, &l.Text, &l.Language, &at)
			l.At = fromMicro(at)
			return l, err
		})
}

// LetterSent notes that a letter has gone out.
func (tx *Tx) LetterSent(ctx context.Context, id int64, at time.Time) error {
	return tx.exec(ctx, `UPDATE letter SET sent_at = $2, tries = tries + 1, trouble = '' WHERE id = $1`, id, micro(at))
}

// LetterFailed notes why a letter did not go out, and when it is tried again;
// zero = never.
func (tx *Tx) LetterFailed(ctx context.Context, id int64, again time.Time, trouble string) error {
	return tx.exec(ctx, `UPDATE letter SET due = $2, tries = tries + 1, trouble = $3 WHERE id = $1`, id, micro(again), trouble)
}
