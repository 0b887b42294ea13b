package proof

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
)

func TestJSON(t *testing.T) {
	found := Check(Copy{Language: "en", Place: "Kestrel", Paragraphs: []Paragraph{{Number: 3, Text: "The the pier \"is\" old (no end."}}})
	var lines []string
	for _, f := range found {
		line, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	want := []string{
		`{"rule":"dateline-place","paragraph":3,"start":0,"end":0,"text":"Kestrel","message":"The dateline says Kestrel, but the headline and the text never mention it.","fix":null}`,
		`{"rule":"doubled-word","paragraph":3,"start":0,"end":7,"text":"The the","message":"The word “The” stands twice in a row.","fix":"The"}`,
		`{"rule":"unbalanced-brackets","paragraph":3,"start":22,"end":23,"text":"(","message":"The bracket ( is never closed.","fix":null}`,
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// TestMessages reads the sentence of every kind of finding in every language, and the name of every rule.
func TestMessages(t *testing.T) {
	published := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	kinds := map[string]bool{}
	for _, rule := range Rules() {
		for _, c := range readCases(t, filepath.Join("testdata", "cases", rule+".txt"), rule) {
			c.copy.Published = published
			for _, f := range Check(c.copy) {
				kinds[f.key] = true
				if english := MessageIn(f, locale.Style{Language: "en"}); english != f.Message {
					t.Errorf("%s: message %q, in English %q", f.key, f.Message, english)
				}
			}
		}
	}
	for key := range kinds {
		for _, language := range locale.Languages() {
			if !locale.Has(language, key) {
				t.Errorf("%s: no text for %q", language, key)
			}
		}
	}
	if len(kinds) < 16 {
		t.Errorf("only %d kinds of finding: %v", len(kinds), kinds)
	}
	for _, rule := range Rules() {
		for _, language := range locale.Languages() {
			if !locale.Has(language, "proof."+rule) {
				t.Errorf("%s: rule %q has no name", language, rule)
			}
		}
	}
}

func TestMessageInOtherLanguages(t *testing.T) {
	c := Copy{Language: "en", Published: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC),
		Paragraphs: []Paragraph{{Number: 1, Text: "They met on Friday 12 March."}}}
	f := Check(c)[0]
	for language, want := range map[string]string{
		"en": "12 March 2026 is a Thursday, not a Friday.",
		"fa": "12 March ۲۰۲۶ پنجشنبه است، نه جمعه.",
		"ar": "12 March ٢٠٢٦ يوافق الخميس لا الجمعة.",
	} {
		if got := MessageIn(f, locale.Style{Language: language}); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}

func TestFromBody(t *testing.T) {
	b, _ := doc.FromMarkdown("## The pier\n\nThe the pier is old.\n\n> Nobody asked us.\n> — Mira Halden\n\n- first\n- second\n")
	var got []string
	for _, p := range FromBody(b) {
		got = append(got, fmt.Sprint(p.Number, " ", p.Kind, " ", p.Text))
	}
	want := []string{"1 heading The pier", "2 paragraph The the pier is old.", "3 quote Nobody asked us.", "4 attribution Mira Halden",
		"5 item first", "6 item second"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	found := Check(Copy{Language: "en", Paragraphs: FromBody(b)})
	if len(found) != 1 || found[0].Rule != DoubledWord || found[0].Paragraph != 2 {
		t.Errorf("found %v", summary(found))
	}
}

func TestLanguageOfTheLetters(t *testing.T) {
	for text, want := range map[string]string{
		"The pier is old.": "en", "الرصيف قديم ويقع في المدينة.": "ar", "اسکله قدیمی است و در شهر می‌ماند.": "fa", "": "en", "123": "en",
	} {
		if got := newStory(Copy{Paragraphs: []Paragraph{{Text: text}}}).lang; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	c := Copy{Language: "en", Paragraphs: []Paragraph{{Number: 1, Text: "شهردار گفت که که اسکله ایمن است.", Lang: "fa"}}}
	if found := Check(c); len(found) != 1 || found[0].Rule != DoubledWord {
		t.Errorf("a Persian paragraph in an English article: %v", summary(found))
	}
}

func TestApply(t *testing.T) {
	text := "The mayor said the the pier is “safe\"."
	c := Copy{Language: "en", Paragraphs: []Paragraph{{Number: 1, Text: text}}}
	for n := 0; ; n++ {
		found := Check(c)
		if len(found) == 0 {
			break
		}
		fixed, ok := Apply(c.Paragraphs[0].Text, found[0])
		if !ok || n > 5 {
			t.Fatalf("cannot apply %v to %q", summary(found), c.Paragraphs[0].Text)
		}
		c.Paragraphs[0].Text = fixed
	}
	if want := "The mayor said the pier is “safe”."; c.Paragraphs[0].Text != want {
		t.Errorf("got %q, want %q", c.Paragraphs[0].Text, want)
	}
	if _, ok := Apply("another text", Check(Copy{Language: "en", Paragraphs: []Paragraph{{Text: text}}})[0]); ok {
		t.Error("applied to another text")
	}
}

// checkSound asks what holds for the findings of any copy whatever.
func checkSound(t *testing.T, c Copy) {
	t.Helper()
	found := Check(c)
	texts := make(map[int][]rune)
	for _, p := range c.Paragraphs {
		texts[p.Number] = []rune(p.Text)
	}
	type place struct{ paragraph, start, end int }
	seen := make(map[place]string)
	once := make(map[string]bool)
	last := place{}
	for _, f := range found {
		at := place{f.Paragraph, f.Start, f.End}
		if at.paragraph < last.paragraph || at.paragraph == last.paragraph && at.start < last.start {
			t.Fatalf("%v behind %v", at, last)
		}
		last = at
		r, ok := texts[f.Paragraph]
		if !slices.Contains(Rules(), f.Rule) || !ok || f.Start < 0 || f.Start > f.End || f.End > len(r) || f.Message == "" {
			t.Fatalf("finding %+v in a paragraph of %d characters", f, len(r))
		}
		field := f.Rule == DatelinePlace && f.End == 0
		if !field && (f.Text == "" || string(r[f.Start:f.End]) != f.Text) {
			t.Fatalf("text %q stands not at %d to %d", f.Text, f.Start, f.End)
		}
		if other := seen[at]; other != "" && (other == f.Rule || quoteRule(other) && quoteRule(f.Rule)) {
			t.Fatalf("%s and %s about %q", other, f.Rule, f.Text)
		}
		seen[at] = f.Rule
		switch f.Rule {
		case BrokenSentence, LongParagraph, OddSpace, NoSpeaker:
			key := fmt.Sprint(f.Rule, f.Paragraph)
			if once[key] {
				t.Fatalf("%s twice in paragraph %d", f.Rule, f.Paragraph)
			}
			once[key] = true
		}
		if _, ok := Apply(string(r), f); ok != (f.Fix != nil) && !field {
			t.Fatalf("fix %v of %+v", ok, f)
		}
		if f.Fix != nil && *f.Fix == f.Text {
			t.Fatalf("the fix of %+v changes nothing", f)
		}
	}
}

func quoteRule(rule string) bool {
	return rule == MixedQuotes || rule == UnbalancedQuotes || rule == NoSpeaker
}

func FuzzCheck(f *testing.F) {
	files, _ := filepath.Glob("testdata/clean/*.txt")
	for _, file := range files {
		c := readStory(f, file)
		var text []string
		for _, p := range c.Paragraphs {
			text = append(text, p.Text)
		}
		f.Add(strings.Join(text, "\n"), c.Language, c.Place)
	}
	f.Add("“a\" 'b” ``c'' «d« »e» „f“ (g] [0, 1) 5'10\"", "en", "X")
	f.Add("Monday, 12 March 2026\nthe the  end\u00a0x,\n“\n”", "", "")
	f.Fuzz(func(t *testing.T, text, language, place string) {
		c := Copy{Language: language, Place: place, Headline: place, Published: time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)}
		for i, line := range strings.Split(text, "\n") {
			kind := []string{"", "paragraph", "heading", "quote", "item"}[len(line)%5]
			c.Paragraphs = append(c.Paragraphs, Paragraph{Number: i + 1, Text: strings.ToValidUTF8(line, "?"), Kind: kind})
		}
		checkSound(t, c)
	})
}

// articleOf is an article of so many words.
func articleOf(t testing.TB, words int) Copy {
	c := readStory(t, "testdata/clean/en-feature.txt")
	var list []Paragraph
	for n := 0; n < words; {
		for _, p := range c.Paragraphs {
			n += len(strings.Fields(p.Text))
			list = append(list, Paragraph{Number: len(list) + 1, Text: p.Text})
		}
	}
	c.Paragraphs = list
	return c
}

// BenchmarkArticle checks an article of 1,500 words.
func BenchmarkArticle(b *testing.B) {
	c := articleOf(b, 1500)
	b.ReportAllocs()
	for b.Loop() {
		Check(c)
	}
}

// BenchmarkLargest checks texts of 2 MB, the most an article may have, as they are and made to be slow: time a byte
// must not grow with the length.
func BenchmarkLargest(b *testing.B) {
	prose := "The council met on Monday 12 March and “spoke of the pier,” the mayor said (twice). "
	for name, piece := range map[string]string{"prose": prose, "open": "“« ", "closed": "” » ", "mixed": "«a” ", "singles": "'a ‘b’ ",
		"brackets": "([ ", "wrong-brackets": "(] ", "doubled": "pier pier  ", "dates": "Monday 12 March 2026 ", "spaces": "a\u00a0b  c ", "inches": "\"a 12\" ", "lists": "a) b ", "tex": "``a'' ",
		"arabic": "قالت رئيسة البلدية: «سنبني الرصيف غدا» في 12 مارس. ", "persian": "شهردار گفت: «اسکله را می‌سازیم» در ۲۱ اسفند. "} {
		for _, size := range []int{200 << 10, 2 << 20} {
			text := strings.Repeat(piece, size/len(piece))
			for shape, c := range map[string]Copy{
				"one":  {Language: "en", Paragraphs: []Paragraph{{Number: 1, Text: text}}},
				"many": {Language: benchLanguage[name], Paragraphs: manyParagraphs(text)},
			} {
				b.Run(fmt.Sprintf("%s/%s/%dK", name, shape, size>>10), func(b *testing.B) {
					b.SetBytes(int64(size))
					for b.Loop() {
						Check(c)
					}
				})
			}
		}
	}
}

var benchLanguage = map[string]string{"arabic": "ar", "persian": "fa"}

func manyParagraphs(text string) []Paragraph {
	var list []Paragraph
	for rest := []rune(text); len(rest) > 0; {
		n := min(len(rest), 40)
		list = append(list, Paragraph{Number: len(list) + 1, Text: string(rest[:n])})
		rest = rest[n:]
	}
	return list
}
