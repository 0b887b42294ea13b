package importer

import (
	"context"
	"fmt"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/wirefmt"
)

// one stores one item within a batch. It asks before it writes, so that a
// refused item leaves the others of its batch alone; an error is of the
// database, not of the item.
func (im *Importer) one(ctx context.Context, tx *store.Tx, o Options, p *places, it parsed) (Line, error) {
	line := Line{Headline: it.item.Content.Headline, Findings: it.item.Report}
	if it.err != nil {
		return refuse(line, it.err)
	}
	was, found, err := existing(ctx, tx, it.item)
	if err != nil {
		return line, err
	}
	if it.item.Status == wirefmt.StatusCanceled {
		return im.canceled(ctx, tx, it.item, was, found, line)
	}
	content, note, err := im.content(ctx, tx, o, p, it.item)
	if err != nil {
		return refuse(line, err)
	}
	line.Message = note
	if found {
		return im.again(ctx, tx, o, it.item, was, content, line)
	}
	return im.fresh(ctx, tx, o, it, content, line)
}

func refuse(line Line, err error) (Line, error) {
	switch news.CodeOf(err) {
	case news.Invalid, news.TooLarge, news.Conflict, news.NotFound:
		line.Outcome, line.Message = Refused, err.Error()
		return line, nil
	}
	return line, err
}

// existing finds the article that was made from the same item: by the
// source's own name for it, or by the News ID it came with.
func existing(ctx context.Context, tx *store.Tx, item wirefmt.Item) (news.Article, bool, error) {
	if item.SourceKey != "" {
		a, err := tx.ArticleBySource(ctx, item.SourceKey)
		if err == nil || news.CodeOf(err) != news.NotFound {
			return a, err == nil, err
		}
	}
	if item.NewsID == 0 {
		return news.Article{}, false, nil
	}
	a, err := tx.Article(ctx, item.NewsID)
	if news.CodeOf(err) == news.NotFound {
		return a, false, nil
	}
	return a, err == nil, err
}

// content is the item's content with the paper's own section and topics.
func (im *Importer) content(ctx context.Context, tx *store.Tx, o Options, p *places, item wirefmt.Item) (news.Content, string, error) {
	c := item.Content
	var note string
	c.Section, note = p.find(item.Section)
	if c.Urgency == 0 {
		c.Urgency = 4
	}
	if item.Language != o.Edition.Language {
		c.Language = item.Language
	}
	for _, t := range item.Topics {
		topic, err := tx.EnsureTopic(ctx, o.Edition.ID, t.Name, t.Kind)
		if news.CodeOf(err) == news.Invalid {
			continue // a name without a letter is no topic
		}
		if err != nil {
			return c, "", err
		}
		c.Topics = append(c.Topics, topic.ID)
	}
	return c, note, c.Validate()
}

// canceled meets an agency's kill. What was made of the item does not go out
// by itself any more; what is out is for an editor to withdraw.
func (im *Importer) canceled(ctx context.Context, tx *store.Tx, item wirefmt.Item, was news.Article, found bool, line Line) (Line, error) {
	line.Outcome, line.Message = Refused, "The source has withdrawn this item; nothing was made of it."
	if !found || was.SourceKey == "" || was.SourceKey != item.SourceKey {
		return line, nil
	}
	line.NewsID, line.State = was.ID, was.State
	switch was.State {
	case news.Published:
		line.Message = fmt.Sprintf("The source has withdrawn this item. News ID %d, made of it, is published: kill it at the desk.", was.ID)
		return line, nil
	case news.Scheduled:
	default:
		line.Message = fmt.Sprintf("The source has withdrawn this item. News ID %d, made of it, is not published: spike it at the desk.", was.ID)
		return line, nil
	}
	unschedule(&was)
	was.ChangedAt, was.ChangedBy = im.now(), 0
	line.Outcome, line.State = Changed, was.State
	line.Message = fmt.Sprintf("The source has withdrawn this item. News ID %d, made of it, was taken off the schedule.", was.ID)
	if err := tx.UpdateArticle(ctx, was); err != nil {
		return line, err
	}
	return line, tx.AddEvent(ctx, news.Event{Kind: news.EventUnscheduled, At: was.ChangedAt, Edition: was.Edition, Article: was.ID, Note: "withdrawn by the source; " + origin(item)})
}

// unschedule takes an article back into review, without the approval that it
// had for what the source has changed since.
func unschedule(a *news.Article) {
	a.State, a.Approval, a.Bypass, a.ScheduledFor = news.InReview, news.Approval{}, news.Bypass{}, news.Article{}.ScheduledFor
}

// again meets an item that is there already.
func (im *Importer) again(ctx context.Context, tx *store.Tx, o Options, item wirefmt.Item, was news.Article, c news.Content, line Line) (Line, error) {
	line.NewsID, line.State = was.ID, was.State
	switch {
	case was.SourceHash == item.Hash:
		line.Outcome, line.Message = Unchanged, ""
		if was.Edition != o.Edition.ID {
			line.Message = "It is in another edition already."
		}
		return line, nil
	case was.SourceKey == "" || was.SourceKey != item.SourceKey:
		line.Outcome, line.Message = Refused, fmt.Sprintf("News ID %d belongs to another text; take the line \"News ID\" out to import it under a new number.", was.ID)
		return line, nil
	case was.Edition != o.Edition.ID:
		line.Outcome, line.Message = Refused, fmt.Sprintf("News ID %d, made of this item, is of another edition; nothing was changed.", was.ID)
		return line, nil
	case was.State == news.Killed || was.State == news.Spiked:
		line.Outcome, line.Message = Refused, fmt.Sprintf("The article made from this item is %s; nothing was changed.", was.State)
		return line, nil
	}
	now := im.now()
	was.Head++
	was.Section, was.Headline, was.Slugline, was.Urgency = c.Section, c.Headline, c.Slugline, c.Urgency
	was.ChangedAt, was.ChangedBy, was.SourceHash = now, 0, item.Hash
	if was.State == news.Scheduled {
		unschedule(&was)
	}
	if was.State.Before() {
		was.Bypass = news.Bypass{} // it was for the text of before
		if item.EmbargoUntil.After(was.EmbargoUntil) {
			was.EmbargoUntil = item.EmbargoUntil
		}
	}
	v := news.Revision{Article: was.ID, Number: was.Head, Content: c, At: now}
	if err := tx.InsertRevision(ctx, v); err != nil {
		return line, err
	}
	if err := tx.UpdateArticle(ctx, was); err != nil {
		return line, err
	}
	if !was.Public() {
		if err := tx.IndexArticle(ctx, was, c, store.AtDesk); err != nil {
			return line, err
		}
	}
	line.Outcome, line.State = Changed, was.State
	line.Message = fmt.Sprintf("Revision %d was kept beside what is there; an editor decides.", was.Head)
	return line, tx.AddEvent(ctx, news.Event{Kind: news.EventEdited, At: now, Edition: was.Edition, Article: was.ID, Note: origin(item)})
}

// fresh makes an article of an item: a draft, or with --publish a public one.
func (im *Importer) fresh(ctx context.Context, tx *store.Tx, o Options, it parsed, c news.Content, line Line) (Line, error) {
	item := it.item
	id, err := number(ctx, tx, item.NewsID)
	if err != nil {
		return refuse(line, err)
	}
	now := im.now()
	a := news.Article{ID: id, Edition: o.Edition.ID, Section: c.Section, State: news.Draft, Head: 1, Headline: c.Headline, Slugline: c.Slugline,
		Urgency: c.Urgency, CreatedAt: now, ChangedAt: now, EmbargoUntil: item.EmbargoUntil, SourceKey: item.SourceKey, SourceHash: item.Hash}
	if a.EmbargoUntil.Before(now) {
		a.EmbargoUntil = news.Article{}.EmbargoUntil
	}
	v := news.Revision{Article: id, Number: 1, Content: c, At: now}
	line.NewsID, line.Outcome = id, Made
	if o.Publish {
		if refusal := c.Ready(); refusal != nil || item.Status == wirefmt.StatusWithheld {
			line.Message = strings.TrimSpace(line.Message + " It stays a draft: " + withheld(refusal) + ".")
		} else {
			return im.public(ctx, tx, it, a, v, line)
		}
	}
	line.State = a.State
	return line, im.draft(ctx, tx, item, a, v, news.EventCreated)
}

func withheld(refusal error) string {
	if refusal != nil {
		return refusal.Error()
	}
	return "the source withholds it"
}

func number(ctx context.Context, tx *store.Tx, wanted news.ID) (news.ID, error) {
	if wanted == 0 {
		return tx.NewID(ctx)
	}
	return wanted, tx.TakeID(ctx, wanted)
}

func (im *Importer) draft(ctx context.Context, tx *store.Tx, item wirefmt.Item, a news.Article, v news.Revision, kind news.EventKind) error {
	if err := tx.InsertArticle(ctx, a); err != nil {
		return err
	}
	if err := tx.InsertRevision(ctx, v); err != nil {
		return err
	}
	if err := tx.IndexArticle(ctx, a, v.Content, store.AtDesk); err != nil {
		return err
	}
	return tx.AddEvent(ctx, news.Event{Kind: kind, At: a.CreatedAt, Edition: a.Edition, Article: a.ID, Note: origin(item)})
}

// public publishes an imported article under the date it came with. A date to
// come, or an embargo, puts it on the schedule: it is not early for anyone.
func (im *Importer) public(ctx context.Context, tx *store.Tx, it parsed, a news.Article, v news.Revision, line Line) (Line, error) {
	item, now := it.item, im.now()
	a.Bypass = news.Bypass{At: now, Reason: "imported with --publish"}
	due := item.PublishedAt
	if due.Before(a.EmbargoUntil) {
		due = a.EmbargoUntil
	}
	if due.After(now) {
		a.State, a.ScheduledFor = news.Scheduled, due
		a.Bypass.By = importedBy
		line.State = a.State
		return line, im.draft(ctx, tx, item, a, v, news.EventScheduled)
	}
	if a.PublishedAt = item.PublishedAt; a.PublishedAt.IsZero() {
		a.PublishedAt = now
	}
	if a.UpdatedAt = item.UpdatedAt; a.UpdatedAt.Before(a.PublishedAt) || a.UpdatedAt.After(now) {
		a.UpdatedAt = a.PublishedAt
	}
	a.State, a.Live = news.Published, 1
	v.PublishedAt, v.Change = a.UpdatedAt, news.ChangeFirst
	line.State = a.State
	return line, tx.InsertLive(ctx, a, v, it.set, news.Event{Kind: news.EventPublished, At: now, Note: origin(item)})
}

// importedBy stands where a colleague's approval would: the operator who
// imported with --publish answers for it. No person has this number.
const importedBy news.PersonID = -1

// origin is the record's line about where an item came from, with the notes
// to editors that the public never sees.
func origin(item wirefmt.Item) string {
	parts := []string{"imported from " + item.Format}
	if item.SourceKey != "" && !strings.HasPrefix(item.SourceKey, "text:") {
		parts = append(parts, item.SourceKey)
	}
	if item.EdNote != "" {
		parts = append(parts, "note to editors: "+item.EdNote)
	}
	if item.UsageTerms != "" {
		parts = append(parts, "terms: "+item.UsageTerms)
	}
	return strings.Join(parts, "; ")
}
