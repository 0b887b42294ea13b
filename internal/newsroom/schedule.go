package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/news"
)

// actPage is a page of its own for an act that asks for something, or that
// says what stays.
type actPage struct {
	frame
	Story  heading
	Read   int
	Action string
	Button string // message key
	Intro  []string
	Fields []field
	Danger bool
	difference

	Unsaved unsaved
}

func (n *Newsroom) actPage(r *http.Request, v visit, a opened, name string) actPage {
	s := v.style()
	return actPage{frame: n.frame(r, v, "articles", s.T("desk."+name+".title")), Story: a.heading(v), Read: a.Head,
		Action: a.link(name), Button: s.T("desk." + name + ".button")}
}

// showAct sends an act's page, or the answer to its refused form.
func (n *Newsroom) showAct(w http.ResponseWriter, status int, f *form, p actPage) error {
	f.faulty(&p.frame)
	return n.send(w, status, "act", p)
}

// ask carries out an act that has a page of its own, and shows that page again
// when it was refused.
func (n *Newsroom) ask(w http.ResponseWriter, r *http.Request, v visit, done string, do func(opened, *form, int) error, again func(opened, *form, int) error) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	if err = n.ready(r.Context(), v, a, f, done); err == nil {
		err = do(a, f, int(number(f.get("read"))))
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return again(a, f, status)
	}
	return seeDone(w, r, a.link(""), done)
}

func (n *Newsroom) schedulePage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	when := a.ScheduledFor
	if when.IsZero() && a.EmbargoUntil.After(v.now) {
		when = a.EmbargoUntil
	}
	return n.showSchedule(w, r, v, a, http.StatusOK, blank(v, url.Values{"when": {news.TypeMoment(when, a.edition)}}))
}

func (n *Newsroom) showSchedule(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if a.Allows(v.person, news.MaySchedule) != nil {
		return news.Refuse(news.Forbidden, "error.forbidden", "you may not schedule this article")
	}
	p := n.actPage(r, v, a, "schedule")
	p.Intro = []string{f.s.T("desk.schedule.now", a.edition.TimeZone, inBoth(a.style, v.now))}
	if !a.ScheduledFor.IsZero() {
		p.Intro = append(p.Intro, f.s.T("desk.schedule.is", inBoth(a.style, a.ScheduledFor)))
	}
	if a.EmbargoUntil.After(v.now) {
		p.Intro = append(p.Intro, f.s.T("desk.schedule.embargo", inBoth(a.style, a.EmbargoUntil)))
	}
	p.Fields = append(p.Fields, f.field(momentKind(a.edition), "when", required, dir("ltr"), momentHint(f, a.edition, v)))
	if !a.Approved() && v.paper.FourEyes {
		p.Fields = append(p.Fields, f.field("area", "reason", required, rows(2), dir("auto")))
	}
	var err error
	if p.Unsaved, err = n.unsaved(r.Context(), v, a); err != nil {
		return err
	}
	return n.showAct(w, status, f, p)
}

// momentHint says by which clock a time is meant and, where it is typed, how:
// with the present one as the example.
func momentHint(f *form, e news.Edition, v visit) func(*field) {
	return func(c *field) {
		if momentKind(e) == "text" {
			c.Hint = f.s.T("desk.field.moment", news.TypeMoment(v.now, e))
		} else {
			c.Hint = f.s.T("desk.field.moment.zone", e.TimeZone)
		}
		style, err := e.Style()
		t, wrong := news.ParseMoment(c.Value, e, c.Name)
		if err != nil || wrong != nil || t.IsZero() {
			return
		}
		if twice, _ := news.Twice(t, style.Zone); twice {
			c.Hint += " " + f.s.T("desk.moment.twice")
		}
	}
}

// schedule sets the time at which the article goes out by itself.
func (n *Newsroom) schedule(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.ask(w, r, v, "scheduled", func(a opened, f *form, read int) error {
		when, err := news.ParseMoment(f.get("when"), a.edition, "when")
		if err != nil {
			return err
		}
		if when.IsZero() {
			return news.Refuse(news.Invalid, "error.moment", "say when").In("when")
		}
		return n.desk.Schedule(r.Context(), v.person.ID, a.ID, read, when, f.line("reason"))
	}, func(a opened, f *form, status int) error { return n.showSchedule(w, r, v, a, status, f) })
}

// unschedule takes the article back into review.
func (n *Newsroom) unschedule(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "unscheduled", func(a opened, _ *form, _ int) error { return n.desk.Unschedule(r.Context(), v.person.ID, a.ID) })
}
