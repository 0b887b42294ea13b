package press

import (
	"broadsheet/internal/news"
)

// versionsMost bounds the version history on one page.
const versionsMost = 100

// versions lists an article's published versions, newest first, each with
// what changed since the one before.
func (j *job) versions() (*Page, error) {
	j.tag(articleTag(j.a.ID))
	c, err := j.store().Card(j.ctx, j.a.ID)
	if err != nil {
		return nil, err
	}
	if c.Edition != j.e.ID {
		return nil, noPage()
	}
	revisions, err := j.store().LiveRevisions(j.ctx, j.a.ID, versionsMost)
	if err != nil {
		return nil, err
	}
	v := VersionsView{Frame: j.frame("versions", j.style.T("article.versions")+": "+c.Headline+" – "+j.e.Name), Article: j.card(c)}
	v.Heading, v.Index = j.style.T("article.versions"), false
	for i, r := range revisions {
		view := Version{Number: j.style.Number(int64(len(revisions) - i)), At: j.moment(r.PublishedAt), Label: j.style.T("article.published"), Headline: r.Headline}
		if r.Change != news.ChangeFirst {
			view.Label, view.Note = j.style.T("correction."+string(r.Change)), r.Note
		}
		if i+1 < len(revisions) {
			view.Changes = changes(paragraphs(revisions[i+1]), paragraphs(r))
		}
		v.Versions = append(v.Versions, view)
	}
	return j.html(200, "versions", v)
}

// paragraphs are the lines of a revision that are compared: what stands above
// the text, then the text.
func paragraphs(r news.Revision) []string {
	lines := []string{r.Kicker, r.Headline, r.Standfirst}
	for _, p := range r.Body.Paragraphs() {
		lines = append(lines, p.Text)
	}
	return lines
}
