package doc

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rawHTML passes a tag on where it is an element's that can stand in a line; other tags stay text, so that <Name>
// is not lost, and comments and the like are reported.
func (m *markup) rawHTML(n *ast.RawHTML) {
	raw := string(m.segments(n))
	name := tagName(raw)
	switch {
	case name == "":
		m.report("dropped a comment", raw)
	case hidesText(atom.Lookup([]byte(name))):
		m.hiding(n, raw, name)
	case !passes(name):
		m.escape(raw)
	default:
		m.add(raw)
	}
}

// tagName of <name …> or </name>, in lower case; "" for comments, declarations and instructions.
func tagName(tag string) string {
	s := strings.TrimPrefix(strings.TrimPrefix(tag, "<"), "/")
	end := strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
	})
	if end >= 0 {
		s = s[:end]
	}
	return strings.ToLower(s)
}

// hiding drops what stands in a line between <script> and </script> and the like; a tag without its end stays text.
func (m *markup) hiding(n *ast.RawHTML, raw, name string) {
	end := n.NextSibling()
	for ; end != nil; end = end.NextSibling() {
		if e, ok := end.(*ast.RawHTML); ok {
			tag := string(m.segments(e))
			if tagName(tag) == name && strings.HasPrefix(tag, "</") {
				break
			}
		}
	}
	if end == nil || strings.HasPrefix(raw, "</") {
		m.escape(raw)
		return
	}
	from := n.Segments.At(n.Segments.Len() - 1).Stop
	to := end.(*ast.RawHTML).Segments.At(0).Start
	m.hidden(raw, name, string(m.source[from:to]))
	for c := n.NextSibling(); c != nil; c = n.NextSibling() {
		n.Parent().RemoveChild(n.Parent(), c)
		if c == end {
			break
		}
	}
}

// hidden reports what an element hides; a frame passes without it.
func (m *markup) hidden(tag, name, text string) {
	if name == "iframe" {
		m.add(tag, "</iframe>")
		if strings.TrimSpace(text) == "" {
			return
		}
	}
	m.report("dropped <"+name+">", text)
}

func hidesText(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Iframe, atom.Noembed, atom.Noframes, atom.Template:
		return true
	}
	return false
}

// passes is false for tags that HTML does not know, and for those after which a browser reads on in another way.
func passes(name string) bool {
	switch a := atom.Lookup([]byte(name)); a {
	case 0, atom.Textarea, atom.Xmp, atom.Plaintext, atom.Listing, atom.Frameset:
		return false
	default:
		return isElement(a)
	}
}

// isElement tells elements from the attribute names that share the table of atoms.
func isElement(a atom.Atom) bool {
	n := &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a}
	c := &converter{seen: map[string]bool{}}
	c.push(frame{kind: "doc"})
	var x context
	return c.dropped(n) || c.block(n, x) || c.media(n, x) || c.formControl(n, x) || c.line(n, x)
}

// closed makes a stretch of HTML whole in itself: a tag that does not end is text, and nothing is left open that would
// make a browser read what follows in another way. Tags that HTML does not know are text as well.
func (m *markup) closed(s string) {
	z := html.NewTokenizer(strings.NewReader(s))
	read := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := string(z.Raw())
		read += len(raw)
		t := z.Token()
		if t.DataAtom == atom.Noscript {
			z.NextIsNotRawText()
		}
		switch kind {
		case html.TextToken:
			m.escape(t.Data)
		case html.CommentToken:
			m.report("dropped a comment", t.Data)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			read += m.tag(z, raw, kind)
		}
	}
	m.escape(s[read:])
}

// tag passes one tag on, with the text of an element that hides or shows it as it stands; it gives the bytes of that.
func (m *markup) tag(z *html.Tokenizer, raw string, kind html.TokenType) int {
	name := tagName(raw)
	a := atom.Lookup([]byte(name))
	switch {
	case a == atom.Template || kind == html.EndTagToken && !hidesText(a) && passes(name):
		m.add(raw)
	case kind == html.StartTagToken && (hidesText(a) || a == atom.Textarea || a == atom.Xmp || a == atom.Plaintext):
		var text string
		read := 0
		for {
			k := z.Next()
			if k == html.ErrorToken {
				break
			}
			read += len(z.Raw())
			if k != html.TextToken {
				break
			}
			text += z.Token().Data
		}
		if hidesText(a) {
			m.hidden(raw, name, text)
		} else {
			m.add("<textarea>\n")
			m.escape(text)
			m.add("</textarea>")
		}
		return read
	case passes(name):
		m.add(raw)
	case kind == html.EndTagToken && a != 0:
	default:
		m.escape(raw)
	}
	return 0
}
