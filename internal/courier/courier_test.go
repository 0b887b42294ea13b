package courier_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"broadsheet/internal/courier"
)

// office is a real mail server on loopback; it keeps what it takes.
type office struct {
	mu      sync.Mutex
	letters []string
	to      []string
	signed  string
	refuses map[string]*smtp.SMTPError // by recipient
}

func (o *office) NewSession(*smtp.Conn) (smtp.Session, error) { return &counter{office: o}, nil }

type counter struct {
	office *office
	to     string
}

func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "open sesame" {
			return smtp.ErrAuthFailed
		}
		c.office.mu.Lock()
		defer c.office.mu.Unlock()
		c.office.signed = user
		return nil
	}), nil
}

func (c *counter) Reset()                               {}
func (c *counter) Logout() error                        { return nil }
func (c *counter) Mail(string, *smtp.MailOptions) error { return nil }
func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	if e := c.office.refuses[to]; e != nil {
		return e
	}
	c.to = to
	return nil
}

func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.office.letters, c.office.to = append(c.office.letters, string(raw)), append(c.office.to, c.to)
	return err
}

// opened serves a mail server and returns its address.
func opened(t *testing.T, o *office) string {
	t.Helper()
	s := smtp.NewServer(o)
	s.Domain, s.AllowInsecureAuth = "mail.valmere.example", true
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	return l.Addr().String()
}

var letter = courier.Letter{Key: "letter 7", To: "reader@ostland.example", Subject: "نامهٔ شما دربارهٔ خبر ۱۲", Text: "سلام،\nخبر را خواندیم.\n", Language: "fa", At: time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)}

func carry(t *testing.T, server string) *courier.Courier {
	t.Helper()
	c, err := courier.New(server, "The Valmere Courier <desk@valmere.example>")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestALetterArrives(t *testing.T) {
	o := &office{}
	c := carry(t, "smtp://desk:open%20sesame@"+opened(t, o))
	for range 2 {
		if err := c.Send(t.Context(), letter); err != nil {
			t.Fatal(err)
		}
	}
	if len(o.letters) != 2 || o.to[0] != letter.To || o.signed != "desk" {
		t.Fatalf("%d letters, to %q, signed in as %q", len(o.letters), o.to, o.signed)
	}
	var names []string
	for _, raw := range o.letters {
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != letter.Subject {
			t.Errorf("subject %q (%v)", subject, err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		if got := strings.ReplaceAll(string(text), "\r\n", "\n"); err != nil || strings.TrimSpace(got) != strings.TrimSpace(letter.Text) {
			t.Errorf("text %q (%v)", got, err)
		}
		if from := m.Header.Get("From"); from != `"The Valmere Courier" <desk@valmere.example>` {
			t.Errorf("from %q", from)
		}
		if at, err := m.Header.Date(); err != nil || !at.Equal(letter.At) {
			t.Errorf("date %v (%v)", at, err)
		}
		if m.Header.Get("Content-Language") != "fa" || m.Header.Get("Auto-Submitted") != "auto-generated" {
			t.Errorf("headers %v", m.Header)
		}
		names = append(names, m.Header.Get("Message-ID"))
	}
	if names[0] == "" || names[0] != names[1] {
		t.Errorf("a letter sent again has another name: %q", names)
	}
}

func TestWhatTheServerSays(t *testing.T) {
	o := &office{refuses: map[string]*smtp.SMTPError{
		"nobody@ostland.example": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such person"},
		"later@ostland.example":  {Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: "come back later"},
	}}
	at := opened(t, o)
	for to, final := range map[string]bool{"nobody@ostland.example": true, "later@ostland.example": false, "no address": true} {
		l := letter
		l.To = to
		err := carry(t, "smtp://"+at).Send(t.Context(), l)
		var refused *courier.Refused
		if err == nil || errors.As(err, &refused) != final {
			t.Errorf("%s: %v, final: %v", to, err, !final)
		}
	}
	err := carry(t, "smtp://desk:wrong@"+at).Send(t.Context(), letter)
	var refused *courier.Refused
	if err == nil || errors.As(err, &refused) {
		t.Errorf("a wrong password is not the letter's fault: %v", err)
	}
	if len(o.letters) != 0 {
		t.Errorf("%d letters went out", len(o.letters))
	}
}

// TestAServerThatHangs: it takes the connection and says nothing.
func TestAServerThatHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	c := carry(t, "smtp://"+l.Addr().String())
	ctx, end := context.WithCancel(t.Context())
	taken := make(chan struct{})
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		end()
		<-taken
	}()
	err = c.Send(ctx, letter)
	close(taken)
	var refused *courier.Refused
	if err == nil || errors.As(err, &refused) {
		t.Errorf("said %v", err)
	}
}

func TestWhatNamesAServer(t *testing.T) {
	for _, bad := range []string{"", "mail.valmere.example", "http://mail.valmere.example", "smtp://", "smtp://host:99999", "smtp://user:sec ret@host\x7f", "smtp://host/path"} {
		if _, err := courier.New(bad, "desk@valmere.example"); err == nil {
			t.Errorf("%q was taken", bad)
		} else if strings.Contains(err.Error(), "sec") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	for _, bad := range []string{"", "desk", "a@b, c@d", "<>"} {
		if _, err := courier.New("smtp://mail.valmere.example", bad); err == nil {
			t.Errorf("the sender %q was taken", bad)
		}
	}
}
