package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlugBytes bounds a slug; percent-encoded in an address that is at most three times as long.
const maxSlugBytes = 80

// Slug makes the words of an address from a name: NFKC, lower case, letters of any script kept, digits as ASCII, words
// joined by "-", at most 80 bytes, cut between words where there is more than one. Apostrophes, Arabic vowel signs and
// tatweel go; a zero-width non-joiner parts words. Never empty for a text with a letter or digit; empty for one without.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFKC.String(s)) {
		switch {
		case isSilent(r):
			continue
		case unicode.IsLetter(r), unicode.Is(unicode.M, r) && b.Len() > 0 && !gap:
		case unicode.IsDigit(r):
			r = '0' + digitValue(r)
		case unicode.IsNumber(r):
		default:
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	return cutSlug(norm.NFKC.String(b.String())) // what was dropped may have stood between letter and accent
}

// isSilent: what may stand inside a word and is not written in a slug.
func isSilent(r rune) bool {
	return isApostrophe(r) || r == '\u0640' || r >= '\u064b' && r <= '\u0652' || r == '\u0670' ||
		r != zwnj && r != zwsp && unicode.Is(unicode.Cf, r)
}

func cutSlug(s string) string {
	if len(s) <= maxSlugBytes {
		return s
	}
	if i := strings.LastIndexByte(s[:maxSlugBytes+1], '-'); i > 0 {
		return s[:i]
	}
	end := maxSlugBytes
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}
