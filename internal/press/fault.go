package press

import (
	"context"
	"strconv"

	"broadsheet/internal/store"
)

// fault is an error page in the edition's language: a title, a sentence, and
// the day's front, small.
func (j *job) fault(v FaultView) (*Page, error) {
	code := strconv.Itoa(v.Code)
	v.Frame = j.frame("fault", j.style.T("error."+code+".title")+" – "+j.e.Name)
	v.Heading, v.Index, v.Canonical = j.style.T("error."+code+".title"), false, ""
	v.Label = j.style.T("error.label", v.Code)
	if v.Text == "" {
		v.Text = j.style.T("error." + code + ".text")
	}
	if v.Code == 404 || v.Code == 410 || v.Code == 451 {
		j.tag(newestTag(j.e.ID))
		list, err := j.store().Cards(j.ctx, store.List{Edition: j.e.ID}, store.Span{}, 5)
		if err != nil {
			return nil, err
		}
		v.Cards = j.cards(list)
	}
	return j.html(v.Code, "fault", v)
}

// Fault returns the page for a status that an address was answered with. text
// is the sentence for the reader; "" = the status's own, which is kept like
// any page, so that a flood of wrong addresses costs nothing.
func (p *Press) Fault(ctx context.Context, a Address, text string) (*Page, error) {
	if text == "" {
		return p.Page(ctx, a)
	}
	return p.once(ctx, a, p.o.Now(), func(j *job) (*Page, error) { return j.fault(FaultView{Code: a.Code, Text: text}) })
}
