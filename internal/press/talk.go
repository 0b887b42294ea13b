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
	if j.a.After == 0 {
		return v, nil
	}
	if len(v.Talk.List) == 0 {
		return v, noPage() // no page begins there, or none any more
	}
	before, err := j.placeBefore(a.ID, j.a.After)
	v.Newer = j.path(Address{Kind: Comments, ID: a.ID, After: before})
	return v, err
}

// placeBefore is where the page before the one after a place begins. Places
// have gaps where comments were taken back, so the stretch that holds a page
// of them is looked for from the place upwards.
func (j *job) placeBefore(id news.ID, place int) (int, error) {
	for stretch := shownComments + 1; ; stretch *= 2 {
		from := max(0, place-stretch)
		list, err := j.store().ShownComments(j.ctx, id, from, place-from)
		if err != nil {
			return 0, err
		}
		n := 0
		for n < len(list) && list[n].Shown <= place {
			n++
		}
		switch {
		case n > shownComments:
			return list[n-1-shownComments].Shown, nil
		case from == 0:
			return 0, nil
		}
	}
}

// Reply is the answer to a comment just sent: that it is held, or why it was
// refused, with the reader's text given back.
type Reply struct {
	Status            int
	Refusal           string // in the reader's language; "" = it is held
	Name, Email, Text string
}

// Answer makes the page that answers a comment form. It is made for one
// reader and never kept. While the database is away it knows nothing of the
// article but its number, and still gives the reader their text back.
func (p *Press) Answer(ctx context.Context, a Address, r Reply) (*Page, error) {
	return p.once(ctx, a, p.o.Now(), func(j *job) (*Page, error) {
		v, err := j.commentsView()
		if news.CodeOf(err) == news.Unavailable && r.Refusal != "" {
			v, err = j.bareComments(), nil
		}
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

// bareComments is the comments' page of an article that cannot be read now.
func (j *job) bareComments() CommentsView {
	title := j.style.T("comment.title")
	v := CommentsView{Frame: j.frame("comments", title+" – "+j.e.Name)}
	v.Heading, v.Index = title, false
	v.Canonical = j.absolute(Address{Kind: Article, ID: j.a.ID})
	v.Article = Card{ID: j.a.ID.String(), Path: j.path(Address{Kind: Article, ID: j.a.ID}), Headline: j.style.T("comment.back")}
	v.Talk.Action = j.path(Address{Kind: Comments, ID: j.a.ID})
	if j.p.o.Stamp != nil {
		v.Talk.Stamp = j.p.o.Stamp(j.a.ID, j.now)
	}
	return v
}
