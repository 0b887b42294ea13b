package doc

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readNotes finds the footnotes of a page, takes the notes out of its tree and remembers each by the mark in the text
// that leads to it. A footnote is a short mark (1, [1], iv, *) with a link to an element further down, which links back
// or, where the page says that the mark is a footnote's, need not. So write Word (_ftn1, _ftnref1), LibreOffice
// (sdfootnote1sym, sdfootnote1anc), Google Docs (ftnt1, ftnt_ref1), pandoc and other Markdown printers (fn1, fnref1),
// WordPress, Wikipedia, and we.
func (c *converter) readNotes(top *html.Node) {
	s := noteSearch{top: top, named: map[string]*html.Node{}, order: map[*html.Node]int{}, notes: map[*html.Node]*pageNote{},
		holders: map[*html.Node]bool{}}
	s.index(top)
	var pairs []notePair
	for _, a := range s.marks {
		if p, ok := s.pair(a); ok {
			pairs = append(pairs, p)
		}
	}
	c.notes = map[*html.Node]Inline{}
	if c.plainForm {
		find(top, func(n *html.Node) bool { return c.noteInPlace(n) })
	}
	for _, p := range pairs {
		c.takeNote(p)
	}
	for _, p := range pairs {
		s.takeOut(p.note)
	}
	words := s.tidy()
	for _, p := range pairs {
		words += " " + p.label + " " + p.note.label
		p.note.label = ""
	}
	if len(pairs) > 0 {
		c.report("footnotes are numbered anew", strings.Join(strings.Fields(words), " "))
	}
}

// takeNote remembers a note, and writes it where its mark stands: that is what remains of it in a caption, which holds
// plain text only.
func (c *converter) takeNote(p notePair) {
	c.notes[p.mark] = p.note.run
	c.noteMarks = append(c.noteMarks, p.mark)
	for child := p.mark.FirstChild; child != nil; child = p.mark.FirstChild {
		p.mark.RemoveChild(child)
	}
	words := " " + p.note.run.words()
	if href := p.note.run.Marks.Href; href != "" && href != p.note.run.Footnote {
		words += " <" + href + ">"
	}
	p.mark.AppendChild(&html.Node{Type: html.TextNode, Data: words})
	c.leftOut(p.note)
	p.note.links, p.note.unseen = nil, nil
}

// leftOut reports what of a note is no plain text.
func (c *converter) leftOut(n *pageNote) {
	for _, href := range n.links {
		c.report("dropped a link, its words kept", shorten(href))
	}
	for _, text := range n.unseen {
		c.report("dropped what a footnote hides", text)
	}
}

// notesLeft reports the notes whose mark stands where no footnote can: in a caption, or in what is dropped.
func (c *converter) notesLeft() {
	for _, mark := range c.noteMarks {
		if run, left := c.notes[mark]; left {
			c.report("a footnote stands in brackets, or is dropped with the words around it", joinWords(run.Footnote, run.Marks.Href))
		}
	}
}

// footnote writes a note in the line where its mark stands.
func (c *converter) footnote(n *html.Node, note Inline, x context) {
	delete(c.notes, n)
	if utf8.RuneCountInString(note.Footnote) > MaxFootnote {
		c.report("a footnote is too long and stands in brackets", "")
		c.text(" ["+note.Footnote+"]", x)
		return
	}
	note.Marks.Inserted, note.Marks.Deleted = x.marks.Inserted, x.marks.Deleted
	c.run(note, x)
}

// noteInPlace takes a note that stands in the line itself, as only the desk's plain form writes it. It never ends a search.
func (c *converter) noteInPlace(n *html.Node) bool {
	if n.DataAtom != atom.Sup || !hasClass(n, "noteref") || find(n, isNoFootnote) != nil || find(n, declaresNote) != nil {
		return false
	}
	note := &pageNote{container: n}
	(&noteSearch{}).read(note)
	if note.run.Footnote != "" {
		c.takeNote(notePair{mark: n, note: note})
	}
	return false
}

// noteText makes s the text of a footnote.
func noteText(s string) string { return strings.TrimSpace(plainLine(s)) }
