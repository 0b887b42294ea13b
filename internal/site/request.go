package site

import (
	"errors"
	"net/http"

	"broadsheet/internal/comments"
	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/web"
)

// requestForm is the most a request's form may weigh.
const requestForm = 3*news.MaxRequest + 4<<10

func (d *door) request(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	return d.page(w, r, press.Address{Kind: press.Request, ID: id})
}

// postRequest takes a reader's request for an article to be changed or
// removed. A refused one gives the reader their words back.
func (d *door) postRequest(w http.ResponseWriter, r *http.Request) error {
	id, err := news.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	// The number belongs to the whole paper, the form to this edition.
	if _, err := d.o.Press.Page(r.Context(), press.Address{Kind: press.Request, Edition: d.e.ID, ID: id}); news.CodeOf(err) == news.NotFound {
		return err
	}
	form, err := web.Form(r, requestForm)
	if err != nil {
		return err
	}
	asking := comments.Asking{Article: id, Kind: news.RequestKind(form.Get("kind")), Name: form.Get("name"), Email: form.Get("email"), Text: form.Get("text"),
		Stamp: form.Get("stamp"), Honeypot: form.Get("website"), From: web.ClientAddress(r, d.o.Proxies)}
	reply := press.Asked{Status: http.StatusAccepted, Kind: asking.Kind}
	if err := d.o.Comments.PostRequest(r.Context(), asking); err != nil {
		code := news.CodeOf(err)
		style, styleErr := d.e.Style()
		if code == "" || code == news.NotFound || code == news.Unavailable || styleErr != nil {
			return err
		}
		reply = press.Asked{Status: web.Status(err), Refusal: web.Sentence(err, style), Kind: asking.Kind, Name: asking.Name, Email: asking.Email, Text: asking.Text}
		var refusal *news.Error
		if errors.As(err, &refusal) {
			reply.In = refusal.Field
		}
	}
	p, err := d.o.Press.AnswerRequest(r.Context(), press.Address{Kind: press.Request, Edition: d.e.ID, ID: id}, reply)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", p.Type)
	w.WriteHeader(p.Status)
	w.Write(p.Body) // an error means that the reader went away
	return nil
}
