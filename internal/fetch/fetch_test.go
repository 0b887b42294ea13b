package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"8.8.8.8": true, "93.184.216.34": true, "2606:2800:220:1:248:1893:25c8:1946": true, "100.63.255.255": true, "100.128.0.0": true, "172.32.0.1": true,
		"0.0.0.0": false, "10.1.2.3": false, "100.64.0.1": false, "127.0.0.1": false, "127.255.255.254": false, "169.254.169.254": false, "172.31.255.255": false,
		"192.168.0.1": false, "198.18.0.1": false, "203.0.113.9": false, "224.0.0.1": false, "255.255.255.255": false,
		"::1": false, "::": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false,
		"fe80::1": false, "fc00::1": false, "fd12::1": false, "ff02::1": false, "2001:db8::1": false, "4000::1": false, "fe80::1%eth0": false,
	} {
		if got := Public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v; want %v", text, got, want)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// TestNothingInTheHouse asks a real server on loopback by each of its names.
func TestNothingInTheHouse(t *testing.T) {
	asked := 0
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer s.Close()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "0x7f000001", "2130706433", "0"} {
		res, err := Client(Options{}).Get("https://" + host + ":" + u.Port() + "/")
		if err == nil {
			res.Body.Close()
			t.Errorf("%s answered", host)
		}
	}
	if asked > 0 {
		t.Errorf("%d requests came in", asked)
	}
	if _, err := Client(Options{}).Get(s.URL); !errors.Is(err, ErrRefused) {
		t.Errorf("%v; want ErrRefused", err)
	}
}

func TestOnlyTheNamedHost(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, "http://localhost:1/", http.StatusFound)
		case "/file":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/long":
			io.WriteString(w, strings.Repeat("x", mostBytes+1))
		default:
			io.WriteString(w, "hello")
		}
	}))
	defer s.Close()
	c := Client(Options{PrivateHost: "127.0.0.1"})
	res, err := c.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || string(text) != "hello" {
		t.Errorf("%q, %v", text, err)
	}
	for _, path := range []string{"/away", "/file", "/round"} {
		if res, err := c.Get(s.URL + path); !errors.Is(err, ErrRefused) && !(path == "/file" && err != nil) {
			t.Errorf("%s: %v, %v", path, res, err)
		}
	}
	if res, err = c.Get(s.URL + "/long"); err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.ReadAll(res.Body); !errors.Is(err, ErrRefused) {
		t.Errorf("an endless answer: %v", err)
	}
	if _, err := Client(Options{}).Get(s.URL); !errors.Is(err, ErrRefused) {
		t.Errorf("http without a named host: %v", err)
	}
}
