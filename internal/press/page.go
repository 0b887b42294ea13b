package press

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"
)

// Page is a rendered page, ready to be sent. Its bytes are not changed.
type Page struct {
	Status   int
	Type     string // Content-Type
	Body     []byte
	Gzip     []byte // nil = not worth it
	Brotli   []byte
	ETag     string // strong, of the uncompressed bytes, with quotation marks
	ETags    ETags
	Modified time.Time
	Expires  time.Time // when it says something else by itself: at local midnight; zero = never

	// Plain, Zipped and Brotlied are the header lines of each form, made once
	// for all its readers. Their values are not changed.
	Plain, Zipped, Brotlied []Line

	keep  bool
	tags  []tag
	below stretch     // of the section's list, which the page shows
	stale atomic.Bool // an event changed what it says
	void  atomic.Bool // and withdrew an article of which it speaks
}

// Line is a header line ready to be set.
type Line struct {
	Name  string // in canonical form
	Value []string
}

// lines are the header lines of one form of the page.
func (p *Page) lines(body []byte, etag, coding string) []Line {
	lines := []Line{{"Content-Type", []string{p.Type}}, {"Content-Length", []string{strconv.Itoa(len(body))}}, {"Etag", []string{etag}}}
	if !p.Modified.IsZero() {
		lines = append(lines, Line{"Last-Modified", []string{p.Modified.Format(http.TimeFormat)}})
	}
	if coding != "" {
		lines = append(lines, Line{"Content-Encoding", []string{coding}})
	}
	return lines
}

// finish makes the header lines; it is called when all else is known.
func (p *Page) finish() {
	p.Plain = p.lines(p.Body, p.ETag, "")
	p.Zipped = p.lines(p.Gzip, p.ETags.Gzip, "gzip")
	p.Brotlied = p.lines(p.Brotli, p.ETags.Brotli, "br")
}

// ETags are the marks of the compressed forms: other bytes, other marks.
type ETags struct{ Gzip, Brotli string }

// weight is what a kept page takes of memory in bytes, with its places in the
// index, about.
func (p *Page) weight() uint32 {
	return uint32(len(p.Body)+len(p.Gzip)+len(p.Brotli)+160*len(p.tags)) + 512
}

// follow gives the page its time after the one that stood at its address: the
// same bytes keep theirs, other bytes have a later one, so that a reader who
// knows only the time (If-Modified-Since counts seconds) is never told that
// nothing has changed.
func (p *Page) follow(was *Page) {
	switch {
	case was.ETag == p.ETag:
		p.Modified = was.Modified
	case !p.Modified.After(was.Modified):
		p.Modified = was.Modified.Add(time.Second)
	}
	p.finish()
}

// NewFile is a file whose address changes with its content, compressed once for
// all who fetch it.
func NewFile(contentType string, body []byte) (*Page, error) {
	return newPage(http.StatusOK, contentType, body, time.Time{})
}

// newPage compresses a body once for all its readers: gzip 6 and Brotli 5,
// the levels where the next one costs more time than it saves bytes.
func newPage(status int, contentType string, body []byte, now time.Time) (*Page, error) {
	sum := sha256.Sum256(body)
	mark := hex.EncodeToString(sum[:9])
	p := &Page{Status: status, Type: contentType, Body: body, ETag: `"` + mark + `"`, ETags: ETags{Gzip: `"` + mark + `-gz"`, Brotli: `"` + mark + `-br"`},
		Modified: now.UTC().Truncate(time.Second), keep: true}
	if len(body) < 256 {
		p.finish()
		return p, nil
	}
	var z bytes.Buffer
	gz, err := gzip.NewWriterLevel(&z, 6)
	if err != nil {
		return nil, err
	}
	if _, err := gz.Write(body); err != nil {
		return nil, fmt.Errorf("press: gzip: %w", err)
	}
	if err := gz.Close(); err != nil {
		return nil, fmt.Errorf("press: gzip: %w", err)
	}
	p.Gzip = bytes.Clone(z.Bytes())
	z.Reset()
	br := brotli.NewWriterLevel(&z, 5)
	if _, err := br.Write(body); err != nil {
		return nil, fmt.Errorf("press: brotli: %w", err)
	}
	if err := br.Close(); err != nil {
		return nil, fmt.Errorf("press: brotli: %w", err)
	}
	p.Brotli = bytes.Clone(z.Bytes())
	p.finish()
	return p, nil
}
