package news

import (
	"slices"
	"strings"

	"broadsheet/internal/doc"
)

// Fields are names of an article's fields, each once, parted by spaces.
type Fields string

// Requirable lists the fields that a section may ask for, in the order of the
// article's form. A headline, a section and a text every article needs.
func Requirable() []string {
	return []string{"kicker", "standfirst", "slugline", "byline", "place", "credit", "topics", "picture"}
}

// ParseFields keeps of the names those that a section may ask for.
func ParseFields(names []string) Fields {
	var out []string
	for _, name := range Requirable() {
		if slices.Contains(names, name) {
			out = append(out, name)
		}
	}
	return Fields(strings.Join(out, " "))
}

// List is the names one by one.
func (f Fields) List() []string { return strings.Fields(string(f)) }

// Missing are the fields of those asked for that the content has not. A
// picture counts with words for who cannot see it.
func (c Content) Missing(required Fields) (missing []string) {
	for _, name := range required.List() {
		if !c.has(name) {
			missing = append(missing, name)
		}
	}
	return missing
}

func (c Content) has(field string) bool {
	filled := func(s string) bool { return strings.TrimSpace(s) != "" }
	switch field {
	case "kicker":
		return filled(c.Kicker)
	case "standfirst":
		return filled(c.Standfirst)
	case "slugline":
		return filled(c.Slugline)
	case "byline":
		return len(c.Bylines) > 0
	case "place":
		return filled(c.Dateline.Place)
	case "credit":
		return filled(c.Credit)
	case "topics":
		return len(c.Topics) > 0
	case "picture":
		return pictured(c.Body.Blocks)
	}
	return true // of a newer program
}

// pictured reports whether some picture has words for who cannot see it.
func pictured(blocks []doc.Block) bool {
	return slices.ContainsFunc(blocks, func(b doc.Block) bool {
		return b.Kind == doc.KindImage && b.Image != nil && strings.TrimSpace(b.Image.Alt) != "" || pictured(b.Blocks)
	})
}

// MissingFields is the refusal of a text that lacks what its section asks for.
// Its argument is the list of their names: see Fields.
type MissingFields []string

// Complete refuses a content that lacks what its section asks for. The refusal
// speaks of the first field that is missing and names all.
func (c Content) Complete(required Fields) error {
	missing := c.Missing(required)
	if len(missing) == 0 {
		return nil
	}
	e := Refuse(Invalid, "error.required", "this section also asks for: %s", strings.Join(missing, ", ")).In(missing[0])
	e.Args = []any{MissingFields(missing)}
	if missing[0] == "picture" {
		e.Field = "body"
	}
	return e
}
