package collate

import (
	"reflect"
	"slices"

	"broadsheet/internal/doc"
)

const (
	// mostLike is how many changed pieces on each side are looked through for those that are alike.
	mostLike = 50
	// leastLike is the part of two pieces' words, in percent, that they must share to be the same piece changed.
	leastLike = 40
	// leastParted is how much of the words of a piece must come from another for the two to be one piece that was parted.
	leastParted = 60
)

// piece is something that is found again as a whole in another text: a block, a list item, a row of a table, a cell.
type piece struct {
	kind  string  // only pieces of one kind are alike
	flow  bool    // a paragraph or a heading: may be parted in two and joined
	same  int32   // the same number for the same content
	words []int32 // sorted
}

// link says that a[a0:a1] and b[b0:b1] are the same piece: equal, changed, or parted.
type link struct{ a0, a1, b0, b1 int }

// links finds the pieces of one text in another, in order.
func links(a, b []piece) []link {
	numbers := func(list []piece) []int32 {
		out := make([]int32, len(list))
		for i, p := range list {
			out[i] = p.same
		}
		return out
	}
	var out []link
	x, y := 0, 0
	gap := func(enda, endb int) {
		for _, p := range alikeIn(a[x:enda], b[y:endb]) {
			out = append(out, link{x + p.a, x + p.a + 1, y + p.b, y + p.b + 1})
		}
	}
	for _, p := range align(numbers(a), numbers(b)) {
		gap(p.a, p.b)
		out = append(out, link{p.a, p.a + 1, p.b, p.b + 1})
		x, y = p.a+1, p.b+1
	}
	gap(len(a), len(b))
	parted(a, b, out)
	return out
}

// alikeIn pairs changed pieces. Long lists are cut in as many parts on both sides.
func alikeIn(a, b []piece) []pair {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	parts := (max(len(a), len(b)) + mostLike - 1) / mostLike
	var out []pair
	for i := range parts {
		a0, a1, b0, b1 := len(a)*i/parts, len(a)*(i+1)/parts, len(b)*i/parts, len(b)*(i+1)/parts
		for _, p := range mostAlike(a[a0:a1], b[b0:b1]) {
			out = append(out, pair{a0 + p.a, b0 + p.b})
		}
	}
	return out
}

// mostAlike pairs pieces in order so that the sum of what they share is greatest.
func mostAlike(a, b []piece) []pair {
	width := len(b) + 1
	best, likeness := make([]int, (len(a)+1)*width), make([]int, len(a)*len(b))
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			like := likenessOf(a[i], b[k])
			likeness[i*len(b)+k] = like
			best[i*width+k] = max(best[(i+1)*width+k], best[i*width+k+1])
			if like >= leastLike {
				best[i*width+k] = max(best[i*width+k], like+best[(i+1)*width+k+1])
			}
		}
	}
	var out []pair
	for i, k := 0, 0; i < len(a) && k < len(b); {
		like := likeness[i*len(b)+k]
		switch {
		case like >= leastLike && best[i*width+k] == like+best[(i+1)*width+k+1]:
			out = append(out, pair{i, k})
			i, k = i+1, k+1
		case best[i*width+k] == best[(i+1)*width+k]:
			i++
		default:
			k++
		}
	}
	return out
}

// likenessOf is the part of their words that two pieces share, in percent.
func likenessOf(a, b piece) int {
	switch {
	case a.kind != b.kind:
		return 0
	case a.same == b.same:
		return 100
	}
	all := len(a.words) + len(b.words)
	if all == 0 || 200*min(len(a.words), len(b.words)) < leastLike*all {
		return 0
	}
	return 200 * shared(a.words, b.words) / all
}

func shared(a, b []int32) (n int) {
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] == b[k]:
			n, i, k = n+1, i+1, k+1
		case a[i] < b[k]:
			i++
		default:
			k++
		}
	}
	return n
}

// parted widens links to pieces beside them that were part of the piece before, or became part of it.
func parted(a, b []piece, list []link) {
	for i := range list {
		l := &list[i]
		if !a[l.a0].flow || a[l.a0].same == b[l.b0].same {
			continue
		}
		var before, after link // the neighbours' ends
		after = link{a0: len(a), b0: len(b)}
		if i > 0 {
			before = list[i-1]
		}
		if i+1 < len(list) {
			after = list[i+1]
		}
		b0, b1 := widen(a[l.a0], b, l.b0, before.b1, after.b0)
		if b1-b0 > 1 {
			l.b0, l.b1 = b0, b1
			continue
		}
		l.a0, l.a1 = widen(b[l.b0], a, l.a0, before.a1, after.a0)
	}
}

// widen finds which pieces between two places, around the one at number at, are made of whole's words.
func widen(whole piece, list []piece, at, from, to int) (int, int) {
	have := list[at].words
	takes := func(p piece) bool {
		if !p.flow || len(p.words) == 0 {
			return false
		}
		both := slices.Concat(have, p.words)
		slices.Sort(both)
		if 100*(shared(whole.words, both)-shared(whole.words, have)) < leastParted*len(p.words) {
			return false
		}
		have = both
		return true
	}
	start, end := at, at+1
	for end < to && takes(list[end]) {
		end++
	}
	for start > from && takes(list[start-1]) {
		start--
	}
	return start, end
}

// alike is a content that was numbered.
type alike struct {
	value any
	same  int32
}

// piece makes the piece of a content that shows the given tokens.
func (l *lexicon) piece(kind string, flow bool, value any, tokens []token) piece {
	p := piece{kind: kind, flow: flow}
	hash := uint64(14695981039346656037) // FNV-1a, on the numbers of the words
	for _, t := range tokens {
		hash = (hash ^ uint64(t.id)) * 1099511628211
		if l.words[t.id] {
			p.words = append(p.words, t.id)
		}
	}
	slices.Sort(p.words)
	for _, other := range l.alike[hash] {
		if equal(other.value, value) {
			p.same = other.same
			return p
		}
	}
	l.pieces++
	p.same = l.pieces
	l.alike[hash] = append(l.alike[hash], alike{value, p.same})
	return p
}

func equal(a, b any) bool {
	switch a := a.(type) {
	case doc.Block:
		b, ok := b.(doc.Block)
		return ok && sameBlock(a, b)
	case doc.Row:
		b, ok := b.(doc.Row)
		return ok && sameRow(a, b)
	case doc.Cell:
		b, ok := b.(doc.Cell)
		return ok && sameCell(a, b)
	case string:
		return a == b
	case *unit:
		b, ok := b.(*unit)
		return ok && a.same(b)
	}
	return false
}

// shell is a block without its text and what stands in it: what is left are its attributes, whichever there are.
func shell(b doc.Block) doc.Block {
	b.Inline, b.Blocks, b.Rows = nil, nil, nil
	return b
}

func sameBlock(a, b doc.Block) bool {
	return a.Kind == b.Kind && slices.Equal(a.Inline, b.Inline) && reflect.DeepEqual(shell(a), shell(b)) &&
		slices.EqualFunc(a.Blocks, b.Blocks, sameBlock) && slices.EqualFunc(a.Rows, b.Rows, sameRow)
}

func sameRow(a, b doc.Row) bool { return slices.EqualFunc(a.Cells, b.Cells, sameCell) }

func sameCell(a, b doc.Cell) bool {
	lines := slices.Equal(a.Inline, b.Inline)
	a.Inline, b.Inline = nil, nil
	return lines && reflect.DeepEqual(a, b)
}
