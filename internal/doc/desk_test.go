package doc

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestTheEditorChangesNothing: random bodies go through the desk's editor (its
// schema, in Node) and come back byte for byte, with as many words.
func TestTheEditorChangesNothing(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node: make test installs it on Debian")
	}
	script := filepath.Join(t.TempDir(), "roundtrip.mjs")
	build := exec.Command("go", "tool", "esbuild", "../../desk-ui/test/roundtrip.ts", "--bundle", "--format=esm", "--target=es2022",
		"--banner:js=globalThis.navigator ??= { platform: '' };", "--log-level=warning", "--outfile="+script)
	if out, err := build.CombinedOutput(); err != nil {
		t.Skipf("the editor's libraries are not there (make assets-desk brings them): %s", out)
	}
	bodies := rapid.Custom(genBody)
	var in bytes.Buffer
	var sent []Body
	for seed := range 400 {
		b := bodies.Example(seed).Normal()
		data, err := json.Marshal(b)
		if err != nil {
			continue // over a limit
		}
		sent = append(sent, b)
		in.Write(append(data, '\n'))
	}
	cmd := exec.Command(node, script)
	cmd.Stdin = &in
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(sent) || len(sent) < 300 {
		t.Fatalf("%d bodies, %d answers", len(sent), len(lines))
	}
	for i, line := range lines {
		var got struct {
			Document json.RawMessage
			Words    int
			Fault    string
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil || got.Fault != "" {
			t.Fatalf("%v %s", err, line)
		}
		var back Body
		if err := back.UnmarshalJSON(got.Document); err != nil {
			t.Fatalf("%v: %s", err, got.Document)
		}
		want, _ := json.Marshal(sent[i])
		if now, _ := json.Marshal(back); string(now) != string(want) {
			t.Fatalf("went in as\n%s\ncame out as\n%s", want, now)
		}
		if got.Words != sent[i].Words() {
			t.Errorf("%d words, the desk counts %d: %s", sent[i].Words(), got.Words, want)
		}
	}
}
