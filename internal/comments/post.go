package comments

import (
	"context"
	"net/mail"
	"net/netip"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// maxLinks is how many addresses a comment may name.
const maxLinks = 3

// Posting is a comment form as it came in.
type Posting struct {
	Article     news.ID
	Name, Email string // both may be empty
	Text        string
	Stamp       string // of the page the form stood on: see Comments.Stamp
	Honeypot    string // the trap field, which people do not see
	From        netip.Addr
}

// Post takes a reader's comment and holds it. When it returns nil, the
// comment is on disk. The same name and text from the same address on the
// same day is the same comment: a double click and a form sent again after a
// lost answer are one.
//
// Refusals are *news.Error with a key under comment.refused: news.Invalid for
// what is wrong with the text or the form, news.TooLarge over 16 KB,
// news.TooMany over a rate (Args[0] = seconds to wait), news.Conflict where
// comments are closed, news.NotFound for no such article. A filled trap field
// is answered like any comment and kept as spam: whoever filled it learns
// nothing.
func (c *Comments) Post(ctx context.Context, p Posting) (news.Comment, error) {
	key, err := c.key(ctx)
	if err != nil {
		return news.Comment{}, err
	}
	now := c.now()
	m, err := read(p)
	if err != nil {
		return news.Comment{}, err
	}
	m.At, m.Address = now, sign(key, "comment address", network(p.From))
	if _, err := open(ctx, c.store, p.Article, now); err != nil {
		return news.Comment{}, err
	}
	if m.State != news.CommentSpam {
		if err := checkStamp(key, p.Article, p.Stamp, now); err != nil {
			return news.Comment{}, err
		}
	}
	tokens := formTokens(key, m)
	if done, ok, err := posted(ctx, c.store, tokens); err != nil || ok {
		return asHeld(done), err
	}
	if wait := c.rates.take(m.Address, m.Article, now); wait > 0 {
		return news.Comment{}, tooMany(wait)
	}
	err = c.store.Write(ctx, "keep the comment", func(tx *store.Tx) error {
		done, ok, err := posted(ctx, tx, tokens)
		if err != nil || ok {
			m = done
			return err
		}
		a, err := open(ctx, tx, p.Article, now)
		if err != nil {
			return err
		}
		m.Edition, m.Token = a.Edition, tokens[0]
		if err := tx.AddComment(ctx, &m); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventCommented, At: now, Edition: m.Edition, Article: m.Article, Comment: m.ID})
	})
	if err != nil {
		return news.Comment{}, err
	}
	return asHeld(m), nil
}

// read makes a comment of a form, or says what is wrong with it.
func read(p Posting) (news.Comment, error) {
	m := news.Comment{Article: p.Article, Name: p.Name, Email: p.Email, Text: p.Text, State: news.CommentHeld}
	// The limits hold for what was sent, and again for what is left of it.
	if len(p.Text) > news.MaxComment || len(p.Name) > news.MaxComment || !utf8.ValidString(p.Text+p.Name+p.Email) {
		if err := m.Validate(); err != nil {
			return m, err
		}
	}
	m.Name, m.Email, m.Text = CleanLine(p.Name), CleanLine(p.Email), Clean(p.Text)
	if err := m.Validate(); err != nil {
		return m, err
	}
	if a, err := mail.ParseAddress(m.Email); m.Email != "" && (err != nil || a.Address != m.Email) {
		return m, news.Refuse(news.Invalid, "comment.refused.bad-email", "%q is not an e-mail address", m.Email).In("email")
	}
	if p.Honeypot != "" {
		m.State = news.CommentSpam
		return m, nil
	}
	if links(m.Text)+links(m.Name) > maxLinks {
		return m, news.Refuse(news.Invalid, "comment.refused.too-many-links", "a comment names at most %d addresses", maxLinks).In("comment")
	}
	return m, nil
}

// links counts web addresses, also those that are not made links.
func links(text string) int {
	lower := strings.ToLower(text)
	return strings.Count(lower, "://") + strings.Count(lower, "www.") - strings.Count(lower, "://www.")
}

// open reads an article that takes comments at now.
func open(ctx context.Context, r reader, id news.ID, now time.Time) (news.Article, error) {
	a, err := r.Article(ctx, id)
	if err != nil {
		return a, err
	}
	if !a.Public() {
		return a, news.Refuse(news.NotFound, "error.notfound", "there is no such article")
	}
	e, err := r.Edition(ctx, a.Edition)
	if err != nil {
		return a, err
	}
	if !a.CommentsOpen(e, now) {
		return a, news.Refuse(news.Conflict, "comment.refused.closed", "this article takes no comments, or no longer")
	}
	return a, nil
}

// reader is the store, or an act in it.
type reader interface {
	Article(ctx context.Context, id news.ID) (news.Article, error)
	Edition(ctx context.Context, id news.EditionID) (news.Edition, error)
	CommentByToken(ctx context.Context, token string) (news.Comment, error)
}

// formTokens name the form: the same content from the same address on the
// same day. Shortly after midnight (UTC) the name of the day before counts
// too, so that midnight does not double a comment.
func formTokens(key string, m news.Comment) []string {
	token := func(at time.Time) string {
		return sign(key, "comment form", m.Article.String(), m.Address, string(m.State), m.Name, m.Text, at.UTC().Format(time.DateOnly))
	}
	tokens := []string{token(m.At)}
	if before := token(m.At.Add(-10 * time.Minute)); before != tokens[0] {
		tokens = append(tokens, before)
	}
	return tokens
}

func posted(ctx context.Context, r reader, tokens []string) (news.Comment, bool, error) {
	for _, token := range tokens {
		m, err := r.CommentByToken(ctx, token)
		if err == nil {
			return m, true, nil
		}
		if news.CodeOf(err) != news.NotFound {
			return m, false, err
		}
	}
	return news.Comment{}, false, nil
}

// asHeld is what the sender is told: the decisions of the desk are not theirs
// to find out by sending again.
func asHeld(m news.Comment) news.Comment {
	if m.ID != 0 && m.State != news.CommentApproved {
		m.State, m.Before, m.DecidedBy, m.DecidedAt = news.CommentHeld, "", 0, time.Time{}
	}
	return m
}

func tooMany(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	e := news.Refuse(news.TooMany, "comment.refused.too-many", "too many comments: wait %d seconds before the next", seconds)
	e.Args = []any{seconds}
	return e
}
