package desk

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"broadsheet/internal/news"
	"broadsheet/internal/proof"
	"broadsheet/internal/store"
)

// readStyle is the paper's style as it was last read.
type readStyle struct {
	sync.Mutex
	version int64
	style   *proof.Style
}

// Style is the paper's own style as it is now: the rules that are on.
func (d *Desk) Style(ctx context.Context) (*proof.Style, error) {
	version, err := d.store.StyleVersion(ctx)
	if err != nil {
		return nil, err
	}
	d.style.Lock()
	defer d.style.Unlock()
	if d.style.style != nil && d.style.version == version {
		return d.style.style, nil
	}
	rules, err := d.store.StyleRules(ctx)
	if err != nil {
		return nil, err
	}
	var on []news.StyleRule
	for _, r := range rules {
		if r.State == news.RuleOn {
			on = append(on, r)
		}
	}
	style, err := proof.NewStyle(on)
	if err != nil {
		return nil, err
	}
	d.style.version, d.style.style = version, style
	return style, nil
}

// SaveRule keeps a rule of the paper's own style. Chiefs only. A new one is
// off; one that is there keeps its state. The same rule sent twice is kept once.
func (d *Desk) SaveRule(ctx context.Context, who news.PersonID, r news.StyleRule) (news.RuleID, error) {
	err := d.styled(ctx, "keep the rule", who, func(tx *store.Tx, p news.Person) error {
		if r.ID == 0 {
			r.State = news.RuleOff
		} else {
			was, err := tx.StyleRule(ctx, r.ID)
			if err != nil {
				return err
			}
			r.State = was.State
		}
		_, err := d.keepRule(ctx, tx, p, &r)
		return err
	})
	return r.ID, err
}

// SetRule switches a rule on or off, removes it or takes it back. Chiefs only.
func (d *Desk) SetRule(ctx context.Context, who news.PersonID, id news.RuleID, state news.RuleState) error {
	return d.styled(ctx, "switch the rule", who, func(tx *store.Tx, p news.Person) error {
		r, err := tx.StyleRule(ctx, id)
		if err != nil {
			return err
		}
		r.State = state
		_, err = d.keepRule(ctx, tx, p, &r)
		return err
	})
}

// Imported says what an import did.
type Imported struct{ Added, Changed, Same int }

// ImportRules keeps the rules of a file: all of them or none. A rule of the same
// name is changed, others stay. asleep keeps new ones off until they were tried,
// whatever the file says. Chiefs only.
func (d *Desk) ImportRules(ctx context.Context, who news.PersonID, rules []news.StyleRule, asleep bool) (Imported, error) {
	var done Imported
	err := d.styled(ctx, "import the rules", who, func(tx *store.Tx, p news.Person) error {
		done = Imported{}
		for _, r := range rules {
			was, err := tx.StyleRuleByName(ctx, r.Name)
			if err != nil && news.CodeOf(err) != news.NotFound {
				return err
			}
			if r.ID = was.ID; was.ID == 0 && asleep {
				r.State = news.RuleOff
			}
			changed, err := d.keepRule(ctx, tx, p, &r)
			switch {
			case err != nil:
				return err
			case !changed:
				done.Same++
			case was.ID == 0:
				done.Added++
			default:
				done.Changed++
			}
		}
		return nil
	})
	return done, err
}

// styled runs an act on the paper's style for a chief, and sees that the whole
// of it can be used afterwards.
func (d *Desk) styled(ctx context.Context, name string, who news.PersonID, do func(*store.Tx, news.Person) error) error {
	return d.store.Write(ctx, name, func(tx *store.Tx) error {
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		if err := p.CanStyle(); err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		rules, err := tx.StyleRules(ctx)
		if err != nil {
			return err
		}
		_, err = proof.NewStyle(rules)
		return err
	})
}

// keepRule keeps a rule where it is new or differs from what was kept, and
// writes down what was done.
func (d *Desk) keepRule(ctx context.Context, tx *store.Tx, p news.Person, r *news.StyleRule) (changed bool, err error) {
	if err := proof.CheckRule(*r); err != nil {
		return false, err
	}
	other, err := tx.StyleRuleByName(ctx, r.Name)
	switch {
	case news.CodeOf(err) == news.NotFound:
	case err != nil:
		return false, err
	case r.ID == 0 && sameRule(other, *r):
		*r = other
		return false, nil
	case other.ID != r.ID && r.State != news.RuleRemoved:
		return false, news.Refuse(news.Invalid, "error.style.twice", "there is a rule named %q already", r.Name).In("name")
	}
	was, did := news.StyleRule{}, "added"
	if r.ID != 0 {
		if was, err = tx.StyleRule(ctx, r.ID); err != nil {
			return false, err
		}
		if did = "changed"; was.State != r.State {
			did = string(r.State)
		}
		if sameRule(was, *r) && was.State == r.State {
			*r = was
			return false, nil
		}
	}
	r.ChangedAt, r.ChangedBy = d.now(), p.ID
	if err := tx.SaveStyleRule(ctx, r); err != nil {
		return false, err
	}
	return true, tx.AddEvent(ctx, news.Event{Kind: news.EventStyle, At: r.ChangedAt, Actor: p.ID, Note: did + ": " + r.Name})
}

// sameRule compares what people wrote, not the state.
func sameRule(a, b news.StyleRule) bool {
	a.ID, a.State, a.ChangedAt, a.ChangedBy = b.ID, b.State, b.ChangedAt, b.ChangedBy
	return a == b
}

// unblocked refuses a text in which a rule of the level "block" finds
// something. Only the paper's own rules can stand in the way.
func (d *Desk) unblocked(ctx context.Context, tx *store.Tx, a news.Article, head news.Revision) error {
	rules, err := tx.BlockingRules(ctx)
	if err != nil || len(rules) == 0 {
		return err
	}
	style, err := proof.NewStyle(rules)
	if err != nil {
		return err
	}
	e, err := tx.Edition(ctx, a.Edition)
	if err != nil {
		return err
	}
	found := proof.CheckStyle(proof.Copy{Kicker: head.Kicker, Headline: head.Headline, Standfirst: head.Standfirst,
		Paragraphs: proof.FromBody(head.Body), Language: cmp.Or(head.Language, e.Language), Style: style})
	for _, f := range found {
		i := slices.IndexFunc(rules, func(r news.StyleRule) bool { return r.Name == f.Rule && f.Level == news.Block })
		switch {
		case i < 0:
		case rules[i].Message == "":
			return news.Refuse(news.Conflict, "error.style.blocked.write", "the paper's rule %q stands in the way: write %[3]q instead of %[2]q", f.Rule, f.Text, *f.Fix)
		default:
			return news.Refuse(news.Conflict, "error.style.blocked", "the paper's rule %q stands in the way: %q. %s", f.Rule, f.Text, f.Message)
		}
	}
	return nil
}
