package site_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/site"
	"broadsheet/internal/web"
	"broadsheet/themes"
)

// town is a paper whose public door is open, with the articles that the
// scripts in testdata speak of.
type town struct {
	*papertest.Paper
	desk     *desk.Desk
	comments *comments.Comments
	press    *press.Press
	door     http.Handler
}

func newTown(t *testing.T, p *papertest.Paper) *town {
	t.Helper()
	w := &town{Paper: p, desk: desk.New(p.Store, p.Clock.Now), comments: comments.New(p.Store, p.Clock.Now)}
	w.write(t)
	var err error
	w.press, err = press.New(t.Context(), press.Options{Store: p.Store, Now: p.Clock.Now, Theme: themes.Default(), Base: "http://paper.example", Stamp: w.comments.Stamp})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.press.Close)
	w.door = site.New(site.Options{Press: w.press, Comments: w.comments, Media: p.Media, Now: p.Clock.Now, Log: slog.New(slog.DiscardHandler), Hosts: []string{"paper.example"}})
	return w
}

// write makes the articles: 1 and 2 live in English, 3 in Persian and of one
// story with 1, 4 a draft, 5 scheduled, 6 killed, 7 spiked.
func (w *town) write(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	draft := func(e news.Edition, s news.Section, headline, marker string, topics ...string) news.ID {
		c := w.Story(s, headline)
		c.Standfirst = marker
		id, err := w.desk.Create(ctx, w.Reporter.ID, e.ID, desk.Copy{Content: c, TopicNames: topics}, headline)
		must(err)
		return id
	}
	approve := func(id news.ID) {
		must(w.desk.Submit(ctx, w.Reporter.ID, id))
		must(w.desk.Approve(ctx, w.Editor.ID, id, 1))
	}
	live := func(id news.ID) news.ID {
		approve(id)
		must(w.desk.Publish(ctx, w.Editor.ID, id, 1, ""))
		w.Clock.Move(time.Minute)
		return id
	}
	bridge := live(draft(w.English, w.Town, "Bridge opens at last", "Two years of work are over", "Old Bridge"))
	live(draft(w.English, w.World, "Talks on the harbour", "The port council meets", "Harbour"))
	pol := live(draft(w.Persian, w.Jahan, "پل سرانجام باز شد", "دو سال کار به پایان رسید", "پل کهن"))
	must(w.desk.SetFacts(ctx, w.Editor.ID, pol, desk.Facts{SameStoryAs: bridge}))
	draft(w.English, w.Town, "Draft quarzine", "quarzine")
	later := draft(w.English, w.Town, "Scheduled quarzine", "quarzine")
	approve(later)
	must(w.desk.Schedule(ctx, w.Editor.ID, later, 1, w.Clock.Now().Add(24*time.Hour), ""))
	killed := live(draft(w.English, w.Town, "Killed quarzine", "quarzine"))
	must(w.desk.Kill(ctx, w.Editor.ID, killed, "The measurements were of another bridge."))
	spiked := draft(w.English, w.Town, "Spiked quarzine", "quarzine")
	must(w.desk.Spike(ctx, w.Editor.ID, spiked, ""))
	c := w.Story(w.Town, "Bridge opens to walkers at last")
	_, err := w.desk.Edit(ctx, w.Editor.ID, bridge, 1, desk.Copy{Content: c, TopicNames: []string{"Old Bridge"}})
	must(err)
	must(w.desk.Correct(ctx, w.Editor.ID, bridge, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "Only walkers may cross for now.", Reason: "nobody else is in"}))
}

// TestPublicDoor runs the scripts: each is a part of the site map that a
// newcomer can read. See testdata/README.txt.
func TestPublicDoor(t *testing.T) {
	scripts, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(scripts) < 4 {
		t.Fatalf("scripts: %v, %v", scripts, err)
	}
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		for _, name := range scripts {
			if filepath.Base(name) != "README.txt" {
				t.Run(filepath.Base(name), func(t *testing.T) { w.play(t, name) })
			}
		}
		papertest.Check(t, p.Store)
	})
}

// play runs one script.
func (w *town) play(t *testing.T, name string) {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r *http.Request
	var resp *http.Response
	var body string
	line := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line++
		word, rest, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		fail := func(format string, args ...any) {
			t.Errorf("%s:%d: %s %s: %s", filepath.Base(name), line, r.Method, r.URL, fmt.Sprintf(format, args...))
		}
		if resp == nil && (word == "status" || word == "header" || word == "contains" || word == "lacks" || word == "at-most") {
			resp, body = w.send(r)
		}
		switch word {
		case "", "#":
		case "GET", "HEAD", "POST", "PUT", "DELETE":
			r, resp = httptest.NewRequest(word, "http://paper.example"+rest, nil), nil
		case "host":
			r.Host = rest
		case "send":
			key, value, _ := strings.Cut(rest, ": ")
			r.Header.Set(key, value)
		case "form":
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(rest)), int64(len(rest))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		case "status":
			if want, _ := strconv.Atoi(rest); resp.StatusCode != want {
				fail("status %d, not %d", resp.StatusCode, want)
			}
		case "header":
			key, want, _ := strings.Cut(rest, ": ")
			if got := resp.Header.Get(key); got != want {
				fail("%s: %q, not %q", key, got, want)
			}
		case "contains":
			if !strings.Contains(body, rest) {
				fail("the body has no %q", rest)
			}
		case "lacks":
			if strings.Contains(body, rest) {
				fail("the body has %q", rest)
			}
		default:
			t.Fatalf("%s:%d: no such line: %s", name, line, word)
		}
	}
}

func (w *town) send(r *http.Request) (*http.Response, string) {
	rec := httptest.NewRecorder()
	w.door.ServeHTTP(rec, r)
	return rec.Result(), rec.Body.String()
}

// TestRoutesAreDeclared reads the map as a stranger would: no route without a
// limit and a role, and none that the printed map does not have.
func TestRoutesAreDeclared(t *testing.T) {
	w := newTown(t, papertest.New(t))
	routes := site.New(site.Options{Press: w.press, Log: slog.New(slog.DiscardHandler), Now: w.Clock.Now}).Routes(w.English)
	if err := web.Check(routes); err != nil {
		t.Error(err)
	}
	want, err := os.ReadFile("../../docs/routes-public.txt")
	if got := web.Map(routes); err != nil || got != string(want) {
		t.Errorf("docs/routes-public.txt is not the map (%v); it is:\n%s", err, got)
	}
}

// A comment is held; a refused one gives the text back; the same form sent
// twice is one comment.
func TestCommentForm(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := newTown(t, p)
		stamp := w.comments.Stamp(1, p.Clock.Now())
		post := func(form url.Values) (int, string) {
			r := httptest.NewRequest("POST", "http://paper.example/news/1/comments", strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			resp, body := w.send(r)
			return resp.StatusCode, body
		}
		const text = "A bridge! <script>alert(1)</script> مبارک باشد"
		form := url.Values{"name": {"Ada"}, "comment": {text}, "stamp": {stamp}}
		if status, body := post(form); status != 422 || !strings.Contains(body, "&lt;script&gt;alert(1)&lt;/script&gt; مبارک باشد") {
			t.Errorf("sent at once: status %d, and the text comes back:\n%s", status, body)
		}
		p.Clock.Move(10 * time.Second)
		for range 2 {
			if status, body := post(form); status != 202 || strings.Contains(body, "<script>alert") {
				t.Errorf("sent after ten seconds: status %d\n%s", status, body)
			}
		}
		held, err := p.Store.CommentQueue(t.Context(), news.CommentHeld, news.Place{}, 10)
		if err != nil || len(held) != 1 || held[0].Text != text {
			t.Errorf("held: %v, %v", held, err)
		}
		if status, _ := post(url.Values{"comment": {strings.Repeat("a", news.MaxComment+1)}, "stamp": {stamp}}); status != 413 {
			t.Errorf("a comment over 16 KB: status %d", status)
		}
		if status, _ := post(url.Values{"comment": {" \n "}, "stamp": {stamp}}); status != 422 {
			t.Errorf("an empty comment: status %d", status)
		}
	})
}

// The masthead says the new day one second after local midnight, on a page
// that was kept the day before.
func TestMastheadTurnsAtMidnight(t *testing.T) {
	w := newTown(t, papertest.New(t))
	for _, c := range []struct {
		path, today, tomorrow string
		edition               news.Edition
	}{{"/news/1", "Saturday 14 March 2026", "Sunday 15 March 2026", w.English}, {"/fa/news/3", "شنبه ۲۳ اسفند ۱۴۰۴", "یکشنبه ۲۴ اسفند ۱۴۰۴", w.Persian}} {
		w.Clock.Set(time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC))
		if _, body := w.send(httptest.NewRequest("GET", "http://paper.example"+c.path, nil)); !strings.Contains(body, c.today) {
			t.Errorf("%s does not say %s", c.path, c.today)
		}
		w.Clock.Set(c.edition.NextMidnight(w.Clock.Now()).Add(time.Second))
		if _, body := w.send(httptest.NewRequest("GET", "http://paper.example"+c.path, nil)); !strings.Contains(body, c.tomorrow) {
			t.Errorf("%s does not say %s one second after midnight", c.path, c.tomorrow)
		}
	}
}

// A page that the reader has is not sent again; compressed forms have marks of
// their own.
func TestConditionalRequests(t *testing.T) {
	w := newTown(t, papertest.New(t))
	for _, coding := range []string{"", "gzip", "br"} {
		ask := func(key, value string) *http.Response {
			r := httptest.NewRequest("GET", "http://paper.example/news/1", nil)
			r.Header.Set("Accept-Encoding", coding)
			if key != "" {
				r.Header.Set(key, value)
			}
			resp, _ := w.send(r)
			return resp
		}
		first := ask("", "")
		if got := first.Header.Get("Content-Encoding"); got != coding {
			t.Errorf("asked for %q, sent %q", coding, got)
		}
		if again := ask("If-None-Match", first.Header.Get("Etag")); again.StatusCode != 304 || again.Header.Get("Content-Encoding") != "" {
			t.Errorf("%q: the same mark is answered %d", coding, again.StatusCode)
		}
		if again := ask("If-Modified-Since", first.Header.Get("Last-Modified")); again.StatusCode != 304 {
			t.Errorf("%q: the same time is answered %d", coding, again.StatusCode)
		}
		if again := ask("If-None-Match", `"other"`); again.StatusCode != 200 {
			t.Errorf("%q: another mark is answered %d", coding, again.StatusCode)
		}
	}
	if r := httptest.NewRequest("GET", "http://paper.example/news/1", nil); true {
		r.Header.Set("Accept-Encoding", "br;q=0, gzip;q=0.5")
		if resp, _ := w.send(r); resp.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("Brotli was refused and sent: %v", resp.Header)
		}
	}
}
