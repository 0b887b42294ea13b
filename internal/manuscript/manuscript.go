// Package manuscript reads the files that writers send (.docx, .odt, .html,
// .md, .txt) into a headline, a body and pictures. It is pure: bytes in,
// values out.
//
// Nothing is lost in silence: each visible character of the file is in the
// headline, the standfirst, the byline or the body, or a [Report] says that it
// was left out. What a file says of its kind, its size or its encoding is not
// believed: a zip bomb, a nest of a hundred thousand elements or an entity
// trick is refused with a sentence, at once and in little memory.
package manuscript

import (
	"bytes"
	"io"
	"path"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
)

// MaxFile is the size of the largest file that is read, in bytes.
const MaxFile = 25 << 20

// Manuscript is a file as a draft begins.
type Manuscript struct {
	Headline   string
	Standfirst string
	Byline     string // names parted by commas
	Body       doc.Body
	Pictures   []Picture // those that the body shows, in its order
	Language   string    // that most of its letters are of: "en", "ar", "fa"; "" = another one, or too little text to say
	Reports    []Report

	told map[Report]bool
}

// Picture is a file inside the manuscript. The body shows it under Src until
// it is kept elsewhere.
type Picture struct {
	Src  string // in the body; begins with PicturePrefix
	Name string
	Data []byte
}

// PicturePrefix begins the address under which the body shows a picture that
// is still in the manuscript.
const PicturePrefix = "/media/manuscript/"

// Report is one thing that is not in the draft, or not as it was.
type Report struct {
	Kind Kind
	Text string // the words that were left out, or what it speaks of; may be ""
}

// Kind names what a report tells.
type Kind string

// The kinds. Those above LeftOut tell of words that are not in the draft.
const (
	Deleted      Kind = "deleted"       // text that a tracked change deletes
	Comment      Kind = "comment"       // a comment in the margin
	Header       Kind = "header"        // the head of a page
	Footer       Kind = "footer"        // the foot of a page
	Hidden       Kind = "hidden"        // text that the file hides
	Contents     Kind = "contents"      // a table of contents
	Placeholder  Kind = "placeholder"   // "Click here to enter text"
	FrontMatter  Kind = "front-matter"  // lines of a Markdown file's head
	LeftOut      Kind = "left-out"      // other words
	PictureLost  Kind = "picture"       // a picture that is not in the file, or of a kind that is not read
	PictureCut   Kind = "picture-cut"   // a picture is shown in part only; all of it is in the draft
	Object       Kind = "object"        // a chart, a sheet, a drawing without words
	BadLink      Kind = "link"          // a link's address that no page may carry; its words are in the text
	Struck       Kind = "struck"        // struck-out words, kept as plain ones
	Formula      Kind = "formula"       // a formula, kept as its letters
	Numbering    Kind = "numbering"     // letters or Roman numbers of a list became plain numbers
	FlatTable    Kind = "flat-table"    // what stood in a table's cell became lines
	Letter       Kind = "letter"        // a sign of a symbol font that no other font has
	TextBox      Kind = "text-box"      // a text box became a fact box or paragraphs
	Encoding     Kind = "encoding"      // the file was not UTF-8; Text is what it was
	MarkupChange Kind = "markup-change" // other markup became the nearest thing
)

// Read reads a file. Its kind is found in its bytes; name, as its writer calls
// it, decides only between kinds of plain text. What is no manuscript, is
// damaged or hostile is news.Invalid, what is over the limits news.TooLarge;
// both carry a sentence for the writer.
func Read(name string, file io.ReaderAt, size int64) (Manuscript, error) {
	if size > MaxFile {
		return Manuscript{}, news.Refuse(news.TooLarge, "error.upload.large", "a file has at most %d MB", MaxFile>>20)
	}
	head := make([]byte, min(size, 1024))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return Manuscript{}, err
	}
	m, err := read(name, file, size, head)
	if err != nil {
		return Manuscript{}, err
	}
	dir := "ltr"
	m.Language = languageOf(m.Headline + "\n" + m.Body.Text())
	if rightToLeft(m.Language) {
		dir = "rtl"
	}
	m.sides(m.Body.Blocks, dir)
	if m.Body = m.Body.Normal(); m.Language != "" {
		m.Body = m.Body.In(m.Language, "") // blocks say only what differs
	}
	return m, m.check()
}

func read(name string, file io.ReaderAt, size int64, head []byte) (Manuscript, error) {
	switch {
	case len(bytes.TrimSpace(head)) == 0 && size <= int64(len(head)):
		return Manuscript{}, refuse("empty", "the file is empty")
	case bytes.HasPrefix(head, []byte("PK")):
		return readArchive(file, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return Manuscript{}, refuse("old", "this is an old Word file (.doc) or one with a password: save it as .docx without a password and send that")
	case bytes.HasPrefix(head, []byte(`{\rtf`)):
		return Manuscript{}, refuse("rtf", "this is a rich-text file (RTF): save it as .docx or .odt and send that")
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return Manuscript{}, refuse("pdf", "this is a PDF: its text has no order that can be trusted; send the document that it was made of")
	}
	data := make([]byte, size)
	if _, err := file.ReadAt(data, 0); err != nil && err != io.EOF {
		return Manuscript{}, err
	}
	switch ext := strings.ToLower(path.Ext(name)); {
	case isMHTML(data):
		return readMHTML(data)
	case ext == ".html" || ext == ".htm" || ext == ".xhtml" || isPage(head):
		return readPage(data)
	case ext == ".md" || ext == ".markdown":
		return readMarkdown(data)
	}
	return readText(data)
}

func refuse(what, format string, args ...any) error {
	return news.Refuse(news.Invalid, "error.manuscript."+what, format, args...)
}

// check holds the draft to the limits of an article, so that what is read here
// can be kept.
func (m *Manuscript) check() error {
	if m.Headline == "" && m.Body.Empty() {
		return refuse("no-text", "there is no text in the file")
	}
	if err := m.Body.Validate(); err != nil {
		return tooLong(err)
	}
	return nil
}

// mostLetters is the most text that is read of a file, in bytes: more than any
// article has.
const mostLetters = 4 * doc.MaxBytes

func tooLong(err error) error {
	refusal := news.Refuse(news.TooLarge, "error.manuscript.fit", "the text is longer than an article of 2 MB, or has a table of over %d rows or %d columns", doc.MaxRows, doc.MaxColumns)
	refusal.Err = err
	return refusal
}
