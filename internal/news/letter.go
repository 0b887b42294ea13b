package news

import (
	"net/mail"
	"strings"
	"time"
)

// Letter is what the paper writes to somebody by mail.
type Letter struct {
	To       string    // one address
	Subject  string    // one line
	Text     string    // plain text
	Language string    // "en", "ar" or "fa"
	At       time.Time // when it was written
}

// Validate checks what a letter needs before it is queued.
func (l Letter) Validate() error {
	if a, err := mail.ParseAddress(l.To); err != nil || a.Address != l.To {
		return Refuse(Invalid, "error.letter.to", "%q is not an e-mail address", l.To)
	}
	if strings.ContainsAny(l.Subject, "\r\n") || strings.TrimSpace(l.Subject) == "" || strings.TrimSpace(l.Text) == "" || !readable(l.Subject+l.Text) {
		return Refuse(Invalid, "error.letter.text", "a letter has a subject of one line and a text")
	}
	return nil
}
