package proof

import (
	"strings"
	"unicode"
)

// quotes is what a paragraph holds of quotation marks once they are paired.
type quotes struct {
	pairs []pair
	open  []sign // never closed in this paragraph, the outer ones first
	stray []sign // closing marks that nothing opened
	first int    // where the first double mark that opens or closes something stands; -1 when there is none
	// next: the last of open goes on in the next paragraph, which opens with the same mark; resumed: the paragraph
	// begins with such a mark.
	next, resumed bool
}

// pair is a quotation within one paragraph.
type pair struct {
	open, close sign
	mixed       bool
}

// sign is a quotation mark in the text.
type sign struct {
	at, end int
	glyph   rune // the mark itself; double marks made of two single ones (``, '', ’’) are texOpen and texClose
	speech  bool // a single mark where speech would begin: not an apostrophe
}

const (
	texOpen  = '`'
	texClose = '″'
)

func isQuoteMark(r rune) bool {
	switch r {
	case '"', '\'', '`':
		return true
	case '“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‛', '‹', '›', '＂':
		return true
	}
	return false
}

// signAt reads the quotation mark at i.
func (p *para) signAt(i int) sign {
	m := sign{at: i, end: i + 1, glyph: p.r[i]}
	switch {
	case m.glyph == '＂':
		m.glyph = '"'
	case m.glyph == '`' && p.run(i+1) == '`':
		m.end, m.glyph = i+2, texOpen
	case m.glyph == '`':
		m.glyph = '‛'
	case m.glyph == '‘' && p.run(i+1) == '‘':
		m.end, m.glyph = i+2, texOpen
	case (m.glyph == '\'' || m.glyph == '’') && p.run(i+1) == m.glyph:
		m.end, m.glyph = i+2, texClose
	}
	return m
}

// single says whether a mark is of a kind that is also an apostrophe, a prime, a foreign letter or an arrow.
func single(glyph rune) bool { return strings.ContainsRune("'‘’‚‛‹›", glyph) }

type shape int

const (
	unclear shape = iota
	opens
	closes
)

// shapeOf tells from the characters around a mark whether it opens or closes.
func (p *para) shapeOf(m sign) shape {
	before, after := p.looseBefore(m.at), p.looseAfter(m.end)
	switch {
	case before && !after:
		return opens
	case after && !before:
		return closes
	}
	return unclear
}

// looseBefore says whether an opening mark could follow here. Other marks between are looked through, at most three.
func (p *para) looseBefore(i int) bool {
	for n := 0; i > p.from; n++ {
		r := p.r[i-1]
		if n == 3 || !isQuoteMark(r) && !isInvisible(r) {
			return isSpace(r) || strings.ContainsRune("([{<–—―-/|=¿¡•*", r) || r == tatweel
		}
		i--
	}
	return true
}

// looseAfter says whether a closing mark could stand before here.
func (p *para) looseAfter(i int) bool {
	for n := 0; i < len(p.r); n++ {
		r := p.r[i]
		if n == 3 || !isQuoteMark(r) && !isInvisible(r) {
			return isSpace(r) || isStop(r) || strings.ContainsRune(")]}>,;:،؛–—―-/|*", r)
		}
		i++
	}
	return true
}

// closingFor is the mark that closes what glyph opens in a language.
func closingFor(glyph rune, lang string) rune {
	switch glyph {
	case '„':
		if lang == "de" || lang == "cs" || lang == "sk" || lang == "sl" || lang == "hr" || lang == "bg" {
			return '“'
		}
		return '”'
	case '“', '‟', '”':
		return '”'
	case '«':
		return '»'
	case '»':
		return '«'
	case texOpen:
		return texClose
	case '‘', '‛':
		return '’'
	case '‚':
		return '‘'
	case '‹':
		return '›'
	}
	return glyph
}

// fits says whether two marks are one style: some language sets a quotation so, or the paragraph's does.
func (p *para) fits(open, closing rune) bool {
	switch open {
	case '„', '‟':
		return closing == '”' || closing == '“'
	case '“':
		return closing == '”'
	case '”': // Swedish and Finnish; and right-to-left text, where nobody can tell them apart
		return closing == '”' && p.lang != "en" || closing == '“' && p.rtl()
	case '»':
		return closing == '«' || closing == '»' && (p.lang == "sv" || p.lang == "fi")
	case '‚':
		return closing == '‘' || closing == '’'
	case '‛':
		return closing == '’' || closing == '\''
	}
	return closing == closingFor(open, p.lang)
}

// behindDigit says whether a mark stands directly behind a figure, where it may mean inches, feet or seconds.
func (p *para) behindDigit(m sign) bool { return m.at > p.from && isDigit(p.r[m.at-1]) }

// betweenHebrew says whether Hebrew letters stand directly on both sides, as in Hebrew abbreviations (צה"ל).
func (p *para) betweenHebrew(m sign) bool {
	return unicode.Is(unicode.Hebrew, p.run(m.at-1)) && unicode.Is(unicode.Hebrew, p.run(m.end))
}

// nextWord is the key of the word that begins directly at i, or empty.
func (p *para) nextWord(i int) string {
	end := i
	for end < len(p.r) && end-i < 20 && inWord(p.r[end]) {
		end++
	}
	return strings.ToLower(string(p.r[i:end]))
}
