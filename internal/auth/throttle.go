package auth

import (
	"context"
	"net/netip"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// The slow-down on guessing: so many tries within
// the window are free; after that each failure doubles the wait before the
// next try. A day without a failure forgets it.
const (
	accountTries = 10
	addressTries = 100
	window       = 15 * time.Minute
	firstDelay   = 30 * time.Second
	longestDelay = time.Hour
	forgetAfter  = 24 * time.Hour
)

// guess is one try at a password, counted under two names. A name that is
// "" is not counted.
type guess struct{ account, address string }

// newGuess names a try by its account and by the network it came from.
func (a *Auth) newGuess(ctx context.Context, email string, from netip.Addr) (guess, error) {
	key, err := a.store.PaperSecret(ctx)
	if news.CodeOf(err) == news.NotFound {
		err = a.store.Write(ctx, "found the paper", func(tx *store.Tx) error { return ensurePaper(ctx, tx) })
		if err == nil {
			key, err = a.store.PaperSecret(ctx)
		}
	}
	if err != nil {
		return guess{}, err
	}
	g := guess{account: nameHash(key, "account", email)}
	if from.IsValid() {
		g.address = nameHash(key, "address", network(from))
	}
	return g, nil
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
		if err := countTry(ctx, tx, g.account, accountTries, now); err != nil {
			return err
		}
		return countTry(ctx, tx, g.address, addressTries, now)
	})
}

// reader is the store, or an act in it.
type reader interface {
	Throttle(ctx context.Context, name string) (store.Throttle, error)
}

func checkTries(ctx context.Context, r reader, g guess, now time.Time) error {
	for _, name := range []string{g.account, g.address} {
		if name == "" {
			continue
		}
		t, err := r.Throttle(ctx, name)
		if err != nil {
			return err
		}
		// A wait beyond the longest comes from a clock that was put back: it
		// must not shut the door for longer than the rule says.
		if wait := t.Until.Sub(now); wait > 0 && wait <= longestDelay {
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

func countTry(ctx context.Context, tx *store.Tx, name string, tries int, now time.Time) error {
	if name == "" {
		return nil
	}
	t, err := tx.Throttle(ctx, name)
	if err != nil {
		return err
	}
	return tx.SaveThrottle(ctx, afterTry(t, tries, now))
}

// afterTry is the count with one more failure at now.
func afterTry(t store.Throttle, tries int, now time.Time) store.Throttle {
	quiet := now.Sub(t.Since)
	switch over := t.Failures >= tries; {
	case t.Failures == 0, now.Before(t.Since), !over && quiet >= window, over && now.Sub(t.Until) >= forgetAfter:
		t.Failures, t.Since, t.Until = 0, now, time.Time{}
	}
	t.Failures++
	if beyond := t.Failures - tries; beyond >= 0 {
		t.Until = now.Add(delay(beyond))
	}
	return t
}

// delay is the wait after the try that used up the free ones (0) and after
// each failure beyond it.
func delay(beyond int) time.Duration {
	d := firstDelay
	for range beyond {
		if d *= 2; d >= longestDelay {
			return longestDelay
		}
	}
	return d
}

// forgive takes back what admit counted: the password was right. The account
// is clear; the address keeps its other failures.
func (g guess) forgive(ctx context.Context, tx *store.Tx) error {
	if err := tx.ForgetThrottle(ctx, g.account); err != nil {
		return err
	}
	if g.address == "" {
		return nil
	}
	t, err := tx.Throttle(ctx, g.address)
	if err != nil || t.Failures == 0 {
		return err
	}
	if t.Failures--; t.Failures == 0 {
		return tx.ForgetThrottle(ctx, g.address)
	}
	if t.Failures < addressTries {
		t.Until = time.Time{}
	}
	return tx.SaveThrottle(ctx, t)
}
