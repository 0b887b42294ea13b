package locale

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// marked shows spans as [brackets].
func marked(text string, spans []Span) string {
	var b strings.Builder
	last := 0
	for _, s := range spans {
		b.WriteString(text[last:s.Start] + "[" + text[s.Start:s.End] + "]")
		last = s.End
	}
	return b.String() + text[last:]
}

func TestHighlight(t *testing.T) {
	for _, c := range []struct{ text, query, want string }{
		{"The Mayor of Valmere", "valmere MAYOR", "The [Mayor] of [Valmere]"},
		{"Valmere's café", "valmere cafe", "[Valmere]'s [café]"},
		{"nothing here", "valmere", "nothing here"},
		{"nothing here", "", "nothing here"},
		{"قال الرئيسُ إنّ", "الرئيس ان", "قال [الرئيسُ] [إنّ]"},
		{"او می خواهم گفت", "می‌خواهم", "او [می خواهم] گفت"},
		{"روزنامه‌های شهر", "روزنامه", "[روزنامه]‌های شهر"},
		{"پیش بینی هوا، پیش از باران", "پیش‌بینی", "[پیش بینی] هوا، پیش از باران"},
		{"سال ۱۴۰۴ و ۱٬۴۰۴", "1404", "سال [۱۴۰۴] و [۱٬۴۰۴]"},
		{"اﷺا", "صلى الله", "ا[ﷺ]ا"},
	} {
		if got := marked(c.text, Highlight(c.text, []string{c.query})); got != c.want {
			t.Errorf("%q in %q: %s, want %s", c.query, c.text, got, c.want)
		}
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("The council of the harbour met again. ", 30) +
		"Then the mayor of Valmere spoke about the bridge.\nNobody " + strings.Repeat("answered for a long while. ", 30)
	got, spans := Snippet(long, []string{"mayor bridge"}, 80)
	if want := "[mayor] of Valmere spoke about the [bridge]"; !strings.Contains(marked(got, spans), want) {
		t.Errorf("snippet %q does not show %q", marked(got, spans), want)
	}
	if !strings.HasPrefix(got, "…") || !strings.HasSuffix(got, "…") || strings.Contains(got, "\n") {
		t.Errorf("snippet %q", got)
	}
	got, spans = Snippet(long, []string{"absent"}, 40)
	if got != "The council of the harbour met again.…" || spans != nil {
		t.Errorf("snippet without a match: %q %v", got, spans)
	}
	if got, _ := Snippet("short", []string{"x"}, 80); got != "short" {
		t.Errorf("got %q", got)
	}
	got, spans = Snippet(strings.Repeat("x", 500)+" valmere", []string{"valmere"}, 30)
	if marked(got, spans) != "…[valmere]" {
		t.Errorf("got %q", marked(got, spans))
	}
}

func TestSnippetHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat(anyText().Draw(t, "text")+" ", rapid.IntRange(1, 6).Draw(t, "times"))
		query := rapid.SliceOfN(anyText(), 0, 3).Draw(t, "query")
		for _, token := range Tokens(text) {
			query = append(query, token.Text)
			break
		}
		room := rapid.IntRange(20, 90).Draw(t, "room")
		snippet, spans := Snippet(text, query, room)
		if n := utf8.RuneCountInString(snippet); n > room {
			t.Fatalf("%d characters, room for %d", n, room)
		}
		last := 0
		for _, s := range append(spans, Highlight(snippet, query)...)[:len(spans)] {
			if s.Start < last || s.End <= s.Start || s.End > len(snippet) || !utf8.ValidString(snippet[s.Start:s.End]) {
				t.Fatalf("span %v of %q", s, snippet)
			}
			last = s.End
		}
	})
}

func TestSlug(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Harbour & Trade", "harbour-trade"}, {"  Don't Stop -- now! ", "dont-stop-now"}, {"Éclair Straße", "éclair-straße"},
		{"روزنامه‌های شهر", "روزنامه-های-شهر"}, {"كُتّاب الرأي", "كتاب-الرأي"}, {"سال ۱۴۰۴", "سال-1404"}, {"हिन्दी", "हिन्दी"},
		{"...", ""}, {"", ""}, {"東京 2026", "東京-2026"}, {"A\u200f b", "a-b"}, {"①½", "11-2"},
	} {
		if got := Slug(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if got := Slug(strings.Repeat("harbour ", 30)); len(got) > 80 || strings.Trim(got, "-") != got || !strings.HasSuffix(got, "harbour") {
		t.Errorf("got %q", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Repeat(anyText().Draw(t, "text"), rapid.IntRange(1, 5).Draw(t, "times"))
		slug := Slug(s)
		if len(slug) > 80 || !utf8.ValidString(slug) || strings.ContainsAny(slug, " /?#%\n\u200c") || strings.Trim(slug, "-") != slug {
			t.Fatalf("%q", slug)
		}
		if Slug(slug) != slug {
			t.Fatalf("%q becomes %q", slug, Slug(slug))
		}
		if slug == "" && len(Tokens(s)) > 0 {
			t.Fatalf("empty for %q", s)
		}
	})
}

func FuzzAnalyser(f *testing.F) {
	f.Add("The Mayor's café, می‌خواهم ۱٬۴۰۴", "mayor")
	f.Add("\xff\xfe", "\xff")
	f.Fuzz(func(t *testing.T, text, query string) {
		for _, token := range Tokens(text) {
			checkToken(t, token, len(text))
		}
		snippet, spans := Snippet(text, []string{query}, 40)
		for _, s := range spans {
			if s.Start < 0 || s.End > len(snippet) || s.Start >= s.End {
				t.Fatalf("span %v of %q", s, snippet)
			}
		}
		Slug(text)
		DirectionOf(text)
	})
}
