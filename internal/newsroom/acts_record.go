package newsroom

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	actsLookedAt = 5_000 // events that one request looks through for words or a sort of act
	actsAtOnce   = 250
)

// actLine is one act of the record, with the article it was done to.
type actLine struct {
	sentence
	Number, Link   string // of the article; no link = the person may not open it
	Headline, Lang string
}

// actsPage is the record of acts: of everybody, or of one person.
type actsPage struct {
	frame
	Says   string
	Fields []field
	List   []actLine
	Older  string
	Newest string
	Export string
	Back   string
	Empty  string
}

// wanted is what somebody looks for in the record.
type wanted struct {
	store.Acts
	kind  news.ActKind
	words []string // folded
}

// actsRecord is the record of every act of everybody.
func (n *Newsroom) actsRecord(w http.ResponseWriter, r *http.Request, v visit) error {
	f := blank(v, r.URL.Query())
	s := v.style()
	p := actsPage{frame: n.frame(r, v, "record", s.T("desk.acts.title")), Says: s.T("desk.acts.says"), Export: "/record/record.jsonl", Empty: s.T("desk.acts.empty")}
	status := http.StatusOK
	want, err := readWanted(f, v)
	if err == nil {
		err = n.listActs(r, v, &p, want, "/record")
	}
	if err != nil {
		var other error
		if status, other = f.refuse(err); other != nil {
			return other
		}
	}
	if p.Fields, err = n.actsFields(r.Context(), v, f); err != nil {
		return err
	}
	f.faulty(&p.frame)
	return n.send(w, status, "acts", p)
}

func readWanted(f *form, v visit) (wanted, error) {
	w := wanted{Acts: store.Acts{Person: news.PersonID(number(f.get("person"))), Viewer: v.person.ID, Below: number(f.get("below"))}, kind: news.ActKind(f.get("kind"))}
	w.words = strings.Fields(locale.Fold(f.get("q")))
	if typed := strings.TrimSpace(locale.ParseDigits(f.get("article"))); typed != "" {
		id, err := news.ParseID(typed)
		if err != nil {
			return w, news.Refuse(news.Invalid, "error.newsid", "%q is not a News ID", typed).In("article")
		}
		w.Article = id
	}
	var e news.Edition
	if len(v.editions) > 0 {
		e = v.editions[0]
	}
	from, err := f.day("from", e)
	if err != nil {
		return w, err
	}
	to, err := f.day("to", e)
	w.From = from.Start(e)
	if to != "" {
		w.To = to.Add(1).Start(e) // the day itself is meant too
	}
	return w, err
}

// day reads a day of a form; "" where none was typed.
func (f *form) day(name string, e news.Edition) (news.Day, error) {
	if f.line(name) == "" {
		return "", nil
	}
	day, err := news.ParseDay(f.line(name), e)
	if err != nil {
		err = news.Refuse(news.Invalid, "error.date", "%q is not a day such as 2026-03-14", f.line(name)).In(name)
	}
	return day, err
}

func (n *Newsroom) actsFields(ctx context.Context, v visit, f *form) ([]field, error) {
	people, err := n.store.People(ctx)
	if err != nil {
		return nil, err
	}
	who := []option{{Value: "", Label: f.s.T("desk.acts.anybody")}}
	for _, p := range people {
		who = append(who, option{Value: itoa(int(p.ID)), Label: p.Name})
	}
	kinds := []option{{Value: "", Label: f.s.T("desk.acts.any")}}
	for _, k := range news.ActKinds() {
		kinds = append(kinds, option{Value: string(k), Label: f.s.T("desk.acts.kind." + string(k))})
	}
	day := "text"
	if len(v.editions) > 0 && momentKind(v.editions[0]) != "text" {
		day = "date"
	}
	return []field{f.field("select", "person", choices(who), label(f, "desk.field.acts-person")), f.field("select", "kind", choices(kinds), label(f, "desk.field.acts-kind")),
		f.field("text", "article", dir("ltr"), label(f, "desk.field.acts-article")), f.field(day, "from", dir("ltr"), label(f, "desk.field.acts-from")),
		f.field(day, "to", dir("ltr"), label(f, "desk.field.acts-to")), f.field("text", "q", dir("auto"), label(f, "desk.field.acts-words"))}, nil
}

// ownActs is what the person did, for the person.
func (n *Newsroom) ownActs(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.actsOf(w, r, v, v.person, "/account/acts", "/account")
}

// personActs is what one person did, for the chief.
func (n *Newsroom) personActs(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	return n.actsOf(w, r, v, person, "/people/"+itoa(int(person.ID))+"/acts", "/record")
}

func (n *Newsroom) actsOf(w http.ResponseWriter, r *http.Request, v visit, person news.Person, here, back string) error {
	s := v.style()
	p := actsPage{frame: n.frame(r, v, "", s.T("desk.acts.of", person.Name)), Says: s.T("desk.acts.of.says"), Back: back, Empty: s.T("desk.acts.empty")}
	want := wanted{Acts: store.Acts{Person: person.ID, Viewer: v.person.ID, Below: number(r.URL.Query().Get("below"))}}
	if err := n.listActs(r, v, &p, want, here); err != nil {
		return err
	}
	return n.send(w, http.StatusOK, "acts", p)
}

// listActs puts a page of acts into the page, and leads on from it.
func (n *Newsroom) listActs(r *http.Request, v visit, p *actsPage, want wanted, here string) error {
	list, older, err := n.acts(r.Context(), v, want, eventsShown)
	if err != nil {
		return err
	}
	p.List = list
	q := r.URL.Query()
	with := func(below string) string {
		next := url.Values{}
		for _, name := range []string{"person", "kind", "article", "q", "from", "to"} {
			if value := q.Get(name); value != "" {
				next.Set(name, value)
			}
		}
		if below != "" {
			next.Set("below", below)
		}
		if len(next) == 0 {
			return here
		}
		return here + "?" + next.Encode()
	}
	if older > 0 {
		p.Older = with(strconv.FormatInt(older, 10))
	}
	if want.Below > 0 {
		p.Newest = with("")
	}
	return nil
}

// acts are the newest acts that are wanted, at most so many. older is what the
// next page is below; 0 = there is none.
func (n *Newsroom) acts(ctx context.Context, v visit, want wanted, most int) (list []actLine, older int64, err error) {
	t := n.teller(ctx, v)
	for looked := 0; looked < actsLookedAt; looked += actsAtOnce {
		want.Limit = actsAtOnce
		events, err := n.store.Acts(ctx, want.Acts)
		if err != nil {
			return nil, 0, err
		}
		for _, e := range events {
			if len(list) == most {
				return list, want.Below, nil
			}
			want.Below = e.Seq
			if !want.kind.Has(e.Kind) {
				continue
			}
			line, err := t.line(e)
			if err != nil {
				return nil, 0, err
			}
			if line.says(want.words) {
				list = append(list, line)
			}
		}
		if len(events) < actsAtOnce {
			return list, 0, nil
		}
	}
	return list, want.Below, nil
}

// says reports whether all of the words stand in the line as it is read.
func (l actLine) says(words []string) bool {
	if len(words) == 0 {
		return true
	}
	text := locale.Fold(l.Text + "\n" + l.Note + "\n" + l.Headline)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// teller tells acts of many articles, each article read once, by one clock and
// calendar: the desk's.
type teller struct {
	n     *Newsroom
	ctx   context.Context
	v     visit
	who   *names
	known map[news.ID]opened
}

func (n *Newsroom) teller(ctx context.Context, v visit) *teller {
	return &teller{n: n, ctx: ctx, v: v, who: n.names(ctx, v.person.ID), known: map[news.ID]opened{}}
}

func (t *teller) article(id news.ID) (opened, error) {
	a, ok := t.known[id]
	if ok {
		return a, nil
	}
	a = opened{style: t.v.style(), viewer: t.v.person.ID}
	if id != 0 {
		read, err := t.n.store.Article(t.ctx, id)
		if err != nil && news.CodeOf(err) != news.NotFound {
			return a, err
		}
		a.Article, a.edition = read, t.v.edition(read.Edition)
	}
	t.known[id] = a
	return a, nil
}

// line tells one act.
func (t *teller) line(e news.Event) (actLine, error) {
	a, err := t.article(e.Article)
	if err != nil {
		return actLine{}, err
	}
	one, err := tellOne(a, t.v, e, t.who)
	line := actLine{sentence: one}
	if a.ID == 0 {
		return line, err
	}
	line.Number = a.style.Figures(a.ID.String())
	if a.CanRead(t.v.person) {
		line.Link, line.Headline, line.Lang = a.link(""), cmp.Or(a.Headline, a.Slugline, a.style.T("desk.untitled")), a.edition.Language
	} else {
		line.Note = "" // what is said of a story stays with those who may open it
	}
	return line, err
}
