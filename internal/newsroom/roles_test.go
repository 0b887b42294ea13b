package newsroom

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
)

// rolesFile is written anew when the variable is set.
const (
	rolesFile     = "../../docs/roles.txt"
	rolesVariable = "BROADSHEET_WRITE_ROLES"
)

const rolesHead = `Who may do what at the desk: every route, for every role, over one's own articles and over others'.
TestRoles of internal/newsroom asks each route at the door, with a session of that person and an article made for
the question, compares what it is answered with the table of rights in internal/news/right.go, and fails when this
file says anything else. To write it anew:  BROADSHEET_WRITE_ROLES=1 go test ./internal/newsroom -run 'TestRoles$'

   +  it is done, or shown
   o  let in; what was asked for is not there, or the form is not all it needs (the rule behind the door answers)
   e  the right is there, and the rule of four eyes keeps it from one's own work: a colleague has to
   -  refused: 403, and 401 for somebody who is not signed in
   *  for everybody; what it answers is not a question of rights

   none  nobody is signed in         own   they began the article          sect  an editor, another's article in a section they cover
   hand  it was handed to them       else  another's, of no section of theirs, and not handed to them
   Where a route is about no article, the columns of a role say the same.

`

// asker is a column: a person, and what the article is to them.
type asker struct {
	role, own string
	who       news.Person
	author    news.Person
	section   news.Section
	handed    bool
}

func (w *world) askers() []asker {
	by := w.Colleague // somebody else
	list := []asker{{role: "nobody", own: "none", author: by, section: w.World}}
	for _, p := range []news.Person{w.Contributor, w.Reporter} {
		list = append(list, asker{string(p.Role), "own", p, p, w.World, false}, asker{string(p.Role), "hand", p, by, w.World, true}, asker{string(p.Role), "else", p, by, w.World, false})
	}
	list = append(list, asker{"editor", "own", w.Editor, w.Editor, w.World, false}, asker{"editor", "sect", w.Editor, by, w.World, false},
		asker{"editor", "hand", w.Editor, by, w.Town, true}, asker{"editor", "else", w.Editor, by, w.Town, false})
	for _, p := range []news.Person{w.Chief, w.Owner} {
		list = append(list, asker{string(p.Role), "own", p, p, w.World, false}, asker{string(p.Role), "else", p, by, w.Town, false})
	}
	return list
}

// stateFor is the state of an article on which an act is tried.
func stateFor(pattern string) string {
	for _, s := range []struct{ part, state string }{{"/unschedule", "scheduled"}, {"/correct", "changed"}, {"/kill", "published"}, {"/labels", "published"}, {"/anonymise", "published"},
		{"/index", "published"}, {"/take-down", "published"}, {"/requests/", "asked"}, {"/comments", "commented"}, {"/schedule", "approved"}, {"/publish", "approved"}, {"/return", "in review"}, {"/approve", "in review"}, {"/revive", "spiked"}, {"/notes/{note}", "noted"}} {
		if strings.Contains(pattern, s.part) {
			return s.state
		}
	}
	return "draft"
}

// staged makes an article of an author in a state, with whatever the route
// speaks of beside it.
func (w *world) staged(c asker, state string) news.ID {
	w.t.Helper()
	ctx := context.Background()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatalf("%s: %v", state, err)
		}
	}
	content := w.Story(c.section, "Bridge opens")
	content.Bylines = nil
	id, err := w.desk.Create(ctx, c.author.ID, w.English.ID, desk.Copy{Content: content}, fmt.Sprint("staged ", time.Now().UnixNano(), state))
	must(err)
	w.Clock.Move(10 * time.Minute) // readers' comments and requests are slowed down
	second := w.second             // neither the author nor the asker
	if c.handed {
		must(w.desk.Hand(ctx, second.ID, id, news.Placement{Person: c.who.ID}, time.Time{}))
	}
	switch state {
	case "in review", "approved", "scheduled", "published", "changed", "asked", "commented":
		must(w.desk.Submit(ctx, c.author.ID, id))
	case "spiked":
		must(w.desk.Spike(ctx, c.author.ID, id, "old"))
	case "noted":
		_, err := w.desk.AddNote(ctx, c.author.ID, id, desk.NoteCopy{Text: "Is that so?", Token: fmt.Sprint("note ", id)})
		must(err)
	}
	switch state {
	case "approved", "scheduled", "published", "changed", "asked", "commented":
		must(w.desk.Approve(ctx, second.ID, id, 1))
	}
	switch state {
	case "scheduled":
		must(w.desk.Schedule(ctx, second.ID, id, 1, w.Clock.Now().Add(time.Hour), ""))
	case "published", "changed", "asked", "commented":
		must(w.desk.Publish(ctx, second.ID, id, 1, ""))
	}
	switch state {
	case "changed":
		content.Headline = "Bridge opens again"
		_, err := w.desk.Edit(ctx, second.ID, id, 1, desk.Copy{Content: content})
		must(err)
	case "asked":
		w.ask(id, "Please take my name out.")
	case "commented":
		w.comment(id, "Mira", "Thank you.")
	}
	return id
}

// newest is the number of the newest row of a table.
func (w *world) newest(count func(n int64) error) (n int64) {
	for count(n+1) == nil {
		n++
	}
	return n
}

// askFor is an article's own form for a route.
func (w *world) askFor(pattern string, id news.ID) url.Values {
	form := formFor(pattern)
	switch {
	case strings.HasSuffix(pattern, "/notes"):
		form.Set("exact", "The bridge")
	case pattern == "POST /articles":
		form.Set("token", fmt.Sprint("new ", id))
	case pattern == "POST /views/{id}":
		form.Set("shared", "yes")
	case strings.HasSuffix(pattern, "/anonymise"):
		form.Set("name", "Valmere")
	case strings.HasSuffix(pattern, "/schedule"):
		form = url.Values{"read": {"1"}, "when": {w.Clock.Now().Add(2 * time.Hour).Format("2006-01-02T15:04")}}
	case strings.HasSuffix(pattern, "/kill"):
		form = url.Values{"note": {"It is not true."}}
	case strings.HasSuffix(pattern, "/correct"):
		form = url.Values{"read": {"2"}, "kind": {"update"}, "note": {"More is known."}}
	case pattern == "POST /plan":
		form.Set("token", fmt.Sprint("plan ", id))
	case pattern == "POST /plan/{id}":
		last := w.newest(func(n int64) error {
			_, err := w.Store.Assignment(context.Background(), news.AssignmentID(n))
			return err
		})
		w.fillSeen(form, news.AssignmentID(last))
	case strings.HasSuffix(pattern, "/hand"):
		form.Set("seen", w.seen(id))
	case strings.HasSuffix(pattern, "/labels"):
		form.Set("developing", w.Clock.Now().Add(2*time.Hour).Format("2006-01-02T15:04"))
	case pattern == "POST /comments" || pattern == "POST /comments/undo":
		last := w.newest(func(n int64) error { _, err := w.Store.Comment(context.Background(), news.CommentID(n)); return err })
		form = url.Values{"one": {fmt.Sprint("approved.", last)}, "comments": {fmt.Sprint(last)}}
	}
	return form
}

// try asks a route at the door, and gives the sign of the answer.
func (w *world) try(b *browser, route web.Route, c asker, id news.ID) string {
	method, path, _ := strings.Cut(route.Pattern, " ")
	_, filled := address(route.Pattern)
	if strings.Contains(path, "/articles/{id}") {
		filled = strings.Replace(filled, "/articles/"+articleOf(route.Pattern), "/articles/"+id.String(), 1)
	}
	if strings.Contains(path, "{note}") {
		last := w.newest(func(n int64) error { _, err := w.Store.Note(context.Background(), news.NoteID(n)); return err })
		filled = strings.Replace(filled, "/notes/1", fmt.Sprint("/notes/", last), 1)
	}
	if strings.HasPrefix(path, "/requests/{id}") {
		last := w.newest(func(n int64) error { _, err := w.Store.Request(context.Background(), news.RequestID(n)); return err })
		filled = strings.Replace(filled, "/requests/1", fmt.Sprint("/requests/", last), 1)
	}
	if strings.HasPrefix(path, "/plan/{id}") {
		last := w.newest(func(n int64) error {
			_, err := w.Store.Assignment(context.Background(), news.AssignmentID(n))
			return err
		})
		filled = strings.Replace(filled, "/plan/1", fmt.Sprint("/plan/", last), 1)
	}
	switch {
	case strings.HasSuffix(path, "/hold"):
		b.script(method, filled, map[string]any{"tab": "tab-of-the-test-0001", "do": "stay"})
	case strings.HasSuffix(path, "/draft"):
		b.script(method, filled, map[string]any{"person": c.who.ID, "tab": "tab-of-the-test-0001", "seq": 1, "base": 1, "copy": map[string]any{"headline": "Typed", "section": c.section.ID}})
	case method == http.MethodPost:
		b.do(method, filled, w.askFor(route.Pattern, id))
	default:
		b.do(method, filled, nil)
	}
	switch {
	case b.Status == http.StatusUnauthorized || b.Status == http.StatusForbidden:
		return "-"
	case b.Status < 400:
		return "+"
	case b.Status >= 500:
		w.t.Logf("%s: %d %s", route.Pattern, b.Status, plainText(b.Body))
		return "!"
	}
	return "o"
}

// should is what the table of rights says: the sign of a refusal, or "+".
func (w *world) should(route web.Route, c asker, id news.ID) string {
	p, err := w.Store.Person(context.Background(), c.who.ID)
	if err != nil {
		return "-" // nobody is signed in
	}
	a, err := w.Store.Article(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	_, path, _ := strings.Cut(route.Pattern, " ")
	about := strings.HasPrefix(path, "/articles/{id}") || strings.HasPrefix(path, "/requests/{id}") || route.Pattern == "POST /comments" || route.Pattern == "POST /comments/undo"
	refused := error(nil)
	switch {
	case strings.HasPrefix(path, "/plan/{id}"):
		last := w.newest(func(n int64) error {
			_, err := w.Store.Assignment(context.Background(), news.AssignmentID(n))
			return err
		})
		s, err := w.Store.Assignment(context.Background(), news.AssignmentID(last))
		if err != nil {
			w.t.Fatal(err)
		}
		refused = s.Allows(p, route.Right)
	case about:
		refused = a.Allows(p, route.Right)
	case !p.May(route.Right.Least()):
		refused = news.Forbidden
	}
	switch {
	case refused != nil:
		return "-"
	case strings.HasSuffix(path, "/approve") && c.author.ID == p.ID:
		return "e"
	case strings.HasSuffix(path, "/withdraw") && c.author.ID != p.ID: // of a note: see news.Note.Withdraw
		return "-"
	case strings.HasPrefix(path, "/views/{id}") && p.Allowed(news.MayShareViews) != nil: // it is the chief's: see news.SavedView.Keep
		return "-"
	}
	return "+"
}

// TestRoles walks every route, for every role, over own and others' articles.
func TestRoles(t *testing.T) {
	atLength(t)
	reads := rolesWorld(t)
	var b strings.Builder
	b.WriteString(rolesHead)
	columns := reads.askers()
	b.WriteString(rolesLine("", columns, func(c asker) string { return c.role }, true))
	b.WriteString(rolesLine("", columns, func(c asker) string { return c.own }, false))
	cells := 0
	for _, row := range rolesRows(reads.room.Routes()) {
		route, w := row.Route, reads
		if strings.HasPrefix(route.Pattern, "POST ") && route.Least != web.Everyone {
			w = rolesWorld(t)
		}
		if route.Least != web.Everyone && route.Right == "" {
			t.Errorf("%s names no right", route.Pattern)
		}
		b.WriteString(rolesLine(row.name(), columns, func(c asker) string {
			cells++
			if route.Least == web.Everyone {
				return "*"
			}
			return w.cell(t, row, c)
		}, false))
	}
	t.Logf("%d cells of %d routes", cells, len(reads.room.Routes()))
	if os.Getenv(rolesVariable) != "" {
		if err := os.WriteFile(rolesFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	printed, err := os.ReadFile(rolesFile)
	if err != nil || string(printed) != b.String() {
		t.Errorf("docs/roles.txt is not what the door answers (%v): write it anew with %s=1, and look at what changed", err, rolesVariable)
	}
}

// rolesRow is a route, tried on an article in a state.
type rolesRow struct {
	web.Route
	state string // "" = the one that the route is for
}

func (r rolesRow) name() string {
	if r.state == "" {
		return r.Pattern
	}
	return r.Pattern + ", " + r.state
}

// rolesRows are all routes, and those once more whose right depends on the
// article's state.
func rolesRows(routes []web.Route) (rows []rolesRow) {
	for _, route := range routes {
		rows = append(rows, rolesRow{Route: route})
		for _, other := range []struct {
			pattern, state string
			right          news.Right
		}{{"POST /articles/{id}/edit", "in review", news.MayEditSubmitted}, {"POST /articles/{id}/edit", "published", news.MayEditLive},
			{"POST /articles/{id}/spike", "in review", news.MaySpikeSubmitted}} {
			if other.pattern == route.Pattern {
				row := rolesRow{Route: route, state: other.state}
				row.Right = other.right
				rows = append(rows, row)
			}
		}
	}
	return rows
}

func (w *world) cell(t *testing.T, row rolesRow, c asker) string {
	t.Helper()
	route := row.Route
	for _, p := range []news.Person{w.Colleague, w.Editor, w.Chief, w.Owner, w.Contributor, w.Reporter} { // the column's people are those of another world
		if p.Email == c.who.Email {
			c.who = p
		}
		if p.Email == c.author.Email {
			c.author = p
		}
	}
	id := w.staged(c, cmp.Or(row.state, stateFor(route.Pattern)))
	if strings.Contains(route.Pattern, "/plan/{id}") {
		given := news.PersonID(0)
		if c.handed {
			given = c.who.ID
		}
		w.planStory(c.author, c.section.ID, given)
	}
	want, got := w.should(route, c, id), w.try(w.as(c.who), route, c, id)
	if want == "e" && got == "-" {
		return "e"
	}
	if (want == "-") != (got == "-") || got == "!" {
		t.Errorf("%s for %s, %s: the table says %q and the door %q", row.name(), c.role, c.own, want, got)
	}
	return got
}

// rolesLine is one line of the file. merged leaves out what stands to the left already.
func rolesLine(name string, columns []asker, sign func(asker) string, merged bool) string {
	line, before := fmt.Sprintf("%-52s", name), ""
	for i, c := range columns {
		cell := sign(c)
		if i == 0 || columns[i-1].role != c.role {
			line += " |"
		} else if merged {
			cell = ""
		}
		if merged {
			width := 0
			for _, other := range columns {
				if other.role == c.role {
					width += 5
				}
			}
			if cell != "" && cell != before {
				line += fmt.Sprintf("%-*s", width, " "+cell)
			}
			before = cell
			continue
		}
		line += fmt.Sprintf(" %-4s", cell)
	}
	return strings.TrimRight(line, " ") + "\n"
}

// rolesWorld is a paper for the walk: an editor of World only, a desk, a view.
func rolesWorld(t *testing.T) *world {
	t.Helper()
	w := open(t)
	w.townStories()
	w.narrow(&w.Editor, w.World.ID)
	w.second = w.add("second", news.Chief)
	w.copyDesk()
	return w
}

// TestNobodyIsLetInBlind breaks each query that says what a person may, or to
// whom an article belongs, and asks every route as everybody: no answer is 2xx
// or leads on, and nothing is changed.
func TestNobodyIsLetInBlind(t *testing.T) {
	for _, query := range []string{"FROM session", "FROM person p LEFT JOIN"} {
		t.Run(query, func(t *testing.T) {
			p, broken := papertest.New(t), false
			fail := func(sql string) error {
				if broken && strings.Contains(sql, query) {
					return errors.New("the disk is away")
				}
				return nil
			}
			s, err := store.Open(t.Context(), store.Options{URL: p.URL, Trace: fail})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			p.Store = s
			w := openOn(t, p)
			w.townStories()
			w.copyDesk()
			var askers []*browser
			for _, who := range []news.Person{{}, w.Contributor, w.Reporter, w.Editor, w.Chief, w.Owner} {
				askers = append(askers, w.as(who))
			}
			before, err := s.LastEvent(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			answers := 0
			broken = true
			for _, b := range askers {
				for _, route := range w.room.Routes() {
					if route.Least == web.Everyone {
						continue
					}
					method, path := address(route.Pattern)
					var form url.Values
					if method == http.MethodPost {
						form = formFor(route.Pattern)
					}
					if b.do(method, path, form); b.Status < 400 {
						t.Errorf("%s for %s: %d", route.Pattern, b.who.Role, b.Status)
					}
					answers++
				}
			}
			broken = false
			if after, err := s.LastEvent(t.Context()); err != nil || after != before {
				t.Errorf("something happened: event %d, was %d (%v)", after, before, err)
			}
			t.Logf("%d answers, none lets anybody in", answers)
		})
	}
}
