package newsroom

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/press"
)

// The two who may have written it: reporters of the same standing. Which of
// them did is the secret.
const (
	firstName, secondName = "Quirina Xantippe", "Waltraut Zebulon"
	publicName            = "Nightwatch"
)

// secret is a paper with a story under a protected byline.
type secret struct {
	*world
	author, other news.Person
	told          news.Person // beside the author
	picture       string      // its address
}

// underCover makes the story, by the one or by the other: begun, edited, with a
// note, a suggestion, a preview link, a picture, text that is in no revision
// and the editor open; handed to somebody, approved, published, corrected.
// hidden false makes the same story in the open.
func underCover(t *testing.T, p *papertest.Paper, byFirst, hidden bool) *secret {
	w := openOn(t, p)
	s := &secret{world: w, told: w.Colleague}
	people := []news.Person{w.add("quirina", news.Reporter), w.add("waltraut", news.Reporter)}
	for i, name := range []string{firstName, secondName} {
		people[i].Name = name
		if err := w.auth.SavePerson(t.Context(), 0, people[i]); err != nil {
			t.Fatal(err)
		}
	}
	doors := []*browser{w.as(people[0]), w.as(people[1])} // both are in, whoever it is
	b := doors[1]
	s.author, s.other = people[1], people[0]
	if byFirst {
		b, s.author, s.other = doors[0], people[0], people[1]
	}
	edda := w.as(w.Editor)
	form := func(base, text string, more ...string) []string {
		f := []string{"token", "t", "edition", "1", "section", "1", "headline", "The harbour's books", "slugline", "harbour", "byline-rows", "2", "byline", publicName, "body", text, "base", base} // the number of the author is not in it: the page is older than the article
		return append(f, more...)
	}
	begin := form("", "It is about stones.")
	if hidden {
		begin = append(begin, "protect", "yes")
	}
	b.post("/articles", begin...).want(see)
	if hidden {
		b.post("/articles/1/protect", "number", "1", "knowers", itoa(int(s.told.ID))).want(see)
	}
	b.hand("/media", true, []file{{s.author.Name + " IMG 1.png", drawn(t, 30, 20)}}).want(ok)
	s.picture = answer[keptPicture](b).Src
	b.post("/articles/1/edit", form("1", "It is about stones.\n\n![A wall]("+s.picture+")")...).want(see)
	b.post("/articles/1/notes", "text", "Which stones?", "token", "n").want(see)
	b.post("/articles/1/preview", "hours", "24").want(ok)
	me := fmt.Sprint(int64(s.author.ID))
	b.post("/articles/1/edit", form("2", fmt.Sprintf("It is about stones<ins data-id=\"k3v9x2mq\" data-by=\"%s\" data-at=\"%d\"> and sand</ins>.\n\n![A wall](%s)", me, w.Clock.Now().Unix(), s.picture))...).want(see)
	b.post("/articles/1/submit").want(see)
	edda.post("/articles/1/suggestions/accept", "read", "3", "suggestion", "k3v9x2mq").want(see)
	edda.post("/articles/1/hand", "person", itoa(int(w.Editor.ID)), "line", "Please read.", "seen", "0").want(see)
	w.as(w.Chief).post("/articles/1/approve", "read", "4").want(see)
	edda.post("/articles/1/publish", "read", "4").want(see)
	// a second story of theirs, which is still being written
	begin[1] = "t2"
	b.post("/articles", begin...).want(see)
	b.say("/articles/2/hold", "window-1", "open", ok)
	b.types("2", sent{"person": s.author.ID, "tab": "window-1", "seq": 1, "base": 1, "copy": copyText("The harbour's books", "It is about stones, and more.")})
	b.want(ok)
	w.Clock.Move(2 * time.Second)
	w.as(w.Owner)
	return s
}

// addresses are all that somebody can ask the desk for, with each filter that
// speaks of a person.
func (s *secret) addresses() []string {
	out := []string{"/find?q=Quirina", "/find?q=Waltraut", "/find?q=harbour", "/find?q=Nightwatch", "/?q=Quirina", "/rows?ids=1,2", "/notes", "/record?article=1", "/record?q=protected", "/record?kind=writing"}
	for _, p := range []news.Person{s.author, s.other} {
		id := itoa(int(p.ID))
		out = append(out, "/?person="+id, "/rows?ids=1,2&person="+id, "/record?person="+id, "/record?article=1&person="+id, "/people/"+id+"/acts", "/people/"+id, "/people/"+id+"/leave",
			"/articles/2/drafts?person="+id+"&tab=window-1", "/articles/1/names?q="+strings.Fields(p.Name)[0], "/articles/2/names?q="+strings.Fields(p.Name)[1])
	}
	for _, r := range s.room.Routes() {
		pattern, get := strings.CutPrefix(r.Pattern, "GET ")
		if !get || strings.Contains(pattern, "{hash}") || strings.Contains(pattern, "{secret}") || strings.HasPrefix(pattern, "/live") || strings.HasPrefix(pattern, "/accent") || pattern == "/account/codes" { // a new secret each time
			continue
		}
		for _, id := range []string{"1", "2"} {
			if strings.Contains(pattern, "/articles/{id}") || id == "1" && !strings.HasPrefix(pattern, "/people/{id}") {
				_, path := address("GET " + pattern)
				out = append(out, strings.Replace(path, "/articles/1", "/articles/"+id, 1))
			}
		}
	}
	return out
}

// what is made anew for each page, and says nothing
var passing = regexp.MustCompile(`[A-Z2-7]{26}|data-seq="\d+"|[0-9a-f]{64}|id: \d+\n|2[0-9a-z]{20,}`)

// seen is all that somebody is told, by address.
func (s *secret) seen(who news.Person) map[string]string {
	s.t.Helper()
	b, out := s.as(who), map[string]string{}
	for _, path := range s.addresses() {
		b.get(path)
		out[path] = fmt.Sprint(b.Status, "\n", passing.ReplaceAllString(b.Body, "*"))
		if strings.Contains(path, "/drafts") || strings.Contains(path, "/articles/1") {
			b.script(http.MethodGet, path, nil)
			out["json "+path] = fmt.Sprint(b.Status, "\n", passing.ReplaceAllString(b.Body, "*"))
		}
	}
	out["the stream"] = passing.ReplaceAllString(s.stream(b), "*")
	return out
}

// stream reads what the desk tells a browser that was away from the beginning.
func (s *secret) stream(b *browser) string {
	s.t.Helper()
	rec := httptest.NewRecorder()
	line := &stream{n: s.room, w: rec, line: http.NewResponseController(rec), token: b.cookie.Value, style: visit{speaks: "en"}.style(), last: 1}
	if err := line.catchUp(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	return rec.Body.String()
}

// differ names the addresses at which two answers differ.
func differ(a, b map[string]string) (out []string) {
	for _, path := range slices.Sorted(maps.Keys(a)) {
		if a[path] != b[path] {
			out = append(out, path)
		}
	}
	return out
}

// TestNobodyLearnsWhoItIs is the promise of a protected byline. Two papers are
// made in which everything is the same but which of two reporters wrote it.
// Whoever was not told is answered the same in both, byte for byte, at every
// address of the desk; readers find the name nowhere at all.
func TestNobodyLearnsWhoItIs(t *testing.T) {
	one, two := underCover(t, papertest.New(t), true, true), underCover(t, papertest.New(t), false, true)
	open := underCover(t, papertest.New(t), true, false)
	for _, who := range []struct {
		name   string
		person func(*secret) news.Person
	}{{"contributor", func(s *secret) news.Person { return s.Contributor }}, {"reporter", func(s *secret) news.Person { return s.Reporter }},
		{"editor", func(s *secret) news.Person { return s.Editor }}, {"chief", func(s *secret) news.Person { return s.Chief }}, {"owner", func(s *secret) news.Person { return s.Owner }}} {
		t.Run(who.name, func(t *testing.T) {
			if testing.Verbose() {
				t.Logf("%d addresses", len(one.addresses()))
			}
			a, b := one.seen(who.person(one)), two.seen(who.person(two))
			for _, path := range differ(a, b) {
				t.Errorf("%s tells who it is:\n%s", path, difference1(a[path], b[path]))
			}
			if who.name == "editor" || who.name == "chief" { // the test of the test
				if in := differ(a, open.seen(who.person(open))); len(in) < 10 {
					t.Errorf("in the open only %d addresses differ: the test sees nothing", len(in))
				}
			}
		})
	}
	told := one.as(one.told)
	for path, who := range map[string]*browser{"/articles/1": told, "/articles/2": one.as(one.author)} { // who knows does not write it down by mistake
		who.post(path+"/edit", "base", "1", "section", "1", "headline", "The harbour's books", "byline-rows", "2", "byline", firstName, "body", "It is about stones.").want(bad, "names the protected author")
		who.post(path+"/notes", "text", "Thank you, quirina  XANTIPPE!", "token", path).want(bad, "names the protected author")
	}
	told.get("/articles/1").want(ok, firstName+" (told to you)")
	told.get("/articles/1/history").want(ok, firstName+" began the article")
	told.get("/articles/1/protect").want(ok, firstName, publicName)
	_, head, err := one.desk.Open(t.Context(), one.Editor, 1)
	if err != nil || len(head.Bylines) != 1 || head.Bylines[0] != (news.Byline{Name: publicName, Slug: "nightwatch", Protected: 1}) {
		t.Errorf("bylines %+v (%v)", head.Bylines, err)
	}
	one.as(one.author).get("/articles/1/history").want(ok, firstName+" began the article")
	one.as(one.Editor).get("/articles/1/history").want(ok, "A protected author began the article", "Cyrus Calder approved it").not(firstName)
	one.as(one.Owner).get("/articles/1/protect").want(ok, "of whom you were not told").not(firstName + " (told")
	for _, s := range []*secret{one, two} {
		s.guesses(t)
		s.publicly(t)
		papertest.Check(t, s.Store)
	}
}

// difference1 is the first line in which two pages differ.
func difference1(a, b string) string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			return left[i] + "\n" + right[i]
		}
	}
	return fmt.Sprintf("%d and %d lines", len(left), len(right))
}

// guesses tries names out: the answer is the same for who it is and who it is not.
func (s *secret) guesses(t *testing.T) {
	t.Helper()
	edda := s.as(s.Editor)
	for _, p := range []news.Person{s.author, s.other} {
		edda.post("/articles/2/notes", "text", "@"+p.Name+" look", "token", p.Name).want(bad, "may not open")
		edda.get("/articles/1/protect").want(ok).not(p.Name + " (told")
	}
	for i, p := range []news.Person{s.other, s.author} { // to lay it with them names them like anybody
		at, err := s.Store.Placement(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		seen := "0"
		if i > 0 {
			seen = fmt.Sprint(at.At.UnixMicro())
		}
		edda.post("/articles/2/hand", "person", itoa(int(p.ID)), "line", "Yours?", "seen", seen).want(see)
		edda.get("/articles/2").want(ok, p.Name)
		edda.get("/articles/2/history").want(ok, "Edda Elm handed it to "+p.Name)
	}
	kolya := s.as(s.told) // who knows does not give it away by mistake
	at, _ := s.Store.Placement(t.Context(), 1)
	kolya.post("/articles/1/hand", "person", itoa(int(s.author.ID)), "line", "", "seen", fmt.Sprint(at.At.UnixMicro())).want(bad, "everybody sees")
	for _, p := range []news.Person{s.Chief, s.Editor, s.Owner} {
		s.as(p).post("/articles/1/protect", "number", "1", "knowers", itoa(int(p.ID))).want(no, "named people only")
	}
}

// publicly asks every address that readers have, and reads what is handed out
// as a file or written down.
func (s *secret) publicly(t *testing.T) {
	t.Helper()
	never := func(where, text string) {
		t.Helper()
		for _, mark := range []string{"Quirina", "quirina", "Xantippe", "Waltraut", "waltraut", "Zebulon"} {
			if strings.Contains(text, mark) {
				t.Errorf("%s says %s", where, mark)
			}
		}
	}
	sheets := s.room.press
	kinds := []press.Address{{Kind: press.Front}, {Kind: press.Article, ID: 1}, {Kind: press.Article, ID: 2}, {Kind: press.Versions, ID: 1}, {Kind: press.Corrections}, {Kind: press.Archive},
		{Kind: press.Section, Slug: "world"}, {Kind: press.Author, Slug: "nightwatch"}, {Kind: press.Author, Slug: "quirina-xantippe"}, {Kind: press.Author, Slug: "waltraut-zebulon"},
		{Kind: press.Search, Query: press.Query{Text: "Quirina"}}, {Kind: press.Search, Query: press.Query{Text: "Waltraut"}}, {Kind: press.SitemapIndex}, {Kind: press.SitemapNews}, {Kind: press.Request, ID: 1}}
	for _, f := range []press.Format{press.RSS, press.Atom, press.JSON} {
		kinds = append(kinds, press.Address{Kind: press.Feed, Of: press.Front, Format: f}, press.Address{Kind: press.Feed, Of: press.Author, Slug: "nightwatch", Format: f})
	}
	found := 0
	for _, a := range kinds {
		a.Edition = s.English.ID
		page, err := sheets.Page(t.Context(), a)
		if err != nil {
			if news.CodeOf(err) != news.NotFound {
				t.Fatalf("%+v: %v", a, err)
			}
			continue
		}
		text := string(page.Body)
		if a.Kind == press.Search {
			text = strings.ReplaceAll(text, a.Query.Text, "") // the question itself
		}
		never(fmt.Sprintf("the page %+v", a), text)
		found += strings.Count(text, publicName)
	}
	if found < 8 {
		t.Errorf("the public name stands in %d places only: the pages were not read", found)
	}
	never("a picture's address", s.picture)
	reader := s.as(s.Owner)
	reader.get(s.picture).want(ok)
	never("a picture's bytes", reader.Body)
	if reader.get("/record/record.jsonl").want(ok, "a protected author", "article.protected"); strings.Count(reader.Body, "\n") < 15 {
		t.Errorf("the exported record is short: %s", reader.Body)
	}
	var file strings.Builder
	for line := range strings.Lines(reader.Body) {
		if strings.Contains(line, `"article":1`) || strings.Contains(line, `"article":2`) && !strings.Contains(line, "article.handed") {
			file.WriteString(line)
		}
	}
	never("the exported record", file.String())
	if strings.Contains(file.String(), fmt.Sprintf(`"person":%d,`, s.author.ID)) {
		t.Error("the exported record has the author's number")
	}
	never("the log", s.log.String())
}
