package news

import (
	"slices"
	"strings"
	"time"

	"broadsheet/internal/doc"
)

// Settled refuses a content that holds suggested changes which nobody has
// accepted or refused: readers are shown only what somebody decided on.
func (c Content) Settled() error {
	if n := len(c.Body.Unsettled()); n > 0 {
		return Refuse(Conflict, "error.suggestions", "the text holds %d suggested changes: accept or refuse each of them first", n)
	}
	return nil
}

// Settlement is a suggestion that was settled with a revision.
type Settlement struct {
	doc.Suggestion
	Accepted bool
}

// Settlements finds out which suggestions of the text before are settled in
// the text after, and how, by what became of their words.
func Settlements(before, after doc.Body) []Settlement {
	open := map[string]bool{}
	for _, s := range after.Unsettled() {
		open[s.ID] = true
	}
	var out []Settlement
	text := after.Accepted().Text()
	for _, s := range before.Unsettled() {
		if !open[s.ID] {
			out = append(out, Settlement{s, accepted(before, text, s)})
		}
	}
	return out
}

// accepted asks of a text which it is: the one with the suggestion, or the one
// without. Beside the words themselves their neighbours count, many at first
// and then fewer, because those may have changed as well.
func accepted(before doc.Body, text string, s doc.Suggestion) bool {
	yes, _ := before.Settle(s.ID, true)
	no, _ := before.Settle(s.ID, false)
	with, without := []rune(yes.Accepted().Text()), []rune(no.Accepted().Text())
	from := 0
	for from < min(len(with), len(without)) && with[from] == without[from] {
		from++
	}
	tail := 0
	for tail < min(len(with), len(without))-from && with[len(with)-1-tail] == without[len(without)-1-tail] {
		tail++
	}
	around := func(r []rune, n int) string {
		return string(r[max(0, from-n):min(len(r), len(r)-tail+n)])
	}
	for _, n := range []int{40, 20, 10, 5, 2} {
		is, isNot := strings.Contains(text, around(with, n)), strings.Contains(text, around(without, n))
		if is != isNot {
			return is
		}
	}
	if word := strings.TrimSpace(around(with, 0)); word != "" {
		return strings.Count(text, word) >= strings.Count(string(with), word)
	}
	return !strings.Contains(text, strings.TrimSpace(around(without, 0)))
}

// Bounds of the time that a browser writes on a suggestion: its clock may be
// off, and it may have been without a line for weeks.
const (
	suggestedAhead  = time.Minute
	suggestedBefore = 30 * 24 * time.Hour
)

// SignSuggestions returns the body with its suggestions under the right names
// and times. Those that known holds stay as they were made; a new one carries
// the person's own number, or it is refused, and a time that can be.
func SignSuggestions(body doc.Body, known []doc.Change, p PersonID, now time.Time) (doc.Body, error) {
	var foreign error
	signed := body.Rewrite(func(c doc.Change) doc.Change {
		i := slices.IndexFunc(known, func(k doc.Change) bool { return k.ID == c.ID })
		if i >= 0 {
			return known[i]
		}
		if c.By != int64(p) {
			foreign = Refuse(Invalid, "error.suggestion.by", "a suggested change carries the name of somebody else").In("body")
		}
		if at := time.Unix(c.At, 0); at.After(now.Add(suggestedAhead)) || at.Before(now.Add(-suggestedBefore)) {
			c.At = now.Unix()
		}
		return c
	})
	return signed, foreign
}
