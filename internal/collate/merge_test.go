package collate

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/doc"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func body(markdown string) doc.Body {
	b, _ := doc.FromMarkdown(markdown)
	return b
}

// everything is all that a body holds, addresses and marks too.
func everything(t failer, b doc.Body) string {
	t.Helper()
	data, err := json.Marshal(b)
	if err != nil {
		t.Fatalf("the body cannot be kept: %v", err)
	}
	return string(data)
}

// holds asks that every word stands in a text, and not only as the beginning of another.
func holds(t failer, text string, words []string, whose string) {
	t.Helper()
	for _, w := range words {
		for rest := text; ; {
			i := strings.Index(rest, w)
			if i < 0 {
				t.Fatalf("%s wrote %s, it is not in the merge\n%s", whose, w, text)
			}
			if rest = rest[i+len(w):]; rest == "" || rest[0] < '0' || rest[0] > '9' {
				break
			}
		}
	}
}

// left are the words of a writer that still stand in what that writer made: some were written over again.
func left(t failer, made doc.Body, words []string) []string {
	text := everything(t, made)
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		for rest := text; ; {
			i := strings.Index(rest, w)
			if i < 0 {
				return true
			}
			if rest = rest[i+len(w):]; rest == "" || rest[0] < '0' || rest[0] > '9' {
				return false
			}
		}
	})
}

func TestMergeLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := anyBody(t)
		x, y := &editor{T: t, name: "theirs"}, &editor{T: t, name: "mine"}
		theirs, mine := x.edit(base), y.edit(base)
		m := Merge(base, theirs, mine)
		text := everything(t, m.Body)
		holds(t, text, left(t, theirs, x.written), "the other")
		holds(t, text, left(t, mine, y.written), "the writer")
		if err := m.Body.Validate(); err != nil {
			t.Fatalf("the merge is no valid body: %v\n%s", err, text)
		}
		// What nobody touched stays; what somebody took out may not come again where nobody changed it.
		for _, p := range base.Paragraphs() {
			times := func(b doc.Body) (n int) {
				for _, q := range b.Paragraphs() {
					if q.Text == p.Text {
						n++
					}
				}
				return n
			}
			if times(base) == 1 && times(theirs) > 0 && times(mine) > 0 && times(m.Body) == 0 && len(m.Clashes) == 0 {
				t.Fatalf("%q stood in all three and is gone\n%s\n%s\n%s\n%s", p.Text, everything(t, base), everything(t, theirs), everything(t, mine), text)
			}
		}
		other := Merge(base, mine, theirs)
		if a, b := sorted(m.Body), sorted(other.Body); !slices.Equal(a, b) {
			t.Fatalf("the merge depends on who comes first: %s", cmp.Diff(string(a), string(b)))
		}
		if len(m.Clashes) != len(other.Clashes) {
			t.Fatalf("%d clashes, the other way round %d: %+v %+v", len(m.Clashes), len(other.Clashes), m.Clashes, other.Clashes)
		}
	})
}

// sorted are all letters and signs of a body.
func sorted(b doc.Body) []rune {
	var out []rune
	for _, u := range unitsOf(b) {
		for _, r := range u.line {
			out = append(out, []rune(strings.ReplaceAll(r.Text, " ", ""))...)
		}
	}
	slices.Sort(out)
	return out
}

func TestMergeWithAnUnchangedSideIsTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := anyBody(t)
		changed := (&editor{T: t, name: "mine"}).edit(base)
		for _, m := range []Merged{Merge(base, base, changed), Merge(base, changed, base), Merge(base, changed, changed)} {
			if !slices.EqualFunc(m.Body.Blocks, changed.Blocks, sameBlock) || len(m.Clashes) != 0 {
				t.Fatalf("got %s with %v, want %s", everything(t, m.Body), m.Clashes, everything(t, changed))
			}
		}
	})
}

// Two who change different paragraphs never clash, and each has what they wrote.
func TestChangesApartAreJoinedCleanly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var base doc.Body
		n := rapid.IntRange(4, 12).Draw(t, "paragraphs")
		for i := range n {
			base.Blocks = append(base.Blocks, doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: fmt.Sprintf("Paragraph %d says %s and ends with %d.", i, words(t, 8), i)}}})
		}
		cut := rapid.IntRange(1, n-1).Draw(t, "cut")
		x, y := &editor{T: t, name: "theirs"}, &editor{T: t, name: "mine"}
		theirs, mine := doc.Body{Blocks: slices.Clone(base.Blocks)}, doc.Body{Blocks: slices.Clone(base.Blocks)}
		i, k := rapid.IntRange(0, cut-1).Draw(t, "theirs"), rapid.IntRange(cut, n-1).Draw(t, "mine")
		theirs.Blocks[i], mine.Blocks[k] = x.block(theirs.Blocks[i]), y.block(mine.Blocks[k])
		want := slices.Clone(base.Blocks)
		want[i], want[k] = theirs.Blocks[i], mine.Blocks[k]
		m := Merge(base.Normal(), theirs.Normal(), mine.Normal())
		if d := cmp.Diff(doc.Body{Blocks: want}.Normal(), m.Body); d != "" || len(m.Clashes) != 0 {
			t.Fatalf("%v %s", m.Clashes, d)
		}
	})
}

func TestMerge(t *testing.T) {
	for _, c := range []struct {
		name, base, theirs, mine, want string
		clashes                        []Clash
	}{
		{"two words of one sentence", "The old bridge is long.", "The new bridge is long.", "The old bridge is wide.", "The new bridge is wide.\n", nil},
		{"neighbouring words", "The old bridge fell.", "The new bridge fell.", "The old tower fell.", "The new tower fell.\n", nil},
		{"the same word", "The old bridge.", "The new bridge.", "The grand bridge.", "The new grand bridge.\n", []Clash{{Base: "old", Theirs: "new", Mine: "grand"}}},
		{"the same change", "The old bridge.", "The new bridge.", "The new bridge.", "The new bridge.\n", nil},
		{"the same change and another", "The old bridge is long.", "The new bridge is long.", "The new bridge is wide.", "The new bridge is wide.\n", nil},
		{"both at one place in a sentence", "The bridge.", "The big bridge.", "The red bridge.", "The big red bridge.\n", []Clash{{Base: "", Theirs: "big", Mine: "red"}}},
		{"one wrote on", "The bridge.", "The big bridge.", "The big red bridge.", "The big red bridge.\n", nil},
		{"paragraphs at one place", "One.\n\nFour.", "One.\n\nTwo.\n\nFour.", "One.\n\nThree.\n\nFour.", "One.\n\nTwo.\n\nThree.\n\nFour.\n", nil},
		{"both at the end", "One.", "One.\n\nTwo.", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.\n", nil},
		{"taken out and left", "One.\n\nTwo.\n\nThree.", "One.\n\nThree.", "One.\n\nTwo.\n\nThree and more.", "One.\n\nThree and more.\n", nil},
		{"taken out and changed", "One.\n\nThe bridge is old.\n\nThree.", "One.\n\nThree.", "One.\n\nThe bridge is very old.\n\nThree.", "One.\n\nThe bridge is very old.\n\nThree.\n",
			[]Clash{{Base: "The bridge is old.", Theirs: "", Mine: "The bridge is very old."}}},
		{"a phrase taken out and changed", "It is, the mayor says, very old.", "It is very old.", "It is, the new mayor says, very old.", "It is, the new mayor says, very old.\n",
			[]Clash{{Base: ", the mayor says,", Theirs: "", Mine: ", the new mayor says,"}}},
		{"both wrote it anew", "One.\n\nThe bridge is old.\n\nThree.", "One.\n\nAlpha beta gamma.\n\nThree.", "One.\n\nDelta epsilon zeta.\n\nThree.", "One.\n\nAlpha beta gamma.\n\nDelta epsilon zeta.\n\nThree.\n",
			[]Clash{{Base: "The bridge is old.", Theirs: "Alpha beta gamma.", Mine: "Delta epsilon zeta."}}},
		{"a phrase anew, twice", "He said that the old bridge stands and left.", "He said that a new tower falls and left.", "He said that some young house leans and left.",
			"He said that a new tower falls some young house leans and left.\n", []Clash{{Base: "the old bridge stands", Theirs: "a new tower falls", Mine: "some young house leans"}}},
		{"parted, and a word changed", "The bridge is old. The mayor is new.", "The bridge is old.\n\nThe mayor is new.", "The bridge is old. The mayor is very new.", "The bridge is old.\n\nThe mayor is very new.\n", nil},
		{"joined, and a word changed", "The bridge is old.\n\nThe mayor is new.", "The bridge is old. The mayor is new.", "The bridge is old.\n\nThe mayor is very new.", "The bridge is old. The mayor is very new.\n", nil},
		{"marks of one, words of the other", "The old bridge is long.", "**The old bridge is long.**", "The old bridge is wide.", "**The old bridge is wide.**\n", nil},
		{"marks of both", "The old bridge.", "The **old** bridge.", "The _old_ bridge.", "The **_old_** bridge.\n", nil},
		{"a link and a word", "The old bridge.", "[The old bridge](/a).", "The new bridge.", "[The new bridge](/a).\n", nil},
		{"two links", "The old bridge.", "The [old](/a) bridge.", "The [old](/b) bridge.", "The [old](/a) [old](/b) bridge.\n", []Clash{{Base: "old", Theirs: "old", Mine: "old"}}},
		{"a heading now, and a word", "The old bridge.\n\nText.", "## The old bridge.\n\nText.", "The new bridge.\n\nText.", "## The new bridge.\n\nText.\n", nil},
		{"the speaker and the words", "> It is old.\n> — Mira Halden", "> It is old.\n> — Mira Halden, mayor", "> It is very old.\n> — Mira Halden", "> It is very old.\n> — Mira Halden, mayor\n", nil},
		{"items", "- one\n- two\n- three", "- one\n- two and a half\n- three", "- one\n- two\n- three\n- four", "- one\n- two and a half\n- three\n- four\n", nil},
		{"cells", "| a | b |\n| --- | --- |\n| one | two |", "| a | b |\n| --- | --- |\n| one | two more |\n| three | four |", "| a | b |\n| --- | --- |\n| one less | two |", "| a | b |\n| --- | --- |\n| one less | two more |\n| three | four |\n", nil},
		{"a caption and a credit", `![x](/media/a.jpg "The bridge")`, `![x](/media/a.jpg "The old bridge")`, `![x](/media/a.jpg "The bridge"){credit="Jon Vale"}`, "![x](/media/a.jpg \"The old bridge\"){credit=\"Jon Vale\"}\n", nil},
		{"two pictures", "![x](/media/a.jpg)", "![x](/media/b.jpg)", "![x](/media/c.jpg)", "![x](/media/b.jpg)\n\n![x](/media/c.jpg)\n", []Clash{{Base: "x\n/media/a.jpg", Theirs: "x\n/media/b.jpg", Mine: "x\n/media/c.jpg"}}},
		{"a footnote and a word", "The old bridge^[Order 12].", "The new bridge^[Order 12].", "The old bridge^[[Order 12](/a)].", "The new bridge^[[Order 12](/a)].\n", nil},
		{"two footnotes", "The bridge.", "The bridge^[One].", "The bridge^[Two].", "The bridge^[One]^[Two].\n", []Clash{{Base: "", Theirs: "[One]", Mine: "[Two]"}}},
		{"bold, and a footnote", "The old bridge.", "The **old** bridge.", "The new^[Order 12] bridge.", "The **new**^[Order 12] bridge.\n", nil},
		{"from right to left", "پل کهنه و بلند است.", "پل تازه و بلند است.", "پل کهنه و پهن است.", "پل تازه و پهن است.\n", nil},
		{"Arabic, the same word", "الجسر قديم.", "الجسر جديد.", "الجسر كبير.", "الجسر جديد كبير.\n", []Clash{{Base: "قديم", Theirs: "جديد", Mine: "كبير"}}},
		{"all of it", "One.", "", "Two words.", "Two words.\n", nil},
	} {
		m := Merge(body(c.base), body(c.theirs), body(c.mine))
		if got := m.Body.Markdown(); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
		for i := range m.Clashes {
			m.Clashes[i].Before, m.Clashes[i].After = "", ""
		}
		if d := cmp.Diff(c.clashes, m.Clashes); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestClashesAreToldWithWordsAround(t *testing.T) {
	m := Merge(body("Before.\n\nOne two three four five six old seven eight nine ten eleven twelve.\n\nAfter."), body("Before.\n\nOne two three four five six new seven eight nine ten eleven twelve.\n\nAfter."),
		body("Before.\n\nOne two three four five six grand seven eight nine ten eleven twelve.\n\nAfter."))
	want := []Clash{{"old", "new", "grand", "two three four five six", "seven eight nine ten eleven"}}
	if d := cmp.Diff(want, m.Clashes); d != "" {
		t.Error(d)
	}
	m = Merge(body("Old bridge.\n\nAfter."), body("New bridge.\n\nAfter."), body("Grand bridge.\n\nAfter."))
	if d := cmp.Diff([]Clash{{"Old", "New", "Grand", "", "bridge."}}, m.Clashes); d != "" {
		t.Error(d)
	}
}

func TestMergeText(t *testing.T) {
	for _, c := range []struct {
		base, theirs, mine, want string
		clash                    bool
	}{
		{"Bridge opens", "Bridge opens", "Bridge closes", "Bridge closes", false},
		{"Old bridge opens", "New bridge opens", "Old bridge opens in May", "New bridge opens in May", false},
		{"Old bridge", "New bridge", "Grand bridge", "New bridge / Grand bridge", true},
		{"", "One", "Two", "One / Two", true},
		{"One", "", "Two", "Two", true},
		{"One", "", "One", "", false},
		{"پل کهنه باز شد", "پل تازه باز شد", "پل کهنه بسته شد", "پل تازه بسته شد", false},
	} {
		if got, clash := MergeText(c.base, c.theirs, c.mine); got != c.want || clash != c.clash {
			t.Errorf("%q %q %q: %q %v", c.base, c.theirs, c.mine, got, clash)
		}
	}
}

// Whatever the marks are, those that one side set are in the merge, and those that one took off are off.
func TestEveryMarkIsJoined(t *testing.T) {
	change := doc.Change{ID: "abcdefgh", By: 12, At: 5}
	all := []doc.Marks{{Href: "/a"}, {Foreign: true, Lang: "fa", Dir: "rtl"}, {Strong: true}, {Emphasis: true}, {Superscript: true}, {Subscript: true}, {Code: true}, {Inserted: change}, {Deleted: change}}
	for i, theirs := range all {
		for k, mine := range all {
			got := joinMarks(doc.Marks{}, theirs, mine)
			if kept := joinMarks(got, theirs, got); kept != theirs || joinMarks(got, got, mine) != mine {
				t.Errorf("%+v and %+v make %+v", theirs, mine, got)
			}
			if i != k && (got == theirs || got == mine) {
				t.Errorf("%+v and %+v make %+v", theirs, mine, got)
			}
		}
		if back := joinMarks(theirs, doc.Marks{}, theirs); back != (doc.Marks{}) {
			t.Errorf("%+v taken off is %+v", theirs, back)
		}
	}
	if n := reflect.TypeFor[doc.Marks]().NumField(); n != 11 {
		t.Errorf("doc.Marks has %d fields: are all of them in this test?", n)
	}
}
