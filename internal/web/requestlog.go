package web

import (
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// requestID is the header under which an answer names its line in the log.
const requestID = "X-Request-Id"

// RequestLog writes one line a request when it is over: id, method, path
// (without its query: readers' searches are their own), status, bytes of the
// body, duration. 5xx are warnings, all else info. The answer carries the id
// as X-Request-Id. If the log takes neither level, nothing is measured. now is
// the clock.
func RequestLog(next http.Handler, log *slog.Logger, now func() time.Time) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !log.Enabled(r.Context(), slog.LevelWarn) {
			next.ServeHTTP(w, r)
			return
		}
		start, id := now(), strconv.FormatUint(rand.Uint64(), 36)
		rec, owned := record(w)
		rec.Header()[requestID] = []string{id}
		whole := false
		defer func() {
			logRequest(log, r, rec, id, now().Sub(start), whole)
			if owned && whole {
				rec.release()
			}
		}()
		next.ServeHTTP(rec, r)
		whole = true
	})
}

// RequestID is the id of the request that w answers, for an error page; ""
// without a RequestLog above.
func RequestID(w http.ResponseWriter) string { return w.Header().Get(requestID) }

func logRequest(log *slog.Logger, r *http.Request, rec *recorder, id string, took time.Duration, whole bool) {
	level, status := slog.LevelInfo, rec.status
	if status == 0 && whole {
		status = http.StatusOK // net/http's own when a handler writes nothing
	}
	if status >= http.StatusInternalServerError || !whole {
		level = slog.LevelWarn
	}
	if !log.Enabled(r.Context(), level) {
		return
	}
	log.LogAttrs(r.Context(), level, "request", slog.String("id", id),
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.Int("status", status),
		slog.Int64("bytes", rec.bytes), slog.Duration("took", took), slog.Bool("whole", whole))
}
