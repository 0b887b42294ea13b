package collate

import (
	"cmp"
	"slices"
)

// mostSteps bounds the work of one alignment: about a tenth of a second.
const mostSteps = 40_000_000

// mostEdits bounds the search for the shortest way through one stretch; mostEditsTired the same once half of all steps
// are spent.
const (
	mostEdits      = 2_500
	mostEditsTired = 200
)

// pair is a piece of one list and its like in the other.
type pair struct{ a, b int }

// align pairs the equal pieces of two lists, in order and as many as can be (a longest common subsequence, within the
// bounds of the package).
func align(a, b []int32) []pair {
	d := differ{left: mostSteps}
	d.stretch(a, b, 0, 0)
	return d.out
}

// differ follows Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the linear-space way of section 4b.
type differ struct {
	out           []pair
	left          int // steps that may still be taken
	front, behind []int
}

func (d *differ) match(a, b, n int) {
	for i := range n {
		d.out = append(d.out, pair{a + i, b + i})
	}
}

// stretch aligns a, which begins at number ina, with b, which begins at inb.
func (d *differ) stretch(a, b []int32, ina, inb int) {
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	enda, endb := len(a), len(b)
	for enda > start && endb > start && a[enda-1] == b[endb-1] {
		enda, endb = enda-1, endb-1
	}
	d.match(ina, inb, start)
	if start < enda && start < endb {
		d.middle(a[start:enda], b[start:endb], ina+start, inb+start)
	}
	d.match(ina+enda, inb+endb, len(a)-enda)
}

// middle aligns two stretches that differ at both ends.
func (d *differ) middle(a, b []int32, ina, inb int) {
	if x, y, u, v, ok := d.snake(a, b); ok {
		d.stretch(a[:x], b[:y], ina, inb)
		d.match(ina+x, inb+y, u-x)
		d.stretch(a[u:], b[v:], ina+u, inb+v)
		return
	}
	if d.left <= 0 {
		return
	}
	x, y := 0, 0
	d.left -= 4 * (len(a) + len(b))
	anchors := anchors(a, b)
	for _, p := range anchors {
		if p.a < x || p.b < y {
			continue // taken up by the stretch before
		}
		d.stretch(a[x:p.a], b[y:p.b], ina+x, inb+y)
		x, y = p.a, p.b
		for x < len(a) && y < len(b) && a[x] == b[y] {
			x, y = x+1, y+1
		}
		d.match(ina+p.a, inb+p.b, x-p.a)
	}
	if len(anchors) > 0 {
		d.stretch(a[x:], b[y:], ina+x, inb+y)
	}
}

// snake finds a run of equal pieces, from x, y to u, v, in the middle of a shortest way through both lists. ok is false
// where the way is longer than the bound.
func (d *differ) snake(a, b []int32) (x, y, u, v int, ok bool) {
	n, m := len(a), len(b)
	most := mostEdits
	if d.left < mostSteps/2 {
		most = mostEditsTired
	}
	most = min(most, (n+m+1)/2)
	size := 2*most + 3
	d.front, d.behind = room(d.front, size), room(d.behind, size)
	mid, delta := most+1, n-m
	odd := delta%2 != 0
	for e := 0; e <= most && d.left > 0; e++ {
		d.left -= 2 * (e + 1)
		for k := -e; k <= e; k += 2 {
			x, y, u, v := reach(d.front, a, b, mid, k, e, false)
			if back := delta - k; odd && back >= -(e-1) && back <= e-1 && u+d.behind[mid+back] >= n {
				return x, y, u, v, true
			}
		}
		for k := -e; k <= e; k += 2 {
			x, y, u, v := reach(d.behind, a, b, mid, k, e, true)
			if ahead := delta - k; !odd && ahead >= -e && ahead <= e && u+d.front[mid+ahead] >= n {
				return n - u, m - v, n - x, m - y, true
			}
		}
	}
	return 0, 0, 0, 0, false
}

// reach goes as far as e edits lead on diagonal k: by one edit to x, y, and from there along equal pieces to u, v;
// counted from the end when back is set.
func reach(v []int, a, b []int32, mid, k, e int, back bool) (x, y, u, w int) {
	n, m := len(a), len(b)
	if k == -e || k != e && v[mid+k-1] < v[mid+k+1] {
		x = v[mid+k+1]
	} else {
		x = v[mid+k-1] + 1
	}
	y = x - k
	u, w = x, y
	if back {
		for u < n && w < m && w >= 0 && a[n-1-u] == b[m-1-w] {
			u, w = u+1, w+1
		}
	} else {
		for u < n && w < m && w >= 0 && a[u] == b[w] {
			u, w = u+1, w+1
		}
	}
	v[mid+k] = u
	return x, y, u, w
}

func room(v []int, size int) []int {
	if cap(v) < size {
		return make([]int, size)
	}
	v = v[:size]
	clear(v)
	return v
}

// anchors pairs the pieces that stand once in each list, as many as keep their order.
func anchors(a, b []int32) []pair {
	type place struct{ a, b, na, nb int }
	places := map[int32]*place{}
	for i, id := range a {
		if p := places[id]; p != nil {
			p.na++
		} else {
			places[id] = &place{a: i, na: 1}
		}
	}
	for i, id := range b {
		if p := places[id]; p != nil {
			p.nb++
			p.b = i
		}
	}
	var once []pair
	for _, p := range places {
		if p.na == 1 && p.nb == 1 {
			once = append(once, pair{p.a, p.b})
		}
	}
	slices.SortFunc(once, func(x, y pair) int { return cmp.Compare(x.a, y.a) })
	return rising(once)
}

// rising is the longest subsequence that rises on the right too (patience sorting).
func rising(list []pair) []pair {
	var tops, before []int // tops of the piles; the card left of each card
	for i, p := range list {
		at, _ := slices.BinarySearchFunc(tops, p.b, func(top, b int) int { return cmp.Compare(list[top].b, b) })
		before = append(before, -1)
		if at > 0 {
			before[i] = tops[at-1]
		}
		if at == len(tops) {
			tops = append(tops, i)
		} else {
			tops[at] = i
		}
	}
	if len(tops) == 0 {
		return nil
	}
	out := make([]pair, len(tops))
	for i, k := len(tops)-1, tops[len(tops)-1]; i >= 0; i-- {
		out[i], k = list[k], before[k]
	}
	return out
}
