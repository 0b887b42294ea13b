package newsroom

import (
	"image"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// codesPart is what the account says of one-time codes.
type codesPart struct {
	On    bool
	Left  string // recovery codes
	Scant bool   // hardly any left
}

func codesPartOf(v visit, w auth.Ways) codesPart {
	return codesPart{On: w.Codes, Left: v.style().T("desk.codes.left", w.Recovery), Scant: w.Recovery < 3}
}

// codesSheet sets one-time codes up.
type codesSheet struct {
	frame
	Square qrCode
	Secret string
	Ticket string
	Fields []field
}

// qrCode is a picture of black squares, as one path of an SVG.
type qrCode struct {
	Size int
	Path string
}

// squareOf draws a text to be scanned; nothing of it goes to anybody else.
func squareOf(text string) (qrCode, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return qrCode{}, err
	}
	const margin = 4 // the white that scanners need around it
	var b strings.Builder
	bounds := code.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if dark(code, x, y) {
				b.WriteString("M" + strconv.Itoa(x+margin) + " " + strconv.Itoa(y+margin) + "h1v1h-1z")
			}
		}
	}
	return qrCode{Size: bounds.Dx() + 2*margin, Path: b.String()}, nil
}

func dark(m image.Image, x, y int) bool {
	r, _, _, _ := m.At(x, y).RGBA()
	return r < 1<<15
}

func (n *Newsroom) codesPage(w http.ResponseWriter, r *http.Request, v visit) error {
	ways, err := n.auth.Ways(r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	if ways.Codes {
		return web.SeeOther(w, r, "/account")
	}
	return n.showCodes(w, r, v, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) showCodes(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	s, err := n.auth.AgainCodes(r.Context(), v.person, v.paper.Name, f.get("ticket"))
	if err != nil {
		return err
	}
	p := codesSheet{frame: n.frame(r, v, "account", f.s.T("desk.codes.title")), Secret: spaced(s.Secret), Ticket: s.Ticket}
	if p.Square, err = squareOf(s.URL); err != nil {
		return err
	}
	p.Fields = []field{codeField(f, "desk.field.code.first")}
	f.faulty(&p.frame)
	return n.send(w, status, "codes", p)
}

func codeField(f *form, key string) field {
	return f.field("text", "code", required, auto("one-time-code"), dir("ltr"), label(f, key), func(c *field) { c.Value = "" })
}

// spaced sets a secret in groups of four, to be typed from a screen.
func spaced(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// recoveryPage shows recovery codes, this once.
type recoveryPage struct {
	frame
	Email string
	Codes []string
	Made  moment
}

// confirmCodes turns one-time codes on and shows the recovery codes.
func (n *Newsroom) confirmCodes(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	codes, err := n.auth.ConfirmCodes(r.Context(), v.person, v.token, f.get("ticket"), f.get("code"), n.caller(r))
	if err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showCodes(w, r, v, status, f)
	}
	return n.showRecovery(w, r, v, codes)
}

func (n *Newsroom) showRecovery(w http.ResponseWriter, r *http.Request, v visit, codes []string) error {
	p := recoveryPage{frame: n.frame(r, v, "account", v.style().T("desk.recovery.title")), Email: v.person.Email, Codes: codes, Made: momentOf(v.style(), v.now, v.now)}
	return n.send(w, http.StatusOK, "recovery", p)
}

// newRecovery replaces the recovery codes.
func (n *Newsroom) newRecovery(w http.ResponseWriter, r *http.Request, v visit) error {
	codes, err := n.auth.NewRecoveryCodes(r.Context(), v.person, v.token, n.caller(r))
	if err != nil {
		return n.refuseAccount(w, r, v, blank(v, url.Values{}), err)
	}
	return n.showRecovery(w, r, v, codes)
}

func (n *Newsroom) codesOffPage(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.askCodesOff(w, r, v, http.StatusOK, blank(v, url.Values{}))
}

func (n *Newsroom) askCodesOff(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	p := askedPage{frame: n.frame(r, v, "account", f.s.T("desk.codes.off.title")), Says: []string{f.s.T("desk.codes.off.says")},
		Action: "/account/codes/off", Button: f.s.T("desk.codes.off"), Back: "/account"}
	f.faulty(&p.frame)
	return n.send(w, status, "asked", p)
}

// codesOff turns one-time codes off.
func (n *Newsroom) codesOff(w http.ResponseWriter, r *http.Request, v visit) error {
	f := blank(v, url.Values{})
	if err := n.auth.RemoveCodes(r.Context(), v.person, v.token, n.caller(r)); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.askCodesOff(w, r, v, status, f)
	}
	return seeDone(w, r, "/account", "codes-off")
}

// showAnswer asks for the code after a right password.
func (n *Newsroom) showAnswer(w http.ResponseWriter, r *http.Request, v visit, status int, f *form, ticket string) error {
	p := answerPage{frame: n.frame(r, v, "", f.s.T("desk.code.title")), To: localPath(f.get("to")), Pending: ticket, Fields: []field{codeField(f, "desk.field.code")}}
	f.faulty(&p.frame)
	return n.send(w, status, "answer", p)
}

type answerPage struct {
	frame
	To, Pending string
	Fields      []field
}

// answerCode begins a session by password and code.
func (n *Newsroom) answerCode(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	e, err := n.auth.AnswerCode(r.Context(), f.get("pending"), f.get("code"), n.known(r), n.caller(r))
	if asksJSON(r) {
		return n.signInScript(w, e, err)
	}
	if err == nil {
		n.letIn(w, e)
		return web.SeeOther(w, r, localPath(f.get("to")))
	}
	status, other := f.refuse(err)
	if other != nil {
		return other
	}
	retryAfter(w, err)
	if news.CodeOf(err) == news.Conflict { // too late: the password is asked for again
		return n.showSignIn(w, r, v, status, f, nil)
	}
	return n.showAnswer(w, r, v, status, f, f.get("pending"))
}
