package newsroom

import (
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// bylineRow is one name of the form with what its person did.
type bylineRow struct {
	Name, Role field
	Protected  int    // the protected author whom the name stands for; 0 = it is a name of its own
	Mark       string // the control that says so
	Up, Do     string // the button that moves it up: what it says, what it asks for
	First      bool
}

// typeBylines writes bylines into the rows of a form, with one more to write in.
func typeBylines(v url.Values, bylines []news.Byline) {
	rows := min(max(2, len(bylines)+1), news.MaxBylines)
	v.Set(desk.BylineRows, itoa(rows))
	for row := 1; row <= rows; row++ {
		var b news.Byline
		if row <= len(bylines) {
			b = bylines[row-1]
		}
		setByline(v, row, b.Name, b.Role, protectedValue(b.Protected))
	}
}

func setByline(v url.Values, row int, name, role, protected string) {
	v.Set(news.BylineField("", row), name)
	v.Set(news.BylineField("role", row), role)
	v.Set(news.BylineField("protected", row), protected)
}

func protectedValue(number int) string {
	if number == 0 {
		return ""
	}
	return itoa(number)
}

// bylineRowsOf is how many rows a form was sent with, or shows.
func bylineRowsOf(typed url.Values) int {
	rows, _ := strconv.Atoi(typed.Get(desk.BylineRows))
	return min(max(2, rows), news.MaxBylines)
}

// bylines are the rows of the form.
func (d draft) bylines() []bylineRow {
	f := d.form
	var out []bylineRow
	for row := 1; row <= bylineRowsOf(f.typed); row++ {
		named := func(part, key string) field {
			name := news.BylineField(part, row)
			c := field{Kind: "text", Name: name, Label: f.s.T(key), Value: f.get(name), Dir: "auto"}
			if row == 1 && part == "" && f.fault != "" && f.in == "byline" {
				c.Fault = f.fault
			}
			return c
		}
		one := bylineRow{Name: named("", "desk.byline.name"), Role: named("role", "desk.byline.role")}
		one.Role.List = bylineRoles(d.edition.Language)
		one.Mark = news.BylineField("protected", row)
		one.Protected = int(number(f.get(one.Mark)))
		one.Up, one.Do, one.First = f.s.T("desk.byline.up", row), "byline-up-"+itoa(row), row == 1
		out = append(out, one)
	}
	return out
}

// bylineRoles are the roles that are proposed, as an edition prints them.
func bylineRoles(language string) []string {
	var out []string
	for _, key := range []string{"reporting", "photos", "illustration", "video", "data", "translation", "editing"} {
		out = append(out, locale.Style{Language: language}.T("byline.role."+key))
	}
	return out
}

// arrange answers the buttons of the rows: one more, or one a place up.
func (d *draft) arrange(do string) bool {
	rows := bylineRowsOf(d.typed)
	if do == "byline-more" {
		rows = min(rows+1, news.MaxBylines)
		d.typed.Set(desk.BylineRows, itoa(rows))
		return true
	}
	up, found := strings.CutPrefix(do, "byline-up-")
	row := int(number(up))
	if !found || row < 2 || row > rows {
		return found
	}
	for _, part := range []string{"", "role", "protected"} {
		a, b := news.BylineField(part, row-1), news.BylineField(part, row)
		above, below := d.typed.Get(a), d.typed.Get(b)
		d.typed.Set(a, below)
		d.typed.Set(b, above)
	}
	return true
}

// bylineWords lists who made an article and what each did.
func bylineWords(s locale.Style, bylines []news.Byline) string {
	var out []string
	for _, b := range bylines {
		if b.Wrote() {
			out = append(out, b.Name)
		} else {
			out = append(out, s.T("byline.with-role", b.Name, b.Role))
		}
	}
	return s.List(out)
}

// bylineLine is the line above a text: who wrote it, then the others.
func bylineLine(s locale.Style, bylines []news.Byline) string {
	var parts []string
	if names := s.List(news.BylineNames(news.Writers(bylines))); names != "" {
		parts = append(parts, s.T("article.by", names))
	}
	for _, b := range bylines {
		if !b.Wrote() {
			parts = append(parts, s.T("byline.with-role", b.Name, b.Role))
		}
	}
	return strings.Join(parts, " · ")
}
