package app

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"strings"

	"broadsheet/internal/auth"
	"broadsheet/internal/news"
)

type userCommand struct {
	Add userAddCommand `cmd:"" help:"Add a member of staff and print their one-time link."`
}

type userAddCommand struct {
	Data
	Email         string `arg:"" help:"Their e-mail address, which they sign in with."`
	Role          string `help:"contributor, reporter, editor, chief or owner." required:"" placeholder:"ROLE"`
	Name          string `help:"Their name; without it the part of the address before the @." placeholder:"NAME"`
	PasswordStdin bool   `help:"Read a password from the standard input instead of printing a link."`
	DeskURL       string `help:"The desk's address, for the link." default:"http://127.0.0.1:8081" placeholder:"URL"`
}

// Run adds the person.
func (c userAddCommand) Run(h *house) error {
	role, err := news.ParseRole(c.Role)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	s, _, release, err := openPaper(h.ctx, c.Data, false)
	if err != nil {
		return err
	}
	defer release()
	if err := found(h.ctx, s); err != nil {
		return err
	}
	name := c.Name
	if name == "" {
		name, _, _ = strings.Cut(c.Email, "@")
	}
	a := auth.New(s, SystemClock().Now, rand.Reader)
	p, err := a.AddPerson(h.ctx, 0, news.Person{Email: c.Email, Name: name, Role: role})
	if err != nil {
		return err
	}
	if c.PasswordStdin {
		line, err := bufio.NewReader(h.in).ReadString('\n')
		if err != nil && line == "" {
			return fmt.Errorf("no password came on the standard input; type one line")
		}
		return a.ResetPassword(h.ctx, p.ID, strings.TrimRight(line, "\r\n"))
	}
	secret, err := a.Invite(h.ctx, 0, p.ID)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(h.stdout, invitationURL(strings.TrimRight(c.DeskURL, "/"), secret))
	return err
}
