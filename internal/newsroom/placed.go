package newsroom

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// desksOf are the paper's desks, by name.
type desksOf struct{ list []news.Desk }

func (n *Newsroom) desks(ctx context.Context) (desksOf, error) {
	list, err := n.store.Desks(ctx)
	return desksOf{list}, err
}

// bySlug finds a desk by the word of its address; the zero Desk if there is none.
func (d desksOf) bySlug(slug string) news.Desk {
	return d.find(func(d news.Desk) bool { return d.Slug == slug })
}

func (d desksOf) byID(id news.DeskID) news.Desk {
	return d.find(func(d news.Desk) bool { return d.ID == id })
}

func (d desksOf) find(is func(news.Desk) bool) news.Desk {
	if i := slices.IndexFunc(d.list, is); i >= 0 {
		return d.list[i]
	}
	return news.Desk{}
}

// with says with whom an article lies: "Copy desk, legal, Rana Reed".
func with(s locale.Style, desk, stage, person string) string {
	var parts []string
	for _, part := range []string{desk, stage, person} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	for len(parts) > 1 {
		parts = append([]string{s.T("desk.hand.at", parts[0], parts[1])}, parts[2:]...)
	}
	return strings.Join(parts, "")
}

// placed adds to a line of the list with whom the article lies, and until when.
func (n *Newsroom) placed(ctx context.Context, v visit, line *story, a news.Article, desks desksOf, who *names) error {
	if a.Desk == 0 && a.Assignee == 0 {
		return nil
	}
	person, err := who.of(0, a.Assignee)
	if err != nil {
		return err
	}
	line.With = with(v.style(), desks.byID(a.Desk).Name, a.Stage, person)
	if !a.State.Before() {
		return nil
	}
	at, err := n.store.Placement(ctx, a.ID)
	if err != nil || at.DueAt.IsZero() {
		return err
	}
	s := v.style()
	late := flag{"due", s.T("desk.flag.due", s.DateTime(at.DueAt))}
	if at.DueAt.Before(v.now) {
		late = flag{"late", s.T("desk.flag.late", s.DateTime(at.DueAt))}
	}
	line.Flags = append(line.Flags, late)
	return nil
}

// placementFacts are the lines of an article's margin about with whom it lies.
func (n *Newsroom) placementFacts(ctx context.Context, who *names, a opened, add func(key, text, lang string)) error {
	at, err := n.store.Placement(ctx, a.ID)
	if err != nil || at.Empty() {
		return err
	}
	desk := news.Desk{}
	if at.Desk != 0 {
		if desk, err = n.store.Desk(ctx, at.Desk); err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
	}
	person, err := who.of(0, at.Person)
	if err != nil {
		return err
	}
	by, err := who.of(a.ID, at.By)
	if err != nil {
		return err
	}
	add("desk", with(a.style, desk.Name, at.Stage, person), "")
	if !at.DueAt.IsZero() {
		add("due", inBoth(a.style, at.DueAt), "")
	}
	if at.Line != "" {
		add("handed", at.Line, "")
	}
	add("handed", a.style.T("desk.handed.by", by, a.style.DateTime(at.At)), "")
	return nil
}

// deskChoices writes the desks into the list's sentence of links: those whose
// queue the person may see.
func (n *Newsroom) deskChoices(ctx context.Context, p *queuePage, f filter, desks desksOf) error {
	link := func(change func(*filter)) string {
		return f.with(func(f *filter) { f.below, f.text = news.Place{}, ""; change(f) })
	}
	desk := func(d news.Desk, name string) {
		p.Desks = append(p.Desks, choice{Label: name, Chosen: f.desk == d.Slug, Link: link(func(f *filter) { f.desk, f.stage = d.Slug, "" })})
	}
	for _, d := range desks.list {
		if p.Editor || p.Person.OnDesk(d.ID) {
			if p.Desks == nil {
				desk(news.Desk{}, p.T("desk.list.any-desk"))
			}
			desk(d, d.Name)
		}
	}
	if at := desks.bySlug(f.desk); f.desk != "" && len(at.Stages) > 0 {
		for _, stage := range append([]string{""}, at.Stages...) {
			name := stage
			if stage == "" {
				name = p.T("desk.list.any-stage")
			}
			p.Stages = append(p.Stages, choice{Label: name, Chosen: f.stage == stage, Link: link(func(f *filter) { f.stage = stage })})
		}
	}
	if f.person == 0 {
		return nil
	}
	name, err := n.names(ctx, p.Person.ID).of(0, f.person)
	p.With = []choice{{Label: p.T("desk.hand.anyone"), Link: link(func(f *filter) { f.person = 0 })},
		{Label: name, Chosen: true, Link: link(func(*filter) {})}}
	return err
}

// typedPlacement is a placement as the form of an article has it.
func typedPlacement(at news.Placement, e news.Edition) url.Values {
	typed := url.Values{"due": {news.TypeMoment(at.DueAt, e)}, "person": {""}, "to": {""}}
	if at.Person != 0 {
		typed.Set("person", itoa(int(at.Person)))
	}
	if at.Desk != 0 {
		typed.Set("to", placeValue(at.Desk, at.Stage))
	}
	return typed
}

// placeValue names a stage of a desk in one word of a form. No name of a stage
// holds a colon.
func placeValue(d news.DeskID, stage string) string { return itoa(int(d)) + ":" + stage }

func readPlaceValue(s string) (news.DeskID, string) {
	desk, stage, _ := strings.Cut(s, ":")
	return news.DeskID(number(desk)), stage
}
