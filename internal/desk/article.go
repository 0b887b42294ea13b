package desk

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Copy is what a person typed for an article: the content, with topics by
// their names.
type Copy struct {
	news.Content
	TopicNames []string
	Protect    bool // a new article: its author is protected from the first moment, the first byline is the public name
}

// Create makes a draft and gives it its News ID. token names the form it came
// with: the same form makes one draft, however often it is sent.
func (d *Desk) Create(ctx context.Context, who news.PersonID, edition news.EditionID, c Copy, token string) (news.ID, error) {
	var id news.ID
	err := d.store.Write(ctx, "create a draft", func(tx *store.Tx) error {
		if done, ok, err := tx.FormResult(ctx, token); err != nil || ok {
			id = news.ID(done)
			return err
		}
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		if p.Allowed(news.MayWrite) != nil {
			return news.Refuse(news.Forbidden, "error.forbidden", "you may not write articles")
		}
		if id, err = d.begin(ctx, tx, p, p.ID, edition, c); err != nil {
			return err
		}
		return tx.SaveForm(ctx, token, int64(id), d.now().UnixMicro())
	})
	return id, err
}

// begin makes a draft for its writer and gives it its News ID. p is who does it.
func (d *Desk) begin(ctx context.Context, tx *store.Tx, p news.Person, writer news.PersonID, edition news.EditionID, c Copy) (news.ID, error) {
	if err := checkSection(ctx, tx, edition, c.Section); err != nil {
		return 0, err
	}
	id, err := tx.NewID(ctx)
	if err != nil {
		return 0, err
	}
	now := d.now()
	if c, err = d.protectNew(ctx, tx, id, p, c); err != nil {
		return 0, err
	}
	a := news.Article{ID: id, Edition: edition, State: news.Draft, Creator: writer, CreatedAt: now, ChangedAt: now, ChangedBy: p.ID}
	if c.Body, err = news.SignSuggestions(c.Body, nil, p.ID, now); err != nil {
		return 0, err
	}
	if c.Body, err = veilSuggestions(ctx, tx, id, c.Body, p.ID); err != nil {
		return 0, err
	}
	v, err := nextRevision(ctx, tx, &a, c, p.ID)
	if err != nil {
		return 0, err
	}
	v.At = now
	if err := tx.InsertArticle(ctx, a); err != nil {
		return 0, err
	}
	if err := tx.InsertRevision(ctx, v); err != nil {
		return 0, err
	}
	if err := tx.IndexArticle(ctx, a, v.Content, store.AtDesk); err != nil {
		return 0, err
	}
	if err := tx.AddEvent(ctx, news.Event{Kind: news.EventCreated, At: now, Actor: p.ID, Edition: edition, Article: id}); err != nil || !c.Protect {
		return id, err
	}
	return id, tx.AddEvent(ctx, news.Event{Kind: news.EventProtected, At: now, Actor: p.ID, Edition: edition, Article: id})
}

// Edit keeps a new revision written on top of base. When somebody saved
// first, it returns a *Collision and keeps the typed text aside. The same
// text sent twice is kept once.
func (d *Desk) Edit(ctx context.Context, who news.PersonID, id news.ID, base int, c Copy) (int, error) {
	var collision *Collision
	number := 0
	err := d.store.Write(ctx, "save the article", func(tx *store.Tx) error {
		collision = nil
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := a.CanEdit(p); err != nil {
			return err
		}
		if err := checkSection(ctx, tx, a.Edition, c.Section); err != nil {
			return err
		}
		head, err := tx.Revision(ctx, id, a.Head)
		if err != nil {
			return err
		}
		if c.Body, err = d.signed(ctx, tx, head, c.Body, p); err != nil {
			return err
		}
		v, err := nextRevision(ctx, tx, &a, c, p.ID)
		if err != nil {
			return err
		}
		switch same := sameContent(head.Content, v.Content); {
		case same:
			number = head.Number
			return nil
		case base != head.Number:
			collision = &Collision{Head: head, Typed: v.Content, Base: base}
			return tx.KeepAside(ctx, store.Aside{Article: id, Person: p.ID, Base: base, Content: v.Content, At: d.now()})
		}
		number = v.Number
		return d.saveRevision(ctx, tx, a, v, p, news.Settlements(head.Body, v.Body))
	})
	if err == nil && collision != nil {
		return 0, collision
	}
	return number, err
}

// saveRevision keeps the next revision, and who settled which suggestions with it. A scheduled article goes back into
// review: what was approved is not what would go out. A reason to go without
// approval was given for the text of before.
func (d *Desk) saveRevision(ctx context.Context, tx *store.Tx, a news.Article, v news.Revision, p news.Person, settled []news.Settlement) error {
	return d.keepRevision(ctx, tx, a, v, p, settled, news.Event{Kind: news.EventEdited})
}

// keepRevision is saveRevision under the name of another act.
func (d *Desk) keepRevision(ctx context.Context, tx *store.Tx, a news.Article, v news.Revision, p news.Person, settled []news.Settlement, e news.Event) error {
	if err := unwritten(ctx, tx, a.ID, p, v.Content); err != nil {
		return err
	}
	now := d.now()
	v.At, a.ChangedAt, a.ChangedBy = now, now, p.ID
	if a.State.Before() {
		a.Bypass = news.Bypass{}
	}
	if a.State == news.Scheduled {
		a.State, a.ScheduledFor = news.InReview, time.Time{}
		e.Note = strings.TrimSpace(e.Note + " taken off the schedule")
	}
	if a.State == news.Published {
		if err := staleChange(ctx, tx, a.ID, &e); err != nil {
			return err
		}
	}
	if err := tx.InsertRevision(ctx, v); err != nil {
		return err
	}
	if err := tx.UpdateArticle(ctx, a); err != nil {
		return err
	}
	if !a.Public() {
		if err := tx.IndexArticle(ctx, a, v.Content, store.AtDesk); err != nil {
			return err
		}
	}
	if err := recordSettled(ctx, tx, a, p, settled, now); err != nil {
		return err
	}
	e.At, e.Actor, e.Edition, e.Article = now, p.ID, a.Edition, a.ID
	return tx.AddEvent(ctx, e)
}

// staleChange forgets what was said of the change that waited beside the live
// text: what was read and timed is not what stands there now.
func staleChange(ctx context.Context, tx *store.Tx, id news.ID, e *news.Event) error {
	c, err := tx.Prepared(ctx, id)
	if err != nil {
		return dropNotFound(err)
	}
	if !c.Due.IsZero() {
		e.Note = strings.TrimSpace(e.Note + " taken off the schedule")
	}
	return tx.DropPrepared(ctx, id)
}

// nextRevision turns typed copy into the revision after the head, and moves
// the article's head and list fields with it.
func nextRevision(ctx context.Context, tx *store.Tx, a *news.Article, c Copy, who news.PersonID) (news.Revision, error) {
	content, err := resolve(ctx, tx, *a, c)
	if err != nil {
		return news.Revision{}, err
	}
	return revisionOf(a, content, who)
}

// resolve turns typed copy into content: topics get their numbers, bylines
// their accounts.
func resolve(ctx context.Context, tx *store.Tx, a news.Article, c Copy) (news.Content, error) {
	content := c.Content
	content.Topics = nil
	for _, name := range c.TopicNames {
		t, err := tx.EnsureTopic(ctx, a.Edition, name, news.TopicSubject)
		if err != nil {
			return content, err
		}
		if !slices.Contains(content.Topics, t.ID) {
			content.Topics = append(content.Topics, t.ID)
		}
	}
	if content.Urgency == 0 {
		content.Urgency = 4
	}
	content.Bylines = slices.Clone(content.Bylines) // the caller's own stay as they are
	if err := accounts(ctx, tx, content.Bylines); err != nil {
		return content, err
	}
	return content, checkProtected(ctx, tx, a.ID, content.Bylines)
}

// revisionOf is the revision after the head.
func revisionOf(a *news.Article, content news.Content, who news.PersonID) (news.Revision, error) {
	if err := content.Validate(); err != nil {
		return news.Revision{}, err
	}
	a.Head++
	a.Section, a.Headline, a.Slugline, a.Urgency = content.Section, content.Headline, content.Slugline, content.Urgency
	return news.Revision{Article: a.ID, Number: a.Head, Content: content, By: who}, nil
}

// accounts notes on bylines which of them are members of staff: nobody
// approves an article that they signed.
func accounts(ctx context.Context, tx *store.Tx, bylines []news.Byline) error {
	if len(bylines) == 0 {
		return nil
	}
	people, err := tx.People(ctx)
	if err != nil {
		return err
	}
	for i := range bylines {
		for _, p := range people {
			if locale.Fold(p.Name) == locale.Fold(bylines[i].Name) {
				bylines[i].Person = p.ID
			}
		}
	}
	return nil
}

func checkSection(ctx context.Context, tx *store.Tx, edition news.EditionID, section news.SectionID) error {
	if section == 0 {
		return nil
	}
	s, err := tx.Section(ctx, section)
	if err != nil && news.CodeOf(err) != news.NotFound {
		return err
	}
	if err != nil || s.Edition != edition {
		return news.Refuse(news.Invalid, "error.section.other", "this section is not one of the edition").In("section")
	}
	return nil
}

func sameContent(a, b news.Content) bool {
	if len(a.Bylines) == 0 && len(b.Bylines) == 0 {
		a.Bylines, b.Bylines = nil, nil
	}
	if len(a.Topics) == 0 && len(b.Topics) == 0 {
		a.Topics, b.Topics = nil, nil
	}
	if a.Body.Markdown() != b.Body.Markdown() {
		return false
	}
	a.Body, b.Body = news.Content{}.Body, news.Content{}.Body
	return reflect.DeepEqual(a, b)
}

// Collision is an edit that lost a race: both texts are kept.
type Collision struct {
	Head  news.Revision // what is saved
	Typed news.Content  // what was typed, kept aside
	Base  int           // what it was typed on

	Joined  news.Content // both in one, where it was asked for: what both changed stands twice
	Clashes []Clash
}

// Error says what happened and that nothing is lost.
func (c *Collision) Error() string { return "somebody saved first; both texts are kept" }

// Unwrap makes a Collision a news.Conflict.
func (c *Collision) Unwrap() error { return news.Conflict }
