package press

import (
	"sync"
	"time"
)

// tagIndex knows which kept pages carry which tag, and which renders are
// under way.
type tagIndex struct {
	mu      sync.Mutex
	pages   map[tag]map[Address]*Page
	renders map[*render]struct{}
}

// render is a page being made; missed are the tags spoilt meanwhile, and
// whether what carries them was withdrawn.
type render struct {
	missed map[tag]bool
	all    bool
}

// change is what an event makes stale.
type change struct {
	tags []tag
	at   []time.Time // publication times that moved, for tags of the kind "below"
	void tag         // what carries it is not served again, not even as the last known page
}

// stretch is a piece of a list, half-open; a zero from is its end.
type stretch struct{ from, to time.Time }

func (s stretch) has(list []time.Time) bool {
	for _, t := range list {
		if !t.Before(s.from) && t.Before(s.to) {
			return true
		}
	}
	return false
}

func (x *tagIndex) init() {
	x.pages = map[tag]map[Address]*Page{}
	x.renders = map[*render]struct{}{}
}

func (x *tagIndex) begin() *render {
	x.mu.Lock()
	defer x.mu.Unlock()
	r := &render{missed: map[tag]bool{}}
	x.renders[r] = struct{}{}
	return r
}

func (x *tagIndex) end(r *render) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.renders, r)
}

// overtaken reports whether a render that is not kept missed an event: one of
// its tags, or any where it has none because it found nothing.
func (x *tagIndex) overtaken(r *render, tags []tag) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, t := range tags {
		if _, missed := r.missed[t]; missed {
			return true
		}
	}
	return r.all || tags == nil && len(r.missed) > 0
}

// keep enters a finished page under its tags, before it is in the cache: from
// here on every event reaches it.
func (x *tagIndex) keep(r *render, a Address, page *Page) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.renders, r)
	stale := r.all
	for _, t := range page.tags {
		if void, missed := r.missed[t]; missed {
			stale = true
			if void {
				page.void.Store(true)
			}
		}
		m := x.pages[t]
		if m == nil {
			m = map[Address]*Page{}
			x.pages[t] = m
		}
		m[a] = page
	}
	page.stale.Store(stale)
}

// forget takes a page that left the cache out of the index; where a newer one
// has its place, that one stays.
func (x *tagIndex) forget(a Address, page *Page) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, t := range page.tags {
		if m := x.pages[t]; m[a] == page {
			delete(m, a)
			if len(m) == 0 {
				delete(x.pages, t)
			}
		}
	}
}

// spoil marks the pages that a change concerns as stale and returns their
// addresses.
func (x *tagIndex) spoil(c change) []Address {
	x.mu.Lock()
	defer x.mu.Unlock()
	var again []Address
	for _, t := range c.tags {
		for r := range x.renders {
			r.missed[t] = r.missed[t] || t == c.void
		}
		for a, page := range x.pages[t] {
			if t.kind == "below" && !page.below.has(c.at) {
				continue
			}
			if t == c.void {
				page.void.Store(true)
			}
			if page.stale.CompareAndSwap(false, true) {
				again = append(again, a)
			}
		}
	}
	return again
}

func (x *tagIndex) spoilAll() {
	x.mu.Lock()
	defer x.mu.Unlock()
	for r := range x.renders {
		r.all = true
	}
	for _, m := range x.pages {
		for _, page := range m {
			page.stale.Store(true)
		}
	}
}
