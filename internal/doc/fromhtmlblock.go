package doc

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block handles the elements that begin a line of their own.
func (c *converter) block(n *html.Node, x context) bool {
	switch n.DataAtom {
	case atom.P:
		c.flow(n, x)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		c.heading(n, blockContext(n, x))
	case atom.Blockquote:
		c.quote(n, blockContext(n, x))
	case atom.Ul, atom.Ol, atom.Menu, atom.Dir:
		c.list(n, blockContext(n, x))
	case atom.Table:
		c.table(n, blockContext(n, x))
	case atom.Figure:
		c.figure(n, blockContext(n, x))
	case atom.Aside:
		c.aside(n, x)
	case atom.Hr:
		if c.fits(KindSeparator) {
			c.add(Block{Kind: KindSeparator}, x)
		} else {
			c.boundary()
		}
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		c.once("<" + n.Data + "> became lines of text")
		x.pre = true
		c.flow(n, x)
	case atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Address, atom.Center,
		atom.Fieldset, atom.Form, atom.Legend, atom.Details, atom.Summary, atom.Dl, atom.Dt, atom.Dd, atom.Figcaption,
		atom.Hgroup, atom.Dialog, atom.Li, atom.Optgroup, atom.Search, atom.Body, atom.Html, atom.Caption, atom.Tbody,
		atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Marquee, atom.Blink:
		c.once("<" + n.Data + "> read as paragraphs")
		c.flow(n, x)
	default:
		return false
	}
	return true
}

// flow is an element that only parts paragraphs.
func (c *converter) flow(n *html.Node, x context) {
	c.boundary()
	c.children(n, blockContext(n, x))
	c.boundary()
}

// blockContext takes language and direction of a block element.
func blockContext(n *html.Node, x context) context {
	lang, dir := langOf(n)
	if lang != "" {
		x.around.lang = lang
	}
	if dir != "" {
		x.around.dir = dir
	}
	return x
}

// langOf reads lang and dir; "auto" is decided here, by the first letter that has a direction.
func langOf(n *html.Node) (lang, dir string) {
	lang, _ = canonicalLang(cmp.Or(get(n, "lang"), get(n, "xml:lang")))
	switch d := strings.ToLower(strings.TrimSpace(get(n, "dir"))); d {
	case "ltr", "rtl":
		dir = d
	case "auto":
		dir = firstDirection(textOf(n))
	}
	return lang, dir
}

func (c *converter) heading(n *html.Node, x context) {
	level := int(n.Data[1] - '0')
	c.boundary()
	if !c.fits(KindHeading) {
		c.report("<"+n.Data+"> became a paragraph", "")
		x.marks.Strong = true
		c.children(n, x)
		c.boundary()
		return
	}
	if want := min(max(level, 2), 4); want != level {
		c.report("<"+n.Data+"> became heading "+strconv.Itoa(want), "")
		level = want
	}
	runs, after := c.flat(n, x)
	c.add(Block{Kind: KindHeading, Level: level, Inline: runs}, x)
	for _, b := range after {
		c.add(b, context{})
	}
}

// flat reads what is under n as one line of text; pictures and the like come out beside it.
func (c *converter) flat(n *html.Node, x context) (runs []Inline, after []Block) {
	c.push(frame{kind: "flat", flat: true})
	c.children(n, x)
	f := c.top()
	c.pop()
	return f.runs, f.after
}

func (c *converter) quote(n *html.Node, x context) {
	c.boundary()
	if !c.fits(KindQuote) {
		c.report("<blockquote> became paragraphs: it stands too deep", "")
		c.children(n, x)
		c.boundary()
		return
	}
	by, source := "", attribution(n)
	c.push(frame{kind: KindQuote, depth: c.top().depth + 1})
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child == source {
			by = textOf(child)
			c.plainOnly(child)
			continue
		}
		c.walk(child, x)
	}
	c.add(Block{Kind: KindQuote, Blocks: c.pop(), By: by}, x)
}

// attribution is the last child of a quote if it names the speaker: <footer>, <cite>, or a paragraph of a <cite> alone.
func attribution(n *html.Node) *html.Node {
	last := lastShown(n)
	if last == nil || !isA(atom.Footer, atom.Cite, atom.P)(last) {
		return nil
	}
	if last.DataAtom == atom.P {
		cite := lastShown(last)
		if cite == nil || cite.DataAtom != atom.Cite || textOf(cite) != textOf(last) {
			return nil
		}
	}
	if find(last, isA(atom.Img, atom.Iframe, atom.Video, atom.Audio, atom.Table, atom.Blockquote)) != nil {
		return nil
	}
	return last
}

func lastShown(n *html.Node) *html.Node {
	for c := n.LastChild; c != nil; c = c.PrevSibling {
		if c.Type == html.ElementNode {
			return c
		}
		if c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return nil
		}
	}
	return nil
}

// plainOnly reports what is lost where only the plain text under n is kept: addresses, and text that does not show.
func (c *converter) plainOnly(n *html.Node) {
	find(n, func(m *html.Node) bool {
		if href := get(m, "href"); m.DataAtom == atom.A && href != "" && !hasClass(n, "embed") {
			c.report("dropped a link, its words kept", shorten(href))
		}
		if unseen(m) {
			c.report("dropped <"+m.Data+">", rawText(m))
		}
		return false
	})
}

func (c *converter) list(n *html.Node, x context) {
	b := Block{Kind: KindBulletList}
	if n.DataAtom == atom.Ol {
		b.Kind = KindOrderedList
		b.Start = 1
		if s := get(n, "start"); s != "" {
			start, err := strconv.Atoi(strings.TrimSpace(s))
			if b.Start = start; err != nil || start < 1 || start > MaxStart {
				c.report("numbered list begins at 1", s)
				b.Start = 1
			}
		}
	}
	c.boundary()
	if !c.fits(b.Kind) {
		c.report("<"+n.Data+"> became paragraphs: it stands too deep", "")
		c.children(n, x)
		c.boundary()
		return
	}
	depth := c.top().depth + 2
	open := false // an item for what stands in the list but in no <li>
	closeItem := func() {
		if open {
			b.Blocks = append(b.Blocks, Block{Kind: KindListItem, Blocks: c.pop()})
			open = false
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		li := child.Type == html.ElementNode && child.DataAtom == atom.Li && !hidden(child)
		if li {
			closeItem()
		}
		if !open && child.Type == html.TextNode && strings.TrimSpace(child.Data) == "" {
			continue
		}
		if last := len(b.Blocks) - 1; !open && last >= 0 && isA(atom.Ul, atom.Ol)(child) {
			// A list in a list and in no item is of the item before: so LibreOffice and Google write it.
			c.push(frame{kind: KindListItem, depth: depth, blocks: b.Blocks[last].Blocks})
			b.Blocks, open = b.Blocks[:last], true
		}
		if !open {
			c.push(frame{kind: KindListItem, depth: depth})
			open = true
		}
		if li {
			c.children(child, blockContext(child, x))
			closeItem()
		} else {
			c.walk(child, x)
		}
	}
	closeItem()
	c.add(b, x)
}

func (c *converter) aside(n *html.Node, x context) {
	kind := ""
	if hasClass(n, NoteFact) {
		kind = NoteFact
	} else if hasClass(n, NoteEditor) {
		kind = NoteEditor
	}
	if kind == "" || !c.fits(KindNote) {
		c.once("<aside> read as paragraphs")
		c.flow(n, x)
		return
	}
	x = blockContext(n, x)
	c.boundary()
	c.push(frame{kind: KindNote, depth: c.top().depth + 1})
	c.children(n, x)
	c.add(Block{Kind: KindNote, Note: kind, Blocks: c.pop()}, x)
}
