package doc

import (
	"cmp"
	"strconv"
	"strings"
)

// Markdown prints the body in the desk's plain form (see the package comment). Reading it back with FromMarkdown gives
// the same body; the exception is text so full of signs that FromMarkdown leaves it plain (see effortLimit), such as a
// single paragraph of tens of thousands of links. Signs that Markdown would read are escaped only where it would.
func (b Body) Markdown() string {
	s := markdownBlocks(b.Normal().Blocks, false)
	if s == "" {
		return ""
	}
	return s + "\n"
}

// markdownBlocks prints blocks with an empty line between. inQuote makes a dash at the start of a line plain, so that
// it does not read as a speaker.
func markdownBlocks(blocks []Block, inQuote bool) string {
	var out []string
	marker := byte(0)
	for i, b := range blocks {
		if b.Kind != KindBulletList && b.Kind != KindOrderedList {
			marker = 0
		} else {
			// Two lists of one kind side by side would be read as one: the second takes the other sign.
			marker = listMarker(b.Kind, marker, i > 0 && blocks[i-1].Kind == b.Kind)
		}
		out = append(out, markdownBlock(b, marker, inQuote))
	}
	return strings.Join(out, "\n\n")
}

func listMarker(k Kind, before byte, same bool) byte {
	first, second := byte('-'), byte('*')
	if k == KindOrderedList {
		first, second = '.', ')'
	}
	if same && before == first {
		return second
	}
	return first
}

func markdownBlock(b Block, marker byte, inQuote bool) string {
	switch b.Kind {
	case KindParagraph:
		return withBraces(markdownLine(b.Inline, lineMode{quote: inQuote}), braces(b.Lang, b.Dir))
	case KindHeading:
		line := strings.Repeat("#", min(max(b.Level, 2), 4)) + " " + markdownLine(b.Inline, lineMode{single: true})
		return withBraces(line, braces(b.Lang, b.Dir))
	case KindQuote:
		return before(braces(b.Lang, b.Dir), markdownQuote(b))
	case KindBulletList, KindOrderedList:
		return before(braces(b.Lang, b.Dir), markdownList(b, marker, inQuote))
	case KindImage:
		return markdownPicture(b)
	case KindEmbed:
		return markdownCard(b)
	case KindTable:
		return before(braces(b.Lang, b.Dir), markdownTable(b.Rows))
	case KindSeparator:
		return "___"
	case KindNote:
		return withBraces("::: "+b.Note, braces(b.Lang, b.Dir)) + "\n" + markdownBlocks(b.Blocks, false) + "\n:::"
	}
	return ""
}

func before(braces, block string) string {
	if braces == "" {
		return block
	}
	return braces + "\n\n" + block
}

func withBraces(line, braces string) string {
	if braces == "" {
		return line
	}
	return line + " " + braces
}

// braces prints {lang=… dir=… more}; the direction is left out where the language says it.
func braces(lang, dir string, more ...string) string {
	var parts []string
	if lang != "" {
		parts = append(parts, "lang="+lang)
	}
	if dir != "" && (lang == "" || dir != langDir(lang)) {
		parts = append(parts, "dir="+dir)
	}
	parts = append(parts, more...)
	if len(parts) == 0 {
		return ""
	}
	return "{" + strings.Join(parts, " ") + "}"
}

// indent puts first before the first line and rest before the others that are not empty.
func indent(s, first, rest string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		switch {
		case i == 0:
			lines[i] = first + line
		case line == "":
			lines[i] = strings.TrimRight(rest, " ")
		default:
			lines[i] = rest + line
		}
	}
	return strings.Join(lines, "\n")
}

func markdownQuote(b Block) string {
	s := indent(markdownBlocks(b.Blocks, true), "> ", "> ")
	if b.By == "" || len(b.Blocks) == 0 {
		return s
	}
	last := b.Blocks[len(b.Blocks)-1]
	if last.Kind != KindParagraph || last.Lang != "" || last.Dir != "" {
		s += "\n>"
	}
	return s + "\n> — " + escapeLine(b.By, lineMode{})
}

func markdownList(b Block, marker byte, inQuote bool) string {
	var out []string
	tight := true
	for i, item := range b.Blocks {
		tight = tight && len(item.Blocks) == 1 && item.Blocks[0].Kind == KindParagraph
		sign := string(marker) + " "
		if b.Kind == KindOrderedList {
			sign = strconv.Itoa(b.Start+i) + sign
		}
		out = append(out, indent(markdownBlocks(item.Blocks, inQuote), sign, strings.Repeat(" ", len(sign))))
	}
	if tight {
		return strings.Join(out, "\n")
	}
	return strings.Join(out, "\n\n")
}

func markdownPicture(b Block) string {
	p := b.Image
	if p == nil {
		return ""
	}
	s := "![" + escapeLine(p.Alt, lineMode{link: true}) + "](" + markdownAddress(p.Src)
	if p.Caption != "" {
		s += ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;").Replace(p.Caption) + `"`
	}
	var more []string
	if p.Credit != "" {
		more = append(more, "credit="+quoted(p.Credit))
	}
	if p.Width > 0 {
		more = append(more, "width="+strconv.Itoa(p.Width))
	}
	if p.Height > 0 {
		more = append(more, "height="+strconv.Itoa(p.Height))
	}
	return s + ")" + braces(b.Lang, b.Dir, more...)
}

// markdownAddress puts an address in angle brackets where it holds a bracket that Markdown would count.
func markdownAddress(s string) string {
	s = entities.ReplaceAllString(s, "&amp;$1;")
	if strings.ContainsAny(s, "()") {
		return "<" + s + ">"
	}
	return s
}

func markdownCard(b Block) string {
	if b.Embed == nil {
		return ""
	}
	s := "!embed " + b.Embed.URL
	if b.Embed.Title != "" {
		s += " " + quoted(b.Embed.Title)
	}
	var more []string
	if b.Embed.Provider != "" {
		more = append(more, "provider="+quoted(b.Embed.Provider))
	}
	return withBraces(s, braces(b.Lang, b.Dir, more...))
}

// markdownTable prints GitHub's form where it can carry the table, and HTML without its line breaks otherwise.
func markdownTable(rows []Row) string {
	if !pipesCarry(rows) {
		p := printer{plainForm: true}
		p.table(Block{Rows: rows}, around{})
		return string(p.w)
	}
	var out []string
	for y, row := range rows {
		line := "|"
		for _, c := range row.Cells {
			line += " " + markdownLine(c.Inline, lineMode{single: true, table: true}) + " |"
		}
		out = append(out, line)
		if y == 0 {
			out = append(out, "|"+strings.Repeat(" --- |", len(row.Cells)))
		}
	}
	return strings.Join(out, "\n")
}

// pipesCarry is true for one row of heads, rows of plain cells under it, and nothing joined.
func pipesCarry(rows []Row) bool {
	for y, row := range rows {
		for _, c := range row.Cells {
			if c.Header != (y == 0) || cmp.Or(c.Colspan, 1) != 1 || cmp.Or(c.Rowspan, 1) != 1 {
				return false
			}
		}
	}
	return true
}
