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
