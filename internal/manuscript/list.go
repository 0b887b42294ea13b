package manuscript

import "broadsheet/internal/doc"

// list builds the nested lists of a run of items.
func (a *assembly) list(nodes []node) ([]doc.Block, error) {
	b := &lists{}
	for _, n := range nodes {
		p := n.para
		lang, dir := p.direction()
		var blocks []doc.Block
		if !p.empty() {
			inline := p.inline
			if p.role == heading {
				inline = strong(inline)
			}
			blocks = append(blocks, doc.Block{Kind: doc.KindParagraph, Lang: lang, Dir: dir, Inline: inline})
		}
		for _, s := range p.shots {
			made, err := a.picture(s)
			if err != nil {
				return nil, err
			}
			blocks = append(blocks, made...)
		}
		for _, box := range p.boxes {
			made, err := a.box(box, false)
			if err != nil {
				return nil, err
			}
			for i := range made { // a list holds no heading
				if made[i].Kind == doc.KindHeading {
					made[i].Kind, made[i].Level = doc.KindParagraph, 0
				}
			}
			blocks = append(blocks, made...)
		}
		if len(blocks) > 0 {
			b.add(p.item, blocks)
		}
	}
	b.close(0)
	return b.done, nil
}

// deepest is how deep lists stand in one another: two nodes of the document a
// level, within its limit.
const deepest = 8

// lists are those that are open, the outermost first.
type lists struct {
	open []open
	done []doc.Block
}

type open struct {
	level int // as the file counts, from 0
	list  doc.Block
}

// add puts the blocks of one item where it belongs; nil goes on with the item
// before.
func (l *lists) add(at *item, blocks []doc.Block) {
	if at == nil {
		if n := len(l.open); n > 0 {
			l.extend(n-1, blocks)
			return
		}
		at = &item{}
	}
	level := min(at.level, deepest)
	for n := len(l.open); n > 0 && (l.open[n-1].level > level || l.open[n-1].level == level && !l.fits(n-1, at)); n = len(l.open) {
		l.close(n - 1)
	}
	made := doc.Block{Kind: doc.KindListItem, Blocks: blocks}
	if n := len(l.open); n > 0 && l.open[n-1].level == level {
		l.open[n-1].list.Blocks = append(l.open[n-1].list.Blocks, made)
		return
	}
	list := doc.Block{Kind: doc.KindBulletList, Blocks: []doc.Block{made}}
	if at.ordered {
		list.Kind, list.Start = doc.KindOrderedList, min(max(at.number, 1), doc.MaxStart)
	}
	l.open = append(l.open, open{level, list})
}

// fits: the item goes on with the list, in its kind and its count.
func (l *lists) fits(n int, at *item) bool {
	list := l.open[n].list
	if at.ordered != (list.Kind == doc.KindOrderedList) {
		return false
	}
	return !at.ordered || at.number == list.Start+len(list.Blocks) || at.number == 0
}

// close ends the lists from the n-th on and puts each into the item above it.
func (l *lists) close(n int) {
	for len(l.open) > n {
		last := len(l.open) - 1
		list := sided(l.open[last].list)
		l.open = l.open[:last]
		if last == 0 {
			l.done = append(l.done, list)
		} else {
			l.extend(last-1, []doc.Block{list})
		}
	}
}

func (l *lists) extend(n int, blocks []doc.Block) {
	items := l.open[n].list.Blocks
	last := &items[len(items)-1]
	last.Blocks = append(last.Blocks, blocks...)
}

func strong(in []doc.Inline) []doc.Inline {
	out := make([]doc.Inline, len(in))
	for i, run := range in {
		if out[i] = run; run.Text != "" {
			out[i].Marks.Strong = true
		}
	}
	return out
}

// sided is the list with the language and direction of its first item.
func sided(list doc.Block) doc.Block {
	first := around(doc.Block{Blocks: list.Blocks})
	list.Lang, list.Dir = first.Lang, first.Dir
	return list
}
