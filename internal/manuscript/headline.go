package manuscript

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// What a headline and its neighbours may have, in characters; article limits
// are news.Content's, these tell a headline from a paragraph.
const (
	longestHeadline = 300
	shortLine       = 120 // a first line up to this, without a full stop, is a headline
	longestName     = 80

	beforeHeadline = 5 // paragraphs that may stand above a headline that is only a heading
)

// takeHeadline takes the headline, the standfirst and the byline out of the
// nodes: a paragraph of the title style, else the first heading of the highest
// level that stands before the text, else the first line if it is short.
func (m *Manuscript) takeHeadline(nodes []node) []node {
	at := indexOf(nodes, func(p *para) bool { return p.role == title && m.fitsHeadline(p) })
	if at < 0 {
		at = indexOf(nodes, func(p *para) bool { return p.role == heading && p.level <= 1 && m.fitsHeadline(p) })
		if at > beforeHeadline {
			at = -1
		}
	}
	if at < 0 {
		first := indexOf(nodes, func(p *para) bool { return !p.empty() })
		if first >= 0 && headlineLike(nodes[first].para) && m.fitsHeadline(nodes[first].para) {
			at = first
		}
	}
	if at < 0 {
		return nodes
	}
	m.Headline = nodes[at].para.text()
	nodes = withoutText(nodes, at)
	return m.takeBelow(nodes, at)
}

// takeBelow takes standfirst and byline that stand about the headline.
func (m *Manuscript) takeBelow(nodes []node, at int) []node {
	for i := 0; i < len(nodes) && i <= at+3; i++ {
		p := nodes[i].para
		if p == nil || p.empty() || len(p.shots)+len(p.boxes) > 0 || hasNote(p) {
			continue
		}
		text := p.text()
		switch {
		case p.role == subtitle && m.Standfirst == "" && utf8.RuneCountInString(text) <= 1000:
			m.Standfirst = text
		case p.role == byline && m.Byline == "" || p.role == plain && p.item == nil && m.Byline == "" && i >= at && signed(text) != "":
			m.Byline = text
			if name := signed(text); name != "" {
				m.Byline = name // the page says "By" itself
			}
		case i > at && p.role == plain:
			return nodes // the text has begun
		default:
			continue
		}
		nodes = slices.Delete(nodes, i, i+1)
		i--
	}
	return nodes
}

func (m *Manuscript) fitsHeadline(p *para) bool {
	n := utf8.RuneCountInString(p.text())
	return n > 0 && n <= longestHeadline && !hasNote(p)
}

// hasNote: a headline carries no footnotes and links, so such a line stays in
// the text.
func hasNote(p *para) bool {
	for _, run := range p.inline {
		if run.Footnote != "" {
			return true
		}
	}
	return false
}

// headlineLike: one short line that does not end like a sentence.
func headlineLike(p *para) bool {
	text := p.text()
	return (p.role == plain || p.role == heading || p.role == subtitle) && p.item == nil && utf8.RuneCountInString(text) <= shortLine &&
		!strings.HasSuffix(text, ".") && !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "،") && !strings.HasSuffix(text, ",")
}

// indexOf finds a paragraph of the document itself.
func indexOf(nodes []node, is func(*para) bool) int {
	return slices.IndexFunc(nodes, func(n node) bool { return n.para != nil && is(n.para) })
}

// withoutText takes a paragraph's words out and leaves what hangs on it.
func withoutText(nodes []node, at int) []node {
	p := nodes[at].para
	if len(p.shots)+len(p.boxes) == 0 {
		return slices.Delete(slices.Clone(nodes), at, at+1)
	}
	out := slices.Clone(nodes)
	out[at] = node{para: &para{shots: p.shots, boxes: p.boxes}}
	return out
}

var signature = regexp.MustCompile(`^(?:[Bb]y|BY)\s+((?:\p{Lu}[\p{L}.'’-]*\s?(?:(?:and|de|van|von|al|bin|der)\s|[,&]\s*)?){1,8})$|^(?:بقلم|كتب|كتبت|نویسنده|گزارش از|به قلم|نوشته|نوشتهٔ)\s*[:：]\s*(.+)$|^بقلم\s+(.+)$`)

// signed is the name in a line such as "By Rana Reed"; "" for any other line.
func signed(text string) string {
	if utf8.RuneCountInString(text) > longestName || strings.HasSuffix(text, ".") {
		return ""
	}
	for i, name := range signature.FindStringSubmatch(text) {
		if i > 0 && name != "" {
			return strings.TrimSpace(name)
		}
	}
	return ""
}
