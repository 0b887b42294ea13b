package site_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// A preview link shows a draft to whoever has it, to nobody else, under its
// own edition, and only until it ends.
func TestPreviewLink(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		secret, err := w.desk.Show(t.Context(), p.Editor.ID, 4, 0, p.Clock.Now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
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
		res, body := get("/preview/"+secret, http.StatusOK)
		if !strings.Contains(body, "quarzine") || !strings.Contains(body, "This story is not published") {
			t.Error("the link does not show the draft, or does not say what it is")
		}
		for _, lacks := range []string{"<form method=\"post\"", "application/ld+json"} {
			if strings.Contains(body, lacks) {
				t.Errorf("the preview has %s", lacks)
			}
		}
		for name, want := range map[string]string{"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "no-referrer"} {
			if got := res.Header.Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
		get("/fa/preview/"+secret, http.StatusNotFound)
		_, body = get("/preview/"+strings.ToLower(secret), http.StatusNotFound)
		if !strings.Contains(body, "This preview has ended") {
			t.Error("a dead link does not say what it is")
		}
		if _, body = get("/news/4", http.StatusNotFound); strings.Contains(body, "quarzine") {
			t.Error("the draft is at its own address")
		}
		if err := w.desk.Spike(t.Context(), p.Editor.ID, 4, ""); err != nil {
			t.Fatal(err)
		}
		get("/preview/"+secret, http.StatusNotFound)
		if err := w.desk.Revive(t.Context(), p.Editor.ID, 4); err != nil {
			t.Fatal(err)
		}
		get("/preview/"+secret, http.StatusOK)
		p.Clock.Move(time.Hour)
		get("/preview/"+secret, http.StatusNotFound)
		if _, err := w.desk.Show(t.Context(), p.Contributor.ID, 4, 0, p.Clock.Now().Add(time.Hour)); news.CodeOf(err) != news.Forbidden {
			t.Errorf("somebody else's draft: %v", err)
		}
		papertest.Check(t, p.Store)
	})
}
