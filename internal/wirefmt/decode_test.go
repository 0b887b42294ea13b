package wirefmt

import (
	"bytes"
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"broadsheet/internal/news"
)

func encode16(s string, order binary.ByteOrder, mark bool) []byte {
	if mark {
		s = "\ufeff" + s
	}
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, 0, 0)
		order.PutUint16(out[len(out)-2:], u)
	}
	return out
}

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%v cannot write the sample: %v", e, err)
	}
	return b
}

func sample(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// persian1256 is a Persian text in the letters that windows-1256 has: Arabic yeh, Persian kaf and the joiner.
const persian1256 = "پل قديمی رودخانه آرنه\n\nعصر پنجشنبه، دو سال پس از آنکه در پايه شمالی آن ترک ديده شد، پل قديمی به روی خودروها باز شد و مردم می\u200cگويند ديگر نگران نيستند."

const (
	french = "Le vieux pont a été rouvert\n\nLe pont sur l’Arne, fermé depuis deux ans à cause d’une fissure, a été rouvert jeudi soir. « Où étiez-vous ? », a demandé une élève.\n"
	german = "Alte Brücke wieder offen\n\nDie Brücke über die Arne ist seit Donnerstag für den Verkehr geöffnet, größere Lastwagen müssen noch warten.\n"
	danish = "Den gamle bro er åben igen\n\nBroen over åen blev genåbnet torsdag aften, og de første på den var bagere.\n"
	quotes = "Bridge reopens\n\nThe bridge reopened on Thursday – “at last”, as the baker’s boy said.\n"
)

func TestDecode(t *testing.T) {
	arabic := sample(t, "ar-plain.txt")
	simple := strings.ReplaceAll(strings.NewReplacer("٤٫٢", "4.2", "٤", "4", "٨", "8", "٢", "2", "١", "1", "٣", "3", "٦", "6", "٠", "0").Replace(arabic), "\u0654", "")
	for name, c := range map[string]struct {
		bytes    []byte
		text     string
		encoding string
	}{
		"nothing":                     {nil, "", UTF8},
		"UTF-8":                       {[]byte(arabic), arabic, UTF8},
		"UTF-8 with a mark":           {append([]byte("\xef\xbb\xbf"), arabic...), arabic, UTF8},
		"UTF-16, little, mark":        {encode16(arabic, binary.LittleEndian, true), arabic, UTF16LE},
		"UTF-16, big, mark":           {encode16(arabic, binary.BigEndian, true), arabic, UTF16BE},
		"UTF-16, little, no mark":     {encode16(arabic, binary.LittleEndian, false), arabic, UTF16LE},
		"UTF-16, big, no mark":        {encode16(arabic, binary.BigEndian, false), arabic, UTF16BE},
		"UTF-16 English, no mark":     {encode16(quotes, binary.LittleEndian, false), quotes, UTF16LE},
		"UTF-16 beyond the plane":     {encode16("Bridge 🌉\n", binary.BigEndian, true), "Bridge 🌉\n", UTF16BE},
		"windows-1256 Arabic":         {encode(t, charmap.Windows1256, simple), simple, Windows1256},
		"windows-1256 Persian":        {encode(t, charmap.Windows1256, strings.ReplaceAll(persian1256, "ی", "ي")), strings.ReplaceAll(persian1256, "ی", "ي"), Windows1256},
		"windows-1252 French":         {encode(t, charmap.Windows1252, french), french, Windows1252},
		"Latin-1 German":              {encode(t, charmap.ISO8859_1, german), german, Windows1252},
		"Latin-1 Danish":              {encode(t, charmap.ISO8859_1, danish), danish, Windows1252},
		"windows-1252 quotation mark": {encode(t, charmap.Windows1252, quotes), quotes, Windows1252},
	} {
		text, got, err := Decode(c.bytes)
		if err != nil || got != c.encoding || text != c.text {
			t.Errorf("%s: read as %q, %v\n%.200q", name, got, err, text)
		}
	}
}

// Where the letters leave a doubt, or are no letters, nothing is read at all.
func TestDecodeRefuses(t *testing.T) {
	czech := "Starý most je opět otevřen\n\nPříliš žluťoučký kůň přešel přes most jako první, řekla mluvčí.\n"
	polish := "Stary most znów otwarty\n\nZażółć gęślą jaźń, powiedziała rzeczniczka miasta, gdy otwarto most.\n"
	turkish := "Eski köprü yeniden açıldı\n\nKöprü perşembe akşamı trafiğe açıldı, ilk geçen bir fırıncı oldu.\n"
	russian := "Старый мост снова открыт\n\nМост через реку открыли в четверг вечером, первым проехал пекарь.\n"
	greek := "Η παλιά γέφυρα άνοιξε ξανά\n\nΗ γέφυρα άνοιξε την Πέμπτη το βράδυ.\n"
	hebrew := "הגשר הישן נפתח מחדש\n\nהגשר מעל הנהר נפתח ביום חמישי בערב לתנועה.\n"
	arabic := "إعادة فتح الجسر القديم\n\nوقالت مهندسة المدينة إن كلفة الترميم بلغت أقل من نصف كلفة بناء جسر جديد على النهر.\n"
	for name, b := range map[string][]byte{
		"Czech in windows-1250":           encode(t, charmap.Windows1250, czech),
		"Polish in ISO 8859-2":            encode(t, charmap.ISO8859_2, polish),
		"Polish in windows-1250":          encode(t, charmap.Windows1250, polish),
		"Turkish in windows-1254":         encode(t, charmap.Windows1254, turkish),
		"Russian in windows-1251":         encode(t, charmap.Windows1251, russian),
		"Russian in KOI8-R":               encode(t, charmap.KOI8R, russian),
		"Russian for MS-DOS":              encode(t, charmap.CodePage866, russian),
		"Greek in windows-1253":           encode(t, charmap.Windows1253, greek),
		"Hebrew in windows-1255":          encode(t, charmap.Windows1255, hebrew),
		"Arabic in ISO 8859-6":            encode(t, charmap.ISO8859_6, strings.ReplaceAll(arabic, ",", "")),
		"French for MS-DOS":               encode(t, charmap.CodePage850, strings.ReplaceAll(french, "’", "'")),
		"German for MS-DOS":               encode(t, charmap.CodePage437, german),
		"French for the old Mac":          encode(t, charmap.Macintosh, french),
		"English quotes for the old Mac":  encode(t, charmap.Macintosh, "Bridge\n\n“It’s open,” the baker’s boy said.\n"),
		"Chinese in GBK":                  encode(t, simplifiedchinese.GBK, "老桥重新开放\n\n这座桥在星期四晚上重新开放交通。\n"),
		"Japanese in Shift-JIS":           encode(t, japanese.ShiftJIS, "古い橋が再び開通\n\n橋は木曜日の夜に再び開通した。\n"),
		"UTF-8 with a broken byte":        []byte("Brücke, größer, über, für \xff\n"),
		"UTF-8 that ends in a letter":     []byte("پل قدیمی باز شد\nپ\xd9"),
		"UTF-8 by its mark only":          []byte("\xef\xbb\xbfcaf\xe9"),
		"UTF-16 that ends in a character": encode16("Bridge", binary.LittleEndian, true)[:13],
		"UTF-16 with half a character":    {0xfe, 0xff, 0, 'a', 0xd8, 0x00, 0, 'b'},
		"UTF-32":                          {0xff, 0xfe, 0, 0, 'a', 0, 0, 0},
		"NUL in text":                     []byte("Bridge\x00 reopens"),
		"noise":                           bytes.Repeat([]byte{0x00, 0x9f, 0x12, 0xc3, 0x01, 0x88, 0xfe}, 40),
		"control characters":              bytes.Repeat([]byte{1, 2, 'a', 3}, 40),
		"PDF":                             []byte("%PDF-1.7\n"), "Word": []byte("PK\x03\x04abc"), "old Word": []byte("\xd0\xcf\x11\xe0abc"), "RTF": []byte(`{\rtf1 Bridge}`),
		"PNG": []byte("\x89PNG\r\n"), "JPEG": []byte("\xff\xd8\xff\xe0"), "gzip": []byte("\x1f\x8b\x08"), "a database": []byte("SQLite format 3\x00"),
	} {
		text, name2, err := Decode(b)
		if news.CodeOf(err) != news.Invalid || text != "" || name2 != "" {
			t.Errorf("%s: read as %s, %v\n%.200q", name, name2, err, text)
		}
	}
}

// The same dispatch is the same article in whatever encoding and with whatever line ends it comes.
func TestSameHashInEveryDress(t *testing.T) {
	arabic := "رقم الخبر: 48213\n\nإعادة فتح الجسر القديم\n\nفالمير، أوستلاند (برقيات) - وقالت مهندسة المدينة إن كلفة الترميم بلغت أقل من نصف كلفة بناء جسر جديد على النهر.\n\nولم تكن هناك إصابات.\n"
	plain, err := Text([]byte(arabic), TextOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"Windows line ends": []byte(strings.ReplaceAll(arabic, "\n", "\r\n")), "old Mac line ends": []byte(strings.ReplaceAll(arabic, "\n", "\r")),
		"form feeds": []byte(strings.ReplaceAll(arabic, "\n\n", "\n\f\n")), "Unicode line ends": []byte(strings.ReplaceAll(arabic, "\n", "\u2028")),
		"UTF-8 with a mark": []byte("\ufeff" + arabic), "UTF-16": encode16(arabic, binary.LittleEndian, true),
		"windows-1256":  encode(t, charmap.Windows1256, strings.ReplaceAll(arabic, "\n", "\r\n")),
		"spaces at end": []byte(strings.ReplaceAll(arabic, "\n", "  \n")),
	} {
		item, err := Text(b, TextOptions{})
		if err != nil || item.Hash != plain.Hash {
			t.Errorf("%s: %v, hash %.8s, want %.8s\n%s", name, err, item.Hash, plain.Hash, show(item))
		}
	}
	other, err := Text([]byte(strings.Replace(arabic, "جديد", "آخر", 1)), TextOptions{})
	if err != nil || other.Hash == plain.Hash {
		t.Errorf("another text has the same hash (%v)", err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "Bridge", french, persian1256, "\xef\xbb\xbfa", "\xff\xfea\x00", "\x00a", "caf\xe9", "\xc7\xe1\xcc\xd3\xd1"} {
		f.Add([]byte(s))
	}
	f.Add(encode(f, charmap.Windows1252, french))
	f.Add(encode16(german, binary.BigEndian, false))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, name, err := Decode(b)
		switch {
		case err != nil && news.CodeOf(err) != news.Invalid:
			t.Fatalf("an error without a code: %v", err)
		case err != nil:
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			t.Fatalf("read as %s: %q", name, text)
		case name == UTF8 && text != strings.TrimPrefix(string(b), "\ufeff"):
			t.Fatalf("UTF-8 was changed to %q", text)
		case name == UTF16LE || name == UTF16BE:
			order := map[string]binary.ByteOrder{UTF16LE: binary.LittleEndian, UTF16BE: binary.BigEndian}[name]
			if again := encode16(text, order, false); !bytes.HasSuffix(b, again) || len(b)-len(again) > 2 {
				t.Fatalf("%s does not come back", name)
			}
		case name == Windows1252 || name == Windows1256:
			e := map[string]*charmap.Charmap{Windows1252: charmap.Windows1252, Windows1256: charmap.Windows1256}[name]
			if again, err := e.NewEncoder().Bytes([]byte(text)); err != nil || !bytes.Equal(again, b) {
				t.Fatalf("%s does not come back: %v", name, err)
			}
		}
	})
}
