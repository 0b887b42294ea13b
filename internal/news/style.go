package news

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// RuleID numbers a rule of the paper's own style. 0 is none.
type RuleID int64

// Limits of the paper's own rules.
const (
	MaxRules        = 2000 // of one paper
	MaxRuleName     = 60   // characters
	MaxRulePattern  = 500  // bytes
	MaxRuleFix      = 500  // bytes
	MaxRuleSentence = 500  // characters of its message
)

// Level is how much a finding matters to the paper.
type Level string

// The levels. Only Block keeps an article from being submitted or published.
const (
	Hint    Level = "hint"
	Warning Level = "warning"
	Block   Level = "block"
)

// Levels lists the levels from least to most.
func Levels() []Level { return []Level{Hint, Warning, Block} }

// RuleState says whether a rule is applied.
type RuleState string

// The states of a rule. A new one is off until somebody switches it on; one
// that was removed is kept, so that it can be taken back.
const (
	RuleOff     RuleState = "off"
	RuleOn      RuleState = "on"
	RuleRemoved RuleState = "removed"
)

// StyleRule is a rule of the paper's own style: what it does not want to read,
// and what it writes instead.
type StyleRule struct {
	ID       RuleID
	Name     string // unique in the paper; findings carry it
	Regular  bool   // Pattern is a regular expression (RE2), not plain words
	Pattern  string
	Inside   bool   // also in the middle of a word
	Message  string // the sentence for the writer; may be empty where there is a fix
	Fix      string // what to write instead; $1 is a group of a regular expression
	HasFix   bool   // Fix is proposed; an empty one takes the words away
	Language string // base language such as "fa"; "" = all
	Level    Level
	State    RuleState

	ChangedAt time.Time
	ChangedBy PersonID
}

// Validate checks a rule before it is kept. Whether its pattern can be read is
// for package proof to say.
func (r StyleRule) Validate() error {
	if n := utf8.RuneCountInString(r.Name); n == 0 || n > MaxRuleName || !line(r.Name) {
		return Refuse(Invalid, "error.style.name", "a rule's name has 1 to %d characters on one line", MaxRuleName).In("name")
	}
	if r.Pattern == "" || len(r.Pattern) > MaxRulePattern || !line(r.Pattern) {
		return Refuse(Invalid, "error.style.pattern", "what is looked for has 1 to %d bytes on one line", MaxRulePattern).In("pattern")
	}
	if utf8.RuneCountInString(r.Message) > MaxRuleSentence || r.Message != "" && !line(r.Message) || r.Message == "" && r.Fix == "" {
		return Refuse(Invalid, "error.style.message", "a rule has a sentence of at most %d characters, or something to write instead", MaxRuleSentence).In("message")
	}
	if len(r.Fix) > MaxRuleFix || strings.ContainsFunc(r.Fix, unicode.IsControl) || !r.HasFix && r.Fix != "" {
		return Refuse(Invalid, "error.style.fix", "what to write instead has at most %d bytes on one line", MaxRuleFix).In("fix")
	}
	if r.Language != "" && !slices.Contains(locale.Languages(), r.Language) {
		return Refuse(Invalid, "error.style.language", "%q is no language that the copy check reads", r.Language).In("language")
	}
	if slices.Contains(Levels(), r.Level) && slices.Contains([]RuleState{RuleOff, RuleOn, RuleRemoved}, r.State) {
		return nil
	}
	return Refuse(Invalid, "error.style.level", "a rule's level is hint, warning or block").In("level")
}

// line says whether s is one line without space at its ends or signs that
// nobody can see and type.
func line(s string) bool {
	return utf8.ValidString(s) && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
}

// CanStyle says whether a person may change the paper's own rules: chiefs.
func (p Person) CanStyle() error {
	if p.Allowed(MayKeepStyle) != nil {
		return Refuse(Forbidden, "error.style.chief", "only a chief editor may change the paper's style")
	}
	return nil
}
