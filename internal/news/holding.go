package news

import "time"

// How long a hold lasts after the last sign of its editor, how often an open
// editor gives one, how long a colleague who asks for the article waits for an
// answer, how long "one moment" is, and how long a window that was left may
// take to come back: a page that is loaded again is left and opened.
const (
	HoldTime   = 30 * time.Second
	SignEvery  = 10 * time.Second
	AskTime    = 30 * time.Second
	MomentTime = 2 * time.Minute
	LeaveTime  = 3 * time.Second
)

// Holding is who has an article's editor open. It is a courtesy and no lock:
// a save by somebody else is never refused. It ends by itself.
type Holding struct {
	Article ID
	Person  PersonID // 0 = nobody holds it
	Tab     string   // the browser's window, so that one person's two are told apart
	Since   time.Time
	Seen    time.Time // the last sign

	Asker    PersonID // who asks for it; 0 = nobody
	AskerTab string
	PassesAt time.Time // when it passes to who asks
	Moment   bool      // the holder has said "one moment"
}

// Held reports whether somebody holds the article at that time.
func (h Holding) Held(now time.Time) bool {
	return h.Person != 0 && now.Before(h.Seen.Add(HoldTime))
}

// By reports whether a person holds it in that window.
func (h Holding) By(p PersonID, tab string) bool { return h.Person == p && h.Tab == tab }

// Due is when something happens without anybody's doing.
func (h Holding) Due() time.Time {
	due := h.Seen.Add(HoldTime)
	if h.Asker != 0 && h.PassesAt.Before(due) {
		due = h.PassesAt
	}
	return due
}

// Settle does what time has done: a hold whose editor gives no sign any more
// ends, or passes at once to a colleague who asks; and it passes when nobody
// answered in time. It returns the event, or "".
func (h *Holding) Settle(now time.Time) EventKind {
	switch {
	case h.Person == 0:
		return ""
	case h.Asker != 0 && (!h.Held(now) || !now.Before(h.PassesAt)):
		h.pass(now)
		return EventTaken
	case !h.Held(now):
		*h = Holding{Article: h.Article}
		return EventReleased
	}
	return ""
}

// Open is a person opening the editor: they hold the article unless a
// colleague does. Of one person's windows the last one holds it.
func (h *Holding) Open(p PersonID, tab string, now time.Time) EventKind {
	switch {
	case h.Person == 0:
		*h = Holding{Article: h.Article, Person: p, Tab: tab, Since: now, Seen: now}
		return EventHeld
	case h.Person == p && h.Tab != tab:
		h.Tab, h.Seen = tab, now
		return EventHeld // the other window must hear of it
	case h.Person == p:
		h.Seen = now
	}
	return ""
}

// Sign is an open editor saying that it is there. A hold that had ended by
// itself is taken up again; another window's stays where it is.
func (h *Holding) Sign(p PersonID, tab string, now time.Time) EventKind {
	switch {
	case h.Person == 0:
		return h.Open(p, tab, now)
	case h.By(p, tab):
		h.Seen = now
	}
	return ""
}

// Take asks the holder to hand the article over; who asks again changes
// nothing. One's own other window gives it at once.
func (h *Holding) Take(p PersonID, tab string, now time.Time) EventKind {
	switch {
	case h.Person == 0, h.Person == p:
		return h.Open(p, tab, now)
	case h.Asker == p:
		h.AskerTab = tab
		return ""
	case h.Asker != 0:
		return "" // somebody asked first: they are shown
	}
	h.Asker, h.AskerTab, h.PassesAt, h.Moment = p, tab, now.Add(AskTime), false
	return EventAsked
}

// HandOver gives the article to who asks for it.
func (h *Holding) HandOver(p PersonID, now time.Time) EventKind {
	if h.Person != p || h.Asker == 0 {
		return ""
	}
	h.pass(now)
	return EventTaken
}

// Wait is the holder's "one moment", once for each asking.
func (h *Holding) Wait(p PersonID, now time.Time) EventKind {
	if h.Person != p || h.Asker == 0 || h.Moment {
		return ""
	}
	h.PassesAt, h.Moment, h.Seen = now.Add(MomentTime), true, now
	return EventAsked
}

// Leave is a window being closed: unless it is back in a moment, the holder's
// gives the article to who asks, or to nobody; the asker's takes the question back.
func (h *Holding) Leave(p PersonID, tab string, now time.Time) EventKind {
	switch {
	case h.By(p, tab):
		h.Seen = now.Add(LeaveTime - HoldTime)
	case h.Asker == p && h.AskerTab == tab:
		h.Asker, h.AskerTab, h.PassesAt, h.Moment = 0, "", time.Time{}, false
		return EventAsked
	}
	return ""
}

func (h *Holding) pass(now time.Time) {
	*h = Holding{Article: h.Article, Person: h.Asker, Tab: h.AskerTab, Since: now, Seen: now}
}

// MaxTab is how long the name of a browser's window is at most.
const MaxTab = 64

// CheckTab refuses a window's name that no editor gives itself: 1 to 64
// letters, digits and hyphens.
func CheckTab(tab string) error {
	ok := len(tab) > 0 && len(tab) <= MaxTab
	for _, r := range tab {
		ok = ok && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	}
	if !ok {
		return Refuse(Invalid, "error.tab", "the editor did not say which window it is: reload the page")
	}
	return nil
}
