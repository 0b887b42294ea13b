package feed

import "encoding/xml"

const dublinCore = "http://purl.org/dc/elements/1.1/"

// Atom writes an Atom feed (RFC 4287). An entry's id is its permanent address.
// The feed as a whole is by the paper, so that an entry without a byline has
// an author too (section 4.1.1). It refuses an entry without an absolute
// address or a time.
func Atom(c Channel, entries []Entry) ([]byte, error) {
	if err := check(c, entries); err != nil {
		return nil, err
	}
	home, _ := address(c.HomeURL)
	self, _ := address(c.SelfURL)
	out := atomFeed{
		DC:       dublinCore,
		Language: line(c.Language),
		Title:    atomText{Type: "text", Text: line(c.Title)},
		ID:       self,
		Updated:  stamp(c.updated(entries)),
		Author:   atomPerson{Name: orDash(c.Title), URI: home},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: self},
			{Rel: "alternate", Type: "text/html", Href: home},
		},
	}
	if c.Description != "" {
		out.Subtitle = &atomText{Type: "text", Text: line(c.Description)}
	}
	if icon, err := address(c.Icon); err == nil {
		out.Icon = icon
	}
	for _, e := range entries {
		out.Entries = append(out.Entries, atomOf(c, e))
	}
	for _, g := range c.Gone {
		ref, _ := address(g.URL)
		out.Tombstones = tombstones
		out.Deleted = append(out.Deleted, atomDeleted{Ref: ref, When: stamp(g.At)})
	}
	return document(out)
}

func atomOf(c Channel, e Entry) atomEntry {
	link, _ := address(e.URL)
	entry := atomEntry{
		ID:        link,
		Title:     atomText{Type: "text", Text: line(e.Title)},
		Updated:   stamp(e.changed()),
		Published: stamp(e.Published),
		Links:     []atomLink{{Rel: "alternate", Type: "text/html", Href: link}},
	}
	if e.ID != 0 {
		entry.Identifier = e.ID.String()
	}
	if e.language(c) != c.Language {
		entry.Language = line(e.language(c))
	}
	for _, a := range e.Authors {
		page, _ := address(a.URL)
		entry.Authors = append(entry.Authors, atomPerson{Name: orDash(a.Name), URI: page})
	}
	for _, c := range e.Contributors {
		page, _ := address(c.URL)
		entry.Contributors = append(entry.Contributors, atomPerson{Name: orDash(c.Name), URI: page})
	}
	if e.Credit != "" {
		entry.Contributors = append(entry.Contributors, atomPerson{Name: orDash(e.Credit)})
	}
	for _, tag := range e.tags() {
		entry.Categories = append(entry.Categories, atomCategory{Term: tag})
	}
	if e.Summary != "" {
		entry.Summary = &atomText{Type: "text", Text: line(e.Summary)}
	}
	if content := e.contentHTML(c); content != "" {
		entry.Content = &atomText{Type: "html", Text: content}
	}
	if e.Image != nil {
		if src, err := address(e.Image.URL); err == nil {
			entry.Links = append(entry.Links, atomLink{Rel: "enclosure", Type: mediaType(e.Image.Type), Href: src})
		}
	}
	return entry
}

// tombstones is the namespace of RFC 6721: entries that are no more.
const tombstones = "http://purl.org/atompub/tombstones/1.0"

type atomDeleted struct {
	Ref  string `xml:"ref,attr"`
	When string `xml:"when,attr"`
}

// orDash: a person's name may not be empty (section 3.2.1).
func orDash(name string) string {
	if name = line(name); name != "" {
		return name
	}
	return "–"
}

type atomFeed struct {
	XMLName    xml.Name      `xml:"http://www.w3.org/2005/Atom feed"`
	DC         string        `xml:"xmlns:dc,attr"`
	Tombstones string        `xml:"xmlns:at,attr,omitempty"`
	Language   string        `xml:"xml:lang,attr,omitempty"`
	Title      atomText      `xml:"title"`
	Subtitle   *atomText     `xml:"subtitle"`
	ID         string        `xml:"id"`
	Updated    string        `xml:"updated"`
	Author     atomPerson    `xml:"author"`
	Links      []atomLink    `xml:"link"`
	Icon       string        `xml:"icon,omitempty"`
	Entries    []atomEntry   `xml:"entry"`
	Deleted    []atomDeleted `xml:"at:deleted-entry"`
}

type atomEntry struct {
	Language     string         `xml:"xml:lang,attr,omitempty"`
	ID           string         `xml:"id"`
	Title        atomText       `xml:"title"`
	Updated      string         `xml:"updated"`
	Published    string         `xml:"published"`
	Authors      []atomPerson   `xml:"author"`
	Contributors []atomPerson   `xml:"contributor"`
	Links        []atomLink     `xml:"link"`
	Categories   []atomCategory `xml:"category"`
	Identifier   string         `xml:"dc:identifier,omitempty"`
	Summary      *atomText      `xml:"summary"`
	Content      *atomText      `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}
