package proof

import (
	"strings"
	"sync"
	"unicode"
)

// findBroken marks paragraphs that end in the middle of a sentence. That a full stop is missing is not enough: subheads,
// captions, credits and lists have none. There must be a sign that the sentence was to go on: a comma, a word that
// ends no sentence, a next paragraph in small letters, or the length of prose.
func (s *story) findBroken() {
	list := false
	for i, p := range s.paras {
		if !p.plain() {
			list = false
			continue
		}
		end := p.textEnd()
		list = list && end > 0 && len(p.words) <= 20 && !isStop(p.r[end-1])
		var next *para
		if i+1 < len(s.paras) && s.paras[i+1].plain() {
			next = s.paras[i+1]
		}
		if !list && p.breaksOff(end, next) && !s.isHeadline(p) {
			p.broken = true
			w := p.words[len(p.words)-1]
			s.mark(p, BrokenSentence, w.start, end, nil, "says")
		}
		list = list || end > 0 && p.r[end-1] == ':'
	}
}

// isHeadline says whether the paragraph repeats the headline, as captured pages do.
func (s *story) isHeadline(p *para) bool {
	return strings.TrimSpace(s.copy.Headline) == strings.TrimSpace(string(p.r))
}

// textEnd is the end of the text without white space and what does not show.
func (p *para) textEnd() int {
	end := len(p.r)
	for end > p.from && (isSpace(p.r[end-1]) || isInvisible(p.r[end-1])) {
		end--
	}
	return end
}

func (p *para) breaksOff(end int, next *para) bool {
	n := len(p.words) - p.wordAt(p.from)
	if n == 0 || p.words[len(p.words)-1].end > end {
		return false
	}
	last := p.r[end-1]
	goesOn := next != nil && next.beginsSmall()
	if inWord(last) && (p.opensInto(next, goesOn) || p.bracketInto(next) || p.cutAttribution(end) || goesOn && next.isSentence()) {
		return true
	}
	if n < 3 {
		return false
	}
	switch {
	case strings.ContainsRune(",،", last):
		return n >= 5
	case strings.ContainsRune("-‐", last):
		return end >= 2 && unicode.IsLetter(p.r[end-2])
	case isQuoteMark(last) || strings.ContainsRune(")]}", last):
		return goesOn && n >= 5 && !p.stopInside(end)
	case !inWord(last):
		return false
	}
	w := p.words[len(p.words)-1]
	if openWords()[p.lang][w.key] && !p.asks() && unicode.IsLetter(last) && !unicode.IsUpper(p.r[w.start]) {
		return true
	}
	return goesOn && n >= 4 && !p.label() || p.isProse(n, end)
}

// isSentence says whether the paragraph is at least the end of a sentence: some words and a stop.
func (p *para) isSentence() bool {
	end := p.textEnd()
	return len(p.words) >= 4 && p.sentenceEnds(end)
}

// opensInto says whether a quotation is open at the end and next goes on with it: in small letters, or by closing it.
func (p *para) opensInto(next *para, goesOn bool) bool {
	if len(p.quotes.open) == 0 || next == nil {
		return false
	}
	stray := next.quotes.stray
	return goesOn || len(stray) > 0 && stray[0].at == next.quotes.first
}

// bracketInto says whether a bracket is open at the end and next closes it.
func (p *para) bracketInto(next *para) bool {
	if next == nil {
		return false
	}
	open := 0
	for _, r := range p.r {
		if r == '(' {
			open++
		} else if r == ')' && open > 0 {
			open--
		}
	}
	i := strings.IndexAny(string(next.r), "()")
	return open > 0 && i >= 0 && string(next.r)[i] == ')'
}

// cutAttribution says whether the text ends within the words behind a quotation and a comma: “We will go,” Mayor Ada
func (p *para) cutAttribution(end int) bool {
	if len(p.quotes.pairs) == 0 || len(p.quotes.open) > 0 {
		return false
	}
	q := p.quotes.pairs[len(p.quotes.pairs)-1]
	comma := strings.ContainsRune(",،", p.run(q.close.at-1)) || strings.ContainsRune(",،", p.run(q.close.end))
	rest := string(p.r[q.close.end:end])
	return comma && !single(q.close.glyph) && !strings.ContainsAny(rest, ".!?؟:—–(") && len(strings.Fields(rest)) <= 8
}

// stopInside says whether a stop stands before the closing marks that end at end.
func (p *para) stopInside(end int) bool {
	for end--; end > p.from; end-- {
		if r := p.r[end]; !isQuoteMark(r) && !strings.ContainsRune(")]} ", r) {
			return !inWord(r)
		}
	}
	return true
}

// beginsSmall says whether the first letter is a small one. Scripts without capitals never say so.
func (p *para) beginsSmall() bool {
	i := p.lead()
	for i < len(p.r) && (isQuoteMark(p.r[i]) || p.r[i] == '(') {
		i++
	}
	return i+1 < len(p.r) && unicode.IsLower(p.r[i]) && !unicode.IsUpper(p.r[i+1]) && p.run(i+1) != ')'
}

// asks says whether the paragraph begins like a subhead that may end in any word: "What the law is for".
func (p *para) asks() bool {
	for _, w := range p.words {
		if w.start >= p.from {
			return len(p.words) < 10 && strings.Contains(" what who where how why when which ", " "+w.key+" ")
		}
	}
	return false
}

// label says whether the line is no sentence: a list's item set by hand, a credit, "Photo: …".
func (p *para) label() bool {
	i := p.lead()
	first := p.run(i)
	if strings.ContainsRune("•*-–—―·▪►>#@+|", first) {
		return true
	}
	w := 0
	for w < len(p.words) && p.words[w].start < p.from {
		w++
	}
	if w == len(p.words) || creditWords()[p.lang][p.words[w].key] {
		return true
	}
	if isDigit(first) && strings.ContainsRune(".):/-–", p.run(p.words[w].end)) {
		return true
	}
	for j := w; j < len(p.words) && j < w+3; j++ {
		if end := p.words[j].end; p.run(end) == ':' && !isQuoteMark(p.run(end+1)) && !isQuoteMark(p.run(end+2)) {
			return true
		}
	}
	return false
}

// isProse says whether n words without a full stop at the end are a sentence all the same.
func (p *para) isProse(n, end int) bool {
	least := 8
	if p.rtl() && !strings.ContainsAny(string(p.r[p.from:end]), ".؟!،") {
		least = 10 // headings are longer, and have no capitals
	}
	if n < least || p.label() || p.titled() || p.endsInAddress(end) || p.signed(end) {
		return false
	}
	lines := 1 + strings.Count(string(p.r[:end]), "\n")
	return lines == 1 || n/lines >= 10
}

// titled says whether most of the long words have capitals: a heading, a list of names.
func (p *para) titled() bool {
	long, capital := 0, 0
	for _, w := range p.words {
		if w.end-w.start >= 4 {
			long++
			if unicode.IsUpper(p.r[w.start]) {
				capital++
			}
		}
	}
	return capital*10 >= long*6 // none at all: letters, abbreviations
}

// endsInAddress says whether the last stretch without space is an address, a number or a tag rather than a word.
func (p *para) endsInAddress(end int) bool {
	start := end
	for start > p.from && !isSpace(p.r[start-1]) {
		start--
	}
	text := string(p.r[start:end])
	ascii := !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 })
	return strings.ContainsAny(text, "@#_+=") || ascii && strings.ContainsAny(text, "./") || isDigit(p.r[end-1]) && end-start > 5
}

// signed says whether the text ends with a name or a source behind a dash.
func (p *para) signed(end int) bool {
	n := 0
	for i := len(p.words) - 1; i > 0 && n < 5; i-- {
		gap := string(p.r[p.words[i-1].end:p.words[i].start])
		if n++; strings.ContainsAny(gap, "—–―") || strings.Contains(gap, " -") || strings.Contains(gap, "--") {
			return true
		}
	}
	return false
}

// openWords end no sentence in their language.
var openWords = sync.OnceValue(func() map[string]map[string]bool {
	return map[string]map[string]bool{
		"en": keySet(`the a an and or but because than whose which while if their its our my your of from with for to as into
			onto nor unless although whereas toward towards would could should will can may might must shall is are was were
			has have had be been being`),
		"ar": keySet(`من إلى على عن مع التي الذي الذين اللذين أن إن و أو ثم لكن بل كما بين قد سوف لم لن في إلا لدى منذ كان كانت يكون تكون ليس حول خلال ضد نحو عبر هذا هذه تلك بعض غير`),
		"fa": keySet(`و که از به برای تا یا این آن هر یک بر اگر زیرا چون بین می نمی ولی اما بلکه درباره توسط را اینکه آنکه مانند علیه طی ضمن بدون`),
	}
})

// creditWords begin lines of credit.
var creditWords = sync.OnceValue(func() map[string]map[string]bool {
	return map[string]map[string]bool{
		"en": keySet(`by reporting additional editing edited photo photos photograph photographs photography picture source
			sources translated translation written compiled contact compiling graphic graphics video update updated`),
		"ar": keySet(`إعداد تحرير تقرير تصوير ترجمة المصدر المصادر صورة كتب كتبت شارك شاركت ساهم ساهمت`),
		"fa": keySet(`گزارش عکس عکاس منبع ترجمه خبرنگار انتهای تنظیم ویرایش نویسنده مترجم دبیر`),
	}
})
