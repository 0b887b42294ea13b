package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

const requestsListed = 30 // requests a page

// requestPage is the queue of readers' requests in one state.
type requestPage struct {
	frame
	Tabs  []choice
	State string
	List  []requestLine
	Older string
}

// requestLine is one request of a reader.
type requestLine struct {
	Number               string
	Link, Article        string
	Headline, Lang       string
	Kind, Name, Email    string
	Text, State, Outcome string
	Asked                moment
}

func readRequestState(s string) news.RequestState {
	for _, state := range news.RequestStates() {
		if string(state) == s {
			return state
		}
	}
	return news.RequestOpen
}

func (n *Newsroom) requestQueue(w http.ResponseWriter, r *http.Request, v visit) error {
	q, s := r.URL.Query(), v.style()
	state := readRequestState(q.Get("state"))
	list, next, err := n.desk.Requests(r.Context(), v.person, state, readPlace(q.Get("below")), requestsListed)
	if err != nil {
		return err
	}
	p := requestPage{frame: n.frame(r, v, "requests", s.T("desk.requests.title")), State: string(state)}
	for _, tab := range news.RequestStates() {
		p.Tabs = append(p.Tabs, choice{Label: s.T("desk.request.state." + string(tab)), Link: "/requests?state=" + string(tab), Chosen: tab == state})
	}
	for _, one := range list {
		p.List = append(p.List, requestLineOf(v, one.Request, one.Article))
	}
	if !next.At.IsZero() {
		p.Older = "/requests?" + url.Values{"state": {string(state)}, "below": {writePlace(next)}}.Encode()
	}
	return n.send(w, http.StatusOK, "requests", p)
}

func requestLineOf(v visit, r news.Request, a news.Article) requestLine {
	e, s := v.edition(a.Edition), v.style()
	number := strconv.FormatInt(int64(r.ID), 10)
	line := requestLine{Number: s.Figures(number), Link: "/requests/" + number, Article: "/articles/" + a.ID.String(),
		Headline: cmp.Or(a.Headline, a.Slugline, s.T("desk.untitled")), Lang: e.Language, Kind: s.T("request.kind." + string(r.Kind)), Name: r.Name, Email: r.Email,
		Text: r.Text, State: s.T("desk.request.state." + string(r.State)), Asked: momentOf(s, r.At, v.now)}
	if r.Outcome != "" {
		line.Outcome = s.T("desk.request.outcome." + string(r.Outcome))
	}
	return line
}

// requestOnePage is one request: what the reader wrote, what the panel says,
// what is left to do, and the answer.
type requestOnePage struct {
	frame
	requestLine
	Open     bool
	Spam     bool
	Decided  bool
	Undone   string // what is left to do before the answer; "" = nothing
	Tasks    []choice
	Alone    string // the reason for a decision by one person
	Voices   []voiceLine
	Needs    string // who has to say the same
	Fields   []field
	Answer   []field
	Answered string // by whom and when
	Said     string // the answer
}

type voiceLine struct {
	By, Outcome, Reason string
	At                  moment
}

func (n *Newsroom) openRequest(r *http.Request, v visit) (news.Request, news.Article, error) {
	id := number(r.PathValue("id"))
	if id == 0 {
		return news.Request{}, news.Article{}, news.NotFound
	}
	one, err := n.desk.Request(r.Context(), v.person, news.RequestID(id))
	return one.Request, one.Article, err
}

func (n *Newsroom) requestOne(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showRequest(w, r, v, http.StatusOK, nil)
}

func (n *Newsroom) showRequest(w http.ResponseWriter, r *http.Request, v visit, status int, f *form) error {
	q, a, err := n.openRequest(r, v)
	if err != nil {
		return err
	}
	s := v.style()
	p := requestOnePage{frame: n.frame(r, v, "requests", s.T("desk.request.title", s.Figures(strconv.FormatInt(int64(q.ID), 10)))), requestLine: requestLineOf(v, q, a),
		Open: q.State == news.RequestOpen, Spam: q.State == news.RequestSpam, Decided: q.State == news.RequestDecided, Alone: q.Alone, Said: q.Answer}
	if err := n.panel(r, v, &p, q); err != nil {
		return err
	}
	if f == nil {
		f = blank(v, url.Values{"outcome": {string(news.OutcomeRefuse)}})
		f.typed.Set("subject", n.answerText(v, q, a, "subject"))
		f.typed.Set("answer", n.answerText(v, q, a, "text"))
	}
	p.tasks(v, q, a)
	var outcomes []option
	for _, o := range news.Outcomes() {
		outcomes = append(outcomes, option{Value: string(o), Label: s.T("desk.request.outcome." + string(o))})
	}
	p.Fields = []field{f.field("radio", "outcome", choices(outcomes)), f.field("area", "reason", required, rows(3), dir("auto"), label(f, "desk.field.panel-reason"), func(c *field) { c.Hint = "" })}
	if v.person.May(news.Chief) && v.paper.FourEyes {
		p.Fields = append(p.Fields, f.field("area", "alone", rows(2), dir("auto")))
	}
	p.Answer = []field{f.field("text", "subject", required, dir("auto"), most(200)), f.field("area", "answer", required, rows(12), dir("auto"))}
	f.faulty(&p.frame)
	return n.send(w, status, "request", p)
}

// panel tells who said what, and who answered.
func (n *Newsroom) panel(r *http.Request, v visit, p *requestOnePage, q news.Request) error {
	voices, err := n.store.Voices(r.Context(), q.ID)
	if err != nil {
		return err
	}
	who, s := n.names(r.Context(), v.person.ID), v.style()
	for _, one := range voices {
		name, err := who.of(q.Article, one.By)
		if err != nil {
			return err
		}
		p.Voices = append(p.Voices, voiceLine{By: name, Outcome: s.T("desk.request.outcome." + string(one.Outcome)), Reason: one.Reason, At: momentOf(s, one.At, v.now)})
	}
	p.Needs = s.T("desk.request.needs")
	if !v.paper.FourEyes {
		p.Needs = s.T("desk.request.needs.one")
	}
	if q.AnsweredBy != 0 {
		name, err := who.of(q.Article, q.AnsweredBy)
		if err != nil {
			return err
		}
		p.Answered = s.T("desk.request.answered-by", name, s.DateTime(q.AnsweredAt))
	}
	return nil
}

// tasks are what is left to do before the reader is answered.
func (p *requestOnePage) tasks(v visit, q news.Request, a news.Article) {
	if q.State != news.RequestDecided || q.CarriedOut(a) {
		return
	}
	s, link := v.style(), "/articles/"+a.ID.String()
	p.Undone = s.T("desk.request.undone." + string(q.Outcome))
	task := func(act, key string) { p.Tasks = append(p.Tasks, choice{Label: s.T(key), Link: link + "/" + act}) }
	switch q.Outcome {
	case news.OutcomeUpdate:
		task("edit", "desk.act.edit")
	case news.OutcomeAnonymise:
		task("anonymise", "desk.act.anonymise")
	case news.OutcomeRemove:
		task("kill", "desk.act.kill")
		if v.person.May(news.Chief) {
			task("take-down", "desk.act.take-down")
		}
	}
	if a.Live != a.Head {
		task("correct", "desk.act.correct")
	}
}

// answerText is the template of an answer, in the edition's language.
func (n *Newsroom) answerText(v visit, q news.Request, a news.Article, part string) string {
	e := v.edition(a.Edition)
	s, err := e.Style()
	if err != nil || q.Outcome == "" {
		return ""
	}
	if part == "subject" {
		return s.T("request.answer.subject", e.Name)
	}
	return s.T("request.answer.hello") + "\n\n" + s.T("request.answer.about", n.public(e, a.ID), s.Date(q.At)) + "\n\n" +
		s.T("request.answer."+string(q.Outcome)) + "\n\n" + s.T("request.answer.end", e.Name)
}

// speak is what the person says of a request as one of its panel.
func (n *Newsroom) speak(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.requestAct(w, r, v, "request-voiced", func(q news.Request, f *form) error {
		return n.desk.Speak(r.Context(), v.person.ID, q.ID, news.Outcome(f.get("outcome")), f.line("reason"), f.line("alone"))
	})
}

// answerRequest writes to the reader.
func (n *Newsroom) answerRequest(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.requestAct(w, r, v, "request-answered", func(q news.Request, f *form) error {
		return n.desk.Answer(r.Context(), v.person.ID, q.ID, f.line("subject"), f.get("answer"))
	})
}

// spamRequest puts a request aside that is none, or takes it back.
func (n *Newsroom) spamRequest(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.requestAct(w, r, v, "request-aside", func(q news.Request, f *form) error {
		return n.desk.Spam(r.Context(), v.person.ID, q.ID, f.get("spam") == "yes")
	})
}

func (n *Newsroom) requestAct(w http.ResponseWriter, r *http.Request, v visit, done string, do func(news.Request, *form) error) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	q, _, err := n.openRequest(r, v)
	if err != nil {
		return err
	}
	if err := do(q, f); err != nil {
		status, other := f.refuse(err)
		if other != nil {
			return other
		}
		return n.showRequest(w, r, v, status, f)
	}
	return web.SeeOther(w, r, "/requests/"+strconv.FormatInt(int64(q.ID), 10)+"?done="+done)
}
