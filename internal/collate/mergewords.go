package collate

import (
	"reflect"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/doc"
)

// words joins two changes of a line, or of a stretch of paragraphs with their ends among the tokens.
func (j *joiner) words(base, theirs, mine []token) []token {
	w := wordJoiner{joiner: j, base: base, theirs: theirs, mine: mine}
	toT, toM := partners(len(base), j.l.pairs(base, theirs)), partners(len(base), j.l.pairs(base, mine))
	i, x, y := 0, 0, 0
	for {
		k := i
		for k < len(base) && (toT[k] < 0 || toM[k] < 0 || twoLinks(base[k], theirs[toT[k]], mine[toM[k]])) {
			k++
		}
		if k == len(base) {
			w.after = nil
			w.changed(base[i:], theirs[x:], mine[y:])
			return w.out
		}
		w.after = base[k:]
		w.changed(base[i:k], theirs[x:toT[k]], mine[y:toM[k]])
		w.out = append(w.out, w.stays(base[k], theirs[toT[k]], mine[toM[k]]))
		i, x, y = k+1, toT[k]+1, toM[k]+1
	}
}

// partners says for each token which is its like; -1 = none.
func partners(n int, pairs []pair) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	for _, p := range pairs {
		out[p.a] = p.b
	}
	return out
}

// twoLinks is true where both sides gave the same words different links: then the words must stand twice.
func twoLinks(base, theirs, mine token) bool {
	if base.id == endID {
		return false
	}
	b, t, m := base.marks().Href, theirs.marks().Href, mine.marks().Href
	return t != b && m != b && t != m
}

type wordJoiner struct {
	*joiner
	base, theirs, mine []token
	out                []token
	after              []token // what comes next in the base
}

// fewAround is how many words around a clash are told with it.
const fewAround = 5

// dispute notes that both changed the same words here; the merge holds what
// stands before them already.
func (w *wordJoiner) dispute(base, theirs, mine []token) {
	from := len(w.out)
	for words := 0; from > 0 && w.out[from-1].id != endID && words < fewAround; from-- {
		words += w.out[from-1].weight(w.l)
	}
	to := 0
	for words := 0; to < len(w.after) && w.after[to].id != endID && words < fewAround; to++ {
		words += w.after[to].weight(w.l)
	}
	w.note(Clash{textOf(base), textOf(theirs), textOf(mine), textOf(w.out[from:]), textOf(w.after[:to])})
}

// stays joins what two sides made of one token: its marks, or the attributes of the block that ends there.
func (w *wordJoiner) stays(base, theirs, mine token) token {
	if base.end != nil {
		out := theirs
		end, one := joinShell(*base.end, *theirs.end, *mine.end)
		out.end = &end
		if !one {
			w.clash(textOf(w.base), textOf(w.theirs), textOf(w.mine))
		}
		return out
	}
	return theirs.marked(joinMarks(base.marks(), theirs.marks(), mine.marks()))
}

// joinShell joins the attributes of a block without its text, one by one.
func joinShell(base, theirs, mine doc.Block) (out doc.Block, one bool) {
	out, one = theirs, true
	join := func(sameT, sameTM, sameM bool, takeMine func()) {
		switch {
		case sameT || sameTM:
			takeMine()
		case !sameM:
			one = false
		}
	}
	kind := func(b doc.Block) [2]any { return [2]any{b.Kind, b.Level} }
	tongue := func(b doc.Block) [2]string { return [2]string{b.Lang, b.Dir} }
	join(kind(theirs) == kind(base), kind(theirs) == kind(mine), kind(mine) == kind(base), func() { out.Kind, out.Level = mine.Kind, mine.Level })
	join(tongue(theirs) == tongue(base), tongue(theirs) == tongue(mine), tongue(mine) == tongue(base), func() { out.Lang, out.Dir = mine.Lang, mine.Dir })
	join(theirs.Start == base.Start, theirs.Start == mine.Start, mine.Start == base.Start, func() { out.Start = mine.Start })
	join(theirs.Note == base.Note, theirs.Note == mine.Note, mine.Note == base.Note, func() { out.Note = mine.Note })
	return out, one
}

// joinMarks joins marks one by one. Where both changed one, it is theirs: of two links both are kept before.
func joinMarks(base, theirs, mine doc.Marks) doc.Marks {
	switch {
	case theirs == base, theirs == mine:
		return mine
	case mine == base:
		return theirs
	}
	out := theirs
	b, t, m, o := reflect.ValueOf(base), reflect.ValueOf(theirs), reflect.ValueOf(mine), reflect.ValueOf(&out).Elem()
	for i := range b.NumField() {
		if t.Field(i).Equal(b.Field(i)) {
			o.Field(i).Set(m.Field(i))
		}
	}
	// A foreign word's language and direction go with it.
	foreign := func(m doc.Marks) doc.Marks { return doc.Marks{Foreign: m.Foreign, Lang: m.Lang, Dir: m.Dir} }
	f, _ := either(foreign(base), foreign(theirs), foreign(mine), func(a, b doc.Marks) bool { return a == b })
	out.Foreign, out.Lang, out.Dir = f.Foreign, f.Lang, f.Dir
	return out
}

// changed joins a stretch that at least one side changed.
func (w *wordJoiner) changed(base, theirs, mine []token) {
	switch {
	case sameTokens(theirs, base), sameTokens(theirs, mine):
		w.out = append(w.out, mine...)
	case sameTokens(mine, base):
		w.out = append(w.out, theirs...)
	case len(theirs) == 0 || len(mine) == 0:
		w.dispute(base, theirs, mine)
		w.out = append(append(w.out, theirs...), mine...)
	default:
		if marked, ok := remark(base, theirs, mine); ok {
			w.out = append(w.out, marked...)
			return
		}
		if marked, ok := remark(base, mine, theirs); ok {
			w.out = append(w.out, marked...)
			return
		}
		w.union(base, theirs, mine)
	}
}

func sameTokens(a, b []token) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].same(b[i]) {
			return false
		}
	}
	return true
}

// remark gives the words of one side the marks that the other put on the words they replace: marked is base with other
// marks, all of them changed in the same way.
func remark(base, marked, words []token) ([]token, bool) {
	if len(marked) != len(base) || len(base) == 0 {
		return nil, false
	}
	if base[0].id == endID || marked[0].id != base[0].id {
		return nil, false
	}
	before, after := base[0].marks(), marked[0].marks()
	for i := range base {
		if base[i].id != marked[i].id || base[i].id == endID || base[i].marks() != before || marked[i].marks() != after {
			return nil, false
		}
	}
	out := make([]token, len(words))
	for i, t := range words {
		if t.end != nil || t.marks().Href != before.Href && t.text != "" {
			return nil, false
		}
		if out[i] = t; t.text == "" {
			continue // a break carries no marks, a footnote its own
		}
		out[i] = t.marked(joinMarks(before, after, t.marks()))
	}
	return out, true
}

// union puts both changes in, theirs first; what is alike at their ends comes once. Where one has all that the other
// has, it is enough.
func (w *wordJoiner) union(base, theirs, mine []token) {
	head, tail := ends(theirs, mine, token.same)
	t, m := theirs[head:len(theirs)-tail], mine[head:len(mine)-tail]
	if len(t) > 0 && len(m) > 0 {
		w.dispute(base, theirs, mine)
	}
	w.out = append(w.out, theirs[:head]...)
	w.out = append(w.out, t...)
	if len(t) > 0 && len(m) > 0 {
		if needsSpace(t[len(t)-1], m[0]) {
			w.out = append(w.out, token{text: " ", run: &doc.Inline{Text: " "}, id: w.l.number(" ")})
		}
	}
	w.out = append(w.out, m...)
	w.out = append(w.out, theirs[len(theirs)-tail:]...)
}

// needsSpace is true between two words or signs that would run together.
func needsSpace(before, after token) bool {
	if before.end != nil || after.text == "" || before.run.Break {
		return false // a footnote stands close to what it is about
	}
	last, _ := utf8.DecodeLastRuneInString(before.text)
	first, _ := utf8.DecodeRuneInString(after.text)
	return !unicode.IsSpace(last) && !unicode.IsSpace(first)
}
