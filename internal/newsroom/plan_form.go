package newsroom

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// planFields are the controls of a planned story.
func (n *Newsroom) planFields(ctx context.Context, v visit, e news.Edition, f *form, s news.Assignment, desks desksOf, sections sectionsOf) ([]field, error) {
	places := []option{{Value: "", Label: "–"}}
	for _, one := range sections.list {
		if one.Edition == e.ID {
			places = append(places, option{Value: itoa(int(one.ID)), Label: one.Name})
		}
	}
	at := []option{{Value: "", Label: "–"}}
	for _, d := range desks.list {
		if d.Takes(e.ID) && (v.person.May(news.Editor) || v.person.OnDesk(d.ID) || d.ID == s.Desk) {
			at = append(at, option{Value: itoa(int(d.ID)), Label: d.Name})
		}
	}
	people, err := n.planPeople(ctx, v, s)
	if err != nil {
		return nil, err
	}
	var pictures []option
	for _, p := range news.AllPictures() {
		pictures = append(pictures, option{Value: string(p), Label: f.s.T("desk.plan.pictures." + pictureKey(p))})
	}
	fields := []field{
		f.field("text", "slugline", required, dir("auto"), most(120), class("slugline"), noHint),
		f.field("text", "brief", dir("auto"), most(news.MaxBrief), class("brief"), label(f, "desk.field.plan-brief")),
		f.field("select", "section", choices(places), label(f, "desk.field.section"), noHint),
	}
	if len(at) > 1 {
		fields = append(fields, f.field("select", "desk", choices(at), label(f, "desk.field.plan-desk")))
	}
	fields = append(fields, f.field("select", "person", choices(people), label(f, "desk.field.plan-person")))
	if s.ID == 0 {
		fields = append(fields, f.field("time", "due", dir("ltr"), label(f, "desk.field.due"), noHint))
	} else {
		fields = append(fields, f.field(dayKind(e), "day", required, dir("ltr"), label(f, "desk.field.day")),
			f.field(momentKind(e), "due", dir("ltr"), momentHint(f, e, v), label(f, "desk.field.due")))
	}
	return append(fields, f.field("select", "pictures", choices(pictures), label(f, "desk.field.plan-pictures"))), nil
}

// keptPerson stands in the form for a person whose name is protected from the
// one who looks: who has the story stays as it is.
const keptPerson = "kept"

// keepPerson puts a protected name's own words in the place of a choice.
func keepPerson(fields []field, words string) {
	for i, c := range fields {
		if c.Name != "person" {
			continue
		}
		for o := range c.Options {
			c.Options[o].Chosen = false
		}
		fields[i].Options = append([]option{{Value: keptPerson, Label: words, Chosen: true}}, c.Options...)
	}
}

func noHint(c *field) { c.Hint = "" }

func pictureKey(p news.Pictures) string {
	if p == news.PicturesNone {
		return "none"
	}
	return string(p)
}

// planPeople are those to whom the person may give a story.
func (n *Newsroom) planPeople(ctx context.Context, v visit, s news.Assignment) ([]option, error) {
	all, err := n.personOptions(ctx, v, s.Person)
	if err != nil || v.person.May(news.Editor) {
		return all, err
	}
	var out []option
	for _, o := range all {
		if o.Value == "" || o.Value == itoa(int(v.person.ID)) || o.Value == itoa(int(s.Person)) {
			out = append(out, o)
		}
	}
	return out, nil
}

// readAssignment reads the form of a planned story onto what is kept of it.
func readAssignment(f *form, e news.Edition, was news.Assignment) (news.Assignment, error) {
	s := was
	s.Edition, s.Slugline, s.Brief = e.ID, f.line("slugline"), f.line("brief")
	s.Section, s.Desk, s.Person = news.SectionID(number(f.get("section"))), news.DeskID(number(f.get("desk"))), news.PersonID(number(f.get("person")))
	s.Pictures = news.Pictures(f.get("pictures"))
	if f.get("person") == keptPerson {
		s.Person = was.Person
	}
	if f.typed.Has("day") && f.line("day") != news.TypeDay(was.Day, e) {
		day, err := news.ParseDay(f.get("day"), e)
		if err != nil {
			return s, err
		}
		s.Day = day
	}
	if was.ID != 0 && f.line("due") == news.TypeMoment(was.DueAt, e) {
		return s, nil // what was not touched stays to the second
	}
	due, err := news.ParseDue(f.get("due"), s.Day, e)
	s.DueAt = due
	return s, err
}

// backTo is the plan that a form was on, and its address.
func backTo(f *form, v visit) (planFilter, string) {
	back := localPath(f.get("back"))
	u, err := url.Parse(back)
	if err != nil || u.Path != "/plan" {
		return readPlan(url.Values{}, v), "/plan"
	}
	filter := readPlan(u.Query(), v)
	return filter, filter.link(func(*planFilter) {})
}

// withDone is an address of the plan that says what was done.
func withDone(back, key, value string) string {
	mark := "?"
	if strings.Contains(back, "?") {
		mark = "&"
	}
	return back + mark + url.Values{key: {value}}.Encode()
}

// addPlan puts a story on the plan, from the form below it or from an article
// that stands beside it.
func (n *Newsroom) addPlan(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	filter, back := backTo(f, v)
	s := news.Assignment{Edition: filter.edition.ID, Day: filter.day}
	if id := number(f.get("article")); id != 0 {
		s.Article = news.ID(id)
		if day, dayErr := news.ParseDay(f.get("day"), filter.edition); dayErr == nil {
			s.Day = day
		}
	} else {
		s, err = readAssignment(f, filter.edition, s)
	}
	if err == nil {
		_, err = n.desk.Plan(r.Context(), v.person.ID, s, cmp.Or(f.get("token"), rand.Text()))
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showPlan(w, r, v, filter, status, f)
	}
	return web.SeeOther(w, r, withDone(back, "done", "plan-added"))
}

// planAct answers a button of the plan: it leads back to the plan, or shows it
// with the reason why not.
func (n *Newsroom) planAct(w http.ResponseWriter, r *http.Request, v visit, do func(id news.AssignmentID, f *form, back string) (to string, err error)) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	id := news.AssignmentID(number(r.PathValue("id")))
	if _, _, err := n.desk.PlanOf(r.Context(), v.person, id); err != nil {
		return err
	}
	filter, back := backTo(f, v)
	to, err := do(id, f, back)
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		f.typed = url.Values{} // its fields are not those of the form below
		return n.showPlan(w, r, v, filter, status, f)
	}
	return web.SeeOther(w, r, to)
}

// movePlan moves a story to another place or day.
func (n *Newsroom) movePlan(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.planAct(w, r, v, func(id news.AssignmentID, f *form, back string) (string, error) {
		s, _, err := n.desk.PlanOf(r.Context(), v.person, id)
		if err != nil {
			return "", err
		}
		day := s.Day
		if f.line("day") != "" {
			if day, err = news.ParseDay(f.get("day"), v.edition(s.Edition)); err != nil {
				return "", err
			}
		}
		before, after := news.AssignmentID(number(f.get("before"))), news.AssignmentID(number(f.get("after")))
		if day != s.Day && f.get("move") == "day" {
			before, after = 0, 0
		}
		return back, n.desk.MovePlan(r.Context(), v.person.ID, id, day, before, after)
	})
}

// dropPlan takes a story off the plan, and offers to take that back.
func (n *Newsroom) dropPlan(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.planAct(w, r, v, func(id news.AssignmentID, _ *form, back string) (string, error) {
		return withDone(back, "undo", itoa(int(id))), n.desk.DropPlan(r.Context(), v.person.ID, id, true)
	})
}

// restorePlan takes a dropped story back onto the plan.
func (n *Newsroom) restorePlan(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.planAct(w, r, v, func(id news.AssignmentID, _ *form, back string) (string, error) {
		return withDone(back, "done", "plan-restored"), n.desk.DropPlan(r.Context(), v.person.ID, id, false)
	})
}

// beginPlan makes the draft of a planned story and leads to its editor, where
// that is the person's to open.
func (n *Newsroom) beginPlan(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.planAct(w, r, v, func(id news.AssignmentID, _ *form, back string) (string, error) {
		article, err := n.desk.BeginPlan(r.Context(), v.person.ID, id)
		if err != nil {
			return "", err
		}
		a, _, err := n.desk.Open(r.Context(), v.person, article)
		if err == nil && a.CanEdit(v.person) == nil {
			return "/articles/" + article.String() + "/edit?done=plan-begun", nil
		}
		return withDone(back, "done", "plan-begun"), nil
	})
}

// planOnePage is one planned story: its form, and the acts on it.
type planOnePage struct {
	frame
	ID      news.AssignmentID
	Action  string
	Seen    int64 // when the story was changed last, in microseconds
	Row     planRow
	Facts   []fact
	May     bool
	Fields  []field
	Tie     field
	Back    string
	Lang    string
	Dropped bool
}

func (n *Newsroom) planOne(w http.ResponseWriter, r *http.Request, v visit) error {
	s, _, err := n.desk.PlanOf(r.Context(), v.person, news.AssignmentID(number(r.PathValue("id"))))
	if err != nil {
		return err
	}
	return n.showPlanOne(w, r, v, s, http.StatusOK, nil)
}

func typedAssignment(s news.Assignment, e news.Edition) url.Values {
	typed := url.Values{"slugline": {s.Slugline}, "brief": {s.Brief}, "day": {news.TypeDay(s.Day, e)}, "due": {news.TypeMoment(s.DueAt, e)}, "pictures": {string(s.Pictures)}}
	for name, id := range map[string]int64{"section": int64(s.Section), "desk": int64(s.Desk), "person": int64(s.Person), "article": int64(s.Article)} {
		typed.Set(name, "")
		if id != 0 {
			typed.Set(name, itoa(int(id)))
		}
	}
	return typed
}

func (n *Newsroom) showPlanOne(w http.ResponseWriter, r *http.Request, v visit, s news.Assignment, status int, f *form) error {
	e := v.edition(s.Edition)
	filter := planFilter{day: s.Day, edition: e}
	p := planOnePage{frame: n.frame(r, v, "plan", s.Slugline), ID: s.ID, Action: "/plan/" + itoa(int(s.ID)), Seen: s.ChangedAt.UnixMicro(), Lang: e.Language,
		Back: filter.link(func(*planFilter) {}), Dropped: !s.Dropped.IsZero(), May: s.Allows(v.person, news.MayPlan) == nil}
	desks, err := n.desks(r.Context())
	if err != nil {
		return err
	}
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	at := planned{articles: map[news.ID]news.Article{}, desks: desks, sections: sections, who: n.names(r.Context(), v.person.ID)}
	if s.Article != 0 {
		if at.articles[s.Article], err = n.store.Article(r.Context(), s.Article); err != nil {
			return err
		}
	}
	if p.Row, err = n.planRow(v, filter, s, at); err != nil {
		return err
	}
	p.Facts = planFacts(v.styleIn(e), p.Row, s, e)
	if f == nil {
		f = blank(v, typedAssignment(s, e))
	}
	if p.May {
		if p.Fields, err = n.planFields(r.Context(), v, e, f, s, desks, sections); err != nil {
			return err
		}
		name, err := at.who.of(0, s.Person)
		if err != nil {
			return err
		}
		if p.Row.Who != name {
			keepPerson(p.Fields, p.Row.Who)
		}
	}
	p.Tie = f.field("text", "article", dir("ltr"), label(f, "desk.field.plan-article"))
	f.faulty(&p.frame)
	return n.send(w, status, "assignment", p)
}

// planFacts are the lines of a planned story, for those who may not change it.
func planFacts(s locale.Style, row planRow, one news.Assignment, e news.Edition) []fact {
	var out []fact
	add := func(key, text, lang string) {
		if text != "" {
			out = append(out, fact{s.T(key), text, lang})
		}
	}
	add("desk.field.plan-brief", one.Brief, e.Language)
	add("desk.field.day", s.Masthead(one.Day.Start(e)), "")
	add("desk.field.due", row.Due, "")
	add("desk.field.section", row.Section, e.Language)
	add("desk.field.plan-desk", row.Desk, "")
	add("desk.field.plan-person", row.Who, "")
	add("desk.field.plan-pictures", row.Picture, "")
	return out
}

// savePlan keeps what was typed of a planned story.
func (n *Newsroom) savePlan(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.planForm(w, r, v, "plan-changed", func(was news.Assignment, f *form) error {
		next, err := readAssignment(f, v.edition(was.Edition), was)
		if err != nil {
			return err
		}
		return n.desk.ChangePlan(r.Context(), v.person.ID, next, time.UnixMicro(number(f.get("seen"))).UTC())
	})
}

// tiePlan says which article a planned story has become.
func (n *Newsroom) tiePlan(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.planForm(w, r, v, "plan-tied", func(was news.Assignment, f *form) error {
		typed := strings.TrimSpace(locale.ParseDigits(f.get("article")))
		id := news.ID(0)
		if typed != "" {
			var err error
			if id, err = news.ParseID(typed); err != nil {
				return news.Refuse(news.Invalid, "error.plan.tie.none", "%q is not a News ID", typed).In("article")
			}
		}
		return n.desk.TiePlan(r.Context(), v.person.ID, was.ID, id)
	})
}

// planForm answers a form of a planned story's own page.
func (n *Newsroom) planForm(w http.ResponseWriter, r *http.Request, v visit, done string, do func(was news.Assignment, f *form) error) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	was, _, err := n.desk.PlanOf(r.Context(), v.person, news.AssignmentID(number(r.PathValue("id"))))
	if err != nil {
		return err
	}
	if err := do(was, f); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		for name, list := range typedAssignment(was, v.edition(was.Edition)) {
			if !f.typed.Has(name) {
				f.typed[name] = list
			}
		}
		if was, _, err = n.desk.PlanOf(r.Context(), v.person, was.ID); err != nil {
			return err
		}
		return n.showPlanOne(w, r, v, was, status, f)
	}
	return seeDone(w, r, "/plan/"+itoa(int(was.ID)), done)
}
