package wirefmt

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// plainField makes one line of a value: no control characters, no line ends, no space at the ends.
func plainField(s string) string {
	clean := func(r rune) rune {
		if isLineEnd(r) || r == '\t' || r == '\v' {
			return ' '
		}
		return keepIf(!isUnprintable(r), r)
	}
	return strings.TrimSpace(strings.Map(clean, s))
}

// plainLines cleans a value that may have several lines.
func plainLines(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune { return keepIf(!isUnprintable(r), r) }, s))
}

func (n *ninjs) headline() error {
	c := &n.item.Content
	if n.main.Value != "" {
		n.heads = append([]part{n.main}, n.heads...)
	}
	main := slices.IndexFunc(n.heads, func(p part) bool { return strings.EqualFold(p.Role, "main") })
	if main < 0 && len(n.heads) > 0 {
		main = 0
	}
	for i, p := range n.heads {
		value := plainField(p.plain())
		switch role := strings.ToLower(p.Role); {
		case i == main:
			c.Headline = value
		case value == "" || value == c.Headline:
		case c.Standfirst == "" && (strings.HasPrefix(role, "sub") || role == "deck" || role == "standfirst"):
			c.Standfirst = value
		case c.Kicker == "" && (role == "kicker" || role == "overline" || role == "vignette"):
			c.Kicker = value
		default:
			n.note(RuleLeftOut, value, "A further headline (%s) was not read.", p.Role)
		}
	}
	if c.Headline == "" {
		n.titleAsHeadline()
	}
	if k := utf8.RuneCountInString(c.Headline); k > 300 {
		return news.Refuse(news.Invalid, "import.headline.long", "the headline has %d characters and may have 300: shorten it and import again", k).In("headline")
	}
	return nil
}

// titleAsHeadline takes the title, which is the desk's name of an item and so may be of any length.
func (n *ninjs) titleAsHeadline() {
	title := plainField(n.title)
	switch {
	case title == "":
		n.note(RuleHeadline, "", "The item has no headline.")
	case utf8.RuneCountInString(title) > 300:
		n.note(RuleLeftOut, title, "The item has no headline, and its title is too long to stand in.")
	default:
		n.item.Content.Headline = title
		n.note(RuleHeadline, "", "The item has no headline: its title stands in.")
	}
}

// form is how a part is written.
type form int

const (
	markup form = iota // the best to make a body of
	plain
	foreign // XML of some kind
)

func (p part) form() form {
	kind, role := strings.ToLower(p.ContentType), strings.ToLower(p.Role)
	switch {
	case strings.Contains(kind, "html"), kind == "" && strings.Contains(role, "html"):
		return markup
	case strings.Contains(kind, "xml"), kind == "" && (strings.Contains(role, "nitf") || strings.Contains(role, "xml")):
		return foreign
	case kind == "text/plain", kind == "" && role == "text":
		return plain
	}
	if start := strings.TrimSpace(p.Value); strings.HasPrefix(start, "<") && strings.Contains(start, "</") {
		return markup
	}
	return plain
}

// plain is the part as text on one line or more.
func (p part) plain() string {
	if p.form() == plain {
		return p.Value
	}
	body, _ := doc.FromHTML(p.Value)
	return body.Text()
}

// best is the first part with a value of the best form there is.
func best(list []part) (p part, ok bool) {
	for _, q := range list {
		if strings.TrimSpace(q.Value) != "" && (!ok || q.form() < p.form()) {
			p, ok = q, true
		}
	}
	return p, ok
}

// splitDescs takes the credit out of the descriptions, where AP writes it.
func (n *ninjs) splitDescs() {
	n.descs = slices.DeleteFunc(n.descs, func(p part) bool {
		role := strings.ToLower(p.Role)
		if role != "creditline" && role != "credit" {
			return false
		}
		n.credit[0] = cmp.Or(n.credit[0], p.Value)
		return true
	})
}

func (n *ninjs) body() error {
	n.splitDescs()
	chosen, ok := best(n.bodies)
	if !ok {
		if chosen, ok = best(n.descs); !ok {
			n.note(RuleNoBody, "", "The item has no text.")
			return nil
		}
		n.note(RuleDescription, "", "The item has no body: its description stands in.")
	}
	if len(chosen.Value) > news.MaxArticle {
		return news.Refuse(news.TooLarge, "import.large", "the item's text is larger than 2 MB: ask for it in parts")
	}
	n.bodySource = chosen.Value
	if strings.ContainsRune(chosen.Value, utf8.RuneError) {
		n.note(RuleDamaged, "", "Characters of the text were lost before the item came here and show as \uFFFD.")
	}
	if chosen.form() == plain {
		n.plainBody(chosen.Value)
	} else {
		n.markupBody(chosen)
	}
	n.otherBodies(chosen)
	if len(n.item.Content.Body.Blocks) == 0 { // what doc reads is in normal form: no block is empty
		n.note(RuleNoBody, "", "The item has no text.")
	}
	return fits(n.item.Content.Body, 3*len(chosen.Value))
}

// plainBody reads text as a dispatch's body is read.
func (n *ninjs) plainBody(s string) {
	lines, report := splitLines(s)
	n.add(report)
	paras, wrapped := paragraphs(lines)
	if wrapped.lines > 0 {
		n.note(RuleWrap, "", "The text is hard-wrapped: %d lines were joined to %d paragraphs.", wrapped.lines, wrapped.paras)
	}
	var b strings.Builder
	for _, p := range paras {
		b.WriteString(p.text)
		b.WriteByte('\n')
	}
	body, reports := doc.FromText(b.String())
	n.add(fromDoc(reports, RuleControl))
	n.setBody(body)
}

func (n *ninjs) markupBody(p part) {
	body, reports := doc.FromHTML(p.Value)
	if p.form() == foreign {
		n.note(RuleMarkup, "", "The only body is XML (%s): its text was read.", p.ContentType+p.Role)
	}
	n.noteMarkup(reports)
	if len(body.Blocks) > 1 && body.Blocks[0].Kind == doc.KindHeading && len(body.Blocks[0].Inline) == 1 &&
		squeeze(body.Blocks[0].Inline[0].Text) == squeeze(n.item.Content.Headline) {
		n.note(RuleMarkup, body.Blocks[0].Inline[0].Text, "The text began with the headline once more, which was left out.")
		body.Blocks = body.Blocks[1:]
	}
	n.setBody(body)
}

// add takes findings of the text into the report.
func (n *ninjs) add(findings []Finding) {
	for _, f := range findings {
		n.note(f.Rule, f.Text, "%s", f.Message)
	}
}

// noteMarkup reports what was dropped one by one, and what was only written differently in one finding.
func (n *ninjs) noteMarkup(reports []doc.Report) {
	var changed []string
	for _, r := range reports {
		if r.Text != "" || strings.HasPrefix(r.What, "dropped") {
			n.add(fromDoc([]doc.Report{r}, RuleMarkup))
		} else if !slices.Contains(changed, r.What) {
			changed = append(changed, r.What)
		}
	}
	if len(changed) > 0 {
		n.note(RuleMarkup, "", "Markup of the body was changed: %s.", strings.Join(changed, ", "))
	}
}

// setBody lifts a dateline out of the text's opening; located stands in where there is none.
func (n *ninjs) setBody(body doc.Body) {
	c := &n.item.Content
	c.Body = body
	if n.located = strings.TrimSpace(n.located); n.located != "" {
		place, country, _ := strings.Cut(n.located, ",")
		c.Dateline = news.Dateline{Place: strings.TrimSpace(place), Country: strings.TrimSpace(country)}
	}
	if len(body.Blocks) == 0 || body.Blocks[0].Kind != doc.KindParagraph || len(body.Blocks[0].Inline) == 0 {
		return
	}
	run := &body.Blocks[0].Inline[0]
	line, rest, ok := cutDateline(run.Text)
	if !ok || rest == "" || run.Marks != (doc.Marks{}) {
		return
	}
	taken := strings.TrimSpace(run.Text[:len(run.Text)-len(rest)])
	n.note(RuleDateline, taken, "“%s” was read as the dateline.", taken)
	run.Text, c.Dateline = rest, line
}

// otherBodies reports bodies that are more than the same text in another form.
func (n *ninjs) otherBodies(chosen part) {
	for _, p := range n.bodies {
		role := strings.ToLower(p.Role)
		same := p == chosen || p.form() != chosen.form() || strings.Contains(role, "html") || role == "text" || role == "main"
		if !same && strings.TrimSpace(p.Value) != "" {
			n.note(RuleLeftOut, "", "A further body (%s) was not read.", p.Role)
		}
	}
}

// standfirst takes the description, unless it only repeats how the text begins.
func (n *ninjs) standfirst() {
	c := &n.item.Content
	p, ok := best(n.descs)
	if !ok || c.Standfirst != "" || len(c.Body.Blocks) == 0 || p.Value == n.bodySource {
		return
	}
	value := plainField(p.plain())
	opening := c.Body.Text()
	opening = squeeze(opening[:min(len(opening), 2*len(value)+200)])
	if value != c.Headline && !strings.Contains(opening, squeeze(value)) {
		c.Standfirst = value
	}
}

func (n *ninjs) credits() {
	for _, credit := range n.credit {
		if credit = plainField(credit); credit != "" {
			n.item.Content.Credit = credit
			return
		}
	}
}

// bylines reads the names, without "By" and without the agency, which is the credit.
func (n *ninjs) bylines() {
	names := plainField(n.byline)
	for _, by := range []string{"By ", "BY ", "by ", "Von ", "Par ", "Por ", "Av ", "Af ", "بقلم ", "به قلم "} {
		if rest, ok := strings.CutPrefix(names, by); ok {
			names = rest
			break
		}
	}
	if names == "" {
		names = strings.Join(n.authors, ",")
	}
	agency := locale.Slug(n.item.Content.Credit)
	for _, b := range news.ParseBylines(names) {
		switch {
		case b.Slug == agency:
		case utf8.RuneCountInString(b.Name) > 120 || len(n.item.Content.Bylines) == 20:
			n.note(RuleLeftOut, b.Name, "A byline is over the limits and was left out.")
		default:
			n.item.Content.Bylines = append(n.item.Content.Bylines, b)
		}
	}
}
