package store_test

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// contractQueue walks each of the desk's lists page by page.
func contractQueue(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	for id := news.ID(1); id <= 12; id++ { // pairs of the same time
		a := news.Article{ID: id, Edition: p.English.ID, Section: p.Town.ID, State: news.Draft, Head: 1, Creator: p.Reporter.ID, ChangedAt: p.Clock.Now()}
		if id%3 == 0 {
			a.State = news.InReview
		}
		if id > 6 {
			a.Section = p.World.ID
		}
		if id%4 == 0 {
			a.Creator = p.Contributor.ID
		}
		article(t, p, a, p.Story(p.Town, "Queue"))
		if id%2 == 0 {
			p.Clock.Move(time.Second)
		}
	}
	const copyDesk = 3
	write(t, p, func(tx *store.Tx) error {
		for _, at := range []news.Placement{{Article: 4, Desk: copyDesk, Stage: "proof"}, {Article: 5, Desk: copyDesk}, {Article: 8, Person: p.Contributor.ID},
			{Article: 9, Desk: copyDesk, Stage: "read"}, {Article: 10, Desk: copyDesk, Stage: "proof"}, {Article: 11, Desk: copyDesk, Stage: "read", Person: p.Contributor.ID}} {
			if err := tx.SavePlacement(ctx, at); err != nil {
				return err
			}
		}
		a, err := tx.Article(ctx, 5)
		if err != nil {
			return err
		}
		a.State = news.Published
		return tx.UpdateArticle(ctx, a)
	})
	for _, c := range []struct {
		ask  store.Queue
		want []news.ID
	}{
		{store.Queue{}, []news.ID{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}},
		{store.Queue{State: news.InReview}, []news.ID{12, 9, 6, 3}},
		{store.Queue{Section: p.Town.ID}, []news.ID{6, 5, 4, 3, 2, 1}},
		{store.Queue{Section: p.World.ID, State: news.Draft}, []news.ID{11, 10, 8, 7}},
		{store.Queue{Creator: p.Contributor.ID}, []news.ID{12, 8, 4}},
		{store.Queue{Creator: p.Contributor.ID, State: news.Draft}, []news.ID{8, 4}},
		{store.Queue{Creator: p.Contributor.ID, Section: p.World.ID, State: news.InReview}, []news.ID{12}},
		{store.Queue{State: news.Killed}, nil},
		{store.Queue{Desk: copyDesk}, []news.ID{11, 10, 9, 4}},
		{store.Queue{Desk: copyDesk, State: news.Published}, []news.ID{5}},
		{store.Queue{Desk: copyDesk, Stage: "proof"}, []news.ID{10, 4}},
		{store.Queue{Desk: copyDesk, Section: p.World.ID, State: news.Draft}, []news.ID{11, 10}},
		{store.Queue{Desk: copyDesk, Mine: p.Contributor.ID}, []news.ID{11, 4}},
		{store.Queue{Desk: copyDesk, Creator: p.Contributor.ID}, []news.ID{4}},
		{store.Queue{Assignee: p.Contributor.ID}, []news.ID{11, 8}},
		{store.Queue{Assignee: p.Contributor.ID, Stage: "read"}, []news.ID{11}},
		{store.Queue{Mine: p.Contributor.ID}, []news.ID{12, 11, 8, 4}},
		{store.Queue{Mine: p.Contributor.ID, State: news.Draft, Section: p.World.ID}, []news.ID{11, 8}},
	} {
		for _, limit := range []int{1, 2, 5, 20} {
			var walked []news.ID
			ask := c.ask
			ask.Limit = limit
			for {
				list, err := p.Store.DeskArticles(ctx, ask)
				if err != nil || len(list) > limit {
					t.Fatalf("%+v: %d articles, %v", ask, len(list), err)
				}
				for _, a := range list {
					walked = append(walked, a.ID)
					ask.Below = news.Place{At: a.ChangedAt, ID: int64(a.ID)}
				}
				if len(list) < limit {
					break
				}
			}
			in(t, fmt.Sprintf("%+v by %d", c.ask, limit), walked, nil, c.want...)
		}
	}
}
