package feed

import (
	"encoding/json"
	"mime"
	"strings"
)

// JSON writes a JSON Feed 1.1 (jsonfeed.org/version/1.1). News ID, kicker,
// credit and who helped, for which it has no names, stand under "_broadsheet". It refuses an
// entry without an absolute address or a time.
func JSON(c Channel, entries []Entry) ([]byte, error) {
	if err := check(c, entries); err != nil {
		return nil, err
	}
	home, _ := address(c.HomeURL)
	self, _ := address(c.SelfURL)
	icon, _ := address(c.Icon)
	out := jsonFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       line(c.Title),
		HomePageURL: home,
		FeedURL:     self,
		Description: line(c.Description),
		Icon:        icon,
		Authors:     []jsonAuthor{{Name: orDash(c.Title), URL: home}},
		Language:    line(c.Language),
		Items:       []jsonItem{}, // required, even when empty
	}
	for _, e := range entries {
		out.Items = append(out.Items, jsonOf(c, e))
	}
	return json.Marshal(out)
}

func jsonOf(c Channel, e Entry) jsonItem {
	link, _ := address(e.URL)
	item := jsonItem{
		ID:            link,
		URL:           link,
		Title:         line(e.Title),
		Summary:       line(e.Summary),
		ContentHTML:   e.contentHTML(c),
		DatePublished: stamp(e.Published),
		Tags:          e.tags(),
		Language:      line(e.language(c)),
		Paper:         jsonPaper{Kicker: line(e.Kicker), Credit: line(e.Credit), NewsID: int64(e.ID)},
	}
	if item.ContentHTML == "" {
		item.ContentText = new(string)
	}
	if e.Updated.After(e.Published) {
		item.DateModified = stamp(e.Updated)
	}
	for _, a := range e.Authors {
		page, _ := address(a.URL)
		item.Authors = append(item.Authors, jsonAuthor{Name: orDash(a.Name), URL: page})
	}
	for _, c := range e.Contributors {
		item.Paper.Contributors = append(item.Paper.Contributors, jsonContributor{Name: orDash(c.Name), Role: line(c.Role)})
	}
	if e.Image != nil {
		item.Image, _ = address(e.Image.URL)
	}
	return item
}

// mediaType is a media type that reads as one, or "".
func mediaType(s string) string {
	kind, _, err := mime.ParseMediaType(s)
	if err != nil || !strings.Contains(kind, "/") {
		return ""
	}
	return kind
}

type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Description string       `json:"description,omitempty"`
	Icon        string       `json:"icon,omitempty"`
	Authors     []jsonAuthor `json:"authors"`
	Language    string       `json:"language,omitempty"`
	Items       []jsonItem   `json:"items"`
}

type jsonItem struct {
	ID            string       `json:"id"`
	URL           string       `json:"url"`
	Title         string       `json:"title"`
	ContentHTML   string       `json:"content_html,omitempty"`
	ContentText   *string      `json:"content_text,omitempty"` // where there is no HTML: one of the two is required
	Summary       string       `json:"summary,omitempty"`
	Image         string       `json:"image,omitempty"`
	DatePublished string       `json:"date_published"`
	DateModified  string       `json:"date_modified,omitempty"`
	Authors       []jsonAuthor `json:"authors,omitempty"`
	Tags          []string     `json:"tags,omitempty"`
	Language      string       `json:"language,omitempty"`
	Paper         jsonPaper    `json:"_broadsheet"`
}

type jsonAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type jsonPaper struct {
	NewsID int64  `json:"news_id,omitempty"`
	Kicker string `json:"kicker,omitempty"`
	Credit string `json:"credit,omitempty"`

	Contributors []jsonContributor `json:"contributors,omitempty"`
}

type jsonContributor struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}
