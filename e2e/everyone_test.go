//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/proto"
)

// axeFile is axe-core, which finds faults of accessibility. make installs it.
const axeFile = "../desk-ui/node_modules/axe-core/axe.min.js"

// deskPages is every page of the desk that is asked for with GET, by its
// pattern in routes.go; "" = it is no page of its own.
var deskPages = map[string]string{
	"/sign-in": "/sign-in", "/invitation/{secret}": "/invitation/1.none", "/assets/{hash}/{name...}": "", "/accent/{name}": "",
	"/{$}": "/", "/articles/new": "/articles/new", "/articles/{id}": "/articles/{id}", "/articles/{id}/edit": "/articles/{id}/edit",
	"/articles/{id}/history": "/articles/{id}/history", "/articles/{id}/revisions/{number}": "/articles/{id}/revisions/1",
	"/articles/{id}/difference": "/articles/{id}/difference?from=1&to=1", "/articles/{id}/preview": "/articles/{id}/preview?width=phone",
	"/articles/{id}/preview/page": "", "/articles/{id}/schedule": "/articles/{draft}/schedule", "/articles/{id}/correct": "/articles/{id}/correct",
	"/articles/{id}/kill": "/articles/{id}/kill", "/articles/{id}/spike": "/articles/{draft}/spike",
	"/articles/{id}/labels": "/articles/{id}/labels", "/articles/{id}/anonymise": "/articles/{id}/anonymise", "/articles/{id}/take-down": "/articles/{id}/take-down",
	"/desks": "/desks", "/desks/{id}": "{desk}",
	"/plan": "/plan", "/plan/{id}": "/plan/1", "/duty": "/duty", "/calendar": "/calendar",
	"/requests": "/requests", "/requests/{id}": "/requests/1",
	"/articles/{id}/protect": "/articles/{draft}/protect", "/record": "/record", "/record/record.jsonl": "", "/people/{id}/acts": "/people/2/acts", "/account/acts": "/account/acts",
	"/comments": "/comments", "/account": "/account", "/set-up": "", "/people": "/people", "/people/{id}": "/people/2",
	"/articles/{id}/revisions": "/articles/{id}/revisions", "/articles/{id}/revisions/{number}/restore": "/articles/{id}/revisions/1/restore",
	"/articles/{id}/drafts": "/articles/{id}/drafts", "/articles/{id}/names": "", "/articles/{id}/notes": "/articles/{id}/notes", "/notes": "/notes", "/rows": "", "/find": "", "/live": "", "/media/{hash}/{name}": "", "/manuscripts/new": "/manuscripts/new",
	"/style": "/style", "/style/new": "/style/new", "/style/{id}": "/style/1", "/style/{id}/try": "/style/1/try", "/style/style.toml": "",
	"/account/passkeys/{key}": "", "/account/codes": "/account/codes", "/account/codes/off": "/account/codes/off", "/account/record": "/account/record",
	"/sign-in/identity": "", "/sign-in/identity/done": "/sign-in/identity/done", "/account/identity": "", "/settings/identity": "/settings/identity",
	"/people/{id}/leave": "/people/2/leave", "/people/{id}/ways": "/people/2/ways", "/people/{id}/record": "/people/2/record",
	"/settings": "/settings", "/settings/editions/new": "/settings/editions/new", "/settings/editions/{id}": "/settings/editions/1",
}

// morePages are no routes of their own.
var morePages = []string{"/nowhere", "/plan?span=week", "/?state=draft", "/?q=nothing+such", "/articles/{draft}", "/articles/{draft}/edit"}

// publicPages are pages of the public paper that belong to a live story.
var publicPages = []string{"/news/{id}/request", "/corrections"}

var deskRoute = regexp.MustCompile(`(?:get\("|Pattern: "GET )([^"]+)"`)

// TestEveryone looks for faults of accessibility (WCAG 2.2 AA, by axe), for
// what is wider than a small window, and for what breaks at 200 % zoom, on
// every page of the desk, in English by day and in Persian by night.
func TestEveryone(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Skipf("no axe-core (%v): make desk-ui/node_modules installs it", err)
	}
	p := startDemo(t)
	b := browser(t)
	owner := visit(t, b, p.desk)
	owner.signIn(p, "owner@valmere.example")
	pages, public := allPages(t, owner, p)
	for _, look := range []struct {
		name, language string
		width          int
		dark           bool
	}{{"English, wide, light", "en", 1280, false}, {"Persian, phone, dark", "fa", 390, true}, {"Arabic, 200 %, light", "ar", 640, false}} {
		owner.open(p.desk + "/settings")
		owner.choose("[name=language]", look.language)
		owner.press("main form button.primary, main form button")
		scheme := "light"
		if look.dark {
			scheme = "dark"
		}
		(proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}).Call(owner.page)
		owner.page.MustSetViewport(look.width, 800, 1, false)
		for _, path := range pages {
			owner.open(p.desk + path)
			owner.accessible(look.name+" "+path, string(axe))
		}
		for _, path := range public {
			owner.open(p.public + path)
			owner.accessible(look.name+" public "+path, string(axe))
		}
	}
}

// signIn signs one of the sample's people in.
func (v *visitor) signIn(p *program, email string) {
	v.t.Helper()
	v.open(p.desk + "/sign-in")
	v.fill("[name=email]", email)
	v.fill("[name=password]", demoPassword)
	v.press("main form button")
}

// allPages fills the patterns of routes.go in. A pattern that nobody listed
// here fails the test.
func allPages(t *testing.T, v *visitor, p *program) (desk, public []string) {
	t.Helper()
	source, err := os.ReadFile("../internal/newsroom/routes.go")
	if err != nil {
		t.Fatal(err)
	}
	id := func(state string) string {
		v.open(p.desk + "/?state=" + state)
		href := *v.element("ol.stories .what a").MustAttribute("href")
		return strings.TrimPrefix(href, "/articles/")
	}
	published, draft := id("published"), id("draft")
	v.open(p.public + "/news/" + published + "/request")
	waitASecond(v)
	v.choose("#ask-kind", "privacy")
	v.fill("#ask-email", "reader@valmere.example")
	v.fill("#ask-text", "Please take my name out.")
	v.press("form.request button")
	v.open(p.desk + "/style/new")
	v.fill("[name=name]", "percent")
	v.fill("[name=pattern]", "per cent")
	v.fill("[name=fix]", "percent")
	v.press("main form button.primary")
	v.open(p.desk + "/plan")
	v.fill("#slugline", "harbour-strike")
	v.fill("#brief", "Dockers vote on a third week")
	v.press(".plan-add button.primary")
	v.open(p.desk + "/desks")
	v.fill("main form [name=name]", "Night desk")
	v.press("main form button.primary")
	desk1 := strings.SplitN(strings.TrimPrefix(v.page.MustInfo().URL, p.desk), "?", 2)[0]
	named := strings.NewReplacer("{id}", published, "{draft}", draft, "{desk}", desk1)
	add := func(path string) {
		if path != "" {
			desk = append(desk, named.Replace(path))
		}
	}
	for _, path := range publicPages {
		public = append(public, named.Replace(path))
	}
	for _, m := range deskRoute.FindAllStringSubmatch(string(source), -1) {
		path, listed := deskPages[m[1]]
		if !listed {
			t.Errorf("routes.go has a page %s that is not looked at here", m[1])
		}
		add(path)
	}
	for _, path := range morePages {
		add(path)
	}
	return desk, public
}

// accessible runs axe on the page and asks whether anything is wider than the
// window.
func (v *visitor) accessible(where, axe string) {
	v.t.Helper()
	// from outside: the page's own policy lets no text become a script
	if _, err := (proto.RuntimeEvaluate{Expression: axe}).Call(v.page); err != nil {
		v.t.Fatalf("%s: axe could not be loaded: %v", where, err)
	}
	res, err := v.page.Eval(`async () => {
		const r = await axe.run(document, { iframes: false, runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
		const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
		return JSON.stringify({ wide, passed: r.passes.length, faults: r.violations.map(f => f.id + ": " + f.nodes.map(n => n.html.slice(0, 160) + " " + (n.any[0] || n.all[0] || n.none[0] || {}).message).join(" | ")) })
	}`)
	if err != nil {
		v.t.Fatalf("%s: axe did not run: %v", where, err)
	}
	var found struct {
		Wide, Passed int
		Faults       []string
	}
	if err := json.Unmarshal([]byte(res.Value.Str()), &found); err != nil {
		v.t.Fatal(err)
	}
	if found.Passed < 8 {
		v.t.Errorf("%s: axe looked at hardly anything: %d rules passed", where, found.Passed)
	}
	for _, f := range found.Faults {
		v.t.Errorf("%s: %s", where, f)
	}
	if found.Wide > 1 {
		v.t.Errorf("%s is %d px wider than the window: %s", where, found.Wide, fmt.Sprint(v.widest()))
	}
}

// widest names what sticks out.
func (v *visitor) widest() string {
	res, err := v.page.Eval(`() => [...document.querySelectorAll("main *, header *")].filter(e => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 1 || r.left < -1 }).slice(0, 4).map(e => e.outerHTML.slice(0, 120)).join(" | ")`)
	if err != nil {
		return err.Error()
	}
	return res.Value.Str()
}
