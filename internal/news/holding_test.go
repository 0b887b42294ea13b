package news

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// step is something that is done to a hold, and the event it makes.
type step struct {
	after time.Duration // since noon
	do    func(h *Holding, now time.Time) EventKind
	want  EventKind
	holds PersonID
	asks  PersonID
}

const kim, sam, ada PersonID = 1, 2, 3

func opens(p PersonID, tab string) func(*Holding, time.Time) EventKind {
	return func(h *Holding, now time.Time) EventKind { return h.Open(p, tab, now) }
}

func signs(p PersonID, tab string) func(*Holding, time.Time) EventKind {
	return func(h *Holding, now time.Time) EventKind { return h.Sign(p, tab, now) }
}

func takes(p PersonID, tab string) func(*Holding, time.Time) EventKind {
	return func(h *Holding, now time.Time) EventKind { return h.Take(p, tab, now) }
}

func gives(p PersonID) func(*Holding, time.Time) EventKind {
	return func(h *Holding, now time.Time) EventKind { return h.HandOver(p, now) }
}

func waits(p PersonID) func(*Holding, time.Time) EventKind {
	return func(h *Holding, now time.Time) EventKind { return h.Wait(p, now) }
}

func leaves(p PersonID, tab string) func(*Holding, time.Time) EventKind {
	return func(h *Holding, now time.Time) EventKind { return h.Leave(p, tab, now) }
}

func nothing(*Holding, time.Time) EventKind { return "" }

func TestHolding(t *testing.T) {
	const s = time.Second
	for name, steps := range map[string][]step{
		"the first holds it until a while after the last sign": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{10 * s, signs(kim, "a"), "", kim, 0},
			{20 * s, opens(sam, "b"), "", kim, 0},
			{39 * s, signs(sam, "b"), "", kim, 0},
			{40*s - 1, nothing, "", kim, 0},
			{40 * s, nothing, EventReleased, 0, 0},
			{41 * s, signs(sam, "b"), EventHeld, sam, 0},
			{42 * s, signs(kim, "a"), "", sam, 0},
		},
		"who comes back first holds it again": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{60 * s, nothing, EventReleased, 0, 0},
			{90 * s, signs(kim, "a"), EventHeld, kim, 0},
		},
		"left": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{1 * s, leaves(kim, "b"), "", kim, 0},
			{1 * s, leaves(sam, "a"), "", kim, 0},
			{2 * s, leaves(kim, "a"), "", kim, 0},
			{5*s - 1, nothing, "", kim, 0},
			{5 * s, nothing, EventReleased, 0, 0},
			{5 * s, leaves(kim, "a"), "", 0, 0},
		},
		"loaded again": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{5 * s, takes(sam, "b"), EventAsked, kim, sam},
			{6 * s, leaves(kim, "a"), "", kim, sam},
			{7 * s, opens(kim, "a"), "", kim, sam},
			{30 * s, nothing, "", kim, sam},
		},
		"handed over": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{1 * s, gives(kim), "", kim, 0},
			{2 * s, takes(sam, "b"), EventAsked, kim, sam},
			{3 * s, takes(sam, "b"), "", kim, sam},
			{4 * s, takes(ada, "c"), "", kim, sam},
			{5 * s, gives(sam), "", kim, sam},
			{6 * s, gives(kim), EventTaken, sam, 0},
			{7 * s, signs(kim, "a"), "", sam, 0},
			{8 * s, takes(kim, "a"), EventAsked, sam, kim},
		},
		"no answer": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{5 * s, takes(sam, "b"), EventAsked, kim, sam},
			{10 * s, signs(kim, "a"), "", kim, sam},
			{34 * s, signs(kim, "a"), "", kim, sam},
			{35 * s, nothing, EventTaken, sam, 0},
		},
		"the holder is away": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{20 * s, takes(sam, "b"), EventAsked, kim, sam},
			{30 * s, nothing, EventTaken, sam, 0},
		},
		"one moment": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{5 * s, takes(sam, "b"), EventAsked, kim, sam},
			{10 * s, waits(kim), EventAsked, kim, sam},
			{30 * s, signs(kim, "a"), "", kim, sam},
			{50 * s, waits(kim), "", kim, sam}, // once
			{55 * s, signs(kim, "a"), "", kim, sam},
			{80 * s, signs(kim, "a"), "", kim, sam},
			{105 * s, signs(kim, "a"), "", kim, sam},
			{129 * s, signs(kim, "a"), "", kim, sam},
			{130 * s, nothing, EventTaken, sam, 0},
		},
		"leaving with somebody waiting": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{5 * s, takes(sam, "b"), EventAsked, kim, sam},
			{6 * s, leaves(kim, "a"), "", kim, sam},
			{9 * s, nothing, EventTaken, sam, 0},
		},
		"the question taken back": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{5 * s, takes(sam, "b"), EventAsked, kim, sam},
			{6 * s, leaves(sam, "b"), EventAsked, kim, 0},
			{7 * s, takes(ada, "c"), EventAsked, kim, ada},
		},
		"two windows of one person": {
			{0, opens(kim, "a"), EventHeld, kim, 0},
			{1 * s, opens(kim, "a"), "", kim, 0},
			{2 * s, opens(kim, "b"), EventHeld, kim, 0},
			{3 * s, leaves(kim, "a"), "", kim, 0},
			{4 * s, takes(kim, "a"), EventHeld, kim, 0},
			{5 * s, leaves(kim, "b"), "", kim, 0},
			{6 * s, leaves(kim, "a"), "", kim, 0},
			{9 * s, nothing, EventReleased, 0, 0},
		},
		"nothing to answer": {
			{0, gives(kim), "", 0, 0},
			{0, waits(kim), "", 0, 0},
			{0, takes(kim, "a"), EventHeld, kim, 0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := Holding{Article: 7}
			for i, st := range steps {
				now := noon.Add(st.after)
				got := h.Settle(now)
				if other := st.do(&h, now); other != "" {
					got = other
				}
				if got != st.want || h.Person != st.holds || h.Asker != st.asks || h.Article != 7 {
					t.Fatalf("step %d: event %q, holds %d, asks %d; want %q, %d, %d", i, got, h.Person, h.Asker, st.want, st.holds, st.asks)
				}
				if h.Person != 0 && (!h.Held(now) || !h.Due().After(now)) {
					t.Errorf("step %d: held %v, due %v", i, h.Held(now), h.Due())
				}
			}
		})
	}
}

func TestTabsHaveNames(t *testing.T) {
	for tab, ok := range map[string]bool{"a": true, "k3-Z_9": true, "": false, "a b": false, "é": false, string(make([]byte, 65)): false} {
		if err := CheckTab(tab); (err == nil) != ok {
			t.Errorf("%q: %v", tab, err)
		}
	}
}
