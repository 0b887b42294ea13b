package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// A browser in which somebody signed in is given a mark. Their next tries from
// it are counted apart, so that people who guess at the account, or at the
// whole house, shut out nobody who works here. The mark opens nothing, and it
// ends with the password.

// knowDevice makes the mark for an account with that password hash.
func (a *Auth) knowDevice(ctx context.Context, email, stored string) (string, error) {
	random, err := a.newSecret()
	if err != nil {
		return "", err
	}
	mac, err := a.deviceMAC(ctx, random, email, stored)
	return random + "." + mac, err
}

// knownDevice returns the name of the browser when the mark is of this account
// and its present password; "" otherwise.
func (a *Auth) knownDevice(ctx context.Context, mark, email, stored string) (string, error) {
	random, mac, _ := strings.Cut(mark, ".")
	if mark == "" || len(mark) > 200 {
		return "", nil
	}
	// worked out for a name that nobody has too: both take the same time
	want, err := a.deviceMAC(ctx, random, email, stored)
	if err != nil || !hmac.Equal([]byte(want), []byte(mac)) || stored == "" {
		return "", err
	}
	return random, nil
}

func (a *Auth) deviceMAC(ctx context.Context, random, email, stored string) (string, error) {
	key, err := a.paperKey(ctx)
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte("known\x00" + random + "\x00" + email + "\x00" + stored))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)), nil
}
