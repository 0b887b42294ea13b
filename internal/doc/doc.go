// Package doc holds the body of an article: a tree of known blocks, never stored HTML.
//
// Whatever comes in (plain text, Markdown, HTML, the editor's JSON) is read into the same [Body]; what does not fit
// becomes the nearest thing that does, and a [Report] says so. Text is never lost: each character is in the body or in
// a report. The printers ([Body.HTML], [Body.Markdown], [Body.Text]) write only what the schema knows, so no input
// markup ever comes out again.
//
// A body in normal form (what every reader here returns, see [Body.Normal]) survives each way round unchanged:
// FromMarkdown(b.Markdown()), FromHTML(b.HTML(HTMLOptions{})) and JSON give b again.
//
// # The desk's plain form
//
// The desk writes standard Markdown (CommonMark) with tables (GitHub's). What differs, so that pasted copy stays copy:
//
//   - Headings are ## to ####; # becomes ##, ##### becomes ####, and no level is skipped. A line underlined with --- or === is not a heading.
//   - An indented line is an ordinary paragraph, not code. Code between ``` fences is a paragraph with line breaks.
//   - There are no reference links and no reference definitions ([1]: …): they stay as they are written.
//   - Bare addresses are text; <https://…> and [words](https://…) are links.
//   - HTML may be written; it passes the same rules as pasted HTML. <Name> that is no HTML element stays text.
//
// And what Markdown has no sign for:
//
//	A last line that begins with a dash names the speaker of a quote:
//
//	    > The bridge will open in May.
//	    > — Mira Halden, harbour master
//
//	A picture stands alone; the title is the caption, braces take the rest:
//
//	    ![The old bridge](/media/ab12/bridge.jpg "The bridge on Monday"){credit="Jon Vale" width=1600 height=900}
//
//	A video, post or map from elsewhere is a plain card with a link, on a line of its own:
//
//	    !embed https://video.example/8812 "The opening" {provider="Harbour TV"}
//
//	An editor's note, and a fact box ("note" and "fact"), end with three colons:
//
//	    ::: fact
//	    ## The bridge in figures
//
//	    - built in 1931
//	    :::
//
//	A block in another language or direction than the article carries it in braces at its end; before a list, a quote,
//	or a table the braces stand on a line of their own:
//
//	    پل در ماه مه باز می‌شود. {lang=fa}
//
//	    {lang=ar}
//
//	    > سيفتح الجسر في مايو.
//
//	A footnote or source stands in the line as in pandoc, plain words that may be one link as a whole:
//
//	    The bridge is closed^[Order 12/2026 of the port authority] since March^[[Minutes of 3 March](https://council.example/12)].
//
//	A suggested change is an insertion or a deletion with the number of who suggests it, the time (Unix seconds) and a
//	name of its own; <ins> and <del> without all three are what they are in pasted HTML:
//
//	    It opens in <del data-id="k3v9x2mq" data-by="12" data-at="1773500000">May</del>.
//
//	Foreign words inside a line: <bdi lang="fa">پل</bdi>. Sub- and superscript: H<sub>2</sub>O, m<sup>2</sup>.
//	___ alone on a line is a separator; a backslash at the end of a line breaks it inside the paragraph.
//
// Where a table has joined cells, or no head, it is written as an HTML table, with footnotes as <sup class="noteref">. A backslash before a sign makes it plain:
// \* \_ \# \< \{ \^.
//
// # HTML that is printed
//
// p, h1–h6, blockquote, figure, figcaption, ul, ol, li, img, table, thead, tbody, tr, th, td, hr, aside, br, a,
// strong, em, sub, sup, code, bdi, span, section. Classes: dateline, quote, embed, credit, note, fact, noteref, footnotes.
// No style, no script; an id only on a footnote (note-1) and on the number that leads to it (noteref-1).
// For the desk alone, [HTMLOptions] also prints ins and del with data-id, data-by and data-at.
//
// # Suggested changes
//
// A run of text may carry the suggestion that it be inserted or deleted. As long as one is unsettled, readers are shown
// what stood before ([Body.Original]); what is counted, searched and checked ([Body.Text], [Body.Words],
// [Body.Paragraphs]) is the text as it would stand if all were accepted, because that is the text being worked on.
package doc

import "errors"

// Limits of a body. They hold for every body that [Body.Validate] passes.
const (
	// MaxBytes is the size of a body stored as JSON, in bytes (2 MiB).
	MaxBytes = 2 << 20
	// MaxDepth is how many nodes may stand inside one another, counted as in the JSON: a paragraph in the document is
	// 1, a paragraph in a list item 3, a table cell 3.
	MaxDepth = 32
	// MaxSpan bounds colspan and rowspan of a table cell.
	MaxSpan = 100
	// MaxRows and MaxColumns bound a table.
	MaxRows    = 2000
	MaxColumns = 100
	// MaxStart is the greatest first number of an ordered list.
	MaxStart = 999_999
	// MaxFootnote is the length of a footnote's text, in characters.
	MaxFootnote = 4000
	// MaxPixels bounds width and height of a picture, in CSS pixels.
	MaxPixels = 100_000
)

// Version is the schema's version, stored with every body that is written. Version 1, which had no footnotes and no
// suggested changes, is still read.
const Version = 2

// ErrSchema is wrapped by every error about a body that does not follow the schema or its limits.
var ErrSchema = errors.New("doc: body does not follow the schema")

// Body is the text of an article. The zero value is an empty body. It is stored as JSON in the shape of a ProseMirror
// document, {"type":"doc","version":1,"content":[…]}, so that a rich editor can use exactly this schema.
type Body struct {
	Blocks []Block
}

// Kind names a block; the words are those of the JSON.
type Kind string

// The kinds of block, with the fields of [Block] that each may carry beside Lang and Dir.
const (
	KindParagraph   Kind = "paragraph"    // Inline
	KindHeading     Kind = "heading"      // Level 2–4, Inline; only in the document and in a note
	KindQuote       Kind = "quote"        // Blocks, By
	KindBulletList  Kind = "bullet_list"  // Blocks: list items
	KindOrderedList Kind = "ordered_list" // Blocks: list items; Start
	KindListItem    Kind = "list_item"    // Blocks; no Lang and Dir of its own
	KindImage       Kind = "image"        // Image
	KindEmbed       Kind = "embed"        // Embed
	KindTable       Kind = "table"        // Rows
	KindSeparator   Kind = "separator"    // nothing, not even Lang and Dir
	KindNote        Kind = "note"         // Note, Blocks; only in the document
)

// Block is one node of the tree. Kind says which of the fields mean something; [Body.Validate] refuses the others.
type Block struct {
	Kind Kind
	// Lang is a language tag (BCP 47, language-Script-REGION) where it differs from what is around; Dir is "ltr" or
	// "rtl". Lang never stands without Dir in normal form.
	Lang, Dir string
	Level     int       // heading: 2, 3 or 4
	Start     int       // ordered list: first number, 1 to MaxStart
	Note      string    // note: NoteEditor or NoteFact
	By        string    // quote: who said it, plain text without the dash; "" where nobody is named
	Inline    []Inline  // paragraph, heading
	Blocks    []Block   // quote, list, list item, note
	Image     *Picture  // image
	Embed     *LinkCard // embed
	Rows      []Row     // table
}

// The kinds of note.
const (
	NoteEditor = "note" // a word from the editors
	NoteFact   = "fact" // a fact box
)

// Inline is a run of text with one set of marks, or a line break (then Text is empty and Marks is zero), or a footnote
// (then Text is empty, and of the marks it may carry Href, the address of its source, and suggestions).
type Inline struct {
	Text     string
	Break    bool
	Footnote string // plain text of a note or source, at most MaxFootnote characters
	Marks    Marks
}

// Marks is what a run of text carries. Runs side by side with equal marks are one run in normal form.
type Marks struct {
	// Inserted and Deleted are suggestions: that the run come in, or go. Both where somebody suggests to delete what
	// somebody suggested to insert.
	Inserted, Deleted Change
	// Href makes the run a link: http, https, mailto, tel, a path, a query or a fragment.
	Href string
	// Foreign sets words of another language or direction apart (<bdi>); Lang and Dir as in [Block], either may be "".
	Foreign     bool
	Lang, Dir   string
	Strong      bool
	Emphasis    bool
	Superscript bool
	Subscript   bool // not together with Superscript
	Code        bool
}

// Change says who suggests a change; the zero value is none. Runs with the same ID are one suggestion: what is deleted
// and what stands in its place.
type Change struct {
	ID string // 8 to 20 of a–z and 0–9, given by the editor, never used twice in a body
	By int64  // number of the person
	At int64  // seconds since 1970
}

// Picture is an image of the body. Src is /media/… or an http(s) address; sizes are CSS pixels, 0 = unknown.
type Picture struct {
	Src           string
	Alt           string
	Caption       string
	Credit        string
	Width, Height int
}

// LinkCard is what becomes of foreign matter (video, post, map): an http(s) address, printed as a link, never as the
// other site's markup. Title is "" where it would only repeat the address.
type LinkCard struct {
	URL      string
	Title    string
	Provider string
}

// Row is a row of a table.
type Row struct {
	Cells []Cell
}

// Cell is a cell of a table; Colspan and Rowspan are 1 to MaxSpan (0 reads as 1).
type Cell struct {
	Header           bool
	Colspan, Rowspan int
	Inline           []Inline
}

// Report says what a reader had to change.
type Report struct {
	What  string // such as "dropped <script>" or "<h1> became heading 2"
	Where int    // number of the top-level block from 1, 0 = the whole text
	Text  string // the characters that were dropped or turned into something else, "" where none were
}

// Paragraph is a block that carries running text, as the copy check and the search see it.
type Paragraph struct {
	Number    int    // from 1
	Text      string // plain text; a line break is "\n"
	Kind      string // paragraph, heading, quote, attribution, item, note, cell, caption, footnote
	Lang, Dir string // as given in the body, inherited from the block around; "" = the article's
}

// Empty reports whether the body holds nothing, not even a suggestion.
func (b Body) Empty() bool { return len(b.Normal().Blocks) == 0 }
