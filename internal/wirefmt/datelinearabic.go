package wirefmt

import (
	"strings"
	"unicode/utf8"

	"broadsheet/internal/news"
)

// starters are words that begin a sentence in Arabic or Persian and no place name.
var starters = map[string]bool{
	"این": true, "آن": true, "در": true, "از": true, "به": true, "با": true, "که": true, "اما": true, "ولی": true, "و": true,
	"یک": true, "هر": true, "چه": true, "چرا": true, "نتیجه": true, "پرسش": true, "پاسخ": true, "همه": true, "برای": true,
	"بله": true, "نه": true, "خیر": true, "او": true, "ما": true, "من": true, "شاید": true, "اگر": true, "پس": true, "تا": true,
	"هذا": true, "هذه": true, "في": true, "إلى": true, "على": true, "عن": true, "لكن": true, "وقد": true, "لقد": true,
	"ثم": true, "ماذا": true, "كيف": true, "نعم": true, "لا": true, "هو": true, "هي": true, "قال": true, "قالت": true, "كل": true,
	"عاجل": true, "فوری": true, "خبر": true, "تصحيح": true, "اصلاح": true, "تنبيه": true, "ملاحظة": true,
}

// speech are verbs of saying: what ends with one before a colon is a sentence, not a source.
var speech = map[string]bool{"گفت": true, "افزود": true, "کرد": true, "نوشت": true, "داد": true, "است": true, "شد": true, "پرسید": true,
	"قال": true, "قالت": true, "أعلن": true, "أعلنت": true, "أضاف": true, "أضافت": true, "كتب": true, "كتبت": true}

// isArabicPlace weighs a dateline in a script without capitals. Source or country make it sure; without both, only a
// place of one or two words that begins no sentence.
func isArabicPlace(line news.Dateline, rest string) bool {
	if !isName(line.Place, 4) || line.Country != "" && !isArabicCountry(line.Country) || starters[firstWord(line.Place)] {
		return false
	}
	if line.Source != "" {
		return true
	}
	words := len(strings.Fields(line.Place))
	return words <= 2 && !hasAside(rest) && rest != ""
}

func isArabicCountry(s string) bool {
	for part := range strings.SplitSeq(s, "، ") {
		if !isName(part, 4) {
			return false
		}
	}
	return true
}

// persianDateline reads «والمیر، اوستلند - دیسپچز: …», where the source stands behind the dash and ends with a colon.
func persianDateline(head, rest string) (news.Dateline, string, bool) {
	source, text, ok := strings.Cut(rest, ":")
	source = strings.TrimFunc(source, isInvisible)
	text = strings.TrimLeft(text, " \t\u00a0")
	place, country := cutPlace(strings.TrimFunc(head, isInvisible), false)
	words := strings.Fields(source)
	switch {
	case !ok || isCased(place) || !isName(place, 3) || starters[firstWord(place)]:
	case country != "" && !isArabicCountry(country), len(words) == 0 || len(words) > 3 || !isName(source, 3):
	case speech[words[len(words)-1]], text == "" || strings.ContainsRune("«\"“", firstRune(text)):
	default:
		line := news.Dateline{Place: place, Country: country, Source: source}
		return line, text, (news.Content{Dateline: line}).Validate() == nil
	}
	return news.Dateline{}, "", false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
