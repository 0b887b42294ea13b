package newsroom

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// protectPage is where somebody protects the author of an article, and where
// those who were told see whom a byline stands for.
type protectPage struct {
	frame
	Story  heading
	Known  []protectedLine
	Hidden string // that there are others, of whom this person is told nothing
	May    bool
	Fields []field
	Tell   []boxed
}

// protectedLine is one protected author, as somebody sees who was told.
type protectedLine struct {
	Number       int
	Public, Name string
	By           string
	Told         string  // to whom beside the author and who set it
	Boxes        []boxed // to change that; none = the person may not
}

// boxed is a box to be ticked beside a name.
type boxed struct {
	Value, Label string
	Chosen       bool
}

func (n *Newsroom) protectPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showProtect(w, r, v, a, http.StatusOK, blank(v, url.Values{"public": {locale.Style{Language: a.edition.Language}.T("byline.staff")}}))
}

func (n *Newsroom) showProtect(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	told, hidden, err := n.desk.Protected(r.Context(), v.person, a.ID)
	if err != nil {
		return err
	}
	if err := a.Allows(v.person, news.MayProtect); err != nil && len(told) == 0 {
		return err
	}
	p := protectPage{frame: n.frame(r, v, "articles", v.style().T("desk.protect.title")), Story: a.heading(v),
		May: a.Allows(v.person, news.MayProtect) == nil && a.CanEdit(v.person) == nil}
	if hidden > 0 {
		p.Hidden = a.style.T("desk.protect.hidden", hidden)
	}
	people, err := n.store.People(r.Context())
	if err != nil {
		return err
	}
	for _, one := range told {
		p.Known = append(p.Known, protectedLineOf(a, v, one, people))
	}
	options := []option{{Value: "", Label: f.s.T("desk.protect.no-account")}}
	for _, person := range people {
		if person.May(news.Contributor) {
			options = append(options, option{Value: itoa(int(person.ID)), Label: person.Name})
			if person.ID != v.person.ID {
				p.Tell = append(p.Tell, boxed{itoa(int(person.ID)), person.Name, slices.Contains(f.typed["knowers"], itoa(int(person.ID)))})
			}
		}
	}
	p.Fields = []field{f.field("text", "public", required, dir("auto"), most(120), label(f, "desk.field.protect-public"), hint(f, "desk.field.protect-public.hint")),
		f.field("select", "person", choices(options), label(f, "desk.field.protect-person")),
		f.field("text", "name", dir("auto"), most(120), auto("off"), label(f, "desk.field.protect-name"), hint(f, "desk.field.protect-name.hint"))}
	f.faulty(&p.frame)
	w.Header().Set("Cache-Control", "no-store")
	return n.send(w, status, "protect", p)
}

func protectedLineOf(a opened, v visit, one news.ProtectedAuthor, people []news.Person) protectedLine {
	line := protectedLine{Number: one.Number, Name: one.Name, Public: a.style.T("desk.protect.gone")}
	for _, b := range a.head.Bylines {
		if b.Protected == one.Number {
			line.Public = b.Name
		}
	}
	var told []string
	for _, person := range people {
		if person.ID == one.By {
			line.By = person.Name
		}
		if slices.Contains(one.Knowers, person.ID) {
			told = append(told, person.Name)
		}
		if (v.person.ID == one.By || v.person.ID == one.Person) && person.ID != one.By && person.ID != one.Person && person.May(news.Contributor) {
			line.Boxes = append(line.Boxes, boxed{itoa(int(person.ID)), person.Name, slices.Contains(one.Knowers, person.ID)})
		}
	}
	line.Told = a.style.List(told)
	return line
}

// protect protects an author, or changes who is told of one.
func (n *Newsroom) protect(w http.ResponseWriter, r *http.Request, v visit) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	var knowers []news.PersonID
	for _, id := range f.typed["knowers"] {
		knowers = append(knowers, news.PersonID(number(id)))
	}
	done := "protected"
	if which := number(f.get("number")); which > 0 {
		done = "told"
		err = n.desk.TellProtected(r.Context(), v.person.ID, a.ID, int(which), knowers)
	} else if err = n.foldOwn(r.Context(), v, a, done); err == nil {
		err = n.desk.Protect(r.Context(), v.person.ID, a.ID, desk.Protecting{Public: f.line("public"), Name: f.line("name"),
			Person: news.PersonID(number(f.get("person"))), Knowers: knowers})
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		if a, err = n.open(r, v); err != nil {
			return err
		}
		return n.showProtect(w, r, v, a, status, f)
	}
	return seeDone(w, r, a.link("protect"), done)
}

// protectedFact is the line of an article's margin about its protected authors:
// their names for those who were told, else that there is one.
func (n *Newsroom) protectedFact(ctx context.Context, v visit, a opened) (string, error) {
	told, hidden, err := n.desk.Protected(ctx, v.person, a.ID)
	var names []string
	for _, one := range told {
		names = append(names, a.style.T("desk.protect.known", one.Name))
	}
	if hidden > 0 {
		names = append(names, a.style.T("desk.protect.hidden", hidden))
	}
	return a.style.List(names), err
}
