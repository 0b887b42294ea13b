package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

const articleColumns = `id, edition_id, section_id, story_id, state, head, live, creator, headline, slugline, urgency,
	created_at, changed_at, changed_by, published_at, updated_at, submitted_by, approved_by, approved_at, approved_revision,
	bypass_by, bypass_at, bypass_reason, scheduled_for, embargo_until, killed_by, killed_at, kill_note,
	comment_rule, comment_count, coalesce(source_key, ''), source_hash, developing_until, so_far_until, no_index, sealed, versions_from, desk_id, assignee, stage`

func scanArticle(r scanner) (news.Article, error) {
	var a news.Article
	var created, changed, published, updated, approved, bypassed, scheduled, embargo, killed, developing, soFar int64
	err := r.Scan(&a.ID, &a.Edition, &a.Section, &a.Story, &a.State, &a.Head, &a.Live, &a.Creator, &a.Headline, &a.Slugline, &a.Urgency,
		&created, &changed, &a.ChangedBy, &published, &updated, &a.SubmittedBy, &a.Approval.By, &approved, &a.Approval.Revision,
		&a.Bypass.By, &bypassed, &a.Bypass.Reason, &scheduled, &embargo, &a.Kill.By, &killed, &a.Kill.Note,
		&a.CommentRule, &a.CommentCount, &a.SourceKey, &a.SourceHash, &developing, &soFar, &a.NoIndex, &a.Sealed, &a.VersionsFrom, &a.Desk, &a.Assignee, &a.Stage)
	a.Labels = news.Labels{Developing: fromMicro(developing), SoFar: fromMicro(soFar)}
	a.CreatedAt, a.ChangedAt, a.PublishedAt, a.UpdatedAt = fromMicro(created), fromMicro(changed), fromMicro(published), fromMicro(updated)
	a.Approval.At, a.Bypass.At, a.ScheduledFor = fromMicro(approved), fromMicro(bypassed), fromMicro(scheduled)
	a.EmbargoUntil, a.Kill.At = fromMicro(embargo), fromMicro(killed)
	return a, err
}

// Article reads one article by its News ID.
func (q queries) Article(ctx context.Context, id news.ID) (news.Article, error) {
	return one(ctx, q, `SELECT `+articleColumns+` FROM article WHERE id = $1`, []any{id}, scanArticle)
}

// ArticleBySource finds what an import made from one item of a source.
func (q queries) ArticleBySource(ctx context.Context, key string) (news.Article, error) {
	return one(ctx, q, `SELECT `+articleColumns+` FROM article WHERE source_key = $1`, []any{key}, scanArticle)
}

// NewID gives out the next free News ID. An import may have taken numbers
// ahead of the counter: those are passed over.
func (tx *Tx) NewID(ctx context.Context) (news.ID, error) {
	for {
		n, err := tx.nextNumber(ctx, "article")
		if err != nil {
			return 0, err
		}
		if news.ID(n) > news.MaxID {
			return 0, news.Refuse(news.Invalid, "error.newsid.end", "all News IDs up to %d are used", news.MaxID)
		}
		var taken bool
		if err := tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM article WHERE id = $1)`, []any{n}, &taken); err != nil {
			return 0, err
		}
		if !taken {
			return news.ID(n), nil
		}
	}
}

// TakeID keeps a number that an import came with; a number in use is
// news.Conflict. Later drafts are numbered after it.
func (tx *Tx) TakeID(ctx context.Context, id news.ID) error {
	if id < 1 || id > news.MaxID {
		return news.Refuse(news.Invalid, "error.newsid", "a News ID is a number from 1 to %d", news.MaxID)
	}
	var taken bool
	if err := tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM article WHERE id = $1)`, []any{id}, &taken); err != nil {
		return err
	}
	if taken {
		return news.Refuse(news.Conflict, "error.newsid.taken", "News ID %d belongs to another article", id)
	}
	return tx.exec(ctx, `UPDATE counter SET value = $1 WHERE name = 'article' AND value < $1`, id)
}

// InsertArticle keeps a new article under its number.
func (tx *Tx) InsertArticle(ctx context.Context, a news.Article) error {
	return tx.exec(ctx, `INSERT INTO article (id, edition_id, section_id, story_id, state, head, live, live_section_id, creator, headline, slugline, urgency,
		created_at, changed_at, changed_by, published_at, updated_at, submitted_by, approved_by, approved_at, approved_revision,
		bypass_by, bypass_at, bypass_reason, scheduled_for, embargo_until, killed_by, killed_at, kill_note,
		comment_rule, comment_count, source_key, source_hash, developing_until, so_far_until, no_index, sealed, versions_from, desk_id, assignee, stage)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $33, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
		$29, $30, nullif($31, ''), $32, $34, $35, $36, $37, $38, $39, $40, $41)`,
		a.ID, a.Edition, a.Section, a.Story, string(a.State), a.Head, a.Live, a.Creator, a.Headline, a.Slugline, a.Urgency,
		micro(a.CreatedAt), micro(a.ChangedAt), a.ChangedBy, micro(a.PublishedAt), micro(a.UpdatedAt), a.SubmittedBy,
		a.Approval.By, micro(a.Approval.At), a.Approval.Revision, a.Bypass.By, micro(a.Bypass.At), a.Bypass.Reason,
		micro(a.ScheduledFor), micro(a.EmbargoUntil), a.Kill.By, micro(a.Kill.At), a.Kill.Note,
		string(a.CommentRule), a.CommentCount, a.SourceKey, a.SourceHash, liveSection(a), micro(a.Labels.Developing), micro(a.Labels.SoFar), a.NoIndex, a.Sealed, a.VersionsFrom,
		a.Desk, a.Assignee, a.Stage)
}

// liveSection is the section in whose list an article stands; 0 = in none.
func liveSection(a news.Article) news.SectionID {
	if a.Live == 0 {
		return 0
	}
	return a.Section
}

// UpdateArticle keeps what an act changed. Number, edition, creator and
// source stay, and with whom it lies: see SavePlacement.
func (tx *Tx) UpdateArticle(ctx context.Context, a news.Article) error {
	return tx.exec(ctx, `UPDATE article SET section_id = $2, story_id = $3, state = $4, head = $5, live = $6, headline = $7, slugline = $8, urgency = $9,
		changed_at = $10, changed_by = $11, published_at = $12, updated_at = $13, submitted_by = $14,
		approved_by = $15, approved_at = $16, approved_revision = $17, bypass_by = $18, bypass_at = $19, bypass_reason = $20,
		scheduled_for = $21, embargo_until = $22, killed_by = $23, killed_at = $24, kill_note = $25, comment_rule = $26, source_hash = $27,
		developing_until = $28, so_far_until = $29, no_index = $30, sealed = $31, versions_from = $32 WHERE id = $1`,
		a.ID, a.Section, a.Story, string(a.State), a.Head, a.Live, a.Headline, a.Slugline, a.Urgency,
		micro(a.ChangedAt), a.ChangedBy, micro(a.PublishedAt), micro(a.UpdatedAt), a.SubmittedBy,
		a.Approval.By, micro(a.Approval.At), a.Approval.Revision, a.Bypass.By, micro(a.Bypass.At), a.Bypass.Reason,
		micro(a.ScheduledFor), micro(a.EmbargoUntil), a.Kill.By, micro(a.Kill.At), a.Kill.Note, string(a.CommentRule), a.SourceHash,
		micro(a.Labels.Developing), micro(a.Labels.SoFar), a.NoIndex, a.Sealed, a.VersionsFrom)
}

// Due lists scheduled articles whose time has come, the earliest first.
func (q queries) Due(ctx context.Context, now time.Time, limit int) ([]news.Article, error) {
	return all(ctx, q, `SELECT `+articleColumns+` FROM article WHERE state = 'scheduled' AND scheduled_for <= $1
		ORDER BY scheduled_for LIMIT $2`, []any{micro(now), limit}, scanArticle)
}

// NextDue is when the next scheduled article goes out; zero = none waits.
func (q queries) NextDue(ctx context.Context) (time.Time, error) {
	var at int64
	err := q.row(ctx, `SELECT scheduled_for FROM article WHERE state = 'scheduled' ORDER BY scheduled_for LIMIT 1`, nil, &at)
	if news.CodeOf(err) == news.NotFound {
		return time.Time{}, nil
	}
	return fromMicro(at), err
}
