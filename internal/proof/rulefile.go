package proof

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"broadsheet/internal/news"
)

// fileRule is a rule as its file has it.
type fileRule struct {
	Name     string  `toml:"name"`
	Words    string  `toml:"words"`
	Pattern  string  `toml:"pattern"`
	Inside   bool    `toml:"inside"`
	Message  string  `toml:"message"`
	Fix      *string `toml:"fix"`
	Language string  `toml:"language"`
	Level    string  `toml:"level"`
	Off      bool    `toml:"off"`
}

var ruleHead = regexp.MustCompile(`^\s*\[\[\s*rule\s*\]\]\s*(#.*)?$`)

// ReadRules reads the file of the paper's own rules: TOML, one [[rule]] a rule. Everything or nothing is read: the
// refusal names the line. The states are on, or off where the file says so.
func ReadRules(data []byte) ([]news.StyleRule, error) {
	if len(data) > maxRuleFile {
		return nil, news.Refuse(news.TooLarge, "error.style.file.large", "the file of rules is larger than %d MB", maxRuleFile>>20)
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"), "\n")
	var rules []news.StyleRule
	named := map[string]int{}
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && !ruleHead.MatchString(lines[to]) {
			to++
		}
		chunk := strings.Join(lines[from:to], "\n")
		r, found, err := readRule(chunk, from+1)
		if err != nil {
			return nil, err
		}
		if found {
			if was := named[r.Name]; was > 0 {
				return nil, news.Refuse(news.Invalid, "error.style.file.twice", "line %d: the rule %q stands already in line %d", from+1, r.Name, was)
			}
			named[r.Name] = from + 1
			rules = append(rules, r)
		}
		from = to
	}
	if _, err := NewStyle(rules); err != nil {
		return nil, err
	}
	return rules, nil
}

// maxRuleFile is what MaxRules rules at their longest fill.
const maxRuleFile = 8 << 20

// readRule reads one rule and what stands before the next; found is false where only comments stand. first is the
// number of the chunk's first line.
func readRule(chunk string, first int) (r news.StyleRule, found bool, err error) {
	var file struct {
		Rule []fileRule `toml:"rule"`
	}
	meta, err := toml.Decode(chunk, &file)
	if err != nil {
		return r, false, atLine(err, first)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0][len(unknown[0])-1]
		return r, false, news.Refuse(news.Invalid, "error.style.file.key", "line %d: a rule has no %q", first+lineOfKey(chunk, key), key)
	}
	if len(file.Rule) == 0 {
		return r, false, nil
	}
	in := file.Rule[0]
	if (in.Words == "") == (in.Pattern == "") {
		return r, false, news.Refuse(news.Invalid, "error.style.file.both", "line %d: a rule has either words or a pattern", first)
	}
	r = news.StyleRule{Name: in.Name, Pattern: in.Words, Inside: in.Inside, Message: in.Message, Language: in.Language, Level: news.Level(in.Level), State: news.RuleOn}
	if in.Pattern != "" {
		r.Regular, r.Pattern = true, in.Pattern
	}
	if in.Fix != nil {
		r.HasFix, r.Fix = true, *in.Fix
	}
	if r.Level == "" {
		r.Level = news.Warning
	}
	if in.Off {
		r.State = news.RuleOff
	}
	if err := CheckRule(r); err != nil {
		return r, false, inLine(err, first+lineOfKey(chunk, fieldKey(err, r.Regular)))
	}
	return r, true, nil
}

// fieldKey is the file's word for the field that a refusal speaks of.
func fieldKey(err error, regular bool) string {
	var refusal *news.Error
	if !errors.As(err, &refusal) {
		return ""
	}
	if refusal.Field == "pattern" && !regular {
		return "words"
	}
	return refusal.Field
}

// lineOfKey is how far below the first line of a chunk a key stands.
func lineOfKey(chunk, key string) int {
	return max(0, slices.IndexFunc(strings.Split(chunk, "\n"), func(line string) bool {
		name, _, ok := strings.Cut(line, "=")
		return ok && strings.Trim(strings.TrimSpace(name), `"'`) == key
	}))
}

// inLine puts the number of a line before a refusal's sentence.
func inLine(err error, line int) error {
	var refusal *news.Error
	if !errors.As(err, &refusal) {
		return fmt.Errorf("line %d: %w", line, err)
	}
	return news.Refuse(refusal.Code, "error.style.file.line", "line %d: %s", line, refusal)
}

// atLine says where in the whole file the reader of TOML stopped.
func atLine(err error, first int) error {
	line, said := 1, strings.TrimPrefix(err.Error(), "toml: ")
	if m := toldLine.FindStringSubmatch(said); m != nil {
		line, _ = strconv.Atoi(m[1])
		said = said[len(m[0]):]
	}
	return news.Refuse(news.Invalid, "error.style.file.unreadable", "line %d: %s", first+line-1, said)
}

var toldLine = regexp.MustCompile(`^line (\d+)(?: \([^)]*\))?: `)

// WriteRules writes the file that [ReadRules] reads: the same rules, in the same order.
func WriteRules(rules []news.StyleRule) []byte {
	var b strings.Builder
	b.WriteString(ruleFileHead)
	for _, r := range rules {
		b.WriteString("\n[[rule]]\n")
		put := func(key, value string) { b.WriteString(key + " = " + value + "\n") }
		put("name", tomlText(r.Name))
		if r.Regular {
			put("pattern", tomlText(r.Pattern))
		} else {
			put("words", tomlText(r.Pattern))
		}
		if r.Inside {
			put("inside", "true")
		}
		if r.HasFix {
			put("fix", tomlText(r.Fix))
		}
		if r.Message != "" {
			put("message", tomlText(r.Message))
		}
		if r.Language != "" {
			put("language", tomlText(r.Language))
		}
		put("level", tomlText(string(r.Level)))
		if r.State != news.RuleOn {
			put("off", "true")
		}
	}
	return []byte(b.String())
}

const ruleFileHead = `# The paper's own style, one [[rule]] a rule.
#   name      what the finding is called; once only
#   words     plain words to look for: small letters find capitals too
#   pattern   or a regular expression (RE2) instead; \w \d \s know every script
#   inside    true: also in the middle of a word
#   fix       what to write instead; $1 is the first group of a pattern; '' takes the words away
#   message   a sentence for the writer; may be left out where there is a fix
#   language  en, ar or fa; left out: every language
#   level     hint, warning, or block: not submitted or published until it is mended
#   off       true: kept, but not applied
`

// tomlText is a text as TOML writes it: between apostrophes as it stands, where that can be.
func tomlText(s string) string {
	if !strings.ContainsAny(s, "'\t") {
		return "'" + s + "'"
	}
	var b strings.Builder
	for _, r := range s {
		switch r {
		case '\\', '"':
			b.WriteRune('\\')
			b.WriteRune(r)
		case '\t':
			b.WriteString(`\t`)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}
