package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"broadsheet/internal/fetch"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Sign-in by a house's own identity server (OpenID Connect, authorization code
// with PKCE). It opens accounts that are there: it makes nobody a member of
// staff, and ties no owner by an e-mail address alone.

// IdentitySettings are what an owner says of the house's identity server.
type IdentitySettings struct {
	news.IdentityServer
	NewSecret string // "" = the one that is kept
}

// SaveIdentityServer keeps the house's identity server, after it has said who
// it is. Owners only.
func (a *Auth) SaveIdentityServer(ctx context.Context, actor news.PersonID, in IdentitySettings) error {
	s := in.IdentityServer
	s.Name, s.Issuer, s.ClientID, s.PrivateHost = strings.TrimSpace(s.Name), strings.TrimSpace(s.Issuer), strings.TrimSpace(s.ClientID), strings.ToLower(strings.TrimSpace(s.PrivateHost))
	if err := checkServer(s); err != nil {
		return err
	}
	p, err := a.store.Person(ctx, actor)
	if err != nil {
		return notFoundIs(err, ownersOnly())
	}
	if !p.May(news.Owner) {
		return ownersOnly()
	}
	if s.Open {
		if _, err := provider(ctx, s); err != nil {
			return err
		}
	}
	sealed := ""
	if in.NewSecret != "" {
		if sealed, err = a.seal(a.sealKey, "identity server", []byte(in.NewSecret)); err != nil {
			return err
		}
	}
	return a.store.Write(ctx, "keep the identity server", func(tx *store.Tx) error {
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		was, err := tx.IdentityServer(ctx)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if s.Secret = sealed; sealed == "" && was.Issuer == s.Issuer { // another server is not handed the old one's secret
			s.Secret = was.Secret
		}
		if err := tx.SaveIdentityServer(ctx, s); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventPerson, At: a.now(), Actor: actor, Note: "the identity server is " + s.Issuer})
	})
}

func checkServer(s news.IdentityServer) error {
	u, err := url.Parse(s.Issuer)
	private := s.PrivateHost != "" && err == nil && strings.EqualFold(u.Hostname(), s.PrivateHost)
	switch {
	case utf8.RuneCountInString(s.Name) == 0 || utf8.RuneCountInString(s.Name) > 60:
		return news.Refuse(news.Invalid, "error.identity.name", "its name has 1 to 60 characters").In("name")
	case err != nil || u.Host == "" || u.User != nil || u.RawQuery+u.Fragment != "" || len(s.Issuer) > 500 || u.Scheme != "https" && !(u.Scheme == "http" && private):
		return news.Refuse(news.Invalid, "error.identity.issuer", "the address of an identity server begins with https://").In("issuer")
	case s.ClientID == "" || len(s.ClientID) > 500:
		return news.Refuse(news.Invalid, "error.identity.client", "the identity server has given the desk a client ID").In("client_id")
	case s.PrivateHost != "" && !private:
		return news.Refuse(news.Invalid, "error.identity.private", "the private host is the one of the server's own address").In("private_host")
	}
	return nil
}

// provider asks the identity server who it is.
func provider(ctx context.Context, s news.IdentityServer) (*oidc.Provider, error) {
	p, err := oidc.NewProvider(asking(ctx, s), s.Issuer)
	if errors.Is(err, fetch.ErrRefused) {
		return nil, withCause(news.Refuse(news.Invalid, "error.identity.refused", "this server stands in a network that may not be asked: name its host as private").In("issuer"), err)
	}
	if err != nil {
		return nil, withCause(news.Refuse(news.Invalid, "error.identity.silent", "the identity server does not answer as one").In("issuer"), err)
	}
	return p, nil
}

func withCause(e *news.Error, cause error) error {
	e.Err = cause
	return e
}

func asking(ctx context.Context, s news.IdentityServer) context.Context {
	return oidc.ClientContext(ctx, fetch.Client(fetch.Options{PrivateHost: s.PrivateHost}))
}

// identityTicket is what the browser holds while it is at the identity server.
type identityTicket struct {
	Issuer   string        `json:"issuer"`
	State    string        `json:"state"`
	Nonce    string        `json:"nonce"`
	Verifier string        `json:"verifier"`
	Person   news.PersonID `json:"person"` // who ties their account; 0 = somebody signs in
	To       string        `json:"to"`
}

// AskIdentity begins a sign-in at the identity server, or, for a person, the
// tying of their account. It returns the address to go to and a ticket for the
// browser's own cookie. back is the desk's address for the answer.
func (a *Auth) AskIdentity(ctx context.Context, back, to string, person news.PersonID) (address, ticket string, err error) {
	s, config, _, err := a.identityParty(ctx, back)
	if err != nil {
		return "", "", err
	}
	t := identityTicket{Issuer: s.Issuer, Verifier: oauth2.GenerateVerifier(), Person: person, To: to}
	if t.State, err = a.newSecret(); err != nil {
		return "", "", err
	}
	if t.Nonce, err = a.newSecret(); err != nil {
		return "", "", err
	}
	if ticket, err = a.giveTicket(ctx, "identity", t, setUpTime); err != nil {
		return "", "", err
	}
	return config.AuthCodeURL(t.State, oidc.Nonce(t.Nonce), oauth2.S256ChallengeOption(t.Verifier)), ticket, nil
}

func (a *Auth) identityParty(ctx context.Context, back string) (news.IdentityServer, oauth2.Config, *oidc.Provider, error) {
	s, err := a.store.IdentityServer(ctx)
	if err != nil || !s.Open {
		if err == nil || news.CodeOf(err) == news.NotFound {
			err = news.Refuse(news.NotFound, "auth.refused.identity.none", "this paper has no identity server")
		}
		return s, oauth2.Config{}, nil, err
	}
	secret := []byte(nil)
	if s.Secret != "" {
		if secret, err = unseal(a.sealKey, "identity server", s.Secret); err != nil {
			return s, oauth2.Config{}, nil, err
		}
	}
	p, err := provider(ctx, s)
	if err != nil {
		return s, oauth2.Config{}, nil, err
	}
	return s, oauth2.Config{ClientID: s.ClientID, ClientSecret: string(secret), Endpoint: p.Endpoint(), RedirectURL: back, Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}, p, nil
}

// IdentityAnswer is what the browser brings back from the identity server.
type IdentityAnswer struct {
	Ticket, State, Code string
	Back                string // the desk's address for the answer
	Token               string // the session, where somebody is signed in
	Caller
}

// SignInByIdentity takes the answer: it begins a session, or ties the account
// of who asked for that (then there is no token). to is where they wanted to go.
func (a *Auth) SignInByIdentity(ctx context.Context, in IdentityAnswer) (e Entrance, to string, err error) {
	var t identityTicket
	until, err := a.takeTicket(ctx, "identity", in.Ticket, &t)
	if err != nil {
		return e, "", err
	}
	if subtle.ConstantTimeCompare([]byte(t.State), []byte(in.State)) != 1 || in.Code == "" {
		return e, "", stale()
	}
	who, err := a.claims(ctx, in, t)
	if err != nil {
		return e, "", err
	}
	if t.Person != 0 {
		return e, "/account", a.tie(ctx, in, t, until, who)
	}
	p, err := a.meant(ctx, a.store, who)
	if err != nil {
		return e, "", err
	}
	stored, err := a.store.Secret(ctx, p.ID)
	if err != nil {
		return e, "", err
	}
	e, err = a.open(ctx, "sign in by the identity server", p, stored, news.WayIdentity, in.Caller, func(tx *store.Tx) error {
		if err := unchanged(ctx, tx, p.ID, stored); err != nil {
			return err
		}
		again, err := a.meant(ctx, tx, who)
		if err != nil {
			return err
		}
		if again.ID != p.ID {
			return stale()
		}
		if err := spend(ctx, tx, in.Ticket, until); err != nil {
			return err
		}
		return a.tieOnce(ctx, tx, p, who, in.Caller)
	})
	return e, t.To, err
}

// identityClaims are what the identity server says of somebody.
type identityClaims struct {
	Issuer, Subject string
	Email           string
	Verified        bool
}

// claims changes the code for the identity server's word, and checks that.
func (a *Auth) claims(ctx context.Context, in IdentityAnswer, t identityTicket) (identityClaims, error) {
	s, config, p, err := a.identityParty(ctx, in.Back)
	if err != nil {
		return identityClaims{}, err
	}
	if s.Issuer != t.Issuer {
		return identityClaims{}, stale()
	}
	ctx = asking(ctx, s)
	tokens, err := config.Exchange(ctx, in.Code, oauth2.VerifierOption(t.Verifier))
	if err != nil {
		return identityClaims{}, notVouched(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	id, err := p.Verifier(&oidc.Config{ClientID: s.ClientID, Now: a.now}).Verify(ctx, raw)
	if err != nil {
		return identityClaims{}, notVouched(err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(t.Nonce)) != 1 {
		return identityClaims{}, notVouched(errors.New("another nonce"))
	}
	var said struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := id.Claims(&said); err != nil {
		return identityClaims{}, notVouched(err)
	}
	if said.Email == "" { // some servers say it only when they are asked again
		info, err := p.UserInfo(ctx, config.TokenSource(ctx, tokens))
		if err != nil {
			return identityClaims{}, notVouched(err)
		}
		if info.Subject == id.Subject {
			said.Email, said.Verified = info.Email, info.EmailVerified
		}
	}
	return identityClaims{Issuer: id.Issuer, Subject: id.Subject, Email: normalEmail(said.Email), Verified: said.Verified}, nil
}

func notVouched(cause error) error {
	return withCause(news.Refuse(news.Forbidden, "auth.refused.identity", "the identity server did not vouch for you: try again"), cause)
}

// identities is the store, or an act in it.
type identities interface {
	IdentityOf(ctx context.Context, issuer, subject string) (news.PersonID, error)
	Person(ctx context.Context, id news.PersonID) (news.Person, error)
	PersonByEmail(ctx context.Context, email string) (news.Person, error)
}

// meant is the member of staff of whom the identity server speaks: who is tied
// to it, else who has the e-mail address it has verified. It makes nobody one.
func (a *Auth) meant(ctx context.Context, r identities, who identityClaims) (news.Person, error) {
	nobody := news.Refuse(news.Forbidden, "auth.refused.identity.nobody", "nobody of the staff has the e-mail address that the identity server has verified: ask an owner to add you")
	id, err := r.IdentityOf(ctx, who.Issuer, who.Subject)
	if err == nil {
		p, err := r.Person(ctx, id)
		if err == nil && p.Disabled {
			err = nobody
		}
		return p, err
	}
	if news.CodeOf(err) != news.NotFound {
		return news.Person{}, err
	}
	if !who.Verified || who.Email == "" {
		return news.Person{}, nobody
	}
	p, err := r.PersonByEmail(ctx, who.Email)
	switch {
	case err != nil:
		return news.Person{}, notFoundIs(err, nobody)
	case p.Disabled:
		return news.Person{}, nobody
	case p.May(news.Owner): // whoever runs that server would run the paper
		return news.Person{}, news.Refuse(news.Forbidden, "auth.refused.identity.owner", "an owner's account is tied from the inside: sign in another way and tie it on your account")
	}
	return p, nil
}

// tieOnce keeps whom the identity server means, the first time.
func (a *Auth) tieOnce(ctx context.Context, tx *store.Tx, p news.Person, who identityClaims, c Caller) error {
	id, err := tx.IdentityOf(ctx, who.Issuer, who.Subject)
	switch {
	case err == nil && id == p.ID:
		return nil
	case err == nil:
		return news.Refuse(news.Conflict, "auth.refused.identity.taken", "this account of the identity server is tied to somebody else")
	case news.CodeOf(err) != news.NotFound:
		return err
	}
	if err := tx.Tie(ctx, who.Issuer, who.Subject, p.ID, a.now()); err != nil {
		return err
	}
	return a.changedBy(ctx, tx, p, "tied to the identity server", news.AccountEntry{Kind: news.AccountIdentity}, c)
}

// tie ties the account of who is signed in.
func (a *Auth) tie(ctx context.Context, in IdentityAnswer, t identityTicket, until time.Time, who identityClaims) error {
	return a.store.Write(ctx, "tie to the identity server", func(tx *store.Tx) error {
		if _, err := a.mayChangeWays(ctx, tx, t.Person, in.Token); err != nil {
			return err
		}
		p, err := tx.Person(ctx, t.Person)
		if err != nil {
			return err
		}
		if err := spend(ctx, tx, in.Ticket, until); err != nil {
			return err
		}
		return a.tieOnce(ctx, tx, p, who, in.Caller)
	})
}

// Untie ends the tie of a person to the identity server, but never their last
// way in.
func (a *Auth) Untie(ctx context.Context, p news.Person, token string, c Caller) error {
	return a.store.Write(ctx, "untie from the identity server", func(tx *store.Tx) error {
		w, err := a.mayChangeWays(ctx, tx, p.ID, token)
		if err != nil {
			return err
		}
		w.Identity = false
		if err := staysIn(ctx, tx, p.ID, w); err != nil {
			return err
		}
		if err := tx.Untie(ctx, p.ID); err != nil {
			return err
		}
		return a.changedBy(ctx, tx, p, "untied from the identity server", news.AccountEntry{Kind: news.AccountUntied}, c)
	})
}
