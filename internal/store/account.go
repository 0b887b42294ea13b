package store

import (
	"context"
	"time"

	"broadsheet/internal/news"
)

// SessionsOf lists the sessions of a person that have not ended, the last seen
// first, at most 100.
func (q queries) SessionsOf(ctx context.Context, id news.PersonID, now time.Time) ([]Session, error) {
	return all(ctx, q, `SELECT token, person_id, created_at, seen_at, expires_at, agent, way, strong FROM session
		WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC LIMIT 100`, []any{id, micro(now)},
		func(r scanner) (Session, error) {
			var s Session
			var created, seen, expires int64
			err := r.Scan(&s.Token, &s.Person, &created, &seen, &expires, &s.Agent, &s.Way, &s.Strong)
			s.Created, s.Seen, s.Expires = fromMicro(created), fromMicro(seen), fromMicro(expires)
			return s, err
		})
}

// EndSessionOf ends one session of a person.
func (tx *Tx) EndSessionOf(ctx context.Context, id news.PersonID, token string) error {
	return tx.exec(ctx, `DELETE FROM session WHERE token = $1 AND person_id = $2`, token, id)
}

// EndOtherSessions ends all sessions of a person but one.
func (tx *Tx) EndOtherSessions(ctx context.Context, id news.PersonID, token string) error {
	return tx.exec(ctx, `DELETE FROM session WHERE person_id = $1 AND token <> $2`, id, token)
}

// Strengthen notes that a session has proved more than a password.
func (tx *Tx) Strengthen(ctx context.Context, token string) error {
	return tx.exec(ctx, `UPDATE session SET strong = TRUE WHERE token = $1`, token)
}

const passkeyColumns = `id, person_id, name, domain, credential, made_at, used_at`

func scanPasskey(r scanner) (news.Passkey, error) {
	var k news.Passkey
	var made, used int64
	err := r.Scan(&k.ID, &k.Person, &k.Name, &k.Domain, &k.Credential, &made, &used)
	k.MadeAt, k.UsedAt = fromMicro(made), fromMicro(used)
	return k, err
}

// Passkeys lists a person's passkeys, the oldest first, at most 50.
func (q queries) Passkeys(ctx context.Context, id news.PersonID) ([]news.Passkey, error) {
	return all(ctx, q, `SELECT `+passkeyColumns+` FROM passkey WHERE person_id = $1 ORDER BY made_at LIMIT 50`, []any{id}, scanPasskey)
}

// Passkey reads a passkey by its credential's id.
func (q queries) Passkey(ctx context.Context, id string) (news.Passkey, error) {
	return one(ctx, q, `SELECT `+passkeyColumns+` FROM passkey WHERE id = $1`, []any{id}, scanPasskey)
}

// AddPasskey keeps a new passkey.
func (tx *Tx) AddPasskey(ctx context.Context, k news.Passkey) error {
	return tx.exec(ctx, `INSERT INTO passkey (`+passkeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		k.ID, k.Person, k.Name, k.Domain, k.Credential, micro(k.MadeAt), micro(k.UsedAt))
}

// UsePasskey keeps what changes when a passkey is used: its counter, and when.
func (tx *Tx) UsePasskey(ctx context.Context, k news.Passkey) error {
	return tx.exec(ctx, `UPDATE passkey SET credential = $2, used_at = $3 WHERE id = $1`, k.ID, k.Credential, micro(k.UsedAt))
}

// RemovePasskey forgets a passkey of a person.
func (tx *Tx) RemovePasskey(ctx context.Context, person news.PersonID, id string) error {
	return tx.exec(ctx, `DELETE FROM passkey WHERE id = $1 AND person_id = $2`, id, person)
}

// RemovePasskeys forgets all passkeys of a person.
func (tx *Tx) RemovePasskeys(ctx context.Context, person news.PersonID) error {
	return tx.exec(ctx, `DELETE FROM passkey WHERE person_id = $1`, person)
}

// OneTimeCode reads a person's second factor; news.NotFound without one.
func (q queries) OneTimeCode(ctx context.Context, id news.PersonID) (news.OneTimeCode, error) {
	c := news.OneTimeCode{Person: id}
	var made int64
	err := q.row(ctx, `SELECT secret, made_at, step FROM one_time_code WHERE person_id = $1`, []any{id}, &c.Secret, &made, &c.Step)
	c.MadeAt = fromMicro(made)
	return c, err
}

// SaveOneTimeCode keeps a person's second factor.
func (tx *Tx) SaveOneTimeCode(ctx context.Context, c news.OneTimeCode) error {
	return tx.exec(ctx, `INSERT INTO one_time_code (person_id, secret, made_at, step) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, made_at = excluded.made_at, step = excluded.step`,
		c.Person, c.Secret, micro(c.MadeAt), c.Step)
}

// RemoveOneTimeCode forgets a person's second factor, recovery codes too.
func (tx *Tx) RemoveOneTimeCode(ctx context.Context, id news.PersonID) error {
	if err := tx.exec(ctx, `DELETE FROM recovery_code WHERE person_id = $1`, id); err != nil {
		return err
	}
	return tx.exec(ctx, `DELETE FROM one_time_code WHERE person_id = $1`, id)
}

// SaveRecoveryCodes replaces a person's recovery codes by these hashes.
func (tx *Tx) SaveRecoveryCodes(ctx context.Context, id news.PersonID, hashes []string, at time.Time) error {
	if err := tx.exec(ctx, `DELETE FROM recovery_code WHERE person_id = $1`, id); err != nil {
		return err
	}
	for _, h := range hashes {
		if err := tx.exec(ctx, `INSERT INTO recovery_code (person_id, hash, made_at, used_at) VALUES ($1, $2, $3, 0)`, id, h, micro(at)); err != nil {
			return err
		}
	}
	return nil
}

// RecoveryCodesLeft counts the recovery codes that were not used.
func (q queries) RecoveryCodesLeft(ctx context.Context, id news.PersonID) (int, error) {
	left, err := all(ctx, q, `SELECT hash FROM recovery_code WHERE person_id = $1 AND used_at = 0`, []any{id}, scanWord)
	return len(left), err
}

// UseRecoveryCode uses a recovery code up, and reports whether there was one.
func (tx *Tx) UseRecoveryCode(ctx context.Context, id news.PersonID, hash string, at time.Time) (bool, error) {
	var found int64
	err := tx.row(ctx, `UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND hash = $2 AND used_at = 0 RETURNING made_at`, []any{id, hash, micro(at)}, &found)
	if news.CodeOf(err) == news.NotFound {
		return false, nil
	}
	return err == nil, err
}

// Spend uses a token up, and reports whether it was unused.
func (tx *Tx) Spend(ctx context.Context, token string, expires time.Time) (bool, error) {
	var kept string
	err := tx.row(ctx, `INSERT INTO spent (token, expires_at) VALUES ($1, $2) ON CONFLICT (token) DO NOTHING RETURNING token`, []any{token, micro(expires)}, &kept)
	if news.CodeOf(err) == news.NotFound {
		return false, nil
	}
	return err == nil, err
}

// PruneSpent forgets used tokens that have ended by themselves.
func (tx *Tx) PruneSpent(ctx context.Context, now time.Time) error {
	return tx.exec(ctx, `DELETE FROM spent WHERE expires_at < $1`, micro(now))
}

const entryColumns = `id, person_id, at, kind, actor, way, network, agent, detail`

func scanEntry(r scanner) (news.AccountEntry, error) {
	var e news.AccountEntry
	var at int64
	err := r.Scan(&e.ID, &e.Person, &at, &e.Kind, &e.Actor, &e.Way, &e.Network, &e.Agent, &e.Detail)
	e.At = fromMicro(at)
	return e, err
}

// AddAccountEntry writes a line into the record of sign-ins and rights.
func (tx *Tx) AddAccountEntry(ctx context.Context, e news.AccountEntry) error {
	n, err := tx.nextNumber(ctx, "account_entry")
	if err != nil {
		return err
	}
	return tx.exec(ctx, `INSERT INTO account_entry (`+entryColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		n, e.Person, micro(e.At), string(e.Kind), e.Actor, string(e.Way), e.Network, e.Agent, e.Detail)
}

// AccountEntries lists the lines of a person below a number, newest first.
func (q queries) AccountEntries(ctx context.Context, id news.PersonID, below int64, limit int) ([]news.AccountEntry, error) {
	return all(ctx, q, `SELECT `+entryColumns+` FROM account_entry WHERE person_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, []any{id, below, limit}, scanEntry)
}

// PruneAccountEntries forgets lines of a kind from before a time.
func (tx *Tx) PruneAccountEntries(ctx context.Context, kind news.AccountKind, before time.Time) error {
	return tx.exec(ctx, `DELETE FROM account_entry WHERE kind = $1 AND at < $2`, string(kind), micro(before))
}

// IdentityServer reads the house's identity server; news.NotFound without one.
func (q queries) IdentityServer(ctx context.Context) (news.IdentityServer, error) {
	var s news.IdentityServer
	err := q.row(ctx, `SELECT name, issuer, client_id, secret, private_host, opened FROM identity_server WHERE id = 1`, nil,
		&s.Name, &s.Issuer, &s.ClientID, &s.Secret, &s.PrivateHost, &s.Open)
	return s, err
}

// SaveIdentityServer keeps the house's identity server.
func (tx *Tx) SaveIdentityServer(ctx context.Context, s news.IdentityServer) error {
	return tx.exec(ctx, `INSERT INTO identity_server (id, name, issuer, client_id, secret, private_host, opened) VALUES (1, $1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id, secret = excluded.secret,
		private_host = excluded.private_host, opened = excluded.opened`, s.Name, s.Issuer, s.ClientID, s.Secret, s.PrivateHost, s.Open)
}

// IdentityOf finds whom the identity server means by a subject.
func (q queries) IdentityOf(ctx context.Context, issuer, subject string) (news.PersonID, error) {
	var id news.PersonID
	err := q.row(ctx, `SELECT person_id FROM identity WHERE issuer = $1 AND subject = $2`, []any{issuer, subject}, &id)
	return id, err
}

// Tied reports whether a person is tied to an identity server's subject.
func (q queries) Tied(ctx context.Context, id news.PersonID, issuer string) (bool, error) {
	var yes bool
	err := q.row(ctx, `SELECT EXISTS (SELECT 1 FROM identity WHERE person_id = $1 AND issuer = $2)`, []any{id, issuer}, &yes)
	return yes, err
}

// Tie keeps whom the identity server means by a subject.
func (tx *Tx) Tie(ctx context.Context, issuer, subject string, id news.PersonID, at time.Time) error {
	return tx.exec(ctx, `INSERT INTO identity (issuer, subject, person_id, made_at) VALUES ($1, $2, $3, $4)`, issuer, subject, id, micro(at))
}

// Untie forgets whom the identity server means.
func (tx *Tx) Untie(ctx context.Context, id news.PersonID) error {
	return tx.exec(ctx, `DELETE FROM identity WHERE person_id = $1`, id)
}
