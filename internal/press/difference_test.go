package press

import (
	"strings"
	"testing"

	"broadsheet/internal/doc"
	"broadsheet/internal/news"

	"github.com/google/go-cmp/cmp"
)

// printed is a difference as one line: -[removed] +[added], differing words in
// angle brackets.
func printed(list []Change) []string {
	side := func(mark string, runs []Run) string {
		if runs == nil {
			return ""
		}
		var b strings.Builder
		for _, r := range runs {
			if r.Mark {
				b.WriteString("<" + r.Text + ">")
			} else {
				b.WriteString(r.Text)
			}
		}
		return mark + "[" + b.String() + "]"
	}
	var out []string
	for _, c := range list {
		out = append(out, strings.TrimSpace(side("-", c.Removed)+" "+side("+", c.Added)))
	}
	return out
}

func TestDifference(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		want                []string
	}{
		{"nothing", "One.\n\nTwo.", "One.\n\nTwo.", nil},
		{"one word", "One.\n\nThe bridge is old.", "One.\n\nThe bridge is new.", []string{"-[The bridge is <old>.] +[The bridge is <new>.]"}},
		{"a paragraph more", "One.\n\nThree.", "One.\n\nTwo.\n\nThree.", []string{"+[<Two.>]"}},
		{"a paragraph less", "One.\n\nTwo.\n\nThree.", "One.\n\nThree.", []string{"-[<Two.>]"}},
		{"two neighbours, each with its own", "The bridge is old.\n\nIt is long and wide.\n\nEnd.", "The bridge is new.\n\nIt is long and high.\n\nEnd.",
			[]string{"-[The bridge is <old>.] +[The bridge is <new>.]", "-[It is long and <wide>.] +[It is long and <high>.]"}},
		{"all of it", "One.", "", []string{"-[<One.>]"}},
		{"type is joined", "The old **grand** bridge.", "The **grand** bridge.", []string{"-[The <old >grand bridge.] +[The grand bridge.]"}},
		{"a link leads elsewhere", "The [bridge](/news/1).", "The [bridge](/news/2).", []string{"-[The <bridge>.] +[The <bridge>.]"}},
		{"a source more", "The bridge.", "The bridge^[Order 12].", []string{"-[The bridge.] +[The bridge<[Order 12]>.]"}},
		{"a heading now", "The bridge.", "## The bridge.", nil},
		{"from right to left", "پل کهنه است.", "پل تازه است.", []string{"-[پل <کهنه> است.] +[پل <تازه> است.]"}},
		{"what is only suggested", "It opens in May.", `It opens in May<ins data-id="abcdefgh" data-by="1" data-at="5"> or June</ins>.`, nil},
	} {
		of := func(text string) news.Revision {
			b, _ := doc.FromMarkdown(text)
			return news.Revision{Content: news.Content{Headline: "Same", Body: b}}
		}
		if diff := cmp.Diff(c.want, printed(difference(of(c.before), of(c.after)))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	before := news.Revision{Content: news.Content{Kicker: "", Headline: "Old bridge", Standfirst: "It stands."}}
	after := news.Revision{Content: news.Content{Kicker: "Harbour", Headline: "New bridge", Standfirst: ""}}
	want := []string{"+[<Harbour>]", "-[<Old> bridge] +[<New> bridge]", "-[<It stands.>]"}
	if diff := cmp.Diff(want, printed(difference(before, after))); diff != "" {
		t.Error(diff)
	}
}
