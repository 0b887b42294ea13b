package doc

import (
	"slices"
	"strings"
)

// Suggestion is a change that somebody suggests and nobody has settled yet.
type Suggestion struct {
	Change
	Inserted string // the words that would come in, "" for none; those of several paragraphs are parted by line breaks
	Deleted  string // the words that would go
	Lang     string // of the block it begins in, as in [Paragraph]
	Dir      string
}

// Unsettled lists the suggestions of the body, in the order in which they begin.
func (b Body) Unsettled() []Suggestion {
	var list []Suggestion
	at := map[string]int{}
	block := 0
	last := map[string]int{} // block of a suggestion's last words, insertions and deletions apart
	b.lines(func(runs []Inline, a around) {
		block++
		for _, run := range runs {
			for _, c := range []Change{run.Marks.Inserted, run.Marks.Deleted} {
				if c == (Change{}) {
					continue
				}
				i, ok := at[c.ID]
				if !ok {
					i, at[c.ID] = len(list), len(list)
					list = append(list, Suggestion{Change: c, Lang: a.lang, Dir: a.dir})
				}
				words, side := &list[i].Inserted, c.ID+"+"
				if c == run.Marks.Deleted {
					words, side = &list[i].Deleted, c.ID+"-"
				}
				if n, begun := last[side]; begun && n != block {
					*words += "\n"
				}
				last[side] = block
				*words += run.words()
			}
		}
	})
	return list
}

// words is what a run says, a footnote in brackets.
func (run Inline) words() string {
	if run.Footnote != "" {
		return "[" + run.Footnote + "]"
	}
	return run.Text
}

// Settle accepts or refuses one suggestion: what was to be inserted becomes text or goes, what was to be deleted goes or
// becomes text. ok is false where the body holds no such suggestion.
func (b Body) Settle(id string, accept bool) (settled Body, ok bool) {
	settled = b.settle(func(c Change) verdict {
		switch {
		case c.ID != id:
			return leave
		case accept:
			ok = true
			return take
		}
		ok = true
		return refuse
	})
	return settled, ok
}

// Original is the body with every suggestion refused: what readers are shown while one is unsettled.
func (b Body) Original() Body {
	return b.settle(func(Change) verdict { return refuse })
}

// Accepted is the body with every suggestion accepted.
func (b Body) Accepted() Body {
	return b.settle(func(Change) verdict { return take })
}

type verdict int

const (
	leave verdict = iota
	take
	refuse
)

// settle gives the body in normal form without the suggestions that decide takes or refuses. A block goes with the last
// of its words, and a quote with them, whoever is named under it.
func (b Body) settle(decide func(Change) verdict) Body {
	if !b.suggested() {
		return b
	}
	return Body{Blocks: settleBlocks(b.Blocks, decide)}.Normal()
}

// suggested says whether any run carries a suggestion.
func (b Body) suggested() bool {
	found := false
	b.lines(func(runs []Inline, _ around) {
		found = found || slices.ContainsFunc(runs, func(run Inline) bool { return run.Marks.suggested() })
	})
	return found
}

func (m Marks) suggested() bool { return m.Inserted != (Change{}) || m.Deleted != (Change{}) }

func settleBlocks(blocks []Block, decide func(Change) verdict) []Block {
	var out []Block
	for _, b := range blocks {
		had := len(b.Inline) + len(b.Blocks)
		switch b.Kind {
		case KindTable:
			b.Rows = settleRows(b.Rows, decide)
		default:
			b.Inline = settleLine(b.Inline, decide)
			b.Blocks = settleBlocks(b.Blocks, decide)
		}
		if had > 0 && len(b.Inline)+len(b.Blocks) == 0 {
			continue
		}
		out = append(out, b)
	}
	return out
}

func settleRows(rows []Row, decide func(Change) verdict) []Row {
	out := make([]Row, len(rows))
	for i, row := range rows {
		out[i].Cells = slices.Clone(row.Cells)
		for k := range out[i].Cells {
			out[i].Cells[k].Inline = settleLine(row.Cells[k].Inline, decide)
		}
	}
	return out
}

func settleLine(runs []Inline, decide func(Change) verdict) []Inline {
	var out []Inline
	text := false
	for _, run := range runs {
		m := &run.Marks
		in, del := leave, leave
		if m.Inserted != (Change{}) {
			in = decide(m.Inserted)
		}
		if m.Deleted != (Change{}) {
			del = decide(m.Deleted)
		}
		if in == refuse || del == take {
			continue
		}
		if in == take {
			m.Inserted = Change{}
		}
		if del == refuse {
			m.Deleted = Change{}
		}
		text = text || !run.Break && strings.Trim(run.Text+run.Footnote, " ") != ""
		out = append(out, run)
	}
	if !text {
		return nil
	}
	return out
}

// lines calls visit for each line of text that the body holds, in the order of the page, with the language and direction
// around it.
func (b Body) lines(visit func(runs []Inline, a around)) {
	linesOf(b.Blocks, around{}, visit)
}

func linesOf(blocks []Block, a around, visit func([]Inline, around)) {
	for _, b := range blocks {
		a := a.with(b)
		if len(b.Inline) > 0 {
			visit(b.Inline, a)
		}
		linesOf(b.Blocks, a, visit)
		for _, row := range b.Rows {
			for _, c := range row.Cells {
				if len(c.Inline) > 0 {
					visit(c.Inline, a)
				}
			}
		}
	}
}

// fits says whether a change can stand in a body.
func (c Change) fits() bool {
	if len(c.ID) < 8 || len(c.ID) > 20 || c.By < 1 || c.By > maxNumber || c.At < 1 || c.At > maxNumber {
		return false
	}
	return strings.Trim(c.ID, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// maxNumber bounds numbers and times to what a browser can count (2^53).
const maxNumber = 1<<53 - 1

// Rewrite returns the body with each suggestion replaced by what change makes of it.
func (b Body) Rewrite(change func(Change) Change) Body {
	if !b.suggested() {
		return b
	}
	return Body{Blocks: rewriteBlocks(b.Blocks, func(run Inline) Inline {
		for _, c := range []*Change{&run.Marks.Inserted, &run.Marks.Deleted} {
			if *c != (Change{}) {
				*c = change(*c)
			}
		}
		return run
	})}.Normal()
}

func rewriteBlocks(blocks []Block, one func(Inline) Inline) []Block {
	line := func(runs []Inline) []Inline {
		runs = slices.Clone(runs)
		for i, run := range runs {
			runs[i] = one(run)
		}
		return runs
	}
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Inline = line(out[i].Inline)
		out[i].Blocks = rewriteBlocks(out[i].Blocks, one)
		out[i].Rows = slices.Clone(out[i].Rows)
		for r, row := range out[i].Rows {
			out[i].Rows[r].Cells = slices.Clone(row.Cells)
			for c, cell := range row.Cells {
				out[i].Rows[r].Cells[c].Inline = line(cell.Inline)
			}
		}
	}
	return out
}
