package news_test

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
)

// gateCase is a change and what the gate says of it: "kind: before → after", one a line; none = it is silent.
type gateCase struct {
	name, language, before, after string
	want                          []string
}

func written(text string) news.Content {
	body, _ := doc.FromMarkdown(text)
	return news.Content{Headline: "The bridge opens", Body: body, Bylines: []news.Byline{{Name: "Mara Ellin", Slug: "mara-ellin"}}, Dateline: news.Dateline{Place: "VALMERE"}}
}

func told(list []news.MaterialChange) string {
	var out []string
	for _, m := range list {
		out = append(out, fmt.Sprintf("%s: %s → %s", m.Kind, m.Before, m.After))
	}
	return strings.Join(out, "\n")
}

var gateCases = []gateCase{
	// English
	{"a name", "en", "The mayor, Jon Vale, spoke first.", "The mayor, Jon Vane, spoke first.", []string{"name: Jon Vale → Jon Vane"}},
	{"a name at the head of a sentence", "en", "Vale said it was late.", "Vane said it was late.", []string{"name: Vale → Vane"}},
	{"a name that came", "en", "The council met.", "The Harbour Council met.", []string{"name:  → Harbour Council"}},
	{"a number", "en", "It cost 1,200 crowns.", "It cost 1,300 crowns.", []string{"number: 1,200 → 1,300"}},
	{"a number in words", "en", "Three people were hurt.", "Four people were hurt.", []string{"number: Three → Four"}},
	{"numbers that changed places", "en", "There were 3 dead and 5 hurt.", "There were 5 dead and 3 hurt.", []string{"number: 3 → ", "number:  → 3"}},
	{"millions", "en", "It costs 2 million crowns.", "It costs 2 billion crowns.", []string{"number: 2 million → 2 billion"}},
	{"a currency", "en", "It costs $5 a day.", "It costs €5 a day.", []string{"number: $5 → €5"}},
	{"per cent", "en", "A rise of 5 percent.", "A rise of 6%.", []string{"number: 5 → 6"}},
	{"a decimal", "en", "It grew by 3.5 points.", "It grew by 35 points.", []string{"number: 3.5 → 35"}},
	{"one to two", "en", "At least one man was hurt.", "At least two men were hurt.", []string{"number: one → two"}},
	{"a weekday", "en", "It opens on Monday.", "It opens on Tuesday.", []string{"date: Monday → Tuesday"}},
	{"a date", "en", "It opened on 3 March 2026.", "It opened on 4 March 2026.", []string{"date: 3 March 2026 → 4 March 2026"}},
	{"a month", "en", "It opens in June.", "It opens in July.", []string{"date: June → July"}},
	{"a time", "en", "Doors open at 21:40 for all.", "Doors open at 20:40 for all.", []string{"date: 21:40 → 20:40"}},
	{"yesterday", "en", "It fell yesterday.", "It fell today.", []string{"date: yesterday → today"}},
	{"a quotation", "en", "She said: “We will open in spring.”", "She said: “We may open in spring.”",
		[]string{"quotation: We will open in spring. → We may open in spring."}},
	{"a quotation that became a report", "en", "“It is safe,” she said.", "It is safe, she said.", []string{"quotation: It is safe, → "}},
	{"a block of quotation", "en", "> We did all we could.\n> — Ada Roe", "> We did all we should.\n> — Ada Roe",
		[]string{"quotation: We did all we could. → We did all we should."}},
	{"who said it", "en", "> We did all we could.\n> — Ada Roe", "> We did all we could.\n> — Ida Roe", []string{"name: Ada Roe → Ida Roe"}},
	{"a caption", "en", "![A bridge](/media/x \"Jon Vale on the bridge\")", "![A bridge](/media/x \"Jan Vale on the bridge\")", []string{"name: Jon Vale → Jan Vale"}},
	{"a fact taken out", "en", "He is 54 and lives in Ostland.", "He lives there.", []string{"name: Ostland → ", "number: 54 → "}},

	{"a comma", "en", "The mayor said on Monday that Jon Vale left.", "The mayor said, on Monday, that Jon Vale left.", nil},
	{"a typo in a small word", "en", "The mayor siad that Jon Vale left.", "The mayor said that Jon Vale left.", nil},
	{"curly quotes only", "en", `She said: "It's late." And left.`, "She said: “It’s late.” And left.", nil},
	{"a comma in a quotation", "en", "“It is late we know,” she said.", "“It is late, we know”, she said.", nil},
	{"a paragraph that moved", "en", "Jon Vale came at 5.\n\nIda Roe left on Monday.", "Ida Roe left on Monday.\n\nJon Vale came at 5.", nil},
	{"another mark for thousands", "en", "It cost 1200 crowns.", "It cost 1,200 crowns.", nil},
	{"a number written out", "en", "It has 3 arches.", "It has three arches.", nil},
	{"twenty-three", "en", "It has 23 arches.", "It has twenty-three arches.", nil},
	{"a short weekday", "en", "It opens on Mon 3 March.", "It opens on Monday 3 March.", nil},
	{"the order of a date", "en", "It opened on 3 March 2026.", "It opened on March 3, 2026.", nil},
	{"a new beginning of a sentence", "en", "However, the road is closed.", "But the road is closed.", nil},
	{"may and march", "en", "They may march again.", "They might march again.", nil},
	{"one of them", "en", "One of them was late.", "Somebody was late.", nil},
	{"emphasis", "en", "Jon Vale **never** left.", "Jon Vale never left.", nil},

	// Arabic
	{"ar: a number", "ar", "أصيب ١٢ شخصا في الحادث.", "أصيب ١٣ شخصا في الحادث.", []string{"number: ١٢ → ١٣"}},
	{"ar: a number in words", "ar", "أصيب ثلاثة أشخاص.", "أصيب أربعة أشخاص.", []string{"number: ثلاثة → أربعة"}},
	{"ar: a weekday", "ar", "يفتح الجسر يوم الاثنين.", "يفتح الجسر يوم الثلاثاء.", []string{"date: الاثنين → الثلاثاء"}},
	{"ar: a date", "ar", "افتتح في ٣ مارس ٢٠٢٦.", "افتتح في ٤ مارس ٢٠٢٦.", []string{"date: ٣ مارس ٢٠٢٦ → ٤ مارس ٢٠٢٦"}},
	{"ar: a quotation", "ar", "قالت: «سنفتح الجسر في الربيع القادم».", "قالت: «قد نفتح الجسر في الربيع القادم».",
		[]string{"quotation: سنفتح الجسر في الربيع القادم → قد نفتح الجسر في الربيع القادم"}},
	{"ar: a name after a title", "ar", "حضر الدكتور سمير الحداد إلى المكان.", "حضر الدكتور سمير الحدادي إلى المكان.", []string{"name: سمير الحداد → سمير الحدادي"}},
	{"ar: a name between marks", "ar", "غادرت السفينة «نجمة البحر» الميناء.", "غادرت السفينة «نجم البحر» الميناء.", []string{"name: نجمة البحر → نجم البحر"}},
	{"ar: a comma", "ar", "وصل الوفد مساء ثم غادر.", "وصل الوفد مساء، ثم غادر.", nil},
	{"ar: a typo", "ar", "وصل الوفد الى القاعة الكبرى.", "وصل الوفد إلى القاعة الكبرى.", nil},
	{"ar: other digits", "ar", "أصيب 1200 شخص.", "أصيب ١٬٢٠٠ شخص.", nil},
	{"ar: other quotation marks", "ar", `قالت: "سنفتح الجسر في الربيع القادم".`, "قالت: «سنفتح الجسر في الربيع القادم».", nil},

	// Persian
	{"fa: a number", "fa", "۱۲ نفر زخمی شدند.", "۱۳ نفر زخمی شدند.", []string{"number: ۱۲ → ۱۳"}},
	{"fa: a number in words", "fa", "بیست و سه نفر زخمی شدند.", "بیست و چهار نفر زخمی شدند.", []string{"number: بیست و سه → بیست و چهار"}},
	{"fa: a decimal", "fa", "رشد ۳٫۵ درصد بود.", "رشد ۴٫۵ درصد بود.", []string{"number: ۳٫۵ → ۴٫۵"}},
	{"fa: a weekday", "fa", "پل روز دوشنبه باز می‌شود.", "پل روز سه‌شنبه باز می‌شود.", []string{"date: دوشنبه → سه‌شنبه"}},
	{"fa: a date", "fa", "پل ۳ اسفند ۱۴۰۴ باز شد.", "پل ۴ اسفند ۱۴۰۴ باز شد.", []string{"date: ۳ اسفند ۱۴۰۴ → ۴ اسفند ۱۴۰۴"}},
	{"fa: yesterday", "fa", "پل دیروز باز شد.", "پل امروز باز شد.", []string{"date: دیروز → امروز"}},
	{"fa: a quotation", "fa", "او گفت: «پل را در بهار باز می‌کنیم».", "او گفت: «پل را در پاییز باز می‌کنیم».",
		[]string{"quotation: پل را در بهار باز می‌کنیم → پل را در پاییز باز می‌کنیم"}},
	{"fa: a name after a title", "fa", "آقای رضا نادری در جلسه بود.", "آقای رضا نوری در جلسه بود.", []string{"name: رضا نادری → رضا نوری"}},
	{"fa: a name between marks", "fa", "کشتی «ستاره دریا» رفت.", "کشتی «ستاره شمال» رفت.", []string{"name: ستاره دریا → ستاره شمال"}},
	{"fa: a comma", "fa", "شهردار آمد و پس از آن رفت.", "شهردار آمد، و پس از آن رفت.", nil},
	{"fa: a typo", "fa", "شهردار به جلسه رسیده بوود.", "شهردار به جلسه رسیده بود.", nil},
	{"fa: other digits", "fa", "هزینه ۱٬۲۰۰ سکه بود.", "هزینه 1200 سکه بود.", nil},
	{"fa: a number written out", "fa", "۲۳ نفر آمدند.", "بیست و سه نفر آمدند.", nil},
	{"fa: Arabic letters", "fa", "آقای رضا نادري در جلسه بود.", "آقای رضا نادری در جلسه بود.", nil},
	{"fa: other quotation marks", "fa", `او گفت: "پل را در بهار باز می‌کنیم".`, "او گفت: «پل را در بهار باز می‌کنیم».", nil},
}

func TestTheGateTellsWhatMatters(t *testing.T) {
	for _, c := range gateCases {
		t.Run(c.name, func(t *testing.T) {
			if got := told(news.Material(written(c.before), written(c.after), c.language)); got != strings.Join(c.want, "\n") {
				t.Errorf("\n%q\n%q\nthe gate says:\n%s\nand should say:\n%s", c.before, c.after, got, strings.Join(c.want, "\n"))
			}
			if got := told(news.Material(written(c.before), written(c.before), c.language)); got != "" {
				t.Errorf("an unchanged text: %s", got)
			}
		})
	}
}

func TestTheGateTellsHeadlineBylineAndDateline(t *testing.T) {
	before := written("It opens.")
	after := before
	after.Headline = "The bridge closes"
	after.Bylines = []news.Byline{{Name: "Mara Elling", Slug: "mara-elling"}, {Name: "Jon Vale", Slug: "jon-vale", Role: "photos"}}
	after.Dateline = news.Dateline{Place: "OSTHAVEN"}
	want := "headline: The bridge opens → The bridge closes\nbyline: Mara Ellin → Mara Elling\nbyline:  → Jon Vale (photos)\ndateline: VALMERE → OSTHAVEN"
	if got := told(news.Material(before, after, "en")); got != want {
		t.Errorf("the gate says:\n%s\nand should say:\n%s", got, want)
	}
	after = before
	after.Headline = "The bridge  opens"
	if got := told(news.Material(before, after, "en")); got != "" {
		t.Errorf("a space in the headline: %s", got)
	}
}

// A text of two megabytes in which every word is another is compared in time.
func TestTheGateIsQuickOnLongTexts(t *testing.T) {
	long := func(word string) news.Content {
		var b strings.Builder
		for i := range 20000 {
			fmt.Fprintf(&b, "On day %d %s%d met Jon Vale in Ostland.\n\n", i, word, i)
		}
		return written(b.String())
	}
	if got := len(news.Material(long("Ada"), long("Ida"), "en")); got == 0 {
		t.Error("twenty thousand changed names are not told")
	}
}
