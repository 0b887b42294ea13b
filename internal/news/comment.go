package news

import (
	"strings"
	"time"
	"unicode/utf8"
)

// CommentState is what became of a reader's comment.
type CommentState string

// The states of a comment.
const (
	CommentHeld     CommentState = "held"
	CommentApproved CommentState = "approved"
	CommentRejected CommentState = "rejected"
	CommentSpam     CommentState = "spam"
)

// MaxComment is the limit of a comment's text in bytes (PRODUCT.md, Limits of input).
const MaxComment = 16 << 10

// Comment is what a reader wrote under an article: plain text, never HTML.
type Comment struct {
	ID        CommentID
	Article   ID
	Edition   EditionID
	Name      string // may be empty; at most 80 characters
	Email     string // never shown; may be empty
	Text      string // at most MaxComment bytes
	State     CommentState
	Before    CommentState // what it was before the last decision, for undo
	Shown     int          // place among the article's approved comments, from 1; 0 = not shown
	At        time.Time
	DecidedBy PersonID
	DecidedAt time.Time
	Token     string // of the form it came with: the same form is taken once
	Address   string // keyed hash of the sender's address; never the address
}

// Validate checks what a reader typed.
func (c Comment) Validate() error {
	switch {
	case strings.TrimSpace(c.Text) == "":
		return Refuse(Invalid, "comment.refused.empty", "the comment is empty").In("comment")
	case len(c.Text) > MaxComment:
		return Refuse(TooLarge, "comment.refused.long", "a comment has at most 16 KB").In("comment")
	case utf8.RuneCountInString(c.Name) > 80:
		return Refuse(Invalid, "comment.refused.name", "a name has at most 80 characters").In("name")
	case len(c.Email) > 254:
		return Refuse(Invalid, "comment.refused.email", "an e-mail address has at most 254 characters").In("email")
	case !utf8.ValidString(c.Text) || !utf8.ValidString(c.Name) || !utf8.ValidString(c.Email):
		return Refuse(Invalid, "comment.refused.encoding", "the text is not UTF-8").In("comment")
	}
	return nil
}

// Decide moves a comment to another state and remembers the one before.
func (c *Comment) Decide(to CommentState, by PersonID, at time.Time) error {
	switch to {
	case CommentHeld, CommentApproved, CommentRejected, CommentSpam:
	default:
		return Refuse(Invalid, "error.comment.state", "a comment is held, approved, rejected or spam")
	}
	c.Before, c.State, c.DecidedBy, c.DecidedAt = c.State, to, by, at
	return nil
}
