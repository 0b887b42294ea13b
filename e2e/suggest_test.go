//go:build e2e

package e2e

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/proto"
)

// mark chooses words of the body, as a mouse would.
func (v *visitor) mark(words string) {
	v.t.Helper()
	v.element(body).MustFocus()
	v.page.MustEval(`(words) => {
		const walk = document.createTreeWalker(document.querySelector(".ProseMirror"), NodeFilter.SHOW_TEXT);
		for (let n; (n = walk.nextNode()); ) {
			const at = n.data.indexOf(words);
			if (at < 0) continue;
			getSelection().setBaseAndExtent(n, at, n, at + words.length);
			return;
		}
		throw new Error("not in the text: " + words);
	}`, words)
	v.settled()
}

// settled waits until the editor has seen what the browser did.
func (v *visitor) settled() {
	v.t.Helper()
	v.page.MustEval(`() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 60))`)
}

// key presses one key, by the name that keys knows, and waits for what it does.
func (v *visitor) key(name string) {
	v.t.Helper()
	v.keys("{" + name + "}")
	v.settled()
}

// told is the body as short text: +words+ are suggested, ~words~ suggested to
// go, a line for each block.
func (v *visitor) told() string {
	v.t.Helper()
	type node struct {
		Type    string
		Text    string
		Attrs   map[string]any
		Marks   []node
		Content []node
	}
	var doc node
	if err := json.Unmarshal([]byte(v.document()), &doc); err != nil {
		v.t.Fatal(err)
	}
	var lines []string
	var walk func(n node)
	walk = func(n node) {
		if n.Type != "paragraph" && n.Type != "heading" {
			for _, c := range n.Content {
				walk(c)
			}
			return
		}
		line := ""
		for _, c := range n.Content {
			sign := ""
			for _, m := range c.Marks {
				sign += map[string]string{"inserted": "+", "deleted": "~"}[m.Type]
			}
			line += sign + c.Text + sign
		}
		lines = append(lines, line)
	}
	walk(doc)
	return strings.Join(lines, "\n")
}

func (v *visitor) tells(want string) {
	v.t.Helper()
	if got := v.told(); got != want {
		v.t.Errorf("the text is\n%s\nwant\n%s\n%s", got, want, v.document())
	}
}

func TestSuggestedChanges(t *testing.T) {
	p := startDemo(t)
	b := browser(t)
	rana, edda := visit(t, b, p.desk+"/sign-in"), visit(t, b, p.desk+"/sign-in")
	rana.signIn(p, "reporter@valmere.example")
	edda.signIn(p, "editor@valmere.example")
	for _, s := range []suggestTale{
		{"en", "The bridge opens in May.", "May", "March", "Hundreds walked.", "It rained."},
		{"fa", "پل در مهر باز می‌شود.", "مهر", "مرداد", "صدها نفر رفتند.", "باران آمد."},
	} {
		t.Run(s.language, func(t *testing.T) {
			rana.t, edda.t = t, t
			suggestAndSettle(p, rana, edda, s)
		})
	}
}

type suggestTale struct{ language, line, old, new, second, third string }

func suggestAndSettle(p *program, rana, edda *visitor, s suggestTale) {
	rana.open(p.desk + "/articles/new")
	rana.fill("[name=headline]", s.line)
	rana.write(s.line + "\n" + s.second)
	if rana.page.MustHas("[name=section]") {
		rana.page.MustEval(`() => { const e = document.querySelector("[name=section]"); e.value = [...e.options].find((o) => o.value).value }`)
	}
	rana.save()
	story := regexp.MustCompile(`/articles/\d+`).FindString(rana.page.MustInfo().URL)
	rana.open(p.desk + story) // hands it over

	edda.alone(p.desk + story)
	edda.element(body).MustFocus()
	if s.language == "en" { // and then remembered
		edda.key("Ctrl+Alt+s")
	}
	if edda.page.MustEval(`() => document.querySelector(".suggestions [aria-pressed]").getAttribute("aria-pressed")`).Str() != "true" {
		edda.t.Fatalf("the key does not switch to suggesting: %s", edda.text())
	}
	suggestWords(edda, s)
	suggestLines(edda, s)
	edda.save()
	edda.open(p.desk + story)
	edda.misses("Approve")

	settleSome(p, rana, edda, story, s)
}

// suggestWords writes in the mode: over words, back over one's own, undone.
func suggestWords(v *visitor, s suggestTale) {
	before, after, _ := strings.Cut(s.line, s.old)
	v.mark(s.old)
	v.write(s.new)
	v.settled()
	swapped := before + "~" + s.old + "~+" + s.new + "+" + after
	v.tells(swapped + "\n" + s.second)
	if ids := regexp.MustCompile(`"id":"([^"]+)"`).FindAllStringSubmatch(v.document(), -1); len(ids) != 2 || ids[0][1] != ids[1][1] {
		v.t.Errorf("a replacement is not one suggestion: %v", ids)
	}
	r := []rune(s.new)
	v.key("Backspace")
	shorter := before + "~" + s.old + "~+" + string(r[:len(r)-1]) + "+" + after
	v.tells(shorter + "\n" + s.second)
	v.key("Ctrl+z")
	v.tells(s.line + "\n" + s.second)
	v.key("Ctrl+Shift+z")
	v.tells(shorter + "\n" + s.second)
	v.write(string(r[len(r)-1:]))
	v.settled()
	v.tells(swapped + "\n" + s.second)

	// an input method writes its words in pieces, here over marked ones
	v.mark(strings.TrimSpace(strings.Fields(s.second)[0]))
	for _, piece := range []string{"پ", "پل", "پلی"} {
		if err := (proto.InputImeSetComposition{Text: piece, SelectionStart: len([]rune(piece)), SelectionEnd: len([]rune(piece))}).Call(v.page); err != nil {
			v.t.Fatal(err)
		}
		v.settled()
	}
	if err := (proto.InputInsertText{Text: "پلی"}).Call(v.page); err != nil {
		v.t.Fatal(err)
	}
	v.settled()
	v.settled()
	first := strings.Fields(s.second)[0]
	v.tells(swapped + "\n~" + first + "~+پلی+" + strings.TrimPrefix(s.second, first))
	for range 5 { // as many steps as the words came in
		if v.told() != swapped+"\n"+s.second {
			v.key("Ctrl+z")
		}
	}
	v.tells(swapped + "\n" + s.second)
}

// suggestLines suggests whole paragraphs, and is told what cannot be.
func suggestLines(v *visitor, s suggestTale) {
	before, after, _ := strings.Cut(s.line, s.old)
	swapped := before + "~" + s.old + "~+" + s.new + "+" + after
	v.mark(strings.Fields(s.line)[1])
	v.key("Left")
	v.key("Enter") // in the middle of words that stand
	v.tells(swapped + "\n" + s.second)
	if said := v.element(`.suggestions [role=status]`).MustText(); !strings.Contains(said, "cannot be suggested") {
		v.t.Errorf("an Enter that cannot be suggested: %q", said)
	}
	v.key("Ctrl+End")
	v.write("\n" + s.third)
	v.settled()
	v.tells(swapped + "\n" + s.second + "\n+" + s.third + "+")

	// words chosen over two lines are struck, and the break between them stays
	v.page.MustEval(`() => {
		const lines = document.querySelectorAll(".ProseMirror p");
		getSelection().setBaseAndExtent(lines[0].firstChild, 3, lines[1].firstChild, 4);
	}`)
	v.settled()
	v.key("Backspace")
	if said := v.element(`.suggestions [role=status]`).MustText(); !strings.Contains(said, "break between them stays") {
		v.t.Errorf("a deletion over two lines: %q", said)
	}
	if got := v.told(); strings.Count(got, "\n") != 2 || !strings.HasPrefix(got, s.line[:len(string([]rune(s.line)[:3]))]+"~") {
		v.t.Errorf("over two lines: %q", got)
	}
	v.key("Ctrl+z")
	v.tells(swapped + "\n" + s.second + "\n+" + s.third + "+")
	v.mark(s.second)
	v.key("Backspace")
	v.tells(swapped + "\n~" + s.second + "~\n+" + s.third + "+")
}

// alone opens the editor once nobody else has it open: who left may come back
// for some seconds.
func (v *visitor) alone(story string) {
	v.t.Helper()
	for end := time.Now().Add(patience); ; {
		v.open(story)
		if !strings.Contains(v.text(), "has it open") || time.Now().After(end) {
			break
		}
	}
	v.open(story + "/edit")
}

// settleSome has the writer accept one by key, refuse one by mouse, and settle
// the last without scripts; then the article can go on.
func settleSome(p *program, rana, edda *visitor, story string, s suggestTale) {
	rana.alone(p.desk + story)
	rana.wait(`() => document.querySelectorAll(".suggestions li").length === 3`)
	rana.sees("Edda", s.new)
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		rana.t.Logf("not looked at by axe: %v", err)
	} else {
		rana.accessible("suggestions beside the text", string(axe))
		edda.accessible("suggestions of an article", string(axe))
	}
	rana.element(body).MustFocus()
	rana.key("Ctrl+Alt+.")
	rana.wait(`() => document.querySelector(".suggestions li").hasAttribute("data-here") && document.querySelectorAll(".looked-at").length === 2`)
	rana.key("Ctrl+Alt+a")
	standing := strings.Replace(s.line, s.old, s.new, 1)
	rana.tells(standing + "\n~" + s.second + "~\n+" + s.third + "+")
	rana.page.MustElementsX(`//*[contains(@class,"suggestions")]//li`)[0].MustElement(`[data-act=refuse]`).MustClick()
	rana.settled()
	rana.tells(standing + "\n" + s.second + "\n+" + s.third + "+")
	rana.save()
	rana.open(p.desk + story)
	rana.sees("accepted a suggestion by Edda", "refused a suggestion by Edda", "One suggested change is open")
	rana.press(`form[action$="/submit"] button`)

	edda.open(p.desk + story)
	edda.misses("Approve")
	edda.press(`.suggestions form[action$="/accept"] button[name=suggestion]`)
	edda.sees("Accepted.", s.third)
	edda.open(p.desk + story + "/history")
	edda.sees("accepted a suggestion of their own")
	rana.open(p.desk + story)
	rana.misses("suggested change is open")
}
