package feed

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestGoldenSitemaps(t *testing.T) {
	index, err := SitemapIndex([]SitemapRef{
		{"https://gazette.example/sitemap-2026-03.xml", valmereTime(13, 7, 5)}, {"https://gazette.example/sitemap-news.xml", time.Time{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "index.sitemap", index)
	both := []Alternate{{"en", "https://gazette.example/news/48213"}, {"fa", "https://gazette.example/fa/news/48214"}, {"x-default", "https://gazette.example/news/48213"}}
	month, err := Sitemap([]Page{
		{"https://gazette.example/news/48213", valmereTime(13, 7, 5), both},
		{"https://gazette.example/topic/بندر?a=1&b=2", time.Time{}, nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "month.sitemap", month)
	latest, err := NewsSitemap("The Valmere Gazette", "en-GB", []Entry{harbour(), bandar()})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "news.sitemap", latest)
}

func TestSitemapsRefuse(t *testing.T) {
	for name, write := range map[string]func() ([]byte, error){
		"relative page": func() ([]byte, error) { return Sitemap([]Page{{URL: "/news/1"}}) },
		"relative alternate": func() ([]byte, error) {
			return Sitemap([]Page{{URL: "https://a.example/", Alternates: []Alternate{{"fa", "/fa"}}}})
		},
		"relative map":      func() ([]byte, error) { return SitemapIndex([]SitemapRef{{URL: "sitemap.xml"}}) },
		"relative news":     func() ([]byte, error) { return NewsSitemap("x", "en", []Entry{{URL: "/news/1"}}) },
		"too many pages":    func() ([]byte, error) { return Sitemap(make([]Page, MaxSitemap+1)) },
		"too many maps":     func() ([]byte, error) { return SitemapIndex(make([]SitemapRef, MaxSitemap+1)) },
		"too many articles": func() ([]byte, error) { return NewsSitemap("x", "en", make([]Entry, MaxNewsSitemap+1)) },
	} {
		if out, err := write(); err == nil {
			t.Errorf("%s: written all the same: %s", name, out)
		}
	}
}

func TestRobots(t *testing.T) {
	for _, c := range []struct {
		sitemaps, disallow []string
		want               string
	}{
		{nil, nil, "User-agent: *\nAllow: /\n"},
		{[]string{"https://a.example/sitemap.xml", "https://a.example/fa/sitemap.xml"}, []string{"/search", "/fa/search"},
			"User-agent: *\nDisallow: /search\nDisallow: /fa/search\n\nSitemap: https://a.example/sitemap.xml\nSitemap: https://a.example/fa/sitemap.xml\n"},
		{nil, []string{"/a\nAllow: /secret", "/بندر"}, "User-agent: *\nDisallow: /a%0AAllow:%20/secret\nDisallow: /%D8%A8%D9%86%D8%AF%D8%B1\n"},
	} {
		if got := string(Robots(c.sitemaps, c.disallow)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

const schemas = "../../../shared/data/schemas"

// validate runs a checker that we did not write over documents, by name.
func validate(t *testing.T, schema string, documents map[string][]byte, tool string, args ...string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(schemas, schema)); err != nil {
		t.Skipf("the schema %s is not at hand", schema)
	}
	program, err := exec.LookPath(tool)
	if err != nil {
		t.Skipf("%s is not installed", tool)
	}
	dir := t.TempDir()
	args = append(args, filepath.Join(schemas, schema))
	for name, document := range documents {
		file := filepath.Join(dir, name+".xml")
		if err := os.WriteFile(file, document, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", tool, err, out)
	}
}

// The grammar of RFC 4287, appendix B.
func TestAtomGrammar(t *testing.T) {
	at := valmereTime(1, 0, 0)
	documents := map[string][]byte{}
	for name, entries := range map[string][]Entry{
		"full": {harbour(), bandar()}, "empty": nil, "bare": {{URL: "https://a.example/news/1", Published: at}},
		"nameless": {{URL: "https://a.example/news/1", Published: at, Authors: []Author{{}}, Credit: " ", Image: &Image{URL: "https://a.example/x", Type: "rubbish"}}},
	} {
		out, err := Atom(gazette(), entries)
		if err != nil {
			t.Fatal(err)
		}
		documents[name] = out
	}
	validate(t, "atom-rfc4287.rnc", documents, "jing", "-c")
}

// The schema of sitemaps.org has no place for other vocabularies that it does
// not know, so pages stand here without their languages.
func TestSitemapSchema(t *testing.T) {
	out, err := Sitemap([]Page{{"https://gazette.example/topic/بندر", valmereTime(13, 7, 5), nil}, {URL: "https://gazette.example/"}})
	if err != nil {
		t.Fatal(err)
	}
	validate(t, "sitemap.xsd", map[string][]byte{"pages": out}, "xmllint", "--nonet", "--noout", "--schema")
}

func TestGoldenLD(t *testing.T) {
	e := harbour()
	full := LD{
		Type: "OpinionNewsArticle", URL: e.URL, ID: e.ID, Headline: e.Title, Description: e.Summary, Published: e.Published, Modified: e.Updated,
		Authors: e.Authors, Publisher: Publisher{"The Valmere Gazette", "https://gazette.example/", "https://gazette.example/assets/logo.png", "https://gazette.example/pages/corrections"},
		Language: "en", Section: e.Section, Keywords: e.Topics, Dateline: "VALMERE, Ostland", Credit: e.Credit,
		Corrections: append(e.Corrections, Correction{Kind: "update", Label: "Update", Note: "More ships came.", At: e.Updated}), Image: e.Image,
		PartOf: Author{"The Valmere Gazette", "https://gazette.example/"},
	}
	bare := LD{URL: e.URL, Headline: "Bare </script>", Published: e.Published, Publisher: Publisher{Name: "The Valmere Gazette"}}
	for name, a := range map[string]LD{"full.ld.json": full, "bare.ld.json": bare} {
		out, err := NewsArticleLD(a)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(out, "<>&") {
			t.Errorf("%s may end its script element: %s", name, out)
		}
		golden(t, name, append(out, '\n'))
	}
	for name, a := range map[string]LD{"no address": {Published: e.Published}, "no time": {URL: e.URL}} {
		if out, err := NewsArticleLD(a); err == nil || !strings.Contains(err.Error(), "JSON-LD") {
			t.Errorf("%s: %s, %v", name, out, err)
		}
	}
}
