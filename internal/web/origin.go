package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"broadsheet/internal/news"
)

// SameOrigin refuses, as news.Forbidden through fail, every request that could
// change something and comes from a page of another origin
// (http.CrossOriginProtection: Sec-Fetch-Site, else Origin against Host). A
// trusted origin is "https://host" or "https://host:port"; it panics over one
// that is not.
func SameOrigin(next http.Handler, fail func(w http.ResponseWriter, r *http.Request, err error), trusted ...string) http.Handler {
	protection := http.NewCrossOriginProtection()
	for _, origin := range trusted {
		if err := protection.AddTrustedOrigin(origin); err != nil {
			panic(err)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := protection.Check(r); err != nil {
			fail(w, r, fmt.Errorf("%w: %w", news.Forbidden, err))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ClientAddress is the address a request comes from: the peer's, or where the
// peer is a trusted proxy, the last X-Forwarded-For entry that no trusted
// proxy made. Entries further left are the sender's own claim and never read.
// IPv4 inside IPv6 is unwrapped, zones are dropped. The zero Addr: the peer is
// no IP address (a Unix socket).
func ClientAddress(r *http.Request, trustedProxies []netip.Prefix) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := plain(peer.Addr())
	if !within(client, trustedProxies) {
		return client
	}
	for _, line := range slices.Backward(r.Header["X-Forwarded-For"]) {
		for _, entry := range slices.Backward(strings.Split(line, ",")) {
			addr, err := netip.ParseAddr(strings.TrimSpace(entry))
			if err != nil {
				return client // not an address: whoever wrote it is the last one known
			}
			client = plain(addr)
			if !within(client, trustedProxies) {
				return client
			}
		}
	}
	return client
}

func plain(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

func within(a netip.Addr, prefixes []netip.Prefix) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(a) })
}
