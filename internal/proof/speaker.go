package proof

import (
	"strings"
	"sync"
	"unicode"
)

// findUnspoken marks quotations that nobody near says: at most one a paragraph, the first. What stands in quotation
// marks is often no speech (a title, a word held up with tongs), so only what reads like a sentence counts. A speaker
// is near when the paragraph has a word of saying outside the quotation, a colon before it or a name behind a dash, or
// when the paragraph before leads to it: with a colon, a question, a quotation that has a speaker, or a last sentence
// that says who is speaking.
func (s *story) findUnspoken() {
	for _, p := range s.paras {
		if !p.plain() || lexiconOf(p.lang) == nil {
			continue
		}
		p.quoted = p.quotedSpans()
		p.voice = p.says(p.from, len(p.r))
		if q := s.before(p); q != nil && q.broken {
			p.voice = p.voice || q.voice // one paragraph, cut in two
		}
	}
	for _, p := range s.paras {
		if p.plain() && lexiconOf(p.lang) != nil && p.openHere() == 0 && len(p.quotes.stray) == 0 {
			if q := s.before(p); p.broken || q != nil && q.broken {
				continue // the speaker may stand in what is missing
			}
			s.checkSpeaker(p)
		}
	}
}

func (s *story) checkSpeaker(p *para) {
	if p.voice || s.voiceAround(p) {
		p.voice = true
		return
	}
	for _, q := range p.quoted {
		if p.quotes.resumed && q.start == p.lead() || q.mixed || !p.isSpeech(q) {
			continue
		}
		if p.introduced(q) || p.signedAfter(q) || p.verbBeside(q) || q.open && s.voiceInChain(p) {
			p.voice = true
			return
		}
		s.mark(p, NoSpeaker, q.start, q.end, nil, "says")
		return
	}
}

// quotedSpan is an outermost quotation in its paragraph; open when it goes on in the next.
type quotedSpan struct {
	span
	open, mixed bool
}

func (p *para) quotedSpans() []quotedSpan {
	var out []quotedSpan
	limit := len(p.r)
	if p.quotes.next {
		limit = p.quotes.open[len(p.quotes.open)-1].at
	}
	for _, q := range p.quotes.pairs { // in the order of their closing marks: an outer one follows its inner ones
		if q.open.at >= limit {
			continue
		}
		for len(out) > 0 && out[len(out)-1].start > q.open.at {
			out = out[:len(out)-1]
		}
		out = append(out, quotedSpan{span: span{q.open.at, q.close.end}, mixed: q.mixed})
	}
	if p.quotes.next {
		out = append(out, quotedSpan{span: span{limit, len(p.r)}, open: true})
	}
	return out
}

// says says whether a word of saying stands outside quotations between start and end.
func (p *para) says(start, end int) bool {
	lexicon, quoted := lexiconOf(p.lang), p.quoted
	for _, w := range p.words {
		if w.start < start || w.end > end {
			continue
		}
		for len(quoted) > 0 && quoted[0].end <= w.start {
			quoted = quoted[1:]
		}
		if len(quoted) > 0 && quoted[0].start <= w.start {
			continue
		}
		if lexicon(w.key) {
			return true
		}
	}
	return false
}

// voiceAround says whether the paragraphs around lead to what p quotes.
func (s *story) voiceAround(p *para) bool {
	if p.at > 0 && s.paras[p.at-1].kind != "paragraph" && s.paras[p.at-1].kind != "heading" {
		return true // a block quotation, a list, a picture: the page shows whose words these are
	}
	q := s.before(p)
	if q == nil {
		next := s.after(p) // a story may open with a quotation and name the speaker then
		return next != nil && next.says(next.from, next.firstSentence())
	}
	end := q.textEnd()
	switch {
	case end > 0 && strings.ContainsRune(":?؟", q.r[end-1]):
		return true
	case q.voice && (len(q.quoted) > 0 || s.before(q) != nil && s.before(q).broken):
		return true
	case q.says(q.lastSentence(), len(q.r)):
		return true
	}
	next := s.after(p)
	return next != nil && next.pointsBack() && next.says(next.from, next.firstSentence())
}

// voiceInChain follows a quotation over the paragraphs it goes on in.
func (s *story) voiceInChain(p *para) bool {
	n := 0
	for q := s.after(p); q != nil && n < 50; q = s.after(q) {
		if n++; q.voice {
			return true
		}
		if !q.quotes.next {
			return false
		}
	}
	return false
}

// pointsBack says whether the paragraph begins with a word for what was just said: "Those words …".
func (p *para) pointsBack() bool {
	for _, w := range p.words {
		if w.start >= p.from {
			return backWords()[w.key]
		}
	}
	return false
}

var backWords = sync.OnceValue(func() map[string]bool {
	return keySet(`so that those these this with thus such it بهذه هكذا تلك بهذا هذه هذا وبهذه این آن چنین با اینها`)
})

func (p *para) firstSentence() int {
	for i := p.from; i < len(p.r); i++ {
		if isStop(p.r[i]) && p.looseAfter(i+1) && i > p.from+20 {
			return i
		}
	}
	return len(p.r)
}

func (p *para) lastSentence() int {
	end := p.textEnd()
	for end > p.from && (isStop(p.r[end-1]) || isQuoteMark(p.r[end-1]) || strings.ContainsRune(")]}", p.r[end-1])) {
		end--
	}
	for i := end - 1; i > p.from; i-- {
		if isSpace(p.r[i]) && p.sentenceEnds(i) {
			return i
		}
	}
	return p.from
}

// verbBeside says whether one of the four words before or behind the quotation is a verb that introduces speech there.
func (p *para) verbBeside(q quotedSpan) bool {
	if p.lang != "en" {
		return false
	}
	before, after := p.wordAt(q.start), p.wordAt(q.end)
	for _, w := range p.words[max(before-4, 0):before] {
		if beside()[w.key] && !strings.ContainsAny(string(p.r[w.end:q.start]), ".!?") {
			return true
		}
	}
	for _, w := range p.words[after:min(after+4, len(p.words))] {
		if beside()[w.key] && !strings.ContainsAny(string(p.r[q.end:w.start]), ".!?") {
			return true
		}
	}
	return false
}

// introduced says whether a colon with words before it stands in front of the quotation.
func (p *para) introduced(q quotedSpan) bool {
	i := q.start - 1
	for i >= p.from && (isSpace(p.r[i]) || isInvisible(p.r[i])) {
		i--
	}
	return i > p.from && p.r[i] == ':'
}

// signedAfter says whether a name follows behind a dash or in brackets.
func (p *para) signedAfter(q quotedSpan) bool {
	i := q.end
	for i < len(p.r) && (isSpace(p.r[i]) || p.r[i] == '.') {
		i++
	}
	if !strings.ContainsRune("—–―-(", p.run(i)) {
		return false
	}
	for i < len(p.r) && strings.ContainsRune("—–―-( ", p.r[i]) {
		i++
	}
	return unicode.IsUpper(p.run(i)) || unicode.Is(unicode.Arabic, p.run(i))
}
