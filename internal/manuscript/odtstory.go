package manuscript

import (
	"path"
	"strconv"
	"strings"
)

// story reads paragraphs, lists and tables to the end of the element.
func (o *odt) story(r *reader) ([]node, error) {
	var out []node
	var read func(e element) error
	read = func(e element) error {
		switch e.name {
		case "text:p", "text:h":
			p, err := o.paragraph(r, e)
			out = append(out, node{para: p})
			return err
		case "text:list":
			items, err := o.list(r, e, listPlace{})
			out = append(out, items...)
			return err
		case "table:table":
			rows, err := o.table(r)
			out = append(out, node{table: rows})
			return err
		case "text:tracked-changes":
			return o.changes(r)
		case "text:table-of-content", "text:alphabetical-index", "text:bibliography", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index":
			text, err := o.indexWords(r)
			o.reports.report(Contents, oneLine(text))
			return err
		case "draw:frame", "draw:g", "draw:custom-shape", "draw:rect", "draw:line", "draw:a":
			p := &para{}
			err := o.frame(r, p, e)
			p.flush()
			out = append(out, node{para: p})
			return err
		case "office:annotation":
			return o.annotation(r)
		case "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:dde-connection-decls", "table:calculation-settings":
			return nil
		}
		return r.each(read, nil)
	}
	err := r.each(read, nil)
	return out, err
}

// indexWords are those of an index as it is printed, not of its template.
func (o *odt) indexWords(r *reader) (text string, err error) {
	err = r.each(func(e element) error {
		if e.name != "text:index-body" {
			return nil
		}
		text, err = r.words(gaps)
		return err
	}, nil)
	return text, err
}

// changes reports what tracked changes delete; what they insert is in the text.
func (o *odt) changes(r *reader) error {
	return r.each(func(e element) error {
		return r.each(func(e element) error {
			if e.name != "text:deletion" {
				return nil
			}
			text := ""
			err := r.each(func(e element) error {
				if e.name == "office:change-info" {
					return nil
				}
				words, err := r.words(gaps)
				text += " " + words
				return err
			}, nil)
			if text = oneLine(text); text != "" {
				o.reports.report(Deleted, text)
			}
			return err
		}, nil)
	}, nil)
}

func (o *odt) annotation(r *reader) error {
	who, said := "", ""
	err := r.each(func(e element) error {
		text, err := r.words(gaps)
		switch e.name {
		case "dc:creator":
			who = oneLine(text)
		case "text:p", "text:list":
			said += " " + text
		}
		return err
	}, nil)
	if said = oneLine(said); said != "" {
		o.reports.report(Comment, signedBy(who, said))
	}
	return err
}

// paragraph reads text:p or text:h.
func (o *odt) paragraph(r *reader, e element) (*para, error) {
	p := &para{}
	ruled := o.style(p, e)
	w := &odtText{o: o, r: r, p: p}
	around := run{}
	if s := o.styles["paragraph "+e.get("text:style-name")]; s != nil && s.own && p.role != heading && p.role != title && p.role != subtitle {
		around.marks.Strong, around.marks.Emphasis = s.look.strong == 1, s.look.emphasis == 1
	}
	err := w.inside(around)
	p.flush()
	if ruled && p.empty() && len(p.shots)+len(p.boxes) == 0 {
		p.role = rule
	}
	return p, err
}

// odtText writes the inside of one paragraph.
type odtText struct {
	o     *odt
	r     *reader
	p     *para
	blank bool // the last character was white space, or none was
	began bool
}

func (w *odtText) inside(around run) error {
	return w.r.each(func(e element) error { return w.piece(e, around) }, func(s string) { w.white(s, around) })
}

// white collapses white space as ODF says (§6.1.2).
func (w *odtText) white(s string, around run) {
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if w.blank || !w.began {
				continue
			}
			w.blank = true
			b.WriteByte(' ')
			continue
		}
		w.blank, w.began = false, true
		b.WriteRune(r)
	}
	w.text(b.String(), around)
}

func (w *odtText) text(s string, around run) {
	if s == "" {
		return
	}
	if w.o.letters += len(s); w.o.letters > mostLetters {
		return
	}
	if around.hidden {
		w.o.reports.report(Hidden, oneLine(s))
		return
	}
	if strings.HasSuffix(around.font, struckFont) && strings.TrimSpace(s) != "" {
		w.o.reports.report(Struck, s)
	}
	m := around.marks
	m.Href = around.href
	w.p.addText(readable(s), m)
}

// fixed adds what white space before it does not swallow.
func (w *odtText) fixed(s string, around run) {
	w.began, w.blank = true, false
	w.text(s, around)
}

func (w *odtText) piece(e element, around run) error {
	switch e.name {
	case "text:span":
		w.wear(&around, e.get("text:style-name"))
	case "text:a":
		if href := e.get("xlink:href"); href != "" && !strings.HasPrefix(href, "#") {
			around.href = href
		}
	case "text:s":
		n, err := strconv.Atoi(e.get("text:c"))
		if err != nil {
			n = 1
		}
		w.fixed(strings.Repeat(" ", min(max(n, 1), 100)), around)
		return nil
	case "text:tab":
		w.fixed("\t", around)
		return nil
	case "text:line-break":
		w.text("\n", around)
		w.blank, w.began = false, false
		return nil
	case "text:note":
		return w.note()
	case "text:ruby":
		return w.ruby(around)
	case "office:annotation":
		return w.o.annotation(w.r)
	case "draw:frame", "draw:g", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line", "draw:a", "draw:path", "draw:polygon":
		return w.o.frame(w.r, w.p, e)
	case "text:hidden-text", "text:hidden-paragraph":
		around.hidden = true
	case "text:soft-page-break", "text:bookmark", "text:change", "text:change-start", "text:change-end", "office:annotation-end", "text:note-ref-mark",
		"text:toc-mark", "text:alphabetical-index-mark", "office:event-listeners":
		return nil
	}
	return w.inside(around)
}

func (w *odtText) wear(around *run, style string) {
	var l look
	w.o.chain("text", style, func(s *odfStyle) {
		l.under(s.look)
	})
	m := &around.marks
	m.Strong = l.strong == 1 || m.Strong && l.strong == 0
	m.Emphasis = l.emphasis == 1 || m.Emphasis && l.emphasis == 0
	if l.vertical != "" {
		m.Superscript, m.Subscript = l.vertical == "superscript", l.vertical == "subscript"
	}
	around.hidden = around.hidden || l.hidden == 1
	if l.struck == 1 {
		around.font += struckFont
	}
}

// note reads a footnote or an endnote.
func (w *odtText) note() error {
	return w.r.each(func(e element) error {
		if e.name != "text:note-body" {
			return nil
		}
		nodes, err := w.o.story(w.r)
		text, href := noteText(nodes)
		w.p.add(noteRuns(text, href)...)
		w.blank, w.began = false, true
		return err
	}, nil)
}

func (w *odtText) ruby(around run) error {
	return w.r.each(func(e element) error {
		if e.name != "text:ruby-text" {
			return w.inside(around)
		}
		gloss, err := w.r.words(gaps)
		if gloss = oneLine(gloss); gloss != "" {
			w.fixed(" ("+gloss+")", around)
		}
		return err
	}, nil)
}

// frame reads a picture, a text box, a shape.
func (o *odt) frame(r *reader, p *para, e element) error {
	s := &shot{name: e.get("draw:name")}
	var box []node
	pictures := 0
	var read func(e element) error
	read = func(e element) (err error) {
		switch e.name {
		case "draw:image":
			if pictures++; pictures > 1 {
				return nil // the same picture in another kind
			}
			s.part = strings.TrimPrefix(e.get("xlink:href"), "./")
			if s.part == "" || strings.Contains(s.part, "://") {
				o.reports.report(PictureLost, strings.TrimSpace(s.name+" "+s.part))
				s.part = ""
			}
			return nil
		case "svg:title":
			title, err := r.words(gaps)
			if s.alt == "" {
				s.alt = altOf(title, "")
			}
			return err
		case "svg:desc":
			text, err := r.words(gaps)
			if text = altOf(text, ""); text != "" {
				s.alt = text
			}
			return err
		case "draw:text-box":
			box, err = o.story(r)
			return err
		case "draw:object", "draw:object-ole", "draw:plugin":
			if pictures == 0 {
				o.reports.report(Object, s.name)
				pictures = 1 // what follows only stands in for it
			}
			return nil
		case "draw:frame", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:line":
			return o.frame(r, p, e)
		case "text:p", "text:h":
			one, err := o.paragraph(r, e)
			box = append(box, node{para: one})
			return err
		case "text:list":
			items, err := o.list(r, e, listPlace{})
			box = append(box, items...)
			return err
		}
		return r.each(read, nil)
	}
	err := r.each(read, nil)
	if s.part != "" {
		s.name = path.Base(s.part)
		p.shots = append(p.shots, *s)
	}
	if len(box) > 0 && !allEmptyDeep(box) {
		p.boxes = append(p.boxes, box)
	}
	return err
}

func allEmptyDeep(nodes []node) bool {
	for _, n := range nodes {
		if n.para == nil || !n.para.empty() || len(n.para.shots)+len(n.para.boxes) > 0 {
			return false
		}
	}
	return true
}
