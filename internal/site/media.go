package site

import (
	"net/http"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// picture sends a picture that a live article shows. Any other is not found:
// a stranger learns nothing of what is not out. Whoever holds a preview link
// gets the pictures of the story that it opens.
func (d *door) picture(w http.ResponseWriter, r *http.Request) error {
	if d.e.Prefix() != "" {
		return news.NotFound // a picture belongs to the whole paper and has one address
	}
	open, out := d.o.Media.OpenLive, true
	if secret := r.URL.Query().Get("preview"); secret != "" {
		if err := d.o.Press.ShownPicture(r.Context(), secret, r.URL.Path); err != nil {
			return err
		}
		open, out = d.o.Media.Open, false
	}
	m, f, err := open(r.Context(), r.PathValue("hash"), r.PathValue("name"))
	if err != nil {
		return err
	}
	defer f.Close()
	web.SendFile(w, r, web.Sending{Kind: m.Kind, Mark: m.Hash, Out: out, File: f})
	return nil
}
