package doc

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML reads a fragment or a whole page as a browser would (HTML Living Standard §13), and keeps of it what the
// schema knows; the rest becomes the nearest thing that does and is reported. Visible text is always kept, but for what
// its page says is deleted (<del>): that goes into the report. Footnotes of word processors and Markdown printers become
// footnotes. Input that a parser cannot take (more than 512 elements open at once) is kept as plain paragraphs.
func FromHTML(s string) (Body, []Report) { return fromHTML(s, false) }

// fromHTML also reads, in the plain form, what only the desk may write: suggested changes.
func fromHTML(s string, plainForm bool) (Body, []Report) {
	top := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(s), top, html.ParseOptionEnableScripting(false))
	if err != nil {
		return fromTokens(s, err)
	}
	for _, n := range nodes {
		top.AppendChild(n)
	}
	c := &converter{seen: map[string]bool{}, plainForm: plainForm}
	c.push(frame{kind: "doc"})
	c.readNotes(top)
	c.children(top, context{})
	c.boundary()
	c.notesLeft()
	blocks := c.pop()
	if c.control.Len() > 0 {
		c.reports = append(c.reports, Report{"dropped control characters", 0, c.control.String()})
	}
	b, headings := Body{Blocks: blocks}.normal()
	if headings > 0 {
		c.reports = append(c.reports, Report{"headings raised so that no level is skipped", 0, ""})
	}
	return b, c.reports
}

// converter walks an HTML tree and builds blocks in a stack of frames, the innermost container last.
type converter struct {
	frames  []*frame
	reports []Report
	seen    map[string]bool // what is reported once only
	control strings.Builder // control characters that were dropped
	// plainForm is true for the desk's own copy, where <ins> and <del> may be suggestions.
	plainForm bool
	notes     map[*html.Node]Inline // footnotes by the mark that leads to them, until that is reached
	noteMarks []*html.Node
}

// frame is a container being filled.
type frame struct {
	kind   Kind
	depth  int  // of the container; its blocks are one deeper
	flat   bool // takes one line of text only: a heading, a table cell
	blocks []Block
	after  []Block  // what a flat frame could not hold
	runs   []Inline // the paragraph being filled
	around around   // language and direction of runs
	soft   bool     // runs end in a space that was a line end in the source
}

// context is what an element hands down to what is in it.
type context struct {
	marks    Marks
	around   around
	pre      bool // white space counts
	noscript bool
}

func (c *converter) top() *frame { return c.frames[len(c.frames)-1] }

func (c *converter) push(f frame) {
	c.frames = append(c.frames, &f)
}

// pop closes the innermost frame and gives its blocks.
func (c *converter) pop() []Block {
	c.boundary()
	f := c.top()
	c.frames = c.frames[:len(c.frames)-1]
	return f.blocks
}

func (c *converter) report(what, text string) {
	c.reports = append(c.reports, Report{what, len(c.frames[0].blocks) + 1, text})
}

// once reports what happens so often that one line is enough.
func (c *converter) once(what string) {
	if !c.seen[what] {
		c.seen[what] = true
		c.report(what, "")
	}
}

// boundary ends the paragraph being filled; in a flat frame it ends the line.
func (c *converter) boundary() {
	f := c.top()
	runs := f.runs
	f.soft = false
	if f.flat {
		if len(runs) > 0 && !runs[len(runs)-1].Break {
			f.runs = append(runs, Inline{Break: true})
		}
		return
	}
	f.runs = nil
	for _, run := range runs {
		if run.Footnote != "" || !run.Break && strings.Trim(run.Text, " ") != "" {
			f.blocks = append(f.blocks,
				Block{Kind: KindParagraph, Lang: f.around.lang, Dir: f.around.dir, Inline: runs})
			return
		}
	}
}

// add puts a finished block into the innermost frame, or after it where it takes only text.
func (c *converter) add(b Block, x context) {
	if b.Kind != KindSeparator {
		b.Lang, b.Dir = cmp.Or(b.Lang, x.around.lang), cmp.Or(b.Dir, x.around.dir)
	}
	c.boundary()
	if f := c.top(); f.flat {
		f.after = append(f.after, b)
	} else {
		f.blocks = append(f.blocks, b)
	}
}

// fits says whether the innermost frame can hold a block of kind k.
func (c *converter) fits(k Kind) bool {
	f := c.top()
	return !f.flat && mayHold(f.kind, k) && f.depth+depthOf(k) <= MaxDepth
}

// text appends to the paragraph being filled.
func (c *converter) text(s string, x context) {
	s, dropped := cleanText(s)
	c.control.WriteString(dropped)
	if x.pre {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				c.run(Inline{Break: true}, x)
			}
			c.run(Inline{Text: line, Marks: x.marks}, x)
		}
		return
	}
	f := c.top()
	folded := foldSpace(s)
	softStart := strings.Contains(s[:len(s)-len(strings.TrimLeft(s, " \n"))], "\n")
	softEnd := strings.Contains(s[len(strings.TrimRight(s, " \n")):], "\n")
	if f.soft || softStart && c.afterSpace() {
		folded = strings.TrimLeft(folded, " ")
	}
	if folded != "" {
		c.run(Inline{Text: folded, Marks: x.marks}, x)
		f.soft = softEnd
	}
}

func (c *converter) afterSpace() bool {
	runs := c.top().runs
	return len(runs) == 0 || runs[len(runs)-1].Break || strings.HasSuffix(runs[len(runs)-1].Text, " ")
}

func (c *converter) run(run Inline, x context) {
	f := c.top()
	if !run.Break && run.Text == "" && run.Footnote == "" {
		return
	}
	if len(f.runs) == 0 {
		f.around = x.around
	}
	f.soft = false
	f.runs = append(f.runs, run)
}

func (c *converter) children(n *html.Node, x context) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, x)
	}
}

func (c *converter) walk(n *html.Node, x context) {
	switch n.Type {
	case html.TextNode:
		c.text(n.Data, x)
	case html.CommentNode:
		c.report("dropped a comment", n.Data)
	case html.ElementNode:
		c.element(n, x)
	default:
		c.children(n, x)
	}
}

// element sends each element to what becomes of it.
func (c *converter) element(n *html.Node, x context) {
	if n.Namespace != "" {
		c.foreign(n, x)
		return
	}
	if note, ok := c.notes[n]; ok {
		c.footnote(n, note, x)
		return
	}
	if hidden(n) {
		c.report("dropped hidden <"+n.Data+">", rawText(n))
		return
	}
	switch {
	case c.dropped(n), c.block(n, x), c.media(n, x), c.formControl(n, x), c.line(n, x):
	default:
		c.once("<" + n.Data + "> read as text")
		c.children(n, inlineContext(n, x))
	}
}

// dropped is for elements that a browser does not show; their text goes into the report.
func (c *converter) dropped(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Title, atom.Noembed, atom.Noframes, atom.Datalist:
		c.report("dropped <"+n.Data+">", rawText(n))
	case atom.Meta, atom.Link, atom.Base, atom.Source, atom.Track, atom.Param, atom.Area, atom.Frame, atom.Frameset,
		atom.Bgsound, atom.Basefont, atom.Col, atom.Colgroup, atom.Rp:
		if text := rawText(n); strings.TrimSpace(text) != "" {
			c.report("dropped <"+n.Data+">", text)
		} else {
			c.once("dropped <" + n.Data + ">")
		}
	case atom.Wbr:
	default:
		return false
	}
	return true
}

// foreign keeps what SVG and MathML show as letters.
func (c *converter) foreign(n *html.Node, x context) {
	switch n.Data {
	case "script", "style", "title", "desc", "metadata", "annotation", "annotation-xml":
		c.report("dropped <"+n.Data+"> in <"+n.Namespace+">", rawText(n))
		return
	}
	c.once("<" + n.Namespace + "> read as text")
	c.children(n, x)
}

// hidden is true for what its page hides without a style sheet.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && strings.Contains(squeeze(a.Val), "display:none") {
			return true
		}
	}
	return false
}

func squeeze(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}

func get(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// hasClass is true where one of the words of n's class is name.
func hasClass(n *html.Node, name string) bool {
	return slices.Contains(strings.Fields(get(n, "class")), name)
}

// find gives the first element under n for which ok is true, in document order.
func find(n *html.Node, ok func(*html.Node) bool) *html.Node {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && ok(child) {
			return child
		}
		if f := find(child, ok); f != nil {
			return f
		}
	}
	return nil
}

func isA(atoms ...atom.Atom) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Namespace == "" && slices.Contains(atoms, n.DataAtom) }
}

// rawText is all text under n, as it stands.
func rawText(n *html.Node) string {
	var b strings.Builder
	gather(n, &b, func(*html.Node) bool { return true })
	return b.String()
}

// textOf is the text under n that a browser would show, as one line.
func textOf(n *html.Node) string { return textBut(n, nil) }

// textBut is textOf without what stands under skip.
func textBut(n, skip *html.Node) string {
	var b strings.Builder
	gather(n, &b, func(m *html.Node) bool { return m != skip && !unseen(m) })
	return plainLine(b.String())
}

// unseen is for elements whose text a browser does not show.
func unseen(n *html.Node) bool {
	return hidden(n) || isA(atom.Script, atom.Style, atom.Template, atom.Title, atom.Noembed, atom.Noframes, atom.Iframe,
		atom.Datalist)(n)
}

func gather(n *html.Node, b *strings.Builder, into func(*html.Node) bool) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.Type == html.TextNode:
			b.WriteString(child.Data)
		case child.Type != html.ElementNode || !into(child):
		case child.DataAtom == atom.Br:
			b.WriteByte('\n')
		default:
			gather(child, b, into)
			if isA(atom.P, atom.Div, atom.Li, atom.Tr, atom.Td)(child) {
				b.WriteByte('\n')
			}
		}
	}
}
