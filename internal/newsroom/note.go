package newsroom

import (
	"cmp"
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// notesView is what stands in an article's margin.
type notesView struct {
	locale.Style
	Link    string // of the article
	Token   string // of the form for a new note
	Open    []thread
	Done    []thread
	Count   string // how many are open
	Closed  string // how many are resolved
	Typed   string // what was refused, in its form
	Exact   string
	Refused news.NoteID // the thread whose answer was refused; 0 = a new note, -1 = nothing was
}

// thread is a note and what was answered.
type thread struct {
	locale.Style
	Article  string // its link
	ID       news.NoteID
	Link     string
	Quote    news.Quotation
	Lang     string
	Standing string // "", or what became of the quoted words
	Notes    []noteLine
	Resolved string // by whom and when
	Token    string
	Typed    string
	Me       bool // it mentions the person who looks
}

// noteLine is one note of a thread.
type noteLine struct {
	By        string
	At        moment
	Runs      []news.NoteRun
	Withdrawn bool
	Withdraw  string // where its writer may take it back; "" = not theirs
}

// notes reads what stands in an article's margin.
func (n *Newsroom) notes(ctx context.Context, a opened, v visit) (notesView, error) {
	out := notesView{Style: a.style, Link: a.link(""), Token: rand.Text(), Refused: -1}
	list, err := n.desk.Notes(ctx, a.ID)
	if err != nil || len(list) == 0 {
		return out, err
	}
	staff, err := n.store.People(ctx)
	if err != nil {
		return out, err
	}
	m := margin{n: n, a: a, v: v, who: n.names(ctx, v.person.ID), staff: staff, text: news.Spaced(a.head.Body.Text())}
	threads, err := m.threads(list)
	if err != nil {
		return out, err
	}
	for _, t := range threads {
		if t.Resolved == "" {
			out.Open = append(out.Open, t)
		} else {
			out.Done = append(out.Done, t)
		}
	}
	out.Count, out.Closed = a.style.T("desk.notes.open", len(out.Open)), a.style.T("desk.notes.done", len(out.Done))
	return out, nil
}

// margin makes notes into lines.
type margin struct {
	n     *Newsroom
	a     opened
	v     visit
	who   *names
	staff []news.Person
	text  string // of the head revision, as quotations are looked for in it
}

// threads puts every note under the one that began its thread. A thread in
// which nothing stands any more is left to the history.
func (m margin) threads(list []news.Note) ([]thread, error) {
	var out []*thread
	byID := map[news.NoteID]*thread{}
	stands := map[news.NoteID]bool{}
	for _, note := range list {
		stands[note.Thread] = stands[note.Thread] || note.WithdrawnAt.IsZero()
	}
	for _, note := range list {
		if !stands[note.Thread] {
			continue
		}
		t := byID[note.Thread]
		if note.First() {
			made, err := m.thread(note)
			if err != nil {
				return nil, err
			}
			t = &made
			byID[note.ID], out = t, append(out, t)
		}
		if t == nil {
			continue
		}
		line, err := m.line(note)
		if err != nil {
			return nil, err
		}
		t.Notes = append(t.Notes, line)
		for _, p := range note.Mentions {
			t.Me = t.Me || p == m.v.person.ID
		}
	}
	threads := make([]thread, len(out))
	for i, t := range out {
		threads[i] = *t
	}
	return threads, nil
}

func (m margin) thread(first news.Note) (thread, error) {
	s := m.a.style
	t := thread{Style: s, Article: m.a.link(""), ID: first.ID, Link: m.a.link("notes/" + itoa(int(first.ID))), Quote: first.Quote, Token: rand.Text(), Lang: m.a.heading(m.v).Lang}
	if !first.Quote.Whole() {
		if _, _, how := first.Quote.Find(m.text); how != news.Stands {
			t.Standing = s.T("desk.notes." + string(how))
		}
	}
	if first.ResolvedAt.IsZero() {
		return t, nil
	}
	name, err := m.who.of(m.a.ID, first.ResolvedBy)
	t.Resolved = s.T("desk.notes.resolved", name, momentOf(s, first.ResolvedAt, m.v.now).Text)
	return t, err
}

func (m margin) line(note news.Note) (noteLine, error) {
	name, err := m.who.of(m.a.ID, note.By)
	l := noteLine{By: name, At: momentOf(m.a.style, note.At, m.v.now), Withdrawn: !note.WithdrawnAt.IsZero()}
	if l.Withdrawn {
		return l, err
	}
	l.Runs = news.NoteRuns(note.Text, m.staff)
	if note.By == m.v.person.ID {
		l.Withdraw = m.a.link("notes/" + itoa(int(note.ID)) + "/withdraw")
	}
	return l, err
}

// notesPage is an article with its notes beside it.
type notesPage struct {
	frame
	Story heading
	Copy  copyView
	Notes notesView
}

func (n *Newsroom) notesPage(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	if r.URL.Query().Get("part") == "margin" { // for the editor, which has the text
		notes, err := n.notes(r.Context(), a, v)
		if err != nil {
			return err
		}
		return n.sendPart(w, "notes", "notes", notes)
	}
	return n.showNotes(w, r, v, a, http.StatusOK, blank(v, url.Values{}), -1)
}

// showNotes is the page of an article's notes, also after one was refused:
// what was typed stands in its form again.
func (n *Newsroom) showNotes(w http.ResponseWriter, r *http.Request, v visit, a opened, status int, f *form, refused news.NoteID) error {
	notes, err := n.notes(r.Context(), a, v)
	if err != nil {
		return err
	}
	notes.Refused = refused
	if refused == 0 {
		notes.Typed, notes.Exact = f.get("text"), f.get("exact")
	}
	for i := range notes.Open {
		if notes.Open[i].ID == refused {
			notes.Open[i].Typed = f.get("text")
		}
	}
	p := notesPage{frame: n.frame(r, v, "articles", v.style().T("desk.notes.title")), Story: a.heading(v), Copy: copyOf(a.head.Content, a.edition), Notes: notes}
	f.faulty(&p.frame)
	p.FaultIn = "" // the forms have no names of their own to lead to
	return n.send(w, status, "notes", p)
}

func (n *Newsroom) addNote(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.writeNote(w, r, v, 0, func(a opened, c desk.NoteCopy) (news.NoteID, error) {
		return n.desk.AddNote(r.Context(), v.person.ID, a.ID, c)
	})
}

func (n *Newsroom) replyNote(w http.ResponseWriter, r *http.Request, v visit) error {
	thread := noteID(r)
	return n.writeNote(w, r, v, thread, func(a opened, c desk.NoteCopy) (news.NoteID, error) {
		_, err := n.desk.Reply(r.Context(), v.person.ID, a.ID, thread, c)
		return thread, err
	})
}

func noteID(r *http.Request) news.NoteID { return news.NoteID(number(r.PathValue("note"))) }

// writeNote takes a note and leads to where it stands.
func (n *Newsroom) writeNote(w http.ResponseWriter, r *http.Request, v visit, thread news.NoteID, write func(a opened, c desk.NoteCopy) (news.NoteID, error)) error {
	a, f, err := n.openForm(r, v)
	if err != nil {
		return err
	}
	c := desk.NoteCopy{Text: f.get("text"), Token: cmp.Or(f.get("token"), rand.Text()), Seen: f.on("seen"),
		Quote: news.Quotation{Exact: f.get("exact"), Before: f.get("before"), After: f.get("after")}}
	made, err := write(a, c)
	if err != nil {
		status, other := f.refuse(err)
		if other != nil || status == http.StatusNotFound {
			return err
		}
		return n.showNotes(w, r, v, a, status, f, thread)
	}
	return leadToNote(w, r, a, made)
}

// leadToNote goes to a note on the page of the article's notes.
func leadToNote(w http.ResponseWriter, r *http.Request, a opened, id news.NoteID) error {
	return web.SeeOther(w, r, a.link("notes")+"#note-"+itoa(int(id)))
}

func (n *Newsroom) resolveNote(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.actOnNote(w, r, v, func(a opened) error { return n.desk.ResolveNote(r.Context(), v.person.ID, a.ID, noteID(r), false) })
}

func (n *Newsroom) reopenNote(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.actOnNote(w, r, v, func(a opened) error { return n.desk.ResolveNote(r.Context(), v.person.ID, a.ID, noteID(r), true) })
}

func (n *Newsroom) withdrawNote(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.actOnNote(w, r, v, func(a opened) error { return n.desk.WithdrawNote(r.Context(), v.person.ID, a.ID, noteID(r)) })
}

func (n *Newsroom) actOnNote(w http.ResponseWriter, r *http.Request, v visit, do func(a opened) error) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	if err := do(a); err != nil {
		return err
	}
	return leadToNote(w, r, a, noteID(r))
}

// noteNames answers a half-written mention with the names it may become.
func (n *Newsroom) noteNames(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	people, err := n.desk.Names(r.Context(), v.person, a.ID, strings.TrimSpace(r.URL.Query().Get("q")))
	if err != nil {
		return err
	}
	names := []string{}
	for _, p := range people {
		names = append(names, p.Name)
	}
	return sendJSON(w, http.StatusOK, names)
}
