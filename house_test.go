// Package house holds the tests of the house itself: who may import whom, and
// what may stand in one place only. They read the source, so they hold for
// every file, also for one that nothing calls.
package house

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the house: one line a package, floors from the top down. A
// package imports of ours only what its line names.
var mayImport = map[string]string{
	"cmd/broadsheet": "app",

	"internal/app": "site newsroom press desk media comments mailing courier importer auth store proof wirefmt web news doc locale durable themes",

	"internal/site":     "press media comments web news locale",
	"internal/newsroom": "desk media manuscript comments press auth store proof web news collate doc locale",

	"internal/importer": "store wirefmt news doc locale",
	"internal/desk":     "store proof collate news doc locale",
	"internal/media":    "store durable news locale",
	"internal/press":    "store feed news collate doc locale",
	"internal/comments": "store news locale",
	"internal/mailing":  "store courier",
	"internal/auth":     "store fetch news locale",

	"internal/store":      "news doc locale",
	"internal/manuscript": "wirefmt news doc locale",
	"internal/wirefmt":    "news doc locale",
	"internal/feed":       "news doc locale",
	"internal/proof":      "news doc locale",
	"internal/web":        "news locale",

	"internal/news": "doc locale",

	"internal/collate": "doc",

	"internal/doc":     "",
	"internal/locale":  "",
	"internal/durable": "",
	"internal/fetch":   "",
	"internal/courier": "",
	"themes":           "",

	"internal/papertest":      "media store durable news doc locale",
	"internal/papertest/disk": "",
	"bench":                   "app store news doc locale desk importer press site papertest themes comments wirefmt",
	"e2e":                     "app papertest",
}

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func TestImportsGoDown(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "broadsheet/")
		if name == "broadsheet" {
			continue // this file
		}
		line, known := mayImport[name]
		if !known {
			t.Errorf("package %s has no line in the house", name)
			continue
		}
		for _, i := range p.Imports {
			own, ours := strings.CutPrefix(i, "broadsheet/")
			if ours && !slices.Contains(strings.Fields(line), strings.TrimPrefix(own, "internal/")) {
				t.Errorf("%s may not import %s", name, own)
			}
		}
	}
}

// source is one file that is not a test.
type source struct {
	name string // from the root, with slashes
	file *ast.File
}

func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	set := token.NewFileSet()
	var out []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		name := filepath.ToSlash(path)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "node_modules" || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		out = append(out, source{name, f})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return set, out
}

// onlyIn are imports that stand in one place.
var onlyIn = map[string][]string{
	"database/sql":                                   {"internal/store/"},
	"github.com/jackc/pgx/v5":                        {"internal/store/", "internal/papertest/"},
	"github.com/ncruces/go-sqlite3":                  {"internal/store/", "internal/papertest/"},
	"net/http/httputil":                              {"internal/fetch/"},
	"os/exec":                                        {"internal/papertest/", "bench/", "e2e/"},
	"github.com/alecthomas/kong":                     {"internal/app/"},
	"github.com/prometheus/client_golang/prometheus": {"internal/app/"},
	"testing":                                        {"internal/papertest/", "bench/", "e2e/"},
}

// calledIn are names of other packages that may be used in one place only.
var calledIn = map[string][]string{
	"time.Now":           {"internal/app/", "internal/papertest/", "bench/", "e2e/"},
	"time.Sleep":         {"bench/"},
	"time.Since":         {"internal/app/", "internal/papertest/", "bench/", "e2e/"},
	"http.Client":        {"internal/fetch/", "bench/"},
	"http.Get":           {"internal/fetch/", "bench/"},
	"http.Post":          {"internal/fetch/", "bench/"},
	"http.DefaultClient": {"internal/fetch/"},
	"http.Transport":     {"internal/fetch/", "bench/"},
	"net.Dial":           {"internal/fetch/"},
	"net.Dialer":         {"internal/fetch/"},
	"template.HTML":      {"internal/doc/", "internal/press/view.go", "internal/newsroom/article.go", "internal/newsroom/preview.go"}, // views only pass on what doc printed
	"http.Error":         {"internal/web/", "internal/app/"},
	"slog.Default":       {"internal/web/"},
	"os.Exit":            {"cmd/", "bench/"},
	"log.Fatal":          {},
	"os.WriteFile":       {"bench/", "internal/papertest/", "e2e/"},
	"os.Create":          {"bench/", "internal/papertest/"},
}

func allowed(name string, places []string) bool {
	return slices.ContainsFunc(places, func(p string) bool { return strings.HasPrefix(name, p) })
}

func TestEachThingHasItsPlace(t *testing.T) {
	set, files := sources(t)
	for _, s := range files {
		for _, i := range s.file.Imports {
			path, _ := strconv.Unquote(i.Path.Value)
			for prefix, places := range onlyIn {
				if (path == prefix || strings.HasPrefix(path, prefix+"/") && prefix != "testing") && !allowed(s.name, places) {
					t.Errorf("%s imports %s; only %v may", s.name, path, places)
				}
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil {
					if places, held := calledIn[x.Name+"."+n.Sel.Name]; held && !allowed(s.name, places) {
						t.Errorf("%s uses %s.%s; only %v may", set.Position(n.Pos()), x.Name, n.Sel.Name, places)
					}
				}
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s: no init functions", set.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

// refused are words that say nothing of a newspaper.
var refused = []string{"manager", "helper", "util", "common", "core", "base"}

func TestNamesAreOfTheTrade(t *testing.T) {
	set, files := sources(t)
	for _, s := range files {
		for _, word := range refused {
			for part := range strings.SplitSeq(strings.TrimSuffix(s.name, ".go"), "/") {
				if strings.Contains(part, word) && !strings.Contains(part, "database") {
					t.Errorf("%s: the word %q is refused in names", s.name, word)
				}
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			for _, word := range refused {
				name := strings.ToLower(spec.Name.Name)
				if strings.Contains(strings.ReplaceAll(name, "database", ""), word) {
					t.Errorf("%s: type %s: the word %q is refused in names", set.Position(spec.Pos()), spec.Name.Name, word)
				}
			}
			return true
		})
	}
}

func TestExportedNamesAreExplained(t *testing.T) {
	set, files := sources(t)
	for _, s := range files {
		if !strings.HasPrefix(s.name, "internal/") {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && d.Doc == nil {
					t.Errorf("%s: %s has no comment", set.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() && ts.Doc == nil && d.Doc == nil {
						t.Errorf("%s: %s has no comment", set.Position(ts.Pos()), ts.Name.Name)
					}
				}
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	x := d.Recv.List[0].Type
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	if index, ok := x.(*ast.IndexExpr); ok {
		x = index.X
	}
	id, ok := x.(*ast.Ident)
	return ok && id.IsExported()
}

// A function is read on one screen: tables apart, at most eighty lines.
func TestFunctionsAreShort(t *testing.T) {
	set, files := sources(t)
	total, long := 0, 0
	for _, s := range files {
		if lines := set.Position(s.file.End()).Line; lines > 400 {
			t.Errorf("%s has %d lines; a file has at most 400", s.name, lines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			lines := set.Position(f.End()).Line - set.Position(f.Pos()).Line + 1
			total++
			if lines > 45 {
				long++
			}
			if lines > 80 {
				t.Errorf("%s: %s has %d lines", set.Position(f.Pos()), f.Name.Name, lines)
			}
		}
	}
	if long*10 > total {
		t.Errorf("%d of %d functions have over 45 lines; one in ten may", long, total)
	}
}
