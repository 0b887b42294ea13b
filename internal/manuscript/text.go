package manuscript

import (
	"errors"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/wirefmt"
)

// readText reads plain text: first as a dispatch with its fields, dateline and
// broken lines (wirefmt); what is none is a headline, if its first line is
// short, and paragraphs.
func readText(data []byte) (Manuscript, error) {
	var m Manuscript
	text, encoding, err := wirefmt.Decode(data)
	if err != nil {
		return m, undecoded(err)
	}
	if len(text) > mostLetters {
		return m, tooLong(nil)
	}
	if encoding != wirefmt.UTF8 {
		m.report(Encoding, encoding)
	}
	if m.dispatch(data) {
		return m, nil
	}
	body, reports := doc.FromText(text)
	m.fromDoc(reports)
	m.headBody(body, &page{})
	m.finish()
	return m, nil
}

// undecoded is why a file of plain text cannot be read, in the words of a draft.
func undecoded(err error) error {
	var refusal *news.Error
	if errors.As(err, &refusal) && refusal.Key == "import.binary" {
		return refuse("kind", "this is no text document; send .docx, .odt, .html, .md or .txt")
	}
	told := news.Refuse(news.Invalid, "error.encoding", "the text contains characters that cannot be read: save it as UTF-8 and send that")
	told.Err = err
	return told
}

// dispatch reads a text as the wire does. It takes it only where the draft has
// a place for everything that was found: the form of a draft has none for a
// News ID or a date, so a text with such fields stays as it is written.
func (m *Manuscript) dispatch(data []byte) bool {
	item, err := wirefmt.Text(data, wirefmt.TextOptions{})
	c := item.Content
	if err != nil || item.NewsID != 0 || !item.PublishedAt.IsZero() || !item.EmbargoUntil.IsZero() || item.Section != "" || len(item.Topics) > 0 ||
		c.Dateline.Place != "" || c.Dateline.Country != "" || c.Dateline.Source != "" || c.Credit != "" || c.Kicker != "" || c.Slugline != "" || c.Urgency != 0 {
		return false
	}
	if !headlineLike(&para{inline: []doc.Inline{{Text: c.Headline}}}) && c.Standfirst == "" && len(c.Bylines) == 0 {
		return false // the first line is a paragraph
	}
	for _, f := range item.Report {
		if f.Text != "" && f.Rule != wirefmt.RuleField && f.Rule != wirefmt.RuleControl {
			m.report(LeftOut, oneLine(f.Text))
		}
	}
	m.Headline, m.Standfirst, m.Body = c.Headline, c.Standfirst, c.Body
	m.Byline = strings.Join(news.BylineNames(c.Bylines), ", ")
	m.Body.Blocks = m.takeSigned(m.Body.Blocks, 0)
	m.finish()
	return true
}

// readMarkdown reads the desk's plain form, with a head of fields ("front
// matter") and a headline as other programs write them.
func readMarkdown(data []byte) (Manuscript, error) {
	var m Manuscript
	text, encoding, err := wirefmt.Decode(data)
	if err != nil {
		return m, undecoded(err)
	}
	if len(text) > mostLetters {
		return m, tooLong(nil)
	}
	if encoding != wirefmt.UTF8 {
		m.report(Encoding, encoding)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	text = m.frontMatter(text)
	headline, rest := markdownHeadline(text)
	body, reports := doc.FromMarkdown(rest)
	m.fromDoc(reports)
	if headline != "" {
		m.takeTitle(headline)
		m.Body = body
	} else if m.Headline == "" {
		m.headBody(body, &page{})
	} else {
		m.Body = body
	}
	m.finish()
	return m, nil
}

// takeTitle takes a headline; one that the front matter has given stays, and
// this one is told.
func (m *Manuscript) takeTitle(headline string) {
	switch {
	case m.Headline == "" || sameWords(m.Headline, headline):
		m.Headline = headline
	default:
		m.report(LeftOut, headline)
	}
}

// frontMatter reads the fields between two lines of dashes.
func (m *Manuscript) frontMatter(text string) string {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "\n"), "---\n")
	if !ok {
		return text
	}
	head, body, ok := strings.Cut(rest, "\n---\n")
	if !ok || strings.Contains(head, "\n\n") {
		return text
	}
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		var into *string
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "title", "headline":
			into = &m.Headline
		case "subtitle", "description", "standfirst", "summary":
			into = &m.Standfirst
		case "author", "byline", "by":
			into = &m.Byline
		}
		if into != nil && *into == "" && value != "" && !strings.HasPrefix(value, "[") && fits(value) {
			*into = value
		} else if strings.TrimSpace(line) != "" {
			m.report(FrontMatter, strings.TrimSpace(line))
		}
	}
	return body
}

// markdownHeadline is the first line where it is a heading of the first level.
func markdownHeadline(text string) (headline, rest string) {
	trimmed := strings.TrimLeft(text, "\n \t")
	line, rest, _ := strings.Cut(trimmed, "\n")
	next, after, _ := strings.Cut(rest, "\n")
	title, marked := strings.CutPrefix(line, "# ")
	switch {
	case marked:
		title = strings.TrimRight(strings.TrimSpace(title), "# ")
	case len(strings.TrimSpace(next)) >= 2 && strings.Trim(strings.TrimSpace(next), "=") == "" && strings.TrimSpace(line) != "":
		title, rest = line, after
	default:
		return "", text
	}
	body, _ := doc.FromMarkdown(title)
	if len(body.Blocks) != 1 || body.Blocks[0].Kind != doc.KindParagraph || linked(body.Blocks[0]) {
		return "", text
	}
	if title = lineOf(body.Blocks[0]); !fits(title) {
		return "", text
	}
	return title, rest
}
