package newsroom

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
)

const (
	stillHere  = 15 * time.Second // a line at least so often, so that a dead line is noticed
	writeTime  = 10 * time.Second // a message that a browser does not take in this time ends its stream
	comeBack   = 2 * time.Second  // when a browser asks again after its stream ended
	missedMost = 500              // events that are told again; who missed more reads its page anew
)

// happened is one message of the stream.
type happened struct {
	Kind     news.EventKind `json:"kind"`
	Article  news.ID        `json:"article"`
	Head     int            `json:"head"`
	Actor    news.PersonID  `json:"actor"`
	By       string         `json:"by"`
	At       string         `json:"at"`
	Time     string         `json:"time"`               // the same by the desk\'s clock, to be read
	Mentions *int           `json:"mentions,omitempty"` // open notes that mention the listener, with what happens to notes
}

// stream is the line to one browser (HTML Standard, 9.2 Server-sent events).
type stream struct {
	n     *Newsroom
	w     http.ResponseWriter
	line  *http.ResponseController
	token string
	style locale.Style
	last  int64 // the last event that was told
}

// liveStream tells a browser what happens at the desk, as it happens, of what
// its person may see: from the event that the page names in "after" or the
// browser in Last-Event-ID. It ends with the session.
func (n *Newsroom) liveStream(w http.ResponseWriter, r *http.Request, v visit) error {
	one, err := n.live.join(v.person.ID)
	if err != nil {
		return err
	}
	defer n.live.leave(one)
	s := &stream{n: n, w: w, line: http.NewResponseController(w), token: v.token, style: v.style()}
	if s.last, err = n.since(r, v); err != nil {
		return err
	}
	s.line.SetReadDeadline(time.Time{}) // the door's own would end the stream after half a minute
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would hold messages back
	if err := s.write(fmt.Sprintf("retry: %d\n\n", comeBack.Milliseconds())); err != nil {
		return nil // the browser has gone
	}
	if s.catchUp(r.Context()) == nil {
		s.follow(r.Context(), one)
	}
	return nil
}

// since is the event after which the browser wants to know; without one it is
// the newest.
func (n *Newsroom) since(r *http.Request, v visit) (int64, error) {
	asked := r.Header.Get("Last-Event-ID")
	if asked == "" {
		asked = r.URL.Query().Get("after")
	}
	if after := number(asked); after > 0 && after <= v.seq {
		return after, nil
	}
	return v.seq, nil
}

// catchUp tells what happened since, out of the record.
func (s *stream) catchUp(ctx context.Context) error {
	events, err := s.n.store.EventsAfter(ctx, s.last, missedMost)
	if err != nil {
		return err
	}
	if len(events) == missedMost {
		if s.last, err = s.n.store.LastEvent(ctx); err != nil {
			return err
		}
		return s.write(fmt.Sprintf("id: %d\nevent: missed\ndata: {}\n\n", s.last))
	}
	for _, e := range events {
		if !spoken(e.Kind) {
			continue
		}
		h, err := s.n.hear(ctx, e)
		if err != nil {
			return err
		}
		if err := s.tell(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// follow tells what happens until the browser goes, its session ends, or the
// house closes.
func (s *stream) follow(ctx context.Context, one *listener) {
	tick := time.NewTicker(stillHere)
	defer tick.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-one.gone:
			return
		case h := <-one.heard:
			err = s.tell(ctx, h)
		case <-one.look:
			_, err = s.n.auth.Still(ctx, s.token)
		case <-tick.C:
			if _, err = s.n.auth.Still(ctx, s.token); err == nil {
				err = s.write(": still here\n\n")
			}
		}
		if err != nil {
			return
		}
	}
}

// tell writes one event, if its listener may know of it. Who that is and what
// they may see is looked up each time.
func (s *stream) tell(ctx context.Context, h heard) error {
	if h.Seq <= s.last {
		return nil
	}
	p, err := s.n.auth.Still(ctx, s.token)
	if err != nil {
		return err
	}
	s.last = h.Seq
	if h.Kind.OfPlan() || h.planned.ID != 0 && !h.article.CanRead(p) && !leaves(h, p) {
		return s.tellPlan(ctx, h, p)
	}
	if !h.article.CanRead(p) && !leaves(h, p) || strings.HasPrefix(string(h.Kind), "comment.") && !p.May(news.Editor) {
		return nil
	}
	actor, by, err := s.doer(ctx, h, h.Event.Article, p)
	if err != nil {
		return err
	}
	m := happened{Kind: h.Kind, Article: h.Event.Article, Head: h.article.Head, Actor: actor, By: by, At: h.At.UTC().Format(time.RFC3339), Time: s.style.Time(h.At)}
	if strings.HasPrefix(string(h.Kind), "note.") {
		calls, err := s.n.calls(ctx, p)
		if err != nil {
			return err
		}
		m.Mentions = &calls
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return s.write("id: " + strconv.FormatInt(h.Seq, 10) + "\ndata: " + string(data) + "\n\n")
}

// planState is a change of a planned story's article, told to people who may
// not open the article: the plan shows how far it is, and nothing more of it.
const planState = "plan.state"

// tellPlan tells somebody who may know of a planned story that it changed.
func (s *stream) tellPlan(ctx context.Context, h heard, p news.Person) error {
	if h.planned.ID == 0 || h.planned.Allows(p, news.MayReadPlan) != nil {
		return nil
	}
	actor, by, err := s.doer(ctx, h, h.planned.Article, p)
	if err != nil {
		return err
	}
	m := happened{Kind: h.Kind, Actor: actor, By: by, At: h.At.UTC().Format(time.RFC3339), Time: s.style.Time(h.At)}
	if !h.Kind.OfPlan() {
		m = happened{Kind: planState, At: m.At, Time: m.Time}
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return s.write("id: " + strconv.FormatInt(h.Seq, 10) + "\ndata: " + string(data) + "\n\n")
}

// doer is who did it, as far as the listener may know.
func (s *stream) doer(ctx context.Context, h heard, article news.ID, p news.Person) (news.PersonID, string, error) {
	who := s.n.names(ctx, p.ID)
	actor, err := who.number(article, h.Actor)
	if err != nil || actor == h.Actor {
		return actor, h.by, err
	}
	by, err := who.protected()
	return actor, by, err
}

// leaves reports whether the event hands an article on from the person: they
// may not open it any more, and hear that it left.
func leaves(h heard, p news.Person) bool {
	if h.Kind != news.EventHanded {
		return false
	}
	from := news.ParseHanding(h.Note)
	return from.FromPerson == p.ID || p.OnDesk(from.FromDesk)
}

// write sends a message at once. The deadline is by the machine's own clock.
func (s *stream) write(message string) error {
	s.line.SetWriteDeadline(s.n.wall().Add(writeTime)) // not every writer has one; the door's has
	if _, err := s.w.Write([]byte(message)); err != nil {
		return err
	}
	return s.line.Flush()
}
