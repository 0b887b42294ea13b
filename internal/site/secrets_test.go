package site_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"net/netip"
	"testing"
	"time"

	"broadsheet/internal/comments"
	"broadsheet/internal/desk"
	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// marked is how every marker word begins. No page of the paper has it.
const marked = "quorzel"

// secret is something that no reader may find: a text with a word of its own
// in every place where a word can stand.
type secret struct {
	kind   string
	word   string
	id     news.ID
	public bool // the article itself is out; what is secret lies beside it
	media  news.Media
	link   string // the secret word of a preview link that somebody was given
}

// vault is a paper that is full of secrets.
type vault struct {
	*town
	t       *testing.T
	secrets []*secret
}

// kinds are all the ways in which a text is not for readers, or not yet.
func kinds() []kind {
	return []kind{
		{"draft", (*vault).draft},
		{"in review", func(v *vault, s *secret) { v.draft(s); v.must(v.desk.Submit(v.t.Context(), v.Reporter.ID, s.id)) }},
		{"scheduled", (*vault).scheduled},
		{"embargoed", (*vault).embargoed},
		{"spiked", func(v *vault, s *secret) {
			v.draft(s)
			v.must(v.desk.Spike(v.t.Context(), v.Editor.ID, s.id, s.word+" is not true"))
		}},
		{"previewed", (*vault).previewed},
		{"killed", (*vault).killed},
		{"taken down", (*vault).takenDown},
		{"prepared", (*vault).prepared},
		{"in the margin", (*vault).inTheMargin},
		{"being typed", (*vault).beingTyped},
		{"of readers", (*vault).ofReaders},
		{"a name that went", (*vault).anonymised},
	}
}

// kind is one of them.
type kind struct {
	name string
	make func(v *vault, s *secret)
}

// fill makes so many secrets, of all kinds in turn.
func fill(t *testing.T, p *papertest.Paper, count int) *vault {
	t.Helper()
	v := &vault{town: &town{Paper: p, desk: desk.New(p.Store, p.Clock.Now), comments: comments.New(p.Store, p.Clock.Now)}, t: t}
	for i := range count {
		k := kinds()[i%len(kinds())]
		s := &secret{kind: k.name, word: fmt.Sprintf("%s%04d", marked, i)}
		k.make(v, s)
		v.secrets = append(v.secrets, s)
		v.Clock.Move(time.Second)
	}
	return v
}

func (v *vault) must(err error) {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
}

// copy has the secret's word in every field; every fourth one shows a picture,
// whose file is called by it too.
func (v *vault) copy(s *secret) desk.Copy {
	v.t.Helper()
	c := v.Story(v.Town, "About "+s.word)
	c.Kicker, c.Standfirst, c.Slugline, c.Credit = s.word, s.word+" opens", s.word, s.word
	c.Bylines, c.Dateline = news.ParseBylines(s.word), news.Dateline{Place: s.word, Country: s.word, Source: s.word}
	said := doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: s.word + " was said"}, {Footnote: "by " + s.word}}}
	c.Body.Blocks = append(c.Body.Blocks, said)
	if len(v.secrets)/len(kinds())%4 == 0 {
		s.media = v.picture(s.word)
		c.Body.Blocks = append([]doc.Block{{Kind: doc.KindImage, Image: &doc.Picture{Src: s.media.Src(), Alt: s.word, Caption: s.word, Credit: s.word,
			Width: s.media.Width, Height: s.media.Height}}}, c.Body.Blocks...)
	}
	return desk.Copy{Content: c, TopicNames: []string{s.word}}
}

// picture hands in a file of that name, and of a size that no other one has.
func (v *vault) picture(name string) news.Media {
	v.t.Helper()
	var b bytes.Buffer
	v.must(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 20+len(v.secrets)%50, 20+len(v.secrets)/50)), nil))
	m, err := v.Media.Keep(v.t.Context(), v.Reporter.ID, name+".jpg", b.Bytes())
	v.must(err)
	return m
}

func (v *vault) create(s *secret, c desk.Copy) {
	v.t.Helper()
	var err error
	s.id, err = v.desk.Create(v.t.Context(), v.Reporter.ID, v.English.ID, c, s.word)
	v.must(err)
}

func (v *vault) draft(s *secret) { v.create(s, v.copy(s)) }

func (v *vault) approve(s *secret) {
	v.t.Helper()
	v.must(v.desk.Submit(v.t.Context(), v.Reporter.ID, s.id))
	v.must(v.desk.Approve(v.t.Context(), v.Editor.ID, s.id, 1))
}

func (v *vault) publish(s *secret) {
	v.t.Helper()
	v.approve(s)
	v.must(v.desk.Publish(v.t.Context(), v.Editor.ID, s.id, 1, ""))
}

func (v *vault) scheduled(s *secret) {
	v.draft(s)
	v.approve(s)
	v.must(v.desk.Schedule(v.t.Context(), v.Editor.ID, s.id, 1, v.Clock.Now().Add(300*24*time.Hour), ""))
}

func (v *vault) embargoed(s *secret) {
	v.draft(s)
	v.must(v.desk.SetFacts(v.t.Context(), v.Reporter.ID, s.id, desk.Facts{EmbargoUntil: v.Clock.Now().Add(300 * 24 * time.Hour)}))
	v.approve(s)
	if err := v.desk.Publish(v.t.Context(), v.Chief.ID, s.id, 1, "now"); news.CodeOf(err) != news.Conflict {
		v.t.Fatalf("published under embargo: %v", err)
	}
}

func (v *vault) previewed(s *secret) {
	v.draft(s)
	var err error
	s.link, err = v.desk.Show(v.t.Context(), v.Editor.ID, s.id, 0, v.Clock.Now().Add(7*24*time.Hour))
	v.must(err)
}

// killed was out once; its text is not any more.
func (v *vault) killed(s *secret) {
	v.draft(s)
	v.publish(s)
	v.must(v.desk.Kill(v.t.Context(), v.Editor.ID, s.id, "The measurements were of another bridge."))
}

func (v *vault) takenDown(s *secret) {
	v.draft(s)
	v.publish(s)
	t := news.TakeDown{Reason: s.word + " went to court", Reference: s.word, Legal: true, Erased: len(v.secrets)%2 == 0}
	v.must(v.desk.TakeDown(v.t.Context(), v.Chief.ID, s.id, t, "Removed."))
}

// open is a story that anybody may read.
func (v *vault) open(s *secret) {
	s.public = true
	v.create(s, desk.Copy{Content: v.Story(v.Town, fmt.Sprint("Walkers cross the bridge, part ", len(v.secrets)))})
	v.publish(s)
}

// prepared is a change beside a text that anybody may read, read by a
// colleague, with a time.
func (v *vault) prepared(s *secret) {
	v.open(s)
	ctx := v.t.Context()
	_, err := v.desk.Edit(ctx, v.Editor.ID, s.id, 1, v.copy(s))
	v.must(err)
	declared := desk.Declared{Kind: news.ChangeCorrection, Note: s.word + " is the right name."}
	v.must(v.desk.SubmitChange(ctx, v.Editor.ID, s.id, 2, declared))
	v.must(v.desk.ApproveChange(ctx, v.Colleague.ID, s.id, 2, declared))
	v.must(v.desk.ScheduleChange(ctx, v.Editor.ID, s.id, 2, declared, v.Clock.Now().Add(20*24*time.Hour)))
}

// inTheMargin is a note, a line to whom it was handed, and a suggestion.
func (v *vault) inTheMargin(s *secret) {
	v.open(s)
	ctx := v.t.Context()
	_, err := v.desk.AddNote(ctx, v.Editor.ID, s.id, desk.NoteCopy{Text: "Ask " + s.word, Quote: news.Quotation{Exact: "The bridge at Valmere"}, Token: s.word})
	v.must(err)
	v.must(v.desk.Hand(ctx, v.Editor.ID, s.id, news.Placement{Person: v.Colleague.ID, Line: s.word + " knows more"}, time.Time{}))
	c := v.Story(v.Town, "Walkers cross the bridge")
	c.Body.Blocks[0].Inline = append(c.Body.Blocks[0].Inline, doc.Inline{Text: " " + s.word, Marks: doc.Marks{Inserted: doc.Change{ID: "aaaaaaaa", By: int64(v.Editor.ID), At: v.Clock.Now().Unix()}}})
	_, err = v.desk.Edit(ctx, v.Editor.ID, s.id, 1, desk.Copy{Content: c})
	v.must(err)
}

// beingTyped is in the log of a window, and set aside for its writer.
func (v *vault) beingTyped(s *secret) {
	v.open(s)
	c := v.copy(s)
	text, err := json.Marshal(map[string]any{"headline": c.Headline, "slugline": c.Slugline, "section": fmt.Sprint(c.Section), "byline": s.word, "topics": s.word, "document": c.Body})
	v.must(err)
	_, err = v.desk.KeepDraft(v.t.Context(), v.Editor.ID, s.id, desk.Typing{Tab: "window-1", Seq: 1, Base: 1, Copy: string(text)})
	v.must(err)
	v.must(v.desk.SetAside(v.t.Context(), v.Editor.ID, s.id, 1, c))
}

// ofReaders is what they wrote and nobody has approved, and what they asked.
func (v *vault) ofReaders(s *secret) {
	v.open(s)
	ctx, stamp := v.t.Context(), v.comments.Stamp(s.id, v.Clock.Now())
	from := netip.AddrFrom4([4]byte{10, 1, byte(len(v.secrets) >> 8), byte(len(v.secrets))})
	v.Clock.Move(time.Minute)
	_, err := v.comments.Post(ctx, comments.Posting{Article: s.id, Name: s.word, Email: s.word + "@valmere.example", Text: "I know " + s.word, Stamp: stamp, From: from})
	v.must(err)
	v.must(v.comments.PostRequest(ctx, comments.Asking{Article: s.id, Kind: news.RequestPrivacy, Name: s.word, Email: s.word + "@valmere.example",
		Text: s.word + " is my daughter, and she is eleven.", Stamp: stamp, From: from}))
	v.must(v.Store.Write(ctx, "ask for mail", func(tx *store.Tx) error {
		return tx.QueueLetter(ctx, news.Letter{To: s.word + "@valmere.example", Subject: s.word, Text: s.word, Language: "en", At: v.Clock.Now()})
	}))
}

// anonymised is a name that stood in a public text, in a note and a headline,
// and went by decision of the panel.
func (v *vault) anonymised(s *secret) {
	s.public = true
	ctx := v.t.Context()
	c := v.Story(v.Town, "Walkers cross the bridge with "+s.word)
	c.Body.Blocks = append(c.Body.Blocks, doc.Block{Kind: doc.KindParagraph, Inline: []doc.Inline{{Text: "One of them was " + s.word + "."}}})
	v.create(s, desk.Copy{Content: c})
	v.publish(s)
	v.must(v.desk.Anonymise(ctx, v.Editor.ID, s.id, 1, []string{s.word}, "a girl"))
	v.must(v.desk.Correct(ctx, v.Colleague.ID, s.id, 2, desk.Declared{Kind: news.ChangeUpdate, Note: "We have taken " + s.word + " out."}))
}
