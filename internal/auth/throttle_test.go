package auth

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// guessAt tries a wrong password and returns the seconds to wait, 0 = none.
func (d desk) guessAt(t *testing.T, email string, from netip.Addr) int {
	t.Helper()
	_, err := d.SignIn(t.Context(), email, "a wrong one, surely", from, "")
	return waitOf(t, err)
}

func waitOf(t *testing.T, err error) int {
	t.Helper()
	var e *news.Error
	switch {
	case !errors.As(err, &e):
		t.Fatalf("a refusal was expected: %v", err)
	case e.Code == news.TooMany:
		return e.Args[0].(int)
	case e.Code != news.Forbidden:
		t.Fatal(err)
	}
	return 0
}

func address(n int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)})
}

func TestGuessesAtAnAccountSlowDown(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for n := range accountTries {
			if wait := d.guessAt(t, d.Owner.Email, address(n)); wait != 0 {
				t.Fatalf("try %d has to wait %d s", n+1, wait)
			}
		}
		for _, want := range []int{30, 60, 120, 240, 480, 960, 1920, 3600, 3600} {
			if wait := d.guessAt(t, d.Owner.Email, address(200)); wait != want {
				t.Fatalf("the wait is %d s; want %d", wait, want)
			}
			_, err := d.SignIn(t.Context(), d.Owner.Email, goodPassword, home, "")
			if waitOf(t, err) != want {
				t.Fatalf("the right password during the wait: %v", err)
			}
			if wait := d.guessAt(t, d.Reporter.Email, address(201)); wait != 0 {
				t.Fatalf("another account has to wait %d s", wait)
			}
			d.Clock.Move(time.Duration(want) * time.Second)
			d.signIn(t, d.Reporter)
			if wait := d.guessAt(t, d.Owner.Email, address(202)); wait != 0 {
				t.Fatalf("after the wait it has to wait %d s more", wait)
			}
		}
		d.Clock.Move(time.Hour)
		d.signIn(t, d.Owner) // the right password clears the account
		for n := range accountTries {
			if wait := d.guessAt(t, d.Owner.Email, address(300+n)); wait != 0 {
				t.Fatalf("after a success, try %d has to wait %d s", n+1, wait)
			}
		}
	})
}

func TestGuessesAreForgotten(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for range accountTries - 1 {
			d.guessAt(t, d.Owner.Email, home)
		}
		d.Clock.Move(window)
		for range accountTries {
			if wait := d.guessAt(t, d.Owner.Email, home); wait != 0 {
				t.Fatalf("a new window has to wait %d s", wait)
			}
		}
		d.Clock.Move(window) // over the limit, a window is not enough
		d.guessAt(t, d.Owner.Email, home)
		if wait := d.guessAt(t, d.Owner.Email, home); wait != 60 {
			t.Errorf("the wait is %d s; want it to grow to 60", wait)
		}
		d.Clock.Move(forgetAfter + time.Minute)
		for range accountTries {
			if wait := d.guessAt(t, d.Owner.Email, home); wait != 0 {
				t.Fatalf("after a quiet day it has to wait %d s", wait)
			}
		}
		d.Clock.Move(-30 * 24 * time.Hour) // a clock that was wrong is put right
		if wait := d.guessAt(t, d.Owner.Email, home); wait != 0 {
			t.Errorf("a clock that was put back shuts the door for %d s", wait)
		}
	})
}

func TestGuessesFromAnAddressSlowDown(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		for n := range addressTries {
			from := netip.MustParseAddr(fmt.Sprintf("2001:db8:1:2::%x", n+1)) // one network of 64 bits
			if wait := d.guessAt(t, fmt.Sprintf("p%d@valmere.example", n), from); wait != 0 {
				t.Fatalf("try %d has to wait %d s", n+1, wait)
			}
			if n%10 == 0 {
				if _, err := d.SignIn(t.Context(), d.Owner.Email, goodPassword, from, ""); err != nil {
					t.Fatalf("a success is counted as a failure: %v", err)
				}
			}
		}
		_, err := d.SignIn(t.Context(), d.Owner.Email, goodPassword, netip.MustParseAddr("2001:db8:1:2:ffff::1"), "")
		if wait := waitOf(t, err); wait != 60 {
			t.Errorf("the network has to wait %d s; want 60", wait)
		}
		if _, err := d.SignIn(t.Context(), d.Owner.Email, goodPassword, netip.MustParseAddr("2001:db8:1:3::1"), ""); err != nil {
			t.Errorf("the network beside it: %v", err)
		}
	})
}

func TestNetwork(t *testing.T) {
	for from, want := range map[string]string{"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1",
		"2001:db8::1": "2001:db8::/64", "fe80::1%eth0": "fe80::/64"} {
		if got := network(netip.MustParseAddr(from)); got != want {
			t.Errorf("%s is counted as %s; want %s", from, got, want)
		}
	}
}

// TestGuessesAtOnce sends fifty at the same moment: they are counted before
// the work, so that no more than ten get through.
func TestGuessesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		var group sync.WaitGroup
		for n := range 50 {
			group.Go(func() { d.SignIn(t.Context(), d.Owner.Email, "a wrong one, surely", address(n), "") })
		}
		group.Wait()
		if n := d.hashes.Load(); n != accountTries {
			t.Errorf("%d guesses were looked at; want %d", n, accountTries)
		}
	})
}

// TestTenThousandGuesses counts how many of them reach a hash at all, in the
// fifty minutes that they take.
func TestTenThousandGuesses(t *testing.T) {
	const guesses = 10_000
	one := func(int) string { return "olga-orme@valmere.example" }
	five := func(n int) string { return fmt.Sprintf("p%d@valmere.example", n%5) }
	all := func(n int) string { return fmt.Sprintf("p%d@valmere.example", n) }
	for _, attack := range []struct {
		name  string
		email func(int) string
		from  func(int) netip.Addr
		most  int64 // the free tries, and one for each delay that passes
	}{
		{"one account, an address a guess", one, address, accountTries + 7},
		{"one account, from nowhere", one, func(int) netip.Addr { return netip.Addr{} }, accountTries + 7},
		{"five accounts, an address a guess", five, address, 5 * (accountTries + 7)},
		{"an account a guess, one address", all, func(int) netip.Addr { return home }, addressTries + 7},
		{"an account a guess, one IPv6 network", all, v6, addressTries + 7},
	} {
		t.Run(attack.name, func(t *testing.T) {
			d := open(t, papertest.New(t))
			for n := range guesses {
				d.guessAt(t, attack.email(n), attack.from(n))
				d.Clock.Move(300 * time.Millisecond)
			}
			reached := d.hashes.Load()
			t.Logf("%d of %d guesses reached a hash", reached, guesses)
			if reached > attack.most || reached < accountTries {
				t.Errorf("%d of %d guesses reached a hash; want %d at most", reached, guesses, attack.most)
			}
		})
	}
}

func v6(n int) netip.Addr {
	return netip.MustParseAddr(fmt.Sprintf("2001:db8:0:9::%x:%x", n>>16, n&0xffff))
}

func TestNamesAreKeyed(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		d.guessAt(t, d.Owner.Email, home)
		g, err := d.newGuess(t.Context(), d.Owner.Email, home, "")
		if err != nil {
			t.Fatal(err)
		}
		for name, plain := range map[string]string{g[0].name: d.Owner.Email, g[1].name: home.String()} {
			if count, err := d.Store.Throttle(t.Context(), name); err != nil || count.Failures != 1 {
				t.Errorf("%s: %+v, %v; want one failure", name, count, err)
			}
			if strings.Contains(name, plain) || name == nameHash("", strings.Split(name, ":")[0], plain) {
				t.Errorf("%s can be found without the key", name)
			}
		}
	})
}

// counts are throttles in memory: the rules are the same, a million guesses
// are quicker.
type counts map[string]store.Throttle

func (c counts) Throttle(_ context.Context, name string) (store.Throttle, error) {
	t := c[name]
	t.Name = name
	return t, nil
}

func (c counts) SaveThrottle(_ context.Context, t store.Throttle) error {
	c[t.Name] = t
	return nil
}

// TestAMillionGuesses sends a million guesses against a thousand accounts from
// ten thousand addresses, at once or over a day, in any order, and counts how
// many of them would reach a hash.
func TestAMillionGuesses(t *testing.T) {
	const guesses, accounts, addresses = 1_000_000, 1_000, 10_000
	random := mathrand.New(mathrand.NewPCG(4, 24))
	for _, attack := range []struct {
		name string
		over time.Duration
		one  func(n int) (account, address int)
	}{
		{"in a minute, in turn", time.Minute, func(n int) (int, int) { return n % accounts, n % addresses }},
		{"in an hour, at random", time.Hour, func(int) (int, int) { return random.IntN(accounts), random.IntN(addresses) }},
		{"in a day, at random", 24 * time.Hour, func(int) (int, int) { return random.IntN(accounts), random.IntN(addresses) }},
		{"in a day, account by account", 24 * time.Hour, func(n int) (int, int) { return n * accounts / guesses, n % addresses }},
		{"in an hour, from one address", time.Hour, func(int) (int, int) { return random.IntN(accounts), 0 }},
	} {
		c, now, reached := counts{}, time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC), 0
		for n := range guesses {
			account, address := attack.one(n)
			g := guess{{"account:" + strconv.Itoa(account), ofAccount}, {"address:" + strconv.Itoa(address), ofAddress}, {"house", ofHouse}}
			if checkTries(t.Context(), c, g, now) == nil {
				reached++
				if err := countTries(t.Context(), c, g, now); err != nil {
					t.Fatal(err)
				}
			}
			now = now.Add(attack.over / guesses)
		}
		t.Logf("%s: %d of %d guesses reached a hash: %.3f %%", attack.name, reached, guesses, float64(reached)*100/guesses)
		if reached < accountTries || reached > guesses/100 {
			t.Errorf("%s: %d of %d guesses reached a hash; want 1 %% at most", attack.name, reached, guesses)
		}
	}
}
