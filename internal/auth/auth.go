// Package auth is the staff door's lock: sign-in, sessions, one-time links,
// and who is on the staff. Nothing that signs anyone in is kept as it is:
// passwords as argon2id, session tokens and link secrets as SHA-256, the
// names under which guesses are counted as keyed hashes.
package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Auth signs staff in and keeps the list of the staff.
type Auth struct {
	store  *store.Store
	now    func() time.Time
	random io.Reader
	hasher *hasher

	sealKey []byte // of the data folder; nil = nothing can be sealed
}

// New returns the lock of a paper. random is crypto/rand.Reader except in
// tests; a read that fails is an error, never a weak token.
func New(s *store.Store, now func() time.Time, random io.Reader) *Auth {
	return NewAt(s, now, random, StandardCost())
}

// NewAt is New with another cost of hashing. Stored hashes of a different
// cost are renewed when their owner signs in.
func NewAt(s *store.Store, now func() time.Time, random io.Reader, cost Cost) *Auth {
	return &Auth{store: s, now: now, random: random, hasher: newHasher(cost)}
}

// secretBytes makes 256-bit tokens: not to be guessed in the life of a session.
const secretBytes = 32

// newSecret makes a token for a cookie or a link: 43 characters of base64url.
func (a *Auth) newSecret() (string, error) {
	b := make([]byte, secretBytes)
	if _, err := io.ReadFull(a.random, b); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// tokenHash is what the store keeps of a token.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// nameHash names an account or an address in the store without saying which.
func nameHash(key, kind, name string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("sign-in\x00" + kind + "\x00" + name))
	return kind + ":" + hex.EncodeToString(mac.Sum(nil)[:16])
}

// normalEmail is how an address is stored and looked up. What no database
// takes as text becomes a character that no address has.
func normalEmail(email string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(email)), "\x00", "\uFFFD")
}

// ensurePaper gives an empty database its paper, whose secret keys the
// hashes. The set-up page asks for the real name and language.
func ensurePaper(ctx context.Context, tx *store.Tx) error {
	_, err := tx.Paper(ctx)
	if news.CodeOf(err) == news.NotFound {
		return tx.SavePaper(ctx, news.Paper{Name: "Broadsheet", Language: "en", FourEyes: true})
	}
	return err
}
