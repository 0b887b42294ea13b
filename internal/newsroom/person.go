package newsroom

import (
	"net/http"
	"net/url"
	"slices"

	"broadsheet/internal/news"
)

// peoplePage is the staff, and the form to add somebody.
type peoplePage struct {
	frame
	People   []personLine
	Fields   []field
	Sections []option
}

type personLine struct {
	Name, Email, Role, Sections, State, Link string
	Disabled, Self                           bool
}

func (n *Newsroom) people(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showPeople(w, r, v, http.StatusOK, blank(v, url.Values{"role": {string(news.Reporter)}}))
}

func (n *Newsroom) showPeople(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	people, err := n.auth.People(r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	s := v.style()
	p := peoplePage{frame: n.frame(r, v, "people", s.T("desk.people.title")), Fields: personFields(f), Sections: sectionBoxes(v, f, sections)}
	for _, person := range people {
		line := personLine{Name: person.Name, Email: person.Email, Role: s.T("desk.role." + string(person.Role)), Link: "/people/" + itoa(int(person.ID)),
			Disabled: person.Disabled, Self: person.ID == v.person.ID}
		var own []string
		for _, id := range person.Sections {
			own = append(own, sections.name(id))
		}
		line.Sections = s.List(own)
		switch {
		case person.Disabled:
			line.State = s.T("desk.person.closed")
		case !person.HasSecret:
			line.State = s.T("desk.person.invited")
		}
		p.People = append(p.People, line)
	}
	f.faulty(&p.frame)
	return n.send(w, status, "people", p)
}

func personFields(f *form) []field {
	var roles []option
	for _, role := range news.Roles() {
		roles = append(roles, option{Value: string(role), Label: f.s.T("desk.role." + string(role) + ".does")})
	}
	return []field{f.field("text", "name", required, most(120), dir("auto")), f.field("email", "email", required, dir("ltr")), f.field("radio", "role", choices(roles))}
}

// sectionBoxes are the boxes for an editor's own sections.
func sectionBoxes(v visit, f *form, sections sectionsOf) []option {
	var out []option
	for _, s := range sections.list {
		id := itoa(int(s.ID))
		o := option{Value: id, Label: s.Name, Chosen: slices.Contains(f.typed["sections"], id)}
		if len(v.editions) > 1 {
			o.Group = v.edition(s.Edition).Name
		}
		out = append(out, o)
	}
	return out
}

func readPerson(f *form, p news.Person) news.Person {
	p.Name, p.Email, p.Role, p.Sections = f.line("name"), f.line("email"), news.Role(f.get("role")), nil
	for _, id := range f.typed["sections"] {
		if id := number(id); id > 0 {
			p.Sections = append(p.Sections, news.SectionID(id))
		}
	}
	return p
}

// linkPage shows a one-time link. It is made for this one answer and stands
// nowhere else: the store keeps its hash.
type linkPage struct {
	frame
	Name, Email, Link string
}

// addPerson takes somebody on and shows their one-time link, this once.
func (n *Newsroom) addPerson(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	kept, err := n.auth.AddPerson(r.Context(), v.person.ID, readPerson(f, news.Person{}))
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showPeople(w, r, v, status, f)
	}
	return n.showLink(w, r, v, kept)
}

func (n *Newsroom) showLink(w http.ResponseWriter, r *http.Request, v visit, person news.Person) error {
	secret, err := n.auth.Invite(r.Context(), v.person.ID, person.ID)
	if err != nil {
		return err
	}
	scheme := "http"
	if n.secure || r.TLS != nil {
		scheme = "https"
	}
	p := linkPage{frame: n.frame(r, v, "people", v.style().T("desk.link.title", person.Name)), Name: person.Name, Email: person.Email,
		Link: scheme + "://" + r.Host + "/invitation/" + secret}
	return n.send(w, http.StatusOK, "link", p)
}

// newLink makes another one-time link, for somebody who lost the first or
// their password.
func (n *Newsroom) newLink(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	return n.showLink(w, r, v, person)
}

func (n *Newsroom) personOf(r *http.Request) (news.Person, error) {
	return n.store.Person(r.Context(), news.PersonID(number(r.PathValue("id"))))
}

// personPage is one member of staff, for the owner.
type personPage struct {
	frame
	Fields   []field
	Sections []option
	Action   string
	Link     string
	Ways     string // how they come in, in words
	Closed   bool
}

// waysWords say how somebody comes in.
func (n *Newsroom) waysWords(r *http.Request, v visit, person news.Person) (string, error) {
	w, err := n.auth.Ways(r.Context(), person.ID)
	if err != nil {
		return "", err
	}
	s, words := v.style(), []string(nil)
	if len(w.Passkeys) > 0 {
		words = append(words, s.T("desk.ways.passkeys", len(w.Passkeys)))
	}
	if w.Password && w.Codes {
		words = append(words, s.T("desk.ways.codes"))
	} else if w.Password {
		words = append(words, s.T("desk.ways.password"))
	}
	if w.Identity {
		words = append(words, s.T("desk.ways.identity"))
	}
	if len(words) == 0 {
		return s.T("desk.ways.none"), nil
	}
	return s.List(words), nil
}

func (n *Newsroom) person(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	typed := url.Values{"name": {person.Name}, "email": {person.Email}, "role": {string(person.Role)}}
	for _, id := range person.Sections {
		typed.Add("sections", itoa(int(id)))
	}
	if person.Disabled {
		typed.Set("disabled", "yes")
	}
	return n.showPerson(w, r, v, http.StatusOK, blank(v, typed), person)
}

func (n *Newsroom) showPerson(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, person news.Person) error {
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	action := "/people/" + itoa(int(person.ID))
	p := personPage{frame: n.frame(r, v, "people", person.Name), Fields: personFields(f), Sections: sectionBoxes(v, f, sections), Action: action,
		Link: action + "/link", Closed: person.Disabled}
	p.Fields = append(p.Fields, f.field("check", "disabled"))
	if p.Ways, err = n.waysWords(r, v, person); err != nil {
		return err
	}
	f.faulty(&p.frame)
	return n.send(w, status, "person", p)
}

// savePerson changes name, e-mail, role and sections, or closes the account.
func (n *Newsroom) savePerson(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	next := readPerson(f, person)
	next.Disabled = f.on("disabled")
	leaves, err := n.leavesWork(r, v, person, next)
	if err != nil {
		return err
	}
	next.Disabled = next.Disabled && !leaves // first somebody else gets it
	if err := n.auth.SavePerson(r.Context(), v.person.ID, next); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showPerson(w, r, v, status, f, person)
	}
	if leaves {
		return seeDone(w, r, "/people/"+itoa(int(person.ID))+"/leave", "leaves")
	}
	return seeDone(w, r, "/people", "person-saved")
}

func (n *Newsroom) forgetWaysPage(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	s, here := v.style(), "/people/"+itoa(int(person.ID))
	p := askedPage{frame: n.frame(r, v, "people", s.T("desk.person.ways.title", person.Name)), Says: []string{s.T("desk.person.ways.says")},
		Action: here + "/ways", Button: s.T("desk.person.ways"), Back: here}
	return n.send(w, http.StatusOK, "asked", p)
}

// forgetWays takes somebody's passkeys and codes away, and shows the one-time
// link by which they come back.
func (n *Newsroom) forgetWays(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	if err := n.auth.ForgetWays(r.Context(), v.person.ID, person.ID); err != nil {
		return err
	}
	n.live.lookAgain()
	if person.ID == v.person.ID || person.Disabled {
		return seeDone(w, r, "/people", "person-saved")
	}
	return n.showLink(w, r, v, person)
}
