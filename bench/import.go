package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// words of the synthetic articles, by frequency: the first are as common as
// "the" is, the last as rare as a name.
func vocabulary(r *rand.Rand) func() string {
	const n = 20_000
	list := make([]string, n)
	for i := range list {
		length := 2 + r.IntN(3) + i*6/n
		var b strings.Builder
		for range length {
			b.WriteByte("etaoinshrdlcumwfgypbvk"[r.IntN(22)])
		}
		list[i] = b.String()
	}
	zipf := rand.NewZipf(r, 1.1, 2, n-1)
	return func() string { return list[zipf.Uint64()] }
}

// corpus writes so many ninjs articles of about 300 words, one a line, dated
// back from now.
func (b *bench) corpus(name string, count, from int) (string, error) {
	path := filepath.Join(b.dir, name)
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	w := bufio.NewWriter(f)
	r := rand.New(rand.NewPCG(1, uint64(from)))
	word := vocabulary(r)
	text := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = word()
		}
		s := strings.Join(words, " ")
		return strings.ToUpper(s[:1]) + s[1:] + "."
	}
	now := time.Now().UTC()
	for i := range count {
		var body strings.Builder
		for range 6 {
			fmt.Fprintf(&body, "<p>%s</p>", text(50))
		}
		at := now.Add(-time.Duration(count-i) * 47 * time.Minute)
		item := map[string]any{"standard": map[string]string{"name": "ninjs", "version": "3.0"}, "uri": fmt.Sprintf("urn:bench:%d", from+i), "type": "text",
			"language": "en", "versionCreated": at.Format(time.RFC3339), "firstCreated": at.Format(time.RFC3339), "pubStatus": "usable", "urgency": 4,
			"headlines": []map[string]string{{"value": fmt.Sprintf("%s %d", strings.TrimSuffix(text(7), "."), from+i)}},
			"by":        "Bench Writer " + strconv.Itoa(i%40),
			"bodies":    []map[string]string{{"contentType": "text/html", "value": body.String()}}}
		line, err := json.Marshal(item)
		if err != nil {
			return "", err
		}
		w.Write(append(line, '\n'))
	}
	if err := w.Flush(); err != nil {
		return "", err
	}
	return path, f.Close()
}

// importing founds the paper and fills it, timing the import twice: memory is
// flat if twice as many articles take no more of it.
func (b *bench) importing(ctx context.Context) error {
	if err := b.found(ctx); err != nil {
		return err
	}
	half, err := b.corpus("half.ndjson", b.articles/2, 0)
	if err != nil {
		return err
	}
	rest, err := b.corpus("rest.ndjson", b.articles-b.articles/2, b.articles/2)
	if err != nil {
		return err
	}
	rate1, mem1, err := b.importFile(ctx, half, b.articles/2)
	if err != nil {
		return err
	}
	rate2, mem2, err := b.importFile(ctx, rest, b.articles-b.articles/2)
	if err != nil {
		return err
	}
	b.say("`import ninjs --publish` on SQLite, articles of about 300 words: **%.0f and %.0f articles a second** (two halves); at most %.0f and %.0f MB resident. Goal 2,000 a second, memory flat", rate1, rate2, mem1, mem2)
	if err := b.makeLong(ctx); err != nil {
		return err
	}
	return b.makeDrafts(ctx)
}

// makeLong imports the article whose page is read: with its furniture the
// page has 25 to 30 KB of HTML.
func (b *bench) makeLong(ctx context.Context) error {
	r := rand.New(rand.NewPCG(2, 2))
	word := vocabulary(r)
	var body strings.Builder
	for body.Len() < 18_000 {
		for range 60 {
			body.WriteString(word() + " ")
		}
		body.WriteString("end.\n")
	}
	path, report := filepath.Join(b.dir, "long.txt"), filepath.Join(b.dir, "long.ndjson")
	if err := os.WriteFile(path, []byte("By Bench Writer\nA long read about nothing\n"+body.String()), 0o644); err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, b.paper, "import", "text", path, "--publish", "--data", b.data, "--report", report).CombinedOutput()
	if err != nil {
		return fmt.Errorf("import of the long read: %w\n%s", err, out)
	}
	raw, err := os.ReadFile(report)
	if err != nil {
		return err
	}
	m := newsID.FindSubmatch(raw)
	if m == nil {
		return fmt.Errorf("the long read has no News ID: %s", raw)
	}
	b.longest, err = strconv.Atoi(string(m[1]))
	return err
}

func (b *bench) importFile(ctx context.Context, path string, count int) (rate, megabytes float64, err error) {
	cmd := exec.CommandContext(ctx, b.paper, "import", "ninjs", path, "--publish", "--data", b.data)
	cmd.Stderr = os.Stderr
	begun := time.Now()
	out, err := cmd.Output()
	if err != nil {
		return 0, 0, fmt.Errorf("import: %w\n%s", err, out)
	}
	took := time.Since(begun)
	if !strings.Contains(string(out), fmt.Sprintf("%d new", count)) {
		return 0, 0, fmt.Errorf("import did not take everything: %s", out)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return float64(count) / took.Seconds(), float64(usage.Maxrss) / 1024, nil
}

var newsID = regexp.MustCompile(`"news_id":(\d+)`)

// makeDrafts imports the articles whose publication is timed later.
func (b *bench) makeDrafts(ctx context.Context) error {
	path, err := b.corpus("drafts.ndjson", b.publications, 1_000_000)
	if err != nil {
		return err
	}
	report := filepath.Join(b.dir, "report.ndjson")
	out, err := exec.CommandContext(ctx, b.paper, "import", "ninjs", path, "--data", b.data, "--report", report).CombinedOutput()
	if err != nil {
		return fmt.Errorf("import of drafts: %w\n%s", err, out)
	}
	raw, err := os.ReadFile(report)
	if err != nil {
		return err
	}
	for _, m := range newsID.FindAllStringSubmatch(string(raw), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return err
		}
		b.drafts = append(b.drafts, n)
	}
	return nil
}
