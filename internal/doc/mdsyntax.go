package doc

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// newMarkdownParser is CommonMark and GitHub's tables, less indented code, underlined headings and reference
// definitions (see the package comment), with the desk's own signs: :::, !embed and {…}.
func newMarkdownParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(noteParser{}, 100),
			util.Prioritized(cardParser{}, 150),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(shortHeading{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(indentedParagraph{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(), util.Prioritized(braceParser{}, 50),
			util.Prioritized(footnoteParser{}, 60))...),
		parser.WithParagraphTransformers(
			util.Prioritized(plainLong{}, 100),
			util.Prioritized(wholeTables{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}

// indentedParagraph lets a paragraph begin with any indent: there is no indented code.
type indentedParagraph struct{ parser.BlockParser }

func (indentedParagraph) CanAcceptIndentedLine() bool { return true }

// wholeTables leaves a table as lines of text where a row has more cells than the head: goldmark would drop them.
type wholeTables struct{ parser.ParagraphTransformer }

func (t wholeTables) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines := p.Lines()
	head := -1
	for i := 1; i < lines.Len(); i++ {
		at := lines.At(i)
		line := at.Value(r.Source())
		if head < 0 {
			if columns := delimiterColumns(line); columns > 0 {
				head = columns
			}
			continue
		}
		if countCells(line) > head {
			return
		}
	}
	t.ParagraphTransformer.Transform(p, r, pc)
}

// delimiterColumns counts the columns of a line such as | --- | :-: |, 0 where the line is none.
func delimiterColumns(line []byte) int {
	s := strings.TrimSpace(string(line))
	if strings.Trim(s, "-:| \t") != "" || !strings.Contains(s, "-") {
		return 0
	}
	return countCells([]byte(s))
}

// countCells counts as goldmark does: | parts cells unless a backslash stands before it.
func countCells(line []byte) int {
	s := strings.TrimSpace(string(line))
	s = strings.TrimPrefix(s, "|")
	if s == "" {
		return 0
	}
	s = strings.TrimSuffix(s, "|")
	n := 1
	for i := range len(s) {
		if s[i] == '|' && (i == 0 || s[i-1] != '\\') {
			n++
		}
	}
	return n
}

// The nodes that goldmark does not know.
var (
	kindNote   = ast.NewNodeKind("BroadsheetNote")
	kindCard   = ast.NewNodeKind("BroadsheetCard")
	kindBraces = ast.NewNodeKind("BroadsheetBraces")
)

// noteNode is ::: note … :::.
type noteNode struct {
	ast.BaseBlock
	note  string
	attrs map[string]string
}

func (*noteNode) Kind() ast.NodeKind              { return kindNote }
func (n *noteNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// cardNode is !embed.
type cardNode struct {
	ast.BaseBlock
	card  LinkCard
	attrs map[string]string
}

func (*cardNode) Kind() ast.NodeKind              { return kindCard }
func (n *cardNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// bracesNode is {lang=fa} and the like; source is how it was written.
type bracesNode struct {
	ast.BaseInline
	attrs  map[string]string
	source text.Segment
}

func (*bracesNode) Kind() ast.NodeKind              { return kindBraces }
func (n *bracesNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type noteParser struct{}

var noteOpens = regexp.MustCompile(`^:::+[ \t]*(note|fact)[ \t]*(\{.*\})?[ \t]*$`)

func (noteParser) Trigger() []byte { return []byte{':'} }

func (noteParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	if parent.Kind() != ast.KindDocument || pc.BlockOffset() < 0 {
		return nil, parser.NoChildren
	}
	m := noteOpens.FindStringSubmatch(strings.TrimRight(string(line[pc.BlockOffset():]), "\r\n"))
	if m == nil {
		return nil, parser.NoChildren
	}
	n := &noteNode{note: m[1]}
	if m[2] != "" {
		attrs, length := parseBraces(bracesShape.Find([]byte(m[2])))
		if length != len(m[2]) || !onlyKeys(attrs, "lang", "dir") {
			return nil, parser.NoChildren
		}
		n.attrs = attrs
	}
	r.AdvanceToEOL()
	return n, parser.HasChildren
}

func (noteParser) Continue(_ ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, _ := r.PeekLine()
	s := strings.Trim(string(line), " \t\r\n")
	if len(s) >= 3 && strings.Trim(s, ":") == "" {
		r.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (noteParser) Close(ast.Node, text.Reader, parser.Context) {}
func (noteParser) CanInterruptParagraph() bool                 { return true }
func (noteParser) CanAcceptIndentedLine() bool                 { return false }

type cardParser struct{}

var cardLine = regexp.MustCompile(`^!embed[ \t]+(\S+)(?:[ \t]+"((?:[^"\\]|\\.)*)")?[ \t]*(\{.*\})?[ \t]*$`)

func (cardParser) Trigger() []byte { return []byte{'!'} }

func (cardParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	if pc.BlockOffset() < 0 {
		return nil, parser.NoChildren
	}
	m := cardLine.FindStringSubmatch(strings.TrimRight(string(line[pc.BlockOffset():]), "\r\n"))
	if m == nil {
		return nil, parser.NoChildren
	}
	url, ok := cleanWebAddress(m[1])
	if !ok {
		return nil, parser.NoChildren
	}
	n := &cardNode{card: LinkCard{URL: url, Title: unquote(m[2])}}
	if m[3] != "" {
		attrs, length := parseBraces(bracesShape.Find([]byte(m[3])))
		if length != len(m[3]) || !onlyKeys(attrs, "lang", "dir", "provider") {
			return nil, parser.NoChildren
		}
		n.attrs = attrs
		n.card.Provider = attrs["provider"]
	}
	r.AdvanceToEOL()
	return n, parser.NoChildren
}

func (cardParser) Continue(ast.Node, text.Reader, parser.Context) parser.State {
	return parser.Close
}
func (cardParser) Close(ast.Node, text.Reader, parser.Context) {}
func (cardParser) CanInterruptParagraph() bool                 { return true }
func (cardParser) CanAcceptIndentedLine() bool                 { return false }

type braceParser struct{}

func (braceParser) Trigger() []byte { return []byte{'{'} }

func (braceParser) Parse(_ ast.Node, r text.Reader, _ parser.Context) ast.Node {
	line, seg := r.PeekLine()
	attrs, n := parseBraces(bracesShape.Find(line))
	if n == 0 {
		return nil
	}
	r.Advance(n)
	return &bracesNode{attrs: attrs, source: text.NewSegment(seg.Start, seg.Start+n)}
}

// parseBraces reads {key=value key="value"}, as bracesShape finds it, and gives its length, 0 where it is nil or names
// what no block carries. In quotes a backslash makes the next sign plain.
func parseBraces(m []byte) (attrs map[string]string, length int) {
	if m == nil {
		return nil, 0
	}
	attrs = map[string]string{}
	for _, pair := range bracesPair.FindAllStringSubmatch(string(m), -1) {
		value := pair[2]
		if strings.HasPrefix(value, `"`) {
			value = unquote(value[1 : len(value)-1])
		}
		if _, twice := attrs[pair[1]]; twice || !braceFits(pair[1], value) {
			return nil, 0
		}
		attrs[pair[1]] = value
	}
	return attrs, len(m)
}

const bracesValue = `([a-z]+)=("(?:[^"\\\n]|\\[^\n])*"|[A-Za-z0-9-]+)`

var (
	bracesShape = regexp.MustCompile(`^\{[ ]*` + bracesValue + `(?:[ ]+` + bracesValue + `)*[ ]*\}`)
	bracesPair  = regexp.MustCompile(bracesValue)
)

func braceFits(key, value string) bool {
	switch key {
	case "lang":
		_, ok := canonicalLang(value)
		return ok
	case "dir":
		return value == "ltr" || value == "rtl"
	case "width", "height":
		n, err := strconv.Atoi(value)
		return err == nil && n > 0 && n <= MaxPixels
	case "credit", "provider":
		return true
	}
	return false
}

func onlyKeys(attrs map[string]string, keys ...string) bool {
	n := 0
	for _, k := range keys {
		if _, ok := attrs[k]; ok {
			n++
		}
	}
	return n == len(attrs)
}

// unquote takes the backslashes out of a quoted value.
func unquote(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// quoted is the other way round.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
