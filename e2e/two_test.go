//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/cdp"
	"github.com/go-rod/rod/lib/input"
	"github.com/go-rod/rod/lib/proto"
)

// TestTwoAtOneStory: two windows edit one story by random acts, with a line
// and without one. In the end every word that was typed is in the text, but
// for those that somebody deleted before their eyes.
//
// It runs a few seconds a pair; TWO_RUNS=100 is a hundred runs of a minute.
func TestTwoAtOneStory(t *testing.T) {
	p := start(t)
	b := browser(t)
	setUp(t, p, b)
	rounds, length := runs(t, "TWO_RUNS", len(pairings)), 10*time.Second
	if rounds > len(pairings) {
		length = time.Minute
	}
	var lanes sync.WaitGroup
	waiting := make(chan int, rounds)
	for n := range rounds {
		waiting <- n
	}
	close(waiting)
	const atOnce = 4
	for lane := range min(atOnce, rounds) {
		for _, who := range []string{"edda", "kolya"} {
			p.run(password+"\n", "user", "add", fmt.Sprintf("%s%d@valmere.example", who, lane), "--role", "editor", "--name", fmt.Sprintf("%s %d", who, lane), "--password-stdin")
		}
		edda, kolya := signIn(t, p, b, fmt.Sprint("edda", lane)), signIn(t, p, b, fmt.Sprint("kolya", lane))
		lanes.Go(func() {
			for n := range waiting {
				t.Run(fmt.Sprint(pairings[n%len(pairings)].name, ", run ", n), func(t *testing.T) {
					newPair(t, p, n, edda, kolya).play(length)
				})
			}
		})
	}
	lanes.Wait()
}

// pairings are the ways in which two windows stand to each other.
var pairings = []struct {
	name          string
	alone, polite bool // one person; who holds the story is heard of
}{
	{"two people who see who holds it", false, true},
	{"two people who both believe that they hold it", false, false},
	{"two windows of one person", true, false},
}

// pair is two windows on one story.
type pair struct {
	t        *testing.T
	r        *rand.Rand
	seed     int
	edit     string // the address
	list     string
	writers  [2]*writer
	gone     map[string]bool // words that somebody deleted before their eyes
	finished int
	story    []string // what was done, for who has to find a fault
}

// writer is one window and what was typed in it.
type writer struct {
	*visitor
	name    string
	typed   []string
	offline bool
}

func newPair(t *testing.T, p *program, seed int, one, other *visitor) *pair {
	way := pairings[seed%len(pairings)]
	if way.alone {
		other = one
	}
	id := p.arrive(fmt.Sprint("two", seed), fmt.Sprintf("A story for two, number %d", seed))
	pr := &pair{t: t, r: rand.New(rand.NewPCG(24, uint64(seed))), seed: seed, list: p.desk + "/", edit: p.desk + "/articles/" + id + "/edit", gone: map[string]bool{}}
	for i, from := range []*visitor{one, other} {
		page := from.window()
		t.Cleanup(func() { page.Close() })
		v := watched(t, page)
		proto.EmulationSetFocusEmulationEnabled{Enabled: true}.Call(page) // a window that is looked at, beside others
		if !way.polite {
			proto.NetworkEnable{}.Call(page)
			proto.NetworkSetBlockedURLs{Urls: []string{"*/hold"}}.Call(page)
		}
		pr.writers[i] = &writer{visitor: v, name: string('a' + rune(i))}
		v.open(pr.edit)
		v.ready()
	}
	return pr
}

// window opens one more window of a browser: a tab that stands behind another
// is slowed down.
func (v *visitor) window() *rod.Page {
	v.t.Helper()
	b := v.page.Browser()
	page, err := b.Page(proto.TargetCreateTarget{URL: "about:blank", NewWindow: true, BrowserContextID: b.BrowserContextID})
	if err != nil {
		v.t.Fatal(err)
	}
	return page
}

func (v *visitor) ready() {
	v.t.Helper()
	v.wait(`() => document.querySelector("[data-slot=state]").dataset.ready === "true"`)
}

func (pr *pair) play(length time.Duration) {
	err := rod.Try(func() {
		for until := time.Now().Add(length); time.Now().Before(until); {
			pr.tries(pr.writers[pr.r.IntN(2)], pr.act)
		}
		for _, w := range pr.writers { // the line is back, and both go
			w.back()
			w.open(pr.list)
		}
		for left := 1; left > 0; { // each comes again, as long as the desk offers a text that is in no revision
			left = 0
			for _, w := range pr.writers {
				left += pr.finish(w)
			}
		}
		pr.check()
	})
	if err != nil {
		pr.t.Fatalf("run %d: %v\n%s", pr.seed, err, strings.Join(pr.story, "\n"))
	}
}

// check opens the story once more and looks for every word.
func (pr *pair) check() {
	w := pr.writers[0]
	w.open(pr.edit)
	w.ready()
	text, all := w.body(), 0
	for _, w := range pr.writers {
		for _, word := range w.typed {
			all++
			if !strings.Contains(text, word) && !pr.gone[word] {
				pr.t.Errorf("run %d: %s is lost", pr.seed, word)
			}
		}
	}
	if pr.t.Failed() {
		pr.t.Logf("the text:\n%s\nwhat was done:\n%s", text, strings.Join(pr.story, "\n"))
	}
	pr.t.Logf("%d words, %d deleted, %d acts", all, len(pr.gone), len(pr.story))
	if all < 3 {
		pr.t.Errorf("run %d: only %d words were typed", pr.seed, all)
	}
}

// tries does something in a window that may load its page anew at that moment,
// because the story has come to it.
func (pr *pair) tries(w *writer, what func(*writer)) {
	var gone *cdp.Error
	var empty *rod.EvalError // the page that comes has nothing in it yet
	switch err := rod.Try(func() { what(w) }); {
	case err == nil:
	case errors.As(err, &gone) && gone.Code == -32000, errors.As(err, &empty), errors.Is(err, &rod.ObjectNotFoundError{}), errors.Is(err, &rod.NavigationError{}):
		w.page.MustWaitLoad()
		w.ready()
		pr.did(w, "got the page again")
	default:
		panic(err)
	}
}

func (pr *pair) did(w *writer, what string, args ...any) {
	pr.story = append(pr.story, fmt.Sprintf("%s %s (%s): %s", time.Now().Format("05.000"), w.name, w.state(), fmt.Sprintf(what, args...)))
}

// act does one thing that a person would.
func (pr *pair) act(w *writer) {
	switch n := pr.r.IntN(100); {
	case n < 52:
		pr.types(w)
	case n < 60:
		pr.deletes(w)
	case n < 66:
		pr.breaks(w)
	case n < 76:
		w.offline = !w.offline
		pr.did(w, "offline %v", w.offline)
		w.line(!w.offline)
	case n < 82:
		pr.did(w, "saves")
		w.together([]string{"Ctrl", "s"})
	case n < 90:
		pr.chooses(w)
	case n < 95:
		pr.takes(w)
	default:
		pr.again(w)
	}
}

// at puts the caret between two words of a random block and reports whether
// the text may be written in.
func (w *writer) at(r *rand.Rand) bool {
	ok := w.page.MustEval(`(a, b) => {
		const here = document.querySelector(".ProseMirror");
		if (here.contentEditable !== "true") return false;
		const blocks = [...here.querySelectorAll("p, h2, h3")].filter((e) => !e.closest("[contenteditable=false]"));
		const block = blocks[Math.floor(a * blocks.length)];
		here.focus({ preventScroll: true });
		const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
		const places = [];
		for (let n; (n = walk.nextNode()); ) for (let i = 0; i < n.data.length; i++) if (n.data[i] === " ") places.push([n, i]);
		const [n, i] = places.length > 0 ? places[Math.floor(b * places.length)] : [block, block.childNodes.length];
		getSelection().setBaseAndExtent(n, i, n, i);
		return true;
	}`, r.Float64(), r.Float64()).Bool()
	if ok {
		w.settled()
	}
	return ok
}

func (pr *pair) types(w *writer) {
	if !w.at(pr.r) {
		return
	}
	word := fmt.Sprintf("%s%dx%d", w.name, pr.seed, len(w.typed))
	w.page.MustInsertText(" " + word)
	if strings.Contains(w.body(), word) { // or the text passed on at that moment, and is read only
		w.typed = append(w.typed, word)
		pr.did(w, "types %s", word)
	}
}

// deletes takes the word before the caret away.
func (pr *pair) deletes(w *writer) {
	if !w.at(pr.r) {
		return
	}
	before := w.body()
	w.together([]string{"Ctrl", "Backspace"})
	w.settled()
	after := w.body()
	for _, x := range pr.writers {
		for _, word := range x.typed {
			if strings.Contains(before, word) && !strings.Contains(after, word) {
				pr.gone[word] = true
				pr.did(w, "deletes %s", word)
			}
		}
	}
}

// breaks parts a block in two, or puts it to the end of the one before.
func (pr *pair) breaks(w *writer) {
	if !w.at(pr.r) {
		return
	}
	if pr.r.IntN(2) == 0 {
		pr.did(w, "parts a block")
		w.page.Keyboard.MustType(input.Enter)
		return
	}
	pr.did(w, "joins two blocks")
	w.page.Keyboard.MustType(input.Home)
	w.settled()
	if w.page.MustEval(`() => getSelection().anchorOffset === 0`).Bool() {
		w.page.Keyboard.MustType(input.Backspace)
	}
}

// chooses takes the offered text, where two changed the same words.
func (pr *pair) chooses(w *writer) {
	if w.state() != "clash" {
		return
	}
	pr.did(w, "takes the joined text")
	w.page.MustEval(`() => document.querySelector("#conflict [data-choice=merged]")?.click()`)
}

// takes answers what is said about the holder: takes over, hands over.
func (pr *pair) takes(w *writer) {
	said := w.page.MustEval(`() => {
		const b = [...document.querySelectorAll("[data-slot=holder] button")].at(0);
		b?.click();
		return b?.textContent ?? "";
	}`).Str()
	if said != "" {
		pr.did(w, "says %q", said)
	}
}

// again loads the page anew; without a line a browser has nothing to load.
func (pr *pair) again(w *writer) {
	if w.offline {
		return
	}
	pr.did(w, "loads the page again")
	w.open(pr.edit)
	w.ready()
}

func (w *writer) back() {
	w.t.Helper()
	w.offline = false
	w.line(true)
	w.page.MustEval(`() => dispatchEvent(new Event("online"))`)
	err := rod.Try(func() {
		w.page.Timeout(patience).MustWait(`() => { const s = document.querySelector("[data-slot=state]").dataset; return !s.state || s.state === "clash" || s.state === "kept" && s.waits === "false" }`)
	})
	if err != nil {
		panic(fmt.Sprintf("%s has its line back, but stays %s: %s", w.name, w.state(), w.text()))
	}
}

// finish opens the story, takes it over, saves, settles what is to be compared,
// and returns how many more texts the desk offers.
func (pr *pair) finish(w *writer) (left int) {
	if pr.finished++; pr.finished > 30 {
		panic("the desk offers old texts for ever")
	}
	proto.NetworkSetBlockedURLs{Urls: []string{}}.Call(w.page)
	w.open(pr.edit)
	w.ready()
	pr.did(w, "comes again")
	deadline, done := time.Now().Add(2*patience), false
	for !done {
		if time.Now().After(deadline) {
			panic(fmt.Sprintf("%s cannot finish: %s", w.name, w.text()))
		}
		pr.tries(w, func(w *writer) { done = pr.settles(w) })
	}
	left = w.page.MustEval(`async (at) => (await (await fetch(at, { headers: { Accept: "application/json" } })).json()).drafts.length`, strings.TrimSuffix(pr.edit, "edit")+"drafts?base=1").Int()
	pr.did(w, "goes; %d more texts", left)
	w.open(pr.list)
	return left
}

// settles takes the next step to a text that is saved, and reports whether it is.
func (pr *pair) settles(w *writer) bool {
	if w.page.MustEval(`() => document.querySelector(".ProseMirror")?.contentEditable !== "true"`).Bool() {
		pr.takes(w)
		w.settled()
		return false
	}
	w.ready() // before that, what comes back from the log is not there to be saved
	pr.chooses(w)
	w.together([]string{"Ctrl", "s"})
	w.settled()
	return w.page.MustEval(`() => {
		const s = document.querySelector("[data-slot=state]").dataset;
		return s.ready === "true" && s.state === "kept" && s.waits === "false" && s.open === "false";
	}`).Bool()
}
