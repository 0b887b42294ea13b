package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a token with the parts it was joined from.
type word struct {
	Token
	parts    []Token // none when the word is of one piece
	loose    bool    // joined by a non-joiner alone: others write it in two words
	from, to int     // where its folded letters stand in the scanner's buffer
}

// maxTokenRunes bounds a token: PostgreSQL refuses words over 2 KB, and nobody searches for longer ones.
const maxTokenRunes = 64

// words is the analyser under Tokens, IndexText, Query and Highlight.
func words(s string) []word {
	sc := scanner{text: s, out: make([]word, 0, len(s)/6+1)}
	sc.folded.Grow(len(s))
	sc.scan()
	return joinAffixes(s, sc.folded.String(), sc.out)
}

// scanner collects the pieces of the word it is in. The folded letters of all words stand behind one another in one
// buffer, so that a joined word is a slice of it like any other.
type scanner struct {
	text   string
	out    []word
	folded strings.Builder
	pieces []word
	from   int // where the current piece begins in folded
	start  int // where it begins and ends in text
	end    int
	quoted bool // the pieces are parted by apostrophes
}

func (sc *scanner) scan() {
	table := foldTable()
	for i := 0; i < len(sc.text); {
		r, size := rune(sc.text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(sc.text[i:])
		}
		switch {
		case r >= foldTableSize:
			sc.take(r, foldRune(r), i, i+size)
		case table[r].letter:
			if sc.inNumber() {
				sc.flush() // PostgreSQL reads 1e5x as a number and a word, so letters never follow leading digits
			}
			sc.add(table[r].text, i, i+size)
		default:
			sc.take(r, table[r].text, i, i+size)
		}
		i += size
	}
	sc.flush()
}

// take adds one character, folded, that stands at start to end of the text.
func (sc *scanner) take(r rune, folded string, start, end int) {
	switch {
	case folded == "":
		if r == zwnj && sc.inNumber() {
			sc.flush()
		} else if r == zwnj {
			sc.cut(false)
		} else if sc.inPiece() && unicode.Is(unicode.M, r) {
			sc.end = end
		}
		return
	case isApostrophe(r) && sc.inWord() && !sc.inNumber() && startsWithLetter(sc.text[end:]):
		sc.cut(true)
		return
	case (r == ',' || r == '٬' || r == '،') && sc.inNumber() && startsWithThousand(sc.text[end:]):
		return
	}
	phrase := isPhrase(folded)
	if phrase {
		sc.flush()
	}
	for i, f := range folded {
		if !isTokenRune(f) {
			sc.flush()
			continue
		}
		alone := standsAlone(f)
		if alone || !isDigit(f) && sc.inNumber() {
			sc.flush()
		}
		sc.add(folded[i:i+utf8.RuneLen(f)], start, end)
		if alone {
			sc.flush()
		}
	}
	if phrase {
		sc.flush()
	}
}

func (sc *scanner) inPiece() bool { return sc.folded.Len() > sc.from }

func (sc *scanner) inWord() bool { return sc.inPiece() || len(sc.pieces) > 0 }

// inNumber says that the piece consists of digits so far; one that begins with a digit always does.
func (sc *scanner) inNumber() bool {
	return sc.inPiece() && isDigit(rune(sc.folded.String()[sc.from]))
}

func (sc *scanner) add(folded string, start, end int) {
	if !sc.inPiece() {
		sc.start = start
	}
	sc.folded.WriteString(folded)
	sc.end = end
}

// cut ends a piece without ending the word.
func (sc *scanner) cut(quoted bool) {
	if !sc.inPiece() {
		return
	}
	sc.pieces = append(sc.pieces, sc.piece())
	sc.quoted = sc.quoted || quoted
}

// piece takes the current piece out of the buffer.
func (sc *scanner) piece() word {
	from, to := sc.from, sc.folded.Len()
	sc.from = to
	return word{Token: Token{clip(sc.folded.String()[from:to]), sc.start, sc.end}, from: from, to: to}
}

// flush ends the word.
func (sc *scanner) flush() {
	if len(sc.pieces) == 0 {
		if sc.inPiece() {
			sc.out = append(sc.out, sc.piece())
		}
		return
	}
	sc.cut(false)
	pieces, quoted := sc.pieces, sc.quoted
	sc.pieces, sc.quoted = sc.pieces[:0], false
	if n := len(pieces); quoted && n > 1 && pieces[n-1].Text == "s" {
		pieces = pieces[:n-1]
	}
	w := joinWords(sc.folded.String(), pieces)
	if quoted {
		w.parts = longParts(w.parts)
	}
	w.loose = !quoted && len(w.parts) > 0 && !isAffixed(w.parts)
	sc.out = append(sc.out, w)
}

// joinWords makes one word of words that stand behind one another in the buffer.
func joinWords(folded string, in []word) word {
	if len(in) == 1 {
		return in[0]
	}
	first, last := in[0], in[len(in)-1]
	w := word{Token: Token{clip(folded[first.from:last.to]), first.Start, last.End}, from: first.from, to: last.to}
	for _, part := range in {
		if len(part.parts) == 0 {
			w.parts = append(w.parts, part.Token)
		}
		w.parts = append(w.parts, part.parts...)
	}
	return w
}

// longParts leaves out the single letters that apostrophes cut off (l'eau, don't, O'Brien).
func longParts(parts []Token) []Token {
	var long []Token
	for _, p := range parts {
		if utf8.RuneCountInString(p.Text) > 1 {
			long = append(long, p)
		}
	}
	return long
}

func clip(text string) string {
	if len(text) <= maxTokenRunes {
		return text
	}
	n := 0
	for i := range text {
		if n++; n > maxTokenRunes {
			return text[:i]
		}
	}
	return text
}

func isTokenRune(r rune) bool {
	return r >= 'a' && r <= 'z' || isDigit(r) || r > unicode.MaxASCII && unicode.IsLetter(r) && !unicode.Is(lateLetters, r)
}

// isPhrase says that one character stands for several words (ﷺ, ½, ㋀).
func isPhrase(folded string) bool {
	_, n := utf8.DecodeRuneInString(folded)
	return n < len(folded) && strings.ContainsFunc(folded, func(r rune) bool {
		return !isTokenRune(r) || isDigit(r) || standsAlone(r)
	})
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// lateLetters are letters by Go's Unicode tables at which SQLite's unicode61 or PostgreSQL 15 on glibc 2.36 part a
// word: they were added or reclassified later than the tables of those. All are of rare or historic scripts.
var lateLetters = &unicode.RangeTable{
	R16: []unicode.Range16{{0x19b0, 0x19c0, 1}, {0x19c8, 0x19c9, 1}, {0x1cf2, 0x1cf3, 1}},
	R32: []unicode.Range32{
		{0x1123f, 0x11240, 1}, {0x11f02, 0x11f33, 1}, {0x1342f, 0x1342f, 1}, {0x13441, 0x13446, 1},
		{0x1b132, 0x1b132, 1}, {0x1b155, 0x1b155, 1}, {0x1df25, 0x1df2a, 1}, {0x1e4d0, 0x1e4eb, 1},
		{0x2b739, 0x2b739, 1}, {0x31350, 0x323af, 1},
	},
}

func standsAlone(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '＇' }

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r != utf8.RuneError && unicode.IsLetter(r)
}

// startsWithThousand: three digits of any kind, and no fourth.
func startsWithThousand(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsDigit(r) {
			break
		}
		if n++; n > 3 {
			return false
		}
	}
	return n == 3
}
