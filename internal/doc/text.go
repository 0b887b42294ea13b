package doc

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
)

// FromText makes one paragraph of each line that shows something. Lines end as in any system's plain text; joining
// hard-wrapped lines is left to the caller, who knows where the text comes from.
func FromText(s string) (Body, []Report) {
	var reports []Report
	clean, dropped := cleanText(s)
	if dropped != "" {
		reports = append(reports, Report{"dropped control characters", 0, dropped})
	}
	var b Body
	for line := range strings.SplitSeq(clean, "\n") {
		line = strings.Trim(line, " ")
		if blank(line) {
			if line != "" {
				reports = append(reports, Report{"dropped a line that shows nothing", len(b.Blocks), line})
			}
			continue
		}
		b.Blocks = append(b.Blocks, Block{Kind: KindParagraph, Inline: []Inline{{Text: line}}})
	}
	return b, reports
}

// Text is the body as plain text, its blocks parted by an empty line. List items carry "• " or their number, table
// cells are parted by tabs, a separator is "* * *", a card is its title and address.
func (b Body) Text() string {
	var w textWriter
	w.blocks(b.Blocks, "")
	return strings.TrimRight(w.s.String(), "\n")
}

// Words counts the words of the running text: what stands between white space and holds a letter or a digit.
func (b Body) Words() int {
	n := 0
	for _, p := range b.Paragraphs() {
		for word := range strings.FieldsSeq(p.Text) {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				n++
			}
		}
	}
	return n
}

// Paragraphs lists every block that carries running text, in the order of the page and numbered from 1: paragraphs and
// headings, the names under quotes ("attribution"), captions with their credit, and the cells of tables.
func (b Body) Paragraphs() []Paragraph {
	var l lister
	l.blocks(b.Blocks, "paragraph", around{})
	return l.list
}

type lister struct{ list []Paragraph }

func (l *lister) add(text, kind string, a around) {
	if text != "" {
		l.list = append(l.list, Paragraph{len(l.list) + 1, text, kind, a.lang, a.dir})
	}
}

func (l *lister) blocks(blocks []Block, kind string, a around) {
	for _, b := range blocks {
		a := a.with(b)
		switch b.Kind {
		case KindParagraph:
			l.add(plain(b.Inline), kind, a)
		case KindHeading:
			l.add(plain(b.Inline), "heading", a)
		case KindQuote:
			l.blocks(b.Blocks, "quote", a)
			l.add(b.By, "attribution", a)
		case KindListItem:
			l.blocks(b.Blocks, "item", a)
		case KindNote:
			l.blocks(b.Blocks, "note", a)
		case KindImage:
			if b.Image != nil {
				l.add(joinWords(b.Image.Caption, b.Image.Credit), "caption", a)
			}
		case KindEmbed:
			if b.Embed != nil {
				l.add(joinWords(b.Embed.Title, b.Embed.Provider), "caption", a)
			}
		case KindTable:
			for _, row := range b.Rows {
				for _, c := range row.Cells {
					l.add(plain(c.Inline), "cell", a)
				}
			}
		default:
			l.blocks(b.Blocks, kind, a)
		}
	}
}

func joinWords(a, b string) string {
	return strings.Trim(a+" "+b, " ")
}

// plain is the text of a line, a break as "\n".
func plain(runs []Inline) string {
	if len(runs) == 1 && !runs[0].Break {
		return runs[0].Text
	}
	var s strings.Builder
	for _, run := range runs {
		if run.Break {
			s.WriteByte('\n')
		} else {
			s.WriteString(run.Text)
		}
	}
	return s.String()
}

type textWriter struct{ s strings.Builder }

func (w *textWriter) add(lead, text string) {
	if text != "" {
		w.s.WriteString(lead + text + "\n\n")
	}
}

// blocks writes each block; lead is put before the first text only (a list item's sign).
func (w *textWriter) blocks(blocks []Block, lead string) {
	for _, b := range blocks {
		w.block(b, lead)
		lead = ""
	}
}

func (w *textWriter) block(b Block, lead string) {
	switch b.Kind {
	case KindParagraph, KindHeading:
		w.add(lead, plain(b.Inline))
	case KindQuote:
		w.blocks(b.Blocks, lead)
		if b.By != "" {
			w.add("", "— "+b.By)
		}
	case KindBulletList, KindOrderedList:
		for i, item := range b.Blocks {
			sign := "• "
			if b.Kind == KindOrderedList {
				sign = strconv.Itoa(cmp.Or(b.Start, 1)+i) + ". "
			}
			w.blocks(item.Blocks, lead+sign)
			lead = ""
		}
	case KindImage:
		if b.Image != nil {
			w.add(lead, joinWords(b.Image.Caption, b.Image.Credit))
		}
	case KindEmbed:
		if b.Embed != nil {
			w.add(lead, joinWords(b.Embed.Title, b.Embed.URL))
		}
	case KindTable:
		w.table(b.Rows, lead)
	case KindSeparator:
		w.add(lead, "* * *")
	default:
		w.blocks(b.Blocks, lead)
	}
}

func (w *textWriter) table(rows []Row, lead string) {
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, strings.ReplaceAll(plain(c.Inline), "\n", " "))
		}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	w.add(lead, strings.Join(lines, "\n"))
}
