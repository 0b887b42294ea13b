package durable

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestLock(t *testing.T) {
	r, dir := open(t)
	lock, err := r.Lock("lock")
	if err != nil {
		t.Fatal(err)
	}
	second, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	_, err = second.Lock("lock")
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("the second lock: %v", err)
	}
	if other, err := second.Lock("other"); err != nil {
		t.Errorf("another file's lock: %v", err)
	} else if err := other.Release(); err != nil {
		t.Error(err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := second.Lock("lock")
	if err != nil {
		t.Fatalf("after the release: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Error(err)
	}
}

// A process that is killed gives its lock up.
func TestLockOfKilledProcess(t *testing.T) {
	if dir := os.Getenv("DURABLE_HOLD"); dir != "" {
		hold(dir)
		return
	}
	r, dir := open(t)
	holder := exec.Command(os.Args[0], "-test.run=^TestLockOfKilledProcess$")
	holder.Env = append(os.Environ(), "DURABLE_HOLD="+dir)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("the holder said %q, %v", line, err)
	}
	if _, err := r.Lock("lock"); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), strconv.Itoa(holder.Process.Pid)) {
		t.Errorf("while it is held: %v", err)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // it was killed
	lock, err := r.Lock("lock")
	if err != nil {
		t.Fatalf("after the holder's death: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

// hold takes the lock, says so and waits to be killed.
func hold(dir string) {
	r, err := Open(dir)
	if err == nil {
		_, err = r.Lock("lock")
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("held")
	select {}
}

// The system calls of WriteFile are those written above it, seen from outside.
func TestSystemCalls(t *testing.T) {
	if dir := os.Getenv("DURABLE_TRACE"); dir != "" {
		r, err := Open(dir)
		if err == nil {
			err = r.WriteFile("media/traced.txt", []byte("the whole text"), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	dir, trace := t.TempDir(), filepath.Join(t.TempDir(), "trace")
	if err := os.Mkdir(filepath.Join(dir, "media"), 0o700); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(strace, "-f", "-y", "-o", trace, "-e", "trace=openat,write,fsync,fdatasync,renameat,renameat2,unlinkat",
		os.Args[0], "-test.run=^TestSystemCalls$")
	run.Env = append(os.Environ(), "DURABLE_TRACE="+dir)
	if out, err := run.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "ptrace") {
			t.Skipf("strace may not trace here: %s", out)
		}
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for line := range strings.Lines(string(text)) {
		if call := named(line); call != "" {
			seen = append(seen, call)
		}
	}
	want := []string{"open temp", "write temp", "fsync temp", "rename", "open folder", "fsync folder"}
	if got := strings.Join(seen, ", "); !strings.Contains(got, strings.Join(want, ", ")) || strings.Count(got, "fsync") != 2 {
		t.Errorf("calls: %s\nwant:  %s\n%s", got, strings.Join(want, ", "), text)
	}
}

// named puts a line of the trace into a word if it is about the file that was
// written or its folder.
func named(line string) string {
	temp := strings.Contains(line, "/media/.tmp-")
	switch {
	case strings.Contains(line, "openat(") && strings.Contains(line, "O_CREAT") && strings.Contains(line, "/media/.tmp-"):
		return "open temp"
	case strings.Contains(line, " write(") && temp:
		return "write temp"
	case strings.Contains(line, " fsync(") && temp:
		return "fsync temp"
	case strings.Contains(line, " renameat") && strings.Contains(line, `"traced.txt"`):
		return "rename"
	case strings.Contains(line, " openat(") && strings.HasSuffix(strings.TrimSpace(line), "/media>") && !strings.Contains(line, "O_DIRECTORY"):
		return "open folder" // with O_DIRECTORY it is os.Root on its way to a file
	case strings.Contains(line, " fsync(") && strings.Contains(line, "/media>"):
		return "fsync folder"
	}
	return ""
}
