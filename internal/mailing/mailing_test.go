package mailing_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/courier"
	"broadsheet/internal/mailing"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// world answers as it is told, and keeps what it took.
type world struct {
	says error
	took []courier.Letter
}

func (w *world) Send(_ context.Context, l courier.Letter) error {
	if w.says == nil {
		w.took = append(w.took, l)
	}
	return w.says
}

// queue writes letters as acts do.
func queue(t *testing.T, p *papertest.Paper, to ...string) {
	t.Helper()
	err := p.Store.Write(t.Context(), "write letters", func(tx *store.Tx) error {
		for _, a := range to {
			if err := tx.QueueLetter(t.Context(), news.Letter{To: a, Subject: "Your request", Text: "We have read it.\n", Language: "en", At: p.Clock.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestLettersGoOut(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		w := &world{}
		m := mailing.New(p.Store, w, p.Clock.Now)
		sends := func(want int) {
			t.Helper()
			if n, err := m.SendDue(t.Context()); n != want || err != nil && w.says == nil {
				t.Fatalf("%d letters went out: %v; want %d", n, err, want)
			}
		}
		queue(t, p, "one@ostland.example", "two@ostland.example")
		sends(2)
		sends(0) // once
		if len(w.took) != 2 || w.took[0].To != "one@ostland.example" || w.took[0].Key == w.took[1].Key {
			t.Fatalf("went out: %+v", w.took)
		}

		// a server that does not answer: later, and later still
		w.says = errors.New("no answer")
		queue(t, p, "three@ostland.example")
		var waits []time.Duration
		for range 12 {
			began := p.Clock.Now()
			for p.Clock.Now().Sub(began) < 12*time.Hour {
				due, err := p.Store.LettersDue(t.Context(), p.Clock.Now(), 5)
				if err != nil {
					t.Fatal(err)
				}
				if len(due) > 0 {
					break
				}
				p.Clock.Move(30 * time.Second)
			}
			waits = append(waits, p.Clock.Now().Sub(began))
			sends(0)
		}
		if !slices.IsSorted(waits) || waits[1] > 2*time.Minute || waits[11] < 5*time.Hour || waits[11] > 7*time.Hour {
			t.Errorf("it waited %v", waits)
		}
		w.says = nil
		p.Clock.Move(7 * time.Hour)
		sends(1)

		// for good: kept, and not tried again
		w.says = &courier.Refused{Err: errors.New("no such person")}
		queue(t, p, "nobody@ostland.example")
		sends(0)
		w.says = nil
		p.Clock.Move(100 * time.Hour)
		sends(0)
		papertest.Check(t, p.Store)
	})
}
