package comments

import (
	"context"
	"errors"
	"net/mail"
	"net/netip"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Asking is a form as it came in with which a reader asks for an article to be
// changed or removed.
type Asking struct {
	Article           news.ID
	Kind              news.RequestKind
	Name, Email, Text string
	Stamp             string // of the page the form stood on: see Comments.Stamp
	Honeypot          string // the trap field, which people do not see
	From              netip.Addr
}

// PostRequest takes a reader's request for the editors. When it returns nil,
// the request is on disk. The same words from the same address on the same day
// are the same request. It is throttled like comments, and refused as they
// are, with keys under request.refused.
func (c *Comments) PostRequest(ctx context.Context, p Asking) error {
	key, err := c.key(ctx)
	if err != nil {
		return err
	}
	now := c.now()
	r, err := readRequest(p)
	if err != nil {
		return err
	}
	r.At, r.Address = now, sign(key, "request address", network(p.From))
	if _, err := public(ctx, c.store, p.Article); err != nil {
		return err
	}
	if r.State != news.RequestSpam {
		if err := checkStamp(key, p.Article, p.Stamp, now); err != nil {
			return err
		}
	}
	r.Token = sign(key, "request form", r.Article.String(), r.Address, string(r.State), string(r.Kind), r.Email, r.Text, now.UTC().Format(time.DateOnly))
	if done, err := asked(ctx, c.store, r.Token); err != nil || done {
		return err
	}
	if wait := c.rates.take(r.Address, r.Article, now); wait > 0 {
		e := tooMany(wait)
		var refusal *news.Error
		if errors.As(e, &refusal) {
			refusal.Key = "request.refused.too-many"
		}
		return e
	}
	return c.store.Write(ctx, "keep the request", func(tx *store.Tx) error {
		if done, err := asked(ctx, tx, r.Token); err != nil || done {
			return err
		}
		a, err := public(ctx, tx, p.Article)
		if err != nil {
			return err
		}
		r.Edition = a.Edition
		if err := tx.AddRequest(ctx, &r); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventRequested, At: now, Edition: a.Edition, Article: a.ID})
	})
}

// readRequest makes a request of a form, or says what is wrong with it.
func readRequest(p Asking) (news.Request, error) {
	r := news.Request{Article: p.Article, Kind: p.Kind, Name: p.Name, Email: p.Email, Text: p.Text, State: news.RequestOpen}
	if err := r.Validate(); err != nil {
		return r, err
	}
	r.Name, r.Email, r.Text = CleanLine(p.Name), strings.TrimSpace(CleanLine(p.Email)), Clean(p.Text)
	if err := r.Validate(); err != nil {
		return r, err
	}
	if a, err := mail.ParseAddress(r.Email); err != nil || a.Address != r.Email {
		return r, news.Refuse(news.Invalid, "request.refused.bad-email", "%q is not an e-mail address", r.Email).In("email")
	}
	if p.Honeypot != "" {
		r.State = news.RequestSpam
	}
	return r, nil
}

// public reads an article that readers see.
func public(ctx context.Context, r reader, id news.ID) (news.Article, error) {
	a, err := r.Article(ctx, id)
	if err == nil && !a.Public() {
		err = news.Refuse(news.NotFound, "error.notfound", "there is no such article")
	}
	return a, err
}

func asked(ctx context.Context, r interface {
	RequestByToken(context.Context, string) (news.Request, error)
}, token string) (bool, error) {
	_, err := r.RequestByToken(ctx, token)
	if news.CodeOf(err) == news.NotFound {
		return false, nil
	}
	return err == nil, err
}
