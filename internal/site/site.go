// Package site is the public door: readers without accounts. It reads an
// address, asks the press for the page and sends its bytes; it takes readers'
// comments. routes.go is its map.
package site

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/comments"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/web"
)

// Options are what the public door works with.
type Options struct {
	Press    *press.Press
	Comments *comments.Comments
	Media    *media.Media
	Now      func() time.Time // for the request log's durations
	Log      *slog.Logger
	Hosts    []string       // names under which the paper is served, without port; those of editions are added
	Proxies  []netip.Prefix // whose X-Forwarded-For is believed
	Secure   bool           // readers come by HTTPS
}

// Site is the public door.
type Site struct {
	o     Options
	plan  atomic.Pointer[plan]
	chain http.Handler
}

// plan is the door as the editions make it: one map of routes for each.
type plan struct {
	editions []news.Edition
	base     *doorway                // the default edition
	byHost   map[string]*doorway     // host of its own → edition
	byPrefix map[string]*doorway     // first word of the path → edition
	moved    map[string]news.Edition // first word of the path → edition that went to a host of its own
	hosts    map[string]bool
}

// doorway is one edition's map of routes.
type doorway struct {
	edition news.Edition
	handler http.Handler
}

// New returns the public door.
func New(o Options) *Site {
	s := &Site{o: o}
	policy := web.Public
	if o.Secure {
		policy |= web.Secure
	}
	inner := web.SameOrigin(http.HandlerFunc(s.enter), s.fail)
	s.chain = web.RequestLog(web.Headers(web.Limits(inner, s.fail), policy), o.Log, o.Now)
	return s
}

// ServeHTTP answers a reader.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.chain.ServeHTTP(w, r) }

// layout returns the plan for the editions as they are now.
func (s *Site) layout() *plan {
	editions := s.o.Press.Editions()
	if p := s.plan.Load(); p != nil && len(p.editions) == len(editions) && (len(editions) == 0 || &p.editions[0] == &editions[0]) {
		return p
	}
	p := &plan{editions: editions, byHost: map[string]*doorway{}, byPrefix: map[string]*doorway{},
		moved: map[string]news.Edition{}, hosts: map[string]bool{}}
	for _, h := range s.o.Hosts {
		p.hosts[strings.ToLower(h)] = true
	}
	for _, e := range editions {
		d := &doorway{edition: e, handler: web.Table{Routes: s.Routes(e), Fail: s.fail, Log: s.o.Log}.Handler()}
		if e.Host != "" {
			p.byHost[strings.ToLower(e.Host)] = d
		}
		switch {
		case e.Default:
			p.base = d // on a host of its own it is at the paper's root too
		case e.Host != "":
			p.moved[e.Slug] = e
		default:
			p.byPrefix[e.Slug] = d
		}
	}
	s.plan.Store(p)
	return p
}

// enter finds the edition by host or by the first word of the path, and
// walks in with the rest of the path.
func (s *Site) enter(w http.ResponseWriter, r *http.Request) {
	p := s.layout()
	host := hostname(r.Host)
	d := p.byHost[host]
	switch {
	case d == nil && !p.hosts[host]:
		s.fail(w, r, web.UnknownHost)
		return
	case d == nil && p.base == nil:
		s.fail(w, r, news.Refuse(news.Unavailable, "error.503.text", "the paper is not set up yet"))
		return
	}
	// As it stands in the request: an address that is written in another way
	// is another one.
	at := r.URL.EscapedPath()
	if !strings.HasPrefix(at, "/") {
		at = "/"
	} else if clean := cleaned(at); clean != at {
		s.turn(w, r, clean, http.StatusTemporaryRedirect)
		return
	}
	if d != nil {
		d.handler.ServeHTTP(w, r)
		return
	}
	word, rest, slash := strings.Cut(at[1:], "/")
	if e, ok := p.moved[word]; ok {
		s.forward(w, r, s.o.Press.Base(e)+"/"+rest)
		return
	}
	switch d = p.byPrefix[word]; {
	case d == nil:
		p.base.handler.ServeHTTP(w, r)
	case !slash:
		s.turn(w, r, d.edition.Prefix()+"/", http.StatusMovedPermanently)
	default:
		d.handler.ServeHTTP(w, inside(r, "/"+rest))
	}
}

// cleaned is a path without empty words and dots, as http.ServeMux wants it.
// The mux knows nothing of prefixes and would lead out of the edition.
func cleaned(at string) string {
	clean := path.Clean(at)
	if clean != "/" && strings.HasSuffix(at, "/") {
		clean += "/"
	}
	return clean
}

// turn sends the reader to another path of the same host, with their query.
func (s *Site) turn(w http.ResponseWriter, r *http.Request, location string, status int) {
	if r.URL.RawQuery != "" {
		location += "?" + r.URL.RawQuery
	}
	if err := web.Redirect(w, r, location, status); err != nil {
		s.fail(w, r, fmt.Errorf("%w: %w", web.Malformed, err))
	}
}

// forward sends the reader to an edition's own host: an address that was given
// once leads to its page for ever.
func (s *Site) forward(w http.ResponseWriter, r *http.Request, location string) {
	if r.URL.RawQuery != "" {
		location += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", location)
	w.WriteHeader(http.StatusPermanentRedirect)
}

// inside is the request as an edition under a prefix sees it; at is the rest
// of the path, escaped.
func inside(r *http.Request, at string) *http.Request {
	other, address := *r, *r.URL
	address.RawPath = at
	if plain, err := url.PathUnescape(at); err == nil {
		address.Path = plain
	}
	other.URL = &address
	return &other
}

func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// editionOf guesses the edition of a request that went wrong, for the
// language of its error page.
func (s *Site) editionOf(r *http.Request) news.EditionID {
	p := s.layout()
	if d := p.byHost[hostname(r.Host)]; d != nil {
		return d.edition.ID
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(r.RequestURI, "/"), "/")
	word, _, _ = strings.Cut(word, "?")
	if d := p.byPrefix[word]; d != nil {
		return d.edition.ID
	}
	if p.base != nil {
		return p.base.edition.ID
	}
	return 0
}
