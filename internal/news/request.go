package news

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// RequestID numbers a reader's request. 0 is none.
type RequestID int64

// RequestKind is why somebody asks for an article to be changed or removed.
type RequestKind string

// The reasons that the form offers.
const (
	RequestWrong    RequestKind = "wrong"    // it says what is not so
	RequestOutdated RequestKind = "outdated" // a case was closed, a charge dropped
	RequestPrivacy  RequestKind = "privacy"
	RequestChild    RequestKind = "child" // somebody was under age
	RequestSafety   RequestKind = "safety"
	RequestRights   RequestKind = "rights" // a law, a court, somebody's copyright
	RequestOther    RequestKind = "other"
)

// RequestKinds lists the reasons in the order of the form.
func RequestKinds() []RequestKind {
	return []RequestKind{RequestWrong, RequestOutdated, RequestPrivacy, RequestChild, RequestSafety, RequestRights, RequestOther}
}

// RequestState is how far a request has come.
type RequestState string

// open → decided → answered; spam from open.
const (
	RequestOpen     RequestState = "open"
	RequestDecided  RequestState = "decided"
	RequestAnswered RequestState = "answered"
	RequestSpam     RequestState = "spam"
)

// RequestStates lists the states in their order.
func RequestStates() []RequestState {
	return []RequestState{RequestOpen, RequestDecided, RequestAnswered, RequestSpam}
}

// Outcome is what the panel decides.
type Outcome string

// The outcomes.
const (
	OutcomeUpdate    Outcome = "update"    // the text is brought up to date
	OutcomeUnindex   Outcome = "unindex"   // out of search, and search engines are asked to forget it
	OutcomeAnonymise Outcome = "anonymise" // other words stand for a name
	OutcomeRemove    Outcome = "remove"    // killed or taken down
	OutcomeRefuse    Outcome = "refuse"
)

// Outcomes lists the outcomes in the order of the form.
func Outcomes() []Outcome {
	return []Outcome{OutcomeUpdate, OutcomeUnindex, OutcomeAnonymise, OutcomeRemove, OutcomeRefuse}
}

// MaxRequest is the limit of a request's text in bytes.
const MaxRequest = 16 << 10

// Request is what a reader asks about an article.
type Request struct {
	ID      RequestID
	Article ID
	Edition EditionID
	Kind    RequestKind
	Name    string
	Email   string // for the answer
	Text    string
	State   RequestState
	At      time.Time

	Outcome   Outcome // "" = not decided
	DecidedAt time.Time
	Alone     string // the reason for a decision by one person

	Answer     string // the letter as it was sent
	AnsweredBy PersonID
	AnsweredAt time.Time

	Token   string // of the form: see comments.PostRequest
	Address string // where it came from, signed: for the rates
}

// Voice is what one member of the panel says of a request.
type Voice struct {
	Request RequestID
	By      PersonID
	Role    Role // as it is now
	Outcome Outcome
	Reason  string
	At      time.Time
}

// Validate checks what a reader sent.
func (r Request) Validate() error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(r.Text)); {
	case !slices.Contains(RequestKinds(), r.Kind):
		return Refuse(Invalid, "request.refused.kind", "say why you ask").In("kind")
	case strings.TrimSpace(r.Email) == "":
		return Refuse(Invalid, "request.refused.email", "give an e-mail address for the answer").In("email")
	case n == 0:
		return Refuse(Invalid, "request.refused.text", "say what should change").In("text")
	case len(r.Text) > MaxRequest:
		return Refuse(TooLarge, "request.refused.long", "a request has at most 16 KB").In("text")
	case utf8.RuneCountInString(r.Name) > 120 || len(r.Email) > 254 || !readable(r.Name+r.Email+r.Text):
		return Refuse(Invalid, "request.refused.name", "the name has at most 120 characters").In("name")
	}
	return nil
}

// Speak adds what a member of the panel says; saying something else later
// replaces it. Editors of the article's section and chiefs are the panel.
func (r Request) Speak(a Article, p Person, v Voice) error {
	switch {
	case a.Allows(p, MayAnswer) != nil:
		return Refuse(Forbidden, "error.forbidden", "you are not of this request's panel")
	case r.State != RequestOpen:
		return Refuse(Conflict, "error.request.decided", "the panel has decided already")
	case !slices.Contains(Outcomes(), v.Outcome):
		return Refuse(Invalid, "error.request.outcome", "say what should be done").In("outcome")
	case strings.TrimSpace(v.Reason) == "":
		return Refuse(Invalid, "error.request.reason", "say why, for the record").In("reason")
	case len(v.Reason) > 4000 || !readable(v.Reason):
		return Refuse(Invalid, "error.request.reason.long", "a reason has at most 4000 bytes").In("reason")
	}
	return nil
}

// Decide makes what the panel said a decision: two people who say the same,
// one of them a chief. Where the paper asks for no second pair of eyes, or
// with a reason that is recorded, a chief decides alone.
func (r *Request) Decide(voices []Voice, p Person, fourEyes bool, alone string, at time.Time) (decided bool) {
	for _, outcome := range Outcomes() {
		same, chief, own := 0, false, false
		for _, v := range voices {
			if v.Outcome == outcome {
				same, chief, own = same+1, chief || v.Role.AtLeast(Chief), own || v.By == p.ID && p.May(Chief)
			}
		}
		byOne := own && (!fourEyes || strings.TrimSpace(alone) != "")
		if same >= 2 && chief || byOne {
			if same < 2 {
				r.Alone = strings.TrimSpace(alone)
			}
			r.State, r.Outcome, r.DecidedAt = RequestDecided, outcome, at
			return true
		}
	}
	return false
}

// CarriedOut reports whether what was decided has been done to the article, so
// that nobody is told of what has not happened.
func (r Request) CarriedOut(a Article) bool {
	switch r.Outcome {
	case OutcomeRefuse:
		return true
	case OutcomeUnindex:
		return a.NoIndex || a.State == Killed
	case OutcomeRemove:
		return a.State == Killed
	case OutcomeAnonymise:
		return a.State == Killed || a.VersionsFrom > 0 && a.UpdatedAt.After(r.DecidedAt)
	case OutcomeUpdate:
		return a.State == Killed || a.UpdatedAt.After(r.DecidedAt)
	}
	return false
}

// Reply answers the reader.
func (r *Request) Reply(a Article, p Person, text string, at time.Time) error {
	switch text = strings.TrimSpace(text); {
	case a.Allows(p, MayAnswer) != nil:
		return Refuse(Forbidden, "error.forbidden", "you are not of this request's panel")
	case r.State == RequestOpen || r.State == RequestSpam:
		return Refuse(Conflict, "error.request.open", "the panel has to decide first")
	case r.State == RequestAnswered:
		return Refuse(Conflict, "error.request.answered", "this request was answered already")
	case !r.CarriedOut(a):
		return Refuse(Conflict, "error.request.undone", "carry out the decision first: nobody is told of what has not happened")
	case text == "":
		return Refuse(Invalid, "error.request.answer", "write the answer").In("answer")
	case len(text) > MaxRequest || !readable(text):
		return Refuse(Invalid, "error.request.answer.long", "an answer has at most 16 KB").In("answer")
	}
	r.State, r.Answer, r.AnsweredBy, r.AnsweredAt = RequestAnswered, strings.TrimSpace(text), p.ID, at
	return nil
}
