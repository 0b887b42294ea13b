package web

import (
	"strconv"
	"strings"
)

// Accepts reads Accept-Encoding (RFC 9110 §12.5.3): the coding is named and not
// refused with q=0.
func Accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, weighted := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		if !weighted {
			return true
		}
		q = strings.TrimSpace(q)
		weight, err := strconv.ParseFloat(strings.TrimPrefix(q, "q="), 64)
		return err == nil && weight > 0
	}
	return false
}
