package news

import (
	"strings"
	"unicode/utf8"
)

// ViewID numbers a saved view. 0 is none.
type ViewID int64

// MaxViews is how many saved views a person has, and how many of others' they
// are shown.
const MaxViews = 50

// SavedView is a filter of the desk's list under a name.
type SavedView struct {
	ID      ViewID
	Person  PersonID // whose it is
	Name    string   // 1 to 60 characters
	Query   string   // of the list's address, without the "?"
	Shared  bool     // everybody has it beside the list
	Removed bool     // it can be taken back for a day
}

// Validate checks a view before it is kept.
func (w SavedView) Validate() error {
	if n := utf8.RuneCountInString(strings.TrimSpace(w.Name)); n == 0 || n > 60 || !readable(w.Name) {
		return Refuse(Invalid, "error.view.name", "a view's name has 1 to 60 characters").In("name")
	}
	if len(w.Query) > 2000 || strings.ContainsAny(w.Query, "#\n\\") {
		return Refuse(Invalid, "error.view.query", "this is no filter of the list").In("query")
	}
	return nil
}

// Keep checks that a person may keep, rename or remove the view. To share one
// with everybody is a chief's.
func (w SavedView) Keep(p Person, shared bool) error {
	switch {
	case w.Person != p.ID && !(w.Shared && p.Allowed(MayShareViews) == nil):
		return Refuse(Forbidden, "error.view.other", "this view is somebody else's")
	case shared != w.Shared && p.Allowed(MayShareViews) != nil:
		return p.Allowed(MayShareViews)
	}
	return nil
}
