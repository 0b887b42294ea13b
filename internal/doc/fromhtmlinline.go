package doc

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/bidi"
)

// line handles the elements that stand inside a line.
func (c *converter) line(n *html.Node, x context) bool {
	x = inlineContext(n, x)
	m := &x.marks
	switch n.DataAtom {
	case atom.Br:
		c.run(Inline{Break: true}, x)
		return true
	case atom.A:
		c.anchor(n, x)
		return true
	case atom.Q:
		c.quoteMarks(n, x)
		return true
	case atom.Rt:
		c.text(" (", x)
		c.children(n, x)
		c.text(")", x)
		return true
	case atom.B, atom.Strong:
		m.Strong = m.Strong || !strings.Contains(squeeze(get(n, "style")), "font-weight:normal")
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		m.Emphasis = m.Emphasis || !strings.Contains(squeeze(get(n, "style")), "font-style:normal")
	case atom.Sup:
		m.Superscript, m.Subscript = true, false
	case atom.Sub:
		m.Superscript, m.Subscript = false, true
	case atom.Code, atom.Tt, atom.Kbd, atom.Samp:
		m.Code = true
	case atom.Bdi, atom.Bdo, atom.Span, atom.Ruby, atom.Rb, atom.Rtc, atom.Time, atom.Data, atom.Abbr, atom.Acronym:
	case atom.Ins, atom.Del:
		return c.changed(n, x)
	case atom.Font, atom.U, atom.S, atom.Strike, atom.Mark, atom.Small, atom.Big, atom.Nobr:
		c.once("<" + n.Data + "> read as text")
	default:
		return false
	}
	c.children(n, x)
	return true
}

// changed reads <ins> and <del>: suggestions in the desk's own copy, and elsewhere what that page has settled: what is
// inserted stays, what is deleted goes into the report.
func (c *converter) changed(n *html.Node, x context) bool {
	if change := changeOf(n); c.plainForm && change.fits() {
		if n.DataAtom == atom.Ins {
			x.marks.Inserted = change
		} else {
			x.marks.Deleted = change
		}
		c.children(n, x)
		return true
	}
	if n.DataAtom == atom.Del {
		c.report("dropped what <del> says is deleted", rawText(n))
		return true
	}
	c.once("<ins> read as text")
	c.children(n, x)
	return true
}

func changeOf(n *html.Node) Change {
	by, _ := strconv.ParseInt(get(n, "data-by"), 10, 64)
	at, _ := strconv.ParseInt(get(n, "data-at"), 10, 64)
	return Change{get(n, "data-id"), by, at}
}

// inlineContext takes language, direction and the weight that editors write as style.
func inlineContext(n *html.Node, x context) context {
	lang, dir := langOf(n)
	m := &x.marks
	switch {
	case n.DataAtom == atom.Bdi || n.DataAtom == atom.Bdo:
		if n.DataAtom == atom.Bdi && strings.EqualFold(get(n, "dir"), "auto") {
			dir = "" // that is what <bdi> does anyway
		}
	case lang == x.around.lang && lang != "" && (dir == "" || dir == x.around.dir):
		lang, dir = "", ""
	}
	if lang != "" || dir != "" || n.DataAtom == atom.Bdi {
		m.Foreign = true
	}
	if lang != "" {
		m.Lang, m.Dir = lang, dir
	} else if dir != "" {
		m.Dir = dir
	}
	if style := get(n, "style"); style != "" {
		s := squeeze(style)
		for _, w := range []string{"bold", "600", "700", "800", "900"} {
			m.Strong = m.Strong || strings.Contains(s, "font-weight:"+w)
		}
		m.Emphasis = m.Emphasis || strings.Contains(s, "font-style:italic")
	}
	return x
}

func (c *converter) anchor(n *html.Node, x context) {
	if raw := get(n, "href"); raw != "" {
		if href, ok := cleanHref(raw); ok {
			x.marks.Href = href
		} else {
			c.report("dropped a link, its words kept", shorten(raw))
		}
	}
	c.children(n, x)
}

// quoteMarks writes the marks that a browser draws around <q>.
func (c *converter) quoteMarks(n *html.Node, x context) {
	open, end := "“", "”"
	if langDir(x.around.lang) == "rtl" || x.around.dir == "rtl" {
		open, end = "«", "»"
	}
	c.once("<q> became quotation marks")
	c.text(open, x)
	c.children(n, x)
	c.text(end, x)
}

// firstDirection is the direction of the first letter that has one (Unicode Bidirectional Algorithm, rule P2), or "".
func firstDirection(s string) string {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return "ltr"
		case bidi.R, bidi.AL:
			return "rtl"
		}
	}
	return ""
}

// formControl keeps the text of what a form shows.
func (c *converter) formControl(n *html.Node, x context) bool {
	switch n.DataAtom {
	case atom.Input:
		c.input(n, x)
		return true
	case atom.Textarea:
		x.pre = true
	case atom.Button, atom.Select, atom.Label, atom.Output, atom.Meter, atom.Progress, atom.Isindex, atom.Keygen:
	case atom.Option:
		c.children(n, x)
		c.text(" ", x)
		return true
	default:
		return false
	}
	c.once("<" + n.Data + "> read as text")
	c.children(n, x)
	return true
}

func (c *converter) input(n *html.Node, x context) {
	value := get(n, "value")
	switch strings.ToLower(get(n, "type")) {
	case "hidden", "password", "checkbox", "radio", "file", "range", "color":
		c.once("dropped <input>")
		return
	case "image":
		value = get(n, "alt")
	}
	c.once("<input> read as text")
	c.text(value, x)
}
