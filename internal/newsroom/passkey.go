package newsroom

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// passkeyPart is what a page says of passkeys.
type passkeyPart struct {
	Possible bool
	Why      string // they are not possible at this address
	There    string // an address at which they are; "" = none is known
	Keys     []passkeyLine
	Name     field
}

type passkeyLine struct {
	Link, Name, Domain string
	Made, Used         moment
}

// place is where the desk stands for the browser that asks: as the operator
// says, else as the browser itself names it.
func (n *Newsroom) place(r *http.Request, v visit) (auth.Place, error) {
	address := n.address
	if address == "" {
		address = "http://" + r.Host
	}
	return auth.PlaceOf(address, v.paper.Name)
}

func (n *Newsroom) passkeyPart(r *http.Request, v visit, f *form, keys []news.Passkey) passkeyPart {
	p := passkeyPart{Name: f.field("text", "key_name", most(60), dir("auto"))}
	at, err := n.place(r, v)
	switch {
	case err != nil:
		p.Why, p.There = web.Sentence(err, f.s), onLocalhost(r)
	case n.address != "" && !strings.EqualFold(strings.TrimPrefix(strings.TrimPrefix(at.Origin, "https://"), "http://"), r.Host):
		p.Why, p.There = f.s.T("desk.passkey.elsewhere"), at.Origin
	default:
		p.Possible = true
	}
	for _, k := range keys {
		p.Keys = append(p.Keys, passkeyLine{Link: "/account/passkeys/" + k.ID, Name: k.Name, Domain: k.Domain, Made: momentOf(f.s, k.MadeAt, v.now), Used: momentOf(f.s, k.UsedAt, v.now)})
	}
	return p
}

// onLocalhost is the same desk under the one name without HTTPS that browsers
// make passkeys for.
func onLocalhost(r *http.Request) string {
	u, err := url.Parse("http://" + r.Host)
	if err != nil || u.Hostname() != "127.0.0.1" && u.Hostname() != "::1" {
		return ""
	}
	if u.Port() == "" {
		return "http://localhost"
	}
	return "http://localhost:" + u.Port()
}

// deviceAnswer is what a script sends back from a device.
type deviceAnswer struct {
	Ticket string          `json:"ticket"`
	Name   string          `json:"name"`
	To     string          `json:"to"`
	Answer json.RawMessage `json:"answer"`
}

// askPasskey begins a sign-in by passkey.
func (n *Newsroom) askPasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	at, err := n.place(r, v)
	if err != nil {
		return err
	}
	c, err := n.auth.AskPasskey(r.Context(), at)
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, c)
}

// signInByPasskey ends it: the browser is signed in.
func (n *Newsroom) signInByPasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	var sent deviceAnswer
	if err := web.JSON(r, smallForm, &sent); err != nil {
		return err
	}
	at, err := n.place(r, v)
	if err != nil {
		return err
	}
	e, err := n.auth.SignInByPasskey(r.Context(), at, sent.Ticket, sent.Answer, n.caller(r))
	if err != nil {
		return err
	}
	n.letIn(w, e)
	return sendJSON(w, http.StatusOK, map[string]any{"person": sheetPerson{e.Person.ID, e.Person.Name}, "to": localPath(sent.To)})
}

// letIn gives the browser what an entrance brought.
func (n *Newsroom) letIn(w http.ResponseWriter, e auth.Entrance) {
	n.setCookie(w, e.Token)
	n.setKnown(w, e.Known)
}

// offerPasskey begins to add a passkey to one's own account.
func (n *Newsroom) offerPasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	at, err := n.place(r, v)
	if err != nil {
		return err
	}
	c, err := n.auth.OfferPasskey(r.Context(), at, v.person)
	if err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, c)
}

// addPasskey keeps what the person's device made.
func (n *Newsroom) addPasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	var sent deviceAnswer
	if err := web.JSON(r, smallForm, &sent); err != nil {
		return err
	}
	at, err := n.place(r, v)
	if err != nil {
		return err
	}
	if err := n.auth.AddPasskey(r.Context(), at, v.person, v.token, sent.Ticket, sent.Name, sent.Answer, n.caller(r)); err != nil {
		return err
	}
	return sendJSON(w, http.StatusOK, map[string]string{"to": "/account?done=passkey"})
}

// askedPage asks once more before something of an account is taken away.
type askedPage struct {
	frame
	Says           []string
	Action, Button string
	Back           string
	Fields         []field
}

func (n *Newsroom) passkeyPage(w http.ResponseWriter, r *http.Request, v visit) error {
	k, err := n.passkeyOf(r, v)
	if err != nil {
		return err
	}
	return n.askPasskeyAway(w, r, v, http.StatusOK, blank(v, url.Values{}), k)
}

func (n *Newsroom) askPasskeyAway(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, k news.Passkey) error {
	p := askedPage{frame: n.frame(r, v, "account", f.s.T("desk.passkey.remove.title", k.Name)), Says: []string{f.s.T("desk.passkey.remove.says")},
		Action: "/account/passkeys/" + k.ID, Button: f.s.T("desk.passkey.remove"), Back: "/account"}
	f.faulty(&p.frame)
	return n.send(w, status, "asked", p)
}

func (n *Newsroom) passkeyOf(r *http.Request, v visit) (news.Passkey, error) {
	k, err := n.store.Passkey(r.Context(), r.PathValue("key"))
	if err == nil && k.Person != v.person.ID {
		return k, news.NotFound
	}
	return k, err
}

// removePasskey forgets one of the person's passkeys.
func (n *Newsroom) removePasskey(w http.ResponseWriter, r *http.Request, v visit) error {
	k, err := n.passkeyOf(r, v)
	if err != nil {
		return err
	}
	f := blank(v, url.Values{})
	if err := n.auth.RemovePasskey(r.Context(), v.person, v.token, k.ID, n.caller(r)); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.askPasskeyAway(w, r, v, status, f, k)
	}
	return seeDone(w, r, "/account", "passkey-removed")
}
