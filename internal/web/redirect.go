package web

import (
	"fmt"
	"net/http"
	"strings"
)

// Redirect sends the reader to a path of this host with a 3xx status. A
// location that leaves the host ("//other", "https:…", "/\other") or carries
// control characters is an error and nothing is written: redirects are built
// from input, and must not lead away (ASVS 3.7.2). Characters outside ASCII
// are percent-encoded.
func Redirect(w http.ResponseWriter, r *http.Request, location string, status int) error {
	if status < 300 || status > 399 {
		return fmt.Errorf("redirect %s: %d is not a redirect's status", r.URL.Path, status)
	}
	if !local(location) {
		return fmt.Errorf("redirect %s: %q leaves this host", r.URL.Path, location)
	}
	w.Header().Set("Location", escaped(location))
	w.WriteHeader(status)
	return nil
}

// SeeOther answers a form that was taken: look there (303), by GET.
func SeeOther(w http.ResponseWriter, r *http.Request, location string) error {
	return Redirect(w, r, location, http.StatusSeeOther)
}

func local(location string) bool {
	if !strings.HasPrefix(location, "/") || strings.HasPrefix(location, "//") {
		return false
	}
	return !strings.ContainsFunc(location, func(r rune) bool { return r < ' ' || r == '\\' || r == 0x7f })
}

// escaped percent-encodes what may not stand in a header or an address as it
// is; an escape that is there stays.
func escaped(location string) string {
	var b strings.Builder
	for i := range len(location) {
		if c := location[i]; c <= ' ' || c == '"' || c == '<' || c == '>' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
