package doc

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// printed is every element and attribute that HTML may print, as the package comment promises.
var printed = map[string][]string{
	"p": {"lang", "dir"}, "h1": {"lang", "dir"}, "h2": {"lang", "dir"}, "h3": {"lang", "dir"}, "h4": {"lang", "dir"},
	"h5": {"lang", "dir"}, "h6": {"lang", "dir"}, "blockquote": {"lang", "dir"}, "figure": {"class", "lang", "dir"},
	"figcaption": {}, "ul": {"lang", "dir"}, "ol": {"start", "lang", "dir"}, "li": {"id"},
	"img": {"src", "alt", "width", "height", "loading"}, "table": {"lang", "dir"}, "thead": {}, "tbody": {}, "tr": {},
	"th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}, "hr": {}, "aside": {"class", "lang", "dir"},
	"br": {}, "a": {"href", "rel", "id", "role", "aria-label"}, "strong": {}, "em": {}, "sub": {}, "sup": {"class"}, "section": {"class", "role", "aria-label"}, "code": {}, "bdi": {"lang", "dir"},
	"span": {"class"},
}

// failer is a test, or a try of rapid's.
type failer interface {
	Helper()
	Fatalf(string, ...any)
}

var classes = []string{"dateline", "quote", "embed", "credit", "note", "fact", "noteref", "footnotes"}

var printedID = regexp.MustCompile(`^note(ref)?-[1-9][0-9]*$`)

// onlySchema reads a printed page as tokens and fails on anything that the schema does not print.
func onlySchema(t failer, page string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("a comment came out: %s\n%s", z.Raw(), page)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			tag := z.Token()
			allowed, ok := printed[tag.Data]
			if !ok {
				t.Fatalf("<%s> came out:\n%s", tag.Data, page)
			}
			for _, a := range tag.Attr {
				if !slices.Contains(allowed, a.Key) {
					t.Fatalf("<%s %s> came out:\n%s", tag.Data, a.Key, page)
				}
				attributeFits(t, a, page)
			}
		}
	}
}

func attributeFits(t failer, a html.Attribute, page string) {
	t.Helper()
	ok := true
	switch a.Key {
	case "class":
		ok = slices.Contains(classes, a.Val)
	case "dir":
		ok = a.Val == "ltr" || a.Val == "rtl"
	case "id":
		ok = printedID.MatchString(a.Val)
	case "role":
		ok = a.Val == "doc-noteref" || a.Val == "doc-endnotes" || a.Val == "doc-backlink"
	case "scope":
		ok = a.Val == "col" || a.Val == "row"
	case "loading":
		ok = a.Val == "lazy"
	case "rel":
		ok = a.Val == DefaultRel
	case "lang", "start", "width", "height", "colspan", "rowspan":
		ok = strings.Trim(a.Val, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-") == ""
	case "src":
		ok = strings.HasPrefix(a.Val, "/media/") || strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://")
	case "href":
		ok = schemeAllowed(a.Val)
	}
	if !ok {
		t.Fatalf("%s=%q came out:\n%s", a.Key, a.Val, page)
	}
}

// schemeAllowed reads an address as browsers do (URL Living Standard §4.4): controls and spaces at the ends and line
// ends inside do not count, a backslash is a slash.
func schemeAllowed(href string) bool {
	s := strings.TrimFunc(href, func(r rune) bool { return r <= ' ' })
	s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	if strings.ContainsAny(s, "\\<>\"` ") || strings.HasPrefix(s, "//") {
		return false
	}
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return true
	}
	return slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(scheme))
}

// parsed lists the start tags of a page, each with the names of its attributes.
func parsed(page string) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(page))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		tag := t.Data
		for _, a := range t.Attr {
			tag += "[" + a.Key + "]"
		}
		out = append(out, tag)
	}
	return out
}
