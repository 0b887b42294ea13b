// Package news holds the nouns of a newspaper and the rules of the trade.
//
// It does no I/O. A rule such as "a killed article keeps its address and says
// so" is a method here, tested without a database; rooms load the nouns from
// the store, ask them, and write back what they answered. The words are those
// of GLOSSARY.md: the same word in type, table and address.
package news

// Paper is one installation: its editions, staff and archive.
type Paper struct {
	Name     string // what the staff call the house; 1 to 200 characters
	Language string // of the desk: "en", "ar" or "fa"
	FourEyes bool   // nobody approves their own article; true unless the owner says otherwise
	SetUp    bool   // the first owner has answered the set-up page

	SecondFactor bool // editors and above prove more than a password; false unless the owner says otherwise
}

// PersonID numbers a member of staff. 0 is nobody.
type PersonID int64

// EditionID numbers an edition. 0 is none.
type EditionID int64

// SectionID numbers a section. 0 is none.
type SectionID int64

// TopicID numbers a topic. 0 is none.
type TopicID int64

// StoryID numbers a story. 0 is none.
type StoryID int64

// CommentID numbers a comment. 0 is none.
type CommentID int64

// NoteID numbers a note in the margin. 0 is none.
type NoteID int64
