package store

import (
	"context"

	"broadsheet/internal/news"
)

const commentColumns = `id, article_id, edition_id, name, email, text, state, before, shown, at, decided_by, decided_at, token, address`

func scanComment(r scanner) (news.Comment, error) {
	var c news.Comment
	var at, decided int64
	err := r.Scan(&c.ID, &c.Article, &c.Edition, &c.Name, &c.Email, &c.Text, &c.State, &c.Before, &c.Shown, &at, &c.DecidedBy, &decided, &c.Token, &c.Address)
	c.At, c.DecidedAt = fromMicro(at), fromMicro(decided)
	return c, err
}

// Comment reads one comment.
func (q queries) Comment(ctx context.Context, id news.CommentID) (news.Comment, error) {
	return one(ctx, q, `SELECT `+commentColumns+` FROM comment WHERE id = $1`, []any{id}, scanComment)
}

// CommentByToken finds what a form has already brought.
func (q queries) CommentByToken(ctx context.Context, token string) (news.Comment, error) {
	return one(ctx, q, `SELECT `+commentColumns+` FROM comment WHERE token = $1`, []any{token}, scanComment)
}

// ShownComments lists an article's approved comments in the order in which
// they were approved, after the place given (0 = from the first).
func (q queries) ShownComments(ctx context.Context, id news.ID, after, limit int) ([]news.Comment, error) {
	return all(ctx, q, `SELECT `+commentColumns+` FROM comment WHERE article_id = $1 AND state = 'approved' AND shown > $2
		ORDER BY shown LIMIT $3`, []any{id, after, limit}, scanComment)
}

// CommentQueue lists the paper's comments in one state, newest first, below a place.
func (q queries) CommentQueue(ctx context.Context, state news.CommentState, below news.Place, limit int) ([]news.Comment, error) {
	at, id := int64(1<<62), int64(1<<62)
	if !below.At.IsZero() {
		at, id = below.At.UnixMicro(), below.ID
	}
	return all(ctx, q, `SELECT `+commentColumns+` FROM comment WHERE state = $1 AND (at, id) < ($2, $3)
		ORDER BY at DESC, id DESC LIMIT $4`, []any{string(state), at, id, limit}, scanComment)
}

// AddComment keeps a reader's comment and gives it its number.
func (tx *Tx) AddComment(ctx context.Context, c *news.Comment) error {
	n, err := tx.nextNumber(ctx, "comment")
	if err != nil {
		return err
	}
	c.ID = news.CommentID(n)
	return tx.exec(ctx, `INSERT INTO comment (`+commentColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		c.ID, c.Article, c.Edition, c.Name, c.Email, c.Text, string(c.State), string(c.Before), c.Shown, micro(c.At), c.DecidedBy, micro(c.DecidedAt), c.Token, c.Address)
}

// DecideComment keeps a decision and counts the article's shown comments. A
// comment that is shown for the first time gets the next place.
func (tx *Tx) DecideComment(ctx context.Context, c news.Comment) (news.Comment, error) {
	was, err := tx.Comment(ctx, c.ID)
	if err != nil {
		return c, err
	}
	if c.State == news.CommentApproved && was.Shown == 0 {
		var last int
		// Counted over those no longer shown too: a place is never given twice.
		err := tx.row(ctx, `SELECT shown FROM comment WHERE article_id = $1 ORDER BY shown DESC LIMIT 1`, []any{c.Article}, &last)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return c, err
		}
		c.Shown = last + 1
	}
	change := 0
	if c.State == news.CommentApproved {
		change++
	}
	if was.State == news.CommentApproved {
		change--
	}
	if err := tx.exec(ctx, `UPDATE comment SET state = $2, before = $3, shown = $4, decided_by = $5, decided_at = $6 WHERE id = $1`,
		c.ID, string(c.State), string(c.Before), c.Shown, c.DecidedBy, micro(c.DecidedAt)); err != nil {
		return c, err
	}
	return c, tx.exec(ctx, `UPDATE article SET comment_count = comment_count + $2 WHERE id = $1`, c.Article, change)
}
