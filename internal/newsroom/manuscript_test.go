package newsroom

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/web"
)

// sample is a file of the corpus.
func sample(t testing.TB, name string) file {
	t.Helper()
	data, err := os.ReadFile("../manuscript/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return file{name, data}
}

// TestManuscripts: each file becomes a draft with its pictures; a bad one does
// not stop the others; sent again, nothing is made twice.
func TestManuscripts(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := openOn(t, p)
		b := w.as(p.Contributor)
		b.get("/manuscripts/new").want(200, `type="file" multiple`, `enctype="multipart/form-data"`)
		files := []file{sample(t, "bridge.docx"), {"broken.docx", []byte("PK\x03\x04 broken")}, sample(t, "persian.odt"), {"old.doc", []byte("\xd0\xcf\x11\xe0 old")}}
		b.hand("/manuscripts", true, files, "token", "one").want(200)
		var got struct{ Files []handed }
		if err := json.Unmarshal([]byte(b.Body), &got); err != nil || len(got.Files) != 4 {
			t.Fatalf("%s: %v", b.Body, err)
		}
		bridge, broken, persian, old := got.Files[0], got.Files[1], got.Files[2], got.Files[3]
		if bridge.Link != "/articles/1/edit" || bridge.Headline != "Valmere opens its old bridge" || persian.Link != "/articles/2/edit" {
			t.Errorf("%+v", got.Files)
		}
		if broken.Link != "" || !strings.Contains(broken.Error, "damaged") || broken.Code != "invalid" || !strings.Contains(old.Error, "old Word file") {
			t.Errorf("%+v %+v", broken, old)
		}
		w.checkDrafts()
		b.get("/articles/1/edit").want(200, "Hundreds of people walked", "/media/")

		again := b.hand("/manuscripts", true, files, "token", "one").want(200)
		if !strings.Contains(again.Body, `"/articles/1/edit"`) || !strings.Contains(again.Body, `"/articles/2/edit"`) {
			t.Errorf("sent again: %s", again.Body)
		}
		if _, err := p.Store.Article(t.Context(), 3); news.CodeOf(err) != news.NotFound {
			t.Errorf("a draft was made twice: %v", err)
		}
		b.hand("/manuscripts", true, files[:1], "token", "two").want(200, "/articles/3/edit")
		papertest.Check(t, p.Store)
	})
}

func (w *world) checkDrafts() {
	w.t.Helper()
	bridge, err := w.Store.Revision(w.t.Context(), 1, 1)
	if err != nil {
		w.t.Fatal(err)
	}
	pictures := bridge.Body.Pictures()
	if bridge.Standfirst == "" || len(bridge.Bylines) != 2 || bridge.Language != "" || len(pictures) != 1 || pictures[0].Width != 48 || pictures[0].Height != 32 {
		w.t.Errorf("%+v, %+v", bridge.Content, pictures)
	}
	if _, _, own := news.ParseMedia(pictures[0].Src); !own {
		w.t.Errorf("the picture is at %s", pictures[0].Src)
	}
	persian, err := w.Store.Article(w.t.Context(), 2)
	if err != nil || persian.Edition != w.Persian.ID || persian.Headline != "پل کهن والمیر باز شد" || persian.Creator != w.Contributor.ID {
		w.t.Errorf("%+v, %v", persian, err)
	}
}

// TestManuscriptReports: what is not in the draft is said at once and stands in
// its margin, and calls nobody.
func TestManuscriptReports(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	b.hand("/manuscripts", false, []file{sample(t, "changes.docx"), {"emf.html", []byte(`<h1>Chart of the tide</h1><p>Text stands here.</p><img alt="@Edda Elm" src="data:image/x-emf;base64,AAAA">`)}}, "token", "a").
		want(200, "2 drafts were made.", "Deleted by a tracked change, left out: in May", "Comment in the margin, left out: Kolya Kerr: Which meeting?", "Picture that is not in the draft:", "Pictures are JPEG")
	notes, err := w.desk.Notes(t.Context(), 1)
	if err != nil || len(notes) != 1 || !strings.Contains(notes[0].Text, "When the file changes.docx was read:\n") || !strings.Contains(notes[0].Text, "left out: in May") {
		t.Fatalf("%+v, %v", notes, err)
	}
	notes, err = w.desk.Notes(t.Context(), 2)
	if err != nil || len(notes) != 1 || len(notes[0].Mentions) != 0 || !strings.Contains(notes[0].Text, "@ Edda Elm") {
		t.Fatalf("%+v, %v", notes, err)
	}
	b.hand("/manuscripts", false, []file{sample(t, "changes.docx")}, "token", "a").want(200)
	if notes, err = w.desk.Notes(t.Context(), 1); err != nil || len(notes) != 1 {
		t.Errorf("sent again: %d notes, %v", len(notes), err)
	}
	papertest.Check(t, w.Store)
}

// TestManuscriptRefusals: a form without a file, in one edition, too many, too large.
func TestManuscriptRefusals(t *testing.T) {
	w := open(t)
	b := w.as(w.Contributor)
	b.hand("/manuscripts", false, nil, "token", "a").want(422, "Choose a file first.")
	b.hand("/manuscripts", true, nil, "token", "a").want(422, `"code":"invalid"`)
	b.hand("/manuscripts", false, []file{{"a.pdf", []byte("%PDF-1.4")}}).want(422, "This is a PDF")
	var many []file
	for range web.MaxFiles + 1 {
		many = append(many, file{"a.txt", []byte("a")})
	}
	b.hand("/manuscripts", true, many).want(413)
	b.hand("/manuscripts", true, []file{{"large.docx", make([]byte, 25<<20+1)}, {"small.txt", []byte("The lamp\n\nThe lamp was lit again on Sunday.\n")}}).
		want(200, "The file is too large: at most 25 MB.", `"headline":"The lamp"`)
	b.hand("/manuscripts", true, []file{sample(t, "plain.docx")}, "edition", "2").want(200)
	if a, err := w.Store.Article(t.Context(), 2); err != nil || a.Edition != w.Persian.ID {
		t.Errorf("%+v, %v", a, err)
	} else if v, err := w.Store.Revision(t.Context(), 2, 1); err != nil || v.Language != "en" {
		t.Errorf("its language is %q, %v", v.Language, err)
	}
	papertest.Check(t, w.Store)
}
