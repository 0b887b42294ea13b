package newsroom

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

var madeLink = regexp.MustCompile(`value="(https://valmere\.example[^"]*/preview/[A-Z0-9]+)"`)

// TestPreview: the page as readers will see it, of any revision, at any time;
// nothing of the desk in it, nothing that runs.
func TestPreview(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Editor)
	b.get("/articles/1/preview").want(ok, `<iframe src="/articles/1/preview/page?"`, `sandbox="allow-same-origin"`, "A link for somebody outside")
	page := b.get("/articles/1/preview/page?at=2027-05-01T09:30").want(ok, "1 May 2027", "<article class=\"text\"", `content="noindex"`)
	page.not("comment-form", "Sign out", "application/ld+json")
	if policy := page.Header.Get("Content-Security-Policy"); strings.Contains(policy, "script-src") || !strings.Contains(policy, "frame-ancestors 'self'") {
		t.Errorf("the frame's policy is %q", policy)
	}
	for _, path := range regexp.MustCompile(`(?:href|src)="(/(?:assets|accent)/[^"]+)"`).FindAllStringSubmatch(page.Body, -1) {
		b.get(path[1]).want(ok)
	}
	b.get("/articles/1/preview?at=yesterday&width=phone").want(bad, `id="at-fault"`, `class="stage phone"`)
	b.get("/articles/1/preview/page?at=yesterday").want(bad)
	b.get("/articles/1/preview/page?revision=99").want(gone)
}

// TestPreviewLink: made once, shown once, told in the history, ended.
func TestPreviewLink(t *testing.T) {
	w := open(t)
	w.townStories()
	b := w.as(w.Editor)
	b.post("/articles/1/preview", "hours", "0").want(bad, "The link would have ended already")
	b.post("/articles/1/preview", "hours", "100000").want(bad, "at most 31 days")
	b.post("/articles/1/preview", "hours", "24", "revision", "99").want(gone)
	b.post("/articles/1/preview", "hours", "24", "revision", "1").want(ok, "shown this once")
	made := madeLink.FindStringSubmatch(b.Body)
	if made == nil {
		t.Fatalf("no link on the page:\n%s", plainText(b.Body))
	}
	secret := made[1][strings.LastIndex(made[1], "/")+1:]
	show := func(code news.Code) {
		t.Helper()
		page, err := w.room.press.Shown(t.Context(), w.English.ID, secret)
		if got := news.CodeOf(err); got != code {
			t.Errorf("the link answers %q, want %q", got, code)
		}
		if err == nil && !strings.Contains(string(page.Body), "This story is not published") {
			t.Error("the page does not say what it is")
		}
	}
	show("")
	b.get("/articles/1/preview").want(ok, "Revision 1", "End it now").not(secret)
	b.get("/articles/1/history").want(ok, "made a preview link, good until")
	w.as(w.Reporter).post("/articles/1/preview/end", "token", news.PreviewToken(secret)).want(no)
	b.post("/articles/2/preview/end", "token", news.PreviewToken(secret)).want(gone)
	b.post("/articles/1/preview/end", "token", news.PreviewToken(secret)).follow().want(ok, "The link has ended")
	show(news.NotFound)
	b.post("/articles/1/preview/end", "token", news.PreviewToken(secret)).want(see)

	b.post("/articles/1/preview", "hours", "1").want(ok)

	link := madeLink.FindStringSubmatch(b.Body)[1]
	secret = link[strings.LastIndex(link, "/")+1:]
	show("")
	w.Clock.Move(time.Hour)
	show(news.NotFound)
	papertest.Check(t, w.Store)

}
