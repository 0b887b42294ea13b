package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestSameOrigin(t *testing.T) {
	reached := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "reached") })
	door := SameOrigin(reached, failed, "https://mirror.valmere.example")
	for _, c := range []struct {
		method, site, origin string
		status               int
	}{
		{"GET", "cross-site", "https://evil.example", 200},
		{"POST", "", "", 200}, // no browser
		{"POST", "same-origin", "", 200},
		{"POST", "none", "", 200},
		{"POST", "cross-site", "", 403},
		{"POST", "same-site", "", 403},
		{"POST", "", "http://paper.example", 200},
		{"POST", "", "https://evil.example", 403},
		{"POST", "", "null", 403},
		{"POST", "cross-site", "https://mirror.valmere.example", 200},
		{"DELETE", "cross-site", "", 403},
	} {
		r := httptest.NewRequest(c.method, "http://paper.example/x", nil)
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s, site %q, origin %q: %d, want %d", c.method, c.site, c.origin, w.Code, c.status)
		}
	}
}

func TestClientAddress(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
	}{
		{"no proxy", "203.0.113.7:4000", nil, "203.0.113.7"},
		{"a stranger's claim", "203.0.113.7:4000", []string{"198.51.100.1"}, "203.0.113.7"},
		{"one proxy", "127.0.0.1:4000", []string{"203.0.113.7"}, "203.0.113.7"},
		{"claim before the proxy's entry", "127.0.0.1:4000", []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		{"two proxies", "127.0.0.1:4000", []string{"198.51.100.1, 203.0.113.7, 10.1.2.3"}, "203.0.113.7"},
		{"two lines", "127.0.0.1:4000", []string{"203.0.113.7", "10.1.2.3"}, "203.0.113.7"},
		{"claims to be a proxy", "127.0.0.1:4000", []string{"203.0.113.7, 10.9.9.9"}, "203.0.113.7"},
		{"only proxies", "127.0.0.1:4000", []string{"10.1.2.3"}, "10.1.2.3"},
		{"nothing forwarded", "127.0.0.1:4000", nil, "127.0.0.1"},
		{"rubbish", "127.0.0.1:4000", []string{"203.0.113.7, unknown"}, "127.0.0.1"},
		{"IPv6", "[fd00::1]:4000", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv4 inside IPv6", "[::ffff:127.0.0.1]:4000", []string{"::ffff:203.0.113.7"}, "203.0.113.7"},
		{"zone", "[fe80::1%eth0]:4000", nil, "fe80::1"},
		{"Unix socket", "@", []string{"203.0.113.7"}, "invalid IP"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		r.Header["X-Forwarded-For"] = c.forwarded
		if got := ClientAddress(r, proxies).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRedirect(t *testing.T) {
	for _, c := range []struct {
		location, want string // want "" = refused
	}{
		{"/news/48213", "/news/48213"},
		{"/news/48213#c7", "/news/48213#c7"},
		{"/search?q=a%20b", "/search?q=a%20b"},
		{"/topic/بندر", "/topic/%D8%A8%D9%86%D8%AF%D8%B1"},
		{"//evil.example", ""}, {"https://evil.example/", ""}, {"javascript:alert(1)", ""}, {"", ""}, {"news/1", ""},
		{"/\\evil.example", ""}, {"/a\\b", ""}, {"/\t/evil.example", ""}, {"/a\r\nSet-Cookie: x=y", ""}, {"/a\x00", ""},
	} {
		w := httptest.NewRecorder()
		err := SeeOther(w, httptest.NewRequest("POST", "/", nil), c.location)
		if got := w.Header().Get("Location"); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%q: location %q, error %v; want %q", c.location, got, err, c.want)
		}
		if err == nil && w.Code != 303 {
			t.Errorf("%q: status %d", c.location, w.Code)
		}
	}
	if err := Redirect(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil), "/", 200); err == nil {
		t.Error("200 passed as a redirect")
	}
}
