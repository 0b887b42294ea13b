package app

import (
	"context"
	"time"

	"broadsheet/internal/courier"
	"broadsheet/internal/mailing"
)

// openMail reads where letters go; without a server they wait in the outbox.
func (s *server) openMail(c serveCommand) error {
	if c.Mail == "" {
		return nil
	}
	out, err := courier.New(c.Mail, c.MailFrom)
	if err != nil {
		return err
	}
	s.mailing = mailing.New(s.store, out, s.clock.Now)
	return nil
}

// sendLetters carries the outbox to the mail server.
func (s *server) sendLetters(ctx context.Context) {
	if s.mailing == nil {
		return
	}
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	var trouble complaint
	for {
		n, err := s.mailing.SendDue(ctx)
		trouble.about(ctx, s.log, "letters could not be sent; they wait", err)
		if n > 0 {
			s.log.Info("letters went out", "count", n)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
