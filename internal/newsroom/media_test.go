package newsroom

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"broadsheet/internal/papertest"
)

// drawn is a picture of a size.
func drawn(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// file is one file of a form.
type file struct {
	name string
	data []byte
}

// hand sends files as a browser's form does, to a script if the form says so.
func (b *browser) hand(path string, json bool, files []file, pairs ...string) *browser {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.WriteField(pairs[i], pairs[i+1])
	}
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.name)
		if err != nil {
			b.t.Fatal(err)
		}
		part.Write(f.data)
	}
	form.Close()
	accept := "text/html"
	if json {
		accept = "application/json"
	}
	return b.sendBody(path, form.FormDataContentType(), accept, &body)
}

// sendBody posts a body of any kind.
func (b *browser) sendBody(path, kind, accept string, body io.Reader) *browser {
	b.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, body)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept", accept)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("X-File-Name", "%D9%BE%D9%84.png")
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	rec := httptest.NewRecorder()
	b.room.ServeHTTP(rec, r)
	b.Status, b.Header, b.Body = rec.Code, rec.Header(), rec.Body.String()
	return b
}

func TestHandInAPicture(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := openOn(t, p)
		b, data := w.as(p.Contributor), drawn(t, 30, 20)
		b.hand("/media", true, []file{{"The Bridge.PNG", data}}).want(200)
		var kept keptPicture
		if err := json.Unmarshal([]byte(b.Body), &kept); err != nil || kept.Name != "the-bridge.png" || kept.Width != 30 || kept.Height != 20 || !strings.HasSuffix(kept.Src, "/the-bridge.png") {
			t.Fatalf("%s: %v", b.Body, err)
		}
		b.sendBody("/media", "image/png", "application/json", bytes.NewReader(data)).want(200, kept.Src)
		b.sendBody("/media", "image/png", "application/json", bytes.NewReader(drawn(t, 31, 20))).want(200, "پل.png")

		w.as(p.Owner).get(kept.Src).want(200)
		b.get(kept.Src).want(200)
		if got := b.Header.Get("Cache-Control"); got != "private, max-age=31536000, immutable" || b.Header.Get("Content-Type") != "image/png" || b.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" {
			t.Errorf("%v", b.Header)
		}

		b.hand("/media", true, []file{{"a.png", []byte("<svg onload=alert(1)>")}}).want(422, `"error":"This is a file of the kind SVG.`, `"code":"invalid"`)
		b.hand("/media", true, []file{{"a.png", data}, {"b.png", data}}).want(422, "one picture at a time")
		b.hand("/media", true, nil).want(422)
		b.hand("/media", true, []file{{"a.png", data[:len(data)-9]}}).want(422, "was not copied whole")
		w.as(p.Contributor).hand("/media", true, []file{{"a.png", make([]byte, 26<<20)}}).want(413)
		(&browser{world: w}).hand("/media", true, []file{{"a.png", data}}).want(401, `"code":"signed_out"`)
		papertest.Check(t, p.Store)
	})
}
