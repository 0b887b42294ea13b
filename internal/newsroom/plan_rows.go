package newsroom

import (
	"cmp"
	"context"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// planSums are what the head of the sheet counts.
type planSums struct{ stories, nobody, pictures, late int }

func (p planSums) words(s locale.Style) string {
	parts := []string{s.T("desk.plan.sum", p.stories)}
	for _, sum := range []struct {
		key string
		n   int
	}{{"desk.plan.sum.nobody", p.nobody}, {"desk.plan.sum.pictures", p.pictures}, {"desk.plan.sum.late", p.late}} {
		if sum.n > 0 {
			parts = append(parts, s.T(sum.key, sum.n))
		}
	}
	return strings.Join(parts, " · ")
}

func (p *planSums) count(s news.Assignment, state news.PlanState, now time.Time) {
	if state == news.PlanDropped {
		return
	}
	p.stories++
	if s.Person == 0 && state.Open() {
		p.nobody++
	}
	if s.Pictures == news.PicturesWanted && state.Open() {
		p.pictures++
	}
	if s.Late(state, now) {
		p.late++
	}
}

// planRows are the stories of one day.
func (n *Newsroom) planRows(v visit, f planFilter, day news.Day, at planned, sums *planSums) (rows []planRow, err error) {
	for _, one := range at.list {
		if one.Day != day {
			continue
		}
		row, err := n.planRow(v, f, one, at)
		if err != nil {
			return nil, err
		}
		sums.count(one, one.State(at.articles[one.Article]), v.now)
		rows = append(rows, row)
	}
	for i := range rows {
		if i > 0 {
			rows[i].Up = rows[i-1].ID
		}
		if i < len(rows)-1 {
			rows[i].Down = rows[i+1].ID
		}
	}
	return rows, nil
}

// stateClass is the colour of a state of the plan: that of the article's own.
var stateClass = map[news.PlanState]string{news.PlanPlanned: "planned", news.PlanWriting: "writing", news.PlanInReview: "in_review", news.PlanScheduled: "scheduled",
	news.PlanOut: "published", news.PlanWithdrawn: "killed", news.PlanDropped: "spiked"}

func (n *Newsroom) planRow(v visit, f planFilter, s news.Assignment, at planned) (planRow, error) {
	a := at.articles[s.Article]
	state := s.State(a)
	row := n.storyRow(v, f.edition, state, s.DueAt, s.Day)
	row.ID, row.Article, row.Link = s.ID, s.Article, "/plan/"+itoa(int(s.ID))
	row.Slugline, row.Brief, row.Section, row.Desk = s.Slugline, s.Brief, at.sections.name(s.Section), at.desks.byID(s.Desk).Name
	row.Pictures, row.Dropped, row.Late = string(s.Pictures), !s.Dropped.IsZero(), s.Late(state, v.now)
	row.Back, row.DayKind, row.DayTyped = f.link(func(*planFilter) {}), dayKind(f.edition), news.TypeDay(s.Day, f.edition)
	if s.Pictures != news.PicturesNone {
		row.Picture = row.T("desk.plan.pictures." + string(s.Pictures))
	}
	var err error
	if row.Who, err = at.who.placed(s.Article, s.Person, s.ChangedAt); err != nil {
		return row, err
	}
	if a.ID != 0 && a.CanRead(v.person) {
		row.Number, row.Open = row.Figures(a.ID.String()), "/articles/"+a.ID.String()
	}
	row.May = s.Allows(v.person, news.MayPlan) == nil
	row.Begin = s.Article == 0 && s.Dropped.IsZero() && s.Allows(v.person, news.MayBegin) == nil
	return row, nil
}

// storyRow is what a planned story and an article beside the plan have alike.
func (n *Newsroom) storyRow(v visit, e news.Edition, state news.PlanState, due time.Time, day news.Day) planRow {
	s := v.styleIn(e)
	row := planRow{Style: s, Lang: e.Language, State: stateClass[state], Word: s.T("desk.plan.state." + string(state))}
	if due.IsZero() {
		return row
	}
	row.DueExact, row.Due = due.UTC().Format(time.RFC3339), s.Time(due)
	if news.DayOf(due, e) != day {
		row.Due = s.ShortDate(due) + " " + row.Due
	}
	return row
}

// planBeside are articles that are due on those days and on no plan.
func (n *Newsroom) planBeside(ctx context.Context, v visit, f planFilter, from, to news.Day, at planned) ([]planRow, error) {
	list, err := n.store.Unplanned(ctx, f.edition.ID, from.Start(f.edition), to.Add(1).Start(f.edition), unplannedMost)
	if err != nil {
		return nil, err
	}
	desk := at.desks.bySlug(f.desk)
	var rows []planRow
	for _, d := range list {
		if !d.Article.CanRead(v.person) || f.desk != "" && d.Article.Desk != desk.ID {
			continue
		}
		s := news.Assignment{Article: d.Article.ID, DueAt: d.DueAt}
		state := s.State(d.Article)
		row := n.storyRow(v, f.edition, state, d.DueAt, from)
		row.Article, row.Link, row.Open, row.Number = d.Article.ID, "/articles/"+d.Article.ID.String(), "/articles/"+d.Article.ID.String(), row.Figures(d.Article.ID.String())
		row.Slugline, row.Brief = cmp.Or(d.Article.Slugline, d.Article.Headline, row.T("desk.untitled")), d.Article.Headline
		if row.Brief == row.Slugline {
			row.Brief = ""
		}
		row.Section, row.Desk, row.Late = at.sections.name(d.Article.Section), at.desks.byID(d.Article.Desk).Name, s.Late(state, v.now)
		if row.Who, err = at.who.withWhom(d.Article); err != nil {
			return nil, err
		}
		row.May, row.Day, row.Back = v.person.May(news.MayPlan.Least()), news.DayOf(d.DueAt, f.edition), f.link(func(*planFilter) {})
		rows = append(rows, row)
	}
	return rows, nil
}
