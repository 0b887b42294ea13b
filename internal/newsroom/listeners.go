package newsroom

import (
	"context"
	"strings"
	"sync"

	"broadsheet/internal/news"
)

const (
	heardBehind  = 64 // events that a browser may be behind before it is let go: it comes back and asks for what it missed
	streamsEach  = 8  // streams of one person; a browser shares one among all its windows
	streamsOfAll = 500
)

// listeners are the browsers that have the desk open and hear what happens.
type listeners struct {
	mu     sync.Mutex
	all    map[*listener]struct{}
	closed bool
}

// listener is one open stream.
type listener struct {
	person news.PersonID
	heard  chan heard
	look   chan struct{} // somebody signed out somewhere: look whether it was this one
	gone   chan struct{} // closed when the stream ends from here
}

// heard is an event with what every listener needs to know of it.
type heard struct {
	news.Event
	article news.Article    // zero when the event is of none
	planned news.Assignment // of the plan, or the one that the article is; zero when there is none
	by      string
}

// join lets one more listen. A person who has too many streams open, or a
// house that is closing, refuses.
func (l *listeners) join(who news.PersonID) (*listener, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, news.Refuse(news.Unavailable, "error.live.closing", "the desk is closing for a moment")
	}
	own := 0
	for other := range l.all {
		if other.person == who {
			own++
		}
	}
	if own >= streamsEach || len(l.all) >= streamsOfAll {
		return nil, news.Refuse(news.TooMany, "error.live.many", "the desk is open in too many windows")
	}
	one := &listener{person: who, heard: make(chan heard, heardBehind), look: make(chan struct{}, 1), gone: make(chan struct{})}
	if l.all == nil {
		l.all = map[*listener]struct{}{}
	}
	l.all[one] = struct{}{}
	return one, nil
}

func (l *listeners) leave(one *listener) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.all, one)
}

func (l *listeners) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.all) > 0
}

// hand gives an event to everyone without waiting for anyone.
func (l *listeners) hand(e heard) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for one := range l.all {
		select {
		case one.heard <- e:
		default:
			delete(l.all, one)
			close(one.gone)
		}
	}
}

// lookAgain has every stream ask whether its session still stands.
func (l *listeners) lookAgain() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for one := range l.all {
		select {
		case one.look <- struct{}{}:
		default:
		}
	}
}

// close ends all streams and lets no further one begin.
func (l *listeners) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for one := range l.all {
		delete(l.all, one)
		close(one.gone)
	}
}

// Handle tells the browsers that have the desk open what happened. Events come
// in order, at least once.
func (n *Newsroom) Handle(ctx context.Context, e news.Event) error {
	if !n.live.any() || !spoken(e.Kind) {
		return nil
	}
	h, err := n.hear(ctx, e)
	if err != nil {
		return err
	}
	n.live.hand(h)
	return nil
}

// EndLive ends all streams at once, so that a door that closes need not wait
// for them.
func (n *Newsroom) EndLive() { n.live.close() }

// spoken reports whether an event is for the browsers. The paper's settings and
// its staff are not: a person's role is looked up anew with each message.
func spoken(kind news.EventKind) bool {
	return strings.HasPrefix(string(kind), "article.") || strings.HasPrefix(string(kind), "note.") || strings.HasPrefix(string(kind), "comment.") || kind.OfPlan()
}

// hear looks up what all listeners need to know of an event.
func (n *Newsroom) hear(ctx context.Context, e news.Event) (heard, error) {
	h := heard{Event: e}
	var err error
	if e.Article != 0 {
		if h.article, err = n.store.Article(ctx, e.Article); err != nil && news.CodeOf(err) != news.NotFound {
			return h, err
		}
	}
	if h.planned, err = n.plannedIn(ctx, e); err != nil {
		return h, err
	}
	h.by, err = n.names(ctx, 0).of(0, e.Actor) // who may not know it is told another: see tell
	return h, err
}

// plannedIn is the planned story that an event is of, or that its article is.
func (n *Newsroom) plannedIn(ctx context.Context, e news.Event) (s news.Assignment, err error) {
	switch {
	case e.Kind.OfPlan():
		s, err = n.store.Assignment(ctx, news.ParsePlanning(e.Note).Assignment)
	case strings.HasPrefix(string(e.Kind), "article.") && e.Article != 0:
		s, err = n.store.AssignmentOf(ctx, e.Article)
	}
	if news.CodeOf(err) == news.NotFound {
		err = nil
	}
	return s, err
}
