package manuscript

import (
	"strings"

	"broadsheet/internal/doc"
)

// A reader of a word processor's file makes a flat list of nodes; assemble.go
// builds the document out of it.

// node is a paragraph, a table, a box, or a note of the reader.
type node struct {
	para  *para
	table [][]cell
	box   []node // a text box
}

// role is what a paragraph's style says that it is.
type role int

const (
	plain role = iota
	title
	subtitle
	byline
	heading
	quote
	caption
	rule      // a line across the page
	continued // goes on with the list item before it
)

// para is one paragraph.
type para struct {
	role   role
	level  int // of a heading, from 1
	item   *item
	label  string // a heading's own number, as it is printed
	rtl    bool   // set so by the writer
	lang   string // as the file says
	inline []doc.Inline
	shots  []shot // pictures that hang on it
	boxes  [][]node
	joined bool // its end was deleted: the next one goes on

	last   strings.Builder // the run that is being written, of these marks
	marks  doc.Marks
	pieces int
}

// item is a paragraph's place in a list.
type item struct {
	level   int // from 0
	ordered bool
	number  int // of this item, where ordered
}

// shot is a picture in the text.
type shot struct {
	part    string // where its bytes are
	name    string
	alt     string
	caption string
}

// cell is a table's cell.
type cell struct {
	nodes            []node
	header           bool
	colspan, rowspan int
}

// text is what a paragraph says, in one line.
func (p *para) text() string {
	var b strings.Builder
	for _, run := range p.inline {
		if run.Break {
			b.WriteByte(' ')
		} else {
			b.WriteString(run.Text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p *para) empty() bool {
	return len(doc.Body{Blocks: []doc.Block{{Kind: doc.KindParagraph, Inline: p.inline}}}.Normal().Blocks) == 0
}

// add puts runs that are no text at the end.
func (p *para) add(runs ...doc.Inline) {
	p.flush()
	p.inline = append(p.inline, runs...)
	p.pieces += len(runs)
}

// addText puts a text at the end, cut at its line ends. Pieces with the same
// marks are one run: files come in crumbs. flush ends the last one.
func (p *para) addText(text string, m doc.Marks) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			p.add(doc.Inline{Break: true})
		}
		if line == "" {
			continue
		}
		if m != p.marks {
			p.flush()
			p.marks = m
		}
		p.last.WriteString(line)
		p.pieces++
	}
}

func (p *para) flush() {
	if p.last.Len() > 0 {
		p.inline = append(p.inline, doc.Inline{Text: p.last.String(), Marks: p.marks})
		p.last.Reset()
	}
}

// size tells whether something has come.
func (p *para) size() int { return p.pieces + len(p.shots) + len(p.boxes) }

// noteRuns are the runs of a footnote: most have one; a very long one is cut
// into several.
func noteRuns(text, href string) []doc.Inline {
	text = strings.Join(strings.Fields(text), " ")
	var out []doc.Inline
	for {
		runes := []rune(text)
		if len(runes) <= doc.MaxFootnote {
			break
		}
		out = append(out, doc.Inline{Footnote: string(runes[:doc.MaxFootnote])})
		text = string(runes[doc.MaxFootnote:])
	}
	if text != "" || href != "" {
		out = append(out, doc.Inline{Footnote: text, Marks: doc.Marks{Href: href}})
	}
	return out
}
