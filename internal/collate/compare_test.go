package collate

import (
	"strings"
	"testing"

	"broadsheet/internal/doc"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// printed is a row as one line: the kind, - and + for what differs, words of one side only in angle brackets.
func printed(rows []Row) []string {
	var out []string
	for _, r := range rows {
		line := ""
		switch {
		case r.Same:
			line = "= " + shown(r.Left)
		case r.Left == nil:
			line = "+ " + shown(r.Right)
		case r.Right == nil:
			line = "- " + shown(r.Left)
		default:
			line = "- " + shown(r.Left) + " + " + shown(r.Right)
		}
		if r.Moved {
			line += " (moved)"
		}
		if r.Form {
			line += " (form)"
		}
		out = append(out, line)
	}
	return out
}

func shown(p *Part) string {
	s := p.Kind + ":"
	for _, r := range p.Runs {
		if text := plain(r.Inline); r.Only {
			s += "<" + text + ">"
		} else {
			s += text
		}
	}
	return s
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, left, right string
		want              []string
	}{
		{"the same", "One.", "One.", []string{"= paragraph:One."}},
		{"nothing", "", "", nil},
		{"a word", "One.\n\nThe bridge is old.", "One.\n\nThe bridge is new.", []string{"= paragraph:One.", "- paragraph:The bridge is <old>. + paragraph:The bridge is <new>."}},
		{"a paragraph more", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.", []string{"= paragraph:One.", "+ paragraph:<Two.>", "= paragraph:Three."}},
		{"a paragraph less", "One.\n\nTwo.\n\nThree.", "One.\n\nThree.", []string{"= paragraph:One.", "- paragraph:<Two.>", "= paragraph:Three."}},
		{"nothing in common", "Alpha beta.", "Gamma delta.", []string{"- paragraph:<Alpha beta.> + paragraph:<Gamma delta.>"}},
		{"the second of two is the changed one", "The bridge is old.", "Now to something else.\n\nThe bridge is new.", []string{"+ paragraph:<Now to something else.>", "- paragraph:The bridge is <old>. + paragraph:The bridge is <new>."}},
		{"a phrase written anew is one change", "He said the old bridge stands and left.", "He said a new tower falls and left.", []string{"- paragraph:He said <the old bridge stands> and left. + paragraph:He said <a new tower falls> and left."}},
		{"parted", "The bridge is old. The mayor is new.", "The bridge is old.\n\nThe mayor is new.", []string{"- paragraph:The bridge is old.< >The mayor is new. + paragraph:The bridge is old.", "+ paragraph:The mayor is new."}},
		{"joined", "The bridge is old.\n\nThe mayor is new.", "The bridge is old. The mayor is new.", []string{"- paragraph:The bridge is old. + paragraph:The bridge is old.< >The mayor is new.", "- paragraph:The mayor is new."}},
		{"moved", "The bridge is old.\n\nTwo and two.\n\nThree and three.", "Two and two.\n\nThree and three.\n\nThe bridge is old.",
			[]string{"- paragraph:<The bridge is old.> (moved)", "= paragraph:Two and two.", "= paragraph:Three and three.", "+ paragraph:<The bridge is old.> (moved)"}},
		{"a mark", "The old bridge.", "The **old** bridge.", []string{"- paragraph:The <old> bridge. + paragraph:The <old> bridge."}},
		{"a link leads elsewhere", "The [old](/a) bridge.", "The [old](/b) bridge.", []string{"- paragraph:The <old> bridge. + paragraph:The <old> bridge."}},
		{"a heading now", "The bridge.\n\nOne.", "## The bridge.\n\nOne.", []string{"- paragraph:The bridge. + heading:The bridge. (form)", "= paragraph:One."}},
		{"a list now", "The old bridge.\n\nOne.", "- The old bridge.\n\nOne.", []string{"- paragraph:The old bridge. + item:The old bridge. (form)", "= paragraph:One."}},
		{"a speaker", "> It is old.\n> — Mira Halden", "> It is old.\n> — Mira Stone", []string{"= quote:It is old.", "- attribution:Mira <Halden> + attribution:Mira <Stone>"}},
		{"a cell", "| a | b |\n| --- | --- |\n| one | two |", "| a | b |\n| --- | --- |\n| one | two more |", []string{"= cell:a", "= cell:b", "= cell:one", "- cell:two + cell:two< more>"}},
		{"a caption", `![x](/media/a.jpg "The bridge")`, `![x](/media/a.jpg "The old bridge")`, []string{"- image:The bridgex/media/a.jpg + image:The <old >bridgex/media/a.jpg"}},
		{"a card", `!embed https://v.example/1 "The opening"`, `!embed https://v.example/2 "The opening"`, []string{"- embed:The openinghttps://v.example/<1> + embed:The openinghttps://v.example/<2>"}},
		{"a note", "::: note\nOne word here.\n:::", "::: fact\nOne word here.\n:::", []string{"- note:One word here. + note:One word here. (form)"}},
		{"a separator", "One.\n\n___\n\nTwo.", "One.\n\nTwo.", []string{"= paragraph:One.", "- separator:", "= paragraph:Two."}},
		{"Persian", "پل کهنه است و می‌ماند.", "پل تازه است و می‌ماند.", []string{"- paragraph:پل <کهنه> است و می‌ماند. + paragraph:پل <تازه> است و می‌ماند."}},
		{"Hebrew", "הגשר ישן.", "הגשר חדש.", []string{"- paragraph:הגשר <ישן>. + paragraph:הגשר <חדש>."}},
		{"Chinese", "这座桥很旧。", "这座桥很新。", []string{"- paragraph:这座桥很<旧>。 + paragraph:这座桥很<新>。"}},
	} {
		if d := cmp.Diff(c.want, printed(Compare(body(c.left), body(c.right)))); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// Whatever changed, each side of the rows gives its text whole and in order, what is marked on neither side is the same
// on both, and no difference is hidden.
func TestCompareTellsBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyBody(t)
		b := anyBody(t)
		if rapid.Bool().Draw(t, "edited") {
			b = (&editor{T: t, name: "new"}).edit(a)
		}
		rows := Compare(a, b)
		var left, right, keptLeft, keptRight strings.Builder
		read := func(p *Part, all, kept *strings.Builder, moved bool) {
			if p == nil {
				return
			}
			for _, r := range p.Runs {
				all.WriteString(r.Text)
				if !r.Only {
					kept.WriteString(r.Text)
				}
			}
			all.WriteByte('\n')
		}
		changed := false
		for _, r := range rows {
			if r.Left == nil && r.Right == nil {
				t.Fatal("a row of nothing")
			}
			changed = changed || !r.Same
			read(r.Left, &left, &keptLeft, r.Moved)
			read(r.Right, &right, &keptRight, r.Moved)
		}
		if left.String() != whole(a) || right.String() != whole(b) {
			t.Fatalf("a text is not told whole:\n%q\n%q\n%q\n%q", left.String(), whole(a), right.String(), whole(b))
		}
		if keptLeft.String() != keptRight.String() {
			t.Fatalf("what is the same differs:\n%q\n%q", keptLeft.String(), keptRight.String())
		}
		if same := whole(a) == whole(b); !changed && !same {
			t.Fatal("a difference is hidden")
		}
		if !changed && everything(t, a) == everything(t, b) != true && len(a.Blocks) == len(b.Blocks) && flat(a) && flat(b) {
			t.Fatalf("a difference of marks or form is hidden:\n%s\n%s", everything(t, a), everything(t, b))
		}
	})
}

// flat is true for a body of paragraphs and headings only.
func flat(b doc.Body) bool {
	for _, block := range b.Blocks {
		if !isFlow(block) {
			return false
		}
	}
	return true
}

// whole is the text of a body, a part a line.
func whole(b doc.Body) string {
	var s strings.Builder
	for _, u := range unitsOf(b) {
		for _, r := range u.line {
			s.WriteString(r.Text)
		}
		s.WriteByte('\n')
	}
	return s.String()
}

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		left, right    string
		added, removed int
	}{
		{"One two.", "One two.", 0, 0},
		{"One two.", "One two three.", 2, 1}, // "two." is another word than "two", as words are counted
		{"One two three.", "One three.", 0, 1},
		{"", "One two.", 2, 0},
		{"One two.", "", 0, 2},
		{"The bridge is old.\n\nTwo and two.\n\nThree and three.", "Two and two.\n\nThree and three.\n\nThe bridge is old.", 0, 0},
		{"One two three. Four five six.", "One two three.\n\nFour five six.", 0, 0},
		{"The **old** bridge.", "The old bridge.", 0, 0},
		{"پل کهنه است", "پل تازه است", 1, 1},
	} {
		if added, removed := Counts(body(c.left), body(c.right)); added != c.added || removed != c.removed {
			t.Errorf("%q %q: %d added, %d removed", c.left, c.right, added, removed)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := anyBody(t)
		b := (&editor{T: t, name: "new"}).edit(a)
		added, removed := Counts(a, b)
		if added < 0 || removed < 0 || a.Words()+added-removed != b.Words() {
			t.Fatalf("%d words, %d added, %d removed, %d words", a.Words(), added, removed, b.Words())
		}
	})
}

func TestCompareText(t *testing.T) {
	text := func(runs []Run) string { return strings.TrimPrefix(shown(&Part{Runs: runs}), ":") }
	for _, c := range [][4]string{
		{"Old bridge", "New bridge", "<Old> bridge", "<New> bridge"},
		{"", "New", "", "<New>"},
		{"Same", "Same", "Same", "Same"},
	} {
		if l, r := CompareText(c[0], c[1]); text(l) != c[2] || text(r) != c[3] {
			t.Errorf("%q %q: %q %q", c[0], c[1], text(l), text(r))
		}
	}
}
