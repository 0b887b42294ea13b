// Package fetch is the program's only way out: a client that asks the public
// internet, never the house behind it. Where a name leads is looked at after
// it was resolved, on the very address that is dialled, so that a name which
// changes its mind in between gains nothing.
package fetch

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// Limits of one request.
const (
	wholeTime    = 10 * time.Second
	dialTime     = 5 * time.Second
	mostBytes    = 1 << 20
	mostHeader   = 64 << 10
	mostRedirect = 3
)

// ErrRefused is the error of an address that may not be asked.
var ErrRefused = errors.New("this address may not be asked")

// Options say what beyond the public internet may be asked.
type Options struct {
	// PrivateHost is one host of the house's own network that the owner has
	// named, with http too; "" = none.
	PrivateHost string
}

// Client returns a client of at most 10 seconds and 1 MiB a request, over
// HTTPS, without a proxy, that follows three redirects over HTTPS at most. A
// refusal is ErrRefused.
func Client(o Options) *http.Client {
	c := &client{private: strings.ToLower(o.PrivateHost)}
	dialer := &net.Dialer{Timeout: dialTime, Control: checkAddress}
	open := &net.Dialer{Timeout: dialTime}
	t := &http.Transport{ForceAttemptHTTP2: true, MaxResponseHeaderBytes: mostHeader, ResponseHeaderTimeout: wholeTime, TLSHandshakeTimeout: dialTime,
		DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err == nil && c.isPrivate(host) {
				return open.DialContext(ctx, network, address)
			}
			return dialer.DialContext(ctx, network, address)
		}}
	c.next = t
	return &http.Client{Transport: c, Timeout: wholeTime, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > mostRedirect {
			return fmt.Errorf("%w: more than %d redirects", ErrRefused, mostRedirect)
		}
		return c.checkScheme(r)
	}}
}

// client checks every request and cuts every answer.
type client struct {
	private string
	next    http.RoundTripper
}

func (c *client) isPrivate(host string) bool {
	return c.private != "" && strings.EqualFold(host, c.private)
}

// RoundTrip sends one request if its scheme may be asked.
func (c *client) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := c.checkScheme(r); err != nil {
		return nil, err
	}
	res, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	res.Body = &cut{body: res.Body, left: mostBytes}
	return res, nil
}

func (c *client) checkScheme(r *http.Request) error {
	if r.URL.Scheme == "https" || r.URL.Scheme == "http" && c.isPrivate(r.URL.Hostname()) {
		return nil
	}
	return fmt.Errorf("%w: %s is not https", ErrRefused, r.URL.Redacted())
}

// cut ends an answer that is too long with an error, never silently.
type cut struct {
	body io.ReadCloser
	left int
}

// Read reads what the limit leaves.
func (c *cut) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, fmt.Errorf("%w: the answer is longer than %d bytes", ErrRefused, mostBytes)
	}
	if len(p) > c.left {
		p = p[:c.left]
	}
	n, err := c.body.Read(p)
	c.left -= n
	return n, err
}

// Close ends the answer.
func (c *cut) Close() error { return c.body.Close() }

// checkAddress looks at the address that is dialled.
func checkAddress(_, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrRefused, address)
	}
	if !Public(a.Addr()) {
		return fmt.Errorf("%w: %s is not of the public internet", ErrRefused, a.Addr())
	}
	return nil
}

//go:embed special.txt
var specialText string

var special = readSpecial()

func readSpecial() []netip.Prefix {
	var out []netip.Prefix
	for line := range strings.Lines(specialText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, netip.MustParsePrefix(line))
		}
	}
	return out
}

// Public reports whether an address is of the public internet.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return a.Is4() || netip.MustParsePrefix("2000::/3").Contains(a)
}
