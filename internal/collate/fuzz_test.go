package collate

import (
	"strings"
	"testing"

	"broadsheet/internal/doc"

	"pgregory.net/rapid"
)

// Three texts in the desk's plain form: none of them may bring the merge down or make it an invalid body, and a merge
// with an unchanged side is the other.
func FuzzMerge(f *testing.F) {
	for _, s := range [][3]string{
		{"The old bridge.", "The new bridge.", "The **old** bridge."},
		{"- a\n- b", "- a\n- b\n- c", "1. a\n2. b"},
		{"> a\n> — b", "> a c\n> — b", "::: fact\n> a\n:::"},
		{"| a | b |\n| --- | --- |\n| c | d |", "| a |\n| --- |\n| c |", "| a | b | e |\n| --- | --- | --- |\n| c | d | f |"},
		{"پل {lang=fa}", "پل نو", "![x](/media/a.jpg)"},
		{"a\\\nb", "a b", "a\n\nb"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, one, two, three string) {
		if len(one)+len(two)+len(three) > 4000 {
			return
		}
		base, theirs, mine := body(one), body(two), body(three)
		m := Merge(base, theirs, mine)
		if err := m.Body.Validate(); err != nil {
			t.Fatalf("%v\n%#v", err, m.Body)
		}
		for _, p := range append(theirs.Paragraphs(), mine.Paragraphs()...) {
			for w := range strings.FieldsSeq(p.Text) {
				if strings.ContainsFunc(w, isWord) && !strings.Contains(one, w) && !strings.Contains(compact(m.Body), compactText(w)) {
					t.Fatalf("%q is not in the merge %q", w, m.Body.Markdown())
				}
			}
		}
		for _, side := range []doc.Body{theirs, mine} {
			if got := Merge(base, base, side).Body; everything(t, got) != everything(t, side) {
				t.Fatalf("%#v", got)
			}
			Compare(base, side)
		}
		MergeText(strings.ReplaceAll(one, "\n", " "), strings.ReplaceAll(two, "\n", " "), strings.ReplaceAll(three, "\n", " "))
	})
}

func compact(b doc.Body) string {
	var s strings.Builder
	for _, u := range unitsOf(b) {
		for _, r := range u.line {
			s.WriteString(compactText(r.Text))
		}
	}
	return s.String()
}

func compactText(s string) string { return strings.Join(strings.Fields(s), "") }

// The fuzzer's bytes drive the same property as TestMergeLosesNothing, so that it finds what chance does not.
func FuzzMergeLosesNothing(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		base := anyBody(t)
		x, y := &editor{T: t, name: "theirs"}, &editor{T: t, name: "mine"}
		theirs, mine := x.edit(base), y.edit(base)
		m := Merge(base, theirs, mine)
		text := everything(t, m.Body)
		holds(t, text, left(t, theirs, x.written), "the other")
		holds(t, text, left(t, mine, y.written), "the writer")
		if err := m.Body.Validate(); err != nil {
			t.Fatal(err)
		}
	}))
}
