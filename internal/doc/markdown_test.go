package doc

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFromMarkdown reads the plain form and looks at what is printed, as HTML and again in the plain form.
func TestFromMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, html, again, reports string }{
		{"marks", "a *b* __c__ `d` [e](/f \"g\") <https://h.example>", "<p>a <em>b</em> <strong>c</strong> <code>d</code> <a href=\"/f\">e</a> " +
			"<a href=\"https://h.example\" rel=\"noopener nofollow\">https://h.example</a></p>\n",
			"a _b_ **c** `d` [e](/f) [https://h.example](https://h.example)\n", "dropped the title of a link (g)"},
		{"lines", "a\nb\\\nc", "<p>a b<br>c</p>\n", "a b\\\nc\n", ""},
		{"headings", "# a\n### b\n##### c #", "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n", "## a\n\n### b\n\n#### c\n", "<h1> became heading 2; <h5> became heading 4"},
		{"no underlined heading", "a\n---\nb\n===", "<p>a</p>\n<hr>\n<p>b ===</p>\n", "a\n\n___\n\nb ===\n", ""},
		{"no indented code", "a\n\n    b *c*", "<p>a</p>\n<p>b <em>c</em></p>\n", "a\n\nb _c_\n", ""},
		{"no definitions", "[1]: https://a.example\n\n[b][1] [sic]", "<p>[1]: https://a.example</p>\n<p>[b][1] [sic]</p>\n", "[1]: https://a.example\n\n[b][1] [sic]\n", ""},
		{"quote with a speaker", "> a\n> — Mira Halden", "<figure class=\"quote\">\n<blockquote>\n<p>a</p>\n</blockquote>\n<figcaption>— Mira Halden</figcaption>\n</figure>\n", "> a\n> — Mira Halden\n", ""},
		{"speaker apart, after a list", "> - a\n>\n> -- *b*", "<figure class=\"quote\">\n<blockquote>\n<ul>\n<li>a</li>\n</ul>\n</blockquote>\n<figcaption>— b</figcaption>\n</figure>\n", "> - a\n>\n> — b\n", ""},
		{"dash that names nobody", "> &mdash; a", "<blockquote>\n<p>— a</p>\n</blockquote>\n", "> &mdash; a\n", ""},
		{"dialogue is not a speaker", "— a\n\n— b", "<p>— a</p>\n<p>— b</p>\n", "— a\n\n— b\n", ""},
		{"lists", "- a\n- b\n  1. c\n\n\n* d", "<ul>\n<li>a</li>\n<li>\n<p>b</p>\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n<ul>\n<li>d</li>\n</ul>\n", "- a\n\n- b\n\n  1. c\n\n* d\n", ""},
		{"numbers", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n", "3. a\n4. b\n", ""},
		{"picture", "![a](/media/x.jpg \"b\"){credit=\"c \\\"d\\\"\" width=3 height=4 lang=fa}", "<figure lang=\"fa\" dir=\"rtl\">\n<img src=\"/media/x.jpg\" alt=\"a\" width=\"3\" height=\"4\" loading=\"lazy\">\n" +
			"<figcaption>b <span class=\"credit\">c &#34;d&#34;</span></figcaption>\n</figure>\n", "![a](/media/x.jpg \"b\"){lang=fa credit=\"c \\\"d\\\"\" width=3 height=4}\n", ""},
		{"picture in a line", "a ![b](/media/x.jpg) c", "<p>a</p>\n<figure>\n<img src=\"/media/x.jpg\" alt=\"b\" loading=\"lazy\">\n</figure>\n<p>c</p>\n", "a\n\n![b](/media/x.jpg)\n\nc\n", ""},
		{"card", "!embed https://v.example/1 \"a\" {provider=\"b\" lang=ar}", "<figure class=\"embed\" lang=\"ar\" dir=\"rtl\">\n<a href=\"https://v.example/1\" rel=\"noopener nofollow\">a</a>\n<figcaption>b</figcaption>\n</figure>\n",
			"!embed https://v.example/1 \"a\" {lang=ar provider=\"b\"}\n", ""},
		{"card without address", "!embed a", "<p>!embed a</p>\n", "\\!embed a\n", ""},
		{"note", "::: note\na\n\n- b\n:::\nc", "<aside class=\"note\">\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</aside>\n<p>c</p>\n", "::: note\na\n\n- b\n:::\n\nc\n", ""},
		{"note of no kind", "::: box\na\n:::", "<p>::: box a :::</p>\n", "\\::: box a :::\n", ""},
		{"note without end", "::: fact\na", "<aside class=\"fact\">\n<p>a</p>\n</aside>\n", "::: fact\na\n:::\n", ""},
		{"language of a block", "پل {lang=fa}\n\n## a {lang=en dir=rtl}", "<p lang=\"fa\" dir=\"rtl\">پل</p>\n<h2 lang=\"en\" dir=\"rtl\">a</h2>\n", "پل {lang=fa}\n\n## a {lang=en dir=rtl}\n", ""},
		{"language before a block", "{lang=ar}\n> أ\n\n{dir=rtl}\n\n- a", "<blockquote lang=\"ar\" dir=\"rtl\">\n<p>أ</p>\n</blockquote>\n<ul dir=\"rtl\">\n<li>a</li>\n</ul>\n", "{lang=ar}\n\n> أ\n\n{dir=rtl}\n\n- a\n", ""},
		{"braces that say nothing", "a {b} {lang=xx-nonsense}\n\n{lang=fa}", "<p>a {b} {lang=xx-nonsense}</p>\n<p>{lang=fa}</p>\n", "a \\{b} \\{lang=xx-nonsense}\n\n\\{lang=fa}\n", ""},
		{"foreign words", "a <bdi lang=\"fa\">پل</bdi> H<sub>2</sub>O m<sup>2</sup>", "<p>a <bdi lang=\"fa\" dir=\"rtl\">پل</bdi> H<sub>2</sub>O m<sup>2</sup></p>\n", "a <bdi lang=\"fa\" dir=\"rtl\">پل</bdi> H<sub>2</sub>O m<sup>2</sup>\n", ""},
		{"table", "| a | b |\n|---|:-:|\n| c\\|d | e |", "<table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>c|d</td><td>e</td></tr>\n</tbody>\n</table>\n",
			"| a | b |\n| --- | --- |\n| c&#124;d | e |\n", ""},
		{"table with a long row stays text", "| a | b |\n|---|---|\n| c | d | e |", "<p>| a | b | |---|---| | c | d | e |</p>\n", "\\| a | b | |---|---| | c | d | e |\n", ""},
		{"joined cells", "<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>", "<table>\n<tbody>\n<tr><td colspan=\"2\">a</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</tbody>\n</table>\n",
			"<table>\n<tbody>\n<tr><td colspan=\"2\">a</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</tbody>\n</table>\n", ""},
		{"code fence", "```go\na *b*\n  c\n```", "<p>a *b*<br>c</p>\n", "a \\*b\\*\\\nc\n", "dropped the name after a code fence (go); <pre> became lines of text"},
		{"HTML that is none", "<Name> a <o:p>b", "<p>&lt;Name&gt; a &lt;o:p&gt;b</p>\n", "\\<Name> a \\<o:p>b\n", ""},
		{"script in a line", "a <script>b</script> c", "<p>a  c</p>\n", "a  c\n", "dropped <script> (b)"},
		{"script without end", "a <script> b\n\nc", "<p>a &lt;script&gt; b</p>\n<p>c</p>\n", "a \\<script> b\n\nc\n", ""},
		{"tag without end", "<div title=\"\n\na", "<p>&lt;div title=&#34;</p>\n<p>a</p>\n", "\\<div title=\"\n\na\n", ""},
		{"comment", "a <!-- b --> c\n\n<!-- d\n\ne", "<p>a  c</p>\n", "a  c\n", "dropped a comment (<!-- b -->); dropped a comment ( d\n\ne\n)"},
		{"frame in a line", "a <iframe src=\"https://v.example/1\"></iframe> b", "<p>a</p>\n<figure class=\"embed\">\n<a href=\"https://v.example/1\" rel=\"noopener nofollow\">https://v.example/1</a>\n</figure>\n<p>b</p>\n",
			"a\n\n!embed https://v.example/1\n\nb\n", "<iframe> became a link card"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, reports := FromMarkdown(c.in)
			if d := cmp.Diff(c.html, string(b.HTML(HTMLOptions{}))); d != "" {
				t.Errorf("HTML (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.again, b.Markdown()); d != "" {
				t.Errorf("Markdown (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.reports, reported(reports)); d != "" {
				t.Errorf("reported (-want +got):\n%s", d)
			}
			sameAllWays(t, b)
		})
	}
}

// TestPastedText is copy that was never meant as Markdown: it must come through the desk's form with each sign in place,
// and what is printed back must still look like copy.
func TestPastedText(t *testing.T) {
	for in, want := range map[string]string{
		"AT&T & Halden <desk@paper.example> paid 5 * 3 = 15; see file_name_x and a_b": "AT&T & Halden \\<desk@paper.example> paid 5 * 3 = 15; see file_name_x and a_b",
		"#bridge is trending, 100% sure [sic] (really)!":                              "#bridge is trending, 100% sure [sic] (really)!",
		"1. The bridge":      "1\\. The bridge",
		"- The bridge":       "\\- The bridge",
		"2026. A good year":  "2026\\. A good year",
		"*** starred ***":    "\\*\\*\\* starred \\*\\*\\*",
		"> quoted mail":      "\\> quoted mail",
		"a -- b — c - d":     "a -- b — c - d",
		"C:\\news\\":         "C:\\\\news\\\\",
		"x < y > z &amp; &w": "x < y > z &amp;amp; &w",
		"«پل» می‌شود (۱۲٪)":  "«پل» می‌شود (۱۲٪)",
	} {
		b, _ := FromText(in)
		if got := b.Markdown(); got != want+"\n" {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if got := b.Text(); got != in {
			t.Errorf("%q became %q", in, got)
		}
		sameAllWays(t, b)
	}
}

// TestEffort is about text that would take minutes to read: it is kept, as it stands.
func TestEffort(t *testing.T) {
	for _, unit := range []string{"[a](b", "*a_ ", "`a``b", "{credit=\"a\" "} {
		in := strings.Repeat(unit, 1<<18/len(unit))
		b, reports := FromMarkdown("before\n\n# " + in + "\n\n> " + in + "\n\nafter *all*")
		if err := b.Validate(); err != nil {
			t.Errorf("%q: %v", unit, err)
		}
		got := b.Text()
		if strings.Count(got, strings.TrimSpace(in)) != 2 || !strings.HasPrefix(got, "before\n") || !strings.HasSuffix(got, "after all") {
			t.Errorf("%q: text is not as it was", unit)
		}
		if !strings.Contains(reported(reports), "kept as plain text") {
			t.Errorf("%q: not reported", unit)
		}
	}
}
