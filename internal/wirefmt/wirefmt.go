// Package wirefmt reads what a newspaper is sent (a dispatch as plain text, IPTC ninjs) into an [Item]: the parts of an
// article, and a report of everything that was not plain sailing. It is pure: bytes in, values out.
//
// Nothing is guessed and nothing is lost in silence. What cannot be read without guessing (a date that does not exist,
// an encoding that could be two, a News ID that is no number) is refused with a [news.Error] whose one sentence says
// what to do; what is read but changes on the way stands in [Item.Report].
package wirefmt

import (
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// MaxItem is the limit of one wire item in bytes (PRODUCT.md, Limits of input).
const MaxItem = 10 << 20

// The formats of an item.
const (
	FormatText  = "text"
	FormatNinjs = "ninjs"
)

// The publishing status of an item, as IPTC names it (ninjs pubstatus, NewsML-G2 pubStatus).
const (
	StatusUsable   = "usable"
	StatusWithheld = "withheld" // not to be published until the agency says so
	StatusCanceled = "canceled" // the agency's kill
)

// Item is one dispatch, read. Section and topics are named as in the file; the importer looks them up.
type Item struct {
	Format    string       // FormatText or FormatNinjs
	SourceKey string       // the source's own lasting name for it: ninjs uri or guid; "" for text
	Version   string       // the source's version of it; "" = not given
	NewsID    news.ID      // the number it comes with; 0 = none given
	Content   news.Content // Section and Topics are empty here
	Section   string       // as named in the file; "" = not given
	Topics    []Topic      // no two the same
	Language  string       // BCP 47; "" = unknown

	PublishedAt, UpdatedAt, EmbargoUntil time.Time // zero = not given

	Status             string    // StatusUsable, StatusWithheld or StatusCanceled
	EdNote, UsageTerms string    // for the desk, never public
	Hash               string    // SHA-256 in hex of the content; see hashOf for what counts as the same
	Report             []Finding // in the order of the file
}

// Topic names what an item is about. Name has 1 to 80 characters.
type Topic struct {
	Name string
	Kind news.TopicKind
}

// Finding is one line of the report. Text holds characters of the file that stand neither in the headline nor in the
// body: of a plain-text dispatch every character that is not white space is in the headline, in the body, or in exactly
// one finding's Text. A finding that takes nothing out has no Text.
type Finding struct {
	Line    int    // of the file, from 1; 0 = the whole of it
	Rule    string // one of the Rule… names
	Text    string // what was taken out, as it stood in the file
	Message string // one plain sentence
}

// The rules of a plain-text dispatch.
const (
	RuleEncoding  = "encoding"           // the file was not UTF-8
	RuleControl   = "control-characters" // invisible characters that no page may carry were taken out
	RuleInvisible = "invisible-line"     // a line that shows nothing was taken as empty
	RuleField     = "field"              // a line at the top was read into a field
	RuleBelow     = "field-below"        // a field stands below the headline and stays text
	RuleMasthead  = "masthead-date"      // the paper's own date line was left out
	RuleDateline  = "dateline"           // the opening of the body was read into the dateline
	RuleFurniture = "furniture"          // the page's form and buttons at the end were left out
	RuleWrap      = "hard-wrap"          // broken lines were joined
	RuleWeekday   = "weekday"            // the weekday does not fit the date
	RuleTime      = "time"               // a time of day is missing, or came twice that night
	RuleHeadline  = "headline"           // the headline looks like something else
	RuleLanguage  = "language"           // the text is in another script than the edition's
	RuleDamaged   = "damaged-text"       // characters were lost before the file came here
)

// The rules that only ninjs items meet.
const (
	RuleMarkup      = "markup"           // the body's HTML had to be changed
	RuleNotText     = "not-text"         // a picture, a video, an event: no article in itself
	RuleNoBody      = "no-body"          // there is no text
	RuleType        = "wrong-type"       // a property is of another JSON type than ninjs says
	RuleValue       = "unknown-value"    // a value that ninjs does not know
	RuleProperty    = "unknown-property" // a property that ninjs does not know
	RuleLeftOut     = "left-out"         // something a reader would have seen is not in the article
	RuleIncomplete  = "incomplete"       // the item says of itself that it is not whole
	RuleDate        = "date"             // a date cannot be read
	RuleDescription = "description"      // the description stands in for the body
)

// TextOptions is what a dispatch cannot say itself.
type TextOptions struct {
	Zone     *time.Location  // of the edition: where a time without a zone is meant; nil = UTC
	Calendar locale.Calendar // of the edition: which year a bare 1404/12/21 is
	Language string          // of the edition, BCP 47; "" = unknown
}

func (o TextOptions) zone() *time.Location {
	if o.Zone == nil {
		return time.UTC
	}
	return o.Zone
}

// fromDoc turns what the body's reader had to change into findings.
func fromDoc(reports []doc.Report, rule string) []Finding {
	var out []Finding
	for _, r := range reports {
		out = append(out, Finding{Rule: rule, Text: r.Text, Message: "In the body: " + r.What + "."})
	}
	return out
}
