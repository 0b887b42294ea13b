package feed

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

// read is what a feed reader that we did not write finds in one article.
type read struct {
	Title, Link, GUID string
	Published         string
	Updated           string
	Authors           []string
	Tags              []string
	Content           bool // it opens with the language, then the note, then the text
}

// Each format, read by gofeed, gives the fields back.
func TestGofeedReadsBack(t *testing.T) {
	for format, write := range feeds {
		t.Run(format, func(t *testing.T) {
			out, err := write(gazette(), []Entry{harbour(), bandar()})
			if err != nil {
				t.Fatal(err)
			}
			feed, err := gofeed.NewParser().ParseString(string(out))
			if err != nil {
				t.Fatal(err)
			}
			c := gazette()
			if diff := cmp.Diff([]string{c.Title, c.HomeURL, c.SelfURL, "en"}, []string{feed.Title, feed.Link, feed.FeedLink, feed.Language}); diff != "" {
				t.Errorf("channel (-want +got):\n%s", diff)
			}
			if len(feed.Items) != 2 {
				t.Fatalf("%d items", len(feed.Items))
			}
			for i, e := range []Entry{harbour(), bandar()} {
				if diff := cmp.Diff(wanted(t, format, e), found(feed.Items[i], e)); diff != "" {
					t.Errorf("article %d (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

func wanted(t *testing.T, format string, e Entry) read {
	link, err := address(e.URL)
	if err != nil {
		t.Fatal(err)
	}
	want := read{Title: e.Title, Link: link, GUID: link, Published: e.Published.UTC().Format(time.RFC3339), Tags: e.tags(), Content: true}
	if !e.Updated.IsZero() {
		want.Updated = e.Updated.UTC().Format(time.RFC3339)
	} else if format == "atom" {
		want.Updated = want.Published // every entry must have one
	}
	for _, a := range e.Authors {
		want.Authors = append(want.Authors, a.Name)
	}
	return want
}

func found(item *gofeed.Item, e Entry) read {
	got := read{Title: item.Title, Link: item.Link, GUID: item.GUID, Tags: item.Categories,
		Content: item.Content == e.contentHTML(gazette())}
	if item.PublishedParsed != nil {
		got.Published = item.PublishedParsed.UTC().Format(time.RFC3339)
	}
	if item.UpdatedParsed != nil {
		got.Updated = item.UpdatedParsed.UTC().Format(time.RFC3339)
	}
	for _, a := range item.Authors {
		got.Authors = append(got.Authors, a.Name)
	}
	if item.DublinCoreExt != nil && len(item.DublinCoreExt.Creator) > 0 {
		got.Authors = item.DublinCoreExt.Creator // gofeed's own list has the first of them only
	}
	return got
}
