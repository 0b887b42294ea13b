package newsroom

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// pair is one row of two texts side by side.
type pair struct {
	Label       string
	Left, Right []run
	Same        bool
	Skipped     string // instead of a stretch in which both are the same
}

// run is a piece of a text; Mark says that the other text does not have it.
type run struct {
	Text string
	Mark bool
}

// compare sets two contents side by side: the fields that differ, then the
// paragraphs.
func (n *Newsroom) compare(ctx context.Context, s locale.Style, left, right news.Content) ([]pair, error) {
	leftTopics, err := n.topicNames(ctx, left.Topics)
	if err != nil {
		return nil, err
	}
	rightTopics, err := n.topicNames(ctx, right.Topics)
	if err != nil {
		return nil, err
	}
	var out []pair
	for _, f := range []struct{ name, left, right string }{
		{"kicker", left.Kicker, right.Kicker}, {"headline", left.Headline, right.Headline}, {"standfirst", left.Standfirst, right.Standfirst},
		{"slugline", left.Slugline, right.Slugline}, {"byline", s.List(news.BylineNames(left.Bylines)), s.List(news.BylineNames(right.Bylines))},
		{"place", left.Dateline.Place, right.Dateline.Place}, {"country", left.Dateline.Country, right.Dateline.Country},
		{"source", left.Dateline.Source, right.Dateline.Source}, {"credit", left.Credit, right.Credit},
		{"section", n.sectionName(ctx, left.Section), n.sectionName(ctx, right.Section)},
		{"topics", s.List(leftTopics), s.List(rightTopics)}, {"urgency", s.Figures(itoa(left.Urgency)), s.Figures(itoa(right.Urgency))},
		{"language", languageName(left.Language), languageName(right.Language)},
	} {
		if f.left != f.right {
			l, r := byWord(f.left, f.right)
			out = append(out, pair{Label: s.T("desk.field." + f.name), Left: l, Right: r})
		}
	}
	return append(out, compareTexts(s, paragraphsOf(left.Body.Markdown()), paragraphsOf(right.Body.Markdown()))...), nil
}

func languageName(tag string) string {
	if tag == "" {
		return ""
	}
	return locale.LanguageName(tag)
}

// sectionName is a section's name, or its number where it cannot be read: a
// difference must not fail over a label.
func (n *Newsroom) sectionName(ctx context.Context, id news.SectionID) string {
	s, err := n.store.Section(ctx, id)
	if err != nil {
		return ""
	}
	return cmp.Or(s.Name, itoa(int(id)))
}

// paragraphsOf parts the desk's plain form at its empty lines.
func paragraphsOf(text string) []string {
	var out []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.Trim(part, "\n"); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// compareTexts sets paragraphs side by side. Of a stretch that is the same in
// both, only the ends are shown.
func compareTexts(s locale.Style, left, right []string) []pair {
	var out []pair
	steps := align(left, right)
	for i := 0; i < len(steps); {
		from := i
		for i < len(steps) && steps[i].a >= 0 && steps[i].b >= 0 {
			i++
		}
		out = append(out, sameStretch(s, left, steps[from:i], from == 0, i == len(steps))...)
		var gone, come []string
		for i < len(steps) && (steps[i].a < 0 || steps[i].b < 0) {
			if steps[i].a >= 0 {
				gone = append(gone, left[steps[i].a])
			} else {
				come = append(come, right[steps[i].b])
			}
			i++
		}
		for k := range max(len(gone), len(come)) {
			var l, r string
			if k < len(gone) {
				l = gone[k]
			}
			if k < len(come) {
				r = come[k]
			}
			a, b := byWord(l, r)
			out = append(out, pair{Left: a, Right: b})
		}
	}
	return out
}

func sameStretch(s locale.Style, text []string, steps []step, first, last bool) []pair {
	var out []pair
	for i, st := range steps {
		switch nearStart, nearEnd := i == 0 && !first, i == len(steps)-1 && !last; {
		case nearStart || nearEnd || len(steps) == 1:
			out = append(out, pair{Same: true, Left: []run{{Text: text[st.a]}}})
		case len(out) == 0 || out[len(out)-1].Skipped == "":
			left := len(steps)
			if !first {
				left--
			}
			if !last {
				left--
			}
			out = append(out, pair{Same: true, Skipped: s.T("desk.difference.same", left)})
		}
	}
	return out
}

// byWord marks the words in which two paragraphs differ.
func byWord(left, right string) (l, r []run) {
	a, b := strings.SplitAfter(left, " "), strings.SplitAfter(right, " ")
	for _, st := range align(a, b) {
		if st.a >= 0 {
			l = addRun(l, a[st.a], st.b < 0)
		}
		if st.b >= 0 {
			r = addRun(r, b[st.b], st.a < 0)
		}
	}
	return l, r
}

func addRun(runs []run, text string, mark bool) []run {
	if text == "" {
		return runs
	}
	if n := len(runs); n > 0 && runs[n-1].Mark == mark {
		runs[n-1].Text += text
		return runs
	}
	return append(runs, run{text, mark})
}

// step pairs a piece of one list with its like in the other; -1 = it has none.
type step struct{ a, b int }

// alignMost bounds the work of align: beyond it, two lists that differ at both
// ends count as wholly different in between.
const alignMost = 4_000_000

// align walks along the longest common subsequence of two lists.
func align(a, b []string) []step {
	var out, tail []step
	start, enda, endb := 0, len(a), len(b)
	for start < enda && start < endb && a[start] == b[start] {
		out = append(out, step{start, start})
		start++
	}
	for enda > start && endb > start && a[enda-1] == b[endb-1] {
		enda, endb = enda-1, endb-1
		tail = append(tail, step{enda, endb})
	}
	out = append(out, alignMiddle(a[start:enda], b[start:endb], start)...)
	slices.Reverse(tail)
	return append(out, tail...)
}

func alignMiddle(a, b []string, offset int) []step {
	var out []step
	i, k := 0, 0
	if len(a)*len(b) <= alignMost {
		for length := lengths(a, b); i < len(a) && k < len(b); {
			switch {
			case a[i] == b[k]:
				out = append(out, step{i + offset, k + offset})
				i, k = i+1, k+1
			case length[i+1][k] >= length[i][k+1]:
				out = append(out, step{i + offset, -1})
				i++
			default:
				out = append(out, step{-1, k + offset})
				k++
			}
		}
	}
	for ; i < len(a); i++ {
		out = append(out, step{i + offset, -1})
	}
	for ; k < len(b); k++ {
		out = append(out, step{-1, k + offset})
	}
	return out
}

// lengths[i][k] is the length of the longest common subsequence of a[i:] and b[k:].
func lengths(a, b []string) [][]int32 {
	out := make([][]int32, len(a)+1)
	for i := range out {
		out[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := len(b) - 1; k >= 0; k-- {
			if a[i] == b[k] {
				out[i][k] = out[i+1][k+1] + 1
			} else {
				out[i][k] = max(out[i+1][k], out[i][k+1])
			}
		}
	}
	return out
}
