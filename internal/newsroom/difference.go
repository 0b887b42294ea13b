package newsroom

import (
	"cmp"
	"context"
	"strings"

	"broadsheet/internal/collate"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// difference is two contents side by side.
type difference struct {
	Left, Right string // head the columns
	Lang        string // of the text
	Rows        []pair
	Changes     int
	Steps       string // how many changes there are, in words
}

// pair is one row of two texts side by side.
type pair struct {
	Label       string // names a field, or says what became of a block
	Left, Right *part  // nil = this text has nothing here
	Change      int    // number of the change, from 1; 0 = both are the same
	Hidden      int    // so many blocks that are the same stand here,
	Skipped     string // told in their place
}

// part is one side of a row.
type part struct {
	Kind      string
	Lang, Dir string
	Runs      []run
}

// run is a piece of a text; Mark says that the other text does not have it, or
// has it in other type or with another link.
type run struct {
	Text             string
	Mark             bool
	Strong, Emphasis bool
	Footnote         bool
	Link             string // where a link leads, told where that changed
}

// compare sets two contents side by side: the fields that differ, then the
// text by block and word.
func (n *Newsroom) compare(ctx context.Context, a opened, left, right news.Content) (difference, error) {
	s := a.style
	fields, err := n.fieldsOf(ctx, s, left, right)
	if err != nil {
		return difference{}, err
	}
	d := difference{Lang: cmp.Or(right.Language, a.edition.Language)}
	for _, f := range fields {
		if f.left != f.right {
			l, r := collate.CompareText(f.left, f.right)
			d.add(pair{Label: s.T("desk.field." + f.name), Left: &part{Dir: "auto", Runs: runsOf(l)}, Right: &part{Dir: "auto", Runs: runsOf(r)}})
		}
	}
	d.text(s, collate.Compare(left.Body, right.Body))
	d.Steps = s.T("desk.difference.changes", d.Changes)
	return d, nil
}

// compared is a field of two contents, as it is read.
type compared struct{ name, left, right string }

func (n *Newsroom) fieldsOf(ctx context.Context, s locale.Style, left, right news.Content) ([]compared, error) {
	leftTopics, err := n.topicNames(ctx, left.Topics)
	if err != nil {
		return nil, err
	}
	rightTopics, err := n.topicNames(ctx, right.Topics)
	if err != nil {
		return nil, err
	}
	return []compared{
		{"kicker", left.Kicker, right.Kicker}, {"headline", left.Headline, right.Headline}, {"standfirst", left.Standfirst, right.Standfirst},
		{"slugline", left.Slugline, right.Slugline}, {"byline", bylineWords(s, left.Bylines), bylineWords(s, right.Bylines)},
		{"place", left.Dateline.Place, right.Dateline.Place}, {"country", left.Dateline.Country, right.Dateline.Country},
		{"source", left.Dateline.Source, right.Dateline.Source}, {"credit", left.Credit, right.Credit},
		{"section", n.sectionName(ctx, left.Section), n.sectionName(ctx, right.Section)},
		{"topics", s.List(leftTopics), s.List(rightTopics)}, {"urgency", s.Figures(itoa(left.Urgency)), s.Figures(itoa(right.Urgency))},
		{"language", languageName(left.Language), languageName(right.Language)},
	}, nil
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

// add numbers a change.
func (d *difference) add(p pair) {
	d.Changes++
	p.Change = d.Changes
	d.Rows = append(d.Rows, p)
}

// text adds the rows of a text. Of a stretch that is the same in both, only the
// ends are shown.
func (d *difference) text(s locale.Style, rows []collate.Row) {
	for i := 0; i < len(rows); {
		from := i
		for i < len(rows) && rows[i].Same {
			i++
		}
		d.same(s, rows[from:i], from == 0, i == len(rows))
		for i < len(rows) && !rows[i].Same {
			d.add(pair{Label: becameOf(s, rows[i]), Left: partOf(rows[i].Left), Right: partOf(rows[i].Right)})
			i++
		}
	}
}

func (d *difference) same(s locale.Style, rows []collate.Row, first, last bool) {
	show := func(r collate.Row) { d.Rows = append(d.Rows, pair{Left: partOf(r.Left)}) }
	if len(rows) == 0 {
		return
	}
	head, tail := 1, 1
	if first {
		head = 0
	}
	if last {
		tail = 0
	}
	if len(rows) <= head+tail+1 {
		for _, r := range rows {
			show(r)
		}
		return
	}
	if head > 0 {
		show(rows[0])
	}
	hidden := len(rows) - head - tail
	d.Rows = append(d.Rows, pair{Hidden: hidden, Skipped: s.T("desk.difference.same", hidden)})
	if tail > 0 {
		show(rows[len(rows)-1])
	}
}

// becameOf says of a block what its words do not: that it moved, or is another
// kind of block now; "" where the words say all.
func becameOf(s locale.Style, r collate.Row) string {
	block := func(p *collate.Part) string {
		if p.Kind == "heading" {
			return s.T("desk.block.heading", p.Level)
		}
		return s.T("desk.block." + p.Kind)
	}
	switch {
	case r.Moved && r.Left != nil:
		return s.T("desk.difference.moved-away")
	case r.Moved:
		return s.T("desk.difference.moved-here")
	case r.Form && block(r.Left) != block(r.Right):
		return s.T("desk.difference.became", block(r.Left), block(r.Right))
	case r.Form:
		return s.T("desk.difference.form")
	case r.Left != nil && r.Left.Kind != "paragraph":
		return block(r.Left)
	case r.Right != nil && r.Right.Kind != "paragraph":
		return block(r.Right)
	}
	return ""
}

func partOf(p *collate.Part) *part {
	if p == nil {
		return nil
	}
	out := &part{Kind: p.Kind, Lang: p.Lang, Dir: cmp.Or(p.Dir, "auto"), Runs: runsOf(p.Runs)}
	if p.Kind == "separator" {
		out.Runs = []run{{Text: "* * *"}}
	}
	return out
}

func runsOf(runs []collate.Run) []run {
	var out []run
	for _, r := range runs {
		one := run{Text: r.Plain(), Mark: r.Only, Strong: r.Marks.Strong, Emphasis: r.Marks.Emphasis, Footnote: r.Footnote != ""}
		if r.Only {
			one.Link = r.Marks.Href
		}
		out = append(out, one)
	}
	return out
}

// String is the text of a part, for tests and lists.
func (p *part) String() string {
	if p == nil {
		return ""
	}
	var s strings.Builder
	for _, r := range p.Runs {
		s.WriteString(r.Text)
	}
	return s.String()
}
