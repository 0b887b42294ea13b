package desk

import (
	"strconv"
	"strings"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// ReadCopy reads an article as it stands in the fields of its form, beside the
// body. get gives a field's text by its name.
func ReadCopy(get func(field string) string, body doc.Body) Copy {
	line := func(field string) string { return strings.TrimSpace(get(field)) }
	one := func(field string) string { return strings.Join(strings.Fields(get(field)), " ") } // a text area may have broken it
	section, _ := strconv.ParseInt(line("section"), 10, 64)
	urgency, _ := strconv.Atoi(locale.ParseDigits(line("urgency")))
	return Copy{TopicNames: topicNames(get("topics")), Protect: get("protect") != "", Content: news.Content{
		Kicker: one("kicker"), Headline: one("headline"), Standfirst: one("standfirst"), Slugline: one("slugline"),
		Bylines:  news.ReadBylines(get),
		Dateline: news.Dateline{Place: line("place"), Country: line("country"), Source: line("source")},
		Credit:   line("credit"), Section: news.SectionID(section), Urgency: urgency, Language: get("language"), Body: body,
	}}
}

// topicNames reads topics parted by commas of either script, or by lines.
func topicNames(s string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",،;؛\n", r) }) {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// ReadFacts reads embargo, comment switch and story from the form of an
// article of an edition. What was not touched stays to the second.
func ReadFacts(get func(field string) string, a news.Article, e news.Edition) (Facts, error) {
	f := Facts{EmbargoUntil: a.EmbargoUntil, CommentRule: news.CommentRule(get("comments"))}
	if typed := strings.TrimSpace(get("embargo")); typed != news.TypeMoment(a.EmbargoUntil, e) {
		var err error
		if f.EmbargoUntil, err = news.ParseMoment(typed, e, "embargo"); err != nil {
			return f, err
		}
	}
	if typed := locale.ParseDigits(strings.TrimSpace(get("story"))); typed != "" {
		id, err := news.ParseID(typed)
		if err != nil {
			return f, news.Refuse(news.Invalid, "error.newsid", "%q is not a News ID", typed).In("story")
		}
		f.SameStoryAs = id
	}
	return f, nil
}

// BylineRows is the control that says that a form shows its bylines with their
// roles, in so many rows.
const BylineRows = "byline-rows"

// KeepRoles gives bylines the roles that they had, where the form did not show
// them: an older page, or a script. A protected name stays one in any case, as
// long as it stands there: no form takes a protection away.
func KeepRoles(get func(field string) string, bylines, before []news.Byline) {
	shown := get(BylineRows) != ""
	for i := range bylines {
		for _, was := range before {
			if was.Slug != bylines[i].Slug {
				continue
			}
			if !shown && bylines[i].Role == "" {
				bylines[i].Role = was.Role
			}
			if bylines[i].Protected == 0 {
				bylines[i].Protected = was.Protected
			}
		}
	}
}
