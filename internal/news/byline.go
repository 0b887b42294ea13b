package news

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// MaxBylines is how many people an article names.
const MaxBylines = 20

// Byline names who made an article. It is frozen into each revision; the
// person may have an account or not.
type Byline struct {
	Name   string   `json:"name"`             // as printed, 1 to 120 characters
	Slug   string   `json:"slug"`             // of the address /author/<slug>
	Role   string   `json:"role,omitempty"`   // "photos", "additional reporting", at most 60 characters; "" = wrote it
	Person PersonID `json:"person,omitempty"` // the account, if there is one

	// Protected is the number of the protected author whom the name stands for;
	// 0 = the name is the author's own. Who that is stands in no revision.
	Protected int `json:"protected,omitempty"`
}

// Wrote reports whether the byline is of somebody who wrote the text, not of
// somebody who helped with it.
func (b Byline) Wrote() bool { return b.Role == "" }

// Writers are the bylines of those who wrote the text.
func Writers(bylines []Byline) []Byline {
	return slices.DeleteFunc(slices.Clone(bylines), func(b Byline) bool { return !b.Wrote() })
}

// withRole is the byline in a role as somebody typed it.
func (b Byline) withRole(typed string) Byline {
	b.Role = strings.Join(strings.Fields(typed), " ")
	return b
}

// BylineField is the name of a control of an article's form: part is "" for
// the name, "role" or "protected"; row counts from 1.
func BylineField(part string, row int) string {
	name := "byline"
	if part != "" {
		name += "-" + part
	}
	if row > 1 {
		name += "-" + strconv.Itoa(row)
	}
	return name
}

// ReadBylines reads the rows of an article's form. A row with several names
// gives each its role. Nobody stands twice in one role.
func ReadBylines(get func(field string) string) []Byline {
	var out []Byline
	for row := 1; row <= MaxBylines; row++ {
		protected, _ := strconv.Atoi(get(BylineField("protected", row)))
		for i, b := range ParseBylines(get(BylineField("", row))) {
			b = b.withRole(get(BylineField("role", row)))
			if i == 0 && protected > 0 {
				b.Protected = protected
			}
			if !slices.ContainsFunc(out, func(o Byline) bool { return o.Slug == b.Slug && o.Role == b.Role }) {
				out = append(out, b)
			}
		}
	}
	return out
}

// ParseBylines reads "A, B and C" as it stands on a dispatch: names parted by
// commas, semicolons or the language's "and".
func ParseBylines(s string) []Byline {
	for _, and := range []string{" and ", " و ", ";", "،", "؛"} {
		s = strings.ReplaceAll(s, and, ",")
	}
	var out []Byline
	seen := map[string]bool{}
	for name := range strings.SplitSeq(s, ",") {
		name = strings.Join(strings.Fields(name), " ")
		slug := locale.Slug(name)
		if name == "" || slug == "" || seen[slug] {
			continue
		}
		seen[slug] = true
		out = append(out, Byline{Name: name, Slug: slug})
	}
	return out
}

// BylineNames returns the printed names in order.
func BylineNames(bylines []Byline) []string {
	names := make([]string, len(bylines))
	for i, b := range bylines {
		names[i] = b.Name
	}
	return names
}

func validateBylines(bylines []Byline) error {
	if len(bylines) > MaxBylines {
		return Refuse(Invalid, "error.byline.many", "an article has at most 20 bylines").In("byline")
	}
	for _, b := range bylines {
		if n := utf8.RuneCountInString(b.Name); n == 0 || n > 120 || b.Slug == "" {
			return Refuse(Invalid, "error.byline.name", "a byline has 1 to 120 characters").In("byline")
		}
		if utf8.RuneCountInString(b.Role) > 60 {
			return Refuse(Invalid, "error.byline.role", "a role in the byline has at most 60 characters").In("byline")
		}
		if !readable(b.Name) || !readable(b.Role) || !readable(b.Slug) {
			return Refuse(Invalid, "error.encoding", "a byline is not UTF-8 text").In("byline")
		}
	}
	return nil
}

// Dateline says where a report was written and who sent it. It is printed by
// the house style of each language: see locale.Style.Dateline.
type Dateline struct {
	Place   string // "VALMERE"; at most 120 characters
	Country string
	Source  string // "Dispatches": an agency or desk
}

// Empty reports whether there is nothing to print.
func (d Dateline) Empty() bool { return d.Place == "" && d.Country == "" && d.Source == "" }

func (d Dateline) validate() error {
	for _, part := range []string{d.Place, d.Country, d.Source} {
		if utf8.RuneCountInString(part) > 120 {
			return Refuse(Invalid, "error.dateline.long", "a part of a dateline has at most 120 characters").In("dateline")
		}
		if !readable(part) {
			return Refuse(Invalid, "error.encoding", "the dateline is not UTF-8 text").In("dateline")
		}
	}
	return nil
}
