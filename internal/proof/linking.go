package proof

import "strings"

// pairQuotes pairs the marks of every paragraph by itself.
func (s *story) pairQuotes() {
	for _, p := range s.paras {
		p.quotes.first = -1
		if p.kind != "cell" && p.kind != "attribution" {
			p.pairQuotes()
		}
	}
}

// checkQuotes joins quotations that run over several paragraphs and marks what is left.
func (s *story) checkQuotes() {
	for _, p := range s.paras {
		s.goOn(p)
	}
	tally := s.tallyQuotes()
	for _, p := range s.paras {
		s.markMixed(p, tally)
		for _, m := range p.quotes.open[:p.openHere()] {
			s.mark(p, UnbalancedQuotes, m.at, m.end, nil, "open", p.text(m))
		}
		for _, m := range p.quotes.stray {
			s.mark(p, UnbalancedQuotes, m.at, m.end, nil, "close", p.text(m))
		}
	}
}

func (p *para) text(m sign) string { return string(p.r[m.at:m.end]) }

// openHere is how many of the open marks have no continuation elsewhere.
func (p *para) openHere() int {
	if p.quotes.next {
		return len(p.quotes.open) - 1
	}
	return len(p.quotes.open)
}

// after gives the next paragraph of the same flow, or nil: a heading ends a quotation.
func (s *story) after(p *para) *para {
	if p.at+1 < len(s.paras) && s.paras[p.at+1].kind == p.kind && p.prose() {
		return s.paras[p.at+1]
	}
	return nil
}

// before is the counterpart of after.
func (s *story) before(p *para) *para {
	if p.at > 0 && s.paras[p.at-1].kind == p.kind && p.prose() {
		return s.paras[p.at-1]
	}
	return nil
}

// goOn looks for the rest of a quotation that its paragraph leaves open. In the way newspapers set long quotations each
// paragraph opens and only the last one closes. A quotation cut by a broken sentence, and one that Arabic and Persian
// papers open once and close paragraphs later, are joined too. When nothing goes on but the paragraph breaks off in
// the middle of a sentence, BrokenSentence has said what is wrong.
func (s *story) goOn(p *para) {
	if len(p.quotes.open) == 0 {
		return
	}
	last := p.quotes.open[len(p.quotes.open)-1]
	next := s.after(p)
	if next != nil && next.beginsWith(last.glyph) && !p.attributed(last) {
		p.quotes.next, next.quotes.resumed = true, true
		return
	}
	if s.closedLater(p, last) || p.broken {
		p.quotes.next = true
	}
}

// beginsWith says whether the first character of the text is a given mark.
func (p *para) beginsWith(glyph rune) bool {
	i := p.lead()
	return i < len(p.r) && isQuoteMark(p.r[i]) && p.signAt(i).glyph == glyph
}

// closedLater finds a closing mark that nothing in its own paragraph opened, at most five paragraphs on and with no
// other mark between. It is taken out; when it is of another style, or when the language wants every paragraph to
// open, that is the one finding.
func (s *story) closedLater(p *para, last sign) bool {
	q := s.after(p)
	for n := 0; n < 5 && q != nil; n++ {
		if q.quotes.first < 0 {
			q = s.after(q)
			continue
		}
		if len(q.quotes.stray) == 0 || q.quotes.stray[0].at != q.quotes.first {
			return false
		}
		m := q.quotes.stray[0]
		q.quotes.stray = q.quotes.stray[1:]
		switch {
		case !p.fits(last.glyph, m.glyph):
			fix := string(closingFor(last.glyph, p.lang))
			s.mark(q, MixedQuotes, m.at, m.end, &fix, "says", p.text(last), q.text(m))
		case !p.broken && p.lang == "en":
			s.mark(p, UnbalancedQuotes, last.at, last.end, nil, "open", p.text(last))
		}
		return true
	}
	return false
}

// lead is where the text begins, behind white space.
func (p *para) lead() int {
	i := p.from
	for i < len(p.r) && (isSpace(p.r[i]) || isInvisible(p.r[i])) {
		i++
	}
	return i
}

// attributed says whether the words behind an open mark name their speaker, as in “We will go, the mayor said. Then
// the mark was to be closed before, whatever the next paragraph opens with.
func (p *para) attributed(m sign) bool {
	if p.lang != "en" {
		return false
	}
	comma := -1
	for i, w := range p.words {
		if w.start < m.end {
			continue
		}
		if p.run(w.end) == ',' {
			comma = i
		}
		if !saying[w.key] || comma < 0 || i-comma > 5 || i == comma {
			continue
		}
		for j := i; j < len(p.words) && j < i+6; j++ {
			if end := p.words[j].end; end >= len(p.r) || isStop(p.r[end]) {
				return true
			}
		}
	}
	return false
}

// saying is the verbs of plain attribution.
var saying = map[string]bool{"said": true, "says": true, "added": true, "told": true}

// tallyQuotes counts the sound quotations of the article by style: the house's own style wins when one is mended.
func (s *story) tallyQuotes() map[rune]int {
	tally := make(map[rune]int)
	for _, p := range s.paras {
		for _, q := range p.quotes.pairs {
			if !q.mixed {
				tally[q.open.glyph]++
			}
		}
	}
	return tally
}

// markMixed marks whole quotations, so that an editor sees both marks, and proposes one style for them. Of one longer
// than a paragraph should be only the closing mark is marked.
func (s *story) markMixed(p *para, tally map[rune]int) {
	for _, q := range p.quotes.pairs {
		if !q.mixed {
			continue
		}
		opening, closing := mend(q, p.lang, tally)
		if q.close.end-q.open.at > MaxParagraph {
			s.mark(p, MixedQuotes, q.close.at, q.close.end, nil, "says", p.text(q.open), p.text(q.close))
			continue
		}
		fix := opening + string(p.r[q.open.end:q.close.at]) + closing
		s.mark(p, MixedQuotes, q.open.at, q.close.end, &fix, "says", p.text(q.open), p.text(q.close))
	}
}

// mend chooses the pair of marks: of the two styles the one more frequent in the article; when they are even, the
// printed one before the typewriter's, the double before the single, else the one that opens.
func mend(q pair, lang string, tally map[rune]int) (opening, closing string) {
	a, b := q.open.glyph, openingFor(q.close.glyph)
	choice := a
	switch {
	case tally[b] > tally[a]:
		choice = b
	case tally[a] > tally[b]:
	case typewriter(a) && !typewriter(b), single(a) && !single(b):
		choice = b
	}
	if choice == '”' || choice == '"' && lang != "en" && a != '"' && tally['"'] == 0 {
		choice = '“'
	}
	return signText(choice), signText(closingFor(choice, lang))
}

func typewriter(glyph rune) bool { return strings.ContainsRune("\"'`″‛", glyph) }

// openingFor is the mark that usually opens what glyph closes.
func openingFor(glyph rune) rune {
	switch glyph {
	case '”', '“':
		return '“'
	case '»', '«':
		return '«'
	case '’', '‘':
		return '‘'
	case texClose:
		return texOpen
	case '›':
		return '‹'
	}
	return glyph
}

func signText(glyph rune) string {
	switch glyph {
	case texOpen:
		return "``"
	case texClose:
		return "''"
	case '‛':
		return "‘"
	}
	return string(glyph)
}
