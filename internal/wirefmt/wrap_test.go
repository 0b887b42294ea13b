package wirefmt

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// wrap breaks a paragraph at a width as text editors do.
func wrap(s string, at int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && width(line)+1+width(word) > at {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func numbered(text string) []line {
	lines, _ := splitLines(text)
	return lines
}

func texts(paras []para) []string {
	var out []string
	for _, p := range paras {
		out = append(out, strings.TrimSpace(p.text))
	}
	return out
}

var vocabulary = map[string][]string{
	"en": strings.Fields("the old bridge over river reopened to traffic on Thursday evening, two years after cracks had been found in its northern pier and engineers of Valmere said repairs had cost more than planned while ferry passengers waited for a decision"),
	"fa": strings.Fields("پل قدیمی رودخانهٔ آرنه عصر پنجشنبه دو سال پس از آنکه در پایهٔ شمالی آن ترک دیده شد به روی خودروها باز شد و مهندس شهر گفت هزینهٔ تعمیر بیش از برآورد بوده است"),
	"ar": strings.Fields("أعيد فتح الجسر القديم على نهر آرنه أمام حركة السير مساء الخميس بعد عامين من اكتشاف تشققات في دعامته الشمالية وقالت مهندسة المدينة إن كلفة الترميم تجاوزت ما كان مقررا"),
}

// drawParagraph is a paragraph of sentences of 12 to 25 words, no word twice in a sentence.
func drawParagraph(t *rapid.T, language string, sentences int) string {
	var out []string
	for range sentences {
		words := rapid.Permutation(vocabulary[language]).Draw(t, "words")[:rapid.IntRange(12, 25).Draw(t, "length")]
		first := []rune(words[0])
		words[0] = string(unicode.ToUpper(first[0])) + string(first[1:])
		out = append(out, strings.TrimRight(strings.Join(words, " "), ",")+".")
	}
	return strings.Join(out, " ")
}

// breaksSentences is true where half of the line ends fall inside sentences.
func breaksSentences(lines []string) bool {
	inside := 0
	for _, l := range lines[:len(lines)-1] {
		if !strings.HasSuffix(l, ".") {
			inside++
		}
	}
	return inside*2 >= len(lines)-1 && inside > 0
}

// A text that an editor broke at any usual width, with empty lines between the paragraphs, comes back as it was.
func TestWrappedTextIsJoined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom([]string{"en", "fa", "ar"}).Draw(t, "language")
		at := rapid.IntRange(50, 100).Draw(t, "width")
		var want, blocks []string
		for range rapid.IntRange(2, 5).Draw(t, "paragraphs") {
			p := drawParagraph(t, language, rapid.IntRange(3, 6).Draw(t, "sentences"))
			lines := wrap(p, at)
			if !breaksSentences(lines) {
				t.Skip("every line happens to be a sentence: nobody could tell")
			}
			want, blocks = append(want, p), append(blocks, strings.Join(lines, "\n"))
		}
		got, _ := paragraphs(numbered(strings.Join(blocks, "\n\n")))
		if diff := cmp.Diff(want, texts(got)); diff != "" {
			t.Fatalf("wrapped at %d (-want +got):\n%s", at, diff)
		}
	})
}

// A text with one paragraph a line is left alone, with and without empty lines.
func TestLinesAreParagraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom([]string{"en", "fa", "ar"}).Draw(t, "language")
		var want []string
		for range rapid.IntRange(1, 6).Draw(t, "paragraphs") {
			want = append(want, drawParagraph(t, language, rapid.IntRange(1, 4).Draw(t, "sentences")))
		}
		got, did := paragraphs(numbered(strings.Join(want, rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(t, "between"))))
		if diff := cmp.Diff(want, texts(got)); diff != "" || did.lines != 0 {
			t.Fatalf("joined %d lines (-want +got):\n%s", did.lines, diff)
		}
	})
}

func TestParagraphs(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"an empty line never joins, not even inside a sentence": {
			"The company said that it would decide in\n\nconsultation with the county.",
			"The company said that it would decide in|consultation with the county."},
		"nor in a wrapped text": {
			"The company that runs the ferries between the mainland\nand the islands said that it would decide about the\n\nevening sailings in May, after it had listened to\nthe people of the islands.",
			"The company that runs the ferries between the mainland and the islands said that it would decide about the|evening sailings in May, after it had listened to the people of the islands."},
		"a sentence broken by a stray line end stays two paragraphs": {
			"The old bridge reopened to traffic on Thursday evening, two years after cracks had been found in the northern pier.\nThe first to cross it\nwas a van.\nCyclists had waited since noon, and some had waited since the morning, when the barriers still stood.",
			"The old bridge reopened to traffic on Thursday evening, two years after cracks had been found in the northern pier.|The first to cross it|was a van.|Cyclists had waited since noon, and some had waited since the morning, when the barriers still stood."},
		"a table of results is no wrapped text": {
			"Valmere Rovers 2, Arnemouth 1\nHolm Town 0, North Quarter 0\nLower Holm 4, Great Holm 2\nSaint Anne 1, Upper Holm 3",
			"Valmere Rovers 2, Arnemouth 1|Holm Town 0, North Quarter 0|Lower Holm 4, Great Holm 2|Saint Anne 1, Upper Holm 3"},
		"a list stays a list": {
			"What was lost in the fire at the hall:\n- forty stalls on the eastern side, some of which\nhad been there for a hundred years\n- the parish archive",
			"What was lost in the fire at the hall:|- forty stalls on the eastern side, some of which had been there for a hundred years|- the parish archive"},
		"a short line that ends a sentence ends the paragraph": {
			"The company that runs the ferries between the mainland\nand the islands will cut three of its five evening\nsailings from May.\nIslanders said that nobody had asked them, and that\nthey had read it on the notice board of the harbour\nlike everyone else.",
			"The company that runs the ferries between the mainland and the islands will cut three of its five evening sailings from May.|Islanders said that nobody had asked them, and that they had read it on the notice board of the harbour like everyone else."},
		"both kinds in one text": {
			"The company that runs the ferries between the mainland\nand the islands will cut three of its five evening\nsailings from May.\n\nIslanders said that nobody had asked them, and that they had read it on the notice board of the harbour like everyone else. It was raining.\nThe company said nothing.",
			"The company that runs the ferries between the mainland and the islands will cut three of its five evening sailings from May.|Islanders said that nobody had asked them, and that they had read it on the notice board of the harbour like everyone else. It was raining.|The company said nothing."},
		"two lines alone": {
			"The company that runs the ferries between the mainland and the\nislands will cut three sailings.",
			"The company that runs the ferries between the mainland and the islands will cut three sailings."},
		"hyphens join, soft hyphens stay": {
			"The company that runs the ferries to the islands is well-\nknown for its evening sailings, of which it will can\u00ad\ncel three from May, as it said on Wednesday.",
			"The company that runs the ferries to the islands is well-known for its evening sailings, of which it will can\u00adcel three from May, as it said on Wednesday."},
		"German nouns": {
			"Die alte Brücke über die Arne ist am Donnerstag nach zwei\nJahren Bauzeit wieder für den Verkehr freigegeben worden, wie die\nStadt Valmere mitteilte. Als erster fuhr ein Lieferwagen einer\nBäckerei über die Brücke.",
			"Die alte Brücke über die Arne ist am Donnerstag nach zwei Jahren Bauzeit wieder für den Verkehr freigegeben worden, wie die Stadt Valmere mitteilte. Als erster fuhr ein Lieferwagen einer Bäckerei über die Brücke."},
		"indented first lines": {
			"The company that runs the ferries between the mainland\nand the islands will cut three of its evening sailings.\n    Islanders said that nobody had asked them, and that\nthey had read it on the notice board of the harbour.",
			"The company that runs the ferries between the mainland and the islands will cut three of its evening sailings.|Islanders said that nobody had asked them, and that they had read it on the notice board of the harbour."},
	} {
		got, _ := paragraphs(numbered(c.text))
		if diff := cmp.Diff(strings.Split(c.want, "|"), texts(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
