package locale

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the form of a text under which search compares it: compatibility forms and case are unified, accents and
// Arabic vowel signs go, so do tatweel, the zero-width non-joiner and other invisible characters; alef, yeh, kaf, heh
// and waw each become one letter whatever their carrier or script tradition; digits of all scripts become ASCII ones.
// Punctuation and spaces stay. The result is decomposed (NFKD) without marks. Fold(Fold(s)) == Fold(s), and folding is
// letter by letter: Fold(a+b) == Fold(a)+Fold(b) for valid UTF-8. Bytes that are not UTF-8 become U+FFFD.
//
// In scripts that write vowels as marks (Devanagari, Thai) the vowels go too: more is found, nothing is missed.
func Fold(s string) string {
	table := foldTable()
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r < foldTableSize {
			b.WriteString(table[r].text)
		} else {
			b.WriteString(foldRune(r))
		}
	}
	return b.String()
}

// foldTableSize covers Latin, Greek, Cyrillic, Hebrew and Arabic.
const foldTableSize = 0x800

// folding is what the letters below foldTableSize fold to.
type folding struct {
	text   string
	letter bool // nothing but letters that simply continue a word
}

var foldTable = sync.OnceValue(func() *[foldTableSize]folding {
	var table [foldTableSize]folding
	for r := range rune(foldTableSize) {
		text := foldRune(r)
		plain := func(f rune) bool { return isTokenRune(f) && !isDigit(f) && !standsAlone(f) }
		table[r] = folding{text, text != "" && strings.TrimFunc(text, plain) == ""}
	}
	return &table
})

// foldRune folds one letter; what is dropped gives the empty string.
func foldRune(r rune) string {
	switch {
	case r >= 0x2010 && r <= 0x2027, r == '\n', unicode.Is(unicode.Han, r) && r < 0xF900:
		return string(r) // frequent in text, nothing to fold
	case r == zwsp:
		return " " // a place to break, so the end of a word
	case r == zwnj:
		return ""
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		b.WriteString(foldSimple(d))
	}
	return b.String()
}

// foldSimple folds one letter that has no decomposition.
func foldSimple(r rune) string {
	if unicode.In(r, unicode.M, unicode.Cf) {
		return ""
	}
	r = unicode.ToLower(r)
	if to, ok := foldLetters[r]; ok {
		return to
	}
	if r > unicode.MaxASCII && unicode.IsDigit(r) {
		return string('0' + digitValue(r))
	}
	return string(r)
}

// digitValue relies on every range of decimal digits in Unicode starting with a nought.
func digitValue(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if lo, hi := rune(run.Lo), rune(run.Hi); r >= lo && r <= hi {
			return (r - lo) % 10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if lo, hi := rune(run.Lo), rune(run.Hi); r >= lo && r <= hi {
			return (r - lo) % 10
		}
	}
	return 0
}

const (
	zwnj = '\u200c'
	zwsp = '\u200b'
)

// foldLetters holds what Unicode's decompositions and lower case leave apart but readers do not. The hamza on alef,
// waw and yeh is a mark after decomposition and goes with the other marks.
var foldLetters = map[rune]string{
	// Arabic script: one form a letter, whatever keyboard typed it.
	'ٱ': "ا", 'ٲ': "ا", 'ٳ': "ا",
	'ی': "ي", 'ى': "ي", 'ے': "ي", 'ې': "ي", 'ۍ': "ي",
	'ک': "ك", 'ڪ': "ك",
	'ة': "ه", 'ە': "ه", 'ہ': "ه", 'ھ': "ه", 'ۃ': "ه",
	'\u0674': "", // high hamza
	'\u0640': "", // tatweel
	// Latin letters whose stroke or joining is no mark in Unicode.
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'þ': "th", 'ħ': "h", 'ŧ': "t", 'ı': "i",
	'ς': "σ",
	// The signs of transliteration that stand for ayn and hamza, and the modifier apostrophe.
	'ʹ': "", 'ʺ': "", 'ʻ': "", 'ʼ': "", 'ʽ': "", 'ʾ': "", 'ʿ': "", 'ˈ': "", 'ˊ': "", 'ˋ': "",
}
