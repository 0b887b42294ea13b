package proof

import (
	"strings"
	"unicode"
)

// isSpeech says whether what is quoted reads like something said, not like a title, a name or a word held up.
func (p *para) isSpeech(q quotedSpan) bool {
	n, titled, first := p.quotedWords(q)
	if n < 3 {
		return false
	}
	inner := q.end - 1
	if !q.open {
		inner--
	}
	for inner > q.start && (isQuoteMark(p.r[inner]) || isSpace(p.r[inner])) {
		inner--
	}
	stop := isStop(p.r[inner])
	comma := strings.ContainsRune(",،", p.r[inner])
	after := p.run(q.end)
	ends := after == 0 || isStop(after) || strings.ContainsRune(",،", after)
	starts := p.beginsSentence(q.start)
	if p.rtl() {
		return starts && n >= 4 && (stop || comma || ends && n >= 6) || n >= 6 && stop || n >= 14
	}
	if titled {
		return false
	}
	upper := unicode.IsUpper(first)
	switch {
	case starts && upper:
		return n >= 3 && (stop || comma) || n >= 5 && ends
	case starts:
		return n >= 6 && (stop || comma || ends)
	}
	return upper && n >= 5 && (stop || n >= 6 && ends) || n >= 9
}

// quotedWords counts the words of a quotation and says whether they are set like a title.
func (p *para) quotedWords(q quotedSpan) (n int, titled bool, first rune) {
	long, capital := 0, 0
	for _, w := range p.words[p.wordAt(q.start):p.wordAt(q.end)] {
		if n++; n == 1 {
			first = p.r[w.start]
		} else if w.end-w.start >= 4 {
			long++
			if unicode.IsUpper(p.r[w.start]) {
				capital++
			}
		}
	}
	return n, n <= 12 && long > 0 && capital*10 >= long*6, first
}
