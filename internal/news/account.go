package news

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Way is how a session began.
type Way string

// The ways in. Passkey, Code, Recovery and Identity prove more than that
// somebody knows a password.
const (
	WayPassword Way = "password"
	WayLink     Way = "link"     // a one-time link
	WayPasskey  Way = "passkey"  // a key in the person's device, opened by finger, face or PIN
	WayCode     Way = "code"     // password and one-time code
	WayRecovery Way = "recovery" // password and recovery code
	WayIdentity Way = "identity" // the house's own identity server
)

// Ways lists the ways in.
func Ways() []Way {
	return []Way{WayPassword, WayLink, WayPasskey, WayCode, WayRecovery, WayIdentity}
}

// Strong reports whether the way proves more than a password.
func (w Way) Strong() bool {
	return w == WayPasskey || w == WayCode || w == WayRecovery || w == WayIdentity
}

// Passkey is the public half of a key in somebody's device.
type Passkey struct {
	ID         string // the credential's, base64url
	Person     PersonID
	Name       string // 1 to 60 characters, by its owner
	Domain     string // the desk's name for which it was made: it opens no other
	Credential string // JSON of what is needed to check it
	MadeAt     time.Time
	UsedAt     time.Time // zero = not yet
}

// mostKeyName is how long a passkey's name may be, in characters.
const mostKeyName = 60

// KeyName checks the name that somebody gives a passkey.
func KeyName(s string) (string, error) {
	s = strings.Join(strings.Fields(s), " ")
	if n := utf8.RuneCountInString(s); n == 0 || n > mostKeyName {
		return "", Refuse(Invalid, "error.passkey.name", "a passkey's name has 1 to %d characters", mostKeyName).In("key_name")
	}
	return s, nil
}

// AccountKind says what happened at somebody's door.
type AccountKind string

// The kinds of entries in the record of sign-ins and rights.
const (
	AccountIn         AccountKind = "in"          // signed in; Way says how
	AccountWrong      AccountKind = "wrong"       // a wrong password or code; Way says which
	AccountOut        AccountKind = "out"         // signed out
	AccountEnded      AccountKind = "ended"       // other sessions were ended
	AccountPassword   AccountKind = "password"    // a new password
	AccountKeyAdded   AccountKind = "key-added"   // Detail: the passkey's name
	AccountKeyRemoved AccountKind = "key-removed" // likewise
	AccountCodesOn    AccountKind = "codes-on"
	AccountCodesOff   AccountKind = "codes-off"
	AccountRecovery   AccountKind = "recovery"  // new recovery codes
	AccountForgotten  AccountKind = "forgotten" // an owner took passkeys and codes away
	AccountAdded      AccountKind = "added"     // to the staff; Detail: the role
	AccountLink       AccountKind = "link"      // was given a one-time link
	AccountRole       AccountKind = "role"      // Detail: "editor reporter", the new and the old one
	AccountSections   AccountKind = "sections"
	AccountName       AccountKind = "name"
	AccountEmail      AccountKind = "email" // Detail: the old one
	AccountClosed     AccountKind = "closed"
	AccountOpened     AccountKind = "opened"
	AccountHanded     AccountKind = "handed"   // their work went to somebody else; Detail: the name
	AccountIdentity   AccountKind = "identity" // tied to the identity server
	AccountUntied     AccountKind = "untied"
)

// AccountKinds lists the kinds of entries.
func AccountKinds() []AccountKind {
	return []AccountKind{AccountIn, AccountWrong, AccountOut, AccountEnded, AccountPassword, AccountKeyAdded, AccountKeyRemoved, AccountCodesOn,
		AccountCodesOff, AccountRecovery, AccountForgotten, AccountAdded, AccountLink, AccountRole, AccountSections, AccountName, AccountEmail,
		AccountClosed, AccountOpened, AccountHanded, AccountIdentity, AccountUntied}
}

// AccountEntry is one line of the record of sign-ins and rights.
type AccountEntry struct {
	ID      int64
	Person  PersonID // whose account; 0 = a name that nobody has
	At      time.Time
	Kind    AccountKind
	Actor   PersonID // who did it; 0 = the command line, or nobody who is known
	Way     Way
	Network string // where from: 24 bits of an IPv4 address, 48 of an IPv6 one
	Agent   string // the browser's name for itself
	Detail  string
}

// OneTimeCode is a person's second factor.
type OneTimeCode struct {
	Person PersonID
	Secret string // sealed
	MadeAt time.Time
	Step   int64 // the last thirty seconds whose code was taken
}

// IdentityServer is where a house keeps its people (OpenID Connect).
type IdentityServer struct {
	Name        string // as the sign-in page calls it
	Issuer      string
	ClientID    string
	Secret      string // sealed
	PrivateHost string // "" = it stands on the public internet
	Open        bool
}
