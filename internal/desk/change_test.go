package desk_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/desk"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// change publishes an article and prepares a change beside it, written by a person.
func (o *office) change(who news.Person, headline string) news.ID {
	o.t.Helper()
	id := o.published(o.Reporter, o.Town)
	_, err := o.Edit(o.t.Context(), who.ID, id, 1, o.copy(o.Town, headline))
	o.must(err)
	return id
}

func TestAChangeHasASecondPairOfEyes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.change(o.Editor, "Bridge stays shut")
		o.refused(news.Conflict, o.Correct(ctx, o.Editor.ID, id, 2, corrected)) // nobody has read it
		o.must(o.SubmitChange(ctx, o.Editor.ID, id, 2, corrected))
		o.must(o.SubmitChange(ctx, o.Editor.ID, id, 2, corrected)) // a lost answer
		o.refused(news.Forbidden, o.ApproveChange(ctx, o.Editor.ID, id, 2, corrected))
		o.must(o.ApproveChange(ctx, o.Colleague.ID, id, 2, corrected))
		other := corrected
		other.Note = "It was quite another headline."
		o.refused(news.Conflict, o.Correct(ctx, o.Editor.ID, id, 2, other)) // that is not what was approved
		o.must(o.Correct(ctx, o.Editor.ID, id, 2, corrected))
		o.must(o.Correct(ctx, o.Editor.ID, id, 2, corrected))
		c := o.corrections(id)
		if len(c) != 1 || c[0].Approved != o.Colleague.ID || c[0].By != o.Editor.ID || c[0].Bypass != "" {
			t.Errorf("the record says %+v", c)
		}
		if _, err := o.Paper.Store.Prepared(ctx, id); news.CodeOf(err) != news.NotFound {
			t.Errorf("the change still waits: %v", err)
		}
		want := []news.EventKind{news.EventChangeSubmitted, news.EventChangeApproved, news.EventCorrected}
		if got := o.record(id); !slices.Equal(got[len(got)-3:], want) {
			t.Errorf("the record ends with %v", got)
		}
	})
}

func TestAChangeGoesWithoutAColleagueForAReason(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.change(o.Editor, "Bridge stays shut")
		s := corrected
		s.Reason = "the editor is alone tonight"
		o.must(o.Correct(t.Context(), o.Editor.ID, id, 2, s))
		if c := o.corrections(id); len(c) != 1 || c[0].Bypass != s.Reason || c[0].Approved != 0 {
			t.Errorf("the record says %+v", c)
		}
	})
}

// A fact that changes does not go out as minor without a word; when it does,
// the record says whose word it was and which fact.
func TestAMinorChangeOfAFactIsAcknowledged(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.change(o.Editor, "Bridge stays shut")
		minor := desk.Declared{Kind: news.ChangeMinor}
		o.refused(news.Invalid, o.Correct(ctx, o.Colleague.ID, id, 2, minor))
		o.refused(news.Invalid, o.SubmitChange(ctx, o.Editor.ID, id, 2, minor))
		minor.Acknowledged = true
		o.must(o.Correct(ctx, o.Colleague.ID, id, 2, minor))
		c := o.corrections(id)
		want := []news.MaterialChange{{Kind: news.MaterialHeadline, Before: "Bridge opens", After: "Bridge stays shut"}}
		if len(c) != 1 || c[0].By != o.Colleague.ID || c[0].Kind != news.ChangeMinor || !slices.Contains(c[0].Material, want[0]) {
			t.Errorf("the record says %+v", c)
		}
	})
}

func TestAChangeIsSwitchedAtItsTime(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.change(o.Editor, "Bridge stays shut")
		when := o.Clock.Now().Add(time.Hour)
		o.refused(news.Conflict, o.ScheduleChange(ctx, o.Editor.ID, id, 2, corrected, when))
		o.refused(news.Invalid, o.ScheduleChange(ctx, o.Colleague.ID, id, 2, corrected, o.Clock.Now()))
		o.must(o.ScheduleChange(ctx, o.Colleague.ID, id, 2, corrected, when))
		o.must(o.ScheduleChange(ctx, o.Colleague.ID, id, 2, corrected, when))
		n, next, err := o.PublishDue(ctx)
		if o.must(err); n != 0 || !next.Equal(when.Truncate(time.Microsecond)) || o.article(id).Live != 1 {
			t.Errorf("%d went out before the time; the next is at %v, not %v", n, next, when)
		}
		o.must(o.UnscheduleChange(ctx, o.Editor.ID, id, 2))
		o.Clock.Move(time.Hour)
		if n, _, err = o.PublishDue(ctx); err != nil || n != 0 {
			t.Errorf("a change off the schedule went out: %d, %v", n, err)
		}
		when = o.Clock.Now().Add(time.Minute)
		o.must(o.ScheduleChange(ctx, o.Editor.ID, id, 2, corrected, when)) // the approval has stayed
		o.Clock.Move(time.Minute)
		for want := range 2 { // once
			if n, _, err = o.PublishDue(ctx); err != nil || n != 1-want || o.article(id).Live != 2 {
				t.Errorf("%d went out: %v", n, err)
			}
		}
		if c := o.corrections(id); len(c) != 1 || c[0].By != o.Colleague.ID || !c[0].At.Equal(o.Clock.Now().UTC().Truncate(time.Microsecond)) {
			t.Errorf("the record says %+v", c)
		}
	})
}

// What was read and timed is not what stands there after another edit.
func TestAnEditTakesATimedChangeBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.change(o.Editor, "Bridge stays shut")
		o.must(o.ScheduleChange(ctx, o.Colleague.ID, id, 2, corrected, o.Clock.Now().Add(time.Minute)))
		_, err := o.Edit(ctx, o.Editor.ID, id, 2, o.copy(o.Town, "Bridge falls"))
		o.must(err)
		o.Clock.Move(time.Hour)
		if n, _, err := o.PublishDue(ctx); err != nil || n != 0 || o.article(id).Live != 1 {
			t.Errorf("%d went out: %v", n, err)
		}
		o.refused(news.Conflict, o.Correct(ctx, o.Editor.ID, id, 3, corrected))
	})
}

// Two who switch in the same second, with other words: one is told yes.
func TestTwoSwitchesAreOne(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		id := o.change(o.Editor, "Bridge stays shut")
		var group sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []news.Person{o.Colleague, o.Chief} {
			group.Go(func() {
				s := corrected
				s.Note = []string{"One.", "Two."}[i]
				errs[i] = o.Correct(t.Context(), who.ID, id, 2, s)
			})
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || len(o.corrections(id)) != 1 {
			t.Errorf("%v; %v; %d corrections", errs[0], errs[1], len(o.corrections(id)))
		}
	})
}

func (o *office) corrections(id news.ID) []news.Correction {
	o.t.Helper()
	list, err := o.Paper.Store.ArticleCorrections(o.t.Context(), id)
	o.must(err)
	return list
}

func TestLabelsEnd(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.published(o.Reporter, o.Town)
		until := o.Clock.Now().Add(time.Hour)
		o.must(o.Label(ctx, o.Editor.ID, id, news.LabelDeveloping, until))
		o.must(o.Label(ctx, o.Editor.ID, id, news.LabelDeveloping, until))
		o.refused(news.Invalid, o.Label(ctx, o.Editor.ID, id, news.LabelSoFar, o.Clock.Now()))
		o.refused(news.Invalid, o.Label(ctx, o.Editor.ID, id, news.LabelSoFar, o.Clock.Now().Add(news.LongestLabel+time.Second)))
		if l := o.article(id).Labels; !l.Shown(news.LabelDeveloping, o.Clock.Now()) || l.Shown(news.LabelSoFar, o.Clock.Now()) || l.Shown(news.LabelDeveloping, until) {
			t.Errorf("the labels are %+v", l)
		}
		o.must(o.Label(ctx, o.Editor.ID, id, news.LabelDeveloping, time.Time{}))
		if l := o.article(id).Labels; l != (news.Labels{}) {
			t.Errorf("the label that was taken away is there: %+v", l)
		}
		if n := len(o.record(id)); n != 6 {
			t.Errorf("%d events: %v", n, o.record(id))
		}
	})
}

func TestATakeDownSealsOrErases(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		for _, erased := range []bool{false, true} {
			id := o.change(o.Editor, "Xylophone quartet sued")
			o.must(o.Correct(ctx, o.Colleague.ID, id, 2, corrected))
			before, err := o.Paper.Store.Revision(ctx, id, 2)
			o.must(err)
			secret, err := o.Show(ctx, o.Editor.ID, id, 0, o.Clock.Now().Add(time.Hour))
			o.must(err)
			takeDown := news.TakeDown{Reason: "an order of the district court", Reference: "3 O 12/26", Legal: true, Erased: erased}
			o.refused(news.Forbidden, o.TakeDown(ctx, o.Editor.ID, id, takeDown, "Removed."))
			o.refused(news.Invalid, o.TakeDown(ctx, o.Chief.ID, id, news.TakeDown{}, "Removed."))
			o.refused(news.Invalid, o.TakeDown(ctx, o.Chief.ID, id, takeDown, " "))
			o.must(o.TakeDown(ctx, o.Chief.ID, id, takeDown, "Removed."))
			o.must(o.TakeDown(ctx, o.Chief.ID, id, takeDown, "Removed."))
			o.refused(news.Conflict, o.TakeDown(ctx, o.Owner.ID, id, takeDown, "Removed."))
			kept, err := o.Paper.Store.TakeDown(ctx, id)
			if o.must(err); kept.Hash != before.Content.Hash() || kept.By != o.Chief.ID || kept.Reference != "3 O 12/26" || kept.Erased != erased {
				t.Errorf("the record is %+v", kept)
			}
			for _, scope := range []store.Scope{store.Public, ""} {
				if found := o.found(scope, "xylophone"); slices.Contains(found, id) {
					t.Errorf("the search (%q) finds what was taken down", scope)
				}
			}
			_, _, err = o.Open(ctx, o.Editor, id)
			o.refused(news.Forbidden, err)
			_, head, err := o.Open(ctx, o.Chief, id)
			if o.must(err); (head.Headline == "") != erased || head.Body.Empty() != erased {
				t.Errorf("erased: %v; the chief finds %q", erased, head.Headline)
			}
			if link, err := o.Paper.Store.Preview(ctx, news.PreviewToken(secret)); err != nil || link.Open(o.article(id), o.Clock.Now()) {
				t.Errorf("the preview link is open: %v", err)
			}
		}
	})
}

// asked keeps a reader's request about an article.
func (o *office) asked(id news.ID, state news.RequestState) news.Request {
	o.t.Helper()
	o.forms++
	r := news.Request{Article: id, Edition: o.English.ID, Kind: news.RequestPrivacy, Email: "reader@valmere.example", Text: "Please.", State: state,
		At: o.Clock.Now(), Token: time.Duration(o.forms).String()}
	if state == news.RequestDecided {
		r.Outcome, r.DecidedAt = news.OutcomeRefuse, o.Clock.Now()
	}
	o.must(o.Paper.Store.Write(o.t.Context(), "ask", func(tx *store.Tx) error { return tx.AddRequest(o.t.Context(), &r) }))
	return r
}

func (o *office) request(id news.RequestID) news.Request {
	o.t.Helper()
	r, err := o.Paper.Store.Request(o.t.Context(), id)
	o.must(err)
	return r
}

func TestThePanelDecidesByTwo(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.published(o.Reporter, o.Town)
		r := o.asked(id, news.RequestOpen)
		say := func(who news.Person, what news.Outcome, alone string) {
			t.Helper()
			o.must(o.Speak(ctx, who.ID, r.ID, what, "we talked about it", alone))
		}
		say(o.Editor, news.OutcomeUnindex, "")
		say(o.Colleague, news.OutcomeUnindex, "") // two, and no chief among them
		say(o.Chief, news.OutcomeRefuse, "")
		if o.request(r.ID).State != news.RequestOpen || o.article(id).NoIndex {
			t.Fatalf("decided too early: %+v", o.request(r.ID))
		}
		o.refused(news.Conflict, o.Answer(ctx, o.Chief.ID, r.ID, "Your request", "No."))
		say(o.Chief, news.OutcomeUnindex, "")
		if got := o.request(r.ID); got.State != news.RequestDecided || got.Outcome != news.OutcomeUnindex || got.Alone != "" || !o.article(id).NoIndex {
			t.Fatalf("not decided, or not carried out: %+v", got)
		}
		say(o.Chief, news.OutcomeUnindex, "") // a lost answer
		o.refused(news.Conflict, o.Speak(ctx, o.Owner.ID, r.ID, news.OutcomeRemove, "late", ""))
		if slices.Contains(o.found(store.Public, "bridge"), id) || !slices.Contains(o.found("", "bridge"), id) {
			t.Error("readers find it, or the desk does not")
		}
		o.must(o.Answer(ctx, o.Editor.ID, r.ID, "Your request", "Searches forget it."))
		o.must(o.Answer(ctx, o.Editor.ID, r.ID, "Your request", "Searches forget it."))
		o.refused(news.Conflict, o.Answer(ctx, o.Editor.ID, r.ID, "Your request", "Something else."))
		letters, err := o.Paper.Store.LettersDue(ctx, o.Clock.Now(), 10)
		if o.must(err); len(letters) != 1 || letters[0].To != "reader@valmere.example" || letters[0].Text != "Searches forget it." || letters[0].Language != "en" {
			t.Errorf("the outbox has %+v", letters)
		}
	})
}

func TestAChiefAloneGivesAReason(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		r := o.asked(o.published(o.Reporter, o.Town), news.RequestOpen)
		o.must(o.Speak(ctx, o.Editor.ID, r.ID, news.OutcomeRefuse, "it is true", "I am alone")) // an editor's reason counts nothing
		if o.request(r.ID).State != news.RequestOpen {
			t.Error("an editor decided alone")
		}
		r = o.asked(o.published(o.Reporter, o.Town), news.RequestOpen)
		o.must(o.Speak(ctx, o.Chief.ID, r.ID, news.OutcomeRefuse, "it is true", ""))
		o.must(o.Speak(ctx, o.Chief.ID, r.ID, news.OutcomeRefuse, "it is true", "the others are away"))
		if got := o.request(r.ID); got.State != news.RequestDecided || got.Alone != "the others are away" {
			t.Errorf("%+v", got)
		}
	})
}

// Nobody is told of what has not happened.
func TestTheAnswerWaitsForTheDeed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		ctx := t.Context()
		id := o.published(o.Reporter, o.Town)
		r := o.asked(id, news.RequestOpen)
		o.must(o.Speak(ctx, o.Editor.ID, r.ID, news.OutcomeAnonymise, "a child", ""))
		o.must(o.Speak(ctx, o.Chief.ID, r.ID, news.OutcomeAnonymise, "a child", ""))
		o.refused(news.Conflict, o.Answer(ctx, o.Editor.ID, r.ID, "Your request", "The name is gone."))
		o.Clock.Move(time.Minute)
		o.refused(news.Invalid, o.Anonymise(ctx, o.Editor.ID, id, 1, []string{"Nobody Here"}, "N."))
		o.must(o.Anonymise(ctx, o.Editor.ID, id, 1, []string{"Valmere"}, "the town"))
		if o.article(id).Live != 1 {
			t.Fatal("a replaced name went out unread")
		}
		o.refused(news.Conflict, o.Answer(ctx, o.Editor.ID, r.ID, "Your request", "The name is gone."))
		o.must(o.Correct(ctx, o.Colleague.ID, id, 2, desk.Declared{Kind: news.ChangeUpdate, Note: "We have taken Valmere out."}))
		c := o.corrections(id)
		if len(c) != 1 || c[0].Note != "We have taken the town out." || c[0].Material != nil || o.article(id).VersionsFrom != 2 {
			t.Errorf("the note says the name, or older versions are shown: %+v, %+v", c, o.article(id).VersionsFrom)
		}
		o.must(o.Answer(ctx, o.Editor.ID, r.ID, "Your request", "The name is gone."))
	})
}
