package newsroom

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/news"
	"broadsheet/internal/proof"
	"broadsheet/internal/store"
)

const (
	tried    = 100 // published articles that one step of a trial looks through
	triedMax = 2000
	hitsOf   = 200 // hits that one step shows
)

// trial is what a rule finds in the archive, a step at a time: a step is
// bounded, and its page says how far it is.
type trial struct {
	Says  string // how many articles, how many hits
	Hits  []trialHit
	More  string // hits of this step that are not shown
	Next  string // address of the next step; "" = there is none
	Where string // how far back it has looked
}

// trialHit is one place in a published article.
type trialHit struct {
	Link, Headline, Lang, Where string
	When                        moment
	Before, Text, After, Fix    string
	HasFix, FixEmpty            bool
}

// tryRule runs a rule over published articles, the last changed first, and
// shows what it would say and propose.
func (n *Newsroom) tryRule(w http.ResponseWriter, r *http.Request, v visit) error {
	rule, err := n.ruleOf(r)
	if err != nil {
		return err
	}
	style, err := proof.NewStyle([]news.StyleRule{rule})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	seen, hits, in := min(number(q.Get("seen")), triedMax), number(q.Get("hits")), number(q.Get("in"))
	t, step, err := n.try(r.Context(), v, rule, style, readPlace(q.Get("below")))
	if err != nil {
		return err
	}
	seen, hits, in = seen+step.articles, hits+step.hits, in+step.in
	t.Says = v.style().T("desk.style.tried", seen, hits, in)
	if !step.next.At.IsZero() && seen < triedMax {
		t.Next = "/style/" + itoa(int(rule.ID)) + "/try?" + url.Values{"below": {writePlace(step.next)}, "seen": {strconv.FormatInt(seen, 10)},
			"hits": {strconv.FormatInt(hits, 10)}, "in": {strconv.FormatInt(in, 10)}}.Encode()
	}
	return n.showRule(w, r, v, http.StatusOK, blank(v, typedRule(rule)), rule, t)
}

// step is what was counted in one page of the archive.
type step struct {
	articles, hits, in int64
	next               news.Place
}

func (n *Newsroom) try(ctx context.Context, v visit, rule news.StyleRule, style *proof.Style, below news.Place) (*trial, step, error) {
	t, out := &trial{}, step{}
	list, err := n.store.DeskArticles(ctx, store.Queue{State: news.Published, Below: below, Limit: tried + 1})
	if err != nil {
		return nil, out, err
	}
	if len(list) > tried {
		list = list[:tried]
		out.next = news.Place{At: list[tried-1].ChangedAt, ID: int64(list[tried-1].ID)}
	}
	left := int64(0)
	for _, a := range list {
		live, err := n.store.Revision(ctx, a.ID, a.Live)
		if err != nil {
			return nil, out, err
		}
		o := opened{Article: a, head: live, edition: v.edition(a.Edition), style: v.styleIn(v.edition(a.Edition))}
		copied := o.proofCopy(live.Content, v.now, style)
		if rule.Language != "" && rule.Language != copied.Language && !speaks(copied, rule.Language) {
			continue
		}
		out.articles++
		found := proof.CheckStyle(copied)
		if len(found) > 0 {
			out.in++
		}
		out.hits += int64(len(found))
		for _, f := range found {
			if len(t.Hits) == hitsOf {
				left++
				continue
			}
			t.Hits = append(t.Hits, o.trialHit(v, f))
		}
	}
	if len(list) > 0 {
		t.Where = v.style().T("desk.style.back-to", v.style().DateTime(list[len(list)-1].ChangedAt))
	}
	if left > 0 {
		t.More = v.style().T("desk.style.more-hits", left)
	}
	return t, out, nil
}

// speaks says whether some paragraph is in another language than its article.
func speaks(c proof.Copy, language string) bool {
	for _, p := range c.Paragraphs {
		if p.Lang == language {
			return true
		}
	}
	return false
}

func (a opened) trialHit(v visit, f proof.Finding) trialHit {
	s := v.style()
	h := trialHit{Link: a.link(""), Headline: a.head.Headline, Lang: cmp.Or(a.head.Language, a.edition.Language), When: momentOf(s, a.PublishedAt, v.now), Text: short(f.Text)}
	text := []rune(fieldOf(a.head.Content, f.Field))
	if h.Where = s.T("desk.check.paragraph", f.Paragraph); f.Field != "" {
		h.Where = s.T("desk.field." + f.Field)
	} else if list := a.head.Body.Paragraphs(); f.Paragraph >= 1 && f.Paragraph <= len(list) {
		text = []rune(list[f.Paragraph-1].Text)
	}
	h.Before, h.After = around(text, f.Start, f.End)
	if f.Fix != nil {
		h.HasFix, h.Fix, h.FixEmpty = true, short(*f.Fix), *f.Fix == ""
	}
	return h
}
