package proof

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/locale"

	"github.com/google/go-cmp/cmp"
)

// testCase is one case of testdata/cases/<rule>.txt:
//
//	=== en: what is shown
//	> published 2026-03-12
//	A paragraph a line; ⟦what the rule must mark⟧ stands in brackets, and nothing else may be marked by any rule.
//	> fix the proposed replacement of the first mark (one such line a mark, in order; "none" for none)
//
// Other lines with ">": headline, place, kind (of the paragraphs that follow). ␣ is a no-break space, ⎵ a
// narrow one, ⌑ one of no width, ␠ a plain space. An empty mark ⟦⟧ is a dateline that stands in no paragraph.
type testCase struct {
	name  string
	copy  Copy
	marks []Finding // Rule, Paragraph, Start, End, Text
	fixes []string
}

func readCases(t *testing.T, file, rule string) []testCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	kind := ""
	for _, line := range strings.Split(string(data), "\n") {
		line = strings.NewReplacer("␣", "\u00a0", "␠", " ", "⎵", "\u202f", "⌑", "\ufeff").Replace(line)
		if head, ok := strings.CutPrefix(line, "=== "); ok {
			lang, name, _ := strings.Cut(head, ": ")
			cases = append(cases, testCase{name: lang + ": " + name, copy: Copy{Language: lang}})
			kind = ""
			continue
		}
		if line == "" {
			continue
		}
		c := &cases[len(cases)-1]
		if directive, ok := strings.CutPrefix(line, ">"); ok {
			word, rest, _ := strings.Cut(strings.TrimPrefix(directive, " "), " ")
			switch word {
			case "fix":
				c.fixes = append(c.fixes, rest)
			case "published":
				c.copy.Published, err = time.Parse(time.DateOnly, rest)
				if err != nil {
					t.Fatal(err)
				}
			case "year":
				fmt.Sscan(rest, &c.copy.Year)
			case "headline":
				c.copy.Headline = rest
			case "standfirst":
				c.copy.Standfirst = rest
			case "place":
				c.copy.Place = rest
			case "kind":
				kind = rest
			default:
				t.Fatalf("%s: unknown directive %q", file, word)
			}
			continue
		}
		text, marks := takeMarks(line, rule, len(c.copy.Paragraphs)+1)
		c.marks = append(c.marks, marks...)
		c.copy.Paragraphs = append(c.copy.Paragraphs, Paragraph{Number: len(c.copy.Paragraphs) + 1, Text: text, Kind: kind})
	}
	return cases
}

// takeMarks takes the brackets ⟦ ⟧ out of a line and says where they stood.
func takeMarks(line, rule string, number int) (string, []Finding) {
	var text []rune
	var marks []Finding
	for _, r := range line {
		switch r {
		case '⟦':
			marks = append(marks, Finding{Rule: rule, Paragraph: number, Start: len(text)})
		case '⟧':
			m := &marks[len(marks)-1]
			m.End = len(text)
			m.Text = string(text[m.Start:])
		default:
			text = append(text, r)
		}
	}
	return string(text), marks
}

// bare keeps of a finding what a case states.
func bare(found []Finding) []Finding {
	var out []Finding
	for _, f := range found {
		out = append(out, Finding{Rule: f.Rule, Paragraph: f.Paragraph, Start: f.Start, End: f.End, Text: f.Text})
	}
	return out
}

func TestCases(t *testing.T) {
	for _, rule := range Rules() {
		cases := readCases(t, filepath.Join("testdata", "cases", rule+".txt"), rule)
		firing, silent := map[string]int{}, map[string]int{}
		for _, c := range cases {
			if len(c.marks) > 0 {
				firing[c.copy.Language]++
			} else {
				silent[c.copy.Language]++
			}
			t.Run(rule+"/"+c.name, func(t *testing.T) { checkCase(t, c) })
		}
		for _, language := range locale.Languages() {
			if firing[language] < 6 || silent[language] < 6 {
				t.Errorf("%s has %d firing and %d silent cases in %s; six of each are asked for", rule, firing[language], silent[language], language)
			}
		}
	}
}

func checkCase(t *testing.T, c testCase) {
	t.Helper()
	for i, m := range c.marks {
		if m.End == 0 {
			c.marks[i].Text = c.copy.Place
		}
	}
	found := Check(c.copy)
	if diff := cmp.Diff(c.marks, bare(found), cmp.AllowUnexported(Finding{})); diff != "" {
		t.Errorf("marks (-want +got):\n%s", diff)
		return
	}
	for i, f := range found {
		if strings.Contains(f.Message, "⟦") || strings.Contains(f.Message, "{") && !strings.Contains(f.Text, "{") {
			t.Errorf("message %q", f.Message)
		}
		if i >= len(c.fixes) {
			continue
		}
		got := "none"
		if f.Fix != nil {
			got = *f.Fix
		}
		if got != c.fixes[i] {
			t.Errorf("fix %q, want %q", got, c.fixes[i])
		}
	}
}

// TestClean reads whole stories that are as they should be. The first lines are "headline:", "published:" and the like.
func TestClean(t *testing.T) {
	files, err := filepath.Glob("testdata/clean/*.txt")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d clean stories, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			for _, f := range Check(readStory(t, file)) {
				t.Errorf("%s in paragraph %d: %q: %s", f.Rule, f.Paragraph, f.Text, f.Message)
			}
		})
	}
}

// readStory reads a file of testdata/clean; its language is the first part of its name.
func readStory(t testing.TB, file string) Copy {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := Copy{Calendar: locale.Gregorian}
	c.Language, _, _ = strings.Cut(filepath.Base(file), "-")
	for _, line := range strings.Split(string(data), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case line == "":
		case len(c.Paragraphs) > 0:
			c.Paragraphs = append(c.Paragraphs, Paragraph{Number: len(c.Paragraphs) + 1, Text: line})
		case key == "headline":
			c.Headline = value
		case key == "place":
			c.Place = value
		case key == "published":
			if c.Published, err = time.Parse(time.DateOnly, value); err != nil {
				t.Fatal(err)
			}
		default:
			c.Paragraphs = append(c.Paragraphs, Paragraph{Number: 1, Text: line})
		}
	}
	return c
}
