package collate

import (
	"cmp"
	"slices"

	"broadsheet/internal/doc"
)

// blocks is how blocks are joined.
func (j *joiner) blocks() craft[doc.Block] {
	return craft[doc.Block]{piece: j.blockPiece, text: j.l.blockText, same: sameBlock, join: j.joinBlocks}
}

func isFlow(b doc.Block) bool { return b.Kind == doc.KindParagraph || b.Kind == doc.KindHeading }

func (j *joiner) blockPiece(b doc.Block) piece {
	kind := string(b.Kind)
	if isFlow(b) {
		kind = "flow"
	}
	return j.l.piece(kind, isFlow(b), b, j.l.cutBlocks(nil, []doc.Block{b}))
}

// cutBlocks makes tokens of all that blocks show.
func (l *lexicon) cutBlocks(out []token, blocks []doc.Block) []token {
	for _, u := range unitsOf(doc.Body{Blocks: blocks}) {
		out = append(l.cut(out, u.line), token{id: endID, end: &doc.Block{}})
	}
	return out
}

func (l *lexicon) blockText(blocks []doc.Block) string { return textOf(l.cutBlocks(nil, blocks)) }

func (j *joiner) joinBlocks(base, theirs, mine []doc.Block) []doc.Block {
	if all := slices.Concat(base, theirs, mine); !slices.ContainsFunc(all, func(b doc.Block) bool { return !isFlow(b) }) {
		return j.joinFlow(base, theirs, mine)
	}
	if len(base) != 1 || len(theirs) != 1 || len(mine) != 1 {
		return both(j, j.blocks(), base, theirs, mine)
	}
	b, t, m := base[0], theirs[0], mine[0]
	switch b.Kind {
	case doc.KindBulletList, doc.KindOrderedList, doc.KindListItem, doc.KindNote, doc.KindQuote:
		out := j.attributes(b, t, m)
		out.By = j.line(b.By, t.By, m.By)
		out.Blocks = weave(j, j.blocks(), b.Blocks, t.Blocks, m.Blocks)
		return []doc.Block{out}
	case doc.KindTable:
		return j.joinTable(b, t, m)
	case doc.KindImage:
		if p, ok := j.picture(b.Image, t.Image, m.Image); ok {
			out := j.attributes(b, t, m)
			out.Image = p
			return []doc.Block{out}
		}
	case doc.KindEmbed:
		if c, ok := j.card(b.Embed, t.Embed, m.Embed); ok {
			out := j.attributes(b, t, m)
			out.Embed = c
			return []doc.Block{out}
		}
	}
	return both(j, j.blocks(), base, theirs, mine)
}

// attributes joins everything of a block but its text.
func (j *joiner) attributes(base, theirs, mine doc.Block) doc.Block {
	out, one := joinShell(base, theirs, mine)
	if !one {
		j.clash(j.l.blockText([]doc.Block{base}), j.l.blockText([]doc.Block{theirs}), j.l.blockText([]doc.Block{mine}))
	}
	return out
}

// line joins a plain text that belongs to a block.
func (j *joiner) line(base, theirs, mine string) string {
	merged, clash := MergeText(base, theirs, mine)
	if clash {
		j.clash(base, theirs, mine)
	}
	return merged
}

// joinFlow joins paragraphs and headings word by word, also where one side parted or joined them.
func (j *joiner) joinFlow(base, theirs, mine []doc.Block) []doc.Block {
	b, t, m := j.flow(base), j.flow(theirs), j.flow(mine)
	last := func(list []token) token { return list[len(list)-1] }
	out := j.words(b[:len(b)-1], t[:len(t)-1], m[:len(m)-1])
	w := wordJoiner{joiner: j, base: b, theirs: t, mine: m}
	out = append(out, w.stays(last(b), last(t), last(m)))
	var blocks []doc.Block
	from := 0
	for i, t := range out {
		if t.end != nil {
			block := *t.end
			block.Inline = joined(out[from:i])
			blocks, from = append(blocks, block), i+1
		}
	}
	return blocks
}

func (j *joiner) flow(blocks []doc.Block) []token {
	var out []token
	for _, b := range blocks {
		end := shell(b)
		out = append(j.l.cut(out, b.Inline), token{id: endID, end: &end})
	}
	return out
}

// joined makes runs of tokens again.
func joined(tokens []token) []doc.Inline {
	var out []doc.Inline
	for _, r := range runs(tokens, make([]bool, len(tokens))) {
		out = append(out, r.Inline)
	}
	return out
}

// picture joins two changes of a picture; ok is false where each is another picture now.
func (j *joiner) picture(base, theirs, mine *doc.Picture) (*doc.Picture, bool) {
	if base == nil || theirs == nil || mine == nil {
		return nil, false
	}
	file := func(p *doc.Picture) doc.Picture { return doc.Picture{Src: p.Src, Width: p.Width, Height: p.Height} }
	out, one := either(file(base), file(theirs), file(mine), func(a, b doc.Picture) bool { return a == b })
	if !one {
		return nil, false
	}
	out.Alt = j.line(base.Alt, theirs.Alt, mine.Alt)
	out.Caption = j.line(base.Caption, theirs.Caption, mine.Caption)
	out.Credit = j.line(base.Credit, theirs.Credit, mine.Credit)
	return &out, true
}

// card joins two changes of a card; ok is false where each leads elsewhere now.
func (j *joiner) card(base, theirs, mine *doc.LinkCard) (*doc.LinkCard, bool) {
	if base == nil || theirs == nil || mine == nil {
		return nil, false
	}
	url, one := either(base.URL, theirs.URL, mine.URL, func(a, b string) bool { return a == b })
	return &doc.LinkCard{URL: url, Title: j.line(base.Title, theirs.Title, mine.Title), Provider: j.line(base.Provider, theirs.Provider, mine.Provider)}, one
}

// joinTable joins tables row by row and cell by cell. Where that would make a table over the limits, both stand.
func (j *joiner) joinTable(base, theirs, mine doc.Block) []doc.Block {
	before := len(j.clashes)
	out := j.attributes(base, theirs, mine)
	out.Rows = weave(j, j.rows(), base.Rows, theirs.Rows, mine.Rows)
	width := 0
	for _, r := range out.Rows {
		cells := 0
		for _, c := range r.Cells {
			cells += max(c.Colspan, 1)
		}
		width = max(width, cells)
	}
	// Cells that span rows push others aside: then a table must stay well below the limit to be sure of it.
	if len(out.Rows) > doc.MaxRows || width > doc.MaxColumns/2 {
		j.clashes = j.clashes[:before]
		return both(j, j.blocks(), []doc.Block{base}, []doc.Block{theirs}, []doc.Block{mine})
	}
	return []doc.Block{out}
}

func (j *joiner) rows() craft[doc.Row] {
	text := func(rows []doc.Row) string { return j.l.blockText([]doc.Block{{Kind: doc.KindTable, Rows: rows}}) }
	return craft[doc.Row]{same: sameRow, text: text,
		piece: func(r doc.Row) piece {
			return j.l.piece("row", false, r, j.l.cutBlocks(nil, []doc.Block{{Kind: doc.KindTable, Rows: []doc.Row{r}}}))
		},
		join: func(base, theirs, mine []doc.Row) []doc.Row {
			b, t, m := base[0].Cells, theirs[0].Cells, mine[0].Cells
			if len(t) == len(b) && len(m) == len(b) {
				var out doc.Row
				for i := range b {
					out.Cells = append(out.Cells, j.joinCell(b[i], t[i], m[i]))
				}
				return []doc.Row{out}
			}
			return []doc.Row{{Cells: weave(j, j.cells(), b, t, m)}}
		}}
}

func (j *joiner) cells() craft[doc.Cell] {
	asRow := func(cells ...doc.Cell) []doc.Block {
		return []doc.Block{{Kind: doc.KindTable, Rows: []doc.Row{{Cells: cells}}}}
	}
	return craft[doc.Cell]{same: sameCell, text: func(cells []doc.Cell) string { return j.l.blockText(asRow(cells...)) },
		piece: func(c doc.Cell) piece { return j.l.piece("cell", false, c, j.l.cutBlocks(nil, asRow(c))) },
		join: func(base, theirs, mine []doc.Cell) []doc.Cell {
			return []doc.Cell{j.joinCell(base[0], theirs[0], mine[0])}
		}}
}

func (j *joiner) joinCell(base, theirs, mine doc.Cell) doc.Cell {
	type frame struct {
		header           bool
		colspan, rowspan int
	}
	of := func(c doc.Cell) frame { return frame{c.Header, cmp.Or(c.Colspan, 1), cmp.Or(c.Rowspan, 1)} }
	f, _ := either(of(base), of(theirs), of(mine), func(a, b frame) bool { return a == b })
	cut := func(c doc.Cell) []token { return j.l.cut(nil, c.Inline) }
	return doc.Cell{Header: f.header, Colspan: f.colspan, Rowspan: f.rowspan, Inline: joined(j.words(cut(base), cut(theirs), cut(mine)))}
}
