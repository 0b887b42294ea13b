//go:build e2e

// Package e2e drives the real program with a real browser: the built binary,
// its own data folder, Chromium. What it cannot reach: other browsers, a slow
// line, a screen reader.
package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// program is a paper that runs as its own process.
type program struct {
	t            *testing.T
	binary       string
	dir, data    string   // the test's own folder, and the paper's in it
	flags        []string // of serve, beside the addresses
	public, desk string   // addresses as printed at the start
	invitation   string   // the first owner's link
	cmd          *exec.Cmd
}

// start serves an empty paper on ports of the kernel's
// choice.
func start(t *testing.T) *program { return startWith(t) }

// startDemo serves the sample paper; demoPassword signs its people in.
func startDemo(t *testing.T) *program { return startWith(t, "--demo") }

const demoPassword = "valmere-courier-demo"

// built is the program, built once for all tests.
var built = sync.OnceValues(func() (string, error) {
	binary := filepath.Join(workshop, "broadsheet")
	if out, err := exec.Command("go", "build", "-o", binary, "broadsheet/cmd/broadsheet").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return binary, nil
})

// workshop is the folder of the built program; TestMain makes and clears it.
var workshop string

func startWith(t *testing.T, flags ...string) *program {
	t.Helper()
	dir := t.TempDir()
	binary, err := built()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, flags: flags, binary: binary, dir: dir, data: filepath.Join(dir, "data")}
	p.serve()
	return p
}

func (p *program) serve() {
	p.t.Helper()
	args := append([]string{"serve", "--data", p.data, "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0"}, p.flags...)
	p.cmd = exec.Command(p.binary, args...)
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(p.stop)
	p.read(out)
}

// read takes the addresses from what the program greets with.
func (p *program) read(out io.Reader) {
	p.t.Helper()
	link := regexp.MustCompile(`^\s+(http://\S+/invitation/\S+)$`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		if rest, ok := strings.CutPrefix(line, "The paper:"); ok {
			p.public = strings.TrimSpace(rest)
		}
		if rest, ok := strings.CutPrefix(line, "The desk:"); ok {
			p.desk = strings.TrimSpace(rest)
		}
		if m := link.FindStringSubmatch(line); m != nil {
			p.invitation = m[1]
			return
		}
		if strings.Contains(line, demoPassword) || strings.HasPrefix(line, "Operations:") && p.invitation != "" { // served again: nobody is invited any more
			return
		}
	}
	p.t.Fatal("the program did not greet")
}

// stop ends the program as an operator would; it must drain and exit 0.
func (p *program) stop() {
	if p.cmd.ProcessState != nil {
		return
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("after SIGTERM: %v", err)
	}
}

// run runs a command of the program on the same data and returns what it printed.
func (p *program) run(in string, args ...string) string {
	p.t.Helper()
	args = append(args, "--data", p.data)
	cmd := exec.Command(p.binary, args...)
	cmd.Stdin = strings.NewReader(in)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		p.t.Fatalf("broadsheet %s: %v\n%s", strings.Join(args, " "), err, out.String())
	}
	return out.String()
}

// file writes a dispatch next to the data and returns its path.
func (p *program) file(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}
