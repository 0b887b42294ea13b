package store

import (
	"context"

	"broadsheet/internal/news"
)

const requestColumns = `id, article_id, edition_id, kind, name, email, text, state, at, outcome, decided_at, alone, answer, answered_by, answered_at, token, address`

func scanRequest(r scanner) (news.Request, error) {
	var q news.Request
	var at, decided, answered int64
	err := r.Scan(&q.ID, &q.Article, &q.Edition, &q.Kind, &q.Name, &q.Email, &q.Text, &q.State, &at, &q.Outcome, &decided, &q.Alone,
		&q.Answer, &q.AnsweredBy, &answered, &q.Token, &q.Address)
	q.At, q.DecidedAt, q.AnsweredAt = fromMicro(at), fromMicro(decided), fromMicro(answered)
	return q, err
}

// Request reads one reader's request.
func (q queries) Request(ctx context.Context, id news.RequestID) (news.Request, error) {
	return one(ctx, q, `SELECT `+requestColumns+` FROM request WHERE id = $1`, []any{id}, scanRequest)
}

// RequestByToken finds what a form has already brought.
func (q queries) RequestByToken(ctx context.Context, token string) (news.Request, error) {
	return one(ctx, q, `SELECT `+requestColumns+` FROM request WHERE token = $1`, []any{token}, scanRequest)
}

// RequestQueue lists requests in one state, newest first, below a place.
func (q queries) RequestQueue(ctx context.Context, state news.RequestState, below news.Place, limit int) ([]news.Request, error) {
	at, id := int64(1<<62), int64(1<<62)
	if !below.At.IsZero() {
		at, id = below.At.UnixMicro(), below.ID
	}
	return all(ctx, q, `SELECT `+requestColumns+` FROM request WHERE state = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4`,
		[]any{string(state), at, id, limit}, scanRequest)
}

// AddRequest keeps a reader's request and gives it its number.
func (tx *Tx) AddRequest(ctx context.Context, r *news.Request) error {
	n, err := tx.nextNumber(ctx, "request")
	if err != nil {
		return err
	}
	r.ID = news.RequestID(n)
	return tx.exec(ctx, `INSERT INTO request (`+requestColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		r.ID, r.Article, r.Edition, string(r.Kind), r.Name, r.Email, r.Text, string(r.State), micro(r.At), string(r.Outcome), micro(r.DecidedAt), r.Alone,
		r.Answer, r.AnsweredBy, micro(r.AnsweredAt), r.Token, r.Address)
}

// UpdateRequest keeps what an act changed. What the reader wrote stays.
func (tx *Tx) UpdateRequest(ctx context.Context, r news.Request) error {
	return tx.exec(ctx, `UPDATE request SET state = $2, outcome = $3, decided_at = $4, alone = $5, answer = $6, answered_by = $7, answered_at = $8 WHERE id = $1`,
		r.ID, string(r.State), string(r.Outcome), micro(r.DecidedAt), r.Alone, r.Answer, r.AnsweredBy, micro(r.AnsweredAt))
}

// SaveVoice keeps what a member of the panel says; it replaces what they said
// before.
func (tx *Tx) SaveVoice(ctx context.Context, v news.Voice) error {
	return tx.exec(ctx, `INSERT INTO request_voice (request_id, person_id, outcome, reason, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (request_id, person_id) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, at = excluded.at`,
		v.Request, v.By, string(v.Outcome), v.Reason, micro(v.At))
}

// Voices lists what the panel says of a request, in the order of the people's
// numbers. The role is the one that a person has now; somebody whose account is
// closed has none.
func (q queries) Voices(ctx context.Context, id news.RequestID) ([]news.Voice, error) {
	return all(ctx, q, `SELECT v.request_id, v.person_id, CASE WHEN p.disabled THEN '' ELSE p.role END, v.outcome, v.reason, v.at
		FROM request_voice v JOIN person p ON p.id = v.person_id WHERE v.request_id = $1 ORDER BY v.person_id`, []any{id}, func(r scanner) (news.Voice, error) {
		var v news.Voice
		var at int64
		err := r.Scan(&v.Request, &v.By, &v.Role, &v.Outcome, &v.Reason, &at)
		v.At = fromMicro(at)
		return v, err
	})
}
