package wirefmt

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// para is a paragraph of plain text and the line it begins on.
type para struct {
	line int
	text string
}

// joined says what unwrapping did.
type joined struct{ lines, paras, first int }

// Lines wider than maxWrap characters are no broken lines, nor is a block that is narrower than minWrap; an only pair of
// lines is taken for one only between minLone and maxLone.
const (
	minWrap = 20
	maxWrap = 140
	minLone = 45
	maxLone = 100
)

// paragraphs makes paragraphs of lines. An empty line always parts two. Inside a block of lines each line is a
// paragraph, unless the block is hard-wrapped: its lines are about as wide as one another (the next line's first word
// would not have fitted, or hardly) and break off in the middle of sentences. Where the script has small letters, a
// line that begins with one shows that; where it has none, a line that ends without a full stop. Then the lines are
// joined by a space, up to the empty line, up to a line that ends a sentence well before the edge, or up to the next
// item of a list. Both kinds may stand in one text.
func paragraphs(lines []line) ([]para, joined) {
	var segments []segment
	longest := 0
	for _, block := range blocks(lines) {
		for _, run := range runs(block) {
			longest = max(longest, run.width)
			segments = append(segments, cutSegments(run)...)
		}
	}
	decideLone(segments, longest)
	decideByEdge(segments)
	var out []para
	var did joined
	for _, s := range segments {
		if s.proof != sure {
			for _, l := range s.lines {
				out = append(out, para{l.no, l.text})
			}
			continue
		}
		if did.lines == 0 {
			did.first = s.lines[0].no
		}
		did.lines += len(s.lines)
		did.paras++
		out = append(out, para{s.lines[0].no, join(s.lines)})
	}
	return out, did
}

// proof says how certain it is that a segment is hard-wrapped.
type proof int

const (
	none proof = iota
	lone       // one break only, or a text in a script without capitals that ends without a full stop
	sure
)

// segment is a piece of a block that is one paragraph if it is hard-wrapped.
type segment struct {
	lines []line
	width int // of the widest line of its block
	items int // lines of its block that begin like items of a list
	proof proof
}

func blocks(lines []line) [][]line {
	var out [][]line
	for len(lines) > 0 {
		n := 0
		for n < len(lines) && !lines[n].blank() {
			n++
		}
		if n > 0 {
			out = append(out, lines[:n])
		}
		lines = lines[min(n+1, len(lines)):]
	}
	return out
}

// runs parts a block at lines that are too wide to be broken ones.
func runs(block []line) []segment {
	var out []segment
	start := 0
	for i, l := range block {
		w := width(l.text)
		if w > maxWrap {
			if i > start {
				out = append(out, newRun(block[start:i]))
			}
			out = append(out, segment{lines: block[i : i+1], width: w})
			start = i + 1
		}
	}
	if start < len(block) {
		out = append(out, newRun(block[start:]))
	}
	return out
}

func newRun(lines []line) segment {
	run := segment{lines: lines}
	for _, l := range lines {
		run.width = max(run.width, width(l.text))
		if isItem(l.text) {
			run.items++
		}
	}
	return run
}

// cutSegments cuts a run where a paragraph plainly ends, and weighs each piece.
func cutSegments(run segment) []segment {
	var out []segment
	start := 0
	for i := range run.lines {
		if i+1 < len(run.lines) && !run.ends(i) {
			continue
		}
		piece := segment{lines: run.lines[start : i+1], width: run.width}
		piece.proof = piece.weigh()
		out = append(out, piece)
		start = i + 1
	}
	return out
}

// ends is true where line i of a run, were it hard-wrapped, is the last of its paragraph.
func (s segment) ends(i int) bool {
	this, next := s.lines[i].text, s.lines[i+1].text
	dash := firstRune(next) == '–' || firstRune(next) == '—' // may also begin a line in the middle of a sentence
	if isItem(next) && (endsSentence(this) || s.items > 1 && (!dash || isItem(this))) {
		return true
	}
	if !endsSentence(this) || startsSmall(next) {
		return false
	}
	return !s.full(i) || indent(next) > indent(this)+1
}

// full is true where the next line's first word would not have fitted onto line i, with a fifth to spare.
func (s segment) full(i int) bool {
	return (width(s.lines[i].text)+1+width(firstWord(s.lines[i+1].text)))*5 >= s.width*4
}

// weigh looks at the breaks between the lines of a piece.
func (s segment) weigh() proof {
	breaks := len(s.lines) - 1
	if breaks == 0 || s.width < minWrap {
		return none
	}
	short, broken, maybe, small, wide := 0, 0, 0, 0, 0
	for i := range breaks {
		this, next := s.lines[i].text, s.lines[i+1].text
		if !s.full(i) {
			short++
		}
		switch {
		case endsSentence(this):
		case startsSmall(next):
			broken, small = broken+1, small+1
		case startsCaseless(next) && width(this) >= 30:
			broken++
		default:
			maybe++
			if width(this) >= minLone {
				wide++
			}
		}
	}
	closed := endsSentence(s.lines[breaks].text)
	switch {
	case broken == 0 && breaks > 1 && wide == breaks && short == 0 && closed:
		return sure // only capitals at the starts, as German has them, but too regular for chance
	case short*5 > breaks, broken == 0, broken*4 < breaks, (broken+maybe)*2 < breaks:
		return none
	case breaks == 1, small == 0 && !closed:
		return lone
	}
	return sure
}

// decideLone settles the pieces that do not prove themselves: they are hard-wrapped where another piece of about the
// same width is, where two of them agree, or where the text has nothing wider.
func decideLone(segments []segment, longest int) {
	var widths [maxWrap + 1]int // how many pieces have a first line of that width
	for _, s := range segments {
		if s.proof != none {
			widths[firstWidth(s)]++
		}
	}
	for i, s := range segments {
		if s.proof != lone {
			continue
		}
		w, alike := firstWidth(s), 0
		for other, n := range widths {
			if d := other - w; d*d*25 <= other*other { // within a fifth
				alike += n
			}
		}
		if alike > 1 || len(s.lines) == 2 && w == longest && w >= minLone && w <= maxLone {
			segments[i].proof = sure
		}
	}
}

// decideByEdge settles pieces whose breaks all happen to fall between sentences: in a text that is hard-wrapped
// elsewhere they are too where no next word would have fitted before the same edge.
func decideByEdge(segments []segment) {
	edge := 0
	for _, s := range segments {
		if s.proof == sure {
			edge = max(edge, s.width)
		}
	}
	for i, s := range segments {
		if s.proof == none && len(s.lines) > 1 && s.width <= edge && s.fullAt(edge) {
			segments[i].proof = sure
		}
	}
}

// fullAt is true where no line has room for the next one's first word.
func (s segment) fullAt(edge int) bool {
	for i, l := range s.lines[1:] {
		if width(s.lines[i].text)+1+width(firstWord(l.text)) <= edge {
			return false
		}
	}
	return true
}

func firstWidth(s segment) int { return width(s.lines[0].text) }

// join puts the lines of a paragraph together by spaces; a word that was parted at a hyphen stays one word.
func join(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		text := strings.TrimSpace(l.text)
		if i > 0 && !hyphenated(lines[i-1].text, text) {
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}

func hyphenated(this, next string) bool {
	this = strings.TrimSpace(this)
	last, n := utf8.DecodeLastRuneInString(this)
	before, _ := utf8.DecodeLastRuneInString(this[:len(this)-n])
	return strings.ContainsRune("-\u2010\u00ad", last) && unicode.IsLetter(before) && startsSmall(next)
}

// width counts the characters of a line that take room.
func width(s string) int {
	n := 0
	for _, r := range strings.TrimSpace(s) {
		if r < 0x300 || !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Cf, r) {
			n++
		}
	}
	return n
}

func indent(s string) int {
	return utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeft(s, " \t"))
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, " \t")
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// isItem is true for a line of a list.
func isItem(s string) bool {
	s = strings.TrimLeftFunc(s, isInvisible)
	mark, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("•*-–—·▪", mark) && strings.HasPrefix(s[n:], " ")
}

// endsSentence is true where a line ends with a mark that ends sentences, perhaps inside quotes or brackets.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return isInvisible(r) || strings.ContainsRune("\"'”“’‘»«›‹)]", r) })
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:;؟؛۔", last) && s != ""
}

func firstLetter(s string) rune {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
	}
	return 0
}

func startsSmall(s string) bool { return unicode.IsLower(firstLetter(s)) }

func startsCaseless(s string) bool {
	r := firstLetter(s)
	return unicode.IsLetter(r) && !unicode.IsUpper(r) && !unicode.IsLower(r)
}
