package store_test

import (
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractPaper(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	secret, err := p.Store.PaperSecret(ctx)
	if err != nil || len(secret) < 20 {
		t.Errorf("the paper's secret is %q, %v", secret, err)
	}
	want := filled[news.Paper](t)
	write(t, p, func(tx *store.Tx) error { return tx.SavePaper(ctx, want) })
	got, err := p.Store.Paper(ctx)
	same(t, "paper", want, got, err)
	if again, err := p.Store.PaperSecret(ctx); again != secret || err != nil {
		t.Errorf("the secret changed with the settings: %v", err)
	}
}

func contractEditions(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[news.Edition](t)
	want.ID = 0
	write(t, p, func(tx *store.Tx) error { return tx.SaveEdition(ctx, &want) })
	if want.ID == 0 || want.ID == p.English.ID || want.ID == p.Persian.ID {
		t.Fatalf("the new edition has number %d", want.ID)
	}
	got, err := p.Store.Edition(ctx, want.ID)
	same(t, "edition", want, got, err)
	got, err = p.Store.EditionBySlug(ctx, want.Slug)
	same(t, "edition by its address", want, got, err)

	changed := news.Edition{ID: want.ID, Slug: "xx", Name: "Other", Language: "ar", TimeZone: "Asia/Baghdad", Calendar: "hijri"}
	write(t, p, func(tx *store.Tx) error { return tx.SaveEdition(ctx, &changed) })
	got, err = p.Store.Edition(ctx, want.ID)
	same(t, "changed edition", changed, got, err)
	list, err := p.Store.Editions(ctx)
	same(t, "all editions, the default first", []news.Edition{p.English, changed, p.Persian}, list, err)

	refused(t, p, news.Conflict, func(tx *store.Tx) error { return tx.SaveEdition(ctx, &news.Edition{Slug: p.Persian.Slug}) })
	if _, err := p.Store.Edition(ctx, 999); news.CodeOf(err) != news.NotFound {
		t.Errorf("an edition that is not there: %v", err)
	}
}

func contractSections(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	want := filled[news.Section](t)
	want.ID, want.Edition = 0, p.Persian.ID
	write(t, p, func(tx *store.Tx) error { return tx.SaveSection(ctx, &want) })
	got, err := p.Store.Section(ctx, want.ID)
	same(t, "section", want, got, err)
	got, err = p.Store.SectionBySlug(ctx, p.Persian.ID, want.Slug)
	same(t, "section by its address", want, got, err)
	want.Slug, want.Name, want.Position, want.Opinion = "last", "آخر", 99, false
	write(t, p, func(tx *store.Tx) error { return tx.SaveSection(ctx, &want) })
	list, err := p.Store.Sections(ctx, p.Persian.ID)
	same(t, "sections in their order", []news.Section{p.Jahan, want}, list, err)

	// The address is the section's own within its edition only.
	write(t, p, func(tx *store.Tx) error {
		return tx.SaveSection(ctx, &news.Section{Edition: p.Persian.ID, Slug: p.Town.Slug, Name: "Town"})
	})
	refused(t, p, news.Conflict, func(tx *store.Tx) error {
		return tx.SaveSection(ctx, &news.Section{Edition: p.English.ID, Slug: p.Town.Slug, Name: "Town"})
	})
	refused(t, p, news.Unavailable, func(tx *store.Tx) error { // a foreign key that points nowhere
		return tx.SaveSection(ctx, &news.Section{Edition: 999, Slug: "nowhere", Name: "Nowhere"})
	})
}

func contractTopics(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	var bridge, mayor, again news.Topic
	var first, second news.StoryID
	write(t, p, func(tx *store.Tx) (err error) {
		if bridge, err = tx.EnsureTopic(ctx, p.English.ID, "Old Bridge", news.TopicPlace); err != nil {
			return err
		}
		if mayor, err = tx.EnsureTopic(ctx, p.English.ID, "Mayor Brandt", news.TopicPerson); err != nil {
			return err
		}
		if again, err = tx.EnsureTopic(ctx, p.English.ID, "old bridge", news.TopicSubject); err != nil {
			return err
		}
		if first, err = tx.NewStory(ctx, "bridge"); err != nil {
			return err
		}
		second, err = tx.NewStory(ctx, "bridge")
		return err
	})
	if zero := zeroFields(valueOf(bridge), "topic"); len(zero) > 0 || bridge.Name != "Old Bridge" || bridge.Kind != news.TopicPlace {
		t.Errorf("made %+v", bridge)
	}
	same(t, "the topic of that name", bridge, again, nil)
	if first == 0 || second <= first {
		t.Errorf("stories %d and %d", first, second)
	}
	got, err := p.Store.Topic(ctx, mayor.ID)
	same(t, "topic", mayor, got, err)
	if _, err := p.Store.LiveTopic(ctx, p.English.ID, bridge.Slug); news.CodeOf(err) != news.NotFound {
		t.Errorf("a topic of which nothing is out: %v", err)
	}
	list, err := p.Store.Topics(ctx, []news.TopicID{mayor.ID, bridge.ID})
	same(t, "topics in the order asked for", []news.Topic{mayor, bridge}, list, err)
	if _, err := p.Store.Topics(ctx, []news.TopicID{bridge.ID, 999}); news.CodeOf(err) != news.NotFound {
		t.Errorf("a topic that is not there: %v", err)
	}
	refused(t, p, news.Invalid, func(tx *store.Tx) error {
		_, err := tx.EnsureTopic(ctx, p.English.ID, " - ", news.TopicSubject)
		return err
	})
}
