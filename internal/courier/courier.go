// Package courier hands letters to a mail server (SMTP, RFC 5321). It keeps
// nothing: what waits, and for how long, is its caller's business.
package courier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// patience bounds one letter, from the connection to the server's answer.
const patience = 30 * time.Second

// Letter is one mail to one person, as plain text.
type Letter struct {
	Key      string    // names the letter: sent twice, a reader's program can tell it is the same one
	To       string    // an address without a name
	Subject  string    // one line
	Text     string    // plain text, UTF-8
	Language string    // BCP 47
	At       time.Time // when it was written
}

// Refused says that the mail server will not take the letter, however often it
// is asked: an address that does not exist, a sender it does not know.
type Refused struct{ Err error }

// Error says what the server answered.
func (r *Refused) Error() string { return "the mail server refuses the letter: " + r.Err.Error() }

// Unwrap returns what the server answered.
func (r *Refused) Unwrap() error { return r.Err }

// Courier carries letters to one mail server. It may be used by many at once.
type Courier struct {
	host    string
	from    mail.Address
	options []gomail.Option
}

// New reads where letters go, as smtp://user:password@host:port (encrypted
// with STARTTLS wherever a password is sent), smtps://… (TLS from the first
// byte), and the sender, as "The Courier <desk@paper.example>".
func New(server, from string) (*Courier, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Path != "" && u.Path != "/" {
		return nil, errors.New("the mail server is written smtp://user:password@host:port, or smtps://…") // what was given may hold a password
	}
	sender, err := mail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("%q is no sender of mail: write NAME <ADDRESS>, or an address", from)
	}
	c := &Courier{host: u.Hostname(), from: *sender, options: []gomail.Option{gomail.WithTimeout(patience)}}
	_, domain, _ := strings.Cut(sender.Address, "@")
	c.options = append(c.options, gomail.WithHELO(domain))
	c.encrypt(u)
	return c, c.port(u)
}

func (c *Courier) encrypt(u *url.URL) {
	password, named := u.User.Password()
	switch {
	case u.Scheme == "smtps":
		c.options = append(c.options, gomail.WithSSL())
	case named && !loopback(c.host):
		c.options = append(c.options, gomail.WithTLSPolicy(gomail.TLSMandatory)) // a password never goes in the clear
	default:
		c.options = append(c.options, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	}
	if !named {
		return
	}
	how := gomail.SMTPAuthAutoDiscover
	if loopback(c.host) && u.Scheme == "smtp" {
		how = gomail.SMTPAuthPlainNoEnc
	}
	c.options = append(c.options, gomail.WithSMTPAuth(how), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
}

func (c *Courier) port(u *url.URL) error {
	port := map[string]int{"smtp": 587, "smtps": 465}[u.Scheme]
	if p := u.Port(); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 65535 {
			return fmt.Errorf("the mail server's port %q is no port", p)
		}
		port = n
	}
	c.options = append(c.options, gomail.WithPort(port))
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands one letter over and returns when the server has taken it. A
// *Refused is final; any other error may be gone the next time.
func (c *Courier) Send(ctx context.Context, l Letter) error {
	m, err := c.write(l)
	if err != nil {
		return &Refused{err}
	}
	client, err := gomail.NewClient(c.host, c.options...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	ctx, end := context.WithTimeout(ctx, patience)
	defer end()
	if err := client.DialAndSendWithContext(ctx, m); err != nil {
		var said *gomail.SendError
		if errors.As(err, &said) && said.ErrorCode() >= 500 && said.ErrorCode() != 530 && said.ErrorCode() != 535 { // those speak of us, not of the letter
			return &Refused{err}
		}
		return fmt.Errorf("mail server: %w", err)
	}
	return nil
}

func (c *Courier) write(l Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := m.FromFormat(c.from.Name, c.from.Address); err != nil {
		return nil, err
	}
	if err := m.To(l.To); err != nil {
		return nil, err
	}
	if strings.ContainsAny(l.Subject, "\r\n") {
		return nil, errors.New("a subject is one line")
	}
	m.Subject(l.Subject)
	m.SetDateWithValue(l.At)
	sum := sha256.Sum256([]byte(l.Key + "\x00" + l.To))
	_, domain, _ := strings.Cut(c.from.Address, "@")
	m.SetMessageIDWithValue(hex.EncodeToString(sum[:12]) + "@" + domain)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: no holiday notes, please
	if l.Language != "" {
		m.SetGenHeader(gomail.HeaderContentLang, l.Language)
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	return m, nil
}
