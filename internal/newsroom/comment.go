package newsroom

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"broadsheet/internal/comments"
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

const commentsListed = 30 // comments a page

// commentPage is the queue of readers' comments in one state.
type commentPage struct {
	frame
	Tabs     []choice
	State    string
	Below    string
	Comments []commentLine
	Older    string
	Undo     string // numbers of what was decided just now
	Decided  string
	EmptyKey string
}

type commentLine struct {
	ID             news.CommentID
	Name, Email    string
	Lines          [][]news.CommentRun
	At             moment
	Headline, Link string
	Lang           string
	Decided        string
	Approve, Reject,
	Spam, Hold bool // which decisions are left
}

var commentStates = []news.CommentState{news.CommentHeld, news.CommentApproved, news.CommentRejected, news.CommentSpam}

func readCommentState(s string) news.CommentState {
	for _, state := range commentStates {
		if string(state) == s {
			return state
		}
	}
	return news.CommentHeld
}

func (n *Newsroom) commentQueue(w http.ResponseWriter, r *http.Request, v visit) error {
	q, s := r.URL.Query(), v.style()
	state := readCommentState(q.Get("state"))
	list, next, err := n.comments.Queue(r.Context(), v.person, state, readPlace(q.Get("below")), commentsListed)
	if err != nil {
		return err
	}
	p := commentPage{frame: n.frame(r, v, "comments", s.T("desk.comments.title")), State: string(state), EmptyKey: "desk.comments.empty." + string(state)}
	p.Keys = true
	for _, tab := range commentStates {
		p.Tabs = append(p.Tabs, choice{Label: s.T("desk.comment.state." + string(tab)), Link: "/comments?state=" + string(tab), Chosen: tab == state})
	}
	who := n.names(r.Context(), v.person.ID)
	for _, c := range list {
		line, err := commentLineOf(v, c, who)
		if err != nil {
			return err
		}
		p.Comments = append(p.Comments, line)
	}
	if !readPlace(q.Get("below")).At.IsZero() {
		p.Below = q.Get("below")
	}
	if !next.At.IsZero() {
		p.Older = "/comments?" + url.Values{"state": {string(state)}, "below": {writePlace(next)}}.Encode()
	}
	if ids := commentIDs(strings.Split(q.Get("undo"), ".")); len(ids) > 0 {
		p.Undo = joinIDs(ids)
		p.Decided = s.T("desk.comments.decided", len(ids), s.T("desk.comment.state."+string(readCommentState(q.Get("did")))))
	}
	return n.send(w, http.StatusOK, "comments", p)
}

func commentLineOf(v visit, c comments.Queued, who *names) (commentLine, error) {
	e, s := v.edition(c.Comment.Edition), v.style()
	line := commentLine{ID: c.ID, Name: cmp.Or(c.Name, s.T("comment.anonymous")), Email: c.Email, Lines: news.CommentLines(c.Text), At: momentOf(s, c.At, v.now),
		Headline: cmp.Or(c.Article.Headline, c.Article.Slugline, s.T("desk.untitled")), Link: "/articles/" + c.Article.ID.String(), Lang: e.Language,
		Approve: c.State != news.CommentApproved, Reject: c.State != news.CommentRejected, Spam: c.State != news.CommentSpam, Hold: c.State != news.CommentHeld}
	if c.DecidedBy != 0 {
		name, err := who.of(c.Article.ID, c.DecidedBy)
		if err != nil {
			return line, err
		}
		line.Decided = s.T("desk.comment.decided-by", name, s.DateTime(c.DecidedAt))
	}
	return line, nil
}

// decideComments carries out one decision on one comment (its own button), or
// on all that are ticked.
func (n *Newsroom) decideComments(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	did, ids := f.get("do"), commentIDs(f.typed["comment"])
	if one := f.get("one"); one != "" {
		var id string
		did, id, _ = strings.Cut(one, ".")
		ids = commentIDs([]string{id})
	}
	to := news.CommentState(did)
	if readCommentState(did) != to {
		return news.Refuse(news.Invalid, "error.comment.state", "a comment is held, approved, rejected or spam")
	}
	for _, id := range ids {
		if err := n.comments.Decide(r.Context(), v.person.ID, id, to); err != nil {
			return err
		}
	}
	q := url.Values{"state": {string(readCommentState(f.get("state")))}}
	if !readPlace(f.get("below")).At.IsZero() {
		q.Set("below", f.get("below"))
	}
	if len(ids) > 0 {
		q.Set("undo", joinIDs(ids))
		q.Set("did", did)
	}
	return web.SeeOther(w, r, "/comments?"+q.Encode())
}

// undoComments takes back the decisions made just before.
func (n *Newsroom) undoComments(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := n.readForm(r, v, smallForm)
	if err != nil {
		return err
	}
	for _, id := range commentIDs(strings.Split(f.get("comments"), ".")) {
		if err := n.comments.Undo(r.Context(), v.person.ID, id); err != nil {
			return err
		}
	}
	return web.SeeOther(w, r, "/comments?state="+string(readCommentState(f.get("state"))))
}

// commentIDs reads numbers; what is none is left out.
func commentIDs(list []string) []news.CommentID {
	var ids []news.CommentID
	for _, s := range list {
		if id := number(s); id > 0 && len(ids) < commentsListed {
			ids = append(ids, news.CommentID(id))
		}
	}
	return ids
}

func joinIDs(ids []news.CommentID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = strconv.FormatInt(int64(id), 10)
	}
	return strings.Join(list, ".")
}
