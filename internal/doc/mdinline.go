package doc

import (
	"bufio"
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
)

func (m *markup) inlines(parent ast.Node) {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		m.inline(c)
	}
}

func (m *markup) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		m.text(n)
	case *ast.String:
		m.escape(string(n.Value))
	case *ast.CodeSpan:
		m.add("<code>")
		m.escape(strings.ReplaceAll(m.plain(n), "\n", " "))
		m.add("</code>")
	case *ast.Emphasis:
		name := "em"
		if n.Level == 2 {
			name = "strong"
		}
		m.add("<", name, ">")
		m.inlines(n)
		m.add("</", name, ">")
	case *ast.Link:
		m.link(n)
	case *ast.AutoLink:
		m.autoLink(n)
	case *ast.Image:
		m.image(n)
	case *ast.RawHTML:
		m.rawHTML(n)
	case *footnoteNode:
		m.footnote(n)
	case *bracesNode:
		if n.PreviousSibling() == nil || n.PreviousSibling().Kind() != ast.KindImage || !imageKeys(n.attrs) {
			gmhtml.DefaultWriter.Write(m.w, n.source.Value(m.source))
		}
	default:
		m.inlines(n)
	}
}

func (m *markup) text(n *ast.Text) {
	value := n.Segment.Value(m.source)
	if n.IsRaw() {
		gmhtml.DefaultWriter.RawWrite(m.w, value)
	} else {
		gmhtml.DefaultWriter.Write(m.w, value)
	}
	if n.HardLineBreak() {
		m.add("<br>\n")
	} else if n.SoftLineBreak() {
		m.add("\n")
	}
}

// plain is the text under n without markup; escapes and entities are resolved but in code.
func (m *markup) plain(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			value := c.Segment.Value(m.source)
			if c.IsRaw() || n.Kind() == ast.KindCodeSpan {
				b.Write(value)
			} else {
				b.WriteString(unescape(value))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(m.source))
		case *ast.RawHTML:
			b.Write(m.segments(c))
		case *footnoteNode:
			note, _ := parseNote(c.source)
			b.WriteString(note.words())
		case *bracesNode:
			b.WriteString(unescape(c.source.Value(m.source)))
		default:
			b.WriteString(m.plain(c))
		}
	}
	return b.String()
}

// unescape resolves backslashes and entities in one pass, as goldmark prints text, and takes its HTML escapes back.
func unescape(source []byte) string {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	gmhtml.DefaultWriter.Write(w, source)
	w.Flush()
	return html.UnescapeString(b.String())
}

func (m *markup) segments(n *ast.RawHTML) []byte {
	var b bytes.Buffer
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		b.Write(s.Value(m.source))
	}
	return b.Bytes()
}

func (m *markup) link(n *ast.Link) {
	if len(n.Title) > 0 {
		m.report("dropped the title of a link", string(n.Title))
	}
	m.add("<a")
	m.attr("href", unescape(n.Destination))
	m.add(">")
	m.inlines(n)
	m.add("</a>")
}

func (m *markup) autoLink(n *ast.AutoLink) {
	url := string(n.URL(m.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	m.add("<a")
	m.attr("href", url)
	m.add(">")
	m.escape(string(n.Label(m.source)))
	m.add("</a>")
}

func imageKeys(attrs map[string]string) bool {
	return onlyKeys(attrs, "lang", "dir", "credit", "width", "height")
}

// image writes a figure: the title is the caption, braces right after carry the rest.
func (m *markup) image(n *ast.Image) {
	var attrs map[string]string
	if b, ok := n.NextSibling().(*bracesNode); ok && imageKeys(b.attrs) {
		attrs = b.attrs
	}
	m.add("<figure")
	m.langDir(attrs)
	m.add("><img")
	m.attr("src", unescape(n.Destination))
	m.attr("alt", m.plain(n))
	m.attr("width", attrs["width"])
	m.attr("height", attrs["height"])
	m.add(">")
	if len(n.Title) > 0 || attrs["credit"] != "" {
		m.add("<figcaption>")
		gmhtml.DefaultWriter.Write(m.w, n.Title)
		if attrs["credit"] != "" {
			m.add(` <span class="credit">`)
			m.escape(attrs["credit"])
			m.add("</span>")
		}
		m.add("</figcaption>")
	}
	m.add("</figure>")
}
