package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// matrix says who may do what: "+" yes, "-" news.Forbidden, "x" news.Conflict
// (they might, but a colleague has not approved). Columns are a person and
// whose article it is: their own, another's (of the section "town"), or
// another's of a section that is not theirs ("else"). The editor of this table
// has the section "town".
const matrix = `
                   contributor reporter    editor         chief      owner      left  stranger
                   own other   own other   own other else own other  own other  other other
create             +   +       +   +       +   +     +    +   +      +   +      -     -
read               +   -       +   -       +   +     -    +   +      +   +      -     -
edit draft         +   -       +   -       +   +     -    +   +      +   +      -     -
restore draft      +   -       +   -       +   +     -    +   +      +   +      -     -
restore published  -   -       -   -       +   +     -    +   +      +   +      -     -
edit in review     -   -       -   -       +   +     -    +   +      +   +      -     -
edit published     -   -       -   -       +   +     -    +   +      +   +      -     -
submit             +   -       +   -       +   +     -    +   +      +   +      -     -
return             -   -       -   -       +   +     -    +   +      +   +      -     -
approve            -   -       -   -       -   +     -    -   +      -   +      -     -
publish approved   -   -       -   -       +   +     -    +   +      +   +      -     -
publish unread     -   -       -   -       x   x     -    x   x      x   x      -     -
publish a reason   -   -       -   -       +   +     -    +   +      +   +      -     -
schedule           -   -       -   -       +   +     -    +   +      +   +      -     -
unschedule         -   -       -   -       +   +     -    +   +      +   +      -     -
correct            -   -       -   -       +   +     -    +   +      +   +      -     -
correct unread     -   -       -   -       +   +     -    x   x      +   +      -     -
hand in a change   -   -       -   -       +   +     -    +   +      +   +      -     -
approve a change   -   -       -   -       +   +     -    -   -      +   +      -     -
time a change      -   -       -   -       +   +     -    x   x      +   +      -     -
return a change    -   -       -   -       +   +     -    +   +      +   +      -     -
untime a change    -   -       -   -       +   +     -    +   +      +   +      -     -
label              -   -       -   -       +   +     -    +   +      +   +      -     -
anonymise          -   -       -   -       +   +     -    +   +      +   +      -     -
unindex            -   -       -   -       -   -     -    +   +      +   +      -     -
take down          -   -       -   -       -   -     -    +   +      +   +      -     -
speak              -   -       -   -       +   +     -    +   +      +   +      -     -
answer             -   -       -   -       +   +     -    +   +      +   +      -     -
kill               -   -       -   -       +   +     -    +   +      +   +      -     -
spike draft        +   -       +   -       +   +     -    +   +      +   +      -     -
spike in review    -   -       -   -       +   +     -    +   +      +   +      -     -
revive             +   -       +   -       +   +     -    +   +      +   +      -     -
settings draft     +   -       +   -       +   +     -    +   +      +   +      -     -
settings published -   -       -   -       +   +     -    +   +      +   +      -     -
paper              -   -       -   -       -   -     -    -   -      +   +      -     -
edition            -   -       -   -       -   -     -    -   -      +   +      -     -
section            -   -       -   -       -   -     -    -   -      +   +      -     -
style              -   -       -   -       -   -     -    +   +      +   +      -     -
`

// corrected is what a change is called in these tests.
var corrected = desk.Declared{Kind: news.ChangeCorrection, Note: "It was another headline."}

func restore(o *office, who news.PersonID, id news.ID) error {
	_, err := o.Restore(o.t.Context(), who, id, 1, o.article(id).Head)
	return err
}

// deed is a row: what is to be there, and what the person then does.
type deed struct {
	stage func(o *office, author news.Person, s news.Section) news.ID
	do    func(o *office, who news.PersonID, id news.ID) error
}

var (
	draft     = (*office).draft
	inReview  = func(o *office, author news.Person, s news.Section) news.ID { return o.in(author, s, "submit") }
	approved  = (*office).reviewed
	scheduled = func(o *office, author news.Person, s news.Section) news.ID { return o.in(author, s, "schedule") }
	live      = (*office).published
	changed   = func(o *office, author news.Person, s news.Section) news.ID { return o.in(author, s, "change") }
	handed    = func(o *office, author news.Person, s news.Section) news.ID { return o.in(author, s, "hand") }
	timed     = func(o *office, author news.Person, s news.Section) news.ID { return o.in(author, s, "time") }
	spiked    = func(o *office, author news.Person, s news.Section) news.ID { return o.in(author, s, "spike") }
	nothing   = func(*office, news.Person, news.Section) news.ID { return 0 }
)

// in brings an article of an author to a state.
func (o *office) in(author news.Person, s news.Section, last string) (id news.ID) {
	ctx := o.t.Context()
	switch last {
	case "submit":
		id = o.draft(author, s)
		o.must(o.Submit(ctx, author.ID, id))
	case "schedule":
		id = o.reviewed(author, s)
		o.must(o.Schedule(ctx, o.Colleague.ID, id, 1, o.Clock.Now().Add(time.Hour), ""))
	case "change":
		id = o.published(author, s)
		_, err := o.Edit(ctx, o.Chief.ID, id, 1, o.copy(s, "Changed"))
		o.must(err)
	case "hand":
		id = o.in(author, s, "change")
		o.must(o.SubmitChange(ctx, o.Chief.ID, id, 2, corrected))
	case "time":
		id = o.in(author, s, "hand")
		o.must(o.ScheduleChange(ctx, o.Colleague.ID, id, 2, corrected, o.Clock.Now().Add(time.Hour)))
	case "spike":
		id = o.draft(author, s)
		o.must(o.Spike(ctx, author.ID, id, "old"))
	}
	return id
}

var deeds = map[string]deed{
	"create": {nothing, func(o *office, who news.PersonID, _ news.ID) error {
		o.forms++
		_, err := o.Create(o.t.Context(), who, o.English.ID, o.copy(o.Town, "New"), fmt.Sprint("form ", o.forms))
		return err
	}},
	"read": {draft, func(o *office, who news.PersonID, id news.ID) error {
		p, err := o.Paper.Store.Person(o.t.Context(), who)
		if err != nil {
			p = news.Person{}
		}
		_, _, err = o.Open(o.t.Context(), p, id)
		return err
	}},
	"edit draft":    {draft, edit},
	"restore draft": {draft, restore}, "restore published": {changed, restore},
	"edit in review": {inReview, edit},
	"edit published": {live, edit},
	"submit":         {draft, func(o *office, who news.PersonID, id news.ID) error { return o.Submit(o.t.Context(), who, id) }},
	"return":         {inReview, func(o *office, who news.PersonID, id news.ID) error { return o.Return(o.t.Context(), who, id, "why?") }},
	"approve":        {inReview, func(o *office, who news.PersonID, id news.ID) error { return o.Approve(o.t.Context(), who, id, 1) }},
	"publish approved": {approved, func(o *office, who news.PersonID, id news.ID) error {
		return o.Publish(o.t.Context(), who, id, 1, "")
	}},
	"publish unread": {inReview, func(o *office, who news.PersonID, id news.ID) error {
		return o.Publish(o.t.Context(), who, id, 1, "")
	}},
	"publish a reason": {draft, func(o *office, who news.PersonID, id news.ID) error {
		return o.Publish(o.t.Context(), who, id, 1, "the dam is breaking")
	}},
	"schedule": {approved, func(o *office, who news.PersonID, id news.ID) error {
		return o.Schedule(o.t.Context(), who, id, 1, o.Clock.Now().Add(time.Hour), "")
	}},
	"unschedule": {scheduled, func(o *office, who news.PersonID, id news.ID) error { return o.Unschedule(o.t.Context(), who, id) }},
	"correct": {changed, func(o *office, who news.PersonID, id news.ID) error {
		return o.Correct(o.t.Context(), who, id, 2, desk.Declared{Kind: news.ChangeMinor, Acknowledged: true, Reason: "nobody else is in"})
	}},
	"correct unread": {changed, func(o *office, who news.PersonID, id news.ID) error {
		return o.Correct(o.t.Context(), who, id, 2, corrected)
	}},
	"hand in a change": {changed, func(o *office, who news.PersonID, id news.ID) error {
		return o.SubmitChange(o.t.Context(), who, id, 2, corrected)
	}},
	"approve a change": {changed, func(o *office, who news.PersonID, id news.ID) error {
		return o.ApproveChange(o.t.Context(), who, id, 2, corrected)
	}},
	"time a change": {changed, func(o *office, who news.PersonID, id news.ID) error {
		return o.ScheduleChange(o.t.Context(), who, id, 2, corrected, o.Clock.Now().Add(time.Hour))
	}},
	"return a change": {handed, func(o *office, who news.PersonID, id news.ID) error {
		return o.ReturnChange(o.t.Context(), who, id, 2, "not yet")
	}},
	"untime a change": {timed, func(o *office, who news.PersonID, id news.ID) error {
		return o.UnscheduleChange(o.t.Context(), who, id, 2)
	}},
	"label": {live, func(o *office, who news.PersonID, id news.ID) error {
		return o.Label(o.t.Context(), who, id, news.LabelDeveloping, o.Clock.Now().Add(time.Hour))
	}},
	"anonymise": {live, func(o *office, who news.PersonID, id news.ID) error {
		return o.Anonymise(o.t.Context(), who, id, 1, []string{"Valmere"}, "the town")
	}},
	"unindex": {live, func(o *office, who news.PersonID, id news.ID) error { return o.Index(o.t.Context(), who, id, false) }},
	"take down": {live, func(o *office, who news.PersonID, id news.ID) error {
		return o.TakeDown(o.t.Context(), who, id, news.TakeDown{Reason: "a court"}, "Removed.")
	}},
	"speak": {live, func(o *office, who news.PersonID, id news.ID) error {
		return o.Speak(o.t.Context(), who, o.asked(id, news.RequestOpen).ID, news.OutcomeRefuse, "it is true", "")
	}},
	"answer": {live, func(o *office, who news.PersonID, id news.ID) error {
		return o.Answer(o.t.Context(), who, o.asked(id, news.RequestDecided).ID, "Your request", "It stays.")
	}},
	"kill": {live, func(o *office, who news.PersonID, id news.ID) error {
		return o.Kill(o.t.Context(), who, id, "not true")
	}},
	"spike draft":        {draft, spike},
	"spike in review":    {inReview, spike},
	"revive":             {spiked, func(o *office, who news.PersonID, id news.ID) error { return o.Revive(o.t.Context(), who, id) }},
	"settings draft":     {draft, settings},
	"settings published": {live, settings},
	"paper": {nothing, func(o *office, who news.PersonID, _ news.ID) error {
		return o.SavePaper(o.t.Context(), who, news.Paper{Name: "Valmere Press", Language: "en", FourEyes: true, SetUp: true})
	}},
	"edition": {nothing, func(o *office, who news.PersonID, _ news.ID) error {
		_, err := o.SaveEdition(o.t.Context(), who, o.English)
		return err
	}},
	"section": {nothing, func(o *office, who news.PersonID, _ news.ID) error {
		_, err := o.SaveSection(o.t.Context(), who, o.Town)
		return err
	}},
	"style": {nothing, func(o *office, who news.PersonID, _ news.ID) error {
		_, err := o.SaveRule(o.t.Context(), who, rule("pier", "pier", "jetty", news.Hint))
		return err
	}},
}

func edit(o *office, who news.PersonID, id news.ID) error {
	_, err := o.Edit(o.t.Context(), who, id, 1, o.copy(o.Town, "Edited"))
	return err
}

func spike(o *office, who news.PersonID, id news.ID) error {
	return o.Spike(o.t.Context(), who, id, "old")
}

func settings(o *office, who news.PersonID, id news.ID) error {
	return o.SetFacts(o.t.Context(), who, id, desk.Facts{CommentRule: news.CommentsClosed})
}

// column is a person, and whose article they meet where.
type column struct {
	name    string
	who     news.Person
	author  news.Person
	section news.Section
}

// columns are in the order of the table.
func (o *office) columns() (list []column) {
	o.t.Helper()
	local := news.Person{Email: "local@valmere.example", Name: "Lotte Lind", Role: news.Editor, Sections: []news.SectionID{o.Town.ID}}
	left := news.Person{Email: "left@valmere.example", Name: "Lev Lars", Role: news.Owner, Disabled: true}
	o.must(o.Paper.Store.Write(o.t.Context(), "staff", func(tx *store.Tx) error {
		if err := tx.SavePerson(o.t.Context(), &local); err != nil {
			return err
		}
		return tx.SavePerson(o.t.Context(), &left)
	}))
	stranger := news.Person{ID: 999, Role: news.Owner}
	other := news.Person{Email: "other@valmere.example", Name: "Otto Oder", Role: news.Reporter}
	o.must(o.Paper.Store.Write(o.t.Context(), "staff", func(tx *store.Tx) error { return tx.SavePerson(o.t.Context(), &other) }))
	for _, who := range []news.Person{o.Contributor, o.Reporter, local, o.Chief, o.Owner} {
		list = append(list, column{string(who.Role) + " own", who, who, o.Town}, column{string(who.Role) + " other", who, other, o.Town})
		if who.Role == news.Editor {
			list = append(list, column{"editor else", who, other, o.World})
		}
	}
	return append(list, column{"left", left, other, o.Town}, column{"stranger", stranger, other, o.Town})
}

// TestRoles tries every act by everybody on their own and on others' articles.
func TestRoles(t *testing.T) {
	lines := strings.Split(strings.Trim(matrix, "\n"), "\n")[2:]
	if len(lines) != len(deeds) {
		t.Fatalf("the table has %d acts of %d", len(lines), len(deeds))
	}
	each(t, func(t *testing.T, o *office) {
		columns := o.columns()
		cells := 0
		for _, line := range lines {
			name := strings.TrimSpace(line[:19])
			marks := strings.Fields(line[19:])
			deed, known := deeds[name]
			if !known || len(marks) != len(columns) {
				t.Fatalf("%q: known: %v, %d marks for %d people", name, known, len(marks), len(columns))
			}
			staged := map[string]news.ID{} // a refused act leaves it for the next person
			for i, c := range columns {
				key := fmt.Sprint(c.author.ID, c.section.ID)
				id := staged[key]
				if id == 0 {
					id = deed.stage(o, c.author, c.section)
				}
				err := deed.do(o, c.who.ID, id)
				want := map[string]news.Code{"+": "", "-": news.Forbidden, "x": news.Conflict}[marks[i]]
				if news.CodeOf(err) != want || (want == "") != (err == nil) {
					t.Errorf("%s by %s: %v, want %q", name, c.name, err, marks[i])
				}
				if delete(staged, key); want != "" {
					staged[key] = id
				}
				cells++
			}
		}
		t.Logf("%d cells", cells)
	})
}
