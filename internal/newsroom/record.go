package newsroom

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"strings"

	"broadsheet/internal/news"
)

// recordPage is the record of sign-ins and rights of one person.
type recordPage struct {
	frame
	Says  string
	Past  []sentence
	Older string
	Back  string
}

// entries tells the lines of a person's record below a number as sentences.
// older is what the next page is below; 0 = it was all.
func (n *Newsroom) entries(ctx context.Context, v visit, person news.PersonID, below int64, most int) (out []sentence, older int64, err error) {
	list, err := n.auth.Entries(ctx, v.person.ID, person, cmp.Or(below, math.MaxInt64), most+1)
	if err != nil {
		return nil, 0, err
	}
	if len(list) > most {
		list = list[:most]
		older = list[most-1].ID
	}
	names := n.names(ctx, v.person.ID)
	for _, e := range list {
		s, err := n.entrySentence(v, e, names)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, s)
	}
	return out, older, nil
}

// entrySentence says one line. What an owner did names the owner.
func (n *Newsroom) entrySentence(v visit, e news.AccountEntry, who *names) (sentence, error) {
	s, key, args := v.style(), "desk.entry."+string(e.Kind), []any(nil)
	switch e.Kind {
	case news.AccountIn, news.AccountWrong:
		args = []any{s.T("desk.way." + string(e.Way))}
	case news.AccountRole:
		next, was, _ := strings.Cut(e.Detail, " ")
		args = []any{s.T("desk.role." + next), s.T("desk.role." + was)}
	case news.AccountAdded:
		args = []any{s.T("desk.role." + e.Detail)}
	case news.AccountKeyAdded, news.AccountKeyRemoved, news.AccountName, news.AccountEmail, news.AccountHanded:
		args = []any{e.Detail}
	}
	line := sentence{Text: s.T(key, args...), At: momentOf(s, e.At, v.now)}
	var facts []string
	if e.Actor != e.Person && e.Kind != news.AccountWrong {
		name := s.T("desk.entry.command-line")
		if e.Actor != 0 {
			var err error
			if name, err = who.of(0, e.Actor); err != nil {
				return line, err
			}
		}
		facts = append(facts, s.T("desk.entry.by", name))
	}
	if e.Agent != "" {
		facts = append(facts, deviceWords(v, e.Agent))
	}
	if e.Network != "" {
		facts = append(facts, e.Network)
	}
	line.Note = strings.Join(facts, " · ")
	return line, nil
}

func (n *Newsroom) ownRecord(w http.ResponseWriter, r *http.Request, v visit) error {
	return n.showRecord(w, r, v, v.person, "/account")
}

// personRecord is the record of somebody else, for owners.
func (n *Newsroom) personRecord(w http.ResponseWriter, r *http.Request, v visit) error {
	person, err := n.personOf(r)
	if err != nil {
		return err
	}
	return n.showRecord(w, r, v, person, "/people/"+itoa(int(person.ID)))
}

func (n *Newsroom) showRecord(w http.ResponseWriter, r *http.Request, v visit, person news.Person, back string) error {
	s, below := v.style(), number(r.URL.Query().Get("below"))
	p := recordPage{frame: n.frame(r, v, "", s.T("desk.record.title", person.Name)), Says: s.T("desk.record.says"), Back: back}
	var older int64
	var err error
	if p.Past, older, err = n.entries(r.Context(), v, person.ID, below, eventsShown); err != nil {
		return err
	}
	if older > 0 {
		p.Older = back + "/record?below=" + itoa(int(older))
	}
	return n.send(w, http.StatusOK, "record", p)
}
