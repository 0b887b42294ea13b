package auth

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// TestReferenceHash checks a hash that the reference implementation printed
// (P-H-C/phc-winner-argon2, src/test.c, argon2id version 19).
func TestReferenceHash(t *testing.T) {
	const stored = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	h := newHasher(quick())
	if ok, err := h.matches(t.Context(), "password", stored); err != nil || !ok {
		t.Errorf("the right password: %v, %v", ok, err)
	}
	if ok, err := h.matches(t.Context(), "Password", stored); err != nil || ok {
		t.Errorf("another password: %v, %v", ok, err)
	}
	if !h.stale(stored) {
		t.Error("a hash of another cost is not stale")
	}
}

func TestHash(t *testing.T) {
	h := newHasher(StandardCost())
	one, err := h.hash(t.Context(), goodPassword, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %q", one)
	}
	if two, _ := h.hash(t.Context(), goodPassword, rand.Reader); two == one {
		t.Error("two hashes share a salt")
	}
	if ok, err := h.matches(t.Context(), goodPassword, one); err != nil || !ok {
		t.Errorf("its own password: %v, %v", ok, err)
	}
	if h.stale(one) {
		t.Error("a hash of today's cost is stale")
	}
	if ok, _ := h.matches(t.Context(), goodPassword, ""); ok {
		t.Error("no hash matches")
	}
	if _, err := h.hash(t.Context(), goodPassword, iotest.ErrReader(errors.New("no randomness"))); err == nil {
		t.Error("a hash was made without a salt")
	}
}

func TestKeyboardsAgree(t *testing.T) {
	h := newHasher(quick())
	password := "café crème à Válmere"
	stored, err := h.hash(t.Context(), norm.NFC.String(password), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := h.matches(t.Context(), norm.NFD.String(password), stored); err != nil || !ok {
		t.Errorf("the same letters typed apart: %v, %v", ok, err)
	}
}

// TestTwoHashesAtOnce holds two hashes in their work: the third waits, and
// leaves when its request does.
func TestTwoHashesAtOnce(t *testing.T) {
	h := newHasher(quick())
	working, done := make(chan struct{}), make(chan struct{})
	h.ran = func() { working <- struct{}{}; <-done }
	for range atOnce {
		go h.matches(context.Background(), goodPassword, "")
		<-working
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.matches(ctx, goodPassword, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("the third hash: %v; want that it waited and left", err)
	}
	third := make(chan error)
	go func() { _, err := h.matches(context.Background(), goodPassword, ""); third <- err }()
	close(done)
	<-working // it has its turn now
	if err := <-third; err != nil {
		t.Error(err)
	}
}

func TestCostIsRenewed(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		d := open(t, p)
		if err := d.ResetPassword(t.Context(), p.Owner.ID, goodPassword); err != nil {
			t.Fatal(err)
		}
		dearer := NewAt(p.Store, p.Clock.Now, rand.Reader, Cost{Memory: 16, Passes: 2, Threads: 1})
		token, err := signInTo(dearer, t.Context(), p.Owner.Email, goodPassword, home, "")
		if err != nil {
			t.Fatal(err)
		}
		d.holds(t, token, p.Owner)
		stored, err := p.Store.Secret(t.Context(), p.Owner.ID)
		if err != nil || !strings.Contains(stored, "m=16,t=2,p=1") {
			t.Errorf("the hash is %q, %v; want it at the new cost", stored, err)
		}
		if _, err := signInTo(dearer, t.Context(), p.Owner.Email, goodPassword, home, ""); err != nil {
			t.Errorf("with the renewed hash: %v", err)
		}
	})
}

func TestPasswordRules(t *testing.T) {
	for password, key := range map[string]string{
		"":                             "short",
		"elevenchars":                  "short",
		"سیزده‌نویسه":                  "short",
		strings.Repeat("xy1 ", 300):    "long",
		"lantern\x00wicker harbour":    "encoding",
		"lantern \xff wicker":          "encoding",
		"rana-reed@valmere.example":    "email",
		"Rana-Reed@Valmere.example1":   "email",
		"password1234":                 "common",
		"Password!2026":                "common",
		"passwordpassword":             "common",
		"123456789012":                 "common",
		"098765432109":                 "common",
		"qwertyuiop[]":                 "common",
		"abcdefghijkl":                 "common",
		"zyxwvutsrqpo":                 "common",
		"aaaaaaaaaaaaaaa":              "common",
		"abcabcabcabc":                 "common",
		"1q2w3e4r5t6y":                 "common",
		"190319871234":                 "common",
		"broadsheet2026":               "common",
		"رمزعبور۱۲۳۴۵۶":                "common",
		"correct horse battery staple": "common",
		goodPassword:                   "",
		"Tide-mill at Ostland, 1931":   "",
		"چراغ آبی کنار پل قدیمی": "",
		"7f3a91c04be8d265":       "",
	} {
		err := checkPassword(password, "rana-reed@valmere.example")
		if key == "" {
			if err != nil {
				t.Errorf("%q: %v", password, err)
			}
			continue
		}
		wantCode(t, password, err, news.Invalid, "auth.refused.password."+key)
	}
}

func FuzzStoredHash(f *testing.F) {
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2id$v=19$m=4294967295,t=4294967295,p=255$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err != nil {
			return
		}
		if p.String() != s {
			t.Errorf("%q reads as %q", s, p.String())
		}
		if p.cost.Memory > 1<<20 || p.cost.Passes > 64 || p.cost.Passes < 1 || p.cost.Threads < 1 {
			t.Errorf("%q has the cost %+v", s, p.cost)
		}
	})
}
