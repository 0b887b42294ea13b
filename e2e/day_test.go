//go:build e2e

package e2e

import (
	"io"
	"mime/quotedprintable"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// day is a newsroom's day in one language: what is planned, written, sent
// back, approved, timed, out, wrong, corrected, withdrawn and asked about.
type day struct {
	edition               news.Edition // as its clock and calendar go
	prefix                string
	section, slug         string
	headline, first, more string
	missing               string // why it was sent back
	wrong, right, note    string // a figure of the text, what it is, and the correction
	wire, killed          string // a dispatch, and why the agency withdrew it
	wireHeadline          string
	asks, reason          string // of a reader, and what the panel says
	answer                string // a line of the letter
}

var days = map[string]day{
	"english": {
		edition: news.Edition{Language: "en", TimeZone: "Europe/London", Calendar: locale.Gregorian},
		section: "News", slug: "ferry-timetable", headline: "Night ferry to return to Port Ember",
		first:   "The night ferry to Port Ember will sail again from Friday, the port office said.",
		more:    "“We have 48 berths and every one is booked,” said Mira Holt, who keeps the timetable.",
		missing: "Who says so, and how many berths?",
		wrong:   "48 berths", right: "84 berths", note: "An earlier version said the ferry has 48 berths; it has 84.",
		wireHeadline: "Granary of Tallow Hill burns",
		wire:         "Granary of Tallow Hill burns\nTALLOW HILL, Ostland (Dispatches) -- The granary of Tallow Hill burned in the night, a neighbour said.\n",
		killed:       "The agency has withdrawn its report: the fire was a drill.",
		asks:         "I am named in the article and would rather not be found by my next employer.", reason: "The person spoke to us for an official body; the report is right and recent.",
		answer: "Dear reader",
	},
	"persian": {
		edition: news.Edition{Language: "fa", TimeZone: "Asia/Tehran", Calendar: locale.Persian}, prefix: "/fa",
		section: "شهر", slug: "کشتی شبانه", headline: "کشتی شبانه به بندر اخگر بازمی‌گردد",
		first:   "ادارهٔ بندر گفت کشتی شبانهٔ بندر اخگر از جمعه دوباره راه می‌افتد.",
		more:    "میرا هولت، مسئول برنامهٔ حرکت، گفت: «۴۸ تخت داریم و همه رزرو شده است.»",
		missing: "چه کسی این را گفت و چند تخت؟",
		wrong:   "۴۸ تخت", right: "۸۴ تخت", note: "در نسخهٔ پیشین آمده بود کشتی ۴۸ تخت دارد؛ ۸۴ تخت دارد.",
		wireHeadline: "انبار غلهٔ تالوهیل سوخت",
		wire:         "انبار غلهٔ تالوهیل سوخت\nتالوهیل، اوستلند (پیک) - یکی از همسایه‌ها گفت انبار غلهٔ تالوهیل شبانه سوخت.\n",
		killed:       "خبرگزاری گزارش خود را پس گرفت: آتش‌سوزی رزمایش بود.",
		asks:         "نام من در این خبر آمده است و نمی‌خواهم کارفرمای بعدی‌ام آن را ببیند.", reason: "این شخص از سوی نهادی رسمی با ما گفت‌وگو کرد؛ خبر درست و تازه است.",
		answer: "خواننده گرامی",
	},
}

// staff are the people of a day, each with a browser of their own.
type staff struct{ chief, editor, second, reporter, reader *visitor }

// TestADay: a story from the plan to the answer to a reader who wants it gone.
func TestADay(t *testing.T) {
	post := make(mailbox, 8)
	p := startWith(t, "--mail", "smtp://"+post.listen(t), "--mail-from", "The Courier <desk@valmere.example>")
	b := browser(t)
	addPersian(setUp(t, p, b), p)
	for who, role := range map[string]string{"mira": "chief", "kolya": "editor", "edda": "editor", "rana": "reporter"} {
		p.run(password+"\n", "user", "add", who+"@valmere.example", "--role", role, "--name", who, "--password-stdin")
	}
	s := staff{signIn(t, p, b, "mira"), signIn(t, p, b, "kolya"), signIn(t, p, b, "edda"), signIn(t, p, b, "rana"), visit(t, b, p.public+"/")}
	for _, name := range []string{"english", "persian"} {
		t.Run(name, func(t *testing.T) {
			p.t = t
			for _, v := range []*visitor{s.chief, s.editor, s.second, s.reporter, s.reader} {
				v.t = t
			}
			d := days[name]
			story := d.written(p, s)
			page := p.public + d.prefix + "/news/" + regexp.MustCompile(`\d+$`).FindString(story)
			d.goesOut(s, story, page)
			d.isCorrected(s, story, page)
			d.withdrawn(p, s)
			d.answered(p, s, page, post)
		})
	}
	p.t = t
	p.run("", "check")
}

// written is the day's first half: the reporter writes, the editor sends it
// back with a line, and it comes again.
func (d day) written(p *program, s staff) (story string) {
	s.reporter.blank(p, map[string]int{"en": 1, "fa": 2}[d.edition.Language])
	s.reporter.fill("[name=headline]", d.headline)
	s.reporter.fill("[name=slugline]", d.slug)
	s.reporter.element("[name=section]").MustSelect(d.section)
	s.reporter.write(d.first)
	s.reporter.save()
	story = strings.TrimSuffix(s.reporter.page.MustInfo().URL, "/edit")
	s.reporter.open(story)
	s.reporter.press(`form[action$="/submit"] button`)

	s.editor.open(story)
	s.editor.click(`details:has(form[action$="/return"]) > summary`)
	s.editor.fill(`form[action$="/return"] [name=note]`, d.missing)
	s.editor.press(`form[action$="/return"] button`)
	s.reporter.open(story)
	s.reporter.sees(d.missing)
	s.reporter.open(story + "/edit")
	s.reporter.write("{Ctrl+End}{Enter}" + d.more)
	s.reporter.save()
	s.reporter.open(story)
	s.reporter.press(`form[action$="/submit"] button`)
	return story
}

// goesOut is approved by one, timed by another, and out by itself.
func (d day) goesOut(s staff, story, page string) {
	s.second.open(story)
	s.second.press(`form[action$="/approve"] button`)
	s.editor.open(story + "/schedule")
	when := time.Now().Add(65 * time.Second).Truncate(time.Minute) // the next minute, five seconds away at least
	s.editor.element("[name=when]").MustEval(`when => { this.value = when }`, news.TypeMoment(when, d.edition))
	s.editor.press("main button.primary")
	s.reader.open(page)
	s.reader.misses(d.headline)
	if time.Now().After(when) {
		s.reader.t.Log("the machine was slower than the schedule")
	}
	s.reader.page.Timeout(2*patience).MustWait(`when => Date.now() > when`, when.UnixMilli())
	s.reader.finds(page, d.headline)
	s.reader.sees(d.wrong)
}

// isCorrected: a figure was wrong; the gate sees it, and it does not go out
// as something minor.
func (d day) isCorrected(s staff, story, page string) {
	s.second.open(story + "/edit")
	s.second.mark(d.wrong)
	s.second.keys(d.right)
	s.second.save()
	s.second.open(story + "/correct")
	s.second.sees(strings.Fields(d.wrong)[0], strings.Fields(d.right)[0])
	s.second.element(`input[name=kind][value=minor]`).MustClick()
	s.second.press("main button.primary")
	s.second.element(".says.fault")
	s.second.element(`input[name=kind][value=correction]`).MustClick()
	s.second.fill("[name=note]", d.note)
	s.second.press("main button.primary") // hands it in: she wrote it
	s.reader.open(page)
	s.reader.sees(d.wrong)

	s.editor.open(story + "/correct")
	s.editor.wait(`note => document.querySelector("[name=note]").value === note`, d.note)
	s.editor.press(`main button[value=now]`)
	s.reader.finds(page, d.note)
	s.reader.sees(d.right)
	s.reader.finds(page[:strings.Index(page, "/news/")]+"/corrections", d.note)
}

// withdrawn: the agency takes a report back, the desk kills it by hand.
func (d day) withdrawn(p *program, s staff) {
	out := p.run("", "import", "text", p.file("wire-"+d.edition.Language+".txt", d.wire), "--edition", d.edition.Language, "--publish")
	id := regexp.MustCompile(`News ID (\d+)`).FindStringSubmatch(out)
	if id == nil {
		p.t.Fatalf("import said: %s", out)
	}
	page := p.public + d.prefix + "/news/" + id[1]
	s.reader.finds(page, d.wireHeadline)
	s.editor.open(p.desk + "/articles/" + id[1] + "/kill")
	s.editor.fill("[name=note]", d.killed)
	s.editor.press("main button.primary")
	s.reader.finds(page, d.killed)
	s.reader.misses(d.wireHeadline)
	s.reader.finds(p.public+d.prefix+"/feed.atom", "deleted-entry")
}

// answered: a reader asks to be forgotten, two of the panel say no, and the
// letter arrives.
func (d day) answered(p *program, s staff, page string, post mailbox) {
	s.reader.open(page + "/request")
	waitASecond(s.reader)
	s.reader.choose("[name=kind]", "privacy")
	s.reader.fill("[name=email]", "reader@ostland.example")
	s.reader.fill("[name=text]", d.asks)
	s.reader.press("form.request button")
	s.editor.open(p.desk + "/requests")
	s.editor.sees(d.asks)
	link := s.editor.element(`a[href^="/requests/"]`).MustAttribute("href")
	for _, v := range []*visitor{s.editor, s.chief} {
		v.open(p.desk + *link)
		v.element("[name=outcome][value=refuse]").MustClick()
		v.fill("[name=reason]", d.reason)
		v.press(`form[action$="` + *link + `"] button.primary`)
	}
	s.chief.press(`form[action$="/answer"] button.primary`)
	letter := post.next(p.t)
	if !strings.Contains(letter, d.answer) || !strings.Contains(letter, page) {
		p.t.Errorf("the reader was written:\n%s", letter)
	}
	s.reader.open(page)
	s.reader.sees(d.headline)
}

// mailbox is a real mail server on loopback; it hands on what it takes.
type mailbox chan string

func (m mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m mailbox) Reset()                                      {}
func (m mailbox) Logout() error                               { return nil }
func (m mailbox) Mail(string, *smtp.MailOptions) error        { return nil }
func (m mailbox) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (m mailbox) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	m <- string(raw)
	return err
}

// listen serves the mailbox until the test ends, and returns its address.
func (m mailbox) listen(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(m)
	server.Domain = "mail.valmere.example"
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return l.Addr().String()
}

// next is the next letter to the reader, its text in UTF-8.
func (m mailbox) next(t *testing.T) string {
	t.Helper()
	deadline := time.After(3 * patience)
	for {
		select {
		case raw := <-m:
			if !strings.Contains(raw, "reader@ostland.example") {
				continue // to the staff
			}
			text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(raw)))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		case <-deadline:
			t.Fatal("no letter came")
		}
	}
}
