package newsroom

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"unicode"

	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// typedOf is a content as it stands in the form.
func (n *Newsroom) typedOf(ctx context.Context, a opened, c news.Content) (url.Values, error) {
	topics, err := n.topicNames(ctx, c.Topics)
	if err != nil {
		return nil, err
	}
	v, comma := url.Values{}, locale.Style{Language: cmp.Or(c.Language, a.edition.Language)}.Comma()
	for name, value := range map[string]string{
		"edition": itoa(int(a.Edition)), "section": itoa(int(c.Section)), "kicker": c.Kicker, "headline": c.Headline, "standfirst": c.Standfirst,
		"slugline": c.Slugline, "place": c.Dateline.Place, "country": c.Dateline.Country,
		"source": c.Dateline.Source, "credit": c.Credit, "topics": strings.Join(topics, comma), "urgency": itoa(c.Urgency), "language": c.Language,
		"body": c.Body.Markdown(), "embargo": news.TypeMoment(a.EmbargoUntil, a.edition), "comments": string(a.CommentRule), "story": "",
	} {
		v.Set(name, value)
	}
	typeBylines(v, c.Bylines)
	return v, nil
}

// content is what was typed, with the reports of what its text could not be.
// It needs no database: topics and bylines' accounts are not in it.
func (d draft) content() (news.Content, []doc.Report) {
	body, reports := d.body()
	return desk.ReadCopy(d.get, body).Content, reports
}

// body is the text as it was typed: the editor's document, or the plain form's
// Markdown.
func (d draft) body() (doc.Body, []doc.Report) {
	if d.document != nil {
		return *d.document, nil
	}
	return doc.FromMarkdown(d.get("body"))
}

// readCopy is what was typed, as the desk takes it.
func (d draft) readCopy() (desk.Copy, desk.Facts, error) {
	if len(d.get("body")) > news.MaxArticle {
		return desk.Copy{}, desk.Facts{}, news.Refuse(news.TooLarge, "error.article.large", "an article has at most 2 MB").In("body")
	}
	if d.unread != nil {
		return desk.Copy{}, desk.Facts{}, d.unread
	}
	facts, err := desk.ReadFacts(d.get, d.Article, d.edition)
	if err != nil {
		return desk.Copy{}, facts, err
	}
	body, reports := d.body()
	c := desk.ReadCopy(d.get, body)
	if left := leftOut(reports); left != "" && left != d.get("dropped") {
		return c, facts, news.Refuse(news.Invalid, "desk.report.before-saving", "parts of the text would be left out").In("body")
	}
	desk.KeepRoles(d.get, c.Bylines, d.head.Bylines)
	return c, facts, nil
}

// leftOut names, without telling them, the readable words that saving would
// lose; "" = none. The form carries the name, so that they are lost only after
// somebody has seen the list.
func leftOut(reports []doc.Report) string {
	var all strings.Builder
	for _, r := range reports {
		if strings.HasPrefix(r.What, "dropped") && strings.ContainsFunc(r.Text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
			all.WriteString(r.What + "\x00" + r.Text + "\x00")
		}
	}
	if all.Len() == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(all.String()))
	return hex.EncodeToString(sum[:8])
}

// keepFacts keeps them where they differ from the article's.
func (n *Newsroom) keepFacts(ctx context.Context, v visit, d draft, f desk.Facts) error {
	if f.EmbargoUntil.Equal(d.EmbargoUntil) && f.CommentRule == d.CommentRule && (f.SameStoryAs == 0 || f.SameStoryAs == d.ID) {
		return nil
	}
	return n.desk.SetFacts(ctx, v.person.ID, d.ID, f)
}

// copyFields are the controls of the form by name.
func (n *Newsroom) copyFields(ctx context.Context, v visit, d draft) (map[string]field, error) {
	sections, err := n.sections(ctx, v)
	if err != nil {
		return nil, err
	}
	f, list := d.form, []field{}
	text := func(name string, more ...func(*field)) {
		list = append(list, f.field("text", name, append(more, dir("auto"))...))
	}
	area := func(name string, more ...func(*field)) {
		list = append(list, f.field("area", name, append(more, dir("auto"))...))
	}
	text("kicker", most(120), class("kicker"))
	area("headline", most(300), rows(2), class("headline"), func(c *field) { c.First = d.ID == 0 })
	area("standfirst", most(1000), rows(3), class("standfirst"))
	area("body", rows(26), class("body"))
	text("slugline", most(120))
	text("place", most(120))
	text("country", most(120))
	text("source", most(120))
	text("credit", most(200))
	text("topics")
	list = append(list,
		f.field("select", "section", choices(sectionChoices(v, d, sections))),
		f.field("select", "edition", choices(editionChoices(v))),
		f.field("select", "urgency", choices(urgencies(f.s))),
		f.field("select", "language", choices(languages(f.s, true))),
		f.field(momentKind(d.edition), "embargo", dir("ltr"), momentHint(f, d.edition, v)),
		f.field("select", "comments", choices([]option{{Value: "", Label: f.s.T("desk.comments.edition")},
			{Value: string(news.CommentsOpen), Label: f.s.T("desk.comments.on")}, {Value: string(news.CommentsClosed), Label: f.s.T("desk.comments.off")}})),
		f.field("text", "story", dir("ltr"), storyHint(f, d)))
	fields := make(map[string]field, len(list))
	for _, c := range list {
		fields[c.Name] = c
	}
	return fields, nil
}

func storyHint(f *form, d draft) func(*field) {
	return func(c *field) {
		if d.Story != 0 {
			c.Hint = f.s.T("desk.field.story.joined")
		}
	}
}

// sectionChoices are the sections of the article's edition; a new article may
// still go to any, under its edition's name.
func sectionChoices(v visit, d draft, sections sectionsOf) []option {
	out := []option{{Value: "0", Label: d.form.s.T("desk.section.none")}}
	for _, s := range sections.list {
		if d.ID == 0 || s.Edition == d.edition.ID {
			o := option{Value: itoa(int(s.ID)), Label: s.Name}
			if d.ID == 0 && len(v.editions) > 1 {
				o.Group = v.edition(s.Edition).Name
			}
			out = append(out, o)
		}
	}
	return out
}

func editionChoices(v visit) []option {
	var out []option
	for _, e := range v.editions {
		out = append(out, option{Value: itoa(int(e.ID)), Label: e.Name})
	}
	return out
}

func urgencies(s locale.Style) []option {
	var out []option
	for i := 1; i <= 8; i++ {
		label := s.Figures(itoa(i))
		if key := "desk.urgency." + itoa(i); locale.Has(s.Language, key) {
			label = s.T(key, i)
		}
		out = append(out, option{Value: itoa(i), Label: label})
	}
	return out
}
