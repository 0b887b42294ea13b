package doc

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// shallow refuses containers deeper than a body holds; their signs stay text. goldmark takes quadratic time in the
// depth: two minutes for 256 KB of ">" without this.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if depth++; depth > MaxDepth+1 {
			return nil, parser.NoChildren
		}
	}
	return s.BlockParser.Open(parent, r, pc)
}

// effortLimit bounds the work of reading lines, summed over a text: the length of a paragraph times the signs in it that
// may begin something. goldmark looks for the end of each of them, some to the end of the paragraph. What is over the
// limit stays plain text. Real copy is far below: a book of a thousand links takes a tenth.
const effortLimit = 300_000_000

// plainKind is a paragraph whose signs are not read.
var plainKind = ast.NewNodeKind("BroadsheetPlain")

type plainNode struct{ ast.BaseBlock }

func (*plainNode) Kind() ast.NodeKind              { return plainKind }
func (*plainNode) IsRaw() bool                     { return true }
func (n *plainNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

var effortKey = parser.NewContextKey()

// affordable adds the effort of lines to the text's and says whether it is still within the limit.
func affordable(lines *text.Segments, source []byte, pc parser.Context) bool {
	length, signs := 0, 0
	for i := range lines.Len() {
		at := lines.At(i)
		for _, c := range at.Value(source) {
			length++
			switch c {
			case '[', ']', '*', '_', '<', '`', '!', '{':
				signs++
			}
		}
	}
	spent, _ := pc.Get(effortKey).(int)
	if spent+length*signs > effortLimit {
		return false
	}
	pc.Set(effortKey, spent+length*signs)
	return true
}

// plainLong replaces a paragraph that would take too long by one of plain text.
type plainLong struct{}

func (plainLong) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	if affordable(p.Lines(), r.Source(), pc) {
		return
	}
	n := &plainNode{}
	n.SetLines(p.Lines())
	p.Parent().ReplaceChild(p.Parent(), p, n)
}

// shortHeading leaves a heading that would take too long to be a paragraph.
type shortHeading struct{ parser.BlockParser }

func (s shortHeading) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := r.Position()
	n, state := s.BlockParser.Open(parent, r, pc)
	if n != nil && !affordable(n.Lines(), r.Source(), pc) {
		r.SetPosition(line, at)
		return nil, parser.NoChildren
	}
	return n, state
}
