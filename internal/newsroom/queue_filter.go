package newsroom

import (
	"context"

	"broadsheet/internal/news"
)

// choices writes the filter as a sentence of links.
func (p *queuePage) choices(v visit, f filter, sections sectionsOf) {
	state := func(s news.State, key string) {
		p.States = append(p.States, choice{Label: p.T(key), Link: f.with(func(f *filter) { f.state, f.below, f.text = s, news.Place{}, "" }), Chosen: f.state == s && f.text == ""})
	}
	if f.desk == "" {
		state("", "desk.list.all")
	} else {
		state("", "desk.list.open") // a desk's queue is what is not out yet
	}
	for _, s := range news.States() {
		state(s, "desk.state."+stateKey(s))
	}
	whose := func(mine bool, key string) {
		p.Whose = append(p.Whose, choice{Label: p.T(key), Link: f.with(func(f *filter) { f.mine, f.below, f.text = mine, news.Place{}, "" }), Chosen: f.mine == mine})
	}
	if p.Editor {
		whose(false, "desk.list.everyone")
		whose(true, "desk.list.mine")
	}
	section := func(id news.SectionID, name, lang string) {
		p.Sections = append(p.Sections, choice{Label: name, Lang: lang, Link: f.with(func(f *filter) { f.section, f.below, f.text = id, news.Place{}, "" }), Chosen: f.section == id})
	}
	// of several editions the sections are offered once one is chosen
	if len(v.editions) == 1 || f.edition != 0 || f.section != 0 {
		section(0, p.T("desk.list.every-section"), "")
		for _, s := range sections.list {
			if f.edition == 0 || s.Edition == f.edition {
				section(s.ID, s.Name, v.edition(s.Edition).Language)
			}
		}
	}
	if len(v.editions) > 1 {
		edition := func(id news.EditionID, name, lang string) {
			p.Editions = append(p.Editions, choice{Label: name, Lang: lang, Chosen: f.edition == id,
				Link: f.with(func(f *filter) { f.edition, f.section, f.below, f.text = id, 0, news.Place{}, "" })})
		}
		edition(0, p.T("desk.list.every-edition"), "")
		for _, e := range v.editions {
			edition(e.ID, e.Name, e.Language)
		}
	}
}

// emptyWords say what would be here, and how to get it.
func (p *queuePage) emptyWords(f filter, desks desksOf) string {
	switch {
	case f.desk != "" && desks.bySlug(f.desk).ID == 0:
		return p.T("desk.list.empty.desk-gone")
	case f.text != "":
		return p.T("desk.list.empty.search", f.text)
	case !f.below.At.IsZero():
		return p.T("desk.list.empty.older")
	case f.desk != "" && f.state == "" && f.section == 0 && f.person == 0 && !f.mine:
		return p.T("desk.list.empty.desk")
	case f.desk != "" || f.person != 0 || f.section != 0 || f.edition != 0 || f.mine && f.state != "":
		return p.T("desk.list.empty.filter")
	case f.state != "":
		return p.T("desk.list.empty." + stateKey(f.state))
	}
	return p.T("desk.list.empty.all")
}

// stateKey is a state's name as message keys write it.
func stateKey(s news.State) string {
	if s == news.InReview {
		return "in-review"
	}
	return string(s)
}

const heldAtMost = 50 // comments that are counted for the list's head

// heldWords say how many comments wait for the person; "" = none.
func (n *Newsroom) heldWords(ctx context.Context, v visit) (string, error) {
	if !v.person.May(news.Editor) {
		return "", nil
	}
	held, next, err := n.comments.Queue(ctx, v.person, news.CommentHeld, news.Place{}, heldAtMost)
	switch {
	case err != nil:
		return "", err
	case !next.At.IsZero():
		return v.style().T("desk.list.held.more", heldAtMost), nil
	case len(held) == 0:
		return "", nil
	}
	return v.style().T("desk.list.held", len(held)), nil
}

// sectionsOf are the sections of all editions, in their order.
type sectionsOf struct{ list []news.Section }

func (n *Newsroom) sections(ctx context.Context, v visit) (sectionsOf, error) {
	var all sectionsOf
	for _, e := range v.editions {
		list, err := n.store.Sections(ctx, e.ID)
		if err != nil {
			return all, err
		}
		all.list = append(all.list, list...)
	}
	return all, nil
}

func (s sectionsOf) name(id news.SectionID) string {
	for _, section := range s.list {
		if section.ID == id {
			return section.Name
		}
	}
	return ""
}
