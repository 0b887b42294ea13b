package store

import (
	"context"

	"broadsheet/internal/news"
)

const ruleColumns = `id, name, regular, pattern, inside, message, fix, has_fix, language, level, state, changed_at, changed_by`

func scanRule(r scanner) (news.StyleRule, error) {
	var s news.StyleRule
	var at int64
	err := r.Scan(&s.ID, &s.Name, &s.Regular, &s.Pattern, &s.Inside, &s.Message, &s.Fix, &s.HasFix, &s.Language, &s.Level, &s.State, &at, &s.ChangedBy)
	s.ChangedAt = fromMicro(at)
	return s, err
}

// StyleRules lists the paper's own rules by name, those that are off too, but
// none that was removed. It gives one more than a paper may have, so that too
// many are seen.
func (q queries) StyleRules(ctx context.Context) ([]news.StyleRule, error) {
	return all(ctx, q, `SELECT `+ruleColumns+` FROM style_rule WHERE state <> 'removed' ORDER BY name LIMIT $1`, []any{news.MaxRules + 1}, scanRule)
}

// BlockingRules lists the rules that keep an article from going on.
func (q queries) BlockingRules(ctx context.Context) ([]news.StyleRule, error) {
	return all(ctx, q, `SELECT `+ruleColumns+` FROM style_rule WHERE state = 'on' AND level = 'block' ORDER BY name LIMIT $1`, []any{news.MaxRules}, scanRule)
}

// StyleRule reads one rule, also one that was removed.
func (q queries) StyleRule(ctx context.Context, id news.RuleID) (news.StyleRule, error) {
	return one(ctx, q, `SELECT `+ruleColumns+` FROM style_rule WHERE id = $1`, []any{id}, scanRule)
}

// StyleRuleByName finds a rule that was not removed.
func (q queries) StyleRuleByName(ctx context.Context, name string) (news.StyleRule, error) {
	return one(ctx, q, `SELECT `+ruleColumns+` FROM style_rule WHERE state <> 'removed' AND name = $1`, []any{name}, scanRule)
}

// StyleVersion rises with every change of a rule.
func (q queries) StyleVersion(ctx context.Context) (int64, error) {
	var n int64
	err := q.row(ctx, `SELECT value FROM counter WHERE name = 'style'`, nil, &n)
	return n, err
}

// SaveStyleRule keeps a rule; without a number it is given one.
func (tx *Tx) SaveStyleRule(ctx context.Context, r *news.StyleRule) error {
	if r.ID == 0 {
		n, err := tx.nextNumber(ctx, "rule")
		if err != nil {
			return err
		}
		r.ID = news.RuleID(n)
	}
	if _, err := tx.nextNumber(ctx, "style"); err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO style_rule (`+ruleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, regular = excluded.regular, pattern = excluded.pattern, inside = excluded.inside,
			message = excluded.message, fix = excluded.fix, has_fix = excluded.has_fix, language = excluded.language, level = excluded.level,
			state = excluded.state, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
		r.ID, r.Name, r.Regular, r.Pattern, r.Inside, r.Message, r.Fix, r.HasFix, r.Language, string(r.Level), string(r.State), micro(r.ChangedAt), r.ChangedBy)
}
