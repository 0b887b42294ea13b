package newsroom

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/auth"
	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/store"
	"broadsheet/themes"
)

// world is a paper with its desk's door open.
type world struct {
	*papertest.Paper
	t        testing.TB
	desk     *desk.Desk
	auth     *auth.Auth
	comments *comments.Comments
	room     *Newsroom
	far      news.Person  // an editor of another section; furnished adds them
	log      bytes.Buffer // what the door writes down
	second   news.Person  // a chief who stages what others are asked about
}

const password = "four unrelated wooden words"

func open(t testing.TB) *world { return openOn(t, papertest.New(t)) }

func openOn(t testing.TB, p *papertest.Paper) *world {
	t.Helper()
	w := &world{Paper: p, t: t, desk: desk.New(p.Store, p.Clock.Now), comments: comments.New(p.Store, p.Clock.Now),
		auth: auth.NewAt(p.Store, p.Clock.Now, rand.Reader, auth.Cost{Memory: 64, Passes: 1, Threads: 1}).Keyed(make([]byte, auth.KeyBytes))}
	w.room = w.door(p.Store)
	return w
}

func (w *world) door(s *store.Store) *Newsroom {
	w.t.Helper()
	sheets, err := press.New(w.t.Context(), press.Options{Store: s, Now: w.Clock.Now, Theme: themes.Default(), Base: "https://valmere.example", Stamp: w.comments.Stamp})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(sheets.Close)
	n, err := New(Options{Store: s, Desk: w.desk, Auth: w.auth, Comments: w.comments, Media: w.Media, Press: sheets, Now: w.Clock.Now, Wall: time.Now,
		Log: slog.New(slog.NewTextHandler(&w.log, nil)), Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		PublicURL: func(e news.Edition, id news.ID) string {
			return "https://valmere.example" + e.Prefix() + "/news/" + id.String()
		}})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// narrow makes a person editor of some sections only.
func (w *world) narrow(p *news.Person, sections ...news.SectionID) {
	w.t.Helper()
	p.Sections = sections
	if err := w.auth.SavePerson(w.t.Context(), 0, *p); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) add(name string, role news.Role, sections ...news.SectionID) news.Person {
	w.t.Helper()
	p, err := w.auth.AddPerson(w.t.Context(), 0, news.Person{Name: name, Email: name + "@valmere.example", Role: role, Sections: sections})
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// close closes an account in the database alone: its sessions stay there, and
// must open nothing.
func (w *world) close(p news.Person) {
	w.t.Helper()
	p.Disabled = true
	if err := w.Store.Write(w.t.Context(), "close", func(tx *store.Tx) error { return tx.SavePerson(w.t.Context(), &p) }); err != nil {
		w.t.Fatal(err)
	}
}

// ask is a reader's request about an article, a minute after the page was opened.
func (w *world) ask(article news.ID, text string) {
	w.t.Helper()
	stamp := w.comments.Stamp(article, w.Clock.Now())
	w.Clock.Move(time.Minute)
	err := w.comments.PostRequest(w.t.Context(), comments.Asking{Article: article, Kind: news.RequestPrivacy, Name: "Mira", Email: "mira@valmere.example", Text: text, Stamp: stamp,
		From: netip.MustParseAddr("198.51.100.8")})
	if err != nil {
		w.t.Fatal(err)
	}
}

// comment is a reader's comment, a minute after the page was opened.
func (w *world) comment(article news.ID, name, text string) news.Comment {
	w.t.Helper()
	stamp := w.comments.Stamp(article, w.Clock.Now())
	w.Clock.Move(time.Minute)
	c, err := w.comments.Post(w.t.Context(), comments.Posting{Article: article, Name: name, Text: text, Stamp: stamp, From: netip.MustParseAddr("198.51.100.7")})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// browser is somebody at the desk: a cookie and the last answer.
type browser struct {
	*world
	who    news.Person
	cookie *http.Cookie
	Status int
	Header http.Header
	Body   string
}

// as signs somebody in without the cost of a password.
func (w *world) as(p news.Person) *browser {
	w.t.Helper()
	b := &browser{world: w, who: p}
	if p.ID == 0 {
		return b
	}
	secret, err := w.auth.Invite(w.t.Context(), 0, p.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	token, err := w.auth.AcceptInvitation(w.t.Context(), auth.Accept{Secret: secret, Password: password})
	if err != nil {
		w.t.Fatal(err)
	}
	b.cookie = &http.Cookie{Name: w.room.cookieName(), Value: token}
	return b
}

func (b *browser) get(path string) *browser { return b.do(http.MethodGet, path, nil) }

func (b *browser) post(path string, pairs ...string) *browser {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.do(http.MethodPost, path, form)
}

func (b *browser) do(method, path string, form url.Values) *browser {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequestWithContext(context.Background(), method, path, body)
	r.RemoteAddr = "192.0.2.7:4000"
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	rec := httptest.NewRecorder()
	if strings.HasPrefix(path, "/live") { // it would go on for ever: the first message is enough
		ctx, end := context.WithCancel(r.Context())
		defer end()
		b.room.ServeHTTP(untilFlushed{rec, end}, r.WithContext(ctx))
	} else {
		b.room.ServeHTTP(rec, r)
	}
	b.Status, b.Header, b.Body = rec.Code, rec.Header(), rec.Body.String()
	for _, c := range rec.Result().Cookies() {
		if c.Name != b.room.cookieName() {
			continue
		}
		if b.cookie = c; c.MaxAge < 0 {
			b.cookie = nil
		}
	}
	if i := strings.Index(b.Body, "⟦"); i >= 0 {
		b.t.Errorf("%s %s: a text is missing: %s", method, path, b.Body[i:min(len(b.Body), i+80)])
	}
	if strings.Contains(b.Body, "ZgotmplZ") {
		b.t.Errorf("%s %s: the template refused a value", method, path)
	}
	return b
}

// untilFlushed is a browser that goes away after the first message of a stream.
type untilFlushed struct {
	*httptest.ResponseRecorder
	end func()
}

func (u untilFlushed) Flush() { u.end() }

// want checks the status and that the page says all of the words.
func (b *browser) want(status int, words ...string) *browser {
	b.t.Helper()
	if b.Status != status {
		b.t.Fatalf("status %d, want %d\n%s", b.Status, status, plainText(b.Body))
	}
	for _, w := range words {
		if !strings.Contains(b.Body, w) {
			b.t.Errorf("the page does not say %q:\n%s", w, plainText(b.Body))
		}
	}
	return b
}

func (b *browser) not(words ...string) *browser {
	b.t.Helper()
	for _, w := range words {
		if strings.Contains(b.Body, w) {
			b.t.Errorf("the page says %q:\n%s", w, plainText(b.Body))
		}
	}
	return b
}

// follow goes where the last answer leads.
func (b *browser) follow() *browser {
	b.t.Helper()
	if b.Status != http.StatusSeeOther {
		b.t.Fatalf("status %d, want 303\n%s", b.Status, plainText(b.Body))
	}
	path, _, _ := strings.Cut(b.Header.Get("Location"), "#")
	return b.get(path)
}

// plainText leaves a page's tags out, for messages.
func plainText(page string) string {
	var b bytes.Buffer
	in := false
	for _, r := range page {
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
		case !in:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
