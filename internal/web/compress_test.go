package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCompress(t *testing.T) {
	long := strings.Repeat("The tide rose. ", 400)
	for _, c := range []struct {
		name, kind, text, accept string
		packed                   bool
	}{
		{"a page", "text/html; charset=utf-8", long, "gzip, br", true},
		{"a script", "text/javascript; charset=utf-8", long, "gzip", true},
		{"JSON", "application/json", long, "gzip", true},
		{"a browser that takes none", "text/html", long, "", false},
		{"a short answer", "text/html", "The tide.", "gzip", false},
		{"a picture", "image/png", long, "gzip", false},
		{"events", "text/event-stream", long, "gzip", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := Compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", c.kind)
				io.WriteString(w, c.text)
			}))
			if err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("Accept-Encoding", c.accept)
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			body := io.Reader(rec.Body)
			if packed := rec.Header().Get("Content-Encoding") == "gzip"; packed != c.packed {
				t.Fatalf("packed: %v, want %v", packed, c.packed)
			} else if packed {
				if rec.Body.Len() > len(c.text)/5 {
					t.Errorf("%d bytes of %d", rec.Body.Len(), len(c.text))
				}
				if body, err = gzip.NewReader(rec.Body); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := io.ReadAll(body); err != nil || string(got) != c.text {
				t.Errorf("the text did not come through: %v, %d bytes", err, len(got))
			}
		})
	}
}
