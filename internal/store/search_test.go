package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// finds asks and says whether exactly those articles come, in that order.
func finds(t *testing.T, p *papertest.Paper, w store.Search, want ...news.ID) {
	t.Helper()
	if w.Limit == 0 {
		w.Limit = 50
	}
	hits, err := p.Store.SearchArticles(t.Context(), w)
	var ids []news.ID
	for _, h := range hits {
		ids = append(ids, h.Article)
	}
	in(t, fmt.Sprintf("%+v", w), ids, err, want...)
}

// text is a content with this text and headline.
func text(p *papertest.Paper, section news.Section, headline, body string) news.Content {
	c := news.Content{Headline: headline, Section: section.ID}
	c.Body, _ = doc.FromText(body)
	return c
}

func contractSearch(t *testing.T, p *papertest.Paper) {
	begin := p.Clock.Now()
	live(t, p, 1, text(p, p.Town, "Bridge opens", "The ferry is not needed now."))
	p.Clock.Move(time.Hour)
	live(t, p, 2, text(p, p.World, "Ferry stops", "Nobody asked the bridge."))
	p.Clock.Move(time.Hour)
	live(t, p, 3, text(p, p.Town, "Nothing new", "Bridge, bridge, ferry."))
	liveIn(t, p, p.Persian, 4, text(p, p.Jahan, "Bridge and ferry", "پل"))
	c := filled[news.Content](t)
	c.Section, c.Topics = p.World.ID, nil
	live(t, p, 5, c)

	pub := func(s string) store.Search { return store.Search{Text: s, Scope: store.Public} }
	finds(t, p, pub("bridge ferry"), 4, 3, 2, 1)
	finds(t, p, pub("BRIDGE opens"), 1)
	finds(t, p, pub("opens nothing"))
	finds(t, p, pub(""))
	finds(t, p, pub(" ... !"))
	finds(t, p, store.Search{Text: "bridge", Edition: p.English.ID}, 3, 2, 1)
	finds(t, p, store.Search{Text: "bridge", Edition: p.Persian.ID}, 4)
	finds(t, p, store.Search{Text: "bridge", Section: p.World.ID}, 2)
	finds(t, p, store.Search{Text: "bridge", Edition: p.Persian.ID, Section: p.World.ID})
	finds(t, p, store.Search{Text: "bridge", Span: store.Span{From: begin.Add(time.Hour)}}, 4, 3, 2)
	finds(t, p, store.Search{Text: "bridge", Span: store.Span{To: begin.Add(time.Hour)}}, 1)
	finds(t, p, store.Search{Text: "bridge", Span: store.Span{From: begin.Add(time.Second), To: begin.Add(2 * time.Hour)}}, 2)
	finds(t, p, store.Search{Text: "bridge", Limit: 2}, 4, 3)
	hits, err := p.Store.SearchArticles(t.Context(), store.Search{Text: "bridge", Edition: p.English.ID, Best: true, Limit: 9})
	if err != nil || len(hits) != 3 || hits[0].Article != 1 {
		t.Errorf("by relevance the headline comes first: %v, %v", hits, err)
	}
	for _, word := range []string{c.Kicker, c.Headline, c.Standfirst, c.Slugline, c.Bylines[1].Name, c.Dateline.Place, c.Dateline.Country,
		c.Dateline.Source, c.Credit, "tide rose", "5"} {
		finds(t, p, pub(word), 5)
	}
}

func contractSearchPages(t *testing.T, p *papertest.Paper) {
	var want []news.ID
	for id := news.ID(1); id <= 25; id++ {
		live(t, p, id, text(p, p.Town, "Tide", "high"))
		want = append([]news.ID{id}, want...)
		if id%5 == 0 {
			p.Clock.Move(time.Second) // five in a second
		}
	}
	// Two numbers that want the same entry, 2^20 apart.
	live(t, p, 30, text(p, p.Town, "Tide", "high"))
	live(t, p, 30+1<<20, text(p, p.Town, "Tide", "high"))
	want = append([]news.ID{30 + 1<<20, 30}, want...)
	for _, limit := range []int{1, 4, 7, 100} {
		var walked []news.ID
		w := store.Search{Text: "tide", Scope: store.Public, Limit: limit}
		for {
			hits, err := p.Store.SearchArticles(t.Context(), w)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hits {
				walked, w.Below = append(walked, h.Article), h.Entry
			}
			if len(hits) < limit {
				break
			}
		}
		in(t, fmt.Sprintf("by %d", limit), walked, nil, want...)
	}
	write(t, p, func(tx *store.Tx) error { return tx.UnindexArticle(t.Context(), 30) })
	finds(t, p, store.Search{Text: "tide", Limit: 2}, 30+1<<20, 25)
}

func contractSearchFolds(t *testing.T, p *papertest.Paper) {
	for i, c := range []struct{ text, finds, not string }{
		{"کتاب‌های تازه رسید", "کتابهای|کتاب های|كتاب‌هاي|تازه", "کتابخانه"},
		{"بودجهٔ سال ۱۴۰۴ تصویب شد", "1404|١٤٠٤|۱۴۰۴|بودجه|تصويب", "۱۴۰۵"},
		{"افتتحت الإماراتُ مدرسةً جديدة", "الامارات|مدرسه|الإمارات مدرسة|جديده", "مدارس"},
		{"قال عليٌّ إنّ العـــربية لغته", "علي|على|العربيه|العربية|لغته", "غربية"},
		{"Café Straße in Åland doesn't close", "cafe|STRASSE|aland|doesnt|doesn’t close", "caf"},
		{"پیش‌بینی هوا", "پیشبینی|پیش بینی|پيش‌بيني", "پسبینی"},
	} {
		id := news.ID(i + 1)
		live(t, p, id, text(p, p.Town, "Nothing", c.text))
		for q := range strings.SplitSeq(c.finds, "|") {
			finds(t, p, store.Search{Text: q, Scope: store.Public}, id)
		}
		finds(t, p, store.Search{Text: c.not, Scope: store.Public})
	}
}

// contractSearchPrivate: what is not public is not found by readers, whatever
// it says, and no text can pass for an edition or a section.
func contractSearchPrivate(t *testing.T, p *papertest.Paper) {
	words := fmt.Sprintf("secret xxedition%d xxsection%d xxpublic public desk scope", p.English.ID, p.Town.ID)
	for _, w := range store.ScopeWords(p.English.ID, p.Town.ID) {
		words += " " + w
	}
	a := draft(t, p, 1, text(p, p.World, words, words))
	for q := range strings.FieldsSeq(words) {
		for _, best := range []bool{false, true} {
			finds(t, p, store.Search{Text: q, Scope: store.Public, Best: best})
			finds(t, p, store.Search{Text: q, Scope: store.Public, Best: best, Edition: p.English.ID})
		}
	}
	finds(t, p, store.Search{Text: "secret"}, 1)
	liveIn(t, p, p.Persian, 2, text(p, p.Jahan, "secret", words))
	finds(t, p, store.Search{Text: "secret", Scope: store.Public}, 2)
	finds(t, p, store.Search{Text: "secret", Scope: store.Public, Edition: p.English.ID})
	finds(t, p, store.Search{Text: "secret", Scope: store.Public, Section: p.Town.ID})

	// Out, and back again.
	a.State, a.Live, a.PublishedAt, a.UpdatedAt = news.Published, 1, p.Clock.Now(), p.Clock.Now()
	c := text(p, p.World, "secret", "was")
	write(t, p, func(tx *store.Tx) error {
		return tx.GoLive(t.Context(), a, news.Revision{Article: 1, Number: 1, Content: c, Change: news.ChangeFirst}, nil, news.Event{Kind: news.EventPublished})
	})
	finds(t, p, store.Search{Text: "was secret", Scope: store.Public}, 1)
	finds(t, p, store.Search{Text: "scope", Scope: store.Public}, 2) // the draft's words are gone
	a.State, a.Kill = news.Killed, news.Kill{At: p.Clock.Now(), Note: "no"}
	write(t, p, func(tx *store.Tx) error { return tx.Withdraw(t.Context(), a, c, news.Event{Kind: news.EventKilled}) })
	finds(t, p, store.Search{Text: "was secret", Scope: store.Public})
	finds(t, p, store.Search{Text: "was secret"}, 1)
}

// contractSearchHostile: whatever is typed is words, never syntax.
func contractSearchHostile(t *testing.T, p *papertest.Paper) {
	live(t, p, 1, text(p, p.Town, "Bridge", "plain and simple OR not near headline words"))
	parts := []string{`"`, `'`, `''`, `\`, `*`, `:`, `:*`, `^`, `(`, `)`, `{`, `}`, `-`, `+`, `!`, `&`, `|`, `<->`, `<2>`, `;`, `--`, `/*`, "\x00", "\xff\xfe", "\u200c", "\u202e", "😀",
		"AND", "OR", "NOT", "NEAR(", "headline:", "words:", "bridge", "plain", "$1", "?1", "%", "_", "DROP TABLE article", strings.Repeat("long", 60), strings.Repeat("ي", 300), "xxedition1"}
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var q strings.Builder
		for range 1 + r.IntN(6) {
			q.WriteString(parts[r.IntN(len(parts))])
			if r.IntN(2) == 0 {
				q.WriteByte(' ')
			}
		}
		for _, best := range []bool{false, true} {
			if _, err := p.Store.SearchArticles(t.Context(), store.Search{Text: q.String(), Scope: store.Public, Best: best, Limit: 5}); err != nil {
				t.Errorf("%q: %v", q.String(), err)
			}
		}
	}
	finds(t, p, store.Search{Text: strings.Repeat("bridge ", 5000)}, 1)
	finds(t, p, store.Search{Text: `"bridge" AND plain*`}, 1)
	finds(t, p, store.Search{Text: `bridge NOT simple`}, 1) // all of them are words, and the text has them
}

// TestBothFindTheSame asks both databases the same questions about the same texts.
func TestBothFindTheSame(t *testing.T) {
	papers := []*papertest.Paper{found(t, store.Options{URL: databases["sqlite"](t)}), found(t, store.Options{URL: databases["postgres"](t)})}
	words := strings.Fields("پل پل‌ها پلهای می‌رود می رود رودخانه رود كتاب کتاب ۱۲ 12 ١٢ علی علي على مدرسة مدرسه bridge Bridge café cafe o'brien obrien 1,404 1404 x-ray ray Straße strasse G20 ۲۰ساله")
	r := rand.New(rand.NewPCG(7, 7))
	phrase := func(most int) string {
		var out []string
		for range 1 + r.IntN(most) {
			out = append(out, words[r.IntN(len(words))])
		}
		return strings.Join(out, []string{" ", "\u200c", "، ", "\n"}[r.IntN(4)])
	}
	for id := news.ID(1); id <= 150; id++ {
		c := text(papers[0], papers[0].Town, phrase(4), phrase(12))
		for _, p := range papers {
			live(t, p, id, c)
			p.Clock.Move(time.Minute)
		}
	}
	some := 0
	for range 400 {
		w := store.Search{Text: phrase(3), Scope: store.Public, Limit: 20, Below: 0}
		a, err := papers[0].Store.SearchArticles(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		b, err := papers[1].Store.SearchArticles(t.Context(), w)
		if err != nil || !slices.Equal(a, b) {
			t.Errorf("%q: SQLite finds %v, PostgreSQL %v, %v", w.Text, a, b, err)
		}
		if len(a) > 0 {
			some++
		}
	}
	if some < 100 {
		t.Errorf("only %d questions found anything", some)
	}
}

// TestLongTextsAreFound: of a text that is too long to index whole, both
// databases find the same beginning.
func TestLongTextsAreFound(t *testing.T) {
	var text strings.Builder
	for i := range 150_000 { // 1.7 MB, all different
		fmt.Fprintf(&text, "word%dx ", i)
	}
	body, _ := doc.FromText(text.String())
	last := map[string]int{}
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		live(t, p, 1, news.Content{Headline: "Long", Section: p.Town.ID, Body: body})
		first, beyond := 0, 150_000 // the search between the last that is found and the first that is not
		for beyond-first > 1 {
			middle := (first + beyond) / 2
			hits, err := p.Store.SearchArticles(t.Context(), store.Search{Text: fmt.Sprintf("word%dx", middle), Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			if len(hits) == 1 {
				first = middle
			} else {
				beyond = middle
			}
		}
		last[p.Store.Name()] = first
		if first < 40_000 || len(last) == 2 && last["sqlite"] != last["postgres"] {
			t.Errorf("the last word that is found: %v", last)
		}
	})
}
