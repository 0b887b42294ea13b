package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// article writes one article of the sample through its whole life: draft,
// approval, publication, corrections, kill, comments.
func (d *demo) article(ctx context.Context, tx *store.Tx, e news.Edition, sections map[string]news.Section, f demoArticle) error {
	section, ok := sections[f.head["Section"]]
	if !ok {
		return fmt.Errorf("there is no section %q", f.head["Section"])
	}
	at := d.now.Add(-f.age)
	id, err := tx.NewID(ctx)
	if err != nil {
		return err
	}
	content, err := d.content(ctx, tx, e, section, f)
	if err != nil {
		return err
	}
	reporter, editor := d.people[demoReporter], d.people[demoEditor]
	a := news.Article{ID: id, Edition: e.ID, Section: section.ID, State: news.Draft, Head: 1, Creator: reporter, Headline: content.Headline,
		Slugline: content.Slugline, Urgency: content.Urgency, CreatedAt: at.Add(-2 * time.Hour), ChangedAt: at.Add(-2 * time.Hour), ChangedBy: reporter}
	if a.Story, err = d.story(ctx, tx, f.head["Story"]); err != nil {
		return err
	}
	v := news.Revision{Article: id, Number: 1, Content: content, By: reporter, At: a.CreatedAt}
	if err := content.Validate(); err != nil {
		return err
	}
	if err := tx.InsertArticle(ctx, a); err != nil {
		return err
	}
	if err := tx.InsertRevision(ctx, v); err != nil {
		return err
	}
	if err := tx.IndexArticle(ctx, a, content, store.AtDesk); err != nil {
		return err
	}
	if err := tx.AddEvent(ctx, news.Event{Kind: news.EventCreated, At: a.CreatedAt, Actor: reporter, Edition: e.ID, Article: id}); err != nil {
		return err
	}
	return d.live(ctx, tx, a, v, f, at, editor)
}

// live takes a written article as far as its file says.
func (d *demo) live(ctx context.Context, tx *store.Tx, a news.Article, v news.Revision, f demoArticle, at time.Time, editor news.PersonID) error {
	step := func(kind news.EventKind, who news.PersonID, when time.Time) error {
		a.ChangedAt, a.ChangedBy = when, who
		if err := tx.UpdateArticle(ctx, a); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: kind, At: when, Actor: who, Edition: a.Edition, Article: a.ID})
	}
	if f.state == news.Draft {
		return nil
	}
	a.State, a.SubmittedBy = news.InReview, a.Creator
	if err := step(news.EventSubmitted, a.Creator, at.Add(-time.Hour)); err != nil || f.state == news.InReview {
		return err
	}
	a.Approval = news.Approval{By: editor, At: at.Add(-10 * time.Minute), Revision: 1}
	if f.state == news.Scheduled {
		a.State, a.ScheduledFor = news.Scheduled, d.now.Add(36*time.Hour)
		return step(news.EventScheduled, editor, at)
	}
	a.State, a.Live, a.PublishedAt, a.UpdatedAt, a.ChangedAt, a.ChangedBy = news.Published, 1, at, at, at, editor
	v.Change = news.ChangeFirst
	if err := tx.GoLive(ctx, a, v, nil, news.Event{Kind: news.EventPublished, At: at, Actor: editor}); err != nil {
		return err
	}
	a, v, err := d.corrections(ctx, tx, a, v, f, editor)
	if err != nil {
		return err
	}
	if err := d.comments(ctx, tx, a, f, editor); err != nil {
		return err
	}
	if f.state != news.Killed {
		return nil
	}
	when := at.Add(5 * time.Hour)
	a.State, a.Kill, a.ChangedAt = news.Killed, news.Kill{By: editor, At: when, Note: f.head["Kill"]}, when
	return tx.Withdraw(ctx, a, v.Content, news.Event{Kind: news.EventKilled, At: when, Actor: editor, Note: a.Kill.Note})
}

func (d *demo) content(ctx context.Context, tx *store.Tx, e news.Edition, section news.Section, f demoArticle) (news.Content, error) {
	c := news.Content{Kicker: f.head["Kicker"], Headline: f.head["Headline"], Standfirst: f.head["Standfirst"], Slugline: f.head["Slugline"],
		Bylines: news.ParseBylines(f.head["Byline"]), Credit: f.head["Credit"], Section: section.ID, Urgency: 4, Body: f.body}
	for i, part := range strings.Split(f.head["Dateline"], "|") {
		*[]*string{&c.Dateline.Place, &c.Dateline.Country, &c.Dateline.Source}[min(i, 2)] = strings.TrimSpace(part)
	}
	if u := f.head["Urgency"]; u != "" {
		n, err := strconv.Atoi(u)
		if err != nil {
			return c, err
		}
		c.Urgency = n
	}
	for name := range strings.SplitSeq(strings.ReplaceAll(f.head["Topics"], "،", ","), ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		t, err := tx.EnsureTopic(ctx, e.ID, name, news.TopicSubject)
		if err != nil {
			return c, err
		}
		c.Topics = append(c.Topics, t.ID)
	}
	return c, nil
}

func (d *demo) story(ctx context.Context, tx *store.Tx, key string) (news.StoryID, error) {
	if key == "" || d.stories[key] != 0 {
		return d.stories[key], nil
	}
	id, err := tx.NewStory(ctx, key)
	d.stories[key] = id
	return id, err
}

// corrections reads "kind | age | note": each makes the next revision, with a
// sentence more, live.
func (d *demo) corrections(ctx context.Context, tx *store.Tx, a news.Article, v news.Revision, f demoArticle, editor news.PersonID) (news.Article, news.Revision, error) {
	for _, line := range f.many["Correction"] {
		kind, rest, _ := strings.Cut(line, "|")
		age, note, _ := strings.Cut(rest, "|")
		ago, err := demoAge(strings.TrimSpace(age))
		if err != nil {
			return a, v, err
		}
		before, when := a.Placing(v.Content), d.now.Add(-ago)
		next := v
		next.Number, next.By, next.At, next.PublishedAt = v.Number+1, editor, when, time.Time{}
		next.Change, next.Note = news.ChangeKind(strings.TrimSpace(kind)), strings.TrimSpace(note)

		a.Head, a.Live, a.UpdatedAt, a.ChangedAt = next.Number, next.Number, when, when
		a.Approval.Revision = next.Number
		if err := tx.InsertRevision(ctx, next); err != nil {
			return a, v, err
		}
		c := news.Correction{Article: a.ID, Edition: a.Edition, Revision: next.Number, Kind: next.Change, Note: next.Note, By: editor, At: when, Headline: next.Headline}
		if err := c.Validate(); err != nil {
			return a, v, err
		}
		if err := tx.AddCorrection(ctx, c); err != nil {
			return a, v, err
		}
		if err := tx.GoLive(ctx, a, next, &before, news.Event{Kind: news.EventCorrected, At: when, Actor: editor, Note: string(next.Change) + ": " + next.Note}); err != nil {
			return a, v, err
		}
		v = next
	}
	return a, v, nil
}

// comments reads "name | age | text"; those under Held wait for the desk.
func (d *demo) comments(ctx context.Context, tx *store.Tx, a news.Article, f demoArticle, editor news.PersonID) error {
	for _, key := range []string{"Comment", "Held"} {
		for i, line := range f.many[key] {
			name, rest, _ := strings.Cut(line, "|")
			age, text, _ := strings.Cut(rest, "|")
			ago, err := demoAge(strings.TrimSpace(age))
			if err != nil {
				return err
			}
			c := news.Comment{Article: a.ID, Edition: a.Edition, Name: strings.TrimSpace(name), Text: strings.TrimSpace(text), State: news.CommentHeld,
				At: d.now.Add(-ago), Token: fmt.Sprintf("demo %d %s %d", a.ID, key, i)}
			if err := tx.AddComment(ctx, &c); err != nil {
				return err
			}
			if err := tx.AddEvent(ctx, news.Event{Kind: news.EventCommented, At: c.At, Edition: a.Edition, Article: a.ID, Comment: c.ID}); err != nil {
				return err
			}
			if key == "Held" {
				continue
			}
			if err := c.Decide(news.CommentApproved, editor, c.At.Add(10*time.Minute)); err != nil {
				return err
			}
			if _, err := tx.DecideComment(ctx, c); err != nil {
				return err
			}
			if err := tx.AddEvent(ctx, news.Event{Kind: news.EventDecided, At: c.DecidedAt, Actor: editor, Edition: a.Edition, Article: a.ID, Comment: c.ID, Note: string(c.State)}); err != nil {
				return err
			}
		}
	}
	return nil
}
