package news

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quotation is where a note stands: the words themselves, with a little of
// what stands before and after them (W3C Web Annotation Data Model, 4.2.4).
// The zero Quotation stands on the whole article.
type Quotation struct {
	Exact, Before, After string
}

// Whole reports whether the note is about the article as a whole.
func (q Quotation) Whole() bool { return q.Exact == "" }

// Standing says how a quotation stands in a text.
type Standing string

// The standings: the words are there; what was around them is, with other
// words between; they are gone.
const (
	Stands  Standing = "stands"
	Changed Standing = "changed"
	Lost    Standing = "gone"
)

// Context is how many characters are kept before and after a quotation.
const Context = 32

// leastContext is how many bytes of what stood around lost words must still be
// there for the place to be known again.
const leastContext = 8

// Find looks for the quotation in a text that Spaced made. Of several places
// it takes the one whose surroundings fit best. start and end are bytes.
func (q Quotation) Find(spaced string) (start, end int, how Standing) {
	exact, before, after := strings.TrimSpace(Spaced(q.Exact)), Spaced(q.Before), Spaced(q.After)
	if exact == "" {
		return 0, 0, Lost
	}
	best := -1
	for from := 0; ; from++ {
		i := strings.Index(spaced[from:], exact)
		if i < 0 {
			break
		}
		from += i
		if score := alikeBack(spaced[:from], before) + alike(spaced[from+len(exact):], after); score > best {
			best, start, end = score, from, from+len(exact)
		}
	}
	if best >= 0 {
		return start, end, Stands
	}
	return between(spaced, before, after, len(exact))
}

// between finds the place of lost words by what stood around them.
func between(all, before, after string, length int) (start, end int, how Standing) {
	if len(before) < leastContext || len(after) < leastContext {
		return 0, 0, Lost
	}
	for from := 0; ; from++ {
		i := strings.Index(all[from:], before)
		if i < 0 {
			return 0, 0, Lost
		}
		from += i
		begin := from + len(before)
		near := all[begin:min(len(all), begin+3*length+40+len(after))]
		if to := strings.Index(near, after); to > 0 { // 0: the words were taken out
			return begin, begin + to, Changed
		}
	}
}

// Quote makes the quotation of the bytes from start to end of a text.
func Quote(text string, start, end int) Quotation {
	before, after := start, end
	for range Context {
		_, back := utf8.DecodeLastRuneInString(text[:before])
		_, on := utf8.DecodeRuneInString(text[after:])
		before, after = before-back, after+on
	}
	return Quotation{Exact: text[start:end], Before: text[before:start], After: text[end:after]}
}

// Spaced is a text with one space for each run of white space, because
// paragraphs are parted differently where a text is read.
func Spaced(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// alike counts how many bytes two texts have in common from the start.
func alike(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// alikeBack counts them from the end.
func alikeBack(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
