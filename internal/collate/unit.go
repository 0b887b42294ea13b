package collate

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"broadsheet/internal/doc"
)

// unit is a part of a text on its way into a row.
type unit struct {
	Part
	line   []doc.Inline
	inside string // what it stands in, and its attributes beside the part's own
	tokens []token
}

func (u *unit) same(other *unit) bool {
	return u.sameForm(other) && slices.Equal(u.line, other.line)
}

func (u *unit) sameForm(other *unit) bool {
	return u.Kind == other.Kind && u.Level == other.Level && u.Lang == other.Lang && u.Dir == other.Dir && u.inside == other.inside
}

// class is what a part may be found again as: a paragraph may become an item or a heading, a cell stays a cell.
func (u *unit) class() string {
	switch u.Kind {
	case "attribution", "cell", string(doc.KindImage), string(doc.KindEmbed), string(doc.KindSeparator):
		return u.Kind
	}
	return "line"
}

// unitsOf lists the parts of a body as they are read.
func unitsOf(b doc.Body) []*unit {
	var f flattener
	f.blocks(b.Blocks, place{kind: "paragraph"})
	return f.list
}

type flattener struct{ list []*unit }

// place is what a block stands in.
type place struct{ kind, inside, lang, dir string }

func (p place) of(b doc.Block) place {
	p.lang, p.dir = cmp.Or(b.Lang, p.lang), cmp.Or(b.Dir, p.dir)
	return p
}

func (p place) in(kind, what string) place {
	p.kind, p.inside = cmp.Or(kind, p.kind), p.inside+what+"/"
	return p
}

func (f *flattener) add(kind string, level int, p place, line []doc.Inline) {
	f.list = append(f.list, &unit{Part: Part{Kind: kind, Level: level, Number: len(f.list) + 1, Lang: p.lang, Dir: p.dir}, line: line, inside: p.inside})
}

func (f *flattener) blocks(blocks []doc.Block, p place) {
	for _, b := range blocks {
		f.block(b, p.of(b))
	}
}

func (f *flattener) block(b doc.Block, p place) {
	switch b.Kind {
	case doc.KindParagraph:
		f.add(p.kind, 0, p, b.Inline)
	case doc.KindHeading:
		f.add("heading", b.Level, p, b.Inline)
	case doc.KindQuote:
		f.blocks(b.Blocks, p.in("quote", "quote"))
		if b.By != "" {
			f.add("attribution", 0, p, textLine(b.By))
		}
	case doc.KindListItem:
		f.item(b.Blocks, p)
	case doc.KindBulletList, doc.KindOrderedList:
		f.blocks(b.Blocks, p.in("", string(b.Kind)+strconv.Itoa(b.Start)))
	case doc.KindNote:
		f.blocks(b.Blocks, p.in("note", b.Note))
	case doc.KindImage:
		if i := b.Image; i != nil {
			f.add(string(b.Kind), 0, p.in("", fmt.Sprint(i.Width, i.Height)), textLine(i.Caption, i.Credit, i.Alt, i.Src))
		}
	case doc.KindEmbed:
		if e := b.Embed; e != nil {
			f.add(string(b.Kind), 0, p, textLine(e.Title, e.Provider, e.URL))
		}
	case doc.KindTable:
		for _, row := range b.Rows {
			for _, c := range row.Cells {
				f.add("cell", 0, p.in("", fmt.Sprint(c.Header, c.Colspan, c.Rowspan)), c.Inline)
			}
		}
	default:
		f.add(string(b.Kind), 0, p, nil)
	}
}

// item lists what stands in a list item; only its first block opens it.
func (f *flattener) item(blocks []doc.Block, p place) {
	for i, b := range blocks {
		what := "item"
		if i > 0 {
			what = "item more"
		}
		f.block(b, p.in("item", what).of(b))
	}
}

// textLine is a line of several texts, each on a line of its own.
func textLine(texts ...string) []doc.Inline {
	var out []doc.Inline
	for _, t := range texts {
		if t == "" {
			continue
		}
		if len(out) > 0 {
			out = append(out, doc.Inline{Break: true})
		}
		out = append(out, doc.Inline{Text: t})
	}
	return out
}
