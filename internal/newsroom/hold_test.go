package newsroom

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// say is an editor in a window of its own saying something of an article.
func (b *browser) say(path, tab, do string, want int) holder {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodPost, path, strings.NewReader(`{"tab":"`+tab+`","do":"`+do+`"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(b.cookie)
	rec := httptest.NewRecorder()
	b.room.ServeHTTP(rec, r)
	if rec.Code != want {
		b.t.Fatalf("%s: %d, want %d: %s", do, rec.Code, want, rec.Body)
	}
	var h holder
	if rec.Code == http.StatusOK {
		if err := json.Unmarshal(rec.Body.Bytes(), &h); err != nil {
			b.t.Fatal(err)
		}
	}
	return h
}

func TestHolding(t *testing.T) {
	w := open(t)
	w.townStories()
	edda, kolya := w.as(w.Editor), w.as(w.Colleague)
	if h := edda.say("/articles/1/hold", "e", "open", ok); !h.Here || !h.Own || h.Name != "Edda Elm" {
		t.Errorf("opened: %+v", h)
	}
	w.Clock.Move(5 * time.Second)
	if h := kolya.say("/articles/1/hold", "k", "open", ok); h.Here || h.Own || h.Person != w.Editor.ID || !strings.HasPrefix(h.SinceAt, "today ") {
		t.Errorf("opened by a second: %+v", h)
	}
	kolya.get("/").want(ok, "Edda Elm has it open")
	edda.get("/").want(ok, "you have it open")
	kolya.get("/articles/1").want(ok, "Edda Elm has it open, since today")
	kolya.get("/articles/1/edit").want(ok, `<p class="holder">Edda Elm has it open, since today`)
	edda.get("/articles/1/edit").want(ok).not(`class="holder"`)
	if h := kolya.say("/articles/1/hold", "k", "take", ok); h.Asker != w.Colleague.ID || h.Asks != "Kolya Kerr" || h.Passes != 30 {
		t.Errorf("asked: %+v", h)
	}
	w.Clock.Move(10 * time.Second)
	if h := edda.say("/articles/1/hold", "e", "stay", ok); h.Asks != "Kolya Kerr" || h.Passes != 20 || !h.Here {
		t.Errorf("the holder hears: %+v", h)
	}
	if h := edda.say("/articles/1/hold", "e", "give", ok); h.Name != "Kolya Kerr" || h.Here {
		t.Errorf("handed over: %+v", h)
	}
	// the hold is a courtesy: who does not have it saves all the same
	edda.post("/articles/1/edit", "base", "1", "section", "1", "headline", "Saved", "body", "All the same.").want(see)
	edda.get("/articles/1/history").want(ok, "Kolya Kerr took it over from Edda Elm.")
	w.as(w.Reporter).say("/articles/1/hold", "r", "open", no)
	edda.say("/articles/1/hold", "", "open", bad)
	edda.say("/articles/1/hold", "e", "seize", bad)
	w.Clock.Move(news.HoldTime)
	edda.get("/").want(ok).not("has it open")
	papertest.Check(t, w.Store)
}
