package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// knownQuery keeps the parameters that a page knows, the first of each, in the
// order in which they came: what a page does not know can neither change it
// nor stand in a cache's key. A known one that cannot be read is Malformed.
func knownQuery(raw string, known []string) (string, error) {
	if len(known) == 0 {
		return "", nil
	}
	var kept []string
	seen := make([]bool, len(known))
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		i := slices.Index(known, name)
		if err != nil || i < 0 || seen[i] {
			continue
		}
		value, err = url.QueryUnescape(value)
		if err != nil || !readable(value) || strings.Contains(pair, ";") {
			return "", fmt.Errorf("%w: the parameter %s cannot be read", Malformed, name)
		}
		seen[i] = true
		kept = append(kept, pair)
	}
	return strings.Join(kept, "&"), nil
}

// readable says that a text can be kept: UTF-8 and without NUL, which
// PostgreSQL has no place for.
func readable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }
