package press

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/locale"
)

// theme is the look of the public paper: templates that see only views, and
// assets under addresses that carry a mark of their content.
type theme struct {
	pages  map[string]*template.Template
	paths  map[string]string // asset name → path
	assets map[string]*Page  // path → file
}

// pageNames are the templates a theme has beside its layout and parts.
var pageNames = []string{"front", "list", "article", "comments", "versions", "request", "archive", "search", "corrections", "fault"}

// loadTheme reads layout.html, parts.html and one file for each kind of page,
// and the files under assets/.
func loadTheme(files fs.FS) (*theme, error) {
	t := &theme{pages: map[string]*template.Template{}, paths: map[string]string{}, assets: map[string]*Page{}}
	for _, name := range pageNames {
		parsed, err := template.New("layout.html").Option("missingkey=error").Funcs(themeFuncs).ParseFS(files, "layout.html", "parts.html", name+".html")
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		t.pages[name] = parsed
	}
	return t, fs.WalkDir(files, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return t.addAsset(files, file)
	})
}

// themeFuncs are all functions a template may call beside the views' methods.
var themeFuncs = template.FuncMap{
	"dir": locale.DirectionOf,
	"add": func(a, b int) int { return a + b },
}

var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2",
	".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".txt": "text/plain; charset=utf-8",
}

func (t *theme) addAsset(files fs.FS, file string) error {
	kind, ok := assetTypes[path.Ext(file)]
	if !ok {
		return fmt.Errorf("theme: %s: a theme has css, js, woff2, svg, png, ico and txt files", file)
	}
	body, err := fs.ReadFile(files, file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	name := strings.TrimPrefix(file, "assets/")
	at := "/assets/" + hex.EncodeToString(sum[:5]) + "/" + name
	page, err := NewFile(kind, body)
	if err != nil {
		return err
	}
	t.paths[name], t.assets[at] = at, page
	return nil
}

// Asset returns one of the theme's files by its address. It never changes.
func (p *Press) Asset(path string) (*Page, bool) {
	page, ok := p.theme.assets[path]
	return page, ok
}

// Faces are the font rules of the theme's style sheets, with addresses that a
// page of any path may use: what is written at the desk is set in the paper's
// own faces. Slanted ones are left out: there the upright is slanted, at no
// cost.
func (p *Press) Faces() []byte {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(p.theme.paths)) {
		if path.Ext(name) != ".css" {
			continue
		}
		for line := range bytes.Lines(p.theme.assets[p.theme.paths[name]].Body) {
			if bytes.HasPrefix(line, []byte("@font-face{")) && !bytes.Contains(line, []byte("font-style:italic")) {
				out.Write(bytes.ReplaceAll(line, []byte("url(../"), []byte("url(/assets/")))
			}
		}
	}
	return out.Bytes()
}

// print runs a template into bytes.
func (t *theme) print(name string, view any) ([]byte, error) {
	var b bytes.Buffer
	if err := t.pages[name].ExecuteTemplate(&b, "layout.html", view); err != nil {
		return nil, fmt.Errorf("theme: %s: %w", name, err)
	}
	return b.Bytes(), nil
}
