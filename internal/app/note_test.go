package app

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
)

// marker is a word that stands in notes and nowhere else.
const marker = "zanzibarine"

// link finds the paper's own addresses on a page and in a feed.
var link = regexp.MustCompile(`(?:href="|<loc>|<link>|"url": ?")(?:http://[^/"<]+)?(/[^"<#]*)`)

// TestNotesStayAtTheDesk walks every public address there is, from the front,
// the feeds and the sitemaps: none says a word of what stands in the margin.
func TestNotesStayAtTheDesk(t *testing.T) {
	dir := paper(t)
	file := write(t, "dispatch.txt", dispatch)
	if code, _, stderr := command(t, "", "import", "text", file, "--publish", "--data", dir); code != 0 {
		t.Fatal(stderr)
	}
	s, stop := serving(t, dir, SystemClock())
	defer stop()
	editor, err := s.store.PersonByEmail(t.Context(), "edda-elm@valmere.example")
	if err != nil {
		t.Fatal(err)
	}
	note := desk.NoteCopy{Text: marker + " @Kolya Kerr", Quote: news.Quotation{Exact: "highest tide"}, Token: "n"}
	first, err := s.desk.AddNote(t.Context(), editor.ID, 48213, note)
	if err == nil {
		_, err = s.desk.Reply(t.Context(), editor.ID, 48213, first, desk.NoteCopy{Text: "again " + marker, Token: "r"})
	}
	if err != nil {
		t.Fatal(err)
	}
	door := "http://" + s.rooms[0].Addr().String()
	seen := map[string]bool{}
	for todo := []string{"/", "/feed.xml", "/feed.atom", "/feed.json", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt", "/corrections", "/archive", "/news/48213/versions",
		"/news/48213/comments", "/api/v1/articles/48213", "/search?q=" + url.QueryEscape(marker), "/nothing"}; len(todo) > 0; {
		path := strings.ReplaceAll(todo[0], "&amp;", "&")
		todo = todo[1:]
		if seen[path] || len(seen) > 400 {
			continue
		}
		seen[path] = true
		_, page := get(t, door+path)
		if said := strings.ReplaceAll(page, `value="`+marker, ""); strings.Contains(said, marker) && !strings.HasPrefix(path, "/search") || strings.Contains(page, "again "+marker) {
			t.Errorf("%s says what stands in the margin", path)
		}
		if strings.HasPrefix(path, "/search") && strings.Contains(page, "/news/48213") && strings.Contains(path, marker) {
			t.Errorf("%s finds the article by a note", path)
		}
		for _, m := range link.FindAllStringSubmatch(page, -1) {
			if !strings.HasPrefix(m[1], "//") {
				todo = append(todo, m[1])
			}
		}
	}
	if len(seen) < 25 || !seen["/news/48213"] {
		t.Errorf("only %d addresses were looked at: %v", len(seen), seen)
	}
}
