//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// body is the editor's text on the edit page.
const body = ".ProseMirror"

// named are the keys that tests write by name, between braces: {Enter}, {Ctrl+z}.
var named = map[string]input.Key{"Enter": input.Enter, "Tab": input.Tab, "Backspace": input.Backspace, "Escape": input.Escape, "Up": input.ArrowUp, "Down": input.ArrowDown,
	"Left": input.ArrowLeft, "Right": input.ArrowRight, "Home": input.Home, "End": input.End, "Ctrl": input.ControlLeft, "Shift": input.ShiftLeft, "Alt": input.AltLeft, "Space": input.Space}

// keys presses keys where the focus is: letters one by one as a person types
// them, and {names} of others.
func (v *visitor) keys(text string) {
	v.t.Helper()
	for text != "" {
		if name, rest, ok := strings.Cut(strings.TrimPrefix(text, "{"), "}"); ok && text[0] == '{' {
			v.together(strings.Split(name, "+"))
			text = rest
			continue
		}
		r := []rune(text)[0]
		text = strings.TrimPrefix(text, string(r))
		switch {
		case r == '\n':
			v.page.Keyboard.MustType(input.Enter)
		case r < 0x80:
			v.page.Keyboard.MustType(input.Key(r))
		default:
			v.page.MustInsertText(string(r))
		}
	}
}

func (v *visitor) together(names []string) {
	v.t.Helper()
	a := v.page.KeyActions()
	for i, name := range names {
		k, ok := named[name]
		if !ok {
			k = input.Key([]rune(name)[0])
		}
		if i < len(names)-1 {
			a = a.Press(k)
		} else {
			a = a.Type(k)
		}
	}
	a.MustDo()
}

// write types into the body, at its end.
func (v *visitor) write(text string) {
	v.t.Helper()
	v.element(body).MustFocus()
	v.keys(text)
}

// blank opens an empty article of an edition.
func (v *visitor) blank(p *program, edition int) {
	v.t.Helper()
	v.open(fmt.Sprintf("%s/articles/new?edition=%d", p.desk, edition))
	v.element(body)
}

// document is the body as the plain form would send it.
func (v *visitor) document() string {
	v.t.Helper()
	return v.page.MustEval(`() => new FormData(document.querySelector("form[data-edit]")).get("document")`).Str()
}

// shape is a document in few signs: type(attributes)[children], texts with
// their marks behind.
func shape(document string) string {
	type node struct {
		Type    string
		Text    string
		Attrs   map[string]any
		Content []json.RawMessage
		Marks   []json.RawMessage
	}
	var n node
	if err := json.Unmarshal([]byte(document), &n); err != nil {
		return err.Error() + ": " + document
	}
	var parts []string
	for _, c := range n.Content {
		parts = append(parts, shape(string(c)))
	}
	attrs := ""
	if len(n.Attrs) > 0 {
		a, _ := json.Marshal(n.Attrs)
		attrs = strings.NewReplacer(`"`, "").Replace(string(a))
	}
	switch n.Type {
	case "doc":
		return strings.Join(parts, " ")
	case "text":
		for _, m := range n.Marks {
			n.Text += "/" + shape(string(m))
		}
		return n.Text
	}
	if len(parts) > 0 {
		attrs += "[" + strings.Join(parts, "|") + "]"
	}
	return n.Type + attrs
}

func (v *visitor) is(want string) {
	v.t.Helper()
	got := shape(v.document())
	if got != want {
		v.t.Errorf("the text is\n%s\nwant\n%s", got, want)
	}
}

func (v *visitor) wait(js string, args ...any) {
	v.t.Helper()
	if err := rod.Try(func() { v.page.Timeout(patience).MustWait(js, args...) }); err != nil {
		v.t.Fatalf("never came true: %s\n%s", js, v.text())
	}
}

// save presses the button, waits for the revision, and opens it anew.
func (v *visitor) save() {
	v.t.Helper()
	v.element("[data-save]").MustClick()
	v.wait(`() => { const s = document.querySelector("[data-slot=state]").dataset; return s.state === "kept" && s.open === "false" }`)
	v.page.MustReload().MustWaitLoad()
	v.wait(`() => document.querySelector("[data-slot=state]").dataset.ready === "true"`)
}

// reload opens the page anew.
func (v *visitor) reload() {
	v.t.Helper()
	v.open(v.page.MustInfo().URL)
	v.element(body)
}

func TestTheEditor(t *testing.T) {
	p := start(t)
	b := browser(t)
	v := setUp(t, p, b)
	addPersian(v, p)
	go v.page.EachEvent(func(*proto.PageJavascriptDialogOpening) {
		proto.PageHandleJavaScriptDialog{Accept: true}.Call(v.page) // texts of these tests are left behind
	})()
	for _, c := range []struct {
		name string
		try  func(*visitor, *program)
	}{
		{"constructs by typing", typedConstructs},
		{"constructs by keys", keyedConstructs},
		{"quotation marks", typedQuotes},
		{"direction", directions},
		{"the archive in the link dialog", linkFromArchive},
		{"panels", panels},
		{"a picture", aPicture},
		{"find and replace", findAndReplace},
		{"undo over a reload", undoOverReload},
		{"the plain form", plainForm},
		{"the toolbar by keyboard", toolbarByKeyboard},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			v.t, p.t = t, t
			c.try(v, p)
			t.Logf("%v", time.Since(began).Round(time.Millisecond))
		})
	}
	v.t, p.t = t, t
	v.open(p.desk + "/")
}

func typedConstructs(v *visitor, p *program) {
	for _, c := range []struct{ typed, want string }{
		{"One.\nTwo.", "paragraph[One.] paragraph[Two.]"},
		{"## Head\nText", "heading{level:2}[Head] paragraph[Text]"},
		{"#### Small", "heading{level:4}[Small]"},
		{"> Said.\n— Mira Halden\nAfter", "quote{by:Mira Halden}[paragraph[Said.]] paragraph[After]"},
		{"> Said.{Tab}Mira{Enter}After", "quote{by:Mira}[paragraph[Said.]] paragraph[After]"},
		{"- a\nb\n\nc", "bullet_list[list_item[paragraph[a]]|list_item[paragraph[b]]] paragraph[c]"},
		{"3. a\n{Tab}b", "ordered_list{start:3}[list_item[paragraph[a]|ordered_list{start:1}[list_item[paragraph[b]]]]]"},
		{"۲. a", "ordered_list{start:2}[list_item[paragraph[a]]]"},
		{"- a\n{Tab}b{Shift+Tab}", "bullet_list[list_item[paragraph[a]]|list_item[paragraph[b]]]"},
		{"a\n___b", "paragraph[a] separator paragraph[b]"},
		{"::: fact ## Built\n- 1931", "note{kind:fact}[heading{level:2}[Built]|bullet_list[list_item[paragraph[1931]]]]"},
		{"a **b** *c* `d` e", "paragraph[a |b/strong| |c/emphasis| |d/code| e]"},
		{"see [here](https://a.example/x) now", "paragraph[see |here/link{href:https://a.example/x}| now]"},
		{"a{Shift+Enter}b", "paragraph[a|hard_break|b]"},
		{"## {Backspace}x", "paragraph[## x]"},
		{"> {Ctrl+z}x", "paragraph[> x]"},
		{"{Ctrl+b}a{Ctrl+b}b{Ctrl+i}c", "paragraph[a/strong|b|c/emphasis]"},
	} {
		v.blank(p, 1)
		v.write(c.typed)
		if got := shape(v.document()); got != c.want {
			v.t.Errorf("%q became\n%s\nwant\n%s", c.typed, got, c.want)
		}
	}
}

func keyedConstructs(v *visitor, p *program) {
	for _, c := range []struct{ typed, want string }{
		{"a{Ctrl+Alt+3}", "heading{level:3}[a]"},
		{"a{Ctrl+Alt+2}{Ctrl+Alt+0}", "paragraph[a]"},
		{"a{Ctrl+Shift+9}", "quote[paragraph[a]]"},
		{"a{Ctrl+Alt+2}{Ctrl+Shift+9}", "quote[paragraph[a]]"},
		{"a{Ctrl+Shift+9}{Ctrl+Shift+9}", "paragraph[a]"},
		{"a{Ctrl+Shift+8}{Ctrl+Shift+7}", "ordered_list{start:1}[list_item[paragraph[a]]]"},
		{"a{Ctrl+Shift+8}{Ctrl+[}", "paragraph[a]"},
		{"a{Ctrl+Alt+n}{Ctrl+Alt+b}", "note{kind:fact}[paragraph[a]]"},
		{"a{Ctrl+Alt+n}{Ctrl+Alt+n}", "paragraph[a]"},
		{"H{Ctrl+,}2{Ctrl+,}O m{Ctrl+.}2", "paragraph[H|2/subscript|O m|2/superscript]"},
		{"a{Ctrl+Alt+h}b", "paragraph[a] separator paragraph[b]"},
		{"{Ctrl+Alt+t}a{Tab}b{Enter}c{Tab}{Tab}d{Tab}{Tab}{Tab}{Tab}{Tab}{Tab}e", "table[" +
			"table_row[table_header[a]|table_header[b|hard_break|c]|table_header]|table_row[table_cell[d]|table_cell|table_cell]|" +
			"table_row[table_cell|table_cell|table_cell]|table_row[table_cell[e]|table_cell|table_cell]]"},
		{"{Ctrl+Alt+i}پل{Ctrl+Alt+i} x", "paragraph[پل/bdi| x]"},
	} {
		v.blank(p, 1)
		v.write(c.typed)
		if got := shape(v.document()); got != c.want {
			v.t.Errorf("%q became\n%s\nwant\n%s", c.typed, got, c.want)
		}
	}
}

func typedQuotes(v *visitor, p *program) {
	for _, c := range []struct {
		edition     int
		typed, want string
	}{
		{1, `"It's 'so'," he said. "No."`, "“It’s ‘so’,” he said. “No.”"},
		{1, `("a")`, "(“a”)"},
		{1, `a"{Backspace}b`, `a"b`},
		{1, `a "{Ctrl+z}b`, `a "b`},
		{1, "`\"` x", ""},
		{2, `گفت: "نه." "او 'بله' گفت"`, "گفت: «نه.» «او ‹بله› گفت»"},
		{2, `"یک "دو" سه"`, "«یک ‹دو› سه»"},
	} {
		v.blank(p, c.edition)
		v.write(c.typed)
		if c.want == "" {
			continue
		}
		v.is("paragraph[" + c.want + "]")
	}
}

func directions(v *visitor, p *program) {
	v.blank(p, 2)
	v.write("پل کهنه\nThe bridge 5\n2024\n\nسال 2023-2024 در Valmere Town بود")
	got := v.page.MustEval(`() => [...document.querySelectorAll(".ProseMirror > p")].map((p) => p.dir + (p.querySelector(".apart") ? ":" + [...p.querySelectorAll(".apart")].map((b) => b.textContent).join("|") : "")).join(" ")`).Str()
	if want := "rtl ltr rtl rtl rtl:2023-2024|Valmere Town"; got != want {
		v.t.Errorf("lines run %q, want %q", got, want)
	}
	if strings.Contains(v.document(), "dir") {
		v.t.Errorf("what is for the eye is stored: %s", v.document())
	}
	v.keys("{Home}{Shift+End}{Ctrl+Alt+l}")
	v.choose("dialog select", "fa")
	v.element("dialog .primary").MustClick()
	v.wait(`() => !document.querySelector("dialog")`)
	if !strings.Contains(v.document(), `{"type":"bdi","attrs":{"lang":"fa","dir":"rtl"}}`) {
		v.t.Errorf("the words' language is not kept: %s", v.document())
	}
}

func linkFromArchive(v *visitor, p *program) {
	v.blank(p, 1)
	v.fill("[name=headline]", "The ferry of Hollin")
	v.write("A ferry.")
	v.save()
	id := v.page.MustEval(`() => JSON.parse(document.getElementById("sheet").textContent).article`).Int()
	v.blank(p, 1)
	v.write("See the ferry{Ctrl+k}")
	v.element("dialog [role=combobox]")
	v.keys("hollin")
	v.wait(`() => document.querySelectorAll("dialog [role=option]").length > 0`)
	v.keys("{Down}{Enter}")
	v.sees("The ferry of Hollin · not public yet")
	v.keys("{Enter}")
	v.wait(`() => !document.querySelector("dialog")`)
	v.is(fmt.Sprintf("paragraph[See the ferry|The ferry of Hollin/link{href:/news/%d}]", id))
	// an address over marked words, and away again
	v.keys("{Shift+Home}{Ctrl+k}")
	v.keys("valmere.example{Enter}")
	v.wait(`() => !document.querySelector("dialog")`)
	v.is("paragraph[See the ferryThe ferry of Hollin/link{href:https://valmere.example}]")
	v.keys("{Left}")
	v.keys("{Ctrl+k}")
	v.element("dialog button.danger").MustClick()
	v.is("paragraph[See the ferryThe ferry of Hollin]")
}

func panels(v *visitor, p *program) {
	v.blank(p, 1)
	v.write("Built in 1931{Ctrl+Alt+f}")
	v.element("dialog textarea")
	v.keys("City archive, box 7{Tab}https://a.example/7{Enter}")
	v.wait(`() => !document.querySelector("dialog")`)
	v.keys("{Right}.{Enter}{Ctrl+Alt+e}")
	v.element("dialog input")
	v.keys("nonsense{Enter}")
	v.wait(`() => !document.querySelector("dialog .wrong").hidden`)
	v.element("dialog input").MustSelectAllText()
	v.keys("https://www.video.example/1{Tab}The opening{Enter}")
	v.wait(`() => !document.querySelector("dialog")`)
	v.keys("End")
	v.is("paragraph[Built in 1931|footnote{href:https://a.example/7,text:City archive, box 7}|.] embed{provider:video.example,title:The opening,url:https://www.video.example/1} paragraph[End]")
	// the focus stays in an open panel and goes back to the text
	v.keys("{Ctrl+k}")
	v.element("dialog input")
	for range 12 {
		v.keys("{Tab}")
		v.wait(`() => document.querySelector("dialog").contains(document.activeElement) || document.activeElement === document.body`)
	}
	v.keys("{Escape}")
	v.wait(`() => !document.querySelector("dialog") && document.activeElement.matches(".ProseMirror")`)
}

func aPicture(v *visitor, p *program) {
	v.blank(p, 1)
	v.write("Text{Ctrl+Alt+p}")
	picture := image.NewGray(image.Rect(0, 0, 40, 30))
	var data bytes.Buffer
	if err := png.Encode(&data, picture); err != nil {
		v.t.Fatal(err)
	}
	v.element("dialog input[type=file]").MustSetFiles(p.file("bridge.png", data.String()))
	fields := v.page.MustElements("dialog :is(textarea, input[type=text])")
	for i, text := range []string{"Five arches", "The bridge on Monday", "Jon Vale"} {
		fields[i].MustInput(text)
	}
	v.element("dialog .primary").MustClick()
	v.wait(`() => !document.querySelector("dialog")`)
	if got := shape(v.document()); !strings.HasPrefix(got, "paragraph[Text] image{alt:Five arches,caption:The bridge on Monday,credit:Jon Vale,height:30,src:/media/") {
		v.t.Errorf("the text is %s", got)
	}
	v.wait(`() => document.querySelector(".ProseMirror img").naturalWidth === 40`)
}

func findAndReplace(v *visitor, p *program) {
	v.blank(p, 2)
	v.write("كتاب و کتاب و می‌رود Price $5 price{Ctrl+f}")
	v.element(".findbar input")
	v.keys("کتاب")
	v.wait(`() => document.querySelectorAll(".ProseMirror-search-match, .ProseMirror-active-search-match").length === 2`)
	v.keys("{Enter}{Enter}")
	v.sees("2 of 2")
	v.element(".findbar input").MustSelectAllText()
	v.keys("price")
	v.wait(`() => document.querySelectorAll(".ProseMirror-search-match").length === 2`)
	v.page.MustElements(".findbar input[type=text]")[1].MustFocus()
	v.keys("$1&")
	v.page.MustElements(".findbar button")[3].MustClick()
	v.is("paragraph[كتاب و کتاب و می‌رود $1& $5 $1&]")
	v.keys("{Escape}{Ctrl+z}")
	v.is("paragraph[كتاب و کتاب و می‌رود Price $5 price]")
}

func undoOverReload(v *visitor, p *program) {
	v.blank(p, 1)
	v.fill("[name=headline]", "To be undone")
	v.write("One.")
	v.save()
	v.write("{Ctrl+End}")
	v.keys("{End} Two.")
	v.page.MustEval(`() => new Promise((r) => setTimeout(r, 900))`)
	v.keys(" Three.{Enter}{Enter}")
	v.page.MustEval(`() => new Promise((r) => setTimeout(r, 600))`)
	v.save()
	v.is("paragraph[One. Two. Three.] paragraph paragraph")
	v.write("{Ctrl+z}")
	v.is("paragraph[One. Two.]")
	v.keys("{Ctrl+z}")
	v.is("paragraph[One.]")
	v.keys("{Ctrl+Shift+z}{Ctrl+Shift+z}")
	v.is("paragraph[One. Two. Three.] paragraph paragraph")
	v.page.MustEval(`() => new Promise((r) => setTimeout(r, 600))`)
	v.reload()
	v.write("{Ctrl+z}{Ctrl+z}")
	v.is("paragraph[One.]")
}

// plainForm: the same article through the form without scripts and back loses
// nothing.
func plainForm(v *visitor, p *program) {
	v.blank(p, 1)
	v.fill("[name=headline]", "Both ways")
	v.write("> Said *so*.\n— Mira\n## Head\n- a\n{Tab}b")
	v.save()
	was := v.document()
	url := v.page.MustInfo().URL
	// the page as a browser without scripts has it: its form is sent as it stands
	got := v.page.MustEval(`(url) => new Promise((done) => {
		const ask = new XMLHttpRequest();
		ask.open("GET", url);
		ask.responseType = "document";
		ask.onload = () => {
			const form = ask.response.querySelector("form[data-edit]");
			const data = new URLSearchParams(new FormData(form));
			data.set("do", "save");
			fetch(form.getAttribute("action"), { method: "POST", body: data }).then((r) => done(r.status + " " + data.get("body")));
		};
		ask.send();
	})`, url).Str()
	if !strings.HasPrefix(got, "200 ") || !strings.Contains(got, "> — Mira") {
		v.t.Errorf("the plain form: %q", got)
	}
	v.reload()
	if got := v.document(); got != was {
		v.t.Errorf("through the plain form:\n%s\nbefore\n%s", got, was)
	}
}

func toolbarByKeyboard(v *visitor, p *program) {
	v.blank(p, 1)
	v.write("Words{Shift+Home}{Escape}{Shift+Tab}")
	v.wait(`() => document.activeElement.closest("[role=toolbar]") !== null`)
	v.keys("{Right}")
	at := v.page.MustEval(`() => document.activeElement.className`).Str()
	v.keys("{Enter}")
	if !strings.Contains(at, "tool-strong") {
		v.t.Errorf("the arrow went to %q", at)
	}
	v.is("paragraph[Words/strong]")
	v.keys("{Escape}{Shift+Tab}{Home}{Down}")
	v.wait(`() => document.activeElement.matches("[role^=menuitem]")`)
	v.keys("{Down}{Enter}")
	v.is("heading{level:2}[Words/strong]")
	stops := v.page.MustEval(`() => document.querySelectorAll('[role=toolbar] .tool[tabindex="0"]').length`).Int()
	if stops != 1 {
		v.t.Errorf("the toolbar has %d stops of the Tab key", stops)
	}
}
