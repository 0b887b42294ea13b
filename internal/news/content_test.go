package news

import (
	"testing"

	"broadsheet/internal/doc"
)

// TestSettlements finds out what became of suggestions by what is left of them.
func TestSettlements(t *testing.T) {
	line := func(runs ...doc.Inline) doc.Body {
		return doc.Body{Blocks: []doc.Block{{Kind: doc.KindParagraph, Inline: runs}}}.Normal()
	}
	plain := func(s string) doc.Inline { return doc.Inline{Text: s} }
	ins := func(id, s string) doc.Inline {
		return doc.Inline{Text: s, Marks: doc.Marks{Inserted: doc.Change{ID: id, By: 1, At: 1}}}
	}
	del := func(id, s string) doc.Inline {
		return doc.Inline{Text: s, Marks: doc.Marks{Deleted: doc.Change{ID: id, By: 1, At: 1}}}
	}
	before := line(plain("It opens, "), ins("aaaaaaaa", "they say, "), plain("in "), del("bbbbbbbb", "May"), ins("bbbbbbbb", "June"), plain(", and"), del("cccccccc", ","), plain(" closes in May."))
	for what, c := range map[string]struct {
		after doc.Body
		want  map[string]bool
	}{
		"all accepted":            {before.Accepted(), map[string]bool{"aaaaaaaa": true, "bbbbbbbb": true, "cccccccc": true}},
		"all refused":             {before.Original(), map[string]bool{"aaaaaaaa": false, "bbbbbbbb": false, "cccccccc": false}},
		"one accepted, one left":  {line(plain("It opens, they say, in "), del("bbbbbbbb", "May"), ins("bbbbbbbb", "June"), plain(", and closes in May.")), map[string]bool{"aaaaaaaa": true, "cccccccc": true}},
		"a comma, beside others":  {line(plain("It opens, in May, and, closes in May.")), map[string]bool{"aaaaaaaa": false, "bbbbbbbb": false, "cccccccc": false}},
		"and the text went on":    {line(plain("Today it opens, they say, in June, and closes in May. Or so it is hoped.")), map[string]bool{"aaaaaaaa": true, "bbbbbbbb": true, "cccccccc": true}},
		"with its neighbours new": {line(plain("We hear, they say, of June.")), map[string]bool{"aaaaaaaa": true, "bbbbbbbb": true, "cccccccc": false}},
		"nothing settled":         {before, map[string]bool{}},
	} {
		got := map[string]bool{}
		for _, s := range Settlements(before, c.after) {
			got[s.ID] = s.Accepted
		}
		for id, want := range c.want {
			if is, ok := got[id]; !ok || is != want {
				t.Errorf("%s: %s is %v, %v", what, id, is, ok)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: settled %v", what, got)
		}
	}
}

// TestContentRefusesNUL is about a character that one database takes and the other refuses.
func TestContentRefusesNUL(t *testing.T) {
	bad := "a\x00b"
	for name, c := range map[string]Content{
		"kicker": {Kicker: bad}, "headline": {Headline: bad}, "standfirst": {Standfirst: bad}, "slugline": {Slugline: bad},
		"credit": {Credit: bad}, "language": {Language: bad}, "place": {Dateline: Dateline{Place: bad}},
		"country": {Dateline: Dateline{Country: bad}}, "source": {Dateline: Dateline{Source: bad}},
		"byline":      {Bylines: []Byline{{Name: bad, Slug: "ab"}}},
		"byline role": {Bylines: []Byline{{Name: "ab", Slug: "ab", Role: bad}}},
		"UTF-8":       {Dateline: Dateline{Place: "a\xff"}},
	} {
		if err := c.Validate(); CodeOf(err) != Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (Content{Headline: "a", Dateline: Dateline{Place: "VALMERE"}, Bylines: []Byline{{Name: "ab", Slug: "ab"}}}).Validate(); err != nil {
		t.Error(err)
	}
}
