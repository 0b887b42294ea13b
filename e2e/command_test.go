//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
)

// TestCommandBox: an article is found and opened, and an act is done, by keys
// alone; the sheet says the keys that work.
func TestCommandBox(t *testing.T) {
	p := startDemo(t)
	b := browser(t)
	editor := visit(t, b, p.desk)
	editor.signIn(p, "editor@valmere.example")
	box := func() {
		t.Helper()
		if err := editor.page.KeyActions().Press(input.ControlLeft, input.ShiftLeft).Type(input.KeyK).Do(); err != nil {
			t.Fatal(err)
		}
		editor.element("dialog.command[open] input")
	}
	chosen := func(words string) {
		t.Helper()
		if _, err := editor.page.Timeout(patience).ElementR("dialog.command [aria-selected=true]", words); err != nil {
			t.Fatalf("%q is not the first choice: %s", words, editor.text())
		}
	}
	enter := func() {
		t.Helper()
		wait := editor.page.Timeout(patience).MustWaitNavigation()
		editor.page.Keyboard.MustType(input.Enter)
		wait()
		editor.page.MustWaitLoad()
	}

	box()
	editor.page.MustInsertText("draft third pier")
	if _, err := editor.page.Timeout(patience).ElementR("dialog.command li", "Nothing here fits"); err != nil {
		t.Errorf("a published story is found among the drafts: %s", editor.text())
	}
	editor.page.MustElement("dialog.command input").MustSelectAllText()
	editor.page.MustInsertText("third pier")
	chosen("Third pier")
	enter()
	editor.sees("Third pier must be rebuilt")
	if at := editor.page.MustInfo().URL; !strings.HasPrefix(at, p.desk+"/articles/") {
		t.Fatalf("it led to %s", at)
	}

	// the page's own act
	box()
	editor.page.MustInsertText("whole history")
	chosen("Whole history")
	enter()
	editor.sees("Third pier")
	if !strings.HasSuffix(editor.page.MustInfo().URL, "/history") {
		t.Errorf("it led to %s", editor.page.MustInfo().URL)
	}

	// a place of the desk, and the list's own keys
	box()
	editor.page.MustInsertText("articles")
	chosen("Articles")
	enter()
	editor.page.Keyboard.MustType(input.Key('?'))
	sheet := editor.element("dialog.keysheet[open]").MustText()
	for _, words := range []string{"Keys on this page", "New article", "Search", "Find or do", "Next"} {
		if !strings.Contains(sheet, words) {
			t.Errorf("the sheet of keys does not say %q:\n%s", words, sheet)
		}
	}
	editor.page.Keyboard.MustType(input.Escape)
	editor.page.MustWait(`() => !document.querySelector("dialog[open]")`)
	// every key of the sheet does something: n begins an article
	wait := editor.page.Timeout(patience).MustWaitNavigation()
	editor.page.Keyboard.MustType(input.KeyN)
	wait()
	if !strings.HasSuffix(editor.page.MustWaitLoad().MustInfo().URL, "/articles/new") {
		t.Error("n does not begin an article")
	}

	// in the editor the sheet has the text's keys too
	editor.element(".ProseMirror")
	editor.page.MustElement("h1, .bar").MustClick()
	editor.page.Keyboard.MustType(input.Key('?'))
	sheet = editor.element("dialog.keysheet[open]").MustText()
	for _, words := range []string{"Save a revision now", "Next finding", "Suggest, do not change", "Leave the text"} {
		if !strings.Contains(sheet, words) {
			t.Errorf("the editor's sheet of keys does not say %q:\n%s", words, sheet)
		}
	}
	editor.page.Keyboard.MustType(input.Escape)

	// what may be done with the article, from its text; one is led to the button
	editor.leaves()
	editor.open(p.desk + "/?state=draft")
	path := *editor.element("ol.stories .what a").MustAttribute("href")
	editor.open(p.desk + path + "/edit")
	box()
	editor.page.MustInsertText("spike")
	chosen("Spike")
	enter()
	if at := editor.page.MustInfo().URL; at != p.desk+path+"/spike" {
		t.Errorf("it led to %s", at)
	}
	// what changes something is asked for once more
	editor.open(p.desk + path)
	box()
	editor.page.MustInsertText("submit")
	chosen("Submit")
	editor.page.Keyboard.MustType(input.Enter)
	editor.wait(`() => document.querySelector("dialog.command [role=status]").textContent.includes("Enter once more")`)
	enter()
	editor.sees("Submitted")

	var took []float64
	for _, words := range []string{"a", "pier", "published", "mira"} {
		before := editor.page.MustEval(`() => performance.getEntriesByName("find").length`).Int()
		box()
		editor.page.MustInsertText(words)
		editor.wait(`n => performance.getEntriesByName("find").length > n`, before)
		took = append(took, editor.page.MustEval(`() => performance.getEntriesByName("find").at(-1).duration`).Num())
		editor.page.Keyboard.MustType(input.Escape)
		editor.wait(`() => !document.querySelector("dialog")`)
	}
	t.Logf("answers of the box: %.0f ms", took)
}
