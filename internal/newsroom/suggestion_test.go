package newsroom

import (
	"fmt"
	"testing"

	"broadsheet/internal/papertest"
)

// TestSuggestionsWithoutScripts: an editor suggests in the plain form; the page
// of the article lists it, holds the acts up until it is settled, and the
// history says who settled what.
func TestSuggestionsWithoutScripts(t *testing.T) {
	w := open(t)
	rana, edda := w.as(w.Reporter), w.as(w.Editor)
	rana.post("/articles", "token", "form-1", "edition", "1", "section", "1", "headline", "A bridge opens", "byline", "Rana Reed", "body", "It opens in May.", "do", "save")
	change := func(tag, text, by string) string {
		return fmt.Sprintf(`<%s data-id="k3v9x2mq" data-by="%s" data-at="%d">%s</%s>`, tag, by, w.Clock.Now().Unix(), text, tag)
	}
	me := fmt.Sprint(int64(w.Editor.ID))
	text := "It opens in " + change("del", "May", me) + change("ins", "June", me) + "."
	save := func(b *browser, base, body string) *browser {
		return b.post("/articles/1/edit", "base", base, "section", "1", "headline", "A bridge opens", "byline", "Rana Reed", "body", body, "do", "save")
	}
	save(edda, "1", "It opens in "+change("del", "May", "1")+".").want(422, "carries somebody else’s name", "It opens in")
	save(edda, "1", text).follow().want(200, "Saved.", "One suggested change is open", "data-by=&#34;"+me)
	rana.post("/articles/1/submit", "read", "2").follow().want(200, "Submitted.")
	edda.get("/articles/1").want(200, "One suggested change is open", `<span class="hidden">suggested to go: </span>May</del>`, `<ins data-id="k3v9x2mq"`, "Accept all").
		not(">Approve<").not("Publish without a colleague").not("/schedule")
	edda.post("/articles/1/publish", "read", "2", "alone", "yes", "reason", "it is late").want(409, "One suggested change is still open")
	edda.post("/articles/1/suggestions/accept", "read", "2", "suggestion", "k3v9x2mq").follow().want(200, "Accepted.", "It opens in June.", "accepted a suggestion of their own", "− May &#43; June").
		not("suggested change is open")
	save(edda, "3", text).follow().want(200, "One suggested change is open")
	edda.post("/articles/1/suggestions/refuse", "read", "2").want(409)
	rana.post("/articles/1/suggestions/refuse", "read", "4").want(403)
	w.as(w.Colleague).post("/articles/1/suggestions/refuse", "read", "4").follow().want(200, "Refused.", "It opens in May.")
	edda.get("/articles/1/history").want(200, w.Colleague.Name+" refused a suggestion by "+w.Editor.Name+".", "− May &#43; June")
	papertest.Check(t, w.Store)
}
