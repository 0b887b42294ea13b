package auth

import (
	"context"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// invitationTime is how long a one-time link is valid.
const invitationTime = 72 * time.Hour

// placeholder is the address of the first owner until they give their own.
// The domain can never exist (RFC 2606).
const placeholder = "owner@setup.invalid"

// Invite makes the secret of a one-time link with which a person sets their
// password: the first, or a new one when it is forgotten. It is valid for 72
// hours, once, and until the password changes in any way. Owners only; actor
// 0 is the command line.
func (a *Auth) Invite(ctx context.Context, actor, person news.PersonID) (secret string, err error) {
	err = a.store.Write(ctx, "make a one-time link", func(tx *store.Tx) error {
		if err := mayManage(ctx, tx, actor); err != nil {
			return err
		}
		p, err := tx.Person(ctx, person)
		if err != nil {
			return err
		}
		if p.Disabled {
			return news.Refuse(news.Conflict, "auth.refused.disabled", "this account is closed: open it first")
		}
		if secret, err = a.invite(ctx, tx, p); err != nil {
			return err
		}
		return a.changed(ctx, tx, actor, p, "was given a one-time link", news.AccountEntry{Kind: news.AccountLink})
	})
	return secret, err
}

func (a *Auth) invite(ctx context.Context, tx *store.Tx, p news.Person) (string, error) {
	random, err := a.newSecret()
	if err != nil {
		return "", err
	}
	current, err := tx.Secret(ctx, p.ID)
	if err != nil {
		return "", err
	}
	secret := strconv.FormatInt(int64(p.ID), 10) + "." + random
	return secret, tx.SaveInvitation(ctx, store.Invitation{Token: linkHash(secret, current), Person: p.ID, Expires: a.now().Add(invitationTime)})
}

// linkHash is the name under which a link is kept. The person's present hash
// is part of it: when the password changes, every older link is dead.
func linkHash(secret, current string) string {
	return tokenHash("link\x00" + secret + "\x00" + current)
}

// OpenInvitation says whose link this is, without using it: a mail program
// that looks at links must not burn them. A link that is used, expired or
// made up is news.NotFound.
func (a *Auth) OpenInvitation(ctx context.Context, secret string) (news.Person, error) {
	p, _, err := a.openLink(ctx, a.store, secret)
	return p, err
}

type links interface {
	Person(ctx context.Context, id news.PersonID) (news.Person, error)
	Secret(ctx context.Context, id news.PersonID) (string, error)
	Invitation(ctx context.Context, token string) (store.Invitation, error)
}

func (a *Auth) openLink(ctx context.Context, r links, secret string) (news.Person, store.Invitation, error) {
	first, _, _ := strings.Cut(secret, ".")
	id, err := strconv.ParseInt(first, 10, 64)
	if err != nil || len(secret) > 100 {
		return news.Person{}, store.Invitation{}, deadLink()
	}
	p, err := r.Person(ctx, news.PersonID(id))
	if err != nil {
		return news.Person{}, store.Invitation{}, notFoundIs(err, deadLink())
	}
	current, err := r.Secret(ctx, p.ID)
	if err != nil {
		return news.Person{}, store.Invitation{}, notFoundIs(err, deadLink())
	}
	i, err := r.Invitation(ctx, linkHash(secret, current))
	if err != nil {
		return news.Person{}, store.Invitation{}, notFoundIs(err, deadLink())
	}
	if p.Disabled || i.Person != p.ID || !i.Used.IsZero() || !a.now().Before(i.Expires) {
		return news.Person{}, store.Invitation{}, deadLink()
	}
	return p, i, nil
}

func deadLink() error {
	return news.Refuse(news.NotFound, "auth.refused.link", "this link was used already or is too old: ask for a new one")
}

func notFoundIs(err, other error) error {
	if news.CodeOf(err) == news.NotFound {
		return other
	}
	return err
}

// NeedsName reports whether a person who opens their link is the first owner,
// who has no name and e-mail of their own yet.
func NeedsName(p news.Person) bool { return p.Email == placeholder && !p.HasSecret }

// Accept is what a person sends with their one-time link.
type Accept struct {
	Secret      string
	Name, Email string // of the first owner only (NeedsName); others keep theirs
	Password    string // 12 characters to 1024 bytes
	Caller
}

// AcceptInvitation sets the password, uses up the link, ends the person's
// other sessions and signs them in; who has one-time codes gets no token and
// signs in with one, as a link stands for a password only. A refused password
// leaves the link as it is.
func (a *Auth) AcceptInvitation(ctx context.Context, in Accept) (token string, err error) {
	p, _, err := a.openLink(ctx, a.store, in.Secret)
	if err != nil {
		return "", err
	}
	if p, err = named(p, in); err != nil {
		return "", err
	}
	if err := checkPassword(in.Password, p.Email); err != nil {
		return "", err
	}
	hash, err := a.hasher.hash(ctx, in.Password, a.random)
	if err != nil {
		return "", err
	}
	if token, err = a.newSecret(); err != nil {
		return "", err
	}
	began := false
	err = a.store.Write(ctx, "set the password", func(tx *store.Tx) error {
		began, err = a.accept(ctx, tx, in, hash, token)
		return err
	})
	if err != nil || !began {
		return "", err
	}
	return token, nil
}

func (a *Auth) accept(ctx context.Context, tx *store.Tx, in Accept, hash, token string) (began bool, err error) {
	p, err := a.useLink(ctx, tx, in)
	if err != nil {
		return false, err
	}
	if err := a.keepPassword(ctx, tx, p, p.ID, hash, "set a password by a one-time link"); err != nil {
		return false, err
	}
	if err := noCode(ctx, tx, p.ID); news.CodeOf(err) == news.Conflict {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, a.begin(ctx, tx, p.ID, token, news.WayLink, in.Caller)
}

// useLink uses a link up, and gives the first owner the name they typed.
func (a *Auth) useLink(ctx context.Context, tx *store.Tx, in Accept) (news.Person, error) {
	was, i, err := a.openLink(ctx, tx, in.Secret)
	if err != nil {
		return was, err
	}
	p, err := named(was, in)
	if err != nil {
		return p, err
	}
	if p.Email != was.Email {
		if err := untaken(ctx, tx, p); err != nil {
			return p, err
		}
		if err := tx.SavePerson(ctx, &p); err != nil {
			return p, err
		}
	}
	i.Used = a.now()
	return p, tx.SaveInvitation(ctx, i)
}

// named gives the first owner the name and e-mail they typed.
func named(p news.Person, in Accept) (news.Person, error) {
	if !NeedsName(p) {
		return p, nil
	}
	p.Name, p.Email = strings.TrimSpace(in.Name), normalEmail(in.Email)
	if p.Email == placeholder {
		p.Email = ""
	}
	return p, p.Validate()
}

// FirstOwner makes a one-time link for the first owner while nobody can run
// the paper. Asked again before the link is used, it makes another; the first
// that is used ends them all. needed is false once there is an owner.
func (a *Auth) FirstOwner(ctx context.Context) (secret string, needed bool, err error) {
	err = a.store.Write(ctx, "invite the first owner", func(tx *store.Tx) error {
		secret, needed = "", false
		if err := ensurePaper(ctx, tx); err != nil {
			return err
		}
		people, err := tx.People(ctx)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.May(news.Owner) && !NeedsName(p) {
				return nil
			}
		}
		p, err := tx.PersonByEmail(ctx, placeholder)
		if news.CodeOf(err) == news.NotFound {
			p = news.Person{Email: placeholder, Name: "Owner", Role: news.Owner, CreatedAt: a.now()}
			err = tx.SavePerson(ctx, &p)
		}
		if err != nil {
			return err
		}
		needed = true
		secret, err = a.invite(ctx, tx, p)
		return err
	})
	if err != nil {
		return "", false, err
	}
	return secret, needed, nil
}
