package auth

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one argon2id hash takes (RFC 9106).
type Cost struct {
	Memory  uint32 // KiB
	Passes  uint32
	Threads uint8
}

// StandardCost is the cost of production: 19 MiB, two passes, one thread,
// the OWASP minimum for argon2id.
func StandardCost() Cost { return Cost{Memory: 19 << 10, Passes: 2, Threads: 1} }

const (
	saltBytes = 16
	keyBytes  = 32
	atOnce    = 2 // hashes at a time: a flood of sign-ins must not be a flood of memory
)

// hasher makes and checks argon2id hashes, at most atOnce at a time.
type hasher struct {
	cost  Cost
	slots chan struct{}
	ran   func() // called for each hash that is worked out; tests count with it
}

func newHasher(cost Cost) *hasher {
	return &hasher{cost: cost, slots: make(chan struct{}, atOnce), ran: func() {}}
}

// hash returns the PHC string of a password with a new salt.
func (h *hasher) hash(ctx context.Context, password string, random io.Reader) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("make a salt: %w", err)
	}
	key, err := h.key(ctx, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	return phc{cost: h.cost, salt: salt, key: key}.String(), nil
}

// matches reports whether a password fits a stored PHC string. For "" (no
// such account, or none set) it does the same work and says no.
func (h *hasher) matches(ctx context.Context, password, stored string) (bool, error) {
	p := phc{cost: h.cost, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	if stored != "" {
		var err error
		if p, err = parsePHC(stored); err != nil {
			return false, err
		}
	}
	key, err := h.key(ctx, password, p.salt, p.cost)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, p.key) == 1 && stored != "", nil
}

// stale reports whether a stored hash was made at another cost than today's.
func (h *hasher) stale(stored string) bool {
	p, err := parsePHC(stored)
	return err != nil || p.cost != h.cost
}

func (h *hasher) key(ctx context.Context, password string, salt []byte, c Cost) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to check a password: %w", ctx.Err())
	}
	h.ran()
	return argon2.IDKey([]byte(normalPassword(password)), salt, c.Passes, c.Memory, c.Threads, keyBytes), nil
}

// phc is a hash as the PHC string format writes it:
// $argon2id$v=19$m=19456,t=2,p=1$<salt>$<key>
// (https://github.com/P-H-C/phc-string-format).
type phc struct {
	cost      Cost
	salt, key []byte
}

// String writes the hash.
func (p phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.cost.Memory, p.cost.Passes, p.cost.Threads,
		b64.EncodeToString(p.salt), b64.EncodeToString(p.key))
}

// parsePHC reads a hash. Costs beyond 1 GiB or 64 passes are refused: a
// changed row must not be able to stop the machine.
func parsePHC(s string) (phc, error) {
	var p phc
	part := strings.Split(s, "$")
	if len(part) != 6 || part[0] != "" || part[1] != "argon2id" || part[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, fmt.Errorf("auth: a stored hash is not argon2id version %d", argon2.Version)
	}
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &p.cost.Memory, &p.cost.Passes, &p.cost.Threads); err != nil {
		return p, fmt.Errorf("auth: the cost of a stored hash: %w", err)
	}
	if p.cost.Memory < 8 || p.cost.Memory > 1<<20 || p.cost.Passes < 1 || p.cost.Passes > 64 || p.cost.Threads < 1 {
		return p, fmt.Errorf("auth: the cost of a stored hash is out of bounds")
	}
	var err error
	if p.salt, err = base64.RawStdEncoding.Strict().DecodeString(part[4]); err != nil {
		return p, fmt.Errorf("auth: the salt of a stored hash: %w", err)
	}
	if p.key, err = base64.RawStdEncoding.Strict().DecodeString(part[5]); err != nil {
		return p, fmt.Errorf("auth: the key of a stored hash: %w", err)
	}
	if len(p.salt) < 8 || len(p.key) != keyBytes || p.String() != s {
		return p, fmt.Errorf("auth: a stored hash is malformed")
	}
	return p, nil
}
