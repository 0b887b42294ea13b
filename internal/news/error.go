package news

import (
	"errors"
	"fmt"
)

// Code says what kind of error happened; doors turn it into a status. A Code
// is itself an error, so that errors.Is(err, news.NotFound) reads well.
type Code string

// The codes. Everything that carries none of them is internal: the reader
// gets a plain apology, the operator the whole text.
const (
	NotFound    Code = "not found"         // no such thing, or not for this visitor
	Gone        Code = "gone"              // was there, and was withdrawn with a note
	Conflict    Code = "conflict"          // somebody was first
	Invalid     Code = "invalid"           // what was given breaks a rule of the trade
	Forbidden   Code = "forbidden"         // this person may not
	SignedOut   Code = "signed out"        // nobody is signed in, or no longer
	TooLarge    Code = "too large"         // over a limit of PRODUCT.md
	TooMany     Code = "too many requests" // over a rate
	Unavailable Code = "unavailable"       // the database or the disk does not answer
)

// Error returns the code's own words.
func (c Code) Error() string { return string(c) }

// Error is a refusal that a person reads.
type Error struct {
	Code    Code
	Field   string // name of the form field it speaks of; "" for the whole
	Key     string // message key, printed by locale in the reader's language
	Args    []any  // of that message
	Message string // the English sentence, for commands and logs
	Err     error  // the cause, for the operator; may be nil
}

// Error returns the English sentence and its cause.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives both the code and the cause to errors.Is.
func (e *Error) Unwrap() []error {
	if e.Err != nil {
		return []error{e.Code, e.Err}
	}
	return []error{e.Code}
}

// Refuse makes an Error from a code, a message key and its English sentence.
func Refuse(code Code, key, format string, args ...any) *Error {
	return &Error{Code: code, Key: key, Args: args, Message: fmt.Sprintf(format, args...)}
}

// In names the form field that the refusal speaks of.
func (e *Error) In(field string) *Error { e.Field = field; return e }

// CodeOf returns the code an error carries, or "" for an internal error.
func CodeOf(err error) Code {
	var c Code
	if errors.As(err, &c) {
		return c
	}
	return ""
}
