package store_test

import (
	"context"
	"encoding/json"
	"net/netip"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// office is a paper with its rooms open.
type office struct {
	papertest.Paper
	desk  *desk.Desk
	stamp string // of the page of live1, for a reader's form
}

// enter opens the rooms of a paper on a database.
func (o office) enter(s *store.Store) *office {
	o.Store, o.desk = s, desk.New(s, o.Clock.Now)
	return &o
}

// The articles of the staged paper, each in the state its acts need.
const (
	atDraft, inReview, approved, live1, live2, live3, toSpike news.ID        = 1, 2, 3, 4, 5, 6, 7
	held                                                      news.CommentID = 1
)

// stage brings a founded paper to where every act has something to act on.
func (o *office) stage(ctx context.Context) error {
	o.stamp = comments.New(o.Store, o.Clock.Now).Stamp(live1, o.Clock.Now().Add(-time.Minute))
	steps := []func() error{
		func() error { return o.draft(ctx, "a draft", 7) },
		func() error { return o.desk.Submit(ctx, o.Reporter.ID, inReview) },
		func() error { return o.approve(ctx, approved) },
		func() error { return o.publish(ctx, live1) },
		func() error { return o.publish(ctx, live2) },
		func() error { return o.publish(ctx, live3) },
		func() error {
			_, err := o.desk.Edit(ctx, o.Editor.ID, live1, 1, o.copy("The bridge, corrected", "It was opened on Sunday."))
			return err
		},
		func() error { return o.comment(ctx, "Well said.") },
		func() error { return o.typed(ctx, 1, "It was opened on Sat") },
		func() error { return o.typed(ctx, 2, "It was opened on Saturday, they say.") },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (o *office) copy(headline, text string) desk.Copy {
	c := o.Story(o.Town, headline)
	c.Body, _ = doc.FromText(text + "\n" + strings.Repeat("Nobody in Valmere was surprised. ", 60))
	return desk.Copy{Content: c, TopicNames: []string{"Old Bridge"}}
}

func (o *office) draft(ctx context.Context, headline string, times int) error {
	for i := range times {
		if _, err := o.desk.Create(ctx, o.Reporter.ID, o.English.ID, o.copy(headline, "It was opened on Saturday."), "staged "+string(rune('a'+i))); err != nil {
			return err
		}
	}
	return nil
}

func (o *office) approve(ctx context.Context, id news.ID) error {
	if err := o.desk.Submit(ctx, o.Reporter.ID, id); err != nil {
		return err
	}
	return o.desk.Approve(ctx, o.Editor.ID, id, 1)
}

func (o *office) publish(ctx context.Context, id news.ID) error {
	if err := o.approve(ctx, id); err != nil {
		return err
	}
	return o.desk.Publish(ctx, o.Editor.ID, id, 1, "")
}

// typed keeps a state of what the reporter types in one window.
func (o *office) typed(ctx context.Context, seq int64, text string) error {
	body, err := json.Marshal(o.copy("", text).Body)
	if err != nil {
		return err
	}
	copy := `{"headline":"A headline on its way","document":` + string(body) + `}`
	_, err = o.desk.KeepDraft(ctx, o.Reporter.ID, toSpike, desk.Typing{Tab: "window-one", Seq: seq, Base: 1, Copy: copy})
	return err
}

// comment posts one under live1, as a reader who took a minute. The room is opened anew
// each time: it counts in its own memory how often somebody tries.
func (o *office) comment(ctx context.Context, text string) error {
	room := comments.New(o.Store, o.Clock.Now)
	_, err := room.Post(ctx, comments.Posting{Article: live1, Name: "Mina", Text: text, Stamp: o.stamp, From: netip.MustParseAddr("192.0.2.7")})
	return err
}

// act is one act on the staged paper.
type act struct {
	name string
	do   func(ctx context.Context, o *office) error
}

// acts are everything the rooms do to articles and comments. They can be done
// one after the other, in this order, or each alone on the staged paper but
// for those that name an act before them.
var acts = []act{
	{"create", func(ctx context.Context, o *office) error {
		_, err := o.desk.Create(ctx, o.Reporter.ID, o.English.ID, o.copy("New", "Something happened."), "form of the new draft")
		return err
	}},
	{"edit", func(ctx context.Context, o *office) error {
		_, err := o.desk.Edit(ctx, o.Reporter.ID, atDraft, 1, o.copy("A better headline", "It was opened on Monday."))
		return err
	}},
	{"type", func(ctx context.Context, o *office) error {
		return o.typed(ctx, 3, "It was opened on Saturday morning, they say.")
	}},
	{"fold", func(ctx context.Context, o *office) error {
		_, err := o.desk.Fold(ctx, o.Reporter.ID, toSpike, desk.Window{Tab: "window-one", Seq: 2}, false)
		return err
	}},
	{"submit", func(ctx context.Context, o *office) error { return o.desk.Submit(ctx, o.Reporter.ID, atDraft) }},
	{"approve", func(ctx context.Context, o *office) error { return o.desk.Approve(ctx, o.Editor.ID, inReview, 1) }},
	{"schedule", func(ctx context.Context, o *office) error {
		return o.desk.Schedule(ctx, o.Editor.ID, approved, 1, o.Clock.Now().Add(time.Hour), "")
	}},
	{"publish", func(ctx context.Context, o *office) error { return o.desk.Publish(ctx, o.Editor.ID, approved, 1, "") }},
	{"correct", func(ctx context.Context, o *office) error {
		return o.desk.Correct(ctx, o.Editor.ID, live1, 2, desk.Declared{Kind: news.ChangeCorrection, Note: "The bridge was opened on Sunday, not on Saturday.", Reason: "nobody else is in"})
	}},
	{"comment", func(ctx context.Context, o *office) error { return o.comment(ctx, "I was there.") }},
	{"decide", func(ctx context.Context, o *office) error {
		return comments.New(o.Store, o.Clock.Now).Decide(ctx, o.Editor.ID, held, news.CommentApproved)
	}},
	{"settings", func(ctx context.Context, o *office) error {
		return o.desk.SetFacts(ctx, o.Editor.ID, live2, desk.Facts{CommentRule: news.CommentsClosed, SameStoryAs: live1})
	}},
	{"kill", func(ctx context.Context, o *office) error {
		return o.desk.Kill(ctx, o.Editor.ID, live3, "The report was not true.")
	}},
	{"plan", func(ctx context.Context, o *office) error {
		_, err := o.desk.Plan(ctx, o.Editor.ID, news.Assignment{Edition: o.English.ID, Day: news.DayOf(o.Clock.Now(), o.English), Slugline: "harbour", Section: o.Town.ID, Person: o.Reporter.ID}, "form of the planned story")
		return err
	}},
	{"spike", func(ctx context.Context, o *office) error {
		return o.desk.Spike(ctx, o.Editor.ID, toSpike, "no longer news")
	}},
}

// named picks acts.
func named(names ...string) (list []act) {
	for _, name := range names {
		for _, a := range acts {
			if a.name == name {
				list = append(list, a)
			}
		}
	}
	return list
}

// dump is everything the paper holds.
func dump(t testing.TB, s *store.Store) string {
	t.Helper()
	text, err := s.Dump(context.Background())
	if err != nil {
		t.Fatalf("dump: %v", err)
	}
	return text
}

// diff says which lines of two dumps differ, shortly.
func diff(want, got string) string {
	var b strings.Builder
	in := func(text string) map[string]bool {
		lines := map[string]bool{}
		for line := range strings.Lines(text) {
			lines[line] = true
		}
		return lines
	}
	for sign, pair := range map[string][2]map[string]bool{"-": {in(want), in(got)}, "+": {in(got), in(want)}} {
		for line := range pair[0] {
			if !pair[1][line] && b.Len() < 2000 {
				b.WriteString(sign + " " + line[:min(len(line), 200)] + "\n")
			}
		}
	}
	return b.String()
}
