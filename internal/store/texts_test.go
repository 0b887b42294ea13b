package store_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/store"
)

// statement is one SQL text of the package and where it stands.
type statement struct{ where, text string }

// sinks are the functions that run a statement, and which argument it is.
// Nothing else may: see TestStatementsAreConstants.
var sinks = map[string]int{"all": 2, "one": 2, "row": 1, "exec": 1, "moment": 1, "person": 1}

// direct are the places that speak to the driver themselves, for settings and
// for the schema, and the wrappers of statement.go.
var direct = []string{
	"plain.prepare", "plain.queryContext", "plain.execContext", "statements.prepare", "statements.queryContext",
	"Store.checkDurable", "Store.migrations", "Store.settle",
}

// source is the package as it is written.
type source struct {
	files *token.FileSet
	parts []*ast.File
	info  *types.Info
}

func parse(t testing.TB) *source {
	t.Helper()
	s := &source{files: token.NewFileSet(), info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(s.files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		s.parts = append(s.parts, f)
	}
	// Constants fold without the imports; what the imports would say is not asked.
	config := types.Config{Importer: nothing{}, Error: func(error) {}}
	config.Check("store", s.files, s.parts, s.info)
	return s
}

// nothing imports nothing.
type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) { return nil, errors.New(path) }

// visit calls f for every call in a file, with the function it stands in.
func (s *source) visit(f func(file string, in *ast.FuncDecl, call *ast.CallExpr)) {
	for _, part := range s.parts {
		file := s.files.Position(part.Pos()).Filename
		for _, d := range part.Decls {
			fn, _ := d.(*ast.FuncDecl)
			ast.Inspect(d, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					f(file, fn, call)
				}
				return true
			})
		}
	}
}

func called(call *ast.CallExpr) string {
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		return fn.Name
	case *ast.SelectorExpr:
		return fn.Sel.Name
	case *ast.IndexExpr:
		return fmt.Sprint(fn.X)
	}
	return ""
}

// statements are all texts the package can run on this database: the
// constants in its source, and what the dialect keeps. check.go is left out:
// it reads everything, for a command and for tests.
func statements(t testing.TB, s *store.Store) []statement {
	t.Helper()
	src := parse(t)
	out := store.DialectTexts(s)
	src.visit(func(file string, _ *ast.FuncDecl, call *ast.CallExpr) {
		at, ok := sinks[called(call)]
		if !ok || len(call.Args) <= at || file == "check.go" {
			return
		}
		if v := src.info.Types[call.Args[at]].Value; v != nil && v.Kind() == constant.String {
			out = append(out, store.Text{Where: src.files.Position(call.Pos()).String(), SQL: constant.StringVal(v)})
		}
	})
	var list []statement
	for _, text := range out {
		list = append(list, statement{text.Where, text.SQL})
	}
	if len(list) < 90 {
		t.Fatalf("only %d statements were found in the source", len(list))
	}
	return list
}

// TestStatementsAreConstants: no SQL is put together from input, and none
// runs past the few functions that the other tests look at.
func TestStatementsAreConstants(t *testing.T) {
	src := parse(t)
	src.visit(func(file string, in *ast.FuncDecl, call *ast.CallExpr) {
		where := src.files.Position(call.Pos())
		name := called(call)
		if at, ok := sinks[name]; ok && len(call.Args) > at {
			if !src.constant(call.Args[at], in) {
				t.Errorf("%s: the statement given to %s is not a constant", where, name)
			}
		}
		if driverCall.MatchString(name) && !strings.HasPrefix(types.ExprString(call.Fun), "locale.") && !slices.Contains(direct, owner(in)) {
			t.Errorf("%s: %s runs a statement past row, one, all and exec", where, owner(in))
		}
	})
}

var driverCall = regexp.MustCompile(`^(Query|QueryContext|QueryRow|QueryRowContext|Exec|ExecContext|Prepare|PrepareContext)$`)

// constant says whether an argument is a constant text, one of the dialect's,
// or the text that the function itself was given as a sink.
func (s *source) constant(e ast.Expr, in *ast.FuncDecl) bool {
	if v := s.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		return true
	}
	switch e := e.(type) {
	case *ast.Ident:
		_, sink := sinks[in.Name.Name]
		return e.Name == "text" && (sink || in.Name.Name == "SearchArticles")
	case *ast.SelectorExpr:
		return slices.Contains([]string{"lockWriter", "clock", "insert", "remove"}, e.Sel.Name) || in.Name.Name == "check" && e.Sel.Name == "query"
	}
	return false
}

func owner(fn *ast.FuncDecl) string {
	if fn == nil || fn.Recv == nil {
		if fn == nil {
			return "a declaration"
		}
		return fn.Name.Name
	}
	recv := fn.Recv.List[0].Type
	if star, ok := recv.(*ast.StarExpr); ok {
		recv = star.X
	}
	return fmt.Sprint(recv) + "." + fn.Name.Name
}

// TestStatementsPage: lists are walked from a place, never counted and never
// skipped through.
func TestStatementsPage(t *testing.T) {
	p := found(t, store.Options{URL: databases["sqlite"](t)})
	for _, s := range statements(t, p.Store) {
		if found := unwanted.FindString(s.text); found != "" {
			t.Errorf("%s: %s in %s", s.where, found, oneLine(s.text))
		}
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "_test.go") && name != "check.go" && unwanted.Match(raw) {
			t.Errorf("%s has %s", name, unwanted.Find(raw))
		}
	}
}

var unwanted = regexp.MustCompile(`(?i)\boffset\s+[$?0-9]|\bcount\s*\(|select\s+\*`)

// TestEveryMethodIsTested: each exported method of the store is called here.
func TestEveryMethodIsTested(t *testing.T) {
	tested := map[string]bool{}
	names, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				tested[called(call)] = true
			}
			return true
		})
	}
	for _, name := range store.Methods() {
		if !tested[name] {
			t.Errorf("no test calls %s", name)
		}
	}
}
