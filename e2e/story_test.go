//go:build e2e

package e2e

import (
	"regexp"
	"testing"

	"github.com/go-rod/rod"
)

const password = "a long enough password 1"

// tale is a story in one language, told through the whole paper.
type tale struct {
	edition, prefix, direction string
	dispatch                   string
	headline, place, dateline  string // as printed
	edited                     string // a headline the editor changes it to
	comment, commenter         string
	corrected, note            string
	killed                     string
	newsID                     string // the label
}

var tales = map[string]tale{
	"english": {
		edition: "en", direction: "ltr",
		dispatch: "Saturday 14 March 2026\nNews ID: 48213\nPublish Date: 12 March 2026 - 21:40\nBy Rana Reed\nHarbour wall holds in the spring flood\n" +
			"VALMERE, Ostland (Dispatches) -- The new harbour wall of Valmere held through the highest tide in forty years, the port office said on Thursday.\n" +
			"\"We watched it all night,\" said harbour master Jon Alder. \"Not a stone moved.\"\n* Comment:\nName:\nEmail:\n",
		headline: "Harbour wall holds in the spring flood", dateline: "VALMERE, Ostland (Dispatches)",
		edited:  "Harbour wall holds through the highest tide in forty years",
		comment: "My cellar stayed dry for once. Thank you!", commenter: "Ada",
		corrected: "Harbour wall holds through the highest tide in thirty years", note: "An earlier version said forty years; it is thirty.",
		killed: "The measurements turned out to be of another harbour.", newsID: "48213",
	},
	"persian": {
		edition: "fa", prefix: "/fa", direction: "rtl",
		dispatch: "شناسه خبر: ۴۸۳۰۰\nدیوار بندر در برابر سیلاب بهاری ایستاد\n" +
			"والمر، اوستلند (پیک) - دیوار تازهٔ بندر والمر بلندترین مد چهل سال گذشته را تاب آورد.\n«همهٔ شب چشم از آن برنداشتیم.» این را یون آلدر، سرپرست بندر، گفت.\n",
		headline: "دیوار بندر در برابر سیلاب بهاری ایستاد", dateline: "والمر",
		edited:  "دیوار بندر بلندترین مد چهل سال را تاب آورد",
		comment: "زیرزمین ما این بار خشک ماند. سپاس!", commenter: "آزاده",
		corrected: "دیوار بندر بلندترین مد سی سال را تاب آورد", note: "در نسخهٔ پیشین چهل سال آمده بود؛ سی سال درست است.",
		killed: "اندازه‌گیری‌ها از بندری دیگر بود.", newsID: "۴۸۳۰۰",
	},
}

func TestAStoryGoesThroughThePaper(t *testing.T) {
	p := start(t)
	b := browser(t)
	owner := setUp(t, p, b)
	addPersian(owner, p)
	for _, who := range []string{"edda", "kolya"} {
		p.run(password+"\n", "user", "add", who+"@valmere.example", "--role", "editor", "--name", who, "--password-stdin")
	}
	edda, kolya, reader := signIn(t, p, b, "edda"), signIn(t, p, b, "kolya"), visit(t, b, p.public+"/")
	for _, name := range []string{"english", "persian"} {
		t.Run(name, func(t *testing.T) {
			edda.t, kolya.t, reader.t = t, t, t
			p.t = t
			tell(p, tales[name], edda, kolya, reader)
		})
	}
	p.t = t
	p.run("", "check")
}

// setUp takes the first owner from the link in the terminal to the desk.
func setUp(t *testing.T, p *program, b *rod.Browser) *visitor {
	v := visit(t, b, p.invitation)
	v.fill("[name=name]", "Olga Orme")
	v.fill("[name=email]", "owner@valmere.example")
	for _, field := range v.page.MustElements("input[type=password]") {
		field.MustInput(password)
	}
	v.press("main button.primary")
	v.fill("[name=name]", "The Valmere Courier")
	v.fill("[name=timezone]", "Europe/London")
	v.press("main button.primary")
	v.open(p.public + "/")
	v.sees("The Valmere Courier")
	v.open(p.desk + "/")
	return v
}

// addPersian gives the paper its second edition, through the settings.
func addPersian(v *visitor, p *program) {
	v.open(p.desk + "/settings/editions/new")
	v.fill("[name=name]", "پیک والمر")
	v.fill("[name=slug]", "fa")
	v.choose("[name=language]", "fa")
	v.fill("[name=timezone]", "Asia/Tehran")
	v.choose("[name=calendar]", "persian")
	v.press("main button.primary")
	edition := regexp.MustCompile(`/settings/editions/\d+`).FindString(v.page.MustInfo().URL)
	if edition == "" {
		v.t.Fatalf("no edition was made: %s\n%s", v.page.MustInfo().URL, v.text())
	}
	v.fill("[name=new_name]", "شهر")
	v.press(`form[action$="/sections"] button`)
	v.open(p.public + "/fa/")
	v.sees("پیک والمر")
}

func signIn(t *testing.T, p *program, b *rod.Browser, who string) *visitor {
	v := visit(t, b, p.desk+"/sign-in")
	v.fill("[name=email]", who+"@valmere.example")
	v.fill("[name=password]", password)
	v.press("main button.primary")
	return v
}

// tell takes one story from the dispatch to its withdrawal.
func tell(p *program, s tale, edda, kolya, reader *visitor) {
	out := p.run("", "import", "text", p.file(s.edition+".txt", s.dispatch), "--edition", s.edition)
	id := regexp.MustCompile(`News ID (\d+)`).FindStringSubmatch(out)
	if id == nil {
		p.t.Fatalf("import said: %s", out)
	}
	again := p.run("", "import", "text", p.file(s.edition+".txt", s.dispatch), "--edition", s.edition)
	if !regexp.MustCompile(`0 new, 1 unchanged`).MatchString(again) {
		p.t.Errorf("imported twice: %s", again)
	}
	story, page := p.desk+"/articles/"+id[1], p.public+s.prefix+"/news/"+id[1]

	// the reader sees nothing of a draft
	reader.open(page)
	reader.misses(s.headline)

	// one editor edits and submits, another approves and publishes
	edda.open(story + "/edit")
	edda.fill("[name=headline]", s.edited)
	edda.save()
	edda.open(story)
	edda.press(`form[action$="/submit"] button, button[value=submit]`)
	kolya.open(story)
	kolya.press(`form[action$="/approve"] button`)
	kolya.open(story)
	kolya.press(`form[action$="/publish"] button`)

	reader.finds(page, s.edited)
	reader.sees(s.newsID, s.dateline)
	if dir := reader.page.MustEval(`() => document.documentElement.dir`).Str(); dir != s.direction {
		p.t.Errorf("the page's direction is %q", dir)
	}
	reader.finds(p.public+s.prefix+"/", s.edited)
	reader.finds(p.public+s.prefix+"/feed.xml", s.edited)

	// a reader comments, the desk approves
	reader.open(page)
	waitASecond(reader)
	reader.fill(`form[action$="/comments"] [name=name]`, s.commenter)
	reader.fill(`form[action$="/comments"] [name=comment]`, s.comment)
	reader.press(`form[action$="/comments"] button`)
	reader.open(page)
	reader.misses(s.comment)
	kolya.open(p.desk + "/comments")
	kolya.sees(s.comment)
	kolya.press(`button[value^="approved."]`)
	reader.finds(page, s.comment)

	// a fact was wrong
	edda.open(story + "/edit")
	edda.fill("[name=headline]", s.corrected)
	edda.save()
	reader.open(page)
	reader.sees(s.edited)
	edda.open(story + "/correct")
	edda.element(`input[name=kind][value=correction]`).MustClick()
	edda.fill("[name=note]", s.note)
	edda.press("main button.primary") // hands it in: she wrote it
	kolya.open(story + "/correct")
	kolya.wait(`note => document.querySelector("[name=note]").value === note`, s.note)
	kolya.press(`main button[value=now]`)
	reader.finds(page, s.note)
	reader.sees(s.corrected)
	reader.finds(p.public+s.prefix+"/corrections", s.note)
	reader.finds(p.public+s.prefix+"/feed.atom", s.corrected)

	// the story is withdrawn; the address stays
	kolya.open(story + "/kill")
	kolya.fill("[name=note]", s.killed)
	kolya.press("main button.primary")
	reader.finds(page, s.killed)
	reader.misses(s.corrected)
	reader.open(p.public + s.prefix + "/")
	reader.misses(s.corrected)
}

// waitASecond waits until the page is as old as a person needs to write a
// comment: the server counts from when the page was made.
func waitASecond(v *visitor) {
	v.page.MustWait(`() => Date.now() - Date.parse(document.lastModified) > 5000`)
}
