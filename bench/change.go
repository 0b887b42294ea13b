package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// act posts a form of one article and wants the redirect that says that it is done.
func (b *bench) act(desk *client, id int, act string, form url.Values) error {
	r, err := http.NewRequest("POST", fmt.Sprintf("http://%s/articles/%d/%s", deskAddr, id, act), strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://"+deskAddr)
	resp, err := desk.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusSeeOther {
		body, _ := io.ReadAll(resp.Body)
		return fmt.Errorf("%s answers %d:\n%s", act, resp.StatusCode, body)
	}
	return nil
}

// changing times, for each article that publishing left live, a correction from
// the desk's form to its note on the article, /corrections and the feed, and
// then its kill to the notice at the address and to its going from the feed.
func (b *bench) changing(ctx context.Context, desk *client) error {
	var corrected, killed []time.Duration
	for _, id := range slices.Backward(b.drafts) { // the newest first: the feed has them
		edit := url.Values{"base": {"1"}, "section": {"1"}, "headline": {fmt.Sprint("Corrected ", id)}, "body": {"The bridge was opened on Sunday, not on Saturday."}, "do": {"save"}}
		if err := b.act(desk, id, "edit", edit); err != nil {
			return err
		}
		note := fmt.Sprintf("Note of %d.", id)
		at := "/news/" + strconv.Itoa(id)
		begun := time.Now()
		if err := b.act(desk, id, "correct", url.Values{"read": {"2"}, "kind": {"correction"}, "note": {note}, "do": {"alone"}, "reason": {"a bench"}}); err != nil {
			return err
		}
		for _, path := range []string{at, "/corrections", "/feed.xml"} {
			if err := b.says(ctx, path, note, true); err != nil {
				return err
			}
		}
		corrected = append(corrected, time.Since(begun))
		begun = time.Now()
		if err := b.act(desk, id, "kill", url.Values{"note": {"Killed " + note}}); err != nil {
			return err
		}
		if err := b.says(ctx, at, "Killed "+note, true); err != nil {
			return err
		}
		for _, path := range []string{"/corrections", "/feed.xml"} {
			if err := b.says(ctx, path, note, false); err != nil {
				return err
			}
		}
		killed = append(killed, time.Since(begun))
	}
	b.tell("correct to the note on article, /corrections and feed", corrected)
	b.tell("kill to the notice at the address, gone from /corrections and feed", killed)
	return nil
}

func (b *bench) tell(what string, took []time.Duration) {
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	b.say("%s, %d times on SQLite with synchronous=FULL at %d articles: p50 %.1f ms, **p99 %.1f ms**, worst %.1f ms. Goal p99 under 100 ms", what, len(took), b.articles, at(0.5), at(0.99), at(1))
}

// says asks for a page until it says a text, or no longer does. A withdrawn
// article's page has another status than 200: it is read all the same.
func (b *bench) says(ctx context.Context, path, text string, want bool) error {
	for ctx.Err() == nil {
		resp, err := http.Get("http://" + publicAddr + path)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err == nil && bytes.Contains(body, []byte(text)) == want {
			return nil
		}
	}
	return fmt.Errorf("%s: %q was to be there: %v", path, text, want)
}
