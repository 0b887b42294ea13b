package newsroom

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// ear is a browser that listens to the desk over a real connection.
type ear struct {
	t     *testing.T
	lines *bufio.Scanner
	reply *http.Response
	id    string
}

// listen opens a stream after an event; "" = from now on.
func (b *browser) listen(t *testing.T, door *httptest.Server, after string) *ear {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, door.URL+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.AddCookie(b.cookie)
	if after != "" {
		r.Header.Set("Last-Event-ID", after)
	}
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reply.Body.Close() })
	e := &ear{t: t, reply: reply, lines: bufio.NewScanner(reply.Body)}
	if reply.StatusCode == http.StatusOK && !e.lines.Scan() {
		t.Fatal("the stream said nothing")
	}
	return e
}

// hears waits for the next message.
func (e *ear) hears() happened {
	e.t.Helper()
	for e.lines.Scan() {
		line := e.lines.Text()
		if id, ok := strings.CutPrefix(line, "id: "); ok {
			e.id = id
		}
		if line == "event: missed" {
			return happened{Kind: "missed"}
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			var h happened
			if err := json.Unmarshal([]byte(data), &h); err != nil {
				e.t.Fatal(err)
			}
			return h
		}
	}
	e.t.Fatal("the stream ended")
	return happened{}
}

// ends reports whether the stream ends without another message.
func (e *ear) ends() {
	e.t.Helper()
	for e.lines.Scan() {
		if line := e.lines.Text(); strings.HasPrefix(line, "data: ") {
			e.t.Fatalf("the stream went on: %s", line)
		}
	}
}

// hand gives the desk what was written since, as app's job does.
func (w *world) hand(t *testing.T, after *int64) {
	t.Helper()
	events, err := w.Store.EventsAfter(t.Context(), *after, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if err := w.room.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		*after = e.Seq
	}
}

// live opens a paper with its door on a real listener.
func openLive(t *testing.T) (*world, *httptest.Server, *int64) {
	w := open(t)
	w.townStories()
	door := httptest.NewServer(w.room)
	t.Cleanup(func() {
		w.room.EndLive()
		door.Close()
	})
	seq, err := w.Store.LastEvent(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return w, door, &seq
}

func TestLive(t *testing.T) {
	w, door, seq := openLive(t)
	w.narrow(&w.Colleague, w.Town.ID)
	edda, kolya, conrad := w.as(w.Editor), w.as(w.Colleague), w.as(w.Contributor)
	w.hand(t, seq)
	chief, editor, writer := edda.listen(t, door, ""), kolya.listen(t, door, ""), conrad.listen(t, door, "")
	if kind := chief.reply.Header.Get("Content-Type"); kind != "text/event-stream; charset=utf-8" || chief.reply.Header.Get("Cache-Control") != "no-store, private" {
		t.Errorf("headers %v", chief.reply.Header)
	}
	conrad.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Changed", "body", "Text.").want(see) // of World: not the colleague's
	edda.post("/articles", "token", "town", "edition", "1", "section", "2", "headline", "Town", "body", "Text.").want(see)
	edda.post("/articles/1/notes", "token", "n", "text", "@Conrad Cole look").want(see)
	w.comment(3, "Mira", "Again.")
	w.hand(t, seq)
	want := func(e *ear, kind news.EventKind, article news.ID, mentions int) {
		t.Helper()
		h := e.hears()
		if h.Kind != kind || h.Article != article || (h.Mentions == nil) == (kind == news.EventNoted) || h.Mentions != nil && *h.Mentions != mentions {
			t.Errorf("heard %+v, want %s of %d", h, kind, article)
		}
	}
	want(chief, news.EventEdited, 1, 0)
	want(chief, news.EventCreated, 4, 0)
	want(chief, news.EventNoted, 1, 0)
	want(chief, news.EventCommented, 3, 0)
	want(editor, news.EventCreated, 4, 0) // nothing of another section
	want(writer, news.EventEdited, 1, 0)
	want(writer, news.EventNoted, 1, 1) // no comments, nobody else's drafts

	// who comes back asks for what was missed
	writer.reply.Body.Close()
	edda.post("/articles/1/edit", "base", "2", "section", "1", "headline", "Again", "body", "Text.").want(see)
	again := conrad.listen(t, door, writer.id)
	want(again, news.EventEdited, 1, 0)
	w.hand(t, seq) // handed as well: told once
	edda.post("/articles/1/edit", "base", "3", "section", "1", "headline", "And again", "body", "Text.").want(see)
	w.hand(t, seq)
	if h := again.hears(); h.Head != 4 || h.By != "Edda Elm" {
		t.Errorf("heard %+v", h)
	}
}

// TestLiveEndsWithTheSession: at once, and nothing is told after it.
func TestLiveEndsWithTheSession(t *testing.T) {
	w, door, seq := openLive(t)
	edda, conrad := w.as(w.Editor), w.as(w.Contributor)
	w.hand(t, seq)
	heard := conrad.listen(t, door, "")
	other := edda.listen(t, door, "")
	conrad.post("/sign-out").want(see)
	heard.ends()
	w.close(w.Editor) // in the database alone, as another process would
	w.as(w.Chief).post("/articles/1/edit", "base", "1", "section", "1", "headline", "Changed", "body", "Text.").want(see)
	w.hand(t, seq)
	other.ends()
}

// TestLiveEndsWithTheHouse: a stream does not hold up a door that closes.
func TestLiveEndsWithTheHouse(t *testing.T) {
	w, door, _ := openLive(t)
	b := w.as(w.Editor)
	e := b.listen(t, door, "")
	w.room.EndLive()
	e.ends()
	if late := b.listen(t, door, ""); late.reply.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a new stream: %d", late.reply.StatusCode)
	}
}

func TestLiveHasLimits(t *testing.T) {
	w, door, seq := openLive(t)
	b, other := w.as(w.Editor), w.as(w.Chief)
	w.hand(t, seq)
	slow := b.listen(t, door, "")
	for range streamsEach - 1 {
		b.listen(t, door, "")
	}
	if late := b.listen(t, door, ""); late.reply.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a stream too many: %d", late.reply.StatusCode)
	}
	if own := other.listen(t, door, ""); own.reply.StatusCode != http.StatusOK {
		t.Errorf("another person's stream: %d", own.reply.StatusCode)
	}
	// whoever does not read is let go, and nobody waits
	one, err := w.room.live.join(w.Reporter.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i := range heardBehind + 1 {
		w.room.live.hand(heard{Event: news.Event{Seq: int64(i)}})
	}
	<-one.gone
	slow.reply.Body.Close()
}

// TestLiveFarBehind: who missed very much reads the page anew.
func TestLiveFarBehind(t *testing.T) {
	w, door, seq := openLive(t)
	b := w.as(w.Editor)
	first := *seq
	err := w.Store.Write(t.Context(), "much", func(tx *store.Tx) error {
		for range missedMost {
			if err := tx.AddEvent(t.Context(), news.Event{Kind: news.EventEdited, Article: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	e := b.listen(t, door, fmt.Sprint(first))
	last, err := w.Store.LastEvent(t.Context())
	if h := e.hears(); err != nil || h.Kind != "missed" || e.id != fmt.Sprint(last) {
		t.Errorf("heard %+v, id %s", h, e.id)
	}
}

// TestRows: a line of the list as the list prints it, only for who may see it
// and only where it belongs.
func TestRows(t *testing.T) {
	w := open(t)
	w.townStories()
	edda, conrad := w.as(w.Editor), w.as(w.Contributor)
	edda.get("/rows?ids=1,2,3").want(ok, `data-id="1"`, `data-id="2"`, `data-id="3"`, "Published")
	edda.get("/rows?ids=1,2,3&state=in_review").want(ok, `data-id="2"`).not(`data-id="1"`, `data-id="3"`)
	edda.get("/rows?ids=1,2,3&section=2").want(ok).not("data-id")
	edda.get("/rows?ids=1,2,3&edition=2").want(ok).not("data-id")
	edda.get("/rows?ids=1,2,3&mine=1").want(ok).not("data-id")
	edda.get("/rows?ids=1,99,x,2").want(ok, `data-id="1"`).not(`data-id="2"`)
	edda.get("/rows").want(ok).not("data-id")
	conrad.get("/rows?ids=3,2,1&mine=1").want(ok, `data-id="1"`)
	w.as(w.Reporter).get("/rows?ids=1,2,3").want(ok).not("data-id")
	list := between(edda.get("/").want(ok).Body, `<li data-id="1"`, "</li>")
	if row := between(edda.get("/rows?ids=1").want(ok).Body, `<li data-id="1"`, "</li>"); row != list {
		t.Errorf("the list prints %s and the row %s", list, row)
	}
}
