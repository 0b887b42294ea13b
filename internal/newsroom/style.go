package newsroom

import (
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// stylePage is the paper's own style: its rules by name.
type stylePage struct {
	frame
	May     bool // change it
	Rules   []ruleLine
	Count   string
	Undo    *undo
	Asleep  field
	Removed string
}

// undo takes back what was just done to a rule.
type undo struct {
	Link, Says string
	State      news.RuleState
}

// ruleLine is one rule in the list.
type ruleLine struct {
	Name, Link, Pattern, Fix, Message, Level, Language string
	LevelKind                                          news.Level
	HasFix, FixEmpty, Regular, On                      bool
}

func ruleLineOf(s locale.Style, r news.StyleRule) ruleLine {
	line := ruleLine{Name: r.Name, Link: "/style/" + itoa(int(r.ID)), Pattern: r.Pattern, Fix: r.Fix, Message: r.Message, HasFix: r.HasFix, FixEmpty: strings.TrimSpace(r.Fix) == "",
		Regular: r.Regular, On: r.State == news.RuleOn, Level: s.T("desk.level." + string(r.Level)), LevelKind: r.Level}
	if line.Language = s.T("desk.style.every"); r.Language != "" {
		line.Language = locale.LanguageName(r.Language)
	}
	return line
}

// styleList lists the rules.
func (n *Newsroom) styleList(w http.ResponseWriter, r *http.Request, v visit) error {
	q := r.URL.Query()
	p := stylePage{}
	if id := number(q.Get("undo")); id != 0 && v.person.CanStyle() == nil {
		rule, err := n.store.StyleRule(r.Context(), news.RuleID(id))
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if err == nil && rule.State == news.RuleRemoved {
			was := news.RuleOff
			if q.Get("was") == string(news.RuleOn) {
				was = news.RuleOn
			}
			p.Undo = &undo{Link: "/style/" + itoa(int(id)) + "/state", Says: v.style().T("desk.style.removed", rule.Name), State: was}
		}
	}
	return n.showStyle(w, r, v, http.StatusOK, blank(v, url.Values{"asleep": {"yes"}}), p)
}

func (n *Newsroom) showStyle(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, p stylePage) error {
	s := v.style()
	done := p.Done
	p.frame = n.frame(r, v, "style", s.T("desk.style.title"))
	if done != "" {
		p.Done = done
	}
	rules, err := n.store.StyleRules(r.Context())
	if err != nil {
		return err
	}
	for _, rule := range rules {
		p.Rules = append(p.Rules, ruleLineOf(s, rule))
	}
	p.May, p.Count = v.person.CanStyle() == nil, s.T("desk.style.count", len(rules))
	p.Asleep = f.field("check", "asleep")
	f.faulty(&p.frame)
	return n.send(w, status, "style", p)
}

// rulePage is one rule: its form, what it finds in the archive, and whether it
// is on.
type rulePage struct {
	frame
	May    bool
	New    bool
	Action string
	Fields []field
	Line   ruleLine
	State  news.RuleState
	Trial  *trial
	Try    string // address of the trial
	Help   []field
}

// newRule shows an empty form.
func (n *Newsroom) newRule(w http.ResponseWriter, r *http.Request, v visit) error {
	typed := url.Values{"kind": {"words"}, "level": {string(news.Warning)}, "fixes": {"yes"}, "language": {v.editions[0].Language}}
	return n.showRule(w, r, v, http.StatusOK, blank(v, typed), news.StyleRule{}, nil)
}

// ruleOne shows a rule.
func (n *Newsroom) ruleOne(w http.ResponseWriter, r *http.Request, v visit) error {
	rule, err := n.ruleOf(r)
	if err != nil {
		return err
	}
	return n.showRule(w, r, v, http.StatusOK, blank(v, typedRule(rule)), rule, nil)
}

func (n *Newsroom) ruleOf(r *http.Request) (news.StyleRule, error) {
	rule, err := n.store.StyleRule(r.Context(), news.RuleID(number(r.PathValue("id"))))
	if err == nil && rule.State == news.RuleRemoved {
		err = news.NotFound
	}
	return rule, err
}

func typedRule(r news.StyleRule) url.Values {
	typed := url.Values{"name": {r.Name}, "kind": {"words"}, "pattern": {r.Pattern}, "message": {r.Message}, "fix": {r.Fix}, "language": {r.Language}, "level": {string(r.Level)}}
	if r.Regular {
		typed.Set("kind", "regular")
	}
	for name, on := range map[string]bool{"inside": r.Inside, "fixes": r.HasFix} {
		if on {
			typed.Set(name, "yes")
		}
	}
	return typed
}

func readRule(f *form, r news.StyleRule) news.StyleRule {
	r.Name, r.Regular, r.Pattern, r.Inside = f.line("name"), f.get("kind") == "regular", f.line("pattern"), f.on("inside")
	r.Message, r.HasFix, r.Language, r.Level = strings.Join(strings.Fields(f.get("message")), " "), f.on("fixes"), f.get("language"), news.Level(f.get("level"))
	if r.Fix = ""; r.HasFix {
		r.Fix = f.get("fix") // spaces at its ends may be what it is about
	}
	return r
}

func (n *Newsroom) showRule(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, rule news.StyleRule, t *trial) error {
	s := v.style()
	p := rulePage{frame: n.frame(r, v, "style", s.T("desk.style.new")), New: rule.ID == 0, Action: "/style", May: v.person.CanStyle() == nil, State: rule.State, Trial: t}
	if rule.ID != 0 {
		p.Line = ruleLineOf(s, rule)
		p.Title, p.Action, p.Try = rule.Name, p.Line.Link, p.Line.Link+"/try"
	}
	p.Fields = ruleFields(f)
	f.faulty(&p.frame)
	return n.send(w, status, "rule", p)
}

func ruleFields(f *form) []field {
	kinds := []option{{Value: "words", Label: f.s.T("desk.style.words")}, {Value: "regular", Label: f.s.T("desk.style.regular")}}
	every := []option{{Value: "", Label: f.s.T("desk.style.every")}}
	var levels []option
	for _, l := range news.Levels() {
		levels = append(levels, option{Value: string(l), Label: f.s.T("desk.level." + string(l) + ".does")})
	}
	return []field{f.field("text", "name", required, most(news.MaxRuleName), dir("auto"), label(f, "desk.field.rule-name")),
		f.field("radio", "kind", choices(kinds), label(f, "desk.field.rule-kind")), f.field("text", "pattern", required, dir("auto")), f.field("check", "inside"),
		f.field("check", "fixes"), f.field("text", "fix", dir("auto")), f.field("text", "message", most(news.MaxRuleSentence), dir("auto"), label(f, "desk.field.rule-message"), hint(f, "desk.field.rule-message.hint")),
		f.field("select", "language", choices(append(every, languages(f.s, false)...)), label(f, "desk.field.rule-language")), f.field("radio", "level", choices(levels))}
}

func hint(f *form, key string) func(*field) { return func(c *field) { c.Hint = f.s.T(key) } }

// addRule keeps a new rule, switched off.
func (n *Newsroom) addRule(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.keepRule(w, r, v, news.StyleRule{})
}

// saveRule keeps a rule that was changed.
func (n *Newsroom) saveRule(w http.ResponseWriter, r *http.Request, v visit) error {
	rule, err := n.ruleOf(r)
	if err != nil {
		return err
	}
	return n.keepRule(w, r, v, rule)
}

func (n *Newsroom) keepRule(w http.ResponseWriter, r *http.Request, v visit, rule news.StyleRule) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	done := "rule-saved"
	if rule.ID == 0 {
		rule.State, done = news.RuleOff, "rule-added"
	}
	id, err := n.desk.SaveRule(r.Context(), v.person.ID, readRule(f, rule))
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showRule(w, r, v, status, f, rule, nil)
	}
	return seeDone(w, r, "/style/"+itoa(int(id)), done)
}

// setRule switches a rule on or off, removes it, or takes it back.
func (n *Newsroom) setRule(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	id := news.RuleID(number(r.PathValue("id")))
	rule, err := n.store.StyleRule(r.Context(), id)
	if err != nil {
		return err
	}
	state := news.RuleState(f.get("state"))
	if err := n.desk.SetRule(r.Context(), v.person.ID, id, state); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		f.in = ""
		return n.showStyle(w, r, v, status, f, stylePage{})
	}
	if state == news.RuleRemoved {
		return web.SeeOther(w, r, "/style?"+url.Values{"undo": {itoa(int(id))}, "was": {string(rule.State)}}.Encode())
	}
	return seeDone(w, r, "/style/"+itoa(int(id)), "rule-"+string(state))
}
