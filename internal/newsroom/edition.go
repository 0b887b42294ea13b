package newsroom

import (
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// settingsPage is the paper's own settings and the list of its editions.
type settingsPage struct {
	frame
	Fields   []field
	Editions []choice
}

func (n *Newsroom) settings(w http.ResponseWriter, r *http.Request, v visit) error {
	typed := url.Values{"name": {v.paper.Name}, "language": {v.paper.Language}}
	if v.paper.FourEyes {
		typed.Set("four_eyes", "yes")
	}
	if v.paper.SecondFactor {
		typed.Set("second_factor", "yes")
	}
	return n.showSettings(w, r, v, http.StatusOK, blank(v, typed))
}

func (n *Newsroom) showSettings(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	p := settingsPage{frame: n.frame(r, v, "settings", f.s.T("desk.settings.title"))}
	p.Fields = []field{f.field("text", "name", required, most(120), dir("auto"), label(f, "desk.field.house-name"), func(c *field) { c.Hint = f.s.T("desk.field.house-name.hint") }),
		f.field("select", "language", choices(languages(f.s, false)), label(f, "desk.field.desk-language")), f.field("check", "four_eyes"), f.field("check", "second_factor")}
	for _, e := range v.editions {
		p.Editions = append(p.Editions, choice{Label: e.Name, Lang: e.Language, Link: "/settings/editions/" + itoa(int(e.ID)), Chosen: e.Default})
	}
	f.faulty(&p.frame)
	return n.send(w, status, "settings", p)
}

// savePaper keeps the house's name, the desk's language and the rule of the
// second pair of eyes.
func (n *Newsroom) savePaper(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	paper := v.paper
	paper.Name, paper.Language, paper.FourEyes, paper.SecondFactor = f.line("name"), f.get("language"), f.on("four_eyes"), f.on("second_factor")
	switch {
	case paper.Name == "" || len([]rune(paper.Name)) > 200:
		err = news.Refuse(news.Invalid, "error.paper.name", "the paper's name has 1 to 200 characters").In("name")
	case !locale.Has(paper.Language, "desk.settings.title"):
		err = news.Refuse(news.Invalid, "error.paper.language", "the desk does not speak this language").In("language")
	default:
		err = n.desk.SavePaper(r.Context(), v.person.ID, paper)
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showSettings(w, r, v, status, f)
	}
	return seeDone(w, r, "/settings", "settings")
}

// editionPage is one edition's settings and sections.
type editionPage struct {
	frame
	New       bool
	Action    string
	Fields    []field
	Sections  []sectionRow
	AddName   field
	Opinion   field
	Addresses string
}

func (n *Newsroom) newEdition(w http.ResponseWriter, r *http.Request, v visit) error {
	typed := usual(v.speaks)
	typed.Set("comments", "yes")
	typed.Set("close_after", "14")
	return n.showEdition(w, r, v, http.StatusOK, blank(v, typed), news.Edition{})
}

func (n *Newsroom) editionPage(w http.ResponseWriter, r *http.Request, v visit) error {
	e, err := n.editionOf(r)
	if err != nil {
		return err
	}
	return n.showEdition(w, r, v, http.StatusOK, blank(v, typedEdition(e)), e)
}

func typedEdition(e news.Edition) url.Values {
	calendar := string(e.Calendar)
	if calendar == "" {
		calendar = string(locale.Gregorian)
	}
	typed := url.Values{"name": {e.Name}, "tagline": {e.Tagline}, "slug": {e.Slug}, "language": {e.Language}, "timezone": {e.TimeZone}, "calendar": {calendar},
		"digits": {e.Digits}, "accent": {e.Accent}, "close_after": {strconv.Itoa(e.CloseAfter)}}
	if e.Comments {
		typed.Set("comments", "yes")
	}
	return typed
}

func (n *Newsroom) editionOf(r *http.Request) (news.Edition, error) {
	return n.store.Edition(r.Context(), news.EditionID(number(r.PathValue("id"))))
}

func (n *Newsroom) showEdition(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, e news.Edition) error {
	p := editionPage{frame: n.frame(r, v, "settings", f.s.T("desk.edition.new")), New: e.ID == 0, Action: "/settings/editions"}
	p.Fields = n.editionFields(f, e)
	if e.ID != 0 {
		p.Title, p.Action = e.Name, "/settings/editions/"+itoa(int(e.ID))
		sections, err := n.store.Sections(r.Context(), e.ID)
		if err != nil {
			return err
		}
		p.Sections = sectionRows(f, sections)
		p.AddName = f.field("text", "new_name", dir("auto"), most(80))
		p.Opinion = f.field("check", "new_opinion", label(f, "desk.field.opinion"))
	}
	f.faulty(&p.frame)
	return n.send(w, status, "edition", p)
}

func (n *Newsroom) editionFields(f *form, e news.Edition) []field {
	list := []field{f.field("text", "name", required, most(120), dir("auto"), label(f, "desk.field.edition-name")), f.field("text", "tagline", dir("auto"))}
	if e.ID == 0 {
		list = append(list, f.field("text", "slug", required, dir("ltr")))
	}
	list = append(list, f.field("select", "language", choices(languages(f.s, false))))
	list = append(list, n.timeFields(f)...)
	return append(list, f.field("text", "accent", dir("ltr")), f.field("check", "comments", label(f, "desk.field.edition-comments")), f.field("number", "close_after", dir("ltr")))
}

// timeFields are the controls for how an edition counts: zone, calendar, digits.
func (n *Newsroom) timeFields(f *form) []field {
	var calendars []option
	for _, c := range locale.Calendars() {
		calendars = append(calendars, option{Value: string(c), Label: f.s.T("calendar." + string(c))})
	}
	digits := []option{{Value: "", Label: f.s.T("desk.digits.own")}, {Value: "latn", Label: "1234567890"}, {Value: "arab", Label: "١٢٣٤٥٦٧٨٩٠"}, {Value: "arabext", Label: "۱۲۳۴۵۶۷۸۹۰"}}
	return []field{f.field("text", "timezone", required, dir("ltr"), suggest(n.zones)), f.field("select", "calendar", choices(calendars)), f.field("select", "digits", choices(digits))}
}

// languages are the languages that the paper has texts in, by their own names;
// own offers the edition's first.
func languages(s locale.Style, own bool) []option {
	var out []option
	if own {
		out = append(out, option{Value: "", Label: s.T("desk.language.edition")})
	}
	for _, tag := range locale.Languages() {
		out = append(out, option{Value: tag, Label: locale.LanguageName(tag)})
	}
	return out
}

func readEdition(f *form, e news.Edition) (news.Edition, error) {
	e.Name, e.Tagline, e.Language, e.TimeZone = f.line("name"), f.line("tagline"), f.get("language"), f.line("timezone")
	e.Calendar, e.Digits, e.Accent, e.Comments = locale.Calendar(f.get("calendar")), f.get("digits"), f.line("accent"), f.on("comments")
	if e.ID == 0 { // an address stays
		e.Slug = f.line("slug")
	}
	e.CloseAfter = 0
	if typed := locale.ParseDigits(f.line("close_after")); typed != "" {
		days, err := strconv.Atoi(typed)
		if err != nil {
			return e, news.Refuse(news.Invalid, "error.edition.close", "comments close after 0 to 3650 days").In("close_after")
		}
		e.CloseAfter = days
	}
	return e, checkZone(e.TimeZone)
}

func (n *Newsroom) addEdition(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.keepEdition(w, r, v, news.Edition{})
}

func (n *Newsroom) saveEdition(w http.ResponseWriter, r *http.Request, v visit) error {
	e, err := n.editionOf(r)
	if err != nil {
		return err
	}
	return n.keepEdition(w, r, v, e)
}

// keepEdition keeps what was typed of an edition, an old or a new one.
func (n *Newsroom) keepEdition(w http.ResponseWriter, r *http.Request, v visit, was news.Edition) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	next, err := readEdition(f, was)
	id := was.ID
	if err == nil {
		id, err = n.desk.SaveEdition(r.Context(), v.person.ID, next)
	}
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showEdition(w, r, v, status, f, was)
	}
	return seeDone(w, r, "/settings/editions/"+itoa(int(id)), "edition")
}
