package doc

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFootnotesOfOthers reads notes as other programs write them.
func TestFootnotesOfOthers(t *testing.T) {
	for _, c := range []struct{ name, in, want, reports string }{
		{"Word",
			`<p class=MsoNormal>The bridge<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span style='font-size:11pt'>[1]</span></span><![endif]></span></span></a> is closed<a href="#_ftn2" name="_ftnref2"><span>[2]</span></a>.</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Order 12/2026,<br>port authority</p><p class=MsoFootnoteText>Second line.</p></div>
<div style='mso-element:footnote' id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2"><span>[2]</span></a> <a href="https://council.example/12">Minutes</a> of 3 March</p></div></div>`,
			"The bridge^[Order 12/2026, port authority Second line.] is closed^[[Minutes of 3 March](https://council.example/12)].\n", "[1] [1] [2] [2]"},
		{"LibreOffice",
			`<p>The bridge<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> is closed<a class="sdendnoteanc" name="sdendnote1anc" href="#sdendnote1sym"><sup>i</sup></a>.</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Order 12</p></div><div id="sdendnote1"><p class="sdendnote"><a class="sdendnotesym" name="sdendnote1sym" href="#sdendnote1anc">i</a>An end</p></div>`,
			"The bridge^[Order 12] is closed^[An end].\n", "1 1 i i"},
		{"Google Docs",
			`<p><span>The bridge</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><span> is closed.</span></p><hr class="c1"><div><p class="c2"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Order 12</span></p><p><span>and more</span></p></div>`,
			"The bridge^[Order 12 and more] is closed.\n", "[1] [1]"},
		{"pandoc",
			`<p>The bridge<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> is closed.</p><section id="footnotes" class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr /><ol><li id="fn1"><p>Order 12<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>`,
			"The bridge^[Order 12] is closed.\n", "1 ↩︎"},
		{"markdown-it",
			`<p>The bridge<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> is closed<sup class="footnote-ref"><a href="#fn1" id="fnref1:1">[1:1]</a></sup>.</p><hr class="footnotes-sep"><section class="footnotes"><ol class="footnotes-list"><li id="fn1" class="footnote-item"><p>Order 12 <a href="#fnref1" class="footnote-backref">↩︎</a></p></li></ol></section>`,
			"The bridge^[Order 12] is closed^[Order 12].\n", "[1] ↩︎ [1:1]"},
		{"GitHub",
			`<p>The bridge<sup><a href="#user-content-fn-1-ab" id="user-content-fnref-1-ab" data-footnote-ref="" aria-describedby="footnote-label">1</a></sup> is closed.</p><section data-footnotes="" class="footnotes"><h2 id="footnote-label" class="sr-only">Footnotes</h2><ol><li id="user-content-fn-1-ab"><p>Order 12 <a href="#user-content-fnref-1-ab" data-footnote-backref="" aria-label="Back to reference 1">↩</a></p></li></ol></section>`,
			"The bridge^[Order 12] is closed.\n", "Footnotes 1 ↩"},
		{"WordPress",
			`<p>The bridge<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">1</a></sup> is closed.</p><ol class="wp-block-footnotes"><li id="u1">Order 12 <a href="#u1-link" aria-label="Jump to footnote reference 1">↩︎</a></li></ol>`,
			"The bridge^[Order 12] is closed.\n", "1 ↩︎"},
		{"Wikipedia, one source twice",
			`<p>A<sup id="cite_ref-x_1-0" class="reference"><a href="#cite_note-x-1"><span class="cite-bracket">[</span>1<span class="cite-bracket">]</span></a></sup> B<sup id="cite_ref-x_1-1" class="reference"><a href="#cite_note-x-1">[1]</a></sup></p><ol class="references"><li id="cite_note-x-1"><a href="#cite_ref-x_1-0">↑</a> <span class="reference-text"><a rel="nofollow" href="https://s.example/">Source</a>, 2026</span></li></ol>`,
			"A^[[Source, 2026](https://s.example/)] B^[[Source, 2026](https://s.example/)]\n", "[1] ↑ [1]"},
		{"Persian, digits and direction",
			`<div dir=rtl><p>پل<sup><a href="#p1" id="r1">[۱]</a></sup> بسته است.</p><hr><div><p><a href="#r1" id="p1">[۱]</a> مصوبهٔ ۱۲</p></div></div>`,
			"پل^[مصوبهٔ ۱۲] بسته است. {dir=rtl}\n", "[۱] [۱]"},
		{"in a caption", `<figure><img src=/media/a.jpg><figcaption>The bridge<sup><a href="#n" id="r">*</a></sup></figcaption></figure><p id=n>* Photo of 1931 <a href="#r">↩</a></p>`,
			"![](/media/a.jpg \"The bridge [* Photo of 1931]\")\n", "* ↩"},
		{"a table of contents is none", `<ul><li><a href="#a" id="top">1</a> The bridge</li></ul><h2 id=a>The bridge</h2><p>Text <a href="#top">up</a></p>`,
			"- [1](#a) The bridge\n\n## The bridge\n\nText [up](#top)\n", ""},
		{"a list of contents with its heading as the target is none", `<p><a href="#a" id="t">1</a></p><p id=a><a href="#t">1</a></p><p>b</p>`, "[1](#a)\n\n[1](#t)\n\nb\n", ""},
		{"a picture in a note stays", `<p>A<a href="#n" id="r">1</a></p><div id=n><a href="#r">1</a> B <img src=/media/a.jpg></div>`, "A[1](#n)\n\n[1](#r) B\n\n![](/media/a.jpg)\n", ""},
		{"own separator before the notes", `<p>A<sup class="noteref"><a href="#note-1" id="noteref-1" role="doc-noteref">1</a></sup></p><hr><section class="footnotes" role="doc-endnotes" aria-label="Notes"><h3>Notes</h3><ul><li id="note-1"><a href="#noteref-1" role="doc-backlink">1</a> B</li></ul></section>`,
			"A^[B]\n\n___\n", "Notes 1 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, reports := FromHTML(c.in)
			if d := cmp.Diff(c.want, b.Markdown()); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
			if c.reports != "" && !strings.Contains(reported(reports), "footnotes are numbered anew ("+c.reports+")") {
				t.Errorf("reported %q", reported(reports))
			}
			nothingLost(t, shown(c.in), b, reports)
			sameAllWays(t, b)
		})
	}
}

func TestFootnotePrinted(t *testing.T) {
	b, _ := FromMarkdown("A^[B <c>] d^[[E](https://f.example/)]\n\n- **g**^[h]\n")
	words := NoteWords{Title: "Sources & notes", Label: "Note", Back: "back", Number: func(n int) string { return string(rune('۰' + n)) }}
	want := `<p>A<sup class="noteref"><a href="#note-1" id="noteref-1" role="doc-noteref" aria-label="Note ۱">۱</a></sup> d<sup class="noteref"><a href="#note-2" id="noteref-2" role="doc-noteref" aria-label="Note ۲">۲</a></sup></p>
<ul>
<li><strong>g</strong><sup class="noteref"><a href="#note-3" id="noteref-3" role="doc-noteref" aria-label="Note ۳">۳</a></sup></li>
</ul>
<section class="footnotes" role="doc-endnotes" aria-label="Sources &amp; notes">
<h3>Sources &amp; notes</h3>
<ul>
<li id="note-1"><a href="#noteref-1" role="doc-backlink" aria-label="Note ۱: back">۱</a> B &lt;c&gt;</li>
<li id="note-2"><a href="#noteref-2" role="doc-backlink" aria-label="Note ۲: back">۲</a> <a href="https://f.example/" rel="noopener nofollow">E</a></li>
<li id="note-3"><a href="#noteref-3" role="doc-backlink" aria-label="Note ۳: back">۳</a> h</li>
</ul>
</section>
`
	page := string(b.HTML(HTMLOptions{HeadingOffset: 1, Notes: words}))
	if d := cmp.Diff(want, page); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	back, _ := FromHTML(page)
	if d := diff(b, back); d != "" {
		t.Errorf("read back (-want +got):\n%s", d)
	}
	if got, want := b.Text(), "A d\n\n• g\n\nB <c>\n\nE https://f.example/\n\nh"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
	if b.Words() != 3 {
		t.Errorf("%d words", b.Words())
	}
	list := b.Paragraphs()
	if last := list[len(list)-1]; len(list) != 5 || last.Kind != "footnote" || last.Text != "h" || last.Number != 5 {
		t.Errorf("paragraphs %v", list)
	}
}

// TestFootnotePlainForm reads and writes the sign for a note.
func TestFootnotePlainForm(t *testing.T) {
	for _, c := range []struct{ in, want, reports string }{
		{"a^[b]", "a^[b]\n", ""},
		{"a^[b\nc [sic]]", "a^[b c \\[sic\\]]\n", ""},
		{"a^[see [b](https://c.example) and [d](/e)]", "a^[[see b and d](https://c.example)]\n", "dropped a link, its words kept (/e)"},
		{"a^[[](https://c.example/x_(y))]", "a^[[https://c.example/x_(y)](<https://c.example/x_(y)>)]\n", ""},
		{"a^[[b](<https://c.example/x_(y)>)]", "a^[[b](<https://c.example/x_(y)>)]\n", ""},
		{"a^[b *c* <i>d</i> &amp; \\*]", "a^[b *c* <i>d</i> & *]\n", ""},
		{"a^[b", "a\\^[b\n", ""}, {"a^[]", "a\\^[]\n", ""}, {"a\\^[b]", "a\\^[b]\n", ""}, {"2^3 ^ [x]", "2^3 ^ [x]\n", ""},
		{"| a^[b\\|c] |\n| - |", "| a^[b&#124;c] |\n| --- |\n", ""},
		{"<table><tr><td>a<sup class=\"noteref\"><a href=\"/b\">c</a></sup></td></tr></table>", "<table>\n<tbody>\n<tr><td>a<sup class=\"noteref\"><a href=\"/b\">c</a></sup></td></tr>\n</tbody>\n</table>\n", ""},
		{"> a\n> — b^[c]", "> a\n> — b [c]\n", "a footnote stands in brackets, or is dropped with the words around it (c)"},
		{"a^[" + strings.Repeat("b", MaxFootnote+1) + "]", "a [" + strings.Repeat("b", MaxFootnote+1) + "]\n", "a footnote is too long and stands in brackets"},
	} {
		b, reports := FromMarkdown(c.in)
		if got := b.Markdown(); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
		if got := reported(reports); got != c.reports {
			t.Errorf("%q: reported %q, want %q", c.in, got, c.reports)
		}
		sameAllWays(t, b)
	}
}
