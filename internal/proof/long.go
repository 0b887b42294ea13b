package proof

// findLongParagraphs marks the whole of a paragraph that goes on for too long.
func (s *story) findLongParagraphs() {
	for _, p := range s.paras {
		if n := len(p.r); n > MaxParagraph && (p.prose() || p.kind == "item") {
			s.mark(p, LongParagraph, 0, n, nil, "says", n, MaxParagraph)
		}
	}
}
