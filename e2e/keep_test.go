//go:build e2e

package e2e

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

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

	t.Run("typing alone keeps it, and gives a number", func(t *testing.T) {
		owner.t = t
		path := owner.newArticle(p, "The bridge opened.")
		t.Log(path)
		owner.open(p.desk + path)
		owner.sees("The bridge opened.")
		t.Log(owner.state(), owner.element("[data-slot=state]").MustText())
	})
}
