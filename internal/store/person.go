package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/news"
)

const personColumns = `id, email, name, role, disabled, secret, created_at`

// A person is read with what they may in one query: their own sections, and
// those of each desk that they are a member of. A permission that cannot be
// looked up is a refusal.
const personQuery = `SELECT p.id, p.email, p.name, p.role, p.disabled, p.secret, p.created_at, coalesce(o.section_id, 0), coalesce(m.desk_id, 0), coalesce(d.section_id, 0)
	FROM person p LEFT JOIN person_section o ON o.person_id = p.id
	LEFT JOIN desk_member m ON m.person_id = p.id LEFT JOIN desk_section d ON d.desk_id = m.desk_id`

// scanGrants reads one row of a person: of each of the lists at most one.
func scanGrants(r scanner) (news.Person, error) {
	var p news.Person
	var secret string
	var created int64
	own, desk, byDesk := make([]news.SectionID, 1), make([]news.DeskID, 1), make([]news.SectionID, 1)
	err := r.Scan(&p.ID, &p.Email, &p.Name, &p.Role, &p.Disabled, &secret, &created, &own[0], &desk[0], &byDesk[0])
	p.HasSecret, p.CreatedAt = secret != "", fromMicro(created)
	p.Sections, p.Desks, p.ByDesk = known(own), known(desk), known(byDesk)
	return p, err
}

func known[N ~int64](list []N) []N {
	return slices.DeleteFunc(list, func(n N) bool { return n == 0 })
}

// gathered makes people of their rows, which stand together.
func gathered(rows []news.Person) []news.Person {
	var people []news.Person
	for _, row := range rows {
		if len(people) == 0 || people[len(people)-1].ID != row.ID {
			people = append(people, row)
			continue
		}
		p := &people[len(people)-1]
		p.Sections, p.Desks, p.ByDesk = append(p.Sections, row.Sections...), append(p.Desks, row.Desks...), append(p.ByDesk, row.ByDesk...)
	}
	for i := range people {
		p := &people[i]
		p.Sections, p.Desks, p.ByDesk = eachOnce(p.Sections), eachOnce(p.Desks), eachOnce(p.ByDesk)
	}
	return people
}

func eachOnce[N ~int64](list []N) []N {
	slices.Sort(list)
	return slices.Compact(list)
}

// mostStaff is how many people are listed.
const mostStaff = 1000

// People lists the staff by name, at most 1,000.
func (q queries) People(ctx context.Context) ([]news.Person, error) {
	rows, err := all(ctx, q, personQuery+` ORDER BY p.disabled, p.name, p.id`, nil, scanGrants)
	people := gathered(rows)
	return people[:min(len(people), mostStaff)], err
}

// Person reads a member of staff with their sections and desks.
func (q queries) Person(ctx context.Context, id news.PersonID) (news.Person, error) {
	return q.person(ctx, personQuery+` WHERE p.id = $1`, id)
}

// PersonByEmail finds a member of staff; case does not count.
func (q queries) PersonByEmail(ctx context.Context, email string) (news.Person, error) {
	return q.person(ctx, personQuery+` WHERE p.email = $1`, strings.ToLower(strings.TrimSpace(email)))
}

func (q queries) person(ctx context.Context, text string, arg any) (news.Person, error) {
	rows, err := all(ctx, q, text, []any{arg}, scanGrants)
	if err != nil {
		return news.Person{}, err
	}
	if len(rows) == 0 {
		return news.Person{}, news.Refuse(news.NotFound, "error.notfound", "there is no such thing")
	}
	return gathered(rows)[0], nil
}

// AnyOwner reports whether somebody may already run the paper.
func (q queries) AnyOwner(ctx context.Context) (bool, error) {
	var yes bool
	err := q.row(ctx, `SELECT EXISTS (SELECT 1 FROM person WHERE role = 'owner' AND NOT disabled)`, nil, &yes)
	return yes, err
}

// Secret reads a person's password hash; "" = none is set.
func (q queries) Secret(ctx context.Context, id news.PersonID) (string, error) {
	var secret string
	err := q.row(ctx, `SELECT secret FROM person WHERE id = $1`, []any{id}, &secret)
	return secret, err
}

// SavePerson keeps a member of staff; without a number they are given one.
// The password is left as it is.
func (tx *Tx) SavePerson(ctx context.Context, p *news.Person) error {
	p.Email = strings.ToLower(strings.TrimSpace(p.Email))
	if p.ID == 0 {
		n, err := tx.nextNumber(ctx, "person")
		if err != nil {
			return err
		}
		p.ID = news.PersonID(n)
	}
	err := tx.exec(ctx, `INSERT INTO person (`+personColumns+`) VALUES ($1, $2, $3, $4, $5, '', $6)
		ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name, role = excluded.role, disabled = excluded.disabled`,
		p.ID, p.Email, p.Name, string(p.Role), p.Disabled, micro(p.CreatedAt))
	if err != nil {
		return err
	}
	if err := tx.exec(ctx, `DELETE FROM person_section WHERE person_id = $1`, p.ID); err != nil {
		return err
	}
	for _, s := range p.Sections {
		if err := tx.exec(ctx, `INSERT INTO person_section (person_id, section_id) VALUES ($1, $2)`, p.ID, s); err != nil {
			return err
		}
	}
	return nil
}

// SetSecret keeps a person's password hash.
func (tx *Tx) SetSecret(ctx context.Context, id news.PersonID, secret string) error {
	return tx.exec(ctx, `UPDATE person SET secret = $2 WHERE id = $1`, id, secret)
}

// Session is one signed-in browser.
type Session struct {
	Token   string // SHA-256 of the cookie, in hex
	Person  news.PersonID
	Created time.Time
	Seen    time.Time
	Expires time.Time
	Agent   string // the browser's name for itself, at most 200 bytes
	Way     news.Way
	Strong  bool // it proved more than a password
}

// Session reads a session by the hash of its cookie.
func (q queries) Session(ctx context.Context, token string) (Session, error) {
	s := Session{Token: token}
	var created, seen, expires int64
	err := q.row(ctx, `SELECT person_id, created_at, seen_at, expires_at, agent, way, strong FROM session WHERE token = $1`, []any{token},
		&s.Person, &created, &seen, &expires, &s.Agent, &s.Way, &s.Strong)
	s.Created, s.Seen, s.Expires = fromMicro(created), fromMicro(seen), fromMicro(expires)
	return s, err
}

// SaveSession keeps a session, or when it was last seen.
func (tx *Tx) SaveSession(ctx context.Context, s Session) error {
	return tx.exec(ctx, `INSERT INTO session (token, person_id, created_at, seen_at, expires_at, agent, way, strong) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (token) DO UPDATE SET seen_at = excluded.seen_at, expires_at = excluded.expires_at`,
		s.Token, s.Person, micro(s.Created), micro(s.Seen), micro(s.Expires), s.Agent, string(s.Way), s.Strong)
}

// EndSession signs one browser out.
func (tx *Tx) EndSession(ctx context.Context, token string) error {
	return tx.exec(ctx, `DELETE FROM session WHERE token = $1`, token)
}

// EndSessions signs a person out everywhere.
func (tx *Tx) EndSessions(ctx context.Context, id news.PersonID) error {
	return tx.exec(ctx, `DELETE FROM session WHERE person_id = $1`, id)
}

// PruneSessions forgets sessions that ended before now.
func (tx *Tx) PruneSessions(ctx context.Context, now time.Time) error {
	return tx.exec(ctx, `DELETE FROM session WHERE expires_at < $1`, micro(now))
}

// PruneSignIns forgets links that ended and failures that count no longer:
// those from before so long ago.
func (tx *Tx) PruneSignIns(ctx context.Context, before time.Time) error {
	if err := tx.exec(ctx, `DELETE FROM invitation WHERE expires_at < $1`, micro(before)); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM throttle WHERE since < $1 AND until < $1`, micro(before))
}

// Invitation is a one-time link.
type Invitation struct {
	Token   string // SHA-256 of the link's secret, in hex
	Person  news.PersonID
	Expires time.Time
	Used    time.Time
}

// Invitation reads a one-time link by the hash of its secret.
func (q queries) Invitation(ctx context.Context, token string) (Invitation, error) {
	i := Invitation{Token: token}
	var expires, used int64
	err := q.row(ctx, `SELECT person_id, expires_at, used_at FROM invitation WHERE token = $1`, []any{token}, &i.Person, &expires, &used)
	i.Expires, i.Used = fromMicro(expires), fromMicro(used)
	return i, err
}

// SaveInvitation keeps a one-time link, or that it was used.
func (tx *Tx) SaveInvitation(ctx context.Context, i Invitation) error {
	return tx.exec(ctx, `INSERT INTO invitation (token, person_id, expires_at, used_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (token) DO UPDATE SET used_at = excluded.used_at`, i.Token, i.Person, micro(i.Expires), micro(i.Used))
}

// Throttle counts failures under a name: an account or an address.
type Throttle struct {
	Name     string // a keyed hash; never the address or account itself
	Failures int
	Since    time.Time
	Until    time.Time // no further try before
}

// Throttle reads the failures under a name; none is the zero value.
func (q queries) Throttle(ctx context.Context, name string) (Throttle, error) {
	t := Throttle{Name: name}
	var since, until int64
	err := q.row(ctx, `SELECT failures, since, until FROM throttle WHERE name = $1`, []any{name}, &t.Failures, &since, &until)
	if news.CodeOf(err) == news.NotFound {
		return t, nil
	}
	t.Since, t.Until = fromMicro(since), fromMicro(until)
	return t, err
}

// SaveThrottle keeps the failures under a name.
func (tx *Tx) SaveThrottle(ctx context.Context, t Throttle) error {
	return tx.exec(ctx, `INSERT INTO throttle (name, failures, since, until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (name) DO UPDATE SET failures = excluded.failures, since = excluded.since, until = excluded.until`,
		t.Name, t.Failures, micro(t.Since), micro(t.Until))
}

// ForgetThrottle clears a name after a success.
func (tx *Tx) ForgetThrottle(ctx context.Context, name string) error {
	return tx.exec(ctx, `DELETE FROM throttle WHERE name = $1`, name)
}
