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
// cells are parted by tabs, a separator is "* * *", a card is its title and address. Footnotes stand at the end, each
// with its address. Suggested changes count as accepted.
func (b Body) Text() string {
	b = b.Accepted()
	var w textWriter
	w.blocks(b.Blocks, "")
	for _, note := range b.footnotes() {
		if href := note.run.Marks.Href; href != note.run.Footnote {
			w.add("", joinWords(note.run.Footnote, href))
		} else {
			w.add("", note.run.Footnote)
		}
	}
	return strings.TrimRight(w.s.String(), "\n")
}

// Words counts the words of the running text: what stands between white space and holds a letter or a digit. Footnotes
// are not counted; suggested changes count as accepted.
func (b Body) Words() int {
	n := 0
	for _, p := range b.Paragraphs() {
		if p.Kind == "footnote" {
			break
		}
		for word := range strings.FieldsSeq(p.Text) {
			if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				n++
			}
		}
	}
	return n
}

// Paragraphs lists every block that carries running text, in the order of the page and numbered from 1: paragraphs and
// headings, the names under quotes ("attribution"), captions with their credit, and the cells of tables; after all of
// them the footnotes, as they are printed. Suggested changes count as accepted, so that what is checked and compared is
// the text as it will stand.
func (b Body) Paragraphs() []Paragraph {
	b = b.Accepted()
	var l lister
	l.blocks(b.Blocks, "paragraph", around{})
	for _, note := range b.footnotes() {
		l.add(note.run.Footnote, "footnote", note.around)
	}
	return l.list
}

// footnote is a note with the language around it.
type footnote struct {
	run    Inline
	around around
}

// footnotes lists the notes in the order of their numbers.
func (b Body) footnotes() []footnote {
	var list []footnote
	b.lines(func(runs []Inline, a around) {
		for _, run := range runs {
			if run.Footnote != "" {
				list = append(list, footnote{run, a})
			}
		}
	})
	return list
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
