package wirefmt

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
)

// Ninjs reads one IPTC ninjs item, a JSON object of version 1.x (headline, body_xhtml, byline, person, infosource …),
// 2.x (headlines, bodies, by, people, infosources …) or 3.x (the same in camelCase); which is told by its shape. Near
// relatives are taken as well: guid for uri, and Superdesk's description_text, authors, source and service.
//
//	uri, guid                          Item.SourceKey; one of them is required
//	headline, headlines                Content.Headline: the role "main", else the first; title where there is none
//	roles sub…, deck, standfirst       Content.Standfirst, else the description, if it does not repeat the text
//	roles kicker, overline, vignette   Content.Kicker
//	body_…, bodies                     Content.Body: HTML before plain text before XML; else the description
//	byline, by, authors                Content.Bylines, without an agency that is the credit
//	located                            Content.Dateline, unless the text opens with a dateline, which is lifted out of it
//	creditline, infosource(s), source, copyrightholder   Content.Credit, the first that is there
//	slugline, urgency, language        the same; urgency 9 counts as 8
//	subject(s), person, people, place(s), organisation(s)   Item.Topics
//	section(s), service                Item.Section (no ninjs version has it; genre is a form of writing, no section)
//	altids, newsid                     Item.NewsID, where a role or key "newsid" holds a number
//	firstpublished, firstcreated, versioncreated   Item.PublishedAt, the first that is there
//	versioncreated                     Item.UpdatedAt
//	embargoed, embargoedUntil          Item.EmbargoUntil; one that cannot be read makes the item withheld
//	pubstatus                          Item.Status; an unknown one makes the item withheld, "cancelled" is canceled
//	ednote, usageterms                 for the desk
//
// Pictures and other associations are not read, and reported. An item without text (a picture, an event, a kill) is no
// error: its body is empty. News.Invalid is what is no JSON object or has no uri, or a headline over 300 characters;
// news.TooLarge an item over 10 MB or a text over 2 MB.
func Ninjs(b []byte, o TextOptions) (Item, error) {
	if len(b) > MaxItem {
		return Item{}, itemTooLarge()
	}
	text, encoding, err := Decode(b)
	if err != nil {
		return Item{}, err
	}
	all, err := members([]byte(text))
	if err != nil {
		return Item{}, err
	}
	n := ninjs{options: o, item: Item{Format: FormatNinjs, Status: StatusUsable}}
	if encoding != UTF8 {
		n.note(RuleEncoding, "", "The item was read as %s.", encoding)
	}
	n.read(all)
	if err := n.finish(); err != nil {
		return Item{}, err
	}
	return n.item, nil
}

func itemTooLarge() error {
	return news.Refuse(news.TooLarge, "import.large", "the item is larger than 10 MB: export it without its attachments")
}

// ninjs is an item on its way.
type ninjs struct {
	options    TextOptions
	item       Item
	uri, guid  string
	kind       string // the item's type
	title      string
	byline     string
	authors    []string
	located    string
	credit     [4]string // by rank: creditline, infosource, source, copyrightholder
	times      map[string]time.Time
	main       part // the headline of 1.x
	heads      []part
	moreTopics int // over maxTopics
	bodies     []part
	descs      []part
	unknown    []string // properties
	bodySource string   // what the body was made of
}

// part is one headline, body or description.
type part struct {
	Role        string `json:"role"`
	ContentType string `json:"contenttype"` // encoding/json matches contentType of 3.x too
	Value       string `json:"value"`
}

// maxFindings bounds the report of one item: what has more to say is no article.
const maxFindings = 500

func (n *ninjs) note(rule, text, format string, args ...any) {
	if len(n.item.Report) == maxFindings-1 {
		rule, text, format, args = RuleLeftOut, "", "There is more to report of this item than is told here.", nil
	} else if len(n.item.Report) >= maxFindings {
		return
	}
	n.item.Report = append(n.item.Report, Finding{Rule: rule, Text: text, Message: fmt.Sprintf(format, args...)})
}

// extension is how 1.x names its headlines, bodies and descriptions.
var extension = regexp.MustCompile(`^(headline|body|description)_([a-zA-Z0-9_]+)$`)

// read goes through the properties in the order of the file. Names count without case, as 3.x writes them in camelCase.
func (n *ninjs) read(all []member) {
	n.times = map[string]time.Time{}
	seen := make(map[string]bool, len(all))
	for _, m := range all {
		name := strings.ToLower(strings.TrimPrefix(m.name, "$"))
		if seen[name] {
			n.note(RuleProperty, "", "The property %q stands twice: the last one counts where there can be one only.", m.name)
		}
		seen[name] = true
		n.property(name, m)
	}
	if len(n.unknown) > 0 {
		n.note(RuleProperty, "", "Properties that ninjs does not know were not read: %s.", short(strings.Join(n.unknown, ", ")))
	}
	if n.moreTopics > 0 {
		n.note(RuleLeftOut, "", "The item has over %d topics: %d of them were left out.", maxTopics, n.moreTopics)
	}
}

func (n *ninjs) property(name string, m member) {
	kind := kindOf(m.raw)
	p, known := properties[name]
	switch {
	case !known:
		if e := extension.FindStringSubmatch(m.name); e != nil {
			n.extended(e[1], e[2], m)
		} else {
			n.unknown = append(n.unknown, m.name)
		}
	case kind == 0:
	case !strings.ContainsRune(p.kinds, rune(kind)):
		n.note(RuleType, "", "The property %q is not %s.", m.name, kindName(p.kinds))
		switch {
		case p.lax == kind && p.read != nil:
			p.read(n, m)
		case name == "pubstatus", strings.HasPrefix(name, "embargoed"):
			n.withhold() // whoever wrote it meant to hold something back
		}
	case p.read != nil:
		p.read(n, m)
	}
}

// extended takes headline_…, body_… and description_… of 1.x.
func (n *ninjs) extended(what, role string, m member) {
	value, ok := jsonString(m.raw)
	if !ok {
		if kindOf(m.raw) != 0 {
			n.note(RuleType, "", "The property %q is not text.", m.name)
		}
		return
	}
	p := part{Role: role, Value: value}
	switch what {
	case "headline":
		n.heads = append(n.heads, p)
	case "body":
		n.bodies = append(n.bodies, p)
	default:
		n.descs = append(n.descs, p)
	}
}

// finish makes the article of what was read.
func (n *ninjs) finish() error {
	n.item.SourceKey = cmp.Or(plainField(n.uri), plainField(n.guid))
	n.item.Version, n.item.EdNote, n.item.UsageTerms = plainField(n.item.Version), plainLines(n.item.EdNote), plainLines(n.item.UsageTerms)
	switch {
	case n.item.SourceKey == "":
		return news.Refuse(news.Invalid, "import.uri", "the item has no uri: an agency's item cannot be told from others without one")
	case len(n.item.SourceKey) > 2048:
		return news.Refuse(news.Invalid, "import.uri", "the item's uri is longer than 2048 bytes: export it with a shorter one")
	}
	if err := n.headline(); err != nil {
		return err
	}
	if err := n.body(); err != nil {
		return err
	}
	n.standfirst()
	n.credits()
	n.bylines()
	n.dates()
	n.checkKind()
	n.fitFields()
	n.item.Hash = n.hash()
	return n.item.Content.Validate()
}

func (n *ninjs) checkKind() {
	switch n.kind {
	case "", "text", "composite":
	case "audio", "video", "picture", "graphic", "component", "event", "planning", "livestream", "package":
		n.note(RuleNotText, "", "The item is of the type %q, not an article.", n.kind)
	default:
		n.note(RuleValue, "", "The item is of the type %q, which ninjs does not know.", n.kind)
	}
}

func (n *ninjs) dates() {
	for _, name := range []string{"firstpublished", "firstcreated", "versioncreated"} {
		if t := n.times[name]; !t.IsZero() {
			n.item.PublishedAt = t
			break
		}
	}
	n.item.UpdatedAt = n.times["versioncreated"]
}

// fitFields takes out what is too long for its field: a slugline is no reason to lose an article.
func (n *ninjs) fitFields() {
	c := &n.item.Content
	for _, f := range []struct {
		name  string
		value *string
		most  int
	}{
		{"slugline", &c.Slugline, 120}, {"credit", &c.Credit, 200}, {"kicker", &c.Kicker, 120}, {"standfirst", &c.Standfirst, 1000},
		{"place of the dateline", &c.Dateline.Place, 120}, {"country of the dateline", &c.Dateline.Country, 120},
		{"section", &n.item.Section, 80},
	} {
		*f.value = plainField(*f.value)
		if len([]rune(*f.value)) > f.most {
			n.note(RuleLeftOut, *f.value, "The %s has over %d characters and was left out.", f.name, f.most)
			*f.value = ""
		}
	}
}

// hash is the same for the same article, however its JSON is laid out. A new version of the item without a change of
// content is the same article.
func (n *ninjs) hash() string {
	c, i := n.item.Content, n.item
	parts := []string{c.Headline, c.Kicker, c.Standfirst, c.Slugline, n.byline, strings.Join(n.authors, "\n"), n.located,
		c.Credit, i.Section, i.NewsID.String(), i.Language, i.Status, i.EdNote, i.UsageTerms,
		fmt.Sprint(c.Urgency), i.EmbargoUntil.UTC().String(), n.times["firstpublished"].UTC().String(), n.times["firstcreated"].UTC().String(),
		strings.ReplaceAll(n.bodySource, "\r\n", "\n")}
	topics := make([]string, len(i.Topics))
	for j, t := range i.Topics {
		topics[j] = string(t.Kind) + "\x00" + t.Name
	}
	slices.Sort(topics)
	return hashOf(append(parts, topics...)...)
}
