package wirefmt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// token is a number, a word or a sign of a date.
type token struct {
	kind  rune // 'n' digits, 'w' a word, else the sign itself
	text  string
	space bool // white space stands before it
}

// tokenize cuts a date into tokens. Digits of the Arabic script become ASCII, signs without a meaning of their own
// (direction marks, brackets) go, points inside abbreviations too ("p.m.", «ق.ظ»).
func tokenize(s string) []token {
	var out []token
	space := false
	for s = locale.ParseDigits(s); s != ""; {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case unicode.IsSpace(r):
			space = true
		case r >= '0' && r <= '9':
			n = spanOf(s, func(r rune) bool { return r >= '0' && r <= '9' })
			out, space = append(out, token{'n', s[:n], space}), false
		case isWordRune(r):
			n = spanOf(s, isWordRune)
			out, space = appendWord(out, s[:n], space), false
		case unicode.Is(unicode.Cf, r), r == '-' && !space && betweenWords(out, s[n:]):
		default:
			out, space = append(out, token{r, s[:n], space}), false
		}
		s = s[n:]
	}
	return out
}

// betweenWords is true for a hyphen inside a name, as in Rabi al-awwal.
func betweenWords(before []token, after string) bool {
	r, _ := utf8.DecodeRuneInString(after)
	return len(before) > 0 && before[len(before)-1].kind == 'w' && isWordRune(r)
}

// appendWord adds a word, joined to the one before where a point stands behind a single letter (two bytes in Arabic).
func appendWord(out []token, w string, space bool) []token {
	if n := len(out); n >= 2 && !space && out[n-1].kind == '.' && !out[n-1].space && out[n-2].kind == 'w' && len(squeeze(out[n-2].text)) <= 2 {
		out[n-2].text += w
		return out[:n-1]
	}
	return append(out, token{'w', w, space})
}

// spanOf is the length in bytes of the run of runes at the start of s for which in is true.
func spanOf(s string, in func(rune) bool) int {
	if i := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); i >= 0 {
		return i
	}
	return len(s)
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\u200c' || r == '\u200d' || r == '\'' || r == '’' || r == 'ʻ'
}
