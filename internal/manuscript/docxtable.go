package manuscript

import (
	"strconv"
	"strings"

	"broadsheet/internal/doc"
)

// wordCell is a cell with what says how it is joined.
type wordCell struct {
	cell
	grows bool // goes on with the cell above
}

// table reads w:tbl.
func (d *docx) table(r *reader) ([][]cell, error) {
	var rows [][]wordCell
	var read func(e element) error
	read = func(e element) error {
		switch e.name {
		case "w:tr":
			row, gone, err := d.row(r)
			if !gone && len(row) > 0 {
				rows = append(rows, row)
			}
			return err
		case "w:tblPr", "w:tblGrid", "w:sdtPr", "w:tblPrEx":
			return nil
		}
		return r.each(read, nil)
	}
	err := r.each(read, nil)
	return heads(merged(rows)), err
}

// row reads w:tr; gone = a tracked change deletes it.
func (d *docx) row(r *reader) (row []wordCell, gone bool, err error) {
	head := false
	var read func(e element) error
	read = func(e element) error {
		switch e.name {
		case "w:trPr":
			return r.each(func(e element) error {
				switch e.name {
				case "w:tblHeader":
					head = e.on()
				case "w:del":
					gone = true
				case "w:gridBefore":
					if n, _ := strconv.Atoi(e.val()); n > 0 {
						row = append(row, wordCell{cell: cell{colspan: min(n, doc.MaxSpan)}})
					}
				}
				return nil
			}, nil)
		case "w:tc":
			c, err := d.cell(r)
			c.header = head
			row = append(row, c)
			return err
		case "w:tblPrEx", "w:sdtPr":
			return nil
		}
		return r.each(read, nil)
	}
	err = r.each(read, nil)
	if gone {
		var all []string
		for _, c := range row {
			all = append(all, plainWords(c.nodes))
		}
		d.reports.report(Deleted, oneLine(strings.Join(all, " ")))
	}
	return row, gone, err
}

func (d *docx) cell(r *reader) (c wordCell, err error) {
	c.colspan = 1
	c.nodes, err = d.storyAfter(r, func(e element) error {
		return r.each(func(e element) error {
			switch e.name {
			case "w:gridSpan":
				if n, _ := strconv.Atoi(e.val()); n > 1 {
					c.colspan = min(n, doc.MaxSpan)
				}
			case "w:vMerge":
				c.grows = e.val() != "restart"
			}
			return nil
		}, nil)
	})
	return c, err
}

// merged joins the cells that go on below one another, by the columns in which
// they begin.
func merged(rows [][]wordCell) [][]cell {
	var out [][]cell
	above := map[int]*cell{} // column → the cell that may grow
	for _, row := range rows {
		line := make([]cell, 0, len(row))
		x := 0
		for _, c := range row {
			if top := above[x]; c.grows && top != nil {
				top.rowspan = min(top.rowspan+1, doc.MaxSpan)
				if len(plainWords(c.nodes)) > 0 {
					top.nodes = append(top.nodes, c.nodes...)
				}
				x += c.colspan
				continue
			}
			c.rowspan = 1
			line = append(line, c.cell)
			above[x] = &line[len(line)-1]
			x += max(c.colspan, 1)
		}
		out = append(out, line)
	}
	return out
}

// heads makes the first row one of heads where the file does not say so and
// all of it is strong.
func heads(rows [][]cell) [][]cell {
	if len(rows) < 2 || len(rows[0]) == 0 {
		return rows
	}
	strongOnly := true
	words := false
	for _, c := range rows[0] {
		for _, n := range c.nodes {
			if n.para == nil {
				strongOnly = false
				continue
			}
			for _, run := range n.para.inline {
				words = words || strings.TrimSpace(run.Text) != ""
				strongOnly = strongOnly && (run.Marks.Strong || strings.TrimSpace(run.Text) == "")
			}
		}
	}
	for i := range rows {
		for j := range rows[i] {
			c := &rows[i][j]
			c.header = c.header || i == 0 && strongOnly && words
			if !c.header {
				continue
			}
			for _, n := range c.nodes {
				if n.para != nil {
					n.para.inline = unbold(n.para.inline)
				}
			}
		}
	}
	return rows
}
