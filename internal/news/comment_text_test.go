package news

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommentLines(t *testing.T) {
	link := func(text string) CommentRun { return CommentRun{Text: text, Href: text} }
	plain := func(text string) CommentRun { return CommentRun{Text: text} }
	for in, want := range map[string][]CommentRun{
		"":               nil,
		"no link at all": {plain("no link at all")},
		"see http://a.example/b, or (https://b.example/c_(d)).": {plain("see "), link("http://a.example/b"), plain(", or ("), link("https://b.example/c_(d)"), plain(").")},
		"HTTPS://A.Example/B":                                     {{Text: "HTTPS://A.Example/B", Href: "https://a.example/B"}},
		"پل http://پل.example/خبر؟":                               {plain("پل "), {Text: "http://پل.example/خبر", Href: "http://xn--ghb9i.example/%D8%AE%D8%A8%D8%B1"}, plain("؟")},
		"https://a.example/?q=پل&x=\"y\"":                         {{Text: "https://a.example/?q=پل&x=", Href: "https://a.example/?q=%D9%BE%D9%84&x="}, plain("\"y\"")},
		"http://a.example:8080/#x":                                {link("http://a.example:8080/#x")},
		"javascript:alert(1)":                                     {plain("javascript:alert(1)")},
		"data:text/html,x ftp://a.example":                        {plain("data:text/html,x ftp://a.example")},
		"http://bank.example@evil.example/":                       {plain("http://bank.example@evil.example/")},
		"http://localhost/ http://[::1]/ http://":                 {plain("http://localhost/ http://[::1]/ http://")},
		"http://a..example http://-a.example":                     {plain("http://a..example http://-a.example")},
		"http://a.example/\u202egpj.exe":                          {link("http://a.example/"), plain("\u202egpj.exe")},
		"<b>http://a.example</b>":                                 {plain("<b>"), link("http://a.example"), plain("</b>")},
		"http://a.example/" + strings.Repeat("x", maxCommentLink): {plain("http://a.example/" + strings.Repeat("x", maxCommentLink))},
	} {
		if diff := cmp.Diff([][]CommentRun{want}, CommentLines(in)); diff != "" {
			t.Errorf("%.80q (-want +got):\n%s", in, diff)
		}
	}
	if diff := cmp.Diff([][]CommentRun{{plain("one")}, nil, {plain("two")}}, CommentLines("one\n\ntwo")); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func FuzzCommentLines(f *testing.F) {
	for _, s := range []string{"see http://a.example/b, or (https://b.example/c_(d)).\n\nتمام", "http://a@b.example", "HTTP://[::1]:80/%zz?پ#\x00", "https://a.example/?\xff&'\"<>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		lines := CommentLines(s)
		var joined []string
		for _, line := range lines {
			whole := ""
			for _, r := range line {
				whole += r.Text
				if r.Text == "" {
					t.Errorf("%q has an empty run", s)
				}
				if r.Href != "" {
					checkHref(t, r.Href)
				}
			}
			joined = append(joined, whole)
		}
		if got := strings.Join(joined, "\n"); got != s {
			t.Errorf("%q became %q", s, got)
		}
	})
}

func checkHref(t *testing.T, href string) {
	t.Helper()
	if !strings.HasPrefix(href, "http://") && !strings.HasPrefix(href, "https://") {
		t.Errorf("%q is a link", href)
	}
	for i := range len(href) {
		if href[i] <= ' ' || href[i] >= 0x7f || strings.IndexByte("\"'<>`\\", href[i]) >= 0 {
			t.Errorf("%q holds %q", href, href[i])
		}
	}
	u, err := url.Parse(href)
	if err != nil || u.User != nil || u.Hostname() == "" {
		t.Errorf("%q: %v", href, err)
	} else if again := safeLink(href); again != href && len(href) <= maxCommentLink {
		t.Errorf("%q is not the same link again: %q", href, again)
	}
}
