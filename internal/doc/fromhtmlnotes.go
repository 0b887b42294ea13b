package doc

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// noteSearch looks for marks and their notes in a page.
type noteSearch struct {
	top     *html.Node
	named   map[string]*html.Node    // by id, or by name of an anchor
	order   map[*html.Node]int       // of named elements and links, from the top
	marks   []*html.Node             // links that may lead to a note
	notes   map[*html.Node]*pageNote // by the element that is linked to
	holders map[*html.Node]bool      // containers of notes
	rules   []*html.Node             // <hr> that may have parted the notes from the text
	parents []*html.Node             // of what was taken out
}

// notePair is a mark that leads to a note.
type notePair struct {
	mark  *html.Node // the outermost element that holds only the mark
	label string     // what the mark showed
	note  *pageNote
}

// pageNote is a note as it stands in the page.
type pageNote struct {
	container *html.Node // the element that holds only the note
	back      map[*html.Node]bool
	run       Inline
	label     string   // what its links back showed
	links     []string // addresses that a footnote has no place for
	unseen    []string
	out       bool
}

var noteMark = regexp.MustCompile(`^[\[({]*(\p{Nd}{1,4}(?::\p{Nd}{1,3})?|[ivxlcdmIVXLCDM]{1,7}|\p{L}|[*†‡§¶#]{1,4})[\])}]*$`)

// index finds named elements, and links within the page that read like a footnote's mark.
func (s *noteSearch) index(n *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type != html.ElementNode {
			continue
		}
		s.order[child] = len(s.order)
		s.name(get(child, "id"), child)
		if child.DataAtom == atom.A {
			s.name(get(child, "name"), child)
			if s.linked(child) != "" && noteMark.MatchString(squeezed(child)) {
				s.marks = append(s.marks, child)
			}
		}
		s.index(child)
	}
}

func (s *noteSearch) name(name string, n *html.Node) {
	if _, taken := s.named[name]; name != "" && !taken {
		s.named[name] = n
	}
}

// linked is the name that a link within the page leads to, "" for any other link.
func (s *noteSearch) linked(a *html.Node) string {
	name, _ := strings.CutPrefix(get(a, "href"), "#")
	if "#"+name != get(a, "href") {
		return ""
	}
	return name
}

// squeezed is the text of a link without white space, "" where it is longer than any mark.
func squeezed(n *html.Node) string {
	text := rawText(n)
	if len(text) > 100 {
		return ""
	}
	return strings.Join(strings.Fields(text), "")
}

// pair finds the note of a link, if it is a footnote's mark.
func (s *noteSearch) pair(a *html.Node) (p notePair, ok bool) {
	target := s.named[s.linked(a)]
	if target == nil || s.order[target] < s.order[a] || s.inNote(a) {
		return p, false
	}
	p = notePair{mark: wholeMark(a), note: s.note(target)}
	if p.note == nil || isUnder(a, p.note.container) || isUnder(p.note.container, p.mark) {
		return p, false
	}
	if !s.holders[p.note.container] && !p.note.leadsBackTo(p.mark) && !declaresNote(a) && !declaresNote(p.mark) {
		return p, false
	}
	p.label = squeezed(p.mark)
	s.holders[p.note.container] = true
	return p, true
}

func (s *noteSearch) inNote(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if s.holders[n] {
			return true
		}
	}
	return false
}

// isUnder is true for top itself and what is in it.
func isUnder(n, top *html.Node) bool {
	for ; n != nil && n != top; n = n.Parent {
	}
	return n != nil
}

var isWrapper = isA(atom.Sup, atom.Span, atom.Small, atom.Font, atom.B, atom.Strong, atom.I, atom.Em)

// wholeMark goes up from a link while nothing but brackets stands beside it.
func wholeMark(a *html.Node) *html.Node {
	for p := a.Parent; p != nil && isWrapper(p); p = a.Parent {
		if len(p.Attr) > 20 || !alone(a.PrevSibling, func(n *html.Node) *html.Node { return n.PrevSibling }) ||
			!alone(a.NextSibling, func(n *html.Node) *html.Node { return n.NextSibling }) {
			break
		}
		a = p
	}
	return a
}

// alone looks at a few neighbours: white space, brackets and comments are as good as none.
func alone(n *html.Node, next func(*html.Node) *html.Node) bool {
	for i := 0; n != nil; i++ {
		blankText := n.Type == html.TextNode && len(n.Data) < 20 && strings.Trim(n.Data, "[]() \n\t\u00a0") == ""
		if i > 5 || !blankText && n.Type != html.CommentNode {
			return false
		}
		n = next(n)
	}
	return true
}

// declaresNote is true where the page says that n leads to a footnote.
func declaresNote(n *html.Node) bool {
	if get(n, "role") == "doc-noteref" || get(n, "epub:type") == "noteref" {
		return true
	}
	return slices.ContainsFunc([]string{"footnote-ref", "footnoteref", "footnote-reference", "noteref", "sdfootnoteanc", "sdendnoteanc"},
		func(class string) bool { return hasClass(n, class) })
}

// leadsBackTo says whether the note links to a mark: to the element itself, one in it, or an empty one beside it.
func (n *pageNote) leadsBackTo(mark *html.Node) bool {
	if n.back[mark] || n.back[mark.PrevSibling] || n.back[mark.NextSibling] {
		return true
	}
	return find(mark, func(m *html.Node) bool { return n.back[m] }) != nil
}

// note reads what stands at a target, nil where that is more than a footnote can hold.
func (s *noteSearch) note(target *html.Node) *pageNote {
	n, seen := s.notes[target]
	if seen {
		return n
	}
	s.notes[target] = nil
	container := s.container(target)
	if container == nil || find(container, isNoFootnote) != nil {
		return nil
	}
	n = &pageNote{container: container, back: map[*html.Node]bool{}}
	s.read(n)
	if n.run.Footnote == "" || utf8.RuneCountInString(n.run.Footnote) > MaxFootnote {
		return nil
	}
	s.notes[target] = n
	return n
}

var isNoFootnote = isA(atom.Img, atom.Table, atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed, atom.H1, atom.H2, atom.H3)

var isNoteBlock = isA(atom.P, atom.Div, atom.Li, atom.Dd, atom.Dt, atom.Aside, atom.Td, atom.Section, atom.Blockquote)

// container goes up from a target to the element that holds the whole note and nothing else.
func (s *noteSearch) container(n *html.Node) *html.Node {
	for n != s.top && !isNoteBlock(n) {
		n = n.Parent
	}
	if n == s.top {
		return nil
	}
	for p := n.Parent; p != s.top && isA(atom.Div, atom.Li, atom.Section, atom.Aside)(p); p = p.Parent {
		if !isNoteBox(p) && !s.holdsOnly(p, n) {
			break
		}
		n = p
	}
	return n
}

var noteBoxID = regexp.MustCompile(`^(sd)?(footnote|endnote|ftn|edn)[0-9]+$`)

// isNoteBox is true for the element that Word or LibreOffice writes around one note.
func isNoteBox(n *html.Node) bool {
	style := squeeze(get(n, "style"))
	return noteBoxID.MatchString(get(n, "id")) || strings.HasSuffix(style, "mso-element:footnote") || strings.HasSuffix(style, "mso-element:endnote")
}

// holdsOnly says whether p shows nothing but child; in a plain <div>, as Google Docs writes it around a note, other
// paragraphs may follow in which no named element stands.
func (s *noteSearch) holdsOnly(p, child *html.Node) bool {
	for n := p.FirstChild; n != child; n = n.NextSibling {
		if n.Type == html.ElementNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			return false
		}
	}
	for n := child.NextSibling; n != nil; n = n.NextSibling {
		named := func(m *html.Node) bool { return get(m, "id") != "" || get(m, "name") != "" }
		further := p.DataAtom == atom.Div && len(p.Attr) == 0 && isA(atom.P)(n) && !named(n) && find(n, named) == nil
		if !further && (n.Type == html.ElementNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) != "") {
			return false
		}
	}
	return true
}

// read takes the note's words, the first address in it, and apart from them the links back to the text.
func (s *noteSearch) read(n *pageNote) {
	var words strings.Builder
	gather(n.container, &words, func(m *html.Node) bool {
		if unseen(m) {
			n.unseen = append(n.unseen, rawText(m))
			return false
		}
		if m.DataAtom != atom.A {
			return true
		}
		to := s.named[s.linked(m)]
		if to != nil && s.order[to] < s.order[m] && !isUnder(to, n.container) && (noteMark.MatchString(squeezed(m)) || wordless(m)) {
			n.back[to] = true
			n.label += " " + rawText(m)
			return false
		}
		if href, ok := cleanHref(get(m, "href")); ok && n.run.Marks.Href == "" {
			n.run.Marks.Href = href
		} else if raw := get(m, "href"); raw != "" && href != n.run.Marks.Href {
			n.links = append(n.links, raw)
		}
		return true
	})
	n.run.Footnote = noteText(words.String())
}

// wordless is true for a link that shows a sign, such as an arrow.
func wordless(n *html.Node) bool {
	text := squeezed(n)
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// takeOut takes a note out of the page.
func (s *noteSearch) takeOut(n *pageNote) {
	if !n.out {
		n.out = true
		s.remove(n.container)
	}
}

func (s *noteSearch) remove(n *html.Node) {
	p := n.Parent
	if p == nil {
		return
	}
	before := n.PrevSibling
	for before != nil && before.Type == html.TextNode && strings.TrimSpace(before.Data) == "" {
		before = before.PrevSibling
	}
	if before != nil && isA(atom.Hr)(before) && get(n, "role") != "doc-endnotes" {
		s.rules = append(s.rules, before)
	}
	s.parents = append(s.parents, p)
	p.RemoveChild(n)
}

// tidy takes out the lists, headings and rules that stood around notes and are left with nothing; it gives their words.
func (s *noteSearch) tidy() (words string) {
	seen := map[*html.Node]bool{}
	for i := 0; i < len(s.parents); i++ {
		p := s.parents[i]
		if p == s.top || seen[p] {
			continue
		}
		seen[p] = true
		left := find(p, isA(atom.Img, atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed, atom.Input)) != nil
		text := strings.TrimSpace(rawText(p))
		if left || text != "" && !onlyHeads(p) {
			continue
		}
		words += " " + text
		s.remove(p)
	}
	for _, rule := range s.rules {
		if rule.Parent != nil && !followed(rule) {
			rule.Parent.RemoveChild(rule)
		}
	}
	return words
}

// onlyHeads is true for a list of notes of which only its heading is left.
func onlyHeads(n *html.Node) bool {
	if get(n, "role") != "doc-endnotes" && !hasClass(n, "footnotes") && !hasClass(n, "endnotes") {
		return false
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		head := isA(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)(child)
		if !head && strings.TrimSpace(textIn(child)) != "" {
			return false
		}
	}
	return true
}

func textIn(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	return rawText(n)
}

// followed says whether anything is shown after n in its parent.
func followed(n *html.Node) bool {
	for n = n.NextSibling; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			return true
		}
	}
	return false
}
