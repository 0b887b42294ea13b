package wirefmt

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// MaxText is the size in bytes of the largest file that can hold a dispatch of 2 MB: UTF-16 takes twice as much, and a
// mark. Whoever reads a file for Text needs one byte more of it to see that it is too large.
const MaxText = 2*news.MaxArticle + 2

// Text reads one dispatch as plain text, as it comes from a telex, a mail or a captured page (PRODUCT.md, "import
// text"). At the top, in any order and each optional, stand a masthead date line, which is left out, and the fields of
// labels.go; a field given twice with two values is refused. The next line is the headline: one line, also where the
// text is hard-wrapped. The rest is the body, one paragraph a line, or where lines were broken at a fixed width (see
// wrap.go) one paragraph a block of lines; its opening may be a dateline, its end the furniture of a page.
//
// At most 2 MB of text (news.MaxArticle), else news.TooLarge; a file of more than MaxText bytes is not even looked at. A text without headline or body, a date that does not
// exist, a number that is no News ID, and a file that is no text are news.Invalid.
func Text(b []byte, o TextOptions) (Item, error) {
	if len(b) > MaxText {
		return Item{}, tooLarge()
	}
	s, encoding, err := Decode(b)
	if err != nil {
		return Item{}, err
	}
	if len(s) > news.MaxArticle {
		return Item{}, tooLarge()
	}
	if err := otherFormat(s); err != nil {
		return Item{}, err
	}
	d := dispatch{options: o, item: Item{Format: FormatText, Status: StatusUsable}}
	if encoding != UTF8 {
		d.note(0, RuleEncoding, "", "The file was read as %s.", encoding)
	}
	if err := d.read(s); err != nil {
		return Item{}, err
	}
	slices.SortStableFunc(d.item.Report, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
	d.item.Hash = d.hash()
	return d.item, nil
}

func tooLarge() error {
	return news.Refuse(news.TooLarge, "import.large", "the dispatch is larger than 2 MB: cut it into several articles")
}

// otherFormat refuses text that is markup or data.
func otherFormat(s string) error {
	start := strings.TrimLeft(s, " \t\r\n")
	low := strings.ToLower(start[:min(len(start), 16)])
	switch {
	case strings.HasPrefix(low, "<!doctype") || strings.HasPrefix(low, "<html"):
		return news.Refuse(news.Invalid, "import.html", "this is a web page, not plain text: copy its text into a file and import that")
	case strings.HasPrefix(low, "<?xml"):
		return news.Refuse(news.Invalid, "import.xml", "this is XML, not plain text: export the text itself, or ninjs, and import that")
	case (strings.HasPrefix(low, "{") || strings.HasPrefix(low, "[")) && json.Valid([]byte(start)):
		return news.Refuse(news.Invalid, "import.json", "this is JSON, not plain text: use import ninjs")
	}
	return nil
}

// dispatch is a text on its way into an item.
type dispatch struct {
	options TextOptions
	item    Item
	given   map[field]string // the fields met so far, as written
	bylines []string
	plain   string // the body's paragraphs, one a line
}

func (d *dispatch) note(line int, rule, text, format string, args ...any) {
	d.item.Report = append(d.item.Report, Finding{line, rule, text, fmt.Sprintf(format, args...)})
}

func (d *dispatch) read(s string) error {
	lines, report := splitLines(s)
	d.item.Report = append(d.item.Report, report...)
	d.noteDamage(lines)
	lines, err := d.header(lines)
	if err != nil {
		return err
	}
	if lines, err = d.headline(lines); err != nil {
		return err
	}
	if err := d.body(d.cutFurniture(lines)); err != nil {
		return err
	}
	d.checkScript()
	return d.item.Content.Validate()
}

// headline takes the first line that is left.
func (d *dispatch) headline(lines []line) ([]line, error) {
	if len(lines) == 0 {
		return nil, news.Refuse(news.Invalid, "import.headline", "the dispatch has no headline: write one line of headline above the text").In("headline")
	}
	first := lines[0]
	d.item.Content.Headline = strings.TrimSpace(strings.ReplaceAll(first.text, "\t", " "))
	if n := utf8.RuneCountInString(d.item.Content.Headline); n > 300 {
		return nil, news.Refuse(news.Invalid, "import.headline.long",
			"line %d stands where the headline should and has %d characters: write a headline of at most 300 above it", first.no, n).In("headline")
	}
	if line, _, ok := cutDateline(d.item.Content.Headline); ok && line.Source != "" {
		d.note(first.no, RuleHeadline, "", "The headline opens like a body, with a dateline: perhaps the headline is missing.")
	}
	return lines[1:], nil
}

func (d *dispatch) body(lines []line) error {
	d.noteBelow(lines)
	paras, wrapped := paragraphs(lines)
	if wrapped.lines > 0 {
		d.note(wrapped.first, RuleWrap, "", "The text is hard-wrapped: %d lines were joined to %d paragraphs.", wrapped.lines, wrapped.paras)
	}
	if len(paras) > 0 {
		paras = d.dateline(paras)
	}
	texts := make([]string, len(paras))
	for i, p := range paras {
		texts[i] = strings.Trim(p.text, " \t")
	}
	d.plain = strings.Join(texts, "\n")
	body, reports := doc.FromText(d.plain)
	d.item.Content.Body = body
	d.item.Report = append(d.item.Report, fromDoc(reports, RuleControl)...)
	if len(body.Blocks) == 0 { // what doc reads is in normal form: no block is empty
		return news.Refuse(news.Invalid, "import.body", "the dispatch has a headline but no text: write the text below the headline").In("body")
	}
	return fits(body, len(d.plain)+100*len(paras))
}

// noteBelow reports fields that stand below the headline, where they are text.
func (d *dispatch) noteBelow(lines []line) {
	for _, l := range lines[:min(len(lines), 6)] {
		_, _, ok := labelled(l.text)
		if !ok {
			_, ok = bareByline(l.text)
		}
		if ok {
			d.note(l.no, RuleBelow, "", "“%s” reads like a field, but stands below the headline and stays in the text.", short(trimInvisible(l.text)))
		}
	}
}

// dateline reads the opening of the body into the dateline.
func (d *dispatch) dateline(paras []para) []para {
	first := paras[0]
	line, rest, ok := cutDateline(first.text)
	if !ok || rest == "" && len(paras) == 1 {
		return paras
	}
	d.item.Content.Dateline = line
	taken := strings.TrimSpace(first.text[:len(first.text)-len(rest)])
	d.note(first.line, RuleDateline, taken, "“%s” was read as the dateline.", taken)
	if rest == "" {
		return paras[1:]
	}
	return append([]para{{first.line, rest}}, paras[1:]...)
}

// fits refuses a body that is over the limit as it is stored; about is a guess that spares the work for most.
func fits(body doc.Body, about int) error {
	if about < doc.MaxBytes/8 {
		return nil
	}
	if _, err := body.MarshalJSON(); err != nil {
		refusal := news.Refuse(news.TooLarge, "import.large", "the text is larger than 2 MB as it is stored: cut it into several articles")
		refusal.Err = err
		return refusal
	}
	return nil
}

// noteDamage reports the sign that programs put in the place of what they could not read.
func (d *dispatch) noteDamage(lines []line) {
	first, n := 0, 0
	for _, l := range lines {
		if c := strings.Count(l.text, "\uFFFD"); c > 0 {
			if n += c; first == 0 {
				first = l.no
			}
		}
	}
	if n > 0 {
		d.note(first, RuleDamaged, "", "%d characters were lost before the file came here and show as \uFFFD.", n)
	}
}

// checkScript reports a text that runs the other way than the edition's language.
func (d *dispatch) checkScript() {
	if d.options.Language == "" {
		return
	}
	want := locale.Style{Language: d.options.Language}.Direction()
	got := locale.DirectionOf(d.item.Content.Headline)
	if got != "" && got != want && locale.DirectionOf(d.plain) == got {
		d.note(0, RuleLanguage, "", "The text runs %s, but the edition's language is %q: is this the right edition?",
			map[string]string{"rtl": "from right to left", "ltr": "from left to right"}[got], d.options.Language)
	}
}

// hash is the same for the same article, whatever the file's encoding, line ends, line width and field order.
func (d *dispatch) hash() string {
	c := d.item.Content
	return hashOf(d.item.NewsID.String(), d.item.PublishedAt.UTC().String(), c.Kicker, c.Headline,
		strings.Join(news.BylineNames(c.Bylines), "\n"), c.Dateline.Place, c.Dateline.Country, c.Dateline.Source,
		d.item.Section, d.plain)
}

func lineError(no int, format string, args ...any) *news.Error {
	return news.Refuse(news.Invalid, "import.line", "line "+strconv.Itoa(no)+": "+format, args...)
}
