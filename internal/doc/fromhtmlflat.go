package doc

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fromTokens reads HTML that no tree can be made of: the text between tags, a paragraph for each block element.
func fromTokens(s string, cause error) (Body, []Report) {
	reports := []Report{{"kept as plain paragraphs: " + strings.TrimPrefix(cause.Error(), "html: "), 0, ""}}
	c := &converter{seen: map[string]bool{}, reports: reports}
	c.push(frame{kind: "doc"})
	z := html.NewTokenizer(strings.NewReader(s))
	var skip atom.Atom
	var skipped strings.Builder
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		t := z.Token()
		if t.DataAtom == atom.Noscript {
			z.NextIsNotRawText()
		}
		switch {
		case skip != 0 && kind == html.EndTagToken && t.DataAtom == skip:
			c.report("dropped <"+skip.String()+">", skipped.String())
			skip = 0
			skipped.Reset()
		case skip != 0:
			skipped.WriteString(t.Data)
		case kind == html.TextToken:
			c.text(t.Data, context{})
		case kind == html.CommentToken:
			c.report("dropped a comment", t.Data)
		case kind == html.StartTagToken && isRaw(t.DataAtom):
			skip = t.DataAtom
		case t.DataAtom == atom.Img:
			c.report("dropped a picture", shorten(attrOf(t, "src")))
			c.text(attrOf(t, "alt"), context{})
		case t.DataAtom == atom.Br:
			c.run(Inline{Break: true}, context{})
		case t.DataAtom == atom.Sup && attrOf(t, "class") == "noteref":
			c.text(" ", context{}) // keeps a note apart from the word before it
		case isBlockAtom(t.DataAtom):
			c.boundary()
		}
	}
	if skip != 0 {
		c.report("dropped <"+skip.String()+">", skipped.String())
	}
	blocks := c.pop()
	if c.control.Len() > 0 {
		c.report("dropped control characters", c.control.String())
	}
	return Body{Blocks: blocks}.Normal(), c.reports
}

func attrOf(t html.Token, name string) string {
	return get(&html.Node{Attr: t.Attr}, name)
}

func isRaw(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Title, atom.Noembed, atom.Noframes, atom.Iframe:
		return true
	}
	return false
}

func isBlockAtom(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.Pre, atom.Table,
		atom.Tr, atom.Td, atom.Th, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Aside, atom.Figure, atom.Figcaption, atom.Hr, atom.Form:
		return true
	}
	return false
}
