package newsroom

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// visit is who asks, and what every page needs to know of the paper.
type visit struct {
	person   news.Person // the zero Person on pages for everyone
	token    string
	paper    news.Paper
	editions []news.Edition // the default first
	speaks   string         // the desk's language on this visit
	now      time.Time
	seq      int64 // the last event before anything was read: a page hears of what comes after it
	calls    int   // open notes that mention the person
}

// page is a handler that has been told who asks.
type page func(w http.ResponseWriter, r *http.Request, v visit) error

type visitKey struct{}

// guard lets nobody past who has less than the role. Whoever cannot be looked
// up is refused. Until the paper is set up, an owner is led to the set-up page
// and all others are told to wait.
func (n *Newsroom) guard(least news.Role, next web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		token := n.cookie(r)
		look := n.auth.Person
		if byItself[r.URL.Path] {
			look = n.auth.Still
		}
		person, err := look(r.Context(), token)
		if err != nil {
			return err
		}
		if !person.May(least) {
			return news.Refuse(news.Forbidden, "error.role.least", "your role does not open this page")
		}
		v, err := n.visit(r)
		if err != nil {
			return err
		}
		v.person, v.token = person, token
		if !openBeforeProof(r.URL.Path) {
			must, err := n.auth.MustProve(r.Context(), v.paper, person, token)
			if err != nil {
				return err
			}
			if must {
				return n.proveFirst(w, r)
			}
		}
		if v.calls, err = n.calls(r.Context(), person); err != nil {
			return err
		}
		if !v.paper.SetUp && !openBeforeSetUp(r.URL.Path) {
			if person.May(news.Owner) {
				return web.SeeOther(w, r, "/set-up")
			}
			return news.Refuse(news.Conflict, "error.setup.waiting", "an owner has to set the paper up first")
		}
		inside := r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		defer func() { r.PostForm = inside.PostForm }() // for the page that says why it was refused whole
		return next(w, inside)
	}
}

// openBeforeProof are the pages for somebody from whom the paper asks more than
// a password: their own account, where they set it up.
func openBeforeProof(path string) bool {
	return path == "/account" || strings.HasPrefix(path, "/account/")
}

// proveFirst leads a reader to their account; what was sent is refused.
func (n *Newsroom) proveFirst(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet && !asksJSON(r) {
		return web.SeeOther(w, r, "/account")
	}
	return news.Refuse(news.Forbidden, "error.prove", "the paper asks you for a second factor: set it up on your account first")
}

// byItself are the addresses that an open page asks without anybody's doing:
// they keep no session alive.
var byItself = map[string]bool{"/live": true, "/rows": true}

func openBeforeSetUp(path string) bool {
	return path == "/set-up" || path == "/account" || strings.HasPrefix(path, "/account/")
}

// with hands the visit to a page. Pages for everyone have one without a person.
func (n *Newsroom) with(p page) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, ok := r.Context().Value(visitKey{}).(visit)
		if !ok {
			var err error
			if v, err = n.visit(r); err != nil {
				return err
			}
		}
		return p(w, r, v)
	}
}

// visit reads the paper and its editions.
func (n *Newsroom) visit(r *http.Request) (visit, error) {
	v := visit{now: n.now()}
	var err error
	if v.seq, err = n.store.LastEvent(r.Context()); err != nil {
		return v, err
	}
	if v.paper, err = n.store.Paper(r.Context()); err != nil && news.CodeOf(err) != news.NotFound {
		return v, err
	}
	if v.editions, err = n.store.Editions(r.Context()); err != nil {
		return v, err
	}
	v.speaks = v.paper.Language
	if !v.paper.SetUp {
		v.speaks = preferred(r.Header.Get("Accept-Language"))
	}
	return v, nil
}

// preferred is the language a browser asks for, of those the desk speaks. It
// counts only until the owner has chosen the paper's own.
func preferred(accept string) string {
	speaks := locale.Languages()
	tags := make([]language.Tag, len(speaks))
	for i, s := range speaks {
		tags[i] = language.Make(s)
	}
	asked, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(asked) > 20 {
		return speaks[0]
	}
	_, i, _ := language.NewMatcher(tags).Match(asked...)
	return speaks[i]
}

// style is how the desk itself writes: the paper's language, the default
// edition's calendar and time zone.
func (v visit) style() locale.Style {
	if len(v.editions) == 0 {
		return locale.Style{Language: v.speaks}
	}
	return v.styleIn(v.editions[0])
}

// styleIn is how the desk writes about an edition: in the desk's language, by
// the edition's calendar and clock.
func (v visit) styleIn(e news.Edition) locale.Style {
	s := locale.Style{Language: v.speaks, Calendar: e.Calendar}
	if own, err := e.Style(); err == nil {
		s.Zone = own.Zone
	}
	if e.Language == v.speaks {
		s.Digits = e.Digits
	}
	return s
}

// edition finds an edition by its number; the zero Edition if there is none.
func (v visit) edition(id news.EditionID) news.Edition {
	for _, e := range v.editions {
		if e.ID == id {
			return e
		}
	}
	return news.Edition{}
}

const sessionDays = 30 // the cookie's life; the session itself ends earlier when idle

func (n *Newsroom) cookieName() string {
	if n.secure {
		return "__Host-broadsheet-desk"
	}
	return "broadsheet-desk"
}

func (n *Newsroom) cookie(r *http.Request) string {
	c, err := r.Cookie(n.cookieName())
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie gives the browser its session; "" takes it away.
func (n *Newsroom) setCookie(w http.ResponseWriter, token string) {
	c := &http.Cookie{Name: n.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: n.secure, SameSite: http.SameSiteLaxMode,
		MaxAge: sessionDays * 24 * 60 * 60}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

const knownDays = 180 // the life of the mark by which a browser is known

func (n *Newsroom) knownName() string { return n.cookieName() + "-known" }

// known is the mark that an earlier sign-in gave this browser.
func (n *Newsroom) known(r *http.Request) string {
	c, err := r.Cookie(n.knownName())
	if err != nil {
		return ""
	}
	return c.Value
}

func (n *Newsroom) setKnown(w http.ResponseWriter, mark string) {
	http.SetCookie(w, &http.Cookie{Name: n.knownName(), Value: mark, Path: "/", HttpOnly: true, Secure: n.secure, SameSite: http.SameSiteStrictMode,
		MaxAge: knownDays * 24 * 60 * 60})
}

// localPath is where a form may lead back to: a path of the desk, or the list.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") ||
		strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f }) {
		return "/"
	}
	return s
}
