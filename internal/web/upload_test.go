package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/news"
)

// formOf is a form with files; a name that begins with "=" is a field.
func formOf(t *testing.T, pairs ...string) (body, kind string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, is := strings.CutPrefix(pairs[i], "="); is {
			w.WriteField(name, pairs[i+1])
			continue
		}
		part, err := w.CreateFormFile("file", pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, pairs[i+1])
	}
	w.Close()
	return b.String(), w.FormDataContentType()
}

func files(t *testing.T, body, kind string, most int64) (*Sent, error) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	r := httptest.NewRequest("POST", "/", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	return Files(httptest.NewRecorder(), r, most)
}

func TestFiles(t *testing.T) {
	large := strings.Repeat("large ", 100_000)
	body, kind := formOf(t, "=token", "abc", "a/b\\خبر.docx", "small", "large.txt", large, "too.txt", strings.Repeat("x", 1<<20+1), "after.txt", "after", "", "")
	sent, err := files(t, body, kind, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if sent.Values.Get("token") != "abc" || len(sent.Files) != 4 {
		t.Fatalf("%v, %d files", sent.Values, len(sent.Files))
	}
	for i, want := range []struct{ name, text string }{{"خبر.docx", "small"}, {"large.txt", large}, {"too.txt", ""}, {"after.txt", "after"}} {
		f := sent.Files[i]
		if i == 2 {
			if f.Name != want.name || news.CodeOf(f.Err) != news.TooLarge {
				t.Errorf("%q: %v", f.Name, f.Err)
			}
			continue
		}
		data, err := f.Bytes()
		if f.Err != nil || err != nil || f.Name != want.name || string(data) != want.text || f.Size != int64(len(want.text)) {
			t.Errorf("%q of %d bytes, %v %v", f.Name, f.Size, f.Err, err)
		}
	}
	if left := spooled(t); left != 2 {
		t.Errorf("%d files wait on disk", left)
	}
	sent.Close()
	if left := spooled(t); left != 0 {
		t.Errorf("%d files were left on disk", left)
	}
}

func spooled(t *testing.T) int {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(os.TempDir(), "broadsheet-upload-*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestOneFileAsTheBody(t *testing.T) {
	sent, err := files(t, "\x89PNG", "image/png", 1<<20)
	if err != nil || len(sent.Files) != 1 || sent.Files[0].Type != "image/png" || sent.Files[0].Size != 4 {
		t.Fatalf("%+v, %v", sent, err)
	}
}

func TestFilesRefused(t *testing.T) {
	good, kind := formOf(t, "a.txt", "a")
	var many, fields []string
	for i := range MaxFiles + 1 {
		many = append(many, fmt.Sprint(i, ".txt"), "x")
	}
	for range MaxFields + 1 {
		fields = append(fields, "=a", "")
	}
	manyBody, manyKind := formOf(t, many...)
	fieldsBody, fieldsKind := formOf(t, fields...)
	longBody, longKind := formOf(t, "=token", strings.Repeat("x", mostOfField+1))
	latin, latinKind := formOf(t, "=token", "caf\xe9")
	for name, c := range map[string]struct {
		body, kind string
		status     int
	}{
		"too many files": {manyBody, manyKind, 413}, "too many fields": {fieldsBody, fieldsKind, 413}, "a long field": {longBody, longKind, 413},
		"not UTF-8": {latin, latinKind, 400}, "cut": {good[:len(good)-8], kind, 400}, "no boundary": {good, "multipart/form-data", 415},
		"another multipart": {good, "multipart/mixed; boundary=x", 415}, "a plain form": {"a=b", simple, 415}, "no kind": {"x", "", 415},
	} {
		if _, err := files(t, c.body, c.kind, 1<<20); Status(err) != c.status {
			t.Errorf("%s: %v", name, err)
		}
		if left := spooled(t); left != 0 {
			t.Errorf("%s: %d files were left on disk", name, left)
		}
	}
}

// TestDiskFull: a file that cannot wait on disk says so, and those after it
// are taken.
func TestDiskFull(t *testing.T) {
	body, kind := formOf(t, "large.txt", strings.Repeat("x", inMemory), "small.txt", "small")
	r := httptest.NewRequest("POST", "/", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "not there"))
	sent, err := Files(httptest.NewRecorder(), r, 1<<20)
	if err != nil || len(sent.Files) != 2 || news.CodeOf(sent.Files[0].Err) != news.Unavailable || sent.Files[1].Err != nil {
		t.Fatalf("%+v, %v", sent, err)
	}
}

// TestBrokenLine: a sender who goes away half-way leaves nothing behind, and
// the handler learns of it.
func TestBrokenLine(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	told := make(chan error, 1)
	address := listen(t, Mux([]Route{{Pattern: "POST /f", Body: MaxUploads, Handle: func(w http.ResponseWriter, r *http.Request) error {
		_, err := Files(w, r, MaxUpload)
		told <- err
		return err
	}}}, func(w http.ResponseWriter, _ *http.Request, err error) { w.WriteHeader(Status(err)) }))
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	body, kind := formOf(t, "a.txt", strings.Repeat("x", 2<<20))
	fmt.Fprintf(conn, "POST /f HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", kind, len(body))
	io.WriteString(conn, body[:1<<20])
	conn.Close()
	if err := <-told; err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("a broken line: %v", err)
	}
	if left := spooled(t); left != 0 {
		t.Errorf("%d files were left on disk", left)
	}
}

func TestSendFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(name, []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	door := Headers(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, err := os.Open(name)
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		SendFile(w, r, Sending{Kind: "image/png", Mark: "abc", Out: r.URL.Path == "/out", File: f})
	}), Desk)
	for _, c := range []struct {
		method, path string
		header       []string
		status       int
		body         string
	}{
		{"GET", "/out", nil, 200, "0123456789"}, {"GET", "/own", nil, 200, "0123456789"}, {"HEAD", "/out", nil, 200, ""},
		{"GET", "/out", []string{"Range", "bytes=2-4"}, 206, "234"}, {"GET", "/out", []string{"Range", "bytes=20-"}, 416, "invalid range: failed to overlap\n"},
		{"GET", "/out", []string{"If-None-Match", `"abc"`}, 304, ""}, {"GET", "/out", []string{"If-None-Match", `"abd"`}, 200, "0123456789"},
		{"GET", "/out", []string{"If-Range", `"other"`, "Range", "bytes=2-4"}, 200, "0123456789"},
	} {
		r := httptest.NewRequest(c.method, c.path, nil)
		for i := 0; i+1 < len(c.header); i += 2 {
			r.Header.Set(c.header[i], c.header[i+1])
		}
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		h := w.Header()
		if w.Code != c.status || w.Body.String() != c.body {
			t.Errorf("%s %s %v: %d %q", c.method, c.path, c.header, w.Code, w.Body)
		}
		if c.status < 300 && (h.Get("Content-Type") != "image/png" || h.Get("ETag") != `"abc"` || h.Get("Content-Security-Policy") != sandbox || h.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s %s: %v", c.method, c.path, h)
		}
		cache, others := "public, max-age=31536000, immutable", "cross-origin"
		if c.path == "/own" {
			cache, others = "private, max-age=31536000, immutable", "same-origin"
		}
		if c.status < 300 && (h.Get("Cache-Control") != cache || h.Get("Cross-Origin-Resource-Policy") != others) {
			t.Errorf("%s %s: %v", c.method, c.path, h)
		}
	}
}
