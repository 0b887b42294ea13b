package store

import (
	"context"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

const topicColumns = `id, edition_id, slug, name, kind`

func scanTopic(r scanner) (news.Topic, error) {
	var t news.Topic
	err := r.Scan(&t.ID, &t.Edition, &t.Slug, &t.Name, &t.Kind)
	return t, err
}

// Topic reads one topic.
func (q queries) Topic(ctx context.Context, id news.TopicID) (news.Topic, error) {
	return one(ctx, q, `SELECT `+topicColumns+` FROM topic WHERE id = $1`, []any{id}, scanTopic)
}

// topicBySlug finds a topic of an edition by its address word.
func (q queries) topicBySlug(ctx context.Context, edition news.EditionID, slug string) (news.Topic, error) {
	return one(ctx, q, `SELECT `+topicColumns+` FROM topic WHERE edition_id = $1 AND slug = $2`, []any{edition, slug}, scanTopic)
}

// LiveTopic finds a topic that a live article of the edition names by its
// address word. A draft may have named others: until one is out, their names
// are nobody's business, and looking for them is the same work as for none.
func (q queries) LiveTopic(ctx context.Context, edition news.EditionID, slug string) (news.Topic, error) {
	return one(ctx, q, `SELECT `+topicColumns+` FROM topic WHERE edition_id = $1 AND slug = $2
		AND EXISTS (SELECT 1 FROM article_topic t WHERE t.topic_id = topic.id)`, []any{edition, slug}, scanTopic)
}

// Topics reads several topics in the order asked for.
func (q queries) Topics(ctx context.Context, ids []news.TopicID) ([]news.Topic, error) {
	topics := make([]news.Topic, 0, len(ids))
	for _, id := range ids {
		t, err := q.Topic(ctx, id)
		if err != nil {
			return nil, err
		}
		topics = append(topics, t)
	}
	return topics, nil
}

// EnsureTopic finds the edition's topic of that name or makes it.
func (tx *Tx) EnsureTopic(ctx context.Context, edition news.EditionID, name string, kind news.TopicKind) (news.Topic, error) {
	slug := locale.Slug(name)
	if slug == "" {
		return news.Topic{}, news.Refuse(news.Invalid, "error.topic.name", "a topic's name has letters or digits").In("topics")
	}
	t, err := tx.topicBySlug(ctx, edition, slug)
	if news.CodeOf(err) != news.NotFound {
		return t, err
	}
	n, err := tx.nextNumber(ctx, "topic")
	if err != nil {
		return t, err
	}
	t = news.Topic{ID: news.TopicID(n), Edition: edition, Slug: slug, Name: name, Kind: kind}
	return t, tx.exec(ctx, `INSERT INTO topic (`+topicColumns+`) VALUES ($1, $2, $3, $4, $5)`, t.ID, t.Edition, t.Slug, t.Name, string(t.Kind))
}

// NewStory begins a story that articles can join.
func (tx *Tx) NewStory(ctx context.Context, name string) (news.StoryID, error) {
	n, err := tx.nextNumber(ctx, "story")
	if err != nil {
		return 0, err
	}
	return news.StoryID(n), tx.exec(ctx, `INSERT INTO story (id, name) VALUES ($1, $2)`, n, name)
}
