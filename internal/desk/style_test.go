package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/proof"
)

func rule(name, words, fix string, level news.Level) news.StyleRule {
	return news.StyleRule{Name: name, Pattern: words, Fix: fix, HasFix: true, Level: level}
}

// says are the rules that speak about a text.
func (o *office) says(text string) string {
	o.t.Helper()
	style, err := o.Style(o.t.Context())
	o.must(err)
	body, _ := doc.FromText(text)
	var names []string
	for _, f := range proof.CheckStyle(proof.Copy{Language: "en", Style: style, Paragraphs: proof.FromBody(body)}) {
		names = append(names, f.Rule)
	}
	return strings.Join(names, " ")
}

func TestStyle(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.t = t
		pier, err := o.SaveRule(ctx, o.Chief.ID, rule("pier", "pier", "jetty", news.Warning))
		o.must(err)
		again, err := o.SaveRule(ctx, o.Chief.ID, rule("pier", "pier", "jetty", news.Warning))
		o.must(err)
		if again != pier {
			t.Errorf("the same rule sent twice has numbers %d and %d", pier, again)
		}
		if got := o.says("The pier."); got != "" {
			t.Errorf("a rule that is off says %q", got)
		}
		o.must(o.SetRule(ctx, o.Chief.ID, pier, news.RuleOn))
		if got := o.says("The pier."); got != "pier" {
			t.Errorf("switched on: %q", got)
		}
		changed := rule("pier", "piers", "jetties", news.Warning)
		changed.ID = pier
		_, err = o.SaveRule(ctx, o.Chief.ID, changed)
		o.must(err)
		if got := o.says("The pier. The piers."); got != "pier" {
			t.Errorf("changed and still on: %q", got)
		}
		_, err = o.SaveRule(ctx, o.Chief.ID, rule("pier", "x", "y", news.Hint))
		o.refused(news.Invalid, err)
		_, err = o.SaveRule(ctx, o.Chief.ID, news.StyleRule{Name: "bad", Regular: true, Pattern: "(", Fix: "x", HasFix: true, Level: news.Hint})
		o.refused(news.Invalid, err)

		// Removed, and taken back; not when somebody else has the name by then.
		o.must(o.SetRule(ctx, o.Chief.ID, pier, news.RuleRemoved))
		if got := o.says("The piers."); got != "" {
			t.Errorf("removed: %q", got)
		}
		o.must(o.SetRule(ctx, o.Chief.ID, pier, news.RuleOn))
		o.must(o.SetRule(ctx, o.Chief.ID, pier, news.RuleRemoved))
		_, err = o.SaveRule(ctx, o.Chief.ID, rule("pier", "x", "y", news.Hint))
		o.must(err)
		o.refused(news.Invalid, o.SetRule(ctx, o.Chief.ID, pier, news.RuleOn))
		o.refused(news.NotFound, o.SetRule(ctx, o.Chief.ID, 999, news.RuleOn))

		events, err := o.Store.EventsAfter(ctx, 0, 1000)
		o.must(err)
		var notes []string
		for _, e := range events {
			if e.Kind == news.EventStyle {
				notes = append(notes, e.Note)
			}
		}
		want := []string{"added: pier", "on: pier", "changed: pier", "removed: pier", "on: pier", "removed: pier", "added: pier"}
		if diff := cmp.Diff(want, notes); diff != "" {
			t.Error(diff)
		}
	})
}

func TestStyleIsImportedWhole(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.t = t
		one, two := rule("one", "a", "b", news.Hint), rule("two", "c", "d", news.Block)
		one.State, two.State = news.RuleOn, news.RuleOff
		done, err := o.ImportRules(ctx, o.Chief.ID, []news.StyleRule{one, two}, false)
		o.must(err)
		if done.Added != 2 || done.Changed+done.Same != 0 {
			t.Errorf("%+v", done)
		}
		list, err := o.Store.StyleRules(ctx)
		o.must(err)
		if diff := cmp.Diff([]news.StyleRule{one, two}, list, cmpopts.IgnoreFields(news.StyleRule{}, "ID", "ChangedAt", "ChangedBy")); diff != "" {
			t.Error(diff)
		}
		two.Fix = "e"
		three := rule("three", "f", "g", news.Hint)
		three.State = news.RuleOn
		done, err = o.ImportRules(ctx, o.Chief.ID, []news.StyleRule{one, two, three}, true)
		o.must(err)
		if done.Added != 1 || done.Changed != 1 || done.Same != 1 {
			t.Errorf("%+v", done)
		}
		if r, err := o.Store.StyleRuleByName(ctx, "three"); err != nil || r.State != news.RuleOff {
			t.Errorf("a new rule that is to be tried first is %q, %v", r.State, err)
		}
		// One bad rule: nothing of the file is kept.
		bad := news.StyleRule{Name: "bad", Regular: true, Pattern: "(", Fix: "x", HasFix: true, Level: news.Hint, State: news.RuleOn}
		_, err = o.ImportRules(ctx, o.Chief.ID, []news.StyleRule{rule("four", "h", "i", news.Hint), bad}, true)
		o.refused(news.Invalid, err)
		if _, err := o.Store.StyleRuleByName(ctx, "four"); news.CodeOf(err) != news.NotFound {
			t.Errorf("half of the file was kept: %v", err)
		}
		var many []news.StyleRule
		for i := range news.MaxRules {
			r := rule(fmt.Sprint("many ", i), "x", "y", news.Hint)
			r.State = news.RuleOff
			many = append(many, r)
		}
		_, err = o.ImportRules(ctx, o.Chief.ID, many, true)
		o.refused(news.TooLarge, err)
	})
}

// TestOnlyTheirOwnRuleBlocks: a rule of the level "block" keeps a text from
// being submitted, published, scheduled and corrected until it is mended; no
// other rule does.
func TestOnlyTheirOwnRuleBlocks(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		o.t = t
		on := func(r news.StyleRule) news.RuleID {
			id, err := o.SaveRule(ctx, o.Chief.ID, r)
			o.must(err)
			o.must(o.SetRule(ctx, o.Chief.ID, id, news.RuleOn))
			return id
		}
		mine, reviewed, changed := o.draft(o.Reporter, o.Town), o.reviewed(o.Reporter, o.Town), o.in(o.Reporter, o.Town, "change")
		scheduled := o.in(o.Reporter, o.Town, "schedule")
		other := o.draft(o.Reporter, o.Town)
		on(rule("warns", "bridge", "span", news.Warning))
		o.must(o.Submit(ctx, o.Reporter.ID, other))
		block := on(rule("blocks", "bridge", "span", news.Block))

		o.refused(news.Conflict, o.Submit(ctx, o.Reporter.ID, mine))
		o.refused(news.Conflict, o.Publish(ctx, o.Editor.ID, reviewed, 1, ""))
		o.refused(news.Conflict, o.Publish(ctx, o.Editor.ID, reviewed, 1, "breaking"))
		o.refused(news.Conflict, o.Schedule(ctx, o.Editor.ID, reviewed, 1, o.Clock.Now().Add(time.Hour), ""))
		o.refused(news.Conflict, o.Correct(ctx, o.Editor.ID, changed, 2, desk.Declared{Kind: news.ChangeUpdate, Note: "More.", Reason: "nobody else is in"}))

		// What was on its schedule before goes out: nobody is there to mend it.
		o.Clock.Move(240 * time.Hour)
		if out, _, err := o.PublishDue(ctx); err != nil || out != 1 {
			t.Errorf("%d went out, %v", out, err)
		}
		if a, err := o.Store.Article(ctx, scheduled); err != nil || a.State != news.Published {
			t.Errorf("%v, %v", a.State, err)
		}
		o.must(o.SetRule(ctx, o.Chief.ID, block, news.RuleOff))
		o.must(o.Submit(ctx, o.Reporter.ID, mine))
		o.must(o.Publish(ctx, o.Editor.ID, reviewed, 1, ""))
	})
}
