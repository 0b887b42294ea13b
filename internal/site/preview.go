package site

import "net/http"

// preview sends a story that is not out yet to whoever was given its link.
// No cache, search engine or next page learns of it.
func (d *door) preview(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	h.Set("Referrer-Policy", "no-referrer")
	p, err := d.o.Press.Shown(r.Context(), d.e.ID, r.PathValue("secret"))
	if err != nil {
		return err
	}
	return sendAs(w, r, p, private)
}
