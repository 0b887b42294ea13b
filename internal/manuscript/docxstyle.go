package manuscript

import (
	"strconv"
	"strings"
)

// wordStyle is what matters of a paragraph's or run's style.
type wordStyle struct {
	name  string // the built-in name, English in every language of Word
	above string // the style that it is based on
	look  look
	para  paraLook
}

// look is how a run looks; 0 = not said, 1 = on, -1 = off.
type look struct {
	strong, emphasis, hidden, struck, rtl int
	vertical                              string // superscript, subscript, baseline, "" = not said
	font, lang, bidiLang                  string
}

// paraLook is what a paragraph's properties say.
type paraLook struct {
	style         string
	outline       int // 1 to 9; 0 = not said, 10 = body text
	numID, level  string
	bidi          int
	ruled, broken bool // a line under it; its end is deleted
}

func (d *docx) readStyles() error {
	return d.part(d.beside("styles"), func(r *reader) error {
		return r.each(func(e element) error {
			if e.name != "w:style" {
				return nil
			}
			s := &wordStyle{}
			d.styles[e.get("w:styleId")] = s
			return r.each(func(e element) (err error) {
				switch e.name {
				case "w:name":
					s.name = strings.ToLower(e.val())
				case "w:basedOn":
					s.above = e.val()
				case "w:rPr":
					s.look, err = d.readLook(r)
				case "w:pPr":
					s.para, err = d.readParaLook(r)
				}
				return err
			}, nil)
		}, nil)
	})
}

// chain calls do for a style and those below it until it says that it has
// enough. A circle ends.
func (d *docx) chain(id string, do func(*wordStyle) (enough bool)) {
	for range 20 {
		s := d.styles[id]
		if s == nil || do(s) {
			return
		}
		id = s.above
	}
}

// readLook reads w:rPr.
func (d *docx) readLook(r *reader) (l look, err error) {
	set := func(e element, into *int) {
		if *into = -1; e.on() {
			*into = 1
		}
	}
	err = r.each(func(e element) error {
		switch e.name {
		case "w:b":
			set(e, &l.strong)
		case "w:bCs":
			if l.strong == 0 {
				set(e, &l.strong)
			}
		case "w:i":
			set(e, &l.emphasis)
		case "w:iCs":
			if l.emphasis == 0 {
				set(e, &l.emphasis)
			}
		case "w:vanish", "w:webHidden":
			set(e, &l.hidden)
		case "w:strike", "w:dstrike":
			set(e, &l.struck)
		case "w:rtl":
			set(e, &l.rtl)
		case "w:vertAlign":
			l.vertical = e.val()
		case "w:rFonts":
			l.font = e.get("w:ascii")
		case "w:lang":
			l.lang, l.bidiLang = e.val(), e.get("w:bidi")
		case "w:rStyle":
			l.under(d.styleLook(e.val()))
		}
		return nil
	}, nil)
	return l, err
}

// styleLook is the look of a character style with those it is based on.
func (d *docx) styleLook(id string) (l look) {
	d.chain(id, func(s *wordStyle) bool {
		l.under(s.look)
		return false
	})
	return l
}

// under fills in what is not said yet.
func (l *look) under(b look) {
	for _, p := range []struct {
		into *int
		from int
	}{{&l.strong, b.strong}, {&l.emphasis, b.emphasis}, {&l.hidden, b.hidden}, {&l.struck, b.struck}, {&l.rtl, b.rtl}} {
		if *p.into == 0 {
			*p.into = p.from
		}
	}
	if l.vertical == "" {
		l.vertical = b.vertical
	}
}

// readParaLook reads w:pPr; what a tracked change says of before is left.
func (d *docx) readParaLook(r *reader) (p paraLook, err error) {
	err = r.each(func(e element) error {
		switch e.name {
		case "w:pStyle":
			p.style = e.val()
		case "w:outlineLvl":
			if n, err := strconv.Atoi(e.val()); err == nil && n >= 0 && n <= 9 {
				p.outline = n + 1
			}
		case "w:numPr":
			return r.each(func(e element) error {
				switch e.name {
				case "w:numId":
					p.numID = e.val()
				case "w:ilvl":
					p.level = e.val()
				}
				return nil
			}, nil)
		case "w:bidi":
			if p.bidi = -1; e.on() {
				p.bidi = 1
			}
		case "w:pBdr":
			return r.each(func(e element) error {
				p.ruled = p.ruled || (e.name == "w:bottom" || e.name == "w:top") && e.val() != "nil" && e.val() != "none"
				return nil
			}, nil)
		case "w:rPr":
			return r.each(func(e element) error {
				p.broken = p.broken || e.name == "w:del" || e.name == "w:moveFrom"
				return nil
			}, nil)
		}
		return nil
	}, nil)
	return p, err
}

// roles are styles by their built-in names, and those of other programs.
var roles = map[string]role{
	"title": title, "subtitle": subtitle, "quote": quote, "intense quote": quote, "quotations": quote, "block text": quote, "block quotation": quote,
	"caption": caption, "illustration": caption, "figure": caption, "byline": byline, "author": byline, "horizontal line": rule,
	"list continue": continued, "list continue 2": continued, "list continue 3": continued,
}

// style fills a paragraph in with what its style chain says.
func (d *docx) style(p *para, l paraLook) paraLook {
	said := false
	if l.outline >= 1 && l.outline <= 9 {
		p.role, p.level, said = heading, l.outline, true
	}
	d.chain(l.style, func(s *wordStyle) bool {
		if !said {
			said = p.named(s.name)
		}
		if !said && l.outline == 0 && s.para.outline >= 1 && s.para.outline <= 9 {
			p.role, p.level, said = heading, s.para.outline, true
		}
		if l.numID == "" {
			l.numID = s.para.numID
			if l.level == "" {
				l.level = s.para.level
			}
		}
		if l.bidi == 0 {
			l.bidi = s.para.bidi
		}
		return false
	})
	if len(d.styles) == 0 && !said {
		p.named(strings.ToLower(l.style))
	}
	p.rtl = l.bidi == 1
	return l
}

// named gives a paragraph the role of a style's name.
func (p *para) named(name string) bool {
	if rest, ok := strings.CutPrefix(strings.ReplaceAll(name, "_20_", " "), "heading"); ok {
		if n, err := strconv.Atoi(strings.TrimSpace(rest)); err == nil && n >= 1 && n <= 10 {
			p.role, p.level = heading, n
			return true
		}
	}
	r, ok := roles[name]
	if ok {
		p.role = r
	}
	return ok
}
