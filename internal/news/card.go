package news

import "time"

// Card is an article as it stands in a public list.
type Card struct {
	ID           ID
	Edition      EditionID
	Section      SectionID
	Kicker       string
	Headline     string
	Standfirst   string // or the opening of the text, where there is none
	Bylines      []Byline
	Dateline     Dateline
	Credit       string
	Language     string // "" = the edition's
	Urgency      int
	PublishedAt  time.Time
	UpdatedAt    time.Time
	CommentCount int
	Labels       Labels
	NoIndex      bool // search engines are not told of it
}

// Place is a point in a list that is ordered newest first: what follows it is
// older, or as old with a smaller number. It never shifts.
type Place struct {
	At time.Time
	ID int64
}
