package desk

import (
	"context"
	"slices"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Protecting is what somebody says of a protected author.
type Protecting struct {
	Public  string        // the name that readers are given
	Name    string        // the real one; "" = that of Person
	Person  news.PersonID // their account; 0 = they have none
	Knowers []news.PersonID
}

// Protect puts a protected byline on an article: readers and colleagues are
// given the public name, and who it stands for is kept apart. A story in which
// the real name stands already is refused: what colleagues could read cannot
// be taken back. An article that lies with the author lies with nobody then.
func (d *Desk) Protect(ctx context.Context, who news.PersonID, id news.ID, s Protecting) error {
	return d.store.Write(ctx, "protect the byline", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := mayProtect(a, p); err != nil {
			return err
		}
		there, err := tx.ProtectedAuthors(ctx, id)
		if err != nil {
			return err
		}
		author, err := d.author(ctx, tx, id, p, s, len(there)+1)
		if err != nil {
			return err
		}
		if done, err := d.protectedBefore(ctx, tx, a, there, author, s.Public); done || err != nil {
			return err
		}
		if err := unnamed(ctx, tx, a, author); err != nil {
			return err
		}
		if err := d.leaveUnplaced(ctx, tx, &a, author, p); err != nil {
			return err
		}
		if err := d.keepProtected(ctx, tx, author, s.Knowers, p); err != nil {
			return err
		}
		head, err := tx.Revision(ctx, id, a.Head)
		if err != nil {
			return err
		}
		content := head.Content
		content.Bylines = withProtected(content.Bylines, s.Public, author.Number)
		v, err := revisionOf(&a, content, p.ID)
		if err != nil {
			return err
		}
		return d.keepRevision(ctx, tx, a, v, p, nil, news.Event{Kind: news.EventProtected})
	})
}

func mayProtect(a news.Article, p news.Person) error {
	if err := a.Allows(p, news.MayProtect); err != nil {
		return err
	}
	return a.CanEdit(p)
}

// author reads who the byline is to stand for.
func (d *Desk) author(ctx context.Context, tx *store.Tx, id news.ID, p news.Person, s Protecting, number int) (news.ProtectedAuthor, error) {
	out := news.ProtectedAuthor{Article: id, Number: number, Person: s.Person, Name: strings.Join(strings.Fields(s.Name), " "), By: p.ID, At: d.now()}
	if s.Person != 0 {
		person, err := tx.Person(ctx, s.Person)
		if err != nil {
			return out, news.Refuse(news.Invalid, "error.hand.person", "this person is not on the staff any more").In("person")
		}
		out.Name = person.Name
	}
	return out, out.Validate(s.Public)
}

// protectedBefore reports whether the same was done already: the answer to a
// form that is sent twice.
func (d *Desk) protectedBefore(ctx context.Context, tx *store.Tx, a news.Article, there []news.ProtectedAuthor, author news.ProtectedAuthor, public string) (bool, error) {
	head, err := tx.Revision(ctx, a.ID, a.Head)
	if err != nil {
		return false, err
	}
	for _, was := range there {
		if was.By == author.By && was.Person == author.Person && was.Name == author.Name &&
			slices.ContainsFunc(head.Bylines, func(b news.Byline) bool { return b.Protected == was.Number && b.Slug == locale.Slug(public) }) {
			return true, nil
		}
	}
	return false, nil
}

// withProtected is the list with the public name in it, as a protected one.
func withProtected(bylines []news.Byline, public string, number int) []news.Byline {
	b := news.Byline{Name: strings.Join(strings.Fields(public), " "), Slug: locale.Slug(public), Protected: number}
	out := slices.Clone(bylines)
	if i := slices.IndexFunc(out, func(o news.Byline) bool { return o.Slug == b.Slug && o.Protected == 0 }); i >= 0 {
		b.Role = out[i].Role
		out[i] = b
		return out
	}
	return append(out, b)
}

// unnamed refuses an article that names the author anywhere in what a
// colleague may read: revisions, notes in the margin, the record, what others
// type.
func unnamed(ctx context.Context, tx *store.Tx, a news.Article, author news.ProtectedAuthor) error {
	named := news.Refuse(news.Conflict, "error.protected.named", "the name stands in this story already: begin a new one under a protected byline").In("name")
	revisions, err := tx.Revisions(ctx, a.ID, a.Head)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(revisions, func(v news.Revision) bool { return author.Names(v.Content) }) {
		return named
	}
	notes, err := tx.Notes(ctx, a.ID, news.MaxNotes)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(notes, func(n news.Note) bool { return author.In(n.Text) }) {
		return named
	}
	events, err := tx.ArticleEvents(ctx, a.ID, 100_000)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(events, func(e news.Event) bool { return author.In(e.Note) }) {
		return named
	}
	tabs, err := tx.PendingDrafts(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, t := range tabs {
		state, err := tx.Draft(ctx, a.ID, t.Person, t.Tab, t.Seq)
		if err != nil {
			return err
		}
		if t.Person != author.Person && author.In(state.Copy) {
			return named
		}
	}
	return nil
}

// leaveUnplaced takes the article from the author, in the plan too: with whom
// it lies, everybody sees.
func (d *Desk) leaveUnplaced(ctx context.Context, tx *store.Tx, a *news.Article, author news.ProtectedAuthor, p news.Person) error {
	planned, err := tx.AssignmentOf(ctx, a.ID)
	if err != nil && news.CodeOf(err) != news.NotFound {
		return err
	}
	if planned.ID != 0 && author.Person != 0 && planned.Person == author.Person {
		planned.Person, planned.ChangedBy, planned.ChangedAt = 0, p.ID, d.now()
		if err := tx.SaveAssignment(ctx, &planned); err != nil {
			return err
		}
	}
	at, err := tx.Placement(ctx, a.ID)
	if err != nil || author.Person == 0 || at.Person != author.Person {
		return err
	}
	at.Person, at.By, at.At = 0, p.ID, d.now()
	a.Assignee = 0
	return tx.SavePlacement(ctx, at)
}

// keepProtected keeps the author and tells those who are named.
func (d *Desk) keepProtected(ctx context.Context, tx *store.Tx, author news.ProtectedAuthor, knowers []news.PersonID, p news.Person) error {
	if err := tx.SaveProtected(ctx, author); err != nil {
		return err
	}
	for _, k := range knowers {
		if k == author.Person || k == author.By {
			continue
		}
		person, err := tx.Person(ctx, k)
		if err != nil || !person.May(news.Contributor) {
			return news.Refuse(news.Invalid, "error.hand.person", "this person is not on the staff any more").In("knowers")
		}
		if err := tx.TellProtected(ctx, author, k, p.ID, d.now()); err != nil {
			return err
		}
	}
	return nil
}

// TellProtected sets to whom beside the author and who set it the name is open.
// Only those two may; to anybody else it is as if there were no such byline.
func (d *Desk) TellProtected(ctx context.Context, who news.PersonID, id news.ID, number int, knowers []news.PersonID) error {
	return d.store.Write(ctx, "tell a protected name", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		list, err := tx.ProtectedAuthors(ctx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(o news.ProtectedAuthor) bool { return o.Number == number })
		if i < 0 || p.ID != list[i].Person && p.ID != list[i].By {
			return notTold()
		}
		author := list[i]
		changed := false
		for _, k := range author.Knowers {
			if !slices.Contains(knowers, k) {
				changed = true
				if err := tx.UntellProtected(ctx, author, k); err != nil {
					return err
				}
			}
		}
		changed = changed || slices.ContainsFunc(knowers, func(k news.PersonID) bool { return !author.KnownTo(k) })
		if !changed {
			return nil
		}
		if err := d.keepProtected(ctx, tx, author, knowers, p); err != nil {
			return err
		}
		return tx.AddEvent(ctx, news.Event{Kind: news.EventTold, At: d.now(), Actor: p.ID, Edition: a.Edition, Article: id})
	})
}

func notTold() error {
	return news.Refuse(news.Forbidden, "error.protected.untold", "who a protected byline stands for is told to named people only")
}

// Protected are the protected authors of an article whom the person was told;
// hidden is how many there are beside them.
func (d *Desk) Protected(ctx context.Context, p news.Person, id news.ID) (told []news.ProtectedAuthor, hidden int, err error) {
	list, err := d.store.ProtectedAuthors(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	for _, one := range list {
		if one.KnownTo(p.ID) {
			told = append(told, one)
		} else {
			hidden++
		}
	}
	return told, hidden, nil
}
