package press

import "strings"

// changes compares two texts by paragraph, and changed paragraphs by word. Of
// neighbours that changed, the first is compared with the first, the second
// with the second; empty lines are no paragraphs.
func changes(before, after []string) []Change {
	var out []Change
	var gone, come []string
	settle := func() {
		for i := range max(len(gone), len(come)) {
			switch {
			case i >= len(come):
				out = append(out, Change{Removed: []Run{{Text: gone[i], Mark: true}}})
			case i >= len(gone):
				out = append(out, Change{Added: []Run{{Text: come[i], Mark: true}}})
			default:
				removed, added := byWord(gone[i], come[i])
				out = append(out, Change{Removed: removed, Added: added})
			}
		}
		gone, come = nil, nil
	}
	for _, step := range align(before, after) {
		switch {
		case step.a >= 0 && step.b >= 0:
			settle()
		case step.a >= 0 && before[step.a] != "":
			gone = append(gone, before[step.a])
		case step.b >= 0 && after[step.b] != "":
			come = append(come, after[step.b])
		}
	}
	settle()
	return out
}

// byWord marks the words that differ between two paragraphs.
func byWord(before, after string) (removed, added []Run) {
	a, b := strings.SplitAfter(before, " "), strings.SplitAfter(after, " ")
	for _, step := range align(a, b) {
		switch {
		case step.a >= 0 && step.b >= 0:
			removed, added = addRun(removed, a[step.a], false), addRun(added, b[step.b], false)
		case step.a >= 0:
			removed = addRun(removed, a[step.a], true)
		default:
			added = addRun(added, b[step.b], true)
		}
	}
	return removed, added
}

func addRun(runs []Run, text string, mark bool) []Run {
	if n := len(runs); n > 0 && runs[n-1].Mark == mark {
		runs[n-1].Text += text
		return runs
	}
	return append(runs, Run{Text: text, Mark: mark})
}

// step pairs a piece of one text with a piece of the other; -1 = it has none.
type step struct{ a, b int }

// alignMost bounds the table of align; longer texts are compared by their
// common beginning and end only.
const alignMost = 4_000_000

// align finds the longest common subsequence of two lists and walks along it.
func align(a, b []string) []step {
	var steps []step
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		steps = append(steps, step{start, start})
		start++
	}
	enda, endb := len(a), len(b)
	for enda > start && endb > start && a[enda-1] == b[endb-1] {
		enda, endb = enda-1, endb-1
	}
	steps = append(steps, middle(a[start:enda], b[start:endb], start)...)
	for i := range len(a) - enda {
		steps = append(steps, step{enda + i, endb + i})
	}
	return steps
}

func middle(a, b []string, offset int) []step {
	var steps []step
	i, k := 0, 0
	if len(a)*len(b) <= alignMost {
		length := make([][]int32, len(a)+1)
		for i := range length {
			length[i] = make([]int32, len(b)+1)
		}
		for i := len(a) - 1; i >= 0; i-- {
			for k := len(b) - 1; k >= 0; k-- {
				if a[i] == b[k] {
					length[i][k] = length[i+1][k+1] + 1
				} else {
					length[i][k] = max(length[i+1][k], length[i][k+1])
				}
			}
		}
		for i < len(a) && k < len(b) {
			switch {
			case a[i] == b[k]:
				steps = append(steps, step{i + offset, k + offset})
				i, k = i+1, k+1
			case length[i+1][k] >= length[i][k+1]:
				steps = append(steps, step{i + offset, -1})
				i++
			default:
				steps = append(steps, step{-1, k + offset})
				k++
			}
		}
	}
	for ; i < len(a); i++ {
		steps = append(steps, step{i + offset, -1})
	}
	for ; k < len(b); k++ {
		steps = append(steps, step{-1, k + offset})
	}
	return steps
}
