package news

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"broadsheet/internal/doc"
)

// ID is a News ID: the article's number and its permanent address
// /news/<id>, whatever happens to the headline. It is given when the draft is
// made and never reused.
type ID int64

// MaxID is the largest News ID: nine digits, so that it can be read aloud.
const MaxID ID = 999_999_999

// ParseID reads a News ID in ASCII digits.
func ParseID(s string) (ID, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 || ID(n) > MaxID || s[0] == '0' || s[0] == '+' {
		return 0, Refuse(NotFound, "error.newsid", "%q is not a News ID", s)
	}
	return ID(n), nil
}

// String returns the number in ASCII digits.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// MaxArticle is the limit of an article's text in bytes (PRODUCT.md, Limits of input).
const MaxArticle = 2 << 20

// Content is everything of an article that a revision freezes.
type Content struct {
	Kicker     string // above the headline
	Headline   string // 1 to 300 characters before it can be submitted
	Standfirst string // below the headline, at most 1000 characters
	Slugline   string // the desk's working name
	Bylines    []Byline
	Dateline   Dateline
	Credit     string // agency or photographer
	Section    SectionID
	Topics     []TopicID
	Urgency    int    // 1 (flash) to 8, as IPTC counts; 0 = 4
	Language   string // "" = the edition's
	Body       doc.Body
}

// Validate checks what holds for every revision, a first draft too.
func (c Content) Validate() error {
	limits := []struct {
		field, text string
		most        int
	}{
		{"kicker", c.Kicker, 120}, {"headline", c.Headline, 300}, {"standfirst", c.Standfirst, 1000},
		{"slugline", c.Slugline, 120}, {"credit", c.Credit, 200}, {"language", c.Language, 20},
	}
	for _, l := range limits {
		if utf8.RuneCountInString(l.text) > l.most {
			return Refuse(Invalid, "error.field.long", "the %s has at most %d characters", l.field, l.most).In(l.field)
		}
		if !readable(l.text) {
			return Refuse(Invalid, "error.encoding", "the %s is not UTF-8 text", l.field).In(l.field)
		}
	}
	if c.Urgency < 0 || c.Urgency > 8 {
		return Refuse(Invalid, "error.urgency", "urgency is 1 to 8").In("urgency")
	}
	if err := c.Dateline.validate(); err != nil {
		return err
	}
	return validateBylines(c.Bylines)
}

// readable is true for UTF-8 text without NUL, which one of the databases takes and the other refuses.
func readable(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// Ready checks what an article needs before an editor sees it: a headline, a
// section and a body.
func (c Content) Ready() error {
	switch {
	case strings.TrimSpace(c.Headline) == "":
		return Refuse(Invalid, "error.headline.empty", "the article needs a headline").In("headline")
	case c.Section == 0:
		return Refuse(Invalid, "error.section.none", "the article needs a section").In("section")
	case c.Body.Empty():
		return Refuse(Invalid, "error.body.empty", "the article has no text").In("body")
	}
	return c.Validate()
}

// Revision is one frozen state of an article's content, numbered 1, 2, 3.
// Rows are never changed: an edit makes the next one.
type Revision struct {
	Article ID
	Number  int
	Content
	By          PersonID
	At          time.Time
	PublishedAt time.Time  // when it went live; zero = never
	Change      ChangeKind // of the publication; "" = never live
	Note        string     // of the publication
}

// CommentRule says whether readers may comment on an article.
type CommentRule string

// The comment rules: as the edition says, open, or closed.
const (
	CommentsAsEdition CommentRule = ""
	CommentsOpen      CommentRule = "open"
	CommentsClosed    CommentRule = "closed"
)

// Article is what is published under one News ID. Facts with an author and a
// time (approval, embargo, kill) stand beside the state; they are not states.
type Article struct {
	ID       ID
	Edition  EditionID
	Section  SectionID // of the head revision
	Story    StoryID
	State    State
	Head     int // newest revision
	Live     int // the revision readers see; 0 = none
	Creator  PersonID
	Headline string // of the head revision, for lists
	Slugline string
	Urgency  int

	CreatedAt   time.Time
	ChangedAt   time.Time // last act
	ChangedBy   PersonID
	PublishedAt time.Time // first publication; zero = never
	UpdatedAt   time.Time // last change that went live

	// With whom it lies: a copy of its Placement, for lists and for rights.
	Desk     DeskID
	Assignee PersonID
	Stage    string

	SubmittedBy PersonID
	Approval    Approval
	Bypass      Bypass

	ScheduledFor time.Time // goes out then; zero = not scheduled
	EmbargoUntil time.Time // not before; zero = none

	Kill Kill

	Labels       Labels
	NoIndex      bool // read at its address, found by no search
	Sealed       bool // taken down: opened by chiefs and owners only
	VersionsFrom int  // the first revision of the public history; 0 = all

	CommentRule  CommentRule
	CommentCount int // approved ones

	SourceKey  string // where an import came from: unique; "" = written here
	SourceHash string // of what was imported
}

// Approval is a second person's yes to one revision.
type Approval struct {
	By       PersonID
	At       time.Time
	Revision int
}

// Bypass is the breaking-news way round the second pair of eyes.
type Bypass struct {
	By     PersonID
	At     time.Time
	Reason string
}

// Kill is the withdrawal of a published article.
type Kill struct {
	By   PersonID
	At   time.Time
	Note string // for readers, at the address
}

// Placing is where the article stands, or stood, with that content live.
func (a *Article) Placing(c Content) Placing {
	bylines := make([]string, len(c.Bylines))
	for i, b := range c.Bylines {
		bylines[i] = b.Slug
	}
	return Placing{Section: c.Section, Topics: c.Topics, Bylines: bylines, Story: a.Story, PublishedAt: a.PublishedAt}
}
