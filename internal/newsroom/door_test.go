package newsroom

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"broadsheet/internal/durable"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

var secretOf = regexp.MustCompile(`/invitation/[0-9]+\.[A-Za-z0-9_-]+`)

// TestTheFirstOwnerSetsUpThePaper goes from an empty database to the desk.
func TestTheFirstOwnerSetsUpThePaper(t *testing.T) {
	clock := papertest.NewClock()
	s, err := store.Open(t.Context(), store.Options{URL: t.TempDir() + "/paper.db"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	files, err := durable.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	w := openOn(t, &papertest.Paper{Store: s, Clock: clock, Media: media.New(s, files, clock.Now)})
	secret, needed, err := w.auth.FirstOwner(t.Context())
	if err != nil || !needed {
		t.Fatalf("%v, %v", needed, err)
	}
	b := w.as(news.Person{})
	b.get("/").want(out, "Sign in to the desk")
	b.get("/invitation/"+secret).want(ok, "first owner", `name="name"`, `name="email"`)
	b.post("/invitation/"+secret, "name", "Olga", "email", "olga@valmere.example", "password", "short", "again", "short").want(bad, "at least 12 characters", `value="Olga"`).not("short")
	b.post("/invitation/"+secret, "name", "Olga", "email", "olga@valmere.example", "password", password, "again", "another password").want(bad, "differ")
	b.post("/invitation/"+secret, "name", "Olga", "email", "olga@valmere.example", "password", password, "again", password).want(see)
	b.get("/invitation/" + secret).want(gone)
	b.get("/").want(see)
	b.get("/articles/new").follow().want(ok, "Set up the paper", "Culture", "America/")
	b.get("/set-up?language=fa").want(ok, `dir="rtl"`, "سیاست", `value="Asia/Tehran"`, `value="persian" selected`)
	b.post("/set-up", "name", "پیک", "language", "fa", "timezone", "Nowhere/Else", "calendar", "persian", "digits", "", "sections", "خبر\r\nورزش").want(bad, `value="پیک"`, "ورزش", `aria-invalid="true"`)
	b.post("/set-up", "name", "پیک", "language", "fa", "timezone", "Asia/Tehran", "calendar", "persian", "digits", "", "sections", "خبر\r\nخبر").want(bad)
	b.post("/set-up", "name", "پیک", "language", "fa", "timezone", "Asia/Tehran", "calendar", "persian", "digits", "", "sections", "خبر\r\n\r\nورزش\r\n").follow().want(ok, `lang="fa" dir="rtl"`, "ورزش")
	b.get("/set-up").want(see)
	papertest.Check(t, s)
}

// TestOthersWaitForTheOwner: until the paper is set up there is nothing to do.
func TestOthersWaitForTheOwner(t *testing.T) {
	w := open(t)
	if err := w.Store.Write(t.Context(), "unset", func(tx *store.Tx) error {
		p, err := tx.Paper(t.Context())
		p.SetUp = false
		if err == nil {
			err = tx.SavePaper(t.Context(), p)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.as(w.Editor).get("/").want(clash, "An owner has to set the paper up first.")
	w.as(w.Owner).get("/people").want(see)
}

func TestSignIn(t *testing.T) {
	w := open(t)
	w.as(w.Editor) // gives her the password
	b := w.as(news.Person{})
	b.get("/articles/new?edition=2").want(out, `name="to" value="/articles/new?edition=2"`)
	b.post("/sign-in", "email", "edda-elm@valmere.example", "password", "a wrong password", "to", "/articles/new").want(no, "wrong", `value="edda-elm@valmere.example"`).not("a wrong password")
	b.post("/sign-in", "email", " EDDA-ELM@valmere.example", "password", password, "to", "/articles/new").follow().want(ok, "New article")
	if c := b.cookie; !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Errorf("the cookie: %v", c)
	}
	b.get("/sign-in").want(see)
	for _, away := range []string{"https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "evil", "", "/\x00x", "/a\nb"} {
		other := w.as(news.Person{})
		other.post("/sign-in", "email", w.Editor.Email, "password", password, "to", away)
		if at := other.Header.Get("Location"); other.Status == see && at != "/" {
			t.Errorf("%q leads to %q", away, at)
		}
	}
	b.post("/sign-out").follow().want(ok, "You are signed out.")
	b.get("/").want(out)
}

// TestGuessingSlowsDown: the eleventh try waits, with a right password too.
func TestGuessingSlowsDown(t *testing.T) {
	w := open(t)
	w.as(w.Editor)
	b := w.as(news.Person{})
	for range 10 {
		b.post("/sign-in", "email", w.Editor.Email, "password", "a wrong password").want(no)
	}
	b.post("/sign-in", "email", w.Editor.Email, "password", password).want(http.StatusTooManyRequests, "30 seconds", `value="`+w.Editor.Email+`"`)
	if b.Header.Get("Retry-After") != "30" {
		t.Errorf("Retry-After %q", b.Header.Get("Retry-After"))
	}
}

// TestATextOutlivesItsSession: a form sent after the session ended comes back
// whole, and can be sent again.
func TestATextOutlivesItsSession(t *testing.T) {
	w := open(t)
	rana := w.as(w.Reporter)
	rana.post("/account/sign-out-everywhere").want(see)
	rana.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "An <evening>", "body", "\nA long text.").want(out,
		`action="/articles"`, `<textarea name="headline" hidden>`+"\nAn &lt;evening&gt;</textarea>", `<textarea name="body" hidden>`+"\n\nA long text.</textarea>")
	rana.post("/account/password", "old", "secret one", "password", "secret two", "again", "secret two").want(out).not("secret one", "secret two")
}

func TestAnotherOriginChangesNothing(t *testing.T) {
	w := open(t)
	b := w.as(w.Owner)
	for _, head := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}} {
		r := httptest.NewRequest(http.MethodPost, "/people", strings.NewReader(url.Values{"name": {"x"}, "email": {"x@evil.example"}, "role": {"owner"}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for k, v := range head {
			r.Header.Set(k, v)
		}
		r.AddCookie(b.cookie)
		rec := httptest.NewRecorder()
		w.room.ServeHTTP(rec, r)
		if rec.Code != no {
			t.Errorf("%v: %d", head, rec.Code)
		}
	}
	if people, err := w.Store.People(t.Context()); err != nil || len(people) != 6 {
		t.Errorf("%d people, %v", len(people), err)
	}
}

func TestWhatIsTooLargeOrUnreadable(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	b.get("/?q="+strings.Repeat("a", 3000)).want(http.StatusRequestURITooLong, "too long")
	b.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "Kept headline", "body", strings.Repeat("word ", 420_000)).want(http.StatusRequestEntityTooLarge, "at most 2 MB", "Kept headline")
	b.post("/sign-out", "x", strings.Repeat("a", smallForm)).want(http.StatusRequestEntityTooLarge)
	b.do(http.MethodDelete, "/articles/1", nil).want(http.StatusMethodNotAllowed)
	r := httptest.NewRequest(http.MethodPost, "/articles", strings.NewReader("headline=%ff&edition=1"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(b.cookie)
	rec := httptest.NewRecorder()
	w.room.ServeHTTP(rec, r)
	if rec.Code != http.StatusBadRequest {
		t.Errorf("a form that is not UTF-8: %d", rec.Code)
	}
}

// TestHeaders: nothing inline, nobody else's, nothing kept in a cache but the
// desk's own files.
func TestHeaders(t *testing.T) {
	w := open(t)
	b := w.as(w.Owner).get("/")
	csp := b.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("the policy lacks %s: %s", want, csp)
		}
	}
	if inline := regexp.MustCompile(`(?i) on[a-z]+=| style=|<style|javascript:|<script[^>]*></script>`).FindAllString(b.Body, -1); len(inline) != 1 {
		t.Errorf("inline: %q", inline) // the one is the script's own element
	}
	css := regexp.MustCompile(`/assets/[0-9a-f]+/desk.css`).FindString(b.Body)
	if b.get(css).want(ok, "--paper"); !strings.Contains(b.Header.Get("Cache-Control"), "immutable") || b.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("%v", b.Header)
	}
	b.get("/assets/0000000000000000/desk.css").want(gone)
	b.get(strings.Replace(css, "desk.css", "zones.txt", 1)).want(gone)
}

func TestAssetsArePackedOnce(t *testing.T) {
	w := open(t)
	plain := w.as(w.Owner).get("/articles/new")
	for _, name := range []string{"desk.css", "editor.js", "faces.css"} {
		address := regexp.MustCompile(`/assets/[0-9a-f]+/` + name).FindString(plain.Body)
		whole := w.as(news.Person{}).get(address).want(ok).Body
		for accept, want := range map[string]string{"gzip, deflate, br, zstd": "br", "gzip": "gzip", "br;q=0, gzip": "gzip", "zstd": "zstd", "": ""} {
			r := httptest.NewRequest("GET", address, nil)
			r.Header.Set("Accept-Encoding", accept)
			rec := httptest.NewRecorder()
			w.room.ServeHTTP(rec, r)
			got, packed := rec.Header().Get("Content-Encoding"), rec.Body.Len()
			var body io.Reader = rec.Body
			switch got {
			case "br":
				body = brotli.NewReader(body)
			case "gzip":
				zip, err := gzip.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				body = zip
			case "zstd":
				z, err := zstd.NewReader(body)
				if err != nil {
					t.Fatal(err)
				}
				defer z.Close()
				body = z
			}
			if text, err := io.ReadAll(body); err != nil || string(text) != whole {
				t.Errorf("%s as %q: %d of %d bytes, %v", name, got, len(text), len(whole), err)
			}
			if got != want || rec.Header().Get("Vary") != "Accept-Encoding" || want != "" && packed > len(whole)/2 {
				t.Errorf("%s for %q: %q, %d of %d bytes, %v", name, accept, got, packed, len(whole), rec.Header())
			}
		}
	}
}
