package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// Refusal is an error of HTTP itself, before any rule of the newspaper: the
// number is the status. Wrap it with %w to say more.
type Refusal int

// The refusals that doors return.
const (
	Malformed        Refusal = http.StatusBadRequest                  // an address or a form that cannot be read
	MethodNotAllowed Refusal = http.StatusMethodNotAllowed            // with an Allow header
	URLTooLong       Refusal = http.StatusRequestURITooLong           // over MaxURL or MaxQuery
	UnreadableForm   Refusal = http.StatusUnsupportedMediaType        // neither of the two kinds a browser sends
	UnknownHost      Refusal = http.StatusMisdirectedRequest          // the paper is not published under this name
	HeadersTooLarge  Refusal = http.StatusRequestHeaderFieldsTooLarge // over MaxHeaders
)

// Error returns the status in words.
func (f Refusal) Error() string { return http.StatusText(int(f)) }

// Status is THE error table: the HTTP status of an error, 200 for nil. What
// carries no code is internal, 500. A reader who has gone away counts as 503;
// nobody sees it.
func Status(err error) int {
	var refusal Refusal
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return http.StatusOK
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &refusal):
		return int(refusal)
	}
	switch news.CodeOf(err) {
	case news.NotFound:
		return http.StatusNotFound
	case news.Gone:
		return http.StatusGone
	case news.Conflict:
		return http.StatusConflict
	case news.Invalid:
		return http.StatusUnprocessableEntity
	case news.Forbidden:
		return http.StatusForbidden
	case news.SignedOut:
		return http.StatusUnauthorized
	case news.TooLarge:
		return http.StatusRequestEntityTooLarge
	case news.TooMany:
		return http.StatusTooManyRequests
	case news.Unavailable:
		return http.StatusServiceUnavailable
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Title heads the error page of a status in the reader's language.
func Title(status int, s locale.Style) string { return statusText(status, "title", s) }

// Sentence tells the reader what happened, in their language: the refusal's
// own words where the language has them (English always has), else the words
// for its status. Nothing of an internal error comes through.
func Sentence(err error, s locale.Style) string {
	var refused *news.Error
	status := Status(err)
	if errors.As(err, &refused) {
		if refused.Key != "" && locale.Has(s.Language, refused.Key) {
			return s.T(refused.Key, spoken(refused.Args, s)...)
		}
		if locale.LanguageName(s.Language) == locale.LanguageName("en") && refused.Message != "" && status < 500 {
			return sentence(refused.Message)
		}
	}
	return statusText(status, "text", s)
}

// spoken puts arguments that are names of fields into words, and times of day
// into digits.
func spoken(args []any, s locale.Style) []any {
	out := slices.Clone(args)
	for i, arg := range args {
		if fields, ok := arg.(news.MissingFields); ok {
			words := make([]string, len(fields))
			for j, name := range fields {
				words[j] = s.T("desk.field." + name)
			}
			out[i] = s.List(words)
		}
		if clock, ok := arg.(news.ClockTime); ok {
			out[i] = s.Figures(string(clock))
		}
	}
	return out
}

// Report writes the operator's line about an error: what the server could not
// do at error level with the whole chain, what a visitor did wrong at debug
// level. Panics are left out, Mux has logged them with their stack.
func Report(log *slog.Logger, r *http.Request, err error) {
	var p *Panic
	if errors.As(err, &p) || errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	status, level := Status(err), slog.LevelDebug
	if status >= http.StatusInternalServerError {
		level = slog.LevelError
	}
	log.LogAttrs(r.Context(), level, "a request failed", slog.Int("status", status),
		slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.String("error", err.Error()))
}

// statusText looks the words for a status up; a status without words of its
// own takes those of its nearest kin.
func statusText(status int, part string, s locale.Style) string {
	kin := map[int]int{http.StatusUnauthorized: http.StatusForbidden, http.StatusConflict: http.StatusBadRequest,
		http.StatusUnprocessableEntity: http.StatusBadRequest}
	general := http.StatusBadRequest
	if status >= http.StatusInternalServerError {
		general = http.StatusInternalServerError
	}
	key := ""
	for _, try := range []int{status, kin[status], general} {
		key = "error." + strconv.Itoa(try) + "." + part
		if locale.Has(s.Language, key) {
			break
		}
	}
	return s.T(key)
}

// sentence makes a sentence of an error's words: a capital and a full stop.
func sentence(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(first)) + words[size:]
	if last, _ := utf8.DecodeLastRuneInString(words); !unicode.IsPunct(last) {
		words += "."
	}
	return words
}
