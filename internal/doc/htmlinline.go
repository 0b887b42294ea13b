package doc

import "strconv"

// inline prints a line of text. Marks nest in the order of their levels, and stay open over runs that share them.
func (p *printer) inline(runs []Inline) {
	var open Marks
	for i, run := range runs {
		want := marksAt(runs, i)
		from := firstDifference(open, want)
		p.closeMarks(open, from)
		p.openMarks(want, from)
		open = want
		switch {
		case run.Break:
			p.add("<br>")
		case run.Footnote != "":
			p.noteNumber(run)
		default:
			p.text(run.Text)
		}
	}
	p.closeMarks(open, 0)
}

// marksAt is what stands open at run i: a line break keeps open what the texts on both sides share.
func marksAt(runs []Inline, i int) Marks {
	if !runs[i].Break || i == 0 || i+1 == len(runs) {
		return runs[i].nested()
	}
	l, r := runs[i-1].nested(), runs[i+1].nested()
	if l == r {
		return l
	}
	var m Marks
	if l.Inserted == r.Inserted && l.Deleted == r.Deleted {
		m.Inserted, m.Deleted = l.Inserted, l.Deleted
		if l.Href == r.Href {
			m.Href = l.Href
		}
	}
	return m
}

// nested is what a run stands in. A footnote's address is its own, and its number stands in no link.
func (run Inline) nested() Marks {
	if run.Footnote != "" {
		return Marks{Inserted: run.Marks.Inserted, Deleted: run.Marks.Deleted}
	}
	return run.Marks
}

// Levels of marks, the outermost first: the order in which they are nested in HTML and written in JSON.
const (
	levelInserted = iota
	levelDeleted
	levelLink
	levelForeign
	levelStrong
	levelEmphasis
	levelSuperscript
	levelSubscript
	levelCode
	levels
)

// markElements are the elements of the levels.
var markElements = [levels]string{"ins", "del", "a", "bdi", "strong", "em", "sup", "sub", "code"}

// has says whether m carries the mark of a level.
func (m Marks) has(level int) bool {
	switch level {
	case levelInserted:
		return m.Inserted != Change{}
	case levelDeleted:
		return m.Deleted != Change{}
	case levelLink:
		return m.Href != ""
	case levelForeign:
		return m.Foreign
	case levelStrong:
		return m.Strong
	case levelEmphasis:
		return m.Emphasis
	case levelSuperscript:
		return m.Superscript
	case levelSubscript:
		return m.Subscript
	case levelCode:
		return m.Code
	}
	return false
}

// only is m's suggestion at a level.
func (m Marks) only(level int) Marks {
	if level == levelInserted {
		return Marks{Inserted: m.Inserted}
	}
	return Marks{Deleted: m.Deleted}
}

// same says whether a and b are alike at a level.
func (m Marks) same(other Marks, level int) bool {
	switch level {
	case levelInserted:
		return m.Inserted == other.Inserted
	case levelDeleted:
		return m.Deleted == other.Deleted
	case levelLink:
		return m.Href == other.Href
	case levelForeign:
		return m.Foreign == other.Foreign && m.Lang == other.Lang && m.Dir == other.Dir
	}
	return m.has(level) == other.has(level)
}

// firstDifference is the outermost level at which a and b differ, levels where they do not.
func firstDifference(a, b Marks) int {
	for l := range levels {
		if !a.same(b, l) {
			return l
		}
	}
	return levels
}

func (p *printer) openMarks(m Marks, from int) {
	for l := from; l < levels; l++ {
		switch {
		case !m.has(l):
		case l == levelInserted:
			p.change("ins", m.Inserted)
		case l == levelDeleted:
			p.change("del", m.Deleted)
		case l == levelLink:
			if href, ok := safeHref(m.Href); ok {
				p.link(href)
			}
		case l == levelForeign:
			p.add("<bdi")
			p.langDir(m.Lang, m.Dir, around{})
			p.add(">")
		default:
			p.add("<", markElements[l], ">")
		}
	}
}

func (p *printer) closeMarks(m Marks, to int) {
	for l := levels - 1; l >= to; l-- {
		if !m.has(l) {
			continue
		}
		if l == levelLink {
			if _, ok := safeHref(m.Href); !ok {
				continue
			}
		}
		if l <= levelDeleted {
			p.spoken(" ", p.o.Spoken.End, "")
		}
		p.add("</", markElements[l], ">")
	}
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
