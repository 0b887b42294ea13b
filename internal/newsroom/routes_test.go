package newsroom

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
	"broadsheet/internal/web"
)

func TestTheMapHolds(t *testing.T) {
	w := open(t)
	if err := web.Check(w.room.Routes()); err != nil {
		t.Error(err)
	}
	for _, route := range w.room.Routes() {
		if door := doorRoutes[route.Pattern]; door != (route.Least == web.Everyone) {
			t.Errorf("%s is for %q", route.Pattern, route.Least)
		}
		if reached[route.Pattern] == (standing{}) {
			t.Errorf("%s is not in the table of who may do what", route.Pattern)
		}
	}
}

// doorRoutes are the only ones that ask for no session.
var doorRoutes = map[string]bool{"GET /sign-in": true, "POST /sign-in": true, "POST /sign-in/code": true,
	"GET /sign-in/identity": true, "GET /sign-in/identity/done": true, "POST /sign-in/passkey/ask": true, "POST /sign-in/passkey": true, "POST /sign-out": true, "GET /invitation/{secret}": true,
	"POST /invitation/{secret}": true, "GET /assets/{hash}/{name...}": true, "GET /accent/{name}": true}

// standing is what each kind of visitor is answered: the status for nobody and
// for a closed account, contributor, reporter, an editor of another section, an
// editor of the section, the chief, the owner. Article 1 is a draft of the
// contributor's, 2 in review and 3 published, all of World by the contributor.
type standing [7]int

const (
	ok, see, out, no, gone, clash, bad, odd, kind = 200, 303, 401, 403, 404, 409, 422, 400, 415
)

// reached is the whole table: one route a line.
var reached = map[string]standing{
	"GET /sign-in":                 {ok, see, see, see, see, see, see},
	"POST /sign-in":                {no, no, no, no, no, no, no},
	"POST /sign-in/code":           {clash, clash, clash, clash, clash, clash, clash}, // an answer to no question
	"GET /sign-in/identity":        {gone, gone, gone, gone, gone, gone, gone},        // the house has none
	"GET /sign-in/identity/done":   {clash, clash, clash, clash, clash, clash, clash}, // nobody asked
	"POST /sign-in/passkey/ask":    {bad, bad, bad, bad, bad, bad, bad},               // the tests' address is no place for passkeys
	"POST /sign-in/passkey":        {kind, kind, kind, kind, kind, kind, kind},        // it speaks JSON
	"POST /sign-out":               {see, see, see, see, see, see, see},
	"GET /invitation/{secret}":     {gone, gone, gone, gone, gone, gone, gone},
	"POST /invitation/{secret}":    {gone, gone, gone, gone, gone, gone, gone},
	"GET /assets/{hash}/{name...}": {gone, gone, gone, gone, gone, gone, gone},
	"GET /accent/{name}":           {gone, gone, gone, gone, gone, gone, gone},

	"GET /{$}":                                       {out, ok, ok, ok, ok, ok, ok},
	"GET /find":                                      {out, ok, ok, ok, ok, ok, ok},
	"GET /articles/new":                              {out, ok, ok, ok, ok, ok, ok},
	"POST /articles":                                 {out, see, see, see, see, see, see},
	"GET /articles/{id}":                             {out, ok, no, no, ok, ok, ok},
	"GET /articles/{id}/edit":                        {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/edit":                       {out, see, no, no, see, see, see},
	"POST /articles/{id}/draft":                      {out, kind, kind, kind, kind, kind, kind}, // it speaks JSON and reads it first
	"GET /articles/{id}/drafts":                      {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/drafts":                     {out, gone, no, no, gone, gone, gone},
	"GET /articles/{id}/history":                     {out, ok, no, no, ok, ok, ok},
	"GET /articles/{id}/revisions/{number}":          {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/compare":                    {out, ok, no, no, ok, ok, ok},
	"GET /articles/{id}/revisions":                   {out, ok, no, no, ok, ok, ok},
	"GET /articles/{id}/revisions/{number}/restore":  {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/revisions/{number}/restore": {out, see, no, no, see, see, see},
	"POST /articles/{id}/suggestions/accept":         {out, see, no, no, see, see, see},
	"POST /articles/{id}/suggestions/refuse":         {out, see, no, no, see, see, see},
	"GET /articles/{id}/difference":                  {out, ok, no, no, ok, ok, ok},

	"POST /articles/{id}/proof": {out, kind, no, no, kind, kind, kind}, // a form is not what it takes
	"POST /proof":               {out, kind, kind, kind, kind, kind, kind},

	"GET /articles/{id}/preview":      {out, ok, no, no, ok, ok, ok},
	"GET /articles/{id}/preview/page": {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/preview":     {out, no, no, no, ok, ok, ok},
	"POST /articles/{id}/preview/end": {out, no, no, no, gone, gone, gone},

	"GET /rows":                                 {out, ok, ok, ok, ok, ok, ok},
	"GET /live":                                 {out, ok, ok, ok, ok, ok, ok},
	"GET /notes":                                {out, ok, ok, ok, ok, ok, ok},
	"POST /articles/{id}/hold":                  {out, kind, no, no, kind, kind, kind}, // it speaks JSON: TestHolding
	"GET /articles/{id}/notes":                  {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/notes":                 {out, see, no, no, see, see, see},
	"GET /articles/{id}/names":                  {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/notes/{note}/reply":    {out, see, no, no, see, see, see},
	"POST /articles/{id}/notes/{note}/resolve":  {out, see, no, no, see, see, see},
	"POST /articles/{id}/notes/{note}/reopen":   {out, see, no, no, see, see, see},
	"POST /articles/{id}/notes/{note}/withdraw": {out, see, no, no, no, no, no},

	"POST /articles/{id}/submit":     {out, see, no, no, see, see, see},
	"POST /articles/{id}/return":     {out, no, no, no, see, see, see},
	"POST /articles/{id}/approve":    {out, no, no, no, see, see, see},
	"POST /articles/{id}/publish":    {out, no, no, no, clash, clash, clash},
	"GET /articles/{id}/schedule":    {out, no, no, no, ok, ok, ok},
	"POST /articles/{id}/schedule":   {out, no, no, no, bad, bad, bad},
	"POST /articles/{id}/unschedule": {out, no, no, no, see, see, see},
	"GET /articles/{id}/correct":     {out, no, no, no, ok, ok, ok},
	"POST /articles/{id}/correct":    {out, no, no, no, clash, clash, clash},
	"GET /articles/{id}/labels":      {out, no, no, no, ok, ok, ok},
	"POST /articles/{id}/labels":     {out, no, no, no, see, see, see},
	"GET /articles/{id}/anonymise":   {out, no, no, no, ok, ok, ok},
	"POST /articles/{id}/anonymise":  {out, no, no, no, see, see, see},
	"POST /articles/{id}/index":      {out, no, no, no, no, see, see},
	"GET /articles/{id}/take-down":   {out, no, no, no, no, ok, ok},
	"POST /articles/{id}/take-down":  {out, no, no, no, no, see, see},
	"GET /articles/{id}/kill":        {out, no, no, no, ok, ok, ok},
	"POST /articles/{id}/kill":       {out, no, no, no, bad, bad, bad},
	"GET /articles/{id}/spike":       {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/spike":      {out, see, no, no, see, see, see},
	"POST /articles/{id}/revive":     {out, clash, no, no, clash, clash, clash},

	"POST /articles/{id}/hand": {out, see, no, no, see, see, see},
	"GET /desks":               {out, no, no, no, no, ok, ok},
	"POST /desks":              {out, no, no, no, no, see, see},
	"GET /desks/{id}":          {out, no, no, no, no, ok, ok},
	"POST /desks/{id}":         {out, no, no, no, no, see, see},
	"POST /desks/{id}/remove":  {out, no, no, no, no, see, see},
	"POST /views":              {out, see, see, see, see, see, see},
	"POST /views/{id}":         {out, no, no, no, no, see, see}, // it is the chief's, and shared
	"POST /views/{id}/remove":  {out, no, no, no, no, see, see},
	"POST /views/{id}/restore": {out, no, no, no, no, see, see},

	"GET /plan":               {out, ok, ok, ok, ok, ok, ok},
	"POST /plan":              {out, no, see, see, see, see, see},
	"GET /plan/{id}":          {out, ok, ok, ok, ok, ok, ok}, // of World, given to the contributor
	"POST /plan/{id}":         {out, no, no, no, see, see, see},
	"POST /plan/{id}/move":    {out, no, no, no, see, see, see},
	"POST /plan/{id}/drop":    {out, no, no, no, see, see, see},
	"POST /plan/{id}/restore": {out, no, no, no, see, see, see},
	"POST /plan/{id}/begin":   {out, see, no, no, see, see, see},
	"POST /plan/{id}/tie":     {out, no, no, no, see, see, see},
	"GET /duty":               {out, no, no, ok, ok, ok, ok},
	"GET /calendar":           {out, ok, ok, ok, ok, ok, ok},

	"GET /style":             {out, no, no, ok, ok, ok, ok},
	"POST /style":            {out, no, no, no, no, see, see},
	"GET /style/new":         {out, no, no, no, no, ok, ok},
	"GET /style/style.toml":  {out, no, no, ok, ok, ok, ok},
	"POST /style/file":       {out, no, no, no, no, kind, kind}, // a form without a file
	"GET /style/{id}":        {out, no, no, ok, ok, ok, ok},
	"POST /style/{id}":       {out, no, no, no, no, see, see},
	"GET /style/{id}/try":    {out, no, no, ok, ok, ok, ok},
	"POST /style/{id}/state": {out, no, no, no, no, see, see},

	"POST /media":              {out, 415, 415, 415, 415, 415, 415},
	"GET /media/{hash}/{name}": {out, gone, gone, gone, gone, gone, gone},
	"GET /manuscripts/new":     {out, ok, ok, ok, ok, ok, ok},
	"POST /manuscripts":        {out, 415, 415, 415, 415, 415, 415},

	"GET /comments":       {out, no, no, ok, ok, ok, ok},
	"POST /comments":      {out, no, no, no, see, see, see},
	"POST /comments/undo": {out, no, no, no, see, see, see},

	"GET /requests":              {out, no, no, ok, ok, ok, ok},
	"GET /requests/{id}":         {out, no, no, no, ok, ok, ok},
	"POST /requests/{id}":        {out, no, no, no, see, see, see},
	"POST /requests/{id}/answer": {out, no, no, no, clash, clash, clash}, // nothing is decided
	"POST /requests/{id}/spam":   {out, no, no, no, see, see, see},

	"GET /articles/{id}/protect":  {out, ok, no, no, ok, ok, ok},
	"POST /articles/{id}/protect": {out, bad, no, no, bad, bad, bad}, // it names nobody
	"GET /record":                 {out, no, no, no, no, ok, ok},
	"GET /record/record.jsonl":    {out, no, no, no, no, ok, ok},
	"GET /people/{id}/acts":       {out, no, no, no, no, ok, ok},
	"GET /account/acts":           {out, ok, ok, ok, ok, ok, ok},

	"GET /account":                          {out, ok, ok, ok, ok, ok, ok},
	"POST /account/password":                {out, bad, bad, bad, bad, bad, bad},
	"POST /account/sign-out-everywhere":     {out, see, see, see, see, see, see},
	"POST /account/passkeys/ask":            {out, bad, bad, bad, bad, bad, bad},
	"POST /account/passkeys":                {out, kind, kind, kind, kind, kind, kind},
	"GET /account/passkeys/{key}":           {out, gone, gone, gone, gone, gone, gone},
	"POST /account/passkeys/{key}":          {out, gone, gone, gone, gone, gone, gone},
	"GET /account/codes":                    {out, ok, ok, ok, ok, ok, ok},
	"POST /account/codes":                   {out, clash, clash, clash, clash, clash, clash},
	"GET /account/codes/off":                {out, ok, ok, ok, ok, ok, ok},
	"POST /account/codes/off":               {out, see, see, see, see, see, see},
	"POST /account/recovery":                {out, clash, clash, clash, clash, clash, clash},
	"POST /account/sessions":                {out, see, see, see, see, see, see},
	"GET /account/identity":                 {out, gone, gone, gone, gone, gone, gone},
	"POST /account/identity/untie":          {out, see, see, see, see, see, see},
	"GET /account/record":                   {out, ok, ok, ok, ok, ok, ok},
	"GET /set-up":                           {out, no, no, no, no, no, see},
	"POST /set-up":                          {out, no, no, no, no, no, clash},
	"GET /people":                           {out, no, no, no, no, no, ok},
	"POST /people":                          {out, no, no, no, no, no, bad},
	"GET /people/{id}":                      {out, no, no, no, no, no, ok},
	"POST /people/{id}":                     {out, no, no, no, no, no, bad},
	"POST /people/{id}/link":                {out, no, no, no, no, no, ok},
	"GET /people/{id}/ways":                 {out, no, no, no, no, no, ok},
	"POST /people/{id}/ways":                {out, no, no, no, no, no, see}, // the owner's own
	"GET /people/{id}/leave":                {out, no, no, no, no, no, ok},
	"POST /people/{id}/leave":               {out, no, no, no, no, no, bad},
	"GET /people/{id}/record":               {out, no, no, no, no, no, ok},
	"GET /settings":                         {out, no, no, no, no, no, ok},
	"POST /settings":                        {out, no, no, no, no, no, bad},
	"GET /settings/identity":                {out, no, no, no, no, no, ok},
	"POST /settings/identity":               {out, no, no, no, no, no, bad},
	"GET /settings/editions/new":            {out, no, no, no, no, no, ok},
	"POST /settings/editions":               {out, no, no, no, no, no, bad},
	"GET /settings/editions/{id}":           {out, no, no, no, no, no, ok},
	"POST /settings/editions/{id}":          {out, no, no, no, no, no, bad},
	"POST /settings/editions/{id}/sections": {out, no, no, no, no, no, see},
}

// articleOf is the article on which an act is tried.
func articleOf(pattern string) string {
	switch {
	case strings.Contains(pattern, "/correct"), strings.Contains(pattern, "/kill"), strings.Contains(pattern, "/labels"),
		strings.Contains(pattern, "/anonymise"), strings.Contains(pattern, "/index"), strings.Contains(pattern, "/take-down"):
		return "3"
	case strings.Contains(pattern, "/return"), strings.Contains(pattern, "/approve"), strings.Contains(pattern, "schedule"), strings.Contains(pattern, "/publish"):
		return "2"
	}
	return "1"
}

// address fills a pattern.
func address(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	fill := map[string]string{"{$}": "", "{secret}": "1.none", "{number}": "1", "{hash}": "0", "{note}": "1", "{key}": "none", "{name}": "desk.css", "{name...}": "desk.css"}
	if strings.Contains(path, "/articles/{id}") {
		fill["{id}"] = articleOf(pattern)
	} else {
		fill["{id}"] = "1"
	}
	for from, to := range fill {
		path = strings.ReplaceAll(path, from, to)
	}
	if strings.HasSuffix(path, "/difference") {
		path += "?from=1&to=1"
	}
	return method, path
}

// formFor is a form that reaches the rule behind the door.
func formFor(pattern string) url.Values {
	switch pattern {
	case "POST /articles/{id}/preview":
		return url.Values{"hours": {"24"}}
	case "POST /articles":
		return url.Values{"token": {"a"}, "edition": {"1"}, "section": {"1"}, "headline": {"H"}, "body": {"B"}}
	case "POST /articles/{id}/edit":
		return url.Values{"base": {"1"}, "section": {"1"}, "headline": {"Another"}, "body": {"Text."}}
	case "POST /articles/{id}/approve", "POST /articles/{id}/publish":
		return url.Values{"read": {"1"}}
	case "POST /articles/{id}/notes", "POST /articles/{id}/notes/{note}/reply":
		return url.Values{"text": {"Is that so?"}, "exact": {"Text one"}, "token": {"n"}}
	case "POST /articles/{id}/labels":
		return url.Values{"developing": {"2026-03-15T06:00"}}
	case "POST /articles/{id}/anonymise":
		return url.Values{"read": {"1"}, "name": {"Story"}, "replacement": {"Tale"}}
	case "POST /articles/{id}/take-down":
		return url.Values{"reason": {"an order"}, "note": {"Removed."}, "legal": {"yes"}, "texts": {"seal"}}
	case "POST /requests/{id}":
		return url.Values{"outcome": {"refuse"}, "reason": {"it is true"}}
	case "POST /requests/{id}/spam":
		return url.Values{"spam": {"yes"}}
	case "POST /style", "POST /style/{id}":
		return url.Values{"name": {"bridge"}, "pattern": {"bridge"}, "fixes": {"yes"}, "fix": {"span"}, "level": {"hint"}}
	case "POST /style/{id}/state":
		return url.Values{"state": {"on"}}
	case "POST /comments":
		return url.Values{"one": {"approved.1"}}
	case "POST /articles/{id}/hand":
		return url.Values{"to": {"1:copy"}, "line": {"Look at the names."}}
	case "POST /desks", "POST /desks/{id}":
		return url.Values{"name": {"Night desk"}, "stage-0": {"copy"}, "sections": {"1"}}
	case "POST /views", "POST /views/{id}":
		return url.Values{"name": {"Mine"}, "query": {"mine=1"}, "shared": {""}}
	case "POST /plan":
		return url.Values{"slugline": {"bridge"}, "section": {"1"}, "token": {"planned"}}
	case "POST /plan/{id}":
		return url.Values{"slugline": {"bridge again"}, "section": {"1"}, "seen": {seenNever}}
	case "POST /plan/{id}/move":
		return url.Values{"day": {"2026-03-20"}}
	case "POST /comments/undo":
		return url.Values{"comments": {"1"}}
	}
	return url.Values{"x": {"y"}}
}

// townStories puts three articles of one writer into the paper, a comment and
// a reader's request.
func (w *world) townStories() {
	w.t.Helper()
	writer, editor := w.as(w.Contributor), w.as(w.Colleague)
	for i := range 3 {
		writer.post("/articles", "token", fmt.Sprint("s", i), "edition", "1", "section", "1", "headline", "Story", "body", "Text one.\n\nText two.").want(see)
	}
	writer.post("/articles/2/submit").want(see)
	writer.post("/articles/3/submit").want(see)
	editor.post("/articles/3/publish", "read", "1", "alone", "yes", "reason", "now").want(see)
	w.comment(3, "Mira", "Thank you.")
	w.ask(3, "Please take my name out.")
	w.rule("bridge", "bridge", "span", news.Hint)
}

func TestEveryRouteForEveryRole(t *testing.T) {
	atLength(t)
	read := furnished(t, "") // what is only read needs no paper of its own
	for pattern, want := range reached {
		t.Run(pattern, func(t *testing.T) {
			w, used := read, true
			for i := range want {
				switch {
				case i == 0 || used && !strings.HasPrefix(pattern, "GET "):
					w = furnished(t, pattern)
				case used:
					w = read
				}
				w.tryRoute(t, pattern, i, want[i])
				used = i == 0 || want[i] != out && want[i] != no // the first closes an account; who is refused changes nothing, and the next one tries the same paper
			}
		})
	}
}

// atLength skips what opens hundreds of papers one after the other: make test
// runs it without the race detector, which takes ten times as long and has
// nothing to look for there.
func atLength(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("make test runs it without -short")
	}
}

// furnished is a paper on which a route is tried: with the town's stories, an
// editor of World only, and one of Town only.
func furnished(t *testing.T, pattern string) *world {
	t.Helper()
	w := open(t)
	w.townStories()
	w.narrow(&w.Editor, w.World.ID)
	w.far = w.add("far", news.Editor, w.Town.ID)
	if strings.Contains(pattern, "/unschedule") {
		w.as(w.Chief).post("/articles/2/approve", "read", "1").want(see)
		w.as(w.Chief).post("/articles/2/schedule", "read", "1", "when", "2026-03-15T06:00").want(see)
	}
	w.copyDesk()
	w.planStory(w.Chief, w.World.ID, w.Contributor.ID)
	if strings.Contains(pattern, "{note}") {
		w.as(w.Contributor).post("/articles/1/notes", "text", "A note.", "token", "first").want(see)
	}
	return w
}

// seenNever stands in a form for when the planned story was changed last.
const seenNever = "seen"

// planStory puts a story on the plan, given to somebody.
func (w *world) planStory(by news.Person, section news.SectionID, person news.PersonID) news.AssignmentID {
	w.t.Helper()
	s := news.Assignment{Edition: w.English.ID, Day: news.DayOf(w.Clock.Now(), w.English), Position: 1, Slugline: "bridge", Section: section, Person: person, By: by.ID, At: w.Clock.Now(), ChangedAt: w.Clock.Now()}
	if err := w.Store.Write(context.Background(), "plan", func(tx *store.Tx) error { return tx.SaveAssignment(context.Background(), &s) }); err != nil {
		w.t.Fatal(err)
	}
	return s.ID
}

// copyDesk makes a desk of nobody's, and a view that the chief shares.
func (w *world) copyDesk() news.DeskID {
	w.t.Helper()
	ctx := context.Background()
	id, _, err := w.desk.SaveDesk(ctx, w.Chief.ID, news.Desk{Name: "Copy desk", Stages: []string{"copy", "legal"}}, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.desk.SaveView(ctx, w.Chief.ID, news.SavedView{Name: "In review", Query: "state=in_review", Shared: true}, "view"); err != nil {
		w.t.Fatal(err)
	}
	return id
}

// fillSeen puts into a form when the planned story was changed last.
func (w *world) fillSeen(form url.Values, id news.AssignmentID) {
	if s, err := w.Store.Assignment(context.Background(), id); err == nil && form.Get("seen") == seenNever {
		form.Set("seen", fmt.Sprint(s.ChangedAt.UnixMicro()))
	}
}

// tryRoute gives one kind of visitor one route.
func (w *world) tryRoute(t *testing.T, pattern string, kind, want int) {
	t.Helper()
	who := []news.Person{{}, w.Contributor, w.Reporter, w.far, w.Editor, w.Chief, w.Owner}[kind]
	b := w.as(who)
	method, path := address(pattern)
	var form url.Values
	if method == http.MethodPost {
		form = formFor(pattern)
		w.fillSeen(form, 1)
	}
	if b.do(method, path, form); b.Status != want {
		t.Errorf("%s for %s: %d, want %d: %s", pattern, []string{"nobody", "contributor", "reporter", "far editor", "editor", "chief", "owner"}[kind], b.Status, want, plainText(b.Body))
	}
	if kind == 0 {
		closed := w.as(w.Reporter)
		w.close(w.Reporter)
		if closed.do(method, path, form); closed.Status != want {
			t.Errorf("%s for a closed account: %d, want %d", pattern, closed.Status, want)
		}
	}
	papertest.Check(t, w.Store)
}
