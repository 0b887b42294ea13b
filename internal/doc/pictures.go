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
