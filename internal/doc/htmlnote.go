package doc

import "strconv"

// noteNumber prints the number that leads to a note. The note itself waits for the end of the page; in the plain form it
// stands in place of the number.
func (p *printer) noteNumber(run Inline) {
	if p.plainForm {
		run.Marks.Inserted, run.Marks.Deleted = Change{}, Change{}
		p.add(`<sup class="noteref">`)
		p.noteText(run)
		p.add("</sup>")
		return
	}
	p.noted = append(p.noted, run)
	n := len(p.noted)
	id := strconv.Itoa(n)
	p.add(`<sup class="noteref"><a href="#note-`, id, `" id="noteref-`, id, `" role="doc-noteref"`)
	if p.o.Notes.Label != "" {
		p.attr("aria-label", p.o.Notes.Label+" "+p.number(n))
	}
	p.add(">")
	p.text(p.number(n))
	p.add("</a></sup>")
}

// notes prints the list of footnotes. The number before each leads back to its place in the text: it is written in the
// edition's digits, as a list's own numbers could not be, and turns with the direction, as an arrow would not.
func (p *printer) notes() {
	if len(p.noted) == 0 {
		return
	}
	p.add(`<section class="footnotes" role="doc-endnotes"`)
	if title := p.o.Notes.Title; title != "" {
		p.attr("aria-label", title)
	}
	p.add(">\n")
	if title := p.o.Notes.Title; title != "" {
		name := "h" + strconv.Itoa(min(max(2+p.o.HeadingOffset, 1), 6))
		p.add("<", name, ">")
		p.text(title)
		p.add("</", name, ">\n")
	}
	p.add("<ul>\n")
	for i, run := range p.noted {
		id := strconv.Itoa(i + 1)
		p.add(`<li id="note-`, id, `"><a href="#noteref-`, id, `" role="doc-backlink"`)
		if p.o.Notes.Label != "" {
			p.attr("aria-label", p.o.Notes.Label+" "+p.number(i+1)+": "+p.o.Notes.Back)
		}
		p.add(">")
		p.text(p.number(i + 1))
		p.add("</a> ")
		p.noteText(run)
		p.add("</li>\n")
	}
	p.add("</ul>\n</section>\n")
}

func (p *printer) noteText(run Inline) {
	href, ok := safeHref(run.Marks.Href)
	m := Marks{Inserted: run.Marks.Inserted, Deleted: run.Marks.Deleted}
	p.openMarks(m, 0)
	if ok {
		p.link(href)
	}
	p.text(run.Footnote)
	if ok {
		p.add("</a>")
	}
	p.closeMarks(m, 0)
}

func (p *printer) number(n int) string {
	if p.o.Notes.Number != nil {
		return p.o.Notes.Number(n)
	}
	return strconv.Itoa(n)
}

// change starts <ins> or <del>. What does not fit is written without saying whose it is.
func (p *printer) change(name string, c Change) {
	p.add("<", name)
	if c.fits() {
		p.attr("data-id", c.ID)
		p.attr("data-by", strconv.FormatInt(c.By, 10))
		p.attr("data-at", strconv.FormatInt(c.At, 10))
	}
	p.add(">")
	if name == "ins" {
		p.spoken("", p.o.Spoken.Inserted, " ")
	} else {
		p.spoken("", p.o.Spoken.Deleted, " ")
	}
}

// spoken prints words that are heard and not seen.
func (p *printer) spoken(before, words, after string) {
	if words != "" {
		p.add(`<span class="hidden">`, before)
		p.text(words)
		p.add(after, "</span>")
	}
}
