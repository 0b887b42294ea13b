package news

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// CommentRun is a piece of a comment's line: text, and where it leads if it is a link.
type CommentRun struct {
	Text string
	Href string // an absolute http or https address in ASCII; "" = plain text
}

// commentLink finds what may be a web address: up to a space, a quotation mark,
// a bracket that no address has, or a mark that changes direction.
var commentLink = regexp.MustCompile(`(?i)https?://[^\s\p{Z}\p{Cc}<>"'` + "`" + `{}|\\^«»“”„‘’‹›\x{200E}\x{200F}\x{061C}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FEFF}]+`)

// maxCommentLink is the longest address that is made a link, in bytes.
const maxCommentLink = 2000

// CommentLines parts a comment's text into its lines, and finds the links in each.
// The texts of the runs, joined, are the line; an empty line has no runs. A
// template sets rel="nofollow ugc" and prints the rest as text.
func CommentLines(text string) [][]CommentRun {
	var out [][]CommentRun
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, commentRuns(line))
	}
	return out
}

func commentRuns(line string) []CommentRun {
	var out []CommentRun
	plain := 0 // where the text begins that is not yet in a run
	for _, m := range commentLink.FindAllStringIndex(line, -1) {
		text := trimCommentLink(line[m[0]:m[1]])
		href := safeLink(text)
		if href == "" {
			continue
		}
		if m[0] > plain {
			out = append(out, CommentRun{Text: line[plain:m[0]]})
		}
		out = append(out, CommentRun{Text: text, Href: href})
		plain = m[0] + len(text)
	}
	if plain < len(line) {
		out = append(out, CommentRun{Text: line[plain:]})
	}
	return out
}

// trimCommentLink leaves off the punctuation of the sentence around an address. A
// closing bracket stays where the address opens it.
func trimCommentLink(s string) string {
	for {
		t := strings.TrimRight(s, ".,;:!?…*_~،؛؟۔")
		for _, b := range []string{"()", "[]"} {
			if strings.HasSuffix(t, b[1:]) && strings.Count(t, b[:1]) < strings.Count(t, b[1:]) {
				t = t[:len(t)-1]
			}
		}
		if t == s {
			return s
		}
		s = t
	}
}

// safeLink is the address in the form that goes into the page, or "" for one that
// is not made a link: not http or https, with a user in it (which hides the
// true host), or with a host that no name server knows of.
func safeLink(text string) string {
	if len(text) > maxCommentLink {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return ""
	}
	host := hostName(u.Hostname())
	if host == "" {
		return ""
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	u.Host, u.RawQuery = host, ascii(u.RawQuery)
	return u.String()
}

// hostName is the ASCII form of a public host's name (IDNA), or "" when there
// is none that leads to the same name again.
func hostName(name string) string {
	host, err := idna.Lookup.ToASCII(name)
	if err != nil {
		return ""
	}
	if again, err := idna.Lookup.ToASCII(host); err != nil || again != host {
		return ""
	}
	if labels := strings.Split(strings.TrimSuffix(host, "."), "."); len(labels) < 2 || slices.Contains(labels, "") {
		return ""
	}
	return host
}

// ascii percent-encodes what url.URL leaves of a query as it is.
func ascii(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, "%%%02X", s[i])
		}
	}
	return b.String()
}
