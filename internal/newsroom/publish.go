package newsroom

import (
	"net/http"

	"broadsheet/internal/news"
)

// publish makes the revision live that stood on the person's page. The form
// for breaking news says so, and gives the reason for going without a
// colleague.
func (n *Newsroom) publish(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "published", func(a opened, f *form, read int) error {
		reason := f.line("reason")
		if f.on("alone") && reason == "" {
			return news.Refuse(news.Invalid, "error.bypass.reason", "publishing without a colleague's approval needs a reason").In("reason")
		}
		return n.desk.Publish(r.Context(), v.person.ID, a.ID, read, reason)
	})
}
