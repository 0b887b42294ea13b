package newsroom

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/proof"
)

// send posts JSON, as the editor's script does.
func (b *browser) send(path, body string) *browser {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(b.cookie)
	rec := httptest.NewRecorder()
	b.room.ServeHTTP(rec, r)
	b.Status, b.Header, b.Body = rec.Code, rec.Header(), rec.Body.String()
	return b
}

const faulty = "The  mayor said the the pier is safe.\n\nشهردار گفت که که «اسکله ایمن\" است.\n\n- one  item\n- It was 🚢 the the end."

// copyJSON is what the script sends for a text.
func copyJSON(t testing.TB, markdown string, pairs ...string) string {
	t.Helper()
	body, _ := doc.FromMarkdown(markdown)
	sent := map[string]any{"document": body}
	for i := 0; i+1 < len(pairs); i += 2 {
		sent[pairs[i]] = pairs[i+1]
	}
	raw, err := json.Marshal(sent)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestTheCheckIsOne: the editor's script is told what the page and the package
// say, character for character.
func TestTheCheckIsOne(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Contributor)
	body, _ := doc.FromMarkdown(faulty)
	want := proof.Check(proof.Copy{Headline: "H", Place: "Kestrel", Language: w.English.Language, Paragraphs: proof.FromBody(body), Published: w.Clock.Now(), Calendar: w.English.Calendar})
	if len(want) < 6 {
		t.Fatalf("only %d findings", len(want))
	}
	for _, path := range []string{"/articles/1/proof", "/proof"} {
		b.send(path, copyJSON(t, faulty, "headline", "H", "place", "Kestrel", "edition", "1")).want(ok)
		var got struct{ Findings []mark }
		if err := json.Unmarshal([]byte(b.Body), &got); err != nil {
			t.Fatal(err)
		}
		var bare []proof.Finding
		for _, m := range got.Findings {
			bare = append(bare, proof.Finding{Rule: m.Rule, Paragraph: m.Paragraph, Start: m.Start, End: m.End, Text: m.Text, Message: m.Message, Fix: m.Fix})
			if m.Level != news.Warning || m.Name == "" {
				t.Errorf("%s: level %q, name %q", m.Rule, m.Level, m.Name)
			}
		}
		same := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".key" || p.Last().String() == ".args" }, cmp.Ignore())
		if diff := cmp.Diff(want, bare, cmp.AllowUnexported(proof.Finding{}), same); diff != "" {
			t.Errorf("%s (-package +door):\n%s", path, diff)
		}
	}
	page := b.post("/articles/1/edit", "base", "1", "section", "1", "headline", "H", "place", "Kestrel", "body", faulty, "do", "check").want(ok)
	if n := strings.Count(page.Body, `class="rule"`); n != len(want) {
		t.Errorf("the page shows %d findings, want %d", n, len(want))
	}
}

func TestTheCheckTakesNothingElse(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Contributor)
	for name, c := range map[string]struct {
		body   string
		status int
	}{
		"no object":        {`[]`, 400},
		"a number":         {`{"headline":3}`, 400},
		"NUL":              {`{"headline":"a\u0000"}`, 400},
		"another schema":   {`{"document":{"type":"doc","version":1,"content":[{"type":"script"}]}}`, 422},
		"cut off":          {`{"headline":"a`, 400},
		"nothing":          {`{}`, 200},
		"too deep":         {`{"document":{"type":"doc","version":1,"content":[` + strings.Repeat(`{"type":"quote","content":[`, 2000) + strings.Repeat(`]}`, 2000) + `]}}`, 422},
		"deeper still":     {`{"document":` + strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000) + `}`, 400},
		"too large by far": {`{"headline":"` + strings.Repeat("x", articleForm) + `"}`, 413},
	} {
		if b.send("/articles/1/proof", c.body); b.Status != c.status {
			t.Errorf("%s: %d, want %d: %.200s", name, b.Status, c.status, plainText(b.Body))
		}
	}
	w.as(w.Reporter).send("/articles/1/proof", `{}`).want(no)
}
