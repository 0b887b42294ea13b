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
		if r == zwnj {
			sc.cut(false)
		} else if sc.piece.Len() > 0 && unicode.Is(unicode.M, r) {
			sc.end = end
		}
		return
	case isApostrophe(r) && sc.inWord() && startsWithLetter(sc.text[end:]):
		sc.cut(true)
		return
	case (r == ',' || r == '٬' || r == '،') && sc.inNumber() && startsWithThousand(sc.text[end:]):
		return
	}
	for _, f := range folded {
		switch {
		case !isTokenRune(f):
			sc.flush()
		case standsAlone(f):
			sc.flush()
			sc.add(f, start, end)
			sc.flush()
		default:
			sc.add(f, start, end)
		}
	}
}

func (sc *scanner) inWord() bool { return sc.piece.Len() > 0 || len(sc.pieces) > 0 }

func (sc *scanner) inNumber() bool {
	p := sc.piece.String()
	return len(sc.pieces) == 0 && p != "" && strings.Trim(p, "0123456789") == ""
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
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > unicode.MaxASCII && unicode.IsLetter(r)
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
