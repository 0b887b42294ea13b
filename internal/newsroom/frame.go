package newsroom

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// frame is what stands around every page.
type frame struct {
	locale.Style
	Title    string
	Paper    string
	Person   news.Person // ID 0 = nobody is signed in
	Owner    bool
	Editor   bool
	Chief    bool
	At       string // which part of the desk this is
	Done     string // what the last act did
	Fault    string // why it did not
	SetUp    bool
	FaultIn  string // name of the field that Fault speaks of
	FaultAt  string // the page on which it stands; "" = this one
	Keys     bool   // the page has keyboard ways that the foot explains
	Language string
	Seq      int64  // the last event before the page was read
	Calls    string // in how many open threads of notes the person is mentioned; "" = none
	Live     string
}

func (n *Newsroom) frame(r *http.Request, v visit, at, title string) frame {
	s := v.style()
	f := frame{Style: s, Language: v.speaks, Title: title, Paper: v.paper.Name, Person: v.person, At: at, SetUp: v.paper.SetUp,
		Owner: v.person.May(news.Owner), Editor: v.person.May(news.Editor), Chief: v.person.May(news.Chief), Seq: v.seq, Live: liveTexts(v.speaks)}
	if v.calls > 0 {
		f.Calls = s.Number(int64(v.calls))
	}
	if done := r.URL.Query().Get("done"); r.Method == http.MethodGet && locale.Has(v.speaks, "desk.done."+done) {
		f.Done = s.T("desk.done." + done)
	}
	return f
}

// Drop are the texts of the place where files are dropped, for its script.
func (f frame) Drop() string {
	texts, err := json.Marshal(locale.Texts(f.Language, "desk.drop."))
	if err != nil {
		return "{}"
	}
	return string(texts)
}

// send renders a page and writes it with a status. Nothing is written when the
// page cannot be made.
func (n *Newsroom) send(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := n.pages.render(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}

// moment is a time as a list shows it, with the whole of it behind.
type moment struct {
	Text  string // "today 21:40", "12 March 2026 - 21:40"
	Full  string
	Exact string // RFC 3339, for machines
}

func momentOf(s locale.Style, t, now time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	m := moment{Text: s.DateTime(t), Full: s.DateTime(t), Exact: t.UTC().Format(time.RFC3339)}
	switch day := s.Day(t); day {
	case s.Day(now):
		m.Text = s.T("desk.today", s.Time(t))
	case s.Day(s.In(now).AddDate(0, 0, -1)):
		m.Text = s.T("desk.yesterday", s.Time(t))
	}
	return m
}
