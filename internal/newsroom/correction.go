package newsroom

import (
	"net/http"
	"net/url"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// changePage is a change that was prepared beside the live text: what the gate
// says of it, what it is to be called, and what becomes of it.
type changePage struct {
	frame
	Story   heading
	Read    int
	Action  string
	Nothing bool // nothing was changed
	Facts   []changedFact
	Lines   []string // what was said of it so far
	Fields  []field  // what it is called
	Seen    bool     // a colleague has read it, or need not
	Mine    bool     // the person wrote on it
	Handed  bool     // it was handed in
	Approve bool
	Due     bool
	Reason  field
	When    field
	Return  field
	difference

	Unsaved unsaved
}

// changedFact is a line of the gate's list.
type changedFact struct{ Kind, Label, Before, After, Lang string }

func factsOf(s locale.Style, list []news.MaterialChange, lang string) []changedFact {
	var out []changedFact
	for _, m := range list {
		out = append(out, changedFact{Kind: string(m.Kind), Label: s.T("desk.material." + string(m.Kind)), Before: m.Before, After: m.After, Lang: lang})
	}
	return out
}

func (n *Newsroom) correctPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	return n.showCorrect(w, r, v, a, http.StatusOK, nil)
}

// showCorrect shows what would change for readers, the facts first, and asks
// what to call it. f is a refused form; nil = what was said of the change so far.
func (n *Newsroom) showCorrect(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form) error {
	if a.Allows(v.person, news.MayCorrect) != nil {
		return news.Refuse(news.Forbidden, "error.forbidden", "you may not correct this article")
	}
	s := v.style()
	p := changePage{frame: n.frame(r, v, "articles", s.T("desk.correct.title")), Story: a.heading(v), Read: a.Head, Action: a.link("correct"), Nothing: a.Live == a.Head}
	c, err := n.desk.OpenChange(r.Context(), v.person, a.Article)
	if err != nil {
		return err
	}
	if f == nil {
		kind := c.Kind
		if kind == "" {
			kind = news.ChangeCorrection
		}
		f = blank(v, url.Values{"kind": {string(kind)}, "note": {c.Note}})
	}
	if a.Live > 0 {
		live, err := n.store.Revision(r.Context(), a.ID, a.Live)
		if err != nil {
			return err
		}
		if p.difference, err = n.compare(r.Context(), a, live.Content, a.head.Content); err != nil {
			return err
		}
		p.Left, p.Right = s.T("desk.correct.live"), s.T("desk.correct.next")
	}
	if p.Unsaved, err = n.unsaved(r.Context(), v, a); err != nil {
		return err
	}
	p.Facts = factsOf(s, c.Material, p.Lang)
	p.Mine, p.Handed, p.Due = c.Own, c.SubmittedBy != 0, !c.Due.IsZero()
	p.Seen = c.Seen() || !v.paper.FourEyes || !c.Own
	p.Approve = !c.Seen() && (!c.Own || !v.paper.FourEyes)
	if p.Lines, err = n.changeLines(r, a, c); err != nil {
		return err
	}
	p.declaration(f, v, a, c)
	f.faulty(&p.frame)
	return n.send(w, status, "correct", p)
}

// declaration are the controls of the form.
func (p *changePage) declaration(f *form, v visit, a opened, c desk.Change) {
	var kinds []option
	for _, k := range []news.ChangeKind{news.ChangeCorrection, news.ChangeClarification, news.ChangeUpdate, news.ChangeMinor} {
		kinds = append(kinds, option{Value: string(k), Label: f.s.T("desk.change." + string(k))})
	}
	p.Fields = []field{f.field("radio", "kind", choices(kinds)), f.field("area", "note", rows(4), dir("auto"), most(2000), label(f, "desk.field.change-note"), func(c *field) {
		c.Hint = f.s.T("desk.field.change-note.hint", v.person.Name)
	})}
	if len(c.Material) > 0 {
		p.Fields = append(p.Fields, f.field("check", "acknowledged"))
	}
	p.Reason = f.field("area", "reason", rows(2), dir("auto"))
	p.When = f.field(momentKind(a.edition), "when", dir("ltr"), momentHint(f, a.edition, v), label(f, "desk.field.change-when"))
	p.Return = f.field("area", "back", rows(2), dir("auto"), label(f, "desk.field.return-note"))
}

// changeLines tell what was said of the change so far.
func (n *Newsroom) changeLines(r *http.Request, a opened, c desk.Change) ([]string, error) {
	who := n.names(r.Context(), a.viewer)
	var out []string
	for _, said := range []struct {
		by  news.PersonID
		key string
		arg string
	}{{c.SubmittedBy, "desk.change.handed", a.style.DateTime(c.SubmittedAt)}, {c.Approval.By, "desk.change.approved", a.style.DateTime(c.Approval.At)},
		{c.Bypass.By, "desk.change.alone", c.Bypass.Reason}} {
		if said.by == 0 {
			continue
		}
		name, err := who.of(a.ID, said.by)
		if err != nil {
			return nil, err
		}
		out = append(out, a.style.T(said.key, name, said.arg))
	}
	if !c.Due.IsZero() {
		out = append(out, a.style.T("desk.change.due", inBoth(a.style, c.Due)))
	}
	return out, nil
}

// changeActs are what the buttons of the form do, and what is said when it is done.
var changeActs = map[string]string{"now": "corrected", "alone": "corrected", "submit": "change-submitted", "approve": "change-approved",
	"schedule": "change-scheduled", "unschedule": "change-unscheduled", "return": "change-returned"}

// correct carries out what the pressed button says of the prepared change:
// switch it now, hand it in, approve it, time it.
func (n *Newsroom) correct(w http.ResponseWriter, r *http.Request, v visit) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	act := f.get("do")
	if changeActs[act] == "" {
		act = "now"
	}
	if err = n.ready(r.Context(), v, a, f, "corrected"); err == nil {
		err = n.doChange(r, v, a, f, act)
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		if a, err = n.open(r, v); err != nil {
			return err
		}
		return n.showCorrect(w, r, v, a, status, f)
	}
	to := ""
	if act != "now" && act != "alone" {
		to = "correct"
	}
	return seeDone(w, r, a.link(to), changeActs[act])
}

func (n *Newsroom) doChange(r *http.Request, v visit, a opened, f *form, act string) error {
	read, ctx, who := int(number(f.get("read"))), r.Context(), v.person.ID
	s := desk.Declared{Kind: news.ChangeKind(f.get("kind")), Note: f.line("note"), Acknowledged: f.on("acknowledged"), Reason: f.line("reason")}
	switch act {
	case "submit":
		return n.desk.SubmitChange(ctx, who, a.ID, read, s)
	case "approve":
		return n.desk.ApproveChange(ctx, who, a.ID, read, s)
	case "unschedule":
		return n.desk.UnscheduleChange(ctx, who, a.ID, read)
	case "return":
		return n.desk.ReturnChange(ctx, who, a.ID, read, f.line("back"))
	case "schedule":
		when, err := news.ParseMoment(f.get("when"), a.edition, "when")
		if err != nil {
			return err
		}
		if when.IsZero() {
			return news.Refuse(news.Invalid, "error.moment", "say when").In("when")
		}
		return n.desk.ScheduleChange(ctx, who, a.ID, read, s, when)
	case "alone":
		if s.Reason == "" {
			return news.Refuse(news.Invalid, "error.bypass.reason", "publishing without a colleague's approval needs a reason").In("reason")
		}
	}
	return n.desk.Correct(ctx, who, a.ID, read, s)
}
