package store

import (
	"context"
	"slices"
	"time"

	"broadsheet/internal/news"
)

const preparedColumns = `article_id, revision, kind, note, acknowledged, submitted_by, submitted_at, approved_by, approved_at, bypass_by, bypass_at, bypass, due`

func scanPrepared(r scanner) (news.Prepared, error) {
	var c news.Prepared
	var submitted, approved, bypassed, due int64
	err := r.Scan(&c.Article, &c.Revision, &c.Kind, &c.Note, &c.Acknowledged, &c.SubmittedBy, &submitted, &c.Approval.By, &approved,
		&c.Bypass.By, &bypassed, &c.Bypass.Reason, &due)
	c.SubmittedAt, c.Approval.At, c.Bypass.At, c.Due = fromMicro(submitted), fromMicro(approved), fromMicro(bypassed), fromMicro(due)
	if c.Approval.By != 0 {
		c.Approval.Revision = c.Revision
	}
	return c, err
}

// Prepared reads the change that waits beside a live article; news.NotFound
// where none does.
func (q queries) Prepared(ctx context.Context, id news.ID) (news.Prepared, error) {
	return one(ctx, q, `SELECT `+preparedColumns+` FROM prepared WHERE article_id = $1`, []any{id}, scanPrepared)
}

// SavePrepared keeps the change that waits beside a live article.
func (tx *Tx) SavePrepared(ctx context.Context, c news.Prepared) error {
	return tx.exec(ctx, `INSERT INTO prepared (`+preparedColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (article_id) DO UPDATE SET revision = excluded.revision, kind = excluded.kind, note = excluded.note, acknowledged = excluded.acknowledged,
		submitted_by = excluded.submitted_by, submitted_at = excluded.submitted_at, approved_by = excluded.approved_by, approved_at = excluded.approved_at,
		bypass_by = excluded.bypass_by, bypass_at = excluded.bypass_at, bypass = excluded.bypass, due = excluded.due`,
		c.Article, c.Revision, string(c.Kind), c.Note, c.Acknowledged, c.SubmittedBy, micro(c.SubmittedAt), c.Approval.By, micro(c.Approval.At),
		c.Bypass.By, micro(c.Bypass.At), c.Bypass.Reason, micro(c.Due))
}

// DropPrepared forgets the change that waited: it was switched, or given back.
func (tx *Tx) DropPrepared(ctx context.Context, id news.ID) error {
	return tx.exec(ctx, `DELETE FROM prepared WHERE article_id = $1`, id)
}

// PreparedDue lists the changes whose time has come, the earliest first.
func (q queries) PreparedDue(ctx context.Context, now time.Time, limit int) ([]news.Prepared, error) {
	return all(ctx, q, `SELECT `+preparedColumns+` FROM prepared WHERE due > 0 AND due <= $1 ORDER BY due LIMIT $2`, []any{micro(now), limit}, scanPrepared)
}

// NextPrepared is when the next change is switched by itself; zero = none waits.
func (q queries) NextPrepared(ctx context.Context) (time.Time, error) {
	var at int64
	err := q.row(ctx, `SELECT due FROM prepared WHERE due > 0 ORDER BY due LIMIT 1`, nil, &at)
	if news.CodeOf(err) == news.NotFound {
		return time.Time{}, nil
	}
	return fromMicro(at), err
}

// Writers are the people who wrote on an article after a revision, up to
// another, each once.
func (q queries) Writers(ctx context.Context, id news.ID, after, upTo int) ([]news.PersonID, error) {
	list, err := all(ctx, q, `SELECT person_id FROM revision WHERE article_id = $1 AND number > $2 AND number <= $3`, []any{id, after, upTo},
		func(r scanner) (news.PersonID, error) {
			var who news.PersonID
			return who, r.Scan(&who)
		})
	slices.Sort(list)
	return slices.Compact(list), err
}

// Anonymity is a name that is to go with the next change of an article.
type Anonymity struct {
	Article     news.ID
	Names       []string
	Replacement string
	By          news.PersonID
	At          time.Time
}
