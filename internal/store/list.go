package store

import (
	"context"
	"encoding/json"
	"time"

	"broadsheet/internal/news"
)

// List names one public list of live articles. Exactly one of Section, Topic,
// Byline and Story is set, or none for the whole edition.
type List struct {
	Edition news.EditionID
	Section news.SectionID
	Topic   news.TopicID
	Byline  string // slug
	Story   news.StoryID
}

// Span is a half-open stretch of publication times; a zero end is open.
type Span struct{ From, To time.Time }

func (s Span) bounds() (int64, int64) {
	from, to := int64(-1<<62), int64(1<<62)
	if !s.From.IsZero() {
		from = s.From.UnixMicro()
	}
	if !s.To.IsZero() {
		to = s.To.UnixMicro()
	}
	return from, to
}

const (
	cardColumns = `a.id, a.edition_id, r.section_id, r.kicker, r.headline, r.standfirst, r.opening, r.bylines, r.place, r.country, r.source,
		r.credit, r.language, r.urgency, a.published_at, a.updated_at, a.comment_count, a.developing_until, a.so_far_until, a.no_index`
	cardTables = ` FROM article a JOIN revision r ON r.article_id = a.id AND r.number = a.live `
)

func scanCard(r scanner) (news.Card, error) {
	var c news.Card
	var opening, bylines string
	var published, updated, developing, soFar int64
	err := r.Scan(&c.ID, &c.Edition, &c.Section, &c.Kicker, &c.Headline, &c.Standfirst, &opening, &bylines, &c.Dateline.Place, &c.Dateline.Country,
		&c.Dateline.Source, &c.Credit, &c.Language, &c.Urgency, &published, &updated, &c.CommentCount, &developing, &soFar, &c.NoIndex)
	if err != nil {
		return c, err
	}
	if c.Standfirst == "" {
		c.Standfirst = opening
	}
	c.PublishedAt, c.UpdatedAt = fromMicro(published), fromMicro(updated)
	c.Labels = news.Labels{Developing: fromMicro(developing), SoFar: fromMicro(soFar)}
	return c, json.Unmarshal([]byte(bylines), &c.Bylines)
}

// Cards lists live articles of a list within a span, newest first.
func (q queries) Cards(ctx context.Context, l List, s Span, limit int) ([]news.Card, error) {
	from, to := s.bounds()
	switch {
	case l.Section != 0:
		return all(ctx, q, `SELECT `+cardColumns+cardTables+`WHERE a.state = 'published' AND a.live_section_id = $1
			AND a.published_at >= $2 AND a.published_at < $3 ORDER BY a.published_at DESC, a.id DESC LIMIT $4`, []any{l.Section, from, to, limit}, scanCard)
	case l.Topic != 0:
		return all(ctx, q, `SELECT `+cardColumns+` FROM article_topic t JOIN article a ON a.id = t.article_id
			JOIN revision r ON r.article_id = a.id AND r.number = a.live WHERE t.topic_id = $1
			AND t.published_at >= $2 AND t.published_at < $3 ORDER BY t.published_at DESC, t.article_id DESC LIMIT $4`, []any{l.Topic, from, to, limit}, scanCard)
	case l.Byline != "":
		return all(ctx, q, `SELECT `+cardColumns+` FROM article_byline b JOIN article a ON a.id = b.article_id
			JOIN revision r ON r.article_id = a.id AND r.number = a.live WHERE b.edition_id = $1 AND b.slug = $2
			AND b.published_at >= $3 AND b.published_at < $4 ORDER BY b.published_at DESC, b.article_id DESC LIMIT $5`, []any{l.Edition, l.Byline, from, to, limit}, scanCard)
	case l.Story != 0:
		return all(ctx, q, `SELECT `+cardColumns+cardTables+`WHERE a.state = 'published' AND a.story_id = $1 AND a.story_id > 0
			AND a.published_at >= $2 AND a.published_at < $3 ORDER BY a.published_at DESC, a.id DESC LIMIT $4`, []any{l.Story, from, to, limit}, scanCard)
	}
	return all(ctx, q, `SELECT `+cardColumns+cardTables+`WHERE a.state = 'published' AND a.edition_id = $1
		AND a.published_at >= $2 AND a.published_at < $3 ORDER BY a.published_at DESC, a.id DESC LIMIT $4`, []any{l.Edition, from, to, limit}, scanCard)
}

// Older lists the live articles that stand next below a place in a section.
func (q queries) Older(ctx context.Context, section news.SectionID, below news.Place, limit int) ([]news.Card, error) {
	return all(ctx, q, `SELECT `+cardColumns+cardTables+`WHERE a.state = 'published' AND a.live_section_id = $1
		AND (a.published_at, a.id) < ($2, $3) ORDER BY a.published_at DESC, a.id DESC LIMIT $4`,
		[]any{section, below.At.UnixMicro(), below.ID, limit}, scanCard)
}

// Card reads one live article as a list shows it; news.NotFound if it is not public.
func (q queries) Card(ctx context.Context, id news.ID) (news.Card, error) {
	return one(ctx, q, `SELECT `+cardColumns+cardTables+`WHERE a.id = $1 AND a.state = 'published'`, []any{id}, scanCard)
}

// NextIn is the publication time of the first live article of a list at or
// after t; zero = none. Archive pages hop along with it, one look-up a day.
func (q queries) NextIn(ctx context.Context, l List, t time.Time) (time.Time, error) {
	at := t.UnixMicro()
	switch {
	case l.Section != 0:
		return q.moment(ctx, `SELECT published_at FROM article WHERE state = 'published' AND live_section_id = $1 AND published_at >= $2
			ORDER BY published_at LIMIT 1`, l.Section, at)
	case l.Topic != 0:
		return q.moment(ctx, `SELECT published_at FROM article_topic WHERE topic_id = $1 AND published_at >= $2 ORDER BY published_at LIMIT 1`, l.Topic, at)
	case l.Byline != "":
		return q.moment(ctx, `SELECT published_at FROM article_byline WHERE edition_id = $1 AND slug = $2 AND published_at >= $3
			ORDER BY published_at LIMIT 1`, l.Edition, l.Byline, at)
	}
	return q.moment(ctx, `SELECT published_at FROM article WHERE state = 'published' AND edition_id = $1 AND published_at >= $2
		ORDER BY published_at LIMIT 1`, l.Edition, at)
}

// NewestIn is the publication time of the newest live article of a list
// before t; zero = none.
func (q queries) NewestIn(ctx context.Context, l List, t time.Time) (time.Time, error) {
	at := t.UnixMicro()
	switch {
	case l.Section != 0:
		return q.moment(ctx, `SELECT published_at FROM article WHERE state = 'published' AND live_section_id = $1 AND published_at < $2
			ORDER BY published_at DESC LIMIT 1`, l.Section, at)
	case l.Topic != 0:
		return q.moment(ctx, `SELECT published_at FROM article_topic WHERE topic_id = $1 AND published_at < $2 ORDER BY published_at DESC LIMIT 1`, l.Topic, at)
	case l.Byline != "":
		return q.moment(ctx, `SELECT published_at FROM article_byline WHERE edition_id = $1 AND slug = $2 AND published_at < $3
			ORDER BY published_at DESC LIMIT 1`, l.Edition, l.Byline, at)
	}
	return q.moment(ctx, `SELECT published_at FROM article WHERE state = 'published' AND edition_id = $1 AND published_at < $2
		ORDER BY published_at DESC LIMIT 1`, l.Edition, at)
}

func (q queries) moment(ctx context.Context, text string, args ...any) (time.Time, error) {
	var at int64
	err := q.row(ctx, text, args, &at)
	if news.CodeOf(err) == news.NotFound {
		return time.Time{}, nil
	}
	return time.UnixMicro(at).UTC(), err
}

// BylineName is the printed name under an author's address, as it was last used.
func (q queries) BylineName(ctx context.Context, edition news.EditionID, slug string) (string, error) {
	var name string
	err := q.row(ctx, `SELECT name FROM article_byline WHERE edition_id = $1 AND slug = $2 ORDER BY published_at DESC, article_id DESC LIMIT 1`,
		[]any{edition, slug}, &name)
	return name, err
}

// Place puts a live article into the lists of its content; the lists it stood
// in before are left. A text that shows a picture the paper does not have is
// news.Invalid.
func (tx *Tx) Place(ctx context.Context, a news.Article, c news.Content) error {
	if err := tx.hasMedia(ctx, c); err != nil {
		return err
	}
	if err := tx.Unplace(ctx, a.ID); err != nil {
		return err
	}
	if err := tx.exec(ctx, `UPDATE article SET live_section_id = $2 WHERE id = $1`, a.ID, c.Section); err != nil {
		return err
	}
	return tx.enlist(ctx, a, c)
}

// enlist enters an article in the lists of its authors and topics, and lets
// readers fetch its pictures.
func (tx *Tx) enlist(ctx context.Context, a news.Article, c news.Content) error {
	at := micro(a.PublishedAt)
	for _, b := range c.Bylines {
		if err := tx.exec(ctx, `INSERT INTO article_byline (article_id, edition_id, slug, name, published_at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (article_id, slug) DO NOTHING`, a.ID, a.Edition, b.Slug, b.Name, at); err != nil {
			return err
		}
	}
	for _, t := range c.Topics {
		if err := tx.exec(ctx, `INSERT INTO article_topic (article_id, topic_id, published_at) VALUES ($1, $2, $3)
			ON CONFLICT (article_id, topic_id) DO NOTHING`, a.ID, t, at); err != nil {
			return err
		}
	}
	return tx.showMedia(ctx, a.ID, c)
}

// Unplace takes an article out of the author and topic lists; readers no
// longer get its pictures.
func (tx *Tx) Unplace(ctx context.Context, id news.ID) error {
	if err := tx.exec(ctx, `DELETE FROM article_media WHERE article_id = $1`, id); err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM article_byline WHERE article_id = $1`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM article_topic WHERE article_id = $1`, id)
}
