package proof

import (
	"strings"
	"sync"
)

// lexiconOf gives what knows a language's words of saying by their keys; nil for a language without such a list.
// The lists are broad on purpose: words of saying, thinking and writing, of naming, and of things that carry words (a
// banner, a letter). A word too many hides a finding, a word too few makes a false alarm.
func lexiconOf(lang string) func(key string) bool {
	switch lang {
	case "en":
		return saysEnglish
	case "ar":
		return saysArabic
	case "fa":
		return saysPersian
	}
	return nil
}

func saysEnglish(key string) bool { return englishSaying()[strings.TrimSuffix(key, "'s")] }

var englishSaying = sync.OnceValue(func() map[string]bool {
	set := keySet(`according quoth quote quotes quoted quoting words voiced speaking spoke spoken speaks speech spokesman
		spokeswoman spokesperson statement statements thought thinks think thinking wrote writes written writing letter
		letters banner banners placard placards poster posters slogan slogans chant chanted chants song sang sung sings
		motto inscription headline caption titled entitled called calls calling dubbed named known knew knows told tells
		telling meant means replied replies reply replying cried cries shouted said says say saying asked asks asking
		heard hear felt feels feel feeling taught testified testimony interview interviewed verdict email e-mail tweet
		tweeted tweets message messages proverb adage quip quipped joked swore sworn pled begged`)
	addForms(set, `acknowledge admit advise affirm agree allege announce answer argue assert assure believe boast brand
		claim comment complain concede condemn confess confirm contend counter criticise criticize declare decry demand
		denounce deny deplore describe dismiss doubt emphasise emphasize exclaim explain express hail hope imagine
		inform insist interject joke lament maintain mention mock mumble murmur muse mutter note observe opine plead
		pledge praise predict preach proclaim promise propose protest reason reassure recall recite reckon recollect
		recommend recount reiterate remark remember remind repeat respond retort reveal scold scream sneer stipulate
		stress suggest suspect testify thank threaten translate underline underscore urge vow warn welcome whisper wish
		wonder yell confide enthuse thunder concur elaborate clarify criticise add acknowledge reply shout quote talk`)
	return set
})

// beside are verbs that introduce speech only when they stand right at it: "the letter began, “…”", "“…,” he went on".
var beside = sync.OnceValue(func() map[string]bool {
	set := keySet(`went goes go began begins begin ran runs held holds put puts saw sees read reads reading sum`)
	addForms(set, `continue conclude start open close end finish laugh smile sigh grin shrug nod order point state share sign
		post print paint carve engrave inscribe mark label title bill call cheer appeal object offer introduce interrupt
		report reflect reject refer review react joke fear figure guess estimate forecast specify summarise summarize toast
		rule roar snap greet blame accept address inquire ask pray scrawl agree greet point`)
	return set
})

// addForms adds the regular forms of English verbs.
func addForms(set map[string]bool, verbs string) {
	for verb := range strings.FieldsSeq(verbs) {
		stem := strings.TrimSuffix(verb, "e")
		set[verb], set[verb+"s"], set[verb+"es"], set[stem+"ed"], set[stem+"ing"] = true, true, true, true, true
		if y, ok := strings.CutSuffix(verb, "y"); ok {
			set[y+"ies"], set[y+"ied"] = true, true
		}
		last := verb[len(verb)-1:]
		set[verb+last+"ed"], set[verb+last+"ing"] = true, true // "admitted"
	}
}

// saysArabic strips what Arabic writes onto its verbs: and, then, will before; persons and objects behind.
func saysArabic(key string) bool {
	set := arabicSaying()
	for _, before := range []string{"", "و", "ف", "ل", "ب", "ك", "ال", "وال", "بال", "لل", "وب", "فب"} {
		rest, ok := strings.CutPrefix(key, before)
		if !ok || len(rest) < 4 {
			continue
		}
		for _, object := range []string{"", "ه", "ها", "هم", "هن", "هما", "نا", "ني", "كم"} {
			verb, ok := strings.CutSuffix(rest, object)
			if !ok {
				continue
			}
			for _, person := range []string{"", "ت", "وا", "ا", "تا", "ن", "و", "ون", "ين", "ان", "ات"} {
				if stem, ok := strings.CutSuffix(verb, person); ok && set[stem] {
					return true
				}
			}
		}
	}
	return false
}

var arabicSaying = sync.OnceValue(func() map[string]bool {
	set := keySet(`قول أقوال قائلا قائلة قائل حسب بحسب وفق وفقا نقلا تصريح تصريحات بيان كلمة كلام كلمات خطاب رسالة منشور تغريدة
		مقابلة حوار حديث لسان تعبير رأي عنوان عنوانه لافتة لافتات شعار شعارات هتاف هتافات عبارة مقولة حكمة أغنية
		مضيفا مضيفة مؤكدا مؤكدة موضحا موضحة مشيرا مشيرة معتبرا معتبرة مشددا مشددة لافتا مبينا مبينة منوها محذرا محذرة
		داعيا داعية متسائلا متسائلة معلقا معلقة مخاطبا مستطردا متابعا متابعة معربا معربة واصفا واصفة مطالبا ردا
		سؤال جواب شهادة إفادة صرخ صاح همس ابتسم ضحك متحدث متحدثة ناطق ناطقة تعليق تعليقا بعنوان اسم مسمى باسم لقب معروف`)
	roots := []string{ // perfect, imperfect without its first letter
		"قال قول", "أضاف ضيف", "صرح صرح", "أكد ؤكد", "أوضح وضح", "أشار شير", "ذكر ذكر", "أعلن علن", "لفت لفت", "شدد شدد",
		"اعتبر عتبر", "رأى رى", "تابع تابع", "واصل واصل", "ختم ختم", "اختتم ختتم", "نقل نقل", "كتب كتب", "نشر نشر", "غرد غرد",
		"سأل سأل", "رد رد", "أجاب جيب", "علق علق", "تساءل تساءل", "حذر حذر", "دعا دعو", "وصف صف", "أعرب عرب", "نوه نوه",
		"أفاد فيد", "هتف هتف", "روى روي", "حكى حكي", "تحدث تحدث", "خاطب خاطب", "زعم زعم", "ادعى دعي", "اعترف عترف",
		"أقر قر", "نفى نفي", "استطرد ستطرد", "أردف ردف", "استدرك ستدرك", "طالب طالب", "ناشد ناشد", "تعهد تعهد", "وعد وعد",
		"توقع توقع", "لخص لخص", "شرح شرح", "كرر كرر", "ردد ردد", "سمى سمي", "قرأ قرأ", "حكم حكم",
		"اشتكى شتكي", "شكا شكو", "تمنى تمنى", "أمل أمل", "تذكر تذكر", "يعتقد عتقد", "ظن ظن", "فكر فكر", "كشف كشف", "أبلغ بلغ",
		"أخبر خبر", "طمأن طمئن", "هنأ هنئ", "شكر شكر", "رحب رحب", "انتقد نتقد", "هاجم هاجم", "اتهم تهم", "صاح صيح", "غنى غني",
		"عبر عبر", "عنون عنون", "نص نص", "أورد ورد", "سرد سرد", "استشهد ستشهد", "اقترح قترح",
	}
	for _, root := range roots {
		perfect, imperfect, _ := strings.Cut(root, " ")
		set[keyOf(perfect)] = true
		for _, person := range []string{"ي", "ت", "سي", "ست", "أ"} {
			set[keyOf(person+imperfect)] = true
		}
	}
	return set
})

// saysPersian strips می and ن before a verb and looks for the stem at the front of what is left.
func saysPersian(key string) bool {
	set := persianSaying()
	if set.whole[key] {
		return true
	}
	for _, before := range []string{"", keyOf("می"), keyOf("نمی"), keyOf("ن"), keyOf("ب"), keyOf("همی")} {
		rest, ok := strings.CutPrefix(key, before)
		if !ok {
			continue
		}
		for _, stem := range set.stems {
			if behind, ok := strings.CutPrefix(rest, stem); ok && set.endings[behind] {
				return true
			}
		}
	}
	return false
}

type persianWords struct {
	whole, endings map[string]bool
	stems          []string
}

var persianSaying = sync.OnceValue(func() persianWords {
	w := persianWords{
		whole: keySet(`قول نقل گفته گفته‌ها گفته‌های گفته‌ی بیان اظهار اظهارات تاکید تأکید تصریح خاطرنشان یادآور یادآوری ادامه
			توضیح اعلام پاسخ جواب هشدار خواستار معتقد مدعی مدعیست ابراز خطاب گفتگو گفت‌وگو گفتگوی گفت‌وگوی مصاحبه بیانیه نامه
			پیام شعار شعارهای عنوان سخن سخنان سخنرانی حرف حرف‌های روایت تشریح اشاره اضافه عقیده باور نظر اعتقاد ادعا اذعان
			اعتراف تکذیب تایید تأیید تقاضا درخواست توصیف تعبیر مطرح سؤال سوال پرسش سخنگو سخنگوی تابلو تابلوی پلاکارد
			ترانه شعر ضرب‌المثل جمله عبارت کلمه نام لقب معروف موسوم توییت پست یادداشت گزارش طبق مطابق تلقی قلمداد انتقاد
			گلایه شکایت دعوت تشکر قدردانی وعده قول‌داد پیشنهاد پیش‌بینی امیدواری آرزو حکم رای رأی فریاد زمزمه لبخند خنده`),
		endings: keySet(`ه م ی د یم ید ند ست است هاند هاست هبود هشد هبودند ش هام های`),
	}
	w.endings[""] = true
	for _, stem := range strings.Fields(`گفت گوی گو افزود نوشت نویس پرسید پرس خواند خوان دانست دان دانس شمرد شمار سرود نامید نام
		خواست خواه شنید شنو فرمود فرمای سراید نالید غرید پنداشت پندار اندیشید آورد`) {
		w.stems = append(w.stems, keyOf(stem))
	}
	for _, e := range strings.Fields(`ید یند ند د م یم ی`) {
		w.endings[keyOf(e)] = true
	}
	return w
})
