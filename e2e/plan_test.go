//go:build e2e

package e2e

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// planStory plans one by the form below the sheet.
func (v *visitor) planStory(p *program, address, slugline string) {
	v.t.Helper()
	v.open(p.desk + address)
	v.fill("#slugline", slugline)
	v.press(".plan-add button.primary")
}

// order are the sluglines of a list, as they stand.
func (v *visitor) order(list string) string {
	return v.page.MustEval(`l => [...document.querySelectorAll(l + " .slug-line a")].map(e => e.textContent.trim()).join(" ")`, list).Str()
}

// becomes waits until a list stands as it should.
func (v *visitor) becomes(list, want string) {
	v.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		if v.order(list) == want {
			return
		}
	}
	v.t.Fatalf("%s stands as %q, want %q", list, v.order(list), want)
}

// carry takes what is at one place to another, as a hand does.
func (v *visitor) carry(grip, to string, down float64) {
	v.t.Helper()
	v.page.MustActivate()
	from := v.element(grip).MustShape().OnePointInside()
	box := v.element(to).MustShape().Box()
	m := v.page.Mouse
	m.MustMoveTo(from.X, from.Y)
	m.MustDown(proto.InputMouseButtonLeft)
	if err := m.MoveLinear(proto.NewPoint(box.X+box.Width/2, box.Y+box.Height*down), 8); err != nil {
		v.t.Fatal(err)
	}
	m.MustUp(proto.InputMouseButtonLeft)
}

// TestPlan moves stories by hand, by keyboard and without scripts, and sees in
// another window what happens in this one; on paper nothing of the desk is left.
func TestPlan(t *testing.T) {
	p := startDemo(t)
	b := browser(t)
	edda, olga := visit(t, b, p.desk), visit(t, b, p.desk)
	edda.signIn(p, "editor@valmere.example")
	olga.signIn(p, "owner@valmere.example")
	for _, v := range []*visitor{edda, olga} {
		v.page.MustSetViewport(1280, 1000, 1, false)
	}
	for _, slugline := range []string{"harbour", "bridge", "council"} {
		edda.planStory(p, "/plan", slugline)
	}
	edda.open(p.desk + "/plan")
	olga.open(p.desk + "/plan")
	day := "ol.plan-lines[data-day]"
	edda.becomes(day, "harbour bridge council")

	// by hand: the third above the first, and the other window follows
	edda.carry(day+" li:nth-child(3) [data-grip]", day+" li:nth-child(1)", 0.2)
	edda.becomes(day, "council harbour bridge")
	olga.becomes(day, "council harbour bridge")
	edda.open(p.desk + "/plan")
	edda.becomes(day, "council harbour bridge")

	// given up with Escape nothing moves
	from := edda.element(day + " li:nth-child(1) [data-grip]").MustShape().OnePointInside()
	to := edda.element(day + " li:nth-child(3)").MustShape().Box()
	edda.page.Mouse.MustMoveTo(from.X, from.Y)
	edda.page.Mouse.MustDown(proto.InputMouseButtonLeft)
	if err := edda.page.Mouse.MoveLinear(proto.NewPoint(to.X+to.Width/2, to.Y+to.Height*0.9), 8); err != nil {
		t.Fatal(err)
	}
	edda.becomes(day, "harbour bridge council")
	edda.page.Keyboard.MustType(input.Escape)
	edda.becomes(day, "council harbour bridge")
	edda.page.Mouse.MustUp(proto.InputMouseButtonLeft)

	// by keyboard: down in the day, and to tomorrow; the focus stays at the story
	edda.element(day + " li:nth-child(1) .slug-line a").MustFocus()
	alt := func(v *visitor, key input.Key) {
		v.page.KeyActions().Press(input.AltLeft).Type(key).Release(input.AltLeft).MustDo()
	}
	alt(edda, input.ArrowDown)
	edda.becomes(day, "harbour council bridge")
	if at := edda.page.MustEval(`() => document.activeElement.textContent.trim()`).Str(); at != "council" {
		t.Errorf("the focus is at %q", at)
	}
	alt(edda, input.ArrowRight)
	edda.becomes(day, "harbour bridge")
	olga.becomes(day, "harbour bridge")

	// in the week from one day to the next by hand, and the keys are on the sheet of keys
	edda.open(p.desk + "/plan?span=week")
	today := time.Now().UTC().Format("2006-01-02")
	list := `ol[data-day="` + today + `"]`
	edda.becomes(list, "harbour bridge")
	if edda.page.MustEval(`d => new Date(d + "T12:00Z").getUTCDay() !== 0`, today).Bool() { // not the week's last day
		next := time.Now().UTC().AddDate(0, 0, 1).Format("2006-01-02")
		tomorrow := `ol[data-day="` + next + `"]`
		edda.carry(list+" li:nth-child(1) [data-grip]", tomorrow+" li:nth-child(1)", 0.9)
		edda.becomes(tomorrow, "council harbour")
		edda.becomes(list, "bridge")
	}
	edda.page.Keyboard.MustType('?')
	edda.sees("Move the story up or down")
	edda.page.Keyboard.MustType(input.Escape)

	// dropped and taken back, by the buttons of the row
	edda.open(p.desk + "/plan")
	edda.press(day + " li:nth-child(1) [data-do=d]")
	edda.sees("was dropped", "Dropped")
	edda.press(".says.done button")
	edda.sees("It is on the plan again.")

	// on paper: the sheet and nothing of the desk
	(proto.EmulationSetEmulatedMedia{Media: "print"}).Call(edda.page)
	shown := edda.page.MustEval(`() => ["header.head", ".bar", ".plan-add", ".plan-filter", ".more-acts", ".grip"].filter(s => [...document.querySelectorAll(s)].some(e => e.getBoundingClientRect().height > 0)).join(" ")`).Str()
	if shown != "" {
		t.Errorf("the print shows %s", shown)
	}
	if lines := edda.page.MustEval(`() => document.querySelector(".blank").getBoundingClientRect().height`).Num(); lines < 30 {
		t.Errorf("there are no lines to write on: %v", lines)
	}
	pdf, err := proto.PagePrintToPDF{PreferCSSPageSize: true}.Call(edda.page)
	if err != nil || !strings.Contains(string(pdf.Data), "/Count 1") {
		t.Errorf("the day does not fit on a page: %v", err)
	}
	if dir := os.Getenv("BROADSHEET_SHOTS"); dir != "" {
		os.WriteFile(dir+"/plan.pdf", pdf.Data, 0o644)
	}
}

// TestPlanWithoutScripts plans, moves, begins by plain forms.
func TestPlanWithoutScripts(t *testing.T) {
	p := startDemo(t)
	b := browser(t)
	v := visit(t, b, p.desk)
	v.signIn(p, "editor@valmere.example")
	(proto.NetworkEnable{}).Call(v.page)
	if err := (proto.NetworkSetBlockedURLs{Urls: []string{"*.js"}}).Call(v.page); err != nil {
		t.Fatal(err)
	}
	for _, slugline := range []string{"harbour", "bridge"} {
		v.planStory(p, "/plan", slugline)
	}
	if v.page.MustEval(`() => document.documentElement.classList.contains("js")`).Bool() {
		t.Fatal("the page has its scripts")
	}
	v.sees("It is on the plan.", "2 stories")
	v.press(".plan-lines li:nth-child(2) [name=before]")
	if got := v.order("ol.plan-lines"); got != "bridge harbour" {
		t.Errorf("the day stands as %q", got)
	}
	v.press(".plan-lines li:nth-child(1) .begin-form button")
	v.sees("The draft is made.")
}
