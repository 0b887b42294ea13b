//go:build e2e

package e2e

import (
	"encoding/json"
	"flag"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
	"pgregory.net/rapid"

	"broadsheet/internal/doc"
)

// checked waits until the copy check has answered once more than before.
func (v *visitor) checked(do func()) {
	v.t.Helper()
	before := v.page.MustEval(`() => performance.getEntriesByName("check").length`).Int()
	do()
	v.wait(`n => performance.getEntriesByName("check").length > n`, before)
}

// checkedOnce waits for the first answer on a page.
func (v *visitor) checkedOnce() {
	v.t.Helper()
	v.wait(`() => performance.getEntriesByName("check").length > 0`)
}

// underlined are the words marked in the text, parted by strokes.
func (v *visitor) underlined() string {
	v.t.Helper()
	return v.page.MustEval(`() => [...document.querySelectorAll(".ProseMirror .finding")].map(e => e.textContent).join("|")`).Str()
}

// listed are the words of the margin's list.
func (v *visitor) listed() string {
	v.t.Helper()
	return v.page.MustEval(`() => [...document.querySelectorAll("#checks li mark")].map(e => e.textContent).join("|")`).Str()
}

func (v *visitor) paragraphs() string {
	v.t.Helper()
	return v.page.MustEval(`() => [...document.querySelectorAll(".ProseMirror > *")].map(e => e.textContent).join("\n")`).Str()
}

func (v *visitor) chord(keys ...input.Key) {
	v.t.Helper()
	a := v.page.KeyActions()
	for _, k := range keys[:len(keys)-1] {
		a = a.Press(k)
	}
	a.Type(keys[len(keys)-1]).MustDo()
}

// leaves lets the browser leave unsaved words behind without asking.
func (v *visitor) leaves() {
	go v.page.EachEvent(func(e *proto.PageJavascriptDialogOpening) {
		proto.PageHandleJavaScriptDialog{Accept: true}.Call(v.page)
	})()
}

func TestTheCopyCheck(t *testing.T) {
	p := start(t)
	b := browser(t)
	owner := setUp(t, p, b)
	addPersian(owner, p)
	owner.leaves()

	t.Run("marks, walks, mends with one key and one undo, puts off", func(t *testing.T) {
		owner.t = t
		checkWalk(owner, p)
	})
	t.Run("the paper's own rule: in the headline, in the way, and out of it", func(t *testing.T) {
		owner.t = t
		checkStyle(owner, p)
	})
	t.Run("waits without a line", func(t *testing.T) {
		owner.t = t
		checkOffline(owner, p)
	})
	t.Run("is fast", func(t *testing.T) {
		owner.t = t
		checkFast(owner, p)
	})
}

func checkWalk(v *visitor, p *program) {
	t := v.t
	v.open(p.desk + "/articles/new")
	v.fill("[name=headline]", "A bridge opens")
	v.checked(func() { v.write("The mayor said the the pier is safe.\nIt opens on on Sunday. It was a a start.") })
	if got, want := v.underlined(), "the the|on on|a a"; got != want {
		t.Fatalf("underlined %q, want %q", got, want)
	}
	if got := v.listed(); got != "the the|on on|a a" {
		t.Errorf("listed %q", got)
	}
	// Marks move with what is typed before them, before any answer.
	v.checked(func() {
		v.page.MustEval(`() => { const s = getSelection(); s.collapse(document.querySelector(".ProseMirror p").firstChild, 0) }`)
		v.page.MustInsertText("🚢 Now ")
		if got := v.underlined(); got != "the the|on on|a a" {
			t.Errorf("after typing before them: %q", got)
		}
	})
	// Walk to the second, mend it, undo the mending in one step.
	v.element(body).MustFocus()
	v.chord(input.F8)
	v.chord(input.F8)
	if got := v.page.MustEval(`() => getSelection().toString()`).Str(); got != "on on" {
		t.Fatalf("stands on %q", got)
	}
	v.checked(func() { v.chord(input.AltLeft, input.Enter) })
	if got := v.paragraphs(); got != "🚢 Now The mayor said the the pier is safe.\nIt opens on Sunday. It was a a start." {
		t.Errorf("mended: %q", got)
	}
	v.checked(func() { v.chord(input.ControlLeft, input.KeyZ) })
	if got := v.paragraphs(); got != "🚢 Now The mayor said the the pier is safe.\nIt opens on on Sunday. It was a a start." {
		t.Errorf("undone: %q", got)
	}
	// Put the first off; it stays so after a reload of the saved article.
	v.chord(input.ShiftLeft, input.F8)
	for v.page.MustEval(`() => getSelection().toString()`).Str() != "the the" {
		v.chord(input.ShiftLeft, input.F8)
	}
	v.chord(input.AltLeft, input.ShiftLeft, input.Enter)
	if got := v.underlined(); got != "on on|a a" {
		t.Errorf("put off: underlined %q", got)
	}
	if got := v.listed(); got != "on on|a a" {
		t.Errorf("put off: listed %q", got)
	}
	v.sees("Put off here: 1.")
	v.save()
	v.checkedOnce()
	if id := v.page.MustEval(`() => JSON.parse(document.getElementById("sheet").textContent).article`).Int(); id == 0 {
		t.Errorf("the article has no number")
	}
	v.page.MustReload().MustWaitLoad()
	v.checkedOnce()
	v.sees("Put off here: 1.")
	v.element(`#checks li [data-of]`)
	// The buttons do the same as the keys.
	v.checked(func() { v.element(`#checks li .fix .small:not(.plain)`).MustClick() })
	if strings.Contains(v.listed(), "on on") && strings.Count(v.listed(), "|") > 1 {
		t.Errorf("after the button: %q", v.listed())
	}
	if live := v.page.MustEval(`() => document.querySelector("#checks [role=status]").textContent`).Str(); live == "" {
		t.Error("nothing is said to a screen reader")
	}
}

func checkStyle(v *visitor, p *program) {
	t := v.t
	v.open(p.desk + "/style/new")
	v.fill("[name=name]", "percent")
	v.fill("[name=pattern]", "per cent")
	v.fill("[name=fix]", "percent")
	v.element("[name=level][value=block]").MustClick()
	v.press("main form button.primary")
	v.press("main form[action$=state] button.primary")
	v.sees("The rule is on")
	v.open(p.desk + "/articles/new")
	v.fill("[name=headline]", "Up 3 per cent")
	v.choose("[name=section]", "1")
	v.checked(func() { v.write("It rose 3 per cent.") })
	if got := v.listed(); got != "per cent|per cent" {
		t.Fatalf("listed %q", got)
	}
	v.press(`[name=do][value=submit]`)
	v.sees("stands in the way")
	v.checkedOnce()
	v.element(body).MustFocus()
	v.chord(input.ShiftLeft, input.F8)
	if got := v.page.MustEval(`() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)`).Str(); got != "per cent" {
		t.Fatalf("in the headline stands %q", got)
	}
	v.checked(func() { v.chord(input.AltLeft, input.Enter) })
	if got := v.page.MustEval(`() => document.querySelector("[name=headline]").value`).Str(); got != "Up 3 percent" {
		t.Errorf("the headline is %q", got)
	}
	v.chord(input.F8)
	v.checked(func() { v.chord(input.AltLeft, input.Enter) })
	if got := v.paragraphs(); got != "It rose 3 percent." {
		t.Errorf("the text is %q", got)
	}
	v.press(`[name=do][value=submit]`)
	v.sees("Submitted")
}

func checkOffline(v *visitor, p *program) {
	v.open(p.desk + "/articles/new")
	v.checkedOnce()
	proto.NetworkEnable{}.Call(v.page)
	offline := proto.NetworkEmulateNetworkConditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}
	if err := offline.Call(v.page); err != nil {
		v.t.Fatal(err)
	}
	v.write("It was a a start.")
	defer func() {
		offline.Offline = false
		offline.Call(v.page)
	}()
	v.wait(`() => document.querySelector("#checks").innerText.includes("The check waits")`)
	offline.Offline = false
	v.checked(func() {
		if err := offline.Call(v.page); err != nil {
			v.t.Fatal(err)
		}
	})
	if got := v.underlined(); got != "a a" {
		v.t.Errorf("after the line is back: %q", got)
	}
	if strings.Contains(v.text(), "The check waits") {
		v.t.Error("still says that it waits")
	}
}

// checkFast measures the whole call in the browser for 1,500 words: from the
// moment the copy is gathered until the marks stand.
func checkFast(v *visitor, p *program) {
	sentence := "The council met on Monday and spoke of the the pier, the mayor said, while the harbour waited for an answer. "
	var blocks []string
	for words := 0; words < 1500; words += 5 * len(strings.Fields(sentence)) {
		blocks = append(blocks, strings.TrimSpace(strings.Repeat(sentence, 5)))
	}
	v.open(v.page.MustEval(`async text => {
		const r = await fetch("/articles", { method: "POST", body: new URLSearchParams({ token: "fast", edition: "1", section: "1", headline: "Long", body: text }) });
		return r.url;
	}`, strings.Join(blocks, "\n\n")).Str())
	v.checkedOnce()
	var took []float64
	for range 8 {
		v.checked(func() {
			v.page.MustEval(`() => { const s = getSelection(); s.collapse(document.querySelector(".ProseMirror p").firstChild, 0) }`)
			v.page.MustInsertText("x")
		})
		took = append(took, v.page.MustEval(`() => performance.getEntriesByName("check").at(-1).duration`).Num())
	}
	v.t.Logf("1,500 words, the whole call: %.0f ms", took)
	best := took[0]
	for _, ms := range took {
		best = min(best, ms)
	}
	if best > 100 {
		v.t.Errorf("the fastest of %d calls took %.0f ms, at most 100 are allowed", len(took), best)
	}
}

// TestPlacesOfTheCheck compares, on random documents, the lines that the
// script finds in the editor's tree with doc.Body.Paragraphs.
func TestPlacesOfTheCheck(t *testing.T) {
	cmd := exec.Command("go", "tool", "esbuild", "--bundle", "--format=iife", "--target=es2022", "--sourcefile=places.ts", "--loader=ts")
	cmd.Dir = "../desk-ui/src"
	cmd.Stdin = strings.NewReader(`
		import { linesOf } from "./check/lines";
		import { fromDocument } from "./editor/document";
		(globalThis as any).lines = (json: string) => {
			const doc = fromDocument(JSON.parse(json));
			return linesOf(doc).map(l => {
				const chars = [...l.text];
				l.at.forEach((pos, i) => {
					const c = chars[i]!, there = doc.textBetween(pos, pos + c.length, "", "\n");
					if (there !== c && !/^[\p{White_Space}]*$/u.test(there)) throw new Error("at " + pos + " stands " + JSON.stringify(there) + ", not " + JSON.stringify(c));
				});
				if (l.at.length && l.at.length !== chars.length) throw new Error(l.at.length + " places of " + chars.length);
				return l.text;
			});
		};`)
	bundle, err := cmd.Output()
	if err != nil {
		t.Fatalf("bundle: %v", err)
	}
	page := browser(t).MustPage("about:blank").Timeout(time.Minute)
	page.MustEval(`source => { const s = document.createElement("script"); s.textContent = source; document.head.append(s) }`, string(bundle))
	flag.Set("rapid.checks", "1500")
	rapid.Check(t, func(t *rapid.T) {
		sent := genDocument(t)
		var body doc.Body
		if err := body.UnmarshalJSON([]byte(sent)); err != nil {
			t.Fatalf("%s: %v", sent, err)
		}
		want := []string{}
		for _, p := range body.Paragraphs() {
			want = append(want, p.Text)
		}
		res, err := page.Eval(`json => lines(json)`, sent)
		if err != nil {
			t.Fatalf("%s\n%v", sent, err)
		}
		var got []string
		if err := res.Value.Unmarshal(&got); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
			t.Fatalf("%s\nscript  %q\npackage %q", sent, got, want)
		}
	})
}

var pieces = []string{"a", "Mira", " ", " ", "  ", "پل", "می‌شود", "🚢", "e\u0301", "\u00a0", "\u200f", "\t", "\u2028", "\ufeff", "\u0085", "\r\n", " \n ", "\u0007", "—", "- ", "the the", "\U0001fffe"}

func genWords(t *rapid.T, label string, least int) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), least, 5).Draw(t, label), "")
}

type object = map[string]any

func genRuns(t *rapid.T) []any {
	runs := []any{}
	for range rapid.IntRange(0, 5).Draw(t, "runs") {
		kind := rapid.IntRange(0, 7).Draw(t, "run")
		var marks []any
		if doc.Version > 1 {
			for _, name := range []string{"inserted", "deleted"} {
				if rapid.IntRange(0, 3).Draw(t, name) == 0 {
					marks = append(marks, object{"type": name, "attrs": object{"id": "abcdefgh", "by": 1, "at": 1}})
				}
			}
		}
		run := object{"type": "text", "text": genWords(t, "text", 1)}
		switch {
		case kind == 0:
			run = object{"type": "hard_break"}
		case kind == 1 && doc.Version > 1:
			run = object{"type": "footnote", "attrs": object{"text": genWords(t, "note", 1) + "x"}}
		case kind == 2:
			marks = append(marks, object{"type": "strong"})
		}
		if marks != nil && run["type"] == "text" {
			run["marks"] = marks
		}
		if n := len(runs); n > 0 && run["type"] == "text" && runs[n-1].(object)["type"] == "text" && fmt.Sprint(runs[n-1].(object)["marks"]) == fmt.Sprint(run["marks"]) {
			continue // the editor's tree has one run for both
		}
		runs = append(runs, run)
	}
	return runs
}

func genNode(t *rapid.T, kinds []string, depth int) object {
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	if depth > 2 {
		kind = "paragraph"
	}
	flow := []string{"paragraph", "paragraph", "quote", "bullet_list", "image", "embed", "separator", "table"}
	many := func(kinds []string) []any {
		out := []any{}
		for range rapid.IntRange(1, 3).Draw(t, "blocks") {
			out = append(out, genNode(t, kinds, depth+1))
		}
		return out
	}
	n := object{"type": kind}
	switch kind {
	case "paragraph":
		n["content"] = genRuns(t)
	case "heading":
		n["attrs"], n["content"] = object{"level": 2}, genRuns(t)
	case "quote":
		n["content"] = many(flow)
		if rapid.Bool().Draw(t, "named") {
			n["attrs"] = object{"by": genWords(t, "by", 0)}
		}
	case "bullet_list":
		n["content"] = []any{object{"type": "list_item", "content": many(flow)}, object{"type": "list_item", "content": many(flow)}}
	case "note":
		n["attrs"], n["content"] = object{"kind": "fact"}, many(append(flow, "heading"))
	case "image":
		n["attrs"] = object{"src": "/media/ab/x.jpg", "alt": "x", "caption": genWords(t, "caption", 0), "credit": genWords(t, "credit", 0)}
	case "embed":
		n["attrs"] = object{"url": "https://v.example/1", "title": rapid.SampledFrom([]string{"", "Film", "https://v.example/1", " a "}).Draw(t, "title"), "provider": genWords(t, "provider", 0)}
	case "table":
		var rows []any
		for range 2 {
			rows = append(rows, object{"type": "table_row", "content": []any{object{"type": "table_header", "content": genRuns(t)}, object{"type": "table_cell", "content": genRuns(t)}}})
		}
		n["content"] = rows
	}
	return n
}

func genDocument(t *rapid.T) string {
	content := []any{}
	for range rapid.IntRange(1, 4).Draw(t, "top") {
		content = append(content, genNode(t, []string{"paragraph", "heading", "quote", "bullet_list", "note", "image", "embed", "separator", "table"}, 0))
	}
	raw, err := json.Marshal(object{"type": "doc", "version": doc.Version, "content": content})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
