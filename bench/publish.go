package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	ownerEmail    = "owner@bench.example"
	ownerPassword = "a bench needs a password too"
)

// found gives the paper its owner, edition and sections, through the desk's
// own set-up page.
func (b *bench) found(ctx context.Context) error {
	add := exec.CommandContext(ctx, b.paper, "user", "add", ownerEmail, "--role", "owner", "--password-stdin", "--data", b.data)
	add.Stdin = strings.NewReader(ownerPassword + "\n")
	if out, err := add.CombinedOutput(); err != nil {
		return fmt.Errorf("user add: %w\n%s", err, out)
	}
	if err := b.serve(ctx); err != nil {
		return err
	}
	defer b.stop()
	if err := answers(ctx, "http://"+opsAddr+"/readyz"); err != nil {
		return err
	}
	desk, err := signIn()
	if err != nil {
		return err
	}
	return desk.send("/set-up", url.Values{"name": {"Bench"}, "language": {"en"}, "timezone": {"UTC"}, "calendar": {"gregorian"}, "sections": {"News\nTown\nWorld"}})
}

// client is a signed-in browser at the desk.
type client struct{ http *http.Client }

func signIn() (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &client{&http.Client{Jar: jar, Timeout: 30 * time.Second}}
	return c, c.send("/sign-in", url.Values{"email": {ownerEmail}, "password": {ownerPassword}, "to": {"/"}})
}

// send posts a form of the desk and follows to the page after it.
func (c *client) send(path string, form url.Values) error {
	r, err := http.NewRequest("POST", "http://"+deskAddr+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://"+deskAddr)
	resp, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d:\n%s", path, resp.StatusCode, body)
	}
	return err
}

// publishing times, for each draft, from the moment when the desk's form is
// sent to the moment when article, front, section, feed and sitemap all show
// it.
func (b *bench) publishing(ctx context.Context) error {
	if err := b.serve(ctx); err != nil {
		return err
	}
	defer b.stop()
	if err := answers(ctx, "http://"+publicAddr+"/"); err != nil {
		return err
	}
	desk, err := signIn()
	if err != nil {
		return err
	}
	// The redirect after the act leads to the desk's own page; it is not part of being visible.
	desk.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	now := time.Now().UTC()
	var took []time.Duration
	for _, id := range b.drafts {
		pages := []string{"/news/" + strconv.Itoa(id), "/", "/section/news", "/feed.xml", fmt.Sprintf("/sitemap-%04d-%02d.xml", now.Year(), now.Month())}
		for _, p := range pages[1:] { // readers keep these warm
			if _, _, err := ask("http://"+publicAddr+p, nil); err != nil && p != pages[4] {
				return err
			}
		}
		begun := time.Now()
		if err := b.publish(desk, id); err != nil {
			return err
		}
		for _, p := range pages {
			if err := b.shows(ctx, p, id); err != nil {
				return err
			}
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	b.say("publish to visible on article, front, section, feed and sitemap, %d publications on SQLite with synchronous=FULL: p50 %.1f ms, **p99 %.1f ms**, worst %.1f ms. Goal p99 under 100 ms", len(took), at(0.5), at(0.99), at(1))
	return b.changing(ctx, desk)
}

func (b *bench) publish(desk *client, id int) error {
	r, err := http.NewRequest("POST", fmt.Sprintf("http://%s/articles/%d/publish", deskAddr, id),
		strings.NewReader(url.Values{"read": {"1"}, "alone": {"yes"}, "reason": {"a bench"}}.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://"+deskAddr)
	resp, err := desk.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		body, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("publish answers %d:\n%s", resp.StatusCode, body)
	}
	return nil
}

// shows asks for a page until it links to the article.
func (b *bench) shows(ctx context.Context, path string, id int) error {
	want := []byte("/news/" + strconv.Itoa(id))
	for ctx.Err() == nil {
		_, body, err := ask("http://"+publicAddr+path, nil)
		if err == nil && bytes.Contains(body, want) {
			return nil
		}
	}
	return fmt.Errorf("%s never showed article %d", path, id)
}
