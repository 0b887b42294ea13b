package feed

import (
	"encoding/json"
	"fmt"
	"time"

	"broadsheet/internal/news"
)

// LD is what an article's page tells search engines about itself.
type LD struct {
	Type        string // schema.org type; "" = NewsArticle; "OpinionNewsArticle" …
	URL         string // canonical, absolute
	ID          news.ID
	Headline    string
	Description string
	Published   time.Time
	Modified    time.Time // zero or not after Published = never changed
	Authors     []Author  // who wrote it; none = by the publisher
	Publisher   Publisher
	Language    string // BCP 47
	Section     string
	Keywords    []string
	Dateline    string // as printed, without the source: "VALMERE, Ostland"
	Credit      string
	Corrections []Correction // corrections and clarifications are printed
	Image       *Image
	PartOf      Author // the edition: its name and front

	Contributors []Author // who helped: photos, translation
}

// Publisher is the organisation behind the paper. The addresses are absolute;
// all but the name may be empty.
type Publisher struct {
	Name              string
	URL               string
	Logo              string
	CorrectionsPolicy string
}

// NewsArticleLD writes an article's JSON-LD (schema.org NewsArticle). The
// bytes may stand inside <script type="application/ld+json">: "<", ">", "&",
// U+2028 and U+2029 are escaped. An article without an absolute address or a
// time of publication is refused.
func NewsArticleLD(a LD) ([]byte, error) {
	link, err := address(a.URL)
	if err != nil {
		return nil, fmt.Errorf("JSON-LD of article %s: %w", a.ID, err)
	}
	if a.Published.IsZero() {
		return nil, fmt.Errorf("JSON-LD of article %s: it has no time of publication", a.ID)
	}
	out := ldArticle{
		Context: "https://schema.org", Type: "NewsArticle", ID: link, URL: link,
		MainEntityOfPage: ldThing{Type: "WebPage", ID: link},
		Headline:         line(a.Headline), Description: line(a.Description),
		DatePublished: stamp(a.Published), DateModified: stamp(a.Published),
		Author: a.authors(), Publisher: a.publisher(),
		Language: line(a.Language), Free: true,
		Section: line(a.Section), Keywords: Entry{Topics: a.Keywords}.tags(),
		Dateline: line(a.Dateline), CreditText: line(a.Credit),
		Corrections: a.corrections(), Image: a.image(), PartOf: a.partOf(),
		Contributor: people(a.Contributors),
	}
	if a.Type != "" {
		out.Type = line(a.Type)
	}
	if a.Modified.After(a.Published) {
		out.DateModified = stamp(a.Modified)
	}
	if a.ID != 0 {
		out.Identifier = a.ID.String()
	}
	return json.Marshal(out)
}

func (a LD) authors() []ldThing {
	authors := people(a.Authors)
	if len(authors) == 0 {
		page, _ := address(a.Publisher.URL)
		authors = append(authors, ldThing{Type: "Organization", Name: line(a.Publisher.Name), URL: page})
	}
	return authors
}

func people(list []Author) []ldThing {
	var out []ldThing
	for _, person := range list {
		page, _ := address(person.URL)
		out = append(out, ldThing{Type: "Person", Name: line(person.Name), URL: page})
	}
	return out
}

func (a LD) publisher() ldThing {
	page, _ := address(a.Publisher.URL)
	policy, _ := address(a.Publisher.CorrectionsPolicy)
	publisher := ldThing{Type: "NewsMediaOrganization", Name: line(a.Publisher.Name), URL: page, CorrectionsPolicy: policy}
	if logo, err := address(a.Publisher.Logo); err == nil {
		publisher.Logo = &ldImage{Type: "ImageObject", URL: logo}
	}
	return publisher
}

// corrections leaves updates out: new facts correct nothing, dateModified
// speaks of them.
func (a LD) corrections() []ldCorrection {
	var corrections []ldCorrection
	for _, n := range a.Corrections {
		if n.Kind == news.ChangeCorrection || n.Kind == news.ChangeClarification {
			corrections = append(corrections, ldCorrection{Type: "CorrectionComment", Name: line(n.Label), Text: clean(n.Note), Date: stamp(n.At)})
		}
	}
	return corrections
}

func (a LD) image() *ldImage {
	if a.Image == nil {
		return nil
	}
	src, err := address(a.Image.URL)
	if err != nil {
		return nil
	}
	return &ldImage{Type: "ImageObject", URL: src, Width: a.Image.Width, Height: a.Image.Height,
		Caption: line(a.Image.Alt), CreditText: line(a.Image.Credit)}
}

func (a LD) partOf() *ldThing {
	if a.PartOf.Name == "" {
		return nil
	}
	front, _ := address(a.PartOf.URL)
	return &ldThing{Type: "Newspaper", Name: line(a.PartOf.Name), URL: front}
}

type ldArticle struct {
	Context          string         `json:"@context"`
	Type             string         `json:"@type"`
	ID               string         `json:"@id"`
	URL              string         `json:"url"`
	MainEntityOfPage ldThing        `json:"mainEntityOfPage"`
	Identifier       string         `json:"identifier,omitempty"`
	Headline         string         `json:"headline"`
	Description      string         `json:"description,omitempty"`
	DatePublished    string         `json:"datePublished"`
	DateModified     string         `json:"dateModified"`
	Author           []ldThing      `json:"author"`
	Publisher        ldThing        `json:"publisher"`
	Language         string         `json:"inLanguage,omitempty"`
	Free             bool           `json:"isAccessibleForFree"`
	Section          string         `json:"articleSection,omitempty"`
	Keywords         []string       `json:"keywords,omitempty"`
	Dateline         string         `json:"dateline,omitempty"`
	CreditText       string         `json:"creditText,omitempty"`
	Corrections      []ldCorrection `json:"correction,omitempty"`
	Image            *ldImage       `json:"image,omitempty"`
	PartOf           *ldThing       `json:"isPartOf,omitempty"`
	Contributor      []ldThing      `json:"contributor,omitempty"`
}

type ldThing struct {
	Type              string   `json:"@type"`
	ID                string   `json:"@id,omitempty"`
	Name              string   `json:"name,omitempty"`
	URL               string   `json:"url,omitempty"`
	Logo              *ldImage `json:"logo,omitempty"`
	CorrectionsPolicy string   `json:"correctionsPolicy,omitempty"`
}

type ldImage struct {
	Type       string `json:"@type"`
	URL        string `json:"url"`
	Width      int    `json:"width,omitempty"`
	Height     int    `json:"height,omitempty"`
	Caption    string `json:"caption,omitempty"`
	CreditText string `json:"creditText,omitempty"`
}

type ldCorrection struct {
	Type string `json:"@type"`
	Name string `json:"name,omitempty"`
	Text string `json:"text"`
	Date string `json:"datePublished"`
}
