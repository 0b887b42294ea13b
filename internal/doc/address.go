package doc

import (
	"net/url"
	"strings"
)

// cleanHref makes s an address that a link may carry: http, https, mailto, tel, a path, a query or a fragment. It is
// strict where browsers are lenient: white space and control characters inside, a backslash or quote, a second "#" are
// written as %XX, so that what is checked here is what a browser reads. ok is false for every other scheme, for a
// host with a user name before it, and for what is no address at all. Letters of other scripts stay readable.
func cleanHref(s string) (href string, ok bool) {
	s = escapeAddress(s)
	if s == "" || len(s) > 2048 {
		return "", false
	}
	if strings.HasPrefix(s, "//") {
		s = "https:" + s
	}
	scheme, rest, has := cutScheme(s)
	if !has {
		s = escapeBrackets(s)
		u, err := url.Parse(s)
		return s, err == nil && u.Scheme == "" && u.Host == ""
	}
	switch scheme {
	case "http", "https":
		return cleanWeb(scheme, rest)
	case "mailto", "tel":
		if rest == "" || strings.HasPrefix(rest, "/") || strings.ContainsAny(rest, "[]") {
			return "", false
		}
		s = scheme + ":" + rest
		_, err := url.Parse(s)
		return s, err == nil
	}
	return "", false
}

// safeHref is cleanHref for what most probably is clean already: an address of a known beginning and plain letters.
func safeHref(s string) (href string, ok bool) {
	known := strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") ||
		strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//")
	if known && strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 || !addressByte(byte(r)) || r == '@' }) < 0 {
		return s, true
	}
	return cleanHref(s)
}

// cleanWebAddress is cleanHref for what must be a whole http(s) address.
func cleanWebAddress(s string) (address string, ok bool) {
	address, ok = cleanHref(s)
	if !ok || !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
		return "", false
	}
	return address, true
}

// cleanSrc is for a picture: our own media, or a whole http(s) address.
func cleanSrc(s string) (src string, ok bool) {
	if src, ok = cleanWebAddress(s); ok {
		return src, true
	}
	src, ok = cleanHref(s)
	if !ok || !strings.HasPrefix(src, "/media/") || strings.Contains(src, "..") {
		return "", false
	}
	return src, true
}

// cutScheme splits at the colon where what stands before is a scheme by RFC 3986 §3.1, in lower case.
func cutScheme(s string) (scheme, rest string, ok bool) {
	i := strings.IndexAny(s, ":/?#")
	if i < 0 || s[i] != ':' {
		return "", s, false
	}
	// A colon in the first segment makes it a scheme for a browser, whatever stands before it.
	return strings.ToLower(s[:i]), s[i+1:], true
}

func cleanWeb(scheme, rest string) (string, bool) {
	rest = strings.TrimLeft(rest, "/") // "https:/x" and "https:x" are read as "https://x"
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host := strings.ToLower(rest[:end])
	if !hostFits(host) {
		return "", false
	}
	s := scheme + "://" + host + escapeBrackets(rest[end:])
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.User != nil {
		return "", false
	}
	return s, true
}

// hostFits takes names, numbers and ports; no user name, no percent signs, no empty label.
func hostFits(host string) bool {
	name, port, _ := strings.Cut(host, ":")
	if len(name) == 0 || len(name) > 253 || len(port) > 5 || strings.Trim(port, "0123456789") != "" {
		return false
	}
	if strings.HasPrefix(name, ".") || strings.Contains(name, "..") {
		return false
	}
	for _, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80
		if !letter && r != '.' && r != '-' && r != '_' {
			return false
		}
	}
	return !strings.HasSuffix(host, ":")
}

func escapeBrackets(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "[", "%5B"), "]", "%5D")
}

const hexDigits = "0123456789ABCDEF"

// escapeAddress trims s, drops line ends and tabs as browsers do, and percent-encodes what RFC 3987 does not allow.
func escapeAddress(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	var b strings.Builder
	fragment := false
	for i, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
		case r == '%' && !isEscape(s[i:]), r == '#' && fragment, r < 0x80 && !addressByte(byte(r)):
			b.WriteByte('%')
			b.WriteByte(hexDigits[r>>4])
			b.WriteByte(hexDigits[r&15])
		case r >= 0x80 && !addressRune(r):
			for _, c := range []byte(string(r)) {
				b.WriteByte('%')
				b.WriteByte(hexDigits[c>>4])
				b.WriteByte(hexDigits[c&15])
			}
		default:
			fragment = fragment || r == '#'
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isEscape(s string) bool {
	return len(s) >= 3 && isHex(s[1]) && isHex(s[2])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func addressByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		strings.IndexByte("-._~:/?#[]@!$&'()*+,;=%", c) >= 0
}

// addressRune is ucschar of RFC 3987 §2.2, less what does not show: white space, controls and format characters.
func addressRune(r rune) bool {
	return r >= 0xa0 && !isUnprintable(r) && !isLineEnd(r) && r != 0xfffd && !blank(string(r)) && r < 0xe000 ||
		r >= 0xf900 && r <= 0xffef && !isUnprintable(r) && !blank(string(r)) ||
		r >= 0x10000 && r < 0xe0000 && !isUnprintable(r)
}
