package newsroom

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// form is a form as somebody typed it, with what is wrong with it. It keeps
// every word through every refusal.
type form struct {
	s     locale.Style
	typed url.Values
	fault string // the sentence; "" = nothing is wrong
	in    string // the field it speaks of; "" = the whole

	document *doc.Body // the body as the editor sent it; nil = it is the Markdown of the field "body"
	unread   error     // why a document that was sent is not taken; its words stand in "body"
}

// readForm reads what was sent, at most limit bytes. Line ends become "\n".
func (n *Newsroom) readForm(r *http.Request, v visit, limit int64) (*form, error) {
	typed, err := web.Form(r, limit)
	if err != nil {
		return nil, err
	}
	for name, list := range typed {
		for i := range list {
			typed[name][i] = strings.ReplaceAll(list[i], "\r\n", "\n")
		}
	}
	r.PostForm = typed // for the page that says why it was refused whole
	return &form{s: v.style(), typed: typed}, nil
}

// blank is a form before anyone typed; with what stands in it.
func blank(v visit, typed url.Values) *form { return &form{s: v.style(), typed: typed} }

func (f *form) get(name string) string  { return f.typed.Get(name) }
func (f *form) line(name string) string { return strings.TrimSpace(f.typed.Get(name)) }
func (f *form) on(name string) bool     { return f.typed.Get(name) != "" }

// refuse notes why the form was not taken, and gives the status to answer
// with. An error that is no refusal of the trade is handed back.
func (f *form) refuse(err error) (status int, other error) {
	switch news.CodeOf(err) {
	case news.Invalid, news.Conflict, news.TooMany, news.TooLarge, news.Forbidden, news.NotFound:
	default:
		return 0, err
	}
	f.fault = web.Sentence(err, f.s)
	var refusal *news.Error
	if errors.As(err, &refusal) {
		f.in = refusal.Field
	}
	return web.Status(err), nil
}

// faulty puts a form's refusal at the head of its page.
func (f *form) faulty(into *frame) {
	into.Fault, into.FaultIn = f.fault, f.in
}

// option is a choice of a select.
type option struct {
	Value, Label, Group string
	Chosen              bool
}

// field is one labelled control as field.html prints it.
type field struct {
	Kind, Name, Label, Value, Hint string
	Fault                          string
	Dir, Lang, Auto, Class         string
	Most, Rows                     int  // characters before the counter warns; lines of a text area
	Least, Greatest                int  // of a number; 0, 0 = any
	Required, Checked, First       bool // First: a person who comes to the page begins here
	Options                        []option
	List                           []string // suggestions
}

// Describe names the elements that say more about the control.
func (f field) Describe() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-hint")
	}
	if f.Fault != "" {
		ids = append(ids, f.Name+"-fault")
	}
	return strings.Join(ids, " ")
}

// field makes a control with the texts desk.field.<name> and, where there is
// one, desk.field.<name>.hint.
func (f *form) field(kind, name string, change ...func(*field)) field {
	key := "desk.field." + strings.ReplaceAll(name, "_", "-")
	c := field{Kind: kind, Name: name, Label: f.s.T(key), Value: f.get(name)}
	if locale.Has(f.s.Language, key+".hint") {
		c.Hint = f.s.T(key + ".hint")
	}
	for _, do := range change {
		do(&c)
	}
	if f.fault != "" && f.in == name {
		c.Fault = f.fault
	}
	if kind == "check" {
		c.Checked = f.on(name)
	}
	for i := range c.Options {
		c.Options[i].Chosen = c.Options[i].Value == c.Value
	}
	return c
}

func required(c *field) { c.Required = true }

func first(c *field) { c.First = true }

func most(n int) func(*field) { return func(c *field) { c.Most = n } }

func rows(n int) func(*field) { return func(c *field) { c.Rows = n } }

func auto(s string) func(*field) { return func(c *field) { c.Auto = s } }

func dir(s string) func(*field) { return func(c *field) { c.Dir = s } }

func class(s string) func(*field) { return func(c *field) { c.Class = s } }

func choices(o []option) func(*field) { return func(c *field) { c.Options = o } }

func suggest(list []string) func(*field) { return func(c *field) { c.List = list } }
