package proof

import (
	"slices"
	"strings"
	"unicode"

	"broadsheet/internal/locale"
)

// word is a run of letters, digits and what joins them: an apostrophe between letters, a zero-width non-joiner.
type word struct {
	start, end int    // in code points; end is exclusive
	key        string // folded, without joiners: two spellings of one word have the same key
}

func splitWords(r []rune) []word {
	var words []word
	for i := 0; i < len(r); i++ {
		if !inWord(r[i]) {
			continue
		}
		start := i
		for i < len(r) && (inWord(r[i]) || joinsWord(r, i)) {
			i++
		}
		words = append(words, word{start, i, wordKey(r[start:i])})
	}
	return words
}

func inWord(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == tatweel
}

const (
	zwnj    = '\u200c'
	zwj     = '\u200d'
	tatweel = '\u0640'
)

// joinsWord says whether the character at i stands inside a word.
func joinsWord(r []rune, i int) bool {
	switch r[i] {
	case '\'', '’', zwnj, zwj, '\u00ad', 'ʼ', 'ʻ':
	default:
		return false
	}
	return i > 0 && i+1 < len(r) && inWord(r[i-1]) && inWord(r[i+1])
}

func wordKey(r []rune) string {
	ascii := true
	for _, c := range r {
		ascii = ascii && c < 0x80
	}
	if ascii {
		return strings.ToLower(string(r))
	}
	return strings.ReplaceAll(locale.Fold(string(r)), "’", "'")
}

// keyOf gives the key of a word written in a table of this package.
func keyOf(s string) string { return wordKey([]rune(s)) }

// keySet makes a set of the words of texts, which are parted by white space.
func keySet(texts ...string) map[string]bool {
	set := make(map[string]bool)
	for _, text := range texts {
		for w := range strings.FieldsSeq(text) {
			set[keyOf(w)] = true
		}
	}
	return set
}

// isSpace is white space that parts words, no-break spaces too.
func isSpace(r rune) bool { return r == ' ' || unicode.IsSpace(r) }

// isInvisible is a format character: direction marks, joiners. Rules look through them.
func isInvisible(r rune) bool { return r >= 0x80 && unicode.Is(unicode.Cf, r) }

// wordAt is the index of the first word that begins at i or behind.
func (p *para) wordAt(i int) int {
	n, _ := slices.BinarySearchFunc(p.words, i, func(w word, i int) int { return w.start - i })
	return n
}

// spaceBetween says whether only white space and invisible characters stand from start to end.
func (p *para) spaceBetween(start, end int) bool {
	for _, r := range p.r[start:end] {
		if !isSpace(r) && !isInvisible(r) {
			return false
		}
	}
	return start < end
}
