package locale

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a range of bytes of a text: from Start up to, not including, End, both on rune boundaries.
type Span struct{ Start, End int }

// Highlight finds the words of a text that a query matches; query holds raw words or whole phrases as typed, folded
// or not. Spans are in order and do not overlap. No match gives nil.
func Highlight(text string, query []string) []Span {
	texts, sequences := terms(query)
	if len(texts) == 0 {
		return nil
	}
	all := words(text)
	var spans []Span
	for i, w := range all {
		switch {
		case texts[w.Text]:
			spans = append(spans, Span{w.Start, w.End})
			continue
		case len(w.parts) > 0:
			for _, p := range w.parts {
				if texts[p.Text] {
					spans = append(spans, Span{p.Start, p.End})
				}
			}
		}
		for _, seq := range sequences {
			if standsAt(all[i:], seq) {
				spans = append(spans, Span{w.Start, all[i+len(seq)-1].End})
			}
		}
	}
	return merge(spans)
}

// Snippet cuts the piece of at most maxRunes characters out of a text in which most of the query's words stand, at
// word boundaries, with "…" where it was cut, line ends as spaces. Spans point into the snippet. Without a match it is
// the beginning of the text; maxRunes under 20 counts as 20.
func Snippet(text string, query []string, maxRunes int) (string, []Span) {
	maxRunes = max(maxRunes, 20)
	text = strings.Map(lineEndToSpace, strings.ToValidUTF8(text, "\ufffd"))
	spans := Highlight(text, query)
	if utf8.RuneCountInString(text) <= maxRunes {
		return text, spans
	}
	start, end := window(text, spans, maxRunes-2)
	head, tail := "", ""
	if strings.TrimSpace(text[:start]) != "" {
		head = "…"
	}
	if strings.TrimSpace(text[end:]) != "" {
		tail = "…"
	}
	var kept []Span
	for _, sp := range spans {
		if sp.Start >= start && sp.End <= end {
			kept = append(kept, Span{sp.Start - start + len(head), sp.End - start + len(head)})
		}
	}
	return head + text[start:end] + tail, kept
}

func terms(query []string) (texts map[string]bool, sequences [][]string) {
	texts = make(map[string]bool)
	for _, q := range query {
		for _, t := range Query(q) {
			texts[t.Text] = true
			if len(t.Parts) > 0 {
				sequences = append(sequences, t.Parts)
			}
		}
	}
	return texts, sequences
}

func standsAt(all []word, seq []string) bool {
	if len(all) < len(seq) {
		return false
	}
	for i, part := range seq {
		if all[i].Text != part {
			return false
		}
	}
	return true
}

func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// window chooses the bytes to show: it begins a quarter of the room before the span from which most others are within
// reach, and both ends move inwards to word boundaries.
func window(text string, spans []Span, room int) (start, end int) {
	at := runeOffsets(text)
	first := best(at, spans, room)
	from := 0
	if len(spans) > 0 {
		from = max(0, runeAt(at, spans[first].Start)-room/4)
	}
	to := min(from+room, len(at)-1)
	from = max(0, min(from, to-room))
	start, end = at[from], at[to]
	mustStart, mustEnd := end, start
	if len(spans) > 0 {
		mustStart, mustEnd = spans[first].Start, min(spans[first].End, end)
	}
	if from > 0 {
		if cut := strings.IndexByte(text[start:min(mustStart, end)], ' '); cut >= 0 {
			start += cut + 1
		}
	}
	if end < len(text) && text[end] != ' ' {
		if cut := strings.LastIndexByte(text[start:end], ' '); cut > 0 && start+cut >= mustEnd {
			end = start + cut
		}
	}
	return start, start + len(strings.TrimRightFunc(text[start:end], unicode.IsSpace))
}

// best is the index of the span with the most spans in the room behind it.
func best(at []int, spans []Span, room int) int {
	reach := room - room/4
	chosen, most, last := 0, 0, 0
	for i := range spans {
		limit := runeAt(at, spans[i].Start) + reach
		for last < len(spans) && runeAt(at, spans[last].End) <= limit {
			last++
		}
		if last-i > most {
			chosen, most = i, last-i
		}
	}
	return chosen
}

// runeOffsets gives the byte offset of every rune, and the length of the text at the end.
func runeOffsets(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

func runeAt(at []int, offset int) int {
	i, _ := slices.BinarySearch(at, offset)
	return i
}

func lineEndToSpace(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029' {
		return ' '
	}
	return r
}
