package importer

import (
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// places finds the section an item belongs to.
type places struct {
	fixed news.SectionID
	first news.Section
	known map[string]news.SectionID // slug or folded name → section
}

func newPlaces(sections []news.Section, fixed news.SectionID) *places {
	p := &places{fixed: fixed, first: sections[0], known: map[string]news.SectionID{}}
	for _, s := range sections {
		p.known[s.Slug], p.known[locale.Fold(s.Name)] = s.ID, s.ID
	}
	return p
}

// find returns the section, and a sentence where it had to be chosen.
func (p *places) find(name string) (news.SectionID, string) {
	if p.fixed != 0 {
		return p.fixed, ""
	}
	for _, key := range []string{name, locale.Slug(name), locale.Fold(name)} {
		if id, ok := p.known[key]; ok && key != "" {
			return id, ""
		}
	}
	if name == "" {
		return p.first.ID, "No section is named; it went to " + p.first.Name + "."
	}
	return p.first.ID, "There is no section " + name + "; it went to " + p.first.Name + "."
}
