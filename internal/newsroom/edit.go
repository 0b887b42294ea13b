package newsroom

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"broadsheet/internal/desk"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// editPage is the article's form, with the copy check beside it.
type editPage struct {
	frame
	New      bool
	Story    heading
	Action   string
	Base     int
	Token    string
	Edition  news.EditionID
	Fields   map[string]field
	Bylines  []bylineRow
	More     bool // there may be more of them
	Checks   checks
	Preview  *copyView
	Conflict *conflict
	Asides   []aside
	Notice   string // what stands in the form when it is not the head revision
	Acts     acts
	Saved    moment
	Was      int    // the revision that a text in conflict was written on; 0 = none is
	Offered  string // names the joined text that was put into the form
	Joined   *joinedTo
	Editions bool // there is more than one to write for
	Fixable  bool
	Dropped  string // names what saving would leave out, once it was shown
	Sheet    sheet
	Unsaved  unsaved
	Holder   string // a colleague who has it open; "" = none

	Protect  bool   // a new article of a protected author
	Unveiled string // another way to begin: under a protected byline

	Suggestions string // how many nobody has settled
}

// draft is the form of an article on its way: the article as it is kept, what
// was typed, and what to show beside it.
type draft struct {
	opened
	*form
	status   int
	base     int
	token    string
	preview  bool
	conflict *conflict
	was      int    // in a conflict: the revision that was written on
	offered  string // in a conflict: names what the form was filled with
	notice   string
	joined   *joinedTo
}

// newArticle shows an empty form.
func (n *Newsroom) newArticle(w http.ResponseWriter, r *http.Request, v visit) error {
	if len(v.editions) == 0 {
		return news.Refuse(news.Conflict, "error.setup.waiting", "there is no edition to write for")
	}
	e := v.edition(news.EditionID(number(r.URL.Query().Get("edition"))))
	if e.ID == 0 {
		e = v.editions[0]
	}
	typed := url.Values{"edition": {itoa(int(e.ID))}, "urgency": {"4"}, "section": {r.URL.Query().Get("section")}}
	typeBylines(typed, []news.Byline{{Name: v.person.Name}})
	if r.URL.Query().Get("protect") != "" {
		typed.Set("protect", "yes")
		typeBylines(typed, []news.Byline{{Name: locale.Style{Language: e.Language}.T("byline.staff")}})
	}
	return n.showDraft(w, r, v, draft{opened: opened{edition: e, style: v.styleIn(e)}, form: blank(v, typed), token: rand.Text()})
}

// createArticle keeps the first revision of a new article; the same form sent
// twice makes one.
func (n *Newsroom) createArticle(w http.ResponseWriter, r *http.Request, v visit) error {
	if web.SendsJSON(r) {
		return n.createScript(w, r, v)
	}
	f, err := n.readCopyForm(r, v)
	if err != nil {
		return err
	}
	e := v.edition(news.EditionID(number(f.get("edition"))))
	if e.ID == 0 {
		return news.Refuse(news.Invalid, "error.edition.none", "there is no such edition")
	}
	d := draft{opened: opened{edition: e, style: v.styleIn(e)}, form: f, token: f.get("token")}
	if d.token == "" {
		d.token = rand.Text()
	}
	if done, err := n.aside(r.Context(), &d, v); done || err != nil {
		if err != nil {
			return err
		}
		return n.showDraft(w, r, v, d)
	}
	c, facts, err := d.readCopy()
	if err == nil {
		err = n.create(r.Context(), v, &d, c)
	}
	if err == nil {
		err = n.keepFacts(r.Context(), v, d, facts)
	}
	return n.kept(w, r, v, d, err)
}

// create makes the article, or finds the one that this form made before and
// keeps what was typed since.
func (n *Newsroom) create(ctx context.Context, v visit, d *draft, c desk.Copy) error {
	id, again, err := n.store.FormResult(ctx, d.token)
	if err != nil {
		return err
	}
	made := news.ID(id)
	if !again {
		if made, err = n.desk.Create(ctx, v.person.ID, d.edition.ID, c, d.token); err != nil {
			return err
		}
	}
	if d.Article, d.head, err = n.desk.Open(ctx, v.person, made); err != nil {
		return err
	}
	d.base = d.Head
	if again {
		d.base, err = n.desk.Edit(ctx, v.person.ID, made, 1, c)
	}
	return err
}

// editArticle shows the head revision in the form, or a text that was kept
// aside.
func (n *Newsroom) editArticle(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	if err := a.CanEdit(v.person); err != nil {
		return err
	}
	content, notice, err := n.formContent(r, v, a)
	if err != nil {
		return err
	}
	typed, err := n.typedOf(r.Context(), a, content)
	if err != nil {
		return err
	}
	joined, err := n.joinedNotice(r, a)
	if err != nil {
		return err
	}
	return n.showDraft(w, r, v, draft{opened: a, form: blank(v, typed), base: a.Head, notice: notice, joined: joined})
}

func (n *Newsroom) formContent(r *http.Request, v visit, a opened) (news.Content, string, error) {
	q := r.URL.Query()
	if at := number(q.Get("aside")); at != 0 {
		kept, err := n.store.Asides(r.Context(), a.ID, v.person.ID)
		for _, k := range kept {
			if k.At.UnixMicro() == at {
				return k.Content, a.style.T("desk.edit.aside", a.style.DateTime(k.At)), err
			}
		}
		return news.Content{}, "", errors.Join(err, news.NotFound)
	}
	return a.head.Content, "", nil
}

// saveArticle keeps the next revision. When somebody saved first, both texts
// are shown and nothing is lost.
func (n *Newsroom) saveArticle(w http.ResponseWriter, r *http.Request, v visit) error {
	if web.SendsJSON(r) {
		return n.saveScript(w, r, v)
	}
	f, err := n.readCopyForm(r, v)
	if err != nil {
		return err
	}
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	d := draft{opened: a, form: f, base: int(number(f.get("base"))), was: int(number(f.get("was"))), offered: f.get("offered")}
	switch f.get("do") {
	case "theirs", "mine", "merged":
		return n.choose(w, r, v, d)
	}
	if done, err := n.aside(r.Context(), &d, v); done || err != nil {
		if err != nil {
			return err
		}
		return n.showDraft(w, r, v, d)
	}
	c, facts, err := d.readCopy()
	if err == nil {
		if d.base, err = n.edit(r.Context(), v, d, c); err == nil {
			err = n.keepFacts(r.Context(), v, d, facts)
		}
	}
	return n.kept(w, r, v, d, err)
}

// edit keeps base where it was when the edit is refused.
func (n *Newsroom) edit(ctx context.Context, v visit, d draft, c desk.Copy) (int, error) {
	kept, err := n.desk.Edit(ctx, v.person.ID, d.ID, d.base, c)
	if err != nil {
		return d.base, err
	}
	return kept, nil
}

// aside answers the buttons of the form that keep nothing: preview, check and
// an accepted fix.
func (n *Newsroom) aside(ctx context.Context, d *draft, v visit) (bool, error) {
	do := d.get("do")
	if fix := d.get("fix"); fix != "" && do == "" {
		style, err := n.desk.Style(ctx)
		if err == nil {
			d.applyFix(fix, v, style)
		}
		return true, err
	}
	d.preview = do == "preview"
	return do == "preview" || do == "check" || d.arrange(do), nil
}

// kept ends a save: it leads back to the form, or submits too, or shows the
// form with what is wrong.
func (n *Newsroom) kept(w http.ResponseWriter, r *http.Request, v visit, d draft, err error) error {
	if err == nil && d.get("do") == "submit" {
		if err = n.desk.Submit(r.Context(), v.person.ID, d.ID); err == nil {
			return seeDone(w, r, d.link(""), "submitted")
		}
	}
	if err == nil {
		return seeDone(w, r, d.link("edit"), "saved")
	}
	if d.ID != 0 {
		a, openErr := n.reopen(r.Context(), v, d.ID)
		if openErr != nil {
			return openErr
		}
		d.opened = a
	}
	var collision *desk.Collision
	if errors.As(err, &collision) {
		return n.collide(w, r, v, d, collision)
	}
	status, other := d.refuse(err)
	if other != nil {
		return other
	}
	d.status = status
	return n.showDraft(w, r, v, d)
}

func (n *Newsroom) reopen(ctx context.Context, v visit, id news.ID) (opened, error) {
	a, head, err := n.desk.Open(ctx, v.person, id)
	e := v.edition(a.Edition)
	return opened{Article: a, head: head, edition: e, style: v.styleIn(e), viewer: v.person.ID}, err
}

// showDraft sends the form.
func (n *Newsroom) showDraft(w http.ResponseWriter, r *http.Request, v visit, d draft) error {
	p := editPage{frame: n.frame(r, v, "articles", d.f().T("desk.edit.title")), New: d.ID == 0, Action: "/articles", Base: d.base, Token: d.token,
		Edition: d.edition.ID, Conflict: d.conflict, Notice: d.notice}
	p.Keys, p.Fixable, p.Editions, p.Was, p.Offered, p.Joined = true, true, len(v.editions) > 1, d.was, d.offered, d.joined
	if d.ID != 0 {
		p.Story, p.Action, p.Acts = d.heading(v), d.link("edit"), actsOf(d.Article, d.head, v)
		p.Saved = momentOf(d.style, d.head.At, v.now)
	} else {
		p.Title = d.f().T("desk.new.title")
		p.Acts.Submit = true
		if p.Protect = d.get("protect") != ""; !p.Protect {
			p.Unveiled = "/articles/new?protect=yes&edition=" + itoa(int(d.edition.ID))
		}
	}
	var err error
	if p.Fields, err = n.copyFields(r.Context(), v, d); err != nil {
		return err
	}
	p.Bylines = d.bylines()
	p.More = len(p.Bylines) < news.MaxBylines
	content, reports := d.content()
	p.Dropped = leftOut(reports)
	style, err := n.desk.Style(r.Context())
	if err != nil {
		return err
	}
	p.Checks = d.checks(content, v, style, reports)
	p.Sheet = sheetOf(v, d, p.Action, content)
	if p.Sheet.People, err = n.suggesters(r.Context(), d.opened, content.Body); err != nil {
		return err
	}
	if d.preview {
		view := copyOf(content, d.edition)
		p.Preview = &view
	}
	if d.ID != 0 {
		if p.Unsaved, err = n.unsaved(r.Context(), v, d.opened); err != nil {
			return err
		}
		if p.Holder, err = n.othersHold(r.Context(), d.opened, v); err != nil {
			return err
		}
		if p.Asides, err = n.asides(r.Context(), v, d.opened); err != nil {
			return err
		}
	}
	if open := len(content.Body.Unsettled()); open > 0 && d.ID != 0 {
		p.Suggestions = d.style.T("desk.suggestions.open", open)
	}
	d.faulty(&p.frame)
	if d.status == 0 {
		d.status = http.StatusOK
	}
	return n.send(w, d.status, "edit", p)
}

// f is the style of the form's own words.
func (d draft) f() interface{ T(string, ...any) string } { return d.form.s }

// aside is a text of the person's that lost a race.
type aside struct{ Label, Link string }

func (n *Newsroom) asides(ctx context.Context, v visit, a opened) ([]aside, error) {
	kept, err := n.store.Asides(ctx, a.ID, v.person.ID)
	if err != nil {
		return nil, err
	}
	var out []aside
	for _, k := range kept {
		out = append(out, aside{a.style.T("desk.aside", a.style.DateTime(k.At), k.Base),
			a.link("edit") + "?aside=" + strconv.FormatInt(k.At.UnixMicro(), 10)})
	}
	return out, nil
}
