package auth

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"

	"broadsheet/internal/news"
)

const back = "http://localhost:8081/sign-in/identity/done"

// house is an identity server of Zitadel's, with some people of the paper.
type house struct {
	t      *testing.T
	issuer string
}

func newHouse(t *testing.T, d desk) house {
	t.Helper()
	people := map[string]map[string]any{}
	for name, p := range map[string]struct {
		email    string
		verified bool
	}{"rana": {d.Reporter.Email, true}, "edda": {d.Editor.Email, false}, "olga": {d.Owner.Email, true}, "stranger": {"stranger@valmere.example", true}} {
		people["id-"+name] = map[string]any{"ID": "id-" + name, "Username": name, "Password": "verysecure", "Email": p.email, "EmailVerified": p.verified, "PreferredLanguage": "en"}
	}
	text, err := json.Marshal(people)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "people.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	users, err := storage.StoreFromFile(file)
	if err != nil {
		t.Fatal(err)
	}
	storage.RegisterClients(storage.WebClient("desk", "the desk's secret", back))
	var door http.Handler
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { door.ServeHTTP(w, r) }))
	t.Cleanup(s.Close)
	door = exampleop.SetupServer(s.URL, storage.NewStorage(users), slog.New(slog.DiscardHandler), false)
	d.Clock.Move(time.Until(d.Clock.Now())) // that server has a clock of its own
	return house{t, s.URL}
}

func (h house) settings() IdentitySettings {
	u, _ := url.Parse(h.issuer)
	return IdentitySettings{IdentityServer: news.IdentityServer{Name: "House", Issuer: h.issuer, ClientID: "desk", PrivateHost: u.Hostname(), Open: true}, NewSecret: "the desk's secret"}
}

var requestID = regexp.MustCompile(`name="id" value="([^"]+)"`)

// visit goes through the server's own pages as a person, and returns what
// comes back to the desk.
func (h house) visit(address, name string) url.Values {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	var answer url.Values
	c := &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), back) {
			answer = r.URL.Query()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	res, err := c.Get(address)
	if err != nil {
		h.t.Fatal(err)
	}
	page, _ := io.ReadAll(res.Body)
	res.Body.Close()
	id := requestID.FindSubmatch(page)
	if id == nil {
		h.t.Fatalf("the server shows no sign-in: %d %s", res.StatusCode, page)
	}
	res, err = c.PostForm(h.issuer+"/login/username", url.Values{"id": {string(id[1])}, "username": {name}, "password": {"verysecure"}})
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	if page, _ = io.ReadAll(res.Body); answer == nil {
		h.t.Fatalf("the server did not come back: %d %s", res.StatusCode, page)
	}
	return answer
}

// ask begins and goes through the server.
func (h house) ask(d desk, name string, person news.PersonID) IdentityAnswer {
	h.t.Helper()
	address, ticket, err := d.AskIdentity(h.t.Context(), back, "/notes", person)
	if err != nil {
		h.t.Fatal(err)
	}
	if u, err := url.Parse(address); err != nil || u.Query().Get("code_challenge_method") != "S256" || u.Query().Get("nonce") == "" {
		h.t.Fatalf("%s: no PKCE or nonce", address)
	}
	said := h.visit(address, name)
	return IdentityAnswer{Ticket: ticket, State: said.Get("state"), Code: said.Get("code"), Back: back, Caller: Caller{home, "test browser"}}
}

func TestIdentityServer(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx, h := t.Context(), newHouse(t, d)
		s := h.settings()
		wantCode(t, "by a chief", d.SaveIdentityServer(ctx, d.Chief.ID, s), news.Forbidden, "auth.refused.owners")
		hidden := s
		hidden.PrivateHost = ""
		wantCode(t, "http to a host that nobody named", d.SaveIdentityServer(ctx, d.Owner.ID, hidden), news.Invalid, "error.identity.issuer")
		hidden.Issuer = strings.Replace(h.issuer, "http:", "https:", 1)
		wantCode(t, "the house's own network", d.SaveIdentityServer(ctx, d.Owner.ID, hidden), news.Invalid, "error.identity.refused")
		if err := d.SaveIdentityServer(ctx, d.Owner.ID, s); err != nil {
			t.Fatal(err)
		}
		if kept, err := d.Store.IdentityServer(ctx); err != nil || bytes.Contains([]byte(kept.Secret), []byte("secret")) || kept.Secret == "" {
			t.Errorf("kept is %+v, %v", kept, err)
		}
		in := h.ask(d, "rana", 0)
		wrongState := in
		wrongState.State += "x"
		_, _, err := d.SignInByIdentity(ctx, wrongState)
		wantCode(t, "another state", err, news.Conflict, "auth.refused.stale")
		e, to, err := d.SignInByIdentity(ctx, in)
		if err != nil || to != "/notes" {
			t.Fatalf("%v, %q", err, to)
		}
		d.holds(t, e.Token, d.Reporter)
		if strong, _ := d.Strong(ctx, e.Token); !strong {
			t.Error("the house's own server counts as a password")
		}
		_, _, err = d.SignInByIdentity(ctx, in)
		if err == nil {
			t.Error("an answer opened twice")
		}
		people, err := d.Store.People(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for name, key := range map[string]string{"stranger": "auth.refused.identity.nobody", "edda": "auth.refused.identity.nobody", "olga": "auth.refused.identity.owner"} {
			_, _, err = d.SignInByIdentity(ctx, h.ask(d, name, 0))
			wantCode(t, name, err, news.Forbidden, key)
		}
		if after, err := d.Store.People(ctx); err != nil || len(after) != len(people) {
			t.Errorf("it made somebody: %+v", after)
		}
		d.tiesAnOwner(t, h)
	})
}

// tiesAnOwner: from the inside, and then the server opens for them too.
func (d desk) tiesAnOwner(t *testing.T, h house) {
	t.Helper()
	ctx, token := t.Context(), d.signIn(t, d.Owner)
	in := h.ask(d, "olga", d.Owner.ID)
	_, _, err := d.SignInByIdentity(ctx, in)
	wantCode(t, "tying without a session", err, news.SignedOut, "auth.refused.signed-out")
	in = h.ask(d, "olga", d.Owner.ID)
	in.Token = token
	if e, _, err := d.SignInByIdentity(ctx, in); err != nil || e.Token != "" {
		t.Fatalf("%+v, %v", e, err)
	}
	if e, _, err := d.SignInByIdentity(ctx, h.ask(d, "olga", 0)); err != nil || e.Person.ID != d.Owner.ID {
		t.Errorf("tied, it opens: %v", err)
	}
	wantCode(t, "untying with a password only", d.Untie(ctx, d.Owner, token, Caller{}), news.Forbidden, "auth.refused.weak")
	e, _, err := d.SignInByIdentity(ctx, h.ask(d, "olga", 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Untie(ctx, d.Owner, e.Token, Caller{}); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.SignInByIdentity(ctx, h.ask(d, "olga", 0))
	wantCode(t, "untied", err, news.Forbidden, "auth.refused.identity.owner")
	closed := d.Reporter
	closed.Disabled = true
	if err := d.SavePerson(ctx, d.Owner.ID, closed); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.SignInByIdentity(ctx, h.ask(d, "rana", 0))
	wantCode(t, "a closed account", err, news.Forbidden, "auth.refused.identity.nobody")
}
