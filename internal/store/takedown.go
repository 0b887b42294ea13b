package store

import (
	"context"
	"encoding/json"
	"strings"

	"broadsheet/internal/news"
)

// Withdrawal is a withdrawn article and where it stood: feeds tell those who
// have it that it is gone.
type Withdrawal struct {
	Article news.ID
	Placing news.Placing // PublishedAt is the time of the withdrawal
}

// keepWithdrawal notes where an article stood. A take-down after a kill leaves
// the first time: feeds have told it already.
func (tx *Tx) keepWithdrawal(ctx context.Context, a news.Article, live news.Content) error {
	at := a.Placing(live)
	topics, err := json.Marshal(at.Topics)
	if err != nil {
		return err
	}
	bylines, err := json.Marshal(at.Bylines)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO withdrawal (article_id, edition_id, at, section_id, topics, bylines) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (article_id) DO NOTHING`, a.ID, a.Edition, micro(a.Kill.At), at.Section, string(topics), string(bylines))
}

// Withdrawals lists an edition's withdrawn articles, the last first.
func (q queries) Withdrawals(ctx context.Context, edition news.EditionID, limit int) ([]Withdrawal, error) {
	return all(ctx, q, `SELECT article_id, at, section_id, topics, bylines FROM withdrawal WHERE edition_id = $1 ORDER BY at DESC, article_id DESC LIMIT $2`,
		[]any{edition, limit}, func(r scanner) (Withdrawal, error) {
			var w Withdrawal
			var at int64
			var topics, bylines string
			if err := r.Scan(&w.Article, &at, &w.Placing.Section, &topics, &bylines); err != nil {
				return w, err
			}
			w.Placing.PublishedAt = fromMicro(at)
			if err := json.Unmarshal([]byte(topics), &w.Placing.Topics); err != nil {
				return w, err
			}
			return w, json.Unmarshal([]byte(bylines), &w.Placing.Bylines)
		})
}

const takeDownColumns = `article_id, person_id, at, reason, reference, legal, erased, hash`

// TakeDown reads the record of a take-down.
func (q queries) TakeDown(ctx context.Context, id news.ID) (news.TakeDown, error) {
	return one(ctx, q, `SELECT `+takeDownColumns+` FROM takedown WHERE article_id = $1`, []any{id}, func(r scanner) (news.TakeDown, error) {
		var t news.TakeDown
		var at int64
		err := r.Scan(&t.Article, &t.By, &at, &t.Reason, &t.Reference, &t.Legal, &t.Erased, &t.Hash)
		t.At = fromMicro(at)
		return t, err
	})
}

// AddTakeDown keeps the record of a take-down and closes what lets its text
// out: preview links, what people typed and have not saved, notes in the
// margin, changes that wait.
func (tx *Tx) AddTakeDown(ctx context.Context, t news.TakeDown) error {
	if err := tx.exec(ctx, `INSERT INTO takedown (`+takeDownColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.Article, t.By, micro(t.At), t.Reason, t.Reference, t.Legal, t.Erased, t.Hash); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE preview_link SET expires_at = $2 WHERE article_id = $1 AND expires_at > $2`, t.Article, micro(t.At)); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE mention SET open = FALSE WHERE article_id = $1`, t.Article); err != nil {
		return err
	}
	if err := tx.DropPrepared(ctx, t.Article); err != nil {
		return err
	}
	return tx.DropAnonymity(ctx, t.Article)
}

// Erase removes every text of an article from the store. It is the one way in
// which a frozen revision changes; the record says who did it, when and why.
func (tx *Tx) Erase(ctx context.Context, id news.ID) error {
	if err := tx.exec(ctx, `UPDATE revision SET kicker = '', headline = '', standfirst = '', opening = '', slugline = '', bylines = '[]', place = '', country = '',
		source = '', credit = '', body = '{"type":"doc","version":2,"content":[]}', words = 0, note = '' WHERE article_id = $1`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE correction SET note = '', headline = '', material = '' WHERE article_id = $1`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE event SET note = '' WHERE article_id = $1
		AND kind NOT IN ('article.labelled', 'change.scheduled', 'article.shown', 'article.taken-down', 'request.voiced', 'request.decided', 'request.answered')`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE withdrawal SET bylines = '[]' WHERE article_id = $1`, id); err != nil {
		return err
	}
	return tx.eraseBeside(ctx, id)
}

// eraseBeside removes what was written beside an article and in its margin.
func (tx *Tx) eraseBeside(ctx context.Context, id news.ID) error {
	if err := tx.exec(ctx, `UPDATE note SET text = '', exact = '', before = '', after = '' WHERE article_id = $1`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM draft WHERE article_id = $1`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM draft_tab WHERE article_id = $1`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM aside WHERE article_id = $1`, id)
}

// SaveAnonymity keeps which names are to go, until the change is switched.
func (tx *Tx) SaveAnonymity(ctx context.Context, a Anonymity) error {
	return tx.exec(ctx, `INSERT INTO anonymity (article_id, name, replacement, person_id, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (article_id) DO UPDATE SET name = excluded.name, replacement = excluded.replacement, person_id = excluded.person_id, at = excluded.at`,
		a.Article, strings.Join(a.Names, "\n"), a.Replacement, a.By, micro(a.At))
}

// Anonymity reads which names are to go; news.NotFound where none is.
func (q queries) Anonymity(ctx context.Context, id news.ID) (Anonymity, error) {
	return one(ctx, q, `SELECT article_id, name, replacement, person_id, at FROM anonymity WHERE article_id = $1`, []any{id}, func(r scanner) (Anonymity, error) {
		var a Anonymity
		var at int64
		var name string
		err := r.Scan(&a.Article, &name, &a.Replacement, &a.By, &at)
		a.Names, a.At = news.ParseNames(name), fromMicro(at)
		return a, err
	})
}

// DropAnonymity forgets which names were to go: the record does not keep what
// the page no longer says.
func (tx *Tx) DropAnonymity(ctx context.Context, id news.ID) error {
	return tx.exec(ctx, `DELETE FROM anonymity WHERE article_id = $1`, id)
}
