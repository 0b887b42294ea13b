package newsroom

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/proof"
)

// TestMomentsAreReadAsTheyAreWritten, in every calendar and zone.
func TestMomentsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := news.Edition{Language: "fa", Calendar: rapid.SampledFrom(append(locale.Calendars(), "")).Draw(t, "calendar"),
			TimeZone: rapid.SampledFrom([]string{"UTC", "Asia/Tehran", "America/St_Johns", "Pacific/Apia", "Europe/London"}).Draw(t, "zone")}
		at := time.Unix(rapid.Int64Range(0, 3_000_000_000).Draw(t, "at")/60*60, 0).UTC()
		typed := news.TypeMoment(at, e)
		if rapid.Bool().Draw(t, "persian digits") {
			typed = locale.Style{Language: "fa"}.Figures(typed)
		}
		got, err := news.ParseMoment(typed, e, "when")
		if err != nil {
			t.Fatalf("%q: %v", typed, err)
		}
		// the hour that comes twice in autumn is read as its second time
		if d := got.Sub(at); d != 0 && d != time.Hour && d != 30*time.Minute {
			t.Errorf("%q is read as %v, was %v", typed, got, at)
		}
		if news.TypeMoment(got, e) != news.TypeMoment(at, e) {
			t.Errorf("%q is written again as %q", typed, news.TypeMoment(got, e))
		}
	})
}

func TestMomentsThatAreNone(t *testing.T) {
	london := news.Edition{Language: "en", TimeZone: "Europe/London", Calendar: locale.Gregorian}
	tehran := news.Edition{Language: "fa", TimeZone: "Asia/Tehran", Calendar: locale.Persian}
	for _, c := range []struct {
		typed string
		e     news.Edition
		want  string
	}{
		{"2026-03-14T21:40", london, "2026-03-14T21:40Z"}, {" 2026/3/14   21:40 ", london, "2026-03-14T21:40Z"}, {"2026-07-01 00:00", london, "2026-06-30T23:00Z"},
		{"2026-03-14T21:40:00", london, "2026-03-14T21:40Z"}, {"۱۴۰۵/۱/۱ ۰۰:۰۰", tehran, "2026-03-20T20:30Z"}, {"2026-03-21 00:00", tehran, "2026-03-20T20:30Z"}, {"", london, ""},
		{"2026-03-29 01:30", london, "no"}, {"2026-02-30 10:00", london, "no"}, {"1404/12/30 10:00", tehran, "no"}, {"1404/12/01 10:00", london, "no"},
		{"2026-03-14", london, "no"}, {"2026-03-14 24:00", london, "no"}, {"2026-03-14 10:60", london, "no"}, {"now", london, "no"}, {"2026-03-14T21:40Z", london, "no"},
	} {
		got, err := news.ParseMoment(c.typed, c.e, "when")
		text := ""
		if !got.IsZero() {
			text = got.UTC().Format("2006-01-02T15:04Z")
		}
		if err != nil {
			text = "no"
		}
		if text != c.want {
			t.Errorf("%q: %s, want %s", c.typed, text, c.want)
		}
	}
}

// TestAFixChangesItsPlaceOnly: whatever stands around, the paragraph gets the
// words and all others stay.
func TestAFixChangesItsPlaceOnly(t *testing.T) {
	blocks := []string{"Plain and  odd.", "It was *the* the end.", "> A quote with  space.\n> — Jon  Vale", "- one  item\n- two", "## Head  line", "| a | b |\n| --- | --- |\n| c  d | e |",
		"Same text  twice.", "Same text  twice.", "With **bold  words** in.", "![Alt](/media/ab/x.jpg \"Caption  here\"){credit=\"Jon\"}"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(blocks), 1, 6).Draw(t, "blocks"), "\n\n")
		body, _ := doc.FromMarkdown(text)
		before := body.Paragraphs()
		p := before[rapid.IntRange(0, len(before)-1).Draw(t, "paragraph")]
		r := []rune(p.Text)
		start := rapid.IntRange(0, len(r)-1).Draw(t, "start")
		end := rapid.IntRange(start+1, len(r)).Draw(t, "end")
		fix := rapid.SampledFrom([]string{"X", "new words", "و"}).Draw(t, "fix")
		mended, done := mend(text, body, proof.Finding{Paragraph: p.Number, Start: start, End: end, Text: string(r[start:end]), Fix: &fix})
		if !done {
			if p.Kind != "caption" && !strings.HasPrefix(string(r[start:]), " ") {
				t.Skip("the fix leaves a text that is not its own again")
			}
			return
		}
		after, _ := doc.FromMarkdown(mended)
		list := after.Paragraphs()
		if len(list) != len(before) {
			t.Fatalf("%d paragraphs became %d:\n%s\n---\n%s", len(before), len(list), text, mended)
		}
		for i := range list {
			want := before[i].Text
			if i == p.Number-1 {
				want = strings.TrimSpace(string(r[:start]) + fix + string(r[end:]))
			}
			if list[i].Text != want {
				t.Fatalf("paragraph %d: %s", i+1, cmp.Diff(want, list[i].Text))
			}
		}
	})
}

func TestFixesReachEveryKindOfParagraph(t *testing.T) {
	for _, text := range []string{"A  b.", "A *b  c* d.", "> A  b.", "> A.\n> — Jon  Vale", "- A  b", "## A  b", "| a | b |\n| --- | --- |\n| c  d | e |", "::: fact\nA  b.\n:::", "A  b.\n\nA  b."} {
		body, _ := doc.FromMarkdown(text)
		for _, p := range body.Paragraphs() {
			at := strings.Index(p.Text, "  ")
			if at < 0 {
				continue
			}
			space := " "
			mended, done := mend(text, body, proof.Finding{Paragraph: p.Number, Start: at, End: at + 2, Text: "  ", Fix: &space})
			if !done {
				t.Errorf("%q: nothing done", text)
			}
			after, _ := doc.FromMarkdown(mended)
			if got := after.Paragraphs()[p.Number-1].Text; got != p.Text[:at]+p.Text[at+1:] {
				t.Errorf("%q became %q", text, got)
			}
		}
	}
}
