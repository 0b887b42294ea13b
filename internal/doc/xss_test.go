package doc

import (
	"strings"
	"testing"

	"github.com/microcosm-cc/bluemonday"
)

// xssVectors are attempts to make a page run something: by scheme, by encoding, by a parser that reads the printed text
// in another way than the first time (mutation), by foreign namespaces, by attributes.
var xssVectors = []string{
	// elements
	`<script>alert(1)</script>`, `<SCRIPT SRC=//x.example/a.js></SCRIPT>`, `<script/xss>alert(1)</script>`, `<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<script>alert(1)//`, `<<script>alert(1)//<</script>`, `<script x=">">alert(1)</script>`, "<script\x00>alert(1)</script>", `<style>@import "//x.example/a.css";</style>`,
	`<link rel=stylesheet href=//x.example/a.css>`, `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<base href="javascript:alert(1)//">`,
	`<object data="javascript:alert(1)"></object>`, `<embed src="javascript:alert(1)">`, `<iframe src="javascript:alert(1)"></iframe>`, `<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
	`<form action="javascript:alert(1)"><input type=submit value=go></form>`, `<button formaction="javascript:alert(1)">x</button>`, `<isindex type=image src=1 onerror=alert(1)>`,
	`<frameset onload=alert(1)><frame src="javascript:alert(1)">`, `<applet code="x"></applet>`, `<portal src="javascript:alert(1)">`, `<template><script>alert(1)</script></template>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<marquee onstart=alert(1)>x</marquee>`, `<dialog open onclose=alert(1)>x</dialog>`, `<keygen autofocus onfocus=alert(1)>`,
	// attributes
	`<img src=x onerror=alert(1)>`, `<img src="/media/a" onerror="alert(1)">`, `<img/src=/media/a/onload=alert(1)>`, "<img src=`x` onerror=alert(1)>", `<body onload=alert(1)>`, `<svg onload=alert(1)>`,
	`<a onclick=alert(1) href=/x>x</a>`, `<p style="background:url(javascript:alert(1))">x</p>`, `<p style="width:expression(alert(1))">x</p>`, `<details ontoggle=alert(1) open>x</details>`,
	`<input autofocus onfocus=alert(1)>`, `<video src=x onerror=alert(1)></video>`, `<video><source onerror=alert(1)></video>`, `<audio src=javascript:alert(1)>`, `<p id=x tabindex=1 onfocus=alert(1)>x</p>`,
	`<a href="/x" target="_blank" rel="opener" ping="//x.example">x</a>`, `<img src="/media/a&#34; onerror=&#34;alert(1)">`, `<img alt='"><script>alert(1)</script>' src=/media/a>`, `<p lang='"><script>alert(1)</script>'>x</p>`,
	`<p lang="en" dir='"onload=alert(1)'>x</p>`, `<td colspan='2" onload="alert(1)'>x`, `<table><tr><td colspan='9999999' background="javascript:alert(1)">x</table>`, `<ol start='1" onload="alert(1)'><li>x</ol>`,
	`<aside class="fact onload=alert(1)">x</aside>`, `<span class="dateline" onmouseover=alert(1)>x</span>`, `<figure class="embed"><a href="javascript:alert(1)">x</a></figure>`,
	// schemes
	`<a href="javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt:alert(1)">x</a>`, `<a href=" javascript:alert(1)">x</a>`, "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java\rscript:alert(1)\">x</a>",
	"<a href=\"\x01javascript:alert(1)\">x</a>", "<a href=\"\u00a0javascript:alert(1)\">x</a>", "<a href=\"java\u200bscript:alert(1)\">x</a>", `<a href="javascript&colon;alert(1)">x</a>`, `<a href="javascript&#58;alert(1)">x</a>`,
	`<a href="&#106;avascript:alert(1)">x</a>`, `<a href="&#x6A;avascript&#x3a;alert(1)">x</a>`, `<a href="java&Tab;script:alert(1)">x</a>`, `<a href="java&NewLine;script:alert(1)">x</a>`, `<a href="vbscript:msgbox(1)">x</a>`,
	`<a href="data:text/html,<script>alert(1)</script>">x</a>`, `<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>`, `<a href="blob:https://x.example/1">x</a>`, `<a href="file:///etc/passwd">x</a>`,
	`<a href="view-source:javascript:alert(1)">x</a>`, `<a href="feed:javascript:alert(1)">x</a>`, `<a href="javascript%3Aalert(1)">x</a>`, `<a href="x:javascript:alert(1)">x</a>`, `<a href="/\x.example">x</a>`, `<a href="\\x.example">x</a>`, `<a href="https:\\x.example">x</a>`,
	`<a href="//x.example">x</a>`, `<a href="https://u:p@x.example">x</a>`, `<a href="https://a.example@x.example">x</a>`, `<a href="http://[::1]/">x</a>`, `<a href="mailto:a@x.example?body=<script>">x</a>`, `<img src="data:image/svg+xml,<svg onload=alert(1)>">`,
	`<img src="/media/../../x">`, `<a href='https://x.example/"onmouseover="alert(1)'>x</a>`, "<a href=\"https://x.example/`onclick=alert(1)\">x</a>", `<a href="tel:javascript:alert(1)">x</a>`, `<a xlink:href="javascript:alert(1)">x</a>`,
	// mutation and foreign namespaces
	`<svg><script>alert(1)</script></svg>`, `<svg><script href="data:,alert(1)"/></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text y=9>x</text></a></svg>`, `<svg><animate attributeName=href values=javascript:alert(1) /><a id=x><text>x</text></a></svg>`,
	`<svg><style><img src="</style><img src=x onerror=alert(1)>">`, `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`, `<svg><foreignObject><iframe src="javascript:alert(1)"></iframe></foreignObject></svg>`, `<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x">`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`, `<math href="javascript:alert(1)">x</math>`, `<math><maction actiontype="statusline#" xlink:href="javascript:alert(1)">x</maction></math>`,
	`<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>`, `<listing>&lt;img src=1 onerror=alert(1)&gt;</listing>`, `<xmp><img src=x onerror=alert(1)></xmp>`, `<textarea><img src=x onerror=alert(1)></textarea>`, `<title><img src=x onerror=alert(1)></title>`,
	`<noembed><img title="</noembed><img src onerror=alert(1)>"></noembed>`, `<noframes><style></noframes><img src=x onerror=alert(1)></style>`, `<plaintext><img src=x onerror=alert(1)>`, `<!--><img src=x onerror=alert(1)>-->`, `<!--a--!><img src=x onerror=alert(1)>-->`, `<![CDATA[<img src=x onerror=alert(1)>]]>`,
	`<?xml version="1.0"?><img src=x onerror=alert(1)>`, `<!DOCTYPE x [<!ENTITY y "<script>alert(1)</script>">]>&y;`, `<select><style></select><img src=x onerror=alert(1)></style>`, `<table><td><form><table><style></form><img src=x onerror=alert(1)></style>`, `<p><svg><p></svg><style><img src=x onerror=alert(1)>`,
	`&lt;script&gt;alert(1)&lt;/script&gt;`, `&amp;lt;script&amp;gt;alert(1)`, "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\xef\xbc\x9cscript\xef\xbc\x9ealert(1)", "<img src=x onerror\x0b=alert(1)>", "<\x00img src=x onerror=alert(1)>", "\xf0\x80\x80\xbcscript>alert(1)</script>",
}

// markdownVectors try the same through the desk's plain form.
var markdownVectors = []string{
	`[x](javascript:alert(1))`, `[x](<javascript:alert(1)>)`, `[x](java&#x73;cript:alert(1))`, `[x](java\script:alert(1))`, `[x](data:text/html,1)`, `![x](javascript:alert(1))`, `![x](/media/a "\"><script>alert(1)</script>")`,
	`<javascript:alert(1)>`, `![x](/media/a){credit="\"><script>alert(1)</script>"}`, `!embed javascript:alert(1)`, `!embed https://x.example "\"><script>" {provider="<img src=x onerror=alert(1)>"}`, `text {lang="en\" onload=\"alert(1)"}`,
	"::: fact\" onload=\"alert(1)\nx\n:::", "```\n<script>alert(1)</script>\n```", "<script>\nalert(1)\n</script>", "x <img src=x onerror=alert(1)> y", "`<script>alert(1)</script>`", "| <script>alert(1)</script> |\n| --- |", "<a href=\"javascript:alert(1)\">x</a>",
	"<svg><style>\n\n<img src=x onerror=alert(1)>", "> — <img src=x onerror=alert(1)>", "[x](https://a.example/\"onclick=\"alert(1))", "\\<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>", "<div onclick=alert(1)>\n\nx\n\n</div>",
}

func TestNothingRuns(t *testing.T) {
	second := bluemonday.UGCPolicy()
	second.AllowAttrs("class").OnElements("figure", "aside", "span")
	second.AllowElements("figure", "figcaption", "aside", "span", "bdi")
	second.AllowElements("section")
	second.AllowAttrs("class").OnElements("sup", "section")
	second.AllowAttrs("role", "aria-label", "id").OnElements("a", "section", "li")
	second.AllowAttrs("loading").Matching(bluemonday.SpaceSeparatedTokens).OnElements("img")
	second.AllowAttrs("alt").OnElements("img")
	second.AllowAttrs("rel").OnElements("a")
	second.AllowAttrs("start").OnElements("ol")
	second.AllowURLSchemes("http", "https", "mailto", "tel")
	second.RequireNoFollowOnLinks(false)
	check := func(t *testing.T, source string, b Body) {
		t.Helper()
		page := string(b.HTML(HTMLOptions{Dateline: source, Rel: DefaultRel}))
		onlySchema(t, page)
		// What another sanitizer leaves of the page shows the same elements: it found nothing to take out.
		if got, want := tags(second.Sanitize(page)), tags(page); got != want {
			t.Errorf("%q: bluemonday takes something out of\n%s\nleft: %s\nhad:  %s", source, page, got, want)
		}
		sameAllWays(t, b)
	}
	for _, s := range xssVectors {
		b, _ := FromHTML(s)
		check(t, s, b)
		b, _ = FromHTML("<p>before " + s + " after</p>")
		check(t, s, b)
		b, _ = FromMarkdown(s)
		check(t, s, b)
		b, _ = FromText(s)
		check(t, s, b)
	}
	for _, s := range markdownVectors {
		b, _ := FromMarkdown(s)
		check(t, s, b)
	}
	t.Logf("%d vectors of HTML, %d of Markdown", len(xssVectors), len(markdownVectors))
}

// tags lists the start tags of a page with their attributes' names.
func tags(page string) string {
	return strings.Join(parsed(page), " ")
}

// TestHandMadeBodies prints bodies that no reader made and Validate refuses: printing must hold by itself.
func TestHandMadeBodies(t *testing.T) {
	bad := `"><script>alert(1)</script>`
	blocks := []Block{
		{Kind: "script", Inline: []Inline{{Text: bad}}}, {Kind: KindParagraph, Lang: bad, Dir: bad, Inline: []Inline{{Text: bad, Marks: Marks{Href: "javascript:alert(1)", Foreign: true, Lang: bad, Dir: bad}}}},
		{Kind: KindHeading, Level: 99, Inline: []Inline{{Text: bad}}}, {Kind: KindHeading, Level: -9, Inline: []Inline{{Text: bad}}},
		{Kind: KindImage, Image: &Picture{Src: "javascript:alert(1)", Alt: bad}}, {Kind: KindImage, Image: &Picture{Src: "/media/a", Alt: bad, Caption: bad, Credit: bad, Width: -1}}, {Kind: KindImage}, {Kind: KindEmbed},
		{Kind: KindEmbed, Embed: &LinkCard{URL: "javascript:alert(1)", Title: bad}}, {Kind: KindEmbed, Embed: &LinkCard{URL: "https://x.example/", Title: bad, Provider: bad}},
		{Kind: KindNote, Note: bad, Blocks: []Block{{Kind: KindParagraph, Inline: []Inline{{Text: bad}}}}}, {Kind: KindQuote, By: bad}, {Kind: KindOrderedList, Start: -3, Blocks: []Block{{Kind: KindParagraph}}},
		{Kind: KindTable, Rows: []Row{{Cells: []Cell{{Colspan: 1 << 30, Rowspan: -1, Inline: []Inline{{Break: true}, {Text: bad}}}}}}},
	}
	for _, block := range blocks {
		b := Body{Blocks: []Block{block}}
		if b.Validate() == nil && block.Kind != KindEmbed { // a card's title may be any text
			t.Errorf("%#v is valid", block)
		}
		page := string(b.HTML(HTMLOptions{HeadingOffset: 5, Lang: bad, Dir: bad, Dateline: bad, Rel: bad}))
		for _, tag := range parsed(page) {
			if strings.HasPrefix(tag, "script") {
				t.Errorf("%#v prints a script:\n%s", block, page)
			}
		}
		_ = b.Markdown()
		_ = b.Text()
		_ = b.Words()
	}
}
