package news

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// place is one case of testdata/quotations.json, which the editor's own search
// in the browser is held to as well.
type place struct {
	Name                 string
	Text                 string
	Exact, Before, After string
	Found                string // the words at the place; "" = none
	From                 int    // how many bytes stand before it
	How                  Standing
}

func TestQuotationsFindTheirPlace(t *testing.T) {
	raw, err := os.ReadFile("testdata/quotations.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []place
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) < 10 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		text := Spaced(c.Text)
		start, end, how := Quotation{c.Exact, c.Before, c.After}.Find(text)
		if how != c.How || text[start:end] != c.Found || !strings.Contains(text, c.Found) {
			t.Errorf("%s: %s %q, want %s %q", c.Name, how, text[start:end], c.How, c.Found)
		}
		if how != Lost && start != c.From {
			t.Errorf("%s: at %d, want %d", c.Name, start, c.From)
		}
	}
}

// TestQuoteIsFoundAgain: whatever is quoted is found where it was, also when
// its words stand in the text many times.
func TestQuoteIsFoundAgain(t *testing.T) {
	text := Spaced("The bridge was opened. The bridge was closed.\n\nپل باز شد و پل بسته شد. The bridge stands, the bridge falls.")
	for start := range text {
		for end := range text {
			if end <= start || strings.TrimSpace(text[start:end]) != text[start:end] {
				continue
			}
			q := Quote(text, start, end)
			if from, to, how := q.Find(text); how != Stands || from != start || to != end {
				t.Fatalf("%+v: found %q (%s) at %d, was at %d", q, text[from:to], how, from, start)
			}
		}
	}
}

func TestMentioned(t *testing.T) {
	staff := []Person{{ID: 1, Name: "Edda Elm"}, {ID: 2, Name: "Edda Elmore"}, {ID: 3, Name: "Edda"}, {ID: 4, Name: "رعنا راد"}}
	for text, want := range map[string][]PersonID{
		"@Edda Elm, please":           {1},
		"@edda elmore and @EDDA ELM.": {2, 1},
		"@Edda: see @Edda again":      {3},
		"@Edda Elmo":                  {3},
		"@Eddas":                      nil,
		"edda@elm.example":            nil,
		"@":                           nil,
		"از @رعنا راد؟":               {4},
		"@@Edda":                      {3},
	} {
		got := Mentioned(text, staff)
		if len(got) != len(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	}
}

func TestNotesHaveLimits(t *testing.T) {
	for name, c := range map[string]struct {
		note Note
		code Code
	}{
		"fine":              {Note{Text: strings.Repeat("پ", MaxNote), Quote: Quotation{Exact: "x"}}, ""},
		"empty":             {Note{Text: " \n"}, Invalid},
		"long":              {Note{Text: strings.Repeat("a", MaxNote+1)}, Invalid},
		"quotation":         {Note{Text: "a", Quote: Quotation{Exact: strings.Repeat("a", MaxQuotation+1)}}, Invalid},
		"around":            {Note{Text: "a", Quote: Quotation{Exact: "a", Before: strings.Repeat("a", MaxContext+1)}}, Invalid},
		"not text":          {Note{Text: "a\xff"}, Invalid},
		"quotation no text": {Note{Text: "a", Quote: Quotation{Exact: "a\xff"}}, Invalid},
	} {
		if err := c.note.Validate(); CodeOf(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyTheWriterWithdraws(t *testing.T) {
	n := Note{By: kim}
	if err := n.Withdraw(Person{ID: sam, Role: Owner}, noon); CodeOf(err) != Forbidden || !n.WithdrawnAt.IsZero() {
		t.Errorf("withdrawn by another: %v", err)
	}
	if err := n.Withdraw(Person{ID: kim}, noon); err != nil || n.WithdrawnAt != noon {
		t.Errorf("withdrawn by its writer: %v", err)
	}
}
