package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Ports of the bench's own; everything is on loopback.
const (
	publicAddr = "127.0.0.1:18610"
	deskAddr   = "127.0.0.1:18611"
	opsAddr    = "127.0.0.1:18612"
	bareAddr   = "127.0.0.1:18613"
	nginxAddr  = "127.0.0.1:18614"
)

func (b *bench) serve(ctx context.Context, before ...string) error {
	args := append(before, b.paper, "serve", "--data", b.data, "--public", publicAddr, "--desk", deskAddr, "--ops", opsAddr)
	var err error
	b.server, err = begin(ctx, args[0], args[1:]...)
	return err
}

// starting times the start to the first page with a full paper.
func (b *bench) starting(ctx context.Context) error {
	var took []time.Duration
	var memory float64
	for range 5 {
		begun := time.Now()
		if err := b.serve(ctx); err != nil {
			return err
		}
		if err := answers(ctx, "http://"+publicAddr+"/"); err != nil {
			return err
		}
		took = append(took, time.Since(begun))
		memory = max(memory, b.server.resident())
		b.stop()
	}
	slices.Sort(took)
	b.say("start to first page: **median %d ms** of 5, worst %d ms; at most **%.0f MB resident** after it. Goals 1 s and 80 MB", took[2].Milliseconds(), took[4].Milliseconds(), memory)
	return nil
}

// reading compares an article's page from the cache with the same bytes from a
// bare Go handler and from nginx: one core for the server, the other for wrk.
func (b *bench) reading(ctx context.Context) error {
	if err := b.serve(ctx, "env", "GOMAXPROCS=1", "taskset", "-c", "0"); err != nil {
		return err
	}
	defer b.stop()
	page := "http://" + publicAddr + "/news/" + strconv.Itoa(b.longest)
	if err := answers(ctx, page); err != nil {
		return err
	}
	if err := b.weigh(page); err != nil {
		return err
	}
	file := filepath.Join(b.dir, "article.html")
	_, body, err := ask(page, nil)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, body, 0o644); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	bare, err := begin(ctx, "env", "GOMAXPROCS=1", "taskset", "-c", "0", self, "-bare", file, "-addr", bareAddr)
	if err != nil {
		return err
	}
	defer bare.stop()
	nginx, err := b.nginx(ctx, file)
	if err != nil {
		return err
	}
	defer nginx.stop()
	for _, url := range []string{"http://" + bareAddr + "/", "http://" + nginxAddr + "/article.html"} {
		if err := answers(ctx, url); err != nil {
			return err
		}
	}
	return b.race(ctx, page, len(body))
}

// race runs the three in turn, five times, and compares medians.
func (b *bench) race(ctx context.Context, page string, size int) error {
	urls := []string{page, "http://" + bareAddr + "/", "http://" + nginxAddr + "/article.html"}
	rates := make([][]float64, len(urls))
	for range 5 {
		for i, url := range urls {
			rate, err := wrk(ctx, url)
			if err != nil {
				return err
			}
			rates[i] = append(rates[i], rate)
		}
	}
	for i := range rates {
		slices.Sort(rates[i])
	}
	ours, bare, nginx := rates[0][2], rates[1][2], rates[2][2]
	b.say("article page from the cache, %.1f KB of HTML, 32 connections, one core each side, medians of 5 runs in turn: Broadsheet %.0f, bare Go handler %.0f, nginx %.0f requests a second: **%.2f of the bare handler**, %.2f of nginx. Goal 0.70 of the bare handler",
		float64(size)/1024, ours, bare, nginx, ours/bare, ours/nginx)
	return nil
}

var wrkRate = regexp.MustCompile(`Requests/sec:\s+([\d.]+)`)

func wrk(ctx context.Context, url string) (float64, error) {
	out, err := exec.CommandContext(ctx, "taskset", "-c", "1", "wrk", "-t1", "-c32", "-d4s", url).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	if strings.Contains(string(out), "Non-2xx") {
		return 0, fmt.Errorf("wrk: %s", out)
	}
	m := wrkRate.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("wrk said: %s", out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

func (b *bench) nginx(ctx context.Context, file string) (*process, error) {
	conf := filepath.Join(b.dir, "nginx.conf")
	text := fmt.Sprintf("daemon off; worker_processes 1; error_log stderr crit; pid %s/nginx.pid;\nevents { worker_connections 512; }\n"+
		"http { access_log off; sendfile on; tcp_nopush on; open_file_cache max=10; types { text/html html; } server { listen %s; root %s; } }\n", b.dir, nginxAddr, filepath.Dir(file))
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		return nil, err
	}
	os.Chmod(b.dir, 0o755)
	return begin(ctx, "taskset", "-c", "0", "nginx", "-p", b.dir, "-c", conf)
}

var foreign = regexp.MustCompile(`(?:src|href)="(https?://[^"]+)"`)

// weigh says how heavy an article's page is, and that it needs nobody else.
func (b *bench) weigh(page string) error {
	_, plain, err := ask(page, nil)
	if err != nil {
		return err
	}
	_, br, err := ask(page, http.Header{"Accept-Encoding": {"br"}})
	if err != nil {
		return err
	}
	_, gz, err := ask(page, http.Header{"Accept-Encoding": {"gzip"}})
	if err != nil {
		return err
	}
	others := 0
	for _, m := range foreign.FindAllSubmatch(plain, -1) {
		if !strings.HasPrefix(string(m[1]), "http://"+publicAddr) {
			others++
		}
	}
	b.say("that page: %.1f KB, **%.1f KB with Brotli**, %.1f KB with gzip; %d addresses of third parties in it. Goal under 14 KB", float64(len(plain))/1024, float64(len(br))/1024, float64(len(gz))/1024, others)
	return nil
}
