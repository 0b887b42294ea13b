package doc

import (
	"bufio"
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// markdownParser is safe for use by several goroutines at once and never changes.
var markdownParser parser.Parser = newMarkdownParser()

// FromMarkdown reads the desk's plain form (see the package comment). It is parsed by goldmark and then takes the way of
// FromHTML, so that Markdown can bring nothing in that HTML cannot.
func FromMarkdown(s string) (Body, []Report) {
	clean, dropped := cleanText(s)
	source := []byte(clean + "\n")
	root := markdownParser.Parse(text.NewReader(source))
	var buf bytes.Buffer
	m := &markup{source: source, w: bufio.NewWriter(&buf)}
	m.blocks(root)
	m.w.Flush()
	body, reports := fromHTML(buf.String(), true)
	reports = append(m.reports, reports...)
	if dropped != "" {
		reports = append(reports, Report{"dropped control characters", 0, dropped})
	}
	return body, reports
}

// markup writes goldmark's tree as the HTML that FromHTML reads. Its output is never shown to anyone.
type markup struct {
	source  []byte
	w       *bufio.Writer
	reports []Report
	block   int // number of the top-level block
}

func (m *markup) add(parts ...string) {
	for _, s := range parts {
		m.w.WriteString(s)
	}
}

func (m *markup) report(what, text string) {
	m.reports = append(m.reports, Report{what, m.block, text})
}

func (m *markup) escape(s string) { html.DefaultWriter.RawWrite(m.w, []byte(s)) }

func (m *markup) attr(name, value string) {
	if value != "" {
		m.add(" ", name, `="`)
		m.escape(value)
		m.add(`"`)
	}
}

// langDir writes both wherever a language is given: in braces it brings its direction.
func (m *markup) langDir(attrs map[string]string) {
	m.attr("lang", attrs["lang"])
	m.attr("dir", bracesDir(attrs))
}

func bracesDir(attrs map[string]string) string {
	if attrs["dir"] == "" && attrs["lang"] != "" {
		return langDir(attrs["lang"])
	}
	return attrs["dir"]
}

// blocks writes the children of a container. Braces alone on a line belong to the block after them.
func (m *markup) blocks(parent ast.Node) {
	var ahead map[string]string
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if parent.Kind() == ast.KindDocument {
			m.block++
		}
		if b := loneBraces(n); b != nil && takesLang(n.NextSibling()) {
			ahead = b.attrs
			continue
		}
		m.blockNode(n, ahead)
		ahead = nil
	}
}

func loneBraces(n ast.Node) *bracesNode {
	if !isParagraph(n) || n.ChildCount() == 0 {
		return nil
	}
	b, ok := n.FirstChild().(*bracesNode)
	if !ok || !onlyKeys(b.attrs, "lang", "dir") {
		return nil
	}
	for c := b.NextSibling(); c != nil; c = c.NextSibling() {
		if !emptyText(c) {
			return nil
		}
	}
	return b
}

func isParagraph(n ast.Node) bool {
	return n != nil && (n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock)
}

func emptyText(n ast.Node) bool {
	t, ok := n.(*ast.Text)
	return ok && t.Segment.IsEmpty()
}

func takesLang(n ast.Node) bool {
	if n == nil || loneBraces(n) != nil {
		return false
	}
	switch n.Kind() {
	case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading, ast.KindBlockquote, ast.KindList, east.KindTable,
		ast.KindHTMLBlock:
		return true
	}
	return false
}

func (m *markup) blockNode(n ast.Node, ahead map[string]string) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		m.line("p", n, ahead)
	case *ast.Heading:
		m.line("h"+strconv.Itoa(n.Level), n, ahead)
	case *ast.Blockquote:
		m.quote(n, ahead)
	case *ast.List:
		m.list(n, ahead)
	case *ast.ThematicBreak:
		m.add("<hr>\n")
	case *ast.FencedCodeBlock:
		m.fence(n)
	case *ast.HTMLBlock:
		m.htmlBlock(n, ahead)
	case *plainNode:
		m.report("kept as plain text: too many signs in one paragraph", "")
		m.add("<p>")
		m.lines(n)
		m.add("</p>\n")
	case *noteNode:
		m.add(`<aside`)
		m.attr("class", n.note)
		m.langDir(n.attrs)
		m.add(">\n")
		m.blocks(n)
		m.add("</aside>\n")
	case *cardNode:
		m.card(n)
	case *east.Table:
		m.table(n, ahead)
	default:
		m.blocks(n)
	}
}

// line writes a paragraph or heading; braces at its end are its own.
func (m *markup) line(name string, n ast.Node, attrs map[string]string) {
	last := n.LastChild()
	for last != nil && emptyText(last) {
		last = last.PreviousSibling()
	}
	b, ok := last.(*bracesNode)
	if ok && b.PreviousSibling() != nil && b.PreviousSibling().Kind() != ast.KindImage && onlyKeys(b.attrs, "lang", "dir") {
		attrs = b.attrs
	} else {
		b = nil
	}
	m.add("<", name)
	m.langDir(attrs)
	m.add(">")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if b == nil || c != ast.Node(b) {
			m.inline(c)
		}
	}
	m.add("</", name, ">\n")
}

// quote writes a figure, so that the speaker is found again even where the quote is empty.
func (m *markup) quote(n *ast.Blockquote, ahead map[string]string) {
	m.add("<figure")
	m.langDir(ahead)
	m.add("><blockquote>\n")
	var by []ast.Node
	if last := n.LastChild(); isParagraph(last) {
		by = m.attribution(last)
	}
	for _, c := range by {
		c.Parent().RemoveChild(c.Parent(), c)
	}
	m.blocks(n)
	m.add("</blockquote>")
	if len(by) > 0 {
		m.add("<figcaption>")
		for _, c := range by {
			m.inline(c)
		}
		m.add("</figcaption>")
	}
	m.add("</figure>\n")
}

// attribution is the last line of a quote's last paragraph where it begins with a dash and a space.
func (m *markup) attribution(p ast.Node) []ast.Node {
	first := p.FirstChild()
	for c := p.LastChild(); c != nil; c = c.PreviousSibling() {
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) && c.NextSibling() != nil {
			first = c.NextSibling()
			break
		}
	}
	t, ok := first.(*ast.Text)
	if !ok {
		return nil
	}
	s := string(t.Segment.Value(m.source))
	if !strings.HasPrefix(s, "— ") && !strings.HasPrefix(s, "-- ") {
		return nil
	}
	var nodes []ast.Node
	for c := first; c != nil; c = c.NextSibling() {
		nodes = append(nodes, c)
	}
	return nodes
}

func (m *markup) list(n *ast.List, ahead map[string]string) {
	name := "ul"
	if n.IsOrdered() {
		name = "ol"
	}
	m.add("<", name)
	if n.IsOrdered() && n.Start != 1 {
		m.attr("start", strconv.Itoa(n.Start))
	}
	m.langDir(ahead)
	m.add(">\n")
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		m.add("<li>")
		m.blocks(item)
		m.add("</li>\n")
	}
	m.add("</", name, ">\n")
}

func (m *markup) fence(n *ast.FencedCodeBlock) {
	if n.Info != nil {
		m.report("dropped the name after a code fence", string(n.Info.Segment.Value(m.source)))
	}
	m.add("<pre>\n")
	m.lines(n)
	m.add("</pre>\n")
}

func (m *markup) lines(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		m.escape(string(line.Value(m.source)))
	}
}

func (m *markup) card(n *cardNode) {
	m.add(`<figure class="embed"`)
	m.langDir(n.attrs)
	m.add("><a")
	m.attr("href", n.card.URL)
	m.add(">")
	m.escape(n.card.Title)
	m.add("</a>")
	if n.card.Provider != "" {
		m.add("<figcaption>")
		m.escape(n.card.Provider)
		m.add("</figcaption>")
	}
	m.add("</figure>\n")
}

func (m *markup) table(n *east.Table, ahead map[string]string) {
	m.add("<table")
	m.langDir(ahead)
	m.add(">\n")
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		name := "td"
		if row.Kind() == east.KindTableHeader {
			name = "th"
		}
		m.add("<tr>")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			m.add("<", name, ">")
			for c := cell.FirstChild(); c != nil; c = c.NextSibling() {
				m.inline(c)
			}
			m.add("</", name, ">")
		}
		m.add("</tr>\n")
	}
	m.add("</table>\n")
}

var firstTag = regexp.MustCompile(`^\s*<[a-zA-Z][a-zA-Z0-9]*`)

// htmlBlock passes HTML on, closed in itself; braces before it become attributes of its first tag.
func (m *markup) htmlBlock(n *ast.HTMLBlock, ahead map[string]string) {
	var raw bytes.Buffer
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		raw.Write(line.Value(m.source))
	}
	if n.HasClosure() {
		raw.Write(n.ClosureLine.Value(m.source))
	}
	s := raw.String()
	if tag := firstTag.FindString(s); tag != "" && ahead != nil {
		rest := s[len(tag):]
		if ahead["lang"] != "" {
			tag += ` lang="` + ahead["lang"] + `"`
		}
		s = tag + ` dir="` + bracesDir(ahead) + `"` + rest
	}
	m.closed(s)
}
