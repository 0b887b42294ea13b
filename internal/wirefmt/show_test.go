package wirefmt

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// edition gives the options of the fixture editions: en, ar and fa.
func edition(t testing.TB, language string) TextOptions {
	t.Helper()
	zone, err := time.LoadLocation(map[string]string{"en": "Europe/Berlin", "ar": "Africa/Cairo", "fa": "Asia/Tehran"}[language])
	if err != nil {
		t.Fatal(err)
	}
	cal := locale.Gregorian
	if language == "fa" {
		cal = locale.Persian
	}
	return TextOptions{Zone: zone, Calendar: cal, Language: language}
}

// show prints an item as the golden files have it.
func show(i Item) string {
	var b strings.Builder
	put := func(name string, value any) {
		if s := fmt.Sprint(value); s != "" && s != "0" {
			fmt.Fprintf(&b, "%s: %s\n", name, s)
		}
	}
	stamp := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.RFC3339)
	}
	c := i.Content
	put("source", i.SourceKey)
	put("version", i.Version)
	put("status", i.Status)
	put("news id", i.NewsID)
	put("published", stamp(i.PublishedAt))
	put("updated", stamp(i.UpdatedAt))
	put("embargo", stamp(i.EmbargoUntil))
	put("language", i.Language)
	put("urgency", c.Urgency)
	put("section", i.Section)
	put("slugline", c.Slugline)
	put("kicker", c.Kicker)
	put("headline", c.Headline)
	put("standfirst", c.Standfirst)
	put("bylines", strings.Join(news.BylineNames(c.Bylines), " | "))
	put("credit", c.Credit)
	if !c.Dateline.Empty() {
		put("dateline", strings.Join([]string{c.Dateline.Place, c.Dateline.Country, c.Dateline.Source}, " | "))
	}
	for _, topic := range i.Topics {
		put("topic", string(topic.Kind)+" "+topic.Name)
	}
	put("editors' note", i.EdNote)
	put("terms", i.UsageTerms)
	for _, p := range c.Body.Paragraphs() {
		fmt.Fprintf(&b, "\n%s %s\n", p.Kind, p.Text)
	}
	b.WriteByte('\n')
	for _, f := range i.Report {
		fmt.Fprintf(&b, "report %d %s %q %s\n", f.Line, f.Rule, f.Text, f.Message)
	}
	return b.String()
}

// letters counts the characters of texts that are not white space.
func letters(texts ...string) map[rune]int {
	out := map[rune]int{}
	for _, s := range texts {
		for _, r := range s {
			if !unicode.IsSpace(r) {
				out[r]++
			}
		}
	}
	return out
}

// lost compares a decoded dispatch with what was made of it and names the characters that are missing or too many.
// This is the promise of the package: every character that is not white space is in the headline, in the body, or in
// exactly one finding.
func lost(text string, i Item) string {
	texts := []string{i.Content.Headline, i.Content.Body.Text()}
	for _, f := range i.Report {
		texts = append(texts, f.Text)
	}
	before, after := letters(text), letters(texts...)
	var out []string
	for _, r := range slices.Sorted(maps.Keys(before)) {
		if before[r] != after[r] {
			out = append(out, fmt.Sprintf("%q: %d in the file, %d after", r, before[r], after[r]))
		}
	}
	for r := range after {
		if before[r] == 0 {
			out = append(out, fmt.Sprintf("%q: not in the file, %d after", r, after[r]))
		}
	}
	return strings.Join(out, "\n")
}

// squash drops white space: order matters to the body, spaces do not.
func squash(s string) string {
	return strings.Map(func(r rune) rune { return keepIf(!unicode.IsSpace(r), r) }, s)
}
