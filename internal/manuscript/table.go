package manuscript

import (
	"strconv"
	"strings"

	"broadsheet/internal/doc"
)

// table builds a table; one of a single cell is a frame around its text.
func (a *assembly) table(rows [][]cell, outer bool) ([]doc.Block, error) {
	if len(rows) == 1 && len(rows[0]) == 1 {
		return a.blocks(join(rows[0][0].nodes), outer)
	}
	b := doc.Block{Kind: doc.KindTable}
	var after []doc.Block
	flat := false
	for _, row := range rows {
		var r doc.Row
		for _, c := range row {
			f := flattening{}
			f.nodes(join(c.nodes))
			flat = flat || f.lost
			r.Cells = append(r.Cells, doc.Cell{Header: c.header, Colspan: c.colspan, Rowspan: c.rowspan, Inline: f.inline})
			for _, s := range f.shots {
				made, err := a.picture(s)
				if err != nil {
					return nil, err
				}
				after = append(after, made...)
			}
		}
		b.Rows = append(b.Rows, r)
	}
	b.Lang, b.Dir = tableDirection(rows)
	if flat {
		a.m.report(FlatTable, firstWords(doc.Body{Blocks: []doc.Block{b}}.Text()))
	}
	return append([]doc.Block{b}, after...), nil
}

// flattening makes lines out of what stands in a cell.
type flattening struct {
	inline []doc.Inline
	shots  []shot
	lost   bool // there was more than paragraphs
}

func (f *flattening) nodes(nodes []node) {
	for _, n := range nodes {
		switch {
		case n.box != nil:
			f.lost = true
			f.nodes(n.box)
		case n.table != nil:
			f.lost = true
			for _, row := range n.table {
				for _, c := range row {
					f.nodes(c.nodes)
				}
			}
		default:
			f.paragraph(n.para)
		}
	}
}

func (f *flattening) paragraph(p *para) {
	if !p.empty() {
		if len(f.inline) > 0 {
			f.inline = append(f.inline, doc.Inline{Break: true})
		}
		if p.item != nil {
			f.lost = true
			sign := "• "
			if p.item.ordered {
				sign = strconv.Itoa(p.item.number) + ". "
			}
			f.inline = append(f.inline, doc.Inline{Text: sign})
		}
		if p.label != "" {
			f.inline = append(f.inline, doc.Inline{Text: p.label + " "})
		}
		f.inline = append(f.inline, p.inline...)
	}
	f.shots = append(f.shots, p.shots...)
	for _, box := range p.boxes {
		f.lost = true
		f.nodes(box)
	}
}

// tableDirection is that of the first cell that has one.
func tableDirection(rows [][]cell) (lang, dir string) {
	for _, row := range rows {
		for _, c := range row {
			for _, n := range c.nodes {
				if n.para == nil {
					continue
				}
				if lang, dir := n.para.direction(); dir != "" {
					return lang, dir
				}
			}
		}
	}
	return "", ""
}

// firstWords names a text in a report.
func firstWords(s string) string {
	words := strings.Fields(s)
	if len(words) > 8 {
		return strings.Join(words[:8], " ") + " …"
	}
	return strings.Join(words, " ")
}
