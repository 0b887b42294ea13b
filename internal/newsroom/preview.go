package newsroom

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/proof"
)

// checks is what the copy check and the reader of the text say.
type checks struct {
	Findings []finding
	Reports  []report
	Words    string
}

// finding is one mark, as the margin shows it.
type finding struct {
	Where               string // "Paragraph 3"
	Rule, Message       string
	Before, Text, After string // the place, with a little of what stands around
	Fix                 string
	HasFix, FixEmpty    bool
	Key                 string // names the finding in the form
	Level               news.Level
}

// report is what the text's reader had to change.
type report struct{ Message, What, Text string }

// bodyHTML prints a content's text in its own language, dateline first.
func bodyHTML(c news.Content, s locale.Style) template.HTML {
	dateline := s.Dateline(c.Dateline.Place, c.Dateline.Country, c.Dateline.Source)
	return c.Body.HTML(doc.HTMLOptions{Lang: s.Language, Dir: s.Direction(), Dateline: dateline, OwnPicturesOnly: true, Suggestions: true, Spoken: suggestionWords(s), Notes: noteWords(s)})
}

func noteWords(s locale.Style) doc.NoteWords {
	return doc.NoteWords{Title: s.T("article.footnotes"), Label: s.T("article.footnote"), Back: s.T("article.footnote.back"),
		Number: func(n int) string { return s.Number(int64(n)) }}
}

// proofCopy is a content as the copy check reads it, with the paper's own style.
func (a opened) proofCopy(c news.Content, now time.Time, style *proof.Style) proof.Copy {
	published := a.PublishedAt
	if published.IsZero() {
		published = now
	}
	language := c.Language
	if language == "" {
		language = a.edition.Language
	}
	return proof.Copy{Style: style, Kicker: c.Kicker, Headline: c.Headline, Standfirst: c.Standfirst, Place: c.Dateline.Place, Country: c.Dateline.Country, Source: c.Dateline.Source,
		Paragraphs: proof.FromBody(c.Body), Language: language, Published: published, Calendar: a.edition.Calendar}
}

// checks runs the copy check over a content.
func (a opened) checks(c news.Content, v visit, style *proof.Style, reports []doc.Report) checks {
	s := v.style()
	out := checks{Words: s.T("desk.words", c.Body.Words())}
	paragraphs := c.Body.Paragraphs()
	for _, f := range proof.Check(a.proofCopy(c, v.now, style)) {
		text := []rune(fieldOf(c, f.Field))
		if f.Paragraph >= 1 && f.Paragraph <= len(paragraphs) && f.End > 0 {
			text = []rune(paragraphs[f.Paragraph-1].Text)
		}
		one := finding{Where: s.T("desk.check.paragraph", f.Paragraph), Rule: ruleName(f, s), Message: proof.MessageIn(f, s), Text: short(f.Text), Key: keyOf(f),
			Level: cmp.Or(f.Level, news.Warning)}
		switch {
		case f.Field != "":
			one.Where = s.T("desk.field." + f.Field)
		case f.Paragraph == 0 || len(text) == 0:
			one.Where = s.T("desk.check.dateline")
		}
		one.Before, one.After = around(text, f.Start, f.End)
		if f.Fix != nil {
			one.HasFix, one.Fix, one.FixEmpty = true, short(*f.Fix), strings.TrimSpace(*f.Fix) == ""
		}
		out.Findings = append(out.Findings, one)
	}
	for _, r := range reports {
		out.Reports = append(out.Reports, reportOf(s, r))
	}
	return out
}

// fieldOf is the text of a field above the body that the copy check reads.
func fieldOf(c news.Content, field string) string {
	return map[string]string{"kicker": c.Kicker, "headline": c.Headline, "standfirst": c.Standfirst}[field]
}

// ruleName is what people call a rule: the paper's own go by their names.
func ruleName(f proof.Finding, s locale.Style) string {
	if slices.Contains(proof.Rules(), f.Rule) {
		return s.T("proof." + f.Rule)
	}
	return f.Rule
}

const (
	aroundIt = 24  // characters shown on each side of a finding
	longest  = 120 // characters of a finding that are shown
)

// around gives a little of the text before and after a finding.
func around(text []rune, start, end int) (before, after string) {
	if start < 0 || end > len(text) || start > end || len(text) == 0 {
		return "", ""
	}
	from, to := max(0, start-aroundIt), min(len(text), end+aroundIt)
	before, after = string(text[from:start]), string(text[end:to])
	if from > 0 {
		before = "…" + before
	}
	if to < len(text) {
		after += "…"
	}
	return before, after
}

// short keeps both ends of a long text.
func short(s string) string {
	r := []rune(s)
	if len(r) <= longest {
		return s
	}
	return string(r[:longest/2]) + " … " + string(r[len(r)-longest/2:])
}

// reportOf says in the desk's language what became of a piece of the text. The
// reader's own words name the element between angle brackets.
func reportOf(s locale.Style, r doc.Report) report {
	out := report{Text: short(r.Text)}
	key := "desk.report.turned"
	if strings.HasPrefix(r.What, "dropped") {
		key = "desk.report.dropped"
	}
	if from := strings.IndexByte(r.What, '<'); from >= 0 {
		if to := strings.IndexByte(r.What[from:], '>'); to > 0 {
			out.What = r.What[from : from+to+1]
		}
	}
	out.Message = s.T(key)
	return out
}
