package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// command runs the program's command line in this process.
func command(t *testing.T, in string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = Main(t.Context(), args, strings.NewReader(in), &out, &errs)
	return code, out.String(), errs.String()
}

// paper makes a data folder with the fixture town in it.
func paper(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(dir, databaseName)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := (&papertest.Paper{Store: s, Clock: papertest.NewClock()}).Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const dispatch = "News ID: 48213\nPublish Date: 12 March 2026 - 21:40\nBy Rana Reed\nHarbour wall holds\n" +
	"VALMERE, Ostland (Dispatches) -- The new harbour wall of Valmere held through the highest tide in forty years, the port office said.\n"

func TestWrongCalls(t *testing.T) {
	dir := paper(t)
	sound := write(t, "sound.txt", dispatch)
	folder := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		code int
		says string // on stderr, in one sentence
	}{
		{"no such command", []string{"prnt"}, exitUsage, "prnt"},
		{"no such flag", []string{"check", "--dta", dir}, exitUsage, "--dta"},
		{"no file named", []string{"import", "text", "--data", dir}, exitUsage, "file"},
		{"a role that is none", []string{"user", "add", "a@b.example", "--role", "king", "--data", dir}, exitUsage, "a role is contributor"},
		{"no such file", []string{"import", "text", "/nowhere.txt", "--data", dir}, exitError, "there is no file /nowhere.txt"},
		{"a folder for a file", []string{"import", "text", folder, "--data", dir}, exitError, "is a folder"},
		{"no such edition", []string{"import", "text", sound, "--edition", "zz", "--data", dir}, exitError, `no edition "zz"`},
		{"no such section", []string{"import", "text", sound, "--section", "zz", "--data", dir}, exitError, `no section "zz"`},
		{"data that is a file", []string{"check", "--data", sound}, exitError, sound},
		{"no paper there", []string{"check", "--data", folder}, exitError, "there is no paper in"},
		{"an address that is no e-mail", []string{"user", "add", "nobody", "--role", "editor", "--data", dir}, exitError, "is not an e-mail address"},
		{"a database that is not there", []string{"check", "--database", "postgres://nobody@127.0.0.1:1/none"}, exitError, "cannot reach the database"},
		{"a configuration that is not there", []string{"check", "--config", "/nowhere.toml", "--data", dir}, exitUsage, "cannot read the configuration"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, _, stderr := command(t, "", c.args...)
			if code != c.code || !strings.Contains(stderr, c.says) {
				t.Errorf("exit %d, not %d; stderr: %s", code, c.code, stderr)
			}
			if lines := strings.Count(strings.TrimSpace(stderr), "\n"); lines > 1 {
				t.Errorf("more than a sentence:\n%s", stderr)
			}
		})
	}
}

// What is wrong with a dispatch itself is a line of the report, exit 1, and
// nothing is stored.
func TestWrongDispatches(t *testing.T) {
	arabic, err := charmap.Windows1256.NewEncoder().String("افتتاح الجسر\nفالمير، أوستلاند (برقيات) - افتتح الجسر القديم يوم السبت بعد عامين من العمل المتواصل في المدينة.\n")
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(dispatch, "48213", "48214", 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		refused    bool
		says       string
	}{
		{"UTF-16 is read and said", utf16, false, "UTF-16"},
		{"windows-1256 is read and said", arabic, false, "1256"},
		{"bytes of no text", "\x00\x01\x02\xff\xfe\xfd binary", true, "refused"},
		{"an empty file", "", true, "refused"},
		{"a headline and no body", "Only a headline\n", true, "refused"},
		{"a date that does not exist", strings.Replace(dispatch, "12 March", "31 April", 1), true, "31 April"},
		{"a number that is no News ID", strings.Replace(dispatch, "48213", "4x", 1), true, "4x"},
		{"a line of 5 MB", "A headline\n" + strings.Repeat("word ", 1<<20) + "\n", true, "2 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := paper(t)
			code, stdout, stderr := command(t, "", "import", "text", write(t, "d.txt", c.text), "--data", dir)
			if (code == exitError) != c.refused || !strings.Contains(stdout, c.says) {
				t.Errorf("exit %d; stdout: %s; stderr: %s", code, stdout, stderr)
			}
			stored := articles(t, dir)
			if want := map[bool]int{true: 0, false: 1}[c.refused]; stored != want {
				t.Errorf("%d articles are stored, not %d", stored, want)
			}
			if code, stdout, _ := command(t, "", "check", "--data", dir); code != exitOK {
				t.Errorf("check: %s", stdout)
			}
		})
	}
}

func articles(t *testing.T, dir string) int {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(dir, databaseName)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	list, err := s.DeskArticles(t.Context(), store.Queue{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestImportTwiceIsOnce(t *testing.T) {
	dir := paper(t)
	file, report := write(t, "d.txt", dispatch), filepath.Join(t.TempDir(), "report.json")
	for i, want := range []string{"1 new, 0 unchanged", "0 new, 1 unchanged"} {
		code, stdout, stderr := command(t, "", "import", "text", file, "--publish", "--data", dir, "--report", report)
		if code != exitOK || !strings.Contains(stdout, want) {
			t.Errorf("run %d: exit %d: %s%s", i+1, code, stdout, stderr)
		}
	}
	raw, err := os.ReadFile(report)
	var line struct {
		Outcome string
		NewsID  int `json:"news_id"`
	}
	if err != nil || json.Unmarshal(bytes.TrimSpace(raw), &line) != nil || line.Outcome != "unchanged" || line.NewsID != 48213 {
		t.Errorf("report: %s, %v", raw, err)
	}
	// the number is taken: another text with it is refused
	code, stdout, _ := command(t, "", "import", "text", write(t, "other.txt", strings.Replace(dispatch, "highest", "lowest", 1)), "--data", dir)
	if code != exitError || !strings.Contains(stdout, "News ID 48213 belongs to another text") {
		t.Errorf("another text under the same number: exit %d: %s", code, stdout)
	}
	if n := articles(t, dir); n != 1 {
		t.Errorf("%d articles", n)
	}
}

func TestProof(t *testing.T) {
	file := write(t, "d.txt", "Harbour wall holds\nVALMERE, Ostland (Dispatches) -- The new wall of of Valmere held through the tide, the port office said.\n")
	code, stdout, stderr := command(t, "", "proof", file, "--json")
	var f struct{ Rule, Text string }
	if err := json.Unmarshal([]byte(strings.SplitN(stdout, "\n", 2)[0]), &f); err != nil || code != exitError || f.Rule != "doubled-word" {
		t.Errorf("exit %d: %s%s (%v)", code, stdout, stderr, err)
	}
	clean := write(t, "c.txt", "Harbour wall holds\nVALMERE, Ostland (Dispatches) -- The new wall of Valmere held through the tide, the port office said.\n")
	if code, stdout, _ := command(t, "", "proof", clean); code != exitOK || stdout != "" {
		t.Errorf("a clean dispatch: exit %d: %s", code, stdout)
	}
}

func TestProofWithThePapersOwnRules(t *testing.T) {
	file := write(t, "d.txt", "Harbour wall holds\nVALMERE, Ostland (Dispatches) -- The sea wall of Valmere held, the port office said.\n")
	rules := write(t, "style.toml", "[[rule]]\nname = 'wall'\nwords = 'sea wall'\nfix = 'seawall'\n\n[[rule]]\nname = 'off'\nwords = 'port'\nfix = 'x'\noff = true\n")
	code, stdout, stderr := command(t, "", "proof", file, "--rules", rules)
	if want := file + ":1:5: wall: Write “seawall”.\n"; code != exitError || stdout != want {
		t.Errorf("exit %d: %s%s, want %s", code, stdout, stderr, want)
	}
	code, stdout, stderr = command(t, "", "proof", file, "--rules", write(t, "bad.toml", "[[rule]]\nname = 'x'\npattern = 'a('\nfix = 'y'\n"))
	if code != exitError || stdout != "" || !strings.Contains(stderr, "bad.toml: line 3: at character 2") {
		t.Errorf("bad rules: exit %d: %s%s", code, stdout, stderr)
	}
	if code, _, stderr = command(t, "", "proof", file, "--rules", rules+"x"); code != exitError || !strings.Contains(stderr, "there is no file") {
		t.Errorf("no rules: exit %d: %s", code, stderr)
	}
}

// serving starts a server on ports of the kernel's choice and returns its
// addresses and what stops it.
func serving(t *testing.T, dir string, clock *Clock) (s *server, stop func()) {
	t.Helper()
	return servingAs(t, serveCommand{Data: Data{Data: dir}, Public: "127.0.0.1:0", Desk: "127.0.0.1:0", Ops: "127.0.0.1:0", CacheMB: 8}, clock)
}

func servingAs(t *testing.T, c serveCommand, clock *Clock) (s *server, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	h := &house{ctx: ctx, stdout: io.Discard, stderr: io.Discard, log: quietLog()}
	s, err := c.start(h, clock)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	}
	t.Cleanup(stop)
	return s, stop
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// eventually waits on a condition, never on a duration.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

func TestServeShowsWhatAnotherProcessImports(t *testing.T) {
	dir := paper(t)
	s, stop := serving(t, dir, SystemClock())
	public := "http://" + s.rooms[0].Addr().String()
	if status, _ := get(t, public+"/news/48213"); status != 404 {
		t.Errorf("before: %d", status)
	}
	if code, stdout, stderr := command(t, "", "import", "text", write(t, "d.txt", dispatch), "--publish", "--data", dir); code != exitOK {
		t.Fatalf("import: %s%s", stdout, stderr)
	}
	eventually(t, "the page of the imported article", func() bool { status, _ := get(t, public+"/news/48213"); return status == 200 })
	eventually(t, "the front with it", func() bool { _, body := get(t, public+"/"); return strings.Contains(body, "Harbour wall holds") })
	if status, body := get(t, "http://"+s.rooms[2].Addr().String()+"/readyz"); status != 200 {
		t.Errorf("readyz: %d %s", status, body)
	}
	if _, body := get(t, "http://"+s.rooms[2].Addr().String()+"/metrics"); !strings.Contains(body, "broadsheet_pages_rendered_total") {
		t.Errorf("metrics: %s", body)
	}
	if code, _, stderr := command(t, "", "serve", "--data", dir, "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0"); code != exitError || !strings.Contains(stderr, "another server") {
		t.Errorf("a second server on the folder: exit %d: %s", code, stderr)
	}
	stop()
	if code, stdout, _ := command(t, "", "check", "--data", dir); code != exitOK {
		t.Errorf("check: %s", stdout)
	}
}

func TestPortInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	code, _, stderr := command(t, "", "serve", "--data", t.TempDir(), "--public", l.Addr().String())
	if code != exitError || !strings.Contains(stderr, "cannot listen on "+l.Addr().String()) {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// A scheduled story goes out without a visitor, also after a restart, and not
// before its time.
func TestScheduleSurvivesARestart(t *testing.T) {
	dir := paper(t)
	later := time.Now().Add(-48 * time.Hour) // the clock of this test starts two days back
	c := &fakeTime{}
	c.set(later)
	clock := NewClock(c.wall, c.steady)
	file := write(t, "d.txt", strings.Replace(dispatch, "12 March 2026 - 21:40", later.Add(24*time.Hour).UTC().Format("2006-01-02T15:04Z"), 1))
	s, stop := serving(t, dir, clock)
	im := importCommandAt(t, dir, file, clock)
	if !strings.Contains(im, "scheduled") {
		t.Fatalf("import: %s", im)
	}
	public := "http://" + s.rooms[0].Addr().String()
	c.advance(23 * time.Hour)
	if n, next, err := s.desk.PublishDue(t.Context()); n != 0 || err != nil || next.IsZero() {
		t.Errorf("an hour early: %d went out, next %v, %v", n, next, err)
	}
	if status, _ := get(t, public+"/news/48213"); status != 404 {
		t.Errorf("an hour early: %d", status)
	}
	stop()
	c.advance(2 * time.Hour)
	s, stop = serving(t, dir, NewClock(c.wall, c.steady))
	defer stop()
	eventually(t, "the scheduled story after the restart", func() bool {
		status, _ := get(t, "http://"+s.rooms[0].Addr().String()+"/news/48213")
		return status == 200
	})
}

// SIGKILL during an import leaves whole batches; importing again completes it.
func TestKilledImport(t *testing.T) {
	dir := paper(t)
	var items strings.Builder
	const count = 3000
	for i := range count {
		fmt.Fprintf(&items, `{"uri":"urn:test:%d","type":"text","language":"en","versioncreated":"2026-03-01T10:00:00Z","headline":"Item %d","body_text":"The harbour office of Valmere said on Sunday that berth %d is free again."}`+"\n", i, i, i)
	}
	file := write(t, "items.ndjson", items.String())
	binary := filepath.Join(t.TempDir(), "broadsheet")
	if out, err := run("go", "build", "-o", binary, "broadsheet/cmd/broadsheet").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	for range 3 {
		cmd := run(binary, "import", "ninjs", file, "--publish", "--data", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		before := articles(t, dir)
		eventually(t, "a first batch", func() bool { return articles(t, dir) > before || before >= 1000 })
		cmd.Process.Signal(syscall.SIGKILL)
		cmd.Wait()
		if code, stdout, _ := command(t, "", "check", "--data", dir); code != exitOK {
			t.Fatalf("after SIGKILL: %s", stdout)
		}
	}
	code, stdout, stderr := command(t, "", "import", "ninjs", file, "--publish", "--data", dir)
	if code != exitOK || !strings.Contains(stdout, "0 refused") {
		t.Errorf("again: exit %d: %s%s", code, stdout, stderr)
	}
	s, err := store.Open(t.Context(), store.Options{URL: filepath.Join(dir, databaseName)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ids, err := s.ArticleIDs(t.Context(), 1, 0, count+1)
	if err != nil || len(ids) != count {
		t.Errorf("%d articles are public, not %d (%v)", len(ids), count, err)
	}
}
