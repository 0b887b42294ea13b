package news

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/locale"
)

// sameLine is a text of one line under the form in which it is compared: quotation
// marks, apostrophes, dashes, spaces and composed letters are unified.
func sameLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch r {
		case '“', '”', '„', '«', '»', '‟', '″':
			return '"'
		case '‘', '’', '‚', '‛', '′':
			return '\''
		case '–', '—', '‐', '‑':
			return '-'
		case '\u200c':
			return '\u200c' // the non-joiner spells
		case '\u0640', '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
			return -1 // tatweel and marks that show nothing
		}
		return r
	}, norm.NFC.String(s))), " ")
}

// piece is a word, a number or a sign of a text.
type piece struct {
	text  string
	key   string // of a word: as the lists have it
	word  bool   // begins with a letter
	digit bool   // begins with a digit
	space bool   // a space stands before it
	head  bool   // it begins a sentence
}

// pieces cuts a text. Words keep their apostrophes and hyphens, numbers their
// marks for thousands and decimals, the slashes of a date and the colon of a time.
func pieces(s string) []piece {
	var out []piece
	r := []rune(sameLine(s))
	space, head := false, true
	for i := 0; i < len(r); {
		if unicode.IsSpace(r[i]) {
			space = true
			i++
			continue
		}
		end := pieceEnd(r, i)
		p := piece{text: string(r[i:end]), word: unicode.IsLetter(r[i]), digit: unicode.IsDigit(r[i]), space: space, head: head}
		if p.word {
			p.key = wordKey(p.text)
		}
		out = append(out, p)
		switch {
		case p.word || p.digit:
			head = false
		case strings.ContainsAny(p.text, ".!?:؟…•"):
			head = true
		}
		space, i = false, end
	}
	return out
}

// pieceEnd is where the piece that begins at i ends.
func pieceEnd(r []rune, i int) int {
	j := i + 1
	switch {
	case unicode.IsLetter(r[i]):
		for j < len(r) && (inWord(r[j]) || j+1 < len(r) && strings.ContainsRune("'-", r[j]) && unicode.IsLetter(r[j+1])) {
			j++
		}
	case unicode.IsDigit(r[i]):
		for j < len(r) && (unicode.IsDigit(r[j]) || j+1 < len(r) && strings.ContainsRune(".,:/-٬٫،", r[j]) && unicode.IsDigit(r[j+1])) {
			j++
		}
	}
	return j
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\u200c'
}

// reader finds the facts of a passage.
type factReader struct {
	known  names
	base   string // the passage's language without its region
	pieces []piece
	out    map[MaterialKind][]mark
}

func marksOf(list []passage, known names) map[MaterialKind][]mark {
	out := map[MaterialKind][]mark{}
	for _, p := range list {
		base, _, _ := strings.Cut(p.language, "-")
		r := factReader{known: known, base: base, pieces: pieces(p.text), out: out}
		if p.name {
			r.add(MaterialName, r.pieces, false)
			continue
		}
		r.numbersAndDates()
		r.names()
		r.quotations(p.quote)
	}
	return out
}

// add notes a fact that several pieces make.
func (r *factReader) add(kind MaterialKind, of []piece, weak bool) {
	if len(of) > 0 {
		r.out[kind] = append(r.out[kind], mark{key: keyOf(of), text: textOf(of), weak: weak})
	}
}

func textOf(of []piece) string {
	var b strings.Builder
	for i, p := range of {
		if i > 0 && p.space {
			b.WriteByte(' ')
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// keyOf compares words and the signs that ask or call, not commas.
func keyOf(of []piece) string {
	var parts []string
	for _, p := range of {
		switch {
		case p.digit:
			parts = append(parts, locale.ParseDigits(p.text))
		case p.word:
			parts = append(parts, strings.TrimSuffix(sameLetters(p.text), "'s"))
		case strings.ContainsAny(p.text, "!?؟"):
			parts = append(parts, strings.ReplaceAll(p.text, "؟", "?"))
		}
	}
	return strings.Join(parts, " ")
}

// sameLetters unifies the two carriers of one letter that keyboards confuse.
func sameLetters(s string) string { return letters.Replace(s) }

var letters = strings.NewReplacer("ي", "ی", "ى", "ی", "ك", "ک")

// quotations are what stands between quotation marks, or the whole passage
// where it is a quotation itself. In a script without capitals, a few words
// between marks are a name.
func (r *factReader) quotations(whole bool) {
	if whole {
		var said []piece
		for _, p := range r.pieces {
			if p.text != `"` {
				said = append(said, p)
			}
		}
		r.add(MaterialQuotation, said, false)
		return
	}
	from := -1
	for i, p := range r.pieces {
		switch {
		case p.text != `"`:
		case from < 0:
			from = i + 1
		default:
			r.quoted(r.pieces[from:i])
			from = -1
		}
	}
	if from >= 0 {
		r.quoted(r.pieces[from:])
	}
}

func (r *factReader) quoted(said []piece) {
	words := 0
	for _, p := range said {
		if p.word || p.digit {
			words++
		}
	}
	if words == 0 {
		return
	}
	kind := MaterialQuotation
	if words <= 3 && (r.base == "ar" || r.base == "fa") {
		kind = MaterialName
	}
	r.add(kind, said, false)
}
