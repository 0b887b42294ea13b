package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a token with the parts it was joined from.
type word struct {
	Token
	parts []Token // none when the word is of one piece
	loose bool    // joined by a non-joiner alone: others write it in two words
}

// maxTokenRunes bounds a token: PostgreSQL refuses words over 2 KB, and nobody searches for longer ones.
const maxTokenRunes = 64

// words is the analyser under Tokens, IndexText, Query and Highlight.
func words(s string) []word {
	return joinAffixes(s, scanWords(s))
}

// scanner collects the pieces of the word it is in.
type scanner struct {
	text   string
	out    []word
	pieces []Token
	piece  strings.Builder
	start  int
	end    int
	quoted bool // the pieces are parted by apostrophes
}

func scanWords(s string) []word {
	table := foldTable()
	sc := scanner{text: s, out: make([]word, 0, len(s)/6+1)}
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		folded := ""
		if r < foldTableSize {
			folded = table[r]
		} else {
			folded = foldRune(r)
		}
		sc.take(r, folded, i, i+size)
	}
	sc.flush()
	return sc.out
}

// take adds one character, folded, that stands at start to end of the text.
func (sc *scanner) take(r rune, folded string, start, end int) {
	switch {
	case folded == "":
		if r == zwnj && sc.inNumber() {
			sc.flush()
		} else if r == zwnj {
			sc.cut(false)
		} else if sc.piece.Len() > 0 && unicode.Is(unicode.M, r) {
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
	for _, f := range folded {
		switch {
		case !isTokenRune(f):
			sc.flush()
		case standsAlone(f):
			sc.flush()
			sc.add(f, start, end)
			sc.flush()
		case !isDigit(f) && sc.inNumber():
			sc.flush() // PostgreSQL reads 1e5x as a number and a word, so letters never follow leading digits
			sc.add(f, start, end)
		default:
			sc.add(f, start, end)
		}
	}
	if phrase {
		sc.flush()
	}
}

func (sc *scanner) inWord() bool { return sc.piece.Len() > 0 || len(sc.pieces) > 0 }

// inNumber says that the piece consists of digits so far; one that begins with a digit always does.
func (sc *scanner) inNumber() bool {
	return sc.piece.Len() > 0 && isDigit(rune(sc.piece.String()[0]))
}

func (sc *scanner) add(f rune, start, end int) {
	if sc.piece.Len() == 0 {
		sc.start = start
	}
	sc.piece.WriteRune(f)
	sc.end = end
}

// cut ends a piece without ending the word.
func (sc *scanner) cut(quoted bool) {
	if sc.piece.Len() == 0 {
		return
	}
	sc.pieces = append(sc.pieces, Token{clip(sc.piece.String()), sc.start, sc.end})
	sc.piece.Reset()
	sc.quoted = sc.quoted || quoted
}

// flush ends the word.
func (sc *scanner) flush() {
	sc.cut(false)
	if len(sc.pieces) == 0 {
		return
	}
	pieces, quoted := sc.pieces, sc.quoted
	sc.quoted = false
	if n := len(pieces); quoted && n > 1 && pieces[n-1].Text == "s" {
		pieces = pieces[:n-1]
	}
	w := joinPieces(pieces)
	if quoted {
		w.parts = longParts(w.parts)
	}
	w.loose = !quoted && len(w.parts) > 0 && !isAffixed(w.parts)
	sc.out = append(sc.out, w)
	sc.pieces = sc.pieces[:0]
}

func joinPieces(pieces []Token) word {
	if len(pieces) == 1 {
		return word{Token: pieces[0]}
	}
	text := ""
	for _, p := range pieces {
		text += p.Text
	}
	whole := Token{clip(text), pieces[0].Start, pieces[len(pieces)-1].End}
	return word{Token: whole, parts: append([]Token(nil), pieces...)}
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
