package newsroom

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	dutyMost    = 60                  // lines of one part of the page
	dutyRead    = 500                 // rows that are read for them: others' sections are passed over
	lateAfter   = time.Minute         // what should have gone out is late from then on
	neverBegun  = 2 * 24 * time.Hour  // so long a planned story that nobody began is told
	bypassWeek  = 7 * 24 * time.Hour  // so long is told what went out without a colleague
	farAhead    = 40 * 24 * time.Hour // a label ends at the latest then
	longestText = 160                 // characters of a reason in a line
)

// dutyPage is what the duty editor watches over: what is late, due, waiting,
// breaking, and what went out without a second pair of eyes.
type dutyPage struct {
	frame
	Tabs                              []choice
	Now, Whose                        string
	Late, Due, Review, Changes        []dutyRow
	Breaking, Bypassed                []dutyRow
	Requests, Comments                string // how many wait; "" = none
	MoreLate, MoreDue, MoreReview     string
	LateCount, DueCount, WaitingCount string
}

// dutyRow is one line of a part of the page.
type dutyRow struct {
	At                 time.Time
	Time               moment
	Link               string
	Headline, Slugline string
	Lang               string
	State, Word        string
	Why                string // what the time is of, or the reason
	With, Section      string
	Planned            bool // a story of the plan that nobody has begun
}

// watch is what the parts of the page have alike.
type watch struct {
	n        *Newsroom
	ctx      context.Context
	v        visit
	s        locale.Style
	desks    desksOf
	sections sectionsOf
	who      *names
}

func (n *Newsroom) watch(ctx context.Context, v visit) (w watch, err error) {
	w = watch{n: n, ctx: ctx, v: v, s: v.style(), who: n.names(ctx, v.person.ID)}
	if w.desks, err = n.desks(ctx); err != nil {
		return w, err
	}
	w.sections, err = n.sections(ctx, v)
	return w, err
}

// covers reports whether an article is the duty editor's: of a section of
// theirs, and not sealed from them.
func (w watch) covers(a news.Article) bool {
	return w.v.person.Covers(a.Section) && a.CanRead(w.v.person)
}

// row is a line about an article.
func (w watch) row(a news.Article, at time.Time, why string) (dutyRow, error) {
	person, err := w.who.withWhom(a)
	return dutyRow{At: at, Time: momentOf(w.s, at, w.v.now), Link: "/articles/" + a.ID.String(), Headline: cmp.Or(a.Headline, a.Slugline, w.s.T("desk.untitled")), Slugline: a.Slugline,
		Lang: w.v.edition(a.Edition).Language, State: string(a.State), Word: w.s.T("desk.state." + stateKey(a.State)), Why: why,
		With: with(w.s, w.desks.byID(a.Desk).Name, a.Stage, person), Section: w.sections.name(a.Section)}, err
}

func (n *Newsroom) duty(rw http.ResponseWriter, r *http.Request, v visit) error {
	w, err := n.watch(r.Context(), v)
	if err != nil {
		return err
	}
	p := dutyPage{frame: n.frame(r, v, "duty", w.s.T("desk.duty.title")), Tabs: planTabs(v, "duty"), Now: w.s.DateTime(v.now), Whose: w.whose()}
	p.Keys = true
	for _, part := range []func(*dutyPage) error{w.late, w.due, w.waiting, w.breaking} {
		if err := part(&p); err != nil {
			return err
		}
	}
	p.Late, p.MoreLate, p.LateCount = w.firsts(p.Late)
	p.Due, p.MoreDue, p.DueCount = w.firsts(p.Due)
	p.Review, p.MoreReview, _ = w.firsts(p.Review)
	return n.send(rw, http.StatusOK, "duty", p)
}

// whose says over which sections the page is.
func (w watch) whose() string {
	if w.v.person.CoversAll() {
		return w.s.T("desk.duty.everything")
	}
	var names []string
	for _, one := range w.sections.list {
		if w.v.person.Covers(one.ID) {
			names = append(names, one.Name)
		}
	}
	return w.s.List(names)
}

// firsts are the lines that are shown, in the order of their times, and how
// many more there are.
func (w watch) firsts(rows []dutyRow) (list []dutyRow, more, count string) {
	slices.SortStableFunc(rows, func(a, b dutyRow) int { return a.At.Compare(b.At) })
	if len(rows) > 0 {
		count = w.s.Number(int64(len(rows)))
	}
	if len(rows) > dutyMost {
		more = w.s.T("desk.duty.more", len(rows)-dutyMost)
		rows = rows[:dutyMost]
	}
	return rows, more, count
}

// add appends a line about an article of the duty editor's.
func (w watch) add(rows *[]dutyRow, a news.Article, at time.Time, key string) error {
	if !w.covers(a) {
		return nil
	}
	row, err := w.row(a, at, w.s.T("desk.duty."+key))
	*rows = append(*rows, row)
	return err
}

// late is what should have happened by now and has not.
func (w watch) late(p *dutyPage) error {
	now, store := w.v.now, w.n.store
	scheduled, err := store.Due(w.ctx, now.Add(-lateAfter), dutyRead)
	if err != nil {
		return err
	}
	for _, a := range scheduled {
		if err := w.add(&p.Late, a, a.ScheduledFor, "late.scheduled"); err != nil {
			return err
		}
	}
	changes, err := store.PreparedDue(w.ctx, now.Add(-lateAfter), dutyRead)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if err := w.addChange(&p.Late, c, c.Due, "late.change"); err != nil {
			return err
		}
	}
	passed, err := store.Deadlines(w.ctx, time.Unix(0, 0), now, dutyRead)
	if err != nil {
		return err
	}
	for _, d := range passed {
		if d.Article.State == news.Scheduled {
			continue // it is done, and waits for its time
		}
		if err := w.add(&p.Late, d.Article, d.DueAt, "late.deadline"); err != nil {
			return err
		}
	}
	return w.addUnbegun(&p.Late, now.Add(-neverBegun), now, "late.unbegun")
}

// due is what is due in the rest of the day.
func (w watch) due(p *dutyPage) error {
	now, store := w.v.now, w.n.store
	end := w.endOfDay()
	deadlines, err := store.Deadlines(w.ctx, now, end, dutyRead)
	if err != nil {
		return err
	}
	for _, d := range deadlines {
		if err := w.add(&p.Due, d.Article, d.DueAt, "due.deadline"); err != nil {
			return err
		}
	}
	scheduled, err := store.ScheduledFor(w.ctx, now.Add(-lateAfter), end, dutyRead)
	if err != nil {
		return err
	}
	for _, a := range scheduled {
		if err := w.add(&p.Due, a, a.ScheduledFor, "due.scheduled"); err != nil {
			return err
		}
	}
	return w.addUnbegun(&p.Due, now, end, "due.unbegun")
}

// endOfDay is the end of today by the clock of the default edition, which is
// that of the page.
func (w watch) endOfDay() time.Time {
	if len(w.v.editions) == 0 {
		return w.v.now
	}
	e := w.v.editions[0]
	return news.DayOf(w.v.now, e).Add(1).Start(e)
}

// addUnbegun adds planned stories that nobody has begun.
func (w watch) addUnbegun(rows *[]dutyRow, from, to time.Time, key string) error {
	list, err := w.n.store.Unbegun(w.ctx, from, to, dutyRead)
	if err != nil {
		return err
	}
	for _, s := range list {
		if !w.v.person.Covers(s.Section) {
			continue
		}
		person, err := w.who.of(0, s.Person)
		if err != nil {
			return err
		}
		*rows = append(*rows, dutyRow{At: s.DueAt, Time: momentOf(w.s, s.DueAt, w.v.now), Link: "/plan/" + itoa(int(s.ID)), Headline: s.Slugline, Slugline: s.Brief,
			Lang: w.v.edition(s.Edition).Language, State: stateClass[news.PlanPlanned], Word: w.s.T("desk.plan.state.planned"), Why: w.s.T("desk.duty." + key),
			With: with(w.s, w.desks.byID(s.Desk).Name, "", person), Section: w.sections.name(s.Section), Planned: true})
	}
	return nil
}

// addChange adds a change of a live text.
func (w watch) addChange(rows *[]dutyRow, c news.Prepared, at time.Time, key string) error {
	a, err := w.n.store.Article(w.ctx, c.Article)
	if err != nil || !w.covers(a) {
		return err
	}
	by, err := w.who.of(a.ID, c.SubmittedBy)
	if err != nil {
		return err
	}
	row, err := w.row(a, at, w.s.T("desk.duty."+key, w.s.T("desk.change."+string(c.Kind)), by))
	row.Link += "/correct"
	*rows = append(*rows, row)
	return err
}

// waiting is what waits for an editor: articles in review, changes of live
// texts, readers' requests, comments.
func (w watch) waiting(p *dutyPage) error {
	list, err := w.n.store.DeskArticles(w.ctx, store.Queue{State: news.InReview, Limit: dutyRead})
	if err != nil {
		return err
	}
	for _, a := range list {
		key := "review.unread"
		if a.Approval.By != 0 && a.Approval.Revision == a.Head {
			key = "review.approved"
		}
		if err := w.add(&p.Review, a, a.ChangedAt, key); err != nil {
			return err
		}
	}
	changes, err := w.n.store.Unread(w.ctx, dutyRead)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if len(p.Changes) == dutyMost {
			break
		}
		if err := w.addChange(&p.Changes, c, c.SubmittedAt, "change.waits"); err != nil {
			return err
		}
	}
	if p.Comments, err = w.n.heldWords(w.ctx, w.v); err != nil {
		return err
	}
	requests, next, err := w.n.desk.Requests(w.ctx, w.v.person, news.RequestOpen, news.Place{}, requestsListed)
	switch {
	case err != nil:
		return err
	case !next.At.IsZero():
		p.Requests = w.s.T("desk.duty.requests.more", requestsListed)
	case len(requests) > 0:
		p.Requests = w.s.T("desk.duty.requests", len(requests))
	}
	if n := len(p.Review) + len(p.Changes); n > 0 {
		p.WaitingCount = w.s.Number(int64(n))
	}
	return nil
}

// breaking is what is labelled as developing, and what went out without a
// colleague's approval: today's of that is breaking too.
func (w watch) breaking(p *dutyPage) error {
	developing, err := w.n.store.LabelEnds(w.ctx, news.LabelDeveloping, w.v.now, w.v.now.Add(farAhead), dutyRead)
	if err != nil {
		return err
	}
	for _, a := range developing {
		if !w.covers(a) || a.State == news.Killed || a.State == news.Spiked || len(p.Breaking) == dutyMost {
			continue
		}
		row, err := w.row(a, a.UpdatedAt, w.s.T("desk.duty.developing", w.s.DateTime(a.Labels.Developing)))
		if err != nil {
			return err
		}
		p.Breaking = append(p.Breaking, row)
	}
	list, err := w.n.store.Bypasses(w.ctx, w.v.now.Add(-bypassWeek), news.Place{}, dutyRead)
	if err != nil {
		return err
	}
	for _, a := range list {
		if !w.covers(a) || len(p.Bypassed) == dutyMost {
			continue
		}
		if err := w.addBypass(p, a); err != nil {
			return err
		}
	}
	return w.changedAlone(p)
}

func (w watch) addBypass(p *dutyPage, a news.Article) error {
	by, err := w.who.of(a.ID, a.Bypass.By)
	if err != nil {
		return err
	}
	row, err := w.row(a, a.Bypass.At, w.s.T("desk.duty.bypassed.by", by, shortened(a.Bypass.Reason)))
	if err != nil {
		return err
	}
	p.Bypassed = append(p.Bypassed, row)
	today := w.s.Day(a.Bypass.At) == w.s.Day(w.v.now)
	if today && a.State == news.Published && !slices.ContainsFunc(p.Breaking, func(r dutyRow) bool { return r.Link == row.Link }) {
		row.Why = w.s.T("desk.duty.alone", by)
		p.Breaking = append(p.Breaking, row)
	}
	return nil
}

// changedAlone are the changes of live texts that nobody else has read.
func (w watch) changedAlone(p *dutyPage) error {
	list, err := w.n.store.ChangedAlone(w.ctx, w.v.now.Add(-bypassWeek), dutyRead)
	if err != nil {
		return err
	}
	for _, c := range list {
		a, err := w.n.store.Article(w.ctx, c.Article)
		if err != nil {
			return err
		}
		if !w.covers(a) || len(p.Bypassed) == dutyMost {
			continue
		}
		by, err := w.who.of(a.ID, c.By)
		if err != nil {
			return err
		}
		row, err := w.row(a, c.At, w.s.T("desk.duty.changed.by", w.s.T("desk.change."+string(c.Kind)), by, shortened(c.Bypass)))
		if err != nil {
			return err
		}
		p.Bypassed = append(p.Bypassed, row)
	}
	slices.SortStableFunc(p.Bypassed, func(a, b dutyRow) int { return b.At.Compare(a.At) })
	return nil
}

// shortened is a reason in one line.
func shortened(reason string) string {
	r := []rune(strings.Join(strings.Fields(reason), " "))
	if len(r) > longestText {
		return string(r[:longestText]) + "…"
	}
	return string(r)
}
