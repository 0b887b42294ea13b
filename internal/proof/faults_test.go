package proof

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// A fault is put into a clean story at every place where it can stand, one at a time. The check should find most of
// them, and should say one thing about each, in the right paragraph.
type fault struct {
	name  string
	rules []string // any of which may find it
	least int      // percent that must be found
	// put gives the story with the fault at the n-th place of paragraph p, or false when there is no such place.
	put func(text []rune, n int) ([]string, bool)
}

func nth(text []rune, n int, is func(i int) bool) int {
	for i := range text {
		if is(i) {
			if n--; n < 0 {
				return i
			}
		}
	}
	return -1
}

func replaceAt(text []rune, i int, with string) []string {
	return []string{string(text[:i]) + with + string(text[i+1:])}
}

func isDouble(r rune) bool { return strings.ContainsRune("“”«»\"", r) }

func innerSpace(text []rune, i int) bool {
	return text[i] == ' ' && i > 0 && i+1 < len(text) && unicode.IsLetter(text[i-1]) && unicode.IsLetter(text[i+1])
}

var faults = []fault{
	{"closing mark of another style", []string{MixedQuotes}, 99, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return t[i] == '”' || t[i] == '»' })
		if i < 0 {
			return nil, false
		}
		return replaceAt(t, i, `"`), true
	}},
	{"closing mark typed as the opening one", []string{MixedQuotes}, 99, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return t[i] == '”' || t[i] == '»' })
		if i < 0 {
			return nil, false
		}
		return replaceAt(t, i, map[rune]string{'”': "“", '»': "«"}[t[i]]), true
	}},
	{"mark left out", []string{UnbalancedQuotes}, 92, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return isDouble(t[i]) && (i == 0 || !unicode.IsDigit(t[i-1])) })
		if i < 0 {
			return nil, false
		}
		return replaceAt(t, i, ""), true
	}},
	{"bracket left out", []string{UnbalancedBrackets}, 99, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return t[i] == '(' || t[i] == ')' })
		if i < 0 {
			return nil, false
		}
		return replaceAt(t, i, ""), true
	}},
	{"no-break space", []string{OddSpace}, 99, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return innerSpace(t, i) })
		if i < 0 {
			return nil, false
		}
		return replaceAt(t, i, "\u00a0"), true
	}},
	{"double space", []string{OddSpace}, 99, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return innerSpace(t, i) })
		if i < 0 {
			return nil, false
		}
		return replaceAt(t, i, "  "), true
	}},
	{"paragraph cut in two", []string{BrokenSentence}, 84, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return innerSpace(t, i) })
		if i < 0 {
			return nil, false
		}
		return []string{string(t[:i]), string(t[i+1:])}, true
	}},
	{"word twice", []string{DoubledWord}, 75, func(t []rune, n int) ([]string, bool) {
		i := nth(t, n, func(i int) bool { return innerSpace(t, i) })
		if i < 0 {
			return nil, false
		}
		end := i + 1
		for end < len(t) && unicode.IsLetter(t[end]) {
			end++
		}
		if unicode.IsUpper(t[i+1]) || end < len(t) && !isSpace(t[end]) {
			return []string{string(t)}, true // counted as no fault below
		}
		return []string{string(t[:end]) + " " + string(t[i+1:])}, true
	}},
}

func TestFaults(t *testing.T) {
	files, _ := filepath.Glob("testdata/clean/*.txt")
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			found, all, noisy := 0, 0, 0
			for _, file := range files {
				story := readStory(t, file)
				for i := range story.Paragraphs {
					for n := 0; ; n++ {
						parts, ok := f.put([]rune(story.Paragraphs[i].Text), n)
						if !ok {
							break
						}
						if len(parts) == 1 && parts[0] == story.Paragraphs[i].Text {
							continue
						}
						all++
						hits := Check(withParagraph(story, i, parts))
						switch {
						case len(hits) > 1 || len(hits) == 1 && !slices.Contains(f.rules, hits[0].Rule):
							noisy++
							t.Logf("noisy: %s, %q: %v", filepath.Base(file), parts, summary(hits))
						case len(hits) == 1:
							found++
						default:
							t.Logf("missed: %s, %q", filepath.Base(file), parts)
						}
					}
				}
			}
			t.Logf("%d of %d found (%d%%), %d noisy", found, all, found*100/all, noisy)
			if found*100 < f.least*all {
				t.Errorf("found %d of %d, less than %d%%", found, all, f.least)
			}
			if noisy*100 > all {
				t.Errorf("%d of %d faults make more than one finding, or one of another rule", noisy, all)
			}
		})
	}
}

func withParagraph(c Copy, i int, parts []string) Copy {
	var list []Paragraph
	for j, p := range c.Paragraphs {
		texts := []string{p.Text}
		if j == i {
			texts = parts
		}
		for _, text := range texts {
			list = append(list, Paragraph{Number: len(list) + 1, Text: text, Kind: p.Kind, Lang: p.Lang})
		}
	}
	c.Paragraphs = list
	return c
}

func summary(hits []Finding) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Rule+" "+h.Text)
	}
	return out
}
