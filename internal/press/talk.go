package press

import (
	"context"
	"strconv"

	"broadsheet/internal/news"
)

// talk fills in the readers' part of the page.
func (j *job) talk(v *ArticleView, a news.Article, _ news.Revision) error {
	t, err := j.talkOf(a, 0)
	v.Talk = t
	return err
}

func (j *job) talkOf(a news.Article, after int) (Talk, error) {
	j.tag(talkTag(a.ID))
	t := Talk{Open: a.CommentsOpen(j.e, j.now), Count: a.CommentCount, Counted: j.style.T("comment.count", a.CommentCount),
		Action: j.path(Address{Kind: Comments, ID: a.ID})}
	if t.Open {
		if j.e.CloseAfter > 0 {
			j.until(a.PublishedAt.AddDate(0, 0, j.e.CloseAfter))
		}
		if j.p.o.Stamp != nil {
			t.Stamp = j.p.o.Stamp(a.ID, j.now)
		}
	}
	list, err := j.store().ShownComments(j.ctx, a.ID, after, shownComments+1)
	if err != nil {
		return t, err
	}
	if len(list) > shownComments {
		list = list[:shownComments]
		t.More = j.path(Address{Kind: Comments, ID: a.ID, After: list[shownComments-1].Shown})
	}
	for _, c := range list {
		view := CommentView{ID: strconv.FormatInt(int64(c.ID), 10), Name: c.Name, At: j.moment(c.At)}
		for _, line := range news.CommentLines(c.Text) {
			var runs []CommentRun
			for _, r := range line {
				runs = append(runs, CommentRun(r))
			}
			view.Lines = append(view.Lines, runs)
		}
		t.List = append(t.List, view)
	}
	return t, nil
}

// comments is a page of further comments, fifty at a time. Pages are cut by
// the place of a comment, which never changes, so they do not shift.
func (j *job) comments() (*Page, error) {
	v, err := j.commentsView()
	if err != nil {
		return nil, err
	}
	return j.html(200, "comments", v)
}

func (j *job) commentsView() (CommentsView, error) {
	j.tag(articleTag(j.a.ID))
	c, err := j.store().Card(j.ctx, j.a.ID)
	if err != nil {
		return CommentsView{}, err
	}
	a, err := j.store().Article(j.ctx, j.a.ID)
	if err != nil {
		return CommentsView{}, err
	}
	if a.Edition != j.e.ID {
		return CommentsView{}, noPage()
	}
	v := CommentsView{Frame: j.frame("comments", j.style.T("comment.title")+": "+c.Headline+" – "+j.e.Name), Article: j.card(c)}
	v.Heading, v.Index = j.style.T("comment.title"), false
	v.Canonical = j.absolute(Address{Kind: Article, ID: a.ID})
	if v.Talk, err = j.talkOf(a, j.a.After); err != nil {
		return v, err
	}
	if j.a.After > 0 {
		v.Newer = j.path(Address{Kind: Comments, ID: a.ID, After: max(0, j.a.After-shownComments)})
	}
	return v, nil
}

// Reply is the answer to a comment just sent: that it is held, or why it was
// refused, with the reader's text given back.
type Reply struct {
	Status            int
	Refusal           string // in the reader's language; "" = it is held
	Name, Email, Text string
}

// Answer makes the page that answers a comment form. It is made for one
// reader and never kept.
func (p *Press) Answer(ctx context.Context, a Address, r Reply) (*Page, error) {
	return p.once(ctx, a, func(j *job) (*Page, error) {
		v, err := j.commentsView()
		if err != nil {
			return nil, err
		}
		v.Talk.List, v.Talk.More = nil, ""
		v.Talk.Held = r.Refusal == ""
		v.Talk.Refusal, v.Talk.Name, v.Talk.Email, v.Talk.Text = r.Refusal, r.Name, r.Email, r.Text
		if r.Refusal != "" {
			v.Talk.Open = true // the text is given back, whatever the reason
		}
		return j.html(r.Status, "comments", v)
	})
}
