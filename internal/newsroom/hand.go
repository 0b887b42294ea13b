package newsroom

import (
	"context"
	"net/http"
	"time"

	"broadsheet/internal/news"
)

// handView is the form with which an article is handed on.
type handView struct {
	Seen   int64 // when the placement was made that the form shows, in microseconds; 0 = there was none
	Fields []field
}

// handForm is the form as it was typed, or with whom the article lies now.
func (n *Newsroom) handForm(ctx context.Context, v visit, a opened, f *form) (handView, error) {
	at, err := n.store.Placement(ctx, a.ID)
	if err != nil {
		return handView{}, err
	}
	own := *f
	if !f.typed.Has("to") {
		own.typed = typedPlacement(at, a.edition)
	}
	view := handView{}
	if !at.At.IsZero() {
		view.Seen = at.At.UnixMicro()
	}
	to, err := n.placeOptions(ctx, a, at)
	if err != nil {
		return view, err
	}
	people, err := n.personOptions(ctx, v, at.Person)
	if err != nil {
		return view, err
	}
	if len(to) > 1 {
		view.Fields = append(view.Fields, own.field("select", "to", choices(to), label(&own, "desk.field.hand-to")))
	}
	view.Fields = append(view.Fields, own.field("select", "person", choices(people), label(&own, "desk.field.hand-person")),
		own.field(momentKind(a.edition), "due", dir("ltr"), momentHint(&own, a.edition, v), label(&own, "desk.field.due")),
		own.field("area", "line", rows(2), dir("auto"), most(news.MaxHandLine), label(&own, "desk.field.hand-line")))
	return view, nil
}

// placeOptions are the stages of the desks that take the article.
func (n *Newsroom) placeOptions(ctx context.Context, a opened, at news.Placement) ([]option, error) {
	desks, err := n.desks(ctx)
	if err != nil {
		return nil, err
	}
	out := []option{{Value: "", Label: a.style.T("desk.desk.nobody")}}
	for _, d := range desks.list {
		if !d.Takes(a.Edition) {
			continue
		}
		if len(d.Stages) == 0 || d.ID == at.Desk && at.Stage == "" {
			out = append(out, option{Value: placeValue(d.ID, ""), Label: d.Name})
		}
		for _, stage := range d.Stages {
			out = append(out, option{Value: placeValue(d.ID, stage), Label: with(a.style, d.Name, stage, ""), Group: d.Name})
		}
	}
	return out, nil
}

// personOptions are the staff on duty, and whom the article lies with.
func (n *Newsroom) personOptions(ctx context.Context, v visit, now news.PersonID) ([]option, error) {
	people, err := n.store.People(ctx)
	if err != nil {
		return nil, err
	}
	out := []option{{Value: "", Label: v.style().T("desk.hand.anyone")}}
	for _, p := range people {
		if p.May(news.Contributor) || p.ID == now {
			out = append(out, option{Value: itoa(int(p.ID)), Label: p.Name})
		}
	}
	return out, nil
}

// hand puts an article with a desk or a person.
func (n *Newsroom) hand(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.act(w, r, v, "handed", func(a opened, f *form, _ int) error {
		next := news.Placement{Person: news.PersonID(number(f.get("person"))), Line: f.line("line")}
		next.Desk, next.Stage = readPlaceValue(f.get("to"))
		due, err := news.ParseMoment(f.get("due"), a.edition, "due")
		if err != nil {
			return err
		}
		next.DueAt = due
		if at, err := n.store.Placement(r.Context(), a.ID); err != nil {
			return err
		} else if news.TypeMoment(at.DueAt, a.edition) == f.line("due") {
			next.DueAt = at.DueAt // what was not touched stays to the second
		}
		var seen time.Time
		if micro := number(f.get("seen")); micro > 0 {
			seen = time.UnixMicro(micro).UTC()
		}
		return n.desk.Hand(r.Context(), v.person.ID, a.ID, next, seen)
	})
}
