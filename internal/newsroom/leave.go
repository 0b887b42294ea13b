package newsroom

import (
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
)

// leavePage is what somebody holds, and to whom it goes.
type leavePage struct {
	frame
	Action, Back string
	Says         string // how much it is
	Stories      []leftStory
	More         bool // more than are listed
	Fields       []field
}

type leftStory struct{ Link, Headline, State, Word string }

func (n *Newsroom) leaving(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	return n.showLeaving(w, r, v, http.StatusOK, blank(v, url.Values{"closes": {"yes"}}), person)
}

func (n *Newsroom) showLeaving(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, person news.Person) error {
	held, err := n.auth.Held(r.Context(), v.person.ID, person.ID)
	if err != nil {
		return err
	}
	s, here := v.style(), "/people/"+itoa(int(person.ID))
	p := leavePage{frame: n.frame(r, v, "people", s.T("desk.leave.title", person.Name)), Action: here + "/leave", Back: here, More: len(held.Stories) >= listed}
	p.Says = s.List([]string{s.T("desk.leave.stories", len(held.Stories)), s.T("desk.leave.calls", held.Calls)})
	for _, a := range held.Stories[:min(len(held.Stories), listed)] {
		p.Stories = append(p.Stories, leftStory{"/articles/" + a.ID.String(), a.Headline, string(a.State), s.T("desk.state." + stateKey(a.State))})
	}
	people, err := n.auth.People(r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	desks, err := n.store.Desks(r.Context())
	if err != nil {
		return err
	}
	options := []option{{Label: s.T("desk.leave.choose")}}
	for _, o := range people {
		if o.ID != person.ID && !o.Disabled {
			options = append(options, option{Value: itoa(int(o.ID)), Label: o.Name, Group: s.T("desk.people.title")})
		}
	}
	for _, d := range desks {
		options = append(options, option{Value: toDesk + itoa(int(d.ID)), Label: d.Name, Group: s.T("desk.leave.desks")})
	}
	p.Fields = []field{f.field("select", "to", required, choices(options), label(f, "desk.field.successor"))}
	if !person.Disabled {
		p.Fields = append(p.Fields, f.field("check", "closes"))
	}
	f.faulty(&p.frame)
	return n.send(w, status, "leave", p)
}

// toDesk stands before a desk's number where people and desks are offered together.
const toDesk = "desk-"

func readSuccessor(s string) auth.Successor {
	if id, ok := strings.CutPrefix(s, toDesk); ok {
		return auth.Successor{Desk: news.DeskID(number(id))}
	}
	return auth.Successor{Person: news.PersonID(number(s))}
}

// leave hands everything over, in one act.
func (n *Newsroom) leave(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	if err := n.auth.Leave(r.Context(), v.person.ID, person.ID, readSuccessor(f.get("to")), f.on("closes")); err != nil {
		status, other := f.refuse(err)
		if other != nil || news.CodeOf(err) == news.NotFound {
			return err
		}
		return n.showLeaving(w, r, v, status, f, person)
	}
	n.live.lookAgain()
	return seeDone(w, r, "/people", "passed")
}

// leavesWork reports whether closing an account would leave work behind.
func (n *Newsroom) leavesWork(r *http.Request, v visit, was, next news.Person) (bool, error) {
	if was.Disabled || !next.Disabled {
		return false, nil
	}
	held, err := n.auth.Held(r.Context(), v.person.ID, was.ID)
	return !held.Empty(), err
}
