package newsroom

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/news"
)

// desksList is the page of all desks, and the form to add one.
type desksList struct {
	frame
	Desks  []deskLine
	Fields []field
}

type deskLine struct{ Name, Edition, Sections, Members, Stages, Load, Link, Queue string }

func (n *Newsroom) desksPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showDesks(w, r, v, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) showDesks(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	desks, err := n.desks(r.Context())
	if err != nil {
		return err
	}
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	p := desksList{frame: n.frame(r, v, "desks", v.style().T("desk.desks.title")), Fields: deskFields(f, v, true)}
	who := n.names(r.Context(), v.person.ID)
	for _, d := range desks.list {
		line, err := n.deskLine(r.Context(), v, d, sections, who)
		if err != nil {
			return err
		}
		p.Desks = append(p.Desks, line)
	}
	f.faulty(&p.frame)
	return n.send(w, status, "desks", p)
}

func (n *Newsroom) deskLine(ctx context.Context, v visit, d news.Desk, sections sectionsOf, who *names) (deskLine, error) {
	s := v.style()
	line := deskLine{Name: d.Name, Link: "/desks/" + itoa(int(d.ID)), Queue: "/?" + url.Values{"desk": {d.Slug}}.Encode(), Stages: s.List(d.Stages)}
	if len(v.editions) > 1 {
		if line.Edition = v.edition(d.Edition).Name; d.Edition == 0 {
			line.Edition = s.T("desk.desks.whole")
		}
	}
	var places, people []string
	for _, id := range d.Sections {
		places = append(places, sections.name(id))
	}
	for _, m := range d.Members {
		name, err := who.of(0, m.Person)
		if err != nil {
			return line, err
		}
		if m.Lead {
			name = s.T("desk.desks.lead", name)
		}
		people = append(people, name)
	}
	line.Sections, line.Members = s.List(places), s.List(people)
	load, err := n.store.DeskLoad(ctx, d.ID)
	if err != nil {
		return line, err
	}
	line.Load = s.T("desk.desks.load", sum(load))
	return line, nil
}

func sum(load map[string]int) (n int) {
	for _, of := range load {
		n += of
	}
	return n
}

// deskFields are name and edition of a desk.
func deskFields(f *form, v visit, added bool) []field {
	fields := []field{f.field("text", "name", required, dir("auto"), most(news.MaxDeskName), label(f, "desk.field.desk-name"))}
	if len(v.editions) > 1 {
		all := []option{{Value: "", Label: f.s.T("desk.desks.whole")}}
		for _, e := range v.editions {
			all = append(all, option{Value: itoa(int(e.ID)), Label: e.Name})
		}
		fields = append(fields, f.field("select", "edition", choices(all), label(f, "desk.field.desk-edition")))
	}
	return fields
}

// addDesk makes a desk, to be filled on its own page.
func (n *Newsroom) addDesk(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	id, _, err := n.desk.SaveDesk(r.Context(), v.person.ID, news.Desk{Name: f.line("name"), Edition: news.EditionID(number(f.get("edition")))}, nil)
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showDesks(w, r, v, status, f)
	}
	return seeDone(w, r, "/desks/"+itoa(int(id)), "desk-added")
}

// deskView is one desk's page.
type deskView struct {
	frame
	Action   string
	Queue    string
	Load     string
	Was      string // how the desk was when the form was made: whoever was quicker is not passed over
	Fields   []field
	Stages   []field
	NewStage field
	Sections []option
	Members  []memberRow
	Full     string // what lies with it; "" = nothing
	Takes    field
}

// memberRow is one of the staff in a desk's form.
type memberRow struct {
	ID, Name, Role string
	In, Lead       bool
}

func (n *Newsroom) deskOf(r *http.Request) (news.Desk, error) {
	return n.store.Desk(r.Context(), news.DeskID(number(r.PathValue("id"))))
}

func (n *Newsroom) deskPage(w http.ResponseWriter, r *http.Request, v visit) error {
	d, err := n.deskOf(r)
	if err != nil {
		return err
	}
	return n.showDesk(w, r, v, http.StatusOK, blank(v, typedDesk(d)), d)
}

// deskMark tells two states of a desk apart.
func deskMark(d news.Desk) string {
	typed := typedDesk(d)
	return newAsset([]byte(typed.Encode()), "").hash
}

func typedDesk(d news.Desk) url.Values {
	typed := url.Values{"name": {d.Name}, "edition": {""}}
	if d.Edition != 0 {
		typed.Set("edition", itoa(int(d.Edition)))
	}
	for i, stage := range d.Stages {
		typed.Set("stage-"+itoa(i), stage)
	}
	for _, s := range d.Sections {
		typed.Add("sections", itoa(int(s)))
	}
	for _, m := range d.Members {
		typed.Add("members", itoa(int(m.Person)))
		if m.Lead {
			typed.Add("leads", itoa(int(m.Person)))
		}
	}
	return typed
}

func (n *Newsroom) showDesk(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, d news.Desk) error {
	p := deskView{frame: n.frame(r, v, "desks", d.Name), Action: "/desks/" + itoa(int(d.ID)), Queue: "/?" + url.Values{"desk": {d.Slug}}.Encode(),
		Was: deskMark(d), Fields: deskFields(f, v, false)}
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	if d.Edition != 0 {
		sections.list = slices.DeleteFunc(sections.list, func(s news.Section) bool { return s.Edition != d.Edition })
	}
	p.Sections = sectionBoxes(v, f, sections)
	for i := range d.Stages {
		p.Stages = append(p.Stages, f.field("text", "stage-"+itoa(i), dir("auto"), most(news.MaxDeskName), label(f, "desk.field.stage")))
	}
	p.NewStage = f.field("text", "new_stage", dir("auto"), most(news.MaxDeskName))
	if p.Members, err = n.memberRows(r.Context(), v, f); err != nil {
		return err
	}
	if err := n.deskEnd(r.Context(), &p, f, d); err != nil {
		return err
	}
	f.faulty(&p.frame)
	return n.send(w, status, "desk", p)
}

func (n *Newsroom) memberRows(ctx context.Context, v visit, f *form) ([]memberRow, error) {
	people, err := n.store.People(ctx)
	if err != nil {
		return nil, err
	}
	var out []memberRow
	for _, p := range people {
		row := memberRow{ID: itoa(int(p.ID)), Name: p.Name, Role: v.style().T("desk.role." + string(p.Role))}
		row.In, row.Lead = slices.Contains(f.typed["members"], row.ID), slices.Contains(f.typed["leads"], row.ID)
		if !p.Disabled || row.In {
			out = append(out, row)
		}
	}
	return out, nil
}

// deskEnd is the part of the page that removes the desk: what lies with it,
// and who may take it.
func (n *Newsroom) deskEnd(ctx context.Context, p *deskView, f *form, d news.Desk) error {
	load, err := n.store.DeskLoad(ctx, d.ID)
	if err != nil {
		return err
	}
	open := sum(load)
	p.Load = f.s.T("desk.desks.load", open)
	if open == 0 {
		return nil
	}
	p.Full = f.s.T("desk.desk.remove.full", open)
	desks, err := n.desks(ctx)
	if err != nil {
		return err
	}
	takers := []option{{Value: "", Label: f.s.T("desk.desk.choose")}}
	for _, other := range desks.list {
		if other.ID != d.ID && (other.Edition == 0 || other.Edition == d.Edition) {
			takers = append(takers, option{Value: itoa(int(other.ID)), Label: other.Name})
		}
	}
	takers = append(takers, option{Value: "nobody", Label: f.s.T("desk.desk.nobody")})
	p.Takes = f.field("select", "takes", choices(takers))
	return nil
}

// readDesk reads the form of a desk, and which stage was called what before.
func readDesk(f *form, was news.Desk) (next news.Desk, renamed map[string]string) {
	next, renamed = news.Desk{ID: was.ID, Slug: was.Slug, Name: f.line("name"), Edition: news.EditionID(number(f.get("edition")))}, map[string]string{}
	line := func(name string) string { return strings.Join(strings.Fields(f.get(name)), " ") }
	for i, stage := range was.Stages {
		if now := line("stage-" + itoa(i)); now != "" {
			next.Stages = append(next.Stages, now)
			if now != stage {
				renamed[stage] = now
			}
		}
	}
	if stage := line("new_stage"); stage != "" {
		next.Stages = append(next.Stages, stage)
	}
	if i := slices.IndexFunc(was.Stages, func(s string) bool { return f.get("earlier") == s }); i > 0 && i < len(next.Stages) {
		next.Stages[i-1], next.Stages[i] = next.Stages[i], next.Stages[i-1]
	}
	for _, id := range f.typed["sections"] {
		next.Sections = append(next.Sections, news.SectionID(number(id)))
	}
	for _, id := range f.typed["members"] {
		next.Members = append(next.Members, news.Member{Person: news.PersonID(number(id)), Lead: slices.Contains(f.typed["leads"], id)})
	}
	return next, renamed
}

// saveDesk keeps what was typed of a desk.
func (n *Newsroom) saveDesk(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	was, err := n.deskOf(r)
	if err != nil {
		return err
	}
	next, renamed := readDesk(f, was)
	kept := false
	if seen := f.get("was"); seen != "" && seen != deskMark(was) {
		err = news.Refuse(news.Conflict, "error.desk.changed", "a colleague changed this desk since you opened it")
	} else {
		_, kept, err = n.desk.SaveDesk(r.Context(), v.person.ID, next, renamed)
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showDesk(w, r, v, status, f, was)
	}
	if kept {
		return seeDone(w, r, "/desks/"+itoa(int(was.ID)), "desk-kept")
	}
	return seeDone(w, r, "/desks/"+itoa(int(was.ID)), "desk-saved")
}

// removeDesk takes a desk away, and hands over what lies with it.
func (n *Newsroom) removeDesk(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	id := news.DeskID(number(r.PathValue("id")))
	takes := f.get("takes")
	kept, err := n.desk.RemoveDesk(r.Context(), v.person.ID, id, news.DeskID(number(takes)), takes == "nobody")
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		d, err := n.deskOf(r)
		if err != nil {
			return err
		}
		for name, list := range typedDesk(d) {
			f.typed[name] = list
		}
		return n.showDesk(w, r, v, status, f, d)
	}
	if kept {
		return seeDone(w, r, "/desks", "desk-removed-kept")
	}
	return seeDone(w, r, "/desks", "desk-removed")
}
