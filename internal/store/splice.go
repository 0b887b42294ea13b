package store

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Splice tells one text as a change of another: of that one stay Start bytes
// at the beginning, then Cut bytes go, Put stands in their place, and all the
// rest stays.
type Splice struct {
	Start, Cut int
	Put        string
}

// SpliceOf is the smallest splice that makes to of from. It never parts a
// character.
func SpliceOf(from, to string) Splice {
	most := min(len(from), len(to))
	start := 0
	for start < most && from[start] == to[start] {
		start++
	}
	for start > 0 && !(startsRune(from, start) && startsRune(to, start)) {
		start--
	}
	end := 0
	for end < most-start && from[len(from)-1-end] == to[len(to)-1-end] {
		end++
	}
	for end > 0 && !(startsRune(from, len(from)-end) && startsRune(to, len(to)-end)) {
		end--
	}
	return Splice{start, len(from) - end - start, to[start : len(to)-end]}
}

func startsRune(s string, i int) bool { return i <= 0 || i >= len(s) || utf8.RuneStart(s[i]) }

// errSplice says that a splice is of another text.
var errSplice = errors.New("the change is not one of this text")

// Apply makes the other text. It fails where the splice does not fit.
func (s Splice) Apply(from string) (string, error) {
	if s.Start < 0 || s.Cut < 0 || s.Start > len(from) || s.Cut > len(from)-s.Start || !startsRune(from, s.Start) || !startsRune(from, s.Start+s.Cut) {
		return "", errSplice
	}
	var b strings.Builder
	b.Grow(len(from) - s.Cut + len(s.Put))
	b.WriteString(from[:s.Start])
	b.WriteString(s.Put)
	b.WriteString(from[s.Start+s.Cut:])
	return b.String(), nil
}

// adds reports whether the change only adds: everything of the text before is
// in the text after, in its order.
func (s Splice) adds() bool { return s.Cut == 0 }
