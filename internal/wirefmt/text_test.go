package wirefmt

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"broadsheet/internal/news"
)

const opening = "VALMERE, Ostland (Dispatches) -- The old bridge reopened on Thursday.\n"

// One sentence each, with the right code, that says where and what to do; nothing is read in part.
func TestTextRefuses(t *testing.T) {
	long := strings.Repeat("The bridge. ", 40)
	for name, c := range map[string]struct {
		text, want string
		code       news.Code
	}{
		"nothing":                {"", "has no headline", news.Invalid},
		"only white space":       {" \r\n\t\n\u200f\n", "has no headline", news.Invalid},
		"only fields":            {"News ID: 48213\nKicker: Harbour\n", "has no headline", news.Invalid},
		"a headline only":        {"Bridge reopens\n\n", "no text", news.Invalid},
		"furniture only":         {"Bridge reopens\n\n* Comment:\nName:\nShare\n", "no text", news.Invalid},
		"a headline too long":    {long + "\n\nText.\n", "line 1 stands where the headline should and has 479 characters", news.Invalid},
		"a News ID of letters":   {"News ID: abc\nBridge\nText.\n", "line 1: “abc” is not a News ID", news.Invalid},
		"a News ID of ten":       {"News ID: 1234567890\nBridge\nText.\n", "is not a News ID", news.Invalid},
		"a News ID of nought":    {"\nNews ID: 0\nBridge\nText.\n", "line 2: “0” is not a News ID", news.Invalid},
		"two News IDs":           {"News ID: 1\nNews ID: 2\nBridge\nText.\n", "line 2: the News ID is given twice, as “1” and as “2”", news.Invalid},
		"31 April":               {"Publish Date: 31 April 2026 - 21:40\nBridge\nText.\n", "line 1: the publish date “31 April 2026 - 21:40” cannot be used because day 31 does not exist", news.Invalid},
		"25:61":                  {"Publish Date: 12 March 2026 - 25:61\nBridge\nText.\n", "because the time 25:61 does not exist", news.Invalid},
		"a Persian 31 Mehr":      {"تاریخ انتشار: ۳۱ مهر ۱۴۰۴ - ۲۱:۴۰\nپل\nمتن.\n", "day 31 does not exist", news.Invalid},
		"an Arabic 30 February":  {"تاريخ النشر: ٣٠ فبراير ٢٠٢٦ - ٢١:٤٠\nجسر\nنص.\n", "day 30 does not exist", news.Invalid},
		"a date in words":        {"Publish Date: last Tuesday\nBridge\nText.\n", "is not written like", news.Invalid},
		"a kicker too long":      {"Kicker: " + long + "\nBridge\nText.\n", "line 1: the kicker has 479 characters and may have 120", news.Invalid},
		"a section too long":     {"Section: " + long + "\nBridge\nText.\n", "the section has 479 characters", news.Invalid},
		"a byline of signs":      {"Byline: ---\nBridge\nText.\n", "line 1: the byline has no name", news.Invalid},
		"too many names":         {"Byline: " + strings.Join(strings.Split("ABCDEFGHIJKLMNOPQRSTUVWXYZ", ""), ", ") + "\nBridge\nText.\n", "at most 20 names", news.Invalid},
		"a web page":             {"<!DOCTYPE html>\n<p>Bridge\n", "web page", news.Invalid},
		"XML":                    {"<?xml version=\"1.0\"?>\n<nitf/>\n", "XML", news.Invalid},
		"ninjs":                  {"{\"uri\": \"urn:x\"}\n", "use import ninjs", news.Invalid},
		"over 2 MB":              {"Bridge\n" + strings.Repeat("The bridge reopened. ", 100_000), "larger than 2 MB", news.TooLarge},
		"over 2 MB as stored":    {"Bridge\n" + strings.Repeat("a\n", 40_000), "larger than 2 MB as it is stored", news.TooLarge},
		"over 4 MB":              {strings.Repeat("x", 5<<20), "larger than 2 MB", news.TooLarge},
		"control characters":     {"Bridge\n" + strings.Repeat("\x01", 50), "not a text file", news.Invalid},
		"one line of a megabyte": {strings.Repeat("x", 1<<20) + "\n", "stands where the headline should", news.Invalid},
	} {
		item, err := Text([]byte(c.text), edition(t, "en"))
		var refusal *news.Error
		if !errors.As(err, &refusal) || refusal.Code != c.code || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %.200v, want %q", name, err, c.want)
			continue
		}
		if strings.Contains(refusal.Message, "\n") || len(refusal.Message) > 400 || refusal.Key == "" {
			t.Errorf("%s: %.500q is not one short sentence with a key", name, refusal.Message)
		}
		if diff := cmp.Diff(Item{}, item); diff != "" {
			t.Errorf("%s: something was read all the same:\n%s", name, diff)
		}
	}
}

func TestFieldsAtTheTop(t *testing.T) {
	for name, c := range map[string]struct{ text, headline, bylines, rest string }{
		"no field at all":          {"Bridge reopens\n\n", "Bridge reopens", "", ""},
		"empty fields":             {"News ID:\nKicker:  \nByline:\nBridge\n", "Bridge", "", ""},
		"empty lines between":      {"\n\nNews ID: 5\n\n\nKicker: Harbour\n\nBridge\n", "Bridge", "", "id 5 kicker Harbour"},
		"capitals, wide colon":     {"NEWS ID ： ٤٨٢١٣\nKICKER:Harbour\nBridge\n", "Bridge", "", "id 48213 kicker Harbour"},
		"the same twice":           {"News ID: 5\nNews ID: 5\nBridge\n", "Bridge", "", "id 5"},
		"two bylines":              {"By Mira Halden\nByline: Jon Vale\nBridge\n", "Bridge", "Mira Halden|Jon Vale", ""},
		"by in capitals":           {"BY MIRA HALDEN AND JON VALE\nBridge\n", "Bridge", "MIRA HALDEN AND JON VALE", ""},
		"by with a desk":           {"By Mira Halden for Dispatches\nBridge\n", "Bridge", "Mira Halden for Dispatches", ""},
		"by with a colon":          {"By: Mira O’Dell-Reed\nBridge\n", "Bridge", "Mira O’Dell-Reed", ""},
		"by is no byline":          {"By the time it rained\n", "By the time it rained", "", ""},
		"by ferry":                 {"By ferry to Valmere\n", "By ferry to Valmere", "", ""},
		"by a question":            {"By Night?\n", "By Night?", "", ""},
		"by before a body":         {"By Sea and Air\n", "By Sea and Air", "", ""},
		"Byte":                     {"Bytes and bits\n", "Bytes and bits", "", ""},
		"a colon in the headline":  {"Bridge: what we know\n", "Bridge: what we know", "", ""},
		"a reporter speaks":        {"Reporter: I saw the bridge fall, and ran\n", "Reporter: I saw the bridge fall, and ran", "", ""},
		"a reporter signs":         {"Reporter: Mira Halden\nBridge\n", "Bridge", "Mira Halden", ""},
		"a date by any name":       {"Date: 12 March 2026 - 21:40\nBridge\n", "Bridge", "", ""},
		"a date in a headline":     {"Date: tonight or never\n", "Date: tonight or never", "", ""},
		"Persian":                  {"كد خبر : ۵\nبه قلم میرا هالدن\nپل\n", "پل", "میرا هالدن", "id 5"},
		"Persian with a mark":      {"\u200fشناسهٔ خبر: ۵\u200f\nپل\n", "پل", "", "id 5"},
		"Arabic":                   {"مُعرّف الخبر: ٥\nالكاتب: ميرا هالدن\nجسر\n", "جسر", "ميرا هالدن", "id 5"},
		"a masthead between":       {"News ID: 5\nSaturday 14 March 2026\nBridge\n", "Bridge", "", "id 5"},
		"two on a line":            {"News ID: 48213 | Kicker: Harbour\nBridge\n", "Bridge", "", "id 48213 kicker Harbour"},
		"three on a line":          {"News ID: 48213  Publish Date: 12 March 2026 - 21:40  Byline: Jon Vale\nBridge\n", "Bridge", "Jon Vale", "id 48213"},
		"two in Persian":           {"کد خبر: ۵ - تاریخ انتشار: ۲۱ اسفند ۱۴۰۴ - ۲۱:۴۰\nپل\n", "پل", "", "id 5"},
		"a field below stays text": {"Bridge\nNews ID: 5\n", "Bridge", "", ""},
	} {
		item, err := Text([]byte(c.text+opening), edition(t, "en"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		rest := ""
		if item.NewsID != 0 {
			rest = "id " + item.NewsID.String()
		}
		if k := item.Content.Kicker; k != "" {
			rest = strings.TrimSpace(rest + " kicker " + k)
		}
		got := []string{item.Content.Headline, strings.Join(news.BylineNames(item.Content.Bylines), "|"), rest}
		if diff := cmp.Diff([]string{c.headline, c.bylines, c.rest}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if missing := lost(c.text+opening, item); missing != "" {
			t.Errorf("%s: characters were lost:\n%s", name, missing)
		}
	}
}

func TestFurniture(t *testing.T) {
	for text, left := range map[string]int{ // lines of the body that stay
		"The end.\n\n* Comment:\nName:\nEmail:\nShare\n":           1,
		"The end.\n\nName: Email: * Comment:\n":                    1,
		"The end.\n* Name\n* Comment *\nSend\n":                    1,
		"The end.\nYour name:\nE-mail: [    ]\nPost comment\n\n\n": 1,
		"The end.\nShare\nPrint\n":                                 1,
		"The end.\nPrint\n":                                        2, // alone it may be a word of the text
		"The end.\nName: Mira Halden\nEmail: mira@example.org\n":   3,
		"The end.\nShare\nOne more paragraph.\n":                   3,
		"The end.\nComment\n":                                      2,
		"Shares fell.\nShare:\n":                                   1,
		"پایان.\n* نظر:\nنام:\nپست الکترونیک:\nاشتراک‌گذاری\nارسال نظر\n": 1,
		"پایان.\nنام: میرا\n": 2,
		"انتهى.\nأضف تعليقًا\nالاسم:\nالبريد الإلكترونيّ:\nشارك\n": 1,
	} {
		item, err := Text([]byte("Bridge\n"+text), TextOptions{})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := len(item.Content.Body.Blocks); got != left {
			t.Errorf("%q: %d paragraphs stay, want %d:\n%s", text, got, left, show(item))
		}
		if missing := lost("Bridge\n"+text, item); missing != "" {
			t.Errorf("%q: characters were lost:\n%s", text, missing)
		}
	}
}

// What cannot be seen is kept where it means something and reported where it does not.
func TestInvisibleCharacters(t *testing.T) {
	text := "Bridge\u200cs\n\nThe old\u00a0bridge re\u00adopened\u200f.\x1f\ufeff\n\u200f\u200e\nIt\trained\u0085Then \u202bnot\u202c.\n"
	item, err := Text([]byte(text), TextOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := "The old\u00a0bridge re\u00adopened\u200f.\n\nIt rained\n\nThen \u202bnot\u202c."
	if diff := cmp.Diff(want, item.Content.Body.Text()); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	rules := map[string]int{}
	for _, f := range item.Report {
		rules[f.Rule] = f.Line
	}
	if diff := cmp.Diff(map[string]int{RuleControl: 3, RuleInvisible: 4}, rules); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	if missing := lost(text, item); missing != "" {
		t.Errorf("characters were lost:\n%s", missing)
	}
}

func TestOddDispatchesAreReported(t *testing.T) {
	for name, c := range map[string]struct{ text, rule string }{
		"a weekday that does not fit": {"Publish Date: Monday 12 March 2026 - 21:40\nBridge\nText.\n", RuleWeekday},
		"a date without a time":       {"Publish Date: 12 March 2026\nBridge\nText.\n", RuleTime},
		"no headline, it seems":       {opening + "It rained.\n", RuleHeadline},
		"Arabic in an English paper":  {"إعادة فتح الجسر\nأُعيد فتح الجسر.\n", RuleLanguage},
		"characters lost before":      {"Bridge\nThe br\uFFFDdge.\n", RuleDamaged},
		"an old encoding":             {"Br\xfccke\nDie Br\xfccke ist offen.\n", RuleEncoding},
		"a byline below the headline": {"Bridge\nBy Mira Halden\nText.\n", RuleBelow},
		"an empty field":              {"Kicker:\nBridge\nText.\n", RuleField},
	} {
		item, err := Text([]byte(c.text), edition(t, "en"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := false
		for _, f := range item.Report {
			found = found || f.Rule == c.rule && strings.HasSuffix(f.Message, ".") || f.Rule == c.rule && strings.HasSuffix(f.Message, "?")
		}
		if !found {
			t.Errorf("%s: no finding %s:\n%s", name, c.rule, show(item))
		}
	}
}

// drawDispatch puts a file together from the pieces that the reader has rules for, in any order and with any noise.
func drawDispatch(t *rapid.T) string {
	pieces := []string{"News ID: 48213", "Kicker: Harbour", "By Mira Halden", "Byline: Jon Vale", "Section: Region", "شناسه خبر: ۵", "Saturday 14 March 2026",
		"Publish Date: 12 March 2026 - 21:40", "تاریخ انتشار: ۲۱ اسفند ۱۴۰۴ - ۲۱:۴۰", "Bridge reopens", "", "", "", "\u200f", "\x1f\x02", "* Comment:", "Name:", "Email: ___", "Share", "Print",
		"VALMERE, Ostland (Dispatches) -- The old bridge", "والمیر - پل باز شد", "VALMERE --", "- an item of a list", "that broke off in the middle of a long sentence, and went-", "on there until it ended.", "Text.\ufeff",
		"الاسم:", "\u00a0\u00a0", "  indented", "\uFFFD", "a\tb", "e\u0301", "می\u200cخواهم"}
	parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 1, 20).Draw(t, "lines")
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p)
		b.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\n", "\r\n", "\r", "\f", "\u2028", "\u0085", " \n"}).Draw(t, "end"))
	}
	return b.String()
}

func TestNothingIsLost(t *testing.T) {
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawDispatch(t)
		item, err := Text([]byte(text), TextOptions{Language: "en"})
		if err != nil {
			if news.CodeOf(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		read++
		checkItem(t, strings.TrimPrefix(text, "\ufeff"), item) // a byte order mark is not part of the text
	})
	if read == 0 {
		t.Error("no dispatch of the generator was read: the test tests nothing")
	}
}

// Files made to be slow to read are read, or refused, like any other: anything quadratic would run for minutes here.
func TestHostileDispatches(t *testing.T) {
	for name, text := range map[string]string{
		"bylines":      strings.Repeat("By A\n", 60_000) + "Bridge\nText.\n",
		"colons":       "Bridge\nKicker: " + strings.Repeat(":", 1<<20) + "\nText.\n",
		"field colons": "News ID: " + strings.Repeat(":", 1<<20) + "\nBridge\nText.\n",
		"pairs":        "Bridge\n" + strings.Repeat("the company that runs the ferry\nto the islands.\n\n", 40_000),
		"dates":        strings.Repeat("1 March 2026\n", 40_000) + "Bridge\nText.\n",
		"stars":        "Bridge\nText.\n" + strings.Repeat("* ", 1<<19) + "\n",
		"names":        "Bridge\nText.\n" + strings.Repeat("Name: ", 1<<17) + "\n",
		"dashes":       "Bridge\n" + strings.Repeat("A -- ", 1<<18) + "\n",
		"marks":        "Bridge\n" + strings.Repeat("\u200f\n", 60_000) + "Text.\n",
	} {
		item, err := Text([]byte(text), TextOptions{})
		if err != nil && news.CodeOf(err) == "" {
			t.Errorf("%s: an error without a code: %v", name, err)
		}
		if err == nil {
			checkItem(t, text, item)
		}
	}
}

type fataler interface{ Fatalf(string, ...any) }

// checkItem checks what holds for every dispatch that is read.
func checkItem(t fataler, text string, item Item) {
	if missing := lost(text, item); missing != "" {
		t.Fatalf("characters were lost:\n%s\n%q\n%s", missing, text, show(item))
	}
	if body := squash(item.Content.Body.Text()); !isSubsequence(body, squash(text)) {
		t.Fatalf("the order of the body changed: %q\n%q", body, text)
	}
	if err := item.Content.Validate(); err != nil {
		t.Fatalf("the content breaks a rule: %v", err)
	}
	if err := item.Content.Body.Validate(); err != nil {
		t.Fatalf("the body breaks the schema: %v", err)
	}
	if item.Content.Headline == "" || item.Content.Body.Empty() || len(item.Hash) != 64 {
		t.Fatalf("a dispatch without headline, body or hash was read: %s", show(item))
	}
	for _, f := range item.Report {
		if f.Message == "" || f.Rule == "" {
			t.Fatalf("a finding says nothing: %+v", f)
		}
	}
}

func isSubsequence(part, whole string) bool {
	rest := []rune(part)
	for _, r := range whole {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

func FuzzText(f *testing.F) {
	for _, name := range []string{"en-plain.txt", "en-wrapped.txt", "en-mixed.txt", "fa-plain.txt", "fa-wrapped.txt", "ar-plain.txt", "ar-wrapped.txt"} {
		f.Add([]byte(sample(f, name)))
	}
	f.Add([]byte(strings.ReplaceAll(sample(f, "en-plain.txt"), "\n", "\r")))
	f.Add(encode16(sample(f, "ar-plain.txt"), binary.LittleEndian, true))
	f.Fuzz(func(t *testing.T, b []byte) {
		item, err := Text(b, edition(t, "fa"))
		if err != nil {
			if news.CodeOf(err) == "" {
				t.Fatalf("an error without a code: %v", err)
			}
			return
		}
		text, _, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		checkItem(t, text, item)
	})
}

func BenchmarkText(b *testing.B) {
	dispatch := []byte(sample(b, "en-plain.txt"))
	o := edition(b, "en")
	b.SetBytes(int64(len(dispatch)))
	for b.Loop() {
		if _, err := Text(dispatch, o); err != nil {
			b.Fatal(err)
		}
	}
}
