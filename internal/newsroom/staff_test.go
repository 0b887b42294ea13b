package newsroom

import (
	"strings"
	"testing"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
)

// TestCommentsAreDecidedAndUndone: one click each, several at once, and back.
func TestCommentsAreDecidedAndUndone(t *testing.T) {
	w := open(t)
	w.townStories()
	w.comment(3, "نرگس", "آیا پل باز است؟")
	w.comment(3, "", "See https://cheap.example/now <b>now</b>")
	b := w.as(w.Editor)
	b.get("/").want(ok, "3 comments wait")
	b.get("/comments").want(ok, "<bdi>نرگس</bdi>", "&lt;b&gt;now&lt;/b&gt;", `href="https://cheap.example/now" rel="nofollow ugc noopener noreferrer"`, "Anonymous")
	b.post("/comments", "state", "held", "one", "approved.1").follow().want(ok, "1 comment: Approved.", "Undo")
	if a, err := w.Store.Article(t.Context(), 3); err != nil || a.CommentCount != 1 {
		t.Errorf("%d shown, %v", a.CommentCount, err)
	}
	b.post("/comments/undo", "state", "held", "comments", "1").follow().want(ok, "Mira")
	b.post("/comments", "state", "held", "do", "spam", "comment", "2", "comment", "3").follow().want(ok, "2 comments: Spam.")
	b.get("/comments?state=spam").want(ok, "نرگس", "Edda Elm")
	b.post("/comments", "state", "held", "do", "burned", "comment", "1").want(bad)
	b.post("/comments", "state", "held", "do", "approved").follow().want(ok, "Mira")
	far := w.as(w.add("far", news.Editor, w.Town.ID))
	far.get("/comments").want(ok).not("Mira")
	far.post("/comments", "one", "approved.1").want(no)
	papertest.Check(t, w.Store)
}

// TestPeople: added with a link that is shown once, changed, closed.
func TestPeople(t *testing.T) {
	w := open(t)
	owner := w.as(w.Owner)
	owner.post("/people", "name", "Nadia", "email", "nadia@valmere.example", "role", "chef").want(bad, `value="Nadia"`)
	owner.post("/people", "name", "Nadia", "email", "nadia@valmere.example", "role", "editor", "sections", "2").want(ok, "A one-time link for Nadia", "works once")
	link := secretOf.FindString(owner.Body)
	if link == "" {
		t.Fatal(plainText(owner.Body))
	}
	nadia := w.as(news.Person{})
	nadia.get(link).want(ok, `value="nadia@valmere.example"`).not(`name="name"`)
	nadia.post(link, "password", password, "again", password).follow().want(ok, "Articles")
	owner.get("/people").want(ok, "Nadia", "Town").not(link)
	owner.post("/people", "name", "Other", "email", "nadia@valmere.example", "role", "editor").want(clash, "Somebody on the staff", `id="email-fault"`)
	owner.post("/people/7", "name", "Nadia", "email", "nadia@valmere.example", "role", "reporter", "disabled", "yes").follow().want(ok, "closed")
	nadia.get("/").want(out)
	owner.post("/people/7/link").want(clash)
	owner.post("/people/1", "name", "Olga", "email", w.Owner.Email, "role", "chief").want(clash, "The paper needs an owner")
	owner.get("/people/99").want(gone)
	papertest.Check(t, w.Store)
}

// TestOnesOwnAccount: the password changes and every window is signed out.
func TestOnesOwnAccount(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	other := &browser{world: w, cookie: b.cookie}
	b.post("/account/password", "old", "not the old one", "password", "another long password", "again", "another long password").want(no, "present password is wrong").not("another long password")
	b.post("/account/password", "old", password, "password", "another long password", "again", "another long").want(bad, "differ")
	b.post("/account/password", "old", password, "password", "another long password", "again", "another long password").follow().want(ok, "The password is changed")
	other.get("/").want(out)
	b.post("/sign-in", "email", w.Reporter.Email, "password", "another long password").follow().want(ok, "Rana Reed")
	b.post("/account/sign-out-everywhere").follow().want(ok, "You are signed out.")
}

// TestSettings: the paper, an edition, its sections.
func TestSettings(t *testing.T) {
	w := open(t)
	b := w.as(w.Owner)
	b.post("/settings", "name", "", "language", "en").want(bad, `id="name-fault"`)
	b.post("/settings", "name", "House", "language", "xx").want(bad)
	b.post("/settings", "name", "House", "language", "en").follow().want(ok, "The settings are saved")
	if p, err := w.Store.Paper(t.Context()); err != nil || p.FourEyes || p.Name != "House" {
		t.Errorf("%+v %v", p, err)
	}
	edition := []string{"name", "Le Courrier", "slug", "news", "language", "ar", "timezone", "Africa/Cairo", "calendar", "hijri", "digits", "arab", "accent", "#123456", "comments", "yes", "close_after", "۱۴"}
	b.post("/settings/editions", edition...).want(bad, "Le Courrier", `id="slug-fault"`)
	edition[3] = "fa"
	b.post("/settings/editions", edition...).want(clash, "Another edition has this address")
	edition[3] = "ar"
	b.post("/settings/editions", edition...).follow().want(ok, "The edition is saved", "Le Courrier")
	e, err := w.Store.EditionBySlug(t.Context(), "ar")
	if err != nil || e.CloseAfter != 14 || e.Calendar != "hijri" || !e.Comments || e.Digits != "arab" {
		t.Fatalf("%+v %v", e, err)
	}
	b.post("/settings/editions/3", "name", "Courrier", "slug", "other", "language", "ar", "timezone", "Africa/Cairo", "calendar", "hijri").want(see)
	if e, err = w.Store.Edition(t.Context(), 3); err != nil || e.Slug != "ar" || e.Name != "Courrier" || e.Comments {
		t.Errorf("%+v %v", e, err)
	}
	b.post("/settings/editions/3/sections", "sections", "1", "new_name", "محليات").follow().want(ok, "محليات", "/section/")
	b.post("/settings/editions/1/sections", "sections", "1", "name-1", "The World", "place-1", "9", "name-2", "Town", "place-2", "2", "opinion-2", "yes", "new_name", "Town").want(clash, "The World", `id="new_name-fault"`)
	b.post("/settings/editions/1/sections", "sections", "1", "name-1", "", "place-1", "1").want(bad, `id="name-1-fault"`)
	list, err := w.Store.Sections(t.Context(), 1)
	if err != nil || len(list) != 2 || list[0].Name != "Town" || !list[0].Opinion || list[1].Name != "The World" || list[1].Slug != "world" {
		t.Errorf("%+v %v", list, err)
	}
	if !strings.Contains(b.get("/articles/new").Body, "محليات") {
		t.Error("the new section is not offered")
	}
	papertest.Check(t, w.Store)
}
