package desk_test

import (
	"sync"
	"testing"

	"broadsheet/internal/news"
)

// TestOnlyOneIsToldYes has two people do the same to one article at the same
// moment: one is told yes, the other that a colleague was quicker.
func TestOnlyOneIsToldYes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		acts := []struct {
			name  string
			stage func() news.ID
			do    func(who news.Person, id news.ID) error
		}{
			{"approve", func() news.ID { return o.in(o.Reporter, o.Town, "submit") }, func(who news.Person, id news.ID) error { return o.Approve(ctx, who.ID, id, 1) }},
			{"publish", func() news.ID { return o.reviewed(o.Reporter, o.Town) }, func(who news.Person, id news.ID) error { return o.Publish(ctx, who.ID, id, 1, "") }},
			{"publish alone", func() news.ID { return o.in(o.Reporter, o.Town, "submit") }, func(who news.Person, id news.ID) error { return o.Publish(ctx, who.ID, id, 1, "fire") }},
			{"kill", func() news.ID { return o.published(o.Reporter, o.Town) }, func(who news.Person, id news.ID) error { return o.Kill(ctx, who.ID, id, "not true") }},
			{"correct", func() news.ID { return o.in(o.Reporter, o.Town, "change") }, deeds["correct"].of(o)},
		}
		for _, act := range acts {
			for range 5 {
				id := act.stage()
				var errs [2]error
				var both sync.WaitGroup
				for i, who := range []news.Person{o.Editor, o.Owner} {
					both.Go(func() { errs[i] = act.do(who, id) })
				}
				both.Wait()
				yes, no := errs[0], errs[1]
				if yes != nil {
					yes, no = no, yes
				}
				if yes != nil || news.CodeOf(no) != news.Conflict {
					t.Errorf("%s: one is told %v, the other %v", act.name, errs[0], errs[1])
				}
				who := o.Editor
				if errs[0] != nil {
					who = o.Owner
				}
				if err := act.do(who, id); err != nil {
					t.Errorf("%s: who did it asks again and is told %v", act.name, err)
				}
			}
		}
	})
}

// of is a deed as it is done to an article of an office.
func (d deed) of(o *office) func(who news.Person, id news.ID) error {
	return func(who news.Person, id news.ID) error { return d.do(o, who.ID, id) }
}
