package wirefmt

import (
	"fmt"
	"strings"
	"unicode"
)

// line is one line of a dispatch: its number in the file, counted as an editor counts, and its text without the end.
// A line that shows nothing has an empty text.
type line struct {
	no   int
	text string
}

func (l line) blank() bool { return l.text == "" }

// splitLines cuts a text at the line ends of every system, takes out what no page may carry, and reports that.
func splitLines(s string) (lines []line, report []Finding) {
	no := 1
	for rest := s; rest != ""; {
		i := strings.IndexFunc(rest, isLineEnd)
		if i < 0 {
			i = len(rest)
		}
		l, findings := cleanLine(no, rest[:i])
		lines, report = append(lines, l), append(report, findings...)
		end := lineEnd(rest[i:])
		if end == "\n" || end == "\r" || end == "\r\n" {
			no++
		}
		rest = rest[i+len(end):]
	}
	return lines, report
}

// lineEnd returns the line end that s begins with.
func lineEnd(s string) string {
	if strings.HasPrefix(s, "\r\n") {
		return s[:2]
	}
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

func isLineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// cleanLine takes out of a line what doc would take out of a body, so that fields and body follow one rule.
func cleanLine(no int, s string) (line, []Finding) {
	var report []Finding
	if strings.ContainsFunc(s, isUnprintable) {
		kept := strings.Map(func(r rune) rune { return keepIf(!isUnprintable(r), r) }, s)
		taken := strings.Map(func(r rune) rune { return keepIf(isUnprintable(r), r) }, s)
		report = append(report, Finding{no, RuleControl, taken,
			fmt.Sprintf("%d control characters were taken out.", len([]rune(taken)))})
		s = kept
	}
	if strings.TrimFunc(s, isInvisible) != "" {
		return line{no, s}, report
	}
	if marks := strings.TrimSpace(s); marks != "" {
		report = append(report, Finding{no, RuleInvisible, marks, "The line shows nothing and was taken as empty."})
	}
	return line{no: no}, report
}

func keepIf(keep bool, r rune) rune {
	if keep {
		return r
	}
	return -1
}

// isUnprintable is true for control characters, the byte order mark and noncharacters; white space is none of them.
func isUnprintable(r rune) bool {
	switch {
	case r == '\t' || r == '\v' || isLineEnd(r):
		return false
	case r < ' ', r >= 0x7f && r < 0xa0, r == 0xfeff:
		return true
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	return false
}

// isInvisible is true for white space and format characters (direction marks, joiners, soft hyphens).
func isInvisible(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// trimInvisible takes white space and format characters off both ends: for values, whose whole line stands in the report.
func trimInvisible(s string) string { return strings.TrimFunc(s, isInvisible) }
