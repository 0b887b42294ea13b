package press

import (
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

const (
	searchPage = 20
	searchLong = 400 // characters of a question
)

func itoa(n int) string { return strconv.Itoa(n) }

// search answers a reader's question. The page is made for the question and
// not kept.
func (j *job) search() (*Page, error) {
	q := j.a.Query
	v := SearchView{Frame: j.frame("search", j.style.T("search.title")+" – "+j.e.Name), Action: j.path(Address{Kind: Search}), Query: q}
	v.Heading, v.Index = j.style.T("search.title"), false
	if q.Text != "" {
		v.Title = j.style.T("search.for", q.Text) + " – " + j.e.Name
	}
	for _, s := range j.sections {
		v.Sections = append(v.Sections, Choice{Value: s.Slug, Name: s.Name, Chosen: s.Slug == q.Section})
	}
	ask, problem := j.question(q)
	if v.Problem = problem; problem != "" {
		return j.html(422, "search", v)
	}
	if len(locale.Tokens(q.Text)) == 0 {
		return j.html(200, "search", v)
	}
	v.Asked = true
	j.tag(newestTag(j.e.ID))
	hits, err := j.store().SearchArticles(j.ctx, ask)
	if err != nil {
		return nil, err
	}
	if len(hits) > searchPage && !q.Best {
		older := q
		older.Below = hits[searchPage-1].Entry
		v.More = j.path(Address{Kind: Search, Query: older})
	}
	newest, best := q, q
	newest.Best, newest.Below, best.Best, best.Below = false, 0, true, 0
	v.Newest, v.Best = j.path(Address{Kind: Search, Query: newest}), j.path(Address{Kind: Search, Query: best})
	v.Results, err = j.results(hits[:min(len(hits), searchPage)], q.Text)
	if err != nil {
		return nil, err
	}
	return j.html(200, "search", v)
}

// question turns the form's fields into a search, or says in the reader's
// words what is wrong with them.
func (j *job) question(q Query) (store.Search, string) {
	ask := store.Search{Text: q.Text, Scope: store.Public, Edition: j.e.ID, Below: q.Below, Best: q.Best, Limit: searchPage + 1}
	if len([]rune(q.Text)) > searchLong {
		return ask, j.style.T("search.too-long")
	}
	for _, s := range j.sections {
		if q.Section != "" && s.Slug == q.Section {
			ask.Section = s.ID
		}
	}
	var ok bool
	if ask.Span.From, ok = j.date(q.From); !ok {
		return ask, j.style.T("search.bad-date", q.From)
	}
	if ask.Span.To, ok = j.date(q.To); !ok {
		return ask, j.style.T("search.bad-date", q.To)
	}
	if !ask.Span.To.IsZero() {
		ask.Span.To = ask.Span.To.AddDate(0, 0, 1) // the last day counts
	}
	return ask, ""
}

// date reads a day as the form sends it: ISO 8601, Gregorian.
func (j *job) date(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	t, err := time.ParseInLocation("2006-01-02", locale.ParseDigits(s), j.style.Zone)
	return t, err == nil
}

func (j *job) results(hits []store.Hit, question string) ([]Result, error) {
	var out []Result
	words := strings.Fields(question)
	for _, h := range hits {
		c, err := j.store().Card(j.ctx, h.Article)
		if news.CodeOf(err) == news.NotFound {
			continue // withdrawn since it was found
		}
		if err != nil {
			return nil, err
		}
		text, err := j.textOf(h.Article)
		if err != nil {
			return nil, err
		}
		snippet, spans := locale.Snippet(text, words, 220)
		out = append(out, Result{Card: j.card(c), Headline: marked(c.Headline, locale.Highlight(c.Headline, words)), Snippet: marked(snippet, spans)})
	}
	return out, nil
}

func (j *job) textOf(id news.ID) (string, error) {
	a, err := j.store().Article(j.ctx, id)
	if err != nil {
		return "", err
	}
	r, err := j.store().Revision(j.ctx, id, a.Live)
	return r.Body.Text(), err
}

// marked cuts a text into runs at the spans that were searched for.
func marked(text string, spans []locale.Span) []Run {
	var runs []Run
	at := 0
	for _, s := range spans {
		if s.Start > at {
			runs = append(runs, Run{Text: text[at:s.Start]})
		}
		runs = append(runs, Run{Text: text[s.Start:s.End], Mark: true})
		at = s.End
	}
	if at < len(text) {
		runs = append(runs, Run{Text: text[at:]})
	}
	return runs
}
