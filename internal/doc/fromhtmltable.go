package doc

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table reads a table of data. One that only arranges other things on the page (cells with headings, lists, pictures,
// tables in them), or one that is too big, gives its cells as paragraphs.
func (c *converter) table(n *html.Node, x context) {
	c.boundary()
	if cap := find(n, isA(atom.Caption)); cap != nil && cap.Parent == n {
		c.report("<caption> became a paragraph before the table", "")
		c.flow(cap, x)
	}
	var trs []*html.Node
	for part := n.FirstChild; part != nil; part = part.NextSibling {
		trs = append(trs, tableRows(part)...)
	}
	if !c.fits(KindTable) || get(n, "role") == "presentation" || arranges(trs) || !small(trs) {
		c.once("<table> that arranges the page read as paragraphs")
		c.cells(n, x)
		return
	}
	b := Block{Kind: KindTable}
	var after []Block
	for _, tr := range trs {
		var row Row
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if !isA(atom.Td, atom.Th)(td) || hidden(td) {
				c.walkOutside(td, x)
				continue
			}
			cell := Cell{Header: td.DataAtom == atom.Th, Colspan: cellSpan(get(td, "colspan")),
				Rowspan: cellSpan(get(td, "rowspan"))}
			var rest []Block
			cell.Inline, rest = c.flat(td, inlineContext(td, inlineContext(tr, x)))
			after = append(after, rest...)
			row.Cells = append(row.Cells, cell)
		}
		b.Rows = append(b.Rows, row)
	}
	c.add(b, x)
	for _, a := range after {
		c.add(a, context{})
	}
}

// walkOutside takes what stands between cells: comments, scripts, hidden cells; each goes its usual way.
func (c *converter) walkOutside(n *html.Node, x context) {
	if n.Type != html.TextNode || strings.TrimSpace(n.Data) != "" {
		c.walk(n, x)
	}
}

func tableRows(part *html.Node) []*html.Node {
	if part.Type != html.ElementNode || hidden(part) {
		return nil
	}
	if part.DataAtom == atom.Tr {
		return []*html.Node{part}
	}
	var trs []*html.Node
	if isA(atom.Thead, atom.Tbody, atom.Tfoot)(part) {
		for tr := part.FirstChild; tr != nil; tr = tr.NextSibling {
			if isA(atom.Tr)(tr) && !hidden(tr) {
				trs = append(trs, tr)
			}
		}
	}
	return trs
}

var isArranged = isA(atom.Table, atom.Img, atom.Figure, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
	atom.H6, atom.Blockquote, atom.Pre, atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed, atom.Hr)

func arranges(trs []*html.Node) bool {
	for _, tr := range trs {
		if find(tr, isArranged) != nil {
			return true
		}
	}
	return false
}

// small asks the limits of rows and columns before any cell is read.
func small(trs []*html.Node) bool {
	rows := make([]Row, len(trs))
	for i, tr := range trs {
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if isA(atom.Td, atom.Th)(td) {
				rows[i].Cells = append(rows[i].Cells,
					Cell{Colspan: cellSpan(get(td, "colspan")), Rowspan: cellSpan(get(td, "rowspan"))})
			}
		}
	}
	_, ok := layOut(rows)
	return ok
}

func cellSpan(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, MaxSpan)
}

// cells walks a table that arranges the page.
func (c *converter) cells(n *html.Node, x context) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case child.Type == html.TextNode && strings.TrimSpace(child.Data) == "", isA(atom.Caption)(child):
		case isA(atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr)(child) && !hidden(child):
			c.cells(child, blockContext(child, x))
		default:
			c.walk(child, x)
		}
	}
	c.boundary()
}
