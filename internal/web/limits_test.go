package web

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// clock moves on by a second at each look.
type clock struct{ at time.Time }

func newClock() *clock { return &clock{time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.at = c.at.Add(time.Second)
	return c.at
}

func TestLimits(t *testing.T) {
	reached := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "reached") })
	door := Limits(reached, failed)
	for _, c := range []struct {
		name, target string
		status       int
	}{
		{"URL at the limit", "/" + strings.Repeat("a", MaxURL-1), 200},
		{"URL over it", "/" + strings.Repeat("a", MaxURL), 414},
		{"encoded URL over it", "/" + strings.Repeat("%61", MaxURL/3+1), 414},
		{"query at the limit", "/?" + strings.Repeat("q", MaxQuery), 200},
		{"query over it", "/?" + strings.Repeat("q", MaxQuery+1), 414},
		{"not UTF-8", "/%ff", 400},
		{"NUL", "/a%00b", 400},
		{"any script", "/topic/%D8%A8%D9%86%D8%AF%D8%B1", 200},
	} {
		if w := ask(door, "GET", c.target, nil); w.Code != c.status {
			t.Errorf("%s: %d, want %d", c.name, w.Code, c.status)
		}
	}
}

// The server itself refuses headers over 32 KB (and the 4 KB of its buffer).
func TestServerHeaders(t *testing.T) {
	address := listen(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	for size, want := range map[int]string{MaxHeaders - 1000: "200", MaxHeaders + 4096 + 1: "431"} {
		got := raw(t, address, "GET / HTTP/1.1\r\nHost: x\r\nX-Large: "+strings.Repeat("a", size)+"\r\n\r\n")
		if !strings.Contains(got, " "+want+" ") {
			t.Errorf("%d bytes of headers: %q, want %s", size, got, want)
		}
	}
}

func TestServerTimes(t *testing.T) {
	s := Server(http.NotFoundHandler(), slog.New(slog.DiscardHandler))
	got := []time.Duration{s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout}
	if want := []time.Duration{5e9, 30e9, 60e9, 60e9}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("times %v, want %v", got, want)
	}
}

// "OPTIONS *" is not the server's to answer with 200: nothing here is open to it.
func TestServerOptionsStar(t *testing.T) {
	address := listen(t, Mux(testTable(), failed))
	if got := raw(t, address, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"); !strings.Contains(got, " 400 ") {
		t.Errorf("answered %q, want 400", got)
	}
}

func TestHeaders(t *testing.T) {
	pages := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/own" {
			w.Header().Set("Referrer-Policy", "no-referrer")
			w.Header().Add("X-Content-Type-Options", "more")
		}
	})
	for _, c := range []struct {
		policy Policy
		want   map[string]string
	}{
		{Public, map[string]string{"Content-Security-Policy": ownOnly, "Cache-Control": "", "Strict-Transport-Security": "",
			"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Referrer-Policy": "strict-origin-when-cross-origin"}},
		{Public | Secure, map[string]string{"Content-Security-Policy": ownOnly, "Strict-Transport-Security": "max-age=63072000; includeSubDomains"}},
		{Desk, map[string]string{"Content-Security-Policy": ownOnly + trusted, "Cache-Control": "no-store, private", "Referrer-Policy": "same-origin"}},
		{Data, map[string]string{"Content-Security-Policy": nothing, "X-Content-Type-Options": "nosniff"}},
		{Upload, map[string]string{"Content-Security-Policy": sandbox, "Cross-Origin-Resource-Policy": "cross-origin"}},
	} {
		header := ask(Headers(pages, c.policy), "GET", "/", nil).Header()
		for name, want := range c.want {
			if got := header.Get(name); got != want {
				t.Errorf("policy %d: %s is %q, want %q", c.policy, name, got, want)
			}
		}
		for _, loose := range []string{"unsafe", "*", "http:", "https:", "data:", "nonce"} {
			if csp := header.Get("Content-Security-Policy"); strings.Contains(csp, loose) {
				t.Errorf("policy %d allows %s: %s", c.policy, loose, csp)
			}
		}
	}
	door := Headers(pages, Public)
	ask(door, "GET", "/own", nil)
	header := ask(door, "GET", "/", nil).Header()
	if header.Get("Referrer-Policy") == "no-referrer" || len(header["X-Content-Type-Options"]) != 1 {
		t.Errorf("one answer's own header leaked into the next: %v", header)
	}
}

// listen serves h with Server on loopback until the test ends.
func listen(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	server.Config = Server(h, slog.New(slog.DiscardHandler))
	server.Start()
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// raw sends bytes and returns the first line of the answer.
func raw(t *testing.T, address, request string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go io.WriteString(conn, request) // the server may answer before it has read all
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return line
}
