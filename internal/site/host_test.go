package site_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/site"
	"broadsheet/internal/store"
	"broadsheet/themes"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hand tells the press of every event.
func (w *town) hand(t *testing.T) {
	t.Helper()
	events, err := w.Store.EventsAfter(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := w.press.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

// move gives an edition a host of its own, or takes it back.
func (w *town) move(t *testing.T, e news.Edition, host string) {
	t.Helper()
	e.Host = host
	if _, err := w.desk.SaveEdition(t.Context(), w.Owner.ID, e); err != nil {
		t.Fatal(err)
	}
	w.hand(t)
}

func (w *town) get(address string) (*http.Response, string) {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	r := httptest.NewRequest("GET", address, nil)
	r.RequestURI = u.RequestURI()
	return w.send(r)
}

// An edition that goes to a host of its own is there at once; its old
// addresses lead to it, for ever.
func TestAnEditionGoesToAHostOfItsOwn(t *testing.T) {
	w := newTown(t, papertest.New(t))
	if resp, _ := w.get("http://peyk.example/"); resp.StatusCode != 421 {
		t.Errorf("before: status %d", resp.StatusCode)
	}
	if _, body := w.get("http://paper.example/news/1"); !strings.Contains(body, `hreflang="fa" href="http://paper.example/fa/news/3"`) {
		t.Error("the English article does not name the Persian one")
	}
	w.move(t, w.Persian, "peyk.example")
	for _, c := range []struct {
		address, location string
		status            int
	}{
		{"http://peyk.example/", "", 200},
		{"http://peyk.example/news/3", "", 200},
		{"http://peyk.example/news/1", "http://paper.example/news/1", 301},
		{"http://peyk.example/fa/news/3", "", 404},
		{"http://paper.example/fa", "https://peyk.example/", 308},
		{"http://paper.example/fa/", "https://peyk.example/", 308},
		{"http://paper.example/fa/news/3", "https://peyk.example/news/3", 308},
		{"http://paper.example/fa/search?q=%D9%BE%D9%84", "https://peyk.example/search?q=%D9%BE%D9%84", 308},
		{"http://paper.example/fa/section/%D8%AC%D9%87%D8%A7%D9%86", "https://peyk.example/section/%D8%AC%D9%87%D8%A7%D9%86", 308},
		{"http://paper.example/fa//evil.example/", "/fa/evil.example/", 307},
		{"http://paper.example/news/3", "https://peyk.example/news/3", 301},
		{"http://paper.example/news/1", "", 200},
	} {
		if resp, _ := w.get(c.address); resp.StatusCode != c.status || resp.Header.Get("Location") != c.location {
			t.Errorf("%s: %d %q, not %d %q", c.address, resp.StatusCode, resp.Header.Get("Location"), c.status, c.location)
		}
	}
	if _, body := w.get("http://peyk.example/news/3"); !strings.Contains(body, `<link rel="canonical" href="https://peyk.example/news/3">`) ||
		!strings.Contains(body, `hreflang="en" href="http://paper.example/news/1"`) || strings.Contains(body, `"/fa/`) {
		t.Errorf("the page on its own host:\n%s", body)
	}
	if _, body := w.get("http://paper.example/news/1"); !strings.Contains(body, `hreflang="fa" href="https://peyk.example/news/3"`) {
		t.Error("the English article still names the old address")
	}
	if _, body := w.get("http://peyk.example/robots.txt"); !strings.Contains(body, "Sitemap: https://peyk.example/sitemap.xml") || strings.Contains(body, "paper.example/sitemap") {
		t.Errorf("robots.txt of the edition's host: %s", body)
	}
	w.move(t, w.Persian, "")
	if resp, _ := w.get("http://paper.example/fa/news/3"); resp.StatusCode != 200 {
		t.Errorf("taken back: status %d", resp.StatusCode)
	}
}

// The default edition keeps the root of the paper's host when it has one of
// its own too, and the other editions stay where they are.
func TestTheDefaultEditionHasAHostOfItsOwn(t *testing.T) {
	w := newTown(t, papertest.New(t))
	w.move(t, w.English, "courier.example")
	if _, body := w.get("http://paper.example/robots.txt"); !strings.Contains(body, "Sitemap: https://courier.example/sitemap.xml") || !strings.Contains(body, "Sitemap: http://paper.example/fa/sitemap.xml") {
		t.Errorf("robots.txt of the paper's host:\n%s", body)
	}
	for address, status := range map[string]int{"http://courier.example/news/1": 200, "http://paper.example/news/1": 200, "http://paper.example/fa/news/3": 200, "http://paper.example/": 200} {
		resp, body := w.get(address)
		if resp.StatusCode != status {
			t.Errorf("%s: status %d, not %d", address, resp.StatusCode, status)
		}
		if strings.HasSuffix(address, "/news/1") && !strings.Contains(body, `<link rel="canonical" href="https://courier.example/news/1">`) {
			t.Errorf("%s has another canonical address", address)
		}
		for part := range strings.SplitSeq(body, `<link rel="stylesheet" href="`) {
			if sheet, _, found := strings.Cut(part, `">`); found && strings.HasPrefix(sheet, "/") && strings.HasSuffix(sheet, ".css") {
				u, _ := url.Parse(address)
				if resp, _ := w.get("http://" + u.Host + sheet); resp.StatusCode != 200 {
					t.Errorf("%s: its style sheet %s: status %d", address, sheet, resp.StatusCode)
				}
			}
		}
	}
}

// A path is read as it was sent: dots and empty words are led to the clean
// address within the edition, and what is encoded otherwise is another address.
func TestPaths(t *testing.T) {
	w := newTown(t, papertest.New(t))
	for _, c := range []struct {
		path, location string
		status         int
	}{
		{"/fa//news/3", "/fa/news/3", 307},
		{"/fa/news//3", "/fa/news/3", 307},
		{"/fa/./archive", "/fa/archive", 307},
		{"/fa/../news/1", "/news/1", 307},
		{"//news/1", "/news/1", 307},
		{"//evil.example/%2f..", "/evil.example/%2f..", 307},
		{"/fa//section/%D8%AC%D9%87%D8%A7%D9%86?x=1", "/fa/section/%D8%AC%D9%87%D8%A7%D9%86?x=1", 307},
		{"//section/caf%C3%A9/", "/section/caf%C3%A9/", 307},
		{"/fa/section/%D8%AC%D9%87%D8%A7%D9%86", "", 200},
		{"/fa/section/%25D8%25AC", "", 404},
		{"/%66a/news/3", "", 404},
		{"/fa%2Fnews/3", "", 404},
		{"/news%2F1", "", 404},
		{"/section/town%2F2026/03", "", 404},
		{"/news/%2e%2e/archive", "", 404},
		{"/news/1%00", "", 400},
		{"/fa/news/%FF", "", 400},
		{"/section/town/", "", 404},
		{"/news/1/comments?after=0", "", 404},
		{"/news/1/comments?after=1", "", 404},
		{"/news/1/comments?after=-1", "", 404},
		{"/news/1/comments?after=01", "", 404},
		{"/corrections?after=1", "", 404},
		{"/corrections?after=1-2", "", 200},
		{"/corrections?after=1-02", "", 404},
		{"/corrections?after=1-3", "", 404},
		{"/fa/corrections?after=1-2", "", 404},
		{"/archive/gregorian/2026", "", 404},
		{"/archive/persian/1404", "", 404},
		{"/archive/0000", "", 404},
		{"/fa/archive/persian/9999/01", "", 404},
		{"/fa/archive/persian/1404/13", "", 404},
	} {
		resp, _ := w.get("http://paper.example" + c.path)
		if resp.StatusCode != c.status || resp.Header.Get("Location") != c.location {
			t.Errorf("%s: %d %q, not %d %q", c.path, resp.StatusCode, resp.Header.Get("Location"), c.status, c.location)
		}
	}
}

// What the caches between us and the reader are told.
func TestCachingHeaders(t *testing.T) {
	w := newTown(t, papertest.New(t))
	const fresh, again, never = "public, max-age=0, must-revalidate", "no-cache", "no-store"
	for _, c := range []struct{ path, cache string }{
		{"/", fresh}, {"/news/1", fresh}, {"/feed.xml", fresh}, {"/search?q=bridge", fresh}, {"/news/6", again}, {"/news/4", never}, {"/nothing", never},
		{"/search?q=bridge&from=2026-02-30", again},
	} {
		for _, method := range []string{"GET", "HEAD"} {
			resp, _ := w.send(httptest.NewRequest(method, "http://paper.example"+c.path, nil))
			if got := resp.Header.Get("Cache-Control"); got != c.cache {
				t.Errorf("%s %s: Cache-Control %q, not %q", method, c.path, got, c.cache)
			}
			if resp.StatusCode == 200 && (resp.Header.Get("Vary") != "Accept-Encoding" || resp.Header.Get("Etag") == "" || resp.Header.Get("Last-Modified") == "" || resp.Header.Get("Content-Length") == "") {
				t.Errorf("%s %s: headers %v", method, c.path, resp.Header)
			}
		}
	}
	// HEAD and 304 on the wire, where net/http has its say
	server := httptest.NewServer(w.door)
	defer server.Close()
	ask := func(method, path, key, value string) *http.Response {
		r, err := http.NewRequest(method, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "paper.example"
		if key != "" {
			r.Header.Set(key, value)
		}
		resp, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	get, head := ask("GET", "/news/1", "Accept-Encoding", "br"), ask("HEAD", "/news/1", "Accept-Encoding", "br")
	for _, name := range []string{"Content-Length", "Content-Type", "Content-Encoding", "Etag", "Last-Modified", "Vary", "Cache-Control"} {
		if get.Header.Get(name) == "" || get.Header.Get(name) != head.Header.Get(name) {
			t.Errorf("%s: GET %q, HEAD %q", name, get.Header.Get(name), head.Header.Get(name))
		}
	}
	for _, method := range []string{"GET", "HEAD"} {
		r, err := http.NewRequest(method, server.URL+"/news/1", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "paper.example"
		r.Header.Set("Accept-Encoding", "br")
		r.Header.Set("If-None-Match", `"other", W/`+get.Header.Get("Etag"))
		resp, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 304 || resp.Header.Get("Etag") != get.Header.Get("Etag") || resp.Header.Get("Vary") == "" || resp.Header.Get("Cache-Control") != fresh || resp.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s of what the reader has: %d %v", method, resp.StatusCode, resp.Header)
		}
	}
	if gone := ask("GET", "/news/6", "If-None-Match", "*"); gone.StatusCode != 410 {
		t.Errorf("a withdrawn article that the reader has: status %d", gone.StatusCode)
	}
}

// A form is sent to its own edition; elsewhere nothing is kept.
func TestACommentGoesToItsEdition(t *testing.T) {
	w := newTown(t, papertest.New(t))
	stamp := w.comments.Stamp(1, w.Clock.Now())
	w.Clock.Move(time.Minute)
	form := url.Values{"comment": {"A bridge at last."}, "stamp": {stamp}}
	post := func(path string) int {
		r := httptest.NewRequest("POST", "http://paper.example"+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		resp, _ := w.send(r)
		return resp.StatusCode
	}
	for path, want := range map[string]int{"/fa/news/1/comments": 404, "/news/4/comments": 404, "/news/6/comments": 404, "/news/99/comments": 404} {
		if got := post(path); got != want {
			t.Errorf("%s: status %d, not %d", path, got, want)
		}
	}
	held, err := w.Store.CommentQueue(t.Context(), news.CommentHeld, news.Place{}, 10)
	if err != nil || len(held) != 0 {
		t.Errorf("kept: %v, %v", held, err)
	}
	if got := post("/news/1/comments"); got != 202 {
		t.Errorf("at its own edition: status %d", got)
	}
}

// While the database is away known pages are read, other addresses say so in
// the edition's language, and a comment's text is given back.
func TestReadersWhileTheDatabaseIsAway(t *testing.T) {
	var away atomic.Bool
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "paper.db"), Trace: func(string) error {
		if away.Load() {
			return errors.New("the cable is cut")
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p := &papertest.Paper{Store: s, Clock: papertest.NewClock()}
	if err := p.Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := newTown(t, p)
	if resp, _ := w.get("http://paper.example/news/1"); resp.StatusCode != 200 {
		t.Fatalf("status %d", resp.StatusCode)
	}
	stamp := w.comments.Stamp(1, w.Clock.Now())
	w.Clock.Move(time.Minute)
	away.Store(true)
	w.Clock.Set(w.English.NextMidnight(w.Clock.Now()).Add(time.Second)) // the page has ended by itself
	if resp, body := w.get("http://paper.example/news/1"); resp.StatusCode != 200 || !strings.Contains(body, "Bridge opens to walkers") {
		t.Errorf("a known page: status %d", resp.StatusCode)
	}
	for path, lang := range map[string]string{"/news/2": "en", "/fa/news/3": "fa", "/fa/search?q=x": "fa", "/": "en"} {
		resp, body := w.get("http://paper.example" + path)
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Cache-Control") != "no-store" || !strings.Contains(body, `<html lang="`+lang+`"`) {
			t.Errorf("%s: status %d, %v\n%.300s", path, resp.StatusCode, resp.Header, body)
		}
	}
	const text = "A bridge at last."
	r := httptest.NewRequest("POST", "http://paper.example/news/1/comments", strings.NewReader(url.Values{"comment": {text}, "stamp": {stamp}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if resp, body := w.send(r); resp.StatusCode != 503 || !strings.Contains(body, text) {
		t.Errorf("the comment: status %d\n%s", resp.StatusCode, body)
	}
	away.Store(false)
	if resp, _ := w.get("http://paper.example/news/2"); resp.StatusCode != 200 {
		t.Errorf("the database is back: status %d", resp.StatusCode)
	}
}

// An edition may be set up while the door is open.
func TestAPaperThatIsSetUpWhileOpen(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "paper.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	clock := papertest.NewClock()
	owner := news.Person{Email: "o@valmere.example", Name: "Olga Orme", Role: news.Owner}
	if err := s.Write(t.Context(), "found", func(tx *store.Tx) error {
		if err := tx.SavePaper(t.Context(), news.Paper{Name: "New", Language: "en", FourEyes: true}); err != nil {
			return err
		}
		return tx.SavePerson(t.Context(), &owner)
	}); err != nil {
		t.Fatal(err)
	}
	pr, err := press.New(t.Context(), press.Options{Store: s, Now: clock.Now, Theme: themes.Default(), Base: "http://paper.example"})
	if err != nil {
		t.Fatal(err)
	}
	defer pr.Close()
	w := &town{press: pr, door: site.New(site.Options{Press: pr, Comments: comments.New(s, clock.Now), Now: clock.Now, Log: slog.New(slog.DiscardHandler), Hosts: []string{"paper.example"}})}
	if resp, body := w.get("http://paper.example/"); resp.StatusCode != 503 || strings.TrimSpace(body) == "" {
		t.Errorf("before: status %d %q", resp.StatusCode, body)
	}
	d := desk.New(s, clock.Now)
	if err := d.SetUp(t.Context(), owner.ID, desk.SetUp{Edition: news.Edition{Name: "The Valmere Courier", Language: "en", TimeZone: "Europe/London", Calendar: locale.Gregorian}, Sections: []string{"News"}}); err != nil {
		t.Fatal(err)
	}
	events, err := s.EventsAfter(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := pr.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if resp, body := w.get("http://paper.example/"); resp.StatusCode != 200 || !strings.Contains(body, "The Valmere Courier") {
		t.Errorf("after: status %d", resp.StatusCode)
	}
}
