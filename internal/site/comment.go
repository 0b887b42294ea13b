package site

import (
	"net/http"

	"broadsheet/internal/comments"
	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/web"
)

func (d *door) comments(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	after, err := place(r)
	if err != nil {
		return err
	}
	return d.page(w, r, press.Address{Kind: press.Comments, ID: id, After: after})
}

// postComment takes a reader's comment. It is held; the answer says so. A
// refused comment gives the reader their text back.
func (d *door) postComment(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	// The number belongs to the whole paper, the form to this edition.
	if _, err := d.o.Press.Page(r.Context(), press.Address{Kind: press.Article, Edition: d.e.ID, ID: id}); news.CodeOf(err) == news.NotFound {
		return err
	}
	form, err := web.Form(r, commentForm)
	if err != nil {
		return err
	}
	posting := comments.Posting{Article: id, Name: form.Get("name"), Email: form.Get("email"), Text: form.Get("comment"), Stamp: form.Get("stamp"),
		Honeypot: form.Get("website"), From: web.ClientAddress(r, d.o.Proxies)}
	reply := press.Reply{Status: http.StatusAccepted}
	if _, err := d.o.Comments.Post(r.Context(), posting); err != nil {
		if code := news.CodeOf(err); code == "" || code == news.NotFound {
			return err
		}
		style, styleErr := d.e.Style()
		if styleErr != nil {
			return styleErr
		}
		reply = press.Reply{Status: web.Status(err), Refusal: web.Sentence(err, style), Name: posting.Name, Email: posting.Email, Text: posting.Text}
	}
	p, err := d.o.Press.Answer(r.Context(), press.Address{Kind: press.Comments, Edition: d.e.ID, ID: id}, reply)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", p.Type)
	w.WriteHeader(p.Status)
	w.Write(p.Body) // an error means that the reader went away
	return nil
}
