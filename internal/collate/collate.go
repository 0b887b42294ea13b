// Package collate compares texts and joins them: two states of an article side by side by paragraph and word, and two
// people's changes of one text in one. It is pure: no database, no clock, the same answer for the same texts.
//
// Words are cut as Unicode says (UAX 29), so that a Persian or Hebrew sentence is compared as well as an English one.
// Bodies are in the normal form of package doc, which every reader there returns.
//
// # Bounds
//
// Memory grows with the length of the texts alone. The longest common run of words is found exactly as long as that
// takes at most [mostSteps] steps, which is far more than two revisions of one article ever need; beyond, texts are
// aligned along the words that stand once in each, and where that ends too, a stretch counts as wholly different. Then
// a difference shows more than it must and a union holds both stretches: nothing is ever left out. Paragraphs that
// changed are looked for among [mostLike] neighbours.
package collate

import "broadsheet/internal/doc"

// Row is a place in two texts: a block on the left, on the right, or on both sides where they are the same block,
// changed or not. Of a paragraph that was parted in two, the second part stands in a row of its own.
type Row struct {
	Left, Right *Part // nil = this text has nothing here; never both
	Same        bool  // no difference at all
	Moved       bool  // all of it stands elsewhere in the other text
	Form        bool  // it is another kind of block now, or in another place of a list, or in another language
}

// Part is a block that is read as one: a paragraph, a heading, a list item, the name under a quote, a table cell, a
// picture with its caption, a card, a separator.
type Part struct {
	// Kind is the word of doc.Paragraph (paragraph, heading, quote, attribution, item, note, cell) or image, embed,
	// separator.
	Kind      string
	Level     int // of a heading
	Number    int // in its text, from 1
	Lang, Dir string
	Runs      []Run
}

// Run is a piece of a part with one set of marks.
type Run struct {
	doc.Inline
	Only bool // the other text does not have it, or has it with other marks or another link
}

// Plain is the run as plain text: a line break as "\n", a footnote in brackets.
func (r Run) Plain() string {
	if r.Break {
		return "\n"
	}
	return plain(r.Inline)
}

// Merged is two changes of one text in one.
type Merged struct {
	Body    doc.Body
	Clashes []Clash
}

// Clash is a place where both changed the same words. The merged body holds both there, theirs first; what one took
// out and the other changed stays as it was changed.
type Clash struct {
	Base, Theirs, Mine string // plain text; "" = nothing stood, or stands, there
	Before, After      string // some words around it, where it is in the middle of a paragraph
}
