package proof

import (
	"strings"
	"sync"
	"unicode"
)

// findDoubledWords marks words that stand twice or more in a row with nothing but white space between them. Every
// language has words that may: "that that", "had had", «کم کم», «شيئا شيئا», names such as Duran Duran.
func (s *story) findDoubledWords() {
	for _, p := range s.paras {
		if p.kind == "cell" || p.kind == "attribution" {
			continue
		}
		for i := 0; i < len(p.words); i++ {
			last := i
			for last+1 < len(p.words) && p.repeats(last) {
				last++
			}
			if last == i {
				continue
			}
			if first, end := p.words[i], p.words[last].end; p.mayNotRepeat(i) && !p.hyphenated(first.start, end) {
				fix := string(p.r[first.start:first.end])
				s.mark(p, DoubledWord, first.start, end, &fix, "says", fix)
				p.doubled = append(p.doubled, span{first.start, end})
			}
			i = last
		}
	}
}

// repeats says whether the word behind word i is the same. A capital in the second but not in the first word is
// another word ("in the may May", "will Will").
func (p *para) repeats(i int) bool {
	a, b := p.words[i], p.words[i+1]
	if a.key != b.key || a.key == "" || !p.spaceBetween(a.end, b.start) {
		return false
	}
	return unicode.IsUpper(p.r[a.start]) || !unicode.IsUpper(p.r[b.start])
}

// hyphenated says whether a hyphen or an apostrophe binds what stands around: "Boutros Boutros-Ghali", "the dog dog's".
func (p *para) hyphenated(start, end int) bool {
	before, after := p.run(start-1), p.run(end)
	return strings.ContainsRune("-‑–'’./@_", after) && inWord(p.run(end+1)) ||
		strings.ContainsRune("-‑–./@_", before) && before != 0 && inWord(p.run(start-2))
}

// mayNotRepeat says whether it is a mistake in the paragraph's language that word i stands twice.
func (p *para) mayNotRepeat(i int) bool {
	w, next := p.words[i], p.words[i+1]
	lists := doubledLists()
	first := p.r[w.start]
	for _, r := range p.r[w.start:w.end] {
		if unicode.IsDigit(r) {
			return false
		}
	}
	letters := w.end - w.start
	switch p.lang {
	case "en":
		if lists.small["en"][w.key] {
			return true
		}
		name := unicode.IsUpper(first) && unicode.IsUpper(p.r[next.start])
		return letters >= 2 && !name && !lists.may["en"][w.key] && !p.particle(i)
	case "ar":
		if lists.small["ar"][w.key] {
			return true
		}
		return letters >= 3 && !p.adverb(w) && !lists.may["ar"][w.key] && unicode.Is(unicode.Arabic, first)
	case "fa":
		if lists.small["fa"][w.key] {
			return true
		}
		// Persian doubles short words freely (دسته دسته, شهر شهر): only longer ones are certain.
		return letters >= 5 && !lists.may["fa"][w.key] && unicode.Is(unicode.Arabic, first)
	}
	return letters >= 6 && unicode.IsLower(first)
}

// particle says whether the first of two equal words belongs to the verb before: "she came in in May".
func (p *para) particle(i int) bool {
	return i > 0 && particles()[p.words[i].key][p.words[i-1].key]
}

var particles = sync.OnceValue(func() map[string]map[string]bool {
	return map[string]map[string]bool{
		"in": keySet(`come comes came coming log logs logged move moves moved moving check checks checked fit fits fitted join
			joined kick kicks kicked break breaks broke settle settled bring brought brings go goes went set sets phone
			phoned call called turn turned give gave gives cash cashed step steps stepped drop dropped sign signed`),
		"on": keySet(`go goes went going gone carry carries carried move moves moved moving later early log logged turn turned
			switch switched put holds hold held pass passed passes live lives lived drag dragged head far further from
			get gets got bring brought drag drags look looked work worked play played`),
		"is":  keySet(`it that this what he she there who where how one why`),
		"was": keySet(`it that this what he she there who where how one why`),
	}
})

// adverb says whether an Arabic word is in the indefinite accusative, where a repetition is an adverb of manner:
// شيئا شيئا, رويدا رويدا. Pronouns and endings of verbs that look the same are not.
func (p *para) adverb(w word) bool {
	if strings.ContainsRune(string(p.r[w.start:w.end]), '\u064b') {
		return true
	}
	for _, ending := range []string{"ها", "نا", "ما", "وا"} {
		if strings.HasSuffix(w.key, ending) {
			return false
		}
	}
	return strings.HasSuffix(w.key, "ا")
}

// beginsSentence says whether what stands before i ends a sentence, or nothing stands there.
func (p *para) beginsSentence(i int) bool {
	for i--; i >= p.from; i-- {
		r := p.r[i]
		if isSpace(r) || isInvisible(r) || isQuoteMark(r) || strings.ContainsRune("([{", r) {
			continue
		}
		return isStop(r) || r == ':'
	}
	return true
}

type doubledWords struct {
	small map[string]map[string]bool // never stand twice
	may   map[string]map[string]bool // may stand twice
}

var doubledLists = sync.OnceValue(func() doubledWords {
	return doubledWords{
		small: map[string]map[string]bool{
			"en": keySet(`the a an of to and or but with for from by at as i we they he she it this these those are was
				were be been will would can could should may might must has have its his their our your my who which
				when where while if then than there's not also into after before during between`),
			"ar": keySet(`في من إلى على عن مع هذا هذه ذلك تلك التي الذي الذين كان كانت أن إن قد لقد ثم أو بعد قبل عند
				حيث بين لكن و ما مما كما لم لن كل أنه أنها`),
			"fa": keySet(`و که از به در با را این آن برای تا یا است هست بود شد شده کرد کرده می خود هم نیز اما اگر چون پس یک ما
				شما آنها ایشان وی باید شود کند هر بر`),
		},
		may: map[string]map[string]bool{
			"en": keySet(`that had her do very so really far much many more too long big never no yes yeah please bye ha
				hear well oh come go going way super old sorry out up down round knock tut blah boom bang chop hush night
				can tuk pom win fifty girls aye yo quick quickly again what why now there here home wait stop help nice
				dear poor little wee hey hi hello ho hip ever thousand hundred million hurrah hurray look see run row ding ring tick clap choo woof quack
				oink beep hot new good bad right left over mama papa dada nana`),
			"ar": keySet(`لا نعم كلا هيا جدا مهلا واحد واحدة خطوة بيت حرف كلمة نقطة دكا صفا الله اليوم يوم شبر بند حجر باب
				محمد أحمد علي حسن حسين محمود سعيد صالح سالم خالد عمر إبراهيم يوسف السيد عبده موسى عيسى داود سليمان
				ناصر منصور راشد حمد عوض مبارك جمعة خميس رمضان شعبان رجب طه يحيى زكريا جابر كامل فوزي بدر هلال
				ليلة وقت قطرة شارع حارة حبة رجل فرد أقل أكثر أسرع أبدا آه ها يا`),
			"fa": keySet(`آهسته آرام آرام‌آرام دسته قطره لحظه کوچه خانه ذره تکه پاره خیلی بسیار هزاران گروه دانه پله شاخه
				رشته برگه خوشه حلقه نقطه کلمه واژه جمله صفحه بلند کوتاه اندک رفته جسته خرده دونه یواش کاسه سلام درود
				شنبه مرحله منطقه محله یکی‌یکی زنده بوته لایه هفته خوش‌خوش تلوتلو هرگز عزیزم وجب‌به‌وجب نرم‌نرم`),
		},
	}
})
