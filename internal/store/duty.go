package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"broadsheet/internal/news"
)

// Deadline is an article with the deadline of its placement.
type Deadline struct {
	news.Article
	DueAt time.Time
}

// longer is a row with one more column behind those that a scan function reads.
type longer struct {
	scanner
	last any
}

// Scan reads the row.
func (l longer) Scan(dest ...any) error { return l.scanner.Scan(append(dest, l.last)...) }

func scanDeadline(r scanner) (d Deadline, err error) {
	var due int64
	d.Article, err = scanArticle(longer{r, &due})
	d.DueAt = fromMicro(due)
	return d, err
}

// Deadlines lists open articles whose deadline falls from one moment to before
// another, the earliest first.
func (q queries) Deadlines(ctx context.Context, from, to time.Time, limit int) ([]Deadline, error) {
	var list []Deadline
	for _, state := range []news.State{news.Draft, news.InReview, news.Scheduled} {
		more, err := all(ctx, q, `SELECT `+articleColumns+`, due_at FROM article WHERE state = $1 AND due_at > 0 AND due_at >= $2 AND due_at < $3
			ORDER BY due_at, id LIMIT $4`, []any{string(state), micro(from), micro(to), limit}, scanDeadline)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.SortFunc(list, earlier)
	return list[:min(len(list), limit)], nil
}

func earlier(a, b Deadline) int {
	return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.Article.ID, b.Article.ID))
}

// Unplanned lists the articles of an edition whose placement is due from one
// moment to before another and that are on no plan, the earliest first.
func (q queries) Unplanned(ctx context.Context, e news.EditionID, from, to time.Time, limit int) ([]Deadline, error) {
	list, err := all(ctx, q, `SELECT `+articleColumns+`, due_at FROM article WHERE id IN (SELECT p.article_id FROM placement p
			WHERE p.due_at > 0 AND p.due_at >= $2 AND p.due_at < $3 AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.article_id = p.article_id AND s.article_id > 0)
			ORDER BY p.due_at, p.article_id LIMIT $4) AND edition_id = $1 AND state <> 'spiked'`, []any{e, micro(from), micro(to), limit}, scanDeadline)
	slices.SortFunc(list, earlier)
	return list, err
}

// ScheduledFor lists the articles that go out by themselves from one moment to
// before another, the earliest first.
func (q queries) ScheduledFor(ctx context.Context, from, to time.Time, limit int) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE state = 'scheduled' AND scheduled_for >= $1 AND scheduled_for < $2
		ORDER BY scheduled_for LIMIT $3`, []any{micro(from), micro(to), limit}, scanArticle)
}

// Embargoes lists the articles whose embargo ends from one moment to before
// another, the earliest first.
func (q queries) Embargoes(ctx context.Context, from, to time.Time, limit int) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE embargo_until > 0 AND embargo_until >= $1 AND embargo_until < $2
		ORDER BY embargo_until, id LIMIT $3`, []any{micro(from), micro(to), limit}, scanArticle)
}

// LabelEnds lists the articles of which a label ends from one moment to before
// another, the earliest first.
func (q queries) LabelEnds(ctx context.Context, k news.LabelKind, from, to time.Time, limit int) ([]news.Article, error) {
	if k == news.LabelSoFar {
		return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE so_far_until > 0 AND so_far_until >= $1 AND so_far_until < $2
			ORDER BY so_far_until, id LIMIT $3`, []any{micro(from), micro(to), limit}, scanArticle)
	}
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE developing_until > 0 AND developing_until >= $1 AND developing_until < $2
		ORDER BY developing_until, id LIMIT $3`, []any{micro(from), micro(to), limit}, scanArticle)
}

// PreparedFor lists the changes of live texts that are switched by themselves
// from one moment to before another, the earliest first.
func (q queries) PreparedFor(ctx context.Context, from, to time.Time, limit int) ([]news.Prepared, error) {
	return all(ctx, q, `SELECT `+preparedColumns+` FROM prepared WHERE due > 0 AND due >= $1 AND due < $2 ORDER BY due LIMIT $3`,
		[]any{micro(from), micro(to), limit}, scanPrepared)
}

// Unread lists the changes of live texts that wait for a colleague, the latest first.
func (q queries) Unread(ctx context.Context, limit int) ([]news.Prepared, error) {
	return all(ctx, q, `SELECT `+preparedColumns+` FROM prepared WHERE approved_by = 0 AND bypass_by = 0 ORDER BY submitted_at DESC, article_id DESC LIMIT $1`,
		[]any{limit}, scanPrepared)
}

// ChangedAlone lists the changes of live texts that went the recorded way round a
// colleague's approval since a time, the latest first.
func (q queries) ChangedAlone(ctx context.Context, since time.Time, limit int) ([]news.Correction, error) {
	return all(ctx, q, `SELECT `+correctionColumns+` FROM correction WHERE bypass <> '' AND at >= $1 ORDER BY at DESC, article_id DESC LIMIT $2`,
		[]any{micro(since), limit}, scanCorrection)
}
