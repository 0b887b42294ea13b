package proof

import (
	"strings"
	"sync"
	"time"

	"broadsheet/internal/locale"
)

// monthOf is a month that a name may mean: "ربيع" names are of one calendar, a few short ones of two.
type monthOf struct {
	calendar locale.Calendar
	month    int
}

type dateNames struct {
	weekdays map[string]time.Weekday
	months   map[string][]monthOf // keys of several words are joined by a space
	longest  int                  // words of the longest name of a month
	fillers  map[string]bool      // may stand between a weekday and its date
	ordinals map[string]bool      // stand behind the number of the day
	between  map[string]bool      // may stand between day and month, month and year
}

// namesOfDates collects what locale prints and what papers write besides.
var namesOfDates = sync.OnceValue(func() dateNames {
	n := dateNames{weekdays: make(map[string]time.Weekday), months: make(map[string][]monthOf),
		fillers: keySet(`morning afternoon evening night noon midday the on of في من يوم الموافق الموافقة مساء صباح ظهر عصر ليل
			ليلة فجر صباحا مساء روز صبح ظهر عصر شب بامداد مورخ مورخه تاریخ`),
		ordinals: keySet(`st nd rd th ام م`),
		between:  keySet(`of من ماه سال عام سنة شهر`)}
	for _, language := range []string{"en", "en-US", "ar", "ar-MA", "fa", "fa-AF"} {
		for wd := time.Sunday; wd <= time.Saturday; wd++ {
			n.weekday(locale.Style{Language: language}.WeekdayName(wd), wd)
		}
		for _, calendar := range locale.Calendars() {
			for m := 1; m <= 12; m++ {
				n.month(locale.Style{Language: language, Calendar: calendar}.MonthName(m), calendar, m)
			}
		}
	}
	for i, names := range moreWeekdays {
		for _, name := range strings.Split(names, ",") {
			n.weekday(name, time.Weekday(i))
		}
	}
	for calendar, months := range moreMonths {
		for i, names := range months {
			for _, name := range strings.Split(names, ",") {
				n.month(name, calendar, i+1)
			}
		}
	}
	return n
})

func (n *dateNames) weekday(name string, wd time.Weekday) { n.weekdays[nameKey(name)] = wd }

func (n *dateNames) month(name string, calendar locale.Calendar, m int) {
	key, entry := nameKey(name), monthOf{calendar, m}
	for _, known := range n.months[key] {
		if known == entry {
			return
		}
	}
	n.months[key] = append(n.months[key], entry)
	n.longest = max(n.longest, 1+strings.Count(key, " "))
}

// nameKey folds a name of one or more words as the words of a text are folded.
func nameKey(name string) string {
	var keys []string
	r := []rune(name)
	for _, w := range splitWords(r) {
		keys = append(keys, w.key)
	}
	return strings.Join(keys, " ")
}

// moreWeekdays are spellings from Sunday on that locale does not print.
var moreWeekdays = [7]string{
	"sun,یک شنبه,یک‌شنبه,الاحد",
	"mon,دو شنبه,دو‌شنبه,الإثنين,الاثنين",
	"tue,tues,سه شنبه,سه‌شنبه,الثلاثا,الثلثاء",
	"wed,weds,چهار شنبه,چهار‌شنبه,الاربعاء",
	"thu,thur,thurs,پنج شنبه,پنج‌شنبه",
	"fri,جمعه,آدینه,الجمعه",
	"sat,شنبه",
}

// moreMonths are spellings that locale does not print: abbreviations, the Levant's and the Maghreb's months, other
// transcriptions.
var moreMonths = map[locale.Calendar][12]string{
	locale.Gregorian: {
		"jan,كانون الثاني,جانفي,جنوری", "feb,شباط,فيفري", "mar,آذار", "apr,نيسان,إبريل,ابريل,أفريل", "أيار,ماي,می",
		"jun,حزيران,جوان,يونيه", "jul,تموز,جويلية,يوليه,جولای", "aug,آب,أوت,اغسطس,آگوست", "sep,sept,أيلول",
		"oct,تشرين الأول,اكتوبر", "nov,تشرين الثاني", "dec,كانون الأول",
	},
	locale.Persian: {
		"farvardin", "ordibehesht", "khordad", "tir", "mordad,amordad,امرداد", "shahrivar", "mehr", "aban", "azar", "dey,day",
		"bahman", "esfand,espand",
	},
	locale.Hijri: {
		"muharram,المحرم,محرم الحرام", "safar,صفر المظفر", "rabi al-awwal,rabi i,ربيع أول,ربیع الاول", "rabi al-thani,rabi ii,ربيع الثاني,ربیع الثانی",
		"jumada al-ula,jumada i,جمادى الأول,جمادی الاول,جمادی الاولی", "jumada al-akhirah,jumada ii,جمادى الثانية,جمادی الثانی,جمادی الثانیه",
		"rajab,رجب المرجب", "shaban,sha'ban,شعبان المعظم", "ramadan,ramazan,رمضان المبارك,رمضان المبارک", "shawwal,شوال المكرم,شوال المکرم",
		"dhu al-qidah,dhul qadah,ذي القعدة,ذی القعده,ذیقعده,ذی‌القعده", "dhu al-hijjah,dhul hijjah,ذي الحجة,ذی الحجه,ذیحجه,ذی‌الحجه",
	},
}
