package auth

import (
	"context"
	"net/netip"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// limit is the slow-down on guessing under one name: so many tries within the
// window are free; after that each failure doubles the wait before the next
// try. When nothing failed for so long after the last wait, it is forgotten.
type limit struct {
	tries          int
	window         time.Duration
	first, longest time.Duration
	forget         time.Duration
}

// The limits. That of the whole house holds what ten thousand addresses try
// together; who is known to the browser, or has a passkey, does not meet it.
var (
	ofAccount = limit{accountTries, window, 30 * time.Second, time.Hour, forgetAfter}
	ofAddress = limit{addressTries, window, time.Minute, time.Hour, forgetAfter}
	ofHouse   = limit{houseTries, 2 * window, 10 * time.Second, 2 * time.Minute, time.Hour}
)

const (
	accountTries = 10
	addressTries = 90
	houseTries   = 200
	window       = 15 * time.Minute
	longestDelay = time.Hour
	forgetAfter  = 24 * time.Hour
)

// counted is a name under which tries are counted.
type counted struct {
	name string
	limit
}

// guess is one try at a password, counted under up to three names. The first
// is forgotten by a success, the others only take it back.
type guess []counted

// newGuess names a try by its account, by the network it came from and by the
// house; from a browser that is known to the person, by that browser alone.
func (a *Auth) newGuess(ctx context.Context, email string, from netip.Addr, device string) (guess, error) {
	key, err := a.paperSecret(ctx)
	if err != nil {
		return nil, err
	}
	if device != "" {
		return guess{{nameHash(key, "device", device), ofAccount}}, nil
	}
	g := guess{{nameHash(key, "account", email), ofAccount}}
	if from.IsValid() {
		g = append(g, counted{nameHash(key, "address", network(from)), ofAddress})
	}
	return append(g, counted{nameHash(key, "house", ""), ofHouse}), nil
}

// network is what one household or one attacker has of addresses: an IPv4
// address, or 64 bits of an IPv6 one.
func network(from netip.Addr) string {
	from = from.Unmap().WithZone("")
	if from.Is4() {
		return from.String()
	}
	p, err := from.Prefix(64)
	if err != nil {
		return from.String()
	}
	return p.String()
}

// admit counts a try before the password is looked at, or refuses it without
// any work. Counting first means that a hundred tries at the same moment are
// a hundred tries. A count that cannot be read or kept is a refusal.
func (a *Auth) admit(ctx context.Context, g guess) error {
	now := a.now()
	if err := checkTries(ctx, a.store, g, now); err != nil {
		return err // most of a flood ends here, without a write
	}
	return a.store.Write(ctx, "count a sign-in", func(tx *store.Tx) error {
		if err := checkTries(ctx, tx, g, now); err != nil {
			return err
		}
		return countTries(ctx, tx, g, now)
	})
}

// reader is the store, or an act in it.
type reader interface {
	Throttle(ctx context.Context, name string) (store.Throttle, error)
}

// counter is an act in the store.
type counter interface {
	reader
	SaveThrottle(ctx context.Context, t store.Throttle) error
}

func checkTries(ctx context.Context, r reader, g guess, now time.Time) error {
	for _, c := range g {
		t, err := r.Throttle(ctx, c.name)
		if err != nil {
			return err
		}
		// A wait beyond the longest comes from a clock that was put back: it
		// must not shut the door for longer than the rule says.
		if wait := t.Until.Sub(now); wait > 0 && wait <= c.longest {
			return tooMany(wait)
		}
	}
	return nil
}

func tooMany(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	e := news.Refuse(news.TooMany, "auth.refused.too-many", "too many tries: wait %d seconds before the next", seconds)
	e.Args = []any{seconds}
	return e
}

func countTries(ctx context.Context, tx counter, g guess, now time.Time) error {
	for _, c := range g {
		t, err := tx.Throttle(ctx, c.name)
		if err != nil {
			return err
		}
		if err := tx.SaveThrottle(ctx, c.afterTry(t, now)); err != nil {
			return err
		}
	}
	return nil
}

// afterTry is the count with one more failure at now.
func (l limit) afterTry(t store.Throttle, now time.Time) store.Throttle {
	quiet := now.Sub(t.Since)
	switch over := t.Failures >= l.tries; {
	case t.Failures == 0, now.Before(t.Since), !over && quiet >= l.window, over && now.Sub(t.Until) >= l.forget:
		t.Failures, t.Since, t.Until = 0, now, time.Time{}
	}
	t.Failures++
	if beyond := t.Failures - l.tries; beyond >= 0 {
		t.Until = now.Add(l.delay(beyond))
	}
	return t
}

// delay is the wait after the try that used up the free ones (0) and after
// each failure beyond it.
func (l limit) delay(beyond int) time.Duration {
	d := l.first
	for range beyond {
		if d *= 2; d >= l.longest {
			return l.longest
		}
	}
	return d
}

// forgive takes back what admit counted: the password was right. The account
// is clear; the address and the house keep their other failures.
func (g guess) forgive(ctx context.Context, tx *store.Tx) error {
	for i, c := range g {
		if i == 0 {
			if err := tx.ForgetThrottle(ctx, c.name); err != nil {
				return err
			}
			continue
		}
		if err := c.takeBack(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (c counted) takeBack(ctx context.Context, tx *store.Tx) error {
	t, err := tx.Throttle(ctx, c.name)
	if err != nil || t.Failures == 0 {
		return err
	}
	if t.Failures--; t.Failures == 0 {
		return tx.ForgetThrottle(ctx, c.name)
	}
	if t.Failures < c.tries {
		t.Until = time.Time{}
	}
	return tx.SaveThrottle(ctx, t)
}
