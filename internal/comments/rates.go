package comments

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"broadsheet/internal/news"
)

// The rates at which comments are taken. A limiter that lets b through at
// once and r more in a span lets at most b+r through in any such span:
//
//   - an address: 3 at once, then one every 20 seconds;
//   - an address: 20 in any hour (10 at once, 10 more over the hour);
//   - an article: 60 in any minute (30 at once, 30 more over the minute).
//
// Addresses are IPv4 addresses or IPv6 networks of 64 bits.
const (
	shortSpan, shortBurst       = 20 * time.Second, 3
	hourBurst, hourMore         = 10, 10
	articleBurst, articleMore   = 30, 30
	mostAddresses, mostArticles = 10_000, 5_000 // remembered; beyond, the longest unused is forgotten
)

// rates counts who sent how much. All limits are looked at before any is
// used up: one that refuses costs the others nothing.
type rates struct {
	mu        sync.Mutex
	addresses *recent[string, [2]*rate.Limiter]
	articles  *recent[news.ID, *rate.Limiter]
}

func newRates() *rates {
	return &rates{
		addresses: newRecent[string](mostAddresses, func() [2]*rate.Limiter {
			return [2]*rate.Limiter{rate.NewLimiter(rate.Every(shortSpan), shortBurst), rate.NewLimiter(rate.Every(time.Hour/hourMore), hourBurst)}
		}),
		articles: newRecent[news.ID](mostArticles, func() *rate.Limiter {
			return rate.NewLimiter(rate.Every(time.Minute/articleMore), articleBurst)
		}),
	}
}

// take counts one comment, or says how long to wait; 0 = it was counted.
func (r *rates) take(address string, article news.ID, now time.Time) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	own := r.addresses.get(address)
	limiters := []*rate.Limiter{own[0], own[1], r.articles.get(article)}
	wait := time.Duration(0)
	for _, l := range limiters {
		if tokens := l.TokensAt(now); tokens < 1 {
			wait = max(wait, time.Duration((1-tokens)/float64(l.Limit())*float64(time.Second)), time.Millisecond)
		}
	}
	if wait > 0 {
		return wait
	}
	for _, l := range limiters {
		l.AllowN(now, 1)
	}
	return 0
}

// recent remembers the values of the keys used last.
type recent[K comparable, V any] struct {
	most  int
	fresh func() V
	order *list.List // of pair[K, V], used last in front
	at    map[K]*list.Element
}

type pair[K comparable, V any] struct {
	key   K
	value V
}

func newRecent[K comparable, V any](most int, fresh func() V) *recent[K, V] {
	return &recent[K, V]{most: most, fresh: fresh, order: list.New(), at: map[K]*list.Element{}}
}

func (r *recent[K, V]) get(key K) V {
	if e, ok := r.at[key]; ok {
		r.order.MoveToFront(e)
		return e.Value.(pair[K, V]).value
	}
	if r.order.Len() >= r.most {
		last := r.order.Back()
		delete(r.at, last.Value.(pair[K, V]).key)
		r.order.Remove(last)
	}
	p := pair[K, V]{key: key, value: r.fresh()}
	r.at[key] = r.order.PushFront(p)
	return p.value
}
