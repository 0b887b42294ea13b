package wirefmt

import (
	"strings"
	"sync"
	"unicode"

	"broadsheet/internal/locale"
)

// field is one of the fields at the top of a dispatch.
type field string

const (
	fieldNewsID  field = "News ID"
	fieldDate    field = "publish date"
	fieldKicker  field = "kicker"
	fieldByline  field = "byline"
	fieldSection field = "section"
)

// label is how a field is written before its colon. A loose label is also an ordinary word: it counts only where the
// value looks like the field's ("Reporter: I saw it" stays a headline).
type label struct {
	field field
	loose bool
}

// fieldLabels are the labels of the three languages: English, Persian, Arabic. They are compared folded, so that case,
// yeh and kaf of either keyboard, vowel signs, spaces and joiners do not matter.
var fieldLabels = map[field]struct{ sure, loose []string }{
	fieldNewsID: {[]string{"News ID", "شناسه خبر", "کد خبر", "شماره خبر", "رقم الخبر", "معرف الخبر", "رمز الخبر"}, nil},
	fieldDate: {
		[]string{"Publish Date", "Publication Date", "تاریخ انتشار", "زمان انتشار", "تاريخ النشر", "وقت النشر"},
		[]string{"Published", "Date", "تاریخ", "التاريخ", "نشر في"}},
	fieldKicker: {[]string{"Kicker", "روتیتر", "رو تیتر", "عنوان تمهيدي", "العنوان التمهيدي", "العنوان العلوي"}, nil},
	fieldByline: {
		[]string{"Byline"},
		[]string{"By", "Author", "Reporter", "نویسنده", "خبرنگار", "گزارشگر", "به قلم", "الكاتب", "المراسل", "المحرر", "بقلم", "كتب", "كتبت"}},
	fieldSection: {[]string{"Section", "بخش", "سرویس", "القسم", "قسم"}, nil},
}

var foldedLabels = sync.OnceValue(func() map[string]label {
	out := map[string]label{}
	for f, words := range fieldLabels {
		for _, w := range words.sure {
			out[squeeze(w)] = label{f, false}
		}
		for _, w := range words.loose {
			out[squeeze(w)] = label{f, true}
		}
	}
	return out
})

// furniture is what a captured page shows below an article, see furniture.go. The first are sure signs of a form when
// they carry a star or a colon, the second are furniture by themselves, the third only beside one of the others.
var furniture = [3][]string{
	{"Comment", "Comments", "Your comment", "Name", "Your name", "Email", "E-mail", "Your email",
		"نظر", "نظر شما", "دیدگاه", "دیدگاه شما", "نام", "نام شما", "ایمیل", "ایمیل شما", "رایانامه", "پست الکترونیک", "پست الکترونیکی",
		"تعليق", "التعليق", "تعليقك", "الاسم", "اسمك", "البريد الإلكتروني", "بريدك الإلكتروني"},
	{"Share", "هم‌رسانی", "اشتراک‌گذاری", "اشتراک گذاری", "مشاركة", "شارك"},
	{"Send", "Submit", "Post comment", "Send comment", "Write a comment", "Leave a comment", "Print",
		"ارسال", "ارسال نظر", "ارسال دیدگاه", "ثبت نظر", "چاپ", "إرسال", "إرسال التعليق", "أضف تعليقا", "طباعة"},
}

// foldedFurniture says for a squeezed label in which list it stands, from 1.
var foldedFurniture = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	for i, words := range furniture {
		for _, w := range words {
			out[squeeze(w)] = i + 1
		}
	}
	return out
})

// squeeze folds a text and keeps its letters and digits only.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		return keepIf(unicode.IsLetter(r) || unicode.IsDigit(r), r)
	}, locale.Fold(s))
}
