package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// Draft is one state of what a person types in one window, before it is a
// revision.
type Draft struct {
	Article news.ID
	Person  news.PersonID
	Tab     string // names the window; made by the browser
	Seq     int64  // counted by the window, from 1
	Base    int    // the revision it was typed on
	At      time.Time
	Words   int
	Copy    string // JSON, as the browser sent it; "" in lists
}

// DraftTab is the end of one window's log.
type DraftTab struct {
	Article  news.ID
	Person   news.PersonID
	Tab      string
	Seq      int64 // its newest state
	Base     int
	At       time.Time
	Arrival  int64 // rises with each state that arrives, whatever the clocks
	Words    int
	Settled  int64 // the newest state that is in a revision, or that its writer is done with; 0 = none
	Revision int   // that revision; 0 = none
	Tried    int   // the head that the newest state could not be joined with by itself; 0 = it was not tried

	whole, size, spent int64 // the last state kept whole, its bytes, and those of the splices since
}

// Pending reports whether the newest state is in no revision yet.
func (t DraftTab) Pending() bool { return t.Settled < t.Seq }

const tabColumns = `article_id, person_id, tab, seq, base, at, arrival, words, whole, size, spent, settled, revision, tried`

func scanTab(r scanner) (DraftTab, error) {
	var t DraftTab
	var at int64
	err := r.Scan(&t.Article, &t.Person, &t.Tab, &t.Seq, &t.Base, &at, &t.Arrival, &t.Words, &t.whole, &t.size, &t.spent, &t.Settled, &t.Revision, &t.Tried)
	t.At = fromMicro(at)
	return t, err
}

// leastWhole is how many bytes of splices a whole state is worth at least.
const leastWhole = 4 << 10

// rowCost is what a state costs beside its text, in bytes.
const rowCost = 100

// KeepDraft adds a state to its window's log and returns the log's end. The
// same state sent again is kept once. One that comes late, after a newer one,
// is kept and changes nothing else. Another text under a number that was used
// is news.Conflict: two windows have one name.
//
// A state is kept as a splice of the last whole one as long as all splices
// since cost no more than that one: so typing costs hundreds of bytes a state,
// and any state is read with two rows.
func (tx *Tx) KeepDraft(ctx context.Context, d Draft) (DraftTab, error) {
	t, err := tx.DraftTab(ctx, d.Article, d.Person, d.Tab)
	switch {
	case news.CodeOf(err) == news.NotFound:
		t = DraftTab{Article: d.Article, Person: d.Person, Tab: d.Tab}
	case err != nil:
		return t, err
	case d.Seq <= t.Seq:
		return t, tx.keepLate(ctx, d)
	}
	splice, whole := Splice{Put: d.Copy}, d.Seq
	if t.whole > 0 {
		from, err := tx.draftText(ctx, d, t.whole)
		if err != nil {
			return t, err
		}
		if s := SpliceOf(from, d.Copy); t.spent+int64(len(s.Put))+rowCost <= max(t.size, leastWhole) {
			splice, whole = s, t.whole
		}
	}
	if t.spent += int64(len(splice.Put)) + rowCost; whole == d.Seq {
		t.whole, t.size, t.spent = d.Seq, int64(len(d.Copy)), 0
	}
	if t.Arrival, err = tx.nextNumber(ctx, "draft"); err != nil {
		return t, err
	}
	t.Seq, t.Base, t.At, t.Words, t.Tried = d.Seq, d.Base, d.At, d.Words, 0
	if err := tx.insertDraft(ctx, d, whole, splice); err != nil {
		return t, err
	}
	return t, tx.exec(ctx, `INSERT INTO draft_tab (`+tabColumns+`, thinned)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, FALSE)
		ON CONFLICT (article_id, person_id, tab) DO UPDATE SET seq = excluded.seq, base = excluded.base, at = excluded.at, arrival = excluded.arrival,
		words = excluded.words, whole = excluded.whole, size = excluded.size, spent = excluded.spent, tried = 0, thinned = FALSE`,
		t.Article, t.Person, t.Tab, t.Seq, t.Base, micro(t.At), t.Arrival, t.Words, t.whole, t.size, t.spent, t.Settled, t.Revision, t.Tried)
}

// keepLate keeps a state whose number the log has come past.
func (tx *Tx) keepLate(ctx context.Context, d Draft) error {
	was, err := tx.Draft(ctx, d.Article, d.Person, d.Tab, d.Seq)
	switch {
	case news.CodeOf(err) == news.NotFound:
		return tx.insertDraft(ctx, d, d.Seq, Splice{Put: d.Copy})
	case err != nil:
		return err
	case was.Copy != d.Copy:
		return news.Refuse(news.Conflict, "error.draft.window", "another window goes by the same name").In("tab")
	}
	return nil
}

func (tx *Tx) insertDraft(ctx context.Context, d Draft, whole int64, s Splice) error {
	return tx.exec(ctx, `INSERT INTO draft (article_id, person_id, tab, seq, base, at, words, whole, start, cut, put)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		d.Article, d.Person, d.Tab, d.Seq, d.Base, micro(d.At), d.Words, whole, s.Start, s.Cut, s.Put)
}

// draftRow is a state as it is kept.
type draftRow struct {
	Draft
	whole  int64
	splice Splice
}

func scanDraft(r scanner) (draftRow, error) {
	var d draftRow
	var at int64
	err := r.Scan(&d.Article, &d.Person, &d.Tab, &d.Seq, &d.Base, &at, &d.Words, &d.whole, &d.splice.Start, &d.splice.Cut, &d.splice.Put)
	d.At = fromMicro(at)
	return d, err
}

const draftColumns = `article_id, person_id, tab, seq, base, at, words, whole, start, cut, put`

// draftRow reads one state as it is kept.
func (q queries) draftRow(ctx context.Context, of Draft, seq int64) (draftRow, error) {
	return one(ctx, q, `SELECT `+draftColumns+` FROM draft WHERE article_id = $1 AND person_id = $2 AND tab = $3 AND seq = $4`,
		[]any{of.Article, of.Person, of.Tab, seq}, scanDraft)
}

// draftText is the text of a state that is kept whole.
func (q queries) draftText(ctx context.Context, of Draft, seq int64) (string, error) {
	row, err := q.draftRow(ctx, of, seq)
	return row.splice.Put, err
}

// Draft reads one state with its text.
func (q queries) Draft(ctx context.Context, id news.ID, person news.PersonID, tab string, seq int64) (Draft, error) {
	row, err := q.draftRow(ctx, Draft{Article: id, Person: person, Tab: tab}, seq)
	if err != nil {
		return Draft{}, err
	}
	from := ""
	if row.whole != row.Seq {
		if from, err = q.draftText(ctx, row.Draft, row.whole); err != nil {
			return Draft{}, err
		}
	}
	row.Copy, err = row.splice.Apply(from)
	return row.Draft, err
}

// DraftTab reads the end of one window's log.
func (q queries) DraftTab(ctx context.Context, id news.ID, person news.PersonID, tab string) (DraftTab, error) {
	return one(ctx, q, `SELECT `+tabColumns+` FROM draft_tab WHERE article_id = $1 AND person_id = $2 AND tab = $3`, []any{id, person, tab}, scanTab)
}

// Drafts lists the logs of an article, the one that was added to last first,
// at most limit.
func (q queries) Drafts(ctx context.Context, id news.ID, limit int) ([]DraftTab, error) {
	return all(ctx, q, `SELECT `+tabColumns+` FROM draft_tab WHERE article_id = $1 ORDER BY arrival DESC LIMIT $2`, []any{id, limit}, scanTab)
}

// mostPending is how many logs of one article are looked at for text that is
// in no revision.
const mostPending = 200

// PendingDrafts lists the logs of an article whose newest state is in no
// revision, the one that was added to last first.
func (q queries) PendingDrafts(ctx context.Context, id news.ID) ([]DraftTab, error) {
	return all(ctx, q, `SELECT `+tabColumns+` FROM draft_tab WHERE article_id = $1 AND settled < seq ORDER BY arrival DESC LIMIT $2`,
		[]any{id, mostPending}, scanTab)
}

// LatestDraft is what a person typed last and what is in no revision yet;
// news.NotFound when there is nothing.
func (q queries) LatestDraft(ctx context.Context, id news.ID, person news.PersonID) (Draft, error) {
	list, err := q.PendingDrafts(ctx, id)
	if err != nil {
		return Draft{}, err
	}
	for _, t := range list {
		if t.Person == person {
			return q.Draft(ctx, id, person, t.Tab, t.Seq)
		}
	}
	return Draft{}, news.Refuse(news.NotFound, "error.notfound", "there is no such thing")
}

// DraftStates lists the states of one log below a number (0 = from the
// newest), newest first and without their texts.
func (q queries) DraftStates(ctx context.Context, id news.ID, person news.PersonID, tab string, below int64, limit int) ([]Draft, error) {
	if below == 0 {
		below = 1 << 62
	}
	return all(ctx, q, `SELECT seq, base, at, words FROM draft WHERE article_id = $1 AND person_id = $2 AND tab = $3 AND seq < $4
		ORDER BY seq DESC LIMIT $5`, []any{id, person, tab, below, limit}, func(r scanner) (Draft, error) {
		d := Draft{Article: id, Person: person, Tab: tab}
		var at int64
		err := r.Scan(&d.Seq, &d.Base, &at, &d.Words)
		d.At = fromMicro(at)
		return d, err
	})
}

// SettleDraft notes that a log up to a state is in a revision; 0 = that its
// writer is done with it. It never goes back.
func (tx *Tx) SettleDraft(ctx context.Context, id news.ID, person news.PersonID, tab string, seq int64, revision int) error {
	return tx.exec(ctx, `UPDATE draft_tab SET settled = $4, revision = $5 WHERE article_id = $1 AND person_id = $2 AND tab = $3 AND settled < $4`,
		id, person, tab, seq, revision)
}

// TriedDraft notes that the newest state of a log could not become a revision
// by itself when head was the newest; it is left to people until it changes.
func (tx *Tx) TriedDraft(ctx context.Context, id news.ID, person news.PersonID, tab string, seq int64, head int) error {
	return tx.exec(ctx, `UPDATE draft_tab SET tried = $5 WHERE article_id = $1 AND person_id = $2 AND tab = $3 AND seq = $4`, id, person, tab, seq, head)
}

// PausedDrafts lists the logs that nothing was added to since a time, whose
// newest state is in no revision and was not tried, the longest pause first.
func (q queries) PausedDrafts(ctx context.Context, since time.Time, limit int) ([]DraftTab, error) {
	return all(ctx, q, `SELECT `+tabColumns+` FROM draft_tab WHERE settled < seq AND tried = 0 AND at < $1 ORDER BY at LIMIT $2`,
		[]any{micro(since), limit}, scanTab)
}
