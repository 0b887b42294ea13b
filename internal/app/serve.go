package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/auth"
	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/durable"
	"broadsheet/internal/mailing"
	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/newsroom"
	"broadsheet/internal/press"
	"broadsheet/internal/site"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
	"broadsheet/themes"
)

type serveCommand struct {
	Data
	Public    string   `help:"Where readers come in." default:"127.0.0.1:8080" placeholder:"ADDR"`
	Desk      string   `help:"Where the staff come in: an origin of its own." default:"127.0.0.1:8081" placeholder:"ADDR"`
	Ops       string   `help:"Metrics, health and profiles; keep it on loopback." default:"127.0.0.1:8082" placeholder:"ADDR"`
	PublicURL string   `help:"The paper's address as readers know it, such as https://courier.example." placeholder:"URL"`
	DeskURL   string   `help:"The desk's address as the staff know it." placeholder:"URL"`
	Proxy     []string `help:"Networks of proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8." placeholder:"NET"`
	Mail      string   `help:"Mail server for the paper's letters: smtp://USER:PASSWORD@HOST:PORT, or smtps://… Without one they wait." placeholder:"URL"`
	MailFrom  string   `help:"Who the letters are from, such as 'The Courier <desk@courier.example>'." placeholder:"SENDER"`
	CacheMB   int      `help:"Memory for rendered pages, in megabytes." default:"64" placeholder:"N"`
	Demo      bool     `help:"Fill an empty paper with a sample in three languages and print the desk's sign-in."`
}

// Run serves the paper until the context ends, then drains and returns nil.
func (c serveCommand) Run(h *house) error {
	s, err := c.start(h, SystemClock())
	if err != nil && h.ctx.Err() != nil {
		return nil // told to stop while it was starting
	}
	if err != nil {
		return err
	}
	for _, line := range s.greeting {
		fmt.Fprintln(h.stdout, line)
	}
	return s.run(h.ctx)
}

// server is a paper that runs.
type server struct {
	log      *slog.Logger
	store    *store.Store
	press    *press.Press
	newsroom *newsroom.Newsroom
	desk     *desk.Desk
	auth     *auth.Auth
	mailing  *mailing.Mailing // nil = letters wait
	clock    *Clock
	doors    []*http.Server
	rooms    []net.Listener
	release  func()
	greeting []string
	seen     int64 // the last event when the press began
	jobs     sync.WaitGroup
}

// start opens everything that can fail before the first reader is let in.
func (c serveCommand) start(h *house, clock *Clock) (_ *server, err error) {
	s := &server{log: h.log, clock: clock}
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	proxies, err := networks(c.Proxy)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(checkURL("public-url", c.PublicURL), checkURL("desk-url", c.DeskURL)); err != nil {
		return nil, err
	}
	var files *durable.Root
	if s.store, files, s.release, err = openPaper(h.ctx, c.Data, true); err != nil {
		return nil, err
	}
	if err := found(h.ctx, s.store); err != nil {
		return nil, err
	}
	public, err := s.listen("public", c.Public)
	if err != nil {
		return nil, err
	}
	newsroomDoor, err := s.listen("desk", c.Desk)
	if err != nil {
		return nil, err
	}
	ops, err := s.listen("ops", c.Ops)
	if err != nil {
		return nil, err
	}
	if a, err := netip.ParseAddrPort(public.Addr().String()); err == nil && a.Addr().IsUnspecified() && c.PublicURL == "" {
		h.log.Warn("readers are let in under the name localhost only; say how they know the paper with --public-url")
	}
	said := strings.TrimRight(c.DeskURL, "/")
	c.PublicURL, c.DeskURL = address(c.PublicURL, public), address(c.DeskURL, newsroomDoor)
	key, err := accountKey(files)
	if err != nil {
		return nil, err
	}
	s.auth = auth.New(s.store, clock.Now, rand.Reader).Keyed(key)
	s.desk = desk.New(s.store, clock.Now)
	if c.Demo {
		if err := s.fillDemo(h.ctx, c.DeskURL); err != nil {
			return nil, err
		}
	}
	if err := s.openMail(c); err != nil {
		return nil, err
	}
	if s.seen, err = s.store.LastEvent(h.ctx); err != nil {
		return nil, err
	}
	talk, pictures := comments.New(s.store, clock.Now), media.New(s.store, files, clock.Now)
	s.press, err = press.New(h.ctx, press.Options{Store: s.store, Now: clock.Now, Theme: themes.Default(), Base: c.PublicURL,
		Bytes: uint64(max(c.CacheMB, 1)) << 20, Stamp: talk.Stamp, Log: h.log})
	if err != nil {
		return nil, err
	}
	s.newsroom, err = newsroom.New(newsroom.Options{Store: s.store, Desk: s.desk, Auth: s.auth, Comments: talk, Media: pictures, Press: s.press, Now: clock.Now, Wall: time.Now, Log: h.log,
		PublicURL: s.articleURL, Secure: strings.HasPrefix(c.DeskURL, "https:"), Address: said, Proxies: proxies})
	if err != nil {
		return nil, err
	}
	readers := site.New(site.Options{Press: s.press, Comments: talk, Media: pictures, Now: time.Now, Log: quiet(h.log), Hosts: hosts(c.PublicURL, public),
		Proxies: proxies, Secure: strings.HasPrefix(c.PublicURL, "https:")})
	s.doors = []*http.Server{web.Server(readers, h.log), web.Server(s.newsroom, h.log), web.Server(onLoopback(s.opsDoor(), ops), h.log)}
	s.rooms = []net.Listener{public, newsroomDoor, ops}
	return s, s.greet(h.ctx, c)
}

// articleURL is where readers find an article.
func (s *server) articleURL(e news.Edition, id news.ID) string {
	return s.press.Base(e) + press.Address{Kind: press.Article, ID: id}.Path(e)
}

// greet tells the operator where everything is, and gives the first owner
// their one-time link.
func (s *server) greet(ctx context.Context, c serveCommand) error {
	s.greeting = append([]string{"The paper:  " + c.PublicURL, "The desk:   " + c.DeskURL, "Operations: http://" + s.rooms[2].Addr().String()}, s.greeting...)
	secret, needed, err := s.auth.FirstOwner(ctx)
	if err != nil {
		return err
	}
	if needed {
		s.greeting = append(s.greeting, "", "Nobody runs this paper yet. The first owner opens this link, once, within three days:", "  "+invitationURL(c.DeskURL, secret))
	}
	return nil
}

func invitationURL(desk, secret string) string { return desk + "/invitation/" + secret }

// listen takes an address; one that is taken is a sentence, not a stack.
func (s *server) listen(door, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s for the %s door; is another program there? Choose another address with --%s (%w)", addr, door, door, err)
	}
	s.rooms = append(s.rooms, l)
	return l, nil
}

// run lets readers in, does the jobs, and drains when the context ends.
func (s *server) run(ctx context.Context) error {
	defer s.close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s.jobs.Go(func() { s.handEvents(ctx, s.seen) })
	s.jobs.Go(func() { s.keepSchedule(ctx) })
	s.jobs.Go(func() { s.housekeep(ctx) })
	s.jobs.Go(func() { s.foldDrafts(ctx) })
	s.jobs.Go(func() { s.endHolds(ctx) })
	s.jobs.Go(func() { s.sendLetters(ctx) })
	failed := make(chan error, len(s.doors))
	for i, door := range s.doors {
		go func() {
			if err := door.Serve(s.rooms[i]); !errors.Is(err, http.ErrServerClosed) {
				failed <- err
			}
		}()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	stop()
	s.newsroom.EndLive() // a stream is no request under way that a drain would wait for
	s.drain()
	return err
}

// drainTime is how long requests under way may take after SIGTERM.
const drainTime = 20 * time.Second

func (s *server) drain() {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	var doors sync.WaitGroup
	for _, door := range s.doors {
		doors.Go(func() {
			if door.Shutdown(ctx) != nil {
				door.Close()
			}
		})
	}
	doors.Wait()
}

func (s *server) close() {
	s.jobs.Wait()
	for _, l := range s.rooms {
		l.Close()
	}
	if s.press != nil {
		s.press.Close()
	}
	if s.release != nil {
		s.release()
	}
}

// checkURL refuses an address that pages could not name: the paper stands at
// the root of its host.
func checkURL(flag, text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery+u.Fragment != "" {
		return fmt.Errorf("%w: --%s %q is not an address such as https://courier.example", errUsage, flag, text)
	}
	return nil
}

// address is how people reach a door: as the operator says, else where it
// listens; on all addresses of the machine it is localhost, the only name that
// is known.
func address(configured string, l net.Listener) string {
	if configured != "" {
		return strings.TrimRight(configured, "/")
	}
	if a, err := netip.ParseAddrPort(l.Addr().String()); err == nil && a.Addr().IsUnspecified() {
		return fmt.Sprintf("http://localhost:%d", a.Port())
	}
	return "http://" + l.Addr().String()
}

// hosts are the names under which readers may ask: the paper's own, and where
// it listens on loopback the names of this machine.
func hosts(public string, l net.Listener) []string {
	out := []string{"localhost"}
	if u, err := url.Parse(public); err == nil {
		out = append(out, u.Hostname())
	}
	if a, err := netip.ParseAddrPort(l.Addr().String()); err == nil {
		out = append(out, a.Addr().String())
		if a.Addr().IsUnspecified() || a.Addr().IsLoopback() {
			out = append(out, "127.0.0.1", "::1")
		}
	}
	return out
}

func networks(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range list {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, fmt.Errorf("%w: --proxy %q is not a network such as 10.0.0.0/8", errUsage, text)
		}
		out = append(out, p)
	}
	return out, nil
}

// quiet leaves a reader's every page out of the log: warnings and worse stay.
func quiet(log *slog.Logger) *slog.Logger { return slog.New(warnings{log.Handler()}) }

type warnings struct{ slog.Handler }

// Enabled reports whether a level is a warning or worse.
func (warnings) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelWarn }
