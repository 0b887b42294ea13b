package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/collate"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Typing is a state of what somebody types in one window, as the browser
// sends it: the whole copy as JSON, or how it differs from a state that was
// kept before.
type Typing struct {
	Tab    string // names the window: 8 to 40 of a-z, 0-9 and "-"
	Seq    int64  // the window's count of its states, from 1
	Base   int    // the revision that it was typed on
	Copy   string // "" = Change of the state After
	After  int64
	Change store.Splice
}

// Window is a window's state.
type Window struct {
	Tab string `json:"tab"`
	Seq int64  `json:"seq"`
}

// Kept is the answer to a state that was kept.
type Kept struct {
	store.DraftTab
	Head   int   // the article's newest revision
	Barred error // why the text cannot become a revision now; it is kept all the same
}

// mostFields is how many bytes the fields of a copy may have beside its body.
const mostFields = 64 << 10

var tabName = regexp.MustCompile(`^[a-z0-9-]{8,40}$`)

// KeepDraft adds what a person types to the log of their window. Whoever may
// open the article is taken, whoever holds it, whatever revision the text
// stands on and whatever the time in the browser: what counts is the order of
// arrival and the window's own count. The same state sent again is kept once.
// A document that is not in the schema is refused, and one over 2 MB.
func (d *Desk) KeepDraft(ctx context.Context, who news.PersonID, id news.ID, t Typing) (Kept, error) {
	var kept Kept
	if !tabName.MatchString(t.Tab) || t.Seq < 1 || t.Base < 0 {
		return kept, news.Refuse(news.Invalid, "error.draft.state", "a window, its count or its revision is missing")
	}
	text, err := d.wholeCopy(ctx, who, id, t)
	if err != nil {
		return kept, err
	}
	read, err := readTyped(text)
	if err != nil {
		return kept, err
	}
	state := store.Draft{Article: id, Person: who, Tab: t.Tab, Seq: t.Seq, Base: t.Base, At: d.now(), Words: read.body.Words(), Copy: text}
	err = d.store.Write(ctx, "keep what was typed", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if t.Base > a.Head {
			return news.Refuse(news.Conflict, "error.draft.revision", "there is no revision %d yet", t.Base).In("base")
		}
		kept = Kept{Head: a.Head, Barred: a.CanEdit(p)}
		if kept.DraftTab, err = tx.KeepDraft(ctx, state); err != nil {
			return err
		}
		return d.typing(ctx, tx, a, p.ID)
	})
	return kept, err
}

// wholeCopy is the text of a state. Where the state before it is not there,
// the browser is asked for the whole.
func (d *Desk) wholeCopy(ctx context.Context, who news.PersonID, id news.ID, t Typing) (string, error) {
	if t.Copy != "" {
		return t.Copy, nil
	}
	before, err := d.store.Draft(ctx, id, who, t.Tab, t.After)
	if err == nil {
		before.Copy, err = t.Change.Apply(before.Copy)
	}
	if err != nil && news.CodeOf(err) != news.Unavailable {
		return "", news.Refuse(news.Conflict, "error.draft.whole", "the text before it is not here: send the whole").In("after")
	}
	return before.Copy, err
}

// typed is a copy as a browser sends it.
type typed struct {
	fields map[string]string
	body   doc.Body
}

func (t typed) get(field string) string { return t.fields[field] }

// readTyped reads a copy: an object of the form's fields as strings, and the
// document.
func readTyped(text string) (typed, error) {
	t := typed{fields: map[string]string{}}
	large := news.Refuse(news.TooLarge, "error.article.large", "an article has at most 2 MB").In("body")
	if len(text) > news.MaxArticle+mostFields {
		return t, large
	}
	rest := len(text)
	dec := json.NewDecoder(strings.NewReader(text))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return t, malformedCopy(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return t, malformedCopy(err)
		}
		if key == "document" {
			var raw json.RawMessage
			if err := dec.Decode(&raw); err != nil {
				return t, refusedDocument(err)
			}
			if len(raw) > doc.MaxBytes {
				return t, large
			}
			if err := t.body.UnmarshalJSON(raw); err != nil {
				return t, refusedDocument(err)
			}
			rest -= len(raw)
			continue
		}
		var value string
		if err := dec.Decode(&value); err != nil {
			return t, malformedCopy(err)
		}
		t.fields[key.(string)] = strings.ReplaceAll(value, "\r\n", "\n")
	}
	if _, err := dec.Token(); err != nil {
		return t, malformedCopy(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return t, malformedCopy(err)
	}
	if rest > mostFields {
		return t, large
	}
	return t, nil
}

// TypedCopy reads a copy as a browser sends it, and the edition it is for.
func TypedCopy(text string) (Copy, news.EditionID, error) {
	t, err := readTyped(text)
	edition, _ := strconv.ParseInt(strings.TrimSpace(t.get("edition")), 10, 64)
	return t.copy(), news.EditionID(edition), err
}

func refusedDocument(err error) error {
	return news.Refuse(news.Invalid, "error.draft.document", "the document is not taken: %v", err).In("body")
}

func malformedCopy(err error) error {
	e := news.Refuse(news.Invalid, "error.draft.copy", "this is not the copy of an article")
	e.Err = err
	return e
}

// copy is what was typed as the desk takes it.
func (t typed) copy() Copy { return ReadCopy(t.get, t.body) }

// Unsaved is text of a person that is in no revision yet.
type Unsaved struct {
	Person news.PersonID
	Words  int // that the newest revision does not have
	At     time.Time
	store.DraftTab
}

// mostUnsaved bounds how many windows of one article are looked into for a page.
const mostUnsaved = 20

// Unsaved lists who has typed what the newest revision does not have, one
// entry a person, the last first.
func (d *Desk) Unsaved(ctx context.Context, head news.Revision) ([]Unsaved, error) {
	tabs, err := d.store.PendingDrafts(ctx, head.Article)
	if err != nil {
		return nil, err
	}
	var out []Unsaved
	seen := map[news.PersonID]bool{}
	for i, t := range tabs {
		if seen[t.Person] || i == mostUnsaved {
			continue
		}
		read, err := d.typedIn(ctx, t, t.Seq)
		if err != nil {
			return nil, err
		}
		if sameText(read.copy().Content, head.Content) {
			continue
		}
		seen[t.Person] = true
		added, _ := collate.Counts(head.Body, read.body)
		out = append(out, Unsaved{Person: t.Person, Words: added, At: t.At, DraftTab: t})
	}
	return out, nil
}

// typedIn reads a state of a log.
func (d *Desk) typedIn(ctx context.Context, t store.DraftTab, seq int64) (typed, error) {
	state, err := d.store.Draft(ctx, t.Article, t.Person, t.Tab, seq)
	if err != nil {
		return typed{}, err
	}
	read, err := readTyped(state.Copy)
	if err != nil {
		return read, fmt.Errorf("read what was typed: %w", err)
	}
	return read, nil
}

// sameText compares two contents but for what only the database adds: the
// numbers of topics and of bylines' accounts.
func sameText(a, b news.Content) bool {
	plain := func(c news.Content) news.Content {
		c.Topics = nil
		names := make([]news.Byline, len(c.Bylines))
		for i, b := range c.Bylines {
			names[i] = news.Byline{Name: b.Name, Slug: b.Slug, Role: b.Role, Protected: b.Protected}
		}
		c.Bylines = names
		if c.Urgency == 0 {
			c.Urgency = 4
		}
		return c
	}
	return sameContent(plain(a), plain(b))
}

// LeaveDraft notes that a person is done with what they typed in a window. It
// stays in the log and is no longer offered.
func (d *Desk) LeaveDraft(ctx context.Context, who news.PersonID, id news.ID, w Window) error {
	return d.store.Write(ctx, "leave what was typed", func(tx *store.Tx) error {
		if _, _, err := load(ctx, tx, who, id); err != nil {
			return err
		}
		return tx.SettleDraft(ctx, id, who, w.Tab, w.Seq, 0)
	})
}
