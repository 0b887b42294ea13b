//go:build e2e

package e2e

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
	"golang.org/x/text/unicode/norm"
)

const clipFolder = "testdata/clips"

// clip is what a program put on the clipboard, and what must become of it.
type clip struct {
	name, html, text string
	Edition          string          `json:"edition"` // language of the article
	Program          string          `json:"program"`
	Made             string          `json:"made"` // "program": copied from it; "written": after what it writes
	Document         json.RawMessage `json:"document"`
	Left             []left          `json:"left,omitempty"`
	Gone             string          `json:"gone,omitempty"` // words of the plain text that are no words of the clip: signs of notes, letters from the wrong end
}

// left is a piece that the notice names.
type left struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

func readClips(t *testing.T) []clip {
	t.Helper()
	files, err := filepath.Glob(clipFolder + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no clips", err)
	}
	var clips []clip
	for _, file := range files {
		base := strings.TrimSuffix(file, ".json")
		c := clip{name: filepath.Base(base), html: readFile(t, base+".html"), text: readFile(t, base+".txt")}
		if err := json.Unmarshal([]byte(readFile(t, file)), &c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		clips = append(clips, c)
	}
	return clips
}

// readFile gives "" for a file that is not there: a clip may be text only.
func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(data)
}

func TestPaste(t *testing.T) {
	p, b := start(t), browser(t)
	owner := setUp(t, p, b)
	// These tests save beside the form: when the page asks whether it may be left, it may.
	go owner.page.EachEvent(func(*proto.PageJavascriptDialogOpening) {
		_ = proto.PageHandleJavaScriptDialog{Accept: true}.Call(owner.page)
	})()
	for _, part := range []struct {
		name string
		run  func(*testing.T, *program, *visitor)
	}{
		{"what programs copy", pasteClips}, {"what the clipboard and the keys do", pasteKeys}, {"into what is there", pasteInto},
		{"what is too large", pasteLarge}, {"pictures come to their place", pastePictures}, {"nothing runs", pasteVectors},
	} {
		t.Run(part.name, func(t *testing.T) {
			owner.t, p.t = t, t
			part.run(t, p, owner)
		})
	}
	owner.t, p.t = t, t
}

// draft opens a new article in a language, saved once so that it has a number.
func (v *visitor) draft(p *program, language string) {
	v.t.Helper()
	v.open(p.desk + "/articles/new")
	v.fill("[name=headline]", "A clip")
	v.page.MustEval(`language => { document.querySelector("[name=language]").value = language }`, language)
	v.save()
	v.element(body)
	if !strings.Contains(v.page.MustInfo().URL, "/edit") {
		v.open(v.page.MustInfo().URL + "/edit")
	}
	v.element(body).MustFocus()
}

// onClipboard puts formats on the browser's own clipboard, by a real copy.
func (v *visitor) onClipboard(html, text string) {
	v.t.Helper()
	v.page.MustEval(`(html, text) => { document.addEventListener("copy", e => {
		e.stopImmediatePropagation(); e.preventDefault();
		if (html) e.clipboardData.setData("text/html", html);
		e.clipboardData.setData("text/plain", text);
	}, {capture: true, once: true}) }`, html, text)
	v.command("KeyC", "c", 67, 2, "copy")
}

// command presses a key that the browser has a command for.
func (v *visitor) command(code, key string, number, modifiers int, commands ...string) {
	v.t.Helper()
	for _, kind := range []proto.InputDispatchKeyEventType{proto.InputDispatchKeyEventTypeRawKeyDown, proto.InputDispatchKeyEventTypeKeyUp} {
		err := proto.InputDispatchKeyEvent{Type: kind, Modifiers: modifiers, Key: key, Code: code, WindowsVirtualKeyCode: number, Commands: commands}.Call(v.page)
		if err != nil {
			v.t.Fatal(err)
		}
		commands = nil
	}
}

// paste presses Ctrl-V and waits until the page has seen the clipboard.
func (v *visitor) paste() {
	v.t.Helper()
	v.page.MustEval(`() => { window.pasted = false; document.addEventListener("paste", () => setTimeout(() => window.pasted = true), {capture: true, once: true}) }`)
	v.command("KeyV", "v", 86, 2, "paste")
	v.wait(`() => window.pasted`)
}

// empty takes everything out of the body.
func (v *visitor) empty() {
	v.t.Helper()
	v.element(body).MustFocus()
	v.command("KeyA", "a", 65, 2, "selectAll")
	v.page.Keyboard.MustType(input.Backspace)
	v.wait(`() => document.querySelector(".ProseMirror").textContent === ""`)
}

// keepNow saves as the form's own button would and gives what the server then has.
func (v *visitor) keepNow() string {
	v.t.Helper()
	return v.page.MustEval(`async () => {
		const form = document.querySelector("form[data-edit]"), data = new FormData(form);
		data.set("do", "save");
		const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(data)});
		const page = answer.ok && /<script type="application\/json" id="sheet">([^]*?)<\/script>/.exec(await (await fetch(location.href)).text());
		if (!page) return answer.status + " " + await answer.text();
		const sheet = JSON.parse(page[1]);
		form.elements.base.value = sheet.base;
		return JSON.stringify(sheet.document);
	}`).Str()
}

// noticed is what the notice below the text lists.
func (v *visitor) noticed() []left {
	v.t.Helper()
	var out []left
	said := v.page.MustEval(`() => JSON.stringify([...document.querySelectorAll(".pasted bdi")].map(e => ({kind: e.closest("[data-kind]").dataset.kind, text: e.textContent})))`).Str()
	if err := json.Unmarshal([]byte(said), &out); err != nil {
		v.t.Fatal(err)
	}
	return out
}

// pasteClips pastes every clip with the browser's own clipboard into the
// editor, saves, and reads what the server kept. UPDATE_CLIPS=1 writes what came out; read it before it is committed.
func pasteClips(t *testing.T, p *program, v *visitor) {
	clips := readClips(t)
	rtl := 0
	for _, language := range []string{"en", "fa", "ar"} { // Hebrew and Urdu clips are pasted into English articles
		v.t = t
		v.draft(p, language)
		for _, c := range clips {
			if c.Edition != language {
				continue
			}
			if rightToLeft(c.text) {
				rtl++
			}
			t.Run(c.name, func(t *testing.T) {
				v.t = t
				pasteClip(t, v, c)
			})
		}
	}
	v.t = t
	if t.Logf("%d clips, %d of them right to left", len(clips), rtl); len(clips) < 66 || rtl*3 < len(clips) {
		t.Error("the corpus has lost clips")
	}
}

// rightToLeft is true where most letters are.
func rightToLeft(text string) bool {
	right, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.In(r, unicode.Arabic, unicode.Hebrew) {
				right++
			}
		}
	}
	return right*2 > letters
}

func pasteClip(t *testing.T, v *visitor, c clip) {
	v.empty()
	v.onClipboard(c.html, c.text)
	v.paste()
	got, said := v.keepNow(), v.noticed()
	if os.Getenv("UPDATE_CLIPS") != "" {
		c.Document, c.Left = json.RawMessage(got), said
		writeClip(t, c)
		return
	}
	if g, want := compact(t, json.RawMessage(got)), compact(t, c.Document); g != want {
		t.Errorf("saved\n%s\nwant\n%s", g, want)
	}
	if g, w := listed(said), listed(c.Left); g != w {
		t.Errorf("the notice says\n%s\nwant\n%s", g, w)
	}
	if lost := lostWords(c.text, got+listed(said)); lost != c.Gone {
		t.Errorf("words of the clip are neither in the document nor in the notice: %s", lost)
	}
}

func listed(said []left) string {
	var b strings.Builder
	for _, l := range said {
		b.WriteString(l.Kind + ": " + l.Text + "\n")
	}
	return b.String()
}

func compact(t *testing.T, data json.RawMessage) string {
	t.Helper()
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	// As the browser writes it: keys in the order of the file are lost, so both sides go the same way.
	out, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func writeClip(t *testing.T, c clip) {
	t.Helper()
	out, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(clipFolder, c.name+".json"), append(out, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// lostWords gives the words of the clip's plain text that result does not
// have: words of two letters and more, whatever shape a printer gave them.
func lostWords(text, result string) string {
	plain := func(s string) string {
		s = strings.NewReplacer("\u00ad", "", "\u200b", "", `\u0026`, "&", "-\n", "").Replace(s)
		return strings.ToLower(norm.NFKC.String(s))
	}
	have := plain(result)
	var lost []string
	for _, word := range strings.FieldsFunc(plain(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && r != '\u200c' }) {
		if len([]rune(word)) > 1 && !strings.Contains(have, word) {
			lost = append(lost, word)
		}
	}
	return strings.Join(lost, " ")
}

// pasteKeys: one key takes a paste back, another pastes the words alone, and
// what is copied in the editor comes back whole.
func pasteKeys(t *testing.T, p *program, v *visitor) {
	v.draft(p, "en")
	html := `<h2>Head</h2><p>One <b>bold</b> word.</p><ul><li>a</li></ul><div class="share-bar"><a href="https://x.example/">Share</a></div><p>And so on and so on.</p>`
	v.page.MustInsertText("Typed before.")
	v.onClipboard(html, "Head\nOne bold word.\na\nShare\nAnd so on and so on.")
	v.paste()
	rich := v.keepNow()
	for _, want := range []string{`"heading"`, `"strong"`, `"bullet_list"`, "Typed before."} {
		if !strings.Contains(rich, want) {
			t.Errorf("no %s in %s", want, rich)
		}
	}
	v.sees("Share", "Only the words instead")
	v.page.KeyActions().Press(input.ControlLeft).Type(input.KeyZ).MustDo()
	if got := v.document(); !strings.HasSuffix(got, `"content":[{"type":"paragraph","content":[{"type":"text","text":"Typed before."}]}]}`) {
		t.Errorf("taken back: %s", got)
	}
	v.paste()
	v.element(".pasted button").MustClick() // only the words instead
	v.wait(`() => !document.querySelector(".ProseMirror h2")`)
	if got := v.document(); strings.Contains(got, "strong") || !strings.Contains(got, "Typed before.Head") || !strings.Contains(got, `"Share"`) {
		t.Errorf("only the words: %s", got)
	}
	v.empty()
	v.command("KeyV", "V", 86, 2|8) // Chromium's own key for it
	v.wait(`() => document.querySelector(".ProseMirror").textContent.includes("so on")`)
	if got := v.document(); strings.Contains(got, "strong") || strings.Contains(got, "heading") || strings.Count(got, `"paragraph"`) != 5 {
		t.Errorf("Ctrl-Shift-V: %s", got)
	}
	dropText(t, v)
	ownCopy(t, v, readFile(t, clipFolder+"/word-win-article-en.html"))
}

// dropText drops a piece of a page on the end of the text: it goes the way of a paste.
func dropText(t *testing.T, v *visitor) {
	v.empty()
	v.page.MustInsertText("Before. ")
	v.page.MustEval(`() => { const data = new DataTransfer(); data.setData("text/html", "<p>dropped <b>words</b></p><script>alert(1)</script>"); data.setData("text/plain", "dropped words");
		const p = document.querySelector(".ProseMirror p"), at = p.getBoundingClientRect();
		const r = document.createRange(); r.selectNodeContents(p); const end = r.getBoundingClientRect();
		p.dispatchEvent(new DragEvent("drop", {dataTransfer: data, clientX: end.right - 1, clientY: at.top + at.height / 2, bubbles: true, cancelable: true})) }`)
	if got := v.document(); !strings.Contains(got, `{"type":"text","text":"words","marks":[{"type":"strong"}]}`) || !strings.Contains(got, "Before.") || strings.Contains(got, "alert") {
		t.Errorf("dropped: %s", got)
	}
}

// ownCopy pastes a text with notes and a table, copies all of it in the editor and pastes it again.
func ownCopy(t *testing.T, v *visitor, html string) {
	v.empty()
	v.onClipboard(html+readFile(t, clipFolder+"/word-win-table-en.html"), "x")
	v.paste()
	first := v.keepNow()
	if !strings.Contains(first, `"footnote"`) || !strings.Contains(first, `"table"`) {
		t.Fatalf("nothing to copy: %s", first)
	}
	v.command("KeyA", "a", 65, 2, "selectAll")
	v.command("KeyC", "c", 67, 2, "copy")
	v.empty()
	v.paste()
	if again := v.keepNow(); again != first {
		t.Errorf("copied in the editor and pasted\n%s\nwas\n%s", again, first)
	}
}

// pasteInto: into the middle of a line, into a cell, into a list, over a selection.
func pasteInto(t *testing.T, p *program, v *visitor) {
	v.draft(p, "en")
	two := `<p>one <i>word</i></p><h2>Head</h2><p>last</p>`
	v.page.MustInsertText("AB")
	v.page.Keyboard.MustType(input.ArrowLeft)
	v.onClipboard(two, "x")
	v.paste()
	v.same(`[{"type":"paragraph","content":[{"type":"text","text":"Aone "},{"type":"text","text":"word","marks":[{"type":"emphasis"}]}]},{"attrs":{"level":2},"type":"heading","content":[{"type":"text","text":"Head"}]},{"type":"paragraph","content":[{"type":"text","text":"lastB"}]}]`)
	v.page.MustInsertText("!") // the cursor stands behind what was pasted
	if !strings.Contains(v.document(), "last!B") {
		t.Errorf("the cursor is elsewhere: %s", v.document())
	}
	v.empty()
	v.onClipboard(`<table><tr><td>a</td><td>b</td></tr></table>`, "x")
	v.paste()
	v.page.MustEval(`() => { const td = document.querySelector(".ProseMirror td"), r = document.createRange(); document.querySelector(".ProseMirror").focus(); r.selectNodeContents(td); r.collapse(false); getSelection().removeAllRanges(); getSelection().addRange(r) }`)
	v.onClipboard(two, "x")
	v.paste()
	if got := v.keepNow(); !strings.Contains(got, `"aone "`) || !strings.Contains(got, `"b"`) || strings.Count(got, "table_cell") != 2 || strings.Count(got, "hard_break") != 2 {
		t.Errorf("into a cell: %s", got)
	}
	v.empty()
	v.onClipboard(`<ul><li>item</li></ul>`, "x")
	v.paste()
	v.onClipboard(two, "x")
	v.paste()
	if got := v.keepNow(); !strings.Contains(got, "itemone ") || !strings.Contains(got, `{"type":"text","text":"Head","marks":[{"type":"strong"}]}`) {
		t.Errorf("into a list: %s", got)
	}
}

// same compares the content of the document.
func (v *visitor) same(content string) {
	v.t.Helper()
	var got struct{ Content json.RawMessage }
	if err := json.Unmarshal([]byte(v.document()), &got); err != nil {
		v.t.Fatal(err)
	}
	if g, w := compact(v.t, got.Content), compact(v.t, json.RawMessage(content)); g != w {
		v.t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

// pasteLarge: what no article can hold is said, nothing is lost and the page lives.
func pasteLarge(t *testing.T, p *program, v *visitor) {
	v.draft(p, "en")
	v.page.MustInsertText("Stays.")
	before := v.keepNow()
	for name, js := range map[string]string{
		"50 MB of markup":  `"<p>" + "<b>many</b> words ".repeat(50 * 1024 * 1024 / 18) + "</p>", "many words ".repeat(500000)`,
		"3 MB of text":     `"", "many words of a text\n".repeat(150000)`,
		"deep quotes":      `"<blockquote>".repeat(100000) + "deep" + "</blockquote>".repeat(100000), "deep"`,
		"2.5 MB formatted": `"<p>many <b>words</b> of a text</p>".repeat(80000), "many words of a text\n".repeat(80000)`,
	} {
		took := v.page.MustEval(`() => { const data = new DataTransfer(), began = performance.now(); const say = (html, text) => { if (html) data.setData("text/html", html); data.setData("text/plain", text) }; say(` + js + `);
			document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
			return performance.now() - began }`).Num()
		t.Logf("%s: %.0f ms", name, took)
		if name == "deep quotes" {
			if got := v.keepNow(); !strings.Contains(got, "deep") {
				t.Errorf("%s: %.300s", name, got)
			}
			v.page.KeyActions().Press(input.ControlLeft).Type(input.KeyZ).MustDo()
			continue
		}
		v.sees("Nothing was pasted, nothing is lost")
		if got := v.keepNow(); got != before {
			t.Errorf("%s: the text is now %.300s", name, got)
		}
	}
}

// pastePictures: pictures in the clip are sent to the desk; one key takes the whole paste back.
func pastePictures(t *testing.T, p *program, v *visitor) {
	v.draft(p, "en")
	v.page.MustEval(`async () => {
		const c = document.createElement("canvas"); c.width = 40; c.height = 30; c.getContext("2d").fillRect(0, 0, 20, 20);
		window.picture = c.toDataURL("image/png");
	}`)
	html := `"<p>Before.</p><p><img alt='A pier' src='" + window.picture + "'></p><p>After.</p>"`
	v.page.MustEval(`() => { const data = new DataTransfer(); data.setData("text/html", ` + html + `); data.setData("text/plain", "Before. After.");
		document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) }`)
	v.wait(`() => !!document.querySelector(".ProseMirror img")`)
	got := v.keepNow()
	at := func(s string) int { return strings.Index(got, s) }
	if !strings.Contains(got, `"src":"/media/`) || !strings.Contains(got, `"A pier"`) || at("Before") > at("/media/") || at("/media/") > at("After") {
		t.Errorf("saved %s", got)
	}
	v.element(body).MustFocus()
	v.page.KeyActions().Press(input.ControlLeft).Type(input.KeyZ).MustDo()
	v.wait(`() => document.querySelector(".ProseMirror").textContent === ""`)
}

// pasteVectors pastes everything that internal/doc's tests try, without the page's policy: nothing may run.
func pasteVectors(t *testing.T, p *program, v *visitor) {
	if err := (proto.PageSetBypassCSP{Enabled: true}).Call(v.page); err != nil {
		t.Fatal(err)
	}
	defer proto.PageSetBypassCSP{Enabled: false}.Call(v.page)
	v.draft(p, "en")
	v.page.MustEval(`() => { window.ran = 0; window.alert = () => { window.ran++ }; window.msgbox = window.alert }`)
	vectors := vectorsOf(t)
	for _, source := range vectors {
		for _, html := range []string{source, "<p>before " + source + " after</p>", `<p data-pm-slice="1 1 []" data-broadsheet>` + source + "</p>"} {
			v.page.MustEval(`html => { const data = new DataTransfer(); data.setData("text/html", html); data.setData("text/plain", "x");
				document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) }`, html)
		}
	}
	// What is left is looked at as a person would: everything is pointed at, focused and clicked.
	v.page.MustEval(`async () => { for (const e of document.querySelectorAll(".ProseMirror *")) { for (const n of ["mouseover", "focus", "click"]) e.dispatchEvent(new Event(n, {bubbles: true})); } await new Promise(done => setTimeout(done, 200)) }`)
	if ran := v.page.MustEval(`() => window.ran`).Int(); ran != 0 {
		t.Errorf("%d scripts ran", ran)
	}
	bad := v.page.MustEval(`() => [...document.querySelectorAll(".ProseMirror *")].filter(e => [...e.attributes].some(a => /^on/.test(a.name) || /^\s*(javascript|vbscript|data):/i.test(a.value)) || /^(script|style|iframe|object|embed|form|svg|math)$/i.test(e.nodeName)).map(e => e.outerHTML).join("\n")`).Str()
	if bad != "" {
		t.Errorf("stands in the page:\n%s", bad)
	}
	t.Logf("%d vectors, each three ways", len(vectors))
}

// vectorsOf reads the list in internal/doc's tests, so that there is one list.
func vectorsOf(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../internal/doc/xss_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "xssVectors" {
			return true
		}
		ast.Inspect(spec, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					out = append(out, s)
				}
			}
			return true
		})
		return false
	})
	if len(out) < 100 {
		t.Fatalf("%d vectors found", len(out))
	}
	return out
}
