// Bench measures the paper against real peers on the machine at hand, in one
// run, and writes bench/RESULTS.md: an article page from the cache beside a
// bare Go handler and nginx, the time from publishing to being visible, the
// import, and what a start costs. Figures of different runs do not compare;
// ratios within one do.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

func main() {
	bare := flag.String("bare", "", "serve this one file from memory, as the peer does (used by the bench itself)")
	addr := flag.String("addr", "127.0.0.1:0", "where -bare listens")
	articles := flag.Int("articles", 10_000, "articles in the paper")
	publications := flag.Int("publications", 200, "publications that are timed")
	only := flag.String("only", "", "measure one part only: starting, reading, publishing, desk, saving or duty")
	out := flag.String("out", "bench/RESULTS.md", "where the results go")
	flag.Parse()
	if err := run(*bare, *addr, *only, *articles, *publications, *out); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(bare, addr, only string, articles, publications int, out string) error {
	if bare != "" {
		return serveBare(bare, addr)
	}
	for _, tool := range []string{"wrk", "nginx", "taskset"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is missing; `make bench` installs it on Debian", tool)
		}
	}
	dir, err := os.MkdirTemp("", "broadsheet-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, articles: articles, publications: publications, paper: filepath.Join(dir, "broadsheet"), data: filepath.Join(dir, "data")}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	defer cancel()
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{{"", b.build}, {"", b.importing}, {"starting", b.starting}, {"reading", b.reading}, {"publishing", b.publishing}, {"desk", b.atDesk}, {"saving", b.saving}, {"duty", b.onDuty}} {
		if only != "" && step.name != "" && step.name != only {
			continue
		}
		if err := step.do(ctx); err != nil {
			b.stop()
			return err
		}
	}
	b.stop()
	text := b.report()
	fmt.Print(text)
	return os.WriteFile(out, []byte(text), 0o644)
}

// serveBare is the peer: a Go handler that answers the same bytes from memory
// and does nothing else.
func serveBare(file, addr string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	length := fmt.Sprint(len(body))
	s := &http.Server{Addr: addr, ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", length)
		w.Write(body)
	})}
	if err := s.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// bench is one run.
type bench struct {
	dir, paper, data       string
	articles, publications int
	server                 *process
	lines                  []string
	drafts                 []int // News IDs of imported drafts
	longest                int   // News ID of the article whose page is read
}

func (b *bench) say(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	fmt.Fprintln(os.Stderr, line)
	b.lines = append(b.lines, line)
}

func (b *bench) build(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", b.paper, "broadsheet/cmd/broadsheet").CombinedOutput()
	if err != nil {
		return fmt.Errorf("build: %w\n%s", err, out)
	}
	return nil
}

func (b *bench) stop() {
	if b.server != nil {
		b.server.stop()
		b.server = nil
	}
}

func (b *bench) report() string {
	var s strings.Builder
	fmt.Fprintf(&s, "# Results\n\nMeasured by `make bench` in one run: %s, %d cores, %s/%s, %d articles in the paper. The machine is shared and noisy: read the\nratios, not the absolute figures.\n\n",
		runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, b.articles)
	for _, line := range b.lines {
		fmt.Fprintf(&s, "- %s\n", line)
	}
	return s.String()
}
