package doc

// Pictures are the pictures of the body in reading order, also those inside
// quotes, lists and notes.
func (b Body) Pictures() []Picture {
	var out []Picture
	eachPicture(b.Blocks, func(p *Picture) *Picture {
		out = append(out, *p)
		return p
	})
	return out
}

// EachPicture is the body with every picture as do leaves it; b itself stays.
func (b Body) EachPicture(do func(*Picture)) Body {
	return Body{Blocks: eachPicture(b.Blocks, func(p *Picture) *Picture {
		changed := *p
		do(&changed)
		return &changed
	})}
}

func eachPicture(blocks []Block, do func(*Picture) *Picture) []Block {
	out := make([]Block, len(blocks))
	for i, c := range blocks {
		if c.Image != nil {
			c.Image = do(c.Image)
		}
		if len(c.Blocks) > 0 {
			c.Blocks = eachPicture(c.Blocks, do)
		}
		out[i] = c
	}
	return out
}

// DropPictures is the body without the pictures that drop says; b itself
// stays. Lists and quotes that held nothing else go with them.
func (b Body) DropPictures(drop func(Picture) bool) Body {
	return Body{Blocks: dropPictures(b.Blocks, drop)}.Normal()
}

func dropPictures(blocks []Block, drop func(Picture) bool) []Block {
	out := make([]Block, 0, len(blocks))
	for _, c := range blocks {
		if c.Image != nil && drop(*c.Image) {
			continue
		}
		if len(c.Blocks) > 0 {
			c.Blocks = dropPictures(c.Blocks, drop)
		}
		out = append(out, c)
	}
	return out
}

// EachText is the body with every text changed by do: runs, footnotes, who
// said a quotation, captions, credits and what pictures and cards are called.
// Where do finds something across two runs, the line is made one run.
func (b Body) EachText(do func(string) string) Body {
	return Body{Blocks: eachText(b.Blocks, do)}.Normal()
}

func eachText(blocks []Block, do func(string) string) []Block {
	out := make([]Block, len(blocks))
	for i, c := range blocks {
		c.By = do(c.By)
		c.Inline = eachRun(c.Inline, do)
		if c.Image != nil {
			p := *c.Image
			p.Alt, p.Caption, p.Credit = do(p.Alt), do(p.Caption), do(p.Credit)
			c.Image = &p
		}
		if c.Embed != nil {
			e := *c.Embed
			e.Title, e.Provider = do(e.Title), do(e.Provider)
			c.Embed = &e
		}
		if len(c.Blocks) > 0 {
			c.Blocks = eachText(c.Blocks, do)
		}
		rows := make([]Row, len(c.Rows))
		for r := range c.Rows {
			for _, cell := range c.Rows[r].Cells {
				cell.Inline = eachRun(cell.Inline, do)
				rows[r].Cells = append(rows[r].Cells, cell)
			}
		}
		if len(rows) > 0 {
			c.Rows = rows
		}
		out[i] = c
	}
	return out
}

func eachRun(runs []Inline, do func(string) string) []Inline {
	var out, notes []Inline
	for _, run := range runs {
		run.Text, run.Footnote = do(run.Text), do(run.Footnote)
		out = append(out, run)
		if run.Footnote != "" {
			notes = append(notes, run)
		}
	}
	whole := plain(out)
	if changed := do(whole); changed != whole {
		return append([]Inline{{Text: changed}}, notes...)
	}
	return out
}
