package newsroom

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"

	"broadsheet/internal/news"
	"broadsheet/internal/press"
	"broadsheet/internal/web"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed assets/desk.css assets/desk.js assets/desk.svg assets/editor.css assets/editor.js assets/plan.css assets/plan.js assets/zones.txt
var assetFiles embed.FS

// pages are the desk's templates, each with the parts that all share.
type pages struct{ byName map[string]*template.Template }

// readPages parses every page on top of layout.html and parts.html.
func readPages(assets map[string]asset) (*pages, error) {
	shared := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"asset": func(name string) string { return "/assets/" + assets[name].hash + "/" + name },
	})
	if _, err := shared.ParseFS(pageFiles, "pages/layout.html", "pages/parts.html", "pages/field.html", "pages/margin.html"); err != nil {
		return nil, fmt.Errorf("read the desk's pages: %w", err)
	}
	names, err := pageFiles.ReadDir("pages")
	if err != nil {
		return nil, fmt.Errorf("read the desk's pages: %w", err)
	}
	p := &pages{byName: map[string]*template.Template{}}
	for _, entry := range names {
		own, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("read the desk's pages: %w", err)
		}
		if _, err := own.ParseFS(pageFiles, "pages/"+entry.Name()); err != nil {
			return nil, fmt.Errorf("read the desk's pages: %w", err)
		}
		p.byName[strings.TrimSuffix(entry.Name(), ".html")] = own
	}
	return p, nil
}

func (p *pages) render(w io.Writer, name string, data any) error {
	t, ok := p.byName[name]
	if !ok {
		return fmt.Errorf("there is no page %q", name)
	}
	if err := t.ExecuteTemplate(w, "layout", data); err != nil {
		return fmt.Errorf("make the page %s: %w", name, err)
	}
	return nil
}

// part renders one named part of a page, for a script that moves it over.
func (p *pages) part(w io.Writer, name, part string, data any) error {
	t, ok := p.byName[name]
	if !ok {
		return fmt.Errorf("there is no page %q", name)
	}
	if err := t.ExecuteTemplate(w, part, data); err != nil {
		return fmt.Errorf("make %s of the page %s: %w", part, name, err)
	}
	return nil
}

// asset is a file of the desk's own, under an address that changes with it.
type asset struct {
	hash string
	file func() (*press.Page, error) // compressed when it is first asked for
}

func readAssets(faces []byte) (map[string]asset, error) {
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	assets := map[string]asset{}
	for _, name := range []string{"desk.css", "desk.js", "desk.svg", "editor.css", "editor.js", "plan.css", "plan.js"} {
		data, err := assetFiles.ReadFile("assets/" + name)
		if err != nil {
			return nil, fmt.Errorf("read the desk's %s: %w", name, err)
		}
		assets[name] = newAsset(data, kinds[path.Ext(name)])
	}
	assets["faces.css"] = newAsset(faces, kinds[".css"])
	return assets, nil
}

func newAsset(data []byte, kind string) asset {
	sum := sha256.Sum256(data)
	return asset{hash: hex.EncodeToString(sum[:8]), file: sync.OnceValues(func() (*press.Page, error) { return press.NewFile(kind, data) })}
}

// readZones lists the names of the world's time zones.
func readZones() ([]string, error) {
	text, err := assetFiles.ReadFile("assets/zones.txt")
	if err != nil {
		return nil, fmt.Errorf("read the time zones: %w", err)
	}
	return strings.Fields(string(text)), nil
}

// asset sends one of the desk's own files, or of the theme's for previews. An
// address with another hash is not found: a browser must not keep new bytes
// under an old name.
func (n *Newsroom) asset(w http.ResponseWriter, r *http.Request) error {
	a, ok := n.assets[r.PathValue("name")]
	if !ok || a.hash != r.PathValue("hash") {
		page, ok := n.press.Asset(r.URL.Path)
		return sendForever(w, r, page, ok)
	}
	page, err := a.file()
	if err != nil {
		return err
	}
	return sendForever(w, r, page, true)
}

// accent sends an edition's colour, for previews.
func (n *Newsroom) accent(w http.ResponseWriter, r *http.Request) error {
	page, ok := n.press.Accent(r.URL.Path)
	return sendForever(w, r, page, ok)
}

// sendForever sends a file as it was compressed once. A browser that takes
// neither form gets what the door makes of it.
func sendForever(w http.ResponseWriter, r *http.Request, p *press.Page, ok bool) error {
	if !ok {
		return news.NotFound
	}
	h, body := w.Header(), p.Body
	h.Set("Content-Type", p.Type)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	accept := r.Header.Get("Accept-Encoding")
	switch {
	case shorter(p.Brotli, body) && web.Accepts(accept, "br"):
		h.Set("Content-Encoding", "br")
		body = p.Brotli
	case shorter(p.Gzip, body) && web.Accepts(accept, "gzip"):
		h.Set("Content-Encoding", "gzip")
		body = p.Gzip
	}
	_, err := w.Write(body)
	return err
}

// shorter reports whether a packed form is worth sending: a font or a picture
// only grows.
func shorter(packed, body []byte) bool { return packed != nil && len(packed) < len(body) }
