package desk

import (
	"slices"

	"broadsheet/internal/collate"
	"broadsheet/internal/news"
)

// Clash is a place where two people changed the same words: of the body, or of
// a field.
type Clash struct {
	Field              string // "body", or the field's name
	Base, Theirs, Mine string
	Before, After      string // some words around it, in the middle of a paragraph
}

// Join puts two people's changes of one content into one. Nothing that either
// typed is missing: where both changed the same words, both stand there.
func Join(base, theirs, mine news.Content) (news.Content, []Clash) {
	out := theirs
	var clashes []Clash
	text := func(field string, into *string, b, m string) {
		t := *into
		merged, clash := collate.MergeText(b, t, m)
		if clash {
			clashes = append(clashes, Clash{Field: field, Base: b, Theirs: t, Mine: m})
		}
		*into = merged
	}
	text("kicker", &out.Kicker, base.Kicker, mine.Kicker)
	text("headline", &out.Headline, base.Headline, mine.Headline)
	text("standfirst", &out.Standfirst, base.Standfirst, mine.Standfirst)
	text("slugline", &out.Slugline, base.Slugline, mine.Slugline)
	text("place", &out.Dateline.Place, base.Dateline.Place, mine.Dateline.Place)
	text("country", &out.Dateline.Country, base.Dateline.Country, mine.Dateline.Country)
	text("source", &out.Dateline.Source, base.Dateline.Source, mine.Dateline.Source)
	text("credit", &out.Credit, base.Credit, mine.Credit)
	choose := func(field string, changed, other bool, take func()) {
		switch {
		case changed && other:
			clashes = append(clashes, Clash{Field: field})
		case changed:
			take()
		}
	}
	choose("section", mine.Section != base.Section && mine.Section != theirs.Section, theirs.Section != base.Section, func() { out.Section = mine.Section })
	choose("urgency", mine.Urgency != base.Urgency && mine.Urgency != theirs.Urgency, theirs.Urgency != base.Urgency, func() { out.Urgency = mine.Urgency })
	choose("language", mine.Language != base.Language && mine.Language != theirs.Language, theirs.Language != base.Language, func() { out.Language = mine.Language })
	out.Topics = joinList(base.Topics, theirs.Topics, mine.Topics, func(t news.TopicID) news.TopicID { return t })
	out.Bylines = joinList(base.Bylines, theirs.Bylines, mine.Bylines, func(b news.Byline) string { return b.Slug + "\x00" + b.Role })
	body := collate.Merge(base.Body, theirs.Body, mine.Body)
	out.Body = body.Body
	for _, c := range body.Clashes {
		clashes = append(clashes, Clash{"body", c.Base, c.Theirs, c.Mine, c.Before, c.After})
	}
	return out, clashes
}

// joinList joins changes of a list: what either added is in it, what either
// took out is not.
func joinList[T any, K comparable](base, theirs, mine []T, key func(T) K) []T {
	in := func(list []T, k K) bool { return slices.ContainsFunc(list, func(t T) bool { return key(t) == k }) }
	var out []T
	for _, t := range theirs {
		if in(mine, key(t)) || !in(base, key(t)) {
			out = append(out, t)
		}
	}
	for _, t := range mine {
		if !in(theirs, key(t)) && !in(base, key(t)) {
			out = append(out, t)
		}
	}
	return out
}
