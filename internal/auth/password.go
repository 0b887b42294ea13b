package auth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/internal/news"
)

const (
	minPassword = 12   // characters
	maxPassword = 1024 // bytes
)

// normalPassword makes the same password of what different keyboards send
// for the same letters (RFC 8265, OpaqueString: NFC).
func normalPassword(s string) string { return norm.NFC.String(s) }

// checkPassword says whether a new password may be used. Length is what
// counts; no kinds of characters are asked for.
func checkPassword(password, email string) error {
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return news.Refuse(news.Invalid, "auth.refused.password.encoding", "the password is not readable text").In("password")
	case len(password) > maxPassword:
		return news.Refuse(news.Invalid, "auth.refused.password.long", "a password has at most 1024 bytes").In("password")
	case utf8.RuneCountInString(normalPassword(password)) < minPassword:
		return news.Refuse(news.Invalid, "auth.refused.password.short", "a password has at least %d characters", minPassword).In("password")
	case sameAsEmail(password, email):
		return news.Refuse(news.Invalid, "auth.refused.password.email", "the password must not be the e-mail address").In("password")
	case guessable(password):
		return news.Refuse(news.Invalid, "auth.refused.password.common", "this password is among the first that are tried").In("password")
	}
	return nil
}

func sameAsEmail(password, email string) bool {
	p := strings.ToLower(strings.TrimSpace(password))
	name, _, _ := strings.Cut(email, "@")
	return email != "" && (p == email || p == name || strings.Trim(p, "0123456789!.?_-#") == email)
}

// commonest are passwords of at least 12 characters, or the words such
// passwords are made of, that stand at the top of every list of leaked ones.
var commonest = strings.Fields(`password passwort passw0rd p@ssword p@ssw0rd motdepasse contrasena qwerty qwertyuiop qwertz qwertzuiop azerty
	asdfghjkl zxcvbnm qazwsx qazwsxedc admin administrator root welcome welcometo letmein iloveyou changeme changemenow default
	secret trustno1 monkey dragon football baseball superman batman princess sunshine shadow master michael jennifer
	abc abcabc abcd abcdef test testtest testing guest user login hello helloworld newspaper broadsheet journalist newsroom
	correcthorsebatterystaple thisismypassword mypassword passwordpassword iloveyouforever 1q2w3e4r5t6y 1qaz2wsx3edc 1q2w3e4r
	1qaz2wsx qwe asd zxc رمز رمزعبور پسورد سلام كلمةالسر مرحبا`)

// guessable reports whether a password follows one of the patterns that are
// tried first: a common word with digits around it, one short piece over and
// over, a run along the alphabet, the digits or a row of keys, digits alone.
func guessable(password string) bool {
	p := strings.ToLower(strings.Join(strings.Fields(password), ""))
	bare := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, c := range commonest {
		if p == c || bare == c || isRepeated(bare, c) || isRepeated(p, c) {
			return true
		}
	}
	if bare == "" && utf8.RuneCountInString(p) < 20 {
		return true
	}
	return distinct(p) < 5 || repeats(p) || isRun(p)
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// repeats reports whether s is one piece of at most six bytes over and over.
func repeats(s string) bool {
	for n := 1; n <= 6 && n*2 <= len(s); n++ {
		if strings.HasPrefix(strings.Repeat(s[:n], len(s)/n+1), s) {
			return true
		}
	}
	return false
}

func isRepeated(s, piece string) bool {
	return s != "" && strings.ReplaceAll(s, piece, "") == ""
}

// isRun reports whether s walks along one of the known rows, there or back.
func isRun(s string) bool {
	for _, row := range []string{"abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "1234567890-=", "qwertyuiop[]", "qwertyuiopasdfghjklzxcvbnm"} {
		if strings.Contains(row+row, s) || strings.Contains(reversed(row+row), s) {
			return true
		}
	}
	return false
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
