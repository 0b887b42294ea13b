package newsroom

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	listed  = 40 // articles a page
	found   = 50 // articles a search shows
	scanned = 15 // pages looked through for one page of an edition
)

// queuePage is the list of articles.
type queuePage struct {
	frame
	States, Sections, Editions, Whose []choice
	Desks, Stages, With               []choice
	Views                             viewsView
	Query                             string
	Hidden                            []option // what a search keeps of the filter
	Stories                           []story
	Older                             string
	Empty                             string
	Held                              string
}

// story is one line of the list.
type story struct {
	ID                news.ID
	Number            string
	Link              string
	State             news.State
	Word              string // of the state
	At                int64  // when it was changed, in microseconds: the list's order
	Headline          string
	Slugline          string
	Section, Edition  string
	By                string
	Changed           moment
	Words             string
	With              string // the desk and the person with whom it lies
	Flags             []flag
	Lang, SectionLang string
}

// flag is a fact beside the state, as a word with its colour's name.
type flag struct{ Kind, Text string }

// filter is what the list's address asks for.
type filter struct {
	state   news.State
	section news.SectionID
	edition news.EditionID
	desk    string // the word of its address
	stage   string
	person  news.PersonID // with whom it lies
	mine    bool
	text    string
	below   news.Place
}

func readFilter(q url.Values) filter {
	f := filter{mine: q.Get("mine") != "", text: strings.TrimSpace(q.Get("q"))}
	for _, s := range news.States() {
		if string(s) == q.Get("state") {
			f.state = s
		}
	}
	if f.desk = q.Get("desk"); f.desk != "" {
		f.stage = q.Get("stage")
	}
	f.person = news.PersonID(number(q.Get("person")))
	f.section = news.SectionID(number(q.Get("section")))
	f.edition = news.EditionID(number(q.Get("edition")))
	f.below = readPlace(q.Get("below"))
	return f
}

// with is the address of the list under a changed filter, from its top.
func (f filter) with(change func(*filter)) string {
	change(&f)
	q := url.Values{}
	if f.state != "" {
		q.Set("state", string(f.state))
	}
	if f.section != 0 {
		q.Set("section", strconv.FormatInt(int64(f.section), 10))
	}
	if f.edition != 0 {
		q.Set("edition", strconv.FormatInt(int64(f.edition), 10))
	}
	if f.desk != "" {
		q.Set("desk", f.desk)
	}
	if f.stage != "" {
		q.Set("stage", f.stage)
	}
	if f.person != 0 {
		q.Set("person", strconv.FormatInt(int64(f.person), 10))
	}
	if f.mine {
		q.Set("mine", "1")
	}
	if f.text != "" {
		q.Set("q", f.text)
	}
	if !f.below.At.IsZero() {
		q.Set("below", writePlace(f.below))
	}
	if len(q) == 0 {
		return "/"
	}
	return "/?" + q.Encode()
}

// number reads a positive number of an address; anything else is 0.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// A place in a list is written "<microseconds>.<number>".
func readPlace(s string) news.Place {
	at, id, ok := strings.Cut(s, ".")
	if !ok || number(at) == 0 {
		return news.Place{}
	}
	return news.Place{At: time.UnixMicro(number(at)).UTC(), ID: number(id)}
}

func writePlace(p news.Place) string {
	return strconv.FormatInt(p.At.UnixMicro(), 10) + "." + strconv.FormatInt(p.ID, 10)
}

// queue lists what the person may open: by state, section, edition, own, or
// the answer to a search.
func (n *Newsroom) queue(w http.ResponseWriter, r *http.Request, v visit) error {
	f := readFilter(r.URL.Query())
	p := queuePage{frame: n.frame(r, v, "articles", v.style().T("desk.list.title")), Query: f.text}
	p.Keys = true
	sections, err := n.sections(r.Context(), v)
	if err != nil {
		return err
	}
	desks, err := n.desks(r.Context())
	if err != nil {
		return err
	}
	list, next, err := n.list(r.Context(), v, f, desks)
	if err != nil {
		return err
	}
	if p.Stories, err = n.lines(r.Context(), v, list, sections, desks); err != nil {
		return err
	}
	if !next.At.IsZero() {
		p.Older = f.with(func(f *filter) { f.below = next })
	}
	p.choices(v, f, sections)
	if err := n.deskChoices(r.Context(), &p, f, desks); err != nil {
		return err
	}
	if p.Views, err = n.views(r.Context(), v, f, r.URL.Query()); err != nil {
		return err
	}
	p.Empty = p.emptyWords(f, desks)
	if p.Held, err = n.heldWords(r.Context(), v); err != nil {
		return err
	}
	return n.send(w, http.StatusOK, "queue", p)
}

// list reads the articles of a filter.
func (n *Newsroom) list(ctx context.Context, v visit, f filter, desks desksOf) ([]news.Article, news.Place, error) {
	if f.text != "" {
		list, err := n.find(ctx, v, f.text, false)
		return list, news.Place{}, err
	}
	w := store.Queue{State: f.state, Section: f.section, Desk: desks.bySlug(f.desk).ID, Stage: f.stage, Assignee: f.person, Below: f.below, Limit: listed}
	if f.mine {
		w.Mine = v.person.ID
	}
	if f.desk != "" && w.Desk == 0 {
		return nil, news.Place{}, nil // the desk is gone
	}
	if f.edition == 0 || len(v.editions) < 2 {
		return n.desk.Queue(ctx, v.person, w)
	}
	var list []news.Article
	for range scanned {
		page, next, err := n.desk.Queue(ctx, v.person, w)
		if err != nil {
			return nil, next, err
		}
		for i, a := range page {
			if a.Edition != f.edition {
				continue
			}
			if list = append(list, a); len(list) == listed && (i < len(page)-1 || !next.At.IsZero()) {
				return list, news.Place{At: a.ChangedAt, ID: int64(a.ID)}, nil
			}
		}
		if w.Below = next; next.At.IsZero() {
			break
		}
	}
	return list, w.Below, nil
}

// find searches; a News ID finds its article first.
func (n *Newsroom) find(ctx context.Context, v visit, text string, best bool) ([]news.Article, error) {
	list, err := n.desk.Find(ctx, v.person, text, best, found)
	if err != nil {
		return nil, err
	}
	id, err := news.ParseID(locale.ParseDigits(text))
	if err != nil {
		return list, nil
	}
	a, _, err := n.desk.Open(ctx, v.person, id)
	switch news.CodeOf(err) {
	case news.NotFound, news.Forbidden:
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	out := []news.Article{a}
	for _, other := range list {
		if other.ID != a.ID {
			out = append(out, other)
		}
	}
	return out, nil
}

// lines makes the lines of a list.
func (n *Newsroom) lines(ctx context.Context, v visit, list []news.Article, sections sectionsOf, desks desksOf) ([]story, error) {
	holds, err := n.holds(ctx, v)
	if err != nil {
		return nil, err
	}
	who := n.names(ctx, v.person.ID)
	var out []story
	for _, a := range list {
		s, err := n.line(ctx, v, a, sections, who)
		if err != nil {
			return nil, err
		}
		if err := n.placed(ctx, v, &s, a, desks, who); err != nil {
			return nil, err
		}
		held, err := holdFlag(holds[a.ID], v, who)
		if err != nil {
			return nil, err
		}
		s.Flags = append(held, s.Flags...)
		out = append(out, s)
	}
	return out, nil
}

// line makes one line of the list.
func (n *Newsroom) line(ctx context.Context, v visit, a news.Article, sections sectionsOf, who *names) (story, error) {
	head, err := n.store.Revision(ctx, a.ID, a.Head)
	if err != nil {
		return story{}, err
	}
	e, s := v.edition(a.Edition), v.style() // one clock for the whole list
	by, err := who.of(a.ID, a.ChangedBy)
	if err != nil {
		return story{}, err
	}
	line := story{ID: a.ID, Number: s.Figures(a.ID.String()), Link: "/articles/" + a.ID.String(), State: a.State, Word: s.T("desk.state." + stateKey(a.State)), At: a.ChangedAt.UnixMicro(),
		Headline: cmp.Or(a.Headline, a.Slugline, s.T("desk.untitled")), Slugline: a.Slugline,
		Section: sections.name(a.Section), Edition: e.Name, By: by, Changed: momentOf(s, a.ChangedAt, v.now),
		Words: s.T("desk.words", head.Body.Words()), Flags: flagsOf(s, a, v), Lang: cmp.Or(head.Language, e.Language), SectionLang: e.Language}
	if len(v.editions) < 2 {
		line.Edition = ""
	}
	return line, nil
}

// flagsOf are the facts of an article that an editor must not miss.
func flagsOf(s locale.Style, a news.Article, v visit) []flag {
	var flags []flag
	add := func(yes bool, kind, text string) {
		if yes {
			flags = append(flags, flag{kind, text})
		}
	}
	add(a.EmbargoUntil.After(v.now), "embargo", s.T("desk.flag.embargo", whichOfTwo(s, a.EmbargoUntil, s.DateTime(a.EmbargoUntil))))
	add(a.State == news.Scheduled, "scheduled", s.T("desk.flag.scheduled", whichOfTwo(s, a.ScheduledFor, s.DateTime(a.ScheduledFor))))
	add(a.State.Before() && a.Approval.By != 0 && a.Approval.Revision == a.Head, "approved", s.T("desk.flag.approved"))
	add(a.Bypass.By != 0, "bypassed", s.T("desk.flag.bypassed"))
	add(a.State == news.Published && a.Head != a.Live, "pending", s.T("desk.flag.pending"))
	add(a.State == news.Published && a.UpdatedAt.After(a.PublishedAt), "corrected", s.T("desk.flag.corrected"))
	return flags
}
