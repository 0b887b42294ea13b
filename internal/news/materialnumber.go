package news

import (
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"broadsheet/internal/locale"
)

// numbersAndDates finds numbers in any digits or in words, and what names a
// day or a time: dates, months, weekdays, "yesterday".
func (r *factReader) numbersAndDates() {
	for i := 0; i < len(r.pieces); {
		end := i + 1
		switch p := r.pieces[i]; {
		case !p.word && !p.digit:
		case r.dateFrom(i) > 0:
			end = i + r.dateFrom(i)
			r.date(r.pieces[i:end])
		case p.word && r.calendarWord(p):
			r.date(r.pieces[i:end])
		case p.digit || r.value(p) != 0:
			end = r.number(i)
		}
		i = end
	}
}

// dateFrom is how many pieces from i make a date: a day and a month with or
// without a year, in either order, a date in figures or a time of day; 0 = none.
func (r *factReader) dateFrom(i int) int {
	p := r.pieces[i]
	if p.digit {
		plain := locale.ParseDigits(p.text)
		switch marks := strings.Count(plain, "/") + strings.Count(plain, "-"); {
		case marks == 2, strings.Contains(plain, ":"):
			return 1 + r.dayHalf(i+1)
		case marks > 0 || len(plain) > 2:
			return 0
		}
	}
	n := 0
	switch {
	case p.digit && r.month(r.over(i+1)):
		n = r.over(i+1) + 1 - i
	case r.month(i) && i+1 < len(r.pieces) && r.pieces[i+1].digit:
		if n = 2; len(locale.ParseDigits(r.pieces[i+1].text)) == 4 {
			return n
		}
	default:
		return 0
	}
	return n + r.year(i+n)
}

// dayHalf takes "a.m." and its kin to the time before them.
func (r *factReader) dayHalf(i int) int {
	if i < len(r.pieces) && r.pieces[i].word {
		switch strings.ToLower(r.pieces[i].text) {
		case "am", "pm", "a", "p":
			return 1
		}
	}
	return 0
}

// over passes what may stand between a day and its month: "th", "of", "من", "ماه".
func (r *factReader) over(i int) int {
	for i < len(r.pieces) && betweenDate[strings.ToLower(r.pieces[i].text)] {
		i++
	}
	return i
}

// year is how many pieces from i are the year of a date.
func (r *factReader) year(i int) int {
	from := i
	for i < len(r.pieces) && (r.pieces[i].text == "," || r.pieces[i].text == "،") {
		i++
	}
	if i < len(r.pieces) && r.pieces[i].digit && len(locale.ParseDigits(r.pieces[i].text)) == 4 {
		return i + 1 - from
	}
	return 0
}

func (r *factReader) month(i int) bool {
	return i < len(r.pieces) && r.pieces[i].word && monthWords()[r.pieces[i].key] != ""
}

// date notes a date under a form that knows of no language's order.
func (r *factReader) date(of []piece) {
	var key []string
	day := ""
	for _, p := range of {
		word := p.key
		switch {
		case p.digit && day == "" && len(of) > 1:
			day = trimZeros(locale.ParseDigits(p.text))
		case p.digit:
			key = append(key, trimZeros(locale.ParseDigits(p.text)))
		case monthWords()[word] != "":
			key = append(key, monthWords()[word])
		case dayWords()[word] != "":
			key = append(key, dayWords()[word])
		case !betweenDate[strings.ToLower(p.text)] && p.word:
			key = append(key, word)
		}
	}
	r.out[MaterialDate] = append(r.out[MaterialDate], mark{key: day + " " + strings.Join(key, " "), text: textOf(of)})
}

func trimZeros(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	for i := range parts {
		parts[i] = strings.TrimLeft(parts[i], "0")
	}
	return strings.Join(parts, "/")
}

// calendarWord reports whether a word alone names a day: a weekday, a month,
// "yesterday". English ones have their capital, and "may" is none.
func (r *factReader) calendarWord(p piece) bool {
	word, key := p.text, p.key
	if dayWords()[key] == "" && monthWords()[key] == "" {
		return false
	}
	latin := word[0] < 0x80
	switch {
	case latin && relativeDay[key]:
		return true
	case latin && !unicode.IsUpper(rune(word[0])):
		return false
	case latin && len(key) <= 3: // "Sun", "May", "Mar": only with a day beside it, which dateFrom reads
		return key != "sun" && key != "mar" && key != "jan" && key != "sat" && key != "dec" && key != "may"
	case !latin:
		return longDay[key] || dayWords()[key] != ""
	}
	return true
}

// number notes the number that begins at i and returns where it ends.
func (r *factReader) number(i int) int {
	var n count
	end := i
	for j := i; j < len(r.pieces); {
		p, joined := r.pieces[j], false
		if j > i && (p.text == "-" || andWords[p.text]) && j+1 < len(r.pieces) {
			p, joined, j = r.pieces[j+1], true, j+1
		}
		if j > i && p.digit || !n.take(r, p, joined) {
			break
		}
		j++
		end = j
	}
	of := r.pieces[i:end]
	key, more := n.key, 0
	if key == "" {
		key = strconv.FormatFloat(n.total+n.current, 'f', -1, 64)
	}
	if i > 0 && strings.ContainsAny(r.pieces[i-1].text, "$€£¥﷼") {
		key, of = r.pieces[i-1].text+key, r.pieces[i-1:end]
	}
	for more = end; more < len(r.pieces) && more < end+2 && percent[r.pieces[more].text]; more++ {
		key = strings.TrimSuffix(key, "%") + "%"
	}
	if more == end && end < len(r.pieces) && strings.ContainsAny(r.pieces[end].text, "€£$﷼") {
		key = r.pieces[end].text + key
	}
	r.out[MaterialNumber] = append(r.out[MaterialNumber], mark{key: key, text: textOf(of), weak: n.weak && len(of) == 1})
	return max(more, end)
}

// count adds up a number that several words make.
type count struct {
	total, current float64
	key            string // of a number that is not added up: a long one, one with leading zeros
	weak           bool
	begun          bool
}

// take adds a word to the number, or refuses it where another number begins.
func (n *count) take(r *factReader, p piece, joined bool) bool {
	v := r.value(p)
	switch {
	case p.digit && !n.begun:
		n.figures(p.text, r.base)
	case v == 0 || p.digit:
		return false
	case n.key != "":
		return false
	case !n.begun:
		n.current, n.weak = v, weakNumbers[p.key]
		if v >= 1000 {
			n.total, n.current = v, 0
		}
	case v >= 1000:
		n.total += max(n.current, 1) * v
		n.current, n.weak = 0, false
	case v == 100 && n.current > 0 && n.current < 10:
		n.current *= 100
	case v < 1000 && n.current == 0, n.current >= 100 && v < 100, n.current >= 20 && n.current < 100 && v < 10, joined && n.current < 10 && v >= 20 && v < 100:
		n.current += v
	default:
		return false
	}
	n.begun = true
	return true
}

// figures reads a number in digits as its language writes it.
func (n *count) figures(text, language string) {
	plain := numberSigns.Replace(locale.ParseDigits(text))
	if language == "fa" && strings.Count(plain, "/") == 1 {
		plain = strings.Replace(plain, "/", ".", 1) // a decimal slash
	}
	if whole, _, _ := strings.Cut(plain, "."); strings.Count(plain, ",") > 1 || len(whole) > 4 && strings.Contains(whole, ",") || thousand(plain) {
		plain = strings.ReplaceAll(plain, ",", "")
	}
	v, err := strconv.ParseFloat(plain, 64)
	if err != nil || len(plain) > 15 || len(plain) > 1 && plain[0] == '0' && plain[1] != '.' {
		n.key = plain
		return
	}
	n.current = v
}

var numberSigns = strings.NewReplacer("٬", "", "٫", ".", "،", "")

// thousand reports whether a number's only comma parts thousands.
func thousand(s string) bool {
	_, behind, ok := strings.Cut(s, ",")
	digits, _, _ := strings.Cut(behind, ".")
	return ok && len(digits) == 3
}

// value is what a word counts; 0 = it is no number.
func (r *factReader) value(p piece) float64 {
	if !p.word {
		return 0
	}
	language := "en"
	if p.text[0] >= 0x80 {
		if language = "ar"; r.base == "fa" {
			language = "fa"
		}
	}
	key := p.key
	if v := numberWords[language][key]; v != 0 {
		return v
	}
	if language == "ar" {
		return numberWords["ar"][strings.TrimPrefix(key, "و")]
	}
	if first, second, ok := strings.Cut(key, "-"); ok && language == "en" {
		if a, b := numberWords["en"][first], numberWords["en"][second]; a >= 20 && b > 0 && b < 10 {
			return a + b
		}
	}
	return 0
}

// wordKey is a word as the lists of this file have it.
func wordKey(word string) string { return locale.Fold(strings.TrimSuffix(strings.ToLower(word), "'s")) }

// values reads "word word=3 other=4": every word before a value has it.
func values(s string) map[string]float64 {
	out := map[string]float64{}
	for line := range strings.FieldsSeq(s) {
		words, value, _ := strings.Cut(line, "=")
		v, _ := strconv.ParseFloat(value, 64)
		for word := range strings.SplitSeq(words, ",") {
			out[wordKey(word)] = v
		}
	}
	return out
}

func keys(s string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(s) {
		out[wordKey(word)] = true
	}
	return out
}

var (
	numberWords = map[string]map[string]float64{
		"en": values(`one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve,dozen=12 thirteen=13 fourteen=14 fifteen=15
			sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100
			thousand=1000 million,m=1000000 billion,bn=1000000000 trillion=1000000000000 first=1 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10`),
		"ar": values(`واحد,واحدة=1 اثنان,اثنين,اثنتان,اثنتين=2 ثلاثة,ثلاث=3 أربعة,أربع=4 خمسة,خمس=5 ستة,ست=6 سبعة,سبع=7 ثمانية,ثماني,ثمان=8 تسعة,تسع=9 عشرة,عشر=10
			عشرون,عشرين=20 ثلاثون,ثلاثين=30 أربعون,أربعين=40 خمسون,خمسين=50 ستون,ستين=60 سبعون,سبعين=70 ثمانون,ثمانين=80 تسعون,تسعين=90
			مئة,مائة=100 مئتان,مئتين,مائتان,مائتين=200 ثلاثمئة,ثلاثمائة=300 أربعمئة,أربعمائة=400 خمسمئة,خمسمائة=500 ستمئة,ستمائة=600 سبعمئة,سبعمائة=700
			ثمانمئة,ثمانمائة=800 تسعمئة,تسعمائة=900 ألف,آلاف=1000 ألفان,ألفين=2000 مليون,ملايين=1000000 مليونان,مليونين=2000000 مليار,مليارات=1000000000`),
		"fa": values(`یک=1 دو=2 سه=3 چهار=4 پنج=5 شش=6 هفت=7 هشت=8 نه=9 ده=10 یازده=11 دوازده=12 سیزده=13 چهارده=14 پانزده=15 شانزده=16 هفده=17 هجده=18 نوزده=19
			بیست=20 سی=30 چهل=40 پنجاه=50 شصت=60 هفتاد=70 هشتاد=80 نود=90 صد=100 دویست=200 سیصد=300 چهارصد=400 پانصد=500 ششصد=600 هفتصد=700 هشتصد=800 نهصد=900
			هزار=1000 میلیون=1000000 میلیارد=1000000000`),
	}
	weakNumbers = keys(`one first m یک نه ده واحد واحدة`)
	andWords    = map[string]bool{"and": true, "و": true}
	percent     = map[string]bool{"%": true, "٪": true, "percent": true, "per": true, "cent": true, "درصد": true, "بالمئة": true, "بالمائة": true, "المئة": true, "المائة": true}
	betweenDate = map[string]bool{"st": true, "nd": true, "rd": true, "th": true, "of": true, "من": true, "ماه": true, "سال": true, "عام": true, "سنة": true}
	relativeDay = keys(`today yesterday tomorrow tonight`)
	// longDay are months whose names are no other word.
	longDay = keys(`يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر ژانویه فوریه آوریل ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
		حزيران نيسان شباط آذار أيار أيلول فروردین اردیبهشت شهریور مهرماه رمضان شوال شعبان`)
)

// dayWords are weekdays and words such as "yesterday", by the form they are
// compared in.
var dayWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, language := range []string{"en", "ar", "fa"} {
		for wd := time.Sunday; wd <= time.Saturday; wd++ {
			out[wordKey(locale.Style{Language: language}.WeekdayName(wd))] = "day" + strconv.Itoa(int(wd))
		}
	}
	for i, short := range []string{"sun الاحد", "mon الاثنين", "tue tues", "wed weds", "thu thur thurs", "fri آدینه", "sat"} {
		for word := range strings.FieldsSeq(short) {
			out[wordKey(word)] = "day" + strconv.Itoa(i)
		}
	}
	for _, alike := range []string{"today امروز اليوم", "yesterday دیروز أمس", "tomorrow فردا غدا غدًا", "tonight امشب الليلة", "پریروز", "دیشب", "پس‌فردا"} {
		list := strings.Fields(alike)
		for _, word := range list {
			out[wordKey(word)] = list[0]
		}
	}
	return out
})

// monthWords are the names of months of every calendar that are one word.
var monthWords = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, language := range []string{"en", "ar", "fa", "fa-AF", "ar-MA"} {
		for _, calendar := range locale.Calendars() {
			for m := 1; m <= 12; m++ {
				if name := (locale.Style{Language: language, Calendar: calendar}).MonthName(m); !strings.ContainsAny(name, " ") {
					out[wordKey(name)] = string(calendar) + strconv.Itoa(m)
				}
			}
		}
	}
	for i, more := range []string{"jan", "feb شباط", "mar آذار", "apr نيسان", "may أيار می", "jun حزيران", "jul تموز", "aug آب", "sep sept أيلول", "oct", "nov", "dec"} {
		for word := range strings.FieldsSeq(more) {
			out[wordKey(word)] = string(locale.Gregorian) + strconv.Itoa(i+1)
		}
	}
	return out
})
