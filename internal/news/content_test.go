package news

import "testing"

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
