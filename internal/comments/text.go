package comments

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean makes a reader's text fit to be kept: NFC, lines ended by "\n" with
// at most one empty line in between, no control characters, and nothing that
// turns the text after it around. Letters, ZWNJ, ZWJ and the direction marks
// LRM, RLM and ALM stay as they are. Clean of a cleaned text is that text.
// Text in which nothing can be seen becomes "".
func Clean(s string) string {
	s = printable(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
	if !visible(s) {
		return ""
	}
	var out []string
	empty := true // no empty line at the top
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRightFunc(balanced(line), unicode.IsSpace)
		if line == "" && empty {
			continue
		}
		out, empty = append(out, line), line == ""
	}
	return norm.NFC.String(strings.TrimSpace(strings.Join(out, "\n")))
}

// CleanLine is Clean for a name: one line with single spaces.
func CleanLine(s string) string {
	s = strings.ReplaceAll(printable(norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))), "\n", " ")
	if !visible(s) {
		return ""
	}
	return norm.NFC.String(strings.Join(strings.Fields(balanced(s)), " "))
}

// printable drops control characters and turns every kind of line end into
// "\n".
func printable(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r == '\uFEFF', r >= '\uFFF9' && r <= '\uFFFB', r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			return -1 // the last two are noncharacters: no text has them
		}
		return r
	}, s)
}

// visible reports whether anything of a text can be seen.
func visible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
	})
}

// Explicit directional formatting (Unicode Standard Annex 9, section 2).
const (
	pdf      = '\u202C' // ends an embedding or override
	pdi      = '\u2069' // ends an isolate
	mostDeep = 50       // UAX 9 allows 125 levels
)

func opensEmbedding(r rune) bool { return r >= '\u202A' && r <= '\u202E' && r != pdf }
func opensIsolate(r rune) bool   { return r >= '\u2066' && r <= '\u2068' }

// balanced closes what a line leaves open and drops what it closes without
// having opened it, so that whatever stands after the line keeps its own
// direction.
func balanced(line string) string {
	if !strings.ContainsFunc(line, func(r rune) bool { return r == pdf || r == pdi || opensEmbedding(r) || opensIsolate(r) }) {
		return line
	}
	var b strings.Builder
	var open []rune // the closers that are due
	for _, r := range line {
		switch {
		case opensEmbedding(r) || opensIsolate(r):
			if len(open) == mostDeep {
				continue
			}
			open = append(open, closer(r))
		case r == pdf:
			if len(open) == 0 || open[len(open)-1] != pdf {
				continue
			}
			open = open[:len(open)-1]
		case r == pdi:
			if !hasIsolate(open) {
				continue
			}
			for open[len(open)-1] == pdf {
				b.WriteRune(pdf)
				open = open[:len(open)-1]
			}
			open = open[:len(open)-1]
		}
		b.WriteRune(r)
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteRune(open[i])
	}
	return b.String()
}

func closer(r rune) rune {
	if opensIsolate(r) {
		return pdi
	}
	return pdf
}

func hasIsolate(open []rune) bool { return strings.ContainsRune(string(open), pdi) }
