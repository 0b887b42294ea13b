package locale

import "time"

// tongue is what is fixed about a language or one of its regional forms. Names and patterns are CLDR 48's.
type tongue struct {
	base     string // the language whose texts and plural rules it uses
	name     string
	rtl      bool
	digits   string // numbering system when a style names none
	group    string // thousands and decimal separator with Latin digits; Arabic-script digits have ٬ and ٫
	decimal  string
	minus    string
	quotes   [2]string
	firstDay time.Weekday
	weekdays [7]string // from Sunday
	narrow   [7]string
	months   map[Calendar]*[12]string
	linked   map[Calendar]map[int]string // months that change before a year (the Persian ezafe)
	short    *[12]string                 // abbreviated Gregorian months; nil: none in use
	era      map[Calendar]string
	paperEra map[Calendar]string // what newspapers print of it
	cldr     patterns
	paper    string // pattern of ShortDate
	order    string // pattern of Date
}

// patterns are CLDR date patterns in the letters y yy M MM MMM MMMM d dd EEEE G h H HH mm a; see printPattern.
type patterns struct {
	full, long, medium, short string
	time                      string
	longTime, shortTime       string // what stands between date and time
	morning, evening          string
}

var tongues = map[string]*tongue{
	"en": english(), "en-GB": english(), "en-US": american(),
	"ar": arabic(), "ar-EG": arabic(), "ar-SA": saudi(), "ar-MA": moroccan(),
	"fa": persian(), "fa-IR": persian(), "fa-AF": dari(),
}

func english() *tongue {
	return &tongue{
		base: "en", name: "English", digits: "latn", group: ",", decimal: ".", minus: "-",
		quotes: [2]string{"“", "”"}, firstDay: time.Monday,
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		narrow:   [7]string{"S", "M", "T", "W", "T", "F", "S"},
		months: map[Calendar]*[12]string{
			Gregorian: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
			Persian:   {"Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"},
			Hijri:     {"Muharram", "Safar", "Rabiʻ I", "Rabiʻ II", "Jumada I", "Jumada II", "Rajab", "Shaʻban", "Ramadan", "Shawwal", "Dhuʻl-Qiʻdah", "Dhuʻl-Hijjah"},
		},
		short:    &[12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
		era:      map[Calendar]string{Persian: "AP", Hijri: "AH"},
		paperEra: map[Calendar]string{Hijri: "AH"},
		cldr: patterns{full: "EEEE, d MMMM y", long: "d MMMM y", medium: "d MMM y", short: "dd/MM/y",
			time: "HH:mm", longTime: " at ", shortTime: ", "},
		paper: "dd/MM/y", order: "d MMMM y",
	}
}

func american() *tongue {
	t := english()
	t.firstDay = time.Sunday
	t.short = &[12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	t.cldr = patterns{full: "EEEE, MMMM d, y", long: "MMMM d, y", medium: "MMM d, y", short: "M/d/yy",
		time: "h:mm a", longTime: " at ", shortTime: ", ", morning: "AM", evening: "PM"}
	t.paper, t.order = "M/d/y", "MMMM d, y"
	return t
}

func arabic() *tongue {
	return &tongue{
		base: "ar", name: "العربية", rtl: true, digits: "arab", group: ",", decimal: ".", minus: "-",
		quotes: [2]string{"«", "»"}, firstDay: time.Saturday,
		weekdays: [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		narrow:   [7]string{"ح", "ن", "ث", "ر", "خ", "ج", "س"},
		months: map[Calendar]*[12]string{
			Gregorian: {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
			Persian:   {"فروردين", "أرديبهشت", "خرداد", "تير", "مرداد", "شهريور", "مهر", "آبان", "آذر", "دي", "بهمن", "إسفند"},
			Hijri:     {"محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"},
		},
		era:      map[Calendar]string{Persian: "ه‍.ش", Hijri: "هـ"},
		paperEra: map[Calendar]string{Hijri: "هـ"},
		cldr: patterns{full: "EEEE، d MMMM y", long: "d MMMM y", medium: "dd\u200f/MM\u200f/y", short: "d\u200f/M\u200f/y",
			time: "h:mm a", longTime: " في ", shortTime: "، ", morning: "ص", evening: "م"},
		paper: "d/M/y", order: "d MMMM y",
	}
}

func saudi() *tongue {
	t := arabic()
	t.firstDay = time.Sunday
	return t
}

func moroccan() *tongue {
	t := arabic()
	t.digits, t.group, t.decimal, t.firstDay = "latn", ".", ",", time.Monday
	t.months[Gregorian] = &[12]string{"يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"}
	t.cldr.time = "HH:mm"
	return t
}

func persian() *tongue {
	return &tongue{
		base: "fa", name: "فارسی", rtl: true, digits: "arabext", group: ",", decimal: ".", minus: "\u2212",
		quotes: [2]string{"«", "»"}, firstDay: time.Saturday,
		weekdays: [7]string{"یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه"},
		narrow:   [7]string{"ی", "د", "س", "چ", "پ", "ج", "ش"},
		months: map[Calendar]*[12]string{
			Gregorian: {"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"},
			Persian:   {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"},
			Hijri:     {"محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاول", "جمادی‌الثانی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"},
		},
		linked: map[Calendar]map[int]string{Gregorian: {1: "ژانویهٔ", 2: "فوریهٔ", 5: "مهٔ", 7: "ژوئیهٔ"}},
		short:  &[12]string{"ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"},
		era:    map[Calendar]string{Hijri: "ه‍.ق."},
		cldr: patterns{full: "EEEE d MMMM y", long: "d MMMM y", medium: "d MMM y", short: "y/M/d",
			time: "H:mm", longTime: " ساعت ", shortTime: ", "},
		paper: "y/M/d", order: "d MMMM y",
	}
}

func dari() *tongue {
	t := persian()
	t.months[Gregorian] = &[12]string{"جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"}
	t.short = nil
	t.linked = map[Calendar]map[int]string{Persian: {6: "سنبلهٔ"}}
	t.months[Persian] = &[12]string{"حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"}
	return t
}
