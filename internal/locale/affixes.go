package locale

import (
	"unicode"
	"unicode/utf8"
)

// Persian affixes that are written joined, with a non-joiner, or with a space; in folded letters. Left out are those
// that are Arabic words of their own (ام, ای), since Arabic text goes through the same analyser.
var (
	persianPrefixes = map[string]bool{"مي": true, "نمي": true}
	persianSuffixes = map[string]bool{
		"ها": true, "هاي": true, "هايي": true, "هايم": true, "هايت": true, "هايش": true,
		"هايمان": true, "هايتان": true, "هايشان": true,
		"تر": true, "ترين": true, "تري": true,
	}
)

// joinAffixes joins a Persian prefix or suffix that stands one space away to its word.
func joinAffixes(s, folded string, in []word) []word {
	n := 0 // in[:n] is done; most texts have nothing to join, and nothing is moved then
	for i, w := range in {
		switch {
		case n > 0 && belongTogether(s, &in[n-1], &in[i]):
			in[n-1] = joinWords(folded, []word{in[n-1], w})
			continue
		case n != i:
			in[n] = w
		}
		n++
	}
	return in[:n]
}

func belongTogether(s string, a, b *word) bool {
	if a.Text[0] < utf8.RuneSelf || b.Text[0] < utf8.RuneSelf {
		return false
	}
	if !persianSuffixes[b.Text] && !persianPrefixes[a.Text] {
		return false
	}
	if a.End > b.Start || !isOneSpace(s[a.End:b.Start]) {
		return false
	}
	return isArabicWord(a.Text) && isArabicWord(b.Text)
}

func isOneSpace(gap string) bool {
	return gap == " " || gap == "\u00a0" || gap == "\u202f" || gap == "\u2009"
}

// isArabicWord: at least two letters, the first of the Arabic script.
func isArabicWord(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return len(text) > n && unicode.Is(unicode.Arabic, r)
}

// isAffixed says that a word of two pieces is one word with an affix, which Tokens joins in every spelling.
func isAffixed(parts []Token) bool {
	return len(parts) == 2 && (persianPrefixes[parts[0].Text] || persianSuffixes[parts[1].Text])
}
