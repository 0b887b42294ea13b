package press

import (
	"encoding/json"
	"html/template"

	"broadsheet/internal/locale"
)

// The views are all that a theme's templates see. Every text in them is ready
// to print in the edition's language, calendar and digits; every address is a
// path on the paper's own host unless it says Absolute.

// Frame is what every page has around it.
type Frame struct {
	style      locale.Style
	Edition    EditionView
	Editions   []EditionLink // all editions, by their own names
	Sections   []SectionLink // of this edition
	Today      Moment        // the masthead date
	OtherToday string        // the same day in the Gregorian calendar where the edition uses another; may be empty
	Page       string        // kind of page: "front", "section", "article", "list", "archive", "search", "corrections", "comments", "versions", "request", "fault"
	Title      string        // of the document
	Heading    string        // of the page, where it is not an article
	About      string        // description for search engines; may be empty
	Canonical  string        // absolute
	Alternates []Alternate   // the same story in other languages, x-default included
	Feeds      []FeedLink
	Index      bool // search engines may keep the page
	Graph      Graph
	LD         json.RawMessage // JSON-LD for application/ld+json; may be nil
	Assets     map[string]string
}

// T is a text of the edition's language.
func (f Frame) T(key string, args ...any) string { return f.style.T(key, args...) }

// Number prints a number in the edition's digits.
func (f Frame) Number(n int) string { return f.style.Number(int64(n)) }

// Asset is the address of one of the theme's files, with its content's mark.
func (f Frame) Asset(name string) string { return f.Assets[name] }

// EditionView is the edition a page belongs to.
type EditionView struct {
	Name, Tagline       string
	Language, Direction string
	Slug                string
	Home                string // path of the front
	Prefix              string // "" or "/<slug>"
	Accent              string // "#rrggbb"; may be empty
	AccentSheet         string // path of the edition's own small style sheet
	SearchPath          string
	ArchivePath         string
	CorrectionsPath     string
}

// EditionLink leads to another edition.
type EditionLink struct {
	Name, Language, Direction, Path string
	LanguageName                    string // the language's own name
	Current                         bool
}

// SectionLink leads to a section.
type SectionLink struct {
	Name, Path string
	Current    bool
}

// Alternate is the same story in another language.
type Alternate struct {
	Language string // "x-default" too
	URL      string // absolute
	Path     string
	Name     string // the language's own name; "" for x-default
	Headline string
}

// FeedLink is a feed a reader may subscribe to.
type FeedLink struct{ Title, Type, Path string }

// Graph is the Open Graph of a page.
type Graph struct {
	Type, Title, Description, URL, SiteName, Locale string
	Published, Modified, Section                    string // ISO 8601; article pages
	Authors, Tags                                   []string
}

// Moment is a time, for people and for machines.
type Moment struct {
	Text  string // as the edition prints it
	ISO   string // ISO 8601 with zone; "" = there is no time
	Day   string // only the date
	Clock string // only the time of day
}

// Card is an article in a list.
type Card struct {
	ID                  string
	Path                string
	Kicker              string
	Headline            string
	Standfirst          string
	Authors             []AuthorLink
	Section             SectionLink
	Place               string // of the dateline
	Published           Moment
	Short               string // time of day if it is of today, else the short date
	Language, Direction string // set only where they differ from the edition's
	Opinion             bool
	Labels              []LabelView
}

// LabelView is a word above a headline that ends by itself.
type LabelView struct{ Kind, Text string } // "developing", "so-far"

// AuthorLink leads to the page of a byline.
type AuthorLink struct{ Name, Path, Role string }

// TopicLink leads to a topic.
type TopicLink struct{ Name, Path string }

// FrontView is the front.
type FrontView struct {
	Frame
	Lead    *Card  // nil = nothing is published
	Seconds []Card // two or three
	Briefs  []Card // with their times
	Opinion []Card // names first
	Rows    []Row  // the sections
}

// Row is a section on the front: unequal parts, the first the largest.
type Row struct {
	Section SectionLink
	First   Card
	Rest    []Card
}

// ListView is a section, an author or a topic: the newest articles, then the months.
type ListView struct {
	Frame
	Kind   string // "section", "author", "topic"
	Lead   *Card  // sections only
	Cards  []Card
	Months []MonthLink // where older ones stand; the newest first
	Month  string      // of a month's page: "March 2026"; else ""
	Newer  *MonthLink
	Older  *MonthLink
	Days   []DayGroup // of a month's page
}

// MonthLink leads to a month.
type MonthLink struct {
	Name, Path string
	Current    bool
}

// DayGroup is a day's articles within a month.
type DayGroup struct {
	Date  Moment
	Path  string // of the day in the archive
	Cards []Card
}

// ArticleView is the article's page.
type ArticleView struct {
	Frame
	ID          string // News ID in ASCII
	NewsID      string // as printed
	Path        string
	Kicker      string
	Headline    string
	Standfirst  string
	Authors     []AuthorLink
	ByLine      string // "By A, B and C"
	Section     SectionLink
	Opinion     bool
	Published   Moment
	Updated     *Moment // nil = never changed since
	Credit      string
	Dateline    string
	Body        template.HTML // printed by doc; it opens with the dateline
	Labels      []LabelView
	SoFar       []Card // what was told before, where the label says so; the first report first
	Notes       []Note // update, clarification, correction; newest first
	Topics      []TopicLink
	Story       []Card // the story so far: other articles of the same story
	Related     []Card // articles that share a topic
	Next        []Card // what stands below it in its section
	Request     string // path of the form to ask for a change
	Versions    string // path of the version history; "" = there is only one version
	Talk        Talk
	Language    string // of the text
	Direction   string
	ReadingTime string
	Preview     bool   // not what stands at the address: without the readers' part
	Notice      string // a line above a preview; may be empty
}

// Note declares what changed.
type Note struct {
	Kind  string // "update", "clarification", "correction"
	Label string
	Text  string
	Moved string // that the dateline is another; may be empty
	At    Moment
	// where the note stands in a list of corrections
	Headline string
	Path     string
}

// Talk is the readers' part of an article's page.
type Talk struct {
	Open    bool
	Count   int
	Counted string // "12 comments"
	List    []CommentView
	More    string // path of further comments; "" = all are shown
	Action  string // where the form is sent
	Stamp   string // when the page was made, signed
	// what a refused form brings back
	Refusal           string
	Name, Email, Text string
	Held              bool // the comment just sent is held
}

// CommentView is one reader's comment: lines of runs, plain text and links.
type CommentView struct {
	ID    string
	Name  string // "" = anonymous
	At    Moment
	Lines [][]CommentRun
}

// CommentRun is a piece of a comment; Href is set for a link.
type CommentRun struct{ Text, Href string }

// CommentsView is the page of further comments, and of a comment just sent.
type CommentsView struct {
	Frame
	Article Card
	Talk    Talk
	Newer   string // path of the page before
}

// RequestView is the form with which a reader asks for an article to be
// changed or removed.
type RequestView struct {
	Frame
	Article Card
	Action  string
	Stamp   string // when the page was made, signed
	Kinds   []Choice
	// what a refused form brings back
	Refusal, In       string
	Name, Email, Text string
	Sent              bool // the request is with the editors
}

// ArchiveView is the archive: years, a year, a month as a calendar, a day.
type ArchiveView struct {
	Frame
	Kind     string      // "years", "year", "month", "day"
	Crumbs   []MonthLink // from the archive down to here
	Years    []MonthLink
	Months   []ArchiveMonthView
	Calendar *CalendarView
	Date     Moment
	Cards    []Card
	Newer    *MonthLink
	Older    *MonthLink
	Others   []MonthLink // the same place in another calendar
}

// ArchiveMonthView is a month in a year's page; an empty Path has no stories.
type ArchiveMonthView struct{ Name, Path string }

// CalendarView is a month as weeks of seven days, begun on the language's own weekday.
type CalendarView struct {
	Name     string
	Weekdays []Weekday
	Weeks    [][]CalendarDay
}

// Weekday is a column's head.
type Weekday struct{ Narrow, Name string }

// CalendarDay is a cell; Number is empty outside the month, Path without stories.
type CalendarDay struct {
	Number, Path string
	Today        bool
}

// SearchView is the search.
type SearchView struct {
	Frame
	Action   string // where the form is sent
	Query    Query
	Sections []Choice
	Results  []Result
	Asked    bool   // there was a question
	More     string // path of older results
	Newest   string // path: the same, newest first
	Best     string // path: the same, by relevance
	Problem  string // a date that does not exist, a query too long
}

// Choice is an option of a form.
type Choice struct {
	Value, Name string
	Chosen      bool
}

// Result is a found article with the sentence that has the words.
type Result struct {
	Card
	Headline []Run
	Snippet  []Run
}

// Run is a piece of text; Mark says that it was searched for.
type Run struct {
	Text string
	Mark bool
}

// CorrectionsView is the list of declared changes.
type CorrectionsView struct {
	Frame
	Notes []Note
	More  string
}

// VersionsView is an article's published versions, newest first.
type VersionsView struct {
	Frame
	Article  Card
	Versions []Version
}

// Version is one published state of an article, with its difference from the one before.
type Version struct {
	Number   string
	At       Moment
	Label    string // "Update", "Correction", …; the first one's is "Published"
	Note     string
	Headline string
	Changes  []Change
}

// Change is a paragraph that differs.
type Change struct {
	Removed, Added []Run // Mark = the words that differ
}

// FaultView is an error page: 404, 410, 4xx, 5xx.
type FaultView struct {
	Frame
	Code   int
	Label  string
	Text   string
	Note   string  // of a kill
	At     *Moment // of a kill
	NewsID string
	Cards  []Card // the day's front, small
}
