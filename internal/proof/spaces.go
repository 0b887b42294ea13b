package proof

import "strings"

type span struct{ start, end int }

func (a span) meets(b span) bool { return a.start < b.end && b.start < a.end }

// findOddSpaces marks no-break spaces and double spaces inside sentences, all those of a paragraph with one finding
// that reaches from the first to the last: they come from one paste, and one key mends them. Space behind the end of a
// sentence, at the edges of a paragraph and between the columns of a table set with spaces is left alone.
func (s *story) findOddSpaces() {
	for _, p := range s.paras {
		if p.kind == "cell" {
			continue
		}
		if odd := p.oddSpaces(); len(odd) > 0 {
			s.markSpaces(p, odd)
		}
	}
}

func (s *story) markSpaces(p *para, odd []span) {
	start, end := odd[0].start, odd[len(odd)-1].end
	var fix strings.Builder
	at := start
	for _, o := range odd {
		fix.WriteString(string(p.r[at:o.start]))
		if !zeroWidth(p.r[o.start:o.end]) {
			fix.WriteByte(' ')
		}
		at = o.end
	}
	text := fix.String()
	switch {
	case len(odd) > 1:
		s.mark(p, OddSpace, start, end, &text, "many", len(odd))
	case hasNoBreak(p.r[start:end]):
		s.mark(p, OddSpace, start, end, &text, "no-break")
	default:
		s.mark(p, OddSpace, start, end, &text, "double")
	}
}

func (p *para) oddSpaces() []span {
	var odd []span
	wide, doubled := 0, p.doubled
	for i := p.from; i < len(p.r); i++ {
		if !spaceLike(p.r[i]) {
			continue
		}
		o := span{start: i}
		for i < len(p.r) && spaceLike(p.r[i]) {
			i++
		}
		o.end = i
		if o.end-o.start > 2 {
			wide++
		}
		for len(doubled) > 0 && doubled[0].end <= o.start {
			doubled = doubled[1:]
		}
		inDoubled := len(doubled) > 0 && doubled[0].meets(o)
		if !inDoubled && p.oddSpace(o) {
			odd = append(odd, o)
		}
	}
	if wide > 1 {
		return nil // columns
	}
	return odd
}

// oddSpace judges a run of spaces.
func (p *para) oddSpace(o span) bool {
	run := p.r[o.start:o.end]
	if o.start == p.from || o.end == len(p.r) || len(run) == 1 && !hasNoBreak(run) {
		return false
	}
	if strings.ContainsAny(string(run), "\n\r\u2028\t") {
		return false
	}
	before, after := p.r[o.start-1], p.r[o.end]
	switch {
	case p.sentenceEnds(o.start):
		return false
	case len(run) > 1:
		return true
	case isDigit(before) && isDigit(after):
		return false // 10 000
	case isDigit(before) && p.unitAt(o.end):
		return false // 5 km
	case p.lang == "fr":
		return !strings.ContainsRune("»:;!?%€", after) && before != '«' && before != '—' && after != '—'
	}
	return true
}

// sentenceEnds says whether a sentence ends before i, closing quotation marks and brackets included.
func (p *para) sentenceEnds(i int) bool {
	for i--; i >= 0; i-- {
		if r := p.r[i]; isQuoteMark(r) || strings.ContainsRune(")]}", r) || isInvisible(r) {
			continue
		} else {
			return isStop(r) || r == ':'
		}
	}
	return false
}

// unitAt says whether a unit's sign stands at i: a no-break space before it is good setting.
func (p *para) unitAt(i int) bool {
	end := i
	for end < len(p.r) && end-i < 6 && !isSpace(p.r[end]) && !strings.ContainsRune(".,;:!?)،؛؟", p.r[end]) {
		end++
	}
	switch string(p.r[i:end]) {
	case "%", "٪", "°", "°C", "°F", "€", "£", "$", "¢", "km", "m", "cm", "mm", "kg", "g", "mg", "t", "l", "ml", "ha", "h",
		"kW", "MW", "GW", "kWh", "MWh", "GB", "MB", "Hz", "MHz", "km²", "m²", "m³", "km/h", "mph", "min", "s", "am", "pm",
		"كم", "كلم", "م", "سم", "ملم", "كغ", "كجم", "غ", "طن":
		return true
	}
	return false
}

// isStop is a mark that ends a sentence.
func isStop(r rune) bool { return strings.ContainsRune(".!?…؟۔。！？", r) }

func isDigit(r rune) bool {
	return r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹'
}

func spaceLike(r rune) bool { return isSpace(r) || r == '\ufeff' }

func hasNoBreak(run []rune) bool {
	return strings.ContainsAny(string(run), "\u00a0\u202f\u2007\ufeff")
}

func zeroWidth(run []rune) bool {
	for _, r := range run {
		if r != '\ufeff' {
			return false
		}
	}
	return true
}
