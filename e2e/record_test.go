//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// TestBylineRows: names are added and moved in the editor's head without a
// question to the desk, and stand in the revision as they stood on the page.
func TestBylineRows(t *testing.T) {
	p := startDemo(t)
	v := visit(t, browser(t), p.desk)
	v.signIn(p, "owner@valmere.example")
	v.open(p.desk + "/articles/new")
	v.element("[data-slot=state][data-ready]")
	v.fill("[name=headline]", "A bridge opens")
	v.fill("[name=byline]", "Mara Ellin")
	v.fill("[name=byline-2]", "Photo Grapher")
	v.fill("[name=byline-role-2]", "photos")
	v.element("[data-more]").MustClick()
	v.fill("[name=byline-3]", "Tara Lator")
	v.fill("[name=byline-role-3]", "translation")
	v.element("[name=byline-3]").MustEval(`() => this.closest("[data-byline]").querySelector("[data-up]").click()`)
	v.look("byline-rows")
	if got := v.element("[name=byline-role-2]").MustEval(`() => this.value`).Str(); got != "translation" {
		t.Errorf("the part did not move up with its name: %q", got)
	}
	v.element("[data-save]").MustClick()
	v.element("[data-slot=state][data-open=false]")
	v.page.MustWaitStable()
	link := v.page.MustEval(`() => document.querySelector("form[data-edit]").action`).Str()
	v.open(strings.TrimSuffix(link, "/edit"))
	if text := v.element("main").MustText(); !strings.Contains(text, "By Mara Ellin · Tara Lator (translation) · Photo Grapher (photos)") {
		t.Errorf("the byline reads otherwise: %s", text)
	}
}

// TestTheRecordIsRead: the record of acts and a protected byline, as people see them.
func TestTheRecordIsRead(t *testing.T) {
	p := startDemo(t)
	v := visit(t, browser(t), p.desk)
	v.signIn(p, "owner@valmere.example")
	for _, language := range []string{"en", "fa", "ar"} {
		v.open(p.desk + "/settings")
		v.choose("[name=language]", language)
		v.press("main form button.primary, main form button")
		v.open(p.desk + "/record?kind=publishing")
		if n := v.page.MustEval(`() => document.querySelectorAll("ol.record li").length`).Int(); n < 5 {
			t.Errorf("%s: %d acts are listed", language, n)
		}
		v.look("record-" + language)
		v.open(p.desk + "/articles/new?protect=yes")
		v.look("protect-new-" + language)
		v.open(p.desk + "/")
		v.open(p.desk + *v.element("ol.stories .what a").MustAttribute("href") + "/protect")
		v.look("protect-" + language)
	}
}
