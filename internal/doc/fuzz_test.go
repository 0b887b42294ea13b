package doc

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// holds asks of a body that some reader made what must hold for all of them.
func holds(t *testing.T, b Body) {
	t.Helper()
	if err := b.Validate(); err != nil {
		if strings.Contains(err.Error(), "bytes, at most") {
			t.Skip(err)
		}
		t.Fatalf("a reader made an invalid body: %v\n%#v", err, b)
	}
	sameAllWays(t, b)
}

// letters counts what a reader can see: everything but space, format characters and the dash that speaks for itself.
func letters(texts ...string) map[rune]int {
	count := map[rune]int{}
	for _, s := range texts {
		for _, r := range strings.ToValidUTF8(s, "") {
			if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !isUnprintable(r) && !strings.ContainsRune("-–—―\uFFFD", r) {
				count[r]++
			}
		}
	}
	return count
}

// allOf gives every text that a body or a report carries.
func allOf(b Body, reports []Report) []string {
	var texts []string
	var walk func([]Block)
	walk = func(blocks []Block) {
		for _, b := range blocks {
			texts = append(append(texts, allOfLine(b.Inline)...), b.By)
			if b.Image != nil {
				texts = append(texts, b.Image.Alt, b.Image.Caption, b.Image.Credit)
			}
			if b.Embed != nil {
				texts = append(texts, b.Embed.Title, b.Embed.Provider, b.Embed.URL)
			}
			for _, row := range b.Rows {
				for _, c := range row.Cells {
					texts = append(texts, allOfLine(c.Inline)...)
				}
			}
			walk(b.Blocks)
		}
	}
	walk(b.Blocks)
	for _, r := range reports {
		texts = append(texts, r.Text)
	}
	return texts
}

func allOfLine(runs []Inline) []string {
	var texts []string
	for _, run := range runs {
		texts = append(texts, run.Text, run.Footnote, run.Marks.Href)
	}
	return texts
}

// nothingLost fails where a letter of the source is neither in the body nor in a report.
func nothingLost(t failer, source string, b Body, reports []Report) {
	t.Helper()
	have := letters(allOf(b, reports)...)
	for r, n := range letters(source) {
		if have[r] < n {
			t.Fatalf("%q stands %d times in the source and %d times after\nsource: %q\nbody: %#v\nreports: %v",
				r, n, have[r], source, b, reports)
		}
	}
}

func FuzzFromText(f *testing.F) {
	for _, s := range []string{"", "One line.\nAnother.\r\n\r\nThird", "- a\n1. b\n# c\n> d\n*e* _f_ <g> &amp; `h`", "پل در ماه مه\u2028باز می‌شود", "a\x00b\xffc\ufeff",
		"::: fact\n{lang=fa}\n!embed https://a.example\n| a |\n| - |\n— b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, reports := FromText(s)
		holds(t, b)
		nothingLost(t, s, b, reports)
	})
}

func FuzzFromMarkdown(f *testing.F) {
	for _, s := range markdownSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, _ := FromMarkdown(s)
		holds(t, b)
	})
}

func FuzzFromHTML(f *testing.F) {
	for _, s := range xssVectors {
		f.Add(s)
	}
	for _, s := range htmlSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, reports := FromHTML(s)
		holds(t, b)
		nothingLost(t, shown(s), b, reports)
	})
}

// shown is all text of a page's tree but what stands in templates and the like; the tree is the parser's own.
func shown(s string) string {
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(s), root, html.ParseOptionEnableScripting(false))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, n := range nodes {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		gather(n, &b, func(*html.Node) bool { return true })
	}
	return b.String()
}

func FuzzJSON(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var b Body
		if err := b.UnmarshalJSON(data); err != nil {
			return
		}
		holds(t, b)
	})
}

var markdownSeeds = []string{
	"", "## Head {lang=en}\n\nText *a* **b** `c` [d](https://e.example \"f\")\\\nline\n", "> quote\n> — Name\n\n- a\n  1. b\n\n     c\n- d\n",
	"![alt](/media/a/b.jpg \"cap\"){credit=\"x\" width=2 height=3 lang=fa}\n\n!embed https://v.example \"T\" {provider=\"P\"}\n",
	"::: fact {lang=fa dir=rtl}\n## x\n\ny\n:::\n\n{lang=ar}\n\n> z\n", "| a | b |\n| - | - |\n| 1 | 2 |\n", "<div title=\"\n\ntext\n",
	"<table><tr><td colspan=2>a<td>b</table>\n\nx <b>y</b> <Name> <script>z</script> <!-- c -->", "```go\ncode\n```\n\n    indented\n***\n___\n",
	"a^[b [c](https://d.example)] ^[[e](/f)]^[", "a <ins data-id=\"k3v9x2mq\" data-by=\"12\" data-at=\"5\">b _c_^[d]</ins><del data-id=\"k3v9x2mq\" data-by=\"12\" data-at=\"5\">e</del> <del>f</del>",
	"[a]: https://b.example\n[a] &amp; &#60;b> \\* 1\\. <https://c.example>", "- - - a\n\n> > b\n\n* c\n+ d\n1) e\n", "a\n===\nb\n---\n", "x <iframe src=https://v.example></iframe> y",
}

var htmlSeeds = []string{
	"<h1>a</h1><p>b<br>c<br><br>d</p><blockquote><p>e</p><footer>— f</footer></blockquote>", "<ul><li>a<ol start=3><li>b</ol>c<li>d</ul>",
	"<figure><img src=/media/a.jpg alt=b><figcaption>c <span class=credit>d</span></figcaption></figure>", "<table><tr><th>a<td rowspan=2>b<tr><td>c</table>",
	"<div dir=rtl lang=fa><p>پل</p><p dir=auto>a</p><p lang=en>b</p></div>", "<iframe src=https://v.example></iframe><video><source src=https://v.example/a.mp4>x</video>",
	"<p>a <b>b <i>c</b> d</i> <a href=/x>e<div>f</div></a>", "<select><option>a<option>b</select><button>c</button><input value=d><textarea>e\n\nf</textarea>",
	"<aside class=fact><h2>a</h2><hr></aside><aside>b</aside>", "<svg><text>a</text><script>b</script></svg><math><mi>c</mi></math><template>d</template><noscript><img src=/media/x></noscript>",
	"<p>a<sup class=noteref><a href=#note-1 id=noteref-1 role=doc-noteref>1</a></sup><hr><section class=footnotes role=doc-endnotes><h2>n</h2><ul><li id=note-1><a href=#noteref-1>1</a> <a href=https://b.example>b</a></ul></section>",
	"<p>a<a href=#_ftn1 name=_ftnref1>[1]</a><hr><div id=ftn1><p><a href=#_ftnref1 name=_ftn1>[1]</a> b<p>c</div><ins>d</ins><del>e</del>", "<figure><img src=/media/a><figcaption>b<a href=#x id=y>*</a></figcaption></figure><p id=x>c <a href=#y>↩</a>",
	"<!DOCTYPE html><html lang=fa><head><title>a</title></head><body>b</body></html>", "<p>a  b\n c</p>\n<pre>d\n e</pre><q>f</q><ruby>g<rt>h</rt></ruby>",
}

var jsonSeeds = []string{
	`{"type":"doc","version":1,"content":[]}`,
	`{"type":"doc","version":1,"content":[{"type":"paragraph","attrs":{"lang":"fa","dir":null},"content":[{"type":"text","text":"a ","marks":[{"type":"strong"},{"type":"link","attrs":{"href":"HTTPS://A.example/ b"}}]},{"type":"hard_break"},{"type":"text","text":"b"}]}]}`,
	`{"type":"doc","version":1,"content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"a"}]},{"type":"quote","attrs":{"by":"— x"},"content":[{"type":"paragraph"}]},{"type":"separator"}]}`,
	`{"type":"doc","version":1,"content":[{"type":"ordered_list","attrs":{"start":4},"content":[{"type":"list_item","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]}]}]}`,
	`{"type":"doc","version":2,"content":[{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"inserted","attrs":{"id":"abcdefgh","by":1,"at":2}}]},{"type":"footnote","attrs":{"text":"b","href":"https://c.example"},"marks":[{"type":"strong"},{"type":"deleted","attrs":{"id":"abcdefgh","by":1,"at":2}}]}]}]}`,
	`{"type":"doc","version":1,"content":[{"type":"table","content":[{"type":"table_row","content":[{"type":"table_header","attrs":{"colspan":2},"content":[{"type":"text","text":"a"}]},{"type":"table_cell","content":[]}]}]}]}`,
	`{"type":"doc","version":1,"content":[{"type":"image","attrs":{"src":"/media/a","alt":"b","width":3}},{"type":"embed","attrs":{"url":"https://a.example","title":"https://a.example"}},{"type":"note","attrs":{"kind":"fact"},"content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]}]}`,
}
