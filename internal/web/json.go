package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"broadsheet/internal/news"
)

// JSON reads a request's body of at most limit bytes into a value: one JSON
// text in UTF-8. Over the limit: TooLarge. What cannot be read: Malformed.
// Another kind of body: UnreadableForm. Names that into does not know are
// ignored, so that a page of an older program can still send.
func JSON(r *http.Request, limit int64, into any) error {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" || r.Header.Get("Content-Encoding") != "" {
		return fmt.Errorf("%w: %q", UnreadableForm, r.Header.Get("Content-Type"))
	}
	if r.ContentLength > limit {
		return fmt.Errorf("%w: %d bytes where %d are allowed", news.TooLarge, r.ContentLength, limit)
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, limit))
	if err != nil {
		return formFault(err)
	}
	if !readable(string(body)) {
		return fmt.Errorf("%w: the body is not UTF-8 text", Malformed)
	}
	d := json.NewDecoder(bytes.NewReader(body))
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", Malformed, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: there is more than one JSON text", Malformed)
	}
	return nil
}

// SendsJSON reports whether a request's body is JSON, as scripts send it, and
// not a form.
func SendsJSON(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "application/json")
}
