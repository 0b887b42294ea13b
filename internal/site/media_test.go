package site_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// handIn keeps a picture of that size and makes a story that shows it.
func (w *town) handIn(t *testing.T, e news.Edition, s news.Section, width int, headline string) (news.Media, news.ID) {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, 90)), nil); err != nil {
		t.Fatal(err)
	}
	m, err := w.Media.Keep(t.Context(), w.Reporter.ID, "پل "+headline+".jpg", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	c := w.Story(s, headline)
	c.Body.Blocks = append(c.Body.Blocks, doc.Block{Kind: doc.KindImage, Image: &doc.Picture{Src: m.Src(), Alt: "The bridge", Width: m.Width, Height: m.Height}})
	id, err := w.desk.Create(t.Context(), w.Reporter.ID, e.ID, desk.Copy{Content: c}, headline)
	if err != nil {
		t.Fatal(err)
	}
	return m, id
}

// A picture is found by a reader from the moment at which a story that shows
// it is out until none is; by a preview link only the pictures of its story.
func TestPictures(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w, ctx := newTown(t, p), t.Context()
		get := func(path string, status int) (*http.Response, string) {
			t.Helper()
			r := httptest.NewRequest("GET", path, nil)
			r.Host = "paper.example"
			res, body := w.send(r)
			if res.StatusCode != status {
				t.Errorf("GET %s: %d, want %d", path, res.StatusCode, status)
			}
			return res, body
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		m, id := w.handIn(t, p.English, p.Town, 120, "In pictures")
		other, _ := w.handIn(t, p.Persian, p.Jahan, 130, "در تصویر")
		get(m.Src(), http.StatusNotFound)

		secret, err := w.desk.Show(ctx, p.Editor.ID, id, 0, p.Clock.Now().Add(time.Hour))
		must(err)
		_, page := get("/preview/"+secret, http.StatusOK)
		if !strings.Contains(page, `src="`+m.Src()+`?preview=`+secret+`"`) {
			t.Errorf("the preview does not show the picture")
		}
		res, body := get(m.Src()+"?preview="+secret, http.StatusOK)
		if len(body) != m.Bytes || !strings.HasPrefix(res.Header.Get("Cache-Control"), "private") {
			t.Errorf("%d bytes, %v", len(body), res.Header)
		}
		get(m.Src()+"?preview=guessed", http.StatusNotFound)
		get(other.Src()+"?preview="+secret, http.StatusNotFound)

		must(w.desk.Submit(ctx, p.Reporter.ID, id))
		must(w.desk.Approve(ctx, p.Editor.ID, id, 1))
		get(m.Src(), http.StatusNotFound)
		must(w.desk.Publish(ctx, p.Editor.ID, id, 1, ""))
		res, body = get(m.Src(), http.StatusOK)
		for name, want := range map[string]string{"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=31536000, immutable", "Etag": `"` + m.Hash + `"`,
			"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Content-Encoding": ""} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		if len(body) != m.Bytes {
			t.Errorf("%d bytes, want %d", len(body), m.Bytes)
		}
		get("/fa"+m.Src(), http.StatusNotFound)
		get("/media/"+m.Hash+"/other.jpg", http.StatusNotFound)
		get("/media/"+m.Hash, http.StatusNotFound)
		get(other.Src(), http.StatusNotFound)
		_, page = get("/news/"+id.String(), http.StatusOK)
		if !strings.Contains(page, `<img src="`+m.Src()+`" alt="The bridge" width="120" height="90"`) {
			t.Error("the page does not show the picture with its size")
		}
		must(w.desk.Kill(ctx, p.Editor.ID, id, "It was another bridge."))
		get(m.Src(), http.StatusNotFound)
		papertest.Check(t, p.Store)
	})
}
