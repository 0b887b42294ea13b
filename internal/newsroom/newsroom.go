// Package newsroom is the desk's door: server-rendered pages on a listener of
// their own, where staff write, check, publish, correct and answer for the
// paper. Every page and every act works as a plain form without scripts.
package newsroom

import (
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"broadsheet/internal/auth"
	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
)

// Options are the rooms behind the door and what the house knows about it.
type Options struct {
	Store    *store.Store
	Desk     *desk.Desk
	Auth     *auth.Auth
	Comments *comments.Comments
	Media    *media.Media
	Press    *press.Press // for previews: the public page itself
	Now      func() time.Time
	Log      *slog.Logger
	// Wall is the machine's own clock, for deadlines of connections.
	Wall func() time.Time
	// PublicURL is the address under which readers find an article.
	PublicURL func(news.Edition, news.ID) string
	// Secure says that the desk is reached over HTTPS only: the cookie then
	// never travels otherwise.
	Secure bool
	// Address is the desk's own, as the operator says; "" = as each browser
	// names it. Passkeys are made for it.
	Address string
	// Proxies are trusted to say where a request came from.
	Proxies []netip.Prefix
}

// Newsroom is the desk's door.
type Newsroom struct {
	store    *store.Store
	desk     *desk.Desk
	auth     *auth.Auth
	comments *comments.Comments
	media    *media.Media
	press    *press.Press
	now      func() time.Time
	wall     func() time.Time
	log      *slog.Logger
	public   func(news.Edition, news.ID) string
	secure   bool
	address  string
	proxies  []netip.Prefix

	live   listeners
	pages  *pages
	assets map[string]asset
	zones  []string
	door   http.Handler
}

// New opens the door. It fails when a room is missing or a page does not parse.
func New(o Options) (*Newsroom, error) {
	if o.Store == nil || o.Desk == nil || o.Auth == nil || o.Comments == nil || o.Media == nil || o.Press == nil || o.Now == nil || o.Wall == nil || o.Log == nil || o.PublicURL == nil {
		return nil, errors.New("open the desk: a room or a setting is missing")
	}
	n := &Newsroom{store: o.Store, desk: o.Desk, auth: o.Auth, comments: o.Comments, media: o.Media, press: o.Press, now: o.Now, wall: o.Wall, log: o.Log,
		public: o.PublicURL, secure: o.Secure, address: o.Address, proxies: o.Proxies}
	var err error
	if n.assets, err = readAssets(o.Press.Faces()); err != nil {
		return nil, err
	}
	if n.zones, err = readZones(); err != nil {
		return nil, err
	}
	if n.pages, err = readPages(n.assets); err != nil {
		return nil, err
	}
	policy := web.Desk
	if o.Secure {
		policy |= web.Secure
	}
	table := web.Table{Routes: n.Routes(), Guard: n.guard, Fail: n.fail, Log: o.Log}
	door := web.SameOrigin(table.Handler(), n.fail)
	door = web.Limits(door, n.fail)
	door = web.Headers(door, policy)
	n.door, err = web.Compress(web.RequestLog(door, o.Log, o.Now))
	return n, err
}

// ServeHTTP answers a request to the desk.
func (n *Newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) { n.door.ServeHTTP(w, r) }
