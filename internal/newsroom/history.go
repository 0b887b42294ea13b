package newsroom

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"broadsheet/internal/news"
)

const (
	eventsShown     = 50  // sentences on one page of a history
	eventsLookedAt  = 100 // among which the short form finds its few
	revisionsBeside = 8   // beside the sentences; the others have a page of their own
)

// sentence is one event of an article's life.
type sentence struct {
	Text string
	Note string
	At   moment
	Made *made // what it left behind
}

// made is the revision that an event made.
type made struct{ Link, Label string }

// tale is an event with what its sentence needs.
type tale struct {
	opened
	e      news.Event
	name   string                              // who did it; "nobody" in the desk's words for the program and for readers
	key    string                              // of its text
	person func(news.PersonID) (string, error) // by whom something was
	placed func(news.PersonID) (string, error) // to whom something was given
}

// say gives the event's own text.
func (t tale) say(args ...any) string { return t.style.T(t.key, append([]any{t.name}, args...)...) }

// sentences are the events whose sentence needs more than a name, or whose
// note is not for reading as it stands. Any other kind of event needs no line
// here: its text is the key desk.event.<kind>, with a hyphen for the dot.
var sentences = map[news.EventKind]func(tale) (text, note string, err error){
	news.EventPublished: func(t tale) (string, string, error) {
		switch {
		case t.e.Actor == 0:
			return t.style.T(t.key + ".schedule"), "", nil
		case t.e.Note != "":
			return t.style.T(t.key+".alone", t.name), t.e.Note, nil
		}
		return t.say(), "", nil
	},
	news.EventEdited: func(t tale) (string, string, error) {
		if t.e.Note == offSchedule {
			return t.style.T(t.key+".unscheduled", t.name), "", nil
		}
		return t.say(), t.e.Note, nil
	},
	news.EventRestored: func(t tale) (string, string, error) {
		number, rest, _ := strings.Cut(t.e.Note, " ")
		n, _ := strconv.Atoi(number)
		if rest == offSchedule {
			return t.style.T(t.key+".unscheduled", t.name, n), "", nil
		}
		return t.say(n), rest, nil
	},
	news.EventCorrected:       tellChange,
	news.EventChangeSubmitted: tellChange,
	news.EventChangeApproved:  tellChange,
	news.EventChangeScheduled: tellUntil,
	news.EventLabelled:        tellLabel,
	news.EventTakenDown:       tellTakeDown,
	news.EventRequested:       func(t tale) (string, string, error) { return t.style.T(t.key), "", nil },
	news.EventVoiced:          tellOutcome,
	news.EventSettled:         tellOutcome,
	news.EventShown:           tellUntil,
	news.EventHanded:          tellHanding,
	news.EventPlanAdded:       tellPlan,
	news.EventPlanChanged:     tellPlan,
	news.EventPlanMoved:       tellPlan,
	news.EventPlanDropped:     tellPlan,
	news.EventPlanRestored:    tellPlan,
	news.EventPlanBegun:       tellPlan,
	news.EventPlanTied:        tellPlan,
	news.EventAccepted:        tellSettled,
	news.EventRefused:         tellSettled,
	news.EventPassed: func(t tale) (string, string, error) {
		from, to, _ := strings.Cut(t.e.Note, "\n")
		return t.say(from, to), "", nil
	},
	news.EventTaken: func(t tale) (string, string, error) {
		return t.say(cmp.Or(t.e.Note, t.style.T("desk.protected.author"))), "", nil
	},
	news.EventDecided: func(t tale) (string, string, error) {
		return t.say(t.style.T("desk.comment.state." + t.e.Note)), "", nil
	},
	// Who was changed stands in the record of sign-ins, which owners read.
	news.EventPerson:    func(t tale) (string, string, error) { return t.say(), "", nil },
	news.EventCommented: func(t tale) (string, string, error) { return t.style.T(t.key), "", nil },
}

// tellUntil tells of an event whose note is a time.
func tellUntil(t tale) (string, string, error) {
	until, _ := time.Parse(time.RFC3339, t.e.Note)
	return t.say(t.style.DateTime(until)), "", nil
}

// tellChange tells what a change of a live text was called. A minor one that
// touched facts says which kinds of fact.
func tellChange(t tale) (string, string, error) {
	kind, note, _ := strings.Cut(t.e.Note, ":")
	note = strings.TrimSpace(note)
	if kind == string(news.ChangeMinor)+"+" {
		var kinds []string
		for k := range strings.FieldsSeq(note) {
			kinds = append(kinds, t.style.T("desk.material."+k))
		}
		return t.style.T(t.key+".minor", t.name), t.style.List(kinds), nil
	}
	if kind == "" {
		kind = string(news.ChangeUpdate) // of a text that was erased since
	}
	return t.say(t.style.T("desk.change." + kind)), note, nil
}

func tellLabel(t tale) (string, string, error) {
	label, end, _ := strings.Cut(t.e.Note, " ")
	name := t.style.T("label." + label)
	until, err := time.Parse(time.RFC3339, end)
	if err != nil {
		return t.style.T(t.key+".off", t.name, name), "", nil
	}
	return t.say(name, t.style.DateTime(until)), "", nil
}

func tellTakeDown(t tale) (string, string, error) {
	part := strings.SplitN(t.e.Note+"||", "|", 3)
	return t.say(t.style.T("desk.take-down." + part[0])), strings.Trim(part[1]+" · "+strings.TrimRight(part[2], "|"), " ·"), nil
}

func tellOutcome(t tale) (string, string, error) {
	outcome, why, _ := strings.Cut(t.e.Note, ":")
	key := "desk.request.outcome." + outcome
	if outcome == string(news.RequestSpam) || outcome == string(news.RequestOpen) {
		key = "desk.request.state." + outcome
	}
	return t.say(t.style.T(key)), strings.TrimSpace(why), nil
}

// tellHanding tells with whom an article lies now, and until when; the line
// that came with it stands below.
func tellHanding(t tale) (string, string, error) {
	h := news.ParseHanding(t.e.Note)
	person, err := t.placed(h.Person)
	to := with(t.style, h.Desk, h.Stage, person)
	due, late := time.Parse(time.RFC3339, h.Due)
	switch {
	case to == "":
		return t.style.T(t.key+".nobody", t.name), h.Line, err
	case late == nil:
		return t.style.T(t.key+".due", t.name, to, t.style.DateTime(due)), h.Line, err
	}
	return t.say(to), h.Line, err
}

// tellPlan tells of a planned story by its slugline and its day.
func tellPlan(t tale) (string, string, error) {
	p := news.ParsePlanning(t.e.Note)
	if t.e.Kind == news.EventPlanTied && t.e.Article == 0 {
		return t.style.T(t.key+".off", t.name, p.Slugline), "", nil
	}
	return t.say(p.Slugline, t.style.Date(p.Day.Start(t.edition))), "", nil
}

// offSchedule is the note of an edit that took the article off the schedule.
const offSchedule = "taken off the schedule"

// aboutText is false for events that the short form of a history leaves out.
func aboutText(k news.EventKind) bool {
	return !strings.HasPrefix(string(k), "comment.") && !strings.HasPrefix(string(k), "note.")
}

// lately tells the last steps of an article's text.
func (n *Newsroom) lately(ctx context.Context, v visit, a opened, most int) ([]sentence, error) {
	events, err := n.store.ArticleEvents(ctx, a.ID, eventsLookedAt)
	if err != nil {
		return nil, err
	}
	var short []news.Event
	for _, e := range events {
		if aboutText(e.Kind) && len(short) < most {
			short = append(short, e)
		}
	}
	return n.tell(ctx, v, a, short)
}

// past tells all that happened to an article, newest first, a page at a time.
// older is what the next page is below; 0 = it was all.
func (n *Newsroom) past(ctx context.Context, v visit, a opened, below int64) (list []sentence, older int64, err error) {
	events, err := n.store.ArticleEventsBelow(ctx, a.ID, cmp.Or(below, math.MaxInt64), eventsShown+1)
	if err != nil {
		return nil, 0, err
	}
	if len(events) > eventsShown {
		events = events[:eventsShown]
		older = events[eventsShown-1].Seq
	}
	if list, err = n.tell(ctx, v, a, events); err != nil {
		return nil, 0, err
	}
	return list, older, n.leadOn(ctx, a, events, list)
}

// makes are the events that come with a new revision, at the same moment.
var makes = map[news.EventKind]bool{news.EventCreated: true, news.EventEdited: true, news.EventRestored: true}

// leadOn leads from sentences to the revisions that their events made. Two
// that were made at one moment cannot be told apart and get no link.
func (n *Newsroom) leadOn(ctx context.Context, a opened, events []news.Event, list []sentence) error {
	if len(events) == 0 {
		return nil
	}
	revisions, err := n.store.RevisionMoments(ctx, a.ID, events[len(events)-1].At, events[0].At)
	if err != nil {
		return err
	}
	at := map[time.Time][]int{}
	for _, r := range revisions {
		at[r.At.UTC()] = append(at[r.At.UTC()], r.Number)
	}
	for i, e := range events {
		if same := at[e.At.UTC()]; makes[e.Kind] && len(same) == 1 {
			list[i].Made = &made{a.link("revisions/" + itoa(same[0])), a.style.T("desk.revision", same[0])}
		}
	}
	return nil
}

// tell makes events sentences. Notes that the program writes for itself are
// told in the desk's words.
func (n *Newsroom) tell(ctx context.Context, v visit, a opened, events []news.Event) ([]sentence, error) {
	who := n.names(ctx, v.person.ID)
	out := make([]sentence, 0, len(events))
	for _, e := range events {
		one, err := tellOne(a, v, e, who)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// tellOne makes one event a sentence, for one who looks.
func tellOne(a opened, v visit, e news.Event, who *names) (sentence, error) {
	name, err := who.of(a.ID, e.Actor)
	if err != nil {
		return sentence{}, err
	}
	t := tale{a, e, cmp.Or(name, a.style.T("desk.nobody")), "desk.event." + strings.ReplaceAll(string(e.Kind), ".", "-"),
		func(p news.PersonID) (string, error) { return who.of(a.ID, p) },
		func(p news.PersonID) (string, error) { return who.placed(a.ID, p, e.At) }}
	one := sentence{At: momentOf(a.style, e.At, v.now)}
	if tell := sentences[e.Kind]; tell != nil {
		one.Text, one.Note, err = tell(t)
	} else {
		one.Text, one.Note = t.say(), e.Note
	}
	if first, size := utf8.DecodeRuneInString(one.Text); err == nil && size > 0 {
		one.Text = string(unicode.ToUpper(first)) + one.Text[size:]
	}
	return one, err
}

// historyPage is an article's whole life, with its newest revisions beside.
type historyPage struct {
	frame
	Story  heading
	Past   []sentence
	Older  string
	Newest string
	Lines  []revisionLine
	All    string // how many revisions there are
}

func (n *Newsroom) history(w http.ResponseWriter, r *http.Request, v visit) error {
	a, err := n.open(r, v)
	if err != nil {
		return err
	}
	p := historyPage{frame: n.frame(r, v, "articles", v.style().T("desk.history.title")), Story: a.heading(v), All: a.style.T("desk.revisions.all", a.Head)}
	below := number(r.URL.Query().Get("below"))
	var older int64
	if p.Past, older, err = n.past(r.Context(), v, a, below); err != nil {
		return err
	}
	if older > 0 {
		p.Older = a.link("history?below=" + strconv.FormatInt(older, 10))
	}
	if below > 0 {
		p.Newest = a.link("history")
	}
	if p.Lines, err = n.revisionLines(r.Context(), v, a, a.Head+1, revisionsBeside); err != nil {
		return err
	}
	return n.send(w, http.StatusOK, "history", p)
}
