// Package comments takes what readers write under articles, holds it until a
// person has read it, and hands it back as plain text. A comment is never
// HTML, and of its sender's address only a keyed hash is kept.
package comments

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"sync"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Comments are the readers' comments of a paper.
type Comments struct {
	store *store.Store
	now   func() time.Time
	rates *rates

	mu     sync.Mutex
	secret string // of the paper; read once, it never changes
}

// New returns the comments of a paper. Rates are counted in this process
// only, from nothing.
func New(s *store.Store, now func() time.Time) *Comments {
	return &Comments{store: s, now: now, rates: newRates()}
}

// key reads the paper's secret.
func (c *Comments) key(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.secret != "" {
		return c.secret, nil
	}
	secret, err := c.store.PaperSecret(ctx)
	if err != nil {
		return "", &news.Error{Code: news.Unavailable, Key: "comment.refused.unavailable", Message: "comments cannot be taken now", Err: err}
	}
	c.secret = secret
	return secret, nil
}

// sign is a keyed hash of parts, for one use of the key.
func sign(key, use string, parts ...string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(use))
	for _, p := range parts {
		mac.Write([]byte{0}) // no part may hold a NUL
		mac.Write([]byte(p))
	}
	return hex.EncodeToString(mac.Sum(nil)[:20])
}

// network is what one household or one sender has of addresses: an IPv4
// address, or 64 bits of an IPv6 one.
func network(from netip.Addr) string {
	from = from.Unmap().WithZone("")
	if from.Is6() {
		if p, err := from.Prefix(64); err == nil {
			return p.String()
		}
	}
	return from.String()
}
