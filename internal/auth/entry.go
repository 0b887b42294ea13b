package auth

import (
	"context"
	"net/netip"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Caller is the browser that asks.
type Caller struct {
	From  netip.Addr // zero = not known
	Agent string     // its name for itself
}

// note writes a line into the record of sign-ins and rights.
func (a *Auth) note(ctx context.Context, tx *store.Tx, e news.AccountEntry, c Caller) error {
	e.At, e.Network, e.Agent = a.now(), neighbourhood(c.From), shortAgent(c.Agent)
	return tx.AddAccountEntry(ctx, e)
}

// neighbourhood is as much of an address as one needs to see that a sign-in
// came from elsewhere: 24 bits of an IPv4 address, 48 of an IPv6 one.
func neighbourhood(from netip.Addr) string {
	if !from.IsValid() {
		return ""
	}
	from = from.Unmap().WithZone("")
	bits := 48
	if from.Is4() {
		bits = 24
	}
	p, err := from.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}

// Entries is the record of sign-ins and rights of a person, for themselves and
// for owners: at most limit lines below a number, newest first.
func (a *Auth) Entries(ctx context.Context, actor, person news.PersonID, below int64, limit int) ([]news.AccountEntry, error) {
	if actor != person {
		p, err := a.store.Person(ctx, actor)
		if err != nil {
			return nil, notFoundIs(err, ownersOnly())
		}
		if !p.May(news.Owner) {
			return nil, ownersOnly()
		}
	}
	return a.store.AccountEntries(ctx, person, below, limit)
}
