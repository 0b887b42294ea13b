package wirefmt

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGoldenDispatches(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 7 {
		t.Fatalf("the dispatches are missing: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			item, err := Text(b, edition(t, filepath.Base(file)[:2]))
			if err != nil {
				t.Fatal(err)
			}
			if missing := lost(string(b), item); missing != "" {
				t.Errorf("characters were lost:\n%s", missing)
			}
			golden := strings.TrimSuffix(file, ".txt") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(show(item)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), show(item)); diff != "" {
				t.Errorf("the item changed (-want +got):\n%s", diff)
			}
		})
	}
}
