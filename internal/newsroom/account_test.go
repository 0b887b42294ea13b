package newsroom

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

var (
	ticketIn = regexp.MustCompile(`name="(?:ticket|pending)" value="([^"]+)"`)
	secretIn = regexp.MustCompile(`class="secret-text" dir="ltr">([A-Z2-7 ]+)<`)
	codeIn   = regexp.MustCompile(`<code>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</code>`)
)

func (b *browser) found(in *regexp.Regexp) string {
	b.t.Helper()
	m := in.FindStringSubmatch(b.Body)
	if m == nil {
		b.t.Fatalf("nothing fits %s:\n%s", in, plainText(b.Body))
	}
	return m[1]
}

// TestOneTimeCodesAtTheDoor: set up with plain forms, asked for at the next
// sign-in, recovered, turned off.
func TestOneTimeCodesAtTheDoor(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	b.get("/account/codes").want(ok, "<svg", "scan this square")
	ticket, secret := b.found(ticketIn), strings.ReplaceAll(b.found(secretIn), " ", "")
	b.post("/account/codes", "ticket", ticket, "code", "123").want(no, "This code is wrong", b.found(secretIn))
	code, err := totp.GenerateCode(secret, w.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.post("/account/codes", "ticket", ticket, "code", code).want(ok, "They are shown this once", w.Reporter.Email)
	codes := codeIn.FindAllStringSubmatch(b.Body, -1)
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	b.get("/account/codes").want(see)
	b.get("/account").want(ok, "10 recovery codes are left", "Turned one-time codes on").not(codes[0][1])

	in := w.as(news.Person{})
	w.Clock.Move(time.Minute)
	in.post("/sign-in", "email", w.Reporter.Email, "password", password, "to", "/notes").want(ok, "Your one-time code", `autocomplete="one-time-code"`).not(password)
	if in.cookie != nil {
		t.Fatal("a password alone gave a session")
	}
	pending := in.found(ticketIn)
	in.post("/sign-in/code", "pending", pending, "code", code, "to", "/notes").want(no, "used already", pending)
	in.post("/sign-in/code", "pending", pending+"x", "code", code).want(clash, "begin again", `name="password"`)
	in.post("/sign-in/code", "pending", pending, "code", codes[2][1], "to", "//evil.example").want(see)
	if to := in.Header.Get("Location"); to != "/" {
		t.Errorf("it leads to %q", to)
	}
	in.get("/account").want(ok, "9 recovery codes are left", "password and recovery code", "Failed to sign in: password and one-time code")
	in.post("/account/recovery").want(ok, "shown this once")
	in.get("/account/codes/off").want(ok)
	in.post("/account/codes/off").follow().want(ok, "One-time codes are off.")
	papertest.Check(t, w.Store)
}

// TestPaperAsksForASecondFactor: editors are led to their account, and nothing
// else opens until they have proved more than a password.
func TestPaperAsksForASecondFactor(t *testing.T) {
	w := open(t)
	w.townStories()
	editor, reporter, owner := w.as(w.Editor), w.as(w.Reporter), w.as(w.Owner)
	owner.post("/settings", "name", "House", "language", "en", "second_factor", "yes").want(see)
	reporter.get("/").want(ok)
	editor.get("/").want(see)
	editor.get("/account").want(ok, "The paper asks editors for more than a password")
	editor.post("/articles/2/approve", "read", "1").want(no, "Set up a passkey or one-time codes")
	owner.get("/settings").want(see)
	editor.get("/account/codes")
	secret := strings.ReplaceAll(editor.found(secretIn), " ", "")
	code, err := totp.GenerateCode(secret, w.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	editor.post("/account/codes", "ticket", editor.found(ticketIn), "code", code).want(ok)
	editor.get("/").want(ok)
	editor.post("/account/codes/off").want(clash, "Add another passkey")
}

func TestSessionsOnTheAccount(t *testing.T) {
	w := open(t)
	one := w.as(w.Reporter)
	two, three := w.as(news.Person{}), w.as(news.Person{})
	for _, b := range []*browser{two, three} {
		b.post("/sign-in", "email", w.Reporter.Email, "password", password).want(see)
	}
	one.get("/account").want(ok, "this one")
	ids := regexp.MustCompile(`name="session" value="([0-9a-f]+)"`).FindAllStringSubmatch(one.Body, -1)
	if len(ids) != 2 {
		t.Fatalf("%d other sessions are listed: %s", len(ids), plainText(one.Body))
	}
	if strings.Contains(one.Body, two.cookie.Value) {
		t.Error("the page shows a session's cookie")
	}
	one.post("/account/sessions", "session", ids[0][1]).follow().want(ok, "Those windows are signed out.")
	if alive := two.get("/").Status + three.get("/").Status; alive != ok+out {
		t.Errorf("the others answer %d and %d", two.Status, three.Status)
	}
	one.post("/account/sessions", "others", "yes").want(see)
	two.get("/").want(out)
	three.get("/").want(out)
	one.get("/").want(ok)
}

// TestRecordForTheOwner: plain sentences in each language.
func TestRecordForTheOwner(t *testing.T) {
	w := open(t)
	w.as(news.Person{}).post("/sign-in", "email", w.Reporter.Email, "password", "not the right one").want(no)
	owner := w.as(w.Owner)
	owner.post("/people/"+itoa(int(w.Reporter.ID)), "name", "Rana Reed", "email", w.Reporter.Email, "role", "editor").want(see)
	path := "/people/" + itoa(int(w.Reporter.ID)) + "/record"
	owner.get(path).want(ok, "Role: Editor, before that Reporter", "by Olga Orme", "Failed to sign in: password", "192.0.2.0/24")
	for _, language := range locale.Languages() {
		owner.post("/settings", "name", "House", "language", language).want(see)
		owner.get(path).want(ok, locale.Style{Language: language}.T("desk.entry.wrong", locale.Style{Language: language}.T("desk.way.password")))
	}
	owner.get("/people/" + itoa(int(w.Reporter.ID)) + "/ways").want(ok)
	owner.post("/people/"+itoa(int(w.Reporter.ID))+"/ways").want(http.StatusOK, "/invitation/")
}

func TestPasskeysNeedAPlace(t *testing.T) {
	w := open(t)
	b := w.as(w.Reporter)
	b.get("/account").want(ok, "Passkeys are not possible at this address")
	b.room.address = "https://desk.valmere.example"
	b.get("/account").want(ok, "work at its own address only", "https://desk.valmere.example")
	b.room.address = "https://example.com" // as httptest names the host
	b.get("/account").want(ok, "data-new-passkey").not("not possible")
	w.as(news.Person{}).get("/sign-in").want(ok, "data-passkey", `autocomplete="username webauthn"`)
}

// TestSomebodyLeaves: closing an account that holds work shows it first, and
// one act hands all of it over and closes the account.
func TestSomebodyLeaves(t *testing.T) {
	w := open(t)
	w.townStories()
	w.as(w.Colleague).post("/articles/1/notes", "token", "n", "exact", "Text one", "text", "@"+w.Contributor.Name+" is that so?").want(see)
	owner, writer := w.as(w.Owner), w.as(w.Contributor)
	path := "/people/" + itoa(int(w.Contributor.ID))
	owner.post(path, "name", w.Contributor.Name, "email", w.Contributor.Email, "role", "contributor", "disabled", "yes").follow().
		want(ok, "The account is still open", "2 unfinished stories", "1 open note that calls them", "/articles/1", "/articles/2").not("/articles/3")
	writer.get("/").want(ok)
	owner.post(path+"/leave", "to", itoa(int(w.Contributor.ID)), "closes", "yes").want(bad, "Choose somebody else")
	owner.post(path+"/leave", "to", "99", "closes", "yes").want(bad)
	owner.post(path+"/leave", "to", itoa(int(w.Reporter.ID)), "closes", "yes").follow().want(ok, "The work is handed over.", "closed")
	writer.get("/").want(out)
	next := w.as(w.Reporter)
	next.get("/articles/1/history").want(ok, "Olga Orme handed it from "+w.Contributor.Name+" to Rana Reed.")
	next.get("/notes").want(ok, "is that so?")
	next.get("/articles/3").want(no)
	next.post("/articles/1/submit").want(see)
	owner.get(path+"/record").want(ok, "Their work was handed to Rana Reed", "The account was closed")
	d := news.Desk{Name: "Town desk", Slug: "town-desk", Stages: []string{"writing"}, Members: []news.Member{{Person: w.Editor.ID, Lead: true}}}
	if err := w.Store.Write(t.Context(), "desk", func(tx *store.Tx) error {
		if err := tx.SaveDesk(t.Context(), &d); err != nil {
			return err
		}
		return tx.SavePlacement(t.Context(), news.Placement{Article: 2, Person: w.Reporter.ID, By: w.Owner.ID, At: w.Clock.Now()})
	}); err != nil {
		t.Fatal(err)
	}
	theirs := "/people/" + itoa(int(w.Reporter.ID)) + "/leave"
	owner.get(theirs).want(ok, "2 unfinished stories", "Town desk")
	owner.post(theirs, "to", "desk-9").want(bad, "Choose somebody else")
	owner.post(theirs, "to", "desk-"+itoa(int(d.ID))).want(see)
	for _, id := range []news.ID{1, 2} {
		if p, err := w.Store.Placement(t.Context(), id); err != nil || p.Desk != d.ID || p.Person != 0 || p.Stage != "writing" {
			t.Errorf("%d lies with %+v, %v", id, p, err)
		}
	}
	w.as(w.Editor).get("/notes").want(ok, "is that so?")
	owner.get(theirs).want(ok, "0 unfinished stories")
	owner.post("/people/1/leave", "to", itoa(int(w.Reporter.ID)), "closes", "yes").want(clash, "The paper needs an owner")
	owner.post(path+"/leave", "to", itoa(int(w.Reporter.ID)), "closes", "yes").want(see) // asked again
	papertest.Check(t, w.Store)
}
