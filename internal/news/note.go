package news

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/locale"
)

// Limits of notes in the margin, in characters; of an article, in notes.
const (
	MaxNote      = 4000
	MaxQuotation = 1000
	MaxContext   = 64
	MaxNotes     = 500
)

// Note is one note in an article's margin, or a reply to one. Nobody edits a
// note, neither another's nor their own: it may be withdrawn.
type Note struct {
	ID      NoteID
	Article ID
	Thread  NoteID // the first note of the thread; its own number for that one
	By      PersonID
	At      time.Time
	Text    string // 1 to 4,000 characters
	Quote   Quotation
	// Revision is the head of the article when the note was written.
	Revision    int
	WithdrawnAt time.Time // by its writer; zero = it stands
	ResolvedBy  PersonID  // of a thread's first note
	ResolvedAt  time.Time // zero = the thread is open

	Mentions []PersonID // whom it calls by name
}

// First reports whether the note begins a thread.
func (n Note) First() bool { return n.Thread == n.ID }

// Validate checks a note before it is kept.
func (n Note) Validate() error {
	switch {
	case strings.TrimSpace(n.Text) == "":
		return Refuse(Invalid, "error.note.empty", "the note has no words").In("text")
	case utf8.RuneCountInString(n.Text) > MaxNote:
		return longNote(utf8.RuneCountInString(n.Text))
	case !utf8.ValidString(n.Text + n.Quote.Exact + n.Quote.Before + n.Quote.After):
		return Refuse(Invalid, "error.encoding", "the note is not UTF-8 text").In("text")
	case utf8.RuneCountInString(n.Quote.Exact) > MaxQuotation:
		e := Refuse(Invalid, "error.note.quotation", "a note stands on at most %d characters: choose fewer words", MaxQuotation).In("exact")
		e.Args = []any{MaxQuotation}
		return e
	case max(utf8.RuneCountInString(n.Quote.Before), utf8.RuneCountInString(n.Quote.After)) > MaxContext:
		return Refuse(Invalid, "error.note.context", "there is too much around the quotation").In("exact")
	}
	return nil
}

func longNote(has int) error {
	e := Refuse(Invalid, "error.note.long", "a note has at most %d characters, this one has %d", MaxNote, has).In("text")
	e.Args = []any{MaxNote, has}
	return e
}

// Withdraw takes a person's own note back. What it said stays in the record.
func (n *Note) Withdraw(p Person, now time.Time) error {
	if n.By != p.ID {
		return Refuse(Forbidden, "error.note.other", "only who wrote a note may withdraw it")
	}
	if n.WithdrawnAt.IsZero() {
		n.WithdrawnAt = now
	}
	return nil
}

// Resolve closes a thread, given by its first note.
func (n *Note) Resolve(p Person, now time.Time) {
	if n.ResolvedAt.IsZero() {
		n.ResolvedBy, n.ResolvedAt = p.ID, now
	}
}

// Reopen opens a thread again.
func (n *Note) Reopen() { n.ResolvedBy, n.ResolvedAt = 0, time.Time{} }

// NoteRun is a piece of a note's text: words, or "@" and the name of somebody.
type NoteRun struct {
	Text string
	Who  PersonID // whom it names; 0 = plain words
}

// NoteRuns parts a note's text where it calls people by "@" and their name. Of
// two names that begin alike the longer counts, and a name ends where its word
// does. The texts of the runs, joined, are the text.
func NoteRuns(text string, staff []Person) []NoteRun {
	var out []NoteRun
	plain := 0 // where the words begin that are in no run yet
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			break
		}
		at += i
		who, length := named(text[at+1:], staff)
		if who == 0 {
			at++
			continue
		}
		if at > plain {
			out = append(out, NoteRun{Text: text[plain:at]})
		}
		out = append(out, NoteRun{Text: text[at : at+1+length], Who: who})
		at += 1 + length
		plain = at
	}
	if plain < len(text) {
		out = append(out, NoteRun{Text: text[plain:]})
	}
	return out
}

// Mentioned are the people whom a text calls, each once.
func Mentioned(text string, staff []Person) []PersonID {
	var out []PersonID
	for _, run := range NoteRuns(text, staff) {
		if run.Who != 0 && !slices.Contains(out, run.Who) {
			out = append(out, run.Who)
		}
	}
	return out
}

// named is whose name a text begins with, and how many bytes it has; 0 =
// nobody's.
func named(text string, staff []Person) (who PersonID, length int) {
	for _, p := range staff {
		begin := text
		if rest := after(text, utf8.RuneCountInString(p.Name)); rest >= 0 {
			begin = text[:rest]
		}
		if len(begin) <= length || locale.Fold(begin) != locale.Fold(p.Name) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text[len(begin):]); len(begin) < len(text) && wordRune(next) {
			continue
		}
		who, length = p.ID, len(begin)
	}
	return who, length
}

// after is where the text goes on after so many characters; -1 = it ends before.
func after(text string, characters int) int {
	for i := range text {
		if characters == 0 {
			return i
		}
		characters--
	}
	return -1
}
