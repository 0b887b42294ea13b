package newsroom

import (
	"net/http"
	"slices"
	"strconv"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// sectionRow is one section in its edition's form.
type sectionRow struct {
	Name, Place, Opinion field
	Required             []option // what each article of it also needs
	ID                   string
	Address              string
}

func sectionRows(f *form, sections []news.Section) []sectionRow {
	var out []sectionRow
	for i, s := range sections {
		id := itoa(int(s.ID))
		fill := func(name, value string) {
			if !f.typed.Has("sections") {
				f.typed.Set(name, value)
			}
		}
		fill("name-"+id, s.Name)
		fill("place-"+id, itoa(i+1))
		if s.Opinion {
			fill("opinion-"+id, "yes")
		}
		if !f.typed.Has("sections") {
			f.typed["required-"+id] = s.Required.List()
		}
		out = append(out, sectionRow{ID: id, Required: requiredBoxes(f, "required-"+id), Address: "/section/" + s.Slug,
			Name:    f.field("text", "name-"+id, label(f, "desk.field.section-name"), dir("auto"), most(80)),
			Place:   f.field("number", "place-"+id, label(f, "desk.field.section-place"), dir("ltr")),
			Opinion: f.field("check", "opinion-"+id, label(f, "desk.field.opinion"))})
	}
	return out
}

// requiredBoxes are the fields that a section may ask for.
func requiredBoxes(f *form, name string) []option {
	var out []option
	for _, field := range news.Requirable() {
		out = append(out, option{Value: field, Label: f.s.T("desk.field." + field), Chosen: slices.Contains(f.typed[name], field)})
	}
	return out
}

// saveSections keeps names, order and kind of an edition's sections, and adds
// one if a name was typed for it. An address that was given stays.
func (n *Newsroom) saveSections(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	e, err := n.editionOf(r)
	if err != nil {
		return err
	}
	sections, err := n.store.Sections(r.Context(), e.ID)
	if err != nil {
		return err
	}
	if err := n.keepSections(r, v, f, e, sections); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		kept := typedEdition(e)
		for name, list := range f.typed {
			kept[name] = list
		}
		f.typed = kept
		return n.showEdition(w, r, v, status, f, e)
	}
	return seeDone(w, r, "/settings/editions/"+itoa(int(e.ID)), "sections")
}

func (n *Newsroom) keepSections(r *http.Request, v visit, f *form, e news.Edition, sections []news.Section) error {
	for _, was := range sections {
		id := itoa(int(was.ID))
		if !f.typed.Has("name-" + id) {
			continue // made by somebody else since
		}
		next := was
		next.Name, next.Opinion, next.Required = f.line("name-"+id), f.on("opinion-"+id), news.ParseFields(f.typed["required-"+id])
		place, err := strconv.Atoi(locale.ParseDigits(f.line("place-" + id)))
		if err != nil || place < 0 || place > 10_000 {
			return news.Refuse(news.Invalid, "error.section.place", "a place is a number").In("place-" + id)
		}
		if next.Position = place; next == was {
			continue
		}
		if _, err := n.desk.SaveSection(r.Context(), v.person.ID, next); err != nil {
			return inField(err, "name-"+id)
		}
	}
	name := f.line("new_name")
	if name == "" {
		return nil
	}
	last := 0
	for _, s := range sections {
		last = max(last, s.Position+1)
	}
	_, err := n.desk.SaveSection(r.Context(), v.person.ID, news.Section{Edition: e.ID, Name: name, Opinion: f.on("new_opinion"), Position: max(last, len(sections)+1)})
	return inField(err, "new_name")
}

// inField points a refusal at the row it came from.
func inField(err error, name string) error {
	if refusal, ok := err.(*news.Error); ok {
		other := *refusal
		return other.In(name)
	}
	return err
}
