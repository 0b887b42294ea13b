package newsroom

import (
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// setUpPage asks the first owner what the paper is.
type setUpPage struct {
	frame
	Fields    []field
	Languages []choice
}

// choice is a link of a sentence of links.
type choice struct {
	Label, Link, Lang string
	Chosen            bool
}

// usual are the answers that most papers in a language would give.
func usual(language string) url.Values {
	v := url.Values{"language": {language}, "calendar": {string(locale.Gregorian)}, "timezone": {"UTC"}, "digits": {""},
		"sections": {strings.ReplaceAll(locale.Style{Language: language}.T("desk.setup.sections"), "|", "\n")}}
	if language == "fa" {
		v.Set("calendar", string(locale.Persian))
		v.Set("timezone", "Asia/Tehran")
	}
	return v
}

func (n *Newsroom) setUpPage(w http.ResponseWriter, r *http.Request, v visit) error {
	if v.paper.SetUp {
		return web.SeeOther(w, r, "/settings")
	}
	language := r.URL.Query().Get("language")
	if !locale.Has(language, "desk.setup.sections") {
		language = v.speaks
	}
	v.speaks = language
	return n.showSetUp(w, r, v, http.StatusOK, blank(v, usual(language)))
}

func (n *Newsroom) showSetUp(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	p := setUpPage{frame: n.frame(r, v, "", f.s.T("desk.setup.title"))}
	for _, tag := range locale.Languages() {
		p.Languages = append(p.Languages, choice{Label: locale.LanguageName(tag), Link: "/set-up?language=" + tag, Lang: tag, Chosen: tag == v.speaks})
	}
	p.Fields = append(p.Fields, f.field("text", "name", required, most(120), dir("auto"), label(f, "desk.field.paper-name")),
		f.field("select", "language", choices(languages(f.s, false))))
	p.Fields = append(p.Fields, n.timeFields(f)...)
	p.Fields = append(p.Fields, f.field("area", "sections", required, rows(8), dir("auto")))
	f.faulty(&p.frame)
	return n.send(w, status, "setup", p)
}

func label(f *form, key string) func(*field) { return func(c *field) { c.Label = f.s.T(key) } }

// setUp gives the paper its first edition and sections.
func (n *Newsroom) setUp(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	if v.paper.SetUp {
		return news.Refuse(news.Conflict, "error.setup.done", "the paper is set up already")
	}
	if locale.Has(f.get("language"), "desk.setup.sections") {
		v.speaks = f.get("language")
		f.s = v.style()
	}
	answer := desk.SetUp{Edition: news.Edition{Name: f.line("name"), Language: f.get("language"), TimeZone: f.line("timezone"),
		Calendar: locale.Calendar(f.get("calendar")), Digits: f.get("digits"), Comments: true}}
	for line := range strings.Lines(f.get("sections")) {
		if name := strings.TrimSpace(line); name != "" {
			answer.Sections = append(answer.Sections, name)
		}
	}
	if err = sectionsDiffer(answer.Sections); err == nil {
		if err = checkZone(answer.Edition.TimeZone); err == nil {
			err = n.desk.SetUp(r.Context(), v.person.ID, answer)
		}
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showSetUp(w, r, v, status, f)
	}
	return web.SeeOther(w, r, "/?done=set-up")
}

// sectionsDiffer refuses two sections that would share an address.
func sectionsDiffer(names []string) error {
	seen := map[string]bool{}
	for _, name := range names {
		slug := locale.Slug(name)
		if seen[slug] {
			return news.Refuse(news.Invalid, "error.section.twice", "two sections have the same name").In("sections")
		}
		seen[slug] = true
	}
	return nil
}
