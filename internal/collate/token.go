package collate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/doc"

	"github.com/rivo/uniseg"
)

// token is what texts are compared by: a word, a stretch of spaces, a sign, a line break, a footnote, or the end of a
// block.
type token struct {
	text string
	run  *doc.Inline // that it was cut from, for its marks; nil at the end of a block
	end  *doc.Block  // the block that ends here, without its text; nil elsewhere
	id   int32       // the same for the same text, whatever its marks
}

// endID is the id of every end of a block.
const endID int32 = 0

// inline is the token as a run of its own.
func (t token) inline() doc.Inline {
	run := *t.run
	run.Text = t.text
	return run
}

func (t token) marks() doc.Marks { return t.run.Marks }

// marked is the token with other marks.
func (t token) marked(m doc.Marks) token {
	if t.run.Marks != m {
		run := *t.run
		run.Marks, t.run = m, &run
	}
	return t
}

// weight says how much holds a token in its place: spaces and signs follow the words around them.
func (t token) weight(l *lexicon) int {
	if t.id == endID {
		return 1000 // paragraphs that were parted in the same place stay parted there
	}
	if l.words[t.id] {
		return 1
	}
	return 0
}

// same compares the marks too.
func (t token) same(other token) bool {
	if t.id != other.id {
		return false
	}
	if t.id == endID {
		return t.end == nil && other.end == nil || t.end != nil && other.end != nil && sameBlock(*t.end, *other.end)
	}
	return t.run == other.run || t.run.Marks == other.run.Marks
}

// lexicon gives each text a number, one lexicon for all texts that are compared with each other.
type lexicon struct {
	texts  map[string]int32
	others map[doc.Inline]int32 // line breaks, footnotes
	words  []bool               // by number: holds a letter or a digit
	alike  map[uint64][]alike
	pieces int32
}

func newLexicon() *lexicon {
	return &lexicon{texts: map[string]int32{}, others: map[doc.Inline]int32{}, words: []bool{endID: false}, alike: map[uint64][]alike{}}
}

func (l *lexicon) number(text string) int32 {
	id, known := l.texts[text]
	if !known {
		id = int32(len(l.words))
		l.texts[text] = id
		l.words = append(l.words, strings.ContainsFunc(text, isWord))
	}
	return id
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// cut makes tokens of a line.
func (l *lexicon) cut(out []token, line []doc.Inline) []token {
	letters := 0
	for _, run := range line {
		letters += len(run.Text)
	}
	out = slices.Grow(out, len(line)+letters/4) // a guess: a word and a space in eight bytes
	for i := range line {
		run := &line[i]
		if *run != (doc.Inline{Text: run.Text, Marks: run.Marks}) {
			out = append(out, token{run: run, id: l.other(*run)})
			continue
		}
		for word, rest := "", run.Text; rest != ""; {
			word, rest = firstWord(rest)
			out = append(out, token{text: word, run: run, id: l.number(word)})
		}
	}
	return out
}

// other numbers what is no text. A footnote weighs as a word.
func (l *lexicon) other(run doc.Inline) int32 {
	key := run
	key.Marks = doc.Marks{}
	id, known := l.others[key]
	if !known {
		id = int32(len(l.words))
		l.others[key] = id
		l.words = append(l.words, !run.Break)
	}
	return id
}

// firstWord cuts off what Unicode calls a word: letters with what belongs to them, a number, spaces, one sign. Plain
// Latin words are cut without asking its tables.
func firstWord(s string) (word, rest string) {
	n := 0
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	if n > 0 && (n == len(s) || s[n] == ' ' || s[n] == ',' && n+1 < len(s) && s[n+1] == ' ') {
		return s[:n], s[n:]
	}
	if s[0] == ' ' && (len(s) == 1 || s[1] != ' ' && s[1] < utf8.RuneSelf) {
		return s[:1], s[1:]
	}
	word, rest, _ = uniseg.FirstWordInString(s, -1)
	return word, rest
}

// ids are what align compares.
func ids(tokens []token) []int32 {
	out := make([]int32, len(tokens))
	for i, t := range tokens {
		out[i] = t.id
	}
	return out
}

// textOf is the plain text of tokens as a person reads it in a list.
func textOf(tokens []token) string { return strings.Trim(written(tokens), " \n") }

// written is the text of tokens; a block's end and a line break are "\n".
func written(tokens []token) string {
	var s strings.Builder
	for _, t := range tokens {
		if t.id == endID || t.run.Break {
			s.WriteByte('\n')
			continue
		}
		s.WriteString(plain(t.inline()))
	}
	return s.String()
}

// plain is the text of a run; a footnote stands in brackets.
func plain(run doc.Inline) string {
	if run.Footnote != "" {
		return "[" + run.Footnote + "]"
	}
	return run.Text
}

// pairs aligns two texts by word. Where an equal stretch is only spaces, signs, or fewer words than changed on both
// sides of it, it is part of the change: a phrase that was written anew is one change, not a chain of small ones.
func (l *lexicon) pairs(a, b []token) []pair {
	return l.tidy(a, b, align(ids(a), ids(b)))
}

// stretch is a run of pairs side by side, or what lies between two such runs.
type stretch struct{ a0, a1, b0, b1 int }

func (l *lexicon) tidy(a, b []token, found []pair) []pair {
	equal, wa, wb := stretches(found), l.weights(a), l.weights(b)
	var kept []stretch
	x, y := 0, 0 // where the change before this stretch begins
	for i, s := range equal {
		nexta, nextb := len(a), len(b)
		if i+1 < len(equal) {
			nexta, nextb = equal[i+1].a0, equal[i+1].b0
		}
		inner := (s.a0 > x || s.b0 > y) && (nexta > s.a1 || nextb > s.b1)
		before := max(wa[s.a0]-wa[x], wb[s.b0]-wb[y])
		after := max(wa[nexta]-wa[s.a1], wb[nextb]-wb[s.b1])
		if inner && 2*(wa[s.a1]-wa[s.a0]) <= min(before, after) {
			continue
		}
		kept = append(kept, s)
		x, y = s.a1, s.b1
	}
	out := found[:0]
	for _, s := range kept {
		for i := range s.a1 - s.a0 {
			out = append(out, pair{s.a0 + i, s.b0 + i})
		}
	}
	return out
}

// weights are the sums of the weights before each token.
func (l *lexicon) weights(tokens []token) []int {
	out := make([]int, len(tokens)+1)
	for i, t := range tokens {
		out[i+1] = out[i] + t.weight(l)
	}
	return out
}

func stretches(pairs []pair) []stretch {
	var out []stretch
	for _, p := range pairs {
		if n := len(out); n > 0 && out[n-1].a1 == p.a && out[n-1].b1 == p.b {
			out[n-1].a1, out[n-1].b1 = p.a+1, p.b+1
			continue
		}
		out = append(out, stretch{p.a, p.a + 1, p.b, p.b + 1})
	}
	return out
}
