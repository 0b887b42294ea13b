package press

import (
	"broadsheet/internal/collate"
	"broadsheet/internal/doc"
)

// changesOfLine compares two lines of plain text, such as headlines.
func changesOfLine(before, after string) []Change {
	if before == after {
		return nil
	}
	removed, added := collate.CompareText(before, after)
	return []Change{{Removed: runsOf(removed), Added: runsOf(added)}}
}

// changes compares two texts by paragraph and word. What readers cannot see, such as the level of a heading, is no
// change here.
func changes(before, after doc.Body) []Change {
	var out []Change
	for _, row := range collate.Compare(before, after) {
		c := Change{Removed: partRuns(row.Left), Added: partRuns(row.Right)}
		if row.Same || row.Form && !shows(c) {
			continue
		}
		if c.Removed != nil || c.Added != nil {
			out = append(out, c)
		}
	}
	return out
}

func partRuns(p *collate.Part) []Run {
	if p == nil {
		return nil
	}
	return runsOf(p.Runs)
}

// runsOf joins what only differs in type or links: readers are shown words.
func runsOf(runs []collate.Run) []Run {
	var out []Run
	for _, r := range runs {
		if n := len(out); n > 0 && out[n-1].Mark == r.Only {
			out[n-1].Text += r.Plain()
			continue
		}
		out = append(out, Run{Text: r.Plain(), Mark: r.Only})
	}
	return out
}

// shows says whether anything differs in words.
func shows(c Change) bool {
	for _, side := range [][]Run{c.Removed, c.Added} {
		for _, r := range side {
			if r.Mark {
				return true
			}
		}
	}
	return false
}
