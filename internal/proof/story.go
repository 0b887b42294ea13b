package proof

import (
	"strings"
	"unicode"
)

// story is an article cut up for the rules.
type story struct {
	copy  Copy
	lang  string // base language: "en", "ar", "fa" or another
	paras []*para
	found []Finding
	marks map[string]int // how many of each rule
}

// para is one paragraph cut up for the rules. All positions are indexes into r, which is what Finding counts.
type para struct {
	number   int
	at       int    // index in story.paras
	kind     string // doc's word
	lang     string // base language
	r        []rune
	from     int // where the text begins, behind a dateline that stands in it
	words    []word
	dateline span // the place, where the dateline stands in the text
	broken   bool // ends in the middle of a sentence
	quotes   quotes
	doubled  []span
	quoted   []quotedSpan // the outermost quotations
	years    []int        // the first years named in it; nil: not looked for yet
	voice    bool         // somebody in it says something
}

func newStory(c Copy) *story {
	s := &story{copy: c, marks: make(map[string]int), lang: baseLanguage(c.Language)}
	if s.lang == "" {
		s.lang = Language(c.texts()...)
	}
	for i, in := range c.Paragraphs {
		p := &para{number: in.Number, at: i, kind: in.Kind, lang: s.lang, r: []rune(in.Text)}
		if p.kind == "" {
			p.kind = "paragraph"
		}
		if strings.Count(in.Text, "|") > 3 {
			p.kind = "cell" // a table drawn with strokes
		}
		if l := baseLanguage(in.Lang); l != "" {
			p.lang = l
		}
		p.words = splitWords(p.r)
		s.paras = append(s.paras, p)
	}
	s.skipDateline()
	return s
}

// prose says whether the block is made of sentences: a paragraph of the story, of a quotation, or of a note.
func (p *para) prose() bool { return p.kind == "paragraph" || p.kind == "quote" || p.kind == "note" }

// story paragraphs carry the flow of the text: what is quoted in one may be spoken for in the one before.
func (p *para) plain() bool { return p.kind == "paragraph" }

func (p *para) rtl() bool { return p.lang == "ar" || p.lang == "fa" }

// run is the character at i, or 0 outside the paragraph.
func (p *para) run(i int) rune {
	if i < 0 || i >= len(p.r) {
		return 0
	}
	return p.r[i]
}

func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	return base
}

// texts are what the copy says, for Language.
func (c Copy) texts() []string {
	out := []string{c.Headline}
	for _, p := range c.Paragraphs {
		out = append(out, p.Text)
	}
	return out
}

// Language tells English, Arabic and Persian apart by the letters of texts: those only Persian has, and those it has
// at other places in Unicode than Arabic. It answers "en", "ar" or "fa".
func Language(texts ...string) string {
	var latin, arabic, persian, arab int
	count := func(text string) {
		for _, r := range text {
			switch {
			case r < 0x80:
				if unicode.IsLetter(r) {
					latin++
				}
			case strings.ContainsRune("پچژگکی", r):
				persian++
				arabic++
			case strings.ContainsRune("ةكيى", r):
				arab++
				arabic++
			case r >= 0x600 && r < 0x700:
				arabic++
			}
		}
	}
	for _, text := range texts {
		count(text)
	}
	switch {
	case arabic <= latin:
		return "en"
	case persian > arab:
		return "fa"
	}
	return "ar"
}
