package doc

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// media handles pictures and what is embedded from elsewhere.
func (c *converter) media(n *html.Node, x context) bool {
	switch n.DataAtom {
	case atom.Img:
		c.picture(n, x)
	case atom.Picture, atom.Noscript:
		x.noscript = x.noscript || n.DataAtom == atom.Noscript
		c.children(n, x)
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed, atom.Object, atom.Applet:
		c.embed(n, x)
	case atom.Canvas, atom.Map:
		c.once("<" + n.Data + "> read as text")
		c.children(n, x)
	default:
		return false
	}
	return true
}

func (c *converter) picture(n *html.Node, x context) {
	src, ok := pictureSource(n)
	p := Picture{Src: src, Alt: plainLine(get(n, "alt"))}
	p.Width, p.Height = pixels(get(n, "width")), pixels(get(n, "height"))
	switch {
	case p.Width == 1 && p.Height == 1:
		c.report("dropped a tracking picture", get(n, "src"))
		return
	case !ok:
		c.report("dropped a picture that is neither ours nor at a whole address", shorten(get(n, "src")))
		c.text(p.Alt, x)
		return
	}
	if x.marks.Href != "" {
		c.report("dropped the link of a picture", x.marks.Href)
	}
	if blocks := c.top().blocks; x.noscript && len(blocks) > 0 {
		// The copy for browsers without scripts of a picture that stands before it.
		if last := blocks[len(blocks)-1]; last.Kind == KindImage && last.Image.Src == src {
			return
		}
	}
	if c.top().runs != nil {
		c.once("<img> inside a line became a picture of its own")
	}
	c.add(Block{Kind: KindImage, Image: &p}, x)
}

// pictureSource is the first address that may be shown: src, then what scripts would load later.
func pictureSource(n *html.Node) (string, bool) {
	for _, name := range []string{"src", "data-src", "data-lazy-src", "data-original"} {
		if src, ok := cleanSrc(get(n, name)); ok {
			return src, true
		}
	}
	for _, name := range []string{"srcset", "data-srcset"} {
		if words := strings.Fields(get(n, name)); len(words) > 0 {
			if src, ok := cleanSrc(strings.TrimRight(words[0], ",")); ok {
				return src, true
			}
		}
	}
	return "", false
}

// pixels reads a size; what is no whole number within the limits is unknown.
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > MaxPixels {
		return 0
	}
	return n
}

// shorten keeps a report readable where an address is a whole picture.
func shorten(s string) string {
	if len(s) > 200 {
		return strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}

func (c *converter) embed(n *html.Node, x context) {
	url, ok := embedSource(n)
	if !ok {
		if n.DataAtom == atom.Iframe {
			c.report("dropped <"+n.Data+">", rawText(n))
			return
		}
		c.report("dropped <"+n.Data+">", "")
		c.children(n, x)
		return
	}
	c.report("<"+n.Data+"> became a link card", rawText(n))
	c.add(Block{Kind: KindEmbed, Embed: &LinkCard{URL: url, Title: plainLine(get(n, "title"))}}, x)
}

func embedSource(n *html.Node) (string, bool) {
	for _, name := range []string{"src", "data", "data-src"} {
		if url, ok := cleanWebAddress(get(n, name)); ok {
			return url, true
		}
	}
	if s := find(n, isA(atom.Source, atom.Embed)); s != nil {
		return cleanWebAddress(get(s, "src"))
	}
	return "", false
}

// figure gives its caption to the picture, the card or the quote in it; under anything else it is a paragraph.
func (c *converter) figure(n *html.Node, x context) {
	c.boundary()
	caption := ownCaption(n)
	if hasClass(n, "embed") && c.card(n, caption, x) {
		return
	}
	f := c.top()
	start := len(f.blocks)
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child != caption {
			c.walk(child, x)
		}
	}
	c.boundary()
	if caption == nil {
		return
	}
	if f.flat || start == len(f.blocks) || !c.giveCaption(&f.blocks[start], caption) {
		c.flow(caption, x)
	}
}

// ownCaption is the first caption among the children of a figure: one deeper down is a figure's in it.
func ownCaption(n *html.Node) *html.Node {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if isA(atom.Figcaption)(child) {
			return child
		}
	}
	return nil
}

// giveCaption is false where b has no place for it.
func (c *converter) giveCaption(b *Block, caption *html.Node) bool {
	switch {
	case b.Kind == KindImage && b.Image.Caption == "":
		credit := find(caption, isCredit)
		b.Image.Caption = textBut(caption, credit)
		if credit != nil {
			b.Image.Credit = textOf(credit)
		}
	case b.Kind == KindEmbed && b.Embed.Title == "":
		b.Embed.Title = textOf(caption)
	case b.Kind == KindQuote && b.By == "":
		b.By = textOf(caption)
	default:
		return false
	}
	c.plainOnly(caption)
	return true
}

func isCredit(n *html.Node) bool {
	return strings.Contains(strings.ToLower(get(n, "class")), "credit")
}

// card reads what card printing wrote: a figure of class embed with one link.
func (c *converter) card(n, caption *html.Node, x context) bool {
	a := find(n, isA(atom.A))
	if a == nil || a.Parent != n {
		return false
	}
	url, ok := cleanWebAddress(get(a, "href"))
	if !ok {
		return false
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child != a && child != caption && (child.Type != html.TextNode || strings.TrimSpace(child.Data) != "") {
			return false
		}
	}
	card := LinkCard{URL: url, Title: textOf(a)}
	if caption != nil {
		card.Provider = textOf(caption)
	}
	c.plainOnly(n)
	c.add(Block{Kind: KindEmbed, Embed: &card}, x)
	return true
}
