package store

import (
	"context"
	"slices"
	"strings"

	"broadsheet/internal/news"
)

// Desks lists the desks by name, with their sections and members.
func (q queries) Desks(ctx context.Context) ([]news.Desk, error) {
	desks, err := all(ctx, q, `SELECT id, edition_id, slug, name, stages FROM desk ORDER BY name, id`, nil, scanDesk)
	if err != nil || len(desks) == 0 {
		return desks, err
	}
	return desks, q.deskPeople(ctx, desks)
}

// Desk reads one desk.
func (q queries) Desk(ctx context.Context, id news.DeskID) (news.Desk, error) {
	d, err := one(ctx, q, `SELECT id, edition_id, slug, name, stages FROM desk WHERE id = $1`, []any{id}, scanDesk)
	if err != nil {
		return d, err
	}
	list := []news.Desk{d}
	err = q.deskPeople(ctx, list)
	return list[0], err
}

func scanDesk(r scanner) (news.Desk, error) {
	var d news.Desk
	var stages string
	err := r.Scan(&d.ID, &d.Edition, &d.Slug, &d.Name, &stages)
	if stages != "" {
		d.Stages = strings.Split(stages, "\n") // no stage's name holds a line's end
	}
	return d, err
}

// deskPeople gives desks their sections and members, leads first.
func (q queries) deskPeople(ctx context.Context, desks []news.Desk) error {
	of := func(id news.DeskID) *news.Desk {
		i := slices.IndexFunc(desks, func(d news.Desk) bool { return d.ID == id })
		if i < 0 {
			return &news.Desk{}
		}
		return &desks[i]
	}
	_, err := all(ctx, q, `SELECT desk_id, section_id FROM desk_section ORDER BY desk_id, section_id`, nil, func(r scanner) (none struct{}, err error) {
		var desk news.DeskID
		var section news.SectionID
		if err = r.Scan(&desk, &section); err == nil {
			d := of(desk)
			d.Sections = append(d.Sections, section)
		}
		return none, err
	})
	if err != nil {
		return err
	}
	_, err = all(ctx, q, `SELECT desk_id, person_id, lead FROM desk_member ORDER BY lead DESC, person_id`, nil, func(r scanner) (none struct{}, err error) {
		var desk news.DeskID
		var m news.Member
		if err = r.Scan(&desk, &m.Person, &m.Lead); err == nil {
			d := of(desk)
			d.Members = append(d.Members, m)
		}
		return none, err
	})
	return err
}

// SaveDesk keeps a desk with its sections and members; without a number it is
// given one. An address word that another desk has is news.Conflict.
func (tx *Tx) SaveDesk(ctx context.Context, d *news.Desk) error {
	if d.ID == 0 {
		n, err := tx.nextNumber(ctx, "desk")
		if err != nil {
			return err
		}
		d.ID = news.DeskID(n)
	}
	err := tx.exec(ctx, `INSERT INTO desk (id, edition_id, slug, name, stages) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET edition_id = excluded.edition_id, slug = excluded.slug, name = excluded.name, stages = excluded.stages`,
		d.ID, d.Edition, d.Slug, d.Name, strings.Join(d.Stages, "\n"))
	if err != nil {
		return err
	}
	if err := tx.emptyDesk(ctx, d.ID); err != nil {
		return err
	}
	for _, s := range d.Sections {
		if err := tx.exec(ctx, `INSERT INTO desk_section (desk_id, section_id) VALUES ($1, $2)`, d.ID, s); err != nil {
			return err
		}
	}
	for _, m := range d.Members {
		if err := tx.exec(ctx, `INSERT INTO desk_member (desk_id, person_id, lead) VALUES ($1, $2, $3)`, d.ID, m.Person, m.Lead); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) emptyDesk(ctx context.Context, id news.DeskID) error {
	if err := tx.exec(ctx, `DELETE FROM desk_section WHERE desk_id = $1`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM desk_member WHERE desk_id = $1`, id)
}

// RemoveDesk takes a desk away. Its number is not given again.
func (tx *Tx) RemoveDesk(ctx context.Context, id news.DeskID) error {
	if err := tx.emptyDesk(ctx, id); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM desk WHERE id = $1`, id)
}
