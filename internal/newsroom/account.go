package newsroom

import (
	"net/http"
	"net/url"

	"github.com/mileusna/useragent"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// accountPage is a person's own account: how they come in, and where they are in.
type accountPage struct {
	frame
	Role     string
	Notice   string // what the paper asks of them; "" = nothing
	Fields   []field
	Keys     passkeyPart
	Codes    codesPart
	Identity identityPart
	Sessions []sessionLine
	Others   bool // there is another session
	Past     []sentence
	Older    string
}

// sessionLine is one browser in which the person is signed in.
type sessionLine struct {
	ID, Device, Way string
	Began, Seen     moment
	ThisOne         bool
}

const entriesBeside = 8 // lines of the record on the account itself

func (n *Newsroom) accountPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showAccount(w, r, v, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) showAccount(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	s := v.style()
	p := accountPage{frame: n.frame(r, v, "account", s.T("desk.account.title")), Role: s.T("desk.role." + string(v.person.Role))}
	ways, err := n.auth.Ways(r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	p.Keys, p.Codes = n.passkeyPart(r, v, f, ways.Passkeys), codesPartOf(v, ways)
	if p.Identity, err = n.identityPart(r, v, ways); err != nil {
		return err
	}
	if p.Notice, err = n.mustProve(r, v, ways); err != nil {
		return err
	}
	f.typed.Set("email", v.person.Email)
	p.Fields = append(p.Fields, f.field("fixed", "email", auto("username"), dir("ltr")))
	if ways.Password {
		p.Fields = append(p.Fields, f.field("password", "old", required, auto("current-password"), func(c *field) { c.Value = "" }))
	}
	p.Fields = append(p.Fields, newPassword(f)...)
	if err := n.sessionLines(r, v, &p); err != nil {
		return err
	}
	var older int64
	if p.Past, older, err = n.entries(r.Context(), v, v.person.ID, 0, entriesBeside); err != nil {
		return err
	}
	if older > 0 {
		p.Older = "/account/record"
	}
	f.faulty(&p.frame)
	return n.send(w, status, "account", p)
}

// mustProve is what the paper asks of a person's ways in, in a sentence.
func (n *Newsroom) mustProve(r *http.Request, v visit, ways auth.Ways) (string, error) {
	must, err := n.auth.MustProve(r.Context(), v.paper, v.person, v.token)
	if err != nil || !must {
		return "", err
	}
	if ways.Proof() {
		return v.style().T("desk.account.prove.sign-in"), nil
	}
	return v.style().T("desk.account.prove.set-up"), nil
}

func (n *Newsroom) sessionLines(r *http.Request, v visit, p *accountPage) error {
	list, err := n.auth.Sessions(r.Context(), v.person.ID, v.token)
	if err != nil {
		return err
	}
	s := v.style()
	for _, o := range list {
		p.Sessions = append(p.Sessions, sessionLine{ID: o.ID, Device: deviceWords(v, o.Agent), Way: s.T("desk.way." + string(o.Way)),
			Began: momentOf(s, o.Began, v.now), Seen: momentOf(s, o.Seen, v.now), ThisOne: o.ThisOne})
		p.Others = p.Others || !o.ThisOne
	}
	return nil
}

// deviceWords says what a browser calls itself, for people: "Firefox on Linux".
func deviceWords(v visit, agent string) string {
	s, ua := v.style(), useragent.Parse(agent)
	switch {
	case ua.Name == "" || ua.Name == agent:
		return s.T("desk.device.unknown")
	case ua.OS == "":
		return ua.Name
	}
	return s.T("desk.device", ua.Name, ua.OS)
}

func (n *Newsroom) caller(r *http.Request) auth.Caller {
	return auth.Caller{From: web.ClientAddress(r, n.proxies), Agent: r.UserAgent()}
}

// changePassword sets the person's own password. It ends all their sessions,
// so they sign in again here with the new one.
func (n *Newsroom) changePassword(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	if err = sameTwice(f); err == nil {
		err = n.auth.SetPassword(r.Context(), v.person.ID, v.token, f.get("old"), f.get("password"), n.caller(r))
	}
	if err != nil {
		return n.refuseAccount(w, r, v, f, err)
	}
	n.live.lookAgain()
	n.setCookie(w, "")
	return seeDone(w, r, "/sign-in", "password")
}

// refuseAccount shows the account again with why an act on it was refused.
func (n *Newsroom) refuseAccount(w http.ResponseWriter, r *http.Request, v visit, f *form, err error) error {
	status, other := f.refuse(err)
	if other != nil || news.CodeOf(err) == news.NotFound {
		return err
	}
	return n.showAccount(w, r, v, status, f)
}

// endSession signs the person out in one other browser, or in all others.
func (n *Newsroom) endSession(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	if f.on("others") {
		err = n.auth.EndOtherSessions(r.Context(), v.person.ID, v.token, n.caller(r))
	} else {
		err = n.auth.EndSession(r.Context(), v.person.ID, f.get("session"), n.caller(r))
	}
	if err != nil {
		return err
	}
	n.live.lookAgain()
	return seeDone(w, r, "/account", "sessions")
}

// signOutEverywhere ends all sessions of the person, this one too.
func (n *Newsroom) signOutEverywhere(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := n.auth.SignOutEverywhere(r.Context(), v.person.ID, n.caller(r)); err != nil {
		return err
	}
	n.live.lookAgain()
	n.setCookie(w, "")
	return seeDone(w, r, "/sign-in", "signed-out")
}
