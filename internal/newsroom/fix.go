package newsroom

import (
	"slices"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/proof"
)

// keyOf names a finding, so that the form can say which fix was accepted.
func keyOf(f proof.Finding) string {
	return f.Rule + "." + f.Field + "." + itoa(f.Paragraph) + "." + itoa(f.Start) + "." + itoa(f.End)
}

// applyFix puts a finding's proposed words into the text that was typed.
// Nothing else of the text changes; a finding that is not there any more
// changes nothing and is said so.
func (d *draft) applyFix(key string, v visit, style *proof.Style) {
	content, _ := d.content()
	for _, f := range proof.Check(d.proofCopy(content, v.now, style)) {
		if keyOf(f) != key || f.Fix == nil {
			continue
		}
		if f.Field != "" {
			if text, ok := proof.Apply(fieldOf(content, f.Field), f); ok {
				d.typed.Set(f.Field, text)
				d.notice = d.form.s.T("desk.check.fixed")
				return
			}
			continue
		}
		if text, ok := mend(d.get("body"), content.Body, f); ok {
			d.setBody(text)
			d.notice = d.form.s.T("desk.check.fixed")
			return
		}
	}
	d.fault = d.form.s.T("desk.check.not-fixed")
}

// mend returns the text with the finding's fix. It changes the typed text in
// place where the paragraph stands there as it is, and else writes the text
// anew from its tree.
func mend(text string, body doc.Body, f proof.Finding) (string, bool) {
	paragraphs := body.Paragraphs()
	if f.Paragraph < 1 || f.Paragraph > len(paragraphs) {
		return "", false
	}
	was := paragraphs[f.Paragraph-1].Text
	want, ok := proof.Apply(was, f)
	if !ok {
		return "", false
	}
	if strings.Count(text, was) == 1 {
		if mended := strings.Replace(text, was, want, 1); reads(mended, f.Paragraph, want) {
			return mended, true
		}
	}
	p := patcher{target: f.Paragraph, start: f.Start, end: f.End, fix: *f.Fix}
	blocks := p.blocks(body.Blocks)
	if !p.done {
		blocks = p.footnotes(blocks)
	}
	mended := doc.Body{Blocks: blocks}.Normal().Markdown()
	return mended, p.done && reads(mended, f.Paragraph, want)
}

// reads reports whether a text's paragraph is what it should be, but for the
// spaces at its ends, which no paragraph keeps.
func reads(text string, paragraph int, want string) bool {
	body, _ := doc.FromMarkdown(text)
	list := body.Paragraphs()
	return paragraph <= len(list) && list[paragraph-1].Text == strings.TrimSpace(want)
}

// patcher walks a body in the order of doc.Body.Paragraphs and changes the
// characters start to end of one paragraph. It copies what it changes.
type patcher struct {
	seen, target, start, end int
	fix                      string
	done                     bool
}

func (p *patcher) blocks(blocks []doc.Block) []doc.Block {
	out := make([]doc.Block, len(blocks))
	for i, b := range blocks {
		out[i] = p.block(b)
	}
	return out
}

func (p *patcher) block(b doc.Block) doc.Block {
	switch b.Kind {
	case doc.KindParagraph, doc.KindHeading:
		b.Inline = p.inline(b.Inline)
	case doc.KindQuote:
		b.Blocks = p.blocks(b.Blocks)
		b.By = p.plain(b.By)
	case doc.KindImage:
		if b.Image != nil {
			p.pass(strings.Trim(b.Image.Caption+" "+b.Image.Credit, " "))
		}
	case doc.KindEmbed:
		if b.Embed != nil {
			p.pass(strings.Trim(b.Embed.Title+" "+b.Embed.Provider, " "))
		}
	case doc.KindTable:
		b.Rows = p.table(b.Rows)
	default:
		b.Blocks = p.blocks(b.Blocks)
	}
	return b
}

func (p *patcher) table(rows []doc.Row) []doc.Row {
	out := make([]doc.Row, len(rows))
	for i, row := range rows {
		out[i].Cells = append([]doc.Cell(nil), row.Cells...)
		for k := range out[i].Cells {
			out[i].Cells[k].Inline = p.inline(out[i].Cells[k].Inline)
		}
	}
	return out
}

// pass counts a paragraph that is no running text of its own (a caption with
// its credit) and reports whether it is the one.
func (p *patcher) pass(text string) bool {
	if text != "" {
		p.seen++
	}
	return text != "" && p.seen == p.target
}

func (p *patcher) plain(text string) string {
	if !p.pass(text) {
		return text
	}
	r := []rune(text)
	p.done = true
	return string(r[:p.start]) + p.fix + string(r[p.end:])
}

// inline changes the runs of a paragraph: the fix takes the marks of the run
// in which it begins.
func (p *patcher) inline(runs []doc.Inline) []doc.Inline {
	whole := ""
	for _, run := range runs {
		whole += textOf(run)
	}
	if !p.pass(whole) {
		return runs
	}
	p.done = true
	var out []doc.Inline
	at, put := 0, false
	for _, run := range runs {
		r := []rune(textOf(run))
		from, to := clamp(p.start-at, len(r)), clamp(p.end-at, len(r))
		at += len(r)
		if len(r) == 0 {
			out = append(out, run)
			continue
		}
		if from == to && (put || at <= p.start) || run.Break {
			if !(run.Break && from < to) {
				out = append(out, run)
			}
			continue
		}
		text := string(r[:from])
		if !put {
			text, put = text+p.fix, true
		}
		run.Text = text + string(r[to:])
		out = append(out, run)
	}
	return out
}

func clamp(n, most int) int { return max(0, min(n, most)) }

// textOf is what a run gives to its paragraph: what is suggested to go is not
// checked, and a footnote is a paragraph of its own.
func textOf(run doc.Inline) string {
	switch {
	case run.Break:
		return "\n"
	case run.Marks.Deleted != doc.Change{}:
		return ""
	}
	return run.Text
}

// footnotes changes the note of that number: notes are counted after
// everything else.
func (p *patcher) footnotes(blocks []doc.Block) []doc.Block {
	line := func(runs []doc.Inline) []doc.Inline {
		runs = slices.Clone(runs)
		for i, run := range runs {
			if run.Marks.Deleted == (doc.Change{}) {
				runs[i].Footnote = p.plain(run.Footnote)
			}
		}
		return runs
	}
	out := slices.Clone(blocks)
	for i := range out {
		out[i].Inline = line(out[i].Inline)
		out[i].Blocks = p.footnotes(out[i].Blocks)
		out[i].Rows = slices.Clone(out[i].Rows)
		for r, row := range out[i].Rows {
			cells := slices.Clone(row.Cells)
			for c := range cells {
				cells[c].Inline = line(cells[c].Inline)
			}
			out[i].Rows[r].Cells = cells
		}
	}
	return out
}
