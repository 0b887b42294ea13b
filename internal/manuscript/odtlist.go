package manuscript

import (
	"strconv"

	"broadsheet/internal/doc"
)

// listPlace is where in nested lists the reader stands.
type listPlace struct {
	style string
	depth int
}

// list reads text:list and those inside it into items.
func (o *odt) list(r *reader, e element, at listPlace) ([]node, error) {
	if style := e.get("text:style-name"); style != "" {
		at.style = style
	}
	if before, ok := o.ids[e.get("text:continue-list")]; ok && at.style == "" {
		at.style = before
	}
	if id := e.get("xml:id"); id != "" {
		o.ids[id] = at.style
	}
	l := o.listLevel(at)
	counts := o.counts[at.style]
	if counts == nil {
		counts = &[10]int{}
		o.counts[at.style] = counts
	}
	n := min(at.depth, 9)
	if e.get("text:continue-numbering") != "true" && e.get("text:continue-list") == "" {
		counts[n] = l.start - 1
	}
	var out []node
	err := r.each(func(e element) error {
		switch e.name {
		case "text:list-item":
			if v, err := strconv.Atoi(e.get("text:start-value")); err == nil {
				counts[n] = v - 1
			}
			counts[n]++
			items, err := o.item(r, at, &item{level: at.depth, ordered: l.ordered, number: counts[n]}, l.none)
			out = append(out, items...)
			return err
		case "text:list-header":
			items, err := o.item(r, at, nil, true)
			out = append(out, items...)
			return err
		}
		return nil
	}, nil)
	return out, err
}

func (o *odt) listLevel(at listPlace) level {
	if levels := o.lists[at.style]; levels != nil {
		l := levels[min(at.depth, 9)]
		if l.ordered && l.format != "1" && l.format != "" {
			o.reports.once(Numbering, l.format)
		}
		return l
	}
	return level{start: 1}
}

// item reads what stands in one item: the first paragraph is the item, the
// others go on with it.
func (o *odt) item(r *reader, at listPlace, first *item, bare bool) ([]node, error) {
	var out []node
	begun := false
	err := r.each(func(e element) error {
		switch e.name {
		case "text:p", "text:h":
			p, err := o.paragraph(r, e)
			switch {
			case bare && e.name == "text:h":
			case bare:
				p.role = continued
			case e.name == "text:h" && p.role == heading: // a numbered heading is a list in this format
				if first.ordered {
					p.label = strconv.Itoa(first.number) + "."
				}
			case !begun:
				p.item = first
			case p.role == plain:
				p.role = continued
			}
			begun = begun || !p.empty()
			out = append(out, node{para: p})
			return err
		case "text:list":
			items, err := o.list(r, e, listPlace{at.style, at.depth + 1})
			out = append(out, items...)
			return err
		case "table:table":
			rows, err := o.table(r)
			out = append(out, node{table: rows})
			return err
		}
		return nil
	}, nil)
	return out, err
}

// table reads table:table.
func (o *odt) table(r *reader) ([][]cell, error) {
	var rows [][]cell
	var read func(head bool) func(e element) error
	read = func(head bool) func(e element) error {
		return func(e element) error {
			switch e.name {
			case "table:table-header-rows":
				return r.each(read(true), nil)
			case "table:table-row-group", "table:table-rows":
				return r.each(read(head), nil)
			case "table:table-row":
				row, err := o.row(r, head)
				for range repeated(e, "table:number-rows-repeated", row) {
					rows = append(rows, row)
				}
				return err
			case "table:title", "table:desc":
				return nil
			}
			return nil
		}
	}
	err := r.each(read(false), nil)
	return heads(rows), err
}

// repeated is how often a row or cell stands there: once where it is empty,
// however often a spreadsheet repeats it.
func repeated(e element, name string, row []cell) int {
	n, _ := strconv.Atoi(e.get(name))
	words := false
	for _, c := range row {
		words = words || plainWords(c.nodes) != ""
	}
	if !words || n < 1 {
		return 1
	}
	return min(n, doc.MaxColumns)
}

func (o *odt) row(r *reader, head bool) ([]cell, error) {
	var row []cell
	err := r.each(func(e element) error {
		if e.name != "table:table-cell" { // a covered one belongs to the one that covers it
			if e.name != "table:covered-table-cell" {
				return nil
			}
			nodes, err := o.story(r)
			if n := len(row); n > 0 && plainWords(nodes) != "" {
				row[n-1].nodes = append(row[n-1].nodes, nodes...)
			}
			return err
		}
		c := cell{header: head, colspan: 1, rowspan: 1}
		for into, name := range map[*int]string{&c.colspan: "table:number-columns-spanned", &c.rowspan: "table:number-rows-spanned"} {
			if n, err := strconv.Atoi(e.get(name)); err == nil && n > 1 {
				*into = min(n, doc.MaxSpan)
			}
		}
		var err error
		c.nodes, err = o.story(r)
		for range repeated(e, "table:number-columns-repeated", []cell{c}) {
			row = append(row, c)
		}
		return err
	}, nil)
	return row, err
}
