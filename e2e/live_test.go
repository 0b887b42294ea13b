//go:build e2e

package e2e

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// newsroomOf is a paper with an owner and two editors at their desks, and one
// story.
func newsroomOf(t *testing.T) (p *program, owner, edda, kolya *visitor, story string) {
	t.Helper()
	p = start(t)
	b := browser(t)
	owner = setUp(t, p, b)
	for _, who := range []string{"edda", "kolya"} {
		p.run(password+"\n", "user", "add", who+"@valmere.example", "--role", "editor", "--name", map[string]string{"edda": "Edda Elm", "kolya": "Kolya Kerr"}[who], "--password-stdin")
	}
	edda, kolya = signIn(t, p, b, "edda"), signIn(t, p, b, "kolya")
	return p, owner, edda, kolya, p.desk + "/articles/" + p.arrive("harbour", "Harbour wall holds")
}

// arrive imports a dispatch and returns its News ID.
func (p *program) arrive(name, headline string) string {
	p.t.Helper()
	out := p.run("", "import", "text", p.file(name+".txt", headline+"\nVALMERE, Ostland (Dispatches) -- The new harbour wall of Valmere held through the highest tide in forty years.\n\"Not a stone moved,\" said harbour master Jon Alder.\n"), "--edition", "en")
	id := regexp.MustCompile(`News ID (\d+)`).FindStringSubmatch(out)
	if id == nil {
		p.t.Fatalf("import said: %s", out)
	}
	return id[1]
}

// another opens one more window of the same browser.
func (v *visitor) another(url string) *visitor {
	v.t.Helper()
	w := &visitor{t: v.t, page: v.page.Browser().MustPage().Timeout(2 * patience)}
	w.open(url)
	return w
}

// says waits until an element says something, without a reload.
func (v *visitor) says(selector, words string) {
	v.t.Helper()
	v.wait(`(s, w) => [...document.querySelectorAll(s)].some((e) => !e.closest("[hidden]") && e.textContent.includes(w))`, selector, words)
}

func (v *visitor) click(selector string) {
	v.t.Helper()
	v.element(selector).MustClick()
}

// shot keeps a picture of the page where BROADSHEET_SHOTS says so.
func (v *visitor) shot(name string) {
	v.t.Helper()
	dir := os.Getenv("BROADSHEET_SHOTS")
	if dir == "" {
		return
	}
	for _, width := range []int{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			v.page.MustSetViewport(width, 900, 1, false)
			proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}.Call(v.page)
			data := v.page.MustScreenshotFullPage()
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), data, 0o600); err != nil {
				v.t.Fatal(err)
			}
		}
	}
	v.page.MustSetViewport(1280, 900, 1, false)
}

// TestTwoPeopleOneStory: the holder is seen by everyone, the article passes on
// politely, nothing typed is lost, and no page is loaded again for it.
func TestTwoPeopleOneStory(t *testing.T) {
	p, owner, edda, kolya, story := newsroomOf(t)
	row := ".stories li"
	owner.open(p.desk + "/")
	kolya.open(p.desk + "/")
	watching := signIn(t, p, kolya.page.Browser(), "kolya")
	watching.open(story)
	owner.page.MustEval(`() => { window.still = true }`)

	edda.open(story + "/edit")
	owner.says(row, "Edda Elm has it open")
	watching.says("[data-live=holder]", "Edda Elm has it open")
	edda.write("Mine. ")

	kolya.open(story + "/edit")
	kolya.says("[data-slot=holder]", "Edda Elm has it open")
	kolya.wait(`() => document.querySelector(".ProseMirror").contentEditable === "false"`)
	kolya.shot("held")
	kolya.click("[data-slot=holder] button.primary")
	edda.says("[data-slot=holder] [role=alert]", "Kolya Kerr asks to take over.")
	edda.shot("asked")
	edda.click("[data-slot=holder] button:not(.primary)")
	kolya.says("[data-slot=holder]", "asks for a moment")
	edda.click("[data-slot=holder] button.primary")

	// what was typed stays where it was typed, to be read
	edda.says("[data-slot=holder]", "Kolya Kerr has it now. All you typed is kept.")
	edda.wait(`() => document.querySelector(".ProseMirror").contentEditable === "false" && document.querySelector(".ProseMirror").textContent.includes("Mine. ")`)
	kolya.wait(`() => document.querySelector(".ProseMirror").contentEditable === "true" && document.querySelector("[data-slot=holder]").hidden`)
	owner.says(row, "Kolya Kerr has it open")

	kolya.fill("[name=headline]", "Harbour wall holds, by Kolya")
	kolya.save()
	owner.says(row, "Harbour wall holds, by Kolya")
	watching.says("[data-live-saved]", "Kolya Kerr saved a newer text")
	watching.shot("saved-elsewhere")
	edda.says("[data-slot=holder]", "Kolya Kerr saved revision")
	owner.says("[data-announce]", "Kolya Kerr: Harbour wall holds, by Kolya")

	// left: nobody has it
	kolya.open(p.desk + "/")
	owner.wait(`() => !document.querySelector(".stories").textContent.includes("has it open")`)
	if !owner.page.MustEval(`() => window.still === true`).Bool() {
		t.Error("the list was loaded again")
	}
	owner.open(story + "/history")
	owner.sees("Kolya Kerr took it over from Edda Elm.")
}

// TestAnArticlePassesOnWithoutAnAnswer: thirty seconds, in real time.
func TestAnArticlePassesOnWithoutAnAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits half a minute")
	}
	_, _, edda, kolya, story := newsroomOf(t)
	edda.open(story + "/edit")
	edda.write("Typed last. ")
	kolya.open(story + "/edit")
	kolya.click("[data-slot=holder] button.primary")
	kolya.says("[data-slot=holder]", "Without an answer it passes to you")
	patient := kolya.page.Timeout(2 * patience)
	if err := rod.Try(func() {
		patient.MustWait(`() => document.querySelector(".ProseMirror")?.contentEditable === "true"`)
	}); err != nil {
		t.Fatalf("it never passed on: %s", kolya.text())
	}
	edda.says("[data-slot=holder]", "Kolya Kerr has it now")
	if text := edda.element(body).MustText(); len(text) < 12 || text[:12] != "Typed last. " {
		t.Errorf("what was typed: %q", text)
	}
}

// TestTheListMovesWithoutMovingTheReader: who has scrolled is told, and nothing
// moves; the focus stays at its row.
func TestTheListMovesWithoutMovingTheReader(t *testing.T) {
	p, owner, edda, _, _ := newsroomOf(t)
	for i := range 14 {
		p.arrive(fmt.Sprint("s", i), fmt.Sprintf("Story number %02d", i))
	}
	owner.page.MustSetViewport(900, 500, 1, false)
	owner.open(p.desk + "/")
	oldest := owner.page.MustEval(`() => document.querySelector(".stories li:last-child a").href`).Str()
	owner.page.MustEval(`() => { scrollTo(0, 600); document.querySelector(".stories li:nth-child(12) a").focus({preventScroll: true}) }`)
	before := owner.page.MustEval(`() => document.querySelector(".stories li:nth-child(12)").getBoundingClientRect().top`).Num()

	change := func(headline string) {
		edda.open(oldest + "/edit")
		edda.fill("[name=headline]", headline)
		edda.save()
	}
	change("The oldest, changed")
	owner.says("[data-above]", "1 changed above")
	owner.says(".stories li:last-child", "The oldest, changed") // its words change at once, its place does not
	if after := owner.page.MustEval(`() => document.activeElement.closest("li").getBoundingClientRect().top`).Num(); math.Abs(after-before) > 1 {
		t.Errorf("the row at hand moved from %v to %v", before, after)
	}
	owner.shot("above")
	owner.page.MustSetViewport(900, 500, 1, false)
	owner.click("[data-above] button")
	owner.says(".stories li:first-child", "The oldest, changed")
	owner.wait(`() => document.querySelector("[data-above]").hidden && document.activeElement.closest("li") === document.querySelector(".stories li")`)

	// at the head of the list, with nothing at hand, it slides in
	owner.page.MustEval(`() => { document.activeElement.blur(); scrollTo(0, 0) }`)
	id := p.arrive("late", "It came in late") // by another process on the same paper
	owner.says(".stories li:first-child a", "It came in late")

	// a filter holds what belongs in it
	owner.open(p.desk + "/?state=in_review")
	edda.open(p.desk + "/articles/" + id)
	edda.press(`form[action$="/submit"] button`)
	owner.says(".stories li:first-child a", "It came in late")
	edda.open(p.desk + "/articles/" + id)
	edda.press(`form[action$="/return"] button`)
	owner.wait(`() => document.querySelectorAll(".stories li").length === 0 && !document.querySelector("[data-empty]").hidden`)
}

// TestManyWindowsShareOneLine: a browser keeps six connections to a server.
func TestManyWindowsShareOneLine(t *testing.T) {
	p, owner, edda, _, story := newsroomOf(t)
	var windows []*visitor
	for range 9 {
		windows = append(windows, owner.another(p.desk+"/"))
	}
	edda.open(story + "/edit")
	for _, w := range windows { // a window that nobody looks at catches up when it is looked at
		w.page.MustActivate()
		w.says(".stories li", "Edda Elm has it open")
	}
	lines := 0
	for _, w := range append(windows, owner) {
		lines += w.page.MustEval(`() => performance.getEntriesByType("resource").filter((e) => e.name.includes("/live")).length`).Int()
	}
	if lines > 1 { // a stream that has not ended is in no list yet; a second one would have
		t.Errorf("%d streams", lines)
	}
	// the window with the line closes: another takes it up, and nothing is missed
	for _, w := range windows[:8] {
		w.page.MustClose()
	}
	owner.page.MustClose()
	windows[8].page.MustActivate()
	edda.open(p.desk + "/")
	windows[8].wait(`() => !document.querySelector(".stories").textContent.includes("has it open")`)
}

// TestTheLineComesBack: the program is stopped and started, and the list goes on.
func TestTheLineComesBack(t *testing.T) {
	p, owner, _, _, _ := newsroomOf(t)
	desk := regexp.MustCompile(`:\d+$`).FindString(p.desk)
	owner.open(p.desk + "/")
	began := time.Now()
	p.stop()
	if took := time.Since(began); took > 10*time.Second { // an open stream is not waited for; a drain may take twenty
		t.Errorf("the program took %v to stop", took)
	}
	p.arrive("gap", "It came while nobody served")
	p.flags = append(p.flags, "--desk", "127.0.0.1"+desk)
	p.serve()
	owner.says(".stories li a", "It came while nobody served")
}
