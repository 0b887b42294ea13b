package auth

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Place is where the desk stands, as a browser knows it. A passkey is made for
// its domain and opens nothing elsewhere.
type Place struct {
	Origin string // such as https://desk.courier.example
	Domain string // such as desk.courier.example
	Paper  string // its name, for the browser's own window
}

// PlaceOf reads a desk's address. Passkeys need a name and HTTPS, or
// localhost: any other address is refused with news.Invalid.
func PlaceOf(address, paper string) (Place, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Place{}, noPasskeys()
	}
	host := u.Hostname()
	_, notName := netip.ParseAddr(host)
	local := host == "localhost" || strings.HasSuffix(host, ".localhost")
	if host == "" || notName == nil || !(u.Scheme == "https" || u.Scheme == "http" && local) {
		return Place{}, noPasskeys()
	}
	return Place{Origin: u.Scheme + "://" + u.Host, Domain: host, Paper: paper}, nil
}

func noPasskeys() error {
	return news.Refuse(news.Invalid, "auth.refused.passkey.address", "passkeys need the desk at a name with https, or at localhost")
}

func (p Place) party() (*webauthn.WebAuthn, error) {
	w, err := webauthn.New(&webauthn.Config{RPID: p.Domain, RPDisplayName: p.Paper, RPOrigins: []string{p.Origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired}})
	if err != nil {
		return nil, fmt.Errorf("prepare passkeys: %w", err)
	}
	return w, nil
}

// keyholder is a person as the library asks for them.
type keyholder struct {
	handle []byte
	person news.Person
	keys   []webauthn.Credential
}

func (k keyholder) WebAuthnID() []byte                         { return k.handle }
func (k keyholder) WebAuthnName() string                       { return k.person.Email }
func (k keyholder) WebAuthnDisplayName() string                { return k.person.Name }
func (k keyholder) WebAuthnCredentials() []webauthn.Credential { return k.keys }

// keyholder gives a person the handle under which devices keep their keys: it
// says nothing of them.
func (a *Auth) keyholder(ctx context.Context, p news.Person, keys ...news.Passkey) (keyholder, error) {
	secret, err := a.paperSecret(ctx)
	if err != nil {
		return keyholder{}, err
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("passkey\x00" + strconv.FormatInt(int64(p.ID), 10)))
	k := keyholder{handle: mac.Sum(nil), person: p}
	for _, key := range keys {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(key.Credential), &c); err != nil {
			return k, fmt.Errorf("read the passkey %q: %w", key.Name, err)
		}
		k.keys = append(k.keys, c)
	}
	return k, nil
}

// Ceremony is a question for a device: Options for the browser's
// navigator.credentials, and a Ticket that goes back with the answer.
type Ceremony struct {
	Options any    `json:"options"`
	Ticket  string `json:"ticket"`
}

type ceremonyTicket struct {
	Person  news.PersonID        `json:"person"` // 0 = whoever it will be
	Session webauthn.SessionData `json:"session"`
}

// AskPasskey begins a sign-in by passkey. It keeps nothing and says nothing of
// who works here.
func (a *Auth) AskPasskey(ctx context.Context, at Place) (Ceremony, error) {
	w, err := at.party()
	if err != nil {
		return Ceremony{}, err
	}
	options, session, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	ticket, err := a.giveTicket(ctx, "passkey "+at.Domain, ceremonyTicket{Session: *session}, ticketTime)
	return Ceremony{options.Response, ticket}, err
}

// SignInByPasskey begins a session by the answer of somebody's device. No
// count of failures holds it up: a signature cannot be guessed. An answer
// made for another address is news.Forbidden and says so.
func (a *Auth) SignInByPasskey(ctx context.Context, at Place, ticket string, answer []byte, c Caller) (Entrance, error) {
	var t ceremonyTicket
	until, err := a.takeTicket(ctx, "passkey "+at.Domain, ticket, &t)
	if err != nil {
		return Entrance{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Entrance{}, unreadableKey(err)
	}
	if err := at.checkOrigin(parsed.Response.CollectedClientData.Origin); err != nil {
		return Entrance{}, err
	}
	key, err := a.store.Passkey(ctx, base64.RawURLEncoding.EncodeToString(parsed.RawID))
	if err != nil {
		return Entrance{}, notFoundIs(err, unknownKey())
	}
	p, err := a.store.Person(ctx, key.Person)
	if err != nil {
		return Entrance{}, err
	}
	holder, err := a.keyholder(ctx, p, key)
	if err != nil {
		return Entrance{}, err
	}
	used, err := at.check(holder, t.Session, parsed)
	if err != nil || p.Disabled {
		return Entrance{}, a.failed(ctx, p.ID, news.WayPasskey, c, unknownKey())
	}
	stored, err := a.store.Secret(ctx, p.ID)
	if err != nil {
		return Entrance{}, err
	}
	key.Credential, key.UsedAt = used, a.now()
	return a.open(ctx, "sign in by passkey", p, stored, news.WayPasskey, c, func(tx *store.Tx) error {
		if err := unchanged(ctx, tx, p.ID, stored); err != nil {
			return err
		}
		if _, err := tx.Passkey(ctx, key.ID); err != nil {
			return notFoundIs(err, unknownKey())
		}
		if err := spend(ctx, tx, ticket, until); err != nil {
			return err
		}
		return tx.UsePasskey(ctx, key)
	})
}

// check verifies a device's answer and returns the credential with its new counter.
func (at Place) check(holder keyholder, session webauthn.SessionData, parsed *protocol.ParsedCredentialAssertionData) (string, error) {
	w, err := at.party()
	if err != nil {
		return "", err
	}
	find := func(_, handle []byte) (webauthn.User, error) {
		if !bytes.Equal(handle, holder.handle) {
			return nil, unknownKey()
		}
		return holder, nil
	}
	_, credential, err := w.ValidatePasskeyLogin(find, session, parsed)
	if err != nil {
		return "", err
	}
	if credential.Authenticator.CloneWarning { // its counter went back: there are two of it
		return "", unknownKey()
	}
	text, err := json.Marshal(credential)
	return string(text), err
}

// checkOrigin refuses an answer that a browser gave to another address.
func (at Place) checkOrigin(origin string) error {
	if origin == at.Origin {
		return nil
	}
	if len(origin) > 200 {
		origin = origin[:200]
	}
	e := news.Refuse(news.Forbidden, "auth.refused.passkey.origin", "this answer was made at %s; passkeys of this desk work at %s only", origin, at.Origin)
	e.Args = []any{strings.ToValidUTF8(origin, ""), at.Origin}
	return e
}

func unknownKey() error {
	return news.Refuse(news.Forbidden, "auth.refused.passkey", "this passkey opens nothing here, or no longer")
}

func unreadableKey(err error) error {
	e := news.Refuse(news.Invalid, "auth.refused.passkey.unread", "the browser's answer cannot be read: try again")
	e.Err = err
	return e
}

// mostPasskeys is how many passkeys a person may have.
const mostPasskeys = 20

// OfferPasskey begins to add a passkey to a person's own account. Devices that
// hold one already are left out.
func (a *Auth) OfferPasskey(ctx context.Context, at Place, p news.Person) (Ceremony, error) {
	w, err := at.party()
	if err != nil {
		return Ceremony{}, err
	}
	keys, err := a.store.Passkeys(ctx, p.ID)
	if err != nil {
		return Ceremony{}, err
	}
	if len(keys) >= mostPasskeys {
		return Ceremony{}, news.Refuse(news.Conflict, "auth.refused.passkey.many", "you have %d passkeys: remove one first", mostPasskeys)
	}
	holder, err := a.keyholder(ctx, p, keys...)
	if err != nil {
		return Ceremony{}, err
	}
	options, session, err := w.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.keys).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("offer a passkey: %w", err)
	}
	ticket, err := a.giveTicket(ctx, "new passkey "+at.Domain, ceremonyTicket{p.ID, *session}, ticketTime)
	return Ceremony{options.Response, ticket}, err
}

// AddPasskey keeps what a person's device made. The session has proved more
// than a password by it.
func (a *Auth) AddPasskey(ctx context.Context, at Place, p news.Person, token, ticket, name string, answer []byte, c Caller) error {
	name, err := news.KeyName(name)
	if err != nil {
		return err
	}
	key, until, err := a.madeKey(ctx, at, p, ticket, answer)
	if err != nil {
		return err
	}
	key.Name = name
	return a.store.Write(ctx, "keep a passkey", func(tx *store.Tx) error {
		if _, err := a.mayChangeWays(ctx, tx, p.ID, token); err != nil {
			return err
		}
		if err := spend(ctx, tx, ticket, until); err != nil {
			return err
		}
		if err := tx.AddPasskey(ctx, key); err != nil {
			return err
		}
		if err := tx.Strengthen(ctx, tokenHash(token)); err != nil {
			return err
		}
		return a.changedBy(ctx, tx, p, "added a passkey", news.AccountEntry{Kind: news.AccountKeyAdded, Detail: name}, c)
	})
}

// madeKey verifies what a device made.
func (a *Auth) madeKey(ctx context.Context, at Place, p news.Person, ticket string, answer []byte) (news.Passkey, time.Time, error) {
	var key news.Passkey
	var t ceremonyTicket
	until, err := a.takeTicket(ctx, "new passkey "+at.Domain, ticket, &t)
	if err != nil {
		return key, until, err
	}
	if t.Person != p.ID {
		return key, until, stale()
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return key, until, unreadableKey(err)
	}
	if err := at.checkOrigin(parsed.Response.CollectedClientData.Origin); err != nil {
		return key, until, err
	}
	w, err := at.party()
	if err != nil {
		return key, until, err
	}
	holder, err := a.keyholder(ctx, p)
	if err != nil {
		return key, until, err
	}
	credential, err := w.CreateCredential(holder, t.Session, parsed)
	if err != nil {
		return key, until, unreadableKey(err)
	}
	text, err := json.Marshal(credential)
	if err != nil {
		return key, until, fmt.Errorf("keep a passkey: %w", err)
	}
	id := base64.RawURLEncoding.EncodeToString(credential.ID)
	return news.Passkey{ID: id, Person: p.ID, Domain: at.Domain, Credential: string(text), MadeAt: a.now()}, until, nil
}

// RemovePasskey forgets one of a person's passkeys, but never their last way in.
func (a *Auth) RemovePasskey(ctx context.Context, p news.Person, token, id string, c Caller) error {
	return a.store.Write(ctx, "remove a passkey", func(tx *store.Tx) error {
		w, err := a.mayChangeWays(ctx, tx, p.ID, token)
		if err != nil {
			return err
		}
		name, left := "", []news.Passkey(nil)
		for _, k := range w.Passkeys {
			if k.ID == id {
				name = k.Name
			} else {
				left = append(left, k)
			}
		}
		if name == "" {
			return nil // it was removed already
		}
		w.Passkeys = left
		if err := staysIn(ctx, tx, p.ID, w); err != nil {
			return err
		}
		if err := tx.RemovePasskey(ctx, p.ID, id); err != nil {
			return err
		}
		return a.changedBy(ctx, tx, p, "removed a passkey", news.AccountEntry{Kind: news.AccountKeyRemoved, Detail: name}, c)
	})
}
