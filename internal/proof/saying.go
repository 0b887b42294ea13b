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
	set := keySet(`according quoth quote quotes quoted quoting words voice voices voiced speaking spoke spoken speaks speech
		speaker spokesman spokeswoman spokesperson statement thought thinks think thinking wrote writes written writing
		letter banner sign signs poster slogan chant chanted song sang sung sings motto inscription placard headline
		caption subtitle titled entitled called calls calling dubbed named known knew knows told tells telling meant
		means replied replies reply replying cried cries crying shouted said says say saying asked asks asking put puts
		read reads reading went goes begins began ran runs heard hear felt feels feel feeling held holds taught
		testified testimony interview interviewed verdict ruling email e-mail tweet tweeted tweets post posted posts
		message clause paragraph preamble proverb adage quip quipped laughed smiled sighed grinned shrugged joked
		swore sworn pleaded pled begged urged urges insisted insists paraphrase saw sees`)
	verbs := `accept acknowledge add address admit advise affirm agree allege announce answer appeal argue assert assure
		believe blame boast brand claim comment complain conclude concede condemn confess confirm contend continue
		counter criticise criticize declare decry demand deny describe dismiss disclose doubt emphasise emphasize
		estimate exclaim explain express fear forecast greet hail hope imagine indicate inform interject interrupt
		introduce joke lament label maintain mention mock mumble murmur muse mutter note object observe offer opine
		order plead pledge point praise predict preach proclaim promise propose protest question reason reassure recall
		recite reckon recommend recount refer reflect reject remark remember remind repeat report respond retort reveal
		roar rule scold scream sneer snap state stress suggest summarise summarize talk tell testify thank threaten
		toast translate urge utter view vow warn welcome whisper wish wonder write yell guess figure title suspect
		recollect confide enthuse thunder concur elaborate clarify underline underscore highlight outline share tweet
		denounce deplore rebuff respond reiterate specify stipulate sum sign scrawl print inscribe engrave carve paint
		mark label bill call name ask reply shout cry post chant sing quote insist`
	for verb := range strings.FieldsSeq(verbs) {
		stem := strings.TrimSuffix(verb, "e")
		set[verb], set[verb+"s"], set[verb+"es"], set[stem+"ed"], set[stem+"ing"] = true, true, true, true, true
		if y, ok := strings.CutSuffix(verb, "y"); ok {
			set[y+"ies"], set[y+"ied"] = true, true
		}
		last := verb[len(verb)-1:]
		set[verb+last+"ed"], set[verb+last+"ing"] = true, true // "admitted"
	}
	return set
})

// saysArabic strips what Arabic writes onto its verbs: and, then, will before; persons and objects behind.
func saysArabic(key string) bool {
	set := arabicSaying()
	for _, before := range []string{"", "و", "ف", "ل", "ب", "ك", "ال", "وال", "بال", "لل", "وب", "فب"} {
		rest, ok := strings.CutPrefix(key, before)
		if !ok || len(rest) < 4 {
			continue
		}
		if set[rest] {
			return true
		}
		for _, behind := range []string{"ت", "وا", "ا", "تا", "ن", "ه", "ها", "هم", "ته", "تها", "هما", "ين", "ون", "ات", "كم", "نا", "ني"} {
			if stem, ok := strings.CutSuffix(rest, behind); ok && set[stem] {
				return true
			}
		}
	}
	return false
}

var arabicSaying = sync.OnceValue(func() map[string]bool {
	set := keySet(`قول أقوال قائلا قائلة قائل حسب بحسب وفق وفقا نقلا تصريح تصريحات بيان كلمة كلام كلمات خطاب رسالة منشور تغريدة
		مقابلة حوار حديث لسان تعبير حد رأي عنوان عنوانه لافتة لافتات شعار شعارات هتاف هتافات عبارة مقولة مثل حكمة أغنية
		مضيفا مضيفة مؤكدا مؤكدة موضحا موضحة مشيرا مشيرة معتبرا معتبرة مشددا مشددة لافتا مبينا مبينة منوها محذرا محذرة
		داعيا داعية متسائلا متسائلة معلقا معلقة مخاطبا مستطردا متابعا متابعة معربا معربة واصفا واصفة مطالبا ردا
		سؤال جواب شهادة إفادة صرخ صاح همس ابتسم ضحك متحدث متحدثة ناطق ناطقة تعليق تعليقا بعنوان اسم مسمى باسم لقب معروف`)
	roots := []string{ // perfect, imperfect without its first letter
		"قال قول", "أضاف ضيف", "صرح صرح", "أكد ؤكد", "أوضح وضح", "أشار شير", "ذكر ذكر", "أعلن علن", "لفت لفت", "شدد شدد",
		"اعتبر عتبر", "رأى رى", "تابع تابع", "واصل واصل", "ختم ختم", "اختتم ختتم", "نقل نقل", "كتب كتب", "نشر نشر", "غرد غرد",
		"سأل سأل", "رد رد", "أجاب جيب", "علق علق", "تساءل تساءل", "حذر حذر", "دعا دعو", "وصف صف", "أعرب عرب", "نوه نوه",
		"بين بين", "أفاد فيد", "هتف هتف", "روى روي", "حكى حكي", "تحدث تحدث", "خاطب خاطب", "زعم زعم", "ادعى دعي", "اعترف عترف",
		"أقر قر", "نفى نفي", "استطرد ستطرد", "أردف ردف", "استدرك ستدرك", "طالب طالب", "ناشد ناشد", "تعهد تعهد", "وعد عد",
		"توقع توقع", "لخص لخص", "شرح شرح", "كرر كرر", "ردد ردد", "سمى سمي", "أطلق طلق", "قرأ قرأ", "شهد شهد", "حكم حكم",
		"اشتكى شتكي", "شكا شكو", "تمنى تمنى", "أمل أمل", "تذكر تذكر", "يعتقد عتقد", "ظن ظن", "فكر فكر", "كشف كشف", "أبلغ بلغ",
		"أخبر خبر", "طمأن طمئن", "هنأ هنئ", "شكر شكر", "رحب رحب", "انتقد نتقد", "هاجم هاجم", "اتهم تهم", "صاح صيح", "غنى غني",
		"عبر عبر", "عنون عنون", "حمل حمل", "وقع وقع", "قرر قرر", "نص نص", "أورد ورد", "سرد سرد", "استشهد ستشهد", "اقترح قترح",
	}
	for _, root := range roots {
		perfect, imperfect, _ := strings.Cut(root, " ")
		set[keyOf(perfect)] = true
		for _, person := range []string{"ي", "ت", "ن", "سي", "ست", "أ"} {
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
