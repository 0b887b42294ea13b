package proof

type quotes struct{}

func isQuoteMark(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟', '«', '»', '\'', '‘', '’', '‚', '‛', '‹', '›', '`', '＂', '「', '」', '『', '』':
		return true
	}
	return false
}
