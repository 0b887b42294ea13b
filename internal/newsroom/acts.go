package newsroom

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// acts are what a person may do with an article now. Each is found out by
// asking the article itself on a copy, so that the page never offers what the
// act would refuse.
type acts struct {
	Edit, Submit, Return, Approve, Publish, Bypass bool
	Schedule, Unschedule, Correct                  bool
	Kill, Spike, Revive, Hand                      bool
	Labels, Anonymise, TakeDown, Protect           bool
	Own                                            bool   // in review, and the person's own: somebody else must approve
	Main                                           string // the next act, for the one place at the head of the page
}

func actsOf(a news.Article, head news.Revision, v visit) acts {
	may := func(try func(a *news.Article) error) bool {
		other := a
		return try(&other) == nil
	}
	p, settled := v.person, head.Settled() == nil
	has := func(r news.Right) bool { return a.Allows(p, r) == nil }
	publish := has(news.MayPublish) && settled && a.State.Before() && !v.now.Before(a.EmbargoUntil)
	approved := a.Approved() || !v.paper.FourEyes
	out := acts{
		Edit:       a.CanEdit(p) == nil,
		Submit:     a.State == news.Draft && may(func(a *news.Article) error { return a.Submit(p) }),
		Return:     (a.State == news.InReview || a.State == news.Scheduled) && has(news.MayReturn),
		Approve:    !a.Approved() && may(func(a *news.Article) error { return a.Approve(p, head, v.paper.FourEyes, v.now) }),
		Publish:    publish && approved,
		Bypass:     publish && !approved,
		Schedule:   has(news.MaySchedule) && settled && a.State.Before(),
		Unschedule: has(news.MaySchedule) && a.State == news.Scheduled,
		Correct:    may(func(a *news.Article) error { return a.Correct(p, head, v.now) }),
		Kill:       may(func(a *news.Article) error { return a.Withdraw(p, "-", v.now) }),
		Spike:      a.State.Before() && may(func(a *news.Article) error { return a.Spike(p) }),
		Hand:       has(news.MayHand) && a.State != news.Killed && a.State != news.Spiked,
		Revive:     may(func(a *news.Article) error { return a.Revive(p) }),
	}
	out.Labels = has(news.MayLabel) && a.State != news.Killed && a.State != news.Spiked
	out.Protect = has(news.MayProtect) && out.Edit
	out.Anonymise = has(news.MayAnonymise) && a.State == news.Published
	out.TakeDown = may(func(a *news.Article) error { return a.TakeDown(p, "-", v.now) })
	out.Own = has(news.MayApprove) && a.State == news.InReview && !out.Approve && !approved
	out.Main = out.main()
	return out
}

// main is the next act on the article's way.
func (a acts) main() string {
	switch {
	case a.Correct:
		return "correct"
	case a.Unschedule:
		return "" // everything is done; what is left is to wait
	case a.Approve:
		return "approve"
	case a.Submit:
		return "submit"
	case a.Publish:
		return "publish"
	case a.Revive:
		return "revive"
	case a.Edit && !a.Own:
		return "edit"
	}
	return ""
}

// button is an act that needs nothing more than a yes, or a link to the page of
// one that does.
type button struct {
	Link, Label, Class, Key string
	Post                    bool
	Read                    int
	Told                    string
}

// asks are the acts with a page of their own.
var asks = map[string]bool{"edit": true, "preview": true, "correct": true, "schedule": true, "labels": true, "anonymise": true, "protect": true}

func (p articlePage) button(act, class string) button {
	b := button{Link: p.Story.Link + "/" + act, Label: p.T("desk.act." + act), Class: class, Post: !asks[act], Read: p.Read, Told: p.Unsaved.Told}
	b.Key = map[string]string{"edit": "e", "preview": "v"}[act]
	return b
}

// MainButton is the next act, for the head of the page; nil = none.
func (p articlePage) MainButton() *button {
	if p.Acts.Main == "" {
		return nil
	}
	b := p.button(p.Acts.Main, "primary")
	return &b
}

// Buttons are the other acts that may be done at once.
func (p articlePage) Buttons() []button {
	var out []button
	for _, act := range []struct {
		name string
		may  bool
	}{{"edit", p.Acts.Edit}, {"preview", true}, {"submit", p.Acts.Submit}, {"approve", p.Acts.Approve}, {"publish", p.Acts.Publish}, {"schedule", p.Acts.Schedule},
		{"unschedule", p.Acts.Unschedule}, {"correct", p.Acts.Correct}, {"labels", p.Acts.Labels}, {"anonymise", p.Acts.Anonymise}, {"protect", p.Acts.Protect}, {"revive", p.Acts.Revive}} {
		if act.may && act.name != p.Acts.Main {
			out = append(out, p.button(act.name, ""))
		}
	}
	return out
}

// facts are the lines of an article's margin.
func (n *Newsroom) facts(ctx context.Context, v visit, a opened) ([]fact, error) {
	s, who := a.style, n.names(ctx, v.person.ID)
	var out []fact
	add := func(key, text, lang string) {
		if text != "" {
			out = append(out, fact{s.T("desk.fact." + key), text, lang})
		}
	}
	when := func(key string, t time.Time) {
		if !t.IsZero() {
			add(key, inBoth(s, t), "")
		}
	}
	sections, err := n.sections(ctx, v)
	if err != nil {
		return nil, err
	}
	topics, err := n.topicNames(ctx, a.head.Topics)
	if err != nil {
		return nil, err
	}
	by, err := who.of(a.ID, a.Creator)
	if err != nil {
		return nil, err
	}
	add("newsid", s.Figures(a.ID.String()), "")
	add("edition", a.edition.Name, a.edition.Language)
	add("section", sections.name(a.Section), a.edition.Language)
	add("writer", by, "")
	when("scheduled", a.ScheduledFor)
	if a.EmbargoUntil.After(v.now) {
		when("embargo", a.EmbargoUntil)
	}
	when("published", a.PublishedAt)
	if a.UpdatedAt.After(a.PublishedAt) {
		when("updated", a.UpdatedAt)
	}
	if err := n.placementFacts(ctx, who, a, add); err != nil {
		return nil, err
	}
	if err := n.approvalFacts(who, a, add); err != nil {
		return nil, err
	}
	for _, k := range news.LabelKinds() {
		if a.Labels.Shown(k, v.now) {
			when("label."+string(k), a.Labels.Ends(k))
		}
	}
	if a.NoIndex {
		add("index", s.T("desk.index.off"), "")
	}
	if err := n.takeDownFacts(ctx, who, a, add); err != nil {
		return nil, err
	}
	if text, err := n.protectedFact(ctx, v, a); err != nil {
		return nil, err
	} else if text != "" {
		add("protected", text, "")
	}
	add("topics", s.List(topics), a.edition.Language)
	add("urgency", s.Figures(strconv.Itoa(a.Urgency)), "")
	add("comments", n.commentFact(a, v), "")
	add("length", s.T("desk.words", a.head.Body.Words()), "")
	return out, nil
}

func (n *Newsroom) approvalFacts(who *names, a opened, add func(key, text, lang string)) error {
	if a.Approval.By != 0 {
		name, err := who.of(a.ID, a.Approval.By)
		if err != nil {
			return err
		}
		key := "desk.approved.by"
		if a.Approval.Revision != a.Head {
			key = "desk.approved.before"
		}
		add("approved", a.style.T(key, name, a.style.DateTime(a.Approval.At)), "")
	}
	if a.Bypass.By != 0 {
		name, err := who.of(a.ID, a.Bypass.By)
		if err != nil {
			return err
		}
		add("bypassed", a.style.T("desk.bypassed.by", name, a.Bypass.Reason), "")
	}
	return nil
}

// takeDownFacts tell of a take-down what is kept of it.
func (n *Newsroom) takeDownFacts(ctx context.Context, who *names, a opened, add func(key, text, lang string)) error {
	if !a.Sealed {
		return nil
	}
	t, err := n.store.TakeDown(ctx, a.ID)
	if err != nil {
		return err
	}
	by, err := who.of(a.ID, t.By)
	if err != nil {
		return err
	}
	add("taken-down", a.style.T("desk.taken-down.by", by, a.style.DateTime(t.At)), "")
	add("reason", t.Reason, "")
	add("reference", t.Reference, "")
	add("hash", t.Hash, "")
	return nil
}

func (n *Newsroom) commentFact(a opened, v visit) string {
	if a.Live == 0 {
		return ""
	}
	if !a.CommentsOpen(a.edition, v.now) {
		return a.style.T("desk.comments.closed", a.CommentCount)
	}
	return a.style.T("desk.comments.open", a.CommentCount)
}

func (n *Newsroom) topicNames(ctx context.Context, ids []news.TopicID) ([]string, error) {
	topics, err := n.store.Topics(ctx, ids)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(topics))
	for i, t := range topics {
		names[i] = t.Name
	}
	return names, nil
}

func itoa(n int) string { return strconv.Itoa(n) }

// seeDone leads to a page that says what was done.
func seeDone(w http.ResponseWriter, r *http.Request, path, done string) error {
	return web.SeeOther(w, r, path+"?done="+done)
}
