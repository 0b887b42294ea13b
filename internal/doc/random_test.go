package doc

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// words are what random texts are made of: letters of several scripts and every sign that some reader gives a meaning.
var words = []string{
	"a", "Mira", "bridge", "7", "پل", "می‌شود", "سيفتح", "é", "ß", "日", "🚢", "e\u0301", " ", " ", " ", "  ", "\u00a0", "\u200c",
	"\u200f", "*", "**", "_", "__", "`", "``", "[", "]", "(", ")", "](", "![", "!", "!embed ", "<", ">", "<b>", "</p>",
	"<script>", "<!--", "-->", "&", "&amp;", "&lt;", "&#60;", ";", "#", "##", "# ", "-", "- ", "--", "---", "+ ", "1.", "1. ",
	"12) ", "~~~", "```", ":::", "::: fact", ":-", "|", "| --- |", "—", "— ", "-- ", "{", "}", "{lang=fa}", "\\", "\\\\", "\"", "'", "=", "===",
	"://", "https://a.example", "www.a.example", "x@a.example", "@a.example>", "<#", ".", ",", "«", "»", "“", "”", "?", "%", "$", "^", "@", "/", "\u2028", "\ufeff",
}

func genText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 8).Draw(t, label), "")
}

func genLang(t *rapid.T) (lang, dir string) {
	if rapid.IntRange(0, 3).Draw(t, "langs") > 0 {
		return "", ""
	}
	return rapid.SampledFrom([]string{"", "fa", "ar", "en", "de-AT", "zh-Hant", "az-Arab"}).Draw(t, "lang"),
		rapid.SampledFrom([]string{"", "", "ltr", "rtl"}).Draw(t, "dir")
}

var addresses = []string{
	"https://a.example/", "http://a.example:8080/x?y=1&copy=2#z", "/news/48213", "#top", "?q=x", "mailto:desk@a.example", "tel:+123",
	"https://a.example/x_(y)_*z*", "https://a.example/خبر", "/a;b=c&amp;d", "https://مثال.example/", "a/b", "https://a.example/x[1]",
}

func genMarks(t *rapid.T) Marks {
	var m Marks
	if rapid.IntRange(0, 2).Draw(t, "marked") == 0 {
		return m
	}
	flag := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	if flag("link") {
		m.Href = rapid.SampledFrom(addresses).Draw(t, "href")
	}
	if flag("bdi") {
		m.Foreign = true
		m.Lang, m.Dir = genLang(t)
	}
	m.Strong, m.Emphasis, m.Code = flag("strong"), flag("em"), flag("code")
	m.Superscript, m.Subscript = flag("sup"), flag("sub")
	genChanges(t, &m)
	return m
}

var changes = []Change{{"k3v9x2mq", 12, 1773500000}, {"abcdefgh", 1, 1}, {"00000000000000000000", maxNumber, maxNumber}}

func genChanges(t *rapid.T, m *Marks) {
	one := func(name string) Change {
		if rapid.IntRange(0, 5).Draw(t, name) > 0 {
			return Change{}
		}
		return rapid.SampledFrom(changes).Draw(t, name+" by")
	}
	m.Inserted, m.Deleted = one("inserted"), one("deleted")
}

func genFootnote(t *rapid.T) Inline {
	run := Inline{Footnote: genText(t, "footnote")}
	if rapid.Bool().Draw(t, "sourced") {
		run.Marks.Href = rapid.SampledFrom(addresses).Draw(t, "source")
	}
	genChanges(t, &run.Marks)
	return run
}

func genInline(t *rapid.T) []Inline {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Inline {
		if rapid.IntRange(0, 5).Draw(t, "break") == 0 {
			return Inline{Break: true}
		}
		if rapid.IntRange(0, 7).Draw(t, "note") == 0 {
			return genFootnote(t)
		}
		return Inline{Text: genText(t, "text"), Marks: genMarks(t)}
	}), 0, 5).Draw(t, "inline")
}

func genBlock(t *rapid.T, parent Kind, depth int) Block {
	b := Block{Kind: rapid.SampledFrom(children[parent]).Draw(t, "kind")}
	if depth > 3 {
		b.Kind = KindParagraph
	}
	if b.Kind != KindSeparator {
		b.Lang, b.Dir = genLang(t)
	}
	switch b.Kind {
	case KindParagraph:
		b.Inline = genInline(t)
	case KindHeading:
		b.Level = rapid.IntRange(2, 4).Draw(t, "level")
		b.Inline = genInline(t)
	case KindQuote:
		b.Blocks = genBlocks(t, b.Kind, depth+1)
		if rapid.Bool().Draw(t, "named") {
			b.By = genText(t, "by")
		}
	case KindNote:
		b.Note = rapid.SampledFrom([]string{NoteEditor, NoteFact}).Draw(t, "note")
		b.Blocks = genBlocks(t, b.Kind, depth+1)
	case KindBulletList, KindOrderedList:
		if b.Kind == KindOrderedList {
			b.Start = rapid.IntRange(1, 12).Draw(t, "start")
		}
		for range rapid.IntRange(1, 3).Draw(t, "items") {
			b.Blocks = append(b.Blocks, Block{Kind: KindListItem, Blocks: genBlocks(t, KindListItem, depth+2)})
		}
	case KindImage:
		b.Image = &Picture{
			Src:     rapid.SampledFrom([]string{"/media/ab/x.jpg", "/media/a(b)_c.png", "https://a.example/p.png?x=1&y=2"}).Draw(t, "src"),
			Alt:     genText(t, "alt"),
			Caption: rapid.SampledFrom([]string{"", genText(t, "caption")}).Draw(t, "captioned"),
			Credit:  rapid.SampledFrom([]string{"", genText(t, "credit")}).Draw(t, "credited"),
			Width:   rapid.SampledFrom([]int{0, 1, 800}).Draw(t, "width"), Height: rapid.SampledFrom([]int{0, 1, 600}).Draw(t, "height"),
		}
	case KindEmbed:
		b.Embed = &LinkCard{
			URL:      rapid.SampledFrom([]string{"https://v.example/1?a=b&lt;=c", "http://v.example/(x)"}).Draw(t, "url"),
			Title:    rapid.SampledFrom([]string{"", genText(t, "title")}).Draw(t, "titled"),
			Provider: rapid.SampledFrom([]string{"", genText(t, "provider")}).Draw(t, "provided"),
		}
	case KindTable:
		b.Rows = genRows(t)
	}
	return b
}

func genBlocks(t *rapid.T, parent Kind, depth int) []Block {
	var blocks []Block
	for range rapid.IntRange(1, 3).Draw(t, "blocks") {
		blocks = append(blocks, genBlock(t, parent, depth))
	}
	return blocks
}

func genRows(t *rapid.T) []Row {
	plain := rapid.Bool().Draw(t, "plain")
	width := rapid.IntRange(1, 3).Draw(t, "width")
	var rows []Row
	for y := range rapid.IntRange(1, 3).Draw(t, "rows") {
		var row Row
		for range width {
			c := Cell{Inline: genInline(t), Header: y == 0}
			if !plain {
				c.Header = rapid.Bool().Draw(t, "header")
				c.Colspan, c.Rowspan = rapid.IntRange(0, 3).Draw(t, "colspan"), rapid.IntRange(0, 3).Draw(t, "rowspan")
			}
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	return rows
}

func genBody(t *rapid.T) Body {
	return Body{Blocks: genBlocks(t, "doc", 1)}.Normal()
}

func TestRandomBodies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := genBody(t)
		if err := b.Validate(); err != nil {
			t.Fatalf("a normal body is not valid: %v\n%#v", err, b)
		}
		sameAllWays(t, b)
	})
}

// sameAllWays asks that b survives its JSON, its HTML and its Markdown, and that each print is stable.
func sameAllWays(t failer, b Body) {
	t.Helper()
	data, err := b.MarshalJSON()
	if err != nil {
		t.Fatalf("marshal: %v", err)
	}
	var back Body
	if err := back.UnmarshalJSON(data); err != nil {
		t.Fatalf("unmarshal %s: %v", data, err)
	}
	if d := diff(b, back); d != "" {
		t.Fatalf("JSON changed the body (-want +got):\n%s\n%s", d, data)
	}
	desk := string(b.HTML(HTMLOptions{Suggestions: true}))
	back, _ = fromHTML(desk, true)
	if d := diff(b, back); d != "" {
		t.Fatalf("the desk's HTML changed the body (-want +got):\n%s\n%s", d, desk)
	}
	page := string(b.HTML(HTMLOptions{}))
	back, _ = FromHTML(page)
	if d := diff(b.Original(), back); d != "" {
		t.Fatalf("HTML changed the body (-want +got):\n%s\n%s", d, page)
	}
	if again := string(back.HTML(HTMLOptions{})); again != page {
		t.Fatalf("HTML is not stable:\n%s\n%s", page, again)
	}
	plainForm := b.Markdown()
	back, _ = FromMarkdown(plainForm)
	if d := diff(b, back); d != "" {
		t.Fatalf("Markdown changed the body (-want +got):\n%s\n%s", d, plainForm)
	}
	onlySchema(t, page)
}

// diff is cmp.Diff, which takes exponential time in the depth, asked only where something differs.
func diff(want, got Body) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got)
}
