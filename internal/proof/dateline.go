package proof

import (
	"strings"
	"unicode"
)

// skipDateline sets from of the first paragraph behind a dateline that stands in its text.
func (s *story) skipDateline() {
	p := s.firstPlain()
	if p == nil || s.copy.Place == "" {
		return
	}
	place := []rune(strings.TrimSpace(s.copy.Place))
	lead := p.lead()
	if len(p.r) < lead+len(place) || !strings.EqualFold(string(p.r[lead:lead+len(place)]), string(place)) {
		return
	}
	for i := lead + len(place); i < len(p.r) && i < lead+160 && !strings.ContainsRune("!?؟\n", p.r[i]); i++ {
		if end := p.datelineEnds(i); end > 0 {
			p.dateline = span{lead, lead + len(place)}
			p.from = end
			return
		}
	}
}

// datelineEnds reads the mark that parts a dateline from the text at i, and gives where the text begins, or 0.
func (p *para) datelineEnds(i int) int {
	switch r := p.r[i]; {
	case r == '—' || r == '–' || r == '―':
		i++
	case r == '-' && p.run(i+1) == '-':
		i += 2
	case r == '-' && isSpace(p.run(i-1)) && isSpace(p.run(i+1)):
		i++
	case r == ':' && p.rtl():
		i++
	default:
		return 0
	}
	for i < len(p.r) && isSpace(p.r[i]) {
		i++
	}
	return i
}

func (s *story) firstPlain() *para {
	for _, p := range s.paras {
		if p.plain() {
			return p
		}
	}
	return nil
}

// checkDateline marks a dateline whose place is mentioned nowhere in the headline, the standfirst or the text: the
// dateline of another story, or a story from elsewhere. Of a name of several words the longest is enough, and so is a
// form of it: «بفالمير», "Valmerian".
func (s *story) checkDateline() {
	place := strings.TrimSpace(s.copy.Place)
	if place == "" || len(s.paras) == 0 {
		return
	}
	for part := range strings.FieldsFuncSeq(place, func(r rune) bool { return strings.ContainsRune("/,،;", r) }) {
		if want := placeStem(part); want == "" || s.mentions(want) {
			return
		}
	}
	p := s.firstPlain()
	if p == nil {
		p = s.paras[0]
	}
	s.mark(p, DatelinePlace, p.dateline.start, p.dateline.end, nil, "says", place)
	if f := &s.found[len(s.found)-1]; f.Text == "" {
		f.Text = place
	}
}

// placeStem is the key of the longest word, without the vowel at its end where enough is left to recognise it.
func placeStem(place string) string {
	longest := ""
	for _, w := range splitWords([]rune(place)) {
		if len([]rune(w.key)) > len([]rune(longest)) {
			longest = w.key
		}
	}
	if stem := strings.TrimRight(longest, "aeiouyاهي"); len([]rune(stem)) >= 4 {
		return stem
	}
	return longest
}

func (s *story) mentions(stem string) bool {
	for _, text := range []string{s.copy.Headline, s.copy.Standfirst} {
		for _, w := range splitWords([]rune(text)) {
			if isForm(w.key, stem) {
				return true
			}
		}
	}
	for _, p := range s.paras {
		for _, w := range p.words {
			if w.start >= p.from && isForm(w.key, stem) {
				return true
			}
		}
	}
	return false
}

// isForm says whether a word is a form of a place's name: a short name must stand alone but for what Arabic and
// Persian write onto it and an English possessive.
func isForm(key, stem string) bool {
	n := len([]rune(stem))
	if n >= 4 {
		return strings.Contains(key, stem)
	}
	if key == stem || strings.TrimSuffix(key, "'s") == stem {
		return true
	}
	extra := len([]rune(key)) - n
	return extra > 0 && extra <= 3 && unicode.Is(unicode.Arabic, []rune(stem)[0]) &&
		(strings.HasSuffix(key, stem) || strings.HasPrefix(key, stem))
}
