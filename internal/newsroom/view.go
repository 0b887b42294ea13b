package newsroom

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// viewsView are the saved views beside the list, and the form to save the
// present one.
type viewsView struct {
	List  []viewLine
	Save  bool   // the present filter can be saved
	Query string // it
	Token string
	Undo  *undo
	May   bool // share with everybody
}

type viewLine struct {
	choice
	ID, Name, Change string
	Shared, Own      bool
}

// views are the views beside the list under a filter.
func (n *Newsroom) views(ctx context.Context, v visit, f filter, asked url.Values) (viewsView, error) {
	out := viewsView{Query: f.query(), May: v.person.Allowed(news.MayShareViews) == nil}
	saved, err := n.store.Views(ctx, v.person.ID)
	if err != nil {
		return out, err
	}
	out.Save = out.Query != ""
	for _, w := range saved {
		line := viewLine{choice: choice{Label: w.Name, Link: "/?" + w.Query, Chosen: w.Query == out.Query}, ID: itoa(int(w.ID)), Name: w.Name, Shared: w.Shared,
			Own: w.Keep(v.person, w.Shared) == nil, Change: v.style().T("desk.views.change", w.Name)}
		out.Save = out.Save && !line.Chosen
		out.List = append(out.List, line)
	}
	out.Token = rand.Text()
	id := number(asked.Get("undo"))
	if id == 0 {
		return out, nil
	}
	w, err := n.store.View(ctx, news.ViewID(id))
	if err != nil || !w.Removed || w.Keep(v.person, w.Shared) != nil {
		return out, ignoreNotFound(err)
	}
	out.Undo = &undo{Link: "/views/" + itoa(int(w.ID)) + "/restore", Says: v.style().T("desk.views.removed", w.Name)}
	return out, nil
}

func ignoreNotFound(err error) error {
	if news.CodeOf(err) == news.NotFound {
		return nil
	}
	return err
}

// query is the filter as a view keeps it: without the place in the list.
func (f filter) query() string {
	return strings.TrimPrefix(strings.TrimPrefix(f.with(func(f *filter) { f.below = news.Place{} }), "/"), "?")
}

// typedView reads a view's form. Its query is read as the list would read it,
// so that nothing else is kept.
func typedView(f *form, w news.SavedView) news.SavedView {
	w.Name = f.line("name")
	if f.typed.Has("query") {
		q, _ := url.ParseQuery(f.get("query"))
		w.Query = readFilter(q).query()
	}
	return w
}

// addView saves the present filter of the list under a name.
func (n *Newsroom) addView(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	next := typedView(f, news.SavedView{Shared: f.on("shared")})
	if _, err := n.desk.SaveView(r.Context(), v.person.ID, next, f.get("token")); err != nil {
		return err
	}
	return seeView(w, r, next.Query, "view-saved")
}

// saveView renames a view, or shares it.
func (n *Newsroom) saveView(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	was, err := n.viewOf(r)
	if err != nil {
		return err
	}
	next := typedView(f, was)
	if v.person.Allowed(news.MayShareViews) == nil {
		next.Shared = f.on("shared") // the box is a chief's
	}
	if _, err := n.desk.SaveView(r.Context(), v.person.ID, next, ""); err != nil {
		return err
	}
	return seeView(w, r, next.Query, "view-saved")
}

func (n *Newsroom) viewOf(r *http.Request) (news.SavedView, error) {
	return n.store.View(r.Context(), news.ViewID(number(r.PathValue("id"))))
}

func seeView(w http.ResponseWriter, r *http.Request, query, done string) error {
	q, err := url.ParseQuery(query)
	if err != nil {
		return err
	}
	q.Set("done", done)
	return web.SeeOther(w, r, "/?"+q.Encode())
}

// removeView takes a view away; the list offers to take it back.
func (n *Newsroom) removeView(w http.ResponseWriter, r *http.Request, v visit) error {
	id := news.ViewID(number(r.PathValue("id")))
	if err := n.desk.RemoveView(r.Context(), v.person.ID, id, true); err != nil {
		return err
	}
	return web.SeeOther(w, r, "/?undo="+itoa(int(id)))
}

// restoreView takes a removed view back.
func (n *Newsroom) restoreView(w http.ResponseWriter, r *http.Request, v visit) error {
	was, err := n.viewOf(r)
	if err != nil {
		return err
	}
	if err := n.desk.RemoveView(r.Context(), v.person.ID, was.ID, false); err != nil {
		return err
	}
	return seeView(w, r, was.Query, "view-restored")
}
