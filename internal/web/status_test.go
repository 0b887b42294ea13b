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

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 200},
		{news.NotFound, 404}, {news.Gone, 410}, {news.Conflict, 409}, {news.Invalid, 422}, {news.Forbidden, 403},
		{news.SignedOut, 401}, {news.TooLarge, 413}, {news.TooMany, 429}, {news.Unavailable, 503},
		{Malformed, 400}, {MethodNotAllowed, 405}, {URLTooLong, 414}, {UnreadableForm, 415}, {UnknownHost, 421}, {HeadersTooLarge, 431},
		{&http.MaxBytesError{Limit: 3}, 413},
		{context.DeadlineExceeded, 503}, {context.Canceled, 503},
		{errors.New("no such column"), 500}, {&Panic{Value: 1}, 500},
		{fmt.Errorf("publish: %w", news.Refuse(news.Conflict, "k", "somebody was first")), 409},
		{fmt.Errorf("read: %w", &http.MaxBytesError{}), 413},
		{fmt.Errorf("query: %w", context.DeadlineExceeded), 503},
		{fmt.Errorf("%w: %w", news.Forbidden, errors.New("cross-origin")), 403},
	} {
		if got := Status(c.err); got != c.want {
			t.Errorf("Status(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

func TestSentence(t *testing.T) {
	en, fa := locale.Style{Language: "en"}, locale.Style{Language: "fa"}
	known := news.Refuse(news.Invalid, "comment.refused.unavailable", "english")
	unknown := news.Refuse(news.Invalid, "no.such.key", "the headline is missing")
	for _, c := range []struct {
		name  string
		err   error
		style locale.Style
		want  string
	}{
		{"own words", known, fa, fa.T("comment.refused.unavailable")},
		{"own words, wrapped", fmt.Errorf("comment: %w", known), en, en.T("comment.refused.unavailable")},
		{"english message", unknown, en, "The headline is missing."},
		{"no words in Persian", unknown, fa, fa.T("error.422.text")},
		{"by status", news.NotFound, fa, fa.T("error.404.text")},
		{"signed out", news.SignedOut, en, en.T("error.401.text")},
		{"internal", errors.New("pq: secret table"), en, en.T("error.500.text")},
		{"internal in words", &news.Error{Code: news.Unavailable, Message: "dial 10.0.0.1"}, en, en.T("error.503.text")},
		{"unknown 5xx", &news.Error{Code: news.Unavailable, Message: "x"}, fa, fa.T("error.503.text")},
		{"malformed", fmt.Errorf("%w: %w", Malformed, errors.New("multipart: x")), en, en.T("error.400.text")},
	} {
		if got := Sentence(c.err, c.style); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Every status of the table has a title and a text in every language.
func TestEveryStatusHasWords(t *testing.T) {
	for _, language := range locale.Languages() {
		for status := 400; status < 600; status++ {
			s := locale.Style{Language: language}
			for _, part := range []string{Title(status, s), statusText(status, "text", s)} {
				if part == "" || strings.ContainsAny(part, "⟦⟧{}") {
					t.Errorf("%s, %d: %q", language, status, part)
				}
			}
		}
	}
}

func TestReport(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name string
		err  error
		ctx  context.Context
		want string // "" = no line
	}{
		{"internal", errors.New("disk I/O error"), t.Context(), "level=ERROR"},
		{"visitor", news.NotFound, t.Context(), "level=DEBUG"},
		{"panic", fmt.Errorf("render: %w", &Panic{Value: 1}), t.Context(), ""},
		{"reader gone", fmt.Errorf("query: %w", context.Canceled), gone, ""},
		{"canceled by us", fmt.Errorf("query: %w", context.Canceled), t.Context(), "level=ERROR"},
	} {
		var out bytes.Buffer
		log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))
		Report(log, httptest.NewRequest("GET", "/x", nil).WithContext(c.ctx), c.err)
		if c.want == "" && out.Len() > 0 || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: %q, want %q", c.name, out.String(), c.want)
		}
	}
}

func TestRequestLog(t *testing.T) {
	var out bytes.Buffer
	clock := newClock()
	routes := append(testTable(), Route{Pattern: "GET /fault", Handle: func(http.ResponseWriter, *http.Request) error {
		return errors.New("fault")
	}})
	door := RequestLog(Mux(routes, failed), slog.New(slog.NewTextHandler(&out, nil)), clock.now)
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/news/48213?q=secret", "level=INFO msg=request id=ID method=GET path=/news/48213 status=200 bytes=14 took=1s whole=true"},
		{"GET", "/nowhere", "level=INFO msg=request id=ID method=GET path=/nowhere status=404 bytes=9 took=1s whole=true"},
		{"GET", "/fault", "level=WARN msg=request id=ID method=GET path=/fault status=500 bytes=5 took=1s whole=true"},
		{"GET", "/a%0Ab", `level=INFO msg=request id=ID method=GET path="/a\nb" status=404 bytes=9 took=1s whole=true`},
	} {
		out.Reset()
		w := ask(door, c.method, c.path, nil)
		id := RequestID(w)
		line := strings.TrimSpace(out.String())
		_, line, _ = strings.Cut(line, " ") // the handler's own time
		if got := strings.Replace(line, "id="+id, "id=ID", 1); id == "" || got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

// A handler that is cut off is in the log too, and not as whole.
func TestRequestLogCutOff(t *testing.T) {
	var out bytes.Buffer
	door := RequestLog(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "half")
		panic(http.ErrAbortHandler)
	}), slog.New(slog.NewTextHandler(&out, nil)), newClock().now)
	func() {
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("the signal to drop the connection was swallowed")
			}
		}()
		ask(door, "GET", "/", nil)
	}()
	if !strings.Contains(out.String(), "level=WARN") || !strings.Contains(out.String(), "bytes=4") || !strings.Contains(out.String(), "whole=false") {
		t.Error(out.String())
	}
}

// With the log off, a page through all that stands in front of a door costs no
// more garbage than through the standard mux alone.
func TestDoorMakesNoGarbage(t *testing.T) {
	handle := func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("page")) }
	bare := http.NewServeMux()
	bare.HandleFunc("GET /news/{id}", handle)
	door := RequestLog(Headers(Limits(Mux([]Route{{Pattern: "GET /news/{id}", Handle: func(w http.ResponseWriter, r *http.Request) error {
		handle(w, r)
		return nil
	}}}, failed), failed), Public), slog.New(noLevels{}), nil)
	r := httptest.NewRequest("GET", "/news/48213", nil)
	w := &sink{header: http.Header{}}
	count := func(h http.Handler) float64 { return testing.AllocsPerRun(1000, func() { h.ServeHTTP(w, r) }) }
	if d, b := count(door), count(bare); d > b {
		t.Errorf("%v allocations a request, %v through http.ServeMux alone", d, b)
	}
}
