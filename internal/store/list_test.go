package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func cardIDs(cards []news.Card, err error) ([]news.ID, error) {
	var ids []news.ID
	for _, c := range cards {
		ids = append(ids, c.ID)
	}
	return ids, err
}

func topic(t *testing.T, p *papertest.Paper, name string) (topic news.Topic) {
	t.Helper()
	write(t, p, func(tx *store.Tx) (err error) {
		topic, err = tx.EnsureTopic(t.Context(), p.English.ID, name, news.TopicSubject)
		return err
	})
	return topic
}

// contractLists puts every field of a card through, and looks which list shows what.
func contractLists(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	bridge := topic(t, p, "Bridge")
	c := filled[news.Content](t)
	c.Section, c.Topics, c.Urgency = p.Town.ID, []news.TopicID{bridge.ID}, 2
	a := live(t, p, 10, c)
	want := news.Card{ID: 10, Edition: p.English.ID, Section: p.Town.ID, Kicker: c.Kicker, Headline: c.Headline, Standfirst: c.Standfirst, Bylines: c.Bylines,
		Dateline: c.Dateline, Credit: c.Credit, Language: c.Language, Urgency: 2, PublishedAt: a.PublishedAt, UpdatedAt: a.UpdatedAt}
	got, err := p.Store.Card(ctx, 10)
	same(t, "card", want, got, err)

	c.Standfirst, c.Section = "", p.World.ID
	c.Body, _ = doc.FromText("The tide.\nIt rose.")
	p.Clock.Move(time.Minute)
	a = live(t, p, 11, c)
	a.Story = 6
	write(t, p, func(tx *store.Tx) error { return tx.UpdateArticle(ctx, a) })
	if got, err = p.Store.Card(ctx, 11); got.Standfirst != "The tide." || err != nil {
		t.Errorf("without a standfirst the card opens with %q, %v", got.Standfirst, err)
	}
	draft(t, p, 12, c)
	liveIn(t, p, p.Persian, 13, p.Story(p.Jahan, "پل باز شد"))

	in := func(l store.List, want ...news.ID) {
		t.Helper()
		ids, err := cardIDs(p.Store.Cards(ctx, l, store.Span{}, 9))
		in(t, fmt.Sprintf("%+v", l), ids, err, want...)
	}
	in(store.List{Edition: p.English.ID}, 11, 10)
	in(store.List{Edition: p.Persian.ID}, 13)
	in(store.List{Edition: p.English.ID, Section: p.Town.ID}, 10)
	in(store.List{Edition: p.English.ID, Topic: bridge.ID}, 11, 10)
	if got, err := p.Store.LiveTopic(ctx, p.English.ID, bridge.Slug); got.ID != bridge.ID || err != nil {
		t.Errorf("the topic of what is out: %+v, %v", got, err)
	}
	in(store.List{Edition: p.English.ID, Byline: c.Bylines[1].Slug}, 11, 10)
	in(store.List{Edition: p.Persian.ID, Byline: c.Bylines[1].Slug})
	in(store.List{Edition: p.English.ID, Story: 6}, 11)
	in(store.List{Edition: 99})
	if name, err := p.Store.BylineName(ctx, p.English.ID, c.Bylines[0].Slug); name != c.Bylines[0].Name || err != nil {
		t.Errorf("the author is printed %q, %v", name, err)
	}
	if _, err := p.Store.BylineName(ctx, p.English.ID, "nobody"); news.CodeOf(err) != news.NotFound {
		t.Errorf("an author who wrote nothing: %v", err)
	}
	if _, err := p.Store.Card(ctx, 12); news.CodeOf(err) != news.NotFound {
		t.Errorf("a draft has no card: %v", err)
	}
}

// contractSpans: newest first, equal times by number, half-open spans, walks
// from a place.
func contractSpans(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	begin := p.Clock.Now()
	bridge := topic(t, p, "Bridge")
	c := p.Story(p.Town, "Bridge")
	c.Topics = []news.TopicID{bridge.ID}
	for id := news.ID(1); id <= 6; id++ { // 1 and 2, 3 and 4, 5 and 6 at the same minute
		live(t, p, id, c)
		if id%2 == 0 {
			p.Clock.Move(time.Minute)
		}
	}
	minute := func(n int) time.Time { return begin.Add(time.Duration(n) * time.Minute) }
	for _, l := range []store.List{{Edition: p.English.ID}, {Section: p.Town.ID}, {Topic: bridge.ID}, {Edition: p.English.ID, Byline: "rana-reed"}} {
		for _, c := range []struct {
			span  store.Span
			limit int
			want  []news.ID
		}{
			{store.Span{}, 9, []news.ID{6, 5, 4, 3, 2, 1}},
			{store.Span{}, 3, []news.ID{6, 5, 4}},
			{store.Span{From: minute(1)}, 9, []news.ID{6, 5, 4, 3}},
			{store.Span{To: minute(2)}, 9, []news.ID{4, 3, 2, 1}},
			{store.Span{From: minute(1), To: minute(2)}, 9, []news.ID{4, 3}},
			{store.Span{From: minute(3)}, 9, nil},
		} {
			ids, err := cardIDs(p.Store.Cards(ctx, l, c.span, c.limit))
			in(t, fmt.Sprintf("%+v in %+v", l, c.span), ids, err, c.want...)
		}
	}
	var walked []news.ID
	for place := (news.Place{At: minute(9)}); ; {
		cards, err := p.Store.Older(ctx, p.Town.ID, place, 1)
		if err != nil || len(cards) == 0 {
			in(t, "walked one by one", walked, err, 6, 5, 4, 3, 2, 1)
			break
		}
		walked = append(walked, cards[0].ID)
		place = news.Place{At: cards[0].PublishedAt, ID: int64(cards[0].ID)}
	}
	ids, err := p.Store.ArticleIDs(ctx, p.English.ID, 2, 3)
	in(t, "numbers above 2", ids, err, 3, 4, 5)
}

func contractHops(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	bridge := topic(t, p, "Bridge")
	c := p.Story(p.Town, "Bridge")
	c.Topics = []news.TopicID{bridge.ID}
	first := p.Clock.Now()
	live(t, p, 1, c)
	p.Clock.Move(48 * time.Hour)
	last := p.Clock.Now()
	live(t, p, 2, c)
	draft(t, p, 3, c)
	for _, l := range []store.List{{Edition: p.English.ID}, {Section: p.Town.ID}, {Topic: bridge.ID}, {Edition: p.English.ID, Byline: "rana-reed"}} {
		for _, hop := range []struct {
			from            time.Time
			next, newestOld time.Time
		}{
			{first.Add(-time.Hour), first, time.Time{}},
			{first, first, time.Time{}},
			{first.Add(time.Microsecond), last, first},
			{last, last, first},
			{last.Add(time.Hour), time.Time{}, last},
		} {
			got, err := p.Store.NextIn(ctx, l, hop.from)
			same(t, fmt.Sprintf("%+v: next from %v", l, hop.from), hop.next, got, err)
			got, err = p.Store.NewestIn(ctx, l, hop.from)
			same(t, fmt.Sprintf("%+v: newest before %v", l, hop.from), hop.newestOld, got, err)
		}
	}
	for _, l := range []store.List{{Edition: p.Persian.ID}, {Section: p.World.ID}} {
		got, err := p.Store.NextIn(ctx, l, time.Time{})
		same(t, "an empty list", time.Time{}, got, err)
	}
}

// contractMoves: a correction moves an article between lists, and a killed one
// leaves them all.
func contractMoves(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	bridge, ferry := topic(t, p, "Bridge"), topic(t, p, "Ferry")
	c := p.Story(p.Town, "Bridge")
	c.Topics = []news.TopicID{bridge.ID}
	a := live(t, p, 1, c)
	p.Clock.Move(time.Hour)
	next := p.Story(p.World, "Ferry")
	next.Topics, next.Bylines = []news.TopicID{ferry.ID}, []news.Byline{{Name: "Edda Elm", Slug: "edda-elm"}}
	before := a.Placing(c)
	a.Head, a.Live, a.Section, a.UpdatedAt = 2, 2, p.World.ID, p.Clock.Now()
	write(t, p, func(tx *store.Tx) error {
		v := news.Revision{Article: 1, Number: 2, Content: next, Change: news.ChangeUpdate, Note: "moved"}
		if err := tx.InsertRevision(ctx, v); err != nil {
			return err
		}
		return tx.GoLive(ctx, a, v, &before, news.Event{Kind: news.EventCorrected, At: a.UpdatedAt})
	})
	stands := func(want map[string]bool) {
		t.Helper()
		for what, l := range map[string]store.List{"town": {Section: p.Town.ID}, "world": {Section: p.World.ID}, "bridge": {Topic: bridge.ID}, "ferry": {Topic: ferry.ID},
			"reed": {Edition: p.English.ID, Byline: "rana-reed"}, "elm": {Edition: p.English.ID, Byline: "edda-elm"}, "all": {Edition: p.English.ID}} {
			if cards, err := p.Store.Cards(ctx, l, store.Span{}, 9); err != nil || (len(cards) == 1) != want[what] {
				t.Errorf("%s: %v, %v", what, cards, err)
			}
		}
		papertest.Check(t, p.Store)
	}
	stands(map[string]bool{"world": true, "ferry": true, "elm": true, "all": true})
	events, err := p.Store.ArticleEvents(ctx, 1, 1)
	want := news.Touched{Public: true, Sections: []news.SectionID{p.World.ID, p.Town.ID}, Topics: []news.TopicID{ferry.ID, bridge.ID},
		Bylines: []string{"edda-elm", "rana-reed"}, At: []time.Time{a.PublishedAt, a.PublishedAt}}
	same(t, "the places before and after", want, events[0].Touched, err)

	a.State, a.Kill = news.Killed, news.Kill{By: p.Editor.ID, At: p.Clock.Now(), Note: "not true"}
	write(t, p, func(tx *store.Tx) error {
		return tx.Withdraw(ctx, a, next, news.Event{Kind: news.EventKilled, At: p.Clock.Now()})
	})
	stands(nil)

	write(t, p, func(tx *store.Tx) error { return tx.Place(ctx, a, c) })
	if cards, err := p.Store.Cards(ctx, store.List{Topic: bridge.ID}, store.Span{}, 9); err != nil || len(cards) != 1 {
		t.Errorf("placed again: %v, %v", cards, err)
	}
	write(t, p, func(tx *store.Tx) error { return tx.Unplace(ctx, 1) })
	stands(nil)
}

// contractInsertLive: an import's short way leaves what the desk's way leaves.
func contractInsertLive(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	c := p.Story(p.Town, "Imported")
	c.Topics = []news.TopicID{topic(t, p, "Bridge").ID}
	live(t, p, 7, c)
	long, err := p.Store.Dump(ctx)
	if err != nil {
		t.Fatal(err)
	}
	q := found(t, store.Options{URL: databases[p.Store.Name()](t)})
	topic(t, q, "Bridge")
	now := q.Clock.Now()
	write(t, q, func(tx *store.Tx) error {
		a := news.Article{ID: 7, Edition: q.English.ID, Section: q.Town.ID, State: news.Published, Head: 1, Live: 1, Creator: q.Reporter.ID,
			Headline: c.Headline, CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now}
		v := news.Revision{Article: 7, Number: 1, Content: c, By: q.Reporter.ID, At: now, PublishedAt: now, Change: news.ChangeFirst}
		set, err := store.SetType(c)
		if err != nil {
			return err
		}
		return tx.InsertLive(ctx, a, v, set, news.Event{Kind: news.EventPublished, At: now})
	})
	short, err := q.Store.Dump(ctx)
	same(t, "the two ways", lines(long), lines(short), err)
	papertest.Check(t, q.Store)
}

// lines parts a dump, without what differs between any two papers: the
// secret, and how the search keeps its words.
func lines(dump string) []string {
	return slices.DeleteFunc(strings.Split(dump, "\n"), func(line string) bool {
		return strings.HasPrefix(line, "paper: ") || strings.HasPrefix(line, "search_") && !strings.HasPrefix(line, "search_entry: ")
	})
}
