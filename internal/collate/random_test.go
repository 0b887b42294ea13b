package collate

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/doc"

	"pgregory.net/rapid"
)

// vocabulary is what random texts are made of: several scripts, signs, joiners, what counts as one word and what does not.
var vocabulary = strings.Fields("the the the bridge is old new harbour opens in May 2026 council's well-known 3.5 a.m. «پل» می‌شود کهنه است، الجسر قديم، הגשר ישן 日本 橋 é e\u0301 — “quote” (yes) 🚢 …")

func words(t *rapid.T, most int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, most).Draw(t, "words"), " ")
}

func anyMarks(t *rapid.T) doc.Marks {
	if rapid.IntRange(0, 2).Draw(t, "plain") > 0 {
		return doc.Marks{}
	}
	return rapid.SampledFrom([]doc.Marks{{Strong: true}, {Emphasis: true}, {Strong: true, Emphasis: true}, {Href: "/news/1"}, {Href: "/news/2", Strong: true},
		{Foreign: true, Lang: "fa"}, {Inserted: doc.Change{ID: "abcdefgh", By: 1, At: 5}}, {Deleted: doc.Change{ID: "abcdefgi", By: 2, At: 6}}, {Superscript: true}, {Code: true}}).Draw(t, "marks")
}

func anyLine(t *rapid.T) []doc.Inline {
	var out []doc.Inline
	for range rapid.IntRange(1, 4).Draw(t, "runs") {
		out = append(out, doc.Inline{Text: words(t, 6) + " ", Marks: anyMarks(t)})
		if rapid.IntRange(0, 8).Draw(t, "break") == 0 {
			out = append(out, doc.Inline{Break: true})
		}
		if rapid.IntRange(0, 8).Draw(t, "footnote") == 0 {
			out = append(out, doc.Inline{Footnote: words(t, 3), Marks: doc.Marks{Href: rapid.SampledFrom([]string{"", "/a", "https://b.example/"}).Draw(t, "source")}}, doc.Inline{Text: " more"})
		}
	}
	return out
}

var top = []doc.Kind{doc.KindParagraph, doc.KindParagraph, doc.KindParagraph, doc.KindHeading, doc.KindQuote, doc.KindBulletList, doc.KindOrderedList,
	doc.KindImage, doc.KindEmbed, doc.KindTable, doc.KindSeparator, doc.KindNote}

func anyBlock(t *rapid.T, kinds []doc.Kind, depth int) doc.Block {
	b := doc.Block{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}
	if depth > 2 {
		b.Kind = doc.KindParagraph
	}
	nested := []doc.Kind{doc.KindParagraph, doc.KindParagraph, doc.KindBulletList, doc.KindImage, doc.KindTable, doc.KindSeparator, doc.KindQuote}
	switch b.Kind {
	case doc.KindParagraph:
		b.Inline = anyLine(t)
	case doc.KindHeading:
		b.Inline, b.Level = anyLine(t), rapid.IntRange(2, 4).Draw(t, "level")
	case doc.KindQuote:
		b.Blocks = anyBlocks(t, nested, depth+1, 3)
		b.By = rapid.SampledFrom([]string{"", "Mira Halden", "Jon Vale, mayor"}).Draw(t, "by")
	case doc.KindNote:
		b.Note, b.Blocks = rapid.SampledFrom([]string{doc.NoteEditor, doc.NoteFact}).Draw(t, "note"), anyBlocks(t, nested, depth+1, 3)
	case doc.KindBulletList, doc.KindOrderedList:
		if b.Kind == doc.KindOrderedList {
			b.Start = rapid.IntRange(1, 3).Draw(t, "start")
		}
		for range rapid.IntRange(1, 4).Draw(t, "items") {
			b.Blocks = append(b.Blocks, doc.Block{Kind: doc.KindListItem, Blocks: anyBlocks(t, nested, depth+2, 2)})
		}
	case doc.KindImage:
		b.Image = &doc.Picture{Src: rapid.SampledFrom([]string{"/media/ab/x.jpg", "/media/cd/y.jpg"}).Draw(t, "src"), Alt: words(t, 4), Caption: words(t, 6), Width: 800, Height: 600}
	case doc.KindEmbed:
		b.Embed = &doc.LinkCard{URL: rapid.SampledFrom([]string{"https://v.example/1", "https://v.example/2"}).Draw(t, "url"), Title: words(t, 5)}
	case doc.KindTable:
		columns := rapid.IntRange(1, 3).Draw(t, "columns")
		for y := range rapid.IntRange(1, 4).Draw(t, "rows") {
			var row doc.Row
			for range columns {
				row.Cells = append(row.Cells, doc.Cell{Header: y == 0, Colspan: 1, Rowspan: rapid.SampledFrom([]int{1, 1, 1, 2}).Draw(t, "rowspan"), Inline: anyLine(t)})
			}
			b.Rows = append(b.Rows, row)
		}
	}
	return b
}

func anyBlocks(t *rapid.T, kinds []doc.Kind, depth, most int) []doc.Block {
	var out []doc.Block
	for range rapid.IntRange(1, most).Draw(t, "blocks") {
		out = append(out, anyBlock(t, kinds, depth))
	}
	return out
}

func anyBody(t *rapid.T) doc.Body { return doc.Body{Blocks: anyBlocks(t, top, 1, 7)}.Normal() }

// editor changes a body as a writer does. Every word that it writes is its own, so that it can be looked for.
type editor struct {
	*rapid.T
	name    string
	written []string
}

func (e *editor) word() string {
	w := fmt.Sprintf("%s%d", e.name, len(e.written))
	e.written = append(e.written, w)
	return w
}

func (e *editor) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(e.T, label) }

// edit gives a changed body, in normal form.
func (e *editor) edit(b doc.Body) doc.Body {
	for range rapid.IntRange(1, 5).Draw(e.T, "edits") {
		b = doc.Body{Blocks: e.blocks(b.Blocks, true)}.Normal()
	}
	return b
}

func (e *editor) blocks(in []doc.Block, top bool) []doc.Block {
	out := slices.Clone(in)
	if len(out) == 0 {
		return []doc.Block{e.paragraph()}
	}
	i := e.pick("block", len(out))
	switch e.pick("what", 12) {
	case 0:
		return slices.Insert(out, i, e.paragraph())
	case 1:
		return append(out, e.paragraph())
	case 2:
		return slices.Delete(out, i, i+1)
	case 3:
		k := e.pick("to", len(out))
		out[i], out[k] = out[k], out[i]
	case 4:
		if out[i].Kind == doc.KindParagraph && len(out[i].Inline) > 1 {
			at := 1 + e.pick("part", len(out[i].Inline)-1)
			first, second := out[i], out[i]
			first.Inline, second.Inline = slices.Clone(first.Inline[:at]), slices.Clone(second.Inline[at:])
			return slices.Replace(out, i, i+1, first, second)
		}
	case 5:
		if i+1 < len(out) && out[i].Kind == doc.KindParagraph && out[i+1].Kind == doc.KindParagraph {
			joined := out[i]
			joined.Inline = slices.Concat(out[i].Inline, []doc.Inline{{Text: " "}}, out[i+1].Inline)
			return slices.Replace(out, i, i+2, joined)
		}
	case 6:
		if top && isFlow(out[i]) {
			out[i].Kind, out[i].Level = doc.KindHeading, 2
		}
	default:
		out[i] = e.block(out[i])
	}
	return out
}

func (e *editor) paragraph() doc.Block {
	return doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: e.word() + " " + words(e.T, 5) + " " + e.word(), Marks: anyMarks(e.T)}}}
}

func (e *editor) block(b doc.Block) doc.Block {
	switch b.Kind {
	case doc.KindParagraph, doc.KindHeading:
		b.Inline = e.line(b.Inline)
	case doc.KindQuote:
		if e.pick("speaker", 3) == 0 {
			b.By = strings.TrimSpace(b.By + " " + e.word())
			return b
		}
		b.Blocks = e.blocks(b.Blocks, false)
	case doc.KindNote, doc.KindListItem:
		b.Blocks = e.blocks(b.Blocks, false)
	case doc.KindBulletList, doc.KindOrderedList:
		b.Blocks = slices.Clone(b.Blocks)
		i := e.pick("item", len(b.Blocks))
		if e.pick("new item", 3) == 0 {
			b.Blocks = slices.Insert(b.Blocks, i, doc.Block{Kind: doc.KindListItem, Blocks: []doc.Block{e.paragraph()}})
		} else {
			b.Blocks[i] = e.block(b.Blocks[i])
		}
	case doc.KindImage:
		p := *b.Image
		if e.pick("picture", 3) == 0 {
			p.Src = "/media/" + e.word() + ".jpg"
		} else {
			p.Caption += " " + e.word()
		}
		b.Image = &p
	case doc.KindEmbed:
		c := *b.Embed
		if e.pick("card", 3) == 0 {
			c.URL = "https://" + e.word() + ".example/"
		} else {
			c.Title += " " + e.word()
		}
		b.Embed = &c
	case doc.KindTable:
		b.Rows = e.rows(b.Rows)
	}
	return b
}

func (e *editor) rows(in []doc.Row) []doc.Row {
	out := slices.Clone(in)
	y := e.pick("row", len(out))
	out[y].Cells = slices.Clone(out[y].Cells)
	x := e.pick("cell", len(out[y].Cells))
	switch e.pick("table", 4) {
	case 0:
		return slices.Insert(out, y, doc.Row{Cells: []doc.Cell{{Inline: []doc.Inline{{Text: e.word()}}}}})
	case 1:
		out[y].Cells = slices.Insert(out[y].Cells, x, doc.Cell{Inline: []doc.Inline{{Text: e.word()}}})
	default:
		out[y].Cells[x].Inline = e.line(out[y].Cells[x].Inline)
	}
	return out
}

// line writes, takes out and marks words.
func (e *editor) line(in []doc.Inline) []doc.Inline {
	out := slices.Clone(in)
	if len(out) == 0 {
		return []doc.Inline{{Text: e.word()}}
	}
	i := e.pick("run", len(out))
	parts := strings.SplitAfter(out[i].Text, " ")
	k := e.pick("word", len(parts))
	change := e.pick("change", 6)
	if out[i].Footnote != "" {
		change = 3
	}
	out[i].Break = false // what is written in its place is text
	switch change {
	case 0:
		out[i].Text = strings.Join(slices.Delete(parts, k, k+1), "")
	case 1:
		parts[k] = e.word() + " "
		out[i].Text = strings.Join(parts, "")
	case 2:
		if out[i].Text != "" {
			out[i].Marks = anyMarks(e.T)
		}
	case 3:
		if !out[i].Break {
			out[i].Marks.Href = "/" + e.word()
		}
		if out[i].Footnote != "" {
			out[i].Footnote += " " + e.word()
		}
	default:
		parts = slices.Insert(parts, k, e.word()+" ")
		out[i] = doc.Inline{Text: strings.Join(parts, ""), Marks: out[i].Marks}
	}
	return slices.DeleteFunc(out, func(r doc.Inline) bool { return !r.Break && r.Text == "" && r.Footnote == "" })
}
