//go:build e2e

package e2e

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

// patience bounds every wait on a condition; it is not a measurement.
const patience = 30 * time.Second

// browser starts Chromium; without one the test says so and is skipped.
func browser(t *testing.T) *rod.Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium: make test installs it on Debian")
	}
	l := launcher.New().Bin(path).Headless(true).NoSandbox(true).Leakless(false).
		Set("disable-gpu").Set("disable-background-networking").Set("disable-component-update").Set("disable-sync").Set("no-first-run").Set("disable-quic")
	b := rod.New().ControlURL(l.MustLaunch()).MustConnect()
	t.Cleanup(func() {
		b.MustClose()
		l.Cleanup()
	})
	return b
}

// visitor is one person's browser: cookies of their own.
type visitor struct {
	t    *testing.T
	page *rod.Page
}

// visit opens a window of its own. An error in a page's script, or anything
// that the page's policy had to refuse, fails the test by itself.
func visit(t *testing.T, b *rod.Browser, url string) *visitor {
	t.Helper()
	v := watched(t, b.MustIncognito().MustPage())
	v.open(url)
	return v
}

// watched is a window whose errors are the test's.
func watched(t *testing.T, page *rod.Page) *visitor {
	v := &visitor{t: t, page: page.Timeout(5 * time.Minute)}
	go page.EachEvent(func(e *proto.RuntimeExceptionThrown) {
		t.Errorf("a script failed on the page: %s", e.ExceptionDetails.Text)
	}, func(e *proto.LogEntryAdded) {
		if strings.Contains(e.Entry.Text, "Content Security Policy") {
			t.Errorf("the page's policy was broken: %s", e.Entry.Text)
		}
	})()
	proto.LogEnable{}.Call(page)
	return v
}

func (v *visitor) open(url string) {
	v.t.Helper()
	v.page.MustNavigate(url).MustWaitLoad()
}

func (v *visitor) element(selector string) *rod.Element {
	v.t.Helper()
	e, err := v.page.Timeout(patience).Element(selector)
	if err != nil {
		v.t.Fatalf("%s: nothing fits %q: %v\n%s", v.page.MustInfo().URL, selector, err, v.text())
	}
	return e
}

// fill types into a field, replacing what is there.
func (v *visitor) fill(selector, text string) {
	v.t.Helper()
	e := v.element(selector)
	e.MustSelectAllText()
	e.MustType(input.Backspace)
	e.MustInput(text)
}

// press clicks and waits for the next page.
func (v *visitor) press(selector string) {
	v.t.Helper()
	e := v.element(selector)
	wait := v.page.Timeout(patience).MustWaitNavigation()
	e.MustEval(`() => { const d = this.closest("details"); if (d) d.open = true }`)
	e.MustClick()
	wait()
	v.page.MustWaitLoad()
}

func (v *visitor) choose(selector, value string) {
	v.t.Helper()
	if err := v.element(selector).Select([]string{`option[value="` + value + `"]`}, true, rod.SelectorTypeCSSSector); err != nil {
		v.t.Fatalf("%s has no %q: %v", selector, value, err)
	}
}

func (v *visitor) text() string { return v.page.MustElement("body").MustText() }

// sees fails unless the page says all of this.
func (v *visitor) sees(words ...string) {
	v.t.Helper()
	text := v.text()
	for _, w := range words {
		if !strings.Contains(text, w) {
			v.t.Fatalf("%s does not say %q:\n%s", v.page.MustInfo().URL, w, text)
		}
	}
}

// misses fails if the page says any of this.
func (v *visitor) misses(words ...string) {
	v.t.Helper()
	text := v.text()
	for _, w := range words {
		if strings.Contains(text, w) {
			v.t.Fatalf("%s still says %q", v.page.MustInfo().URL, w)
		}
	}
}

// finds reloads a public page until it says this: what an act changes is
// handed to the press after the act's own answer.
func (v *visitor) finds(url, word string) {
	v.t.Helper()
	deadline := time.Now().Add(patience)
	for time.Now().Before(deadline) {
		v.open(url)
		if strings.Contains(v.page.MustHTML(), word) {
			return
		}
	}
	v.t.Fatalf("%s never said %q:\n%s", url, word, v.text())
}
