package manuscript

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"broadsheet/internal/doc"
)

// everything is all that a manuscript says, wherever.
func everything(m Manuscript) string {
	all := []string{m.Headline, m.Standfirst, m.Byline, m.Body.Text()}
	for _, p := range m.Body.Pictures() {
		all = append(all, p.Alt, p.Caption)
	}
	for _, r := range m.Reports {
		all = append(all, r.Text)
	}
	return strings.Join(all, "\n")
}

// lettersIn counts the letters of a text; figures are not among them, since
// programs print numbers of their own.
func lettersIn(text string) map[rune]int {
	out := map[rune]int{}
	for _, r := range text {
		if unicode.IsLetter(r) {
			out[unicode.ToLower(r)]++
		}
	}
	return out
}

// made is what a page prints itself: the word before a byline, a Roman number
// at an endnote.
var made = regexp.MustCompile(`\bBy |بقلم|نویسنده|\bi\b`)

// lost names the letters that are in a text more often than in a manuscript.
func lost(text string, m Manuscript) string {
	var out strings.Builder
	has := lettersIn(everything(m))
	for r, n := range lettersIn(made.ReplaceAllString(text, "")) {
		if has[r] < n {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// TestNothingIsLost compares with what LibreOffice itself writes as plain text,
// and with the bare letters between the tags.
func TestNothingIsLost(t *testing.T) {
	for _, name := range corpus(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			m, data := readFile(t, name)
			kind := filepath.Ext(name)
			if kind == ".odt" || kind == ".docx" {
				if text, err := os.ReadFile("testdata/sources/" + strings.TrimSuffix(filepath.Base(name), kind) + ".txt"); err == nil {
					if letters := lost(string(text), m); letters != "" {
						t.Errorf("letters of LibreOffice's text are lost: %q", letters)
					}
				}
			}
			if kind == ".mhtml" || kind == ".md" {
				return // their own signs are letters too
			}
			if letters := lost(lettersOf(t, kind, data), m); letters != "" {
				t.Errorf("letters of the file are lost: %q", letters)
			}
		})
	}
}

var (
	wordText = regexp.MustCompile(`<w:(?:t|delText)(?: [^>]*)?>([^<]*)<`)
	anyTag   = regexp.MustCompile(`(?s)<(?:style|script|head|STYLE|HEAD).*?</(?:style|script|head|STYLE|HEAD)>|<[^>]*>`)
	odfBody  = regexp.MustCompile(`(?s)<office:text.*</office:text>`)
	noText   = regexp.MustCompile(`(?s)<dc:date>.*?</dc:date>|<dc:creator>.*?</dc:creator>|<text:sequence-decls.*?</text:sequence-decls>|<svg:title>.*?</svg:title>`)
)

// lettersOf is a file's text by the simplest means.
func lettersOf(t *testing.T, kind string, data []byte) string {
	t.Helper()
	part := map[string]string{".docx": "word/document.xml", ".odt": "content.xml"}[kind]
	if part == "" {
		return html.UnescapeString(anyTag.ReplaceAllString(string(data), " "))
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(part)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	xml, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if kind == ".odt" {
		body := noText.ReplaceAllString(odfBody.FindString(string(xml)), " ")
		body = regexp.MustCompile(`<text:span[^>]*>|</text:span>|<text:change[^>]*>|<office:annotation-end[^>]*>`).ReplaceAllString(body, "")
		return html.UnescapeString(anyTag.ReplaceAllString(body, " "))
	}
	var b strings.Builder
	xml = bytes.ReplaceAll(xml, []byte("</w:p>"), []byte("<w:t> <"))
	for _, found := range wordText.FindAllSubmatch(xml, -1) {
		b.Write(found[1])
	}
	return html.UnescapeString(b.String())
}

// sound holds what is true of every manuscript that is read.
func sound(t *testing.T, m Manuscript) {
	t.Helper()
	if err := m.Body.Validate(); err != nil {
		t.Errorf("the body: %v", err)
	}
	have := map[string]bool{}
	for _, p := range m.Pictures {
		have[p.Src] = true
	}
	for _, p := range m.Body.Pictures() {
		if strings.HasPrefix(p.Src, PicturePrefix) && !have[p.Src] {
			t.Errorf("a picture without bytes: %s", p.Src)
		}
	}
	if len([]rune(m.Headline)) > longestHeadline || strings.ContainsAny(m.Headline, "\n\t") {
		t.Errorf("the headline: %q", m.Headline)
	}
	if again, _ := doc.FromMarkdown(m.Body.Markdown()); again.Markdown() != m.Body.Markdown() {
		t.Errorf("the body does not survive the plain form")
	}
}

func FuzzWord(f *testing.F) {
	f.Add(p("Titel", tx("Title")) + li("1", "0", "a") + li("2", "3", "b"))
	f.Add(p("", tx("a")+fieldXML(`HYPERLINK "x"`, "y")+boxed+drawn) + `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99"/><w:vMerge/></w:tcPr><w:tbl><w:tr><w:tc/></w:tr></w:tbl></w:tc></w:tr></w:tbl>`)
	f.Add(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:ruby><w:rt>a</w:rt><w:rubyBase>b</w:rubyBase></w:ruby></w:p><w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>`)
	f.Fuzz(func(t *testing.T, body string) {
		data := word(t, body)
		m, err := Read("a.docx", bytes.NewReader(data), int64(len(data)))
		if err == nil {
			sound(t, m)
		}
	})
}

const odfNames = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"`

func openDocument(t testing.TB, body string) []byte {
	return zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content `+odfNames+`><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`)
}

func FuzzOpenDocument(f *testing.F) {
	f.Add(`<text:h text:outline-level="1">Head</text:h><text:p>a<text:s text:c="3"/>b<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>`)
	f.Add(`<text:list><text:list-item text:start-value="5"><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated="9999"/><table:covered-table-cell><text:p>x</text:p></table:covered-table-cell></table:table-row></table:table>`)
	f.Add(`<text:p><draw:frame draw:name="f"><draw:text-box><text:p>in</text:p></draw:text-box></draw:frame><draw:frame><draw:image xlink:href="content.xml"/></draw:frame></text:p>`)
	f.Fuzz(func(t *testing.T, body string) {
		data := openDocument(t, body)
		m, err := Read("a.odt", bytes.NewReader(data), int64(len(data)))
		if err == nil {
			sound(t, m)
		}
	})
}

func FuzzAny(f *testing.F) {
	for _, name := range corpus(f) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Base(name), data)
	}
	f.Add("a.md", []byte("---\ntitle: T\nx: y\n---\n# H\n\ntext"))
	f.Add("a.mht", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<h1>a</h1><img src=cid:x>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <x>\r\n\r\nPNG\r\n--b--\r\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		m, err := Read(name, bytes.NewReader(data), int64(len(data)))
		if err == nil {
			sound(t, m)
		}
	})
}
