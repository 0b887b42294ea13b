package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// ProtectedAuthors reads who the protected bylines of an article stand for,
// with those who were told. Only what decides who may know calls it.
func (q queries) ProtectedAuthors(ctx context.Context, id news.ID) ([]news.ProtectedAuthor, error) {
	list, err := all(ctx, q, `SELECT article_id, number, person_id, name, set_by, set_at FROM protected_author WHERE article_id = $1 ORDER BY number`, []any{id},
		func(r scanner) (news.ProtectedAuthor, error) {
			var p news.ProtectedAuthor
			var at int64
			err := r.Scan(&p.Article, &p.Number, &p.Person, &p.Name, &p.By, &at)
			p.At = fromMicro(at)
			return p, err
		})
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Knowers, err = all(ctx, q, `SELECT person_id FROM protected_knower WHERE article_id = $1 AND number = $2 ORDER BY person_id`,
			[]any{id, list[i].Number}, scanPersonID)
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func scanPersonID(r scanner) (id news.PersonID, err error) {
	err = r.Scan(&id)
	return id, err
}

// Veiled are the members of staff who are protected authors of an article and
// whose name the viewer was not told. For most articles it is empty.
func (q queries) Veiled(ctx context.Context, id news.ID, viewer news.PersonID) ([]news.Veil, error) {
	return all(ctx, q, `SELECT person_id, set_at FROM protected_author p WHERE p.article_id = $1 AND p.person_id > 0 AND p.person_id <> $2 AND p.set_by <> $2
		AND NOT EXISTS (SELECT 1 FROM protected_knower k WHERE k.article_id = p.article_id AND k.number = p.number AND k.person_id = $2)`,
		[]any{id, viewer}, func(r scanner) (v news.Veil, err error) {
			var at int64
			err = r.Scan(&v.Person, &at)
			v.Since = fromMicro(at)
			return v, err
		})
}

// Protects lists the articles whose protected author a person is.
func (q queries) Protects(ctx context.Context, person news.PersonID) ([]news.ID, error) {
	return all(ctx, q, `SELECT article_id FROM protected_author WHERE person_id = $1 AND person_id > 0 ORDER BY article_id`, []any{person}, func(r scanner) (id news.ID, err error) {
		err = r.Scan(&id)
		return id, err
	})
}

// SaveProtected keeps who a protected byline stands for.
func (tx *Tx) SaveProtected(ctx context.Context, p news.ProtectedAuthor) error {
	return tx.exec(ctx, `INSERT INTO protected_author (article_id, number, person_id, name, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (article_id, number) DO UPDATE SET person_id = excluded.person_id, name = excluded.name`,
		p.Article, p.Number, p.Person, p.Name, p.By, micro(p.At))
}

// TellProtected tells somebody who a protected byline stands for.
func (tx *Tx) TellProtected(ctx context.Context, p news.ProtectedAuthor, who, by news.PersonID, at time.Time) error {
	return tx.exec(ctx, `INSERT INTO protected_knower (article_id, number, person_id, told_by, told_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (article_id, number, person_id) DO NOTHING`, p.Article, p.Number, who, by, micro(at))
}

// UntellProtected closes the name to somebody again. What they have read they
// know.
func (tx *Tx) UntellProtected(ctx context.Context, p news.ProtectedAuthor, who news.PersonID) error {
	return tx.exec(ctx, `DELETE FROM protected_knower WHERE article_id = $1 AND number = $2 AND person_id = $3`, p.Article, p.Number, who)
}
