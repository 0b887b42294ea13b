package themes_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var void = strings.Fields("area base br col embed hr img input link meta source track wbr")

// blocks may not stand inside a paragraph or a heading.
var blocks = strings.Fields("article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p section table ul")

// onlyChildren are what may stand directly inside an element.
var onlyChildren = map[string][]string{
	"ul": {"li"}, "ol": {"li"}, "dl": {"div", "dt", "dd"}, "table": {"caption", "thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"}, "tr": {"th", "td"}, "select": {"option"},
}

// inspection walks through a page's tags as they are written: a parser would
// mend what it should report.
type inspection struct {
	files  map[string][]byte
	open   []string
	ids    map[string]int
	refs   []string
	level  int
	faults []string
}

func (in *inspection) fault(format string, args ...any) {
	in.faults = append(in.faults, fmt.Sprintf(format, args...))
}

// inspect lists what is wrong with a page. files are the assets by address;
// nil means there are none.
func inspect(page []byte, files map[string][]byte) []string {
	in := &inspection{files: files, ids: map[string]int{}}
	z := html.NewTokenizer(bytes.NewReader(page))
	for z.Next() != html.ErrorToken {
		switch token := z.Token(); token.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			in.start(token)
		case html.EndTagToken:
			in.end(token.Data)
		case html.TextToken:
			if slices.Contains(in.open, "script") && !strings.HasPrefix(token.Data, "{") {
				in.fault("inline script: %.40s", token.Data)
			}
		}
	}
	for _, name := range in.open {
		in.fault("%s is never closed", name)
	}
	if in.level == 0 {
		in.fault("no heading")
	}
	for id, n := range in.ids {
		if n > 1 {
			in.fault("id %q stands twice", id)
		}
	}
	for _, ref := range in.refs {
		if in.ids[ref] == 0 {
			in.fault("no element has the id %q", ref)
		}
	}
	return in.faults
}

func (in *inspection) start(token html.Token) {
	name := token.Data
	in.nesting(name)
	in.heading(name)
	attrs := map[string]string{}
	for _, a := range token.Attr {
		if _, twice := attrs[a.Key]; twice {
			in.fault("%s has %s twice", name, a.Key)
		}
		attrs[a.Key] = a.Val
		in.attribute(name, a.Key, a.Val)
	}
	switch _, labelled := attrs["aria-labelledby"]; {
	case name == "style":
		in.fault("inline style element")
	case name == "nav" && attrs["aria-label"] == "" && !labelled:
		in.fault("a nav has no name")
	case name == "img" && !slices.ContainsFunc(token.Attr, func(a html.Attribute) bool { return a.Key == "alt" }):
		in.fault("a picture has no alt")
	}
	if name == "section" {
		// its heading may follow; only a section without any is a fault
		in.open = append(in.open, name)
		if attrs["aria-label"] == "" && !labelledBy(attrs) {
			in.open[len(in.open)-1] = "section?"
		}
		return
	}
	if !slices.Contains(void, name) {
		in.open = append(in.open, name)
	}
}

func labelledBy(attrs map[string]string) bool { return attrs["aria-labelledby"] != "" }

func (in *inspection) end(name string) {
	if n := len(in.open); n > 0 {
		last := in.open[n-1]
		if last == "section?" && name == "section" {
			in.fault("a section has no name")
			last = "section"
		}
		in.open = in.open[:n-1]
		if last != name {
			in.fault("</%s> closes %s", name, last)
		}
		return
	}
	in.fault("</%s> closes nothing", name)
}

func (in *inspection) nesting(name string) {
	for _, outer := range []string{"p", "h1", "h2", "h3", "h4", "a", "button", "label"} {
		inner := slices.Contains(blocks, name)
		if outer == "a" || outer == "button" {
			inner = name == "a" || name == "button" || name == "input"
		}
		if outer == "label" {
			inner = name == "label"
		}
		if inner && slices.Contains(in.open, outer) {
			in.fault("%s inside %s", name, outer)
		}
	}
	if n := len(in.open); n > 0 {
		if may, ok := onlyChildren[in.open[n-1]]; ok && !slices.Contains(may, name) {
			in.fault("%s inside %s", name, in.open[n-1])
		}
	}
}

// heading wants one h1 first, and no level left out on the way down.
func (in *inspection) heading(name string) {
	if len(name) != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6' {
		return
	}
	for i, outer := range in.open {
		if outer == "section?" {
			in.open[i] = "section"
		}
	}
	level := int(name[1] - '0')
	switch {
	case in.level == 0 && level != 1:
		in.fault("the first heading is %s, not h1", name)
	case in.level > 0 && level == 1:
		in.fault("a second h1")
	case level > in.level+1:
		in.fault("%s after h%d", name, in.level)
	}
	in.level = level
}

func (in *inspection) attribute(name, key, value string) {
	switch {
	case key == "style", strings.HasPrefix(key, "on"):
		in.fault("%s has the attribute %s", name, key)
	case key == "id":
		in.ids[value]++
	case key == "for", key == "aria-labelledby", key == "aria-describedby":
		in.refs = append(in.refs, value)
	case key == "href", key == "src", key == "action":
		in.address(name, value)
	}
}

func (in *inspection) address(name, value string) {
	switch {
	case strings.HasPrefix(value, "#"):
		in.refs = append(in.refs, value[1:])
	case strings.HasPrefix(value, "/assets/"):
		if _, ok := in.files[value]; !ok {
			in.fault("%s: there is no asset at %s", name, value)
		}
	case strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "//"):
	case strings.HasPrefix(value, "https://") && (name == "a" || name == "link"):
	default:
		in.fault("%s leads to the address %q", name, value)
	}
}
