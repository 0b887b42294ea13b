package store

import (
	"context"

	"broadsheet/internal/news"
)

const noteColumns = `id, article_id, thread_id, person_id, at, text, exact, before, after, revision, withdrawn_at, resolved_by, resolved_at`

func scanNote(r scanner) (news.Note, error) {
	var n news.Note
	var at, withdrawn, resolved int64
	err := r.Scan(&n.ID, &n.Article, &n.Thread, &n.By, &at, &n.Text, &n.Quote.Exact, &n.Quote.Before, &n.Quote.After, &n.Revision, &withdrawn, &n.ResolvedBy, &resolved)
	n.At, n.WithdrawnAt, n.ResolvedAt = fromMicro(at), fromMicro(withdrawn), fromMicro(resolved)
	return n, err
}

// AddNote keeps a note, gives it its number and notes whom it mentions. One
// without a thread begins one.
func (tx *Tx) AddNote(ctx context.Context, n *news.Note) error {
	number, err := tx.nextNumber(ctx, "note")
	if err != nil {
		return err
	}
	if n.ID = news.NoteID(number); n.Thread == 0 {
		n.Thread = n.ID
	}
	if err := tx.exec(ctx, `INSERT INTO note (`+noteColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		n.ID, n.Article, n.Thread, n.By, micro(n.At), n.Text, n.Quote.Exact, n.Quote.Before, n.Quote.After, n.Revision, micro(n.WithdrawnAt), n.ResolvedBy, micro(n.ResolvedAt)); err != nil {
		return err
	}
	for _, p := range n.Mentions {
		if err := tx.exec(ctx, `INSERT INTO mention (note_id, person_id, thread_id, article_id, at, open) VALUES ($1, $2, $3, $4, $5, $6)`,
			n.ID, p, n.Thread, n.Article, micro(n.At), true); err != nil {
			return err
		}
	}
	return nil
}

// SaveNote keeps what happened to a note: that it was withdrawn, which takes
// its mentions back, or that its thread was resolved or reopened.
func (tx *Tx) SaveNote(ctx context.Context, n news.Note) error {
	if err := tx.exec(ctx, `UPDATE note SET withdrawn_at = $2, resolved_by = $3, resolved_at = $4 WHERE id = $1`,
		n.ID, micro(n.WithdrawnAt), n.ResolvedBy, micro(n.ResolvedAt)); err != nil {
		return err
	}
	if !n.WithdrawnAt.IsZero() {
		if err := tx.exec(ctx, `DELETE FROM mention WHERE note_id = $1`, n.ID); err != nil {
			return err
		}
	}
	if !n.First() {
		return nil
	}
	return tx.exec(ctx, `UPDATE mention SET open = $2 WHERE thread_id = $1`, n.Thread, n.ResolvedAt.IsZero())
}

// Note reads one note, without whom it mentions.
func (q queries) Note(ctx context.Context, id news.NoteID) (news.Note, error) {
	return one(ctx, q, `SELECT `+noteColumns+` FROM note WHERE id = $1`, []any{id}, scanNote)
}

// Notes lists an article's notes as they were written, at most limit of them.
func (q queries) Notes(ctx context.Context, article news.ID, limit int) ([]news.Note, error) {
	list, err := all(ctx, q, `SELECT `+noteColumns+` FROM note WHERE article_id = $1 ORDER BY id LIMIT $2`, []any{article, limit}, scanNote)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	type mention struct {
		note news.NoteID
		who  news.PersonID
	}
	mentions, err := all(ctx, q, `SELECT note_id, person_id FROM mention WHERE article_id = $1 ORDER BY note_id`, []any{article}, func(r scanner) (mention, error) {
		var m mention
		return m, r.Scan(&m.note, &m.who)
	})
	if err != nil {
		return nil, err
	}
	at := map[news.NoteID]int{}
	for i, n := range list {
		at[n.ID] = i
	}
	for _, m := range mentions {
		if i, ok := at[m.note]; ok {
			list[i].Mentions = append(list[i].Mentions, m.who)
		}
	}
	return list, nil
}

// NotesFor lists the notes of open threads that mention a person, newest first.
func (q queries) NotesFor(ctx context.Context, who news.PersonID, limit int) ([]news.Note, error) {
	return all(ctx, q, `SELECT n.id, n.article_id, n.thread_id, n.person_id, n.at, n.text, n.exact, n.before, n.after, n.revision, n.withdrawn_at, n.resolved_by, n.resolved_at
		FROM mention m JOIN note n ON n.id = m.note_id WHERE m.person_id = $1 AND m.open ORDER BY m.at DESC, m.note_id DESC LIMIT $2`, []any{who, limit}, scanNote)
}
