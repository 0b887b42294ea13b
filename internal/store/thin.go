package store

import (
	"context"
	"time"
)

// ThinDrafts thins out logs that nothing was added to since a time and whose
// end is in a revision, at most limit logs, and returns how many states are
// gone. What goes are states that the next one only adds to: all of their text
// stands in the next, in its order. So no text goes that stands nowhere else;
// what was typed and taken out again stays for good.
func (tx *Tx) ThinDrafts(ctx context.Context, since time.Time, limit int) (int, error) {
	tabs, err := all(ctx, tx.queries, `SELECT `+tabColumns+` FROM draft_tab WHERE settled >= seq AND NOT thinned AND at < $1 ORDER BY at LIMIT $2`,
		[]any{micro(since), limit}, scanTab)
	if err != nil {
		return 0, err
	}
	gone := 0
	for _, t := range tabs {
		n, err := tx.thin(ctx, t)
		if err != nil {
			return gone, err
		}
		gone += n
		if err := tx.exec(ctx, `UPDATE draft_tab SET thinned = TRUE WHERE article_id = $1 AND person_id = $2 AND tab = $3`, t.Article, t.Person, t.Tab); err != nil {
			return gone, err
		}
	}
	return gone, nil
}

func (tx *Tx) thin(ctx context.Context, t DraftTab) (int, error) {
	rows, err := all(ctx, tx.queries, `SELECT `+draftColumns+` FROM draft WHERE article_id = $1 AND person_id = $2 AND tab = $3 ORDER BY seq`,
		[]any{t.Article, t.Person, t.Tab}, scanDraft)
	if err != nil {
		return 0, err
	}
	drop, err := contained(rows)
	if err != nil {
		return 0, err
	}
	for seq := range drop {
		if err := tx.exec(ctx, `DELETE FROM draft WHERE article_id = $1 AND person_id = $2 AND tab = $3 AND seq = $4`, t.Article, t.Person, t.Tab, seq); err != nil {
			return 0, err
		}
	}
	return len(drop), nil
}

// contained names the states of a log whose text stands in the state after
// them. A whole state that one which stays is told by stays too.
func contained(rows []draftRow) (map[int64]bool, error) {
	drop := map[int64]bool{}
	wholes := map[int64]string{}
	text := ""
	for i := range rows {
		if rows[i].whole == rows[i].Seq {
			wholes[rows[i].Seq] = rows[i].splice.Put
		}
	}
	for i, row := range rows {
		var err error
		from := wholes[row.whole]
		if row.whole == row.Seq {
			from = ""
		}
		next, err := row.splice.Apply(from)
		if err != nil {
			return nil, err
		}
		if i > 0 && SpliceOf(text, next).adds() {
			drop[rows[i-1].Seq] = true
		}
		text = next
	}
	for _, row := range rows {
		if !drop[row.Seq] {
			delete(drop, row.whole)
		}
	}
	return drop, nil
}
