package newsroom

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// previewPage is an article as its readers will see it: at the width of a
// phone or of a desk, at a time, and by a link for somebody outside.
type previewPage struct {
	frame
	Story    heading
	Frame    string // address of the page inside
	Width    string // "phone" or "desktop"
	Phone    string // addresses of the same at the other width
	Desktop  string
	Fields   []field // revision and time
	Outside  []field // of the form that makes a link; none = the person may not
	Made     string  // the link just made: shown once
	Links    []previewLine
	Revision string // hidden in the form
	At       string
}

// previewLine is a link that somebody was given.
type previewLine struct {
	Text, By, Token string
	Until           moment
	Open            bool
}

// lifetimes of a preview link, in hours, as the form offers them.
var lifetimes = []int{1, 24, 72, 168, 744}

func (n *Newsroom) previewPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	typed := url.Values{"revision": {q.Get("revision")}, "at": {q.Get("at")}, "width": {q.Get("width")}, "hours": {"24"}}
	return n.showPreview(w, r, v, a, http.StatusOK, blank(v, typed), "")
}

func (n *Newsroom) showPreview(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form, made string) error {
	s := v.style()
	p := previewPage{frame: n.frame(r, v, "articles", s.T("desk.preview.title")), Story: a.heading(v), Width: "desktop", Made: made,
		Revision: f.get("revision"), At: f.get("at")}
	if f.get("width") == "phone" {
		p.Width = "phone"
	}
	if _, err := news.ParseMoment(f.get("at"), a.edition, "at"); err != nil && status == http.StatusOK {
		var other error
		if status, other = f.refuse(err); other != nil {
			return other
		}
		p.At = ""
	}
	query := url.Values{}
	if p.Revision != "" {
		query.Set("revision", p.Revision)
	}
	if p.At != "" {
		query.Set("at", p.At)
	}
	p.Frame = a.link("preview/page") + "?" + query.Encode()
	query.Set("width", "phone")
	p.Phone = a.link("preview") + "?" + query.Encode()
	query.Set("width", "desktop")
	p.Desktop = a.link("preview") + "?" + query.Encode()
	p.Fields = []field{f.field("select", "revision", choices(revisionChoices(a))), f.field(momentKind(a.edition), "at", dir("ltr"), momentHint(f, a.edition, v))}
	if a.Allows(v.person, news.MayShow) == nil && a.State != news.Killed && a.State != news.Spiked {
		p.Outside = []field{f.field("select", "hours", choices(lifetimeChoices(f)))}
	}
	var err error
	if p.Links, err = n.previewLines(r.Context(), v, a); err != nil {
		return err
	}
	f.faulty(&p.frame)
	return n.send(w, status, "preview", p)
}

// revisionChoices are the newest text, whatever it will be, and the last
// twenty revisions by number.
func revisionChoices(a opened) []option {
	out := []option{{Value: "", Label: a.style.T("desk.preview.newest")}}
	for i := a.Head; i > 0 && i > a.Head-20; i-- {
		out = append(out, option{Value: itoa(i), Label: a.style.T("desk.preview.revision", i)})
	}
	return out
}

func lifetimeChoices(f *form) []option {
	var out []option
	for _, hours := range lifetimes {
		label := f.s.T("desk.preview.hours", hours)
		if hours >= 24 {
			label = f.s.T("desk.preview.days", hours/24)
		}
		out = append(out, option{Value: itoa(hours), Label: label})
	}
	return out
}

func (n *Newsroom) previewLines(ctx context.Context, v visit, a opened) ([]previewLine, error) {
	links, err := n.store.Previews(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	who := n.names(ctx, v.person.ID)
	var out []previewLine
	for _, l := range links {
		name, err := who.of(a.ID, l.By)
		if err != nil {
			return nil, err
		}
		line := previewLine{By: name, Token: l.Token, Until: momentOf(a.style, l.Expires, v.now), Open: l.Open(a.Article, v.now), Text: a.style.T("desk.preview.newest")}
		if l.Revision != 0 {
			line.Text = a.style.T("desk.preview.revision", l.Revision)
		}
		out = append(out, line)
	}
	return out, nil
}

// previewFrame is the page inside: the press's own, without its scripts.
func (n *Newsroom) previewFrame(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	at, err := news.ParseMoment(q.Get("at"), a.edition, "at")
	if err != nil {
		return err
	}
	if at.IsZero() {
		at = v.now
	}
	rev := a.head
	if number := int(number(q.Get("revision"))); number != 0 && number != rev.Number {
		if rev, err = n.store.Revision(r.Context(), a.ID, number); err != nil {
			return err
		}
	}
	page, err := n.press.Preview(r.Context(), a.Article, rev, at, "")
	if err != nil {
		return err
	}
	web.Framed(w.Header())
	w.Header().Set("Content-Type", page.Type)
	_, err = w.Write(page.Body)
	return err
}

// makePreview makes a link for somebody outside and shows it once.
func (n *Newsroom) makePreview(w http.ResponseWriter, r *http.Request, v visit) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	hours, _ := strconv.Atoi(f.get("hours"))
	secret, err := n.desk.Show(r.Context(), v.person.ID, a.ID, int(number(f.get("revision"))), v.now.Add(time.Duration(hours)*time.Hour))
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showPreview(w, r, v, a, status, f, "")
	}
	return n.showPreview(w, r, v, a, http.StatusOK, f, n.press.Base(a.edition)+a.edition.Prefix()+"/preview/"+secret)
}

// endPreview ends a link before its time.
func (n *Newsroom) endPreview(w http.ResponseWriter, r *http.Request, v visit) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	if err := n.desk.EndPreview(r.Context(), v.person.ID, a.ID, f.get("token")); err != nil {
		return err
	}
	return seeDone(w, r, a.link("preview"), "preview-ended")
}
