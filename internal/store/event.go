package store

import (
	"context"
	"encoding/json"

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
