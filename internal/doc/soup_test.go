package doc

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tagSoup is what random pages are made of.
var tagSoup = strings.Split(`<p>|</p>|<p lang=fa dir=rtl>|<p dir=auto>|<div>|</div>|<div lang=ar>|<div hidden>|<h1>|<h2>|</h2>|<h6>|<blockquote>|</blockquote>|`+
	`<footer>|</footer>|<cite>|</cite>|<ul>|</ul>|<ol start=4>|</ol>|<li>|</li>|<table>|</table>|<tr>|</tr>|<td>|<td colspan=3>|<td rowspan=4>|<th>|</td>|<thead>|`+
	`<tbody>|<caption>|</caption>|<figure>|<figure class=embed>|<figure class=quote>|</figure>|<figcaption>|</figcaption>|<span class=credit>|<span>|</span>|<img src=/media/a/b.jpg alt=c>|`+
	`<img src=x alt=d>|<img src=https://e.example/f.png width=2>|<iframe src=https://v.example/1></iframe>|<video src=https://v.example/2>|</video>|<aside class=fact>|<aside class=note>|<aside>|`+
	`</aside>|<hr>|<br>|<b>|</b>|<strong>|</strong>|<i>|<em>|</em>|</i>|<a href=/g>|<a href=https://h.example/>|</a>|<a href=javascript:1>|<code>|</code>|<sub>|</sub>|<sup>|</sup>|<bdi>|`+
	`<bdi lang=fa>|<span lang=en>|</bdi>|<q>|</q>|<pre>|</pre>|<textarea>|</textarea>|<select>|<option>|</select>|<svg>|</svg>|<math>|</math>|<style>|</style>|<script>|</script>|<template>|`+
	`</template>|<noscript>|</noscript>|<form>|<button>|<input value=i>|<details>|<summary>|<dl>|<dt>|<dd>|<ruby>|<rt>|<rp>|<font>|<u>|<s>|<custom-x>|<o:p>|<ins>|</ins>|<del>|</del>|<a href=#n1 id=r1>1</a>|<a href=#n2 name=r2><sup>[2]</sup></a>|<sup id=r3><a href=#n3 class=footnote-ref>*</a></sup>|<li id=n1>|<a href=#r1>1</a>|<p><a href=#r2 name=n2>[2]</a>|<div id=n3>|<a href=#r3>↩</a>|<section class=footnotes>|</section>|<!-- j -->|&amp;|&lt;|&nbsp;|&#1;|`+
	`k|l m| |  |\n|  \n |— n|پل|.|-|<|>|"|'|1.|#|*|_|{lang=fa}|:::|![|](|`+"`", "|")

// signSoup is what random copy in the desk's plain form is made of.
var signSoup = []string{"a", "b c", "7", "پل", " ", " ", "  ", "    ", "\n", "\n", "\n\n", "\\\n", "  \n", "*", "**", "_", "__", "`", "```", "```\n", "[", "]", "(", ")", "](/x)",
	"](https://a.example \"t\")", "![p](/media/a.jpg)", "![p](/media/a.jpg \"c\"){credit=\"d\"}", "{lang=fa}", " {lang=ar dir=ltr}", "{dir=rtl}", "{credit=x}", "{", "}", "# ", "## ", "###", "> ", ">", "- ",
	"+ ", "* ", "1. ", "2) ", "---", "___", "***", "===", "| a | b |\n| - | - |\n", "| 1 | 2 |\n", "| 1 | 2 | 3 |\n", "|", "::: fact\n", "::: note {lang=fa}\n", ":::\n", ":::", "!embed https://v.example/1\n",
	"!embed https://v.example/1 \"t\" {provider=\"q\"}\n", "!embed x\n", "— n", "-- n", "> — n\n", "<b>", "</b>", "<i>", "<div>\n", "</div>\n", "<table><tr><td>\n", "</table>\n", "<Name>", "<!-- c -->", "<!--", "-->",
	"<script>", "</script>", "<bdi lang=\"fa\">", "</bdi>", "<sub>", "</sub>", "<br>", "<p>", "<ul><li>", "<textarea>", "<svg>", "<noscript>", "<div title=\"", "\">", "<https://a.example>", "<a@b.example>", "@b.example>", "<", "&amp;", "&lt;",
	"&#42;", "&mdash;", "\\", "\\*", "\\\\", "~~~\n", "[a]: /x\n", "^[", "^[n]", "^[[n](/x)]", "^", "<ins data-id=\"k3v9x2mq\" data-by=\"12\" data-at=\"5\">", "</ins>", "<del data-id=\"k3v9x2mq\" data-by=\"12\" data-at=\"5\">", "</del>", "<ins>", "[a]", "\"", "'", ".", "\t"}

// TestRandomPages asks of HTML in any disorder: a valid body, stable in all forms, no visible letter lost.
func TestRandomPages(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(tagSoup), 1, 30).Draw(r, "soup"), "")
		b, reports := FromHTML(s)
		if err := b.Validate(); err != nil {
			r.Fatalf("%q: %v", s, err)
		}
		sameAllWays(r, b)
		nothingLost(r, shown(s), b, reports)
	})
}

// TestRandomCopy asks the same of the plain form. What its signs mean is not text, so only the letters of one word are
// counted, and not where it may stand in an attribute of a tag.
func TestRandomCopy(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(signSoup), 1, 30).Draw(r, "soup"), "")
		b, reports := FromMarkdown(s)
		if err := b.Validate(); err != nil {
			r.Fatalf("%q: %v", s, err)
		}
		sameAllWays(r, b)
		if !strings.Contains(s, `title="`) {
			nothingLost(r, strings.Repeat("پل", strings.Count(s, "پل")), b, reports)
		}
	})
}
