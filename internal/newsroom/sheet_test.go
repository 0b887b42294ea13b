package newsroom

import (
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"

	"broadsheet/internal/papertest"
)

// sheetIn is the editor's facts as the page carries them.
func (b *browser) sheetIn() (s sheet) {
	b.t.Helper()
	_, rest, ok := strings.Cut(b.Body, `<script type="application/json" id="sheet">`)
	text, _, _ := strings.Cut(rest, "</script>")
	if !ok {
		b.t.Fatal("the page has no sheet")
	}
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		b.t.Fatalf("%v: %s", err, text)
	}
	return s
}

const evil = `</script><script>alert(1)</script><!--`

// TestTheEditorsDocument: what the editor sends is kept as it is, through both
// forms, and the page hands it out again without opening a door.
func TestTheEditorsDocument(t *testing.T) {
	w := open(t)
	b := w.as(w.Editor)
	sent := `{"type":"doc","version":2,"content":[{"type":"quote","attrs":{"by":"Mira"},"content":[{"type":"paragraph","attrs":{"lang":"fa","dir":"rtl"},"content":[` +
		`{"type":"text","text":"پل` + evil + `","marks":[{"type":"strong"}]},{"type":"hard_break"},{"type":"text","text":" end ."}]}]},{"type":"separator"}]}`
	b.post("/articles", "token", "t", "edition", "1", "section", "1", "headline", "H"+evil, "body", "not this", "document", sent, "do", "save").follow().want(ok, "Saved.").not(evil)
	got, err := json.Marshal(b.sheetIn().Document)
	if err != nil {
		t.Fatal(err)
	}
	var one, two any
	json.Unmarshal([]byte(strings.ReplaceAll(sent, `" end ."`, `"end ."`)), &one)
	json.Unmarshal(got, &two)
	if a, b := mustJSON(one), mustJSON(two); a != b {
		t.Errorf("sent %s\n got %s", a, b)
	}
	// the plain form has the same text: saved without scripts it makes the same revision's text
	typed := area(b.Body, "body")
	b.post("/articles/1/edit", "base", "1", "section", "1", "headline", "H", "body", typed, "do", "save").follow().want(ok)
	again, _ := json.Marshal(b.sheetIn().Document)
	if string(again) != string(got) {
		t.Errorf("after the plain form:\n%s\nbefore\n%s", again, got)
	}
	// the buttons that keep nothing keep the document
	for _, do := range []string{"preview", "check"} {
		b.post("/articles/1/edit", "base", "2", "section", "1", "headline", "H", "document", sent, "do", do).want(ok)
		if now, _ := json.Marshal(b.sheetIn().Document); string(now) != string(got) {
			t.Errorf("%s: %s", do, now)
		}
	}
	papertest.Check(t, w.Store)
}

// TestADocumentThatIsNone: the sentence is clear, nothing is kept, and every
// word stands in the form.
func TestADocumentThatIsNone(t *testing.T) {
	w := open(t)
	b := w.as(w.Editor)
	nested := strings.Repeat(`{"type":"quote","content":[`, 100_000) + `{"type":"paragraph","content":[{"type":"text","text":"the deepest words"}]}` + strings.Repeat(`]}`, 100_000)
	for name, c := range map[string]struct {
		sent   string
		status int
		words  []string
	}{
		"unknown node":   {`{"type":"doc","version":2,"content":[{"type":"video","content":[{"type":"text","text":"spoken words"}]},{"type":"paragraph","content":[{"type":"text","text":"a <second>"}]}]}`, bad, []string{"spoken words\n\na &lt;second&gt;"}},
		"deep":           {`{"type":"doc","version":2,"content":[` + nested + `]}`, 413, []string{"the deepest words"}},
		"not JSON":       {`Words that were typed`, bad, []string{"Words that were typed"}},
		"cut off":        {`{"type":"doc","version":2,"content":[{"type":"paragraph","content":[{"type":"text","text":"half`, bad, []string{"half"}},
		"too long":       {`{"type":"doc","version":2,"content":[{"type":"paragraph","content":[{"type":"text","text":"` + strings.Repeat("word ", 450_000) + `last"}]}]}`, 413, []string{"word word last"}},
		"another schema": {`{"type":"doc","version":99,"content":[{"type":"paragraph","content":[{"type":"text","text":"from tomorrow"}]}]}`, bad, []string{"from tomorrow"}},
	} {
		t.Run(name, func(t *testing.T) {
			b.t = t
			says := "not in the form of an article"
			if c.status == 413 {
				says = "at most 2 MB"
			}
			b.post("/articles", "token", name, "edition", "1", "section", "1", "headline", "Kept headline", "document", c.sent, "do", "save").
				want(c.status, append(c.words, says, "Kept headline")...).not(`"type":"video"`)
			if text := area(b.Body, "body"); strings.Count(text, "text") > 0 && !strings.Contains(c.sent, text) {
				t.Errorf("the form has the document's own words: %.200q", text)
			}
			b.get("/articles/1").want(gone)
		})
	}
}

// TestFind: a search box finds by number, words and names, what the person may
// open and nothing else.
func TestFind(t *testing.T) {
	w := open(t)
	b, writer := w.as(w.Editor), w.as(w.Reporter)
	b.post("/articles", "token", "1", "edition", "1", "section", "1", "headline", "A bridge opens", "byline", "Rana Reed", "body", "Text.").want(see)
	b.post("/articles", "token", "2", "edition", "1", "section", "1", "headline", "Another story", "body", "It speaks of the bridge too.").want(see)
	find := func(b *browser, q string) string {
		b.get("/find?q=" + q).want(ok)
		var got struct{ Articles []hit }
		if err := json.Unmarshal([]byte(b.Body), &got); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, h := range got.Articles {
			out = append(out, h.ID.String()+" "+h.Word+" "+h.Address)
		}
		return strings.Join(out, ", ")
	}
	for q, want := range map[string]string{
		"bridge": "1 Draft /news/1, 2 Draft /news/2", "2": "2 Draft /news/2", "rana+reed": "1 Draft /news/1", "nothing-like-it": "",
		"bridge&state=published": "", "": "2 Draft /news/2, 1 Draft /news/1", "draft+bridge": "1 Draft /news/1, 2 Draft /news/2", "In+Review": "", "draft": "2 Draft /news/2, 1 Draft /news/1",
		url.QueryEscape(w.Editor.Name): "2 Draft /news/2, 1 Draft /news/1", "%D9%A1": "1 Draft /news/1",
	} {
		if got := find(b, q); got != want {
			t.Errorf("%q: %q, want %q", q, got, want)
		}
	}
	if got := find(writer, "bridge"); got != "" {
		t.Errorf("a reporter finds the drafts of others: %s", got)
	}
}

func mustJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// area is what stands in a text area of the page.
func area(page, name string) string {
	_, rest, _ := strings.Cut(page, `<textarea id="`+name+`"`)
	_, rest, _ = strings.Cut(rest, ">\n")
	text, _, _ := strings.Cut(rest, "</textarea>")
	return html.UnescapeString(text)
}
