package feed

import (
	"encoding/xml"
	"html"
	"time"
)

// RSS writes RSS 2.0 (RSS Advisory Board, 2.0.11) with the full text in
// content:encoded, bylines in dc:creator and the feed's own address in
// atom:link. It refuses an entry without an absolute address or a time.
func RSS(c Channel, entries []Entry) ([]byte, error) {
	if err := check(c, entries); err != nil {
		return nil, err
	}
	home, _ := address(c.HomeURL)
	self, _ := address(c.SelfURL)
	channel := rssChannel{
		Title:         line(c.Title),
		Link:          home,
		Description:   line(c.Description),
		Language:      line(c.Language),
		LastBuildDate: c.updated(entries).Format(time.RFC1123Z),
		Self:          rssSelf{Href: self, Rel: "self", Type: "application/rss+xml"},
	}
	if icon, err := address(c.Icon); err == nil {
		channel.Image = &rssImage{URL: icon, Title: channel.Title, Link: home}
	}
	for _, e := range entries {
		channel.Items = append(channel.Items, rssOf(c, e))
	}
	return document(rss{
		Version: "2.0",
		Atom:    "http://www.w3.org/2005/Atom",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Media:   "http://search.yahoo.com/mrss/",
		Channel: channel,
	})
}

func rssOf(c Channel, e Entry) rssItem {
	link, _ := address(e.URL)
	item := rssItem{
		Title:       line(e.Title),
		Link:        link,
		GUID:        rssGUID{PermaLink: true, Value: link},
		PubDate:     e.Published.Format(time.RFC1123Z),
		Categories:  e.tags(),
		Description: html.EscapeString(line(e.Summary)), // an item's description is HTML
	}
	if e.ID != 0 {
		item.Identifier = e.ID.String()
	}
	for _, a := range e.Authors {
		item.Creators = append(item.Creators, line(a.Name))
	}
	for _, c := range e.Contributors {
		item.Contributors = append(item.Contributors, line(c.Name))
	}
	if credit := line(e.Credit); credit != "" {
		item.Contributors = append(item.Contributors, credit)
	}
	if e.language(c) != c.Language {
		item.Language = line(e.language(c))
	}
	if e.Updated.After(e.Published) {
		item.Updated = stamp(e.Updated)
	}
	if content := e.contentHTML(c); content != "" {
		item.Content = &cdata{content}
	}
	if e.Image != nil {
		if src, err := address(e.Image.URL); err == nil {
			item.Media = &rssMedia{URL: src, Type: line(e.Image.Type), Medium: "image", Width: e.Image.Width,
				Height: e.Image.Height, Description: line(e.Image.Alt), Credit: line(e.Image.Credit)}
		}
	}
	return item
}

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title         string    `xml:"title"`
	Link          string    `xml:"link"`
	Description   string    `xml:"description"`
	Language      string    `xml:"language,omitempty"`
	LastBuildDate string    `xml:"lastBuildDate"`
	Self          rssSelf   `xml:"atom:link"`
	Image         *rssImage `xml:"image"`
	Items         []rssItem `xml:"item"`
}

type rssSelf struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssImage struct {
	URL   string `xml:"url"`
	Title string `xml:"title"`
	Link  string `xml:"link"`
}

type rssItem struct {
	Title        string    `xml:"title"`
	Link         string    `xml:"link"`
	GUID         rssGUID   `xml:"guid"`
	PubDate      string    `xml:"pubDate"`
	Updated      string    `xml:"atom:updated,omitempty"`
	Creators     []string  `xml:"dc:creator"`
	Contributors []string  `xml:"dc:contributor"`
	Identifier   string    `xml:"dc:identifier,omitempty"`
	Language     string    `xml:"dc:language,omitempty"`
	Categories   []string  `xml:"category"`
	Description  string    `xml:"description"`
	Content      *cdata    `xml:"content:encoded"`
	Media        *rssMedia `xml:"media:content"`
}

type rssGUID struct {
	PermaLink bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

type rssMedia struct {
	URL         string `xml:"url,attr"`
	Type        string `xml:"type,attr,omitempty"`
	Medium      string `xml:"medium,attr"`
	Width       int    `xml:"width,attr,omitempty"`
	Height      int    `xml:"height,attr,omitempty"`
	Description string `xml:"media:description,omitempty"`
	Credit      string `xml:"media:credit,omitempty"`
}

// cdata is clean text that stands in the file as it is, so that people can
// read a feed's HTML.
type cdata struct {
	Text string `xml:",cdata"`
}

// document prints a value as an XML document.
func document(v any) ([]byte, error) {
	body, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return nil, err
	}
	return append(append([]byte(xml.Header), body...), '\n'), nil
}
