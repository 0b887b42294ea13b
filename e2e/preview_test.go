//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// TestPreview: an editor looks at the page as readers will see it, hands out a
// link, a stranger reads by it, and not any more once it is ended.
func TestPreview(t *testing.T) {
	p := startDemo(t)
	b := browser(t)
	editor := visit(t, b, p.desk)
	editor.signIn(p, "editor@valmere.example")
	editor.open(p.desk + "/?state=draft")
	path := *editor.element("ol.stories .what a").MustAttribute("href")
	headline := editor.element("ol.stories .what a").MustText()

	editor.open(p.desk + path + "/preview?width=phone")
	frame := editor.element("[data-stage] iframe").MustFrame()
	if got := frame.MustElement("h1").MustText(); got != headline {
		t.Errorf("the frame's headline is %q, want %q", got, headline)
	}
	if width := frame.MustEval(`() => innerWidth`).Int(); width != 390 {
		t.Errorf("a phone is %d px wide", width)
	}
	if lies := frame.MustEval(`() => document.querySelectorAll("link[rel=stylesheet]").length - document.styleSheets.length`).Int(); lies != 0 {
		t.Errorf("%d style sheets of the theme are missing", lies)
	}
	frame.MustElement("header a").MustClick()
	if now := editor.element("[data-stage] iframe").MustFrame().MustElement("h1").MustText(); now != headline {
		t.Error("a link in the preview leads away from it")
	}

	editor.press("main form[method=post] button")
	link := *editor.element("#link").MustAttribute("value")
	if !strings.HasPrefix(link, p.public+"/") {
		t.Fatalf("the link is %s", link)
	}
	stranger := visit(t, b, link)
	stranger.sees(headline, "This story is not published")
	if strings.Contains(stranger.page.MustHTML(), "<form") && strings.Contains(stranger.page.MustHTML(), `name="comment"`) {
		t.Error("a preview takes comments")
	}

	editor.open(p.desk + path + "/preview")
	editor.press("form[action$='/preview/end'] button")
	editor.sees("The link has ended.")
	stranger.open(link)
	stranger.sees("This preview has ended")
	stranger.misses(headline)
	editor.open(p.desk + path + "/history")
	editor.sees("made a preview link", "ended a preview link")
}
