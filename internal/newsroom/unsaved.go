package newsroom

import (
	"context"
	"errors"
	"strings"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// unsaved is who has typed what is in no revision yet, as the pages of an
// article say it.
type unsaved struct {
	Lines []string
	Told  string // whose it is, for the forms of the page: an act goes on beside what its person was told
	Link  string
}

func (n *Newsroom) unsaved(ctx context.Context, v visit, a opened) (unsaved, error) {
	out := unsaved{Link: a.link("drafts")}
	list, err := n.desk.Unsaved(ctx, a.head)
	if err != nil {
		return out, err
	}
	who := n.names(ctx, v.person.ID)
	var told []string
	for _, u := range list {
		name, err := who.of(a.ID, u.Person)
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, unsavedText(a, v, u, name))
		number, err := who.number(a.ID, u.Person)
		if err != nil {
			return out, err
		}
		if u.Person != v.person.ID {
			told = append(told, itoa(int(number)))
		}
	}
	out.Told = strings.Join(told, ",")
	return out, nil
}

func unsavedText(a opened, v visit, u desk.Unsaved, name string) string {
	key := "desk.draft.writing"
	switch {
	case u.Person == v.person.ID:
		key = "desk.draft.own"
	case v.now.Sub(u.At) > desk.Pause:
		key = "desk.draft.wrote"
	}
	at := momentOf(a.style, u.At, v.now).Text
	if u.Words == 0 {
		return a.style.T(key+".changes", name, at)
	}
	return a.style.T(key, name, at, a.style.T("desk.words", u.Words))
}

// ready folds in what the person typed themselves, before they act, and
// refuses an act on a text beside which a colleague has typed more than its
// page said.
func (n *Newsroom) ready(ctx context.Context, v visit, a opened, f *form, act string) error {
	if err := n.foldOwn(ctx, v, a, act); err != nil {
		return err
	}
	if !onRead[act] {
		return nil
	}
	list, err := n.desk.Unsaved(ctx, a.head)
	if err != nil {
		return err
	}
	told, who := ","+f.get("told")+",", n.names(ctx, v.person.ID)
	for _, u := range list {
		number, err := who.number(a.ID, u.Person)
		if err != nil {
			return err
		}
		if u.Person == v.person.ID || strings.Contains(told, ","+itoa(int(number))+",") {
			continue
		}
		name, err := who.of(a.ID, u.Person)
		if err != nil {
			return err
		}
		return news.Refuse(news.Conflict, "error.draft.unseen", "%s is writing: what is typed is in no revision yet", name)
	}
	return nil
}

// onRead are the acts on a text that somebody has read.
var onRead = map[string]bool{"approved": true, "published": true, "scheduled": true, "corrected": true}

// foldOwn makes a revision of what the person has typed. An article that ends
// is not held up by it: the text stays in the log.
func (n *Newsroom) foldOwn(ctx context.Context, v visit, a opened, act string) error {
	err := n.desk.FoldOwn(ctx, v.person.ID, a.ID)
	var collision *desk.Collision
	switch {
	case act == "killed" || act == "spiked" || act == "revived" || act == "returned" || act == "taken-down" || act == "labelled" || act == "indexed":
		if code := news.CodeOf(err); code == "" || code == news.Unavailable {
			return err
		}
		return nil
	case errors.As(err, &collision):
		return news.Refuse(news.Conflict, "error.draft.clash", "what you typed and what a colleague saved clash: compare them first")
	}
	return err
}
