package comments

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
)

func (s square) asking(text string) Asking {
	return Asking{Article: s.article, Kind: news.RequestPrivacy, Name: "Ida Inch", Email: "ida@valmere.example", Text: text,
		Stamp: s.Stamp(s.article, s.Clock.Now().Add(-time.Minute)), From: address(1)}
}

func (s square) requests(t *testing.T, state news.RequestState) []news.Request {
	t.Helper()
	list, err := s.Store.RequestQueue(t.Context(), state, news.Place{}, 50)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPostRequest(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		for range 2 { // a double click
			if err := s.PostRequest(t.Context(), s.asking(" Please take my name out. ")); err != nil {
				t.Fatal(err)
			}
		}
		list := s.requests(t, news.RequestOpen)
		if len(list) != 1 || list[0].Text != "Please take my name out." || list[0].Article != s.article || list[0].Edition != s.English.ID || strings.Contains(list[0].Address, address(1).String()) {
			t.Errorf("kept is %+v", list)
		}
		if events := s.events(t, news.EventRequested); len(events) != 1 || events[0].Touched.Public || events[0].Note != "" {
			t.Errorf("the record says %+v", events)
		}
		trapped := s.asking("Buy gold.")
		trapped.Honeypot, trapped.Stamp = "x", ""
		if err := s.PostRequest(t.Context(), trapped); err != nil || len(s.requests(t, news.RequestSpam)) != 1 {
			t.Errorf("a filled trap: %v", err)
		}
	})
}

func TestRequestRefusals(t *testing.T) {
	each(t, func(t *testing.T, s square) {
		for name, c := range map[string]struct {
			change func(*Asking)
			code   news.Code
		}{
			"no reason":       {func(a *Asking) { a.Kind = "" }, news.Invalid},
			"another reason":  {func(a *Asking) { a.Kind = "greed" }, news.Invalid},
			"no address":      {func(a *Asking) { a.Email = " " }, news.Invalid},
			"half an address": {func(a *Asking) { a.Email = "ida@" }, news.Invalid},
			"a header":        {func(a *Asking) { a.Email = "ida@valmere.example\r\nBcc: all@valmere.example" }, news.Invalid},
			"no text":         {func(a *Asking) { a.Text = " \n" }, news.Invalid},
			"a long text":     {func(a *Asking) { a.Text = strings.Repeat("a", news.MaxRequest+1) }, news.TooLarge},
			"broken letters":  {func(a *Asking) { a.Text = "a\xff" }, news.Invalid},
			"no stamp":        {func(a *Asking) { a.Stamp = "" }, news.Invalid},
			"too quick":       {func(a *Asking) { a.Stamp = s.Stamp(s.article, s.Clock.Now()) }, news.Invalid},
			"no article":      {func(a *Asking) { a.Article = 999 }, news.NotFound},
		} {
			a := s.asking("Please.")
			c.change(&a)
			if err := s.PostRequest(t.Context(), a); news.CodeOf(err) != c.code {
				t.Errorf("%s: %v, want %q", name, err, c.code)
			}
		}
		if n := len(s.requests(t, news.RequestOpen)); n != 0 {
			t.Errorf("%d refused requests were kept", n)
		}
		var last error
		for i := range 5 {
			last = s.PostRequest(t.Context(), s.asking(strings.Repeat("Please. ", i+1)))
		}
		if news.CodeOf(last) != news.TooMany || len(s.requests(t, news.RequestOpen)) != 3 {
			t.Errorf("the fifth request at once: %v, %d kept", last, len(s.requests(t, news.RequestOpen)))
		}
	})
}
