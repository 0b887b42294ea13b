package news

import (
	"strings"
	"unicode"
)

// names is what two contents say of their own about who is who.
type names struct {
	words map[string]bool // of bylines and datelines
	small map[string]bool // words that stand somewhere without a capital
}

func knownNames(contents ...Content) names {
	n := names{words: map[string]bool{}, small: map[string]bool{}}
	for _, c := range contents {
		lines := []string{c.Dateline.Place, c.Dateline.Country, c.Dateline.Source, c.Credit}
		for _, b := range c.Bylines {
			lines = append(lines, b.Name)
		}
		for _, line := range lines {
			for _, p := range pieces(line) {
				if p.word && len([]rune(p.text)) > 1 && !starters[strings.ToLower(p.text)] {
					n.words[sameLetters(p.text)] = true
				}
			}
		}
	}
	return n
}

// lower notes the words that stand without a capital: at the head of a
// sentence they are no names.
func (n names) lower(list []passage) {
	for _, p := range list {
		for _, one := range pieces(p.text) {
			if first := []rune(one.text)[0]; one.word && unicode.IsLower(first) {
				n.small[one.text] = true
			}
		}
	}
}

// names finds names: rows of words with capitals, words of bylines and
// datelines, and in scripts without capitals what follows a title.
func (r *factReader) names() {
	for i := 0; i < len(r.pieces); {
		end := i
		switch p := r.pieces[i]; {
		case !p.word:
		case capital(p.text):
			for end < len(r.pieces) && r.named(end) && (end == i || r.pieces[end].space) {
				end++
			}
			r.capitals(r.pieces[i:end])
		case titles[sameLetters(p.text)]:
			if end = r.after(i + 1); end > i+1 {
				r.add(MaterialName, r.pieces[i+1:end], false)
			}
		case r.known.words[sameLetters(p.text)]:
			for end < len(r.pieces) && r.pieces[end].word && r.known.words[sameLetters(r.pieces[end].text)] {
				end++
			}
			r.add(MaterialName, r.pieces[i:end], false)
		}
		i = max(end, i+1)
	}
}

// named reports whether the piece goes on with a name in capitals.
func (r *factReader) named(i int) bool {
	p := r.pieces[i]
	return p.word && capital(p.text) && !r.calendarWord(p)
}

// capitals notes a row of words with capitals, without the small word that
// only has one because it begins the sentence.
func (r *factReader) capitals(row []piece) {
	for len(row) > 0 && (starters[strings.ToLower(row[0].text)] || row[0].head && r.known.small[strings.ToLower(row[0].text)]) {
		row = row[1:]
	}
	if len(row) == 1 && numberWords["en"][strings.ToLower(row[0].text)] != 0 {
		return
	}
	r.add(MaterialName, row, false)
}

// after is where the name that follows a title ends: two words at most.
func (r *factReader) after(i int) int {
	end := i
	for end < len(r.pieces) && end < i+2 {
		p := r.pieces[end]
		if !p.word || small[sameLetters(p.text)] {
			break
		}
		end++
	}
	return end
}

func capital(word string) bool {
	first := []rune(word)[0]
	return unicode.IsUpper(first) && word != "I"
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[sameLetters(w)] = true
	}
	return set
}

var (
	// starters are English words that have a capital only because a sentence begins.
	starters = wordSet(`a about above according across after again against all almost along already also although always am among an and another any anyone
		anything are around as at away back be because been before behind being below beside besides between both but by came can cannot could
		did do does done down during each earlier early either else enough even ever every everyone everything few finally first for former from further
		get go had half has have having he hence her here hers him his how however i if in indeed inside instead into is it its itself just last late later
		least less let like long made make many may maybe me meanwhile might more moreover most much must my near nearly neither never
		nevertheless next no nobody none nor not nothing now of off often on once one only or other others otherwise our out outside over own per perhaps
		please rather said same says see several shall she should since so some somebody someone something sometimes soon still such than that the their them
		then there therefore these they this those though through throughout thus to today together tomorrow too toward towards under until unlike up
		upon us very was we well were what whatever when where whereas whether which while who whoever whole whom whose why will with within without
		would yes yesterday yet you your it's he's she's they're we're you're i'm don't doesn't didn't isn't wasn't there's that's`)
	// titles stand before a name in Arabic and Persian, and so do the verbs of saying in Arabic.
	titles = wordSet(`السيد السيدة الدكتور الدكتورة الرئيس الوزير الوزيرة القاضي القاضية المهندس المهندسة الأستاذ الأستاذة النائب النائبة الشيخ الأمير العميد اللواء
		المدعو ويدعى قال قالت وقال وقالت أكد أكدت وأكد صرح صرحت أوضح أوضحت أضاف وأضاف أعلن أعلنت
		آقای خانم دکتر مهندس استاد سرهنگ سردار قاضی حاج سید شهید گفته نام`)
	// small words never belong to the name after a title.
	small = wordSet(`في من إلى على عن إن أن أنه أنها كان كانت هو هي هذا هذه الذي التي ما لا لم لن قد ثم مع بعد قبل حين عند كل بين أو
		در به از که را و با بر برای این آن است بود شد گفت کرد می هم تا یا اما نیز`)
)
