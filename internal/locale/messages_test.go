package locale

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

func TestMessagesAgree(t *testing.T) {
	english, err := readMessages("en")
	if err != nil {
		t.Fatal(err)
	}
	if len(english) < 100 {
		t.Fatalf("only %d messages", len(english))
	}
	for _, language := range Languages() {
		messages, err := readMessages(language)
		if err != nil {
			t.Fatal(err)
		}
		for key, m := range messages {
			if _, ok := english[key]; !ok {
				t.Errorf("%s: %q is not in en.toml", language, key)
				continue
			}
			if !regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`).MatchString(key) {
				t.Errorf("%s: key %q is not lower case words with dots and hyphens", language, key)
			}
			checkForms(t, language, key, m, english[key])
		}
		for key := range english {
			if _, ok := messages[key]; !ok {
				t.Errorf("%s: %q is missing", language, key)
			}
		}
	}
}

// checkForms wants a text without plural forms in every language or in none, the language's own categories and no
// others, and the same placeholders as English; the forms for 0, 1 and 2 may leave the number out.
func checkForms(t *testing.T, language, key string, m, english message) {
	t.Helper()
	if (len(m) > 1) != (len(english) > 1) {
		t.Errorf("%s: %q has plural forms in one language only", language, key)
		return
	}
	want := []string{"other"}
	if len(m) > 1 {
		want = Plurals(language)
	}
	for category, text := range m {
		if !slices.Contains(want, category) {
			t.Errorf("%s: %q has the form %q; want %v", language, key, category, want)
		}
		if text != strings.TrimSpace(text) {
			t.Errorf("%s: %q begins or ends with a space", language, key)
		}
		got, wanted := placeholders(text), placeholders(english["other"])
		mayDrop := len(m) > 1 && slices.Contains([]string{"zero", "one", "two"}, category)
		if !slices.Equal(got, wanted) && !(mayDrop && slices.Equal(append([]string{"{0}"}, got...), wanted)) {
			t.Errorf("%s: %q, form %q has placeholders %v, English %v", language, key, category, got, wanted)
		}
	}
	for _, category := range want {
		if _, ok := m[category]; !ok {
			t.Errorf("%s: %q lacks the form %q", language, key, category)
		}
	}
}

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return found
}

// TestMessagesScript catches letters of the other keyboard: Arabic yeh and kaf in Persian, Persian ones in Arabic.
func TestMessagesScript(t *testing.T) {
	for language, foreign := range map[string]string{"fa": "يكة٠١٢٣٤٥٦٧٨٩", "ar": "یکگپچژ۰۱۲۳۴۵۶۷۸۹\u200c", "en": "،؛؟«»"} {
		messages, err := readMessages(language)
		if err != nil {
			t.Fatal(err)
		}
		for key, m := range messages {
			for _, text := range m {
				if strings.ContainsAny(text, foreign) {
					t.Errorf("%s: %q has a letter of another language: %s", language, key, text)
				}
				if language != "en" && strings.ContainsAny(text, `"?,;`) {
					t.Errorf("%s: %q has Latin punctuation: %s", language, key, text)
				}
			}
		}
	}
}

func TestT(t *testing.T) {
	en, ar, fa := Style{Language: "en"}, Style{Language: "ar"}, Style{Language: "fa"}
	for _, c := range []struct{ got, want string }{
		{en.T("comment.count", 1), "1 comment"},
		{en.T("comment.count", 1404), "1,404 comments"},
		{ar.T("comment.count", 0), "لا تعليقات"},
		{ar.T("comment.count", 2), "تعليقان"},
		{ar.T("comment.count", 3), "٣ تعليقات"},
		{ar.T("comment.count", 12), "١٢ تعليقًا"},
		{ar.T("comment.count", 100), "١٠٠ تعليق"},
		{fa.T("comment.count", int64(12)), "۱۲ دیدگاه"},
		{Style{Language: "ar", Digits: "latn"}.T("comment.count", 3), "3 تعليقات"},
		{Style{Language: "fa-AF"}.T("nav.front"), "صفحه نخست"},
		{en.T("article.by", "{1} O'Neil 5"), "By {1} O'Neil 5"},
		{fa.T("search.none", "G20"), "برای «G20» چیزی پیدا نشد."},
		{en.T("no.such.key", 3), "⟦no.such.key⟧"},
		{Style{}.T("nav.front"), "Front page"},
		{Style{Language: "xx"}.T("nav.front"), "Front page"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if !Has("fa-AF", "nav.front") || Has("en", "no.such.key") || Has("xx", "nav.front") {
		t.Error("Has answers wrongly")
	}
}
