//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// phone gives the window a device for passkeys, opened by finger.
func (v *visitor) phone() proto.WebAuthnAuthenticatorID {
	v.t.Helper()
	if err := (proto.WebAuthnEnable{}).Call(v.page); err != nil {
		v.t.Fatal(err)
	}
	made, err := (proto.WebAuthnAddVirtualAuthenticator{Options: &proto.WebAuthnVirtualAuthenticatorOptions{Protocol: proto.WebAuthnAuthenticatorProtocolCtap2,
		Transport: proto.WebAuthnAuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}}).Call(v.page)
	if err != nil {
		v.t.Fatal(err)
	}
	return made.AuthenticatorID
}

// TestPasskey adds a passkey, comes in by it, is refused with one that the
// desk does not know, and removes it, in English and in Persian.
func TestPasskey(t *testing.T) {
	p := startDemo(t)
	desk := strings.Replace(p.desk, "127.0.0.1", "localhost", 1)
	b := browser(t)
	for _, in := range []struct{ language, impossible, added, used, wrong, removed string }{
		{"en", "Passkeys are not possible at this address", "The passkey is added.", "Signed in: passkey", "opens nothing here", "The passkey is removed."},
		{"fa", "در این نشانی گذرکلید ممکن نیست", "گذرکلید افزوده شد.", "ورود: گذرکلید", "چیزی را باز نمی‌کند", "گذرکلید برداشته شد."},
	} {
		v := visit(t, b, p.desk)
		v.signIn(p, "owner@valmere.example")
		v.open(p.desk + "/settings")
		v.choose("[name=language]", in.language)
		v.press("main form button.primary")
		v.open(p.desk + "/account")
		v.sees(in.impossible, desk)

		p := *p
		p.desk = desk
		v.signIn(&p, "owner@valmere.example")
		v.open(desk + "/account")
		id := v.phone()
		v.fill("[name=key_name]", "my phone")
		v.press("[data-new-passkey] button")
		v.sees(in.added, "my phone", "localhost")

		v.press(".self form button")
		v.open(desk + "/sign-in?to=/account") // the browser offers it in the field, and the device answers at once
		v.arrives("/account")
		v.sees(in.used)

		if err := (proto.WebAuthnSetUserVerified{AuthenticatorID: id, IsUserVerified: true}).Call(v.page); err != nil {
			t.Fatal(err)
		}
		v.press(`a[href^="/account/passkeys/"]`)
		v.press("button.danger")
		v.sees(in.removed)
		v.press(".self form button")
		v.open(desk + "/sign-in")
		e := v.element("[data-passkey] [role=alert]:not([hidden])")
		if !strings.Contains(e.MustText(), in.wrong) {
			t.Errorf("%s: it says %q", in.language, e.MustText())
		}
	}
}

// arrives waits until the window is at a path.
func (v *visitor) arrives(path string) {
	v.t.Helper()
	if err := v.page.Timeout(patience).Wait(rod.Eval(`(path) => location.pathname === path && document.readyState === "complete"`, path)); err != nil {
		v.t.Fatalf("the window is at %s: %v\n%s", v.page.MustInfo().URL, err, v.text())
	}
}
