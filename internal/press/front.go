package press

import (
	"cmp"
	"slices"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// How many articles a front holds.
const (
	frontNewest  = 60 // from which the front is chosen
	frontLead    = 12 // the newest ones among which urgency decides
	frontOpinion = 4
	frontBriefs  = 5
	frontRow     = 4
)

// front chooses by urgency and time: of the newest dozen the most urgent
// leads, the next two or three are seconds, then briefs with their times and
// a row for each section. No article stands twice.
func (j *job) front() (*Page, error) {
	j.tag(newestTag(j.e.ID))
	newest, err := j.store().Cards(j.ctx, store.List{Edition: j.e.ID}, store.Span{}, frontNewest)
	if err != nil {
		return nil, err
	}
	v := FrontView{Frame: j.frame("front", j.e.Name)}
	v.About = j.e.Tagline
	used := map[news.ID]bool{}
	if head := j.heads(newest, used); len(head) > 0 {
		lead := j.card(head[0])
		v.Lead, v.Seconds = &lead, j.cards(head[1:])
	}
	v.Opinion = j.cards(j.take(newest, used, frontOpinion, func(c news.Card) bool { return j.sectionOf(c.Section).Opinion }))
	v.Briefs = j.cards(j.take(newest, used, frontBriefs, func(c news.Card) bool { return !j.sectionOf(c.Section).Opinion }))
	if v.Rows, err = j.rows(newest, used); err != nil {
		return nil, err
	}
	return j.html(200, "front", v)
}

// heads picks the lead and the seconds among the newest reports; a paper that
// has only opinions leads with the newest.
func (j *job) heads(newest []news.Card, used map[news.ID]bool) []news.Card {
	pool := slices.DeleteFunc(slices.Clone(newest), func(c news.Card) bool { return j.sectionOf(c.Section).Opinion })
	if pool = pool[:min(len(pool), frontLead)]; len(pool) == 0 {
		pool = slices.Clone(newest[:min(len(newest), 1)])
	}
	slices.SortStableFunc(pool, func(a, b news.Card) int { return cmp.Compare(urgency(a), urgency(b)) })
	pool = pool[:min(len(pool), 4)]
	for _, c := range pool {
		used[c.ID] = true
	}
	return pool
}

func urgency(c news.Card) int {
	if c.Urgency == 0 {
		return 4
	}
	return c.Urgency
}

func (j *job) take(from []news.Card, used map[news.ID]bool, most int, fits func(news.Card) bool) []news.Card {
	var out []news.Card
	for _, c := range from {
		if len(out) < most && !used[c.ID] && fits(c) {
			used[c.ID] = true
			out = append(out, c)
		}
	}
	return out
}

// rows gives each section its newest articles that do not stand above.
func (j *job) rows(newest []news.Card, used map[news.ID]bool) ([]Row, error) {
	var rows []Row
	for _, s := range j.sections {
		if s.Opinion {
			continue
		}
		j.tag(sectionTag(s.ID))
		list, err := j.store().Cards(j.ctx, store.List{Section: s.ID}, store.Span{}, frontRow+8)
		if err != nil {
			return nil, err
		}
		if list = j.take(list, used, frontRow, func(news.Card) bool { return true }); len(list) > 0 {
			rows = append(rows, Row{Section: j.sectionLink(s), First: j.card(list[0]), Rest: j.cards(list[1:])})
		}
	}
	return rows, nil
}
