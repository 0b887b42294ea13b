package news

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Role is what a member of staff may do; each includes the one before it.
type Role string

// The roles of PRODUCT.md. A reader has no account and no role.
const (
	Contributor Role = "contributor" // writes, cannot publish
	Reporter    Role = "reporter"    // own drafts, submits
	Editor      Role = "editor"      // their sections: edits, approves, publishes, corrects
	Chief       Role = "chief"       // everything editorial
	Owner       Role = "owner"       // settings and people too
)

// Roles lists the roles from least to most.
func Roles() []Role { return []Role{Contributor, Reporter, Editor, Chief, Owner} }

// ParseRole reads a role's name.
func ParseRole(s string) (Role, error) {
	if r := Role(strings.ToLower(strings.TrimSpace(s))); slices.Contains(Roles(), r) {
		return r, nil
	}
	return "", Refuse(Invalid, "error.role", "a role is contributor, reporter, editor, chief or owner").In("role")
}

// AtLeast reports whether r may do what least may. An unknown role may nothing.
func (r Role) AtLeast(least Role) bool {
	have, need := slices.Index(Roles(), r), slices.Index(Roles(), least)
	return have >= 0 && need >= 0 && have >= need
}

// Person is a member of staff.
type Person struct {
	ID        PersonID
	Email     string // lower case
	Name      string
	Role      Role
	Sections  []SectionID // an editor's own; empty, and none by a desk = every section
	Disabled  bool
	HasSecret bool // a password is set
	CreatedAt time.Time

	// Desks are those they are a member of, ByDesk the sections of those. A desk
	// keeps its members: to save a person changes neither.
	Desks  []DeskID
	ByDesk []SectionID
}

// Validate checks a person before it is kept.
func (p Person) Validate() error {
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email || len(p.Email) > 254 {
		return Refuse(Invalid, "error.person.email", "%q is not an e-mail address", p.Email).In("email")
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(p.Name)); n == 0 || n > 120 {
		return Refuse(Invalid, "error.person.name", "a name has 1 to 120 characters").In("name")
	}
	_, err := ParseRole(string(p.Role))
	return err
}

// May reports whether the person is on duty with at least that role.
func (p Person) May(least Role) bool { return p.ID != 0 && !p.Disabled && p.Role.AtLeast(least) }

// Covers reports whether the person has editorial power in a section: chiefs
// everywhere, editors in their own sections and those of their desks.
func (p Person) Covers(section SectionID) bool {
	return p.CoversAll() || p.May(Editor) && (slices.Contains(p.Sections, section) || slices.Contains(p.ByDesk, section))
}

// CoversAll reports whether the person has editorial power everywhere: chiefs,
// and editors to whom nobody gave sections.
func (p Person) CoversAll() bool {
	return p.May(Chief) || p.May(Editor) && len(p.Sections) == 0 && len(p.ByDesk) == 0
}

// OnDesk reports whether the person is a member of a desk.
func (p Person) OnDesk(d DeskID) bool { return d != 0 && slices.Contains(p.Desks, d) }
