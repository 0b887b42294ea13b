package proof

import (
	"strings"
	"unicode"
)

// takeSingle is careful: most single marks are apostrophes.
func (w *pairing) takeSingle(m sign) {
	p := w.p
	if p.couldClose(m) {
		w.ends--
		w.closeSingle(m)
		return
	}
	if inWord(p.run(m.at-1)) || p.shapeOf(m) != opens && m.glyph != '‹' || m.glyph == '’' || m.glyph == '›' {
		return
	}
	if next := p.run(m.end); isDigit(next) || elisions[p.nextWord(m.end)] {
		return
	}
	m.speech = m.glyph != '‹' && m.glyph != '‚' && p.speechMayBegin(m)
	w.push(m)
}

// couldClose says whether a single mark stands like a closing one: behind a letter, a figure or a stop and before a
// gap.
func (p *para) couldClose(m sign) bool {
	if !strings.ContainsRune("'’‘›", m.glyph) || m.at <= p.from || isSpace(p.r[m.at-1]) && m.glyph != '›' {
		return false
	}
	return p.shapeOf(m) == closes || m.glyph == '›'
}

func (w *pairing) closeSingle(m sign) {
	p, before := w.p, w.p.run(m.at-1)
	stop := isStop(before) || before == ','
	if !stop && w.ends > 0 && !isQuoteMark(before) && p.possessive(m) {
		return
	}
	i := len(w.stack) - 1
	if i >= 0 && single(w.stack[i].glyph) {
		o := w.stack[i]
		switch {
		case p.fits(o.glyph, m.glyph):
			w.seen(m)
			w.pair(i, m, false)
		case stop && o.speech && strings.ContainsRune("'‘", o.glyph):
			w.seen(m)
			w.pair(i, m, true)
		}
		return
	}
	if i >= 0 && stop && w.left[closingFor(w.stack[i].glyph, p.lang)] == 0 && p.lang == "en" {
		w.seen(m)
		w.pair(i, m, true)
	}
}

// possessive says whether a mark could be the apostrophe of "the dogs' bowls": behind an s and before a small letter.
func (p *para) possessive(m sign) bool {
	s := p.run(m.at - 1)
	return (s == 's' || s == 'n') && isSpace(p.run(m.end)) && unicode.IsLower(p.run(m.end+1))
}

// speechMayBegin says whether a single mark stands where English begins a quotation: at the start of a sentence or
// behind a comma or a colon, before a capital that is no vowel ('Abd and 'Ali begin with the letter ayn).
func (p *para) speechMayBegin(m sign) bool {
	next := p.run(m.end)
	if !unicode.IsUpper(next) || strings.ContainsRune("AEIOU", next) || p.lang != "en" {
		return false
	}
	for i := m.at - 1; i >= p.from; i-- {
		if r := p.r[i]; !isSpace(r) {
			return isStop(r) || strings.ContainsRune(",:“\"", r)
		}
	}
	return true
}

// elisions are words that begin with an apostrophe.
var elisions = map[string]bool{"tis": true, "twas": true, "twere": true, "twill": true, "til": true, "till": true,
	"cause": true, "cos": true, "cuz": true, "coz": true, "bout": true, "em": true, "n": true, "nuff": true, "fraid": true,
	"neath": true, "gainst": true, "round": true, "cross": true, "kay": true, "hood": true, "s": true, "t": true,
	"tude": true, "scuse": true, "sup": true, "ello": true, "bye": true, "fore": true, "mongst": true, "nother": true,
	"net": true, "tain": true, "burbs": true, "zine": true, "phone": true, "bus": true, "flu": true}
