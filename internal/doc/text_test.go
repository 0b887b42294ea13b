package doc

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `## The bridge

The old bridge **closes**\
on Monday. {lang=en}

> It will open in May.
> — Mira Halden

- one
- two

  three

3. four

![alt](/media/x.jpg "On Monday"){credit="Jon Vale"}

!embed https://v.example/1 "The opening" {provider="Harbour TV"}

| a | b |
| - | - |
| c | d |

___

::: fact
built in 1931
:::

{lang=fa}

> پل باز می‌شود.
`

func TestText(t *testing.T) {
	b, _ := FromMarkdown(sample)
	want := "The bridge\n\nThe old bridge closes\non Monday.\n\nIt will open in May.\n\n— Mira Halden\n\n• one\n\n• two\n\nthree\n\n3. four\n\n" +
		"On Monday Jon Vale\n\nThe opening https://v.example/1\n\na\tb\nc\td\n\n* * *\n\nbuilt in 1931\n\nپل باز می‌شود."
	if d := cmp.Diff(want, b.Text()); d != "" {
		t.Error(d)
	}
	if got := (Body{}).Text(); got != "" {
		t.Errorf("empty body: %q", got)
	}
}

func TestParagraphs(t *testing.T) {
	b, _ := FromMarkdown(sample)
	want := []Paragraph{
		{1, "The bridge", "heading", "", ""}, {2, "The old bridge closes\non Monday.", "paragraph", "en", "ltr"}, {3, "It will open in May.", "quote", "", ""},
		{4, "Mira Halden", "attribution", "", ""}, {5, "one", "item", "", ""}, {6, "two", "item", "", ""}, {7, "three", "item", "", ""}, {8, "four", "item", "", ""},
		{9, "On Monday Jon Vale", "caption", "", ""}, {10, "The opening Harbour TV", "caption", "", ""}, {11, "a", "cell", "", ""}, {12, "b", "cell", "", ""},
		{13, "c", "cell", "", ""}, {14, "d", "cell", "", ""}, {15, "built in 1931", "note", "", ""}, {16, "پل باز می‌شود.", "quote", "fa", "rtl"},
	}
	if d := cmp.Diff(want, b.Paragraphs()); d != "" {
		t.Error(d)
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]int{"": 0, "a — b, 12 …": 3, "پل باز می‌شود.": 3, "## a\n\n- b c": 3} {
		b, _ := FromMarkdown(in)
		if got := b.Words(); got != want {
			t.Errorf("%q: %d words, want %d", in, got, want)
		}
	}
}

func TestFromText(t *testing.T) {
	b, reports := FromText("\ufeffOne  line. \r\n\r\n\tTwo\rThree\u2028Four\n\u200b\n- *five*\x00")
	var got []string
	for _, p := range b.Paragraphs() {
		got = append(got, p.Text)
	}
	if d := cmp.Diff([]string{"One  line.", "Two", "Three", "Four", "- *five*"}, got); d != "" {
		t.Error(d)
	}
	want := []Report{{"dropped control characters", 0, "\ufeff\x00"}, {"dropped a line that shows nothing", 4, "\u200b"}}
	if d := cmp.Diff(want, reports); d != "" {
		t.Error(d)
	}
}

func TestEmpty(t *testing.T) {
	blank := []Inline{{Text: " \u00a0"}, {Break: true}}
	for _, blocks := range [][]Block{nil, {{Kind: KindParagraph}}, {{Kind: KindQuote, Blocks: []Block{{Kind: KindParagraph, Inline: blank}}}},
		{{Kind: KindTable, Rows: []Row{{Cells: []Cell{{Inline: blank}}}}}}} {
		if !(Body{Blocks: blocks}).Empty() {
			t.Errorf("%#v is not empty", blocks)
		}
	}
	if (Body{Blocks: []Block{{Kind: KindParagraph, Inline: []Inline{{Text: "a"}}}}}).Empty() {
		t.Error("a text is empty")
	}
}

func TestIn(t *testing.T) {
	b, _ := FromMarkdown("پل {lang=fa}\n\na {lang=en}\n\n{lang=fa}\n\n> b {lang=en}\n")
	for _, c := range []struct{ lang, dir, want string }{
		{"fa", "rtl", "پل\n\na {lang=en}\n\n> b {lang=en}\n"},
		{"en", "", "پل {lang=fa}\n\na\n\n{lang=fa}\n\n> b {lang=en}\n"},
		{"", "", b.Markdown()},
	} {
		in := b.In(c.lang, c.dir)
		if got := in.Markdown(); got != c.want {
			t.Errorf("in %q: got %q, want %q", c.lang, got, c.want)
		}
		sameAllWays(t, in)
	}
}

func TestAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"https://A.Example/B?c=d#e": "https://a.example/B?c=d#e", "//a.example/x": "https://a.example/x", "HTTP:a.example": "http://a.example", " /news/1 ": "/news/1", "#a": "#a", "?q=a b": "?q=a%20b",
		"https://a.example/خبر": "https://a.example/خبر", "mailto:a@b.example?subject=c d": "mailto:a@b.example?subject=c%20d", "tel:+1 2": "tel:+1%202", "a/b:c": "a/b:c", "https://a.example/100%": "https://a.example/100%25",
		"https://a.example:8080": "https://a.example:8080", "https://a.example/#b#c": "https://a.example/#b%23c", "/a\\b": "/a%5Cb", "https://a.example/[x]": "https://a.example/%5Bx%5D", "/\u202eab": "/%E2%80%AEab",
		"": "", "javascript:a": "", "java\nscript:a": "", "x:y": "", "1:2": "", "https://": "", "https:///": "", "https://u@a.example": "", "https://a b.example": "", "https://a.example:": "", "https://a.example:99999999": "",
		"https://.a": "", "https://a..b": "", "mailto:": "", "data:,a": "", ":a": "", "\x01javascript:a": "",
	} {
		got, ok := cleanHref(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%q: got %q, %v; want %q", in, got, ok, want)
		}
		if again, _ := cleanHref(got); ok && again != got {
			t.Errorf("%q: not stable: %q, %q", in, got, again)
		}
	}
}
