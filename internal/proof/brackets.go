package proof

import (
	"strings"
	"unicode"
)

const brackets = "()[]{}"

// bracketsOf is what a paragraph holds of brackets that have no partner in it.
type bracketsOf struct {
	open, stray []int
	first       int // the first bracket, -1 when there is none
}

// checkBrackets marks brackets without a partner and pairs of two kinds. An aside over several paragraphs is set like
// a quotation: each paragraph opens, the last closes.
func (s *story) checkBrackets() {
	list := make([]bracketsOf, len(s.paras))
	for i, p := range s.paras {
		list[i].first = -1
		if p.kind != "cell" && p.kind != "attribution" {
			list[i] = s.pairBrackets(p)
		}
	}
	for i, p := range s.paras {
		open := list[i].open
		if n := len(open); n > 0 && s.bracketGoesOn(p, open[n-1], list) {
			open = open[:n-1]
		}
		for _, at := range open {
			s.mark(p, UnbalancedBrackets, at, at+1, nil, "open", string(p.r[at]))
		}
		for _, at := range list[i].stray {
			s.mark(p, UnbalancedBrackets, at, at+1, nil, "close", string(p.r[at]))
		}
	}
}

func (s *story) pairBrackets(p *para) bracketsOf {
	found := bracketsOf{first: -1}
	var lists map[int]bool
	for i := range p.r {
		kind := strings.IndexRune(brackets, p.r[i])
		if kind < 0 || p.emoticon(i) {
			continue
		}
		if lists == nil {
			lists = p.enumerators()
		}
		if lists[i] && len(found.open) == 0 {
			continue
		}
		if found.first < 0 {
			found.first = i
		}
		if kind%2 == 0 {
			found.open = append(found.open, i)
			continue
		}
		s.closeBracket(p, &found, i)
	}
	return found
}

func (s *story) closeBracket(p *para, found *bracketsOf, at int) {
	n := len(found.open)
	if n == 0 {
		found.stray = append(found.stray, at)
		return
	}
	for i := n - 1; i >= 0 && i >= n-deep; i-- {
		if partners(p.r[found.open[i]], p.r[at]) {
			for _, lost := range found.open[i+1:] {
				s.mark(p, UnbalancedBrackets, lost, lost+1, nil, "open", string(p.r[lost]))
			}
			found.open = found.open[:i]
			return
		}
	}
	o := found.open[n-1]
	found.open = found.open[:n-1]
	if p.interval(o+1, at) {
		return
	}
	if at-o > MaxParagraph {
		s.mark(p, UnbalancedBrackets, at, at+1, nil, "other", string(p.r[o]), string(p.r[at]))
		return
	}
	closing := string(brackets[strings.IndexRune(brackets, p.r[o])+1])
	fix := string(p.r[o:at]) + closing
	s.mark(p, UnbalancedBrackets, o, at+1, &fix, "other", string(p.r[o]), string(p.r[at]))
}

func partners(open, closing rune) bool {
	return strings.IndexRune(brackets, open)+1 == strings.IndexRune(brackets, closing)
}

// emoticon says whether the bracket at i is a mouth: ":-)", ";)", "8-(", ":(".
func (p *para) emoticon(i int) bool {
	eye := i - 1
	if p.run(eye) == '-' {
		eye--
	}
	return (p.run(eye) == ':' || p.run(eye) == ';') && (eye == 0 || isSpace(p.run(eye-1)))
}

// enumerators finds closing brackets behind a number or a letter of a list: "a) the pier, b) the wall". One alone is a
// list only at the start of the paragraph.
func (p *para) enumerators() map[int]bool {
	found := make(map[int]bool)
	lead := false
	for i, r := range p.r {
		if start := p.labelStart(i); r == ')' && start >= 0 && isSpace(p.run(i+1)) && inWord(p.run(i+2)) {
			found[i] = true
			lead = lead || start == p.lead()
		}
	}
	if len(found) == 1 && !lead {
		return nil
	}
	return found
}

// labelStart gives where the label of a list begins that ends at the bracket at, or -1.
func (p *para) labelStart(at int) int {
	start := at
	for start > p.from && inWord(p.r[start-1]) && at-start < 5 {
		start--
	}
	if start > p.from && !isSpace(p.r[start-1]) {
		return -1
	}
	switch label := p.r[start:at]; {
	case len(label) == 1, len(label) == 2 && isDigit(label[0]) && isDigit(label[1]), string(label) == "الف",
		len(label) > 1 && len(label) < 5 && strings.Trim(strings.ToLower(string(label)), "ivx") == "":
		return start
	}
	return -1
}

// interval says whether only figures stand between two brackets: [0, 1) is as it should be.
func (p *para) interval(start, end int) bool {
	if end-start > 24 {
		return false
	}
	digits := 0
	for _, r := range p.r[start:end] {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !isSpace(r) && !strings.ContainsRune(",;.:-−–+∞،", r):
			return false
		}
	}
	return digits > 0
}

// bracketGoesOn says whether what the bracket at opens is taken up by a paragraph further on, or is explained by the
// paragraph's breaking off.
func (s *story) bracketGoesOn(p *para, at int, list []bracketsOf) bool {
	q := s.after(p)
	if q != nil && at == p.lead() && list[q.at].first == q.lead() && p.r[at] == q.r[q.lead()] {
		return true
	}
	for n := 0; n < 5 && q != nil; n++ {
		found := &list[q.at]
		if found.first < 0 {
			q = s.after(q)
			continue
		}
		if len(found.stray) == 0 || found.stray[0] != found.first || !partners(p.r[at], q.r[found.first]) {
			break
		}
		found.stray = found.stray[1:]
		return p.broken || at == p.lead() // else the bracket is one finding, here
	}
	return p.broken
}
