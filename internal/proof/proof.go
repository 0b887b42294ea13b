// Package proof is the copy check of the desk and of `broadsheet proof`: it reads an article and names what a copy
// editor would mark. It never changes the text, and it would rather miss a fault than mark what is right.
//
// The package is pure (values in, values out), so that the desk can run the same rules in the browser.
//
// A finding is about one thing: a quotation has at most one finding of the three rules about quotations, a paragraph
// at most one of each of the rules about paragraphs (broken-sentence, long-paragraph, odd-space), and what one rule has
// explained (a quotation left open because its paragraph breaks off) no other marks again.
package proof

import (
	"cmp"
	"slices"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

// The names of the rules, as PRODUCT.md gives them.
const (
	MixedQuotes        = "mixed-quotes"        // opened in one style, closed in another
	UnbalancedQuotes   = "unbalanced-quotes"   // opened and never closed, or closed and never opened
	UnbalancedBrackets = "unbalanced-brackets" // the same for ( [ {
	BrokenSentence     = "broken-sentence"     // a paragraph that ends in the middle of a sentence
	LongParagraph      = "long-paragraph"      // a paragraph of more than MaxParagraph characters
	OddSpace           = "odd-space"           // no-break and double spaces inside sentences
	NoSpeaker          = "no-speaker"          // a quotation without a speaker nearby
	Weekday            = "weekday"             // a weekday that does not fit its date
	DatelinePlace      = "dateline-place"      // a dateline whose place appears nowhere
	DoubledWord        = "doubled-word"        // the same word twice in a row
)

// MaxParagraph is how many characters (Unicode code points) a paragraph may have before LongParagraph marks it.
const MaxParagraph = 900

// MaxFindings is how many findings of one rule Check gives: the first of them. What has more is no article.
const MaxFindings = 1000

// Rules lists the names of all rules.
func Rules() []string {
	return []string{MixedQuotes, UnbalancedQuotes, UnbalancedBrackets, BrokenSentence, LongParagraph, OddSpace,
		NoSpeaker, Weekday, DatelinePlace, DoubledWord}
}

// Finding is one mark in the margin. Its JSON is the line that `broadsheet proof --json` prints.
type Finding struct {
	Rule      string `json:"rule"`
	Paragraph int    `json:"paragraph"` // Number of the paragraph
	// Start and End count Unicode code points in the paragraph's text from 0; End is exclusive. Both are 0 for a
	// DatelinePlace whose dateline is a field and stands in no paragraph.
	Start int `json:"start"`
	End   int `json:"end"`
	// Text is what stands from Start to End; for a DatelinePlace in no paragraph it is the place.
	Text    string `json:"text"`
	Message string `json:"message"` // an English sentence; MessageIn gives other languages
	// Fix is a proposed replacement for Text; nil where the rule cannot know one.
	Fix *string `json:"fix"`
	// Level is how much the paper minds; empty for the rules of this package, which are warnings.
	Level news.Level `json:"level,omitempty"`
	// Field is where a finding about no paragraph stands: kicker, headline or standfirst. Paragraph is then 0.
	Field string `json:"field,omitempty"`

	key  string
	args []any
}

// Copy is what is checked: an article, or a dispatch that is not one yet.
type Copy struct {
	Kicker, Headline, Standfirst string
	Place, Country, Source       string // the dateline as fields; only the place is checked, "" is no dateline
	Paragraphs                   []Paragraph
	// Language is a BCP 47 tag. Where it is empty, the letters of the text decide between English, Arabic and Persian.
	Language string
	// Published and Year tell the year of a date that names none: the one nearest to Published or, when that is zero,
	// Year (Gregorian). When both are zero such dates are not checked.
	Published time.Time
	Year      int
	// Style are the paper's own rules; nil for none.
	Style *Style
	// Calendar is the edition's; it decides between Persian and Hijri for a date in figures such as 1404/12/21.
	Calendar locale.Calendar
}

// Paragraph is a block of running text as doc.Body.Paragraphs lists them. Kind is one of doc's words (paragraph,
// heading, quote, attribution, item, note, cell, caption); empty means paragraph. An empty Lang is the article's.
type Paragraph struct {
	Number           int
	Text, Kind, Lang string
}

// FromBody lists the paragraphs of a body.
func FromBody(b doc.Body) []Paragraph {
	list := b.Paragraphs()
	out := make([]Paragraph, len(list))
	for i, p := range list {
		out[i] = Paragraph{Number: p.Number, Text: p.Text, Kind: p.Kind, Lang: p.Lang}
	}
	return out
}

// Check returns the findings in the order of paragraph and start, and nothing for clean copy. Any text is taken; what is not UTF-8
// counts one character a byte, as Go's conversion to runes does.
func Check(c Copy) []Finding {
	s := newStory(c)
	s.findDoubledWords()
	s.findOddSpaces()
	s.findLongParagraphs()
	s.pairQuotes()
	s.findBroken()
	s.checkQuotes()
	s.checkBrackets()
	s.findUnspoken()
	s.checkWeekdays()
	s.checkDateline()
	s.checkStyle()
	s.sort()
	return s.found
}

func (s *story) sort() {
	slices.SortStableFunc(s.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Paragraph, b.Paragraph), slices.Index(fields, a.Field)-slices.Index(fields, b.Field),
			cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
}

// Apply replaces what f marks in text, the text of its paragraph, by the proposed fix. ok is false when f proposes
// none, or when text is no longer what was checked. After one fix the places of other findings may have moved: check
// again.
func Apply(text string, f Finding) (fixed string, ok bool) {
	r := []rune(text)
	if f.Fix == nil || f.Start < 0 || f.End > len(r) || f.Start > f.End || string(r[f.Start:f.End]) != f.Text {
		return text, false
	}
	return string(r[:f.Start]) + *f.Fix + string(r[f.End:]), true
}
