package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

// failed is a door's fail for tests: the status and the error's words.
func failed(w http.ResponseWriter, r *http.Request, err error) {
	w.Header().Set("X-Fail", "yes")
	w.WriteHeader(Status(err))
	fmt.Fprint(w, err)
}

func says(words string) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.WriteString(w, words)
		return err
	}
}

func ask(h http.Handler, method, target string, body io.Reader) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, target, body))
	return w
}

func testTable() []Route {
	return []Route{
		{Pattern: "GET /{$}", Handle: says("front")},
		{Pattern: "GET /news/{id}", Handle: func(w http.ResponseWriter, r *http.Request) error {
			_, err := io.WriteString(w, "article "+r.PathValue("id")+" "+r.URL.RawQuery)
			return err
		}},
		{Pattern: "GET /search", Query: []string{"q", "below"}, Handle: func(w http.ResponseWriter, r *http.Request) error {
			_, err := io.WriteString(w, r.URL.RawQuery)
			return err
		}},
		{Pattern: "POST /news/{id}/comments", Body: 10, Handle: func(w http.ResponseWriter, r *http.Request) error {
			text, err := io.ReadAll(r.Body)
			if err != nil {
				return fmt.Errorf("read a comment: %w", err)
			}
			_, err = w.Write(text)
			return err
		}},
		{Pattern: "GET /panic", Handle: func(http.ResponseWriter, *http.Request) error { panic("the type is pied") }},
		{Pattern: "GET /gone", Handle: func(http.ResponseWriter, *http.Request) error {
			return news.Refuse(news.Gone, "", "withdrawn")
		}},
		{Pattern: "GET /ar/", Handle: says("edition")},
	}
}

func TestMux(t *testing.T) {
	quiet := slog.New(slog.DiscardHandler)
	door := Table{Routes: testTable(), Fail: failed, Log: quiet}.Handler()
	for _, c := range []struct {
		method, target, body string
		status               int
		want                 string // a part of the body
		header               string // "Name: value" that must be there
	}{
		{"GET", "/", "", 200, "front", ""},
		{"HEAD", "/", "", 200, "", ""},
		{"GET", "/news/48213", "", 200, "article 48213", ""},
		{"GET", "/news/48213?utm=x&%zz", "", 200, "article 48213", ""},
		{"GET", "/nowhere", "", 404, "not found", "X-Fail: yes"},
		{"GET", "/news/", "", 404, "not found", "X-Fail: yes"},
		{"PUT", "/news/48213", "", 405, "Method Not Allowed", "Allow: GET, HEAD"},
		{"GET", "/news/1/comments", "", 405, "Method Not Allowed", "Allow: POST"},
		{"BREW", "/", "", 405, "Method Not Allowed", "Allow: GET, HEAD"},
		{"OPTIONS", "/search", "", 405, "Method Not Allowed", "Allow: GET, HEAD"},
		{"GET", "/gone", "", 410, "withdrawn", "X-Fail: yes"},
		{"GET", "/panic", "", 500, "panic: the type is pied", "X-Fail: yes"},
		{"GET", "/ar", "", 307, "", "Location: /ar/"},
		{"GET", "/ar//x", "", 307, "", "Location: /ar/x"},
		{"POST", "/news/1/comments", "ten bytes!", 200, "ten bytes!", ""},
		{"POST", "/news/1/comments", "eleven byte", 413, "11 bytes where 10 are allowed", "X-Fail: yes"},
		{"GET", "/news/1", "fat", 413, "no body", "X-Fail: yes"},
		{"GET", "/search?q=a%20b&x=1&below=3", "", 200, "q=a%20b&below=3", ""},
		{"GET", "/search?x=1", "", 200, "", ""},
		{"GET", "/search?q=1&q=2", "", 200, "q=1", ""},
		{"GET", "/search?q=%zz", "", 400, "parameter q", "X-Fail: yes"},
		{"GET", "/search?q=%ff", "", 400, "parameter q", "X-Fail: yes"},
		{"GET", "/search?q=a%00", "", 400, "parameter q", "X-Fail: yes"},
		{"GET", "/search?q=a;below=2", "", 400, "parameter q", "X-Fail: yes"},
	} {
		t.Run(c.method+" "+c.target, func(t *testing.T) {
			w := ask(door, c.method, c.target, strings.NewReader(c.body))
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
				t.Errorf("got %d %q, want %d with %q", w.Code, w.Body, c.status, c.want)
			}
			name, value, _ := strings.Cut(c.header, ": ")
			if name != "" && w.Header().Get(name) != value {
				t.Errorf("header %s is %q, want %q", name, w.Header().Get(name), value)
			}
		})
	}
	if w := ask(door, "GET", "/search?x=1", nil); w.Body.Len() != 0 {
		t.Errorf("an unknown parameter reached the page: %q", w.Body)
	}
}

// A body without a length is cut at the limit while it is read, and the
// connection is closed so that the rest is not.
func TestMuxChunkedBody(t *testing.T) {
	server := httptest.NewServer(Mux(testTable(), failed))
	defer server.Close()
	res, err := http.Post(server.URL+"/news/1/comments", "text/plain", io.MultiReader(strings.NewReader("eleven"), strings.NewReader(" byte")))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestEntityTooLarge || !res.Close {
		t.Errorf("status %d, connection closed %v; want 413 and closed", res.StatusCode, res.Close)
	}
}

func TestMuxPanicIsLogged(t *testing.T) {
	var lines bytes.Buffer
	door := Table{Routes: testTable(), Fail: failed, Log: slog.New(slog.NewTextHandler(&lines, nil))}.Handler()
	ask(door, "GET", "/panic", nil)
	for _, want := range []string{"level=ERROR", "path=/panic", `route="GET /panic"`, "the type is pied", "mux_test.go"} {
		if !strings.Contains(lines.String(), want) {
			t.Errorf("no %q in the log: %s", want, lines.String())
		}
	}
}

// A fail that panics itself (a broken error page) still gives an answer.
func TestMuxFailPanics(t *testing.T) {
	broken := func(http.ResponseWriter, *http.Request, error) { panic("no template") }
	door := Table{Routes: testTable(), Fail: broken, Log: slog.New(slog.DiscardHandler)}.Handler()
	if w := ask(door, "GET", "/gone", nil); w.Code != 500 {
		t.Errorf("status %d, want 500", w.Code)
	}
}

// An error after the first byte cuts the connection: half a page must not
// look whole, and no second page may follow in it.
func TestMuxErrorAfterFirstByte(t *testing.T) {
	for name, end := range map[string]Handler{
		"error": func(http.ResponseWriter, *http.Request) error { return errors.New("disk") },
		"panic": func(http.ResponseWriter, *http.Request) error { panic("disk") },
	} {
		t.Run(name, func(t *testing.T) {
			routes := []Route{{Pattern: "GET /half", Handle: func(w http.ResponseWriter, r *http.Request) error {
				io.WriteString(w, "half a")
				http.NewResponseController(w).Flush()
				return end(w, r)
			}}}
			door := Table{Routes: routes, Fail: failed, Log: slog.New(slog.DiscardHandler)}
			server := httptest.NewServer(door.Handler())
			defer server.Close()
			res, err := http.Get(server.URL + "/half")
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err == nil || string(body) != "half a" {
				t.Errorf("read %q, error %v; want the half and an error", body, err)
			}
		})
	}
}

func TestTableGuard(t *testing.T) {
	routes := []Route{
		{Pattern: "GET /sign-in", Handle: says("in")},
		{Pattern: "GET /people", Least: news.Owner, Handle: says("people")},
	}
	door := Table{Routes: routes, Fail: failed, Guard: func(least news.Role, next Handler) Handler {
		return func(w http.ResponseWriter, r *http.Request) error {
			if !news.Role(r.Header.Get("Role")).AtLeast(least) {
				return news.Forbidden
			}
			return next(w, r)
		}
	}}.Handler()
	for _, c := range []struct {
		path, role string
		status     int
	}{
		{"/sign-in", "", 200}, {"/people", "", 403}, {"/people", "chief", 403}, {"/people", "owner", 200},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Header.Set("Role", c.role)
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s as %q: %d, want %d", c.path, c.role, w.Code, c.status)
		}
	}
}

// A mux inside a mux: the outer one does not answer a second time.
func TestMuxNested(t *testing.T) {
	inner := Mux([]Route{{Pattern: "GET /in/here", Handle: says("here")}}, failed)
	outer := Mux([]Route{{Pattern: "GET /in/", Handle: func(w http.ResponseWriter, r *http.Request) error {
		inner.ServeHTTP(w, r)
		return nil
	}}}, failed)
	for path, want := range map[string]string{"/in/here": "here", "/in/there": "not found", "/out": "not found"} {
		if w := ask(outer, "GET", path, nil); w.Body.String() != want {
			t.Errorf("%s: %q, want %q", path, w.Body, want)
		}
	}
}

func TestCheck(t *testing.T) {
	if err := Check(testTable()); err != nil {
		t.Errorf("a sound table is refused: %v", err)
	}
	h := says("")
	for name, c := range map[string]struct {
		routes []Route
		want   string
	}{
		"no method":      {[]Route{{Pattern: "/x", Handle: h}}, "a method, a space and a path"},
		"no path":        {[]Route{{Pattern: "GET ", Handle: h}}, "a method, a space and a path"},
		"bad pattern":    {[]Route{{Pattern: "GET /{a}/{a}", Handle: h}}, "duplicate wildcard"},
		"role":           {[]Route{{Pattern: "GET /x", Least: "king", Handle: h}}, `no role "king"`},
		"no limit":       {[]Route{{Pattern: "POST /x", Handle: h}}, "needs a limit"},
		"body on GET":    {[]Route{{Pattern: "GET /x", Body: 1, Handle: h}}, "only reads"},
		"too large":      {[]Route{{Pattern: "POST /x", Body: 1 << 30, Handle: h}}, "more than any door takes"},
		"no handler":     {[]Route{{Pattern: "GET /x"}}, "no handler"},
		"query twice":    {[]Route{{Pattern: "GET /x", Query: []string{"q", "q"}, Handle: h}}, "named twice"},
		"duplicate":      {[]Route{{Pattern: "GET /x", Handle: h}, {Pattern: "GET /x", Handle: h}}, "conflicts"},
		"same wildcards": {[]Route{{Pattern: "GET /a/{x}", Handle: h}, {Pattern: "GET /{y}/b", Handle: h}}, "conflicts"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := Check(c.routes); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestMap(t *testing.T) {
	got := Map([]Route{{Pattern: "GET /search", Query: []string{"q", "from"}}, {Pattern: "POST /people", Least: news.Owner, Body: 4096}})
	for i, want := range []string{"GET /search everyone 0 q,from", "POST /people owner 4096"} {
		line := strings.Split(got, "\n")[i]
		if strings.Join(strings.Fields(line), " ") != want {
			t.Errorf("line %d is %q, want %q", i, line, want)
		}
	}
}

// The way of a cached page through the door's table: what a page from memory
// pays for it.
func BenchmarkMux(b *testing.B) {
	page := []byte("page")
	routes := append(testTable(), Route{Pattern: "GET /page/{id}", Handle: func(w http.ResponseWriter, r *http.Request) error {
		_, err := w.Write(page)
		return err
	}})
	door := RequestLog(Headers(Limits(Mux(routes, failed), failed), Public), slog.New(noLevels{}), nil)
	bare := http.NewServeMux()
	bare.HandleFunc("GET /page/{id}", func(w http.ResponseWriter, r *http.Request) { w.Write(page) })
	for name, h := range map[string]http.Handler{"door": door, "bare": bare} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			w := &sink{header: http.Header{}}
			r := httptest.NewRequest("GET", "/page/48213", nil)
			for b.Loop() {
				clear(w.header)
				h.ServeHTTP(w, r)
			}
		})
	}
}

// noLevels is a log that is switched off.
type noLevels struct{ slog.Handler }

func (noLevels) Enabled(context.Context, slog.Level) bool { return false }

type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(int)             {}
func (s *sink) Write(p []byte) (int, error) { return len(p), nil }
