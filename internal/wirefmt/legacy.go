package wirefmt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"broadsheet/internal/news"
)

// decodeLegacy reads bytes that are neither UTF-8 nor UTF-16.
func decodeLegacy(b []byte) (string, string, error) {
	if mostlyControl(b) {
		return "", "", notText()
	}
	if mostlyUTF8(b) {
		return "", "", damaged(b)
	}
	if s, ok := decodeMap(b, charmap.Windows1256); ok && looksArabic(s) {
		return s, Windows1256, nil
	}
	if s, ok := decodeMap(b, charmap.Windows1252); ok && looksWestern(s) {
		return s, Windows1252, nil
	}
	return "", "", news.Refuse(news.Invalid, "import.encoding",
		"the file is not UTF-8 and its encoding cannot be told with certainty: save it as UTF-8 and import it again")
}

// mostlyUTF8 is true where whole multi-byte characters outnumber stray bytes by far: a UTF-8 file that was cut or
// patched, which no 8-bit encoding makes by chance.
func mostlyUTF8(b []byte) bool {
	whole, stray := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			stray++
		case n > 1:
			whole++
		}
		b = b[n:]
	}
	return whole >= 3*stray
}

// decodeMap decodes an 8-bit encoding; ok is false where a byte stands for nothing there.
func decodeMap(b []byte, m *charmap.Charmap) (string, bool) {
	var s strings.Builder
	s.Grow(len(b) * 2)
	for _, c := range b {
		r := m.DecodeByte(c)
		if r == utf8.RuneError || r >= 0x80 && r < 0xa0 {
			return "", false
		}
		s.WriteRune(r)
	}
	return s.String(), true
}

// frequent are the commonest letters of Arabic and Persian as windows-1256 has them; they make up two thirds of any
// running text in either language, and less than half of what other encodings look like when read as windows-1256.
const frequent = "اليويمنرتبدهىسة"

// looksArabic is true where a text decoded as windows-1256 reads as Arabic or Persian. The neighbours it must not be
// taken for: ISO 8859-6 puts yeh and waw on French letters, Cyrillic, Hebrew and Greek most of their alphabet.
func looksArabic(s string) bool {
	arabic, common, latin, alef := 0, 0, 0, 0
	prev := ' '
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
			arabic++
			if strings.ContainsRune(frequent, r) {
				common++
			}
			if r == 'ا' {
				alef++
			}
		case r >= 0xc0 && unicode.IsLetter(r):
			latin++
		case (r == '×' || r == '÷') && unicode.IsLetter(prev):
			return false
		}
		prev = r
	}
	return arabic >= 12 && alef > 0 && common*100 >= arabic*55 && latin*50 <= arabic
}

// western are the letters beyond ASCII of one language each, as windows-1252 has them. A text is certain only where
// one language explains all of its letters: what reads here as "ø" is "ř" in Prague, and no language here needs both
// that and "ì".
var western = [...]string{
	"àâçèéêëîïôùûüÿœæ", // French
	"äöüßé",            // German
	"áéíñóúüçºª",       // Spanish
	"áàâãçéêíóôõúü",    // Portuguese
	"àèéìîòóù",         // Italian
	"åäöæøéüó",         // Danish, Norwegian, Swedish
	"éëïöüèêáíóú",      // Dutch
	"àçèéíïòóúü·",      // Catalan
}

// signs are what every one of those languages may carry besides letters.
const signs = "‚„…†‡‰‹‘’“”•–—™›€¡¿£¥§©«»®°·´\u00a0¢µ¶\u00ad"

// looksWestern is true where a text decoded as windows-1252 is plainly Western European: mostly ASCII letters, one
// language for all the others, and nothing where no typist would put it.
func looksWestern(s string) bool {
	ascii, high := 0, 0
	seen := map[rune]bool{}
	before, r := ' ', ' '
	for _, after := range s + " " {
		switch {
		case r >= 0x80 && (misplaced(before, r, after) || !unicode.IsLetter(r) && !strings.ContainsRune(signs, r)):
			return false
		case r < 0x80 && unicode.IsLetter(r):
			ascii++
		case unicode.IsLetter(r):
			high++
			seen[unicode.ToLower(r)] = true
		}
		before, r = r, after
	}
	return high*100 <= (ascii+high)*18 && oneLanguage(seen)
}

// misplaced finds the marks of another encoding: capitals inside words and alone (the quotation marks of Mac Roman),
// signs inside words (the letters of MS-DOS and of Central Europe).
func misplaced(before, r, after rune) bool {
	inWord := unicode.IsLetter(before) && unicode.IsLetter(after)
	switch {
	case unicode.IsUpper(r):
		alone := !unicode.IsLetter(before) && !unicode.IsLetter(after)
		return unicode.IsLower(before) || alone && !strings.ContainsRune("ÀÉÅÖ", r)
	case strings.ContainsRune("£¥", r):
		return unicode.IsLetter(after)
	case r == '¿' || r == '¡':
		return unicode.IsLetter(before)
	case strings.ContainsRune("‚„“”†‡‰‹›€™•¢µ¶°®©", r):
		return inWord
	}
	return false
}

func oneLanguage(seen map[rune]bool) bool {
	for _, alphabet := range western {
		all := true
		for r := range seen {
			all = all && strings.ContainsRune(alphabet, r)
		}
		if all {
			return true
		}
	}
	return false
}
