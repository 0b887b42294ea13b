package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

func valmereTime(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, time.FixedZone("", 3600))
}

func gazette() Channel {
	return Channel{
		Title: "The Valmere Gazette", Description: "News of Valmere & the coast", Language: "en",
		HomeURL: "https://gazette.example/", SelfURL: "https://gazette.example/feed.xml",
		Icon: "https://gazette.example/assets/icon.png",
	}
}

func ruznameh() Channel {
	return Channel{
		Title: "روزنامهٔ والمر", Description: "تازه‌ترین خبرهای والمر", Language: "fa", Direction: "rtl",
		HomeURL: "https://gazette.example/fa/", SelfURL: "https://gazette.example/fa/feed.xml",
		Updated: valmereTime(13, 8, 0),
	}
}

func harbour() Entry {
	return Entry{
		URL: "https://gazette.example/news/48213", ID: 48213,
		Title: `Harbour "opens" <again> & again`, Kicker: "Shipping",
		Summary: "The harbour of Valmere < open > & busy.",
		HTML:    "<p>VALMERE, Ostland (Dispatches) -- The harbour opened.</p>\n<p>A &lt;b&gt; and ]]&gt; stay text. ]]></p>",
		Text:    "VALMERE, Ostland (Dispatches) -- The harbour opened.\n\nA <b> and ]]> stay text.",
		Authors: []Author{{"Mira Tolland", "https://gazette.example/author/mira-tolland"}, {"Jon Esk", ""}},
		Section: "Coast", Topics: []string{"Harbour", "Coast", "Trade & tides"}, Credit: "Dispatches",
		Published: valmereTime(12, 21, 40), Updated: valmereTime(13, 7, 5),
		Corrections: []Correction{
			{Kind: news.ChangeCorrection, Label: "Correction", Note: "The harbour has 12 berths, not <20>.", At: valmereTime(13, 7, 5)},
			{Kind: news.ChangeMinor, Label: "Minor", Note: "a comma", At: valmereTime(13, 6, 0)},
		},
		Image: &Image{URL: "https://gazette.example/media/ab12/harbour.jpg", Type: "image/jpeg", Width: 1200, Height: 800, Alt: "Ships & cranes", Credit: "Jon Esk"},
	}
}

func bandar() Entry {
	return Entry{
		URL: "https://gazette.example/fa/news/48214", ID: 48214,
		Title: "بندر والمر پس از سه سال بازگشایی شد", Summary: "نخستین کشتی بامداد پنجشنبه پهلو گرفت.",
		HTML: "<p>والمر، اوستلند (دیسپچز) – بندر والمر روز پنجشنبه بازگشایی شد.</p>", Text: "والمر، اوستلند (دیسپچز) – بندر والمر روز پنجشنبه بازگشایی شد.",
		Authors: []Author{{"سارا نیک‌پی", "https://gazette.example/fa/author/سارا-نیک‌پی"}}, Section: "اقتصاد",
		Published: valmereTime(12, 22, 0), Updated: valmereTime(13, 8, 0), Language: "fa",
		Corrections: []Correction{{Kind: news.ChangeClarification, Label: "توضیح", Note: "بندر شش اسکله دارد.", At: valmereTime(13, 8, 0), Date: "۲۲ اسفند ۱۴۰۴"}},
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// feeds are the three writers of one channel.
var feeds = map[string]func(Channel, []Entry) ([]byte, error){"xml": RSS, "atom": Atom, "json": JSON}

func TestGoldenFeeds(t *testing.T) {
	for format, write := range feeds {
		en, fa := gazette(), ruznameh()
		en.SelfURL = "https://gazette.example/feed." + format
		fa.SelfURL = "https://gazette.example/fa/feed." + format
		for name, c := range map[string]struct {
			channel Channel
			entries []Entry
		}{
			"gazette": {en, []Entry{harbour(), bandar()}}, "ruznameh": {fa, []Entry{bandar()}}, "empty": {en, nil},
		} {
			got, err := write(c.channel, c.entries)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+"."+format, got)
		}
	}
}

// A feed is the same bytes whenever nothing changed: readers ask with an ETag.
func TestFeedsAreStable(t *testing.T) {
	for format, write := range feeds {
		first, _ := write(gazette(), []Entry{harbour(), bandar()})
		second, _ := write(gazette(), []Entry{harbour(), bandar()})
		if !bytes.Equal(first, second) {
			t.Errorf("%s differs between two writings", format)
		}
	}
}

// The guid stays over a revision, and the correction stands at the head.
func TestRevision(t *testing.T) {
	before := harbour()
	before.Corrections, before.Updated, before.Title = nil, time.Time{}, "Harbour opens"
	for format, write := range feeds {
		old, err := write(gazette(), []Entry{before})
		if err != nil {
			t.Fatal(err)
		}
		now, err := write(gazette(), []Entry{harbour()})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{`<guid isPermaLink="true">https://gazette.example/news/48213</guid>`,
			`<id>https://gazette.example/news/48213</id>`, `"id":"https://gazette.example/news/48213"`} {
			if bytes.Contains(old, []byte(id)) != bytes.Contains(now, []byte(id)) {
				t.Errorf("%s: the id changed with the revision", format)
			}
		}
		note, body := bytes.Index(now, []byte("12 berths")), bytes.Index(now, []byte("The harbour opened"))
		if note < 0 || body < 0 || note > body || bytes.Contains(old, []byte("12 berths")) {
			t.Errorf("%s: the correction is not at the head", format)
		}
		if bytes.Contains(now, []byte("a comma")) {
			t.Errorf("%s: a minor change is told to readers", format)
		}
	}
}

func TestFeedsRefuse(t *testing.T) {
	for name, spoil := range map[string]func(*Channel, *Entry){
		"relative article":  func(_ *Channel, e *Entry) { e.URL = "/news/48213" },
		"script as article": func(_ *Channel, e *Entry) { e.URL = "javascript:alert(1)" },
		"no time":           func(_ *Channel, e *Entry) { e.Published = time.Time{} },
		"no home":           func(c *Channel, _ *Entry) { c.HomeURL = "" },
		"relative self":     func(c *Channel, _ *Entry) { c.SelfURL = "feed.xml" },
	} {
		for format, write := range feeds {
			c, e := gazette(), harbour()
			spoil(&c, &e)
			if out, err := write(c, []Entry{e}); err == nil {
				t.Errorf("%s in %s: written all the same: %s", name, format, out)
			}
		}
	}
}

// An article without HTML goes out as the paragraphs of its text; one without
// either still has the content that JSON Feed requires.
func TestPlainText(t *testing.T) {
	e := harbour()
	e.HTML, e.Corrections = "", nil
	if got, want := e.contentHTML(gazette()), `<div lang="en" dir="ltr"><p>VALMERE, Ostland (Dispatches) -- The harbour opened.</p>`+
		"\n<p>A &lt;b&gt; and ]]&gt; stay text.</p></div>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	e.Text = ""
	out, err := JSON(gazette(), []Entry{e})
	if err != nil || !bytes.Contains(out, []byte(`"content_text":""`)) || bytes.Contains(out, []byte("content_html")) {
		t.Errorf("%s, %v", out, err)
	}
}

func TestAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/topic/بندر":                     "https://a.example/topic/%D8%A8%D9%86%D8%AF%D8%B1",
		"https://a.example/topic/%D8%A8%D9%86%D8%AF%D8%B1": "https://a.example/topic/%D8%A8%D9%86%D8%AF%D8%B1",
		"https://a.example/search?q=بندر":                  "https://a.example/search?q=%D8%A8%D9%86%D8%AF%D8%B1",
		"http://a.example/a b<c>":                          "http://a.example/a%20b%3Cc%3E",
	} {
		if got, err := address(in); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "/x", "//a.example/x", "ftp://a.example/", "https:///x", "javascript:alert(1)", "https://a.example/\x00"} {
		if got, err := address(in); !errors.Is(err, errAddress) {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a\x00b\x0bc\x1fd": "abcd", "a\tb\nc": "a\tb\nc", "\xffa\xf0\x28": "a(", "a\ufffe\uffffb": "ab",
		"می‌خواهم": "می‌خواهم", "😀": "😀", "\x7f": "\x7f",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Whatever stands in the texts: well-formed XML and JSON, the texts come back
// as they were (without what XML cannot carry), and nothing leaks from one
// element into another.
func FuzzFeeds(f *testing.F) {
	f.Add("Harbour", "<b>&amp;]]>", "a\x00b", "fa")
	f.Add("\xff\xfe", "<![CDATA[", "]]>", "en\" x=\"")
	f.Add("\u2028</script>", "--><!--", "\ufffe", "")
	f.Fuzz(func(t *testing.T, a, b, c, language string) {
		channel := gazette()
		channel.Title, channel.Description, channel.Language, channel.Direction = a, b, language, c
		e := harbour()
		e.Title, e.Kicker, e.Summary, e.HTML, e.Text, e.Section, e.Credit, e.Language = a, b, c, b, c, c, a, language
		e.Topics, e.Authors = []string{a, b, c}, []Author{{a, b}, {c, a}}
		e.Corrections = []Correction{{news.ChangeUpdate, a, b, e.Updated, c}}
		e.Image = &Image{URL: "https://a.example/" + a, Type: b, Alt: c, Credit: a}
		for name, write := range feeds {
			out, err := write(channel, []Entry{e, e})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if name == "json" {
				checkJSON(t, out, a)
				continue
			}
			titles := checkXML(t, name, out, "title")
			if len(titles) < 3 || titles[0] != line(a) || titles[len(titles)-1] != line(a) {
				t.Fatalf("%s: titles %q, want %q", name, titles, line(a))
			}
		}
		checkMaps(t, e, a, c)
	})
}

func checkMaps(t *testing.T, e Entry, a, c string) {
	page := Page{URL: e.URL, Alternates: []Alternate{{Lang: a, URL: "https://b.example/"}}}
	if out, err := Sitemap([]Page{page}); err == nil {
		checkXML(t, "sitemap", out, "loc")
	}
	out, err := NewsSitemap(a, c, []Entry{e})
	if err != nil {
		t.Fatal(err)
	}
	if titles := checkXML(t, "news sitemap", out, "title"); len(titles) != 1 || titles[0] != line(a) {
		t.Fatalf("news sitemap: titles %q, want %q", titles, line(a))
	}
	robots := Robots([]string{a}, []string{c})
	if n := bytes.Count(robots, []byte("\n")); n != 4 {
		t.Fatalf("robots.txt has %d lines: %q", n, robots)
	}
	ld, err := NewsArticleLD(LD{URL: e.URL, Published: e.Published, Headline: a, Description: c, Authors: []Author{{a, c}},
		Publisher: Publisher{Name: c, URL: a, Logo: c}, Language: c, Keywords: []string{a, c}, Corrections: e.Corrections, Image: e.Image})
	if err != nil {
		t.Fatal(err)
	}
	checkJSON(t, ld, a)
	if bytes.ContainsAny(ld, "<>&\u2028\u2029") {
		t.Fatalf("JSON-LD may end its script element: %s", ld)
	}
}

// checkXML reads the document to its end and returns the texts of an element.
func checkXML(t *testing.T, name string, out []byte, element string) []string {
	t.Helper()
	var texts []string
	decoder, within := xml.NewDecoder(bytes.NewReader(out)), false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return texts
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v\n%s", name, err, out)
		}
		switch v := token.(type) {
		case xml.StartElement:
			if within = v.Name.Local == element; within {
				texts = append(texts, "")
			}
		case xml.EndElement:
			within = false
		case xml.CharData:
			if within {
				texts[len(texts)-1] += string(v)
			}
		}
	}
}

func checkJSON(t *testing.T, out []byte, title string) {
	t.Helper()
	var doc struct{ Title, Headline string }
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, out)
	}
	if got := doc.Title + doc.Headline; got != line(title) {
		t.Fatalf("the title %q came back as %q", line(title), got)
	}
}

func BenchmarkRSS(b *testing.B) {
	e := harbour()
	e.HTML = strings.Repeat("<p>The harbour of Valmere opened on Thursday after three years.</p>\n", 60)
	entries := make([]Entry, 30)
	for i := range entries {
		entries[i] = e
	}
	for b.Loop() {
		if _, err := RSS(gazette(), entries); err != nil {
			b.Fatal(err)
		}
	}
}
