package locale

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// DirectionOf is the direction of a text by its first strong letter, as the dir="auto" of HTML finds it: "ltr", "rtl",
// or "" when no letter has a direction (numbers, punctuation, nothing).
func DirectionOf(text string) string {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if d := strongDirection(r); d != "" {
			return d
		}
		i += n
	}
	return ""
}

// strongDirection is "ltr" or "rtl" for letters with a direction of their own (bidi classes L, R and AL), else "".
func strongDirection(r rune) string {
	if r == utf8.RuneError {
		return ""
	}
	p, _ := bidi.LookupRune(r)
	switch p.Class() {
	case bidi.L:
		return "ltr"
	case bidi.R, bidi.AL:
		return "rtl"
	}
	return ""
}
