package comments

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// most is the greatest number of times within any one span.
func most(times []time.Time, span time.Duration) int {
	greatest, from := 0, 0
	for to := range times {
		for times[to].Sub(times[from]) >= span {
			from++
		}
		greatest = max(greatest, to-from+1)
	}
	return greatest
}

// TestRatesHold sends at every pace, from few and many addresses: whatever
// the pace, no span sees more than the printed rate.
func TestRatesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, clock := newRates(), papertest.NewClock()
		addresses := rapid.IntRange(1, 40).Draw(t, "addresses")
		paces := rapid.SliceOfN(rapid.Int64Range(0, int64(3*time.Minute)), 1, 12).Draw(t, "paces")
		byAddress, byArticle := map[string][]time.Time{}, []time.Time{}
		for n := range 2000 {
			from := fmt.Sprint(n % addresses)
			now := clock.Now()
			wait := r.take(from, 1, now)
			if wait == 0 {
				byAddress[from] = append(byAddress[from], now)
				byArticle = append(byArticle, now)
			} else if wait < 0 || wait > time.Hour {
				t.Fatalf("the wait is %v", wait)
			}
			if n%7 == 0 {
				clock.Move(time.Duration(paces[n%len(paces)]))
			}
		}
		for from, times := range byAddress {
			for _, k := range []int{1, 3, 10} {
				if n := most(times, time.Duration(k)*shortSpan); n > shortBurst+k {
					t.Errorf("address %s: %d in %d times 20 seconds", from, n, k)
				}
			}
			if n := most(times, time.Hour); n > 20 {
				t.Errorf("address %s: %d in an hour", from, n)
			}
		}
		if n := most(byArticle, time.Minute); n > 60 {
			t.Errorf("the article: %d in a minute", n)
		}
	})
}

// TestWaitIsTrue waits as long as it was told to: then the comment is taken,
// and not a second before.
func TestWaitIsTrue(t *testing.T) {
	r, clock := newRates(), papertest.NewClock()
	waited := 0
	for range 40 {
		wait := r.take("one", 1, clock.Now())
		if wait == 0 {
			continue
		}
		waited++
		clock.Move(wait - time.Second)
		if r.take("one", 1, clock.Now()) == 0 {
			t.Fatalf("taken a second before %v had passed", wait)
		}
		clock.Move(time.Second + time.Microsecond)
		if again := r.take("one", 1, clock.Now()); again != 0 {
			t.Fatalf("after %v it is %v more", wait, again)
		}
	}
	if waited < 10 {
		t.Errorf("only %d waits", waited)
	}
}

// TestRefusedIsNotCounted: an article that is full costs its readers nothing
// of their own rate.
func TestRefusedIsNotCounted(t *testing.T) {
	r, clock := newRates(), papertest.NewClock()
	for n := range articleBurst {
		if r.take(fmt.Sprint(n), 1, clock.Now()) != 0 {
			t.Fatalf("comment %d was refused", n)
		}
	}
	for range 100 {
		if r.take("patient", 1, clock.Now()) == 0 {
			t.Fatal("a full article took one more")
		}
	}
	for n := range shortBurst {
		if r.take("patient", 2, clock.Now()) != 0 {
			t.Errorf("comment %d on another article was refused", n)
		}
	}
}

func TestRecentIsBounded(t *testing.T) {
	made := 0
	r := newRecent[news.ID](3, func() *int { made++; n := made; return &n })
	one := r.get(1)
	for id := range news.ID(1000) {
		r.get(id + 2)
		if r.get(1) != one {
			t.Fatal("the one used last was forgotten")
		}
		if r.order.Len() > 3 || len(r.at) != r.order.Len() {
			t.Fatalf("%d and %d are remembered; want at most 3", r.order.Len(), len(r.at))
		}
	}
	r.get(2)
	if made != 1002 {
		t.Errorf("%d were made; want 1002: the longest unused is forgotten", made)
	}
}
