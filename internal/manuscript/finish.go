package manuscript

import (
	"errors"
	"path"
	"regexp"
	"strconv"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
)

// report notes something, once.
func (m *Manuscript) report(kind Kind, text string) {
	r := Report{kind, strings.TrimSpace(text)}
	if m.told[r] {
		return
	}
	if m.told == nil {
		m.told = map[Report]bool{}
	}
	m.told[r] = true
	m.Reports = append(m.Reports, r)
}

// once notes the first thing of a kind.
func (m *Manuscript) once(kind Kind, text string) {
	for _, r := range m.Reports {
		if r.Kind == kind {
			return
		}
	}
	m.report(kind, text)
}

var madeUp = regexp.MustCompile(`(?i)^(image|picture|grafik|[0-9a-f]{16,})[0-9]*\.[a-z]+$`)

// addPicture keeps a picture's bytes and gives its address in the body. Where a
// program has made its name up, it takes one from what the picture shows.
func (m *Manuscript) addPicture(name, alt string, data []byte) string {
	name = path.Base(name)
	if words := strings.Fields(alt); madeUp.MatchString(name) && len(words) > 0 {
		name = strings.Join(words[:min(len(words), 6)], " ") + path.Ext(name)
	}
	src := PicturePrefix + strconv.Itoa(len(m.Pictures)+1)
	m.Pictures = append(m.Pictures, Picture{Src: src, Name: name, Data: data})
	return src
}

// isLimit tells a refusal of the whole file from a part that is not there.
func isLimit(err error) bool {
	var refusal *news.Error
	return errors.As(err, &refusal) && refusal.Code == news.TooLarge
}

// finish brings the body into its normal form. Links that no page may carry
// become their words.
func (m *Manuscript) finish() {
	m.links(m.Body.Blocks)
	m.Body = m.Body.Normal()
}

func (m *Manuscript) links(blocks []doc.Block) {
	for i := range blocks {
		m.runs(blocks[i].Inline)
		for y := range blocks[i].Rows {
			for x := range blocks[i].Rows[y].Cells {
				m.runs(blocks[i].Rows[y].Cells[x].Inline)
			}
		}
		m.links(blocks[i].Blocks)
	}
}

func (m *Manuscript) runs(runs []doc.Inline) {
	for i := range runs {
		href := runs[i].Marks.Href
		if href == "" {
			continue
		}
		clean, ok := doc.Link(href)
		if !ok {
			m.report(BadLink, href)
		}
		runs[i].Marks.Href = clean
		if runs[i].Footnote == "" && !ok && runs[i].Text == "" {
			runs[i].Text = href
		}
	}
}
