package manuscript

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/wirefmt"
)

// isPage tells a web page by how it begins.
func isPage(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	low := bytes.ToLower(head[:min(len(head), 200)])
	return bytes.HasPrefix(low, []byte("<!doctype html")) || bytes.HasPrefix(low, []byte("<html")) || bytes.HasPrefix(low, []byte("<?xml")) && bytes.Contains(low, []byte("<html"))
}

// readPage reads HTML: its headline is the first heading of the highest level,
// else its title.
func readPage(data []byte) (Manuscript, error) {
	return readPageWith(data, "", func(string) ([]byte, string) { return nil, "" })
}

// readPageWith also finds pictures that lie beside the page.
func readPageWith(data []byte, declared string, beside func(src string) (data []byte, name string)) (Manuscript, error) {
	var m Manuscript
	text, err := m.decodePage(data, declared)
	if err != nil {
		return m, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil { // more elements open at once than a browser would keep
		refusal := refuse("nested", "the file nests its parts more than %d deep, as no word processor does; it was not read", 512)
		return m, refusal
	}
	p := &page{m: &m, beside: beside, known: map[string]string{}}
	p.walk(root)
	if err := p.limits(); err != nil {
		return m, err
	}
	var b strings.Builder
	if err := html.Render(&b, root); err != nil {
		return m, damaged(err)
	}
	body, reports := doc.FromHTML(b.String())
	m.fromDoc(reports)
	settle(body.Blocks)
	m.headBody(body, p)
	m.finish()
	return m, nil
}

// page is what is found in a page before its text is read.
type page struct {
	m       *Manuscript
	beside  func(src string) (data []byte, name string)
	known   map[string]string
	title   string
	summary string
	h1      string
	titled  bool // h1 is of the title's class
	letters int
}

func (p *page) limits() error {
	if p.letters > mostLetters {
		return tooLong(nil)
	}
	return nil
}

// walk notes title and author, and puts pictures that the file brings along
// under an address of their own.
func (p *page) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.TextNode:
			p.letters += len(c.Data)
		case c.DataAtom == atom.Title && n.DataAtom == atom.Head:
			p.title = oneLine(textOf(c))
			n.RemoveChild(c)
		case c.DataAtom == atom.Style || c.DataAtom == atom.Script || c.Type == html.CommentNode:
			n.RemoveChild(c) // nobody sees it
		case c.DataAtom == atom.Div && (attribute(c, "title") == "header" || attribute(c, "title") == "footer"): // LibreOffice's
			p.m.report(Kind(attribute(c, "title")), oneLine(textOf(c)))
			n.RemoveChild(c)
		case p.headline(c):
			p.walk(c)
		case c.DataAtom == atom.Img:
			p.picture(c)
		default:
			p.walk(c)
		}
		c = next
	}
}

// headline notes the first heading of the highest level, and what word
// processors class as title and subtitle.
func (p *page) headline(n *html.Node) bool {
	for class := range strings.FieldsSeq(strings.ToLower(attribute(n, "class"))) {
		switch {
		case (class == "title" || class == "msotitle") && !p.titled:
			p.h1, p.titled = oneLine(textOf(n)), true
			return true
		case (class == "subtitle" || class == "msosubtitle") && p.summary == "":
			p.summary = oneLine(textOf(n))
			return true
		}
	}
	if n.DataAtom == atom.H1 && p.h1 == "" {
		p.h1 = oneLine(textOf(n))
		return true
	}
	return false
}

func (p *page) picture(n *html.Node) {
	for i := range n.Attr {
		if n.Attr[i].Key != "src" {
			continue
		}
		src := n.Attr[i].Val
		if kept, ok := p.known[src]; ok {
			n.Attr[i].Val = kept
			return
		}
		data, name := dataOf(src)
		if data == nil {
			data, name = p.beside(src)
		}
		if data == nil {
			if !strings.HasPrefix(src, "http://") && !strings.HasPrefix(src, "https://") && src != "" {
				p.m.report(PictureLost, strings.TrimSpace(attribute(n, "alt")+" "+shortened(src)))
				n.Attr[i].Val = ""
			}
			return
		}
		kept := p.m.addPicture(name, attribute(n, "alt"), data)
		p.known[src] = kept
		n.Attr[i].Val = kept
	}
}

// shortened keeps a report readable where an address is a whole picture.
func shortened(s string) string {
	if len(s) > 100 {
		s = strings.ToValidUTF8(s[:100], "") + "…"
	}
	return s
}

// dataOf reads a picture out of its own address (RFC 2397).
func dataOf(src string) (data []byte, name string) {
	rest, ok := strings.CutPrefix(src, "data:image/")
	if !ok {
		return nil, ""
	}
	kind, body, ok := strings.Cut(rest, ",")
	if !ok {
		return nil, ""
	}
	var err error
	if kind, isBase64 := strings.CutSuffix(kind, ";base64"); isBase64 {
		data, err = base64.StdEncoding.DecodeString(strings.Map(dropSpace, body))
		if err != nil {
			data, err = base64.RawStdEncoding.DecodeString(strings.Map(dropSpace, strings.TrimRight(body, "=")))
		}
		return orNothing(data, err), "picture." + kind
	}
	text, err := url.PathUnescape(body)
	return orNothing([]byte(text), err), "picture." + kind
}

func orNothing(data []byte, err error) []byte {
	if err != nil {
		return nil
	}
	return data
}

func dropSpace(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return b.String()
}

// headBody takes the headline out of a body that was read from a page.
func (m *Manuscript) headBody(body doc.Body, p *page) {
	blocks := body.Blocks
	at := p.headlineIn(blocks)
	switch {
	case at >= 0:
		m.Headline = oneLine(lineOf(blocks[at]))
	case p.title != "" && fits(p.title):
		m.Headline = p.title
	}
	if at >= 0 {
		blocks = without(blocks, at)
	}
	at = max(at, 0)
	if p.summary != "" && at < len(blocks) && oneLine(lineOf(blocks[at])) == p.summary && !linked(blocks[at]) {
		m.Standfirst = p.summary
		blocks = without(blocks, at)
	}
	m.Body = doc.Body{Blocks: m.takeSigned(blocks, at)}
	if known := m.Headline + "\n" + oneLine(m.Body.Text()); p.title != "" && !strings.Contains(known, p.title) && (m.Headline == "" || !strings.Contains(p.title, m.Headline)) {
		m.report(LeftOut, p.title)
	}
}

// takeSigned takes a line such as "By Rana Reed" out, if it stands there.
func (m *Manuscript) takeSigned(blocks []doc.Block, at int) []doc.Block {
	if at >= len(blocks) || blocks[at].Kind != doc.KindParagraph || linked(blocks[at]) || m.Byline != "" {
		return blocks
	}
	name := signed(oneLine(lineOf(blocks[at])))
	if name == "" {
		return blocks
	}
	m.Byline = name
	return without(blocks, at)
}

// headlineIn is the block that holds the headline: what the page classes as
// its title, a strong line at its top, its first heading of the highest level,
// what repeats the page's own title, or, where it has none, a short first line.
// -1 = none.
func (p *page) headlineIn(blocks []doc.Block) int {
	h1, named := -1, -1
	for i, b := range blocks {
		text := oneLine(lineOf(b))
		if text == "" || !fits(text) || linked(b) {
			continue
		}
		if h1 < 0 && text == p.h1 && (b.Kind == doc.KindHeading || p.titled) {
			h1 = i
		}
		if named < 0 && sameWords(text, p.title) {
			named = i
		}
	}
	first := len(blocks) > 0 && headlineBlock(blocks[0])
	switch {
	case first && h1 > 2 && !p.titled && allStrong(blocks[0].Inline):
		return 0
	case h1 >= 0:
		return h1
	case named >= 0:
		return named
	case first && p.title == "":
		return 0
	}
	return -1
}

func allStrong(runs []doc.Inline) bool {
	for _, run := range runs {
		if !run.Marks.Strong && strings.TrimSpace(run.Text) != "" {
			return false
		}
	}
	return true
}

func without(blocks []doc.Block, at int) []doc.Block {
	return append(append([]doc.Block(nil), blocks[:at]...), blocks[at+1:]...)
}

// headlineBlock: a heading, or a short line that does not end like a sentence.
func headlineBlock(b doc.Block) bool {
	if b.Kind != doc.KindHeading && b.Kind != doc.KindParagraph || linked(b) {
		return false
	}
	return headlineLike(&para{inline: b.Inline}) && lineOf(b) != ""
}

func linked(b doc.Block) bool {
	for _, run := range b.Inline {
		if run.Footnote != "" || run.Marks.Href != "" {
			return true
		}
	}
	return false
}

func lineOf(b doc.Block) string { return (&para{inline: b.Inline}).text() }

func fits(s string) bool { return utf8.RuneCountInString(s) <= longestHeadline }

func sameWords(a, b string) bool { return strings.EqualFold(oneLine(a), oneLine(b)) }

// fromDoc turns what the reader of the body had to change into reports.
func (m *Manuscript) fromDoc(reports []doc.Report) {
	for _, r := range reports {
		switch {
		case strings.HasPrefix(r.What, "dropped") && strings.TrimSpace(r.Text) != "":
			m.report(LeftOut, oneLine(r.Text))
		case len([]rune(r.Text)) > 12:
			m.report(MarkupChange, oneLine(r.Text))
		}
	}
}

// decodePage finds the letters of a page. What it says of its encoding is
// believed only where its bytes do not say otherwise: valid UTF-8 is UTF-8.
func (m *Manuscript) decodePage(data []byte, declared string) (string, error) {
	text, found, err := wirefmt.Decode(data)
	if err == nil && (found == wirefmt.UTF8 || found == wirefmt.UTF16LE || found == wirefmt.UTF16BE) {
		if found != wirefmt.UTF8 {
			m.report(Encoding, found)
		}
		return text, nil
	}
	kind := "text/html"
	if declared != "" {
		kind += "; charset=" + declared
	}
	enc, name, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], kind)
	if certain && name != "utf-8" {
		if out, fault := enc.NewDecoder().Bytes(data); fault == nil && !bytes.Contains(out, []byte("\ufffd")) && news.CodeOf(err) != news.TooLarge {
			m.report(Encoding, name)
			return string(out), nil
		}
	}
	if err != nil {
		return "", undecoded(err)
	}
	m.report(Encoding, found)
	return text, nil
}

// lastWord is the last word of an address.
func lastWord(address string) string {
	if u, err := url.Parse(address); err == nil && u.Path != "" {
		address = u.Path
	}
	return path.Base(strings.ReplaceAll(address, `\`, "/"))
}
