package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// searchSQL is how a database keeps and finds words. The words themselves are
// made by locale.Tokens, so both databases find the same articles.
type searchSQL struct {
	insert, remove string
	newest, best   string
	document       func(headline, words []string) (string, string)
	query          func([]locale.Term) string
}

// Scope says who finds an entry.
type Scope string

// The scopes: readers find Public, the desk finds both.
const (
	Public Scope = "public"
	AtDesk Scope = "desk"
)

// Search is a question to the archive.
type Search struct {
	Text    string
	Scope   Scope          // Public, or "" for everything
	Edition news.EditionID // 0 = all
	Section news.SectionID // 0 = all
	Span    Span           // of publication
	Below   int64          // only entries below this one: where the page before ended; 0 = from the top
	Best    bool           // by relevance among the newest 2,000 hits, instead of newest first
	Limit   int
}

// Hit is one found article; Entry is its place in the newest-first order.
type Hit struct {
	Entry   int64
	Article news.ID
}

// SearchArticles finds articles that have all the words. A text without any
// letter or digit finds nothing.
func (s *Store) SearchArticles(ctx context.Context, w Search) ([]Hit, error) {
	terms := locale.Query(w.Text)
	if len(terms) == 0 {
		return nil, nil
	}
	terms = terms[:min(len(terms), 32)]
	if w.Edition != 0 {
		terms = append(terms, locale.Term{Text: editionWord(w.Edition)})
	}
	if w.Section != 0 {
		terms = append(terms, locale.Term{Text: sectionWord(w.Section)})
	}
	from, to := int64(-1<<62), int64(1<<62)
	if !w.Span.From.IsZero() {
		from = entryOf(w.Span.From, 0)
	}
	if !w.Span.To.IsZero() {
		to = entryOf(w.Span.To, 0)
	}
	if w.Below != 0 {
		to = min(to, w.Below)
	}
	text := s.dialect.search.newest
	if w.Best {
		text = s.dialect.search.best
	}
	return all(ctx, s.queries, text, []any{s.dialect.search.query(terms), from, to, string(w.Scope), w.Limit}, func(r scanner) (Hit, error) {
		var h Hit
		return h, r.Scan(&h.Entry, &h.Article)
	})
}

// IndexArticle puts an article's words where readers or only the desk find
// them; it leaves the place where they stood before.
func (tx *Tx) IndexArticle(ctx context.Context, a news.Article, c news.Content, scope Scope) error {
	if err := tx.UnindexArticle(ctx, a.ID); err != nil {
		return err
	}
	t, err := SetType(c)
	if err != nil {
		return err
	}
	return tx.enter(ctx, a, c.Section, t, scope)
}

// enter puts an article's words into the search.
func (tx *Tx) enter(ctx context.Context, a news.Article, section news.SectionID, t Type, scope Scope) error {
	at := a.PublishedAt
	if scope == AtDesk || at.IsZero() {
		at = a.ChangedAt
	}
	id, err := tx.newEntry(ctx, entryOf(at, a.ID), scope, a.ID)
	if err != nil {
		return err
	}
	words := append([]string{editionWord(a.Edition), sectionWord(section), a.ID.String()}, t.text...)
	headline, body := tx.d.search.document(t.headline, indexable(words))
	tx.entries = append(tx.entries, entry{id, headline, body})
	return nil
}

// entry is what the search will find an article by.
type entry struct {
	id             int64
	headline, body string
}

// flush keeps the act's entries, all together and last: FTS5 writes out what
// it has gathered before many another statement of the same transaction, so an
// import of two hundred articles would write its index two hundred times. In
// rising order, because FTS5 also writes out before a number that falls.
func (tx *Tx) flush(ctx context.Context) error {
	slices.SortFunc(tx.entries, func(a, b entry) int { return cmp.Compare(a.id, b.id) })
	for _, e := range tx.entries {
		if err := tx.exec(ctx, tx.d.search.insert, e.id, e.headline, e.body); err != nil {
			return err
		}
	}
	tx.entries = nil
	return nil
}

// UnindexArticle takes an article out of the search.
func (tx *Tx) UnindexArticle(ctx context.Context, id news.ID) error {
	entries, err := all(ctx, tx.queries, `SELECT search_id FROM search_entry WHERE article_id = $1`, []any{id}, func(r scanner) (int64, error) {
		var n int64
		return n, r.Scan(&n)
	})
	if err != nil || len(entries) == 0 {
		return err
	}
	for _, n := range entries {
		kept := len(tx.entries)
		tx.entries = slices.DeleteFunc(tx.entries, func(e entry) bool { return e.id == n })
		if kept != len(tx.entries) {
			continue // it was entered in this same act and is not kept yet
		}
		if err := tx.exec(ctx, tx.d.search.remove, n); err != nil {
			return err
		}
	}
	return tx.exec(ctx, `DELETE FROM search_entry WHERE article_id = $1`, id)
}

// newEntry takes the wanted place, or the next free one above it: two
// articles of one second may want the same.
func (tx *Tx) newEntry(ctx context.Context, want int64, scope Scope, id news.ID) (int64, error) {
	for {
		var got int64
		err := tx.row(ctx, `INSERT INTO search_entry (search_id, scope, article_id) VALUES ($1, $2, $3)
			ON CONFLICT (search_id) DO NOTHING RETURNING search_id`, []any{want, string(scope), id}, &got)
		if news.CodeOf(err) != news.NotFound {
			return got, err
		}
		want++
	}
}

// entryOf places a moment in the newest-first order: its second, and within
// it the number of the article.
func entryOf(at time.Time, id news.ID) int64 { return at.Unix()<<20 + int64(id)&(1<<20-1) }

// The words that stand for an edition and a section begin with a letter for
// private use, which no folded text has: no article passes for another's.
func editionWord(id news.EditionID) string { return "\ue000e" + strconv.FormatInt(int64(id), 10) }
func sectionWord(id news.SectionID) string { return "\ue000s" + strconv.FormatInt(int64(id), 10) }

// mostIndexed is how much of an article is indexed, in bytes of its words and
// eight for each: what fits into one of PostgreSQL's vectors (1 MB). About
// 60,000 words; both databases stop at the same one.
const mostIndexed = 900_000

func indexable(words []string) []string {
	size := 0
	for i, w := range words {
		if size += len(w) + 8; size > mostIndexed {
			return words[:i]
		}
	}
	return words
}

// searchWords folds a text into at most so many words, each at most 100 bytes.
func searchWords(text string, most int) []string {
	words := strings.Fields(locale.IndexText(text))
	words = words[:min(len(words), most)]
	for i, w := range words {
		words[i] = shortWord(w)
	}
	return words
}

func shortWord(w string) string {
	if len(w) <= 100 {
		return w
	}
	w = w[:100]
	for !utf8.ValidString(w) {
		w = w[:len(w)-1]
	}
	return w
}

// allOf joins the words of a question, each of which may also be written as
// its parts, with the operators of a database.
func allOf(terms []locale.Term, quote, and, or string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(and)
		}
		b.WriteString("(" + quote + shortWord(t.Text) + quote)
		if len(t.Parts) > 0 {
			b.WriteString(or + "(")
			for k, part := range t.Parts {
				if k > 0 {
					b.WriteString(and)
				}
				b.WriteString(quote + shortWord(part) + quote)
			}
			b.WriteString(")")
		}
		b.WriteString(")")
	}
	return b.String()
}

func spaced(words []string) string { return strings.Join(words, " ") }
