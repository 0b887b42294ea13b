//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// bridge is a text of some paragraphs, in the desk's plain form.
const bridge = "The old bridge over the Orle will close on Monday for two years, the council said.\n\n" +
	"Traffic goes over the ferry at Kelm, which runs every twenty minutes.\n\n" +
	"> We looked at every other way.\n> — Mira Halden, mayor\n\n" +
	"Shops in the old town fear for their trade.\n\nThe work costs nine million."

var persianBridge = strings.NewReplacer(
	"The old bridge over the Orle will close on Monday for two years, the council said.", "پل کهنهٔ اورله از دوشنبه دو سال بسته می‌شود، شورای شهر گفت.",
	"Traffic goes over the ferry at Kelm, which runs every twenty minutes.", "رفت‌وآمد با گذر کلم است که هر بیست دقیقه می‌رود.",
	"We looked at every other way.", "همهٔ راه‌های دیگر را سنجیدیم.", "Mira Halden, mayor", "میرا هالدن، شهردار",
	"Shops in the old town fear for their trade.", "دکان‌های شهر کهنه نگران کارند.", "The work costs nine million.", "کار نه میلیون هزینه دارد.").Replace(bridge)

// scripts lets the desk's own scripts load, or not: then its pages are as they
// come from the server.
func (v *visitor) scripts(run bool) {
	v.t.Helper()
	block := proto.NetworkSetBlockedURLs{Urls: []string{}}
	if !run {
		block.Urls = append(block.Urls, "*.js")
	}
	if err := (proto.NetworkEnable{}).Call(v.page); err != nil {
		v.t.Fatal(err)
	}
	if err := block.Call(v.page); err != nil {
		v.t.Fatal(err)
	}
}

// rewrite changes words in the plain form's text.
func (v *visitor) rewrite(words ...string) {
	v.t.Helper()
	text := strings.NewReplacer(words...).Replace(v.element("#body").MustText())
	v.fill("#body", text)
}

// look keeps a picture of the whole page where BROADSHEET_LOOK names a folder.
func (v *visitor) look(name string) {
	v.t.Helper()
	folder := os.Getenv("BROADSHEET_LOOK")
	if folder == "" {
		return
	}
	for _, width := range []int{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			(proto.EmulationSetEmulatedMedia{Features: []*proto.EmulationMediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}).Call(v.page)
			v.page.MustSetViewport(width, 900, 1, false)
			v.page.MustScreenshotFullPage(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)))
		}
	}
	v.page.MustSetViewport(1280, 900, 1, false)
}

// TestTwoTextsOfOneArticle: two people save on one revision, are joined or
// shown both texts, and every revision is found, compared and restored.
func TestTwoTextsOfOneArticle(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	if err != nil {
		t.Skipf("no axe-core (%v): make desk-ui/node_modules installs it", err)
	}
	p := startDemo(t)
	b := browser(t)
	owner, editor := visit(t, b, p.desk), visit(t, b, p.desk)
	owner.signIn(p, "owner@valmere.example")
	editor.signIn(p, "editor@valmere.example")
	for _, tongue := range []struct{ language, text, odd, hers, his, far, more string }{
		{"en", bridge, "nine million", "ten million", "eleven million", "twenty minutes", "half an hour"},
		{"fa", persianBridge, "نه میلیون", "ده میلیون", "یازده میلیون", "بیست دقیقه", "نیم ساعت"},
	} {
		t.Run(tongue.language, func(t *testing.T) {
			owner.t, editor.t = t, t
			owner.open(p.desk + "/settings")
			owner.choose("[name=language]", tongue.language)
			owner.press("main form button.primary, main form button")
			owner.scripts(false)
			editor.scripts(false)
			owner.open(p.desk + "/articles/new")
			owner.fill("#headline", "Bridge "+tongue.language)
			owner.fill("#body", tongue.text)
			owner.press("[data-save]")
			path := strings.TrimSuffix(strings.Split(owner.page.MustInfo().URL, "?")[0], "/edit")

			// apart: joined by itself
			owner.open(path + "/edit")
			editor.open(path + "/edit")
			owner.rewrite(tongue.far, tongue.more)
			owner.press("[data-save]")
			editor.rewrite(tongue.odd, tongue.hers)
			editor.press("[data-save]")
			editor.element(".says.notice a[href*='difference?from=2']")
			if text := editor.element("#body").MustText(); !strings.Contains(text, tongue.more) || !strings.Contains(text, tongue.hers) {
				t.Fatalf("the joined text: %s", text)
			}

			// the same words: both shown, the joined text in the form
			owner.open(path + "/edit")
			owner.rewrite(tongue.hers, tongue.his)
			editor.open(path + "/edit")
			editor.rewrite(tongue.hers, tongue.odd+" 400")
			editor.press("[data-save]")
			owner.press("[data-save]")
			if text := owner.element("#body").MustText(); !strings.Contains(text, strings.Fields(tongue.his)[0]) || !strings.Contains(text, "400") {
				t.Fatalf("the offered text: %s", text)
			}
			owner.element("#conflict .clashes dd")
			owner.look("conflict-" + tongue.language)
			owner.press("[data-choice=theirs]")
			if text := owner.element("#body").MustText(); strings.Contains(text, tongue.his) || !strings.Contains(text, "400") {
				t.Fatalf("theirs: %s", text)
			}
			owner.press("[data-choice=mine]")
			if text := owner.element("#body").MustText(); !strings.Contains(text, tongue.his) || strings.Contains(text, "400") {
				t.Fatalf("mine: %s", text)
			}
			owner.press("[data-save]")
			owner.look("saved-" + tongue.language)

			owner.scripts(true)
			owner.open(path + "/revisions")
			owner.look("revisions-" + tongue.language)
			owner.accessible("revisions", string(axe))
			if n := len(owner.page.MustElements("ol.revisions > li")); n != 5 {
				t.Errorf("%d revisions are listed, 5 were saved", n)
			}
			owner.open(path + "/difference?from=1&to=5")
			owner.look("difference-" + tongue.language)
			owner.accessible("difference", string(axe))
			if dir := owner.page.MustEval(`() => getComputedStyle(document.querySelector(".change .right")).direction`).Str(); dir != map[string]string{"en": "ltr", "fa": "rtl"}[tongue.language] {
				t.Errorf("the text runs %s", dir)
			}
			at := func() string {
				return owner.page.MustEval(`() => document.activeElement.id`).Str()
			}
			for _, step := range []struct {
				key  input.Key
				want string
			}{{'n', "change-1"}, {'n', "change-2"}, {'n', "change-2"}, {'p', "change-1"}, {'p', "change-1"}} {
				if owner.page.Keyboard.MustType(step.key); at() != step.want {
					t.Errorf("%c leads to %q, want %s", step.key, at(), step.want)
				}
			}
			owner.open(path + "/difference?from=5&to=1")
			owner.press("a[href$='/revisions/1/restore']")
			owner.look("restore-" + tongue.language)
			owner.accessible("restore", string(axe))
			owner.press("main form button.primary")
			owner.open(path + "/history")
			owner.look("history-" + tongue.language)
			owner.accessible("history", string(axe))
			if n := len(owner.page.MustElements("ol.past > li")); n != 6 {
				t.Errorf("%d sentences, 6 acts:\n%s", n, owner.text())
			}
			owner.open(path + "/edit")
			if text := owner.text(); strings.Contains(text, "⟦") {
				t.Errorf("a text is missing: %s", text)
			}
		})
	}
	p.run("", "check")
}
