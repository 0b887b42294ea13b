package doc

import (
	"cmp"
	"fmt"
	"slices"
)

func blocksFrom(list []node) ([]Block, error) {
	blocks := make([]Block, 0, len(list))
	for _, n := range list {
		b, err := blockFrom(n)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, b)
	}
	return blocks, nil
}

// blockFrom reads one block. What stands where is left to check; here each key and attribute must be one of its kind's.
func blockFrom(n node) (Block, error) {
	b := Block{Kind: Kind(n.kind)}
	if n.text != nil || n.marks != nil {
		return b, fmt.Errorf("%q carries text or marks", n.kind)
	}
	a := attrReader{left: n.attrs}
	if b.Kind != KindSeparator && b.Kind != KindListItem {
		b.Lang, b.Dir = a.text("lang"), a.text("dir")
	}
	var err error
	switch b.Kind {
	case KindParagraph:
		b.Inline, err = runsFrom(n.content)
	case KindHeading:
		b.Level = a.number("level")
		b.Inline, err = runsFrom(n.content)
	case KindQuote:
		b.By = a.text("by")
		b.Blocks, err = blocksFrom(n.content)
	case KindBulletList, KindListItem:
		b.Blocks, err = blocksFrom(n.content)
	case KindOrderedList:
		b.Start = cmp.Or(a.number("start"), 1)
		b.Blocks, err = blocksFrom(n.content)
	case KindNote:
		b.Note = a.text("kind")
		b.Blocks, err = blocksFrom(n.content)
	case KindImage:
		b.Image = &Picture{Src: a.text("src"), Alt: a.text("alt"), Caption: a.text("caption"),
			Credit: a.text("credit"), Width: a.number("width"), Height: a.number("height")}
		err = childless(n)
	case KindEmbed:
		b.Embed = &LinkCard{URL: a.text("url"), Title: a.text("title"), Provider: a.text("provider")}
		err = childless(n)
	case KindTable:
		b.Rows, err = rowsFrom(n.content)
	case KindSeparator:
		err = childless(n)
	default:
		err = fmt.Errorf("unknown node %q", n.kind)
	}
	return b, cmp.Or(err, a.rest(n.kind))
}

func childless(n node) error {
	if len(n.content) > 0 {
		return fmt.Errorf("%q cannot hold other nodes", n.kind)
	}
	return nil
}

func rowsFrom(list []node) ([]Row, error) {
	var rows []Row
	for _, n := range list {
		a := attrReader{left: n.attrs}
		if err := a.rest(n.kind); err != nil || n.kind != "table_row" || n.text != nil || n.marks != nil {
			return nil, cmp.Or(err, fmt.Errorf("%q cannot stand in a table", n.kind))
		}
		var row Row
		for _, m := range n.content {
			c, err := cellFrom(m)
			if err != nil {
				return nil, err
			}
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func cellFrom(n node) (Cell, error) {
	if n.kind != "table_cell" && n.kind != "table_header" || n.text != nil || n.marks != nil {
		return Cell{}, fmt.Errorf("%q cannot stand in a table row", n.kind)
	}
	a := attrReader{left: n.attrs}
	c := Cell{Header: n.kind == "table_header"}
	c.Colspan, c.Rowspan = cmp.Or(a.number("colspan"), 1), cmp.Or(a.number("rowspan"), 1)
	for _, span := range []int{c.Colspan, c.Rowspan} {
		if err := within("span", span, 1, MaxSpan); err != nil {
			return c, err
		}
	}
	var err error
	c.Inline, err = runsFrom(n.content)
	return c, cmp.Or(err, a.rest(n.kind))
}

func runsFrom(list []node) ([]Inline, error) {
	var runs []Inline
	for _, n := range list {
		a := attrReader{left: n.attrs}
		if n.kind == "footnote" {
			run, err := footnoteFrom(n, &a)
			if err != nil {
				return nil, err
			}
			if run.Footnote != "" {
				runs = append(runs, run)
			}
			continue
		}
		if err := cmp.Or(a.rest(n.kind), childless(n)); err != nil {
			return nil, err
		}
		switch {
		case n.kind == "hard_break" && n.text == nil:
			// An editor keeps the marks of the text around; a line break needs none here.
			if _, err := marksFrom(n.marks); err != nil {
				return nil, err
			}
			runs = append(runs, Inline{Break: true})
		case n.kind == "text" && n.text != nil && *n.text != "":
			m, err := marksFrom(n.marks)
			if err != nil {
				return nil, err
			}
			runs = append(runs, Inline{Text: *n.text, Marks: m})
		default:
			return nil, fmt.Errorf("%q cannot stand in a line of text", n.kind)
		}
	}
	return runs, nil
}

// footnoteFrom reads a note. An editor keeps the marks of the text around; of those a note carries suggestions only.
// Without text its address is the text.
func footnoteFrom(n node, a *attrReader) (Inline, error) {
	if n.text != nil {
		return Inline{}, fmt.Errorf("a footnote carries text of the line")
	}
	m, err := marksFrom(n.marks)
	run := Inline{Footnote: noteText(a.text("text")), Marks: m.ofFootnote()}
	if href := a.text("href"); href != "" {
		run.Marks.Href = cleanOr(cleanHref, href)
	}
	run.Footnote = cmp.Or(run.Footnote, run.Marks.Href)
	return run, cmp.Or(err, a.rest(n.kind), childless(n))
}

func marksFrom(list []node) (Marks, error) {
	var m Marks
	if len(list) > levels {
		return m, fmt.Errorf("more marks than there are")
	}
	for i, n := range list {
		twice := slices.ContainsFunc(list[:i], func(m node) bool { return m.kind == n.kind })
		if twice || n.text != nil || n.content != nil || n.marks != nil {
			return m, fmt.Errorf("mark %q stands twice or carries what it may not", n.kind)
		}
		a := attrReader{left: n.attrs}
		switch n.kind {
		case "inserted":
			m.Inserted = a.change()
		case "deleted":
			m.Deleted = a.change()
		case "link":
			m.Href = a.text("href")
			if m.Href == "" {
				return m, fmt.Errorf("a link without href")
			}
		case "bdi":
			m.Foreign, m.Lang, m.Dir = true, a.text("lang"), a.text("dir")
		case "strong":
			m.Strong = true
		case "emphasis":
			m.Emphasis = true
		case "superscript":
			m.Superscript = true
		case "subscript":
			m.Subscript = true
		case "code":
			m.Code = true
		default:
			return m, fmt.Errorf("unknown mark %q", n.kind)
		}
		if err := a.rest(n.kind); err != nil {
			return m, err
		}
	}
	return m, nil
}

// attrReader takes attributes out one by one; what is left, or of the wrong sort, is an error.
type attrReader struct {
	left map[string]any
	err  error
}

func (a *attrReader) text(name string) string {
	return takeAttr[string](a, name)
}

func (a *attrReader) number(name string) int {
	return takeAttr[int](a, name)
}

// change reads a suggestion; what is missing makes it one that does not fit.
func (a *attrReader) change() Change {
	c := Change{a.text("id"), int64(a.number("by")), int64(a.number("at"))}
	if a.err == nil && !c.fits() {
		a.err = fmt.Errorf("a suggestion needs an id of 8 to 20 letters a to z and digits, by whom and when")
	}
	return c
}

func takeAttr[T any](a *attrReader, name string) T {
	v, ok := a.left[name]
	delete(a.left, name)
	t, right := v.(T)
	if ok && !right {
		a.err = fmt.Errorf("attribute %q is of the wrong sort", name)
	}
	return t
}

func (a *attrReader) rest(kind string) error {
	for name := range a.left {
		return cmp.Or(a.err, fmt.Errorf("unknown attribute %q of %q", name, kind))
	}
	return a.err
}
