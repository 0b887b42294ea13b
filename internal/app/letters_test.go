package app

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// mailServer is a real one on loopback; it hands on what it takes.
type mailServer chan string

func (m mailServer) NewSession(*smtp.Conn) (smtp.Session, error) { return m, nil }
func (m mailServer) Reset()                                      {}
func (m mailServer) Logout() error                               { return nil }
func (m mailServer) Mail(string, *smtp.MailOptions) error        { return nil }
func (m mailServer) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (m mailServer) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	m <- string(raw)
	return err
}

// TestALetterLeavesTheHouse: from the act's transaction to a mail server.
func TestALetterLeavesTheHouse(t *testing.T) {
	took := make(mailServer, 1)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	post := smtp.NewServer(took)
	post.Domain = "mail.valmere.example"
	go post.Serve(l)
	t.Cleanup(func() { post.Close() })

	c := serveCommand{Data: Data{Data: paper(t)}, Public: "127.0.0.1:0", Desk: "127.0.0.1:0", Ops: "127.0.0.1:0", CacheMB: 8,
		Mail: "smtp://" + l.Addr().String(), MailFrom: "The Courier <desk@valmere.example>"}
	s, _ := servingAs(t, c, SystemClock())
	err = s.store.Write(t.Context(), "answer a reader", func(tx *store.Tx) error {
		return tx.QueueLetter(t.Context(), news.Letter{To: "reader@ostland.example", Subject: "Your request", Text: "We have read it.", Language: "en", At: time.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
	select {
	case letter := <-took:
		if !strings.Contains(letter, "reader@ostland.example") || !strings.Contains(letter, "We have read it.") {
			t.Errorf("it took:\n%s", letter)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the letter never left")
	}
}

// TestAMailServerIsNamedWell: a wrong address is a sentence, and tells no password.
func TestAMailServerIsNamedWell(t *testing.T) {
	for _, c := range []struct{ server, from, says string }{
		{"mail.valmere.example", "desk@valmere.example", "smtp://"},
		{"https://desk:hidden@mail.valmere.example", "desk@valmere.example", "smtp://"},
		{"smtp://mail.valmere.example", "", "no sender of mail"},
	} {
		code, _, stderr := command(t, "", "serve", "--data", t.TempDir(), "--public", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--ops", "127.0.0.1:0", "--mail", c.server, "--mail-from", c.from)
		if code != exitError || !strings.Contains(stderr, c.says) || strings.Contains(stderr, "hidden") {
			t.Errorf("%s: exit %d: %s", c.server, code, stderr)
		}
	}
}
