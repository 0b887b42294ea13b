package comments

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

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
