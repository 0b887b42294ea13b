// Package web is what the doors share: handlers that return errors, the one
// table that turns an error into a status and a sentence, the limits of what
// is read, the headers that keep foreign script out, and the request log. It
// knows nothing of pages, sessions or the database.
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"broadsheet/internal/news"
)

// Handler answers a request or returns why it could not. A handler that has
// begun to write returns an error only if the answer must be cut off.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Fail answers a request that failed: it prints the page for Status(err). It
// is called before anything was written, with Allow already set for a 405.
type Fail func(w http.ResponseWriter, r *http.Request, err error)

// Everyone is the least role of a route that readers may use: none at all.
const Everyone news.Role = ""

// Limits of input that every door shares (PRODUCT.md, Limits of input), in
// bytes except for the number of fields.
const (
	MaxURL     = 4 << 10  // path and query as they stand in the request line
	MaxQuery   = 2 << 10  // the query alone
	MaxHeaders = 32 << 10 // all request headers together
	MaxUpload  = 25 << 20 // no route takes a larger file
	MaxFields  = 200      // fields of a form
)

// maxBody is the largest Body a route may declare: uploads and their form.
const maxBody = MaxUploads + 1<<20

// Route is one row of a door's map: an address, who may use it, and the most
// it reads.
type Route struct {
	Pattern string     // of http.ServeMux with a method: "GET /news/{id}"
	Least   news.Role  // least role; Everyone for readers. The door's guard holds it, see Table
	Right   news.Right // what it takes, where the house's table of rights says it; Least is what comes of it
	Body    int64      // most bytes of a request body; 0 = none allowed
	Query   []string   // the query parameters the page knows; others are taken away before Handle
	Handle  Handler
}

// Table is a door's map with what stands around every row.
type Table struct {
	Routes []Route
	// Guard wraps the handler of each route that is not for Everyone, and
	// refuses whoever has less than the role. Nil: the routes' own handlers do.
	Guard func(least news.Role, next Handler) Handler
	Fail  Fail
	Log   *slog.Logger // of panics; nil = slog.Default()
}

// Check reads a door's map as its test does and returns all faults in one
// error: a pattern without a method, a duplicate or a conflict, a role that
// does not exist, a request with a body and no limit, a limit over the uploads
// of one form and its fields, a missing handler.
func Check(routes []Route) error {
	var faults []error
	mux := http.NewServeMux()
	for _, route := range routes {
		if err := route.check(); err != nil {
			faults = append(faults, fmt.Errorf("route %q: %w", route.Pattern, err))
			continue
		}
		if err := register(mux, route.Pattern, http.NotFoundHandler()); err != nil {
			faults = append(faults, err)
		}
	}
	return errors.Join(faults...)
}

// Map prints a door's map, one route a line: pattern, least role, body limit
// in bytes, query parameters. A door's test compares it with the file in which
// people read who may do what.
func Map(routes []Route) string {
	var b strings.Builder
	for _, route := range routes {
		least := string(route.Least)
		if route.Least == Everyone {
			least = "everyone"
		}
		fmt.Fprintf(&b, "%-60s %-11s %9d %s\n", route.Pattern, least, route.Body, strings.Join(route.Query, ","))
	}
	return b.String()
}

func (route Route) check() error {
	method, path, found := strings.Cut(route.Pattern, " ")
	writes := slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch}, method)
	switch {
	case !found || method == "" || !strings.Contains(path, "/"):
		return errors.New("a pattern is a method, a space and a path")
	case route.Least != Everyone && !slices.Contains(news.Roles(), route.Least):
		return fmt.Errorf("there is no role %q", route.Least)
	case writes && route.Body <= 0:
		return errors.New("a request with a body needs a limit for it")
	case !writes && route.Body != 0 && method != http.MethodDelete:
		return errors.New("a request that only reads has no body")
	case route.Body > maxBody:
		return fmt.Errorf("a body of %d bytes is more than any door takes", route.Body)
	case route.Handle == nil:
		return errors.New("there is no handler")
	}
	for i, name := range route.Query {
		if name == "" || slices.Contains(route.Query[:i], name) {
			return fmt.Errorf("query parameter %q is empty or named twice", name)
		}
	}
	return nil
}

// register adds a pattern and turns the mux's panic over a bad or conflicting
// one into an error.
func register(mux *http.ServeMux, pattern string, h http.Handler) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("route %q: %v", pattern, fault)
		}
	}()
	mux.Handle(pattern, h)
	return nil
}
