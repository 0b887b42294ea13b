package doc

// Pictures are the pictures of the body in reading order, also those inside
// quotes, lists and notes.
func (b Body) Pictures() []Picture {
	var out []Picture
	var walk func([]Block)
	walk = func(blocks []Block) {
		for _, c := range blocks {
			if c.Image != nil {
				out = append(out, *c.Image)
			}
			walk(c.Blocks)
		}
	}
	walk(b.Blocks)
	return out
}
