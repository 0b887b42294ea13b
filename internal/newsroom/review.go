package newsroom

import (
	"net/http"
)

// submit hands a draft to the editors.
func (n *Newsroom) submit(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "submitted", func(a opened, _ *form, _ int) error { return n.desk.Submit(r.Context(), v.person.ID, a.ID) })
}

// giveBack returns a submitted article to its author, with a line.
func (n *Newsroom) giveBack(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "returned", func(a opened, f *form, _ int) error {
		return n.desk.Return(r.Context(), v.person.ID, a.ID, f.line("note"))
	})
}

// approve is a second person's yes to the revision that stood on their page.
func (n *Newsroom) approve(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "approved", func(a opened, _ *form, read int) error {
		return n.desk.Approve(r.Context(), v.person.ID, a.ID, read)
	})
}
