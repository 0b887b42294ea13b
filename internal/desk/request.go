package desk

import (
	"context"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// requestAct reads a request with its article for a person who may decide on it.
func requestAct(ctx context.Context, tx *store.Tx, who news.PersonID, id news.RequestID) (news.Request, news.Article, news.Person, error) {
	p, err := staff(ctx, tx, who)
	if err != nil {
		return news.Request{}, news.Article{}, p, err
	}
	r, err := tx.Request(ctx, id)
	if err != nil {
		return r, news.Article{}, p, err
	}
	a, err := tx.Article(ctx, r.Article)
	if err == nil && a.Allows(p, news.MayAnswer) != nil {
		err = news.Refuse(news.Forbidden, "error.forbidden", "you are not of this request's panel")
	}
	return r, a, p, err
}

// Speak is what one member of the panel says of a request. When two say the
// same, one of them a chief, it is decided; alone is a chief's recorded reason
// to decide without a second. What can be carried out at once is.
func (d *Desk) Speak(ctx context.Context, who news.PersonID, id news.RequestID, outcome news.Outcome, reason, alone string) error {
	return d.store.Write(ctx, "decide on the request", func(tx *store.Tx) error {
		r, a, p, err := requestAct(ctx, tx, who, id)
		if err != nil {
			return err
		}
		paper, err := tx.Paper(ctx)
		if err != nil {
			return err
		}
		voices, err := tx.Voices(ctx, id)
		if err != nil {
			return err
		}
		now := d.now()
		v := news.Voice{Request: id, By: p.ID, Role: p.Role, Outcome: outcome, Reason: strings.TrimSpace(reason), At: now}
		for _, was := range voices {
			if was.By == p.ID && was.Outcome == v.Outcome && was.Reason == v.Reason && (r.State != news.RequestOpen || strings.TrimSpace(alone) == "") {
				return nil // the same act asked twice
			}
		}
		if err := r.Speak(a, p, v); err != nil {
			return err
		}
		if err := tx.SaveVoice(ctx, v); err != nil {
			return err
		}
		if err := tx.AddEvent(ctx, requestEvent(a, news.EventVoiced, p, now, string(outcome)+": "+v.Reason)); err != nil {
			return err
		}
		if voices, err = tx.Voices(ctx, id); err != nil {
			return err
		}
		if !r.Decide(voices, p, paper.FourEyes, alone, now) {
			return nil
		}
		if err := tx.UpdateRequest(ctx, r); err != nil {
			return err
		}
		if err := tx.AddEvent(ctx, requestEvent(a, news.EventSettled, p, now, string(r.Outcome)+": "+r.Alone)); err != nil {
			return err
		}
		if r.Outcome == news.OutcomeUnindex && a.Public() {
			return d.setIndex(ctx, tx, a, p, false)
		}
		return nil
	})
}

// Spam puts a request aside that is none, or takes it back.
func (d *Desk) Spam(ctx context.Context, who news.PersonID, id news.RequestID, spam bool) error {
	return d.store.Write(ctx, "put the request aside", func(tx *store.Tx) error {
		r, a, p, err := requestAct(ctx, tx, who, id)
		if err != nil {
			return err
		}
		from, to := news.RequestOpen, news.RequestSpam
		if !spam {
			from, to = to, from
		}
		switch r.State {
		case to:
			return nil
		case from:
			r.State = to
		default:
			return news.Refuse(news.Conflict, "error.request.decided", "the panel has decided already")
		}
		if err := tx.UpdateRequest(ctx, r); err != nil {
			return err
		}
		return tx.AddEvent(ctx, requestEvent(a, news.EventSettled, p, d.now(), string(to)+": "))
	})
}

// Answer writes to the reader what was decided. The letter goes into the
// outbox in the same transaction: it is sent once.
func (d *Desk) Answer(ctx context.Context, who news.PersonID, id news.RequestID, subject, text string) error {
	return d.store.Write(ctx, "answer the request", func(tx *store.Tx) error {
		r, a, p, err := requestAct(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if r.State == news.RequestAnswered && r.Answer == strings.TrimSpace(text) {
			return nil // the same act asked twice
		}
		now := d.now()
		if err := r.Reply(a, p, text, now); err != nil {
			return err
		}
		e, err := tx.Edition(ctx, a.Edition)
		if err != nil {
			return err
		}
		l := news.Letter{To: r.Email, Subject: strings.TrimSpace(subject), Text: r.Answer, Language: e.Language, At: now}
		if err := l.Validate(); err != nil {
			return err
		}
		if err := tx.UpdateRequest(ctx, r); err != nil {
			return err
		}
		if err := tx.QueueLetter(ctx, l); err != nil {
			return err
		}
		return tx.AddEvent(ctx, requestEvent(a, news.EventAnswered, p, now, ""))
	})
}

// Index takes a live article out of the search and asks search engines to
// forget it, or takes it back in.
func (d *Desk) Index(ctx context.Context, who news.PersonID, id news.ID, indexed bool) error {
	return d.store.Write(ctx, "change what searches find", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case a.Allows(p, news.MayIndex) != nil:
			return news.Refuse(news.Forbidden, "error.forbidden", "you may not take this article out of the search")
		case !a.Public():
			return news.Refuse(news.Conflict, "error.state", "only a published article is found by searches")
		case a.NoIndex == !indexed:
			return nil
		}
		return d.setIndex(ctx, tx, a, p, indexed)
	})
}

func (d *Desk) setIndex(ctx context.Context, tx *store.Tx, a news.Article, p news.Person, indexed bool) error {
	live, err := tx.Revision(ctx, a.ID, a.Live)
	if err != nil {
		return err
	}
	now, kind := d.now(), news.EventUnindexed
	if indexed {
		kind = news.EventIndexed
	}
	a.NoIndex, a.ChangedAt, a.ChangedBy = !indexed, now, p.ID
	if err := tx.UpdateArticle(ctx, a); err != nil {
		return err
	}
	if err := tx.IndexArticle(ctx, a, live.Content, store.ScopeOf(a)); err != nil {
		return err
	}
	return tx.AddEvent(ctx, news.Event{Kind: kind, At: now, Actor: p.ID, Edition: a.Edition, Article: a.ID, Touched: news.Touch(a.Placing(live.Content))})
}

// Anonymise prepares a change beside the live text in which other words stand
// for names. When it is switched, the names go from older notes too, and older
// versions are no longer shown. The record keeps what stands in their place,
// never the names.
func (d *Desk) Anonymise(ctx context.Context, who news.PersonID, id news.ID, read int, names []string, replacement string) error {
	replacement = strings.TrimSpace(replacement)
	return d.store.Write(ctx, "replace a name", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		switch {
		case err != nil:
			return err
		case a.Allows(p, news.MayAnonymise) != nil:
			return news.Refuse(news.Forbidden, "error.forbidden", "you may not correct this article")
		case a.State != news.Published:
			return news.Refuse(news.Conflict, "error.state", "only a published article is changed beside the live text")
		}
		if err := news.CanReplace(names, replacement); err != nil {
			return err
		}
		head, err := d.headRead(ctx, tx, &a, read)
		if err != nil {
			return err
		}
		content, found := head.Content.Anonymise(names, replacement)
		if !found {
			return news.Refuse(news.Invalid, "error.anonymise.none", "the article does not say that name").In("name")
		}
		now := d.now()
		if err := tx.SaveAnonymity(ctx, store.Anonymity{Article: id, Names: names, Replacement: replacement, By: p.ID, At: now}); err != nil {
			return err
		}
		v, err := revisionOf(&a, content, p.ID)
		if err != nil {
			return err
		}
		return d.keepRevision(ctx, tx, a, v, p, nil, news.Event{Kind: news.EventAnonymised, Note: replacement})
	})
}

func requestEvent(a news.Article, kind news.EventKind, p news.Person, now time.Time, note string) news.Event {
	return news.Event{Kind: kind, At: now, Actor: p.ID, Edition: a.Edition, Article: a.ID, Note: strings.TrimSuffix(note, ": ")}
}

// Asked is a request with its article.
type Asked struct {
	news.Request
	Article news.Article
}

// Request reads one request for a member of its panel.
func (d *Desk) Request(ctx context.Context, p news.Person, id news.RequestID) (Asked, error) {
	r, err := d.store.Request(ctx, id)
	if err != nil {
		return Asked{}, err
	}
	a, err := d.store.Article(ctx, r.Article)
	if err == nil && a.Allows(p, news.MayAnswer) != nil {
		err = news.Refuse(news.Forbidden, "error.forbidden", "you are not of this request's panel")
	}
	return Asked{r, a}, err
}

// Requests lists the requests in one state of whose panel the person is,
// newest first. next is where the following page begins.
func (d *Desk) Requests(ctx context.Context, p news.Person, state news.RequestState, below news.Place, limit int) (list []Asked, next news.Place, err error) {
	if !p.May(news.MayAnswer.Least()) {
		return nil, next, news.Refuse(news.Forbidden, "error.forbidden", "you may not open the requests")
	}
	for range queueRounds {
		page, err := d.store.RequestQueue(ctx, state, below, limit+1)
		if err != nil {
			return nil, next, err
		}
		for _, r := range page {
			a, err := d.store.Article(ctx, r.Article)
			if err != nil {
				return nil, next, err
			}
			if a.Allows(p, news.MayAnswer) == nil && len(list) == limit {
				last := list[limit-1].Request
				return list, news.Place{At: last.At, ID: int64(last.ID)}, nil
			}
			if a.Allows(p, news.MayAnswer) == nil {
				list = append(list, Asked{r, a})
			}
			below = news.Place{At: r.At, ID: int64(r.ID)}
		}
		if len(page) <= limit {
			return list, next, nil
		}
	}
	return list, below, nil
}
