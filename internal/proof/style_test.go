package proof

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

func words(pattern, fix string, change ...func(*news.StyleRule)) news.StyleRule {
	r := news.StyleRule{Name: "rule", Pattern: pattern, Fix: fix, HasFix: true, Message: "Not so.", Level: news.Warning, State: news.RuleOn}
	for _, do := range change {
		do(&r)
	}
	return r
}

func regular(r *news.StyleRule) { r.Regular = true }
func inside(r *news.StyleRule)  { r.Inside = true }

func in(language string) func(*news.StyleRule) {
	return func(r *news.StyleRule) { r.Language = language }
}

// TestStyleFinds marks what a rule must find with ⟦ ⟧, and says what it proposes.
func TestStyleFinds(t *testing.T) {
	for _, c := range []struct {
		name  string
		rule  news.StyleRule
		text  string
		fixes string
	}{
		{"plain words", words("per cent", "percent"), "It rose 3 ⟦per cent⟧, not 3 percent.", "percent"},
		{"a capital is kept", words("per cent", "percent"), "⟦Per cent⟧ is two words. ⟦PER CENT⟧ too.", "Percent|Percent"},
		{"a capital asked for", words("West Bank", "west bank"), "On the ⟦West Bank⟧, on the west bank.", "west bank"},
		{"over two spaces and a no-break one", words("per cent", "percent"), "3 ⟦per  cent⟧, 4 ⟦per\u00a0cent⟧.", "percent|percent"},
		{"whole words only", words("cent", "centime"), "A ⟦cent⟧, per-⟦cent⟧, centre, percent, recent.", "centime|centime"},
		{"inside words", words("cent", "zent", inside), "A ⟦cent⟧, ⟦cent⟧re, re⟦cent⟧.", "zent|zent|zent"},
		{"apostrophes of both kinds", words("don't", "do not"), "I ⟦don’t⟧ and ⟦don't⟧.", "do not|do not"},
		{"not the word before an apostrophe", words("don", "x"), "I don’t, he ⟦don⟧.", "x"},
		{"with signs", words("U.S.", "US"), "The ⟦U.S.⟧ and the USA.", "US"},
		{"behind another letter", words("é", "e"), "⟦é⟧ café", "e"},
		{"Arabic", words("كل من", "كلا من"), "زار ⟦كل من⟧ الوزير والسفير.", "كلا من"},
		{"Arabic with marks", words("تم", "جرى"), "⟦تَمّ⟧ ثم ⟦تـم⟧ ذلك.", "جرى|جرى"},
		{"Arabic whole words", words("تم", "جرى"), "⟦تم⟧ تمام وتم خاتم.", "جرى"},
		{"Persian half space", words("می شود", "می‌شود"), "این ⟦می شود⟧ و آن می‌شود.", "می‌شود"},
		{"Persian whole words", words("کتاب", "نسک"), "⟦کتاب⟧ و کتاب‌ها و کتابخانه.", "نسک"},
		{"nothing in its place", words("very", ""), "It is ⟦very⟧ cold.", ""},
		{"expression with groups", words(`(\d+) ?%`, "$1 percent", regular), "⟦30 %⟧ and ⟦۳۰%⟧.", "30 percent|۳۰ percent"},
		{"dollars", words(`USD (\d+)`, "$$$1 $x", regular), "⟦USD 5⟧", "$5 $x"},
		{"expression over scripts", words(`\w+ین‌`, "", regular, inside), "⟦زرین‌⟧کوب", ""},
		{"whole words of an expression", words(`colou?r`, "hue", regular), "⟦color⟧, ⟦colour⟧, colourful, Colour", "hue|hue"},
		{"the second place, where the first is in a word", words(`[a-z]at`, "x", regular), "that ⟦hat⟧", "x"},
		{"the beginning", words(`^The (\w+)`, "A $1", regular), "⟦The pier⟧ and The harbour.", "A pier"},
		{"classes", words(`[\w.]+@[\w.]+`, "", regular), "Ask ⟦mira@valmere.example⟧, please.", ""},
		{"quoted", words(`\Qa.b(\E`, "x", regular), "⟦a.b(⟧ and axb(", "x"},
		{"what is right already", words(`(?i)e-?mail`, "email", regular), "An email, an ⟦e-mail⟧.", "email"},
		{"another language", words("the", "x", in("fa")), "In the end.", ""},
		{"🚢 before it", words("pier", "jetty"), "🚢🚢 the ⟦pier⟧", "jetty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, marks := takeMarks(c.text, "rule", 7)
			style, err := NewStyle([]news.StyleRule{c.rule})
			if err != nil {
				t.Fatal(err)
			}
			got := CheckStyle(Copy{Style: style, Language: "en", Paragraphs: []Paragraph{{Number: 7, Text: text}}})
			if diff := cmp.Diff(marks, bare(got), cmp.AllowUnexported(Finding{})); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
			var fixes []string
			for _, f := range got {
				fixes = append(fixes, *f.Fix)
				if _, ok := Apply(text, f); !ok {
					t.Errorf("%q cannot be applied", *f.Fix)
				}
			}
			if strings.Join(fixes, "|") != c.fixes {
				t.Errorf("fixes %q, want %q", fixes, c.fixes)
			}
		})
	}
}

// TestStyleStandsInEverything: the text, names and captions, and the fields above it.
func TestStyleStandsInEverything(t *testing.T) {
	style, err := NewStyle([]news.StyleRule{words("pier", "jetty", in("en"))})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range Check(Copy{Style: style, Language: "en-GB", Kicker: "Pier", Headline: "A pier", Standfirst: "The pier.",
		Paragraphs: []Paragraph{{Number: 1, Text: "One pier.", Kind: "cell"}, {Number: 2, Text: "One pier.", Lang: "fa"}, {Number: 3, Text: "A pier", Kind: "attribution"}}}) {
		got = append(got, fmt.Sprint(f.Paragraph, f.Field, f.Start, *f.Fix, f.Level))
	}
	want := []string{"0kicker0Jettywarning", "0headline2jettywarning", "0standfirst4jettywarning", "14jettywarning", "32jettywarning"}
	for i := range want {
		want[i] = strings.Join(strings.Fields(want[i]), "")
		if i < len(got) {
			got[i] = strings.Join(strings.Fields(got[i]), "")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStyleSpeaks(t *testing.T) {
	quiet := words("pier", "jetty")
	quiet.Message = ""
	style, err := NewStyle([]news.StyleRule{quiet})
	if err != nil {
		t.Fatal(err)
	}
	f := CheckStyle(Copy{Style: style, Language: "en", Headline: "A pier"})[0]
	for language, want := range map[string]string{"en": "Write “jetty”.", "ar": "اكتب «jetty».", "fa": "بنویسید «jetty»."} {
		if got := MessageIn(f, locale.Style{Language: language}); got != want {
			t.Errorf("%s: %q", language, got)
		}
	}
	style, _ = NewStyle([]news.StyleRule{words("pier", "jetty")})
	f = CheckStyle(Copy{Style: style, Language: "en", Headline: "A pier"})[0]
	if got := MessageIn(f, locale.Style{Language: "fa"}); got != "Not so." {
		t.Errorf("the paper's own sentence: %q", got)
	}
}

// TestStyleRefuses: what cannot be used is refused with its place.
func TestStyleRefuses(t *testing.T) {
	for _, c := range []struct {
		name, field, key, says string
		rule                   news.StyleRule
	}{
		{"an open bracket", "pattern", "error.style.unreadable.open", "at character 5", words(`pil (a|b`, "x", regular)},
		{"an open bracket behind letters of two bytes", "pattern", "error.style.unreadable.open", "at character 3", words(`پل(`, "x", regular)},
		{"a closed bracket", "pattern", "error.style.unreadable.close", "at character 2", words(`a)`, "x", regular)},
		{"a class", "pattern", "error.style.unreadable.bracket", "at character 2", words(`a[b`, "x", regular)},
		{"nothing to repeat", "pattern", "error.style.unreadable.repeat", "at character 1", words(`*a`, "x", regular)},
		{"too often", "pattern", "error.style.unreadable.often", "at character 2", words(`a{2000}`, "x", regular)},
		{"looking ahead", "pattern", "error.style.unreadable.perl", "at character 2", words(`a(?=b)`, "x", regular)},
		{"an edge of Latin words", "pattern", "error.style.sign", "at character 2", words(`a\b`, "x", regular)},
		{"a class that cannot be", "pattern", "error.style.sign", "at character 3", words(`a[\W]`, "x", regular)},
		{"a Latin class", "pattern", "error.style.sign", "at character 2", words(`[[:alpha:]]`, "x", regular)},
		{"nothing asked", "pattern", "error.style.empty", "", words(`a*`, "x", regular)},
		{"too heavy", "pattern", "error.style.heavy", "", words(strings.Repeat("a{999}b{999}", 15), "x", regular)},
		{"a group too many", "fix", "error.style.group", "$2", words(`(a)`, "$2", regular)},
		{"no pattern", "pattern", "error.style.pattern", "", words("", "x")},
		{"a long pattern", "pattern", "error.style.pattern", "", words(strings.Repeat("x", news.MaxRulePattern+1), "x")},
		{"two lines", "pattern", "error.style.pattern", "", words("a\nb", "x")},
		{"a long fix", "fix", "error.style.fix", "", words("a", strings.Repeat("x", news.MaxRuleFix+1))},
		{"no name", "name", "error.style.name", "", words("a", "b", func(r *news.StyleRule) { r.Name = "" })},
		{"a name of ours", "name", "error.style.taken", "", words("a", "b", func(r *news.StyleRule) { r.Name = OddSpace })},
		{"nothing to say", "message", "error.style.message", "", words("a", "", func(r *news.StyleRule) { r.Message = "" })},
		{"a language nobody reads", "language", "error.style.language", "xx", words("a", "b", in("xx"))},
		{"no level", "level", "error.style.level", "", words("a", "b", func(r *news.StyleRule) { r.Level = "loud" })},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewStyle([]news.StyleRule{c.rule})
			var refusal *news.Error
			if !errors.As(err, &refusal) || refusal.Key != c.key || refusal.Field != c.field || !strings.Contains(refusal.Message, c.says) {
				t.Errorf("got %v (%+v)", err, refusal)
			}
			if refusal != nil {
				for _, language := range locale.Languages() {
					if !locale.Has(language, refusal.Key) {
						t.Errorf("%s has no %s", language, refusal.Key)
					}
				}
			}
		})
	}
	var many []news.StyleRule
	for i := range news.MaxRules + 1 {
		many = append(many, words(fmt.Sprint("word", i), "x"))
	}
	if _, err := NewStyle(many); news.CodeOf(err) != news.TooLarge {
		t.Errorf("too many rules: %v", err)
	}
	many = nil
	for range MaxOpen + 1 {
		many = append(many, words(`\d`, "x", regular))
	}
	if _, err := NewStyle(many); news.CodeOf(err) != news.TooLarge {
		t.Errorf("too many open expressions: %v", err)
	}
}

// TestStyleSkipsNothing: the words and signs that the search is cut short by
// never hide what the expression alone would find.
func TestStyleSkipsNothing(t *testing.T) {
	letters := []string{"a", "b", "A", "ه", "ی", "ِ", "‌", "’", "'", " ", "\u00a0", "-", "."}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.TrimSpace(strings.Join(rapid.SliceOfN(rapid.SampledFrom(letters), 1, 4).Draw(t, "signs"), ""))
	})
	rapid.Check(t, func(t *rapid.T) {
		r := words(text.Draw(t, "pattern"), "", func(r *news.StyleRule) { r.Inside = rapid.Bool().Draw(t, "inside") })
		style, err := NewStyle([]news.StyleRule{r})
		if err != nil {
			t.Skip(err)
		}
		whole := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(letters, r.Pattern, " "+r.Pattern+" ")), 1, 12).Draw(t, "text"), "")
		got := CheckStyle(Copy{Style: style, Language: "en", Paragraphs: []Paragraph{{Number: 1, Text: whole}}})
		one := style.rules[0]
		p := newStyledText(newStory(Copy{Language: "en", Paragraphs: []Paragraph{{Number: 1, Text: whole}}}).paras[0], "")
		if want := one.matches(p); len(want) != len(got) {
			t.Fatalf("%q in %q: %d found, the expression finds %v", r.Pattern, whole, len(got), want)
		}
	})
}

// TestRulesAreKeptInTheirFile: what is written is read again, whatever stands in it.
func TestRulesAreKeptInTheirFile(t *testing.T) {
	signs := []string{"a", "پ", "'", `"`, `\`, "#", "=", "[[rule]]", " ", "’", "$1", "{", "🚢", "\u200c", "é"}
	text := func(label string) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			return "x" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(signs), 0, 8).Draw(t, label), "") + "x"
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		var rules []news.StyleRule
		for i := range rapid.IntRange(0, 5).Draw(t, "rules") {
			r := news.StyleRule{Name: fmt.Sprint(text("name").Draw(t, "name"), i), Pattern: text("pattern").Draw(t, "pattern"), Inside: rapid.Bool().Draw(t, "inside"),
				Message: rapid.SampledFrom([]string{"", text("message").Draw(t, "message")}).Draw(t, "says"), Language: rapid.SampledFrom([]string{"", "fa", "en"}).Draw(t, "language"),
				Level: rapid.SampledFrom(news.Levels()).Draw(t, "level"), State: rapid.SampledFrom([]news.RuleState{news.RuleOn, news.RuleOff}).Draw(t, "state")}
			if r.HasFix = rapid.Bool().Draw(t, "fixes") || r.Message == ""; r.HasFix {
				r.Fix = text("fix").Draw(t, "fix")
			}
			r.Regular = rapid.Bool().Draw(t, "regular")
			if CheckRule(r) != nil {
				r.Regular = false
			}
			rules = append(rules, r)
		}
		file := WriteRules(rules)
		got, err := ReadRules(file)
		if err != nil {
			t.Fatalf("%v\n%s", err, file)
		}
		if diff := cmp.Diff(rules, got); diff != "" {
			t.Fatalf("%s\n%s", diff, file)
		}
		if again := WriteRules(got); !bytes.Equal(file, again) {
			t.Fatalf("written again:\n%s", again)
		}
	})
}

func TestABadLineIsNamed(t *testing.T) {
	good := "# ours\n\n[[rule]]\nname = 'one'\nwords = 'a'\nfix = 'b'\n\n[[rule]] # second\n"
	for name, c := range map[string]struct{ more, line string }{
		"no TOML":            {"name = two\n", "line 9"},
		"an unknown key":     {"name = 'two'\nword = 'x'\n", "line 10"},
		"no pattern":         {"name = 'two'\n", "line 8"},
		"both":               {"name = 'two'\nwords = 'a'\npattern = 'b'\n", "line 8"},
		"twice":              {"name = 'one'\nwords = 'a'\nfix = 'b'\n", "line 8"},
		"a bad expression":   {"name = 'two'\nmessage = 'x'\npattern = 'a('\n", "line 11: at character 2"},
		"a bad level":        {"name = 'two'\nmessage = 'x'\nwords = 'a'\nlevel = 'loud'\n", "line 12"},
		"a group too many":   {"name = 'two'\npattern = 'a'\nfix = '$1'\n", "line 11"},
		"an open string":     {"name = 'two\n", "line 9"},
		"a table of its own": {"name = 'two'\nwords = 'a'\nfix = 'b'\n[other]\nx = 1\n", "line"},
		"another kind":       {"name = 3\nwords = 'a'\n", "line 9"},
	} {
		rules, err := ReadRules([]byte(good + c.more))
		if rules != nil || err == nil || !strings.Contains(err.Error(), c.line) {
			t.Errorf("%s: %v, %v; want %s", name, rules, err, c.line)
		}
	}
	if rules, err := ReadRules([]byte("\ufeff" + strings.ReplaceAll(good, "\n", "\r\n") + "name='two'\r\nwords='x'\r\nmessage='y'\r\n")); err != nil || len(rules) != 2 {
		t.Errorf("as Windows writes it: %v, %v", rules, err)
	}
	if rules, err := ReadRules(nil); err != nil || len(rules) != 0 {
		t.Errorf("an empty file: %v, %v", rules, err)
	}
}

// fullStyle is as many rules as a paper may have: plain words, expressions with a word of their own, and open ones.
func fullStyle(t testing.TB) *Style {
	var rules []news.StyleRule
	for i := range news.MaxRules {
		r := words(fmt.Sprintf("zorb%d %s", i, []string{"pier", "council", "harbour"}[i%3]), "x")
		switch {
		case i < MaxOpen:
			r = words(fmt.Sprintf(`\d{%d} ?(?:km|m)`, i%7+1), "x", regular)
		case i%2 == 0:
			r = words(fmt.Sprintf(`(?i)word%d(s|ed|ing)?`, i), "x", regular)
		case i%50 == 1:
			r = words(fmt.Sprintf(`(?i)(?:the|a) [\w-]+ly council(?:s|%d)`, i), "x", regular)
		}
		r.Name = fmt.Sprint("rule ", i)
		rules = append(rules, r)
	}
	style, err := NewStyle(rules)
	if err != nil {
		t.Fatal(err)
	}
	return style
}

// BenchmarkStyle checks 1,500 words against the fullest style a paper may have.
func BenchmarkStyle(b *testing.B) {
	c := articleOf(b, 1500)
	c.Style = fullStyle(b)
	for b.Loop() {
		Check(c)
	}
}

func BenchmarkNewStyle(b *testing.B) {
	for b.Loop() {
		fullStyle(b)
	}
}

// BenchmarkStyleLargest checks 2 MB against it.
func BenchmarkStyleLargest(b *testing.B) {
	c := Copy{Language: "en", Style: fullStyle(b), Paragraphs: manyParagraphs(strings.Repeat("The council met on Monday 12 March and “spoke of 30 km of pier,” the mayor said (twice). ", 22_000))}
	for b.Loop() {
		CheckStyle(c)
	}
}
