package doc

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// suggest writes +words+ and -words- of a line as suggestions of one id each, in the order of the letters.
func suggest(t *testing.T, s string) Body {
	t.Helper()
	var b strings.Builder
	open := map[string]bool{}
	n := 0
	for _, part := range strings.SplitAfter(s, "") {
		name := map[string]string{"+": "ins", "~": "del"}[part]
		switch {
		case name == "":
			b.WriteString(part)
		case open[name]:
			b.WriteString("</" + name + ">")
			open[name] = false
		default:
			b.WriteString(`<` + name + ` data-id="abcdefg` + string(rune('a'+n)) + `" data-by="7" data-at="100">`)
			open[name], n = true, n+1
		}
	}
	body, reports := FromMarkdown(b.String())
	if len(reports) > 0 {
		t.Fatalf("%q: %s", s, reported(reports))
	}
	return body
}

func TestSettle(t *testing.T) {
	for _, c := range []struct{ in, original, accepted string }{
		{"It opens in ~May~+June+.", "It opens in May.\n", "It opens in June.\n"},
		{"a\n\n+b+\n\nc", "a\n\nc\n", "a\n\nb\n\nc\n"},
		{"a\n\n~b _c_~\n\nd", "a\n\nb _c_\n\nd\n", "a\n\nd\n"},
		{"> ~a~\n> — Mira", "> a\n> — Mira\n", ""},
		{"> +a+\n> — Mira", "", "> a\n> — Mira\n"},
		{"- ~a~\n- b +c+", "- a\n- b\n", "- b c\n"},
		{"+a ~b~ c+", "", "a  c\n"},
		{"| +a+ | b |\n| - | - |", "|  | b |\n| --- | --- |\n", "| a | b |\n| --- | --- |\n"},
		{"a+^[b]+ ~^[[c](/d)]~", "a ^[[c](/d)]\n", "a^[b]\n"},
		{"a\\\n~b~", "a\\\nb\n", "a\n"},
		{"plain", "plain\n", "plain\n"},
	} {
		b := suggest(t, c.in)
		if got := b.Original().Markdown(); got != c.original {
			t.Errorf("%q refused: got %q, want %q", c.in, got, c.original)
		}
		if got := b.Accepted().Markdown(); got != c.accepted {
			t.Errorf("%q accepted: got %q, want %q", c.in, got, c.accepted)
		}
		sameAllWays(t, b)
	}
}

func TestSettleOne(t *testing.T) {
	b := suggest(t, "It opens in ~May~+June+.")
	b, ok := b.Settle("abcdefgb", true)
	if !ok || b.Accepted().Markdown() != "It opens in June.\n" || b.Original().Markdown() != "It opens in MayJune.\n" {
		t.Errorf("accepted one: %v, %q", ok, b.Markdown())
	}
	if b, ok = b.Settle("abcdefga", false); !ok || b.Markdown() != "It opens in MayJune.\n" {
		t.Errorf("refused the other: %v, %q", ok, b.Markdown())
	}
	if again, ok := b.Settle("abcdefga", true); ok || diff(b, again) != "" {
		t.Errorf("settled what is settled: %v, %q", ok, again.Markdown())
	}
}

func TestUnsettled(t *testing.T) {
	b := suggest(t, "a ~b **c**~ +d^[e]+\n\n{lang=fa}\n\n> ~پل~")
	want := []Suggestion{
		{Change: Change{"abcdefga", 7, 100}, Deleted: "b c"},
		{Change: Change{"abcdefgb", 7, 100}, Inserted: "d[e]"},
		{Change: Change{"abcdefgc", 7, 100}, Deleted: "پل", Lang: "fa", Dir: "rtl"},
	}
	if d := cmp.Diff(want, b.Unsettled()); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if list := b.Accepted().Unsettled(); len(list) != 0 {
		t.Errorf("left after accepting: %v", list)
	}
	two := Body{Blocks: []Block{
		{Kind: KindParagraph, Inline: []Inline{{Text: "a", Marks: Marks{Deleted: changes[0]}}}},
		{Kind: KindParagraph, Inline: []Inline{{Text: "b", Marks: Marks{Deleted: changes[0]}}, {Text: "c", Marks: Marks{Inserted: changes[0]}}}},
	}}
	if d := cmp.Diff([]Suggestion{{Change: changes[0], Deleted: "a\nb", Inserted: "c"}}, two.Unsettled()); d != "" {
		t.Errorf("over two paragraphs (-want +got):\n%s", d)
	}
}

// TestSuggestionsStayInside asks that readers, counts and pasted HTML know nothing of suggestions.
func TestSuggestionsStayInside(t *testing.T) {
	b := suggest(t, "one ~two~ +three four+ five")
	if page := string(b.HTML(HTMLOptions{})); page != "<p>one two  five</p>\n" {
		t.Errorf("readers see %q", page)
	}
	desk := string(b.HTML(HTMLOptions{Suggestions: true}))
	want := `<p>one <del data-id="abcdefga" data-by="7" data-at="100">two</del> <ins data-id="abcdefgb" data-by="7" data-at="100">three four</ins> five</p>` + "\n"
	if desk != want {
		t.Errorf("the desk sees %q", desk)
	}
	if b.Text() != "one  three four five" || b.Words() != 4 || b.Paragraphs()[0].Text != b.Text() {
		t.Errorf("text %q, %d words", b.Text(), b.Words())
	}
	pasted, reports := FromHTML(desk)
	if got := pasted.Markdown(); got != "one  three four five\n" {
		t.Errorf("pasted: %q", got)
	}
	if got := reported(reports); got != "dropped what <del> says is deleted (two); <ins> read as text" {
		t.Errorf("reported %q", got)
	}
	for _, attrs := range []string{``, `data-id="abcdefgh"`, `data-id="ABCDEFGH" data-by="1" data-at="1"`, `data-id="abcdefgh" data-by="0" data-at="1"`, `data-id="abcdefgh" data-by="x" data-at="1"`} {
		if b, _ := FromMarkdown("a <ins " + attrs + ">b</ins>"); b.suggested() || b.Markdown() != "a b\n" {
			t.Errorf("%s makes a suggestion: %q", attrs, b.Markdown())
		}
	}
}

func TestSuggestionJSON(t *testing.T) {
	b := suggest(t, "a+_b_^[c]+~d~")
	got, err := json.Marshal(b)
	want := `{"type":"doc","version":2,"content":[{"type":"paragraph","content":[{"type":"text","text":"a"},` +
		`{"type":"text","text":"b","marks":[{"type":"inserted","attrs":{"id":"abcdefga","by":7,"at":100}},{"type":"emphasis"}]},` +
		`{"type":"footnote","attrs":{"text":"c"},"marks":[{"type":"inserted","attrs":{"id":"abcdefga","by":7,"at":100}}]},` +
		`{"type":"text","text":"d","marks":[{"type":"deleted","attrs":{"id":"abcdefgb","by":7,"at":100}}]}]}]}`
	if err != nil || string(got) != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, got, want)
	}
	var tidy Body
	in := `{"type":"doc","version":2,"content":[{"type":"paragraph","content":[{"type":"footnote","attrs":{"text":" ","href":"https://A.example"},"marks":[{"type":"strong"}]},{"type":"footnote","attrs":{"text":null}}]}]}`
	if err := json.Unmarshal([]byte(in), &tidy); err != nil || tidy.Markdown() != "^[[https://a.example](https://a.example)]\n" {
		t.Errorf("%v, %q", err, tidy.Markdown())
	}
}

// TestSettleRandom asks that the two ends of settling do not depend on the order, and that nothing is unsettled after.
func TestSettleRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := genBody(t)
		accept, refuse := b, b
		for _, s := range b.Unsettled() {
			accept, _ = accept.Settle(s.ID, true)
			refuse, _ = refuse.Settle(s.ID, false)
		}
		if d := diff(b.Accepted().Normal(), accept.Normal()); d != "" {
			t.Fatalf("all accepted (-want +got):\n%s", d)
		}
		if d := diff(b.Original().Normal(), refuse.Normal()); d != "" {
			t.Fatalf("all refused (-want +got):\n%s", d)
		}
		if len(accept.Unsettled())+len(refuse.Unsettled()) > 0 {
			t.Fatalf("left: %v, %v", accept.Unsettled(), refuse.Unsettled())
		}
		if err := accept.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}
