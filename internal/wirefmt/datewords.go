package wirefmt

import (
	"sync"
	"time"

	"broadsheet/internal/locale"
)

// monthOf is a month of a calendar.
type monthOf struct {
	cal   locale.Calendar
	month int
}

// monthNames holds every name under which a month may stand on a dispatch, squeezed: those of locale in its languages
// and regions, and those locale does not print.
var monthNames = sync.OnceValue(func() map[string]monthOf {
	out := map[string]monthOf{}
	for _, language := range []string{"en", "en-US", "ar", "ar-MA", "fa", "fa-AF"} {
		for _, cal := range locale.Calendars() {
			style := locale.Style{Language: language, Calendar: cal}
			for m := 1; m <= 12; m++ {
				out[squeeze(style.MonthName(m))] = monthOf{cal, m}
			}
		}
	}
	for cal, list := range otherMonths {
		for m, names := range list {
			for _, name := range names {
				out[squeeze(name)] = monthOf{cal, m + 1}
			}
		}
	}
	return out
})

// otherMonths are short forms, the names of the Levant and the Maghreb, and other spellings.
var otherMonths = map[locale.Calendar][12][]string{
	locale.Gregorian: {
		{"Jan", "كانون الثاني", "جانفي"}, {"Feb", "شباط", "فيفري"}, {"Mar", "آذار"},
		{"Apr", "نيسان", "أفريل", "إبريل"}, {"أيار", "ماي", "می"}, {"Jun", "حزيران", "جوان", "يونيه"},
		{"Jul", "تموز", "جويلية", "يوليه", "جولای"}, {"Aug", "آب", "أوت", "آگوست"},
		{"Sep", "Sept", "أيلول"}, {"Oct", "تشرين الأول"}, {"Nov", "تشرين الثاني"}, {"Dec", "كانون الأول"},
	},
	locale.Persian: {4: {"امرداد"}, 1: {"Ordibehesht"}},
	locale.Hijri: {
		2: {"ربيع أول", "Rabi I", "Rabi al-awwal"}, 3: {"ربيع الثاني", "ربيع ثان", "Rabi II", "Rabi al-thani"},
		4: {"جمادى الأول", "جمادى الأولى", "Jumada al-ula"}, 5: {"جمادى الثانية", "جمادى الثاني", "جمادی الآخر", "Jumada al-akhira"},
		7: {"Shaban"}, 8: {"Ramadhan"}, 10: {"ذي القعدة", "ذی‌القعده", "Dhu al-Qidah"}, 11: {"ذي الحجة", "ذی‌الحجه", "Dhu al-Hijjah"},
	},
}

// weekdayNames holds the days of the week, squeezed.
var weekdayNames = sync.OnceValue(func() map[string]time.Weekday {
	out := map[string]time.Weekday{}
	for _, language := range []string{"en", "ar", "fa"} {
		for wd := time.Sunday; wd <= time.Saturday; wd++ {
			out[squeeze(locale.Style{Language: language}.WeekdayName(wd))] = wd
		}
	}
	for name, wd := range map[string]time.Weekday{
		"Sun": 0, "Mon": 1, "Tue": 2, "Tues": 2, "Wed": 3, "Thu": 4, "Thurs": 4, "Fri": 5, "Sat": 6, "آدینه": 5,
		"الإثنين": 1, "أحد": 0, "اثنين": 1, "ثلاثاء": 2, "أربعاء": 3, "خميس": 4, "سبت": 6,
	} {
		out[squeeze(name)] = wd
	}
	return out
})

// fillers are words of a date that say nothing.
var fillers = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, w := range []string{"at", "on", "of", "the", "st", "nd", "rd", "th", "hrs", "today", "ساعت", "روز", "مورخ", "ماه", "سال",
		"امروز", "الساعة", "في", "يوم", "اليوم", "الموافق", "سنة", "عام"} {
		out[squeeze(w)] = true
	}
	return out
})

// eras are the words that name a calendar behind a year.
var eras = sync.OnceValue(func() map[string]locale.Calendar {
	out := map[string]locale.Calendar{}
	for w, cal := range map[string]locale.Calendar{
		"AD": locale.Gregorian, "CE": locale.Gregorian, "م": locale.Gregorian, "ميلادية": locale.Gregorian, "میلادی": locale.Gregorian,
		"AH": locale.Hijri, "هـ": locale.Hijri, "ه": locale.Hijri, "هجري": locale.Hijri, "هجرية": locale.Hijri, "قمری": locale.Hijri, "ه.ق": locale.Hijri, "هـ.ق": locale.Hijri,
		"AP": locale.Persian, "SH": locale.Persian, "شمسی": locale.Persian, "خورشیدی": locale.Persian, "ش": locale.Persian, "ه.ش": locale.Persian, "ه‍.ش": locale.Persian, "هـ.ش": locale.Persian,
	} {
		out[squeeze(w)] = cal
	}
	return out
})

// halves says whether a word behind a time of the 12-hour clock means the afternoon.
var halves = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for w, afternoon := range map[string]bool{
		"am": false, "pm": true, "ص": false, "م": true, "صباحا": false, "مساء": true,
		"ق.ظ": false, "ب.ظ": true, "صبح": false, "بعدازظهر": true, "بعد از ظهر": true, "عصر": true,
	} {
		out[squeeze(w)] = afternoon
	}
	return out
})
