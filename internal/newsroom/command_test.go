package newsroom

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// ask gives the News IDs that the command box is offered.
func (b *browser) ask(q string) []news.ID {
	b.t.Helper()
	var got struct{ Articles []hit }
	if err := json.Unmarshal([]byte(b.get("/find?q="+url.QueryEscape(q)).want(ok).Body), &got); err != nil {
		b.t.Fatal(err)
	}
	ids := []news.ID{}
	for _, h := range got.Articles {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestTheCommandBoxFinds(t *testing.T) {
	w := open(t)
	w.townStories() // 1 draft, 2 in review, 3 published, begun by the contributor
	w.as(w.Editor).post("/articles", "token", "x", "edition", "1", "section", "1", "headline", "Bridge", "byline", "Zora Quill", "body", "Stones.").want(see)
	b := w.as(w.Chief)
	for q, want := range map[string][]news.ID{
		"3": {3}, "bridge": {4}, "zora": {4}, "quill bridge": {4}, "published": {3}, "Published story": {3}, "story in review": {2}, "In review": {2},
		w.Contributor.Name: {1, 2, 3}, "draft " + w.Contributor.Name: {1}, "nothing like it": {},
	} {
		if got := b.ask(q); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", q, got, want)
		}
	}
	// Who may not open an article is not told of it, by whatever name they ask.
	if got := w.as(w.Reporter).ask(w.Contributor.Name); len(got) != 0 {
		t.Errorf("a reporter finds %v", got)
	}
	w.as(w.Owner).post("/settings", "name", "Press", "language", "fa", "four_eyes", "yes").want(see)
	state := locale.Style{Language: "fa"}.T("desk.state.published")
	if got := b.ask(state + " story"); !slices.Equal(got, []news.ID{3}) {
		t.Errorf("%s finds %v", state, got)
	}
}

var (
	keyMapped = regexp.MustCompile(`"((?:Mod-|Alt-|Shift-)+(?:[A-Za-z0-9]+|[.,\]\[]))"`)
)

// TestTheSheetOfKeysIsWhole reads the scripts: a chord that is bound anywhere in
// the editor stands in the list of acts or in what its sheet of keys is made of.
func TestTheSheetOfKeysIsWhole(t *testing.T) {
	root := "../../desk-ui/src/"
	read := func(name string) string {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	listed := map[string]bool{}
	for _, name := range []string{"editor/acts.ts", "editor/keysheet.ts", "desk/keysheet.ts"} {
		for _, m := range keyMapped.FindAllStringSubmatch(read(root+name), -1) {
			listed[m[1]] = true
		}
	}
	// The sheet takes these by name from the part that binds them.
	for _, m := range keyMapped.FindAllStringSubmatch(read(root+"suggest/margin.ts"), -1) {
		listed[m[1]] = strings.Contains(read(root+"editor/keysheet.ts"), "suggest/margin")
	}
	// What everybody knows of any text, and what belongs to a list or table one is in.
	for _, known := range []string{"Shift-Enter", "Shift-Tab", "Mod-y", "Mod-x"} {
		listed[known] = true
	}
	files, err := filepath.Glob(root + "*/*.ts")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d scripts, %v", len(files), err)
	}
	found := 0
	for _, file := range files {
		for _, m := range keyMapped.FindAllStringSubmatch(read(file), -1) {
			if found++; !listed[m[1]] {
				t.Errorf("%s binds %s, which the sheet of keys does not say", filepath.Base(file), m[1])
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d keys were found", found)
	}
}

// BenchmarkFind answers the command box in a paper of 10,000 articles: a word
// that stands in all of them, one that stands in few, a number, a state, a name.
func BenchmarkFind(b *testing.B) {
	w := open(b)
	for batch := range 50 {
		err := w.Store.Write(b.Context(), "fill", func(tx *store.Tx) error {
			for i := range 200 {
				if err := w.fill(tx, news.ID(1+batch*200+i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	chief := w.as(w.Chief)
	for _, q := range []string{"bridge", "number 7777", "7777", "published bridge", "in review", w.Editor.Name, "nothing-like-it"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				chief.get("/find?q=" + url.QueryEscape(q)).want(ok)
			}
		})
	}
}

func (w *world) fill(tx *store.Tx, id news.ID) error {
	now := w.Clock.Now()
	w.Clock.Move(time.Second)
	c := w.Story(w.Town, fmt.Sprintf("Number %d of the bridge", id))
	a := news.Article{ID: id, Edition: w.English.ID, Section: c.Section, State: news.Published, Head: 1, Live: 1, Creator: w.Editor.ID, Headline: c.Headline,
		CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now, SourceKey: fmt.Sprint("fill:", id)}
	set, err := store.SetType(c)
	if err != nil {
		return err
	}
	return tx.InsertLive(w.t.Context(), a, news.Revision{Article: id, Number: 1, Content: c, At: now, PublishedAt: now, Change: news.ChangeFirst}, set,
		news.Event{Kind: news.EventPublished, At: now})
}
