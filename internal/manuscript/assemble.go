package manuscript

import (
	"slices"
	"strings"

	"broadsheet/internal/doc"
)

// assembly builds a manuscript out of nodes.
type assembly struct {
	m *Manuscript
	// load reads the bytes of a picture; an error makes it a report.
	load  func(part string) ([]byte, error)
	known map[string]string // part → Src
	depth int               // boxes that stand in one another
}

// assemble chooses headline and standfirst and builds the body of the rest.
func assemble(nodes []node, load func(part string) ([]byte, error), reports []Report) (Manuscript, error) {
	m := Manuscript{Reports: reports}
	a := &assembly{m: &m, load: load, known: map[string]string{}}
	nodes = join(nodes)
	nodes = m.takeHeadline(nodes)
	blocks, err := a.blocks(nodes, true)
	if err != nil {
		return m, err
	}
	m.Body = doc.Body{Blocks: blocks}
	m.finish()
	return m, nil
}

// join puts paragraphs together whose end a tracked change deletes.
func join(nodes []node) []node {
	var out []node
	for _, n := range nodes {
		if last := len(out) - 1; n.para != nil && last >= 0 && out[last].para != nil && out[last].para.joined {
			p := out[last].para
			p.inline = append(p.inline, n.para.inline...)
			p.shots, p.boxes, p.joined = append(p.shots, n.para.shots...), append(p.boxes, n.para.boxes...), n.para.joined
			continue
		}
		out = append(out, n)
	}
	return out
}

// blocks builds the blocks of a list of nodes. outer says that they stand in
// the document itself.
func (a *assembly) blocks(nodes []node, outer bool) ([]doc.Block, error) {
	var out []doc.Block
	for i := 0; i < len(nodes); {
		n := nodes[i]
		end := i + 1
		var made []doc.Block
		var err error
		switch {
		case n.box != nil:
			made, err = a.box(n.box, outer)
		case n.table != nil:
			made, err = a.table(n.table, outer)
		case n.para.item != nil:
			end = runOf(nodes, i, func(p *para) bool { return p.item != nil || p.role == continued })
			made, err = a.list(nodes[i:end])
		case n.para.role == quote:
			end = runOf(nodes, i, func(p *para) bool { return p.role == quote && p.item == nil })
			made, err = a.quote(nodes[i:end])
		default:
			made, err = a.paragraph(n.para)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
		i = end
	}
	return captioned(out), nil
}

// runOf is where a run of like paragraphs ends.
func runOf(nodes []node, i int, like func(*para) bool) int {
	for i < len(nodes) && nodes[i].para != nil && like(nodes[i].para) {
		i++
	}
	return i
}

// paragraph gives the paragraph itself, then the pictures and boxes on it.
func (a *assembly) paragraph(p *para) ([]doc.Block, error) {
	lang, dir := p.direction()
	b := doc.Block{Kind: doc.KindParagraph, Lang: lang, Dir: dir, Inline: p.inline}
	switch {
	case p.role == rule || isSeparator(p):
		b = doc.Block{Kind: doc.KindSeparator}
	case p.role == heading || p.role == title:
		b.Kind, b.Level = doc.KindHeading, min(max(p.level, 1)+1, 4)
		b.Inline = unbold(p.inline)
		if p.label != "" {
			b.Inline = append([]doc.Inline{{Text: p.label + " "}}, b.Inline...)
		}
	case p.role == caption:
		b.Note = captionMark
	}
	var out []doc.Block
	if b.Kind == doc.KindSeparator || !p.empty() {
		out = append(out, b)
	}
	more, err := a.hanging(p)
	return append(out, more...), err
}

// hanging are the pictures and boxes of a paragraph.
func (a *assembly) hanging(p *para) ([]doc.Block, error) {
	var out []doc.Block
	for _, s := range p.shots {
		made, err := a.picture(s)
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	for _, nodes := range p.boxes {
		made, err := a.box(nodes, true)
		if err != nil {
			return nil, err
		}
		out = append(out, made...)
	}
	return out, nil
}

// box becomes a fact box where it says something; a frame around a picture is
// the picture with its caption.
func (a *assembly) box(nodes []node, outer bool) ([]doc.Block, error) {
	outer = outer && a.depth == 0 // a note holds no note
	a.depth++
	blocks, err := a.blocks(join(nodes), false)
	a.depth--
	if err != nil || len(blocks) == 0 {
		return nil, err
	}
	if slices.ContainsFunc(blocks, func(b doc.Block) bool { return b.Kind == doc.KindImage }) && len(blocks) <= 3 {
		return blocks, nil
	}
	if !outer {
		return blocks, nil
	}
	a.m.report(TextBox, firstWords(doc.Body{Blocks: blocks}.Text()))
	return []doc.Block{around(doc.Block{Kind: doc.KindNote, Note: doc.NoteFact, Blocks: blocks})}, nil
}

// quote joins the paragraphs of a quotation; its last line, if it begins with
// a dash, names the speaker.
func (a *assembly) quote(nodes []node) ([]doc.Block, error) {
	q := doc.Block{Kind: doc.KindQuote}
	var after []doc.Block
	for i, n := range nodes {
		p := n.para
		if text := p.text(); i == len(nodes)-1 && i > 0 && strings.HasPrefix(text, "—") || i == len(nodes)-1 && i > 0 && strings.HasPrefix(text, "– ") {
			q.By = strings.TrimLeft(text, "—– ")
			continue
		}
		lang, dir := p.direction()
		q.Blocks = append(q.Blocks, doc.Block{Kind: doc.KindParagraph, Lang: lang, Dir: dir, Inline: p.inline})
		more, err := a.hanging(p)
		if err != nil {
			return nil, err
		}
		after = append(after, more...)
	}
	if allEmpty(nodes) {
		return after, nil
	}
	return append([]doc.Block{around(q)}, after...), nil
}

// around gives a block the language and direction of the first in it: its
// signs and its edge stand on their side.
func around(b doc.Block) doc.Block {
	for _, c := range b.Blocks {
		if c.Kind == doc.KindListItem {
			c = around(c)
		}
		if c.Dir != "" {
			b.Lang, b.Dir = c.Lang, c.Dir
			break
		}
	}
	return b
}

func allEmpty(nodes []node) bool {
	return !slices.ContainsFunc(nodes, func(n node) bool { return n.para == nil || !n.para.empty() })
}

// picture becomes an image under an address that holds until it is kept.
func (a *assembly) picture(s shot) ([]doc.Block, error) {
	src, ok := a.known[s.part]
	if !ok {
		data, err := a.load(s.part)
		switch {
		case isLimit(err):
			return nil, err
		case err != nil:
			a.m.report(PictureLost, strings.Join(strings.Fields(s.name+" "+s.alt), " "))
			return nil, nil
		}
		src = a.m.addPicture(s.name, s.alt, data)
		a.known[s.part] = src
	}
	return []doc.Block{{Kind: doc.KindImage, Image: &doc.Picture{Src: src, Alt: oneLine(s.alt), Caption: oneLine(s.caption)}}}, nil
}

// captionMark stands on a block for a moment: it is a caption that looks for
// its picture.
const captionMark = "caption"

// captioned gives captions to the pictures beside them: the one above first,
// as most papers print them.
func captioned(blocks []doc.Block) []doc.Block {
	var out []doc.Block
	for i := range blocks {
		b := blocks[i]
		if b.Note != captionMark || b.Kind != doc.KindParagraph {
			out = append(out, b)
			continue
		}
		b.Note = ""
		text := captionText(b)
		switch last := len(out) - 1; {
		case text == "":
			out = append(out, b)
		case last >= 0 && out[last].Kind == doc.KindImage && out[last].Image.Caption == "":
			out[last].Image.Caption = text
		case i+1 < len(blocks) && blocks[i+1].Kind == doc.KindImage && blocks[i+1].Image.Caption == "":
			blocks[i+1].Image.Caption = text
		default:
			out = append(out, b)
		}
	}
	return out
}

// captionText is the words of a caption; "" where a footnote or a link would
// be lost: then it stays a paragraph.
func captionText(b doc.Block) string {
	var text strings.Builder
	for _, run := range b.Inline {
		if run.Footnote != "" || run.Marks.Href != "" {
			return ""
		}
		if run.Break {
			text.WriteByte(' ')
		}
		text.WriteString(run.Text)
	}
	return oneLine(text.String())
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isSeparator: writers draw lines with stars and dashes.
func isSeparator(p *para) bool {
	text := strings.ReplaceAll(p.text(), " ", "")
	return p.item == nil && len(p.shots) == 0 && len(text) >= 3 && len([]rune(text)) <= 80 &&
		(strings.Trim(text, "*") == "" || strings.Trim(text, "-") == "" || strings.Trim(text, "_") == "" || strings.Trim(text, "—") == "" || text == "⁂")
}

// unbold: a heading is strong anyway.
func unbold(in []doc.Inline) []doc.Inline {
	out := slices.Clone(in)
	for i := range out {
		out[i].Marks.Strong = false
	}
	return out
}
