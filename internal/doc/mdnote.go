package doc

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// kindFootnote is ^[…] in a line of the plain form, pandoc's sign for a note where it is referred to.
var kindFootnote = ast.NewNodeKind("BroadsheetFootnote")

type footnoteNode struct {
	ast.BaseInline
	source string // what stands between the brackets
}

func (*footnoteNode) Kind() ast.NodeKind              { return kindFootnote }
func (n *footnoteNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type footnoteParser struct{}

func (footnoteParser) Trigger() []byte { return []byte{'^'} }

func (footnoteParser) Parse(_ ast.Node, r text.Reader, _ parser.Context) ast.Node {
	line, _ := r.PeekLine()
	if len(line) < 2 || line[1] != '[' {
		return nil
	}
	row, at := r.Position()
	r.Advance(2)
	found, ok := r.FindClosure('[', ']', text.FindClosureOptions{Nesting: true, Newline: true, Advance: true})
	if !ok {
		r.SetPosition(row, at)
		return nil
	}
	var s strings.Builder
	for i := range found.Len() {
		segment := found.At(i)
		s.Write(segment.Value(r.Source()))
	}
	if note, _ := parseNote(s.String()); note.Footnote == "" {
		r.SetPosition(row, at)
		return nil
	}
	return &footnoteNode{source: s.String()}
}

// noteLink is [words](address) inside a note.
var noteLink = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\((?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()<>]*\))*))\)`)

// parseNote reads a note: plain words, with the first address that is linked in them; the others are given beside it.
func parseNote(source string) (note Inline, others []string) {
	words := noteLink.ReplaceAllStringFunc(source, func(link string) string {
		m := noteLink.FindStringSubmatch(link)
		raw := unescape([]byte(m[2] + m[3]))
		href, ok := cleanHref(raw)
		switch {
		case ok && note.Marks.Href == "":
			note.Marks.Href = href
		case raw != note.Marks.Href:
			others = append(others, raw)
		}
		return m[1]
	})
	note.Footnote = noteText(unescape([]byte(words)))
	if note.Footnote == "" {
		note.Footnote = note.Marks.Href
	}
	return note, others
}

func (m *markup) footnote(n *footnoteNode) {
	note, others := parseNote(n.source)
	for _, href := range others {
		m.report("dropped a link, its words kept", shorten(href))
	}
	p := printer{plainForm: true}
	p.noteNumber(note)
	m.add(string(p.w))
}

var noteEscapes = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)

// markdownNote prints a note as FromMarkdown reads it.
func markdownNote(run Inline, mode lineMode) string {
	words := noteEscapes.Replace(entities.ReplaceAllString(run.Footnote, "&amp;$1;"))
	if mode.table {
		words = strings.ReplaceAll(words, "|", "&#124;")
	}
	if run.Marks.Href == "" {
		return "^[" + words + "]"
	}
	return "^[[" + words + "](" + markdownAddress(run.Marks.Href) + ")]"
}
