package comments

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                              "plain",
		"  a\tb  \r\nc \r\r\r\rd\u2028e\n\n": "a b\nc\n\nd\ne",
		"a\x00b\x1b[31mc\x7f\u0080":          "ab[31mc",
		"cafe\u0301":                         "café",
		"e\x01\u0301":                        "é",
		"می‌خواهم کتاب‌ها":                   "می‌خواهم کتاب‌ها",
		"\u200fسلام\u200e":                   "\u200fسلام\u200e",
		"\u202eevil":                         "\u202eevil\u202c",
		"evil\u202c\u2069 twice":             "evil twice",
		"\u2067one\ntwo\u2069":               "\u2067one\u2069\ntwo",
		"\u2067a\u202bb\u2069c\u202c":        "\u2067a\u202bb\u202c\u2069c",
		"\u202ba\u2067b\u202cc\u2069d\u202c": "\u202ba\u2067bc\u2069d\u202c",
		"👩🏽‍🚒 fire":                          "👩🏽‍🚒 fire",
		"a\ufeffb\ufff9c\uffffd\U0010ffffe":  "abcde",
		"\xff":                               "\ufffd",
		"\u200b\u200d\u0301 \n":              "",
	} {
		if got := Clean(in); got != want {
			t.Errorf("%q becomes %q; want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{" Ida\r\n  Inch\u00a0": "Ida Inch", "\u202eadI": "\u202eadI\u202c", "\u200e \u202e": "", "نرگس\u2067": "نرگس\u2067\u2069"} {
		if got := CleanLine(in); got != want {
			t.Errorf("the name %q becomes %q; want %q", in, got, want)
		}
	}
}

// odd draws texts full of what can go wrong.
func odd() *rapid.Generator[string] {
	runes := []rune("ab é\u0301\u0323پس‌ۀ12.\n\r\t\v\x00\x1b\u0085\u00a0\u2028\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe각\u1100\u1161\u212b👩🏽")
	return rapid.OneOf(rapid.StringOf(rapid.SampledFrom(runes)), rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("a\n\u202c\u202e\u2067\u2069"))))
}

func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := odd().Draw(t, "text")
		text, name := Clean(s), CleanLine(s)
		checkClean(t, s, text, Clean(text))
		checkClean(t, s, name, CleanLine(name))
		if strings.ContainsAny(name, "\n") || strings.Contains(name, "  ") {
			t.Errorf("the name %q is more than one line with single spaces", name)
		}
		if strings.Contains(text, "\n\n\n") || text != strings.TrimSpace(text) {
			t.Errorf("%q has empty lines to spare", text)
		}
	})
}

func FuzzClean(f *testing.F) {
	f.Add("\u202eevil\u2069\n\u2067a\x00\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		text, name := Clean(s), CleanLine(s)
		checkClean(t, s, text, Clean(text))
		checkClean(t, s, name, CleanLine(name))
	})
}

type fails interface {
	Errorf(format string, args ...any)
}

func checkClean(t fails, in, out, again string) {
	if again != out {
		t.Errorf("%q, cleaned again, becomes %q", out, again)
	}
	if !utf8.ValidString(out) || !norm.NFC.IsNormalString(out) {
		t.Errorf("%q is not NFC", out)
	}
	for _, r := range out {
		if unicode.IsControl(r) && r != '\n' {
			t.Errorf("%q holds %U", out, r)
		}
	}
	for line := range strings.SplitSeq(out, "\n") {
		if rest := unclosed(line); rest != "" {
			t.Errorf("line %q of %q leaves open or closes %q", line, in, rest)
		}
	}
	if want := norm.NFD.String(letters(in)); out != "" && norm.NFD.String(letters(out)) != want {
		t.Errorf("%q lost letters: %q", in, out)
	} else if out == "" && visible(strings.ToValidUTF8(in, "")) {
		t.Errorf("%q was dropped", in)
	}
}

// letters keeps what carries meaning, in order.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) || r == '\u200c' || r == '\u200d' {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// unclosed takes away pairs of directional formatting until none is left.
func unclosed(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case r == pdf || r == pdi:
			return r
		case opensEmbedding(r):
			return '\u202b'
		case opensIsolate(r):
			return '\u2067'
		}
		return -1
	}, line)
	for {
		next := strings.NewReplacer("\u202b\u202c", "", "\u2067\u2069", "").Replace(line)
		if next == line {
			return line
		}
		line = next
	}
}

func TestLines(t *testing.T) {
	link := func(text string) Run { return Run{Text: text, Href: text} }
	plain := func(text string) Run { return Run{Text: text} }
	for in, want := range map[string][]Run{
		"":               nil,
		"no link at all": {plain("no link at all")},
		"see http://a.example/b, or (https://b.example/c_(d)).": {plain("see "), link("http://a.example/b"), plain(", or ("), link("https://b.example/c_(d)"), plain(").")},
		"HTTPS://A.Example/B":                              {{Text: "HTTPS://A.Example/B", Href: "https://a.example/B"}},
		"پل http://پل.example/خبر؟":                        {plain("پل "), {Text: "http://پل.example/خبر", Href: "http://xn--ghb9i.example/%D8%AE%D8%A8%D8%B1"}, plain("؟")},
		"https://a.example/?q=پل&x=\"y\"":                  {{Text: "https://a.example/?q=پل&x=", Href: "https://a.example/?q=%D9%BE%D9%84&x="}, plain("\"y\"")},
		"http://a.example:8080/#x":                         {link("http://a.example:8080/#x")},
		"javascript:alert(1)":                              {plain("javascript:alert(1)")},
		"data:text/html,x ftp://a.example":                 {plain("data:text/html,x ftp://a.example")},
		"http://bank.example@evil.example/":                {plain("http://bank.example@evil.example/")},
		"http://localhost/ http://[::1]/ http://":          {plain("http://localhost/ http://[::1]/ http://")},
		"http://a..example http://-a.example":              {plain("http://a..example http://-a.example")},
		"http://a.example/\u202egpj.exe":                   {link("http://a.example/"), plain("\u202egpj.exe")},
		"<b>http://a.example</b>":                          {plain("<b>"), link("http://a.example"), plain("</b>")},
		"http://a.example/" + strings.Repeat("x", maxLink): {plain("http://a.example/" + strings.Repeat("x", maxLink))},
	} {
		if diff := cmp.Diff([][]Run{want}, Lines(in)); diff != "" {
			t.Errorf("%.80q (-want +got):\n%s", in, diff)
		}
	}
	if diff := cmp.Diff([][]Run{{plain("one")}, nil, {plain("two")}}, Lines("one\n\ntwo")); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{"see http://a.example/b, or (https://b.example/c_(d)).\n\nتمام", "http://a@b.example", "HTTP://[::1]:80/%zz?پ#\x00", "https://a.example/?\xff&'\"<>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lines := Lines(s)
		var joined []string
		for _, line := range lines {
			whole := ""
			for _, r := range line {
				whole += r.Text
				if r.Text == "" {
					t.Errorf("%q has an empty run", s)
				}
				if r.Href != "" {
					checkHref(t, r.Href)
				}
			}
			joined = append(joined, whole)
		}
		if got := strings.Join(joined, "\n"); got != s {
			t.Errorf("%q became %q", s, got)
		}
	})
}

func checkHref(t *testing.T, href string) {
	t.Helper()
	if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") {
		t.Errorf("%q is a link", href)
	}
	for i := range len(href) {
		if href[i] <= ' ' || href[i] >= 0x7f || strings.IndexByte("\"'<>`\\", href[i]) >= 0 {
			t.Errorf("%q holds %q", href, href[i])
		}
	}
	u, err := url.Parse(href)
	if err != nil || u.User != nil || u.Hostname() == "" {
		t.Errorf("%q: %v", href, err)
	} else if again := safe(href); again != href && len(href) <= maxLink {
		t.Errorf("%q is not the same link again: %q", href, again)
	}
}
