package proof

import (
	"cmp"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// fields are the parts of an article above its text that only the paper's own rules read, in their order. The empty
// one is the text.
var fields = []string{"", "kicker", "headline", "standfirst"}

// MaxOpen is how many regular expressions may be without a word or sign that all they find must have. Such a rule is
// tried on every paragraph, any other only where its word stands.
const MaxOpen = 100

// Style is the paper's own rules, ready to be used by many checks at once.
type Style struct {
	rules []*rule
	words map[string][]int // rules of plain words, by the first of them
}

// NewStyle reads rules. A pattern that cannot be read, a fix that names a group that is not there, or more than
// [news.MaxRules] are refused; the refusal names the rule.
func NewStyle(rules []news.StyleRule) (*Style, error) {
	s := &Style{words: map[string][]int{}}
	open := 0
	for _, from := range rules {
		r, err := newRule(from)
		if err != nil {
			return nil, err
		}
		if r.open() {
			open++
		}
		if r.first != "" {
			s.words[r.first] = append(s.words[r.first], len(s.rules))
		}
		s.rules = append(s.rules, r)
	}
	if len(rules) > news.MaxRules {
		return nil, news.Refuse(news.TooLarge, "error.style.many", "the paper's style has at most %d rules", news.MaxRules)
	}
	if open > MaxOpen {
		return nil, news.Refuse(news.TooLarge, "error.style.open",
			"at most %d regular expressions may be without a word that always stands in what they find", MaxOpen).In("pattern")
	}
	return s, nil
}

// CheckRule says whether one rule can be used.
func CheckRule(r news.StyleRule) error {
	_, err := newRule(r)
	return err
}

// rule is one rule, read. Its expression is made when a text first needs it.
type rule struct {
	news.StyleRule
	source string // of the expression
	first  string // key of the first of plain whole words; "" = look for literal instead
	// literal is a text that everything found has, in lower case when it may stand in either; "" = none is known.
	literal  string
	folded   bool
	anchored bool // it asks for the beginning of a paragraph or line
	once     sync.Once
	re       *regexp.Regexp
}

func (r *rule) open() bool { return r.Regular && utf8.RuneCountInString(r.literal) < 2 }

func (r *rule) expression() *regexp.Regexp {
	r.once.Do(func() { r.re = regexp.MustCompile(r.source) })
	return r.re
}

func newRule(from news.StyleRule) (*rule, error) {
	if err := from.Validate(); err != nil {
		return nil, err
	}
	if slices.Contains(Rules(), from.Name) {
		return nil, news.Refuse(news.Invalid, "error.style.taken", "%q is the name of a rule of the program's own", from.Name).In("name")
	}
	r := &rule{StyleRule: from}
	if !from.Regular {
		r.source, r.folded = plainPattern(from.Pattern)
		r.literal = strings.TrimSpace(longestWord(from.Pattern))
		if words := splitWords([]rune(from.Pattern)); !from.Inside && len(words) > 0 && words[0].start == 0 {
			r.first = words[0].key
		}
	} else {
		var err error
		if r.source, err = unicodePattern(from.Pattern); err != nil {
			return nil, err
		}
	}
	tree, err := syntax.Parse(r.source, syntax.Perl)
	if err != nil {
		return nil, unreadable(from.Pattern, err)
	}
	if err := r.sound(tree); err != nil {
		return nil, err
	}
	if from.Regular {
		r.literal, r.folded = required(tree)
	}
	if r.folded {
		r.literal = strings.ToLower(r.literal)
	}
	r.anchored = anchored(tree)
	return r, nil
}

// most is how many instructions one expression may have: what 500 bytes with counted repetitions can blow up to is
// refused.
const most = 20_000

// sound refuses an expression that is too large, that finds nothing at all, or whose fix names a group it lacks.
func (r *rule) sound(tree *syntax.Regexp) error {
	prog, err := syntax.Compile(tree.Simplify())
	if err != nil || len(prog.Inst) > most {
		return news.Refuse(news.Invalid, "error.style.heavy", "the expression repeats too much").In("pattern")
	}
	if r.Regular && mayBeEmpty(tree) {
		return news.Refuse(news.Invalid, "error.style.empty", "the expression fits where nothing stands; it must ask for a sign").In("pattern")
	}
	if r.Regular {
		for _, n := range groupsNamed(r.Fix) {
			if n > tree.MaxCap() {
				return news.Refuse(news.Invalid, "error.style.group", "the fix names group $%d, and the expression has %d", n, tree.MaxCap()).In("fix")
			}
		}
	}
	return nil
}

// CheckStyle gives the findings of the paper's own rules alone, as [Check] does.
func CheckStyle(c Copy) []Finding {
	s := newStory(c)
	s.checkStyle()
	s.sort()
	return s.found
}

// maxWork is how much text all expressions together read in one check, in bytes: far more than a paper's rules need for
// any article. What is left of them is not tried on a longer text, and a finding says so.
const maxWork = 50 << 20

// checkStyle marks what the paper's own rules find.
func (s *story) checkStyle() {
	if s.copy.Style == nil {
		return
	}
	texts := s.styled()
	work := 0
	for _, r := range s.copy.Style.wanted(texts) {
		if work > maxWork {
			f := Finding{Rule: r.Name, Level: news.Hint, key: "proof.style.long", args: []any{r.Name}}
			if len(s.paras) > 0 {
				f.Paragraph = s.paras[0].number
			}
			f.Message = MessageIn(f, locale.Style{Language: "en"})
			s.found = append(s.found, f)
			return
		}
		work += s.findStyle(r, texts)
	}
}

// styled is everything the paper's own rules read.
func (s *story) styled() []*styledText {
	var out []*styledText
	add := func(p *para, field string) {
		if len(p.r) > 0 {
			out = append(out, newStyledText(p, field))
		}
	}
	for i, text := range []string{s.copy.Kicker, s.copy.Headline, s.copy.Standfirst} {
		r := []rune(text)
		add(&para{r: r, words: splitWords(r), lang: s.lang}, fields[i+1])
	}
	for _, p := range s.paras {
		add(p, "")
	}
	return out
}

// styledText is a paragraph or a field as expressions read it.
type styledText struct {
	*para
	field, text, lower string
	runes              []int // code points before each byte of text; nil where both are the same
}

func newStyledText(p *para, field string) *styledText {
	t := &styledText{para: p, field: field, text: string(p.r)}
	t.lower = strings.ToLower(t.text)
	if len(t.text) == len(p.r) {
		return t
	}
	t.runes = make([]int, len(t.text)+1)
	n := 0
	for i := range t.text {
		t.runes[i] = n
		n++
	}
	t.runes[len(t.text)] = n
	return t
}

func (t *styledText) rune(at int) int {
	if t.runes == nil {
		return at
	}
	return t.runes[at]
}

// wanted are the rules whose words stand in the texts at all, in their order.
func (st *Style) wanted(texts []*styledText) []*rule {
	var at []int
	seen := map[string]bool{}
	var all, lower strings.Builder
	for _, t := range texts {
		all.WriteString(t.text + "\n")
		lower.WriteString(t.lower + "\n")
		for _, w := range t.words {
			if !seen[w.key] {
				seen[w.key] = true
				at = append(at, st.words[w.key]...)
			}
		}
	}
	for i, r := range st.rules {
		if r.first == "" && r.mayFind(all.String(), lower.String()) {
			at = append(at, i)
		}
	}
	slices.Sort(at)
	out := make([]*rule, len(at))
	for i, n := range at {
		out[i] = st.rules[n]
	}
	return out
}

// findStyle marks what one rule finds, and says how many bytes its expression read.
func (s *story) findStyle(r *rule, texts []*styledText) (read int) {
	for _, t := range texts {
		if r.Language != "" && r.Language != t.lang || !r.mayFind(t.text, t.lower) {
			continue
		}
		read += len(t.text)
		for _, m := range r.matches(t) {
			s.markStyle(r, t, m)
		}
	}
	return read
}

func (r *rule) mayFind(text, lower string) bool {
	if r.folded {
		return strings.Contains(lower, r.literal)
	}
	return strings.Contains(text, r.literal)
}

// matches are the places of a rule in a text, as an expression gives them, but none that begins or ends in the middle of
// a word where the rule is about whole ones. After such a one the search goes on at its next sign, a bounded number of
// times.
func (r *rule) matches(t *styledText) [][]int {
	re := r.expression()
	var out [][]int
	if r.anchored { // a search from the middle would take the middle for a beginning
		for _, m := range re.FindAllStringSubmatchIndex(t.text, MaxFindings) {
			if m[1] > m[0] && r.fits(t, m) {
				out = append(out, m)
			}
		}
		return out
	}
	for from, tries := 0, 0; from < len(t.text) && tries < MaxFindings; tries++ {
		m := re.FindStringSubmatchIndex(t.text[from:])
		if m == nil {
			break
		}
		for i := range m {
			if m[i] >= 0 {
				m[i] += from
			}
		}
		if m[1] > m[0] && r.fits(t, m) {
			out = append(out, m)
			from = m[1]
			continue
		}
		_, size := utf8.DecodeRuneInString(t.text[m[0]:])
		from = m[0] + max(size, 1)
	}
	return out
}

func (r *rule) fits(t *styledText, m []int) bool {
	return r.Inside || !t.splits(t.rune(m[0])) && !t.splits(t.rune(m[1]))
}

// splits says whether a word stands on both sides of i.
func (p *para) splits(i int) bool {
	n, found := slices.BinarySearchFunc(p.words, i, func(w word, i int) int { return cmp.Compare(w.start, i) })
	return !found && n > 0 && p.words[n-1].end > i
}

func (s *story) markStyle(r *rule, t *styledText, m []int) {
	start, end := t.rune(m[0]), t.rune(m[1])
	f := Finding{Rule: r.Name, Paragraph: t.number, Field: t.field, Start: start, End: end, Text: t.text[m[0]:m[1]], Level: r.Level, Message: r.Message}
	if r.HasFix {
		fix := r.fixOf(t.text, m)
		if fix == f.Text {
			return // it is as the paper wants it
		}
		f.Fix = &fix
	}
	if s.marks[r.Name]++; s.marks[r.Name] > MaxFindings {
		return
	}
	if f.Message == "" {
		f.key, f.args = "proof.style.write", []any{*f.Fix}
		f.Message = "Write “" + *f.Fix + "”."
	}
	s.found = append(s.found, f)
}

// fixOf is the fix for one place: with its groups, or with a capital where plain words in small letters were found with
// one.
func (r *rule) fixOf(text string, m []int) string {
	if r.Regular {
		return expand(r.Fix, text, m)
	}
	first, _ := utf8.DecodeRuneInString(text[m[0]:m[1]])
	asked, _ := utf8.DecodeRuneInString(r.Pattern)
	begins, size := utf8.DecodeRuneInString(r.Fix)
	if unicode.IsUpper(first) && unicode.IsLower(asked) && size > 0 {
		return string(unicode.ToUpper(begins)) + r.Fix[size:]
	}
	return r.Fix
}
