package store_test

import (
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractStyle(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	version := func() int64 {
		t.Helper()
		n, err := p.Store.StyleVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := version()
	want := filled[news.StyleRule](t)
	want.ID = 0
	write(t, p, func(tx *store.Tx) error { return tx.SaveStyleRule(ctx, &want) })
	if want.ID == 0 || version() <= before {
		t.Fatalf("number %d, version %d after %d", want.ID, version(), before)
	}
	got, err := p.Store.StyleRule(ctx, want.ID)
	same(t, "rule", want, got, err)
	got, err = p.Store.StyleRuleByName(ctx, want.Name)
	same(t, "rule by its name", want, got, err)

	a := news.StyleRule{Name: "a", Pattern: "x", Level: news.Block, State: news.RuleOn}
	b := news.StyleRule{Name: "b", Pattern: "x", Level: news.Block, State: news.RuleOff}
	c := news.StyleRule{Name: "c", Pattern: "x", Level: news.Hint, State: news.RuleOn}
	want.Name, want.State, want.Level, want.Regular, want.Inside, want.HasFix = "z", news.RuleOn, news.Block, false, false, false
	write(t, p, func(tx *store.Tx) error {
		for _, r := range []*news.StyleRule{&c, &b, &a, &want} {
			if err := tx.SaveStyleRule(ctx, r); err != nil {
				return err
			}
		}
		return nil
	})
	list, err := p.Store.StyleRules(ctx)
	same(t, "rules by name", []news.StyleRule{a, b, c, want}, list, err)
	list, err = p.Store.BlockingRules(ctx)
	same(t, "rules that block", []news.StyleRule{a, want}, list, err)

	// A name is free again once its rule is removed; the rule itself stays.
	refused(t, p, news.Conflict, func(tx *store.Tx) error {
		return tx.SaveStyleRule(ctx, &news.StyleRule{Name: "a", Pattern: "y", State: news.RuleOff})
	})
	a.State = news.RuleRemoved
	again := news.StyleRule{Name: "a", Pattern: "y", State: news.RuleOff}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SaveStyleRule(ctx, &a); err != nil {
			return err
		}
		return tx.SaveStyleRule(ctx, &again)
	})
	list, err = p.Store.StyleRules(ctx)
	same(t, "without the removed one", []news.StyleRule{again, b, c, want}, list, err)
	got, err = p.Store.StyleRule(ctx, a.ID)
	same(t, "the removed one", a, got, err)
	if _, err := p.Store.StyleRuleByName(ctx, "nobody"); news.CodeOf(err) != news.NotFound {
		t.Errorf("a rule that is not there: %v", err)
	}
}
