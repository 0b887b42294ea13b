package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	dutyDesks   = 30
	dutyDrafts  = 900 // on their way, a third of them in review: handed to the desks, due within four days
	dutyPlanned = 40  // stories of the plan a day
	dutyPages   = 120 // times each page is asked for
)

// onDuty measures the pages of those who look ahead, and a desk's queue, in a
// paper of 10,000 stories and 30 desks.
func (b *bench) onDuty(ctx context.Context) error {
	if err := b.furnish(ctx); err != nil {
		return err
	}
	if err := b.serve(ctx); err != nil {
		return err
	}
	defer b.stop()
	if err := answers(ctx, "http://"+deskAddr+"/sign-in"); err != nil {
		return err
	}
	c, err := signIn()
	if err != nil {
		return err
	}
	today := time.Now().UTC().Format("2006-01-02")
	for _, page := range []struct{ name, path string }{
		{"the list of all articles", "/"}, {"the queue of one desk", "/?desk=desk-7"}, {"what is in review", "/?state=in_review"}, {"the duty editor's page", "/duty"},
		{"the story plan of a day", "/plan?day=" + today}, {"the story plan of a week", "/plan?span=week&day=" + today}, {"what goes out when", "/calendar"},
	} {
		if err := b.pageTimes(ctx, c, page.name, page.path); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) pageTimes(ctx context.Context, c *client, name, path string) error {
	var took []time.Duration
	size := 0
	for i := range dutyPages + 5 {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+deskAddr+path, nil)
		if err != nil {
			return err
		}
		begun := time.Now()
		resp, err := c.http.Do(r)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answers %d: %w", path, resp.StatusCode, err)
		}
		if size = len(body); i >= 5 { // the first ones prepare their statements
			took = append(took, time.Since(begun))
		}
	}
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	b.say("%s, %d times at %d articles, %d of them on their way, and %d desks: p50 %.1f ms, **p99 %.1f ms**, worst %.1f ms, %d KB. Goal p99 under 100 ms",
		name, len(took), b.articles+dutyDrafts, dutyDrafts, dutyDesks, at(0.5), at(0.99), at(1), size>>10)
	return nil
}

// furnish puts desks, drafts with deadlines and a plan into the paper.
func (b *bench) furnish(ctx context.Context) error {
	s, err := store.Open(ctx, store.Options{URL: filepath.Join(b.data, "paper.db")})
	if err != nil {
		return err
	}
	defer s.Close()
	owner, err := s.PersonByEmail(ctx, ownerEmail)
	if err != nil {
		return err
	}
	editions, err := s.Editions(ctx)
	if err != nil {
		return err
	}
	sections, err := s.Sections(ctx, editions[0].ID)
	if err != nil {
		return err
	}
	yesterday := time.Now().UTC().AddDate(0, 0, -1) // so that a day's deadlines have passed by now
	room := desk.New(s, func() time.Time { return yesterday })
	var desks []news.DeskID
	for i := range dutyDesks {
		id, _, err := room.SaveDesk(ctx, owner.ID, news.Desk{Name: fmt.Sprint("Desk ", i+1), Stages: []string{"writing", "copy", "legal"}}, nil)
		if err != nil {
			return err
		}
		desks = append(desks, id)
	}
	body, _ := doc.FromText(strings.Repeat("The tide rose over Valmere, and nobody had counted before. ", 60))
	for i := range dutyDrafts {
		c := news.Content{Headline: fmt.Sprint("A story on its way, number ", i), Slugline: fmt.Sprint("story-", i), Section: sections[i%len(sections)].ID, Body: body}
		id, err := room.Create(ctx, owner.ID, editions[0].ID, desk.Copy{Content: c}, fmt.Sprint("duty ", i))
		if err != nil {
			return err
		}
		at := news.Placement{Desk: desks[i%len(desks)], Person: owner.ID, DueAt: yesterday.Add(time.Duration(i+1) * 6 * time.Minute)}
		if err := room.Hand(ctx, owner.ID, id, at, time.Time{}); err != nil {
			return err
		}
		if i%3 == 0 {
			if err := room.Submit(ctx, owner.ID, id); err != nil {
				return err
			}
		}
	}
	return b.planAhead(ctx, room, owner.ID, editions[0], sections, desks)
}

// planAhead fills two weeks of the plan.
func (b *bench) planAhead(ctx context.Context, room *desk.Desk, owner news.PersonID, e news.Edition, sections []news.Section, desks []news.DeskID) error {
	now := time.Now().UTC()
	for day := range 14 {
		for i := range dutyPlanned {
			s := news.Assignment{Edition: e.ID, Day: news.DayOf(now, e).Add(day), Slugline: fmt.Sprintf("planned-%d-%d", day, i), Brief: "What it is, in a line that a desk would write.",
				Section: sections[i%len(sections)].ID, Desk: desks[i%len(desks)], Person: owner, Pictures: news.PicturesWanted}
			if day > 0 {
				s.DueAt = now.AddDate(0, 0, day)
			}
			id, err := room.Plan(ctx, owner, s, fmt.Sprintf("plan %d %d", day, i))
			if err != nil {
				return err
			}
			if i%2 == 0 {
				if _, err := room.BeginPlan(ctx, owner, id); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
