package themes_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"broadsheet/themes"
)

// assetPaths gives every asset the address that press gives it.
func assetPaths(t *testing.T) (byName map[string]string, files map[string][]byte) {
	t.Helper()
	byName, files = map[string]string{}, map[string][]byte{}
	err := fs.WalkDir(themes.Default(), "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(themes.Default(), file)
		sum := sha256.Sum256(body)
		name := strings.TrimPrefix(file, "assets/")
		byName[name] = "/assets/" + hex.EncodeToString(sum[:5]) + "/" + name
		files[byName[name]] = body
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return byName, files
}

// printed are all pages of the sample paper in three languages, by
// "language/page".
func printed(t *testing.T) map[string][]byte {
	t.Helper()
	assets, _ := assetPaths(t)
	out := map[string][]byte{}
	for _, town := range []town{valmere, valmereFa, valmereAr} {
		for name, view := range newSample(town, assets).pages() {
			file := templateOf(name)
			page, err := template.New("layout.html").Option("missingkey=error").Funcs(themeFuncs).ParseFS(themes.Default(), "layout.html", "parts.html", file+".html")
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := page.ExecuteTemplate(&b, "layout.html", view); err != nil {
				t.Fatalf("%s/%s: %v", town.language, name, err)
			}
			out[town.language+"/"+name] = b.Bytes()
		}
	}
	return out
}

func TestEveryPageIsSound(t *testing.T) {
	_, files := assetPaths(t)
	pages := printed(t)
	if len(pages) != 3*22 {
		t.Fatalf("%d pages, want 66", len(pages))
	}
	for name, body := range pages {
		if i := bytes.Index(body, []byte("⟦")); i >= 0 {
			t.Errorf("%s: a text is missing: %s", name, body[i:min(i+60, len(body))])
		}
		for _, fault := range inspect(body, files) {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

// The checks must be able to fail.
func TestInspectFindsFaults(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<main><h1>a</h1><p style="x">b</p></main>`, "style"},
		{`<h1>a</h1><script>x</script>`, "script"},
		{`<h1>a</h1><b onclick="x">x</b>`, "onclick"},
		{`<h1>a</h1><h3>b</h3>`, "h3 after h1"},
		{`<h2>a</h2>`, "h1"},
		{`<h1>a</h1><p><div>b</div></p>`, "div inside p"},
		{`<h1>a</h1><ul><p>b</p></ul>`, "p inside ul"},
		{`<h1>a</h1><p>b</div>`, "closes"},
		{`<h1>a</h1><img src="/assets/0/x.png">`, "no asset"},
		{`<h1>a</h1><a href="data:x">b</a>`, "address"},
		{`<h1>a</h1><a href="//elsewhere.example/">b</a>`, "address"},
		{`<h1>a</h1><label for="x">b</label>`, "no element"},
		{`<h1 id="x">a</h1><p id="x">b</p>`, "twice"},
		{`<h1>a</h1><a href="/"><a href="/">b</a></a>`, "a inside a"},
		{`<h1>a</h1><section>b</section>`, "no name"},
	} {
		if got := strings.Join(inspect([]byte(c.html), nil), "; "); !strings.Contains(got, c.want) {
			t.Errorf("%s: found %q, want %q", c.html, got, c.want)
		}
	}
}

func TestArticleCarriesEveryPart(t *testing.T) {
	page := string(printed(t)["en/article"])
	at := 0
	for _, part := range []string{
		`<link rel="canonical" href="https://valmere.example/news/48213">`, `hreflang="x-default"`, `type="application/xml" title=`, `property="og:type" content="article"`,
		`<script type="application/ld+json">{"@context"`, `Saturday 14 March 2026`, `Public works`, `<h1>The old bridge will open`, `Crews finished`,
		`rel="author">Mira Halden`, `Publish Date:</dt> <dd><time datetime="2026-03-12T20:20:00Z">12 March 2026 - 20:20</time>`, `Updated:</dt>`, `News ID:</dt>`, `48213</bdi>`,
		`Credit:</dt>`, `<b>Correction</b>`, `<span class="dateline">VALMERE, Ostland (Dispatches) —</span>`, `Topics`, `The story so far`, `Related stories`, `Comments`,
		`Comments are held until a person has read them.`, `name="name"`, `name="email"`, `name="comment"`, `Next stories`, `https://valmere.example/news/48213</bdi>`,
	} {
		i := strings.Index(page[at:], part)
		if i < 0 {
			t.Fatalf("%q is missing, or stands before what goes before it", part)
		}
		at += i
	}
	if strings.Contains(page, "</script><b>") {
		t.Error("JSON-LD may end its own script element")
	}
}

func TestWeights(t *testing.T) {
	assets, files := assetPaths(t)
	total := 0
	for at, body := range files {
		if path.Ext(at) != ".woff2" {
			continue
		}
		if total += len(body); len(body) > 300<<10 {
			t.Errorf("%s: %d bytes", at, len(body))
		}
	}
	if total > 900<<10 {
		t.Errorf("fonts weigh %d bytes together", total)
	}
	if n := zipped(t, files[assets["paper.css"]]); n > 8<<10 {
		t.Errorf("paper.css: %d bytes compressed", n)
	}
	for name, body := range printed(t) {
		n := zipped(t, body)
		t.Logf("%s: %d bytes, %d compressed", name, len(body), n)
		if n > 14<<10 {
			t.Errorf("%s: %d bytes compressed", name, n)
		}
	}
}

func zipped(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestStyleSheet(t *testing.T) {
	assets, files := assetPaths(t)
	css := string(files[assets["paper.css"]])
	urls := regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1)
	if len(urls) < 5 {
		t.Errorf("%d faces", len(urls))
	}
	for _, u := range urls {
		at := path.Join("/assets/0123456789", u[1])
		if _, ok := files[at]; !ok {
			t.Errorf("paper.css names %s; the file is at %s", u[1], assets[strings.TrimLeft(at[len("/assets/0123456789"):], "/")])
		}
	}
	if strings.Contains(css, "data:") || strings.Contains(css, "@import") {
		t.Error("the style sheet loads something that the policy refuses")
	}
	physical := regexp.MustCompile(`[{;](?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|float|text-align:(?:left|right))\b`)
	for _, found := range physical.FindAllString(css, -1) {
		t.Errorf("%s is not a logical property", found[1:])
	}
	for name := range assets {
		if path.Ext(name) == ".woff2" && !strings.Contains(css, name) {
			t.Errorf("%s is not used", name)
		}
	}
}

// TestLook writes the sample paper into the folder that BROADSHEET_LOOK names,
// for people who want to see it.
func TestLook(t *testing.T) {
	root := os.Getenv("BROADSHEET_LOOK")
	if root == "" {
		t.Skip("BROADSHEET_LOOK names no folder")
	}
	_, files := assetPaths(t)
	for name, body := range printed(t) {
		files["/"+name+".html"] = body
	}
	for _, accent := range []string{"en", "ar", "fa"} {
		files["/accent/"+accent+".css"] = []byte(":root{--accent:#9c1f1f}\n")
	}
	names := make([]string, 0, len(files))
	for name, body := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, body, 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	sort.Strings(names)
	t.Log(strings.Join(names, "\n"))
}
