package press

import (
	"broadsheet/internal/news"
)

// correctionsPage is how many declared changes stand on one page.
const correctionsPage = 50

// corrections lists every declared change, newest first, but for those of
// articles that were withdrawn: what such an article said is not repeated. A
// page begins below one change, so it stays as it is when new ones come.
func (j *job) corrections() (*Page, error) {
	j.tag(correctionsTag(j.e.ID))
	below, err := j.correctionPlace()
	if err != nil {
		return nil, err
	}
	list, err := j.store().Corrections(j.ctx, j.e.ID, below, correctionsPage+1)
	if err != nil {
		return nil, err
	}
	v := CorrectionsView{Frame: j.frame("corrections", j.style.T("corrections.title")+" – "+j.e.Name)}
	v.Heading = j.style.T("corrections.title")
	if len(list) > correctionsPage {
		list = list[:correctionsPage]
		last := list[correctionsPage-1]
		v.More = j.path(Address{Kind: Corrections, ID: last.Article, After: last.Revision})
	}
	public := map[news.ID]bool{}
	for _, c := range list {
		if _, asked := public[c.Article]; !asked {
			_, err := j.store().Card(j.ctx, c.Article)
			if err != nil && news.CodeOf(err) != news.NotFound {
				return nil, err
			}
			public[c.Article] = err == nil
		}
		if public[c.Article] {
			j.tag(articleTag(c.Article))
			v.Notes = append(v.Notes, j.note(c))
		}
	}
	return j.html(200, "corrections", v)
}

// correctionPlace is where the page begins: below the change that the address
// names, or at the top.
func (j *job) correctionPlace() (news.Place, error) {
	if j.a.ID == 0 {
		return news.Place{}, nil
	}
	changes, err := j.store().ArticleCorrections(j.ctx, j.a.ID)
	if err != nil {
		return news.Place{}, err
	}
	for _, c := range changes {
		if c.Revision == j.a.After && c.Edition == j.e.ID && c.Kind.Declared() {
			return news.Place{At: c.At, ID: int64(c.Article)}, nil
		}
	}
	return news.Place{}, noPage()
}
