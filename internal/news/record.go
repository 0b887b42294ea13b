package news

import (
	"slices"
	"strings"
)

// ActKind is a sort of act, as somebody looks for it in the record.
type ActKind string

// actKinds are the sorts with their events; a word that ends in a dot stands
// for all that begin so.
var actKinds = []struct {
	kind   ActKind
	events []string
}{
	{"writing", []string{"article.created", "article.edited", "article.restored", "article.settings", "suggestion."}},
	{"review", []string{"article.submitted", "article.returned", "article.approved"}},
	{"publishing", []string{"article.scheduled", "article.unscheduled", "article.published", "article.labelled", "article.late"}},
	{"changes", []string{"article.corrected", "article.anonymised", "change."}},
	{"withdrawals", []string{"article.killed", "article.spiked", "article.revived", "article.taken-down", "article.unindexed", "article.indexed"}},
	{"handing", []string{"article.handed", "article.passed", "article.taken", "assignment."}},
	{"protection", []string{"article.protected", "article.told"}},
	{"previews", []string{"article.shown", "article.unshown"}},
	{"notes", []string{"note."}},
	{"readers", []string{"comment.", "request."}},
	{"house", []string{"edition.", "person.", "desk.", "style."}},
}

// ActKinds lists the sorts of acts.
func ActKinds() []ActKind {
	list := make([]ActKind, len(actKinds))
	for i, k := range actKinds {
		list[i] = k.kind
	}
	return list
}

// Has reports whether an event is of that sort. The empty sort has all.
func (k ActKind) Has(e EventKind) bool {
	if k == "" {
		return true
	}
	for _, one := range actKinds {
		if one.kind == k {
			return slices.ContainsFunc(one.events, func(name string) bool {
				return name == string(e) || strings.HasSuffix(name, ".") && strings.HasPrefix(string(e), name)
			})
		}
	}
	return false
}
