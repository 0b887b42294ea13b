package desk

import (
	"context"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// SaveEdition keeps an edition's settings. Owners only. The address word of an
// edition that is there already stays: its articles' addresses are for ever.
func (d *Desk) SaveEdition(ctx context.Context, who news.PersonID, e news.Edition) (news.EditionID, error) {
	if err := e.Validate(); err != nil {
		return 0, err
	}
	err := d.owned(ctx, "keep the edition", who, func(tx *store.Tx, p news.Person) error {
		editions, err := tx.Editions(ctx)
		if err != nil {
			return err
		}
		for _, other := range editions {
			if other.ID != e.ID && other.Slug == e.Slug {
				return news.Refuse(news.Conflict, "error.edition.taken", "another edition has this address").In("slug")
			}
			if other.ID != e.ID && e.Host != "" && strings.EqualFold(other.Host, e.Host) {
				return news.Refuse(news.Conflict, "error.edition.taken", "another edition has this host").In("host")
			}
			if other.ID == e.ID {
				e.Default, e.Position, e.Slug = other.Default, other.Position, other.Slug
			}
		}
		if e.ID == 0 {
			e.Default, e.Position = len(editions) == 0, len(editions)
		}
		if err := tx.SaveEdition(ctx, &e); err != nil {
			return err
		}
		return d.editionChanged(ctx, tx, p, e.ID)
	})
	return e.ID, err
}

// SaveSection keeps a section of an edition. Owners only. An empty address is
// made from the name.
func (d *Desk) SaveSection(ctx context.Context, who news.PersonID, s news.Section) (news.SectionID, error) {
	if s.Slug == "" {
		s.Slug = locale.Slug(s.Name)
	}
	if err := s.Validate(); err != nil {
		return 0, err
	}
	err := d.owned(ctx, "keep the section", who, func(tx *store.Tx, p news.Person) error {
		other, err := tx.SectionBySlug(ctx, s.Edition, s.Slug)
		if err == nil && other.ID != s.ID {
			return news.Refuse(news.Conflict, "error.section.taken", "another section has this address").In("slug")
		}
		if err != nil && news.CodeOf(err) != news.NotFound {
			return err
		}
		if s.ID != 0 {
			was, err := tx.Section(ctx, s.ID)
			if err != nil {
				return err
			}
			s.Edition, s.Slug = was.Edition, was.Slug // an address stays
		}
		if err := tx.SaveSection(ctx, &s); err != nil {
			return err
		}
		return d.editionChanged(ctx, tx, p, s.Edition)
	})
	return s.ID, err
}

// SavePaper keeps the house's own settings. Owners only.
func (d *Desk) SavePaper(ctx context.Context, who news.PersonID, paper news.Paper) error {
	return d.owned(ctx, "keep the paper's settings", who, func(tx *store.Tx, _ news.Person) error {
		return tx.SavePaper(ctx, paper)
	})
}

// SetUp is what the first owner answers.
type SetUp struct {
	Edition  news.Edition
	Sections []string // names, in order; at least one
}

// SetUp gives a new paper its first edition and sections, once.
func (d *Desk) SetUp(ctx context.Context, who news.PersonID, s SetUp) error {
	s.Edition.Default = true
	if s.Edition.Slug == "" {
		s.Edition.Slug = s.Edition.Language
	}
	if err := s.Edition.Validate(); err != nil {
		return err
	}
	if len(s.Sections) == 0 {
		return news.Refuse(news.Invalid, "error.setup.sections", "a paper needs at least one section").In("sections")
	}
	return d.owned(ctx, "set up the paper", who, func(tx *store.Tx, p news.Person) error {
		paper, err := tx.Paper(ctx)
		if err != nil {
			return err
		}
		if paper.SetUp {
			return news.Refuse(news.Conflict, "error.setup.done", "the paper is set up already")
		}
		e := s.Edition
		if err := tx.SaveEdition(ctx, &e); err != nil {
			return err
		}
		for i, name := range s.Sections {
			section := news.Section{Edition: e.ID, Name: name, Slug: locale.Slug(name), Position: i}
			if err := section.Validate(); err != nil {
				return err
			}
			if err := tx.SaveSection(ctx, &section); err != nil {
				return err
			}
		}
		paper.Name, paper.Language, paper.SetUp = e.Name, e.Language, true
		if err := tx.SavePaper(ctx, paper); err != nil {
			return err
		}
		return d.editionChanged(ctx, tx, p, e.ID)
	})
}

func (d *Desk) owned(ctx context.Context, name string, who news.PersonID, do func(*store.Tx, news.Person) error) error {
	return d.store.Write(ctx, name, func(tx *store.Tx) error {
		p, err := staff(ctx, tx, who)
		if err != nil {
			return err
		}
		if p.Allowed(news.MayKeepSetting) != nil {
			return news.Refuse(news.Forbidden, "error.owner", "only an owner may change the settings")
		}
		return do(tx, p)
	})
}

func (d *Desk) editionChanged(ctx context.Context, tx *store.Tx, p news.Person, e news.EditionID) error {
	return tx.AddEvent(ctx, news.Event{Kind: news.EventEdition, At: d.now(), Actor: p.ID, Edition: e, Touched: news.Touched{Public: true}})
}
