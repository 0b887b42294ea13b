package collate

import (
	"strings"

	"broadsheet/internal/doc"
)

// fewMoved is how many words a part must have to be recognised elsewhere: a short one may stand twice by chance.
const fewMoved = 3

// Compare sets two bodies side by side, block by block in the order of the texts; rows that are the same are there too.
// Left out of the right come before those that are new in it. The runs of each side give the text of each block whole.
func Compare(left, right doc.Body) []Row {
	l := newLexicon()
	c := comparer{l: l, left: l.units(left), right: l.units(right)}
	x, y := 0, 0
	a, b := l.unitPieces(c.left), l.unitPieces(c.right)
	found := links(a, b)
	c.findMoved(a, b, found)
	for _, k := range found {
		c.gap(x, k.a0, y, k.b0)
		c.linked(c.left[k.a0:k.a1], c.right[k.b0:k.b1])
		x, y = k.a1, k.b1
	}
	c.gap(x, len(c.left), y, len(c.right))
	return c.rows
}

// CompareText compares two lines of plain text by word.
func CompareText(left, right string) (l, r []Run) {
	lex := newLexicon()
	a, b := lex.cut(nil, textLine(left)), lex.cut(nil, textLine(right))
	onlyA, onlyB := only(a, b, lex.pairs(a, b))
	return runs(a, onlyA), runs(b, onlyB)
}

// Counts says how many words the right body has that the left has not, and how many it has no more; words as
// doc.Body.Words counts them, so that left's words, and those added, less those removed, are right's. What only moved
// is neither.
func Counts(left, right doc.Body) (added, removed int) {
	l := newLexicon()
	a, b := l.paragraphs(left), l.paragraphs(right)
	before, after := 0, 0
	for _, p := range a {
		before += len(p.list)
	}
	for _, p := range b {
		after += len(p.list)
	}
	pa, pb := pieces(a), pieces(b)
	found := links(pa, pb)
	kept := 0
	for _, k := range found {
		kept += len(align(spread(a[k.a0:k.a1]), spread(b[k.b0:k.b1])))
	}
	for i := range movedOf(pa, pb, found) {
		kept += len(a[i].list)
	}
	return after - kept, before - kept
}

// counted is a paragraph as words between spaces.
type counted struct {
	piece
	list []int32
}

func (l *lexicon) paragraphs(b doc.Body) []counted {
	var out []counted
	for _, p := range b.Paragraphs() {
		if p.Kind == "footnote" {
			break // they come last, and are no words of the text
		}
		var c counted
		var tokens []token
		for word := range strings.FieldsSeq(p.Text) {
			if id := l.number(word); l.words[id] {
				c.list = append(c.list, id)
				tokens = append(tokens, token{id: id})
			}
		}
		c.piece = l.piece("line", true, p.Text, tokens)
		out = append(out, c)
	}
	return out
}

func pieces(list []counted) []piece {
	out := make([]piece, len(list))
	for i, c := range list {
		out[i] = c.piece
	}
	return out
}

func spread(list []counted) []int32 {
	var out []int32
	for _, c := range list {
		out = append(out, c.list...)
	}
	return out
}

func (l *lexicon) units(b doc.Body) []*unit {
	list := unitsOf(b)
	for _, u := range list {
		u.tokens = l.cut(nil, u.line)
	}
	return list
}

func (l *lexicon) unitPieces(list []*unit) []piece {
	out := make([]piece, len(list))
	for i, u := range list {
		out[i] = l.piece(u.class(), u.class() == "line", u, u.tokens)
	}
	return out
}

type comparer struct {
	l           *lexicon
	left, right []*unit
	movedLeft   map[int]bool
	movedRight  map[int]bool
	rows        []Row
}

// movedOf pairs equal pieces that stand in no link, left's number by right's.
func movedOf(a, b []piece, found []link) map[int]int {
	inA, inB := make([]bool, len(a)), make([]bool, len(b))
	for _, k := range found {
		for i := k.a0; i < k.a1; i++ {
			inA[i] = true
		}
		for i := k.b0; i < k.b1; i++ {
			inB[i] = true
		}
	}
	free := map[int32][]int{}
	for i, p := range b {
		if !inB[i] && len(p.words) >= fewMoved {
			free[p.same] = append(free[p.same], i)
		}
	}
	out := map[int]int{}
	for i, p := range a {
		if list := free[p.same]; !inA[i] && len(list) > 0 {
			out[i], free[p.same] = list[0], list[1:]
		}
	}
	return out
}

func (c *comparer) findMoved(a, b []piece, found []link) {
	c.movedLeft, c.movedRight = map[int]bool{}, map[int]bool{}
	for i, k := range movedOf(a, b, found) {
		c.movedLeft[i], c.movedRight[k] = true, true
	}
}

// gap are parts that have no like: side by side, as far as both have some, to be read in less space.
func (c *comparer) gap(a0, a1, b0, b1 int) {
	for a0 < a1 || b0 < b1 {
		var row Row
		moved := a0 < a1 && c.movedLeft[a0] || b0 < b1 && c.movedRight[b0]
		if a0 < a1 && (!moved || c.movedLeft[a0]) {
			row.Left = c.left[a0].whole(true)
			row.Moved = c.movedLeft[a0]
			a0++
		}
		if b0 < b1 && row.Left == nil || b0 < b1 && !moved {
			row.Right = c.right[b0].whole(true)
			row.Moved = c.movedRight[b0]
			b0++
		}
		c.rows = append(c.rows, row)
	}
}

func (u *unit) whole(mark bool) *Part {
	p := u.Part
	for _, run := range u.line {
		p.Runs = append(p.Runs, Run{run, mark})
	}
	return &p
}

// linked are parts that are the same, changed, or parted.
func (c *comparer) linked(left, right []*unit) {
	if len(left) == 1 && len(right) == 1 && left[0].same(right[0]) {
		c.rows = append(c.rows, Row{Left: left[0].whole(false), Right: right[0].whole(false), Same: true})
		return
	}
	a, b := flow(left), flow(right)
	onlyA, onlyB := only(a, b, c.l.pairs(a, b))
	for i := range max(len(left), len(right)) {
		var row Row
		if i < len(left) {
			row.Left = left[i].take(&a, &onlyA)
		}
		if i < len(right) {
			row.Right = right[i].take(&b, &onlyB)
		}
		row.Form = i < len(left) && i < len(right) && !left[i].sameForm(right[i])
		c.rows = append(c.rows, row)
	}
}

// flow joins the tokens of parts, with an end between two.
func flow(units []*unit) []token {
	var out []token
	for i, u := range units {
		if i > 0 {
			out = append(out, token{id: endID})
		}
		out = append(out, u.tokens...)
	}
	return out
}

// take makes the part of the tokens up to the next end, and takes them off.
func (u *unit) take(tokens *[]token, only *[]bool) *Part {
	n := 0
	for n < len(*tokens) && (*tokens)[n].id != endID {
		n++
	}
	p := u.Part
	p.Runs = runs((*tokens)[:n], (*only)[:n])
	n = min(n+1, len(*tokens))
	*tokens, *only = (*tokens)[n:], (*only)[n:]
	return &p
}

// only marks the tokens that have no like, or one with other marks.
func only(a, b []token, pairs []pair) (onlyA, onlyB []bool) {
	onlyA, onlyB = make([]bool, len(a)), make([]bool, len(b))
	for i := range onlyA {
		onlyA[i] = true
	}
	for i := range onlyB {
		onlyB[i] = true
	}
	for _, p := range pairs {
		same := a[p.a].same(b[p.b])
		onlyA[p.a], onlyB[p.b] = !same, !same
	}
	return onlyA, onlyB
}

// runs joins tokens again.
func runs(tokens []token, only []bool) []Run {
	var out []Run
	for i := 0; i < len(tokens); {
		from := i
		run := Run{tokens[i].inline(), only[i]}
		for i++; i < len(tokens) && run.Text != "" && tokens[i].text != "" && only[i] == run.Only && sameMarks(tokens[i], tokens[from]); i++ {
		}
		if i > from+1 {
			run.Text = written(tokens[from:i])
		}
		out = append(out, run)
	}
	return out
}

func sameMarks(a, b token) bool { return a.run == b.run || a.run.Marks == b.run.Marks }
