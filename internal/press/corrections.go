package press

import (
	"broadsheet/internal/news"
)

// correctionsPage is how many declared changes stand on one page.
const correctionsPage = 50

// corrections lists every declared change, newest first. After counts from
// the newest: the page is for people who look back some pages, and each page
// is found by walking along the index from the newest.
func (j *job) corrections() (*Page, error) {
	j.tag(correctionsTag(j.e.ID))
	v := CorrectionsView{Frame: j.frame("corrections", j.style.T("corrections.title")+" – "+j.e.Name)}
	v.Heading = j.style.T("corrections.title")
	var below news.Place
	for page := 0; ; page++ {
		list, err := j.store().Corrections(j.ctx, j.e.ID, below, correctionsPage+1)
		if err != nil {
			return nil, err
		}
		if page < j.a.After && len(list) > correctionsPage && page < 100 {
			last := list[correctionsPage-1]
			below = news.Place{At: last.At, ID: int64(last.Article)}
			continue
		}
		if page < j.a.After {
			return nil, noPage()
		}
		for _, c := range list[:min(len(list), correctionsPage)] {
			v.Notes = append(v.Notes, j.note(c))
		}
		if len(list) > correctionsPage {
			v.More = j.path(Address{Kind: Corrections, After: page + 1})
		}
		return j.html(200, "corrections", v)
	}
}
