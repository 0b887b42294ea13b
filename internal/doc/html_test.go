package doc

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFromHTML reads HTML and looks at what is printed again, and at what was reported.
func TestFromHTML(t *testing.T) {
	for _, c := range []struct{ name, in, want, reports string }{
		{"text outside of elements", "a <b>b</b><p>c</p>d", "<p>a <strong>b</strong></p>\n<p>c</p>\n<p>d</p>\n", ""},
		{"headings", "<h1>a</h1><h3>b</h3><h5>c</h5>", "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n", "<h1> became heading 2; <h5> became heading 4"},
		{"headings that skip", "<h3>a</h3><h4>b</h4><h2>c</h2><h4>d</h4>", "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n<h3>d</h3>\n", "headings raised so that no level is skipped"},
		{"heading in a quote", "<blockquote><h2>a</h2>b</blockquote>", "<blockquote>\n<p><strong>a</strong></p>\n<p>b</p>\n</blockquote>\n", "<h2> became a paragraph"},
		{"line ends are spaces", "<p>a\n   b\n<b> c</b> </p>", "<p>a b <strong>c</strong></p>\n", ""},
		{"two spaces stay", "<p>a  b</p>", "<p>a  b</p>\n", ""},
		{"two breaks part paragraphs", "a<br>b<br><br>c<br>", "<p>a<br>b</p>\n<p>c</p>\n", ""},
		{"quote with footer", "<blockquote><p>a</p><footer>— <cite>Mira Halden</cite></footer></blockquote>",
			"<figure class=\"quote\">\n<blockquote>\n<p>a</p>\n</blockquote>\n<figcaption>— Mira Halden</figcaption>\n</figure>\n", ""},
		{"quote with cite", "<blockquote>a<cite>b</cite></blockquote>", "<figure class=\"quote\">\n<blockquote>\n<p>a</p>\n</blockquote>\n<figcaption>— b</figcaption>\n</figure>\n", ""},
		{"cite inside the words", "<blockquote>a <cite>b</cite> c</blockquote>", "<blockquote>\n<p>a <em>b</em> c</p>\n</blockquote>\n", ""},
		{"speaker without words", "<blockquote><footer>a</footer></blockquote>", "<p>a</p>\n", ""},
		{"lists", "<ul><li>a<ol start=4><li>b</ol><li><p>c<p>d</ul>", "<ul>\n<li>\n<p>a</p>\n<ol start=\"4\">\n<li>b</li>\n</ol>\n</li>\n<li>\n<p>c</p>\n<p>d</p>\n</li>\n</ul>\n", ""},
		{"list in a list", "<ul>\n<li>a</li>\n<ul>\n<li>b</li>\n</ul>\n<li>c</li></ul>", "<ul>\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n", ""},
		{"text between items", "<ul>a<li>b</li><p>c</p></ul>", "<ul>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n</ul>\n", ""},
		{"list from 0", "<ol start=0><li>a</ol>", "<ol>\n<li>a</li>\n</ol>\n", "numbered list begins at 1 (0)"},
		{"figure", "<figure><a href=/x><img src='/media/a.jpg' alt=b width=3px height=4></a><figcaption>c <a href=/y>d</a> <i class=photo-credit>e</i></figcaption></figure>",
			"<figure>\n<img src=\"/media/a.jpg\" alt=\"b\" width=\"3\" height=\"4\" loading=\"lazy\">\n<figcaption>c d <span class=\"credit\">e</span></figcaption>\n</figure>\n",
			"dropped the link of a picture (/x); dropped a link, its words kept (/y)"},
		{"picture in a line", "<p>a <img src=/media/b> c</p>", "<p>a</p>\n<figure>\n<img src=\"/media/b\" alt=\"\" loading=\"lazy\">\n</figure>\n<p>c</p>\n", "<img> inside a line became a picture of its own"},
		{"picture that is not ours", "a <img src=b.jpg alt=c> d", "<p>a c d</p>\n", "dropped a picture that is neither ours nor at a whole address (b.jpg)"},
		{"picture loaded later", "<img src='data:image/gif;base64,R0' data-src=https://e.example/p.jpg><noscript><img src=https://e.example/p.jpg></noscript>",
			"<figure>\n<img src=\"https://e.example/p.jpg\" alt=\"\" loading=\"lazy\">\n</figure>\n", ""},
		{"tracking picture", "a<img src=https://e.example/t.gif width=1 height=1>", "<p>a</p>\n", "dropped a tracking picture (https://e.example/t.gif)"},
		{"frame", "<iframe src=//v.example/1 title=b></iframe>", "<figure class=\"embed\">\n<a href=\"https://v.example/1\" rel=\"noopener nofollow\">b</a>\n</figure>\n", "<iframe> became a link card"},
		{"video in a figure", "<figure><video><source src=https://v.example/1.mp4>no</video><figcaption>b</figcaption></figure>",
			"<figure class=\"embed\">\n<a href=\"https://v.example/1.mp4\" rel=\"noopener nofollow\">b</a>\n</figure>\n", "<video> became a link card (no)"},
		{"video without address", "<video>a</video>", "<p>a</p>\n", "dropped <video>"},
		{"inline marks", "<i>a</i><cite>b</cite><tt>c</tt><sup>d</sup><sub>e</sub><q>f</q><s>g</s>", "<p><em>ab</em><code>c</code><sup>d</sup><sub>e</sub>“f”g</p>\n", "<q> became quotation marks; <s> read as text"},
		{"written as style", "<b style='font-weight: normal'>a <span style='font-weight: 700; font-style:italic'>b</span></b>", "<p>a <strong><em>b</em></strong></p>\n", ""},
		{"language inherited", "<div lang=fa dir=rtl><p>پل</p><p lang=en dir=ltr>a</p></div>", "<p lang=\"fa\" dir=\"rtl\">پل</p>\n<p lang=\"en\" dir=\"ltr\">a</p>\n", "<div> read as paragraphs"},
		{"language brings its direction", "<p lang=AR>a</p><p lang=xx-nonsense>b</p>", "<p lang=\"ar\" dir=\"rtl\">a</p>\n<p>b</p>\n", ""},
		{"direction found", "<p dir=auto>12 پل</p>", "<p dir=\"rtl\">12 پل</p>\n", ""},
		{"foreign words", "<p>a <span lang=fa>پل</span> <bdi>b</bdi></p>", "<p>a <bdi lang=\"fa\" dir=\"rtl\">پل</bdi> <bdi>b</bdi></p>\n", ""},
		{"table", "<table><caption>a</caption><tr><th>b<th>c<tr><td>d<br>e<td rowspan=9>f<tr><td colspan=9>g</table>",
			"<p>a</p>\n<table>\n<thead>\n<tr><th scope=\"col\">b</th><th scope=\"col\">c</th></tr>\n</thead>\n<tbody>\n<tr><td>d<br>e</td><td rowspan=\"2\">f</td></tr>\n<tr><td>g</td></tr>\n</tbody>\n</table>\n",
			"<caption> became a paragraph before the table; <caption> read as paragraphs"},
		{"table with short rows", "<table><tr><td>a<td>b<tr><td>c</table>", "<table>\n<tbody>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td><td></td></tr>\n</tbody>\n</table>\n", ""},
		{"table with empty columns", "<table><tr><td colspan=3>a<td>b<tr><tr><td colspan=3 rowspan=2>c<td>d</table>", "<table>\n<tbody>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>c</td><td>d</td></tr>\n</tbody>\n</table>\n", ""},
		{"table that arranges", "<table><tr><td><h2>a</h2>b<td><ul><li>c</ul></table>", "<h2>a</h2>\n<p>b</p>\n<ul>\n<li>c</li>\n</ul>\n", "<table> that arranges the page read as paragraphs; <td> read as paragraphs"},
		{"note", "<aside class='box fact'><h2>a</h2><aside class=note>b</aside></aside>", "<aside class=\"fact\">\n<h2>a</h2>\n<p>b</p>\n</aside>\n", "<aside> read as paragraphs"},
		{"script and style", "a<script>b</script><style>c</style>d", "<p>ad</p>\n", "dropped <script> (b); dropped <style> (c)"},
		{"hidden", "a<div hidden>b</div><span style='display: none'>c</span>", "<p>a</p>\n", "dropped hidden <div> (b); dropped hidden <span> (c)"},
		{"form", "<form><label>a</label> <input value=b><select><option>c<option>d</select><textarea>\ne\nf</textarea><button>g</button></form>",
			"<p>a bc d e<br>fg</p>\n", "<form> read as paragraphs; <label> read as text; <input> read as text; <select> read as text; <textarea> read as text; <button> read as text"},
		{"link that is not allowed", "<a href=javascript:b>a</a>", "<p>a</p>\n", "dropped a link, its words kept (javascript:b)"},
		{"link around blocks", "<a href=/x><div>a</div><div>b</div></a>", "<p><a href=\"/x\">a</a></p>\n<p><a href=\"/x\">b</a></p>\n", "<div> read as paragraphs"},
		{"letters of svg", "<svg><title>a</title><text>b</text></svg>", "<p>b</p>\n", "<svg> read as text; dropped <title> in <svg> (a)"},
		{"whole page", "<!DOCTYPE html><html><head><title>a</title><meta charset=utf-8></head><body><main>b</main></body></html>", "<p>b</p>\n", "dropped <title> (a); dropped <meta>; <main> read as paragraphs"},
		{"comment", "a<!--more-->b", "<p>ab</p>\n", "dropped a comment (more)"},
		{"unknown element", "<o:p>a</o:p>", "<p>a</p>\n", "<o:p> read as text"},
		{"preformatted", "<pre>a\n  b\n\nc</pre>", "<p>a<br>b</p>\n<p>c</p>\n", "<pre> became lines of text"},
		{"control characters", "a&#1;b\u0085c", "<p>ab c</p>\n", "dropped control characters (\x01)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, reports := FromHTML(c.in)
			if d := cmp.Diff(c.want, string(b.HTML(HTMLOptions{}))); d != "" {
				t.Errorf("printed (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.reports, reported(reports)); d != "" {
				t.Errorf("reported (-want +got):\n%s", d)
			}
			sameAllWays(t, b)
		})
	}
}

func reported(reports []Report) string {
	var out []string
	for _, r := range reports {
		if r.Text == "" {
			out = append(out, r.What)
		} else {
			out = append(out, r.What+" ("+r.Text+")")
		}
	}
	return strings.Join(out, "; ")
}

func TestReportsNameTheBlock(t *testing.T) {
	_, reports := FromHTML("<p>a<p>b<script>c</script><p>d<h1>e</h1>")
	want := []Report{{"dropped <script>", 2, "c"}, {"<h1> became heading 2", 4, ""}}
	if d := cmp.Diff(want, reports); d != "" {
		t.Error(d)
	}
}

// TestTooManyOpenElements is about pages that x/net/html refuses: nothing may be lost of them.
func TestTooManyOpenElements(t *testing.T) {
	in := strings.Repeat("<div>", 600) + "a &amp; <b>b</b><script>c</script><p>d<img src=/media/e alt=f><noscript><p>g</noscript>"
	b, reports := FromHTML(in)
	if got, want := string(b.HTML(HTMLOptions{})), "<p>a &amp; b</p>\n<p>df</p>\n<p>g</p>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := reported(reports); !strings.Contains(got, "kept as plain paragraphs") || !strings.Contains(got, "dropped <script> (c)") ||
		!strings.Contains(got, "dropped a picture (/media/e)") {
		t.Errorf("reported %q", got)
	}
	sameAllWays(t, b)
}

// TestDepth nests deeper than the schema holds; the text stays, the limit as well.
func TestDepth(t *testing.T) {
	for name, in := range map[string]string{
		"quotes": strings.Repeat("<blockquote>", 100) + "deep",
		"lists":  strings.Repeat("<ul><li>", 100) + "deep",
		"tables": strings.Repeat("<blockquote>", 30) + "<table><tr><td>deep",
		"plain":  strings.Repeat("> ", 100) + "deep",
	} {
		read := FromHTML
		if name == "plain" {
			read = FromMarkdown
		}
		b, reports := read(in)
		if err := b.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if b.Text() == "" || !strings.Contains(b.Text(), "deep") {
			t.Errorf("%s: text lost: %q", name, b.Text())
		}
		if len(reports) == 0 {
			t.Errorf("%s: nothing reported", name)
		}
		sameAllWays(t, b)
	}
}

func TestHTMLOptions(t *testing.T) {
	b, _ := FromMarkdown("## a\n\nb [c](https://own.example/x) [d](https://other.example/y) [e](/z)\n\nپل {lang=fa}\n\n![f](https://other.example/p.jpg)\n")
	o := HTMLOptions{HeadingOffset: 1, Lang: "fa", Dir: "rtl", Dateline: "VALMERE, Ostland (Dispatches) —", Rel: "nofollow",
		OwnHosts: []string{"own.example"}, OwnPicturesOnly: true}
	want := `<h3>a</h3>
<p><span class="dateline">VALMERE, Ostland (Dispatches) —</span> b <a href="https://own.example/x">c</a> <a href="https://other.example/y" rel="nofollow">d</a> <a href="/z">e</a></p>
<p>پل</p>
<figure>
<a href="https://other.example/p.jpg" rel="nofollow">f</a>
</figure>
`
	if d := cmp.Diff(want, string(b.HTML(o))); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	o = HTMLOptions{Rel: "none", HeadingOffset: 9}
	if got := string(b.HTML(o)); !strings.Contains(got, "<h6>a</h6>") || strings.Contains(got, "rel=") || !strings.Contains(got, `<p lang="fa" dir="rtl">`) {
		t.Errorf("got %s", got)
	}
}

func TestDatelineWithoutParagraph(t *testing.T) {
	b, _ := FromMarkdown("> a\n")
	want := "<p><span class=\"dateline\">X —</span></p>\n<blockquote>\n<p>a</p>\n</blockquote>\n"
	if got := string(b.HTML(HTMLOptions{Dateline: "X —"})); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	b, _ = FromMarkdown("> a\n\nb\n")
	want = "<blockquote>\n<p>a</p>\n</blockquote>\n<p><span class=\"dateline\">X —</span> b</p>\n"
	if got := string(b.HTML(HTMLOptions{Dateline: "X —"})); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
