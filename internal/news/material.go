package news

import (
	"slices"
	"strings"

	"broadsheet/internal/doc"
)

// MaterialKind says what sort of fact a change touches.
type MaterialKind string

// The kinds of fact that readers rely on. A change of one of them is never
// let out unseen: see Material.
const (
	MaterialHeadline  MaterialKind = "headline"
	MaterialByline    MaterialKind = "byline"
	MaterialDateline  MaterialKind = "dateline"
	MaterialName      MaterialKind = "name"
	MaterialNumber    MaterialKind = "number"
	MaterialDate      MaterialKind = "date" // weekdays, months, days, times of day
	MaterialQuotation MaterialKind = "quotation"
)

// MaterialKinds lists the kinds in the order in which Material gives them.
func MaterialKinds() []MaterialKind {
	return []MaterialKind{MaterialHeadline, MaterialByline, MaterialDateline, MaterialName, MaterialNumber, MaterialDate, MaterialQuotation}
}

// MaterialChange is one fact as it stood and as it would stand, in the words
// of the text. An empty Before was not there, an empty After is gone.
type MaterialChange struct {
	Kind   MaterialKind `json:"kind"`
	Before string       `json:"before,omitempty"`
	After  string       `json:"after,omitempty"`
}

// Material lists the facts in which two contents of one article differ: names,
// numbers, dates, quotations, headline, byline and dateline. language is the
// one the article is in where the content names none.
//
// What reads the same is no change: another form of quotation mark, a comma, a
// number in other digits or with another mark for thousands, a paragraph that
// moved. It errs towards telling: whoever reads the list decides.
func Material(before, after Content, language string) []MaterialChange {
	var out []MaterialChange
	if sameLine(before.Headline) != sameLine(after.Headline) {
		out = append(out, MaterialChange{MaterialHeadline, before.Headline, after.Headline})
	}
	out = append(out, paired(MaterialByline, bylineMarks(before.Bylines), bylineMarks(after.Bylines))...)
	if was, is := before.Dateline.line(), after.Dateline.line(); was != is {
		out = append(out, MaterialChange{MaterialDateline, was, is})
	}
	old, fresh := differing(passages(before, language), passages(after, language))
	known := knownNames(before, after)
	known.lower(old)
	known.lower(fresh)
	was, is := marksOf(old, known), marksOf(fresh, known)
	for _, kind := range []MaterialKind{MaterialName, MaterialNumber, MaterialDate, MaterialQuotation} {
		out = append(out, paired(kind, was[kind], is[kind])...)
	}
	return out
}

// line is a dateline as the gate shows it.
func (d Dateline) line() string {
	parts := slices.DeleteFunc([]string{d.Place, d.Country, d.Source}, func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(parts, " · ")
}

// mark is one fact in a text. key is the form under which it is compared.
// A weak mark may be no fact at all ("one" in "one of them"): it counts only
// where it stands in the place of another.
type mark struct {
	key, text string
	weak      bool
}

func bylineMarks(bylines []Byline) []mark {
	var out []mark
	for _, b := range bylines {
		text := strings.Join(strings.Fields(b.Name), " ")
		if b.Role != "" {
			text += " (" + b.Role + ")"
		}
		out = append(out, mark{key: sameLine(text), text: text})
	}
	return out
}

// passage is a block of running text.
type passage struct {
	text, language string
	quote          bool // a quotation as a whole
	name           bool // who said it
}

// passages are the blocks of a content that are read for facts.
func passages(c Content, language string) []passage {
	if c.Language != "" {
		language = c.Language
	}
	out := []passage{{text: c.Kicker, language: language}, {text: c.Standfirst, language: language}, {text: c.Credit, language: language}}
	for _, p := range c.Body.Paragraphs() {
		one := passage{text: p.Text, language: language, quote: p.Kind == "quote", name: p.Kind == "attribution"}
		if p.Lang != "" {
			one.language = p.Lang
		}
		out = append(out, one)
	}
	return append(out, pictureWords(c.Body, language)...)
}

// pictureWords are what pictures say to those who do not see them.
func pictureWords(b doc.Body, language string) []passage {
	var out []passage
	for _, p := range b.Pictures() {
		out = append(out, passage{text: p.Alt, language: language})
	}
	return out
}

// differing leaves out the passages that stand in both texts, wherever they
// stand: a paragraph that moved changes no fact.
func differing(before, after []passage) (old, fresh []passage) {
	key := func(p passage) string {
		p.text = sameLine(p.text)
		return p.text + "\x00" + p.language + map[bool]string{true: "\x00quote"}[p.quote]
	}
	count := map[string]int{}
	for _, p := range after {
		count[key(p)]++
	}
	for _, p := range before {
		if k := key(p); count[k] > 0 {
			count[k]--
		} else {
			old = append(old, p)
		}
	}
	left := map[string]int{}
	for _, p := range before {
		left[key(p)]++
	}
	for _, p := range after {
		if k := key(p); left[k] > 0 {
			left[k]--
		} else {
			fresh = append(fresh, p)
		}
	}
	return old, fresh
}

// paired sets what is gone beside what came in its place.
func paired(kind MaterialKind, before, after []mark) []MaterialChange {
	var out []MaterialChange
	for _, h := range hunks(before, after) {
		for i := range max(len(h.gone), len(h.come)) {
			var was, is mark
			if i < len(h.gone) {
				was = h.gone[i]
			}
			if i < len(h.come) {
				is = h.come[i]
			}
			if was.key == is.key || (was.key == "" || was.weak) && (is.key == "" || is.weak) && (was.key == "" || is.key == "") {
				continue
			}
			out = append(out, MaterialChange{kind, was.text, is.text})
		}
	}
	return out
}

// hunk is a place where two rows of marks differ.
type hunk struct{ gone, come []mark }

// mostCompared bounds the table of the comparison; beyond it only what is in
// one row and not in the other counts.
const mostCompared = 4 << 20

// hunks compares two rows of marks by their longest common row.
func hunks(before, after []mark) []hunk {
	for len(before) > 0 && len(after) > 0 && before[0].key == after[0].key {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1].key == after[len(after)-1].key {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	if len(before)*len(after) > mostCompared {
		return []hunk{{less(before, after), less(after, before)}}
	}
	table := commonRows(before, after)
	var out []hunk
	var h hunk
	i, j := 0, 0
	for i < len(before) || j < len(after) {
		switch {
		case i < len(before) && j < len(after) && before[i].key == after[j].key:
			if len(h.gone)+len(h.come) > 0 {
				out = append(out, h)
			}
			h = hunk{}
			i, j = i+1, j+1
		case j == len(after) || i < len(before) && table[i+1][j] >= table[i][j+1]:
			h.gone = append(h.gone, before[i])
			i++
		default:
			h.come = append(h.come, after[j])
			j++
		}
	}
	if len(h.gone)+len(h.come) > 0 {
		out = append(out, h)
	}
	return out
}

// commonRows[i][j] is how many marks before[i:] and after[j:] have in common, in order.
func commonRows(before, after []mark) [][]int32 {
	table := make([][]int32, len(before)+1)
	for i := range table {
		table[i] = make([]int32, len(after)+1)
	}
	for i := len(before) - 1; i >= 0; i-- {
		for j := len(after) - 1; j >= 0; j-- {
			if before[i].key == after[j].key {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// less is what the first row has more of than the second.
func less(a, b []mark) []mark {
	count := map[string]int{}
	for _, m := range b {
		count[m.key]++
	}
	var out []mark
	for _, m := range a {
		if count[m.key]--; count[m.key] < 0 {
			out = append(out, m)
		}
	}
	return out
}
