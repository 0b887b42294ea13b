package doc

import "strconv"

func (p *printer) inline(runs []Inline) {
	var open []mark
	for i, run := range runs {
		want := markList(marksAt(runs, i))
		keep := 0
		for keep < len(open) && keep < len(want) && sameMark(open[keep], want[keep]) {
			keep++
		}
		for n := len(open); n > keep; n-- {
			p.closeMark(open[n-1])
		}
		open = open[:keep]
		for _, m := range want[keep:] {
			p.openMark(m)
			open = append(open, m)
		}
		if run.Break {
			p.add("<br>")
		} else {
			p.text(run.Text)
		}
	}
	for n := len(open); n > 0; n-- {
		p.closeMark(open[n-1])
	}
}

// marksAt is what stands open at run i: a line break keeps open what the texts on both sides share.
func marksAt(runs []Inline, i int) Marks {
	if !runs[i].Break || i == 0 || i+1 == len(runs) {
		return runs[i].Marks
	}
	l, r := runs[i-1].Marks, runs[i+1].Marks
	if l == r {
		return l
	}
	var m Marks
	if l.Href == r.Href {
		m.Href = l.Href
	}
	return m
}

func sameMark(a, b mark) bool {
	if a.name != b.name || len(a.attrs) != len(b.attrs) {
		return false
	}
	for i := range a.attrs {
		if a.attrs[i] != b.attrs[i] {
			return false
		}
	}
	return true
}

// markTags are the elements of the marks that need no attribute.
var markTags = map[string]string{
	"bdi": "bdi", "strong": "strong", "emphasis": "em", "superscript": "sup", "subscript": "sub", "code": "code",
}

func (p *printer) openMark(m mark) {
	switch m.name {
	case "link":
		if href, ok := cleanHref(m.attrs[0].text); ok {
			p.link(href)
		}
	case "bdi":
		p.add("<bdi")
		p.langDir(m.attrs[0].text, m.attrs[1].text, around{})
		p.add(">")
	default:
		p.add("<", markTags[m.name], ">")
	}
}

func (p *printer) closeMark(m mark) {
	if m.name == "link" {
		if _, ok := cleanHref(m.attrs[0].text); ok {
			p.add("</a>")
		}
		return
	}
	p.add("</", markTags[m.name], ">")
}

func (p *printer) table(b Block, a around) {
	p.open("table", b, a)
	p.add("\n")
	head := headRows(b.Rows)
	if head > 0 {
		p.add("<thead>\n")
		p.rows(b.Rows[:head], "col")
		p.add("</thead>\n")
	}
	if head < len(b.Rows) {
		p.add("<tbody>\n")
		p.rows(b.Rows[head:], "row")
		p.add("</tbody>\n")
	}
	p.add("</table>")
}

func (p *printer) rows(rows []Row, scope string) {
	for _, row := range rows {
		p.add("<tr>")
		for i, c := range row.Cells {
			name := "td"
			if c.Header {
				name = "th"
			}
			p.add("<", name)
			if c.Header && (scope == "col" || i == 0) {
				p.attr("scope", scope)
			}
			if c.Colspan > 1 {
				p.attr("colspan", strconv.Itoa(min(c.Colspan, MaxSpan)))
			}
			if c.Rowspan > 1 {
				p.attr("rowspan", strconv.Itoa(min(c.Rowspan, MaxSpan)))
			}
			p.add(">")
			p.inline(c.Inline)
			p.add("</", name, ">")
		}
		p.add("</tr>\n")
	}
}
