package newsroom

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/proof"
)

// rule keeps a rule of the paper's own, and switches it on.
func (w *world) rule(name, words, fix string, level news.Level) news.RuleID {
	w.t.Helper()
	id, err := w.desk.SaveRule(w.t.Context(), w.Chief.ID, news.StyleRule{Name: name, Pattern: words, Fix: fix, HasFix: true, Level: level})
	if err == nil {
		err = w.desk.SetRule(w.t.Context(), w.Chief.ID, id, news.RuleOn)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// upload sends a form with one file.
func (b *browser) upload(path, file string, pairs ...string) *browser {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		form.WriteField(pairs[i], pairs[i+1])
	}
	part, _ := form.CreateFormFile("rules", "style.toml")
	part.Write([]byte(file))
	form.Close()
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(b.cookie)
	rec := httptest.NewRecorder()
	b.room.ServeHTTP(rec, r)
	b.Status, b.Header, b.Body = rec.Code, rec.Header(), rec.Body.String()
	return b
}

// TestARuleIsTriedBeforeItGoesLive is the whole way of a rule.
func TestARuleIsTriedBeforeItGoesLive(t *testing.T) {
	w := open(t)
	chief, editor, writer := w.as(w.Chief), w.as(w.Editor), w.as(w.Contributor)
	writer.post("/articles", "token", "a", "edition", "1", "section", "1", "headline", "Per cent", "body", "It rose 3 per cent, then 4 per cent.\n\nNo more.").want(see)
	writer.post("/articles/1/submit").want(see)
	w.as(w.Colleague).post("/articles/1/publish", "read", "1", "alone", "yes", "reason", "now").want(see)

	chief.get("/style").want(ok, "No rule yet")
	chief.post("/style", "name", "percent", "kind", "regular", "pattern", "per (cent", "fixes", "yes", "fix", "percent", "level", "block", "language", "en").want(bad, "At character 5: this bracket is never closed.", `aria-invalid="true"`, `value="per (cent"`)
	chief.post("/style", "name", "percent", "kind", "words", "pattern", "per cent", "fixes", "yes", "fix", "percent", "level", "block", "language", "en").follow().want(ok, "still off", "percent")
	writer.get("/articles/1").not("percent")

	editor.get("/style/1").want(ok, "You may read them").not(`name="pattern"`)
	page := editor.get("/style/1/try").want(ok, "Articles looked through: 1. Places: 3, in 1 of them.", "<mark>per cent</mark>", "<mark>Per cent</mark>", `<ins dir="auto">Percent</ins>`)
	if n := strings.Count(page.Body, "<mark>"); n != 3 {
		t.Errorf("%d places are shown", n)
	}
	chief.post("/style/1/state", "state", "on").follow().want(ok, "The rule is on")

	// On the page, by its form, and through the script's door.
	writer.post("/articles", "token", "b", "edition", "1", "section", "1", "headline", "Per cent of it", "body", "It rose 3 per cent.").want(see)
	writer.get("/articles/2/edit").want(ok, "percent", "Write “percent”.", "blocks")
	writer.send("/articles/2/proof", copyJSON(t, "It rose 3 per cent.", "headline", "Per cent of it")).want(ok,
		`{"rule":"percent","name":"percent","field":"headline","paragraph":0,"start":0,"end":8,"text":"Per cent","message":"Write “Percent”.","fix":"Percent","level":"block"}`)
	writer.post("/articles/2/submit").want(clash, "The paper’s rule “percent” stands in the way: write “Percent” instead of “Per cent”.")
	fix := func(key string) {
		writer.post("/articles/2/edit", "base", "1", "section", "1", "headline", "Per cent of it", "body", "It rose 3 per cent.", "fix", key).want(ok, "The fix stands in the text.")
	}
	fix("percent.headline.0.0.8")
	if !strings.Contains(writer.Body, ">\nPercent of it</textarea>") {
		t.Error("the headline is not mended")
	}
	fix("percent..1.10.18")
	if !strings.Contains(writer.Body, "It rose 3 percent.") {
		t.Error("the text is not mended")
	}
	writer.post("/articles/2/edit", "base", "1", "section", "1", "headline", "Percent of it", "body", "It rose 3 percent.").want(see)
	writer.post("/articles/2/submit").want(see)

	// Removed, taken back as it was.
	chief.post("/style/1/state", "state", "removed").follow().want(ok, "The rule “percent” is removed.", `name="state" value="on"`)
	chief.get("/style/1").want(gone)
	chief.post("/style/1/state", "state", "on").follow().want(ok)
	writer.send("/articles/2/proof", copyJSON(t, "3 per cent")).want(ok, "percent")
	papertest.Check(t, w.Store)
}

// TestATrialIsBounded goes through an archive in steps; each counts on.
func TestATrialIsBounded(t *testing.T) {
	w := open(t)
	writer, editor := w.as(w.Contributor), w.as(w.Colleague)
	const articles = tried + 7
	for i := range articles {
		id := fmt.Sprint(i + 1)
		writer.post("/articles", "token", id, "edition", "1", "section", "1", "headline", "Story", "body", strings.Repeat("The pier. ", 3)).want(see)
		writer.post("/articles/" + id + "/submit").want(see)
		editor.post("/articles/"+id+"/publish", "read", "1", "alone", "yes", "reason", "now").want(see)
	}
	w.rule("pier", "pier", "jetty", news.Hint)
	b := w.as(w.Editor).get("/style/1/try").want(ok, fmt.Sprintf("Articles looked through: %d. Places: %d, in %d of them.", tried, 3*tried, tried), fmt.Sprintf("Places that are not shown here: %d.", 3*tried-hitsOf))
	next := regexp.MustCompile(`href="(/style/1/try\?[^"#]+)`).FindStringSubmatch(b.Body)
	if next == nil {
		t.Fatal("there is no next step")
	}
	b.get(strings.ReplaceAll(next[1], "&amp;", "&")).want(ok, fmt.Sprintf("Articles looked through: %d. Places: %d, in %d of them.", articles, 3*articles, articles)).not("Look further back")
	// A rule of another language looks at none of them.
	w.as(w.Chief).post("/style/1", "name", "pier", "kind", "words", "pattern", "pier", "fixes", "yes", "fix", "x", "level", "hint", "language", "fa").want(see)
	b.get("/style/1/try").want(ok, "Articles looked through: 0.")
}

func TestRulesAsAFile(t *testing.T) {
	w := open(t)
	chief := w.as(w.Chief)
	w.rule("percent", "per cent", "percent", news.Warning)
	file := w.as(w.Editor).get("/style/style.toml").want(ok, "name = 'percent'").Body
	if chief.Header = nil; !strings.HasPrefix(chief.get("/style/style.toml").Header.Get("Content-Disposition"), "attachment") {
		t.Error("the file is no attachment")
	}
	if rules, err := proof.ReadRules([]byte(file)); err != nil || len(rules) != 1 || rules[0].Fix != "percent" {
		t.Errorf("%v, %v", rules, err)
	}
	chief.upload("/style/file", file+"\n[[rule]]\nname = 'پل'\nwords = 'پل'\nfix = 'گذرگاه'\nlanguage = 'fa'\n", "asleep", "yes").want(ok, "New: 1; changed: 0; as before: 1", "پل")
	if r, err := w.Store.StyleRuleByName(t.Context(), "پل"); err != nil || r.State != news.RuleOff {
		t.Errorf("%+v, %v", r, err)
	}
	chief.upload("/style/file", "[[rule]]\nname = 'new'\nwords = 'a'\nfix = 'b'\n\n[[rule]]\nname = 'bad'\npattern = 'a('\nfix = 'b'\n").want(bad, "Line 8: At character 2: this bracket is never closed. Nothing was imported.")
	if _, err := w.Store.StyleRuleByName(t.Context(), "new"); news.CodeOf(err) != news.NotFound {
		t.Errorf("half of the file was imported: %v", err)
	}
	chief.upload("/style/file", "name = ").want(bad, "Line 1 cannot be read")
	chief.upload("/style/file", strings.Repeat("#\n", ruleFile/2+1)).want(http.StatusRequestEntityTooLarge)
}
