package press

import (
	"slices"

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
	a, err := j.store().Article(j.ctx, j.a.ID)
	if err != nil {
		return nil, err
	}
	revisions = slices.DeleteFunc(revisions, func(r news.Revision) bool { return r.Number < a.VersionsFrom })
	v := VersionsView{Frame: j.frame("versions", j.style.T("article.versions")+": "+c.Headline+" – "+j.e.Name), Article: j.card(c)}
	v.Heading, v.Index = j.style.T("article.versions"), false
	for i, r := range revisions {
		view := Version{Number: j.style.Number(int64(len(revisions) - i)), At: j.moment(r.PublishedAt), Label: j.style.T("article.published"), Headline: r.Headline}
		if r.Change != news.ChangeFirst {
			view.Label, view.Note = j.style.T("correction."+string(r.Change)), r.Note
		}
		if i+1 < len(revisions) {
			view.Changes = difference(revisions[i+1], r)
		}
		v.Versions = append(v.Versions, view)
	}
	return j.html(200, "versions", v)
}

// difference is what one revision says otherwise than another: kicker,
// headline and standfirst each by itself, then the text.
func difference(before, after news.Revision) []Change {
	var out []Change
	for _, line := range [][2]string{{before.Kicker, after.Kicker}, {before.Headline, after.Headline}, {before.Standfirst, after.Standfirst}} {
		out = append(out, changesOfLine(line[0], line[1])...)
	}
	return append(out, changes(before.Body.Original(), after.Body.Original())...)
}
