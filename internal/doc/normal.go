package doc

import (
	"cmp"
	"strings"
)

// Normal returns the body in normal form, which every reader of this package gives and [Body.Validate] asks for: runs
// of equal marks joined, no space at the ends of a line, no line break at the ends of a paragraph nor two in a row
// (they part paragraphs), no empty block, language and direction only where they differ from the block around, tables
// rectangular with no row or column that only joined cells cross, headings that skip no level (the first is 2). What is
// against the schema stays as it is.
func (b Body) Normal() Body {
	n, _ := b.normal()
	return n
}

// normal also counts the headings whose level was changed.
func (b Body) normal() (n Body, headings int) {
	n = Body{Blocks: normalBlocks(b.Blocks, around{})}
	last := 1
	return n, closeHeadings(n.Blocks, &last)
}

// closeHeadings raises headings that stand more than one level below the one before, as screen readers and validators
// ask; last is the level before the first.
func closeHeadings(blocks []Block, last *int) (changed int) {
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == KindHeading {
			if b.Level > *last+1 && b.Level <= 4 {
				b.Level = *last + 1
				changed++
			}
			*last = b.Level
		}
		changed += closeHeadings(b.Blocks, last)
	}
	return changed
}

// In returns the body as it stands in an article of that language and direction: blocks that only repeat them say
// nothing. lang is a BCP 47 tag, dir "ltr" or "rtl" ("" takes the language's).
func (b Body) In(lang, dir string) Body {
	lang, dir = normalLang(lang, dir, around{})
	return Body{Blocks: normalBlocks(b.Normal().Blocks, around{lang, dir})}
}

// around is the language and direction that a block inherits.
type around struct{ lang, dir string }

func (a around) with(b Block) around {
	return around{cmp.Or(b.Lang, a.lang), cmp.Or(b.Dir, a.dir)}
}

func normalBlocks(in []Block, a around) []Block {
	var out []Block
	for _, b := range in {
		out = append(out, normalBlock(b, a)...)
	}
	return out
}

// normalBlock gives no block for an empty one, and several for a paragraph with empty lines in it.
func normalBlock(b Block, a around) []Block {
	b.Lang, b.Dir = normalLang(b.Lang, b.Dir, a)
	a = a.with(b)
	switch b.Kind {
	case KindParagraph:
		return normalParagraph(b)
	case KindHeading:
		b.Inline = joinLines(inlineLines(b.Inline))
		return blockIf(b, len(b.Inline) > 0)
	case KindQuote:
		return normalQuote(b, a)
	case KindOrderedList, KindBulletList:
		if b.Kind == KindOrderedList && b.Start == 0 {
			b.Start = 1
		}
		fallthrough
	case KindListItem, KindNote:
		b.Blocks = normalBlocks(b.Blocks, a)
		return blockIf(b, len(b.Blocks) > 0)
	case KindImage:
		if b.Image != nil {
			p := *b.Image
			p.Src = cleanOr(cleanSrc, p.Src)
			p.Alt, p.Caption, p.Credit = plainLine(p.Alt), plainLine(p.Caption), plainLine(p.Credit)
			if p.Width == 1 {
				p.Width = 0 // says nothing, and 1×1 is the mark of a tracking picture
			}
			if p.Height == 1 {
				p.Height = 0
			}
			b.Image = &p
		}
	case KindEmbed:
		if b.Embed != nil {
			c := *b.Embed
			c.URL = cleanOr(cleanWebAddress, c.URL)
			c.Title, c.Provider = plainLine(c.Title), plainLine(c.Provider)
			if c.Title == c.URL {
				c.Title = ""
			}
			b.Embed = &c
		}
	case KindTable:
		b.Rows = normalRows(b.Rows)
		return blockIf(b, len(b.Rows) > 0)
	}
	return []Block{b}
}

func blockIf(b Block, keep bool) []Block {
	if !keep {
		return nil
	}
	return []Block{b}
}

// cleanOr leaves an address that is not allowed as it is, for Validate to refuse.
func cleanOr(clean func(string) (string, bool), address string) string {
	if s, ok := clean(address); ok {
		return s
	}
	return address
}

func normalParagraph(b Block) []Block {
	var out []Block
	for _, lines := range stanzas(inlineLines(b.Inline)) {
		p := b
		p.Inline = joinLines(lines)
		out = append(out, p)
	}
	return out
}

func normalQuote(b Block, a around) []Block {
	b.Blocks = normalBlocks(b.Blocks, a)
	b.By = speaker(b.By)
	if len(b.Blocks) > 0 {
		return []Block{b}
	}
	if b.By == "" {
		return nil
	}
	// A speaker without a word is a line of text.
	return []Block{{Kind: KindParagraph, Lang: b.Lang, Dir: b.Dir, Inline: []Inline{{Text: b.By}}}}
}

// normalLang drops what is inherited anyway and gives a language its direction.
func normalLang(lang, dir string, a around) (string, string) {
	if tag, ok := canonicalLang(lang); ok {
		lang = tag
	}
	if lang != "" && dir == "" {
		dir = langDir(lang)
	}
	if lang == a.lang {
		lang = ""
	}
	if lang == "" && dir == a.dir {
		dir = ""
	}
	return lang, dir
}

func normalMarks(m Marks) Marks {
	if m.Lang != "" || m.Dir != "" {
		m.Foreign = true
		m.Lang, m.Dir = normalLang(m.Lang, m.Dir, around{})
	}
	if m.Href != "" {
		m.Href = cleanOr(cleanHref, m.Href)
	}
	if m.Superscript {
		m.Subscript = false
	}
	return m
}

// inlineLines cuts runs at their line breaks, joins equal neighbours and trims each line; a line that shows nothing
// comes out empty.
func inlineLines(in []Inline) [][]Inline {
	lines := [][]Inline{nil}
	for _, run := range in {
		last := len(lines) - 1
		if run.Break {
			lines = append(lines, nil)
			continue
		}
		if run.Footnote != "" {
			lines[last] = append(lines[last], normalFootnote(run)...)
			continue
		}
		text, _ := cleanText(run.Text)
		if strings.Contains(text, "\n") {
			text = foldSpace(text)
		}
		if text == "" {
			continue
		}
		m := normalMarks(run.Marks)
		if n := len(lines[last]); n > 0 && lines[last][n-1].Footnote == "" && lines[last][n-1].Marks == m {
			lines[last][n-1].Text += text
			continue
		}
		lines[last] = append(lines[last], Inline{Text: text, Marks: m})
	}
	for i := range lines {
		lines[i] = trimLine(lines[i])
	}
	return lines
}

// normalFootnote gives no run where the note says nothing.
func normalFootnote(run Inline) []Inline {
	run.Marks = normalMarks(run.Marks.ofFootnote())
	if run.Footnote = cmp.Or(noteText(run.Footnote), run.Marks.Href); run.Footnote == "" {
		return nil
	}
	return []Inline{run}
}

// ofFootnote is what a footnote may carry of m.
func (m Marks) ofFootnote() Marks {
	return Marks{Href: m.Href, Inserted: m.Inserted, Deleted: m.Deleted}
}

func trimLine(line []Inline) []Inline {
	for len(line) > 0 && line[0].Footnote == "" {
		if line[0].Text = strings.TrimLeft(line[0].Text, " "); line[0].Text != "" {
			break
		}
		line = line[1:]
	}
	for n := len(line); n > 0 && line[n-1].Footnote == ""; n = len(line) {
		if line[n-1].Text = strings.TrimRight(line[n-1].Text, " "); line[n-1].Text != "" {
			break
		}
		line = line[:n-1]
	}
	for _, run := range line {
		if run.Footnote != "" || !blank(run.Text) {
			return line
		}
	}
	return nil
}

// stanzas parts lines where empty ones stand between them.
func stanzas(lines [][]Inline) [][][]Inline {
	var out [][][]Inline
	open := false
	for _, l := range lines {
		if len(l) == 0 {
			open = false
			continue
		}
		if !open {
			out = append(out, nil)
			open = true
		}
		out[len(out)-1] = append(out[len(out)-1], l)
	}
	return out
}

// joinLines puts lines together again with breaks between; empty lines are left out.
func joinLines(lines [][]Inline) []Inline {
	var out []Inline
	for _, l := range lines {
		if len(l) == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, Inline{Break: true})
		}
		out = append(out, l...)
	}
	return out
}
