package web

import (
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

// Compress sends answers of a kilobyte and more as Zstandard or gzip to browsers
// that take it, with a random length added, so that what a page repeats of a request
// cannot be guessed by its size (BREACH). A stream of events is not touched:
// each must leave at once. For doors whose pages are made for one person; the
// press compresses its own, and what is compressed already is left as it is.
func Compress(next http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.CompressionLevel(5), gzhttp.RandomJitter(32, 0, false),
		gzhttp.ContentTypeFilter(func(kind string) bool {
			kind, _, _ = mime.ParseMediaType(kind)
			return strings.HasPrefix(kind, "text/") && kind != "text/event-stream" || kind == "application/json" || kind == "image/svg+xml"
		}))
	if err != nil {
		return nil, fmt.Errorf("compress answers: %w", err)
	}
	return wrap(next), nil
}
