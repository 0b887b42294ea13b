package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"broadsheet/internal/news"
)

const revisionColumns = `article_id, number, kicker, headline, standfirst, slugline, bylines, place, country, source, credit,
	section_id, topics, urgency, language, body, person_id, at, published_at, change, note`

func scanRevision(r scanner) (news.Revision, error) {
	var v news.Revision
	var bylines, topics, body string
	var at, published int64
	err := r.Scan(&v.Article, &v.Number, &v.Kicker, &v.Headline, &v.Standfirst, &v.Slugline, &bylines, &v.Dateline.Place, &v.Dateline.Country,
		&v.Dateline.Source, &v.Credit, &v.Section, &topics, &v.Urgency, &v.Language, &body, &v.By, &at, &published, &v.Change, &v.Note)
	if err != nil {
		return v, err
	}
	v.At, v.PublishedAt = fromMicro(at), fromMicro(published)
	for _, field := range []struct {
		text string
		into any
	}{{bylines, &v.Bylines}, {topics, &v.Topics}, {body, &v.Body}} {
		if err := json.Unmarshal([]byte(field.text), field.into); err != nil {
			return v, err
		}
	}
	return v, nil
}

// Revision reads one revision of an article.
func (q queries) Revision(ctx context.Context, id news.ID, number int) (news.Revision, error) {
	return one(ctx, q, `SELECT `+revisionColumns+` FROM revision WHERE article_id = $1 AND number = $2`, []any{id, number}, scanRevision)
}

// Revisions lists the newest revisions of an article, with their texts.
func (q queries) Revisions(ctx context.Context, id news.ID, limit int) ([]news.Revision, error) {
	return all(ctx, q, `SELECT `+revisionColumns+` FROM revision WHERE article_id = $1 ORDER BY number DESC LIMIT $2`, []any{id, limit}, scanRevision)
}

// RevisionsBelow lists the newest revisions of an article with a lower number,
// with their texts.
func (q queries) RevisionsBelow(ctx context.Context, id news.ID, below, limit int) ([]news.Revision, error) {
	return all(ctx, q, `SELECT `+revisionColumns+` FROM revision WHERE article_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3`,
		[]any{id, below, limit}, scanRevision)
}

// RevisionMoments lists when revisions of an article were made between two
// times, both included: number and time, nothing else.
func (q queries) RevisionMoments(ctx context.Context, id news.ID, from, to time.Time) ([]news.Revision, error) {
	return all(ctx, q, `SELECT number, at FROM revision WHERE article_id = $1 AND at >= $2 AND at <= $3 ORDER BY number`,
		[]any{id, micro(from), micro(to)}, func(r scanner) (v news.Revision, err error) {
			var at int64
			err = r.Scan(&v.Number, &at)
			v.At = fromMicro(at)
			return v, err
		})
}

// LiveRevisions lists the revisions that readers have seen, newest first.
func (q queries) LiveRevisions(ctx context.Context, id news.ID, limit int) ([]news.Revision, error) {
	return all(ctx, q, `SELECT `+revisionColumns+` FROM revision WHERE article_id = $1 AND published_at > 0
		ORDER BY number DESC LIMIT $2`, []any{id, limit}, scanRevision)
}

// InsertRevision keeps one more revision. Its content is never changed again.
func (tx *Tx) InsertRevision(ctx context.Context, v news.Revision) error {
	t, err := SetType(v.Content)
	if err != nil {
		return err
	}
	return tx.insertSet(ctx, v, t)
}

// insertSet keeps a revision whose body is set.
func (tx *Tx) insertSet(ctx context.Context, v news.Revision, t Type) error {
	bylines, err := json.Marshal(v.Bylines)
	if err != nil {
		return err
	}
	topics, err := json.Marshal(v.Topics)
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO revision (article_id, number, kicker, headline, standfirst, opening, slugline, bylines, place, country, source, credit,
		section_id, topics, urgency, language, body, words, person_id, at, published_at, change, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
		v.Article, v.Number, v.Kicker, v.Headline, v.Standfirst, t.opening, v.Slugline, string(bylines), v.Dateline.Place, v.Dateline.Country,
		v.Dateline.Source, v.Credit, v.Section, string(topics), v.Urgency, v.Language, t.body, t.words, v.By, micro(v.At),
		micro(v.PublishedAt), string(v.Change), v.Note)
}

// Type is an article's text set for keeping: its document as JSON, its
// opening, its words for the search. Setting needs no database, so a bulk
// import does it beside the writer.
type Type struct {
	body, opening string
	words         int
	headline      []string // folded words of the headline
	text          []string // and of everything else
}

// SetType sets a content's text. A body that is no valid document is
// news.Invalid, one over 2 MB news.TooLarge.
func SetType(c news.Content) (Type, error) {
	body, err := json.Marshal(c.Body)
	if err != nil || len(body) > news.MaxArticle {
		return Type{}, refusedBody(c, err)
	}
	text := c.Body.Text()
	t := Type{body: string(body), opening: opening(text), words: c.Body.Words(), headline: searchWords(c.Headline, 200)}
	for _, part := range []string{c.Kicker, c.Standfirst, c.Slugline, strings.Join(news.BylineNames(c.Bylines), " "), c.Dateline.Place,
		c.Dateline.Country, c.Dateline.Source, c.Credit, text} {
		t.text = append(t.text, searchWords(part, mostIndexed)...)
	}
	return t, nil
}

// refusedBody says what is wrong with a text that has no JSON.
func refusedBody(c news.Content, err error) error {
	refusal := news.Refuse(news.TooLarge, "error.article.large", "an article has at most 2 MB")
	if err != nil && len(c.Body.Text()) <= news.MaxArticle/2 {
		refusal = news.Refuse(news.Invalid, "error.body.schema", "the text is not a document that can be kept")
	}
	refusal.Err = err
	return refusal.In("body")
}

// MarkLive writes on a revision that it went live, when and as what. It is
// the only thing ever written on one.
func (tx *Tx) MarkLive(ctx context.Context, id news.ID, number int, at time.Time, change news.ChangeKind, note string) error {
	return tx.exec(ctx, `UPDATE revision SET published_at = $3, change = $4, note = $5 WHERE article_id = $1 AND number = $2 AND published_at = 0`,
		id, number, micro(at), string(change), note)
}

// opening is the beginning of a text, cut at a word, for lists: at most 240 characters.
func opening(text string) string {
	const most = 240
	first, _, _ := strings.Cut(text, "\n\n")
	first = strings.Join(strings.Fields(first), " ")
	runes := []rune(first)
	if len(runes) <= most {
		return first
	}
	cut := strings.TrimRight(string(runes[:most]), " ")
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + " …"
}

// Aside is a text that lost a race and is kept for its writer.
type Aside struct {
	Article news.ID
	Person  news.PersonID
	Base    int // the revision it was written on
	Content news.Content
	At      time.Time
}

// KeepAside keeps a text that could not become the next revision.
func (tx *Tx) KeepAside(ctx context.Context, a Aside) error {
	content, err := json.Marshal(a.Content)
	if err != nil {
		return refusedBody(a.Content, err)
	}
	return tx.exec(ctx, `INSERT INTO aside (article_id, person_id, base, content, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (article_id, person_id, at) DO UPDATE SET content = excluded.content, base = excluded.base`,
		a.Article, a.Person, a.Base, string(content), micro(a.At))
}

// Asides lists a person's kept texts of an article, newest first, at most 20.
func (q queries) Asides(ctx context.Context, id news.ID, person news.PersonID) ([]Aside, error) {
	return all(ctx, q, `SELECT base, content, at FROM aside WHERE article_id = $1 AND person_id = $2 ORDER BY at DESC LIMIT 20`, []any{id, person},
		func(r scanner) (Aside, error) {
			a := Aside{Article: id, Person: person}
			var content string
			var at int64
			if err := r.Scan(&a.Base, &content, &at); err != nil {
				return a, err
			}
			a.At = fromMicro(at)
			return a, json.Unmarshal([]byte(content), &a.Content)
		})
}

// DropAside forgets a kept text once its writer has dealt with it.
func (tx *Tx) DropAside(ctx context.Context, id news.ID, person news.PersonID, at time.Time) error {
	return tx.exec(ctx, `DELETE FROM aside WHERE article_id = $1 AND person_id = $2 AND at = $3`, id, person, micro(at))
}
