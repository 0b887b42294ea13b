//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// kill ends the program as a power cut would end its process.
func (p *program) kill() {
	p.t.Helper()
	p.cmd.Process.Signal(syscall.SIGKILL)
	p.cmd.Wait()
}

// again starts the program at the addresses it had.
func (p *program) again() {
	p.t.Helper()
	public, desk := p.public, p.desk
	flags := p.flags
	p.flags = append(slices.Clone(flags), "--public", strings.TrimPrefix(public, "http://"), "--desk", strings.TrimPrefix(desk, "http://"))
	p.serve()
	p.flags = flags
	if p.public != public || p.desk != desk {
		p.t.Fatalf("it came back at %s and %s", p.public, p.desk)
	}
}

// runs is how often a torture is done: few times in CI, as the environment
// says otherwise.
func runs(t *testing.T, variable string, few int) int {
	t.Helper()
	if n, err := strconv.Atoi(os.Getenv(variable)); err == nil && n > 0 {
		return n
	}
	return few
}

// state is what the line beside the button says: kept, coming, offline,
// signed-out, refused, clash.
func (v *visitor) state() string {
	v.t.Helper()
	return v.page.MustEval(`() => document.querySelector("[data-slot=state]").dataset.state || ""`).Str()
}

// kept waits until everything that was typed is on the desk.
func (v *visitor) kept() {
	v.t.Helper()
	v.wait(`() => { const s = document.querySelector("[data-slot=state]").dataset; return s.state === "kept" && s.waits === "false" }`)
}

func (v *visitor) reaches(state string) {
	v.t.Helper()
	v.wait(`s => document.querySelector("[data-slot=state]").dataset.state === s`, state)
}

func (v *visitor) body() string {
	v.t.Helper()
	return v.element(body).MustText()
}

// line cuts the visitor's line to the world, or gives it back.
func (v *visitor) line(up bool) {
	v.t.Helper()
	proto.NetworkEnable{}.Call(v.page)
	c := proto.NetworkEmulateNetworkConditions{Offline: !up, Latency: 0, DownloadThroughput: -1, UploadThroughput: -1}
	if err := c.Call(v.page); err != nil {
		v.t.Fatal(err)
	}
}

// newArticle begins an article and waits for its number.
func (v *visitor) newArticle(p *program, text string) string {
	v.t.Helper()
	v.open(p.desk + "/articles/new")
	v.write(text)
	v.kept()
	return v.page.MustEval(`() => location.pathname`).Str()
}

func TestNothingTypedIsLost(t *testing.T) {
	p := start(t)
	b := browser(t)
	owner := setUp(t, p, b)
	for _, c := range []struct {
		name string
		try  func(v *visitor, p *program, b *rod.Browser)
	}{
		{"the server is killed while somebody types", killedWhileTyping},
		{"without a line, and with one again", withoutLine},
		{"the session ends, and somebody signs in beside the text", sessionEnds},
		{"a window is closed and opened again", closedAndOpened},
		{"the browser's store is full", storeFull},
	} {
		t.Run(c.name, func(t *testing.T) {
			owner.t = t // the program outlives each of these
			c.try(owner, p, b)
		})
	}
	owner.t, p.t = t, t
	owner.open(p.desk + "/")
}

// killedWhileTyping measures by what is typed: each word is the time at which
// it was. After a kill, a restart and a reload nothing older than two seconds
// is missing.
func killedWhileTyping(v *visitor, p *program, _ *rod.Browser) {
	path := v.newArticle(p, "Begun.")
	lost := 0
	for n := range runs(v.t, "KEEP_KILLS", 5) {
		var words []int64
		until := time.Now().Add(time.Duration(800+n*977%3000) * time.Millisecond)
		for time.Now().Before(until) {
			now := time.Now().UnixMilli()
			v.page.MustInsertText(fmt.Sprintf(" t%d", now))
			words = append(words, now)
		}
		shown := v.body()
		p.kill()
		killed := time.Now().UnixMilli()
		p.again()
		v.open(p.desk + path)
		v.wait(`() => document.querySelector("[data-slot=state]").dataset.ready === "true"`)
		text, missing := v.body(), 0
		for _, w := range words {
			word := fmt.Sprintf("t%d", w)
			if !strings.Contains(shown, word) {
				v.t.Fatalf("run %d: the editor did not take %s: %s", n, word, v.element("[data-slot=holder]").MustText())
			}
			if !strings.Contains(text, word) && killed-w > 2_000 {
				missing++
			}
		}
		if missing > 0 {
			lost++
			v.t.Errorf("run %d: %d of %d words older than two seconds are lost", n, missing, len(words))
		}
		v.element(body).MustFocus()
	}
	v.t.Logf("%d runs lost something", lost)
}

func withoutLine(v *visitor, p *program, _ *rod.Browser) {
	path := v.newArticle(p, "Before.")
	v.line(false)
	v.write("Offline.")
	v.reaches("offline")
	v.sees("offline, kept here")
	v.line(true)
	v.kept()
	v.open(p.desk + path)
	v.wait(`() => document.querySelector(".ProseMirror").textContent.includes("Offline.")`)

	// a new article gets its number when the line is back
	v.open(p.desk + "/articles/new")
	v.line(false)
	v.write("Begun without a line.")
	v.reaches("offline")
	v.line(true)
	v.kept()
	v.open(p.desk + v.page.MustEval(`() => location.pathname`).Str())
	v.sees("Begun without a line.")
}

func sessionEnds(v *visitor, p *program, _ *rod.Browser) {
	path := v.newArticle(p, "Signed in.")
	email := "owner@valmere.example"
	cookies := v.page.MustCookies()
	v.page.MustSetCookies() // none
	v.write("Signed out.")
	v.reaches("signed-out")
	v.element("[data-slot=state] button").MustClick()
	v.fill("dialog [name=email]", email)
	v.fill("dialog [name=password]", "a wrong password")
	v.element("dialog button.primary").MustClick()
	v.wait(`() => !document.querySelector("dialog .wrong").hidden`)
	v.page.MustEval(`() => document.querySelector("dialog").close()`)
	for _, c := range cookies {
		proto.NetworkSetCookie{Name: c.Name, Value: c.Value, URL: p.desk, HTTPOnly: true}.Call(v.page)
	}
	v.page.MustEval(`() => dispatchEvent(new Event("online"))`)
	v.kept()
	v.open(p.desk + path)
	v.wait(`() => document.querySelector(".ProseMirror").textContent.includes("Signed out.")`)
}

func closedAndOpened(v *visitor, p *program, _ *rod.Browser) {
	path := v.newArticle(p, "Open.")
	v.write("Closed at once.")
	v.open(p.desk + "/")
	v.open(p.desk + path)
	v.wait(`() => document.querySelector(".ProseMirror").textContent.includes("Closed at once.")`)
}

func storeFull(v *visitor, p *program, _ *rod.Browser) {
	full := 0.0
	quota := proto.StorageOverrideQuotaForOrigin{Origin: p.desk, QuotaSize: &full}
	if err := quota.Call(v.page); err != nil {
		v.t.Fatal(err)
	}
	path := v.newArticle(p, "Full.")
	v.write("Still kept.")
	v.kept()
	v.open(p.desk + path)
	v.wait(`() => document.querySelector(".ProseMirror").textContent.includes("Still kept.")`)
	proto.StorageOverrideQuotaForOrigin{Origin: p.desk}.Call(v.page)
}
