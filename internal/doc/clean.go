package doc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// cleanText makes s fit to stand in a body: line ends become "\n", bytes that are no UTF-8 become U+FFFD, and
// characters that no reader can see and no HTML may carry (control characters, the byte order mark, noncharacters) are
// taken out and handed back.
func cleanText(s string) (clean, dropped string) {
	if isClean(s) {
		return s, ""
	}
	var b, d strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
		case isLineEnd(r):
			b.WriteByte('\n')
		case r == '\t' || r == '\v':
			b.WriteByte(' ')
		case isUnprintable(r):
			d.WriteString(s[i : i+n])
		default:
			b.WriteRune(r)
		}
		i += n
	}
	return b.String(), d.String()
}

func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' || c >= utf8.RuneSelf || c == 0x7f {
			return isCleanUnicode(s[i:])
		}
	}
	return true
}

func isCleanUnicode(s string) bool {
	for i, r := range s {
		if r == '\n' {
			continue
		}
		if r == '\t' || r == '\v' || isLineEnd(r) || isUnprintable(r) {
			return false
		}
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			return false
		}
	}
	return true
}

// isLineEnd is true for the characters that end a line in some system's plain text.
func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

func isUnprintable(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfeff:
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	return false
}

// blank is true where s shows nothing: white space and format characters only.
func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) {
			return false
		}
	}
	return true
}

// plainLine makes s one line of plain text, as an attribute such as a caption carries it; "" where it shows nothing.
func plainLine(s string) string {
	s, _ = cleanText(s)
	if strings.Contains(s, "\n") {
		s = foldSpace(s)
	}
	s = strings.Trim(s, " ")
	if blank(s) {
		return ""
	}
	return s
}

// foldSpace turns each run of white space that holds a line end into one space. Runs of spaces alone stay: two spaces
// inside a sentence are a typist's slip, which the copy check must see.
func foldSpace(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if s[i] != ' ' && s[i] != '\n' {
			b.WriteByte(s[i])
			i++
			continue
		}
		j, line := i, false
		for ; j < len(s) && (s[j] == ' ' || s[j] == '\n'); j++ {
			line = line || s[j] == '\n'
		}
		if line {
			b.WriteByte(' ')
		} else {
			b.WriteString(s[i:j])
		}
		i = j
	}
	return b.String()
}

// speaker makes s the name of who is quoted: one line, without the dash that printing puts before it.
func speaker(s string) string {
	return plainLine(strings.TrimLeft(plainLine(s), " -–—―"))
}

// canonicalLang gives the tag's usual form, language-Script-REGION; ok is false for what is no known language.
// Extensions and variants are left out: pages do not need them and validators often refuse them.
func canonicalLang(s string) (tag string, ok bool) {
	if s == "" || len(s) > 35 {
		return "", false
	}
	t, err := language.Parse(s)
	if err != nil {
		return "", false
	}
	base, script, region := t.Raw()
	if base.String() == "und" {
		return "", false
	}
	tag = base.String()
	if c := script.String(); c != "Zzzz" {
		tag += "-" + c
	}
	if c := region.String(); c != "ZZ" {
		tag += "-" + c
	}
	return tag, true
}

// langDir is the direction that a language is written in: "ltr" or "rtl".
func langDir(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return "ltr"
	}
	script, _ := t.Script()
	switch script.String() {
	case "Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr", "Mend":
		return "rtl"
	}
	return "ltr"
}
