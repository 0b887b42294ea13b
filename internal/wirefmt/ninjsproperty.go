package wirefmt

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// property is what is known of one ninjs property: the JSON types it may have (see kindOf), a type that is wrong but
// readable, and what reads it; nil = it is known and says nothing that an article needs.
type property struct {
	kinds string
	lax   byte
	read  func(*ninjs, member)
}

// properties are those of ninjs 1.0 to 3.1, in lower case, and below them those of its near relatives.
var properties = map[string]property{
	"uri":                {"s", 0, text(func(n *ninjs) *string { return &n.uri })},
	"type":               {"s", 0, text(func(n *ninjs) *string { return &n.kind })},
	"version":            {"s", 'n', (*ninjs).readVersion},
	"pubstatus":          {"s", 0, (*ninjs).readStatus},
	"urgency":            {"n", 's', (*ninjs).readUrgency},
	"language":           {"s", 0, (*ninjs).readLanguage},
	"headline":           {"s", 0, (*ninjs).readHeadline},
	"headlines":          {"a", 0, parts(func(n *ninjs) *[]part { return &n.heads })},
	"bodies":             {"a", 0, parts(func(n *ninjs) *[]part { return &n.bodies })},
	"descriptions":       {"a", 0, parts(func(n *ninjs) *[]part { return &n.descs })},
	"title":              {"s", 0, text(func(n *ninjs) *string { return &n.title })},
	"byline":             {"s", 0, text(func(n *ninjs) *string { return &n.byline })},
	"by":                 {"s", 0, text(func(n *ninjs) *string { return &n.byline })},
	"located":            {"s", 0, text(func(n *ninjs) *string { return &n.located })},
	"slugline":           {"s", 0, text(func(n *ninjs) *string { return &n.item.Content.Slugline })},
	"usageterms":         {"s", 0, text(func(n *ninjs) *string { return &n.item.UsageTerms })},
	"ednote":             {"s", 0, text(func(n *ninjs) *string { return &n.item.EdNote })},
	"copyrightholder":    {"s", 0, text(func(n *ninjs) *string { return &n.credit[3] })},
	"infosource":         {"a", 0, (*ninjs).readInfoSource},
	"infosources":        {"a", 0, (*ninjs).readInfoSource},
	"embargoed":          {"s", 0, (*ninjs).readEmbargo},
	"embargoeduntil":     {"s", 0, (*ninjs).readEmbargo},
	"versioncreated":     {"s", 0, (*ninjs).readTime},
	"firstcreated":       {"s", 0, (*ninjs).readTime},
	"representationtype": {"s", 0, (*ninjs).readRepresentation},
	"person":             {"a", 0, topics(news.TopicPerson)},
	"people":             {"a", 0, topics(news.TopicPerson)},
	"place":              {"a", 0, topics(news.TopicPlace)},
	"places":             {"a", 0, topics(news.TopicPlace)},
	"organisation":       {"a", 0, topics(news.TopicOrganisation)},
	"organisations":      {"a", 0, topics(news.TopicOrganisation)},
	"subject":            {"a", 0, topics(news.TopicSubject)},
	"subjects":           {"a", 0, topics(news.TopicSubject)},
	"altids":             {"oa", 0, (*ninjs).readAltIDs},
	"associations":       {"oa", 0, leftOut("The associated items (pictures, graphics) were not read.")},
	"renditions":         {"oa", 0, leftOut("The renditions (files) were not read.")},
	"rightsinfo":         {"o", 0, leftOut("The rights expression was not read: the terms stand at the agency.")},
	"mimetype":           {"s", 0, nil}, "profile": {"s", 0, nil}, "copyrightnotice": {"s", 0, nil}, "event": {"a", 0, nil}, "events": {"a", 0, nil},
	"object": {"a", 0, nil}, "objects": {"a", 0, nil}, "charcount": {"n", 0, nil}, "wordcount": {"n", 0, nil},
	"trustindicator": {"a", 0, nil}, "trustindicators": {"a", 0, nil}, "standard": {"o", 0, nil}, "genre": {"a", 0, nil}, "genres": {"a", 0, nil},
	"expires": {"s", 0, nil}, "digitalsourcetype": {"o", 0, nil}, "contentcreated": {"s", 0, nil},
	"eventdetails": {"o", 0, nil}, "plannedcoverage": {"a", 0, nil},

	"guid":           {"s", 0, text(func(n *ninjs) *string { return &n.guid })},
	"firstpublished": {"s", 0, (*ninjs).readTime},
	"newsid":         {"sn", 0, (*ninjs).readNewsID},
	"creditline":     {"s", 0, text(func(n *ninjs) *string { return &n.credit[0] })},
	"source":         {"s", 0, text(func(n *ninjs) *string { return &n.credit[2] })},
	"authors":        {"a", 0, (*ninjs).readAuthors},
	"section":        {"so", 'a', (*ninjs).readSection},
	"sections":       {"a", 0, (*ninjs).readSection},
	"service":        {"a", 0, (*ninjs).readSection},
	"priority":       {"n", 0, nil}, "keywords": {"a", 0, nil}, "readtime": {"n", 0, nil}, "extra": {"o", 0, nil}, "products": {"a", 0, nil},
	"evolvedfrom": {"s", 0, nil}, "extra_items": {"o", 0, nil},
}

func text(where func(*ninjs) *string) func(*ninjs, member) {
	return func(n *ninjs, m member) { *where(n), _ = jsonString(m.raw) }
}

func parts(where func(*ninjs) *[]part) func(*ninjs, member) {
	return func(n *ninjs, m member) {
		var list []part
		n.list(m, &list)
		*where(n) = append(*where(n), list...)
	}
}

// list reads an array as far as its elements are of the right type, and reports it where one is not.
func (n *ninjs) list(m member, into any) {
	if err := json.Unmarshal(m.raw, into); err != nil {
		n.note(RuleType, "", "An entry of %q is of another type than ninjs says.", m.name)
	}
}

func leftOut(sentence string) func(*ninjs, member) {
	return func(n *ninjs, m member) {
		if len(strings.Trim(string(m.raw), "{}[] \t\r\n")) > 0 {
			n.note(RuleLeftOut, "", "%s", sentence)
		}
	}
}

// maxTopics bounds the topics of one item; agencies that index by machine name some forty.
const maxTopics = 100

// named is a person, a place, a source: whatever has a name.
type named struct {
	Name string `json:"name"`
}

func topics(kind news.TopicKind) func(*ninjs, member) {
	return func(n *ninjs, m member) {
		var list []named
		n.list(m, &list)
		for _, c := range list {
			n.addTopic(plainField(c.Name), kind)
		}
	}
}

func (n *ninjs) addTopic(name string, kind news.TopicKind) {
	switch {
	case name == "":
		return
	case len(n.item.Topics) == maxTopics:
		n.moreTopics++
		return
	case len([]rune(name)) > 80 || locale.Slug(name) == "":
		n.note(RuleLeftOut, name, "The name of a topic has over 80 characters or no letter and was left out.")
		return
	}
	for _, t := range n.item.Topics {
		if t.Kind == kind && t.Name == name {
			return
		}
	}
	n.item.Topics = append(n.item.Topics, Topic{name, kind})
}

func (n *ninjs) readHeadline(m member) {
	value, _ := jsonString(m.raw)
	n.main = part{Role: "main", Value: value}
}

func (n *ninjs) readVersion(m member) {
	if s, ok := jsonString(m.raw); ok {
		n.item.Version = s
	} else {
		n.item.Version = string(m.raw)
	}
}

func (n *ninjs) readStatus(m member) {
	switch status, _ := jsonString(m.raw); status {
	case StatusUsable, "":
	case StatusWithheld:
		n.withhold()
	case StatusCanceled:
		n.item.Status = status
	case "cancelled":
		n.item.Status = StatusCanceled
		n.note(RuleValue, "", "The status %q is not one of ninjs: canceled is meant.", status)
	default:
		n.withhold()
		n.note(RuleValue, "", "The status %q is not one of ninjs: the item counts as withheld.", status)
	}
}

// withhold keeps an item from the public; what is canceled stays so.
func (n *ninjs) withhold() {
	if n.item.Status == StatusUsable {
		n.item.Status = StatusWithheld
	}
}

func (n *ninjs) readUrgency(m member) {
	digits := string(m.raw)
	if s, ok := jsonString(m.raw); ok {
		digits = s
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
	switch {
	case err != nil || f != math.Trunc(f) || f < 1 || f > 9:
		n.note(RuleValue, "", "The urgency %s is not a number from 1 to 9.", digits)
	case f == 9:
		n.item.Content.Urgency = 8
		n.note(RuleValue, "", "The urgency 9 counts as 8.")
	default:
		n.item.Content.Urgency = int(f)
	}
}

var languageTag = regexp.MustCompile(`^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$`)

func (n *ninjs) readLanguage(m member) {
	tag, _ := jsonString(m.raw)
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	switch {
	case tag == "":
	case len(tag) > 20 || !languageTag.MatchString(tag):
		n.note(RuleValue, "", "The language %q is no language tag.", tag)
	default:
		n.item.Language, n.item.Content.Language = tag, tag
	}
}

func (n *ninjs) readInfoSource(m member) {
	var list []named
	n.list(m, &list)
	n.credit[1] = joinNames(list)
}

func joinNames(list []named) string {
	var names []string
	for _, c := range list {
		if name := plainField(c.Name); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func (n *ninjs) readAuthors(m member) {
	var list []named
	n.list(m, &list)
	for _, a := range list {
		if name := plainField(a.Name); name != "" {
			n.authors = append(n.authors, name)
		}
	}
}

func (n *ninjs) readRepresentation(m member) {
	switch kind, _ := jsonString(m.raw); kind {
	case "", "complete", "full":
	case "incomplete", "partial", "associated":
		n.note(RuleIncomplete, "", "The item says that it is not whole (%s).", kind)
	default:
		n.note(RuleValue, "", "The representation %q is not one of ninjs.", kind)
	}
}

func (n *ninjs) readTime(m member) {
	t, ok := n.wireTime(m)
	if ok {
		n.times[strings.ToLower(m.name)] = t
	}
}

// readEmbargo errs on the late side: an embargo that cannot be read holds the item back.
func (n *ninjs) readEmbargo(m member) {
	if s, _ := jsonString(m.raw); strings.TrimSpace(s) == "" {
		return
	}
	t, ok := n.wireTime(m)
	if !ok {
		n.withhold()
		n.note(RuleDate, "", "The embargo cannot be read, so the item counts as withheld.")
		return
	}
	n.item.EmbargoUntil = t
}

func (n *ninjs) wireTime(m member) (time.Time, bool) {
	s, _ := jsonString(m.raw)
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, false
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, true
	}
	t, remarks, err := readTime(s, n.options)
	if err != nil {
		n.note(RuleDate, "", "%q in %q cannot be read because %s.", s, m.name, err.Error())
		return time.Time{}, false
	}
	for _, r := range remarks {
		n.note(r.Rule, "", "%s: %s", m.name, r.Message)
	}
	return t, true
}

func (n *ninjs) readSection(m member) {
	if n.item.Section != "" {
		return
	}
	switch kindOf(m.raw) {
	case 's':
		n.item.Section, _ = jsonString(m.raw)
	case 'o':
		var one named
		n.list(m, &one)
		n.item.Section = one.Name
	default:
		var list []named
		n.list(m, &list)
		if len(list) > 0 {
			n.item.Section = list[0].Name
		}
	}
}
