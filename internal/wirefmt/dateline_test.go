package wirefmt

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

func TestDatelines(t *testing.T) {
	for text, want := range map[string]news.Dateline{
		"VALMERE, Ostland (Dispatches) -- The bridge reopened.":                      {Place: "VALMERE", Country: "Ostland", Source: "Dispatches"},
		"VALMERE, Ostland (Dispatches) - The bridge reopened.":                       {Place: "VALMERE", Country: "Ostland", Source: "Dispatches"},
		"VALMERE, Ostland (Dispatches) – The bridge reopened.":                       {Place: "VALMERE", Country: "Ostland", Source: "Dispatches"},
		"VALMERE, Ostland (Dispatches) — The bridge reopened.":                       {Place: "VALMERE", Country: "Ostland", Source: "Dispatches"},
		"VALMERE, Ostland (Dispatches)—The bridge reopened.":                         {Place: "VALMERE", Country: "Ostland", Source: "Dispatches"},
		"VALMERE (Dispatches) -- the bridge reopened.":                               {Place: "VALMERE", Source: "Dispatches"},
		"VALMERE -- The bridge reopened.":                                            {Place: "VALMERE"},
		"VALMERE—The bridge reopened.":                                               {Place: "VALMERE"},
		"VALMERE, Ostland - “We shall see,” she said.":                               {Place: "VALMERE", Country: "Ostland"},
		"ST. ANNE-ON-ARNE, North Shore, Ostland (Arne News Agency) -- It rained.":    {Place: "ST. ANNE-ON-ARNE", Country: "North Shore, Ostland", Source: "Arne News Agency"},
		"VALMERE, Ostland, March 12 (Dispatches) - It rained.":                       {Place: "VALMERE", Country: "Ostland", Source: "Dispatches"},
		"VALMERE, United Isles of Ostland (Dispatches) - It rained.":                 {Place: "VALMERE", Country: "United Isles of Ostland", Source: "Dispatches"},
		"ÉTRENNE, Ostland (Dépêches) — La pluie.":                                    {Place: "ÉTRENNE", Country: "Ostland", Source: "Dépêches"},
		"والمیر، أوستلند (برقيات) -- أُعيد فتح الجسر.":                               {Place: "والمیر", Country: "أوستلند", Source: "برقيات"},
		"فالمير (برقيات) - أُعيد فتح الجسر.":                                         {Place: "فالمير", Source: "برقيات"},
		"فالمير - أُعيد فتح الجسر القديم.":                                           {Place: "فالمير"},
		"والمیر، اوستلند – پل قدیمی باز شد.":                                         {Place: "والمیر", Country: "اوستلند"},
		"والمیر، اوستلند - دیسپچز: پل قدیمی باز شد.":                                 {Place: "والمیر", Country: "اوستلند", Source: "دیسپچز"},
		"\u200fوالمیر - شهردار گفت: «پل باز است.»":                                   {Place: "والمیر"},
		"والمیر - شهردار شهر افزود: کار تمام است.":                                   {Place: "والمیر"},
		"والمیر - خبرگزاری آرنه: پل قدیمی پس از دو سال تعمیر به روی خودروها باز شد.": {Place: "والمیر", Source: "خبرگزاری آرنه"},
	} {
		got, rest, ok := cutDateline(text)
		if !ok || got != want {
			t.Errorf("%s\n got %+v, %v\nwant %+v", text, got, ok, want)
		}
		if !strings.HasSuffix(text, rest) || rest == "" || strings.HasPrefix(rest, " ") {
			t.Errorf("%s: the rest is %q", text, rest)
		}
	}
}

// Ordinary sentences with a dash are no datelines.
func TestNoDatelines(t *testing.T) {
	for _, text := range []string{
		"The bridge -- closed for two years -- reopened on Thursday.",
		"NATO - the alliance of the north - said on Thursday.",
		"NATO -- whose members met -- said nothing.",
		"WHO -- The agency -- said nothing.",
		"Valmere, the capital of Ostland (population 40,000) - a quiet town.",
		"Mira Halden (Valmere FC) - The striker.",
		"Valmere - a quiet town.",
		"BREAKING - Bridge reopens.",
		"UPDATE 2 -- Bridge reopens.",
		"COVID-19 -- What we know.",
		"VALMERE-based engineers said so.",
		"A - B",
		"I -- We -- they.",
		"“VALMERE -- The town,” he wrote.",
		"VALMERE, -- The town.",
		"VALMERE (Dispatches) The bridge reopened.",
		"VALMERE () -- The bridge reopened.",
		"VALMERE, which is old -- The town.",
		"-- VALMERE",
		"این پل - پس از دو سال - باز شد.",
		"برادر بزرگ او که در شهر ماند - و دیگر بازنگشت.",
		"نتیجه - شکست کامل بود.",
		"هذا الجسر - وهو الأقدم - فُتح أمس.",
		"وقال المهندس إن الجسر القديم - وهو الأطول - آمن.",
		"عاجل - فتح الجسر.",
		"شهردار: پل باز است.",
		"",
	} {
		if got, rest, ok := cutDateline(text); ok {
			t.Errorf("%s: read as %+v, rest %q", text, got, rest)
		} else if rest != text {
			t.Errorf("%s: the rest is %q", text, rest)
		}
	}
}

// What the paper prints is read back as long as it has a source; Persian papers print no dash without one.
func TestPrintedDatelinesAreReadBack(t *testing.T) {
	places := map[string][3]string{"en": {"VALMERE", "Ostland", "Dispatches"}, "ar": {"فالمير", "أوستلاند", "برقيات"}, "fa": {"والمیر", "اوستلند", "دیسپچز"}}
	text := map[string]string{"en": "The bridge reopened on Thursday.", "ar": "أُعيد فتح الجسر مساء الخميس.", "fa": "پل عصر پنجشنبه باز شد."}
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom([]string{"en", "ar", "fa"}).Draw(t, "language")
		p := places[language]
		want := news.Dateline{Place: p[0], Country: p[1], Source: p[2]}
		if rapid.Bool().Draw(t, "no country") {
			want.Country = ""
		}
		if language != "fa" && rapid.Bool().Draw(t, "no source") {
			want.Source = ""
		}
		printed := locale.Style{Language: language}.Dateline(want.Place, want.Country, want.Source)
		got, rest, ok := cutDateline(printed + " " + text[language])
		if !ok || got != want || rest != text[language] {
			t.Fatalf("%s: got %+v, %q, %v", printed, got, rest, ok)
		}
	})
}
