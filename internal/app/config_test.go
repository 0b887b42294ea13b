package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"go.uber.org/goleak"

	"broadsheet/internal/papertest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	http.DefaultClient.CloseIdleConnections()
	if err := goleak.Find(); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, "left running:", err)
		code = 1
	}
	os.Exit(code)
}

// served runs the serve command and returns where its three doors are; stop
// ends it and gives its exit code.
func served(t *testing.T, args ...string) (doors []string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	errs := &strings.Builder{}
	go func() {
		ended <- Main(ctx, append([]string{"serve"}, args...), strings.NewReader(""), in, errs)
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	for len(doors) < 3 && lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), " http"); ok {
			doors = append(doors, "http"+address)
		}
	}
	go io.Copy(io.Discard, out)
	stop = func() int { cancel(); return <-ended }
	if len(doors) < 3 {
		t.Fatalf("exit %d: %s", stop(), errs)
	}
	return doors, stop
}

// Every flag is also an environment variable.
func TestFlagsFromTheEnvironment(t *testing.T) {
	t.Chdir(t.TempDir())
	dir := paper(t)
	for name, value := range map[string]string{"BROADSHEET_DATA": dir, "BROADSHEET_PUBLIC": "127.0.0.1:0", "BROADSHEET_DESK": "127.0.0.1:0", "BROADSHEET_OPS": "127.0.0.1:0",
		"BROADSHEET_PUBLIC_URL": "http://courier.example", "BROADSHEET_CACHE_MB": "8", "BROADSHEET_PROXY": "10.0.0.0/8,192.168.0.0/16"} {
		t.Setenv(name, value)
	}
	doors, stop := served(t)
	if doors[0] != "http://courier.example" || strings.HasSuffix(doors[1], ":8081") || strings.HasSuffix(doors[2], ":8082") {
		t.Errorf("the doors are %v", doors)
	}
	if code := stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	// a flag goes before its variable
	t.Setenv("BROADSHEET_EDITION", "fa")
	file := write(t, "d.txt", dispatch)
	if code, stdout, stderr := command(t, "", "import", "text", file, "--edition", "zz"); code != exitError || !strings.Contains(stderr, `"zz"`) {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	t.Setenv("BROADSHEET_EDITION", "en")
	if code, stdout, stderr := command(t, "", "import", "text", file); code != exitOK || !strings.Contains(stdout, "1 new") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	t.Setenv("BROADSHEET_ROLE", "editor")
	if code, stdout, stderr := command(t, "", "user", "add", "new@valmere.example"); code != exitOK || !strings.Contains(stdout, "/invitation/") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}

// Every flag is also a key of broadsheet.toml; a variable and a flag go before it.
func TestFlagsFromTheConfiguration(t *testing.T) {
	dir, folder := paper(t), t.TempDir()
	t.Chdir(folder)
	configure := func(text string) {
		if err := os.WriteFile(filepath.Join(folder, "broadsheet.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	configure(fmt.Sprintf("data = %q\npublic = '127.0.0.1:0'\ndesk = '127.0.0.1:0'\nops = '127.0.0.1:0'\npublic-url = 'http://courier.example'\ncache-mb = 8\nproxy = ['10.0.0.0/8', '192.168.0.0/16']\ndemo = true\nedition = 'zz'\n", dir))
	doors, stop := served(t, "--desk-url", "http://desk.courier.example")
	if doors[0] != "http://courier.example" || doors[1] != "http://desk.courier.example" || strings.HasSuffix(doors[2], ":8082") {
		t.Errorf("the doors are %v", doors)
	}
	if code := stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	file := write(t, "d.txt", dispatch)
	if code, _, stderr := command(t, "", "import", "text", file); code != exitError || !strings.Contains(stderr, `no edition "zz"`) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	t.Setenv("BROADSHEET_EDITION", "en")
	if code, stdout, stderr := command(t, "", "import", "text", file); code != exitOK {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	for text, says := range map[string]string{"public = \n": "not valid TOML", "pubic = 'x'\n": `unknown key "pubic"`, "cache-mb = 'much'\n": "cache-mb", "proxy = ['here']\n": "is not a network"} {
		configure(fmt.Sprintf("data = %q\n", dir) + text)
		if code, _, stderr := command(t, "", "serve", "--public", "127.0.0.1:0"); code != exitUsage || !strings.Contains(stderr, says) {
			t.Errorf("%q: exit %d: %s", text, code, stderr)
		}
	}
}

// What cannot be served is said in one sentence before anything is made.
func TestWrongAddresses(t *testing.T) {
	for _, c := range []struct{ flag, value, says string }{
		{"--public-url", "courier.example", "--public-url"},
		{"--public-url", "https://courier.example/news", "--public-url"},
		{"--public-url", "ftp://courier.example", "--public-url"},
		{"--desk-url", "https://me:secret@desk.example", "--desk-url"},
		{"--database", "mysql://here/paper", "postgres://"},
		{"--proxy", "10.0.0.1", "--proxy"},
	} {
		dir := filepath.Join(t.TempDir(), "paper")
		code, _, stderr := command(t, "", "serve", "--data", dir, c.flag, c.value)
		if _, err := os.Stat(dir); code != exitUsage || !strings.Contains(stderr, c.says) || strings.Count(stderr, "\n") != 1 || !os.IsNotExist(err) {
			t.Errorf("%s %s: exit %d: %s(folder: %v)", c.flag, c.value, code, stderr, err)
		}
	}
}

// A paper of a newer program is left alone.
func TestANewerPaper(t *testing.T) {
	dir := paper(t)
	db, err := driver.Open("file:" + filepath.Join(dir, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`INSERT INTO schema_version (version_id, is_applied) VALUES (99, 1)`); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"serve"}, {"import", "text", write(t, "d.txt", dispatch)}, {"user", "add", "new@valmere.example", "--role", "editor"}} {
		code, _, stderr := command(t, "", append(args, "--data", dir)...)
		if code != exitError || !strings.Contains(stderr, "start a newer program") || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit %d: %s", args, code, stderr)
		}
	}
}

// A database that another program holds is said after the time it may take.
func TestALockedPaper(t *testing.T) {
	t.Parallel()
	dir := paper(t)
	db, err := driver.Open("file:" + filepath.Join(dir, databaseName) + "?_pragma=locking_mode(exclusive)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE held (a)`); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := command(t, "", "check", "--data", dir)
	if code != exitError || !strings.Contains(stderr, "another program holds it") || strings.Count(stderr, "\n") != 1 {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// A data folder that this user may only read is said in one sentence. Root may
// write everywhere, so the program runs as somebody else.
func TestAReadOnlyFolder(t *testing.T) {
	dir := paper(t)
	binary := built(t)
	cmd := run(binary, "serve", "--data", dir, "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0")
	if os.Geteuid() == 0 {
		for _, path := range []string{filepath.Dir(filepath.Dir(binary)), filepath.Dir(binary), filepath.Dir(filepath.Dir(dir)), filepath.Dir(dir)} {
			if err := os.Chmod(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		cmd.Dir = "/"
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700) })
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != exitError || !strings.Contains(string(out), "change its owner or name another folder") || strings.Count(string(out), "\n") != 1 {
		t.Errorf("%v: %s", err, out)
	}
}

func built(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "broadsheet")
	if out, err := run("go", "build", "-o", binary, "broadsheet/cmd/broadsheet").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return binary
}

// SIGTERM lets a reader finish who is being answered, and exits 0.
func TestSIGTERMDrains(t *testing.T) {
	dir := paper(t)
	cmd := run(built(t), "serve", "--data", dir, "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ops string
	for lines := bufio.NewScanner(out); ops == "" && lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), "Operations: "); ok {
			ops = address
		}
	}
	resp, err := http.Get(ops + "/debug/pprof/trace?seconds=2") // an answer that takes its time
	if err != nil {
		t.Fatal(err)
	}
	cmd.Process.Signal(syscall.SIGTERM)
	trace, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || len(trace) == 0 {
		t.Errorf("the answer under way was cut off: %d bytes, %v", len(trace), err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("exit: %v", err)
	}
}

// An import that is broken off says so and exits 1, also while it waits for
// more of its file.
func TestABrokenOffImport(t *testing.T) {
	dir := paper(t)
	cmd := run(built(t), "import", "ninjs", "-", "--data", dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for i := range 200 { // one batch
		fmt.Fprintf(in, `{"uri":"urn:test:%d","type":"text","headline":"Item %d","body_text":"The berth is free again."}`+"\n", i, i)
	}
	fmt.Fprint(in, " ")
	bufio.NewReader(out).ReadString('\n') // it is at work
	go io.Copy(io.Discard, out)
	cmd.Process.Signal(os.Interrupt)
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitError || !strings.Contains(errs.String(), "broken off") {
		t.Errorf("%v: %s", err, errs.String())
	}
}

// The operator's door on loopback is asked by loopback names only: a foreign
// page cannot read it through a name of its own.
func TestOpsIsAskedByItsOwnName(t *testing.T) {
	s, stop := serving(t, paper(t), SystemClock())
	defer stop()
	u, err := url.Parse("http://" + s.rooms[2].Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]int{u.Host: 200, "localhost:" + u.Port(): 200, "[::1]:" + u.Port(): 200, "evil.example:" + u.Port(): 421, "evil.example": 421, "10.1.2.3": 421} {
		r := httptest.NewRequest("GET", "/healthz", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.doors[2].Handler.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: status %d, not %d", host, w.Code, want)
		}
	}
}

// A paper on PostgreSQL is served, imported into and checked, and what does not
// serve makes no folder.
func TestAPaperOnPostgres(t *testing.T) {
	url := papertest.Postgres(t)
	folder := t.TempDir()
	t.Chdir(folder)
	doors, stop := served(t, "--database", url, "--data", filepath.Join(t.TempDir(), "lock"), "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0", "--demo")
	if code, stdout, stderr := command(t, "", "import", "text", write(t, "d.txt", dispatch), "--publish", "--database", url); code != exitOK {
		t.Errorf("import: exit %d: %s%s", code, stdout, stderr)
	}
	eventually(t, "the imported article", func() bool { status, _ := get(t, doors[0]+"/news/48213"); return status == 200 })
	if code := stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	if code, stdout, stderr := command(t, "", "check", "--database", url); code != exitOK {
		t.Errorf("check: exit %d: %s%s", code, stdout, stderr)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("in the working folder: %v, %v", left, err)
	}
}

// A job's trouble is told when it comes, when it changes and when it is over.
func TestComplaints(t *testing.T) {
	log, said := recordingLog()
	var c complaint
	for _, err := range []error{nil, io.EOF, io.EOF, io.EOF, io.ErrClosedPipe, nil, nil} {
		c.about(t.Context(), log, "the record cannot be read", err)
	}
	want := "ERROR the record cannot be read: EOF\nERROR the record cannot be read: io: read/write on closed pipe\nINFO it is well again\n"
	if got := said(); got != want {
		t.Errorf("%s", got)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	c.about(ended, log, "the record cannot be read", context.Canceled)
	if got := said(); got != want {
		t.Errorf("while stopping: %s", got)
	}
}

// A start that was cut off while it filled the sample is gone on with.
func TestDemoAfterACutOffStart(t *testing.T) {
	dir := t.TempDir()
	if code, _, stderr := command(t, "", "user", "add", demoEditor, "--role", "editor", "--data", dir); code != exitOK {
		t.Fatal(stderr)
	}
	doors, stop := served(t, "--demo", "--data", dir, "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0")
	if status, body := get(t, doors[0]+"/"); status != 200 || !strings.Contains(body, "The Valmere Courier") {
		t.Errorf("the front: status %d", status)
	}
	if code := stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	if code, stdout, _ := command(t, "", "check", "--data", dir); code != exitOK {
		t.Errorf("check: %s", stdout)
	}
}
