package newsroom

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
)

// joined is two changes of one article in one: the fields of the form, and the
// text.
type joined struct {
	typed    url.Values
	body     doc.Body
	disputes []dispute
	unsure   bool // the revision it was written on is not known: the typed text is taken whole
}

// clean says that the two changes do not touch each other.
func (j joined) clean() bool { return len(j.disputes) == 0 && !j.unsure }

// dispute is a place where both changed the same. Where names the field; "" is
// the text.
type dispute struct {
	Where  string `json:"where"`
	Base   string `json:"base"`
	Theirs string `json:"theirs"`
	Mine   string `json:"mine"`
	Before string `json:"before"` // some words around it
	After  string `json:"after"`
}

// factFields are what the form carries beside the content; no revision keeps
// them.
var factFields = []string{"embargo", "comments", "story"}

// join makes one of what somebody saved and what was typed on revision was;
// form has the other fields of the form.
func (n *Newsroom) join(ctx context.Context, a opened, was int, head news.Revision, mine news.Content, form url.Values) (joined, error) {
	base, err := n.store.Revision(ctx, a.ID, was)
	j := joined{unsure: news.CodeOf(err) == news.NotFound}
	switch {
	case j.unsure:
		base = head
	case err != nil:
		return j, err
	}
	content, clashes := desk.Join(base.Content, head.Content, mine)
	j.body = content.Body
	if j.typed, err = n.typedOf(ctx, a, content); err != nil {
		return j, err
	}
	for _, c := range clashes {
		j.disputes = append(j.disputes, n.disputeOf(ctx, a, c, base.Content, head.Content, mine))
	}
	return j, n.joinFacts(ctx, a, base, &j, form)
}

// disputeOf puts a clash into words.
func (n *Newsroom) disputeOf(ctx context.Context, a opened, c desk.Clash, base, theirs, mine news.Content) dispute {
	d := dispute{Where: a.style.T("desk.field." + c.Field), Base: c.Base, Theirs: c.Theirs, Mine: c.Mine, Before: c.Before, After: c.After}
	read := func(value func(news.Content) string) {
		d.Base, d.Theirs, d.Mine = value(base), value(theirs), value(mine)
	}
	switch c.Field {
	case "body":
		d.Where = ""
	case "section":
		read(func(c news.Content) string {
			return cmp.Or(n.sectionName(ctx, c.Section), a.style.T("desk.section.none"))
		})
	case "urgency":
		read(func(c news.Content) string { return a.style.Figures(itoa(c.Urgency)) })
	case "language":
		read(func(c news.Content) string {
			return cmp.Or(languageName(c.Language), a.style.T("desk.language.edition"))
		})
	}
	return d
}

// joinFacts looks at embargo, comments and story. A form says how they were
// when it was opened, in fields named "was." and so on; where it does not, what
// differs was touched. When somebody else changed them since, a person must say
// which holds.
func (n *Newsroom) joinFacts(ctx context.Context, a opened, base news.Revision, j *joined, form url.Values) error {
	var touched []string
	for _, name := range factFields {
		mine := form.Get(name)
		if was := form["was."+name]; len(was) > 0 && was[0] == mine || mine == j.typed.Get(name) {
			continue
		}
		touched = append(touched, name)
	}
	if len(touched) == 0 {
		return nil
	}
	changed, err := n.factsChanged(ctx, a, base)
	if err != nil {
		return err
	}
	for _, name := range touched {
		now, mine := j.typed.Get(name), form.Get(name)
		j.typed.Set(name, mine)
		if changed {
			j.disputes = append(j.disputes, dispute{Where: a.style.T("desk.field." + name), Theirs: readFact(a, name, now), Mine: readFact(a, name, mine)})
		}
	}
	return nil
}

func readFact(a opened, name, value string) string {
	if name != "comments" {
		return a.style.Figures(value)
	}
	switch news.CommentRule(value) {
	case news.CommentsOpen:
		return a.style.T("desk.comments.on")
	case news.CommentsClosed:
		return a.style.T("desk.comments.off")
	}
	return a.style.T("desk.comments.edition")
}

// factsLookedAt is how many events back a change of the facts is looked for.
const factsLookedAt = 100

func (n *Newsroom) factsChanged(ctx context.Context, a opened, since news.Revision) (bool, error) {
	events, err := n.store.ArticleEvents(ctx, a.ID, factsLookedAt)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(events, func(e news.Event) bool {
		return e.Kind == news.EventSettings && !e.At.Before(since.At)
	}), nil
}
