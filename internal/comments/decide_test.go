package comments

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// give gives a person sections of their own.
func (s square) give(t *testing.T, p *news.Person, sections ...news.SectionID) {
	t.Helper()
	p.Sections = sections
	if err := s.Store.Write(t.Context(), "give sections", func(tx *store.Tx) error { return tx.SavePerson(t.Context(), p) }); err != nil {
		t.Fatal(err)
	}
}

func (s square) decide(t *testing.T, id news.CommentID, to news.CommentState) {
	t.Helper()
	if err := s.Decide(t.Context(), s.Editor.ID, id, to); err != nil {
		t.Fatal(err)
	}
}

// shows checks which comments readers see, in order.
func (s square) shows(t *testing.T, what string, want ...news.CommentID) {
	t.Helper()
	list, err := s.Shown(t.Context(), s.article, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	got, places := []news.CommentID{}, map[int]bool{}
	for _, m := range list {
		got, places[m.Shown] = append(got, m.ID), true
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(places) != len(want) {
		t.Errorf("%s: shown are %v at places %v; want %v", what, got, places, want)
	}
	if a, err := s.Store.Article(t.Context(), s.article); err != nil || a.CommentCount != len(want) {
		t.Errorf("%s: the article counts %d, %v; want %d", what, a.CommentCount, err, len(want))
	}
}

func TestDecide(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		m := s.post(t, "I walked across it.")
		for _, step := range []struct {
			to     news.CommentState
			public bool
		}{{news.CommentApproved, true}, {news.CommentSpam, true}, {news.CommentRejected, false}, {news.CommentApproved, true}, {news.CommentHeld, true}, {news.CommentSpam, false}} {
			before := len(s.events(t, news.EventDecided))
			for range 3 { // asked again, nothing more happens
				s.decide(t, m.ID, step.to)
			}
			events := s.events(t, news.EventDecided)
			if len(events) != before+1 {
				t.Fatalf("%s: %d events; want one", step.to, len(events)-before)
			}
			e := events[before]
			if e.Touched.Public != step.public || e.Comment != m.ID || e.Article != s.article || e.Actor != s.Editor.ID || e.Note != string(step.to) {
				t.Errorf("%s: the record says %+v", step.to, e)
			}
			if got := s.load(t, m.ID); got.State != step.to || got.DecidedBy != s.Editor.ID || !got.DecidedAt.Equal(s.Clock.Now()) {
				t.Errorf("%s: kept is %+v", step.to, got)
			}
			if step.to == news.CommentApproved {
				s.shows(t, "approved", m.ID)
			} else {
				s.shows(t, string(step.to))
			}
		}
		wantCode(t, "no such state", s.Decide(t.Context(), s.Editor.ID, m.ID, "loved"), news.Invalid, "error.comment.state")
		if err := s.Decide(t.Context(), s.Editor.ID, 9999, news.CommentSpam); news.CodeOf(err) != news.NotFound {
			t.Errorf("no such comment: %v", err)
		}
	})
}

// TestPlacesStayApart takes the newest back and approves another: two
// comments never stand at one place, so that no page loses one.
func TestPlacesStayApart(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		a, b, c := s.post(t, "One.").ID, s.post(t, "Two.").ID, s.post(t, "Three.").ID
		s.decide(t, a, news.CommentApproved)
		s.decide(t, b, news.CommentApproved)
		s.decide(t, b, news.CommentHeld)
		s.decide(t, c, news.CommentApproved)
		s.decide(t, b, news.CommentApproved)
		s.shows(t, "the one taken back goes last", a, c, b)
		s.decide(t, a, news.CommentSpam)
		s.shows(t, "a gap", c, b)
		s.decide(t, a, news.CommentApproved)
		s.shows(t, "back again", c, b, a)
	})
}

func TestUndo(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		ctx, m := t.Context(), s.post(t, "I walked across it.")
		undo := func(want news.CommentState) {
			t.Helper()
			for range 2 { // a double click takes back one decision
				if err := s.Undo(ctx, s.Editor.ID, m.ID); err != nil {
					t.Fatal(err)
				}
				if got := s.load(t, m.ID); got.State != want {
					t.Fatalf("after undo it is %s; want %s", got.State, want)
				}
			}
		}
		undo(news.CommentHeld) // nothing was decided
		if n := len(s.events(t, news.EventDecided)); n != 0 {
			t.Errorf("%d decisions are in the record", n)
		}
		s.decide(t, m.ID, news.CommentApproved)
		undo(news.CommentHeld)
		s.shows(t, "undone")
		s.decide(t, m.ID, news.CommentApproved)
		s.decide(t, m.ID, news.CommentSpam)
		undo(news.CommentApproved)
		s.shows(t, "undone", m.ID)
		s.decide(t, m.ID, news.CommentSpam)
		wantCode(t, "a colleague's", s.Undo(ctx, s.Colleague.ID, m.ID), news.Conflict, "error.comment.other")
		if got := s.load(t, m.ID); got.State != news.CommentSpam {
			t.Errorf("it is %s", got.State)
		}
	})
}

func TestWhoMayDecide(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		m := s.post(t, "I walked across it.")
		s.give(t, &s.Colleague, s.World.ID)
		closed := news.Person{Email: "closed@valmere.example", Name: "Closed", Role: news.Chief, Disabled: true}
		s.give(t, &closed)
		for _, who := range []news.PersonID{s.Reporter.ID, s.Contributor.ID, s.Colleague.ID, closed.ID, 0, 9999} {
			wantCode(t, fmt.Sprint("decide by ", who), s.Decide(t.Context(), who, m.ID, news.CommentApproved), news.Forbidden, "error.forbidden")
			wantCode(t, fmt.Sprint("undo by ", who), s.Undo(t.Context(), who, m.ID), news.Forbidden, "error.forbidden")
		}
		s.give(t, &s.Editor, s.Town.ID)
		for n, who := range []news.PersonID{s.Editor.ID, s.Chief.ID, s.Owner.ID} {
			to := []news.CommentState{news.CommentApproved, news.CommentSpam, news.CommentRejected}[n]
			if err := s.Decide(t.Context(), who, m.ID, to); err != nil {
				t.Errorf("person %d: %v", who, err)
			}
		}
		// A draft that would move the article counts only when it goes live.
		s.change(t, func(a *news.Article) { a.Head, a.Section = 2, s.World.ID })
		s.addRevision(t, 2, s.World)
		wantCode(t, "editor of the draft's section", s.Decide(t.Context(), s.Colleague.ID, m.ID, news.CommentApproved), news.Forbidden, "error.forbidden")
		if err := s.Decide(t.Context(), s.Editor.ID, m.ID, news.CommentApproved); err != nil {
			t.Errorf("editor of the live section: %v", err)
		}
	})
}

func (s square) addRevision(t *testing.T, number int, section news.Section) {
	t.Helper()
	err := s.Store.Write(t.Context(), "edit", func(tx *store.Tx) error {
		return tx.InsertRevision(t.Context(), news.Revision{Article: s.article, Number: number, Content: s.Story(section, "Moved"), By: s.Reporter.ID, At: s.Clock.Now()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDecideAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		m := s.post(t, "I walked across it.")
		var group sync.WaitGroup
		for n := range 8 {
			who := []news.PersonID{s.Editor.ID, s.Chief.ID}[n%2]
			group.Go(func() {
				if err := s.Decide(t.Context(), who, m.ID, news.CommentApproved); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		s.shows(t, "approved eight times at once", m.ID)
		if n := len(s.events(t, news.EventDecided)); n != 1 {
			t.Errorf("%d decisions are in the record", n)
		}
	})
}

func TestQueue(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		town, world := s.article, publish(t, s.Paper, s.World, "Ferry stops for good")
		var all, ofTown []news.CommentID // newest first
		for n := range 60 {
			s.article = town
			if n%5 != 0 {
				s.article = world
			}
			m := s.post(t, fmt.Sprintf("Comment %d", n))
			all = append([]news.CommentID{m.ID}, all...)
			if s.article == town {
				ofTown = append([]news.CommentID{m.ID}, ofTown...)
			}
		}
		s.give(t, &s.Editor, s.Town.ID)
		for _, limit := range []int{1, 7, 60, 200} {
			s.pages(t, s.Chief, limit, all)
			s.pages(t, s.Colleague, limit, all)
			s.pages(t, s.Editor, limit, ofTown)
		}
		for _, p := range []news.Person{s.Reporter, {}, {ID: 1, Role: news.Chief, Disabled: true}} {
			_, _, err := s.Queue(t.Context(), p, news.CommentHeld, news.Place{}, 10)
			wantCode(t, "queue for "+string(p.Role), err, news.Forbidden, "error.forbidden")
		}
		s.Clock.Move(time.Minute)
		if list, next, err := s.Queue(t.Context(), s.Chief, news.CommentSpam, news.Place{}, 10); err != nil || len(list) != 0 || next != (news.Place{}) {
			t.Errorf("no spam: %v, %v, %v", list, next, err)
		}
	})
}

// pages walks the whole queue and compares it.
func (s square) pages(t *testing.T, p news.Person, limit int, want []news.CommentID) {
	t.Helper()
	got, below, pages := []news.CommentID{}, news.Place{}, 0
	for {
		list, next, err := s.Queue(t.Context(), p, news.CommentHeld, below, limit)
		if err != nil || len(list) > limit {
			t.Fatalf("%d comments of %d, %v", len(list), limit, err)
		}
		for _, q := range list {
			if got = append(got, q.ID); q.Article.ID != q.Comment.Article || q.Article.Headline == "" {
				t.Errorf("comment %d comes with article %d", q.ID, q.Article.ID)
			}
		}
		if pages++; next == (news.Place{}) {
			break
		}
		below = next
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s, %d a page: %v; want %v", p.Name, limit, got, want)
	}
	if most := len(want)/limit + 1; pages > most {
		t.Errorf("%s, %d a page: %d pages; want %d at most", p.Name, limit, pages, most)
	}
}
