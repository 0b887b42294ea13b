package doc

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Validate returns nil for a body in normal form that follows the schema and the limits, and otherwise an error that
// wraps [ErrSchema] and names the first block at fault.
func (b Body) Validate() error {
	if _, err := b.checkedJSON(); err != nil {
		return err
	}
	if !slices.EqualFunc(b.Normal().Blocks, b.Blocks, sameBlock) {
		return fmt.Errorf("%w: not in normal form", ErrSchema)
	}
	return nil
}

// sameBlock compares two blocks of one kind that check has passed.
func sameBlock(a, b Block) bool {
	return a.Kind == b.Kind && a.Lang == b.Lang && a.Dir == b.Dir && a.Level == b.Level && a.Start == b.Start &&
		a.Note == b.Note && a.By == b.By && slices.Equal(a.Inline, b.Inline) &&
		slices.EqualFunc(a.Blocks, b.Blocks, sameBlock) && sameValue(a.Image, b.Image) && sameValue(a.Embed, b.Embed) &&
		slices.EqualFunc(a.Rows, b.Rows, sameRow)
}

func sameRow(a, b Row) bool {
	return slices.EqualFunc(a.Cells, b.Cells, func(a, b Cell) bool {
		return a.Header == b.Header && a.Colspan == b.Colspan && a.Rowspan == b.Rowspan && slices.Equal(a.Inline, b.Inline)
	})
}

func sameValue[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// check asks everything but the normal form and the size.
func (b Body) check() error {
	for i, c := range b.Blocks {
		if err := checkBlock(c, "doc", 1); err != nil {
			return fmt.Errorf("%w: block %d: %w", ErrSchema, i+1, err)
		}
	}
	return nil
}

// children says which kinds may stand in which; "doc" is the body itself.
var children = map[Kind][]Kind{
	"doc": {KindParagraph, KindHeading, KindQuote, KindBulletList, KindOrderedList, KindImage, KindEmbed, KindTable,
		KindSeparator, KindNote},
	KindNote: {KindParagraph, KindHeading, KindQuote, KindBulletList, KindOrderedList, KindImage, KindEmbed, KindTable,
		KindSeparator},
	KindQuote: {KindParagraph, KindQuote, KindBulletList, KindOrderedList, KindImage, KindEmbed, KindTable,
		KindSeparator},
	KindListItem: {KindParagraph, KindQuote, KindBulletList, KindOrderedList, KindImage, KindEmbed, KindTable,
		KindSeparator},
	KindBulletList:  {KindListItem},
	KindOrderedList: {KindListItem},
}

func mayHold(parent, child Kind) bool {
	for _, k := range children[parent] {
		if k == child {
			return true
		}
	}
	return false
}

// depthOf is how many levels a block takes at the least, itself included.
func depthOf(k Kind) int {
	switch k {
	case KindTable, KindBulletList, KindOrderedList:
		return 3
	case KindQuote, KindNote, KindListItem:
		return 2
	}
	return 1
}

func checkBlock(b Block, parent Kind, depth int) error {
	switch {
	case !mayHold(parent, b.Kind):
		return fmt.Errorf("%q cannot stand in %q", b.Kind, parent)
	case depth+depthOf(b.Kind)-1 > MaxDepth:
		return fmt.Errorf("nested deeper than %d", MaxDepth)
	}
	if err := checkFields(b); err != nil {
		return fmt.Errorf("%s: %w", b.Kind, err)
	}
	if err := checkInline(b.Inline); err != nil {
		return fmt.Errorf("%s: %w", b.Kind, err)
	}
	for _, c := range b.Blocks {
		if err := checkBlock(c, b.Kind, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// checkFields takes the fields of b's kind out and then asks that nothing is left.
func checkFields(b Block) error {
	rest := b
	rest.Kind = ""
	if b.Kind != KindListItem && b.Kind != KindSeparator {
		if err := checkLang(b.Lang, b.Dir); err != nil {
			return err
		}
		rest.Lang, rest.Dir = "", ""
	}
	var err error
	switch b.Kind {
	case KindParagraph:
		rest.Inline = nil
	case KindHeading:
		err = within("level", b.Level, 2, 4)
		rest.Level, rest.Inline = 0, nil
	case KindQuote:
		rest.Blocks, rest.By = nil, ""
	case KindBulletList, KindListItem:
		rest.Blocks = nil
	case KindOrderedList:
		err = within("start", b.Start, 1, MaxStart)
		rest.Blocks, rest.Start = nil, 0
	case KindImage:
		err = checkPicture(b.Image)
		rest.Image = nil
	case KindEmbed:
		err = checkCard(b.Embed)
		rest.Embed = nil
	case KindTable:
		err = checkRows(b.Rows)
		rest.Rows = nil
	case KindNote:
		if b.Note != NoteEditor && b.Note != NoteFact {
			err = fmt.Errorf("unknown kind %q", b.Note)
		}
		rest.Blocks, rest.Note = nil, ""
	}
	if err == nil && !rest.isZero() {
		err = fmt.Errorf("carries what it may not")
	}
	return err
}

func (b Block) isZero() bool {
	return b.Kind == "" && b.Lang == "" && b.Dir == "" && b.Level == 0 && b.Start == 0 && b.Note == "" && b.By == "" &&
		b.Inline == nil && b.Blocks == nil && b.Image == nil && b.Embed == nil && b.Rows == nil
}

func within(name string, n, low, high int) error {
	if n < low || n > high {
		return fmt.Errorf("%s %d is not within %d to %d", name, n, low, high)
	}
	return nil
}

func checkLang(lang, dir string) error {
	if lang != "" {
		if _, ok := canonicalLang(lang); !ok {
			return fmt.Errorf("lang %q is not a plain language tag", lang)
		}
	}
	if dir != "" && dir != "ltr" && dir != "rtl" {
		return fmt.Errorf("dir %q is not ltr or rtl", dir)
	}
	return nil
}

func checkInline(in []Inline) error {
	for _, run := range in {
		m := run.Marks
		switch {
		case run.Break && run != Inline{Break: true}:
			return fmt.Errorf("a line break carries text or marks")
		case run.Footnote != "":
			if err := checkFootnote(run); err != nil {
				return err
			}
		case !run.Break && run.Text == "":
			return fmt.Errorf("a run of text is empty")
		case m.Superscript && m.Subscript:
			return fmt.Errorf("text is both superscript and subscript")
		case !m.Foreign && (m.Lang != "" || m.Dir != ""):
			return fmt.Errorf("lang or dir without the foreign mark")
		}
		if m.Href != "" {
			if _, ok := cleanHref(m.Href); !ok {
				return fmt.Errorf("link address %q is not allowed", m.Href)
			}
		}
		if err := checkLang(m.Lang, m.Dir); err != nil {
			return err
		}
		for _, c := range []Change{m.Inserted, m.Deleted} {
			if c != (Change{}) && !c.fits() {
				return fmt.Errorf("a suggestion needs an id of 8 to 20 letters a to z and digits, by whom and when")
			}
		}
	}
	return nil
}

func checkFootnote(run Inline) error {
	switch {
	case run.Text != "" || run.Marks != run.Marks.ofFootnote():
		return fmt.Errorf("a footnote carries text or marks")
	case utf8.RuneCountInString(run.Footnote) > MaxFootnote:
		return fmt.Errorf("a footnote has more than %d characters", MaxFootnote)
	}
	return nil
}

func checkPicture(p *Picture) error {
	if p == nil {
		return fmt.Errorf("no picture")
	}
	if _, ok := cleanSrc(p.Src); !ok {
		return fmt.Errorf("src %q is not /media/… or an http(s) address", p.Src)
	}
	if err := within("width", p.Width, 0, MaxPixels); err != nil {
		return err
	}
	return within("height", p.Height, 0, MaxPixels)
}

func checkCard(c *LinkCard) error {
	if c == nil {
		return fmt.Errorf("no address")
	}
	if _, ok := cleanWebAddress(c.URL); !ok {
		return fmt.Errorf("url %q is not an http(s) address", c.URL)
	}
	return nil
}

func checkRows(rows []Row) error {
	if _, ok := layOut(rows); !ok {
		return fmt.Errorf("more than %d rows or %d columns", MaxRows, MaxColumns)
	}
	for _, row := range rows {
		for _, c := range row.Cells {
			if err := checkInline(c.Inline); err != nil {
				return err
			}
		}
	}
	return nil
}
