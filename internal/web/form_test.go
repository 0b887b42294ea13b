package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"

	"broadsheet/internal/news"
)

const simple = "application/x-www-form-urlencoded"

func TestForm(t *testing.T) {
	parts := func(s ...string) string { return strings.ReplaceAll(strings.Join(s, ""), "\n", "\r\n") }
	const head = "--b\nContent-Disposition: form-data; name="
	many := strings.TrimSuffix(strings.Repeat("a=&", MaxFields), "&")
	for _, c := range []struct {
		name, kind, body string
		status           int
		want             url.Values
	}{
		{"simple", simple, "name=%D8%B3%D8%A7%D8%B1%D8%A7&comment=a+b%0D%0Ac&tag=1&tag=2", 200,
			url.Values{"name": {"سارا"}, "comment": {"a b\r\nc"}, "tag": {"1", "2"}}},
		{"with charset", simple + "; charset=UTF-8", "a=b", 200, url.Values{"a": {"b"}}},
		{"empty", simple, "", 200, url.Values{}},
		{"multipart", "multipart/form-data; boundary=b", parts(head, "comment\n\nسلام\n", head, "\"e\"; filename=\"\"\n\n\n--b--\n"), 200,
			url.Values{"comment": {"سلام"}, "e": {""}}},
		{"200 fields", simple, many, 200, url.Values{"a": make([]string, MaxFields)}},
		{"201 fields", simple, many + "&b=", 413, nil},
		{"201 parts", "multipart/form-data; boundary=b", parts(strings.Repeat(head+"a\n\n\n", MaxFields+1), "--b--\n"), 413, nil},
		{"bad escape", simple, "a=%zz", 400, nil},
		{"semicolon", simple, "a=1;b=2", 400, nil},
		{"Latin-1", simple, "a=caf%E9", 400, nil},
		{"Latin-1 name", simple, "caf%E9=a", 400, nil},
		{"NUL", simple, "a=b%00", 400, nil},
		{"no boundary", "multipart/form-data", "x", 400, nil},
		{"cut multipart", "multipart/form-data; boundary=b", parts(head, "comment\n\nSal"), 400, nil},
		{"no multipart at all", "multipart/form-data; boundary=b", "comment=Salam", 400, nil},
		{"part without a name", "multipart/form-data; boundary=b", parts("--b\n\nx\n--b--\n"), 400, nil},
		{"part header is not one", "multipart/form-data; boundary=b", parts("--b\nno colon\n\nx\n--b--\n"), 400, nil},
		{"a file", "multipart/form-data; boundary=b", parts(head, "f; filename=\"a.jpg\"\n\nx\n--b--\n"), 400, nil},
		{"parts with endless headers", "multipart/form-data; boundary=b", parts("--b\n", strings.Repeat("X-A: b\n", 8000), "\nx\n--b--\n"), 400, nil},
		{"JSON", "application/json", "{}", 415, nil},
		{"no kind", "", "a=b", 415, nil},
		{"windows-1256", simple + "; charset=windows-1256", "a=b", 415, nil},
		{"at the limit", simple, "a=" + strings.Repeat("x", 65_534), 200, url.Values{"a": {strings.Repeat("x", 65_534)}}},
		{"over the limit", simple, "a=" + strings.Repeat("x", 65_535), 413, nil},
	} {
		for _, chunked := range []bool{false, true} {
			r := httptest.NewRequest("POST", "/", strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.kind)
			if chunked {
				r.ContentLength = -1
			}
			got, err := Form(r, 65_536)
			if Status(err) != c.status || err == nil && !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s, chunked %v: %d %v %v; want %d %v", c.name, chunked, Status(err), got, err, c.status, c.want)
			}
		}
	}
}

func TestFormCompressed(t *testing.T) {
	r := httptest.NewRequest("POST", "/", strings.NewReader("a=b"))
	r.Header.Set("Content-Type", simple)
	r.Header.Set("Content-Encoding", "gzip")
	if _, err := Form(r, 100); !errors.Is(err, UnreadableForm) {
		t.Errorf("got %v", err)
	}
}

// slow is the error of a connection that ran into its deadline.
type slow struct{}

func (slow) Error() string { return "i/o timeout" }
func (slow) Timeout() bool { return true }

// A reader who is too slow has not sent a malformed form.
func TestFormTimeout(t *testing.T) {
	r := httptest.NewRequest("POST", "/", iotest.ErrReader(fmt.Errorf("read tcp: %w", slow{})))
	r.Header.Set("Content-Type", simple)
	if _, err := Form(r, 100); errors.Is(err, Malformed) || errors.Is(err, news.TooLarge) {
		t.Errorf("got %v", err)
	}
}

// Any body is either refused with a 4xx, or gives readable values within the
// limits that are the same when they are sent again.
func FuzzForm(f *testing.F) {
	f.Add(simple, "a=b&c=%D8%B3")
	f.Add("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\n")
	f.Fuzz(func(t *testing.T, kind, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header["Content-Type"] = []string{kind}
		values, err := Form(r, 4096)
		if err != nil {
			if s := Status(err); s != 400 && s != 413 && s != 415 {
				t.Fatalf("status %d: %v", s, err)
			}
			return
		}
		again := httptest.NewRequest("POST", "/", resend(t, values))
		again.Header.Set("Content-Type", "multipart/form-data; boundary=again")
		second, err := Form(again, 1<<20)
		if err != nil || !reflect.DeepEqual(second, values) {
			t.Fatalf("%q: %v, sent again %v (%v)", body, values, second, err)
		}
	})
}

func resend(t *testing.T, values url.Values) io.Reader {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.SetBoundary("again")
	for name, list := range values {
		if name == "" || strings.ContainsAny(name, "\"\\%") || strings.ContainsFunc(name, unicode.IsControl) {
			t.Skip("a name that a part's header cannot carry as it is")
		}
		for _, value := range list {
			if strings.Contains(value, "--again") {
				t.Skip()
			}
			w.WriteField(name, value)
		}
	}
	w.Close()
	return &b
}
