package press

import (
	"context"

	"broadsheet/internal/news"
)

// request is the form with which a reader asks for an article to be changed or
// removed. It is the same for every reader, and kept like any page.
func (j *job) request() (*Page, error) {
	v, err := j.requestView("")
	if err != nil {
		return nil, err
	}
	return j.html(200, "request", v)
}

func (j *job) requestView(kind news.RequestKind) (RequestView, error) {
	j.tag(articleTag(j.a.ID))
	title := j.style.T("request.title")
	v := RequestView{Frame: j.frame("request", title+" – "+j.e.Name), Action: j.path(Address{Kind: Request, ID: j.a.ID})}
	v.Heading, v.Index = title, false
	c, err := j.store().Card(j.ctx, j.a.ID)
	if err != nil {
		return v, err
	}
	if c.Edition != j.e.ID {
		return v, noPage()
	}
	v.Article = j.card(c)
	if j.p.o.Stamp != nil {
		v.Stamp = j.p.o.Stamp(j.a.ID, j.now)
	}
	for _, k := range news.RequestKinds() {
		v.Kinds = append(v.Kinds, Choice{Value: string(k), Name: j.style.T("request.kind." + string(k)), Chosen: k == kind})
	}
	return v, nil
}

// Asked is the answer to a request just sent: that the editors have it, or why
// it was refused, with the reader's words given back.
type Asked struct {
	Status            int
	Refusal, In       string // in the reader's language, and the field it speaks of; "" = it was taken
	Kind              news.RequestKind
	Name, Email, Text string
}

// AnswerRequest makes the page that answers a request's form. It is made for
// one reader and never kept.
func (p *Press) AnswerRequest(ctx context.Context, a Address, r Asked) (*Page, error) {
	return p.once(ctx, a, p.o.Now(), func(j *job) (*Page, error) {
		v, err := j.requestView(r.Kind)
		if err != nil {
			return nil, err
		}
		v.Refusal, v.In, v.Name, v.Email, v.Text, v.Sent = r.Refusal, r.In, r.Name, r.Email, r.Text, r.Refusal == ""
		return j.html(r.Status, "request", v)
	})
}
