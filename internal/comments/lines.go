package comments

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// Run is a piece of a line: text, and where it leads if it is a link.
type Run struct {
	Text string
	Href string // an absolute http or https address in ASCII; "" = plain text
}

// linkStart finds what may be a web address: up to a space, a quotation mark,
// a bracket that no address has, or a mark that changes direction.
var linkStart = regexp.MustCompile(`(?i)https?://[^\s\p{Z}\p{Cc}<>"'` + "`" + `{}|\\^«»“”„‘’‹›\x{200E}\x{200F}\x{061C}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FEFF}]+`)

// maxLink is the longest address that is made a link, in bytes.
const maxLink = 2000

// Lines parts a comment's text into its lines, and finds the links in each.
// The texts of the runs, joined, are the line; an empty line has no runs. A
// template sets rel="nofollow ugc" and prints the rest as text.
func Lines(text string) [][]Run {
	var out [][]Run
	for line := range strings.SplitSeq(text, "\n") {
		out = append(out, runs(line))
	}
	return out
}

func runs(line string) []Run {
	var out []Run
	plain := 0 // where the text begins that is not yet in a run
	for _, m := range linkStart.FindAllStringIndex(line, -1) {
		text := trimLink(line[m[0]:m[1]])
		href := safe(text)
		if href == "" {
			continue
		}
		if m[0] > plain {
			out = append(out, Run{Text: line[plain:m[0]]})
		}
		out = append(out, Run{Text: text, Href: href})
		plain = m[0] + len(text)
	}
	if plain < len(line) {
		out = append(out, Run{Text: line[plain:]})
	}
	return out
}

// trimLink leaves off the punctuation of the sentence around an address. A
// closing bracket stays where the address opens it.
func trimLink(s string) string {
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

// safe is the address in the form that goes into the page, or "" for one that
// is not made a link: not http or https, with a user in it (which hides the
// true host), or with a host that no name server knows of.
func safe(text string) string {
	if len(text) > maxLink {
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
