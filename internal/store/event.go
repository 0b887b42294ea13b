package store

import (
	"context"
	"encoding/json"
	"time"

	"broadsheet/internal/news"
)

const eventColumns = `seq, kind, at, actor, edition_id, article_id, comment_id, note, touched`

func scanEvent(r scanner) (news.Event, error) {
	var e news.Event
	var at int64
	var touched string
	if err := r.Scan(&e.Seq, &e.Kind, &at, &e.Actor, &e.Edition, &e.Article, &e.Comment, &e.Note, &touched); err != nil {
		return e, err
	}
	e.At = fromMicro(at)
	return e, json.Unmarshal([]byte(touched), &e.Touched)
}

// AddEvent writes down what happened, in the transaction in which it happened.
func (tx *Tx) AddEvent(ctx context.Context, e news.Event) error {
	seq, err := tx.nextNumber(ctx, "event")
	if err != nil {
		return err
	}
	touched, err := json.Marshal(e.Touched)
	if err != nil {
		return err
	}
	tx.events++
	return tx.exec(ctx, `INSERT INTO event (`+eventColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		seq, string(e.Kind), micro(e.At), e.Actor, e.Edition, e.Article, e.Comment, e.Note, string(touched))
}

// EventsAfter lists what happened after a number, in order.
func (q queries) EventsAfter(ctx context.Context, seq int64, limit int) ([]news.Event, error) {
	return all(ctx, q, `SELECT `+eventColumns+` FROM event WHERE seq > $1 ORDER BY seq LIMIT $2`, []any{seq, limit}, scanEvent)
}

// LastEvent is the number of the newest event; 0 = none.
func (q queries) LastEvent(ctx context.Context) (int64, error) {
	var seq int64
	err := q.row(ctx, `SELECT value FROM counter WHERE name = 'event'`, nil, &seq)
	return seq, err
}

// ArticleEvents lists an article's history, newest first. Who opened and left
// its editor is no part of it; who took it over is.
func (q queries) ArticleEvents(ctx context.Context, id news.ID, limit int) ([]news.Event, error) {
	return all(ctx, q, `SELECT `+eventColumns+` FROM event
		WHERE article_id = $1 AND kind NOT IN ('article.held', 'article.asked', 'article.released') ORDER BY seq DESC LIMIT $2`, []any{id, limit}, scanEvent)
}

// LastDone is the newest event of a kind in an article's history; the zero
// Event if there was none.
func (q queries) LastDone(ctx context.Context, id news.ID, kind news.EventKind) (news.Event, error) {
	list, err := all(ctx, q, `SELECT `+eventColumns+` FROM event WHERE article_id = $1 AND kind = $2 ORDER BY seq DESC LIMIT 1`,
		[]any{id, string(kind)}, scanEvent)
	if err != nil || len(list) == 0 {
		return news.Event{}, err
	}
	return list[0], nil
}

// ArticleEventsBelow lists an article's history before an event, newest first.
func (q queries) ArticleEventsBelow(ctx context.Context, id news.ID, seq int64, limit int) ([]news.Event, error) {
	return all(ctx, q, `SELECT `+eventColumns+` FROM event
		WHERE article_id = $1 AND seq < $2 AND kind NOT IN ('article.held', 'article.asked', 'article.released') ORDER BY seq DESC LIMIT $3`,
		[]any{id, seq, limit}, scanEvent)
}

// RoomPlace is the last event a room has handled; 0 = none yet.
func (q queries) RoomPlace(ctx context.Context, room string) (int64, error) {
	var seq int64
	err := q.row(ctx, `SELECT seq FROM room WHERE name = $1`, []any{room}, &seq)
	if news.CodeOf(err) == news.NotFound {
		return 0, nil
	}
	return seq, err
}

// SetRoomPlace keeps how far a room has come. It never goes back.
func (tx *Tx) SetRoomPlace(ctx context.Context, room string, seq int64) error {
	return tx.exec(ctx, `INSERT INTO room (name, seq) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > room.seq`, room, seq)
}

// Acts says which acts of the record are wanted: those of one article, of one
// person, or of all; of a time.
type Acts struct {
	Article news.ID
	Person  news.PersonID // who did it
	Viewer  news.PersonID // who looks: of a protected author whom they were not told, nothing is found by the person
	From    time.Time     // zero = from the first
	To      time.Time     // up to it, not included; zero = to the last
	Below   int64         // the number of an event; 0 = from the newest
	Limit   int
}

// acts are events that are acts: to open and to leave an editor is none.
const acts = `kind NOT IN ('article.held', 'article.asked', 'article.released')`

// unveiled leaves out what a protected author did, of whom the viewer was not told.
const unveiled = `NOT EXISTS (SELECT 1 FROM protected_author p WHERE p.article_id = e.article_id AND p.person_id = e.actor AND p.person_id <> $6 AND p.set_by <> $6
	AND NOT EXISTS (SELECT 1 FROM protected_knower k WHERE k.article_id = p.article_id AND k.number = p.number AND k.person_id = $6))`

// Acts lists acts of the record, newest first.
func (q queries) Acts(ctx context.Context, w Acts) ([]news.Event, error) {
	low, high, err := q.actsBetween(ctx, w)
	if err != nil || high == 0 {
		return nil, err
	}
	from, to := int64(0), int64(1<<62)
	if !w.From.IsZero() {
		from = micro(w.From)
	}
	if !w.To.IsZero() {
		to = micro(w.To)
	}
	switch {
	case w.Article != 0 && w.Person != 0:
		return all(ctx, q, `SELECT `+eventColumns+` FROM event e WHERE article_id = $1 AND seq >= $2 AND seq <= $3 AND at >= $4 AND at < $5
			AND actor = $7 AND `+unveiled+` AND `+acts+` ORDER BY seq DESC LIMIT $8`,
			[]any{w.Article, low, high, from, to, w.Viewer, w.Person, w.Limit}, scanEvent)
	case w.Article != 0:
		return all(ctx, q, `SELECT `+eventColumns+` FROM event WHERE article_id = $1 AND seq >= $2 AND seq <= $3 AND at >= $4 AND at < $5
			AND `+acts+` ORDER BY seq DESC LIMIT $6`, []any{w.Article, low, high, from, to, w.Limit}, scanEvent)
	case w.Person != 0:
		return all(ctx, q, `SELECT `+eventColumns+` FROM event e WHERE actor = $1 AND seq >= $2 AND seq <= $3 AND at >= $4 AND at < $5
			AND `+unveiled+` AND `+acts+` ORDER BY seq DESC LIMIT $7`, []any{w.Person, low, high, from, to, w.Viewer, w.Limit}, scanEvent)
	}
	return all(ctx, q, `SELECT `+eventColumns+` FROM event WHERE seq >= $1 AND seq <= $2 AND at >= $3 AND at < $4 AND `+acts+` ORDER BY seq DESC LIMIT $5`,
		[]any{low, high, from, to, w.Limit}, scanEvent)
}

// actsBetween are the first and the last number that can be wanted; high 0 =
// there is none.
func (q queries) actsBetween(ctx context.Context, w Acts) (low, high int64, err error) {
	low, high = 1, int64(1<<62)
	if w.Below > 0 {
		high = w.Below - 1
	}
	if w.From.IsZero() && w.To.IsZero() {
		return low, high, nil
	}
	from, to := int64(0), int64(1<<62)
	if !w.From.IsZero() {
		from = micro(w.From)
	}
	if !w.To.IsZero() {
		to = micro(w.To)
	}
	var first, last int64
	err = q.row(ctx, `SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM event WHERE at >= $1 AND at < $2`, []any{from, to}, &first, &last)
	return first, min(high, last), err
}
