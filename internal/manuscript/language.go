package manuscript

import (
	"strings"
	"unicode"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
)

// direction of a paragraph: as its writer has set it, else by its first strong
// letter. Its language is what its letters prove, else what the file says, if
// that is written in this direction: programs put the keyboard's language on
// words of another.
func (p *para) direction() (lang, dir string) {
	text := p.text()
	if text == "" {
		return "", ""
	}
	dir = locale.DirectionOf(text)
	if p.rtl {
		dir = "rtl"
	}
	lang, _, _ = strings.Cut(p.lang, "-")
	if lang = strings.ToLower(lang); dir == "" || rightToLeft(lang) != (dir == "rtl") {
		lang = ""
	}
	if dir == "rtl" && (lang == "" || lang == "ar" || lang == "fa") {
		if proven := arabicOrPersian(text); proven != "" {
			lang = proven
		}
	}
	return lang, dir
}

// arabicOrPersian tells the two apart where a text has letters of one only.
func arabicOrPersian(text string) string {
	persian, arab := 0, 0
	for _, r := range text {
		switch {
		case strings.ContainsRune(persianOnly, r):
			persian++
		case strings.ContainsRune(arabicOnly, r):
			arab++
		}
	}
	switch {
	case persian > arab:
		return "fa"
	case arab > persian:
		return "ar"
	}
	return ""
}

// rightToLeft knows more languages than the paper speaks: files come in any.
func rightToLeft(lang string) bool {
	switch lang {
	case "ar", "fa", "ur", "he", "ckb", "ps", "sd", "ug", "yi", "dv", "syr", "az-arab":
		return true
	}
	return false
}

// Letters that Persian has and Arabic has not, and the other way round.
const (
	persianOnly = "پچژگکی"
	arabicOnly  = "ةىيكؤإ"
)

// languageOf tells English, Arabic and Persian apart by their letters: "" for
// what is none of them or too short to say.
func languageOf(text string) string {
	latin, arabic, other := 0, 0, 0
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		default:
			other++
		}
	}
	switch {
	case arabic >= 3 && arabic > latin && arabic > other && arabicOrPersian(text) == "fa":
		return "fa"
	case arabic >= 3 && arabic > latin && arabic > other:
		return "ar"
	case latin > arabic && latin > other && englishWords(text):
		return "en"
	}
	return ""
}

// englishWords: English and its neighbours have the same letters; the small
// words tell.
func englishWords(text string) bool {
	small, all := 0, 0
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		if all++; all > 400 {
			break
		}
		switch strings.Trim(word, ".,;:!?\"'()“”‘’") {
		case "the", "of", "and", "to", "in", "a", "is", "was", "for", "on", "that", "with", "at", "by", "from", "has", "have", "be", "are", "were", "it", "an":
			small++
		}
	}
	return small*8 >= all && small > 0
}

// sides sets apart what is written in another direction than the whole, where
// the file does not say so.
func (m *Manuscript) sides(blocks []doc.Block, dir string) {
	for i := range blocks {
		b := &blocks[i]
		m.sides(b.Blocks, dir)
		if b.Kind != doc.KindParagraph && b.Kind != doc.KindHeading || b.Lang != "" {
			continue
		}
		text := lineOf(*b)
		if b.Dir == "" {
			if own := locale.DirectionOf(text); own != "" && own != dir {
				b.Dir = own
			}
		}
		switch {
		case b.Dir == "rtl" && dir != "rtl":
			b.Lang = arabicOrPersian(text)
		case b.Dir == "ltr" && dir != "ltr" && englishWords(text):
			b.Lang = "en"
		}
	}
}

// settle gives a block the language that most of its words are marked with,
// and takes the marks off: programs mark every word where the line itself is
// of that language.
func settle(blocks []doc.Block) {
	for i := range blocks {
		b := &blocks[i]
		settle(b.Blocks)
		if b.Kind != doc.KindParagraph && b.Kind != doc.KindHeading || b.Lang != "" {
			continue
		}
		if lang := mostMarked(b.Inline); lang != "" {
			b.Lang, b.Dir = lang, ""
			unmark(b.Inline, lang)
			if proven := arabicOrPersian(lineOf(*b)); proven != "" && (lang == "ar" || lang == "fa") {
				b.Lang = proven
			}
		}
	}
	for i := range blocks {
		if b := &blocks[i]; b.Kind == doc.KindTable {
			settleTable(b)
		}
	}
}

func settleTable(b *doc.Block) {
	var all []doc.Inline
	for _, row := range b.Rows {
		for _, c := range row.Cells {
			all = append(all, c.Inline...)
		}
	}
	lang := mostMarked(all)
	if lang == "" || b.Lang != "" {
		return
	}
	b.Lang, b.Dir = lang, ""
	for _, row := range b.Rows {
		for _, c := range row.Cells {
			unmark(c.Inline, lang)
		}
	}
}

// mostMarked is the language of more than half of the letters; "" = of none.
func mostMarked(runs []doc.Inline) string {
	letters, all := map[string]int{}, 0
	for _, run := range runs {
		n := 0
		for _, r := range run.Text {
			if unicode.IsLetter(r) {
				n++
			}
		}
		all += n
		letters[mainLanguage(run.Marks.Lang)] += n
	}
	for lang, n := range letters {
		if lang != "" && n*2 > all {
			return lang
		}
	}
	return ""
}

func unmark(runs []doc.Inline, lang string) {
	for i := range runs {
		if m := &runs[i].Marks; m.Foreign && mainLanguage(m.Lang) == lang {
			m.Foreign, m.Lang, m.Dir = false, "", ""
		}
	}
}

func mainLanguage(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(lang)
}
