package manuscript

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "image/jpeg"
	_ "image/png"
)

var update = flag.Bool("update", false, "write what the corpus reads as now")

// corpus are the files of testdata, as word processors write them; what each
// must become stands beside it.
func corpus(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, kind := range []string{"docx", "odt", "html", "mhtml", "md", "txt"} {
		list, err := filepath.Glob("testdata/*." + kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range list {
			if !strings.HasSuffix(name, ".want.txt") {
				out = append(out, name)
			}
		}
	}
	return out
}

func readFile(t testing.TB, name string) (Manuscript, []byte) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Read(filepath.Base(name), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m, data
}

// shown is a manuscript as people read it in a review.
func shown(m Manuscript) string {
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, text)
		}
	}
	line("headline", m.Headline)
	line("standfirst", m.Standfirst)
	line("byline", m.Byline)
	line("language", m.Language)
	for _, p := range m.Pictures {
		config, kind, err := image.DecodeConfig(bytes.NewReader(p.Data))
		if err != nil {
			kind = err.Error()
		}
		fmt.Fprintf(&b, "picture: %s %s %d × %d\n", p.Name, kind, config.Width, config.Height)
	}
	for _, r := range m.Reports {
		fmt.Fprintf(&b, "report %s: %s\n", r.Kind, r.Text)
	}
	return b.String() + "\n" + m.Body.Markdown()
}

func TestCorpus(t *testing.T) {
	list := corpus(t)
	if len(list) < 21 {
		t.Fatalf("only %d files", len(list))
	}
	for _, name := range list {
		t.Run(filepath.Base(name), func(t *testing.T) {
			m, _ := readFile(t, name)
			got, golden := shown(m), name+".want.txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil || got != string(want) {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}
