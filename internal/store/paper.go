package store

import (
	"context"
	"crypto/rand"

	"broadsheet/internal/news"
)

// Paper reads the house's own settings; news.NotFound before the first start.
func (q queries) Paper(ctx context.Context) (news.Paper, error) {
	var p news.Paper
	err := q.row(ctx, `SELECT name, language, four_eyes, set_up, second_factor FROM paper WHERE id = 1`, nil, &p.Name, &p.Language, &p.FourEyes, &p.SetUp, &p.SecondFactor)
	return p, err
}

// PaperSecret is the key under which readers' addresses are hashed.
func (q queries) PaperSecret(ctx context.Context) (string, error) {
	var secret string
	err := q.row(ctx, `SELECT secret FROM paper WHERE id = 1`, nil, &secret)
	return secret, err
}

// SavePaper keeps the house's settings. The first call makes its secret.
func (tx *Tx) SavePaper(ctx context.Context, p news.Paper) error {
	return tx.exec(ctx, `INSERT INTO paper (id, name, language, four_eyes, set_up, second_factor, secret) VALUES (1, $1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, four_eyes = excluded.four_eyes, set_up = excluded.set_up,
		second_factor = excluded.second_factor`, p.Name, p.Language, p.FourEyes, p.SetUp, p.SecondFactor, rand.Text())
}

// FormResult says what a desk form with that token once did: the number it
// answered, and whether it was carried out at all.
func (q queries) FormResult(ctx context.Context, token string) (int64, bool, error) {
	var result int64
	err := q.row(ctx, `SELECT result FROM form WHERE token = $1`, []any{token}, &result)
	if news.CodeOf(err) == news.NotFound {
		return 0, false, nil
	}
	return result, err == nil, err
}

// SaveForm remembers that the form was carried out, in the act's own transaction.
func (tx *Tx) SaveForm(ctx context.Context, token string, result, at int64) error {
	return tx.exec(ctx, `INSERT INTO form (token, result, at) VALUES ($1, $2, $3)`, token, result, at)
}
