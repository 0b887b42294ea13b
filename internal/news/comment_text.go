package news

import (
	"net/url"
	"regexp"
	"strings"
)

// CommentRun is a piece of a comment's line; Href is set where it is a link.
type CommentRun struct{ Text, Href string }

var commentLink = regexp.MustCompile(`https?://[^\s<>"'` + "`" + `{}|\\^]+`)

// CommentLines parts a comment's plain text into lines and makes its http and
// https addresses links. Nothing else of the text means anything.
func CommentLines(text string) [][]CommentRun {
	var lines [][]CommentRun
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		lines = append(lines, commentRuns(strings.TrimRight(line, " \t\r")))
	}
	return lines
}

func commentRuns(line string) []CommentRun {
	var runs []CommentRun
	at := 0
	for _, m := range commentLink.FindAllStringIndex(line, -1) {
		href := trimLink(line[m[0]:m[1]])
		u, err := url.Parse(href)
		if err != nil || u.Host == "" || u.User != nil {
			continue
		}
		if m[0] > at {
			runs = append(runs, CommentRun{Text: line[at:m[0]]})
		}
		runs = append(runs, CommentRun{Text: href, Href: u.String()})
		at = m[0] + len(href)
	}
	if at < len(line) {
		runs = append(runs, CommentRun{Text: line[at:]})
	}
	return runs
}

// trimLink leaves the sentence's own punctuation outside of a link.
func trimLink(s string) string {
	for {
		t := strings.TrimRight(s, ".,;:!?،؛؟»”’…")
		if strings.HasSuffix(t, ")") && strings.Count(t, "(") < strings.Count(t, ")") {
			t = strings.TrimSuffix(t, ")")
		}
		if t == s {
			return s
		}
		s = t
	}
}
