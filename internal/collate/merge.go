package collate

import (
	"slices"

	"broadsheet/internal/doc"
)

// Merge joins what two people made of one text. What only one of them changed is as that one left it: blocks, words
// within a paragraph, marks, links, captions. Where both changed the same words, both texts stand there, theirs first,
// and the place is a clash; what one took out and the other changed stays as it was changed, and is a clash too. Two
// insertions at the same place both stand; within a sentence that is a clash, because a person must read it again.
//
// The result is in normal form. It may be larger than doc.MaxBytes where the two differ in most of a very long text.
func Merge(base, theirs, mine doc.Body) Merged {
	same := func(a, b doc.Body) bool { return slices.EqualFunc(a.Blocks, b.Blocks, sameBlock) }
	switch {
	case same(theirs, base), same(theirs, mine):
		return Merged{Body: mine}
	case same(mine, base):
		return Merged{Body: theirs}
	}
	j := joiner{l: newLexicon()}
	blocks := weave(&j, j.blocks(), base.Blocks, theirs.Blocks, mine.Blocks)
	return Merged{Body: doc.Body{Blocks: blocks}.Normal(), Clashes: j.clashes}
}

// MergeText joins two changes of a line of plain text, such as a headline, by word. Where both changed the same words,
// clash is true and the merge is both lines whole, theirs first, with a stroke between them.
func MergeText(base, theirs, mine string) (merged string, clash bool) {
	switch {
	case theirs == base, theirs == mine:
		return mine, false
	case mine == base:
		return theirs, false
	case theirs == "" || mine == "":
		return theirs + mine, true
	}
	j := joiner{l: newLexicon()}
	cut := func(s string) []token { return j.l.cut(nil, textLine(s)) }
	out := j.words(cut(base), cut(theirs), cut(mine))
	if len(j.clashes) > 0 {
		return theirs + " / " + mine, true
	}
	return written(out), false
}

// joiner joins two changes of one text and notes the clashes.
type joiner struct {
	l       *lexicon
	clashes []Clash
}

func (j *joiner) clash(base, theirs, mine string) {
	j.note(Clash{Base: base, Theirs: theirs, Mine: mine})
}

func (j *joiner) note(c Clash) {
	if !slices.Contains(j.clashes, c) {
		j.clashes = append(j.clashes, c)
	}
}

// craft says how one sort of things is joined: blocks, rows, cells.
type craft[T any] struct {
	piece func(T) piece
	text  func([]T) string
	same  func(a, b T) bool
	// join joins things that both kept and both changed.
	join func(base, theirs, mine []T) []T
}

// weave joins two changes of a list. It walks along the things of the base that at least one of the two kept.
func weave[T any](j *joiner, c craft[T], base, theirs, mine []T) []T {
	w := weaver[T]{joiner: j, craft: c, base: base}
	w.theirs, w.mine = w.side(theirs), w.side(mine)
	p := 0
	for w.theirs.more() || w.mine.more() {
		start, end := w.next()
		t, m := w.theirs.upTo(end), w.mine.upTo(end)
		w.insert(base[p:start], t.before, m.before)
		w.kept(base[start:end], t.kept, m.kept)
		p = end
	}
	w.insert(base[p:], theirs[w.theirs.at:], mine[w.mine.at:])
	return w.out
}

type weaver[T any] struct {
	*joiner
	craft[T]
	base         []T
	theirs, mine side[T]
	out          []T
}

// side is one of the two texts on the walk.
type side[T any] struct {
	list  []T
	links []link
	at    int // what comes next
}

func (w *weaver[T]) side(list []T) side[T] {
	all := func(list []T) []piece {
		out := make([]piece, len(list))
		for i, v := range list {
			out[i] = w.piece(v)
		}
		return out
	}
	return side[T]{list: list, links: links(all(w.base), all(list))}
}

func (s *side[T]) more() bool { return len(s.links) > 0 }

// next is the next stretch of the base that is kept on one side at least and can be cut off on both.
func (w *weaver[T]) next() (start, end int) {
	start = len(w.base)
	for _, s := range []*side[T]{&w.theirs, &w.mine} {
		if s.more() && s.links[0].a0 <= start {
			start = s.links[0].a0
		}
	}
	end = start + 1
	for wider := true; wider; {
		wider = false
		for _, s := range []*side[T]{&w.theirs, &w.mine} {
			for _, k := range s.links {
				if k.a0 >= end {
					break
				}
				if k.a1 > end {
					end, wider = k.a1, true
				}
			}
		}
	}
	return start, end
}

// taken is what one side has for a stretch of the base: what stands before it, and what became of it.
type taken[T any] struct{ before, kept []T }

func (s *side[T]) upTo(end int) taken[T] {
	n := 0
	for n < len(s.links) && s.links[n].a0 < end {
		n++
	}
	if n == 0 {
		return taken[T]{} // this side took it out; what it inserted waits for the next thing that it kept
	}
	t := taken[T]{s.list[s.at:s.links[0].b0], s.list[s.links[0].b0:s.links[n-1].b1]}
	s.at, s.links = s.links[n-1].b1, s.links[n:]
	return t
}

// insert puts in what is new on both sides at one place; gone is what both took out there. What both inserted alike
// comes once.
func (w *weaver[T]) insert(gone, theirs, mine []T) {
	head, tail := ends(theirs, mine, w.same)
	t, m := theirs[head:len(theirs)-tail], mine[head:len(mine)-tail]
	w.out = append(w.out, theirs[:head]...)
	w.out = append(append(w.out, t...), m...)
	w.out = append(w.out, theirs[len(theirs)-tail:]...)
	if len(gone) > 0 && len(t) > 0 && len(m) > 0 {
		w.clash(w.text(gone), w.text(t), w.text(m))
	}
}

// ends counts what two lists have alike at their beginnings and at their ends.
func ends[T any](a, b []T, same func(a, b T) bool) (head, tail int) {
	n := min(len(a), len(b))
	for head < n && same(a[head], b[head]) {
		head++
	}
	for tail < n-head && same(a[len(a)-1-tail], b[len(b)-1-tail]) {
		tail++
	}
	return head, tail
}

// kept puts in what became of a stretch that at least one side kept.
func (w *weaver[T]) kept(base, theirs, mine []T) {
	same := func(a, b []T) bool { return slices.EqualFunc(a, b, w.same) }
	switch {
	case same(theirs, base), same(theirs, mine):
		w.out = append(w.out, mine...)
	case same(mine, base):
		w.out = append(w.out, theirs...)
	case len(theirs) == 0 || len(mine) == 0:
		w.out = append(append(w.out, theirs...), mine...)
		w.clash(w.text(base), w.text(theirs), w.text(mine))
	default:
		w.out = append(w.out, w.join(base, theirs, mine)...)
	}
}

// both is the way out where two changes cannot be joined: all of one and all of the other.
func both[T any](j *joiner, c craft[T], base, theirs, mine []T) []T {
	j.clash(c.text(base), c.text(theirs), c.text(mine))
	return slices.Concat(theirs, mine)
}

// either takes what one side changed; changed is false where both changed it, each otherwise: then it is theirs.
func either[T any](base, theirs, mine T, same func(a, b T) bool) (v T, one bool) {
	switch {
	case same(theirs, base), same(theirs, mine):
		return mine, true
	}
	return theirs, same(mine, base)
}
