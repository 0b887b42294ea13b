package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// SettleSuggestions accepts or refuses suggestions of the revision that the
// person has read, as the next revision. No ids stand for all of them. Those
// that are settled already stay as they are.
func (d *Desk) SettleSuggestions(ctx context.Context, who news.PersonID, id news.ID, read int, accept bool, ids ...string) error {
	return d.store.Write(ctx, "settle suggestions", func(tx *store.Tx) error {
		a, p, err := load(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := a.CanEdit(p); err != nil {
			return err
		}
		head, err := tx.Revision(ctx, id, a.Head)
		if err != nil {
			return err
		}
		v, settled := head, []news.Settlement(nil)
		for _, s := range head.Body.Unsettled() {
			if len(ids) == 0 || slices.Contains(ids, s.ID) {
				v.Body, _ = v.Body.Settle(s.ID, accept)
				settled = append(settled, news.Settlement{Suggestion: s, Accepted: accept})
			}
		}
		if len(settled) == 0 {
			return nil // the same act asked twice
		}
		if _, err := d.headRead(ctx, tx, &a, read); err != nil {
			return err
		}
		a.Head++
		v.Number, v.By, v.PublishedAt, v.Change, v.Note = a.Head, p.ID, time.Time{}, "", ""
		return d.saveRevision(ctx, tx, a, v, p, settled)
	})
}

// signed sees to it that nobody suggests in another's name. A suggestion that
// the head does not hold may come from an older revision: with a text that is
// put back, or one that lost a race.
func (d *Desk) signed(ctx context.Context, tx *store.Tx, head news.Revision, body doc.Body, p news.Person) (doc.Body, error) {
	known := changesOf(nil, head.Body)
	signed, err := news.SignSuggestions(body, known, p.ID, d.now())
	if err == nil {
		return veilSuggestions(ctx, tx, head.Article, signed, p.ID)
	}
	older, failed := tx.Revisions(ctx, head.Article, head.Number)
	if failed != nil {
		return body, failed
	}
	for _, v := range older {
		known = changesOf(known, v.Body)
	}
	if signed, err = news.SignSuggestions(body, known, p.ID, d.now()); err != nil {
		return signed, err
	}
	return veilSuggestions(ctx, tx, head.Article, signed, p.ID)
}

func changesOf(list []doc.Change, b doc.Body) []doc.Change {
	for _, s := range b.Unsettled() {
		list = append(list, s.Change)
	}
	return list
}

// recordSettled writes down who accepted or refused whose suggestions: one
// event for each of the two and each person, with how many and their words.
func recordSettled(ctx context.Context, tx *store.Tx, a news.Article, p news.Person, settled []news.Settlement, at time.Time) error {
	type group struct {
		by       int64
		accepted bool
	}
	var order []group
	words := map[group][]string{}
	for _, s := range settled {
		g := group{s.By, s.Accepted}
		if words[g] == nil {
			order = append(order, g)
		}
		words[g] = append(words[g], wordsOf(s))
	}
	for _, g := range order {
		kind := news.EventRefused
		if g.accepted {
			kind = news.EventAccepted
		}
		note := strconv.FormatInt(g.by, 10) + " " + strconv.Itoa(len(words[g])) + " " + cut(strings.Join(words[g], " · "), 400)
		if err := tx.AddEvent(ctx, news.Event{Kind: kind, At: at, Actor: p.ID, Edition: a.Edition, Article: a.ID, Note: note}); err != nil {
			return err
		}
	}
	return nil
}

// wordsOf tells a suggestion shortly: what goes, and after an arrow what comes.
func wordsOf(s news.Settlement) string {
	deleted, inserted := cut(s.Deleted, 80), cut(s.Inserted, 80)
	switch {
	case inserted == "":
		return "− " + deleted
	case deleted == "":
		return "+ " + inserted
	}
	return "− " + deleted + " + " + inserted
}

// cut shortens a text to at most so many characters, on one line.
func cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
