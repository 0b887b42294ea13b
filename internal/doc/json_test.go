package doc

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// TestJSONShape fixes what is stored: other programs read it.
func TestJSONShape(t *testing.T) {
	b, _ := FromMarkdown("a **[b](/c)**\\\nd {lang=fa}\n\n> e\n> — f\n\n2. g\n\n| h |\n| - |\n\n![i](/media/j \"k\"){credit=l width=9}\n\n!embed https://m.example\n\n::: fact\n## n\n:::\n\n___\n")
	got, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"doc","version":2,"content":[` +
		`{"type":"paragraph","attrs":{"lang":"fa","dir":"rtl"},"content":[{"type":"text","text":"a "},` +
		`{"type":"text","text":"b","marks":[{"type":"link","attrs":{"href":"/c"}},{"type":"strong"}]},{"type":"hard_break"},{"type":"text","text":"d"}]},` +
		`{"type":"quote","attrs":{"by":"f"},"content":[{"type":"paragraph","content":[{"type":"text","text":"e"}]}]},` +
		`{"type":"ordered_list","attrs":{"start":2},"content":[{"type":"list_item","content":[{"type":"paragraph","content":[{"type":"text","text":"g"}]}]}]},` +
		`{"type":"table","content":[{"type":"table_row","content":[{"type":"table_header","content":[{"type":"text","text":"h"}]}]}]},` +
		`{"type":"image","attrs":{"src":"/media/j","alt":"i","caption":"k","credit":"l","width":9}},` +
		`{"type":"embed","attrs":{"url":"https://m.example"}},` +
		`{"type":"note","attrs":{"kind":"fact"},"content":[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"n"}]}]},` +
		`{"type":"separator"}]}`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, _ := json.Marshal(Body{}); string(got) != `{"type":"doc","version":2,"content":[]}` {
		t.Errorf("empty: %s", got)
	}
}

// TestJSONTidies is about what an editor leaves behind.
func TestJSONTidies(t *testing.T) {
	var b Body
	in := `{"content":[{"type":"paragraph"},{"type":"paragraph","attrs":{"lang":null,"dir":null},"content":[{"type":"text","text":" a"},{"type":"text","text":"b "},` +
		`{"type":"hard_break","marks":[{"type":"strong"}]},{"type":"hard_break"},{"type":"text","text":"c","marks":[{"type":"link","attrs":{"href":"HTTPS://A.example/x y"}}]}]}],"version":1,"type":"doc"}`
	if err := json.Unmarshal([]byte(in), &b); err != nil {
		t.Fatal(err)
	}
	if got, want := b.Markdown(), "ab\n\n[c](https://a.example/x%20y)\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := json.Unmarshal([]byte(`null`), &b); err != nil || !b.Empty() {
		t.Errorf("null: %v, %v", err, b)
	}
}

func TestJSONRefuses(t *testing.T) {
	para := `{"type":"paragraph","content":[{"type":"text","text":"a"}]}`
	blocks := map[string]string{
		"unknown node":              `{"type":"iframe"}`,
		"no type":                   `{}`,
		"unknown attribute":         `{"type":"paragraph","attrs":{"style":"x"}}`,
		"attribute of another":      `{"type":"paragraph","attrs":{"level":2}}`,
		"attribute of wrong sort":   `{"type":"heading","attrs":{"level":"2"}}`,
		"attribute of no sort":      `{"type":"paragraph","attrs":{"lang":{}}}`,
		"fraction":                  `{"type":"heading","attrs":{"level":2.5}}`,
		"heading 1":                 `{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"a"}]}`,
		"heading without level":     `{"type":"heading"}`,
		"unknown key":               `{"type":"paragraph","html":"<b>"}`,
		"key in another case":       `{"Type":"paragraph"}`,
		"key twice":                 `{"type":"paragraph","type":"paragraph"}`,
		"attribute twice":           `{"type":"paragraph","attrs":{"lang":"fa","lang":"en"}}`,
		"unknown mark":              `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"blink"}]}]}`,
		"mark twice":                `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"strong"},{"type":"strong"}]}]}`,
		"mark with an attribute":    `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"strong","attrs":{"class":"x"}}]}]}`,
		"sub and super":             `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"subscript"},{"type":"superscript"}]}]}`,
		"link without address":      `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"link"}]}]}`,
		"link that runs":            `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"link","attrs":{"href":"javascript:alert(1)"}}]}]}`,
		"footnote in the document":  `{"type":"footnote","attrs":{"text":"a"}}`,
		"footnote with text":        `{"type":"paragraph","content":[{"type":"footnote","text":"a"}]}`,
		"footnote with children":    `{"type":"paragraph","content":[{"type":"footnote","attrs":{"text":"a"},"content":[{"type":"text","text":"a"}]}]}`,
		"footnote that runs":        `{"type":"paragraph","content":[{"type":"footnote","attrs":{"text":"a","href":"javascript:alert(1)"}}]}`,
		"footnote of a number":      `{"type":"paragraph","content":[{"type":"footnote","attrs":{"text":1}}]}`,
		"footnote too long":         `{"type":"paragraph","content":[{"type":"footnote","attrs":{"text":"` + strings.Repeat("a", MaxFootnote+1) + `"}}]}`,
		"suggestion of nobody":      `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"inserted","attrs":{"id":"abcdefgh","at":1}}]}]}`,
		"suggestion without time":   `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"deleted","attrs":{"id":"abcdefgh","by":1}}]}]}`,
		"suggestion without id":     `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"deleted","attrs":{"by":1,"at":1}}]}]}`,
		"suggestion with a long id": `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"deleted","attrs":{"id":"abcdefghijklmnopqrstu","by":1,"at":1}}]}]}`,
		"suggestion by words":       `{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"deleted","attrs":{"id":"abcdefgh","by":"me","at":1}}]}]}`,
		"empty text":                `{"type":"paragraph","content":[{"type":"text","text":""}]}`,
		"text that holds nodes":     `{"type":"paragraph","content":[{"type":"text","text":"a","content":[` + para + `]}]}`,
		"text in the document":      `{"type":"text","text":"a"}`,
		"block in a paragraph":      `{"type":"paragraph","content":[` + para + `]}`,
		"heading in a quote":        `{"type":"quote","content":[{"type":"heading","attrs":{"level":2}}]}`,
		"note in a note":            `{"type":"note","attrs":{"kind":"fact"},"content":[{"type":"note","attrs":{"kind":"fact"},"content":[` + para + `]}]}`,
		"note of no kind":           `{"type":"note","content":[` + para + `]}`,
		"item outside a list":       `{"type":"list_item","content":[` + para + `]}`,
		"paragraph in a list":       `{"type":"bullet_list","content":[` + para + `]}`,
		"language of an item":       `{"type":"bullet_list","content":[{"type":"list_item","attrs":{"lang":"fa"},"content":[` + para + `]}]}`,
		"list from far":             `{"type":"ordered_list","attrs":{"start":1000000},"content":[{"type":"list_item","content":[` + para + `]}]}`,
		"cell outside a row":        `{"type":"table","content":[{"type":"table_cell"}]}`,
		"wide cell":                 `{"type":"table","content":[{"type":"table_row","content":[{"type":"table_cell","attrs":{"colspan":101}}]}]}`,
		"block in a cell":           `{"type":"table","content":[{"type":"table_row","content":[{"type":"table_cell","content":[` + para + `]}]}]}`,
		"picture that runs":         `{"type":"image","attrs":{"src":"data:image/svg+xml,x"}}`,
		"picture up the tree":       `{"type":"image","attrs":{"src":"/media/../x"}}`,
		"picture without address":   `{"type":"image"}`,
		"picture too wide":          `{"type":"image","attrs":{"src":"/media/x","width":100001}}`,
		"card that runs":            `{"type":"embed","attrs":{"url":"javascript:alert(1)"}}`,
		"card to a path":            `{"type":"embed","attrs":{"url":"/x"}}`,
		"separator with children":   `{"type":"separator","content":[` + para + `]}`,
		"separator with language":   `{"type":"separator","attrs":{"lang":"fa"}}`,
		"no language":               `{"type":"paragraph","attrs":{"lang":"no language"},"content":[{"type":"text","text":"a"}]}`,
		"no direction":              `{"type":"paragraph","attrs":{"dir":"up"},"content":[{"type":"text","text":"a"}]}`,
		"too deep":                  strings.Repeat(`{"type":"quote","content":[`, 32) + para + strings.Repeat(`]}`, 32),
		"far too deep":              strings.Repeat(`{"type":"quote","content":[`, 9000) + para + strings.Repeat(`]}`, 9000),
		"too long":                  `{"type":"paragraph","content":[{"type":"text","text":"` + strings.Repeat("a", MaxBytes) + `"}]}`,
	}
	docs := map[string]string{
		"no document":       para,
		"another version":   `{"type":"doc","version":3,"content":[]}`,
		"no version":        `{"type":"doc","content":[]}`,
		"attributes":        `{"type":"doc","version":1,"attrs":{"x":"y"},"content":[]}`,
		"text after":        `{"type":"doc","version":1,"content":[]}{}`,
		"cut off":           `{"type":"doc","version":1,"content":[`,
		"list":              `[]`,
		"content of a node": `{"type":"doc","version":1,"content":{}}`,
	}
	for name, block := range blocks {
		docs[name] = `{"type":"doc","version":1,"content":[` + block + `]}`
	}
	for name, in := range docs {
		b := Body{Blocks: []Block{{Kind: KindSeparator}}}
		if err := b.UnmarshalJSON([]byte(in)); !errors.Is(err, ErrSchema) {
			t.Errorf("%s: error %v", name, err)
		}
		if len(b.Blocks) != 1 || b.Blocks[0].Kind != KindSeparator {
			t.Errorf("%s: the body was changed", name)
		}
	}
	deepest := `{"type":"doc","version":1,"content":[` + strings.Repeat(`{"type":"quote","content":[`, 31) + para + strings.Repeat(`]}`, 31) + `]}`
	var b Body
	if err := b.UnmarshalJSON([]byte(deepest)); err != nil {
		t.Errorf("32 levels: %v", err)
	}
	sameAllWays(t, b)
}

func TestValidate(t *testing.T) {
	text := []Inline{{Text: "a"}}
	for name, blocks := range map[string][]Block{
		"untidy":              {{Kind: KindParagraph, Inline: []Inline{{Text: "a "}}}},
		"not joined":          {{Kind: KindParagraph, Inline: []Inline{{Text: "a"}, {Text: "b"}}}},
		"two breaks":          {{Kind: KindParagraph, Inline: []Inline{{Text: "a"}, {Break: true}, {Break: true}, {Text: "b"}}}},
		"field of another":    {{Kind: KindParagraph, Inline: text, Level: 2}},
		"break with text":     {{Kind: KindParagraph, Inline: []Inline{{Text: "a", Break: true}}}},
		"control character":   {{Kind: KindParagraph, Inline: []Inline{{Text: "a\x00b"}}}},
		"no UTF-8":            {{Kind: KindParagraph, Inline: []Inline{{Text: "a\xff"}}}},
		"language repeated":   {{Kind: KindQuote, Lang: "fa", Dir: "rtl", Blocks: []Block{{Kind: KindParagraph, Lang: "fa", Dir: "rtl", Inline: text}}}},
		"language, direction": {{Kind: KindParagraph, Lang: "fa", Inline: text}},
		"speaker with a dash": {{Kind: KindQuote, By: "— a", Blocks: []Block{{Kind: KindParagraph, Inline: text}}}},
		"over the size":       {{Kind: KindParagraph, Inline: []Inline{{Text: strings.Repeat("a", MaxBytes)}}}},
		"ragged table":        {{Kind: KindTable, Rows: []Row{{Cells: []Cell{{Colspan: 1, Rowspan: 1, Inline: text}}}, {}}}},
		"many rows":           {{Kind: KindTable, Rows: make([]Row, MaxRows+1)}},
	} {
		if err := (Body{Blocks: blocks}).Validate(); !errors.Is(err, ErrSchema) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if err := (Body{}).Validate(); err != nil {
		t.Error(err)
	}
	if _, err := (Body{Blocks: []Block{{Kind: "x"}}}).MarshalJSON(); !errors.Is(err, ErrSchema) {
		t.Errorf("a body against the schema was written: %v", err)
	}
}
