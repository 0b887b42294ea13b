package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/launcher"
	"github.com/go-rod/rod/lib/proto"
)

// visits are how often a page of the desk is opened by a browser that has
// nothing of it yet.
const visits = 9

// atDesk measures the desk in a real browser: the list and the editor until
// the first useful screen, what they weigh, and what a keystroke costs.
func (b *bench) atDesk(ctx context.Context) error {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return fmt.Errorf("chromium is missing; `make bench` installs it on Debian")
	}
	two, err := b.makeDraft(ctx, 2000)
	if err != nil {
		return err
	}
	five, err := b.makeDraft(ctx, 5000)
	if err != nil {
		return err
	}
	if err := b.serve(ctx); err != nil {
		return err
	}
	defer b.stop()
	if err := answers(ctx, "http://"+deskAddr+"/sign-in"); err != nil {
		return err
	}
	l := launcher.New().Context(ctx).Bin(path).Headless(true).NoSandbox(true).Leakless(false).
		Set("disable-gpu").Set("disable-background-networking").Set("disable-component-update").Set("disable-sync").Set("no-first-run")
	control, err := l.Launch()
	if err != nil {
		return err
	}
	defer l.Cleanup()
	browser := rod.New().ControlURL(control).Context(ctx)
	if err := browser.Connect(); err != nil {
		return err
	}
	defer browser.Close()
	return rod.Try(func() {
		b.opening(browser, fmt.Sprintf("story list with %d articles", b.articles), "/", "ol.stories li", "30 KB")
		b.opening(browser, "editor with a 2,000-word article", fmt.Sprintf("/articles/%d/edit", two), ".ProseMirror p", "250 KB")
		b.typing(browser, five)
	})
}

// makeDraft imports a draft of about so many words in paragraphs of sixty.
func (b *bench) makeDraft(ctx context.Context, words int) (int, error) {
	r := rand.New(rand.NewPCG(3, uint64(words)))
	word := vocabulary(r)
	var body strings.Builder
	for i := range words {
		body.WriteString(word())
		if i%60 == 59 {
			body.WriteString(".\n\n")
		} else {
			body.WriteByte(' ')
		}
	}
	name := filepath.Join(b.dir, "draft-"+strconv.Itoa(words))
	if err := os.WriteFile(name+".txt", []byte(fmt.Sprintf("By Bench Writer\nA draft of %d words\n\n%s\n", words, body.String())), 0o644); err != nil {
		return 0, err
	}
	out, err := exec.CommandContext(ctx, b.paper, "import", "text", name+".txt", "--data", b.data, "--report", name+".ndjson").CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("import of a draft: %w\n%s", err, out)
	}
	raw, err := os.ReadFile(name + ".ndjson")
	if err != nil {
		return 0, err
	}
	m := newsID.FindSubmatch(raw)
	if m == nil {
		return 0, fmt.Errorf("the draft has no News ID: %s", raw)
	}
	return strconv.Atoi(string(m[1]))
}

// page opens a window of its own and signs in there.
func page(b *rod.Browser) *rod.Page {
	p := b.MustIncognito().MustPage("http://" + deskAddr + "/sign-in").MustWaitLoad()
	p.MustElement("[name=email]").MustInput(ownerEmail)
	p.MustElement("[name=password]").MustInput(ownerPassword)
	wait := p.MustWaitNavigation()
	p.MustElement("main form button").MustClick()
	wait()
	return p.MustWaitLoad()
}

// seen notes in the page when a selector's first element has been painted, in
// milliseconds since the navigation began.
const seen = `(() => {
	const look = () => {
		if (!document.querySelector(%q)) { requestAnimationFrame(look); return }
		requestAnimationFrame(() => setTimeout(() => { window.__seen = performance.now() }))
	}
	look()
})()`

func (b *bench) opening(browser *rod.Browser, name, path, selector, most string) {
	var took []float64
	var bytes float64
	for range visits {
		p := page(browser)
		(proto.NetworkSetCacheDisabled{CacheDisabled: true}).Call(p)
		p.MustEvalOnNewDocument(fmt.Sprintf(seen, selector))
		p.MustNavigate("http://" + deskAddr + path).MustWaitLoad()
		p.MustWait(`() => window.__seen > 0`)
		took = append(took, p.MustEval(`() => window.__seen`).Num())
		bytes = p.MustEval(`() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((n, e) => n + e.encodedBodySize, 0)`).Num()
		p.MustClose()
	}
	slices.Sort(took)
	b.say("%s: first useful screen **%.0f ms** (median of %d first visits, worst %.0f); **%.0f KB** compressed in all. Goals 300 ms and %s", name, took[len(took)/2], visits, took[len(took)-1], bytes/1024, most)
}

const sentence = "the tide rose over valmere and "

const (
	keystrokes = 400
	keyEvery   = 60 * time.Millisecond // two hundred words a minute
)

// typing types in the middle of a long article and reads from Chromium's
// trace how long the page's thread was busy between one key and the next:
// with layout, painting, and whatever saves and checks beside.
func (b *bench) typing(browser *rod.Browser, id int) {
	p := page(browser)
	p.MustNavigate(fmt.Sprintf("http://%s/articles/%d/edit", deskAddr, id)).MustWaitLoad()
	p.MustWait(`() => document.querySelectorAll(".ProseMirror p").length > 20`)
	middle := p.MustElement(".ProseMirror > p:nth-of-type(40)")
	middle.MustScrollIntoView().MustClick()
	time.Sleep(2 * time.Second) // until the page has come to rest
	t := traced(p)
	for i := range keystrokes {
		p.Keyboard.MustType(input.Key(sentence[i%len(sentence)]))
		time.Sleep(keyEvery)
	}
	clock, processor := t.busyAfterKeys()
	slices.Sort(clock)
	slices.Sort(processor)
	at := func(list []float64, q float64) float64 { return list[int(q*float64(len(list)-1))] }
	b.say("a keystroke in a 5,000-word article, %d keys, Chromium's trace of the page's thread from one key to the next with everything that runs beside: p50 %.1f ms, **p99 %.1f ms**, worst %.1f ms by the clock; %.1f, **%.1f** and %.1f ms of the processor. Goal p99 under 16 ms",
		len(clock), at(clock, 0.5), at(clock, 0.99), at(clock, 1), at(processor, 0.5), at(processor, 0.99), at(processor, 1))
}
