package wirefmt

import (
	"bytes"
	"encoding/binary"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"broadsheet/internal/news"
)

// The names Decode gives to encodings.
const (
	UTF8        = "utf-8"
	UTF16LE     = "utf-16le"
	UTF16BE     = "utf-16be"
	Windows1252 = "windows-1252" // and with it Latin-1
	Windows1256 = "windows-1256"
)

// Decode turns the bytes of a text file into a string and says what they were encoded in. UTF-8 comes first, with or
// without a byte order mark, then UTF-16 with a mark or so regular that it cannot be anything else, then windows-1256
// and windows-1252 where the letters leave no doubt. Everything else (other encodings, UTF-8 with broken bytes, files
// that are no text) is refused: half-right letters in a newspaper are worse than a second try. A mark is not part of
// the text.
func Decode(b []byte) (text, encoding string, err error) {
	if name := knownBinary(b); name != "" {
		return "", "", news.Refuse(news.Invalid, "import.binary", "this is a %s, not plain text: save its text as UTF-8 and import that", name)
	}
	if rest, ok := bytes.CutPrefix(b, []byte("\xef\xbb\xbf")); ok {
		if !utf8.Valid(rest) {
			return "", "", damaged(rest)
		}
		return plainUTF8(rest)
	}
	if rest, ok := bytes.CutPrefix(b, []byte("\xff\xfe")); ok {
		return decode16(rest, binary.LittleEndian, UTF16LE)
	}
	if rest, ok := bytes.CutPrefix(b, []byte("\xfe\xff")); ok {
		return decode16(rest, binary.BigEndian, UTF16BE)
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return decodeUnmarked16(b)
	}
	if utf8.Valid(b) {
		return plainUTF8(b)
	}
	return decodeLegacy(b)
}

// knownBinary names files that people take for text; "" = none of them.
func knownBinary(b []byte) string {
	for _, m := range [...]struct{ start, name string }{
		{"%PDF-", "PDF file"}, {"PK\x03\x04", "Word document or ZIP archive"}, {"\xd0\xcf\x11\xe0", "old Word document"},
		{"{\\rtf", "rich-text (RTF) file"}, {"\x89PNG", "picture"}, {"\xff\xd8\xff", "picture"}, {"GIF8", "picture"},
		{"\x1f\x8b", "compressed (gzip) file"}, {"BZh", "compressed (bzip2) file"}, {"\xfd7zXZ", "compressed (xz) file"},
		{"\x28\xb5\x2f\xfd", "compressed (zstd) file"}, {"SQLite format 3", "database"}, {"\x7fELF", "program"},
		{"\xff\xfe\x00\x00", "UTF-32 file"}, {"\x00\x00\xfe\xff", "UTF-32 file"},
	} {
		if bytes.HasPrefix(b, []byte(m.start)) {
			return m.name
		}
	}
	return ""
}

func plainUTF8(b []byte) (string, string, error) {
	if bytes.IndexByte(b, 0) >= 0 || mostlyControl(b) {
		return "", "", notText()
	}
	return string(b), UTF8, nil
}

func notText() error {
	return news.Refuse(news.Invalid, "import.binary", "this is not a text file: save the text as UTF-8 and import that")
}

// mostlyControl is true where more than one byte in ten is a control character that no typist makes.
func mostlyControl(b []byte) bool {
	n := 0
	for _, c := range b {
		if c < ' ' && (c < '\t' || c > '\r') || c == 0x7f {
			n++
		}
	}
	return n*10 > len(b)
}

// damaged refuses text that is UTF-8 but for some bytes, and says where the first of them is.
func damaged(b []byte) error {
	line := 1
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			return news.Refuse(news.Invalid, "import.damaged",
				"line %d holds the byte %02X, which is not UTF-8: fix that line, or save the file again as UTF-8", line, b[0])
		}
		if r == '\n' {
			line++
		}
		b = b[n:]
	}
	return notText()
}

func decode16(b []byte, order binary.ByteOrder, name string) (string, string, error) {
	if len(b)%2 != 0 {
		return "", "", news.Refuse(news.Invalid, "import.damaged", "the file is UTF-16 but ends in the middle of a character: save it again as UTF-8")
	}
	s, bad := string16(b, order)
	if bad > 0 {
		return "", "", news.Refuse(news.Invalid, "import.damaged", "the file says it is UTF-16 but holds characters that are not: save it again as UTF-8")
	}
	return s, name, nil
}

// string16 decodes UTF-16 and counts what no text file holds: halves of characters, NUL.
func string16(b []byte, order binary.ByteOrder) (s string, bad int) {
	out := make([]byte, 0, len(b)+len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		r := rune(order.Uint16(b[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if i+3 < len(b) {
				low = rune(order.Uint16(b[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				bad++
			} else {
				i += 2
			}
		}
		if r == 0 {
			bad++
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), bad
}

// decodeUnmarked16 reads UTF-16 without a byte order mark. Bytes with NUL among them are UTF-16 or no text at all; the
// right byte order gives known letters only, the wrong one hardly any.
func decodeUnmarked16(b []byte) (string, string, error) {
	if len(b)%2 != 0 {
		return "", "", notText()
	}
	little, littleOK := looksWritten(b, binary.LittleEndian)
	big, bigOK := looksWritten(b, binary.BigEndian)
	switch {
	case littleOK && !bigOK:
		return little, UTF16LE, nil
	case bigOK && !littleOK:
		return big, UTF16BE, nil
	}
	return "", "", notText()
}

// looksWritten is true where nine of ten characters are of the alphabets that newspapers here are written in, and none
// is impossible.
func looksWritten(b []byte, order binary.ByteOrder) (string, bool) {
	s, bad := string16(b, order)
	if bad > 0 {
		return "", false
	}
	known, all := 0, 0
	for _, r := range s {
		all++
		switch {
		case r < ' ' && (r < '\t' || r > '\r'), unicode.Is(unicode.Co, r):
			return "", false
		case r < 0x600, r >= 0x600 && r < 0x780, r >= 0x2000 && r < 0x2070, r >= 0xfb50 && r < 0xfe00, r >= 0xfe70 && r <= 0xfefc:
			known++
		}
	}
	return s, all > 0 && known*10 >= all*9
}
