package auth

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// KeyBytes is the length of the key that seals what must be read again:
// secrets of one-time codes and of the identity server.
const KeyBytes = 32

// Keyed gives the lock the key of the data folder. What it seals stands in the
// database and cannot be read from there alone.
func (a *Auth) Keyed(key []byte) *Auth {
	a.sealKey = key
	return a
}

// sealer is AES-256 in GCM under a key of its own for each purpose.
func sealer(key []byte, purpose string) (cipher.AEAD, error) {
	if len(key) < KeyBytes {
		return nil, errors.New("auth: there is no key to seal with; is the file account.key in the data folder?")
	}
	own, err := hkdf.Key(sha256.New, key, nil, "broadsheet "+purpose, KeyBytes)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	block, err := aes.NewCipher(own)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	return cipher.NewGCM(block)
}

// seal makes a text that only the same key opens, for the same purpose.
func (a *Auth) seal(key []byte, purpose string, plain []byte) (string, error) {
	aead, err := sealer(key, purpose)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := io.ReadFull(a.random, nonce); err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(purpose))), nil
}

var errSeal = errors.New("auth: a sealed text does not open: it was changed, or sealed with another key")

func unseal(key []byte, purpose, sealed string) ([]byte, error) {
	aead, err := sealer(key, purpose)
	if err != nil {
		return nil, err
	}
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < aead.NonceSize() {
		return nil, errSeal
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(purpose))
	if err != nil {
		return nil, errSeal
	}
	return plain, nil
}

// ticket is what a browser holds between two steps: sealed, so that nothing
// needs to be kept for visitors who never come back.
type ticket struct {
	Until time.Time       `json:"until"`
	Data  json.RawMessage `json:"data"`
}

const (
	ticketTime = 5 * time.Minute  // to answer with a passkey or a code
	setUpTime  = 30 * time.Minute // to set an app up
	mostTicket = 8 << 10          // bytes
)

// giveTicket seals a value for so long.
func (a *Auth) giveTicket(ctx context.Context, purpose string, value any, lasts time.Duration) (string, error) {
	key, err := a.paperKey(ctx)
	if err != nil {
		return "", err
	}
	data, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("make a ticket: %w", err)
	}
	plain, err := json.Marshal(ticket{a.now().Add(lasts), data})
	if err != nil {
		return "", fmt.Errorf("make a ticket: %w", err)
	}
	return a.seal(key, "ticket "+purpose, plain)
}

// takeTicket opens a ticket that has not ended. It can be shown again: what
// must happen once spends it.
func (a *Auth) takeTicket(ctx context.Context, purpose, sealed string, into any) (until time.Time, err error) {
	key, err := a.paperKey(ctx)
	if err != nil {
		return until, err
	}
	if len(sealed) > mostTicket {
		return until, stale()
	}
	plain, err := unseal(key, "ticket "+purpose, sealed)
	if err != nil {
		return until, stale()
	}
	var t ticket
	if err := json.Unmarshal(plain, &t); err != nil {
		return until, fmt.Errorf("read a ticket: %w", err)
	}
	if now := a.now(); !now.Before(t.Until) || t.Until.Sub(now) > setUpTime {
		return until, stale()
	}
	if err := json.Unmarshal(t.Data, into); err != nil {
		return until, fmt.Errorf("read a ticket: %w", err)
	}
	return t.Until, nil
}

// spend uses a ticket up inside an act: a second time it is refused.
func spend(ctx context.Context, tx *store.Tx, ticket string, until time.Time) error {
	fresh, err := tx.Spend(ctx, tokenHash(ticket), until)
	if err == nil && !fresh {
		return stale()
	}
	return err
}

func stale() error {
	return news.Refuse(news.Conflict, "auth.refused.stale", "this took too long or was done already: begin again")
}

// paperKey is the paper's own secret, for what lives some minutes.
func (a *Auth) paperKey(ctx context.Context) ([]byte, error) {
	secret, err := a.paperSecret(ctx)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte("tickets\x00" + secret))
	return sum[:], nil
}

// paperSecret reads the paper's secret; an empty database is given its paper.
func (a *Auth) paperSecret(ctx context.Context) (string, error) {
	secret, err := a.store.PaperSecret(ctx)
	if news.CodeOf(err) == news.NotFound {
		err = a.store.Write(ctx, "found the paper", func(tx *store.Tx) error { return ensurePaper(ctx, tx) })
		if err == nil {
			secret, err = a.store.PaperSecret(ctx)
		}
	}
	return secret, err
}
