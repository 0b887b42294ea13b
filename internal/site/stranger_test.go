package site_test

import (
	"fmt"
	"html"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/media"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
	"broadsheet/internal/site"
	"broadsheet/internal/store"
	"broadsheet/themes"
)

// secretsMade is how many texts with a marker word the paper hides; beside the
// race detector, where -short is set, ten of each kind are enough.
func secretsMade() int {
	if testing.Short() {
		return 130
	}
	return 1000
}

// stranger asks the public door for everything, and looks through every byte
// of every answer.
type stranger struct {
	*vault
	door  http.Handler
	mu    sync.Mutex
	work  []string // the statements since the last question
	asked int
	found int
	tried bool // the test itself is on trial: what is found is no fault
}

// TestStrangerFindsNothing: of a thousand texts that are not for readers, or
// not yet, a stranger finds nothing: on pages, in feeds, sitemaps and search,
// by address, hash or guessed link, with HEAD, conditions and ranges. And the
// answer for a number under which something lies hidden is, byte for byte and
// statement for statement, the one for a number that was never given.
func TestStrangerFindsNothing(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		s := &stranger{vault: fill(t, p, secretsMade())}
		s.openDoor()
		t.Run("walking from link to link", s.walk)
		t.Run("by number", s.byNumber)
		t.Run("by word", s.byWord)
		t.Run("pictures", s.pictures)
		t.Run("previews", s.previews)
		t.Run("the test itself", s.onTrial)
		t.Logf("%d questions about %d secrets, %d found", s.asked, len(s.secrets), s.found-strays)
		papertest.Check(t, p.Store)
	})
}

// openDoor opens a door that counts its work: a store of its own, so that no
// statement of the test is among them.
func (s *stranger) openDoor() {
	ctx := s.t.Context()
	own, err := store.Open(ctx, store.Options{URL: s.URL, Trace: s.count})
	s.must(err)
	s.t.Cleanup(func() { own.Close() })
	s.vault.press, err = press.New(ctx, press.Options{Store: own, Now: s.Clock.Now, Theme: themes.Default(), Base: "http://paper.example", Stamp: s.comments.Stamp})
	s.must(err)
	s.t.Cleanup(s.vault.press.Close)
	s.door = site.New(site.Options{Press: s.vault.press, Comments: s.comments, Media: media.New(own, s.Files, s.Clock.Now), Now: s.Clock.Now,
		Log: slog.New(slog.DiscardHandler), Hosts: []string{"paper.example"}})
}

func (s *stranger) count(sql string) error {
	s.mu.Lock()
	s.work = append(s.work, sql)
	s.mu.Unlock()
	return nil
}

// answer is what a stranger can tell one answer from another by.
type answer struct {
	status int
	header http.Header
	body   string
	work   []string
}

// ask sends one question. own is a word of its address that the answer may
// say again: what the stranger said is no secret.
func (s *stranger) ask(r *http.Request, own string) answer {
	s.t.Helper()
	s.mu.Lock()
	s.work = nil
	s.mu.Unlock()
	rec := httptest.NewRecorder()
	s.door.ServeHTTP(rec, r)
	s.asked++
	a := answer{status: rec.Code, header: rec.Result().Header, body: rec.Body.String()}
	s.mu.Lock()
	a.work = slices.Clone(s.work)
	s.mu.Unlock()
	if own != "" {
		a.body = strings.ReplaceAll(a.body, own, "•")
		for name, values := range a.header {
			a.header[name] = []string{strings.ReplaceAll(strings.Join(values, "\n"), own, "•")}
		}
	}
	said := strings.ToLower(a.body + fmt.Sprint(a.header))
	if i := strings.Index(said, marked); i >= 0 {
		s.found++
		if s.tried {
			return a
		}
		s.t.Errorf("%s %s tells a secret: …%s…", r.Method, r.URL, said[max(0, i-60):min(len(said), i+60)])
	}
	return a
}

func (s *stranger) get(path, own string) answer { return s.ask(question("GET", path, nil), own) }

func question(method, path string, header map[string]string) *http.Request {
	r := httptest.NewRequest(method, "http://paper.example"+path, nil)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	return r
}

// variants are the ways to ask for one address.
func variants(path string) []*http.Request {
	list := []*http.Request{question("GET", path, nil), question("HEAD", path, nil), question("GET", path, map[string]string{"Range": "bytes=0-9"})}
	list = append(list, question("GET", path, map[string]string{"If-None-Match": "*"}), question("GET", path, map[string]string{"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"}))
	form := httptest.NewRequest("POST", "http://paper.example"+path, strings.NewReader(url.Values{"comment": {"hello"}, "text": {"hello"}, "kind": {"other"}}.Encode()))
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return append(list, form)
}

// same fails the test where two answers can be told apart.
func (s *stranger) same(r *http.Request, got, want answer) {
	s.t.Helper()
	switch {
	case got.status != want.status:
		s.t.Errorf("%s %s answers %d, and %d where there is nothing", r.Method, r.URL, got.status, want.status)
	case got.body != want.body || !maps.EqualFunc(got.header, want.header, slices.Equal):
		s.t.Errorf("%s %s answers otherwise than where there is nothing:\n%v\n%v", r.Method, r.URL, got.header, want.header)
	case !slices.Equal(got.work, want.work):
		s.t.Errorf("%s %s is other work than where there is nothing:\n%s\nand\n%s", r.Method, r.URL, strings.Join(got.work, "\n"), strings.Join(want.work, "\n"))
	}
}

var links = regexp.MustCompile(`(?:href|src|action|content)="([^"]+)"|<loc>([^<]+)<|(http://paper\.example[^"'<>\s\\]*)`)

// walk follows every link of every page, from the fronts on.
func (s *stranger) walk(t *testing.T) {
	todo := []string{"/", "/fa/", "/robots.txt", "/sitemap.xml", "/sitemap-news.xml", "/feed.xml", "/feed.atom", "/feed.json", "/fa/feed.xml", "/archive",
		"/archive/2026", "/corrections", "/search", "/search?q=bridge", "/search?q=bridge&order=best"}
	seen := map[string]bool{}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		a := s.get(path, "")
		if a.status >= 500 {
			t.Errorf("%s: %d", path, a.status)
		}
		for _, m := range links.FindAllStringSubmatch(a.body, -1) {
			link := html.UnescapeString(m[1] + m[2] + m[3])
			link = strings.TrimPrefix(link, "http://paper.example")
			link, _, _ = strings.Cut(link, "#")
			if strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") {
				todo = append(todo, link)
			}
		}
	}
	public := 0
	for _, x := range s.secrets {
		if x.public && seen["/news/"+x.id.String()] {
			public++
		}
	}
	t.Logf("%d addresses, among them %d articles with secrets beside them", len(seen), public)
	if public < len(s.secrets)/len(kinds())*4 {
		t.Error("the walk goes nowhere")
	}
}

// byNumber asks for every article in every way, in both editions.
func (s *stranger) byNumber(t *testing.T) {
	const never = "7777"
	for _, edition := range []string{"", "/fa"} {
		for _, rest := range []string{"", "/any-words", "/comments", "/comments?after=1", "/versions", "/request"} {
			var nothing []answer
			for i, r := range variants(edition + "/news/" + never + rest) {
				s.ask(r, never) // once before, so that pages of the house are kept
				nothing = append(nothing, s.ask(variants(edition + "/news/" + never + rest)[i], never))
			}
			for _, x := range s.secrets {
				for i, r := range variants(edition + "/news/" + x.id.String() + rest) {
					if x.known() && i != int(x.id)%len(nothing) || edition != "" && i%3 != 0 {
						continue // its pages were walked through; in one edition all ways are tried
					}
					got := s.ask(r, "")
					if !x.known() {
						got.relabel(x.id.String())
						s.same(r, got, nothing[i])
					}
				}
			}
		}
	}
	for _, x := range s.secrets {
		want := map[string]int{"killed": http.StatusGone, "taken down": http.StatusUnavailableForLegalReasons}[x.kind]
		if x.public {
			want = http.StatusOK
		} else if want == 0 {
			want = http.StatusNotFound
		}
		if a := s.get("/news/"+x.id.String(), ""); a.status != want {
			t.Errorf("%s %d: %d, want %d", x.kind, x.id, a.status, want)
		}
	}
}

// known reports whether readers know that there is something under its number.
func (x *secret) known() bool { return x.public || x.kind == "killed" || x.kind == "taken down" }

// relabel takes the number that was asked for out of an answer's address.
func (a *answer) relabel(number string) {
	for name, values := range a.header {
		if name == "Location" {
			a.header[name] = []string{strings.ReplaceAll(strings.Join(values, "\n"), number, "•")}
		}
	}
}

// byWord asks for every marker word: the search, and every address that is
// made of a word.
func (s *stranger) byWord(*testing.T) {
	const never = "nobodywrotethis"
	paths := []string{"/search?q=%s", "/search?q=%s&order=best", "/search?q=%%22%s%%22&from=2026-01-01&to=2027-12-31", "/search?q=%s&section=town", "/fa/search?q=%s",
		"/author/%s", "/topic/%s", "/%s"}
	for _, under := range []string{"author", "topic"} {
		for _, format := range []string{"xml", "atom", "json"} {
			paths = append(paths, "/"+under+"/%s/feed."+format)
		}
	}
	for _, path := range paths {
		s.get(fmt.Sprintf(path, never), never)
		nothing := s.get(fmt.Sprintf(path, never), never)
		for _, x := range s.secrets {
			r := question("GET", fmt.Sprintf(path, x.word), nil)
			got := s.ask(r, x.word)
			got.measure(nothing)
			s.same(r, got, nothing)
		}
	}
}

// measure takes the marks of a page that says the question again, where they
// differ by the question alone.
func (a *answer) measure(other answer) {
	if a.body != other.body {
		return
	}
	for _, name := range []string{"Content-Length", "Etag"} {
		if other.header[name] != nil {
			a.header[name] = other.header[name]
		}
	}
}

// pictures asks for every file by its own address.
func (s *stranger) pictures(t *testing.T) {
	never := strings.Repeat("ab", 32)
	asked := 0
	for _, x := range s.secrets {
		if x.media.Hash == "" {
			continue
		}
		asked++
		for _, rest := range []string{"/" + x.word + ".jpg", "/other.jpg", "", "/" + x.word + ".jpg?preview=guessed"} {
			for i, r := range variants("/media/" + x.media.Hash + rest) {
				nothing := s.ask(variants("/media/" + never + rest)[i], x.word)
				s.same(r, s.ask(r, x.word), nothing)
			}
		}
	}
	if t.Logf("%d pictures", asked); asked < len(s.secrets)/len(kinds()) {
		t.Error("too few pictures to ask for")
	}
}

// previews guesses: at the links that others were given, and with links of
// other stories.
func (s *stranger) previews(t *testing.T) {
	link, err := s.desk.Show(t.Context(), s.Editor.ID, s.secrets[0].id, 0, s.Clock.Now().Add(time.Hour))
	s.must(err)
	for _, edition := range []string{"", "/fa"} {
		s.get(edition+"/preview/x", "")
		nothing := s.get(edition+"/preview/x", "")
		for _, x := range s.secrets {
			if x.media.Hash != "" && x.kind != "draft" { // with the link of another story
				r := question("GET", x.media.Src()+"?preview="+link, nil)
				if a := s.ask(r, x.word); a.status != http.StatusNotFound {
					t.Errorf("%s: %d with the link of another story", r.URL, a.status)
				}
			}
			if x.link == "" {
				continue
			}
			guesses := []string{strings.ToLower(x.link), strings.ToUpper(x.link), x.link[1:], x.link[:len(x.link)-1], x.link + "A", "A" + x.link, news.PreviewToken(x.link), x.id.String(), x.word}
			for _, guess := range guesses {
				if guess != x.link {
					r := question("GET", edition+"/preview/"+guess, nil)
					s.same(r, s.ask(r, ""), nothing)
				}
			}
		}
	}
}

// strays are the addresses under which a published secret is found.
const strays = 10

// onTrial publishes a secret: the stranger must find it everywhere.
func (s *stranger) onTrial(t *testing.T) {
	x := &secret{kind: "draft", word: marked + "9999"}
	hidden := s.secrets
	s.secrets = nil // so that this one shows a picture
	s.draft(x)
	s.secrets = hidden
	s.publish(x)
	s.vault.press.Forget()
	s.tried = true
	before := s.found
	for _, path := range []string{"/", "/news/" + x.id.String(), "/section/town", "/feed.xml", "/feed.atom", "/feed.json", "/topic/" + x.word, "/author/" + x.word,
		"/search?q=opens", "/sitemap-news.xml"} {
		was := s.found
		if s.get(path, ""); s.found == was {
			t.Errorf("the secret is out, and it is not found on %s", path)
		}
	}
	if s.found-before != strays {
		t.Errorf("%d found", s.found-before)
	}
	if a := s.get(x.media.Src(), ""); a.status != http.StatusOK {
		t.Errorf("its picture: %d", a.status)
	}
}
