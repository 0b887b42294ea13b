package manuscript

import (
	"strconv"
	"strings"

	"broadsheet/internal/doc"
)

// story reads paragraphs and tables to the end of the element that has begun.
func (d *docx) story(r *reader) ([]node, error) {
	return d.storyAfter(r, func(element) error { return nil })
}

// storyAfter is story with what reads a cell's properties.
func (d *docx) storyAfter(r *reader, properties func(element) error) ([]node, error) {
	var out []node
	var read func(e element) error
	read = func(e element) error {
		switch e.name {
		case "w:p":
			p, err := d.paragraph(r)
			out = append(out, node{para: p})
			return err
		case "w:tbl":
			rows, err := d.table(r)
			if len(rows) > 0 {
				out = append(out, node{table: rows})
			}
			return err
		case "w:del", "w:moveFrom":
			return d.dropped(r, e.name == "w:del")
		case "w:sdt":
			return d.control(r, read)
		case "mc:AlternateContent":
			return alternatives(r, read, func() int { return len(out) })
		case "w:altChunk":
			d.reports.report(Object, "")
		case "m:oMathPara", "m:oMath":
			p := &para{}
			err := d.inside(r, p, e, run{})
			p.flush()
			out = append(out, node{para: p})
			return err
		case "w:tcPr":
			return properties(e)
		case "w:sectPr", "w:sdtPr":
		default:
			return r.each(read, nil)
		}
		return nil
	}
	err := r.each(read, nil)
	return out, err
}

// dropped passes over deleted paragraphs and reports their words.
func (d *docx) dropped(r *reader, tell bool) error {
	text, err := r.words(gaps)
	if tell && oneLine(text) != "" {
		d.reports.report(Deleted, oneLine(text))
	}
	return err
}

// gaps are the white space that elements stand for.
func gaps(e element) string {
	switch e.name {
	case "w:p", "w:br", "w:cr", "w:tab", "w:tc", "text:p", "text:h", "text:line-break", "text:tab", "text:s":
		return " "
	}
	return ""
}

// control reads a content control: its content, unless it is a table of
// contents or only says what should be typed there.
func (d *docx) control(r *reader, content func(element) error) error {
	what := Kind("")
	return r.each(func(e element) error {
		switch e.name {
		case "w:sdtPr":
			return r.each(func(e element) error {
				switch e.name {
				case "w:showingPlcHdr":
					if e.on() {
						what = Placeholder
					}
				case "w:docPartObj", "w:docPartList":
					return r.each(func(e element) error {
						if e.name == "w:docPartGallery" && strings.EqualFold(e.val(), "Table of Contents") {
							what = Contents
						}
						return nil
					}, nil)
				}
				return nil
			}, nil)
		case "w:sdtContent":
			if what == "" {
				return r.each(content, nil)
			}
			text, err := r.words(gaps)
			if text = oneLine(text); text != "" {
				d.reports.report(what, text)
			}
			return err
		}
		return nil
	}, nil)
}

// alternatives reads the first way in which a thing is given that brings
// something; how much there is so far says size.
func alternatives(r *reader, read func(element) error, size func() int) error {
	before := size()
	return r.each(func(e element) error {
		if size() > before {
			return nil
		}
		return r.each(read, nil)
	}, nil)
}

// paragraph reads w:p.
func (d *docx) paragraph(r *reader) (*para, error) {
	p := &para{}
	var look paraLook
	err := r.each(func(e element) (err error) {
		if e.name == "w:pPr" {
			look, err = d.readParaLook(r)
			look = d.style(p, look)
			return err
		}
		return d.inline(r, p, e, run{})
	}, nil)
	p.flush()
	p.joined = look.broken
	if look.ruled && p.empty() && len(p.shots)+len(p.boxes) == 0 {
		p.role = rule
	}
	if look.numID != "" && look.numID != "0" && (!p.empty() || len(p.shots) > 0) {
		d.place(p, look)
	}
	return p, err
}

// run is what is around a piece of text.
type run struct {
	href   string
	marks  doc.Marks
	hidden bool
	font   string
}

// inline reads one thing inside a paragraph.
func (d *docx) inline(r *reader, p *para, e element, around run) error {
	inside := func(around run) error { return d.inside(r, p, e, around) }
	switch e.name {
	case "w:r", "m:r":
		return d.run(r, p, around)
	case "w:del":
		return d.dropped(r, true)
	case "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "m:rPr", "m:ctrlPr":
		return nil
	case "w:hyperlink":
		if rel, ok := d.rels[e.get("r:id")]; ok && rel.external {
			around.href = rel.target
			if anchor := e.get("w:anchor"); anchor != "" && !strings.Contains(around.href, "#") {
				around.href += "#" + anchor
			}
		}
		return inside(around)
	case "w:fldSimple":
		if href := fieldLink(e.get("w:instr")); href != "" {
			around.href = href
		}
		return inside(around)
	case "w:sdt":
		return d.control(r, func(e element) error { return d.inline(r, p, e, around) })
	case "mc:AlternateContent":
		return alternatives(r, func(e element) error { return d.inline(r, p, e, around) }, p.size)
	case "m:oMath":
		p.flush()
		before := len(p.inline)
		err := inside(around)
		p.flush()
		if formula := (&para{inline: p.inline[before:]}).text(); formula != "" {
			d.reports.report(Formula, formula)
		}
		return err
	}
	return inside(around)
}

func (d *docx) inside(r *reader, p *para, _ element, around run) error {
	return r.each(func(e element) error { return d.inline(r, p, e, around) }, nil)
}

// run reads w:r: properties first, then what they hold for.
func (d *docx) run(r *reader, p *para, around run) error {
	return r.each(func(e element) error {
		if e.name == "w:rPr" {
			l, err := d.readLook(r)
			d.wear(&around, l, p)
			return err
		}
		return d.piece(r, p, e, around)
	}, nil)
}

// wear puts a look on what follows.
func (d *docx) wear(around *run, l look, p *para) {
	m := &around.marks
	m.Strong, m.Emphasis = l.strong == 1, l.emphasis == 1
	m.Superscript, m.Subscript = l.vertical == "superscript", l.vertical == "subscript"
	around.hidden = l.hidden == 1
	around.font = l.font
	if l.struck == 1 {
		around.font += struckFont
	}
	if lang := l.lang; p.lang == "" {
		if l.rtl == 1 && l.bidiLang != "" {
			lang = l.bidiLang
		}
		p.lang = lang
	}
}

// struckFont marks a font's name: the words are struck out.
const struckFont = "\x00struck"

// piece reads what stands in a run.
func (d *docx) piece(r *reader, p *para, e element, around run) error {
	switch e.name {
	case "w:fldChar":
		d.fieldMark(e.get("w:fldCharType"))
		return nil
	case "w:instrText":
		text, err := r.words(gaps)
		if n := len(d.fields); n > 0 {
			d.fields[n-1].instruction += text
		}
		return err
	case "w:t", "m:t":
		text, err := r.words(gaps)
		if e.get("xml:space") != "preserve" && e.name == "w:t" {
			text = strings.Trim(text, " \t\r\n")
		}
		d.text(p, around, strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text))
		return err
	case "w:delText", "w:delInstrText":
		text, err := r.words(gaps)
		d.reports.report(Deleted, oneLine(text))
		return err
	case "w:tab", "w:ptab":
		d.text(p, around, "\t")
	case "w:br", "w:cr":
		d.text(p, around, "\n")
	case "w:noBreakHyphen":
		d.text(p, around, "\u2011")
	case "w:softHyphen":
		d.text(p, around, "\u00ad")
	case "w:sym":
		d.symbol(p, around, e)
	case "w:footnoteReference", "w:endnoteReference":
		kind := strings.TrimSuffix(strings.TrimPrefix(e.name, "w:"), "Reference")
		p.add(d.notes[kind+" "+e.get("w:id")]...)
	case "w:drawing", "w:pict":
		return d.drawing(r, p, &shot{})
	case "w:object":
		return d.object(r)
	case "w:ruby":
		return d.ruby(r, p, around)
	case "mc:AlternateContent":
		return alternatives(r, func(e element) error { return d.piece(r, p, e, around) }, p.size)
	case "w:commentReference", "w:annotationRef", "w:footnoteRef", "w:endnoteRef", "w:separator", "w:continuationSeparator", "w:lastRenderedPageBreak", "w:pgNum":
	default:
		return r.each(func(e element) error { return d.piece(r, p, e, around) }, nil)
	}
	return nil
}

// text adds words where they are seen.
func (d *docx) text(p *para, around run, text string) {
	kind := Kind("")
	href := around.href
	for _, f := range d.fields {
		switch {
		case !f.result:
			return // an instruction, not text
		case f.contents():
			kind = Contents
		case f.link != "":
			href = f.link
		}
	}
	if around.hidden {
		kind = Hidden
	}
	if d.letters += len(text); d.letters > mostLetters {
		return // read refuses it at the end
	}
	switch kind {
	case Contents:
		d.contents.WriteString(" " + text)
		return
	case Hidden:
		d.reports.report(Hidden, oneLine(text))
		return
	}
	if font, struck := strings.CutSuffix(around.font, struckFont); struck && strings.TrimSpace(text) != "" {
		d.reports.report(Struck, text)
		around.font = font
	}
	m := around.marks
	m.Href = href
	p.addText(readable(text), m)
}

func (d *docx) ruby(r *reader, p *para, around run) error {
	gloss := ""
	err := r.each(func(e element) (err error) {
		switch e.name {
		case "w:rt":
			gloss, err = r.words(gaps)
		case "w:rubyBase":
			err = d.inside(r, p, e, around)
		}
		return err
	}, nil)
	if gloss = oneLine(gloss); gloss != "" {
		d.text(p, around, " ("+gloss+")")
	}
	return err
}

func (d *docx) object(r *reader) error {
	return r.each(func(e element) error {
		if e.name == "o:OLEObject" {
			d.reports.report(Object, e.get("ProgID"))
		}
		return nil
	}, nil)
}

// symbol reads a sign by its place in a font (§17.3.3.30).
func (d *docx) symbol(p *para, around run, e element) {
	n, err := strconv.ParseUint(e.get("w:char"), 16, 32)
	if err != nil {
		return
	}
	text := readable(string(rune(n)))
	if strings.ContainsRune(text, '\ufffd') {
		d.reports.report(Letter, e.get("w:font")+" "+e.get("w:char"))
	}
	d.text(p, around, text)
}

// symbols are the signs of Symbol and Wingdings that texts have most, in the
// private places where Word keeps them.
var symbols = map[rune]rune{
	0xf0b7: '•', 0xf0a7: '▪', 0xf0d8: '➢', 0xf0fc: '✓', 0xf0fb: '✗', 0xf0e0: '→', 0xf0df: '←', 0xf04a: '☺', 0xf04c: '☹', 0xf06c: '●', 0xf06e: '■',
	0xf071: '❑', 0xf0a8: '◻', 0xf076: '❖', 0xf0de: '⇒', 0xf0b0: '°', 0xf0b1: '±', 0xf0b4: '×', 0xf0a3: '≤', 0xf0b3: '≥', 0xf0ae: '→', 0xf061: 'α', 0xf062: 'β', 0xf06d: 'μ',
}

// readable puts letters for the signs of symbol fonts, U+FFFD where there are none.
func readable(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xf000 && r <= 0xf0ff {
			if sign, ok := symbols[r]; ok {
				return sign
			}
			if r >= 0xf020 && r < 0xf07f {
				return r - 0xf000
			}
			return '\ufffd'
		}
		return r
	}, s)
}
