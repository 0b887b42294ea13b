package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"time"
)

// Server makes the http.Server of a door: 5 s for the request's headers, 30 s
// for all of a request, 60 s for the answer, 60 s of silence on an open
// connection, 32 KB of headers (net/http itself answers 431). The server's own
// complaints go to log at warning level.
func Server(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:                      h,
		ReadHeaderTimeout:            5 * time.Second,
		ReadTimeout:                  30 * time.Second,
		WriteTimeout:                 60 * time.Second,
		IdleTimeout:                  60 * time.Second,
		MaxHeaderBytes:               MaxHeaders,
		DisableGeneralOptionsHandler: true, // "OPTIONS *" is refused like every method without a route
		ErrorLog:                     slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// Limits stands before a door: an address over MaxURL or a query over MaxQuery
// goes to fail as URLTooLong, a path that is not UTF-8 text as Malformed.
func Limits(next http.Handler, fail func(w http.ResponseWriter, r *http.Request, err error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case max(len(r.RequestURI), len(r.URL.Path)+len(r.URL.RawQuery)) > MaxURL:
			fail(w, r, fmt.Errorf("%w: over %d bytes", URLTooLong, MaxURL))
		case len(r.URL.RawQuery) > MaxQuery:
			fail(w, r, fmt.Errorf("%w: the query is over %d bytes", URLTooLong, MaxQuery))
		case !readable(r.URL.Path):
			fail(w, r, fmt.Errorf("%w: the path is not text", Malformed))
		default:
			next.ServeHTTP(w, r)
		}
	})
}
