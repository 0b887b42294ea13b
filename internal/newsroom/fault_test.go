package newsroom

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// script sends what a script of the desk sends: JSON, or a form when form is
// set; it asks for JSON.
func (b *browser) script(method, path string, body any) *browser {
	b.t.Helper()
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			b.t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(b.t.Context(), method, path, strings.NewReader(string(sent)))
	r.RemoteAddr = "192.0.2.7:4000"
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	rec := httptest.NewRecorder()
	b.room.ServeHTTP(rec, r)
	b.Status, b.Header, b.Body = rec.Code, rec.Header(), rec.Body.String()
	for _, c := range rec.Result().Cookies() {
		if b.cookie = c; c.MaxAge < 0 {
			b.cookie = nil
		}
	}
	return b
}

// answer reads the last answer as JSON.
func answer[T any](b *browser) (out T) {
	b.t.Helper()
	if kind := b.Header.Get("Content-Type"); kind != "application/json; charset=utf-8" {
		b.t.Fatalf("the answer is %q: %d %s", kind, b.Status, b.Body)
	}
	if err := json.Unmarshal([]byte(b.Body), &out); err != nil {
		b.t.Fatalf("%v: %s", err, b.Body)
	}
	return out
}

// TestScriptsAreToldInWords: whoever asks for JSON gets a sentence and a code,
// never a page and never another address.
func TestScriptsAreToldInWords(t *testing.T) {
	w := open(t)
	w.townStories()
	for _, c := range []struct {
		who          news.Person
		method, path string
		body         any
		status       int
		code, says   string
	}{
		{news.Person{}, http.MethodGet, "/find", nil, out, "signed_out", "You are not signed in, or no longer. Please sign in again."},
		{w.Reporter, http.MethodGet, "/articles/1", nil, no, "forbidden", "may not"},
		{w.Editor, http.MethodGet, "/articles/99", nil, gone, "not_found", "no such thing"},
		{w.Editor, http.MethodGet, "/nowhere", nil, gone, "not_found", ""},
		{w.Editor, http.MethodPost, "/articles/2/submit", map[string]string{}, http.StatusUnsupportedMediaType, "invalid", ""},
		{w.Editor, http.MethodDelete, "/find", nil, http.StatusMethodNotAllowed, "invalid", ""},
		{w.Contributor, http.MethodGet, "/people", nil, no, "forbidden", "role"},
	} {
		b := w.as(c.who).script(c.method, c.path, c.body)
		got := answer[fault](b)
		if b.Status != c.status || got.Code != c.code || got.Error == "" || !strings.Contains(got.Error, c.says) || b.Header.Get("Location") != "" {
			t.Errorf("%s %s: %d %+v; want %d, %s, %q", c.method, c.path, b.Status, got, c.status, c.code, c.says)
		}
	}
	w.as(news.Person{}).get("/").want(out, "<form") // people still get the page
	papertest.Check(t, w.Store)
}

// TestSignInFromTheEditor: a script may sign in beside the text, and is told
// who that was.
func TestSignInFromTheEditor(t *testing.T) {
	w := open(t)
	w.as(w.Editor)
	b := w.as(news.Person{})
	sign := func(password string) {
		r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader("email=edda-elm%40valmere.example&password="+strings.ReplaceAll(password, " ", "+")))
		r.RemoteAddr = "192.0.2.7:4000"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "application/json")
		rec := httptest.NewRecorder()
		w.room.ServeHTTP(rec, r)
		b.Status, b.Header, b.Body = rec.Code, rec.Header(), rec.Body.String()
		for _, c := range rec.Result().Cookies() {
			if c.Name == w.room.cookieName() { // another one says that this browser is known
				b.cookie = c
			}
		}
	}
	sign("a wrong password")
	if got := answer[fault](b); b.Status != no || got.Code != "forbidden" || !strings.Contains(got.Error, "wrong") || b.cookie != nil {
		t.Errorf("a wrong password: %d %+v", b.Status, got)
	}
	sign(password)
	if got := answer[struct{ Person sheetPerson }](b); b.Status != ok || got.Person.ID != w.Editor.ID || got.Person.Name != "Edda Elm" {
		t.Errorf("the right one: %d %+v", b.Status, got)
	}
	b.get("/").want(ok)
}
