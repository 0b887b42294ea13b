package auth

import (
	"context"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	codeStep      = 30 // seconds
	codeSecret    = 20 // bytes
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits: not to be guessed from a stolen hash
)

// pending is what a browser holds between password and code.
type pending struct {
	Person news.PersonID `json:"person"`
	Hash   string        `json:"hash"` // of the password hash: another password ends it
}

func (a *Auth) askCode(ctx context.Context, p news.Person, stored string) (Entrance, error) {
	ticket, err := a.giveTicket(ctx, "code", pending{p.ID, tokenHash(stored)}, ticketTime)
	return Entrance{Pending: ticket, Person: p}, err
}

// AnswerCode begins the session of somebody whose password was right, by a
// one-time code or a recovery code. A code is taken once, thirty seconds early
// or late at most. Wrong ones are counted like passwords.
func (a *Auth) AnswerCode(ctx context.Context, answer, code, known string, c Caller) (Entrance, error) {
	var q pending
	until, err := a.takeTicket(ctx, "code", answer, &q)
	if err != nil {
		return Entrance{}, err
	}
	p, err := a.store.Person(ctx, q.Person)
	if err != nil {
		return Entrance{}, notFoundIs(err, stale())
	}
	stored, err := a.store.Secret(ctx, p.ID)
	if err != nil {
		return Entrance{}, err
	}
	if p.Disabled || tokenHash(stored) != q.Hash {
		return Entrance{}, stale()
	}
	device, err := a.knownDevice(ctx, known, p.Email, stored)
	if err != nil {
		return Entrance{}, err
	}
	g, err := a.newGuess(ctx, "code "+p.Email, c.From, device)
	if err != nil {
		return Entrance{}, err
	}
	if err := a.admit(ctx, g); err != nil {
		return Entrance{}, err
	}
	way := news.WayCode
	if code = plainCode(code); len(code) != 6 {
		way = news.WayRecovery
	}
	e, err := a.open(ctx, "sign in with a code", p, stored, way, c, func(tx *store.Tx) error {
		if err := unchanged(ctx, tx, p.ID, stored); err != nil {
			return err
		}
		if err := a.takeCode(ctx, tx, p.ID, code); err != nil {
			return err
		}
		if err := spend(ctx, tx, answer, until); err != nil {
			return err
		}
		account, err := a.newGuess(ctx, p.Email, c.From, device)
		if err != nil {
			return err
		}
		if err := account.forgive(ctx, tx); err != nil { // the password that came before
			return err
		}
		return g.forgive(ctx, tx)
	})
	if news.CodeOf(err) == news.Forbidden {
		return e, a.failed(ctx, p.ID, way, c, err)
	}
	return e, err
}

// takeCode uses up a one-time code or a recovery code of a person.
func (a *Auth) takeCode(ctx context.Context, tx *store.Tx, person news.PersonID, code string) error {
	c, err := tx.OneTimeCode(ctx, person)
	if err != nil {
		return notFoundIs(err, wrongCode())
	}
	if len(code) != 6 {
		ok, err := tx.UseRecoveryCode(ctx, person, recoveryHash(person, code), a.now())
		if err == nil && !ok {
			return wrongCode()
		}
		return err
	}
	secret, err := unseal(a.sealKey, "one-time code", c.Secret)
	if err != nil {
		return err
	}
	step, err := stepOf(string(secret), code, a.now(), c.Step)
	if err != nil {
		return err
	}
	c.Step = step
	return tx.SaveOneTimeCode(ctx, c)
}

// stepOf finds the thirty seconds that a code is of: those of now, before or
// after, and after the last one that was taken.
func stepOf(secret, code string, now time.Time, last int64) (int64, error) {
	step, found := now.Unix()/codeStep, int64(0)
	for s := step - 1; s <= step+1; s++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(s*codeStep, 0), totp.ValidateOpts{Period: codeStep, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, fmt.Errorf("work out a one-time code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last && found == 0 {
			found = s
		}
	}
	if found == 0 {
		return 0, wrongCode()
	}
	return found, nil
}

func wrongCode() error {
	return news.Refuse(news.Forbidden, "auth.refused.code", "this code is wrong, too old or was used already").In("code")
}

// noCode refuses when one-time codes were set up while the password was checked.
func noCode(ctx context.Context, tx *store.Tx, person news.PersonID) error {
	switch _, err := tx.OneTimeCode(ctx, person); {
	case news.CodeOf(err) == news.NotFound:
		return nil
	case err != nil:
		return err
	}
	return stale()
}

// plainCode reads a code as people type it: spaces and hyphens between, digits
// of any script, small letters.
func plainCode(s string) string {
	if len(s) > 200 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, s)
}

// CodeSetUp is what an app needs for one-time codes, before it is confirmed.
type CodeSetUp struct {
	Secret string // base32, to be typed
	URL    string // the same, for a picture to be scanned
	Ticket string // goes back with the first code; ends after half an hour
}

type codeTicket struct {
	Person news.PersonID `json:"person"`
	Secret string        `json:"secret"`
}

// SetUpCodes makes a new secret for an app. Nothing is kept until ConfirmCodes.
// label names the paper in the app.
func (a *Auth) SetUpCodes(ctx context.Context, p news.Person, label string) (CodeSetUp, error) {
	raw := make([]byte, codeSecret)
	if _, err := io.ReadFull(a.random, raw); err != nil {
		return CodeSetUp{}, fmt.Errorf("make a secret: %w", err)
	}
	s := CodeSetUp{Secret: base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)}
	s.URL = codeURL(label, p.Email, s.Secret)
	var err error
	s.Ticket, err = a.giveTicket(ctx, "set up codes", codeTicket{p.ID, s.Secret}, setUpTime)
	return s, err
}

// AgainCodes returns the set-up of a ticket, for a page whose first code was wrong.
func (a *Auth) AgainCodes(ctx context.Context, p news.Person, label, ticket string) (CodeSetUp, error) {
	var t codeTicket
	if _, err := a.takeTicket(ctx, "set up codes", ticket, &t); err != nil || t.Person != p.ID {
		return a.SetUpCodes(ctx, p, label)
	}
	return CodeSetUp{Secret: t.Secret, URL: codeURL(label, p.Email, t.Secret), Ticket: ticket}, nil
}

func codeURL(label, email, secret string) string {
	label = strings.ReplaceAll(label, ":", " ")
	return (&url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + label + ":" + email,
		RawQuery: "secret=" + secret + "&issuer=" + url.PathEscape(label) + "&algorithm=SHA1&digits=6&period=" + strconv.Itoa(codeStep)}).String()
}

// ConfirmCodes turns one-time codes on, with a first code from the app, and
// returns ten recovery codes. They are shown once: the store keeps hashes. The
// session has proved more than a password by it.
func (a *Auth) ConfirmCodes(ctx context.Context, p news.Person, token, ticket, code string, c Caller) ([]string, error) {
	var t codeTicket
	if _, err := a.takeTicket(ctx, "set up codes", ticket, &t); err != nil {
		return nil, err
	}
	if t.Person != p.ID {
		return nil, stale()
	}
	step, err := stepOf(t.Secret, plainCode(code), a.now(), 0)
	if err != nil {
		return nil, err
	}
	sealed, err := a.seal(a.sealKey, "one-time code", []byte(t.Secret))
	if err != nil {
		return nil, err
	}
	codes, err := a.newRecovery()
	if err != nil {
		return nil, err
	}
	return codes, a.store.Write(ctx, "turn one-time codes on", func(tx *store.Tx) error {
		w, err := a.mayChangeWays(ctx, tx, p.ID, token)
		if err != nil {
			return err
		}
		if w.Codes {
			return news.Refuse(news.Conflict, "auth.refused.codes-on", "one-time codes are on already")
		}
		if err := tx.SaveOneTimeCode(ctx, news.OneTimeCode{Person: p.ID, Secret: sealed, MadeAt: a.now(), Step: step}); err != nil {
			return err
		}
		if err := tx.SaveRecoveryCodes(ctx, p.ID, recoveryHashes(p.ID, codes), a.now()); err != nil {
			return err
		}
		if err := tx.Strengthen(ctx, tokenHash(token)); err != nil {
			return err
		}
		return a.changedBy(ctx, tx, p, "turned one-time codes on", news.AccountEntry{Kind: news.AccountCodesOn}, c)
	})
}

// RemoveCodes turns one-time codes off, with their recovery codes.
func (a *Auth) RemoveCodes(ctx context.Context, p news.Person, token string, c Caller) error {
	return a.store.Write(ctx, "turn one-time codes off", func(tx *store.Tx) error {
		w, err := a.mayChangeWays(ctx, tx, p.ID, token)
		if err != nil || !w.Codes {
			return err
		}
		w.Codes = false
		if err := staysIn(ctx, tx, p.ID, w); err != nil {
			return err
		}
		if err := tx.RemoveOneTimeCode(ctx, p.ID); err != nil {
			return err
		}
		return a.changedBy(ctx, tx, p, "turned one-time codes off", news.AccountEntry{Kind: news.AccountCodesOff}, c)
	})
}

// NewRecoveryCodes replaces a person's recovery codes by ten new ones.
func (a *Auth) NewRecoveryCodes(ctx context.Context, p news.Person, token string, c Caller) ([]string, error) {
	codes, err := a.newRecovery()
	if err != nil {
		return nil, err
	}
	return codes, a.store.Write(ctx, "make recovery codes", func(tx *store.Tx) error {
		w, err := a.mayChangeWays(ctx, tx, p.ID, token)
		if err != nil {
			return err
		}
		if !w.Codes {
			return news.Refuse(news.Conflict, "auth.refused.codes-off", "recovery codes belong to one-time codes: turn those on first")
		}
		if err := tx.SaveRecoveryCodes(ctx, p.ID, recoveryHashes(p.ID, codes), a.now()); err != nil {
			return err
		}
		return a.changedBy(ctx, tx, p, "made new recovery codes", news.AccountEntry{Kind: news.AccountRecovery}, c)
	})
}

// newRecovery makes ten codes such as "K3TQ-9B2D-XJ4M-7FWP".
func (a *Auth) newRecovery() ([]string, error) {
	var out []string
	for range recoveryCodes {
		raw := make([]byte, recoveryBytes)
		if _, err := io.ReadFull(a.random, raw); err != nil {
			return nil, fmt.Errorf("make recovery codes: %w", err)
		}
		s := base32.StdEncoding.EncodeToString(raw)
		out = append(out, strings.Join(slices.Collect(pieces(s, 4)), "-"))
	}
	return out, nil
}

func pieces(s string, n int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for ; s != ""; s = s[n:] {
			if !yield(s[:n]) {
				return
			}
		}
	}
}

func recoveryHash(person news.PersonID, code string) string {
	return tokenHash("recovery\x00" + strconv.FormatInt(int64(person), 10) + "\x00" + plainCode(code))
}

func recoveryHashes(person news.PersonID, codes []string) []string {
	var out []string
	for _, c := range codes {
		out = append(out, recoveryHash(person, c))
	}
	return out
}
