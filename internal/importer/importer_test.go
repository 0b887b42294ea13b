package importer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/importer"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// take imports a stream and returns the report.
func take(t *testing.T, p *papertest.Paper, stream string, publish bool) []importer.Line {
	t.Helper()
	var lines []importer.Line
	err := importer.New(p.Store, p.Clock.Now).Ninjs(t.Context(), "stream", strings.NewReader(stream),
		importer.Options{Edition: p.English, Publish: publish}, func(l importer.Line) { lines = append(lines, l) })
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return lines
}

// item is one ninjs object on a line.
func item(uri, headline, body, more string) string {
	if more != "" {
		more = "," + more
	}
	return fmt.Sprintf(`{"uri":%q,"type":"text","language":"en","versioncreated":"2026-03-01T10:00:00Z","headline":%q,"body_text":%q%s}`, uri, headline, body, more) + "\n"
}

const body = "The harbour office of Valmere said on Sunday that the berth is free again."

func outcome(lines []importer.Line) string {
	var out []string
	for _, l := range lines {
		out = append(out, string(l.Outcome))
	}
	return strings.Join(out, " ")
}

func TestAnItemIsThereOnce(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		stream := item("urn:a", "First", body, "") + item("urn:b", "Second", body+" Again.", "") + item("urn:a", "First", body, "")
		if got := outcome(take(t, p, stream, true)); got != "new new unchanged" {
			t.Errorf("first run: %s", got)
		}
		if got := outcome(take(t, p, stream, true)); got != "unchanged unchanged unchanged" {
			t.Errorf("second run: %s", got)
		}
		ids, err := p.Store.ArticleIDs(t.Context(), p.English.ID, 0, 10)
		if err != nil || len(ids) != 2 {
			t.Errorf("public: %v, %v", ids, err)
		}
		papertest.Check(t, p.Store)
	})
}

// A public text never changes because an agency sent it again: the new text
// is kept beside it for an editor.
func TestAChangedItemIsKeptBesideTheLiveText(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		take(t, p, item("urn:a", "First", body, ""), true)
		lines := take(t, p, item("urn:a", "First, changed", body, ""), true)
		if outcome(lines) != "changed" {
			t.Fatalf("report: %+v", lines)
		}
		a, err := p.Store.Article(t.Context(), lines[0].NewsID)
		if err != nil || a.Live != 1 || a.Head != 2 {
			t.Errorf("live %d, head %d, %v", a.Live, a.Head, err)
		}
		card, err := p.Store.Card(t.Context(), a.ID)
		if err != nil || card.Headline != "First" {
			t.Errorf("readers see %q, %v", card.Headline, err)
		}
		papertest.Check(t, p.Store)
	})
}

func TestWhatIsWrongWithAnItemIsItsLine(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		stream := item("urn:a", "Sound", body, "") + "this is no JSON\n" + item("urn:c", "Sound too", body, "") + `{"type":"text","headline":"no name of its own"}` + "\n" +
			item("urn:d", "Withdrawn", body, `"pubstatus":"canceled"`) + item("urn:e", "Held back", body, `"pubstatus":"withheld"`)
		lines := take(t, p, stream, true)
		if got := outcome(lines); got != "new refused new refused refused new" {
			t.Errorf("report: %s: %+v", got, lines)
		}
		for _, l := range lines {
			if l.Outcome == importer.Refused && l.Message == "" {
				t.Errorf("item %d is refused without a reason", l.Item)
			}
		}
		if last := lines[len(lines)-1]; last.State != news.Draft {
			t.Errorf("a withheld item is %s", last.State)
		}
		papertest.Check(t, p.Store)
	})
}

// An embargo, or a date to come, is kept whatever --publish says.
func TestImportIsNotEarly(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		later := p.Clock.Now().Add(48 * time.Hour).Format(time.RFC3339)
		lines := take(t, p, item("urn:a", "Under embargo", body+" quarzine", `"embargoed":"`+later+`"`), true)
		if len(lines) != 1 || lines[0].State != news.Scheduled {
			t.Fatalf("report: %+v", lines)
		}
		if hits, err := p.Store.SearchArticles(t.Context(), store.Search{Text: "quarzine", Scope: store.Public, Limit: 10}); err != nil || len(hits) != 0 {
			t.Errorf("readers find it: %v, %v", hits, err)
		}
		papertest.Check(t, p.Store)
	})
}

// Notes to editors are in the article's record at the desk and nowhere else.
func TestNotesToEditorsStayAtTheDesk(t *testing.T) {
	papertest.Each(t, func(t *testing.T, p *papertest.Paper) {
		lines := take(t, p, item("urn:a", "With a note", body, `"ednote":"quarzine: check the name"`), true)
		a, err := p.Store.Article(t.Context(), lines[0].NewsID)
		if err != nil {
			t.Fatal(err)
		}
		v, err := p.Store.Revision(t.Context(), a.ID, a.Live)
		if err != nil || strings.Contains(fmt.Sprintf("%+v %s", v, v.Body.Text()), "quarzine") {
			t.Errorf("the note is in the revision: %+v, %v", v, err)
		}
		events, err := p.Store.ArticleEvents(t.Context(), a.ID, 10)
		if err != nil || len(events) == 0 || !strings.Contains(events[0].Note, "quarzine") {
			t.Errorf("the note is not in the record: %+v, %v", events, err)
		}
		if hits, err := p.Store.SearchArticles(t.Context(), store.Search{Text: "quarzine", Scope: store.Public, Limit: 10}); err != nil || len(hits) != 0 {
			t.Errorf("readers find it: %v, %v", hits, err)
		}
	})
}

// A section is found by its address, its name, in any case; else it is the
// edition's first, and the report says so.
func TestSectionsAreFound(t *testing.T) {
	p := papertest.New(t)
	text := func(section string) importer.Line {
		var line importer.Line
		err := importer.New(p.Store, p.Clock.Now).Text(t.Context(), "d", strings.NewReader("Section: "+section+"\nHeadline for "+section+"\n"+body+"\n"),
			importer.Options{Edition: p.English}, func(l importer.Line) { line = l })
		if err != nil {
			t.Fatal(err)
		}
		return line
	}
	for _, c := range []struct {
		name string
		want news.SectionID
		said bool
	}{{"town", p.Town.ID, false}, {"TOWN", p.Town.ID, false}, {"Town", p.Town.ID, false}, {"Sport", p.World.ID, true}} {
		line := text(c.name)
		a, err := p.Store.Article(t.Context(), line.NewsID)
		if err != nil || a.Section != c.want || (line.Message != "") != c.said {
			t.Errorf("%s: section %d, message %q, %v", c.name, a.Section, line.Message, err)
		}
	}
}
