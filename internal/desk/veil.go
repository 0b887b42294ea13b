package desk

import (
	"context"
	"slices"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// veils is the store, or an act in it.
type veils interface {
	Veiled(ctx context.Context, id news.ID, viewer news.PersonID) ([]news.Veil, error)
}

// asSeenBy is the article without what a person was not told: that somebody
// may open it because they began it.
func asSeenBy(ctx context.Context, r veils, a news.Article, p news.Person) (news.Article, error) {
	list, err := r.Veiled(ctx, a.ID, p.ID)
	if err != nil {
		return a, err
	}
	if slices.ContainsFunc(list, func(v news.Veil) bool { return v.Person == a.Creator }) {
		a.Creator = 0
	}
	return a, nil
}

// protectedAs are the protected authors of an article that a person is.
func protectedAs(ctx context.Context, tx *store.Tx, id news.ID, p news.PersonID) ([]news.ProtectedAuthor, error) {
	list, err := tx.ProtectedAuthors(ctx, id)
	return slices.DeleteFunc(list, func(o news.ProtectedAuthor) bool { return p == 0 || o.Person != p }), err
}

// notOwn refuses to be the second pair of eyes to who is a protected author of
// the article. Nobody else is told anything by it.
func notOwn(ctx context.Context, tx *store.Tx, id news.ID, p news.Person, fourEyes bool) error {
	if !fourEyes {
		return nil
	}
	own, err := protectedAs(ctx, tx, id, p.ID)
	if err == nil && len(own) > 0 {
		err = news.Refuse(news.Forbidden, "error.approve.own", "nobody approves their own article: ask a colleague, or publish with a reason")
	}
	return err
}

// veilSuggestions takes the person's number from what they suggest in an
// article of which they are a protected author: the text is read by all.
func veilSuggestions(ctx context.Context, tx *store.Tx, id news.ID, body doc.Body, p news.PersonID) (doc.Body, error) {
	own, err := protectedAs(ctx, tx, id, p)
	if err != nil || len(own) == 0 {
		return body, err
	}
	return body.Rewrite(func(c doc.Change) doc.Change {
		if c.By == int64(p) {
			c.By = int64(news.VeiledPerson)
		}
		return c
	}), nil
}

// checkProtected leaves of a list's protected bylines those that there are,
// and takes no account from a public name.
func checkProtected(ctx context.Context, tx *store.Tx, id news.ID, bylines []news.Byline) error {
	if !slices.ContainsFunc(bylines, func(b news.Byline) bool { return b.Protected != 0 }) {
		return nil
	}
	list, err := tx.ProtectedAuthors(ctx, id)
	if err != nil {
		return err
	}
	for i := range bylines {
		if !slices.ContainsFunc(list, func(o news.ProtectedAuthor) bool { return o.Number == bylines[i].Protected }) {
			bylines[i].Protected = 0
		}
		if bylines[i].Protected != 0 {
			bylines[i].Person = 0
		}
	}
	return nil
}

// writersOf are those who wrote on what waits beside a live text. A protected
// author is one of them, whoever typed it.
func writersOf(ctx context.Context, r interface {
	Writers(ctx context.Context, id news.ID, after, to int) ([]news.PersonID, error)
	ProtectedAuthors(ctx context.Context, id news.ID) ([]news.ProtectedAuthor, error)
}, a news.Article) ([]news.PersonID, error) {
	list, err := r.Writers(ctx, a.ID, a.Live, a.Head)
	if err != nil {
		return nil, err
	}
	authors, err := r.ProtectedAuthors(ctx, a.ID)
	for _, o := range authors {
		if o.Person != 0 {
			list = append(list, o.Person)
		}
	}
	return list, err
}

// protectNew protects who begins an article, before the article is there: not
// even its first event is under their name.
func (d *Desk) protectNew(ctx context.Context, tx *store.Tx, id news.ID, p news.Person, c Copy) (Copy, error) {
	if !c.Protect {
		return c, nil
	}
	author := news.ProtectedAuthor{Article: id, Number: 1, Person: p.ID, Name: p.Name, By: p.ID, At: d.now()}
	public := ""
	if len(c.Bylines) > 0 {
		public = c.Bylines[0].Name
	}
	if err := author.Validate(public); err != nil {
		return c, news.Refuse(news.Invalid, "error.protected.byline", "the first byline is the name that readers are given: a pseudonym, not your own").In("byline")
	}
	c.Bylines = slices.Clone(c.Bylines)
	c.Bylines[0].Protected = author.Number
	named := author
	named.Person = 0 // what they suggest themselves is signed later
	if named.Names(c.Content) {
		return c, news.Refuse(news.Invalid, "error.protected.in-text", "your own name stands in the text or in a field: take it out first")
	}
	return c, tx.SaveProtected(ctx, author)
}

// keepsSecret refuses to lay an article openly with its protected author, where
// the person knows that it is they. Of whoever does not know it is taken like
// any other: the answer must tell nothing.
func keepsSecret(ctx context.Context, tx *store.Tx, id news.ID, p news.Person, to news.PersonID) error {
	authors, err := protectedAs(ctx, tx, id, to)
	if err == nil && slices.ContainsFunc(authors, func(o news.ProtectedAuthor) bool { return o.KnownTo(p.ID) }) {
		err = news.Refuse(news.Invalid, "error.protected.hand", "with whom a story lies everybody sees: handed to them, it would show who the protected author is").In("person")
	}
	return err
}

// unwritten refuses a text in which somebody who knows a protected author names
// them: it would be read by all. Whoever does not know is not stopped, or names
// could be tried out.
func unwritten(ctx context.Context, tx *store.Tx, id news.ID, p news.Person, c news.Content) error {
	list, err := tx.ProtectedAuthors(ctx, id)
	if err == nil && slices.ContainsFunc(list, func(o news.ProtectedAuthor) bool { return o.KnownTo(p.ID) && o.Names(c) }) {
		err = namedInText("body")
	}
	return err
}

// unsaid is the same for words beside the text: notes, lines for the next one.
func unsaid(ctx context.Context, tx *store.Tx, id news.ID, p news.Person, field, text string) error {
	list, err := tx.ProtectedAuthors(ctx, id)
	if err == nil && slices.ContainsFunc(list, func(o news.ProtectedAuthor) bool { return o.KnownTo(p.ID) && o.In(text) }) {
		err = namedInText(field)
	}
	return err
}

func namedInText(field string) error {
	return news.Refuse(news.Invalid, "error.protected.writes", "this names the protected author: everybody at the desk would read it").In(field)
}
