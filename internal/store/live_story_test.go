package store_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

func contractPrepared(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	a := draft(t, p, 7, p.Story(p.Town, "The bridge"))
	other := draft(t, p, 8, p.Story(p.Town, "The ferry"))
	c := filled[news.Prepared](t)
	c.Article = a.ID
	c.Approval.Revision = c.Revision
	later := news.Prepared{Article: other.ID, Revision: 2, Kind: news.ChangeMinor, Due: c.Due.Add(time.Minute)}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.SavePrepared(ctx, later); err != nil {
			return err
		}
		return tx.SavePrepared(ctx, news.Prepared{Article: a.ID, Revision: 1})
	})
	write(t, p, func(tx *store.Tx) error { return tx.SavePrepared(ctx, c) })
	got, err := p.Store.Prepared(ctx, a.ID)
	same(t, "prepared", c, got, err)
	due, err := p.Store.PreparedDue(ctx, c.Due, 10)
	same(t, "due", []news.Prepared{c}, due, err)
	due, err = p.Store.PreparedDue(ctx, later.Due, 10)
	same(t, "both due", []news.Prepared{c, later}, due, err)
	next, err := p.Store.NextPrepared(ctx)
	same(t, "next", c.Due, next, err)
	write(t, p, func(tx *store.Tx) error { return tx.DropPrepared(ctx, a.ID) })
	write(t, p, func(tx *store.Tx) error { return tx.DropPrepared(ctx, other.ID) })
	if next, err = p.Store.NextPrepared(ctx); err != nil || !next.IsZero() {
		t.Errorf("nothing waits, and the next is at %v, %v", next, err)
	}
	if _, err := p.Store.Prepared(ctx, a.ID); news.CodeOf(err) != news.NotFound {
		t.Errorf("a dropped change: %v", err)
	}
	write(t, p, func(tx *store.Tx) error {
		for i, who := range []news.PersonID{p.Editor.ID, p.Chief.ID, p.Editor.ID} {
			if err := tx.InsertRevision(ctx, news.Revision{Article: a.ID, Number: i + 2, Content: p.Story(p.Town, "Again"), By: who, At: p.Clock.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	writers, err := p.Store.Writers(ctx, a.ID, 1, 4)
	same(t, "writers", []news.PersonID{p.Chief.ID, p.Editor.ID}, writers, err)
	writers, err = p.Store.Writers(ctx, a.ID, 1, 2)
	same(t, "writers up to 2", []news.PersonID{p.Editor.ID}, writers, err)
}

func contractTakeDowns(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	a := draft(t, p, 7, p.Story(p.Town, "The bridge"))
	when := p.Clock.Now()
	a.State, a.Live, a.PublishedAt, a.UpdatedAt = news.Published, 1, when, when
	live := news.Revision{Article: 7, Number: 1, Content: p.Story(p.Town, "The bridge"), Change: news.ChangeFirst}
	write(t, p, func(tx *store.Tx) error {
		for _, act := range []func() error{
			func() error {
				return tx.GoLive(ctx, a, live, nil, news.Event{Kind: news.EventPublished, At: when, Note: "a quarzine reason"})
			},
			func() error {
				return tx.AddCorrection(ctx, news.Correction{Article: 7, Edition: a.Edition, Revision: 1, Kind: news.ChangeUpdate, Note: "quarzine", Headline: "quarzine", At: when,
					Material: []news.MaterialChange{{Kind: news.MaterialName, Before: "a", After: "b"}}})
			},
			func() error { return tx.KeepAside(ctx, store.Aside{Article: 7, Person: p.Editor.ID, At: when}) },
			func() error {
				_, err := tx.KeepDraft(ctx, store.Draft{Article: 7, Person: p.Editor.ID, Tab: "t", Seq: 1, At: when, Copy: "{}"})
				return err
			},
			func() error {
				return tx.AddNote(ctx, &news.Note{Article: 7, By: p.Editor.ID, At: when, Text: "quarzine", Mentions: []news.PersonID{p.Chief.ID}})
			},
			func() error {
				return tx.AddPreview(ctx, news.PreviewLink{Token: "x", Article: 7, MadeAt: when, Expires: when.Add(time.Hour)})
			},
		} {
			if err := act(); err != nil {
				return err
			}
		}
		return nil
	})
	write(t, p, func(tx *store.Tx) error { return tx.Reword(ctx, 7, 1, "Other", "words") })
	if c, err := p.Store.ArticleCorrections(ctx, 7); err != nil || len(c) != 1 || c[0].Headline != "Other" || c[0].Note != "words" || c[0].Material != nil {
		t.Errorf("reworded: %+v, %v", c, err)
	}
	record := filled[news.TakeDown](t)
	record.Article, record.Erased = 7, true
	a.State, a.Sealed, a.Headline, a.Slugline, a.Kill = news.Killed, true, "", "", news.Kill{By: p.Chief.ID, At: when, Note: "Removed."}
	write(t, p, func(tx *store.Tx) error {
		if err := tx.AddTakeDown(ctx, record); err != nil {
			return err
		}
		if err := tx.Withdraw(ctx, a, live.Content, news.Event{Kind: news.EventTakenDown, At: when, Note: "why"}); err != nil {
			return err
		}
		return tx.Erase(ctx, 7)
	})
	got, err := p.Store.TakeDown(ctx, 7)
	same(t, "take-down", record, got, err)
	list, err := p.Store.Withdrawals(ctx, a.Edition, 10)
	if err != nil || len(list) != 1 || list[0].Article != 7 || !list[0].Placing.PublishedAt.Equal(when) || list[0].Placing.Section != live.Section {
		t.Errorf("withdrawals: %+v, %v", list, err)
	}
	dump, err := p.Store.Dump(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"quarzine", "barefoot", "The bridge", "Rana Reed <"} {
		if strings.Contains(dump, word) {
			t.Errorf("an erased text is left in the database: %q", word)
		}
	}
	papertest.Check(t, p.Store)
}

func contractAnonymity(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	draft(t, p, 7, p.Story(p.Town, "The bridge"))
	a := store.Anonymity{Article: 7, Names: []string{"Jon Vale", "Vale"}, Replacement: "a man", By: p.Chief.ID, At: p.Clock.Now().Truncate(time.Microsecond).UTC()}
	write(t, p, func(tx *store.Tx) error {
		return tx.SaveAnonymity(ctx, store.Anonymity{Article: 7, Names: []string{"Other"}, At: a.At})
	})
	write(t, p, func(tx *store.Tx) error { return tx.SaveAnonymity(ctx, a) })
	got, err := p.Store.Anonymity(ctx, 7)
	same(t, "names", a, got, err)
	write(t, p, func(tx *store.Tx) error { return tx.DropAnonymity(ctx, 7) })
	if _, err := p.Store.Anonymity(ctx, 7); news.CodeOf(err) != news.NotFound {
		t.Errorf("dropped names: %v", err)
	}
}

func contractRequests(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	a := draft(t, p, 7, p.Story(p.Town, "The bridge"))
	first := filled[news.Request](t)
	first.Article, first.Edition, first.State = a.ID, a.Edition, news.RequestOpen
	second := first
	second.Token, second.At = "second", first.At.Add(time.Minute)
	write(t, p, func(tx *store.Tx) error { return tx.AddRequest(ctx, &first) })
	write(t, p, func(tx *store.Tx) error { return tx.AddRequest(ctx, &second) })
	got, err := p.Store.Request(ctx, first.ID)
	same(t, "request", first, got, err)
	got, err = p.Store.RequestByToken(ctx, "second")
	same(t, "request by its form", second, got, err)
	list, err := p.Store.RequestQueue(ctx, news.RequestOpen, news.Place{}, 10)
	same(t, "queue", []news.Request{second, first}, list, err)
	list, err = p.Store.RequestQueue(ctx, news.RequestOpen, news.Place{At: second.At, ID: int64(second.ID)}, 10)
	same(t, "queue below", []news.Request{first}, list, err)
	refused(t, p, news.Conflict, func(tx *store.Tx) error { again := first; return tx.AddRequest(ctx, &again) })

	first.State, first.Outcome, first.DecidedAt, first.Alone = news.RequestAnswered, news.OutcomeRefuse, second.At, "alone"
	first.Answer, first.AnsweredBy, first.AnsweredAt = "No.", p.Chief.ID, second.At
	write(t, p, func(tx *store.Tx) error { return tx.UpdateRequest(ctx, first) })
	got, err = p.Store.Request(ctx, first.ID)
	same(t, "answered request", first, got, err)

	v := news.Voice{Request: first.ID, By: p.Chief.ID, Role: news.Chief, Outcome: news.OutcomeRefuse, Reason: "true", At: second.At}
	write(t, p, func(tx *store.Tx) error {
		return tx.SaveVoice(ctx, news.Voice{Request: first.ID, By: p.Chief.ID, Outcome: news.OutcomeRemove, Reason: "other", At: first.At})
	})
	write(t, p, func(tx *store.Tx) error { return tx.SaveVoice(ctx, v) })
	voices, err := p.Store.Voices(ctx, first.ID)
	same(t, "voices", []news.Voice{v}, voices, err)
	write(t, p, func(tx *store.Tx) error { left := p.Chief; left.Disabled = true; return tx.SavePerson(ctx, &left) })
	v.Role = ""
	voices, err = p.Store.Voices(ctx, first.ID)
	same(t, "the voice of somebody who left", []news.Voice{v}, voices, err)
}

func contractLetters(t *testing.T, p *papertest.Paper) {
	ctx := t.Context()
	now := p.Clock.Now().Truncate(time.Microsecond).UTC()
	first := news.Letter{To: "ida@valmere.example", Subject: "Your request", Text: "It stays.", Language: "en", At: now}
	second := first
	second.To, second.At = "jon@valmere.example", now.Add(time.Minute)
	write(t, p, func(tx *store.Tx) error { return tx.QueueLetter(ctx, second) })
	write(t, p, func(tx *store.Tx) error { return tx.QueueLetter(ctx, first) })
	list, err := p.Store.LettersDue(ctx, now, 10)
	same(t, "due", []store.Queued{{Letter: first, ID: 2}}, list, err)
	write(t, p, func(tx *store.Tx) error { return tx.LetterSent(ctx, 2, now) })
	write(t, p, func(tx *store.Tx) error { return tx.LetterFailed(ctx, 1, now.Add(time.Hour), "no such host") })
	if list, err = p.Store.LettersDue(ctx, now.Add(time.Minute), 10); err != nil || len(list) != 0 {
		t.Errorf("sent or waiting, and due: %+v, %v", list, err)
	}
	list, err = p.Store.LettersDue(ctx, now.Add(time.Hour), 10)
	same(t, "due again", []store.Queued{{Letter: second, ID: 1, Tries: 1}}, list, err)
	write(t, p, func(tx *store.Tx) error { return tx.LetterFailed(ctx, 1, time.Time{}, "no such mailbox") })
	if list, err = p.Store.LettersDue(ctx, now.AddDate(1, 0, 0), 10); err != nil || len(list) != 0 {
		t.Errorf("given up, and due: %+v, %v", list, err)
	}
}
