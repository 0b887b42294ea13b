package doc

// normalRows makes a table rectangular, as validators of HTML ask: spans end where the next cell or the table ends,
// short rows are filled with empty cells, and a row or column in which no cell begins is left out. A table that shows
// nothing is no row at all. A table over the limits stays as it is, for Validate to refuse.
func normalRows(rows []Row) []Row {
	g, ok := layOut(rows)
	if !ok {
		return rows
	}
	shows := false
	for i := range g.cells {
		for j := range g.cells[i] {
			c := &g.cells[i][j].cell
			c.Inline = joinLines(inlineLines(c.Inline))
			shows = shows || len(c.Inline) > 0
		}
	}
	if !shows {
		return nil
	}
	return g.rows()
}

// placed is a cell with the column in which it begins.
type placed struct {
	cell Cell
	x    int
}

// grid is a table laid out by the rules of HTML ("forming a table"), without overlaps.
type grid struct {
	cells [][]placed
	width int
}

// layOut gives each cell its place; ok is false for a table over MaxRows or MaxColumns.
func layOut(rows []Row) (g grid, ok bool) {
	if len(rows) > MaxRows {
		return g, false
	}
	taken := make([][]bool, len(rows))
	for y := range taken {
		taken[y] = make([]bool, MaxColumns)
	}
	g.cells = make([][]placed, len(rows))
	for y, row := range rows {
		x := 0
		for _, c := range row.Cells {
			for x < MaxColumns && taken[y][x] {
				x++
			}
			if x >= MaxColumns {
				return g, false
			}
			c.Colspan = freeSpan(taken[y], x, c.Colspan)
			c.Rowspan = min(max(c.Rowspan, 1), MaxSpan, len(rows)-y)
			for dy := range c.Rowspan {
				for dx := range c.Colspan {
					taken[y+dy][x+dx] = true
				}
			}
			g.cells[y] = append(g.cells[y], placed{c, x})
			g.width = max(g.width, x+c.Colspan)
		}
	}
	g.fill(taken)
	return g, true
}

// freeSpan is how far a cell at x may reach, at most want columns.
func freeSpan(taken []bool, x, want int) int {
	want = min(max(want, 1), MaxSpan)
	n := 1
	for n < want && x+n < len(taken) && !taken[x+n] {
		n++
	}
	return n
}

// fill puts empty cells where a row ends early; a row without a cell of its own is left out later.
func (g *grid) fill(taken [][]bool) {
	for y := range g.cells {
		if len(g.cells[y]) == 0 {
			continue
		}
		head := true
		for _, p := range g.cells[y] {
			head = head && p.cell.Header
		}
		for x := range g.width {
			if !taken[y][x] {
				g.cells[y] = append(g.cells[y], placed{Cell{Header: head, Colspan: 1, Rowspan: 1}, x})
			}
		}
	}
}

// rows reads the grid back, without the rows and columns in which no cell begins.
func (g *grid) rows() []Row {
	beginsX := make([]bool, g.width)
	for _, row := range g.cells {
		for _, p := range row {
			beginsX[p.x] = true
		}
	}
	var out []Row
	for y, row := range g.cells {
		if len(row) == 0 {
			continue
		}
		cells := make([]Cell, 0, len(row))
		for _, p := range row {
			c := p.cell
			for x := p.x; x < p.x+p.cell.Colspan; x++ {
				if !beginsX[x] {
					c.Colspan--
				}
			}
			for dy := range p.cell.Rowspan {
				if len(g.cells[y+dy]) == 0 {
					c.Rowspan--
				}
			}
			cells = append(cells, c)
		}
		out = append(out, Row{Cells: cells})
	}
	return out
}

// headRows is how many rows at the top are heads only and joined with none below: those that are printed as <thead>.
func headRows(rows []Row) int {
	n := 0
	for n < len(rows) && allHeads(rows[n]) {
		n++
	}
	for y, row := range rows[:n] {
		for _, c := range row.Cells {
			if y+c.Rowspan > n {
				return 0
			}
		}
	}
	return n
}

func allHeads(r Row) bool {
	for _, c := range r.Cells {
		if !c.Header {
			return false
		}
	}
	return true
}
