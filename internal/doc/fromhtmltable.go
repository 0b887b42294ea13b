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
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if isA(atom.Caption)(child) {
			c.report("<caption> became a paragraph before the table", "")
			c.walk(child, x)
		}
	}
	trs, others := tableRows(n)
	if !c.fits(KindTable) || get(n, "role") == "presentation" || arranges(trs) || !small(trs) {
		c.once("<table> that arranges the page read as paragraphs")
		c.cells(n, x)
		return
	}
	for _, other := range others {
		c.walkOutside(other, x)
	}
	b := Block{Kind: KindTable}
	var after []Block
	for _, tr := range trs {
		row, rest := c.row(tr, x)
		b.Rows = append(b.Rows, row)
		after = append(after, rest...)
	}
	c.add(b, x)
	for _, a := range after {
		c.add(a, context{})
	}
}

// row reads the cells of a row; what a cell cannot hold comes out beside it.
func (c *converter) row(tr *html.Node, x context) (row Row, after []Block) {
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
	return row, after
}

// walkOutside takes what stands between rows and cells: comments, scripts, hidden cells; each goes its usual way.
func (c *converter) walkOutside(n *html.Node, x context) {
	if n.Type != html.TextNode || strings.TrimSpace(n.Data) != "" {
		c.walk(n, x)
	}
}

// tableRows gives the rows under n, and apart from them what is none; a caption is in neither.
func tableRows(n *html.Node) (trs, others []*html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch {
		case hidden(child) || !isA(atom.Tr, atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption)(child):
			others = append(others, child)
		case child.DataAtom == atom.Tr:
			trs = append(trs, child)
		case child.DataAtom != atom.Caption:
			t, o := tableRows(child)
			trs, others = append(trs, t...), append(others, o...)
		}
	}
	return trs, others
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
