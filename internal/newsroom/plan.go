package newsroom

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

const (
	plannedMost   = 7 * news.MaxPlanned // stories of a week that are read
	unplannedMost = 200                 // articles beside a day's plan
)

// planPage is the story plan of a day or a week of one edition.
type planPage struct {
	frame
	Tabs, Spans, Editions, Desks, Steps []choice
	Week                                bool
	Date, Also                          string // the day or the week in words; the same in the second calendar
	Edition                             string // its name, where there are several
	Lang                                string
	Sums                                string
	Days                                []planDay
	Beside                              []planRow // of the day, and not planned
	Add                                 bool
	Fields                              []field
	Jump                                field
	Hidden                              []option // of the form that leads to another day
	Token, Back                         string
	Undo                                planUndo
	Script                              string // texts of its script, JSON
}

// planUndo offers to take back a story that was dropped.
type planUndo struct{ Says, Link string }

// planDay is one day of the plan.
type planDay struct {
	Day                 news.Day
	Weekday, Date, Link string
	Today, Past         bool
	Rows                []planRow
}

// planRow is one story on the plan, or one article beside it.
type planRow struct {
	locale.Style
	ID                 news.AssignmentID
	Article            news.ID
	Link               string // to its page
	Slugline, Brief    string
	Lang               string
	Section, Desk, Who string
	Due                string
	DueExact           string
	Late               bool
	Pictures, Picture  string // the choice and its word
	State              string // class of its colour
	Word               string
	Number             string // of its article; "" = nobody has begun it, or it is not the person's to open
	Open               string // where its article is opened
	Dropped            bool
	May, Begin         bool
	Up, Down           news.AssignmentID // the stories before and after it, as they are shown
	DayKind, DayTyped  string            // the control for another day
	Day                news.Day
	Back               string
}

// planFilter is what the address of the plan asks for.
type planFilter struct {
	day     news.Day
	edition news.Edition
	desk    string
	week    bool
}

// readPlan reads the plan's address: without a day it is today by the edition's
// clock, without an edition the default one.
func readPlan(q url.Values, v visit) planFilter {
	f := planFilter{desk: q.Get("desk"), week: q.Get("span") == "week", edition: v.edition(news.EditionID(number(q.Get("edition"))))}
	if f.edition.ID == 0 && len(v.editions) > 0 {
		f.edition = v.editions[0]
	}
	day, err := news.ParseDay(q.Get("day"), f.edition)
	if f.day = day; err != nil {
		f.day = news.DayOf(v.now, f.edition)
	}
	return f
}

// link is the address of the plan under a changed filter.
func (f planFilter) link(change func(*planFilter)) string {
	change(&f)
	q := url.Values{"day": {string(f.day)}}
	if !f.edition.Default {
		q.Set("edition", itoa(int(f.edition.ID)))
	}
	if f.desk != "" {
		q.Set("desk", f.desk)
	}
	if f.week {
		q.Set("span", "week")
	}
	return "/plan?" + q.Encode()
}

// days are the first and the last day that are shown.
func (f planFilter) days(s locale.Style) (from, to news.Day) {
	if !f.week {
		return f.day, f.day
	}
	from = f.day.Week(s.FirstWeekday())
	return from, from.Add(6)
}

func (n *Newsroom) planShow(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showPlan(w, r, v, readPlan(r.URL.Query(), v), http.StatusOK, blank(v, url.Values{}))
}

// showPlan sends the plan, also after an act on it was refused.
func (n *Newsroom) showPlan(w http.ResponseWriter, r *http.Request, v visit, f planFilter, status int, typed *form) error {
	s := v.styleIn(f.edition)
	p := planPage{frame: n.frame(r, v, "plan", s.T("desk.plan.title")), Week: f.week, Tabs: planTabs(v, "plan"), Lang: f.edition.Language, Token: rand.Text(),
		Back: f.link(func(*planFilter) {}), Add: v.person.May(news.MayPlan.Least()), Script: textsOf(v.speaks, "desk.plan.script.")}
	p.Keys = true
	if len(v.editions) > 1 {
		p.Edition = f.edition.Name
	}
	desks, err := n.desks(r.Context())
	if err != nil {
		return err
	}
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	if err := n.planDays(r.Context(), v, f, &p, desks, sections); err != nil {
		return err
	}
	p.planChoices(v, f, desks)
	if p.Undo, err = n.planUndone(r.Context(), v, r.URL.Query().Get("undo")); err != nil {
		return err
	}
	if p.Add {
		if p.Fields, err = n.planFields(r.Context(), v, f.edition, typed, news.Assignment{Day: f.day}, desks, sections); err != nil {
			return err
		}
	}
	typed.faulty(&p.frame)
	return n.send(w, status, "plan", p)
}

func textsOf(language, beginning string) string {
	texts, err := json.Marshal(locale.Texts(language, beginning))
	if err != nil {
		return "{}"
	}
	return string(texts)
}

// planTabs lead between the pages of those who look ahead.
func planTabs(v visit, at string) []choice {
	s := v.style()
	tabs := []choice{{Label: s.T("desk.plan.title"), Link: "/plan", Chosen: at == "plan"}}
	if v.person.Allowed(news.MayDuty) == nil {
		tabs = append(tabs, choice{Label: s.T("desk.duty.title"), Link: "/duty", Chosen: at == "duty"})
	}
	return append(tabs, choice{Label: s.T("desk.calendar.title"), Link: "/calendar", Chosen: at == "calendar"})
}

// planChoices writes the plan's filter as sentences of links, and the steps to
// other days.
func (p *planPage) planChoices(v visit, f planFilter, desks desksOf) {
	s, today := v.styleIn(f.edition), news.DayOf(v.now, f.edition)
	for _, week := range []bool{false, true} {
		key := map[bool]string{false: "desk.plan.day", true: "desk.plan.week"}[week]
		p.Spans = append(p.Spans, choice{Label: s.T(key), Link: f.link(func(f *planFilter) { f.week = week }), Chosen: f.week == week})
	}
	if len(v.editions) > 1 {
		for _, e := range v.editions {
			p.Editions = append(p.Editions, choice{Label: e.Name, Lang: e.Language, Chosen: e.ID == f.edition.ID, Link: f.link(func(f *planFilter) { f.edition, f.desk = e, "" })})
		}
	}
	for _, d := range desks.list {
		if !d.Takes(f.edition.ID) {
			continue
		}
		if p.Desks == nil {
			p.Desks = append(p.Desks, choice{Label: s.T("desk.list.any-desk"), Chosen: f.desk == "", Link: f.link(func(f *planFilter) { f.desk = "" })})
		}
		p.Desks = append(p.Desks, choice{Label: d.Name, Chosen: f.desk == d.Slug, Link: f.link(func(f *planFilter) { f.desk = d.Slug })})
	}
	step := map[bool]int{false: 1, true: 7}[f.week]
	for _, to := range []struct {
		key string
		day news.Day
	}{{"desk.plan.earlier", f.day.Add(-step)}, {"desk.plan.today", today}, {"desk.plan.later", f.day.Add(step)}} {
		p.Steps = append(p.Steps, choice{Label: s.T(to.key), Link: f.link(func(f *planFilter) { f.day = to.day }), Chosen: to.day == f.day})
	}
	p.Jump = blank(v, url.Values{"day": {news.TypeDay(f.day, f.edition)}}).field(dayKind(f.edition), "day", dir("ltr"))
	for _, keep := range []option{{Value: "edition", Label: itoa(int(f.edition.ID))}, {Value: "desk", Label: f.desk}, {Value: "span", Label: map[bool]string{true: "week"}[f.week]}} {
		if keep.Label != "" {
			p.Hidden = append(p.Hidden, keep)
		}
	}
}

// dayKind is the control for a day of the edition: see momentKind.
func dayKind(e news.Edition) string {
	if momentKind(e) == "text" {
		return "text"
	}
	return "date"
}

// planned is what one request has read of the plan.
type planned struct {
	list     []news.Assignment
	articles map[news.ID]news.Article
	desks    desksOf
	sections sectionsOf
	who      *names
}

// readPlanned reads the planned stories of some days that the person may know of.
func (n *Newsroom) readPlanned(ctx context.Context, v visit, f planFilter, from, to news.Day, desks desksOf, sections sectionsOf) (planned, error) {
	at := planned{articles: map[news.ID]news.Article{}, desks: desks, sections: sections, who: n.names(ctx, v.person.ID)}
	list, err := n.store.Assignments(ctx, f.edition.ID, from, to, plannedMost)
	if err != nil {
		return at, err
	}
	desk := desks.bySlug(f.desk)
	for _, s := range list {
		if s.Allows(v.person, news.MayReadPlan) == nil && (f.desk == "" || s.Desk == desk.ID && s.Desk != 0) {
			at.list = append(at.list, s)
		}
	}
	articles, err := n.store.PlannedArticles(ctx, f.edition.ID, from, to)
	for _, a := range articles {
		at.articles[a.ID] = a
	}
	return at, err
}

// planDays fills in the days of the page, what stands beside them, and the sums.
func (n *Newsroom) planDays(ctx context.Context, v visit, f planFilter, p *planPage, desks desksOf, sections sectionsOf) error {
	s, today := v.styleIn(f.edition), news.DayOf(v.now, f.edition)
	from, to := f.days(s)
	at, err := n.readPlanned(ctx, v, f, from, to, desks, sections)
	if err != nil {
		return err
	}
	var sums planSums
	for day := from; day <= to; day = day.Add(1) {
		start := day.Start(f.edition)
		one := planDay{Day: day, Weekday: s.WeekdayName(day.Weekday()), Date: s.Date(start), Today: day == today, Past: day < today,
			Link: f.link(func(f *planFilter) { f.day, f.week = day, false })}
		if one.Rows, err = n.planRows(v, f, day, at, &sums); err != nil {
			return err
		}
		p.Days = append(p.Days, one)
	}
	p.Sums = sums.words(s)
	p.Date, p.Also = s.Masthead(from.Start(f.edition)), ""
	if f.week {
		p.Date = s.T("desk.plan.span", s.Date(from.Start(f.edition)), s.Date(to.Start(f.edition)))
	}
	if other := s; s.Calendar != locale.Gregorian && s.Calendar != "" {
		other.Calendar = locale.Gregorian
		if p.Also = other.Date(from.Start(f.edition)); f.week {
			p.Also = s.T("desk.plan.span", p.Also, other.Date(to.Start(f.edition)))
		}
	}
	p.Beside, err = n.planBeside(ctx, v, f, from, to, at)
	return err
}

// planUndone offers to take back what was just dropped.
func (n *Newsroom) planUndone(ctx context.Context, v visit, id string) (planUndo, error) {
	if number(id) == 0 {
		return planUndo{}, nil
	}
	s, _, err := n.desk.PlanOf(ctx, v.person, news.AssignmentID(number(id)))
	switch news.CodeOf(err) {
	case news.NotFound, news.Forbidden:
		return planUndo{}, nil
	}
	if err != nil || s.Dropped.IsZero() {
		return planUndo{}, err
	}
	return planUndo{v.style().T("desk.plan.dropped", s.Slugline), "/plan/" + itoa(int(s.ID)) + "/restore"}, nil
}
