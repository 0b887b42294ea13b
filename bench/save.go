package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	writers   = 50
	saveEvery = 2 * time.Second
	saveFor   = time.Minute
)

// saving lets fifty people, each in a window of their own on an article of
// their own, save what they type every two seconds for a minute, over real
// connections to the real program; then it asks whether each text is there.
func (b *bench) saving(ctx context.Context) error {
	if err := b.serve(ctx); err != nil {
		return err
	}
	defer b.stop()
	if err := answers(ctx, "http://"+deskAddr+"/sign-in"); err != nil {
		return err
	}
	people := make([]*typist, writers)
	for i := range people {
		desk, err := signIn()
		if err != nil {
			return err
		}
		people[i] = &typist{desk: desk, tab: fmt.Sprintf("bench-window-%03d", i)}
		if err := people[i].begin(i); err != nil {
			return err
		}
	}
	var all sync.WaitGroup
	for i, p := range people {
		all.Go(func() {
			time.Sleep(saveEvery * time.Duration(i) / writers) // nobody types in step
			p.write(ctx)
		})
	}
	all.Wait()
	var took []time.Duration
	failed, lost := 0, 0
	for _, p := range people {
		took, failed = append(took, p.took...), failed+p.failed
		kept, err := p.kept()
		if err != nil {
			return err
		}
		if !kept {
			lost++
		}
	}
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	b.say("%d people, each saving a 600-word text every 2 s for a minute on SQLite with synchronous=FULL: %d saves, **%d errors, %d texts lost**; p50 %.1f ms, **p99 %.1f ms**, worst %.1f ms. Goals 0, 0 and 150 ms",
		writers, len(took), failed, lost, at(0.5), at(0.99), at(1))
	return nil
}

// typist is one person at their window.
type typist struct {
	desk   *client
	tab    string
	id     int
	seq    int
	text   []string
	took   []time.Duration
	failed int
}

// begin makes the article.
func (t *typist) begin(i int) error {
	t.text = strings.Fields(strings.Repeat("the tide rose over valmere and the ferry waited ", 67))
	form := url.Values{"token": {t.tab}, "edition": {"1"}, "section": {"1"}, "urgency": {"4"}, "headline": {fmt.Sprintf("Typed by %d", i)}, "body": {strings.Join(t.text, " ")}}
	if err := t.desk.send("/articles", form); err != nil {
		return err
	}
	var found struct{ Articles []struct{ ID int } }
	body, err := t.desk.get("/find?q=" + url.QueryEscape(fmt.Sprintf("typed by %d", i)))
	if err == nil {
		err = json.Unmarshal(body, &found)
	}
	if err != nil || len(found.Articles) == 0 {
		return fmt.Errorf("the article of writer %d is not found: %w", i, err)
	}
	t.id = found.Articles[0].ID
	return nil
}

func (t *typist) write(ctx context.Context) {
	end := time.Now().Add(saveFor)
	for next := time.Now(); next.Before(end) && ctx.Err() == nil; next = next.Add(saveEvery) {
		time.Sleep(time.Until(next))
		t.seq++
		t.text = append(t.text, fmt.Sprintf("word%d", t.seq))
		begun := time.Now()
		if err := t.save(); err != nil {
			t.failed++
			continue
		}
		t.took = append(t.took, time.Since(begun))
	}
}

// save sends the state as the editor's script does.
func (t *typist) save() error {
	copy := map[string]any{"headline": "Typed", "section": "1", "urgency": "4", "document": map[string]any{"type": "doc", "version": 2,
		"content": []any{map[string]any{"type": "paragraph", "content": []any{map[string]any{"type": "text", "text": strings.Join(t.text, " ")}}}}}}
	body, err := json.Marshal(map[string]any{"tab": t.tab, "seq": t.seq, "base": 1, "copy": copy})
	if err != nil {
		return err
	}
	r, err := http.NewRequest("POST", fmt.Sprintf("http://%s/articles/%d/draft", deskAddr, t.id), bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Origin", "http://"+deskAddr)
	resp, err := t.desk.http.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("a save answers %d: %s", resp.StatusCode, answer)
	}
	return err
}

// kept asks the desk whether the last word stands in the log or in the editor.
func (t *typist) kept() (bool, error) {
	page, err := t.desk.get(fmt.Sprintf("/articles/%d/drafts?person=1&tab=%s&seq=%d", t.id, t.tab, t.seq))
	if err != nil {
		return false, err
	}
	word := fmt.Sprintf("word%d", t.seq)
	if bytes.Contains(page, []byte(word)) {
		return true, nil
	}
	page, err = t.desk.get(fmt.Sprintf("/articles/%d/edit", t.id))
	return bytes.Contains(page, []byte(word)), err
}

// get reads a page of the desk.
func (c *client) get(path string) ([]byte, error) {
	r, err := http.NewRequest("GET", "http://"+deskAddr+path, nil)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d", path, resp.StatusCode)
	}
	return body, err
}
