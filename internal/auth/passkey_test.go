package auth

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/descope/virtualwebauthn"

	"broadsheet/internal/news"
)

var deskPlace = Place{Origin: "https://desk.valmere.example", Domain: "desk.valmere.example", Paper: "Valmere Press"}

// device is a phone with one passkey.
type device struct {
	t   *testing.T
	d   desk
	rp  virtualwebauthn.RelyingParty
	all virtualwebauthn.Authenticator
	key virtualwebauthn.Credential
}

func newDevice(t *testing.T, d desk) *device {
	return &device{t: t, d: d, rp: virtualwebauthn.RelyingParty{ID: deskPlace.Domain, Name: deskPlace.Paper, Origin: deskPlace.Origin},
		all: virtualwebauthn.NewAuthenticator(), key: newKey()}
}

// wholeKey is the length of a P-256 key in COSE with 32 bytes a coordinate (RFC 8152 §13.1.1).
const wholeKey = 77

// newKey draws until both coordinates fill their 32 bytes: virtualwebauthn
// writes one that begins with a zero shorter, as no real device does, and the
// server is right to refuse it.
func newKey() virtualwebauthn.Credential {
	for {
		key := virtualwebauthn.NewCredential(virtualwebauthn.KeyTypeEC2)
		if len(key.Key.AttestationData()) == wholeKey {
			return key
		}
	}
}

func optionsOf(t *testing.T, c Ceremony) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"publicKey": c.Options})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// make answers an offer.
func (v *device) make(c Ceremony) []byte {
	v.t.Helper()
	options, err := virtualwebauthn.ParseAttestationOptions(optionsOf(v.t, c))
	if err != nil {
		v.t.Fatal(err)
	}
	v.all.Options.UserHandle = []byte(options.UserID)
	return []byte(virtualwebauthn.CreateAttestationResponse(v.rp, v.all, v.key, *options))
}

// answer answers a question.
func (v *device) answer(c Ceremony) []byte {
	v.t.Helper()
	options, err := virtualwebauthn.ParseAssertionOptions(optionsOf(v.t, c))
	if err != nil {
		v.t.Fatal(err)
	}
	return []byte(virtualwebauthn.CreateAssertionResponse(v.rp, v.all, v.key, *options))
}

// add gives a person a passkey on this device.
func (v *device) add(who news.Person, token, name string) error {
	v.t.Helper()
	c, err := v.d.OfferPasskey(v.t.Context(), deskPlace, who)
	if err != nil {
		return err
	}
	return v.d.AddPasskey(v.t.Context(), deskPlace, who, token, c.Ticket, name, v.make(c), Caller{home, "test browser"})
}

func (v *device) ask() Ceremony {
	v.t.Helper()
	c, err := v.d.AskPasskey(v.t.Context(), deskPlace)
	if err != nil {
		v.t.Fatal(err)
	}
	return c
}

func (v *device) signIn() (Entrance, error) {
	c := v.ask()
	return v.d.SignInByPasskey(v.t.Context(), deskPlace, c.Ticket, v.answer(c), Caller{home, "test browser"})
}

func TestPasskey(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		phone, token := newDevice(t, d), d.signIn(t, d.Reporter)
		if err := phone.add(d.Reporter, token, "  my \n phone "); err != nil {
			t.Fatal(err)
		}
		d.hashes.Store(0)
		phone.key.Counter++
		e, err := phone.signIn()
		if err != nil || e.Person.ID != d.Reporter.ID {
			t.Fatalf("%v for %d", err, e.Person.ID)
		}
		d.holds(t, e.Token, d.Reporter)
		if strong, err := d.Strong(t.Context(), e.Token); err != nil || !strong {
			t.Errorf("the session counts as %v, %v", strong, err)
		}
		if d.hashes.Load() != 0 {
			t.Error("a passkey cost a password's work")
		}
		keys, err := d.Store.Passkeys(t.Context(), d.Reporter.ID)
		if err != nil || len(keys) != 1 || keys[0].Name != "my phone" || !keys[0].UsedAt.Equal(d.Clock.Now()) || keys[0].Domain != deskPlace.Domain {
			t.Errorf("kept are %+v, %v", keys, err)
		}
		if _, err := phone.signIn(); news.CodeOf(err) != news.Forbidden {
			t.Errorf("a counter that stands still: %v; there are two of this key", err)
		}
		other := newDevice(t, d)
		other.all.Options.UserHandle = phone.all.Options.UserHandle
		_, err = other.signIn()
		wantCode(t, "a key that nobody made", err, news.Forbidden, "auth.refused.passkey")
		other.key.ID = phone.key.ID
		_, err = other.signIn()
		wantCode(t, "a foreign key under a known name", err, news.Forbidden, "auth.refused.passkey")
		phone.key.Counter, phone.all.Options.UserNotVerified = 9, true
		_, err = phone.signIn()
		wantCode(t, "without finger, face or PIN", err, news.Forbidden, "auth.refused.passkey")
	})
}

func TestPasskeyOfAnotherOrigin(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		phone, token := newDevice(t, d), d.signIn(t, d.Reporter)
		phone.rp.Origin = "https://desk.va1mere.example"
		wantCode(t, "made at a false page", phone.add(d.Reporter, token, "phone"), news.Forbidden, "auth.refused.passkey.origin")
		phone.rp.Origin = deskPlace.Origin
		if err := phone.add(d.Reporter, token, "phone"); err != nil {
			t.Fatal(err)
		}
		phone.rp.Origin = "https://desk.va1mere.example"
		phone.key.Counter++
		_, err := phone.signIn()
		wantCode(t, "used at a false page", err, news.Forbidden, "auth.refused.passkey.origin")
		if !strings.Contains(err.Error(), "va1mere") || !strings.Contains(err.Error(), deskPlace.Origin) {
			t.Errorf("it says %q", err)
		}
		phone.rp.Origin, phone.rp.ID = deskPlace.Origin, "va1mere.example"
		_, err = phone.signIn()
		wantCode(t, "of another domain", err, news.Forbidden, "auth.refused.passkey")
	})
}

func TestPasskeyAnswersOnce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		phone, token := newDevice(t, d), d.signIn(t, d.Reporter)
		if err := phone.add(d.Reporter, token, "phone"); err != nil {
			t.Fatal(err)
		}
		ctx, c := t.Context(), phone.ask()
		answer := phone.answer(c)
		if _, err := d.SignInByPasskey(ctx, deskPlace, c.Ticket, answer, Caller{}); err != nil {
			t.Fatal(err)
		}
		_, err := d.SignInByPasskey(ctx, deskPlace, c.Ticket, answer, Caller{})
		wantCode(t, "the same answer again", err, news.Conflict, "auth.refused.stale")
		_, err = d.SignInByPasskey(ctx, deskPlace, phone.ask().Ticket, answer, Caller{})
		wantCode(t, "an old answer to a new question", err, news.Forbidden, "auth.refused.passkey")
		c = phone.ask()
		answer = phone.answer(c)
		elsewhere := Place{Origin: "https://other.example", Domain: "other.example", Paper: "x"}
		_, err = d.SignInByPasskey(ctx, elsewhere, c.Ticket, answer, Caller{})
		wantCode(t, "a ticket of another door", err, news.Conflict, "auth.refused.stale")
		d.Clock.Move(ticketTime)
		_, err = d.SignInByPasskey(ctx, deskPlace, c.Ticket, answer, Caller{})
		wantCode(t, "too late", err, news.Conflict, "auth.refused.stale")
		for _, bad := range []string{"", "{}", "null", `{"id":"x","rawId":"x","type":"public-key","response":{}}`, strings.Repeat("[", 9000)} {
			_, err := d.SignInByPasskey(ctx, deskPlace, phone.ask().Ticket, []byte(bad), Caller{})
			wantCode(t, bad, err, news.Invalid, "auth.refused.passkey.unread")
		}
		if err := d.Auth.Prune(ctx); err != nil {
			t.Fatal(err)
		}
	})
}

// TestPasskeyDuringAFlood: while the account, the address and the house have
// had too many wrong passwords, the right passkey opens at once.
func TestPasskeyDuringAFlood(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		phone, token := newDevice(t, d), d.signIn(t, d.Owner)
		if err := phone.add(d.Owner, token, "phone"); err != nil {
			t.Fatal(err)
		}
		for n := range houseTries + 20 {
			d.guessAt(t, d.Owner.Email, address(n%3))
			d.guessAt(t, d.Reporter.Email+strings.Repeat("x", n), address(n))
		}
		_, err := d.SignIn(t.Context(), d.Owner.Email, goodPassword, home, "")
		if waitOf(t, err) == 0 {
			t.Fatal("there is no flood")
		}
		if _, err := phone.signIn(); err != nil {
			t.Errorf("the right passkey during a flood: %v", err)
		}
	})
}

func TestLastWayIn(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		phone, chief := newDevice(t, d), d.Chief
		secret, err := d.Invite(ctx, d.Owner.ID, chief.ID)
		if err != nil {
			t.Fatal(err)
		}
		token, err := d.AcceptInvitation(ctx, Accept{Secret: secret, Password: goodPassword})
		if err != nil {
			t.Fatal(err)
		}
		if err := phone.add(chief, token, "phone"); err != nil {
			t.Fatal(err)
		}
		id := func() string {
			keys, err := d.Store.Passkeys(ctx, chief.ID)
			if err != nil || len(keys) == 0 {
				t.Fatalf("%+v %v", keys, err)
			}
			return keys[0].ID
		}
		weak := d.signIn(t, chief)
		wantCode(t, "another passkey for who has only the password", newDevice(t, d).add(chief, weak, "thief"), news.Forbidden, "auth.refused.weak")
		wantCode(t, "removing with the password only", d.RemovePasskey(ctx, chief, weak, id(), Caller{}), news.Forbidden, "auth.refused.weak")
		wantCode(t, "from somebody else's session", d.RemovePasskey(ctx, chief, d.signIn(t, d.Owner), id(), Caller{}), news.SignedOut, "auth.refused.signed-out")
		d.set(t, "paper", func(p *news.Paper) { p.SecondFactor = true })
		wantCode(t, "the last proof", d.RemovePasskey(ctx, chief, token, id(), Caller{}), news.Conflict, "auth.refused.last-proof")
		d.set(t, "paper", func(p *news.Paper) { p.SecondFactor = false })
		d.forgetPassword(t, chief)
		wantCode(t, "the last way in", d.RemovePasskey(ctx, chief, token, id(), Caller{}), news.Conflict, "auth.refused.last-way")
		if err := newDevice(t, d).add(chief, token, "laptop"); err != nil {
			t.Fatal(err)
		}
		if err := d.RemovePasskey(ctx, chief, token, id(), Caller{}); err != nil {
			t.Errorf("with a second one: %v", err)
		}
		if err := d.SetPassword(ctx, chief.ID, token, "", "copper kettle 93 orchard", Caller{}); err != nil {
			t.Errorf("a first password: %v", err)
		}
	})
}

func TestForgetWays(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		phone, token := newDevice(t, d), d.signIn(t, d.Reporter)
		if err := phone.add(d.Reporter, token, "phone"); err != nil {
			t.Fatal(err)
		}
		wantCode(t, "by a chief", d.ForgetWays(t.Context(), d.Chief.ID, d.Reporter.ID), news.Forbidden, "auth.refused.owners")
		if err := d.ForgetWays(t.Context(), d.Owner.ID, d.Reporter.ID); err != nil {
			t.Fatal(err)
		}
		d.ended(t, token)
		phone.key.Counter++
		_, err := phone.signIn()
		wantCode(t, "a forgotten passkey", err, news.Forbidden, "auth.refused.passkey")
	})
}

func TestPlaceOf(t *testing.T) {
	for address, want := range map[string]string{"https://desk.courier.example": "desk.courier.example", "https://desk.courier.example:8443": "desk.courier.example",
		"http://localhost:8081": "localhost", "http://desk.localhost": "desk.localhost",
		"http://127.0.0.1:8081": "", "http://[::1]:8081": "", "http://desk.courier.example": "", "https://192.0.2.1": "", "": "", "http://%zz": ""} {
		at, err := PlaceOf(address, "Courier")
		if at.Domain != want || (want == "") != (news.CodeOf(err) == news.Invalid) {
			t.Errorf("%s: %+v, %v; want %q", address, at, err, want)
		}
	}
}

func TestSealedTextsAreOfOnePurpose(t *testing.T) {
	a := NewAt(nil, time.Now, strings.NewReader(strings.Repeat("r", 1000)), quick())
	key := make([]byte, KeyBytes)
	sealed, err := a.seal(key, "one", []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := unseal(key, "one", sealed); err != nil || string(plain) != "secret" {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := unseal(key, "two", sealed); err == nil {
		t.Error("it opens for another purpose")
	}
	if _, err := unseal(append([]byte{1}, key[1:]...), "one", sealed); err == nil {
		t.Error("another key opens it")
	}
	for i := range sealed {
		changed := []byte(sealed)
		changed[i] ^= 1
		if plain, err := unseal(key, "one", string(changed)); err == nil && string(plain) != "secret" {
			t.Errorf("changed at %d it reads %q", i, plain)
		}
	}
	if _, err := a.seal(nil, "one", nil); err == nil {
		t.Error("it was sealed without a key")
	}
}
