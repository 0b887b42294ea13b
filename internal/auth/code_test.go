package auth

import (
	"encoding/base32"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// set changes the paper.
func (d desk) set(t *testing.T, _ string, change func(*news.Paper)) {
	t.Helper()
	p, err := d.Store.Paper(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	change(&p)
	if err := d.Store.Write(t.Context(), "change the paper", func(tx *store.Tx) error { return tx.SavePaper(t.Context(), p) }); err != nil {
		t.Fatal(err)
	}
}

func (d desk) forgetPassword(t *testing.T, p news.Person) {
	t.Helper()
	if err := d.Store.Write(t.Context(), "forget", func(tx *store.Tx) error { return tx.SetSecret(t.Context(), p.ID, "") }); err != nil {
		t.Fatal(err)
	}
}

// app is an app for one-time codes.
type app struct{ secret string }

func (a app) code(t *testing.T, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(a.secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// codes turns one-time codes on for a person.
func (d desk) codes(t *testing.T, who news.Person, token string) (app, []string) {
	t.Helper()
	s, err := d.SetUpCodes(t.Context(), who, "Valmere: Press")
	if err != nil {
		t.Fatal(err)
	}
	a := app{s.Secret}
	recovery, err := d.ConfirmCodes(t.Context(), who, token, s.Ticket, a.code(t, d.Clock.Now()), Caller{})
	if err != nil {
		t.Fatal(err)
	}
	return a, recovery
}

func (d desk) pending(t *testing.T, who news.Person) string {
	t.Helper()
	e, err := d.Auth.SignIn(t.Context(), Try{Email: who.Email, Password: goodPassword, Caller: Caller{home, ""}})
	if err != nil || e.Pending == "" || e.Token != "" {
		t.Fatalf("%+v, %v; want the question for a code", e, err)
	}
	return e.Pending
}

func TestOneTimeCodes(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx, token := t.Context(), d.signIn(t, d.Reporter)
		s, err := d.SetUpCodes(ctx, d.Reporter, "Valmere: Press")
		if err != nil || !strings.HasPrefix(s.URL, "otpauth://totp/Valmere%20%20Press:rana-reed@valmere.example?secret="+s.Secret) {
			t.Fatalf("%+v, %v", s, err)
		}
		_, err = d.ConfirmCodes(ctx, d.Reporter, token, s.Ticket, "000000", Caller{})
		wantCode(t, "a wrong first code", err, news.Forbidden, "auth.refused.code")
		phone := app{s.Secret}
		_, err = d.ConfirmCodes(ctx, d.Owner, token, s.Ticket, phone.code(t, d.Clock.Now()), Caller{})
		wantCode(t, "somebody else's ticket", err, news.Conflict, "auth.refused.stale")
		if again, err := d.AgainCodes(ctx, d.Reporter, "Valmere: Press", s.Ticket); err != nil || again != s {
			t.Errorf("again it is %+v, %v", again, err)
		}
		recovery, err := d.ConfirmCodes(ctx, d.Reporter, token, s.Ticket, phone.code(t, d.Clock.Now()), Caller{})
		if err != nil || len(recovery) != 10 {
			t.Fatalf("%v, %v", recovery, err)
		}
		if strong, _ := d.Strong(ctx, token); !strong {
			t.Error("the session that confirmed has proved nothing")
		}
		if c, err := d.Store.OneTimeCode(ctx, d.Reporter.ID); err != nil || strings.Contains(c.Secret, s.Secret) {
			t.Errorf("kept is %+v, %v", c, err)
		}
		_, err = d.AnswerCode(ctx, d.pending(t, d.Reporter), phone.code(t, d.Clock.Now()), "", Caller{})
		wantCode(t, "the code that confirmed, again", err, news.Forbidden, "auth.refused.code")
		d.Clock.Move(codeStep * time.Second)
		for _, late := range []time.Duration{-90, -60, 60, 90} {
			_, err = d.AnswerCode(ctx, d.pending(t, d.Reporter), phone.code(t, d.Clock.Now().Add(late*time.Second)), "", Caller{})
			wantCode(t, "a code of another time", err, news.Forbidden, "auth.refused.code")
		}
		answer := d.pending(t, d.Reporter)
		code := phone.code(t, d.Clock.Now().Add(codeStep*time.Second)) // the phone's clock is ahead
		persian := strings.NewReplacer("0", "۰", "1", "۱", "2", "۲", "3", "۳", "4", "۴", "5", "۵", "6", "۶", "7", "۷", "8", "۸", "9", "۹").Replace(code)
		e, err := d.AnswerCode(ctx, answer, persian[:6]+" "+persian[6:], "", Caller{home, "x"})
		if err != nil {
			t.Fatal(err)
		}
		d.holds(t, e.Token, d.Reporter)
		_, err = d.AnswerCode(ctx, d.pending(t, d.Reporter), code, "", Caller{})
		wantCode(t, "a code twice", err, news.Forbidden, "auth.refused.code")
		_, err = d.AnswerCode(ctx, d.pending(t, d.Reporter), phone.code(t, d.Clock.Now()), "", Caller{})
		wantCode(t, "an older one than the last", err, news.Forbidden, "auth.refused.code")
	})
}

// TestACodeOnceAtOnce sends one right code twenty times at the same moment.
func TestACodeOnceAtOnce(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		phone, _ := d.codes(t, d.Reporter, d.signIn(t, d.Reporter))
		d.Clock.Move(time.Minute)
		code := phone.code(t, d.Clock.Now())
		var in atomic.Int64
		var group sync.WaitGroup
		for range 8 {
			answer := d.pending(t, d.Reporter)
			group.Go(func() {
				if e, err := d.AnswerCode(t.Context(), answer, code, "", Caller{}); err == nil && e.Token != "" {
					in.Add(1)
				}
			})
		}
		group.Wait()
		if n := in.Load(); n != 1 {
			t.Errorf("one code let in %d times", n)
		}
	})
}

func TestRecoveryCodes(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx, token := t.Context(), d.signIn(t, d.Reporter)
		_, codes := d.codes(t, d.Reporter, token)
		if raw, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(codes[3], "-", "")); err != nil || len(raw) != recoveryBytes || len(codes[3]) != 19 {
			t.Errorf("%q: %v", codes[3], err)
		}
		if _, err := d.AnswerCode(ctx, d.pending(t, d.Reporter), strings.ToLower(strings.ReplaceAll(codes[3], "-", " ")), "", Caller{}); err != nil {
			t.Fatal(err)
		}
		_, err := d.AnswerCode(ctx, d.pending(t, d.Reporter), codes[3], "", Caller{})
		wantCode(t, "a recovery code twice", err, news.Forbidden, "auth.refused.code")
		if w, err := d.Ways(ctx, d.Reporter.ID); err != nil || w.Recovery != 9 || !w.Codes {
			t.Errorf("%+v, %v; want 9 left", w, err)
		}
		next, err := d.NewRecoveryCodes(ctx, d.Reporter, token, Caller{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.AnswerCode(ctx, d.pending(t, d.Reporter), codes[4], "", Caller{})
		wantCode(t, "one of the old ones", err, news.Forbidden, "auth.refused.code")
		if _, err = d.AnswerCode(ctx, d.pending(t, d.Reporter), next[0], "", Caller{}); err != nil {
			t.Errorf("one of the new ones: %v", err)
		}
		if err := d.RemoveCodes(ctx, d.Reporter, token, Caller{}); err != nil {
			t.Fatal(err)
		}
		d.holds(t, d.signIn(t, d.Reporter), d.Reporter) // the password alone again
		_, err = d.NewRecoveryCodes(ctx, d.Reporter, token, Caller{})
		wantCode(t, "recovery codes for nothing", err, news.Conflict, "auth.refused.codes-off")
	})
}

// TestCodesAreNotGuessed: a right password gives ten tries at the code, then
// the wait grows.
func TestCodesAreNotGuessed(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		phone, _ := d.codes(t, d.Reporter, d.signIn(t, d.Reporter))
		answer := d.pending(t, d.Reporter)
		for range accountTries {
			_, err := d.AnswerCode(ctx, answer, "123456", "", Caller{home, ""})
			wantCode(t, "a guess", err, news.Forbidden, "auth.refused.code")
		}
		d.Clock.Move(20 * time.Second)
		_, err := d.AnswerCode(ctx, answer, phone.code(t, d.Clock.Now()), "", Caller{home, ""})
		if waitOf(t, err) != 10 {
			t.Errorf("after ten guesses: %v", err)
		}
		if err := d.ResetPassword(ctx, d.Reporter.ID, "copper kettle 93 orchard"); err != nil {
			t.Fatal(err)
		}
		d.Clock.Move(time.Minute)
		_, err = d.AnswerCode(ctx, answer, phone.code(t, d.Clock.Now()), "", Caller{home, ""})
		wantCode(t, "after another password", err, news.Conflict, "auth.refused.stale")
		secret, err := d.Invite(ctx, 0, d.Reporter.ID)
		if err != nil {
			t.Fatal(err)
		}
		if token, err := d.AcceptInvitation(ctx, Accept{Secret: secret, Password: goodPassword}); err != nil || token != "" {
			t.Errorf("a link alone let in: %q, %v", token, err)
		}
	})
}

func TestKnownBrowser(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		e, err := d.Auth.SignIn(ctx, Try{Email: d.Owner.Email, Password: goodPassword, Caller: Caller{home, ""}})
		if err != nil || e.Known == "" {
			t.Fatal(e, err)
		}
		for n := range accountTries {
			d.guessAt(t, d.Owner.Email, address(n))
		}
		_, err = d.SignIn(ctx, d.Owner.Email, goodPassword, home, "")
		if waitOf(t, err) == 0 {
			t.Fatal("nobody guesses")
		}
		try := Try{Email: d.Owner.Email, Password: goodPassword, Caller: Caller{home, ""}, Known: e.Known}
		if _, err := d.Auth.SignIn(ctx, try); err != nil {
			t.Errorf("from a browser that is known: %v", err)
		}
		other := try
		other.Email = d.Reporter.Email
		for range accountTries {
			other.Password = "a wrong one, surely"
			d.Auth.SignIn(ctx, other)
		}
		_, err = d.Auth.SignIn(ctx, other)
		if waitOf(t, err) == 0 {
			t.Error("the mark of one account opens free tries at another")
		}
		try.Password = "a wrong one, surely"
		for range accountTries {
			d.Auth.SignIn(ctx, try)
		}
		_, err = d.Auth.SignIn(ctx, try)
		if waitOf(t, err) == 0 {
			t.Error("a stolen browser may guess for ever")
		}
		if err := d.ResetPassword(ctx, d.Owner.ID, "copper kettle 93 orchard"); err != nil {
			t.Fatal(err)
		}
		d.Clock.Move(20 * time.Second)
		try.Password = "copper kettle 93 orchard"
		_, err = d.Auth.SignIn(ctx, try)
		if waitOf(t, err) == 0 {
			t.Error("the mark outlived the password")
		}
	})
}

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		one := d.signIn(t, d.Reporter)
		d.Clock.Move(time.Minute)
		two, three, other := d.signIn(t, d.Reporter), d.signIn(t, d.Reporter), d.signIn(t, d.Owner)
		list, err := d.Sessions(ctx, d.Reporter.ID, one)
		if err != nil || len(list) != 3 || !list[2].ThisOne || list[0].ThisOne || list[0].Way != news.WayPassword || list[0].HasProved {
			t.Fatalf("%+v, %v", list, err)
		}
		mine, err := d.Sessions(ctx, d.Owner.ID, other)
		if err != nil || len(mine) != 1 {
			t.Fatal(mine, err)
		}
		if err := d.EndSession(ctx, d.Reporter.ID, mine[0].ID, Caller{}); err != nil {
			t.Fatal(err)
		}
		d.holds(t, other, d.Owner) // nobody ends somebody else's
		if err := d.EndSession(ctx, d.Reporter.ID, tokenHash(two), Caller{}); err != nil {
			t.Fatal(err)
		}
		d.ended(t, two)
		d.holds(t, three, d.Reporter)
		if err := d.EndOtherSessions(ctx, d.Reporter.ID, one, Caller{}); err != nil {
			t.Fatal(err)
		}
		d.ended(t, three)
		d.holds(t, one, d.Reporter)
		entries, err := d.Entries(ctx, d.Reporter.ID, d.Reporter.ID, 1<<40, 3)
		if err != nil || len(entries) != 3 || entries[0].Kind != news.AccountEnded || entries[0].Actor != d.Reporter.ID {
			t.Errorf("%+v, %v", entries, err)
		}
		if _, err := d.Entries(ctx, d.Reporter.ID, d.Owner.ID, 1<<40, 3); news.CodeOf(err) != news.Forbidden {
			t.Errorf("somebody else's record: %v", err)
		}
	})
}

// TestRecordOfSignIns: what happened stands there, failures too, and no
// address in full.
func TestRecordOfSignIns(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx := t.Context()
		d.guessAt(t, d.Reporter.Email, home)
		d.signIn(t, d.Reporter)
		next := d.Reporter
		next.Role = news.Editor
		if err := d.SavePerson(ctx, d.Owner.ID, next); err != nil {
			t.Fatal(err)
		}
		list, err := d.Entries(ctx, d.Owner.ID, d.Reporter.ID, 1<<40, 10)
		if err != nil || len(list) < 3 {
			t.Fatal(list, err)
		}
		role, in, failed := list[0], list[1], list[2]
		if role.Kind != news.AccountRole || role.Detail != "editor reporter" || role.Actor != d.Owner.ID {
			t.Errorf("%+v", role)
		}
		if in.Kind != news.AccountIn || in.Way != news.WayPassword || in.Network != "192.0.2.0/24" || in.Agent != "test browser" || failed.Kind != news.AccountWrong {
			t.Errorf("%+v, %+v", in, failed)
		}
		d.Clock.Move(rememberSignIns + time.Hour)
		if err := d.Auth.Prune(ctx); err != nil {
			t.Fatal(err)
		}
		if list, err = d.Entries(ctx, d.Owner.ID, d.Reporter.ID, 1<<40, 10); err != nil || len(list) == 0 || list[0].Kind != news.AccountRole {
			t.Errorf("after a year: %+v, %v", list, err)
		}
		for _, e := range list {
			if e.Kind == news.AccountIn || e.Kind == news.AccountWrong {
				t.Errorf("a sign-in outlived its year: %+v", e)
			}
		}
	})
}

func TestMustProve(t *testing.T) {
	each(t, func(t *testing.T, d desk) {
		ctx, token := t.Context(), d.signIn(t, d.Owner)
		must := func(who news.Person, token string) bool {
			t.Helper()
			p, err := d.Store.Paper(ctx)
			if err != nil {
				t.Fatal(err)
			}
			m, err := d.MustProve(ctx, p, who, token)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		if must(d.Owner, token) {
			t.Error("a newsroom of three is asked for it")
		}
		d.set(t, "paper", func(p *news.Paper) { p.SecondFactor = true })
		if !must(d.Owner, token) || must(d.Reporter, d.signIn(t, d.Reporter)) {
			t.Error("asked are not those who edit")
		}
		d.codes(t, d.Owner, token)
		if must(d.Owner, token) {
			t.Error("a confirmed code is not enough")
		}
	})
}
