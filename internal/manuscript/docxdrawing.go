package manuscript

import (
	"path"
	"strings"
)

// drawing reads DrawingML or VML: pictures, text boxes, lines.
func (d *docx) drawing(r *reader, p *para, s *shot) error {
	return r.each(func(e element) error {
		switch e.name {
		case "wp:docPr":
			s.alt, s.name = altOf(e.get("descr"), e.get("title")), e.get("name")
			return r.each(func(e element) error {
				return r.each(func(e element) error { return d.decorative(r, e, s) }, nil)
			}, nil)
		case "a:blip":
			d.blip(e, p, s)
			return nil
		case "a:srcRect":
			d.crop(e, s)
			return nil
		case "w:txbxContent":
			fields := d.fields // a box is a story of its own
			d.fields = nil
			nodes, err := d.story(r)
			d.fields = fields
			if len(nodes) > 0 {
				p.boxes = append(p.boxes, nodes)
			}
			return err
		case "c:chart", "dgm:relIds":
			d.reports.report(Object, s.name)
			return nil
		case "v:shape", "v:rect", "v:roundrect":
			if e.get("o:hr") == "t" {
				p.role = rule
			}
			if alt := e.get("alt"); alt != "" {
				s.alt = altOf(alt, "")
			}
		case "v:imagedata":
			d.picked(p, s, e.get("r:id"))
			return nil
		case "v:textpath":
			p.addText(e.get("string"), run{}.marks)
			return nil
		case "mc:AlternateContent":
			return alternatives(r, func(e element) error { return d.drawing(r, p, s) }, p.size)
		}
		return d.drawing(r, p, s)
	}, nil)
}

func (d *docx) decorative(_ *reader, e element, s *shot) error {
	if e.name == "adec:decorative" && (e.get("val") == "1" || e.get("val") == "true") {
		s.alt = ""
	}
	return nil
}

// altOf is the description of a picture, without what a machine adds.
func altOf(description, title string) string {
	text := strings.TrimSpace(description)
	if text == "" {
		text = strings.TrimSpace(title)
	}
	if i := strings.Index(text, "Description automatically generated"); i >= 0 {
		text = text[:i]
	}
	return oneLine(text)
}

func (d *docx) blip(e element, p *para, s *shot) {
	id := e.get("r:embed")
	if id == "" {
		id = e.get("r:link")
	}
	d.picked(p, s, id)
}

// picked hangs a picture on its paragraph.
func (d *docx) picked(p *para, s *shot, id string) {
	rel, ok := d.rels[id]
	if !ok || rel.external {
		d.reports.report(PictureLost, strings.TrimSpace(s.alt+" "+rel.target))
		return
	}
	one := *s
	one.part = resolve(d.document, rel.target)
	one.name = path.Base(rel.target)
	p.shots = append(p.shots, one)
}

// crop tells that a picture is shown in part: what was cut away comes along.
func (d *docx) crop(e element, s *shot) {
	for _, side := range []string{"l", "t", "r", "b"} {
		if v := strings.TrimSuffix(e.get(side), "%"); v != "" && v != "0" && !strings.HasPrefix(v, "-") {
			d.reports.report(PictureCut, strings.TrimSpace(s.alt))
			return
		}
	}
}
