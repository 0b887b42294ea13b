package desk

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// NoteCopy is a note as somebody wrote it.
type NoteCopy struct {
	Text  string
	Quote news.Quotation // where it stands; of a reply nothing
	// Seen says that the words stand in the writer's own window, which may be
	// ahead of what is saved. Without it they are looked for in the head.
	Seen  bool
	Token string // of the form: the same form makes one note, however often it is sent
}

// AddNote writes a note in an article's margin. Who may read the article may
// write; whom a note mentions must be able to read it.
func (d *Desk) AddNote(ctx context.Context, who news.PersonID, id news.ID, c NoteCopy) (news.NoteID, error) {
	return d.addNote(ctx, who, id, 0, c)
}

// Reply answers in a note's thread. It opens a resolved thread again.
func (d *Desk) Reply(ctx context.Context, who news.PersonID, id news.ID, thread news.NoteID, c NoteCopy) (news.NoteID, error) {
	c.Quote = news.Quotation{}
	return d.addNote(ctx, who, id, thread, c)
}

func (d *Desk) addNote(ctx context.Context, who news.PersonID, id news.ID, thread news.NoteID, c NoteCopy) (news.NoteID, error) {
	var made news.NoteID
	err := d.store.Write(ctx, "write the note", func(tx *store.Tx) error {
		if done, ok, err := tx.FormResult(ctx, noteForm(who, c.Token)); err != nil || ok {
			made = news.NoteID(done)
			return err
		}
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		now := d.now()
		n := news.Note{Article: id, Thread: thread, By: p.ID, At: now, Text: strings.TrimSpace(c.Text), Quote: c.Quote, Revision: a.Head}
		if err := place(ctx, tx, &n, c.Seen); err != nil {
			return err
		}
		if err := n.Validate(); err != nil {
			return err
		}
		if err := unsaid(ctx, tx, id, p, "text", n.Text); err != nil {
			return err
		}
		if n.Mentions, err = mentions(ctx, tx, a, p, n.Text); err != nil {
			return err
		}
		kind := news.EventNoted
		if thread != 0 {
			kind = news.EventReplied
			if err := reopen(ctx, tx, id, thread); err != nil {
				return err
			}
		}
		if err := room(ctx, tx, id); err != nil {
			return err
		}
		if err := tx.AddNote(ctx, &n); err != nil {
			return err
		}
		made = n.ID
		if err := tx.SaveForm(ctx, noteForm(who, c.Token), int64(n.ID), now.UnixMicro()); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: kind, At: now, Actor: p.ID, Edition: a.Edition, Article: id, Note: short(n.Text)})
	})
	return made, err
}

// noteForm keeps the tokens of notes apart from those of drafts, and one person's from another's.
func noteForm(who news.PersonID, token string) string {
	return "note " + strconv.FormatInt(int64(who), 10) + " " + token
}

// mostInEvent is how much of a note the history shows, in characters.
const mostInEvent = 120

func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= mostInEvent {
		return text
	}
	return string([]rune(text)[:mostInEvent]) + " …"
}

// place finds the words that the note quotes in what is saved, and what stands
// around them, unless the writer's window has done so.
func place(ctx context.Context, tx *store.Tx, n *news.Note, seen bool) error {
	n.Quote.Exact = strings.TrimSpace(news.Spaced(n.Quote.Exact))
	if n.Quote.Whole() {
		n.Quote = news.Quotation{}
		return nil
	}
	if seen {
		return nil
	}
	head, err := tx.Revision(ctx, n.Article, n.Revision)
	if err != nil {
		return err
	}
	text := news.Spaced(head.Body.Text())
	start, end, how := n.Quote.Find(text)
	if how != news.Stands {
		return news.Refuse(news.Invalid, "error.note.words", "these words do not stand in the text: copy them from it, or leave the field empty to write about the whole article").In("exact")
	}
	n.Quote = news.Quote(text, start, end)
	return nil
}

// mentions are the people a text calls. One who may not open the article would
// never see the note: it is refused rather than sent into the void.
func mentions(ctx context.Context, tx *store.Tx, a news.Article, p news.Person, text string) ([]news.PersonID, error) {
	if !strings.Contains(text, "@") {
		return nil, nil
	}
	staff, err := tx.People(ctx)
	if err != nil {
		return nil, err
	}
	seen, err := asSeenBy(ctx, tx, a, p) // whom it lets in must not tell who a protected author is
	if err != nil {
		return nil, err
	}
	ids := news.Mentioned(text, staff)
	for _, called := range staff {
		for _, id := range ids {
			if id == called.ID && !seen.CanRead(called) {
				e := news.Refuse(news.Invalid, "error.note.mention", "%s may not open this article and would never see the note", called.Name).In("text")
				e.Args = []any{called.Name}
				return nil, e
			}
		}
	}
	return ids, nil
}

// room refuses a note on an article that has no more room for any.
func room(ctx context.Context, tx *store.Tx, id news.ID) error {
	list, err := tx.Notes(ctx, id, news.MaxNotes)
	if err == nil && len(list) == news.MaxNotes {
		e := news.Refuse(news.TooLarge, "error.note.room", "an article has at most %d notes", news.MaxNotes)
		e.Args = []any{strconv.Itoa(news.MaxNotes)}
		return e
	}
	return err
}

// reopen opens the thread that a reply goes to.
func reopen(ctx context.Context, tx *store.Tx, id news.ID, thread news.NoteID) error {
	first, err := firstNote(ctx, tx, id, thread)
	if err != nil || first.ResolvedAt.IsZero() {
		return err
	}
	first.Reopen()
	return tx.SaveNote(ctx, first)
}

// firstNote reads the note that begins a thread of an article.
func firstNote(ctx context.Context, tx *store.Tx, id news.ID, thread news.NoteID) (news.Note, error) {
	n, err := tx.Note(ctx, thread)
	if err == nil && (n.Article != id || !n.First()) {
		err = news.Refuse(news.NotFound, "error.notfound", "there is no such note")
	}
	return n, err
}

// ResolveNote closes a thread, or opens it again. Both are done once.
func (d *Desk) ResolveNote(ctx context.Context, who news.PersonID, id news.ID, thread news.NoteID, open bool) error {
	return d.store.Write(ctx, "resolve the note", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		n, err := firstNote(ctx, tx, id, thread)
		if err != nil || n.ResolvedAt.IsZero() == open {
			return err
		}
		kind := news.EventResolved
		if n.Resolve(p, d.now()); open {
			kind = news.EventReopened
			n.Reopen()
		}
		if err := tx.SaveNote(ctx, n); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: kind, At: d.now(), Actor: p.ID, Edition: a.Edition, Article: id, Note: short(n.Text)})
	})
}

// WithdrawNote takes a person's own note back. Its words stay in the record.
func (d *Desk) WithdrawNote(ctx context.Context, who news.PersonID, id news.ID, note news.NoteID) error {
	return d.store.Write(ctx, "withdraw the note", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		n, err := tx.Note(ctx, note)
		if err == nil && n.Article != id {
			err = news.Refuse(news.NotFound, "error.notfound", "there is no such note")
		}
		if err != nil {
			return err
		}
		was := n.WithdrawnAt
		if err := n.Withdraw(p, d.now()); err != nil || !was.IsZero() {
			return err
		}
		if err := tx.SaveNote(ctx, n); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventWithdrawn, At: d.now(), Actor: p.ID, Edition: a.Edition, Article: id, Note: n.Text})
	})
}

// Notes lists an article's notes as they were written.
func (d *Desk) Notes(ctx context.Context, id news.ID) ([]news.Note, error) {
	return d.store.Notes(ctx, id, news.MaxNotes)
}

// Mention is a note that calls a person, and the article it stands on.
type Mention struct {
	Note    news.Note
	Article news.Article
}

// Mentions lists the open notes that call a person, newest first, of articles
// they may open.
func (d *Desk) Mentions(ctx context.Context, p news.Person, limit int) ([]Mention, error) {
	notes, err := d.store.NotesFor(ctx, p.ID, limit)
	if err != nil {
		return nil, err
	}
	var out []Mention
	known := map[news.ID]news.Article{}
	for _, n := range notes {
		a, ok := known[n.Article]
		if !ok {
			if a, err = d.store.Article(ctx, n.Article); err != nil {
				return nil, err
			}
			known[n.Article] = a
		}
		if a.CanRead(p) {
			out = append(out, Mention{n, a})
		}
	}
	return out, nil
}

// namesOffered is how many names a half-written mention is answered with.
const namesOffered = 8

// Names are the people of the staff whose name has a word that begins with
// what is typed and who may open the article: at most eight.
func (d *Desk) Names(ctx context.Context, p news.Person, id news.ID, typed string) ([]news.Person, error) {
	a, _, err := d.Open(ctx, p, id)
	if err != nil {
		return nil, err
	}
	staff, err := d.store.People(ctx)
	if err != nil {
		return nil, err
	}
	if a, err = asSeenBy(ctx, d.store, a, p); err != nil {
		return nil, err
	}
	begin := locale.Fold(typed)
	var out []news.Person
	for _, other := range staff {
		name := locale.Fold(other.Name)
		if len(out) < namesOffered && a.CanRead(other) && (strings.HasPrefix(name, begin) || strings.Contains(name, " "+begin)) {
			out = append(out, other)
		}
	}
	return out, nil
}
