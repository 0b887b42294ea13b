package newsroom

import (
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// bylinesOf are the newest revision's, one a line.
func (w *world) bylinesOf(id news.ID) string {
	w.t.Helper()
	_, head, err := w.desk.Open(w.t.Context(), w.Editor, id)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, b := range head.Bylines {
		out = append(out, b.Name+"|"+b.Role)
	}
	return strings.Join(out, "\n")
}

// TestBylinesHaveRoles: rows of a plain form, each a name and what its person
// did; they are moved and added without a script.
func TestBylinesHaveRoles(t *testing.T) {
	w := open(t)
	b := w.as(w.Editor)
	rows := []string{"token", "t", "edition", "1", "section", "1", "headline", "A bridge opens", "body", "Stones.", "byline-rows", "3",
		"byline", "Photo Grapher", "byline-role", "photos", "byline-2", "Rana Reed and Jon Vale", "byline-role-2", "", "byline-3", "Tara Lator", "byline-role-3", " translation  from Persian "}
	b.get("/articles/new").want(ok, `name="byline" type="text" value="Edda Elm"`, `name="byline-role-2"`, "One more name", `<option value="photos">`)
	b.post("/articles", append(rows, "do", "byline-more")...).want(ok, `name="byline-rows" value="4"`, `name="byline-4"`, `value="Tara Lator"`)
	b.post("/articles", append(rows, "do", "byline-up-2")...).want(ok, `name="byline" type="text" value="Rana Reed and Jon Vale"`, `name="byline-2" type="text" value="Photo Grapher"`,
		`name="byline-role-2" type="text" value="photos"`)
	if _, err := w.Store.Article(t.Context(), 1); news.CodeOf(err) != news.NotFound {
		t.Fatalf("to move a row made an article: %v", err)
	}
	b.post("/articles", rows...).want(see)
	if got, want := w.bylinesOf(1), "Photo Grapher|photos\nRana Reed|\nJon Vale|\nTara Lator|translation from Persian"; got != want {
		t.Errorf("bylines:\n%s\nwant\n%s", got, want)
	}
	b.get("/articles/1").want(ok, "By Rana Reed and Jon Vale · Photo Grapher (photos) · Tara Lator (translation from Persian)")
	// a form that does not show the parts takes none away; one that does, does
	b.post("/articles/1/edit", "base", "1", "section", "1", "headline", "A bridge opens", "body", "Stones.", "byline", "Photo Grapher, Rana Reed").want(see)
	if got, want := w.bylinesOf(1), "Photo Grapher|photos\nRana Reed|"; got != want {
		t.Errorf("bylines:\n%s\nwant\n%s", got, want)
	}
	b.post("/articles/1/edit", "base", "2", "section", "1", "headline", "A bridge opens", "body", "Stones.", "byline-rows", "2", "byline", "Photo Grapher", "byline-2", "Rana Reed").want(see)
	if got, want := w.bylinesOf(1), "Photo Grapher|\nRana Reed|"; got != want {
		t.Errorf("bylines:\n%s\nwant\n%s", got, want)
	}
	b.get("/articles/1/difference?from=2&to=3").want(ok, "Photo Grapher", "(photos)")
	b.post("/articles/1/edit", "base", "3", "section", "1", "headline", "A bridge opens", "body", "Stones.", "byline-rows", "2", "byline", "Rana Reed", "byline-role", strings.Repeat("x", 61)).want(bad, "at most 60")
	papertest.Check(t, w.Store)
}

// TestABylineIsNotChangedInSilence: on a live story a name and a part are
// facts. They go out as a declared change, or as minor under the name of
// somebody who was shown them; never otherwise.
func TestABylineIsNotChangedInSilence(t *testing.T) {
	w := open(t)
	b := w.as(w.Editor)
	b.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "A bridge opens", "slugline", "bridge", "byline", "Rana Reed", "body", "Stones.").want(see)
	b.post("/articles/1/submit").want(see)
	w.as(w.Colleague).post("/articles/1/approve", "read", "1").want(see)
	b.post("/articles/1/publish", "read", "1").want(see)
	_, head, err := w.desk.Open(t.Context(), w.Editor, 1)
	if err != nil {
		t.Fatal(err)
	}
	b.get("/articles/1/edit").want(ok)
	form := b.form()
	form = append(form, "body", head.Body.Markdown())
	for i := 0; i < len(form); i += 2 {
		if form[i] == "byline-role" {
			form[i+1] = "photos"
		}
	}
	b.post("/articles/1/edit", form...).want(see)
	read := []string{"read", "2", "kind", "minor", "reason", "The night desk is empty."}
	b.get("/articles/1/correct").want(ok, head.Bylines[0].Name+" (photos)")
	b.post("/articles/1/correct", append(read, "do", "alone")...).want(bad, "facts")
	if a, _ := w.Store.Article(t.Context(), 1); a.Live != 1 {
		t.Fatalf("a changed byline went out in silence: %+v", a)
	}
	b.post("/articles/1/correct", append(read, "do", "alone", "acknowledged", "yes")...).want(see)
	list, err := w.Store.ArticleCorrections(t.Context(), 1)
	if err != nil || len(list) != 1 || list[0].Kind != news.ChangeMinor || list[0].By != w.Editor.ID || len(list[0].Material) != 1 || list[0].Material[0].Kind != news.MaterialByline {
		t.Errorf("the correction: %+v %v", list, err)
	}
	b.get("/articles/1/history").want(ok, "Edda Elm", "Byline")
	papertest.Check(t, w.Store)
}
