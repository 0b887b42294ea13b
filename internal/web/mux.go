package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"broadsheet/internal/news"
)

// Mux serves routes with the standard http.ServeMux. What no route answers
// goes to fail: news.NotFound without a match, MethodNotAllowed (and the Allow
// header) where only the method is wrong, news.TooLarge for a body over the
// route's limit, *Panic for a handler's panic, and every error of a handler.
// It does not hold Route.Least: use Table for that. It panics over a pattern
// that http.ServeMux refuses.
func Mux(routes []Route, fail func(w http.ResponseWriter, r *http.Request, err error)) http.Handler {
	return Table{Routes: routes, Fail: fail}.Handler()
}

// Handler serves the table as Mux says, with Guard around every route that is
// not for Everyone.
func (t Table) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range t.Routes {
		if route.Handle == nil {
			panic(fmt.Sprintf("route %q has no handler", route.Pattern))
		}
		mux.Handle(route.Pattern, t.answer(route))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec, owned := record(w)
		mux.ServeHTTP(&rec.miss, r)
		if !rec.miss.routed {
			t.missed(rec, r)
			rec.miss.routed = true // answered, for a mux around this one
		}
		if owned {
			rec.release()
		}
	})
}

// Panic is a panic of a handler as an error: an internal one, status 500.
type Panic struct {
	Value any
	Stack []byte // for the operator, never for the reader
}

// Error returns what was thrown, without the stack.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// answer is what the mux calls for a route: the handler gets the recorder, so
// that an error after the first byte is seen for what it is.
func (t Table) answer(route Route) http.HandlerFunc {
	handle := route.Handle
	if t.Guard != nil && route.Least != Everyone {
		handle = t.Guard(route.Least, handle)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		rec := w.(*miss).rec
		rec.miss.routed = true
		r, err := route.admit(rec, r)
		if err == nil {
			err = catch(handle, rec, r)
		}
		if err != nil {
			t.fail(rec, r, err)
		}
	}
}

// admit holds the route's limits: it takes unknown query parameters away and
// refuses a body that is announced too large before a byte of it is read.
func (route Route) admit(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	if r.URL.RawQuery != "" {
		query, err := knownQuery(r.URL.RawQuery, route.Query)
		if err != nil {
			return r, err
		}
		if query != r.URL.RawQuery {
			r = withQuery(r, query)
		}
	}
	switch {
	case r.ContentLength == 0:
		return r, nil
	case route.Body == 0:
		return r, fmt.Errorf("%w: no body is expected here", news.TooLarge)
	case r.ContentLength > route.Body:
		return r, fmt.Errorf("%w: %d bytes where %d are allowed", news.TooLarge, r.ContentLength, route.Body)
	}
	r.Body = http.MaxBytesReader(innermost(w), r.Body, route.Body)
	return r, nil
}

// withQuery is r with another query; the caller's request stays as it was.
func withQuery(r *http.Request, query string) *http.Request {
	other, address := *r, *r.URL
	address.RawQuery = query
	other.URL = &address
	return &other
}

// missed fails a request that no route took. A redirect of the mux (to the
// path with its slash, or without dots) goes out as it is.
func (t Table) missed(rec *recorder, r *http.Request) {
	code, header := rec.miss.code, rec.miss.header
	switch {
	case code >= 300 && code < 400:
		rec.Header().Set("Location", header.Get("Location"))
		rec.WriteHeader(code)
	case code == http.StatusMethodNotAllowed:
		rec.Header()["Allow"] = header["Allow"]
		t.fail(rec, r, MethodNotAllowed)
	case code == http.StatusBadRequest:
		t.fail(rec, r, Malformed)
	default:
		t.fail(rec, r, news.NotFound)
	}
}

// fail logs a panic and has the error answered. An answer that has begun is
// cut off instead: half a page must not look whole.
func (t Table) fail(rec *recorder, r *http.Request, err error) {
	if p, ok := err.(*Panic); ok {
		t.logPanic(r, p)
	}
	if rec.status != 0 {
		panic(http.ErrAbortHandler)
	}
	failing := catch(func(w http.ResponseWriter, r *http.Request) error {
		t.Fail(w, r, err)
		return nil
	}, rec, r)
	if p, ok := failing.(*Panic); ok {
		t.logPanic(r, p)
		if rec.status != 0 {
			panic(http.ErrAbortHandler)
		}
		http.Error(rec, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

func (t Table) logPanic(r *http.Request, p *Panic) {
	log := t.Log
	if log == nil {
		log = slog.Default()
	}
	log.LogAttrs(r.Context(), slog.LevelError, "a handler panicked",
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.String("route", r.Pattern),
		slog.Any("panic", p.Value), slog.String("stack", string(p.Stack)))
}

// catch calls a handler and returns its panic as an error. The server's own
// signal to drop a connection is passed on.
func catch(handle Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		switch value := recover(); value {
		case nil:
		case http.ErrAbortHandler:
			panic(value)
		default:
			err = &Panic{Value: value, Stack: debug.Stack()}
		}
	}()
	return handle(w, r)
}
