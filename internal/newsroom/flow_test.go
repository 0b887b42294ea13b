package newsroom

import (
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// TestWriteSubmitApprovePublish walks an article from an empty form to the
// paper, by two people.
func TestWriteSubmitApprovePublish(t *testing.T) {
	w := open(t)
	rana, edda := w.as(w.Reporter), w.as(w.Editor)
	rana.get("/articles/new").want(200, `name="token"`, "Rana Reed")
	rana.post("/articles", "token", "form-1", "edition", "1", "section", "1", "headline", "A bridge opens", "slugline", "bridge", "byline", "Rana Reed",
		"body", "The bridge opened on Saturday.\r\n\r\nHundreds walked across.", "do", "save").follow().want(200, "Saved.", "A bridge opens", `name="base" value="1"`)
	rana.get("/").want(200, "A bridge opens", "Draft")
	rana.post("/articles/1/submit", "read", "1").follow().want(200, "Submitted.", "In review").not(">Approve<")
	rana.post("/articles/1/approve", "read", "1").want(403)
	edda.get("/articles/1").want(200, ">Approve<", "Publish without a colleague")
	edda.post("/articles/1/approve", "read", "1").follow().want(200, "Approved.", "Publish now")
	edda.post("/articles/1/publish", "read", "1").follow().want(200, "Published.", "https://valmere.example/news/1")
	if a, err := w.Store.Article(t.Context(), 1); err != nil || a.State != news.Published || a.Live != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	if edda.Header.Get("Cache-Control") != "no-store, private" {
		t.Errorf("Cache-Control %q", edda.Header.Get("Cache-Control"))
	}
	papertest.Check(t, w.Store)
}
