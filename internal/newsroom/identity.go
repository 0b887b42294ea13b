package newsroom

import (
	"net/http"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
)

// identityPart is what the account says of the house's identity server.
type identityPart struct {
	Name string // "" = the house has none
	Tied bool
}

// identityName is the house's identity server by its name; "" = none is open.
func (n *Newsroom) identityName(r *http.Request) (string, error) {
	s, err := n.store.IdentityServer(r.Context())
	switch {
	case news.CodeOf(err) == news.NotFound, err == nil && !s.Open:
		return "", nil
	case err != nil:
		return "", err
	}
	return s.Name, nil
}

func (n *Newsroom) identityPart(r *http.Request, _ visit, w auth.Ways) (identityPart, error) {
	name, err := n.identityName(r)
	return identityPart{Name: name, Tied: w.Identity}, err
}
