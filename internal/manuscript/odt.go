package manuscript

import (
	"errors"
	"path"
	"strconv"
	"strings"
)

// odt is an OpenDocument text that is being read (ODF 1.3, part 3).
type odt struct {
	archive *archive
	styles  map[string]*odfStyle  // "paragraph P1" → it
	lists   map[string]*[10]level // list styles
	counts  map[string]*[10]int   // counters by list style, for lists that go on
	ids     map[string]string     // a list's id → its style
	letters int
	reports Manuscript
}

// odfStyle is what matters of a style.
type odfStyle struct {
	above, display string
	list           string
	outline        int
	look           look
	rtl            int
	ruled          bool
	own            bool // made for one paragraph: its look is somebody's act
}

// level is one level of a list style.
type level struct {
	ordered bool
	none    bool
	start   int
	format  string
}

func readODT(a *archive) (Manuscript, error) {
	if a.has("META-INF/manifest.xml") {
		if manifest, err := a.bytes("META-INF/manifest.xml", 4<<20); err == nil && strings.Contains(string(manifest), "encryption-data") {
			return Manuscript{}, refuse("old", "this is an old Word file (.doc) or one with a password: save it as .docx without a password and send that")
		}
	}
	o := &odt{archive: a, styles: map[string]*odfStyle{}, lists: map[string]*[10]level{}, counts: map[string]*[10]int{}, ids: map[string]string{}}
	if err := o.part("styles.xml", o.readStyles); err != nil && !errors.Is(err, errMissing) {
		return Manuscript{}, err
	}
	var nodes []node
	err := o.part("content.xml", func(r *reader, e element) error {
		switch e.name {
		case "office:automatic-styles":
			return o.styleSheet(r, true)
		case "office:body":
			return r.each(func(e element) (err error) {
				if e.name == "office:text" {
					nodes, err = o.story(r)
				}
				return err
			}, nil)
		}
		return nil
	})
	switch {
	case errors.Is(err, errMissing):
		return Manuscript{}, damaged(err)
	case err != nil:
		return Manuscript{}, err
	case o.letters > mostLetters:
		return Manuscript{}, tooLong(nil)
	}
	return assemble(nodes, o.picture, o.reports.Reports)
}

// part reads the children of a part's root.
func (o *odt) part(name string, child func(r *reader, e element) error) error {
	from, err := o.archive.open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	return walk(from, func(r *reader, _ element) error {
		return r.each(func(e element) error { return child(r, e) }, nil)
	})
}

// readStyles reads named styles, and reports heads and feet of pages.
func (o *odt) readStyles(r *reader, e element) error {
	switch e.name {
	case "office:styles", "office:automatic-styles":
		return o.styleSheet(r, false)
	case "office:master-styles":
		return r.each(func(e element) error {
			return r.each(func(e element) error {
				kind := Kind("")
				switch {
				case strings.HasPrefix(e.name, "style:header"):
					kind = Header
				case strings.HasPrefix(e.name, "style:footer"):
					kind = Footer
				default:
					return nil
				}
				text, err := r.words(gaps)
				if text = oneLine(text); strings.Trim(text, "0123456789 -–") != "" {
					o.reports.report(kind, text)
				}
				return err
			}, nil)
		}, nil)
	}
	return nil
}

func (o *odt) styleSheet(r *reader, own bool) error {
	return r.each(func(e element) error {
		switch e.name {
		case "style:style", "style:default-style":
			s := &odfStyle{above: e.get("style:parent-style-name"), display: e.get("style:display-name"), list: e.get("style:list-style-name"), own: own}
			s.outline, _ = strconv.Atoi(e.get("style:default-outline-level"))
			if s.display == "" {
				s.display = e.get("style:name")
			}
			s.display = strings.ToLower(strings.ReplaceAll(s.display, "_20_", " "))
			o.styles[e.get("style:family")+" "+e.get("style:name")] = s
			return r.each(func(e element) error {
				s.read(e)
				return nil
			}, nil)
		case "text:list-style", "text:outline-style":
			levels := &[10]level{}
			o.lists[e.get("style:name")] = levels
			return r.each(func(e element) error {
				readODFLevel(e, levels)
				return nil
			}, nil)
		}
		return nil
	}, nil)
}

func (s *odfStyle) read(e element) {
	switch e.name {
	case "style:text-properties":
		s.look.strong = switchOf(e.get("fo:font-weight"), "bold", "600", "700", "800", "900")
		s.look.emphasis = switchOf(e.get("fo:font-style"), "italic", "oblique")
		s.look.hidden = switchOf(e.get("text:display"), "none")
		if line := e.get("style:text-line-through-style"); line != "" && line != "none" {
			s.look.struck = 1
		}
		switch position := e.get("style:text-position"); {
		case strings.HasPrefix(position, "super"):
			s.look.vertical = "superscript"
		case strings.HasPrefix(position, "sub"):
			s.look.vertical = "subscript"
		case strings.HasPrefix(position, "-"):
			s.look.vertical = "subscript"
		case position != "" && !strings.HasPrefix(position, "0"):
			s.look.vertical = "superscript"
		}
		s.look.lang, s.look.bidiLang = e.get("fo:language"), e.get("style:language-complex")
		s.look.font = e.get("style:font-name")
	case "style:paragraph-properties":
		if mode := e.get("style:writing-mode"); mode != "" && mode != "page" {
			s.rtl = -1
			if strings.HasPrefix(mode, "rl") {
				s.rtl = 1
			}
		}
		for _, side := range []string{"fo:border-bottom", "fo:border-top"} {
			border := e.get(side)
			s.ruled = s.ruled || border != "" && border != "none"
		}
	}
}

func switchOf(value string, on ...string) int {
	if value == "" {
		return 0
	}
	for _, v := range on {
		if value == v {
			return 1
		}
	}
	return -1
}

func readODFLevel(e element, levels *[10]level) {
	i, err := strconv.Atoi(e.get("text:level"))
	if err != nil || i < 1 || i > 10 {
		return
	}
	l := level{start: 1}
	switch e.name {
	case "text:list-level-style-bullet", "text:list-level-style-image":
	case "text:list-level-style-number", "text:outline-level-style":
		l.ordered, l.format = true, e.get("style:num-format")
		l.none = l.format == ""
		if n, err := strconv.Atoi(e.get("text:start-value")); err == nil {
			l.start = n
		}
	default:
		return
	}
	levels[i-1] = l
}

// chain calls do for a style and those it is based on.
func (o *odt) chain(family, name string, do func(*odfStyle)) {
	for range 20 {
		s := o.styles[family+" "+name]
		if s == nil {
			return
		}
		do(s)
		name = s.above
	}
}

// picture reads a picture's bytes.
func (o *odt) picture(part string) ([]byte, error) {
	if part == "" {
		return nil, errMissing
	}
	return o.archive.bytes(path.Clean(part), MaxFile)
}

// style gives a paragraph what its style says.
func (o *odt) style(p *para, e element) (ruled bool) {
	name := e.get("text:style-name")
	said := false
	rtl := 0
	o.chain("paragraph", name, func(s *odfStyle) {
		if !said {
			said = p.named(s.display)
		}
		if rtl == 0 {
			rtl = s.rtl
		}
		if p.lang == "" && s.look.lang != "none" {
			p.lang = s.look.lang
			if rtl == 1 && s.look.bidiLang != "" && s.look.bidiLang != "none" {
				p.lang = s.look.bidiLang
			}
		}
		ruled = ruled || s.ruled
	})
	if e.name == "text:h" && (!said || p.role == heading) {
		p.role, p.level = heading, 1
		if n, err := strconv.Atoi(e.get("text:outline-level")); err == nil && n >= 1 {
			p.level = n
		}
	}
	p.rtl = rtl == 1
	return ruled
}
